"""The reasons of an answer in each language."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.describe.explanations import format_evidence, format_reasons
from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.enums import Basis
from subproc_cli.evaluation.verdict import Evidence
from subproc_cli.locale.catalogue import ENGLISH, LanguageFile, find_languages
from subproc_cli.question.evaluator import ask

SERVICES = """\
  a:
    name: A
    role: processor
    service_type: [email-delivery]
    sees: [identity.email, {data: content, extent: partial, may_contain: [usage], when: asked}]
    never_sees: [payment, everything]
    processing: [US, {place: [DE, US], how: remote-access}]
    entity: {name: A Ltd, country: IN, parent: {name: P, country: US}}
    transfer: [{basis: scc, until: 2020-01-01}]
    model_training: opt-in
    activation: opt-in
    products: [P]
    group: G
    subjects: [users]
    onward: [b]
    retention: as needed
    certifications: [ISO 27001]
    since: 2021-01-01
    until: 2099-01-01
  b: {name: B, processing: [{place: [DE, US]}], transfer: [dpf], entity: {country: DE, parent: O}, purpose: sends email, retention: 30 days}
  c: {name: C, processing: [DE], service_type: [payments], certifications: [SOC 2]}
  d: {name: D, processing: [{place: US, how: remote-access}]}
  e: {name: E, role: vendor, until: 2022-01-01}
  f: {name: F, entity: {country: US}}
  g: {name: G, processing: [GB], entity: {country: CA}}
  h: {name: H, processing: [US], transfer: [dpf]}
  i: {name: I, processing: [RE, NC], entity: {country: NC}}
  j: {name: J, processing: [{place: NC, how: remote-access}]}
  k: {name: K, processing: [US, IN], transfer: [dpf]}
"""
QUESTIONS = """\
see email
see content
see usage
see payment data
see health data
see personal data
process outside the EU
process in Germany
process in France
process only in France
have remote access from France
are based in France
have remote access from outside the EU
have remote access from adequate countries
process in adequate countries
are based outside the EU
are based in adequate countries
are owned by a US company
are owned by P
have a transfer basis
have no transfer basis
rely on scc
rely on dpf
have a purpose
have no purpose
are used for email delivery
train models with customers' data
pass data on to B
see data of users
are in the group G
serve P
only serve P
are named A
are subprocessors
are opt-in
keep data for more than 10 days
are certified under ISO 27001
were added since 2020-01-01
are retired
ended in 2022
services
"""
HELPER_IDS = {"adequate-countries", "unnamed-owner", "condition", "when", "without-when", "more"}


def collect_evidence() -> list[Evidence]:
    """Return the reasons of the answers to all questions."""
    registry = listing(SERVICES)
    # Union law applied in the United Kingdom on the second day; the data on the laws ends before the third
    days = date(2026, 6, 1), date(2020, 6, 1), date(2026, 11, 20)
    answers = (ask(registry, question, day) for question in QUESTIONS.splitlines() for day in days)
    return [each for found in answers for answer in found.answers for each in answer.result.evidence]


@pytest.mark.slow
@pytest.mark.parametrize("language", find_languages())
def test_format_evidence_of_every_reason_uses_texts_of_the_language(language: str) -> None:
    registry, words = listing(SERVICES), StatementFormatter(language)
    words.catalogue.borrowed.clear()
    texts = {each.reason: format_evidence(registry, each, words) for each in collect_evidence()}
    assert all(text for reason, text in texts.items() if reason != "listed")  # that one is the purpose alone
    assert words.catalogue.borrowed == set()


@pytest.mark.slow
def test_each_reason_of_the_catalogue_is_the_reason_of_an_answer() -> None:
    reasons = {each.split(".")[1] for each in LanguageFile(ENGLISH).get_section("evidence")}
    reasons -= {"role-name", "use-name", "basis-name"}
    assert reasons - {each.reason for each in collect_evidence()} == HELPER_IDS | {"never-sees-rest"}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "its start date: 1 January 2021"),
        ("de", "Beginn des Einsatzes: 1. Januar 2021"),
        ("fr", "début de l’utilisation : 1er janvier 2021"),
    ],
)
def test_format_evidence_of_a_day_writes_it_in_the_language(language: str, expected: str) -> None:
    evidence = Evidence("since", ("2021-01-01",), ("services", "a", "since"))
    assert format_evidence(listing(SERVICES), evidence, StatementFormatter(language)) == expected


@pytest.mark.parametrize("language", find_languages())
def test_format_evidence_names_each_transfer_basis(language: str) -> None:
    words = StatementFormatter(language)
    for basis in Basis:
        evidence = Evidence("bases", (basis.value,), ("services", "a", "transfer"))
        assert format_evidence(listing(SERVICES), evidence, words)


def test_format_evidence_with_a_condition_states_the_condition() -> None:
    evidence = Evidence("sees", ("content",), ("services", "a", "sees", 1), "asked")
    assert format_evidence(listing(SERVICES), evidence) == "sees customer content (when asked)"


def test_format_evidence_with_a_condition_in_other_words_has_no_when() -> None:
    evidence = Evidence("place", ("ES", "US"), ("services", "a", "processing", 0), "by availability")
    text = format_evidence(listing(SERVICES), evidence)
    assert text == "processes in Spain or the United States (by availability)"


def test_format_reasons_of_several_places_is_one_sentence() -> None:
    places = (("DE",), ""), (("ES", "US"), ""), (("PH",), "at night")
    reasons = [Evidence("place", names, (), condition) for names, condition in places]
    assert [*format_reasons(listing(SERVICES), reasons)] == [
        "processes in Germany, Spain or the United States and the Philippines (at night)"
    ]


def test_format_reasons_of_much_data_names_some_and_counts_the_others() -> None:
    keys = ["identity.email", "identity.name", "identity.phone", "content", "usage", "device"]
    reasons = [Evidence("silent", (key,), ()) for key in keys]
    assert [*format_reasons(listing(SERVICES), reasons)] == [
        "the list does not state whether it sees email addresses, names, phone numbers and 3 other kinds of data"
    ]


def test_processing_in_an_own_region_names_its_countries_before_the_condition() -> None:
    registry = listing(
        "  a: {name: A, processing: [{place: north, when: at night}, DE]}\n",
        head="regions: {north: [FI, SE]}",
    )
    places = registry.model.services["a"].processing
    texts = [StatementFormatter("en").format_processing(registry, each) for each in places]
    assert texts == ["north (Finland or Sweden; at night)", "Germany"]
