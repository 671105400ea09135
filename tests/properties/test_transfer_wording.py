"""What letters, pages, records, annexes, feeds and changelogs say of a transfer is what the judgement on transfers says.

A law's decision or safeguard is named only where the law has it for the place on the day, and what is held of
a place is worded as one of the outcomes, in every language.
"""

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from registry_text import listing
from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.describe.wording import PageWording
from subproc_cli.diff.changelog import ChangelogEntry
from subproc_cli.diff.classify import diff
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.enums import Basis
from subproc_cli.evaluation.service_transfers import assess_service
from subproc_cli.evaluation.transfer_outcomes import Outcome, TransferStatus
from subproc_cli.exporters import feed
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.feed_entries import build_feed
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.history.git import FileCommit
from subproc_cli.history.timeline import Snapshot, iter_history
from subproc_cli.locale.catalogue import find_languages, load_catalogue
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.plan import Request, plan
from subproc_cli.output import markdown
from subproc_cli.reference.geography import load_country_codes, load_gazetteer
from subproc_cli.reference.law_facts import ADEQUACY, BasisKind
from subproc_cli.reference.laws import Law, list_laws, load_law
from subproc_cli.registry.registry import Registry

LAWS = [load_law(key) for key in list_laws()]
DAYS = sorted(
    {
        day
        for law in LAWS
        for each in (
            *(decision.date_range for decision in law.decisions),
            *(rule.date_range for rules in law.bases.values() for rule in rules),
            (law.known_since, law.known_until),
        )
        for day in each
        if day and day.year < 2030
    }
    | {date(2026, 11, 20)}
)
LAW = st.sampled_from(list_laws())
COUNTRY = st.sampled_from(
    [*load_country_codes(), *["US", "GB", "CH", "DE", "CA", "KR", "BR", "FO", "SJ", "NC", "GI", "RE"] * 10]
)
STATED = st.lists(
    st.sampled_from([*map(str, Basis), "{basis: scc, adapted: ch-fadp}"]), unique=True, max_size=3
).map(", ".join)
LANGUAGE = st.sampled_from(find_languages())
EXPORTS = {each.name: each for each in EXPORTERS if each.name in ("page", "site", "annex-iii", "record")}
WORD = re.compile(r"adequa|angemess|adéquat", re.IGNORECASE)
FIXED = re.compile(r"Adequacy decision|Angemessenheitsbeschluss|Décision d’adéquation")
"""The label of a filter of the site."""


class Case(NamedTuple):
    """A list under a law with a service in a country, on a day, read in a language."""

    law: str
    country: str
    stated: str
    day: date
    language: str


CASE = st.builds(Case, law=LAW, country=COUNTRY, stated=STATED, day=st.sampled_from(DAYS), language=LANGUAGE)


def build_list(law: Law, service: str, day: date, version: str = "1.0.0") -> Registry:
    home = find_home(law)
    host = f"  host: {{name: Host, purpose: p, sees: [usage], processing: [{home}]}}\n"
    about = listing(
        host + service, head=f"law: [{law.key}]\nnotice: {{days: 1, contact: p@example.com}}", date=str(day)
    )
    return about.with_model(about.model.model_copy(update={"version": version}))


def find_home(law: Law) -> str:
    place = law.home[0].place
    return "DE" if place in load_gazetteer().regions else place


def build_service(places: str, stated: str) -> str:
    return (
        f"  a: {{name: Alpha, purpose: p, sees: [identity], processing: [{places}], transfer: [{stated}]}}\n"
    )


def find_outcome(about: Registry, law: Law, country: str, day: date) -> Outcome:
    places = assess_service(about, about.model.services["a"], law.key, day).places
    return next(each for place in places for each in place.outcomes if each.place == country)


@cache
def list_names(law: Law, language: str) -> dict[str, set[str]]:
    """Return what a law calls each of its bases, in a list and after *covered by*, by the id of the name."""
    formatter = StatementFormatter(language, law.key)
    found: dict[str, set[str]] = {}
    for rule in (rule for rules in law.bases.values() for rule in rules):
        name = formatter.transfers.name_basis(rule)
        texts = found.setdefault(f"{rule.word} {rule.article}", set())
        texts.add(f"{name.name} ({name.article}")
        text_id = f"basis-in-a-sentence.{rule.name}"
        if text_id in formatter.catalogue:
            texts.add(f"{formatter.catalogue.text(text_id)} ({name.article}")
    return found


@cache
def list_phrases(law: Law, language: str) -> dict[str, TransferStatus]:
    """Return the five outcomes in words, longest first, since some contain others."""
    catalogue = load_catalogue(language, law.key)
    name = catalogue.text(f"laws.{law.key}.in-a-sentence")
    days = {catalogue.format_day(law.known_since), law.known_since.isoformat()}
    found = {
        catalogue.text(f"outcome.{status}", law=name, day=day): status
        for status in TransferStatus
        for day in days
    }
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def find_allowed_names(law: Law, outcome: Outcome, day: date, language: str) -> set[str]:
    rules = [each.rule for each in outcome.accepted_bases if each.rule]
    if outcome.last_known_status is TransferStatus.ADEQUATE:
        rules += [rule for rule in [law.find_basis(ADEQUACY, day)] if rule]
    if outcome.last_known_status is TransferStatus.NOT_TRANSFERRED:
        rules = []
    return {text for rule in rules for text in list_names(law, language)[f"{rule.word} {rule.article}"]}


def read_text(raw: str) -> str:
    """Return a text without markup and line breaks."""
    raw = re.sub(r"<(style|script)\b.*?</\1>", " ", raw, flags=re.DOTALL)
    plain = re.sub(r"<[^>]*>", " ", html.unescape(raw).replace("\\", ""))
    return " ".join(plain.split())


def check_text(text: str, law: Law, outcome: Outcome, day: date, language: str) -> set[TransferStatus]:
    """Return the outcomes that a text states, and find what the law does not say."""
    allowed = find_allowed_names(law, outcome, day, language)
    for name in sorted(allowed, key=len, reverse=True):
        text = text.replace(name, "")
    for other in LAWS:
        for names in list_names(other, language).values():
            wrong = [name for name in names - allowed if name in text]
            assert not wrong, (wrong, text)
    stated = set()
    for phrase, status in list_phrases(law, language).items():
        if phrase in text:
            stated.add(status)
            text = text.replace(phrase, "")
    assert not WORD.search(FIXED.sub("", text)), text
    assert stated <= {outcome.last_known_status}, (stated, outcome.last_known_status, text)
    return stated


@settings(max_examples=150, deadline=None)
@given(CASE, LAW)
def test_letters_say_what_the_law_of_the_customer_says(case: Case, customer_key: str) -> None:
    assume(case.language != "de-CH")
    law, customer_law = load_law(case.law), load_law(customer_key)
    old = build_list(law, "", case.day)
    new = build_list(law, build_service(case.country, case.stated), case.day, "1.1.0")
    customer = Customer.model_validate(
        {"name": "Customer", "language": case.language, "regime": customer_law.key}
    )
    (notice,) = plan((old, new), diff(old, new), Request(case.day), (customer,)).notices
    (service,) = Letter(notice).to_record()["letter"]["services"]
    day = notice.effective
    outcome = find_outcome(new, customer_law, case.country, day)
    text = read_text(" ".join(value for fact in service["facts"] for value in fact["values"]))
    found = check_text(text, customer_law, outcome, day, case.language)
    if case.stated and outcome.last_known_status in (TransferStatus.NOT_ADEQUATE, TransferStatus.DEPENDS):
        assert found
    gaps = [gap for gap in notice.gaps if gap.field == "transfer"]
    assert gaps or outcome.is_carried
    assert not (outcome.is_carried and any(customer_law.key in gap.laws for gap in gaps))


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=40, deadline=None)
@given(case=CASE)
def test_exports_say_what_the_law_of_the_list_says(name: str, case: Case) -> None:
    law = load_law(case.law)
    about = build_list(law, build_service(case.country, case.stated), case.day)
    services = {"a": about.model.services["a"]}
    text = read_text(EXPORTS[name].render(Export(about, services, case.day, case.language)).decode())
    outcome = find_outcome(about, law, case.country, case.day)
    if (
        name == "site" and outcome.last_known_status in LEGEND
    ):  # the legend of the site has the sign of this outcome, and of no other
        text = text.replace(
            PageWording(about, case.language).format_text(LEGEND[outcome.last_known_status]), ""
        )
    check_text(text, law, outcome, case.day, case.language)


LEGEND = {
    TransferStatus.ADEQUATE: "tone-adequate",
    TransferStatus.NOT_ADEQUATE: "tone-outside",
    TransferStatus.DEPENDS: "tone-open",
}


@settings(max_examples=60, deadline=None)
@given(CASE)
def test_dpv_asserts_only_accepted_grounds(case: Case) -> None:
    law = load_law(case.law)
    about = build_list(law, build_service(case.country, case.stated), case.day)
    exporter = next(each for each in EXPORTERS if each.name == "dpv")
    services = {"a": about.model.services["a"]}
    (process,) = json.loads(exporter.render(Export(about, services, case.day)))["hasProcess"]
    outcome = find_outcome(about, law, case.country, case.day)
    accepted = {each.rule.kind for each in outcome.accepted_bases if each.rule}
    for ground in process.get("hasLegalBasis", ()):
        assert ground.startswith(law.key)
        assert outcome.last_known_status is not TransferStatus.NOT_TRANSFERRED
        assert "A45" not in ground or BasisKind.DECISION in accepted
        assert "A46" not in ground or BasisKind.SAFEGUARD in accepted


def iter_sentences(old: Registry, new: Registry, language: str) -> Iterator[str]:
    """Yield what diff, the changelog and the feed say."""
    changes = tuple(diff(old, new))
    for change in changes:
        yield ChangeFormatter(language).format_change((old, new), change)
    if language == "en":
        yield markdown.render(ChangelogEntry(old, new, changes).to_document())
    snapshots = [
        Snapshot(
            FileCommit("", str(each.model.date), "registry.yaml", "", ""),
            each.text.replace("1.0.0", each.model.version).encode(),
        )
        for each in (old, new)
    ]
    found = build_feed(iter_history(snapshots), language=language)
    assert found
    yield feed.render(found)


@settings(max_examples=100, deadline=None)
@given(CASE)
def test_changes_say_what_the_law_of_the_list_says(case: Case) -> None:
    law = load_law(case.law)
    home = find_home(law)
    assume(case.country != home)
    old = build_list(law, build_service(home, case.stated), case.day)
    new = build_list(law, build_service(f"{home}, {case.country}", case.stated), case.day, "1.1.0")
    outcome = find_outcome(new, law, case.country, case.day)
    for text in iter_sentences(old, new, case.language):
        check_text(read_text(text), law, outcome, case.day, case.language)
