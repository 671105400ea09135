"""What a list answers to each kind of clause, and the place of what that rests on."""

from datetime import date

import pytest

from registry_text import listing
from rows import for_rows
from subproc_cli.question.answers import Answers
from subproc_cli.question.evaluator import ask

DAY = date(2026, 11, 29)
TEXT = """\
  a:
    name: Alpha
    sees: [identity.email, payment]
    never_sees: [content]
    processing: [DE, {place: IN, how: remote-access}]
    entity: {name: Alpha SE, country: DE, parent: {name: Example Group, country: US}}
    certifications: [ISO 27001, SOC 2 Type II]
    service_type: hosting
    model_training: never
    retention: 30 days
    onward: [Beta, Elsewhere]
    subjects: [customers]
    group: Infrastructure
    products: [Forms]
    since: 2024-02-01
    links: {dpa: "https://example.com/dpa"}
  b:
    name: Beta
    role: controller
    processing: [US]
    transfer: [dpf, scc]
    activation: opt-in
    products: [Forms, Surveys]
    onward: [Gamma]
    since: 2025-01-01
    until: 2027-01-01
    entity: {country: US}
  c:
    name: Gamma
    role: affiliate
    never_sees: [everything]
    processing: [IN]
    transfer: [scc]
    until: 2026-02-01
  d:
    name: Delta
    role: vendor
    since: 2027-02-01
"""
LIST = listing(TEXT, head="law: [eu-gdpr]")
LINES_BEFORE = 6
"""The lines of the list before its services."""


def ask_all(question: str) -> Answers:
    return ask(LIST, question, DAY, LIST.model.services)


@for_rows(
    "question, verdicts",
    [
        ("see email", "yes unknown no no"),
        ("see all payment data", "yes unknown no no"),
        ("see all payment data except invoices", "no unknown no no"),
        ("see only email and payment data", "unknown unknown no no"),
        ("see only email", "no unknown no no"),
        ("see personal data", "yes unknown no no"),
        ("see only personal data", "unknown unknown no no"),
        ("have a DPA", "yes unknown unknown unknown"),
        ("lack a DPA", "no yes yes yes"),
        ("have a transfer basis", "unknown yes yes unknown"),
        ("are controllers or affiliates", "no yes yes no"),
        ("are opt-in", "no yes no no"),
        ("are optional", "no yes no no"),
        ("role(controller, affiliate)", "no yes yes no"),
        ("serve product Surveys", "no yes yes yes"),
        ("only serve product Forms", "yes no no no"),
        ("are named Alpha", "yes no no no"),
        ("rely on SCCs", "unknown yes yes unknown"),
        ("rely only on SCCs", "unknown no yes unknown"),
        ("rely only on SCCs and the DPF", "unknown yes yes unknown"),
        ("rely only on BCRs and the DPF", "unknown no no unknown"),
        ("are certified under SOC 2", "yes unknown unknown unknown"),
        ("are used for hosting", "yes unknown unknown unknown"),
        ("are used for analytics", "no unknown unknown unknown"),
        ("train AI on our data", "no unknown unknown unknown"),
        ("pass data on to Beta", "yes no unknown unknown"),
        ("pass data on to Elsewhere", "yes no unknown unknown"),
        ("process data of customers", "yes unknown unknown unknown"),
        ("are in the group Infrastructure", "yes no no no"),
        ("belong to Example Group", "yes unknown unknown unknown"),
        ("keep data for more than 29 days", "yes unknown unknown unknown"),
        ("keep data for more than 30 days", "no unknown unknown unknown"),
        ("keep data for less than 30 days", "no unknown unknown unknown"),
        ("keep data for less than 31 days", "yes unknown unknown unknown"),
        ("were added since 2024-02-01", "yes yes unknown no"),
        ("were added since 2024-02-02", "no yes unknown no"),
        ("were added in 2024", "yes no unknown no"),
        ("were in use before 2024-02-01", "no no unknown no"),
        ("were in use before 2024-02-02", "yes no unknown no"),
        ("ended in 2026", "no no yes no"),
        ("ended in 2025", "no no no no"),
        ("ended since 2026", "no no yes no"),
        ("ended before 2026", "no no no no"),
        ("are announced", "no no no yes"),
        ("are retired", "no no yes no"),
        ("are in use", "yes yes no no"),
        ("will end", "no yes no no"),
        ("are in the list", "yes yes yes yes"),
        ("are based in the US", "no yes unknown unknown"),
        ("are based outside the US", "yes no unknown unknown"),
        ("are owned from the US", "yes unknown unknown unknown"),
        ("have remote access from India", "yes no no unknown"),
        ("have remote access from outside the EU", "yes no no unknown"),
        ("transfer data to India", "yes yes yes unknown"),
        ("transfer data to the US", "yes yes no unknown"),
        ("transfer data to Japan", "unknown no no unknown"),
        ("transfer data outside the EU", "yes yes yes unknown"),
        ("process in India", "yes no yes unknown"),
        ("process in the EU or the US", "yes yes no unknown"),
        ("process outside the EU", "yes yes yes unknown"),
        ("process in third countries", "yes yes yes unknown"),
        ("process in countries without an adequacy decision", "yes no yes unknown"),
        ("process in adequate countries", "yes yes no unknown"),
        ("process in adequate countries or India", "yes yes yes unknown"),
        ("not (see email or are opt-in)", "no no yes yes"),
        ("see email and process in India", "yes no no no"),
    ],
)  # fmt: skip
def test_ask_each_kind_of_clause_has_a_verdict_for_each_service(question: str, verdicts: str) -> None:
    answers = ask_all(question).answers
    assert " ".join(str(each.verdict) for each in answers) == verdicts
    for each in answers:
        assert {evidence.path[:2] for evidence in each.result.evidence} == {("services", each.key)}


@for_rows(
    "question, service, places",
    [
        ("see email", "a", ["identity.email, payment]"]),
        ("see personal data", "a", ["identity.email, payment]", "payment]"]),
        ("see only email", "a", ["payment]"]),
        ("see email", "c", ["everything]"]),
        ("see email", "d", ["vendor"]),
        ("have a DPA", "a", ['"https://example.com/dpa"}']),
        ("are opt-in", "b", ["opt-in"]),
        ("are optional", "b", ["opt-in"]),
        ("role(controller, affiliate)", "b", ["controller"]),
        ("rely on SCCs", "b", ["transfer: [dpf, scc]"]),
        ("rely only on SCCs and the DPF", "b", ["transfer: [dpf, scc]"]),
        ("are certified under SOC 2", "a", ["SOC 2 Type II]"]),
        ("train AI on our data", "a", ["never"]),
        ("pass data on to Beta", "a", ["onward: [Beta, Elsewhere]"]),
        ("are based in the US", "b", ["US}"]),
        ("have remote access from India", "a", ["{place: IN, how: remote-access}]"]),
        ("transfer data to the US", "a", ["onward: [Beta, Elsewhere]"]),
        ("transfer data to India", "a", ["{place: IN, how: remote-access}]", "onward: [Beta, Elsewhere]"]),
        ("transfer data to Japan", "b", ["US]", "onward: [Gamma]"]),
        ("were added in 2024", "a", ["2024-02-01"]),
        ("will end", "b", ["2027-01-01"]),
    ],
)
def test_ask_each_kind_of_clause_points_at_what_it_rests_on(
    question: str, service: str, places: list[str]
) -> None:
    (answer,) = (each for each in ask_all(question).answers if each.key == service)
    positions = [LIST.locate(evidence.path) for evidence in answer.result.evidence]
    assert [
        TEXT.splitlines()[each.line - LINES_BEFORE - 1][each.column - 1 :] for each in positions
    ] == places


def test_ask_whether_a_basis_is_had_is_a_no_where_nothing_leaves() -> None:
    registry = listing("  a: {name: Alpha, processing: [DE]}\n  b: {name: Beta, processing: [US]}\n")
    (inside, outside) = ask(registry, "have a transfer basis", DAY).answers
    assert (str(inside.verdict), str(outside.verdict)) == ("no", "unknown")
    (evidence,) = inside.result.evidence
    assert (evidence.reason, evidence.subject) == ("nothing-leaves", ("transfer",))
    assert evidence.path == ("services", "a", "transfer")
    assert [str(each.verdict) for each in ask(registry, "rely on SCCs", DAY).answers] == ["no", "unknown"]
    assert [str(each.verdict) for each in ask(registry, "have a DPA", DAY).answers] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("question", "asked", "left_out"),
    [
        ("see email", "a b", 0),
        ("which controllers see email", "b", 1),
        ("list all services", "a b", 0),
        ("are retired", "a b c d", 0),
        ("all services that ended in 2026 see email", "c", 3),
        ("all services that are opt-in see email", "b", 1),
        ("all services that have a DPA see email", "a b", 0),
        ("does Gamma see email", "c", 0),
    ],
)
def test_ask_asks_the_services_in_use_or_all_if_the_question_is_about_time(
    question: str, asked: str, left_out: int
) -> None:
    answers = ask(LIST, question, DAY)
    assert " ".join(each.key for each in answers.answers) == asked
    assert answers.left_out == left_out


def test_ask_chosen_services_asks_no_others() -> None:
    chosen = {"c": LIST.model.services["c"]}
    assert [each.key for each in ask(LIST, "see email", DAY, chosen).answers] == ["c"]


CIRCLE = listing(
    "  a: {name: Alpha, processing: [DE], onward: [beta]}\n"
    "  b: {name: Beta, processing: [DE], onward: [Alpha, Gamma]}\n"
    "  c: {name: Gamma, processing: [DE, US]}\n"
    "  d: {name: Delta, processing: [DE], onward: [b, Nobody]}\n"
)


@pytest.mark.parametrize(
    ("question", "verdicts"),
    [
        ("transfer data to the US", "yes yes yes yes"),
        ("transfer data to India", "no no no unknown"),
        ("pass data on to Beta", "yes no unknown yes"),
    ],
)
def test_ask_follows_recipients_by_name_and_id_in_a_circle(question: str, verdicts: str) -> None:
    assert " ".join(str(each.verdict) for each in ask(CIRCLE, question, DAY).answers) == verdicts


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("all services are in the list", "yes"),
        ("all services see email", "unknown"),
        ("all services have the role vendor", "no"),
        ("no service has the role vendor", "yes"),
        ("all processors see email", "yes"),  # there are none
        ("see email", "None"),
    ],
)
def test_ask_a_claim_is_as_true_as_its_worst_answer(text: str, claim: str) -> None:
    assert str(ask(LIST, text, DAY).claim) == claim


EUROPE = "law: [eu-gdpr, uk-gdpr, ch-fadp]"


@pytest.mark.parametrize(
    ("processing", "transfer", "question", "verdict"),
    [
        ("[PR]", "[dpf]", "rely on the DPF", "unknown"),  # the decision is on the United States alone
        ("[PR]", "[dpf]", "rely on adequacy", "unknown"),
        ("[PR]", "[dpf]", "rely on SCCs", "no"),
        ("[PR]", "[dpf]", "rely only on the DPF", "unknown"),
        ("[PR]", "[dpf, scc]", "rely on the DPF", "unknown"),
        ("[PR]", "[dpf, scc]", "rely only on SCCs", "unknown"),
        ("[PR]", "[dpf, scc]", "rely on SCCs", "yes"),
        ("[PR, US]", "[dpf]", "rely on the DPF", "yes"),
        ("[IN]", "[adequacy]", "rely on adequacy", "unknown"),
        ("[US]", "[dpf]", "rely on adequacy", "yes"),
        ("[PR]", "[dpf]", "have a transfer basis", "yes"),
        ("[PR]", "[dpf]", "are certified under the DPF", "yes"),
        ("[DE]", "[scc]", "rely on SCCs", "yes"),  # no law asks for a basis, so none refuses it
    ],
)
def test_a_basis_that_no_law_accepts_for_the_places_carries_nothing(
    processing: str, transfer: str, question: str, verdict: str
) -> None:
    registry = listing(f"  a: {{name: Alpha, processing: {processing}, transfer: {transfer}}}\n", head=EUROPE)
    (answer,) = ask(registry, question, date(2026, 6, 1)).answers
    assert str(answer.verdict) == verdict
    reasons = {each.reason for each in answer.result.evidence}
    is_refused = "US" not in processing and transfer != "[scc]"
    assert ("bases-insufficient" in reasons) == is_refused


def test_an_answer_on_bases_names_the_laws_that_ask_for_more() -> None:
    head = "law: [eu-gdpr, uk-gdpr]"
    registry = listing("  a: {name: Alpha, processing: [US], transfer: [dpf]}\n", head=head)
    (answer,) = ask(registry, "rely on the DPF", date(2026, 6, 1)).answers
    assert [(each.reason, each.subject) for each in answer.result.summary] == [
        ("bases", ("dpf",)),
        ("laws-without-basis", ("uk-gdpr",)),
    ]


def test_before_the_data_on_a_law_begins_no_basis_is_refused() -> None:
    head = "law: [ch-fadp]"
    registry = listing("  a: {name: Alpha, processing: [US], transfer: [dpf-ch]}\n", head=head)
    (answer,) = ask(registry, "rely on the Swiss-US DPF", date(2020, 6, 1)).answers
    assert [(each.reason, each.subject) for each in answer.result.evidence] == [("bases", ("dpf-ch",))]
