"""A publisher's own categories and regions, and what they do to verdicts."""

from datetime import date

import pytest

from registry_text import HEAD, listing
from subproc_cli.evaluation import data_access
from subproc_cli.question.evaluator import ask
from subproc_cli.registry.loader import load_registry
from subproc_cli.yaml.source import Source

DAY = date(2024, 1, 1)
ZONES = "regions:\n  zone-b: [zone-a, FR]\n  zone-a: [NL]\n"


@pytest.mark.parametrize(
    ("place", "question", "verdict"),
    [
        ("zone-a", "process outside the EU", "no"),
        ("zone-b", "process outside the EU", "no"),
        ("zone-b", "process in France", "unknown"),
        ("zone-b", "process only in zone-b", "yes"),
        ("NL", "process in zone-b", "yes"),
    ],
)
def test_own_region_made_of_another_has_its_members(place: str, question: str, verdict: str) -> None:
    index = listing(f"  example: {{name: Example.io, processing: [{place}]}}\n", head=ZONES)
    (answer,) = ask(index, question, DAY).answers
    assert str(answer.verdict) == verdict


def test_own_regions_nested_60_times_are_resolved_quickly() -> None:
    regions = ", ".join(f"r{each}: [r{each + 1}, r{each + 1}]" for each in range(60))
    index = listing("  a: {name: A, processing: [r0]}\n", head=f"regions: {{{regions}, r60: [NL]}}\n")
    assert index.gazetteer.get_countries("r0", DAY) == {"NL"}


def test_own_region_made_of_itself_is_an_error() -> None:
    text = f"{HEAD}regions:\n  zone-a: [zone-b]\n  zone-b: [zone-a]\nservices: {{}}\n"
    problems = load_registry(Source("test.yaml", text.encode()))
    assert isinstance(problems, tuple)
    assert [(problem.position.line, problem.message) for problem in problems] == [
        (6, "zone-a: is made of itself"),
        (7, "zone-b: is made of itself"),
    ]


def test_own_categories_in_any_order_are_accepted() -> None:
    own = "categories:\n  content.text.own.deep: {label: deep}\n  content.text.own: {label: own}\n"
    index = listing("  example: {name: Example.io, sees: [content.text.own.deep]}\n", head=own)
    said = data_access.collect_claims(index.model.services["example"])
    assert str(data_access.evaluate_category(said, index.category_tree, "content.text.own").verdict) == "yes"


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ("sees: [payment], never_sees: [payment.card, payment.bank_account]", "unknown"),
        ("sees: [payment], never_sees: [payment.card]", "yes"),
        ("sees: [{data: identity, extent: partial}]", "yes"),
    ],
)
def test_evaluate_personal_data_of_possible_personal_data_is_unknown(fields: str, verdict: str) -> None:
    index = listing(f"  example: {{name: Example.io, {fields}}}\n")
    said = data_access.collect_claims(index.model.services["example"])
    assert str(data_access.evaluate_personal_data(said, index.category_tree).verdict) == verdict


@pytest.mark.parametrize(
    ("transfer", "verdict", "reason"),
    [
        ("[{basis: dpf, until: 2023-12-31}]", "no", "lapsed"),
        ("[{basis: dpf, until: 2024-01-01}]", "yes", "bases"),
        ("[scc]", "no", "bases"),
        ("[]", "unknown", "not-stated"),
    ],
)
def test_ask_about_a_lapsed_basis_answers_no(transfer: str, verdict: str, reason: str) -> None:
    index = listing(f"  example: {{name: Example.io, processing: [US], transfer: {transfer}}}\n")
    (answer,) = ask(index, "rely on the DPF", DAY).answers
    assert str(answer.verdict) == verdict
    assert [because.reason for because in answer.result.evidence] == [reason]
