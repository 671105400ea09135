"""What is said under a law: an act, a framework or a safeguard only where this law has it for this place."""

import csv
import json
import re
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notice_cases import SENT, customer, letter
from registry_text import listing
from subproc_cli.describe.explanations import format_evidence
from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.diff.classify import diff
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.enums import Basis, Regime
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters import annex_iii
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.locale.catalogue import load_catalogue
from subproc_cli.notice.completeness import find_gaps
from subproc_cli.notice.plan import Notice, Request, plan
from subproc_cli.output import terminal
from subproc_cli.overview.places import PlacesReport
from subproc_cli.overview.show import ServiceReport
from subproc_cli.question.evaluator import ask
from subproc_cli.question.report import AnswersReport
from subproc_cli.reference.geography import load_country_codes, load_gazetteer
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import RuleContext

DAY = date(2026, 6, 1)
EU, UK, CH = Regime("eu-gdpr"), Regime("uk-gdpr"), Regime("ch-fadp")
HOMES = {EU: "DE", UK: "GB", CH: "CH"}


def one(fields: str, law: str = "[eu-gdpr]") -> Registry:
    """Return a list of one service, under some laws."""
    return listing(f"  a: {{name: A, {fields}}}\n", head=f"law: {law}", date="2026-06-01")


def bases(fields: str, laws: tuple[Regime, ...], language: str = "en", law: str = "[eu-gdpr]") -> list[str]:
    index = one(fields, law)
    return StatementFormatter(language).transfers.format_transfers(
        index, index.model.services["a"], laws, DAY
    )


AT_HOME = "every stated place of processing lies within"
SCC = "standard contractual clauses"


@pytest.mark.parametrize(
    ("fields", "laws", "expected"),
    [
        # An adequacy decision is one of this law, on this place, on this day
        ("processing: [BR], transfer: [adequacy]", (EU,), ["adequacy decision (Art. 45 GDPR)"]),
        ("processing: [BR], transfer: [adequacy]", (UK,), ["not stated under UK law", "Brazil: not adequate under UK law"]),
        ("processing: [KR], transfer: [adequacy]", (UK,), ["UK adequacy regulations (Art. 45A UK GDPR)"]),
        ("processing: [KR], transfer: [adequacy]", (CH,), ["not stated under Swiss law", "South Korea: not adequate under Swiss law"]),
        ("processing: [IN, BR], transfer: [adequacy]", (EU,), ["adequacy decision (Art. 45 GDPR), for Brazil", "not stated under EU law, for India", "India: not adequate under EU law"]),
        # The framework of the EU alone, its UK Extension only with it, the Swiss one for itself
        ("processing: [US], transfer: [dpf]", (EU,), ["EU-US Data Privacy Framework (Art. 45 GDPR)"]),
        ("processing: [US], transfer: [dpf]", (UK,), ["not stated under UK law", "United States: whether it is adequate under UK law depends on what the list does not state"]),
        ("processing: [US], transfer: [dpf-uk]", (UK,), ["not stated under UK law", "United States: whether it is adequate under UK law depends on what the list does not state"]),
        ("processing: [US], transfer: [dpf, dpf-uk]", (UK,), ["UK Extension to the EU-US Data Privacy Framework (Art. 45A UK GDPR)"]),
        ("processing: [US], transfer: [{basis: dpf, until: 2027-06-30}, dpf-uk]", (UK,), ["UK Extension to the EU-US Data Privacy Framework (Art. 45A UK GDPR), until 30 June 2027"]),
        ("processing: [US], transfer: [dpf-ch]", (CH,), ["Swiss-US Data Privacy Framework (Art. 16(1) FADP)"]),
        ("processing: [US], transfer: [{basis: dpf, covers: hr}, dpf-uk]", (UK,), ["UK Extension to the EU-US Data Privacy Framework (Art. 45A UK GDPR), certified for human resources data"]),
        ("processing: [US], transfer: [{basis: dpf, note: since May}, dpf-uk]", (UK,), ["EU-US Data Privacy Framework (Art. 45A UK GDPR) (since May)", "UK Extension to the EU-US Data Privacy Framework (Art. 45A UK GDPR)"]),
        ("processing: [US], transfer: [{basis: dpf, covers: non-hr}]", (EU,), ["EU-US Data Privacy Framework (Art. 45 GDPR), certified for data other than human resources data"]),
        ("processing: [DE], entity: {country: US}, transfer: [dpf]", (EU,), ["EU-US Data Privacy Framework (Art. 45 GDPR)"]),
        # Each safeguard with what its law needs next to it
        ("processing: [IN], transfer: [scc]", (UK,), ["not stated under UK law", "India: not adequate under UK law"]),
        ("processing: [IN], transfer: [scc, uk-addendum]", (UK,), [f"UK Addendum to the {SCC} (Art. 46(2)(d) UK GDPR)", "India: not adequate under UK law"]),
        ("processing: [IN], transfer: [bcr]", (UK,), ["not stated under UK law", "India: not adequate under UK law"]),
        ("processing: [IN], transfer: [scc]", (CH,), ["not stated under Swiss law", "India: not adequate under Swiss law"]),
        ("processing: [IN], transfer: [{basis: scc, adapted: ch-fadp}]", (CH,), [f"{SCC} (Art. 16(2)(d) FADP), adapted to Swiss law", "India: not adequate under Swiss law"]),
        ("processing: [IN], transfer: [derogation]", (CH,), ["exception (Art. 17 FADP)", "India: not adequate under Swiss law"]),
        ("processing: [IN], transfer: [{basis: scc, modules: [2, 3]}]", (EU,), [f"{SCC} (Art. 46(2)(c) GDPR), modules 2 and 3", "India: not adequate under EU law"]),
        ("processing: [IN, BR], transfer: [{basis: scc, places: [IN]}, adequacy]", (EU,), [f"{SCC} (Art. 46(2)(c) GDPR), for India", "adequacy decision (Art. 45 GDPR), for Brazil", "India: not adequate under EU law"]),
        ("processing: [JP], transfer: [scc]", (EU,), [f"{SCC} (Art. 46(2)(c) GDPR)", "Japan: whether it is adequate under EU law depends on what the list does not state"]),
        # A decision that needs no statement, and leaves nothing to an exception
        ("processing: [DE], transfer: [derogation]", (UK,), ["covered by UK adequacy regulations (Art. 45A UK GDPR)"]),
        ("processing: [NZ], transfer: [scc]", (EU,), [f"{SCC} (Art. 46(2)(c) GDPR)", "covered by an adequacy decision (Art. 45 GDPR)"]),
        ("processing: [FR], transfer: [scc]", (UK,), ["covered by UK adequacy regulations (Art. 45A UK GDPR)"]),
        ("processing: [DE, IN], transfer: [idta]", (UK,), ["International Data Transfer Agreement (Art. 46(2)(d) UK GDPR)", "Germany: covered by UK adequacy regulations (Art. 45A UK GDPR)", "India: not adequate under UK law"]),
        ("processing: [DE, IN], transfer: [{basis: idta, places: [IN]}]", (UK,), ["International Data Transfer Agreement (Art. 46(2)(d) UK GDPR), for India", "Germany: covered by UK adequacy regulations (Art. 45A UK GDPR)", "India: not adequate under UK law"]),
        # Place of processing every place is at home, no basis carries anything
        ("processing: [DE], transfer: [scc]", (EU,), [f"no transfer: {AT_HOME} the EEA"]),
        ("processing: [RE], transfer: [bcr]", (EU,), [f"no transfer: {AT_HOME} the EEA"]),
        ("processing: [GB], transfer: [derogation]", (UK,), [f"no transfer: {AT_HOME} the United Kingdom"]),
        ("processing: [CH], transfer: [scc]", (CH,), [f"no transfer: {AT_HOME} Switzerland"]),
        ("processing: [DE], entity: {country: US}, transfer: [scc]", (EU,), [f"{SCC} (Art. 46(2)(c) GDPR)"]),
        ("processing: [IN], transfer: [{basis: scc, note: with the Addendum}]", (UK,), ["not stated under UK law (note in the list: with the Addendum)", "India: not adequate under UK law"]),
        # Several laws, each for itself
        (
            "processing: [US], transfer: [dpf, {basis: scc, adapted: ch-fadp}]",
            (EU, UK, CH),
            [
                "EU-US Data Privacy Framework (Art. 45 GDPR)",
                f"{SCC} (Art. 46(2)(c) GDPR; Art. 16(2)(d) FADP), adapted to Swiss law",
                "not stated under UK law",
                "United States: whether it is adequate under UK law and Swiss law depends on what the list does not state",
            ],
        ),
        # Home is where the law is
        ("processing: [DE]", (EU,), [f"no basis stated; {AT_HOME} the EEA"]),
        ("processing: [DE]", (UK,), ["no basis stated; covered by UK adequacy regulations (Art. 45A UK GDPR)"]),
        ("processing: [RE]", (UK,), ["no basis stated; covered by UK adequacy regulations (Art. 45A UK GDPR)"]),
        ("processing: [DE, NZ]", (EU,), ["no basis stated; New Zealand: covered by an adequacy decision (Art. 45 GDPR)"]),
        ("processing: [DE], entity: {country: US}", (EU,), [f"no basis stated; the recipient is established in the United States; {AT_HOME} the EEA"]),
        ("processing: [US]", (UK,), []),
        ("", (UK,), []),
    ],
)  # fmt: skip
def test_format_transfers_names_only_decisions_of_the_law(
    fields: str, laws: tuple[Regime, ...], expected: list[str]
) -> None:
    assert bases(fields, laws) == expected


@pytest.mark.parametrize(
    ("fields", "law", "day", "expected"),
    [
        ("processing: [KR], transfer: [adequacy]", UK, "2026-02-04", ["UK adequacy regulations (Art. 45 UK GDPR)"]),
        ("processing: [KR], transfer: [adequacy]", UK, "2026-02-05", ["UK adequacy regulations (Art. 45A UK GDPR)"]),
        ("processing: [US], transfer: [scc]", CH, "2023-08-31", ["whether it is adequate under Swiss law is unknown before 1 September 2023"]),
        ("processing: [FR]", UK, "2020-12-31", ["no basis stated; whether it is adequate under UK law is unknown before 1 January 2021"]),
        ("processing: [GB], transfer: [adequacy]", EU, "2021-06-27", ["no transfer: United Kingdom: not transferred under EU law"]),
        ("processing: [DE, GB]", EU, "2021-06-27", ["no basis stated; United Kingdom: not transferred under EU law"]),
        ("processing: [GB]", EU, "2020-12-31", [f"no basis stated; {AT_HOME} the EEA"]),
        ("processing: [US], transfer: [dpf]", EU, "2023-07-09", ["not stated under EU law", "United States: not adequate under EU law"]),
        ("processing: [IN], transfer: [scc]", EU, "2026-11-20", [f"{SCC} (Art. 46(2)(c) GDPR)", "India: not adequate under EU law as of 5 August 2026"]),
    ],
)  # fmt: skip
def test_transfers_on_a_day_name_the_law_of_that_day(
    fields: str, law: Regime, day: str, expected: list[str]
) -> None:
    index = one(fields)
    service = index.model.services["a"]
    found = StatementFormatter("en").transfers.format_transfers(
        index, service, (law,), date.fromisoformat(day)
    )
    assert found == expected


@pytest.mark.parametrize("law", list(Regime))
def test_articles_of_each_law_have_a_form_in_each_language(law: Regime) -> None:
    known = load_law(law)
    rules = [rule.article for rules in known.bases.values() for rule in rules]
    articles = [*rules, *(each.article for each in (*known.sensitive, *known.articles))]
    for language in ("de", "fr"):
        catalogue = load_catalogue(language)
        named = [each for each in articles if each.startswith("Art.")]
        assert [each for each in named if catalogue.find_own(f"article.{each}") is None] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["not stated under UK law", "not stated under Swiss law", "India: not adequate under UK law and Swiss law"]),
        ("de", ["keine Grundlage nach britischem Recht angegeben", "keine Grundlage nach Schweizer Recht angegeben", "Indien: ohne Angemessenheitsfeststellung nach britischem Recht und Schweizer Recht"]),
        ("fr", ["aucun fondement indiqué au regard du droit britannique", "aucun fondement indiqué au regard du droit suisse", "Inde\u00a0: sans décision d’adéquation au regard du droit britannique et du droit suisse"]),
    ],
)  # fmt: skip
def test_transfers_that_no_law_knows_say_so_in_each_language(language: str, expected: list[str]) -> None:
    assert bases("processing: [IN], transfer: [scc]", (UK, CH), language) == expected


@pytest.mark.parametrize(
    ("language", "places", "expected"),
    [
        ("de", "DE", "keine Übermittlung: der angegebene Verarbeitungsort liegt im EWR"),
        ("de", "DE, FR", "keine Übermittlung: alle angegebenen Verarbeitungsorte liegen im EWR"),
        (
            "fr",
            "DE",
            "aucun transfert\N{NO-BREAK SPACE}: le lieu de traitement indiqué se situe dans l’EEE",
        ),
        (
            "fr",
            "DE, FR",
            "aucun transfert\N{NO-BREAK SPACE}: tous les lieux de traitement indiqués se situent dans l’EEE",
        ),
    ],
)
def test_format_transfers_within_the_home_area_is_no_transfer(
    language: str, places: str, expected: str
) -> None:
    assert bases(f"processing: [{places}], transfer: [scc]", (EU,), language) == [expected]


@pytest.mark.parametrize(
    ("place", "transfer", "expected", "absent"),
    [
        ("IN", "dpf", "scc with uk-addendum, idta or bcr-uk", "dpf"),
        ("IN", "scc", "for example transfer: [scc, uk-addendum]", "dpf"),
        ("US", "dpf", "for example transfer: [dpf, dpf-uk]", "dpf-ch"),
    ],
)
def test_gap_advice_on_a_rejected_basis_names_accepted_bases(
    place: str, transfer: str, expected: str, absent: str
) -> None:
    new = one(f"processing: [{place}], transfer: [{transfer}]", "[uk-gdpr]")
    found = run_rules(RuleContext(new, DAY), Selection(select=("SP204",))).findings
    old = listing("  {}\n", head="law: [uk-gdpr]", date="2026-05-01")
    (gap,) = (each for each in find_gaps(new, diff(old, new), DAY, (UK,)) if each.field == "transfer")
    assert [each.hint for each in found] == [gap.advice]
    assert expected in gap.advice
    assert absent not in gap.advice


@given(
    st.sampled_from(sorted(load_country_codes())),
    st.lists(st.sampled_from(Basis), unique=True, max_size=3),
    st.sampled_from(Regime),
)
def test_no_text_names_what_its_law_does_not_accept(country: str, stated: list[Basis], law: Regime) -> None:
    index = one(f"processing: [{country}], transfer: [{', '.join(stated)}]")
    texts = " / ".join(bases(f"processing: [{country}], transfer: [{', '.join(stated)}]", (law,)))
    (place,) = assess_service(index, index.model.services["a"], law, DAY).places
    (outcome,) = place.outcomes
    accepted = {each.rule.name for each in outcome.accepted_bases if each.rule}
    for word in stated:
        for rule in load_law(law).bases.get(word, ()):
            name = StatementFormatter("en").transfers.name_basis(rule).name
            assert rule.name in accepted or f"{name} ({rule.article})" not in texts or "covered by" in texts
    assert outcome.is_carried or not stated or "not stated under" in texts


# What is held of a place


def added(place: str, law: str, language: str = "en", transfer: str = "[]") -> str:
    """Return the sentence on a place that is added to one at home."""
    home = HOMES[Regime(law.strip("[]").partition(",")[0])]
    old, new = (
        one(f"processing: [{places}], transfer: {transfer}", law) for places in (home, f"{home}, {place}")
    )
    (change,) = (each for each in diff(old, new) if each.kind.startswith("place-"))
    return ChangeFormatter(language).format_change((old, new), change)


def everywhere(places: str, law: Regime, transfer: str) -> Registry:
    """Return a list of one service for each country but the home of a law."""
    services = "".join(
        f"  a-{country.lower()}: {{name: A, processing: [{places.format(country)}], transfer: {transfer}}}\n"
        for country in sorted({*load_country_codes()} - {HOMES[law]})
    )
    return listing(services, head=f"law: [{law}]", date="2026-06-01")


@pytest.mark.parametrize("law", list(Regime))
@pytest.mark.parametrize("transfer", ["[]", "[adequacy]", "[dpf]"])
def test_change_sentence_on_adequacy_agrees_with_the_answer_of_which(law: Regime, transfer: str) -> None:
    old = everywhere(HOMES[law], law, transfer)
    new = everywhere(f"{HOMES[law]}, {{}}", law, transfer)
    formatter = ChangeFormatter("en")
    sentences = {
        change.service: formatter.format_change((old, new), change)
        for change in diff(old, new)
        if change.kind.startswith("place-")
    }
    answers = ask(everywhere("{}", law, transfer), "process outside adequate countries", DAY).answers
    assert len(answers) == len(sentences) == len(load_country_codes()) - 1
    for answer in answers:
        said = sentences[answer.key]
        assert ("not adequate" in said) == (answer.verdict is Verdict.YES), said
        assert ("depends" in said) == (answer.verdict is Verdict.UNKNOWN), said


DEPENDING = {"eu-gdpr": "BR CA FO JP KR US", "uk-gdpr": "CA FO JP KR US", "ch-fadp": "CA US"}


@pytest.mark.parametrize(("law", "countries"), DEPENDING.items())
def test_change_sentence_on_partial_adequacy_depends_on_the_recipient(law: str, countries: str) -> None:
    for country in countries.split():
        assert added(country, f"[{law}]").endswith("depends on what the list does not state")
        german, french = (added(country, f"[{law}]", each) for each in ("de", "fr"))
        assert "nicht angemessen" not in german
        assert "sans décision d’adéquation" not in french


@pytest.mark.parametrize(
    ("place", "law", "language", "expected"),
    [
        ("IN", "[eu-gdpr]", "en", "A now processes in India as well: not adequate under EU law"),
        ("IN", "[eu-gdpr]", "de", "A: weiterer Verarbeitungsort (ohne Angemessenheitsfeststellung nach EU-Recht): Indien"),
        ("IN", "[eu-gdpr]", "fr", "(sans décision d’adéquation au regard du droit de l’UE)\u00a0: Inde"),
        ("NZ", "[eu-gdpr]", "en", "A now processes in New Zealand as well: adequate under EU law"),
        ("RE", "[eu-gdpr]", "en", "A now processes in Réunion as well: not transferred under EU law"),
        ("{place: [FR, IN]}", "[eu-gdpr]", "en", "France or India as well: whether it is adequate under EU law depends"),
        ("{place: [FR, CH]}", "[eu-gdpr]", "en", "Switzerland or France as well: adequate under EU law"),
        ("worldwide", "[eu-gdpr]", "en", "whether it is adequate under EU law depends"),
        ("JP", "[eu-gdpr, ch-fadp]", "en", "whether it is adequate under EU law depends on what the list does not state; not adequate under Swiss law"),
        ("IN", "[eu-gdpr, ch-fadp]", "en", "India as well: not adequate under EU law and Swiss law"),
        ("GB", "[ch-fadp, uk-gdpr]", "en", "adequate under Swiss law and not transferred under UK law"),
    ],
)  # fmt: skip
def test_change_sentence_on_an_added_place_names_its_area(
    place: str, law: str, language: str, expected: str
) -> None:
    assert expected in added(place, law, language)


def test_change_sentence_on_a_home_place_outside_the_eea_is_no_transfer() -> None:
    old, new = (one(f"processing: [{places}]", "[uk-gdpr]") for places in ("DE", "DE, GB"))
    (change,) = diff(old, new)
    expected = "A now processes in the United Kingdom as well: not transferred under UK law"
    assert (change.kind, change.level) == ("place-added-eea", "inform")
    assert ChangeFormatter("en").format_change((old, new), change) == expected


@pytest.mark.parametrize(
    ("old", "new", "kind", "level"),
    [
        ("FR", "RE", "place-moved", "inform"),  # no transfer begins
        ("FR", "NC", "place-moved", "notice"),
        ("EU", "RE", "place-clearer", "inform"),
        ("RE", "EU", "place-vaguer", "notice"),
        ("DE", "DE, AX", "place-added-eea", "inform"),
    ],
)
def test_diff_to_a_territory_of_the_union_counts_as_inside(old: str, new: str, kind: str, level: str) -> None:
    before, after = (one(f"processing: [{places}]") for places in (old, new))
    assert [(change.kind, change.level) for change in diff(before, after)] == [(kind, level)]


# Letters


def notice(old: str, new: str, reader: str) -> Notice:
    head = "law: [eu-gdpr]\nnotice: {days: 30, contact: privacy@example.com}"
    revisions = (
        listing(f"  a: {{name: A, {fields}}}\n", head=head, date="2026-06-01") for fields in (old, new)
    )
    before, after = revisions
    (found,) = plan(
        (before, after), diff(before, after), Request(SENT.replace(year=2026)), (customer(reader),)
    ).notices
    return found


FULL = "purpose: p, sees: [usage], entity: {name: N}"


@pytest.mark.parametrize(
    ("new", "regime", "laws"),
    [
        ("processing: [BR], transfer: [adequacy]", "eu-gdpr", None),
        ("processing: [BR], transfer: [adequacy]", "uk-gdpr", (UK,)),
        ("processing: [BR], transfer: [adequacy]", "ch-fadp", (CH,)),
        ("processing: [US], transfer: [dpf, scc]", "uk-gdpr", (UK,)),
        ("processing: [US], transfer: [dpf, scc]", "ch-fadp", (CH,)),
        ("processing: [IN], transfer: [adequacy]", "uk-gdpr", (UK, EU)),  # the list's law binds the publisher
        ("processing: [JP], transfer: [adequacy]", "ch-fadp", (CH,)),
        ("processing: [CH]", "uk-gdpr", None),
        ("processing: [KR]", "ch-fadp", ()),  # nothing is stated at all
        ("processing: [NZ], transfer: [scc]", "uk-gdpr", None),
    ],
)
def test_notice_gaps_are_those_of_the_laws_of_list_and_customer(
    new: str, regime: str, laws: tuple[Regime, ...] | None
) -> None:
    found = notice(f"{FULL}, processing: [DE]", f"{FULL}, {new}", f"name: X, regime: {regime}")
    gaps = [(str(gap.field), gap.laws) for gap in found.gaps]
    assert gaps == ([] if laws is None else [("transfer", laws)])


def test_letter_with_a_gap_names_the_law_that_requires_the_fact() -> None:
    found = notice(
        f"{FULL}, processing: [DE]",
        f"{FULL}, processing: [BR], transfer: [adequacy]",
        "name: X, regime: uk-gdpr",
    )
    said = letter(found)
    assert "After not stated under UK law" in said
    assert "A: the basis of the transfer to a third country (UK law)" in said
    assert (
        "A: the new version of the list changes what it states about the basis of transfers; "
        "the change does not concern a basis under UK law"
    ) in said


@pytest.mark.parametrize(
    ("regime", "expected"),
    [
        ("eu-gdpr", "transfers rely on EU-US Data Privacy Framework (Art. 45 GDPR) instead of standard contractual clauses (Art. 46(2)(c) GDPR)"),
        ("ch-fadp", "the basis of transfers has changed; the change does not concern a basis under Swiss law"),
        ("uk-gdpr", "the basis of transfers has changed; the change does not concern a basis under UK law"),
    ],
)  # fmt: skip
def test_change_sentence_on_bases_cites_the_law_of_its_reader(regime: str, expected: str) -> None:
    old, new = (one(f"processing: [US], transfer: [{basis}]") for basis in ("scc", "dpf"))
    (change,) = diff(old, new)
    assert ChangeFormatter("en").format_change((old, new), change, (Regime(regime),)) == f"A: {expected}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "A: the decision on the United States under EU law may end: appeal C-703/25 P against the judgment T-553/23, which upheld the decision (OJ C/2025/6610)"),
        ("de", "A: Die Angemessenheitsfeststellung nach EU-Recht könnte enden (Vereinigte Staaten): Rechtsmittel C-703/25 P gegen das Urteil T-553/23, das den Beschluss bestätigt hat (OJ C/2025/6610)"),
        ("fr", "A\u00a0: la décision d’adéquation au regard du droit de l’UE pourrait prendre fin (États-Unis)\u00a0: pourvoi C-703/25 P contre l’arrêt T-553/23, qui a confirmé la décision (OJ C/2025/6610)"),
    ],
)  # fmt: skip
def test_change_sentence_on_a_doubt_names_its_source_and_law(language: str, expected: str) -> None:
    service = "  a: {name: A, processing: [US], transfer: [dpf, dpf-uk]}\n"
    old, new = (
        listing(service, head="law: [uk-gdpr, eu-gdpr]", date=day) for day in ("2025-10-30", "2025-10-31")
    )
    (change,) = diff(old, new)
    assert ChangeFormatter(language).format_change((old, new), change) == expected


@pytest.mark.parametrize("language", ["de", "fr"])
def test_doubts_have_a_text_in_each_language(language: str) -> None:
    doubts = [doubt for law in Regime for each in load_law(law).decisions for doubt in each.doubts]
    catalogue = load_catalogue(language)
    assert [each.key for each in doubts if catalogue.find_own(f"doubt.{each.key}") is None] == []


# What is published


def exported(name: str, about: Registry, language: str = "en") -> str:
    (exporter,) = (each for each in EXPORTERS if each.name == name)
    return exporter.load_module().render(Export(about, about.model.services, DAY, language)).decode()


US = "processing: [US], transfer: [dpf, {basis: scc, adapted: ch-fadp}], entity: {name: US Inc, country: US}"


@pytest.mark.parametrize("name", ["annex-iii", "record", "page", "site"])
@pytest.mark.parametrize(
    ("law", "present", "absent"),
    [
        ("[uk-gdpr]", ["not stated under UK law"], ["GDPR)", "Data Privacy Framework"]),
        ("[ch-fadp]", ["(Art. 16(2)(d) FADP)"], ["GDPR)", "Data Privacy Framework"]),
        ("[eu-gdpr]", ["Framework (Art. 45 GDPR)", "clauses (Art. 46(2)(c) GDPR)"], ["UK", "FADP"]),
    ],
)
def test_export_cites_the_laws_of_the_list(
    name: str, law: str, present: list[str], absent: list[str]
) -> None:
    said = exported(name, one(US, law)).replace("\\", "").replace("UK GDPR)", "")
    assert all(words in said for words in present)
    assert [words for words in absent if words in said] == []


def test_show_cites_the_laws_of_the_list() -> None:
    about = one(US, "[ch-fadp]")
    page = ServiceReport(about, "a", about.model.services["a"], DAY).to_document()
    said = " ".join(terminal.render(page, 400, colour=False).split())
    assert "Transfers standard contractual clauses (Art. 16(2)(d) FADP)" in said
    assert "GDPR" not in said


def test_export_record_under_swiss_law_cites_its_articles() -> None:
    heads, row = csv.reader(StringIO(exported("record", one("processing: [FR]", "[ch-fadp]"))))
    assert not any("Art. 30" in head for head in heads)
    assert row[heads.index("Transfers abroad (Art. 12(3) with Art. 12(2)(g) FADP)")] == "France"


SCC_ANNEX = "Annex III of the standard contractual clauses (Implementing Decision (EU) 2021/914)"


@pytest.mark.parametrize(
    ("transfer", "law", "title", "present", "absent"),
    [
        ("scc", "eu-gdpr", "Annex III: List of sub-processors", SCC_ANNEX, "Addendum"),
        ("scc", "uk-gdpr", "List of sub-processors", "Sub", "2021/914"),
        ("scc, uk-addendum", "uk-gdpr", "Table 3: List of sub-processors", "Table 3 of the UK Addendum", "2021/914"),
        ("scc", "ch-fadp", "List of sub-processors", "Sub", "2021/914"),
        ("{basis: scc, adapted: ch-fadp}", "ch-fadp", "Annex III: List of sub-processors", "(adapted to Swiss law", "UK"),
        ("{basis: scc, modules: [1]}", "eu-gdpr", "List of sub-processors", "Sub", "2021/914"),
        ("idta", "uk-gdpr", "List of sub-processors", "Sub", "Table 3"),
    ],
)  # fmt: skip
def test_the_annex_is_the_one_of_the_stated_clauses(
    transfer: str, law: str, title: str, present: str, absent: str
) -> None:
    fields = f"processing: [IN], entity: {{name: Sub Inc}}, transfer: [{transfer}]"
    said = exported("annex-iii", one(fields, f"[{law}]")).replace("\\", "")
    assert said.startswith(f"# {title}\n")
    assert present in said
    assert absent not in said


@pytest.mark.parametrize(
    ("transfer", "title"),
    [("dpf", "Annex IV: List of sub-processors"), ("scc", "List of sub-processors")],
)
def test_annex_of_a_contract_with_customers_is_the_one_of_its_clauses(transfer: str, title: str) -> None:
    about = one(f"processing: [US], entity: {{name: Sub Inc}}, transfer: [{transfer}]")
    given = Export(about, about.model.services, DAY, clauses="2021-915")
    said = annex_iii.render(given).decode().replace("\\", "")
    assert said.startswith(f"# {title}\n")
    assert "(Implementing Decision (EU) 2021/915): Clause 7.7(a), option 1" in said
    assert ("2021/914" in said) is (transfer == "scc")


def test_annex_of_a_list_before_the_clauses_of_today_is_not_theirs() -> None:
    service = "  a: {name: A, processing: [IN], transfer: [scc]}\n"
    about = listing(service, date="2020-06-01")
    said = annex_iii.render(Export(about, about.model.services, date(2020, 6, 1))).decode()
    assert "2021/914" not in said


def test_the_annex_has_what_it_does_not_ask_for_under_a_heading_of_its_own() -> None:
    said = exported("annex-iii", one(US))
    asked, further = said.split("### Further particulars that the annex does not require")
    assert asked.count("- **") == 4
    assert further.count("- **") == 5


@pytest.mark.parametrize(
    ("fields", "law", "grounds"),
    [
        (US, "[eu-gdpr]", ["eu-gdpr:A45-3", "eu-gdpr:A46-2-c"]),
        (US, "[uk-gdpr]", None),
        (US, "[ch-fadp]", None),
        ("processing: [IN], transfer: [adequacy]", "[eu-gdpr]", None),
    ],
)
def test_export_dpv_states_gdpr_grounds_only_under_eu_law(
    fields: str, law: str, grounds: list[str] | None
) -> None:
    (process,) = json.loads(exported("dpv", one(fields, law)))["hasProcess"]
    assert process.get("hasLegalBasis") == grounds


def test_format_transfers_in_french_repeats_the_preposition_for_each_act() -> None:
    (text,) = bases("processing: [DE]", (UK, CH), "fr")
    assert text.startswith(
        "aucun fondement indiqué\u00a0; couvert par les règlements d’adéquation du Royaume-Uni"
    )
    assert ") et par la constatation d’un niveau de protection adéquat" in text


@pytest.mark.parametrize(("language", "label"), [("en", "special categories of data"), ("de", "besondere Kategorien von Daten"), ("fr", "catégories particulières de données")])  # fmt: skip
def test_format_category_cites_no_article(language: str, label: str) -> None:
    about = one("sees: [special, criminal]", "[ch-fadp]")
    said = StatementFormatter(language)
    assert said.format_category(about, "special") == label
    assert not any("rt. " in said.format_category(about, each.key) for each in about.category_tree)


# Hints


@pytest.mark.parametrize(
    ("fields", "law", "rule", "hint"),
    [
        ("processing: [IN]", "[eu-gdpr]", "SP203", "add transfer: scc or bcr"),
        ("processing: [US]", "[eu-gdpr]", "SP203", "add transfer: scc, dpf or bcr"),
        ("processing: [JP]", "[eu-gdpr]", "SP203", "add transfer: scc, adequacy or bcr"),
        ("processing: [US, IN]", "[eu-gdpr]", "SP203", "add transfer: scc or bcr"),
        ("processing: [KR]", "[uk-gdpr]", "SP203", "add transfer: scc with uk-addendum, adequacy, idta or bcr-uk, for example transfer: [scc, uk-addendum]"),
        ("processing: [IN], transfer: [dpf, adequacy, derogation]", "[ch-fadp]", "SP204", "add transfer: scc (adapted to ch-fadp), bcr, treaty or notified-clauses, for example transfer: [{basis: scc, adapted: ch-fadp}]"),
        ("processing: [US], transfer: [dpf]", "[eu-gdpr]", "SP406", "add a safeguard: scc or bcr"),
    ],
)  # fmt: skip
def test_rule_hint_names_accepted_bases_for_the_place(fields: str, law: str, rule: str, hint: str) -> None:
    found = run_rules(RuleContext(one(fields, law), DAY), Selection(select=(rule,))).findings
    assert hint in [each.hint for each in found]


@pytest.mark.parametrize("law", ["[eu-gdpr]", "[uk-gdpr]", "[ch-fadp]", "[eu-gdpr, uk-gdpr, ch-fadp]"])
@pytest.mark.parametrize("transfer", ["[]", "[dpf]", "[scc]", "[adequacy]", "[derogation]"])
def test_rule_hint_never_proposes_a_derogation_or_foreign_framework(law: str, transfer: str) -> None:
    for country in ("IN", "US", "JP", "BR", "GB", "DE"):
        about = one(f"processing: [{country}], transfer: {transfer}", law)
        for each in run_rules(RuleContext(about, DAY), Selection(select=("SP2", "SP4"))).findings:
            assert "derogation" not in each.hint
            assert country == "US" or "dpf" not in each.hint


@pytest.mark.parametrize(
    ("stated", "fault", "example"),
    [
        ("scc", "scc needs uk-addendum as well (the IDTA or the UK Addendum", "[scc, uk-addendum]"),
        ("dpf", "dpf needs dpf-uk as well (a certification under the UK Extension", "[dpf, dpf-uk]"),
        ("bcr", "bcr does not count, and bcr-uk is needed instead (", "[bcr-uk]"),
    ],
)
def test_rule_finding_under_uk_law_names_the_missing_statement(stated: str, fault: str, example: str) -> None:
    about = one(f"processing: [US], transfer: [{stated}]", "[uk-gdpr]")
    (found,) = run_rules(RuleContext(about, DAY), Selection(select=("SP204",))).findings
    assert (
        f"A: no stated basis covers the transfer to US under the UK GDPR (uk-gdpr): {fault}" in found.message
    )
    assert f"for example transfer: {example}" in found.hint


def test_rule_message_on_remote_access_does_not_say_processes() -> None:
    about = one("processing: [DE, {place: IN, how: remote-access}, US]")
    (found,) = run_rules(RuleContext(about, DAY), Selection(select=("SP203",))).findings
    expected = "A processes in US and accesses data from IN, and no transfer basis is stated (Art. 44 GDPR)"
    assert found.message == expected


# Why


def test_places_of_a_territory_outside_prints_its_remark() -> None:
    view = PlacesReport(load_gazetteer(), (EU,), DAY, ("NC",))
    assert "the rules of France apply there" in " ".join(
        terminal.render(view.to_document(), 400, colour=False).split()
    )


@pytest.mark.parametrize(
    ("place", "day", "remark"),
    [
        (
            "GB",
            "2020-08-01",
            "Union law went on applying there until 2020-12-31 (Withdrawal Agreement, Art. 127)",
        ),
        ("GB", "2020-01-31", None),
        ("GB", "2021-01-01", None),
        ("worldwide", "2020-08-01", None),
    ],
)
def test_evidence_of_a_country_outside_has_its_remark(place: str, day: str, remark: str | None) -> None:
    about = one(f"processing: [{place}]")
    (answer,) = ask(about, "process outside the EU", date.fromisoformat(day), about.model.services).answers
    said = [format_evidence(about, each) for each in answer.result.evidence]
    assert said[1:] == ([remark] if remark else [])


# The words of a law

FOREIGN_WORDS = {
    "de": r"(?<!un)[Vv]erarbeit|[Üü]bermittlung|personenbezogen|[Ee]inspr[uü]ch|DSGVO|Drittl[aä]nd",
    "fr": r"caractère personnel|[Tt]ransfert|[Oo]bjection|RGPD|pays tiers",
}
EVERY_WORD = (
    "  a: {name: A, purpose: p, sees: [special, criminal], subjects: [s], processing: [US, CH, DE], transfer: "
    "[{basis: scc, adapted: ch-fadp}, idta], entity: {name: E, address: x, country: US, parent: P}, links: {dpa: 'https://example.com'}}\n"
    "  b: {name: B, personal_data: yes}\n  c: {name: C, processing: [CH]}\n"
)


@pytest.mark.parametrize("language", FOREIGN_WORDS)
@pytest.mark.parametrize("name", ["page", "site", "annex-iii", "record", "graph-mermaid"])
def test_export_under_swiss_law_has_its_words(name: str, language: str) -> None:
    terms = "notice: {days: 30, objection_days: 14, termination_days: 30, contact: p@example.com}"
    about = listing(EVERY_WORD, head=f"law: [ch-fadp]\n{terms}", date="2026-06-01")
    raw = re.sub(r"<(style|script)\b.*?</\1>", " ", exported(name, about, language), flags=re.DOTALL)
    assert re.findall(rf".{{30}}(?:{FOREIGN_WORDS[language]}).{{20}}", raw) == []


@pytest.mark.parametrize("language", FOREIGN_WORDS)
def test_letter_under_swiss_law_has_its_words(language: str) -> None:
    terms = "notice: {days: 30, objection_days: 14, termination_days: 30, contact: p@example.com}"
    old, new = (
        listing(text, head=f"law: [ch-fadp]\n{terms}", date="2026-06-01") for text in ("  {}\n", EVERY_WORD)
    )
    about = customer(f"name: X, regime: ch-fadp, language: {language}")
    (notice,) = plan((old, new), diff(old, new), Request(date(2026, 6, 1)), (about,)).notices
    assert re.findall(rf".{{30}}(?:{FOREIGN_WORDS[language]}).{{20}}", letter(notice)) == []


def test_which_after_the_last_known_day_names_it_once_for_each_law() -> None:
    about = one("processing: [IN, NZ]", "[eu-gdpr, uk-gdpr]")
    answers = ask(about, "process outside adequate countries", date(2026, 8, 6))
    said = terminal.render(AnswersReport(answers).to_document(), 400, colour=False)
    assert said.count("ends on 2026-08-05; a later act may change this.") == 2
    assert [each["law"] for each in AnswersReport(answers).to_record()["horizon"]] == ["eu-gdpr", "uk-gdpr"]
    for question, day in (
        ("process outside adequate countries", date(2026, 8, 5)),
        ("see email", date(2026, 8, 6)),
    ):
        assert "horizon" not in AnswersReport(ask(about, question, day)).to_record()
