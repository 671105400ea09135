"""Answers, findings and the page of places never disagree with the judgement on transfers: for every country, law, basis and day."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from registry_text import listing
from subproc_cli.enums import Basis
from subproc_cli.evaluation.transfer_outcomes import Outcome, StatedBasis, TransferStatus
from subproc_cli.evaluation.transfers import assess_place
from subproc_cli.overview.places import PlacesReport
from subproc_cli.question.evaluator import ask
from subproc_cli.reference.geography import load_country_codes, load_gazetteer, load_territories
from subproc_cli.reference.laws import Law, list_laws, load_law
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import RuleContext

COUNTRIES = list(load_country_codes())
LIST_DATE = date(2024, 1, 1)
WORDS = [str(each) for each in Basis]
DAYS = sorted(
    {
        day
        for law in map(load_law, list_laws())
        for each in (
            *(decision.date_range for decision in law.decisions),
            *(rule.date_range for rules in law.bases.values() for rule in rules),
            *(row.date_range for rows in load_territories().values() for row in rows),
            (law.known_since, law.known_until),
        )
        for day in each
        if day
    }
    | {date(2024, 1, 1), date(2026, 11, 20)}
)
VERDICTS = {
    TransferStatus.NOT_TRANSFERRED: "no",
    TransferStatus.ADEQUATE: "no",
    TransferStatus.NOT_ADEQUATE: "yes",
    TransferStatus.DEPENDS: "unknown",
    TransferStatus.UNKNOWN: "unknown",
}
LAW = st.sampled_from([load_law(key) for key in list_laws()])
BASES = st.lists(st.sampled_from(WORDS), max_size=3, unique=True).map(tuple)
DAY = st.sampled_from(DAYS)


@cache
def build_list(law: str, words: tuple[str, ...]) -> Registry:
    """Return a list with a service in each country."""
    services = "".join(
        f"  {code.lower()}-x: {{name: {code} x, sees: [identity], processing: ['{code}'], "
        f"transfer: [{', '.join(words)}]}}\n"
        for code in COUNTRIES
    )
    return listing(services, head=f"law: [{law}]")


def assess(law: Law, country: str, words: Sequence[str], day: date) -> Outcome:
    read_on = min(day, LIST_DATE)
    return assess_place(
        law, country, [StatedBasis(law.find_former_word(each, read_on) or each) for each in words], day
    )


def find_problems(registry: Registry, day: date, *codes: str) -> dict[str, list[str]]:
    """Return the fields of the findings of some rules, by country."""
    found: dict[str, list[str]] = {code: [] for code in COUNTRIES}
    for each in run_rules(RuleContext(registry, day), Selection(select=codes)).findings:
        _, service, field, *_ = each.position.path.replace("[", ".").split(".")
        found[service.partition("-")[0].upper()].append(field)
    return found


@settings(max_examples=40, deadline=None)
@given(LAW, BASES, DAY)
def test_which_answers_by_the_judgement(law: Law, words: tuple[str, ...], day: date) -> None:
    registry = build_list(law.key, words)
    answers = ask(registry, "process outside adequate countries", day, registry.model.services).answers
    for country, answer in zip(COUNTRIES, answers, strict=True):
        outcome = assess(law, country, words, day)
        expected = VERDICTS[outcome.last_known_status]
        if day < law.known_since and law.needs_no_basis(country, day):
            expected = "no"
        assert str(answer.verdict) == expected, (country, outcome)
        if day > law.known_until and not law.is_home(country, day):
            remarks = [each.subject for each in answer.result.evidence if each.reason == "place-remark"]
            assert "after-known-until" in {kind for _, kind, *_ in remarks}, (country, outcome)


@settings(max_examples=40, deadline=None)
@given(LAW, BASES, DAY)
def test_check_finds_what_nothing_carries(law: Law, words: tuple[str, ...], day: date) -> None:
    registry = build_list(law.key, words)
    problems = find_problems(registry, day, "SP203", "SP204")
    for country in COUNTRIES:
        outcome = assess(law, country, words, day)
        if day < law.known_since or outcome.is_carried:
            assert "processing" not in problems[country], (country, outcome)
        else:
            assert problems[country], (country, outcome)
        if day >= law.known_since and outcome.is_last_resort_alone:
            assert "transfer" in problems[country], (country, outcome)


@settings(max_examples=25, deadline=None)
@given(LAW, BASES, DAY)
def test_only_an_adequate_place_relies_on_a_decision(law: Law, words: tuple[str, ...], day: date) -> None:
    problems = find_problems(build_list(law.key, words), day, "SP401", "SP406")
    for country in COUNTRIES:
        if problems[country]:
            assert not assess(law, country, words, day).needs_basis, country


@settings(max_examples=25, deadline=None)
@given(LAW, BASES, DAY)
def test_a_redundant_basis_has_no_transfer(law: Law, words: tuple[str, ...], day: date) -> None:
    problems = find_problems(build_list(law.key, words), day, "SP205")
    for country in COUNTRIES:
        outcome = assess(law, country, words, day)
        if problems[country] and day >= law.known_since:
            assert outcome.status is TransferStatus.NOT_TRANSFERRED, country


@settings(max_examples=25, deadline=None)
@given(LAW, DAY)
def test_places_shows_the_judgement(law: Law, day: date) -> None:
    record = PlacesReport(load_gazetteer(), (law.key,), day).to_record()
    shown = {each["place"]: each["by_law"][0] for each in record["countries"]}
    for country in COUNTRIES:
        outcome = assess(law, country, (), day)
        assert shown[country]["status"] == outcome.status
        in_force = {each["number"] for each in shown[country]["decisions"] if each["in_force"]}
        if day >= law.known_since:
            assert {each.number for each in outcome.decisions} <= in_force
