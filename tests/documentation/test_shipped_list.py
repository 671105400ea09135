"""The list that ships: what its published page says, and the answers that must follow from it."""

from datetime import date
from pathlib import Path

import pytest

from subproc_cli.question.evaluator import ask
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read

FILE = Path(__file__).parent.parent.parent / "registry.yaml"
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def shipped() -> Registry:
    found = load_registry(read(str(FILE)))
    assert isinstance(found, Registry)
    return found


TWO_QUESTIONS = [
    # service, sees email, processes outside the EU
    ("google-cloud", "yes", "no"),
    ("datadog", "unknown", "no"),
    ("deepl", "no", "no"),
    ("segment", "yes", "no"),
    ("customer-io", "yes", "no"),
    ("intercom", "yes", "yes"),
    ("stripe", "unknown", "unknown"),
    ("logrocket", "no", "unknown"),
    ("close", "yes", "unknown"),
    ("userpilot", "no", "unknown"),
    ("google-analytics", "no", "unknown"),
    ("linkedin-insight-tag", "no", "unknown"),
]


def verdicts(index: Registry, question: str) -> dict[str, str]:
    return {each.key: str(each.verdict) for each in ask(index, question, DAY).answers}


def test_shipped_list_answers_the_two_questions(shipped: Registry) -> None:
    emails, outside = verdicts(shipped, "see email"), verdicts(shipped, "process outside the EU")
    assert [(key, emails[key], outside[key]) for key in emails] == TWO_QUESTIONS


@pytest.mark.parametrize(
    ("question", "verdict", "services"),
    [
        ("see payment cards", "yes", "stripe"),
        ("see payment cards", "no", "google-cloud deepl google-analytics linkedin-insight-tag"),
        ("are based in the US", "yes", "datadog customer-io intercom"),
        ("process in the US", "yes", "intercom"),
        ("see content", "yes", "google-cloud deepl logrocket"),
        ("see topics", "yes", "google-cloud logrocket"),
        ("see content texts", "yes", "google-cloud deepl"),
        ("see user ids", "yes", "google-cloud userpilot"),
        ("are not based in the US", "yes", "google-cloud deepl segment stripe"),
        ("are opt-in", "yes", "deepl"),
        ("are opt-out", "yes", "logrocket"),
    ],
)
def test_shipped_list_answers_the_difficult_questions(
    shipped: Registry, question: str, verdict: str, services: str
) -> None:
    found = verdicts(shipped, question)
    assert [key for key in found if found[key] == verdict] == services.split()


def test_shipped_list_answers_have_positions_of_their_evidence(shipped: Registry) -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for answer in ask(shipped, "see email or process outside the EU", DAY).answers:
        routes = [each.path for each in answer.result.evidence]
        assert routes
        for route in routes:
            where = shipped.locate(route)
            assert 1 <= where.line <= len(lines)
            assert where.column <= len(lines[where.line - 1]) + 1


def test_shipped_list_has_a_service_until_its_end_date(shipped: Registry) -> None:
    retired = shipped.model.services["google-translate"]
    assert (retired.until, retired.activation) == (date(2022, 8, 24), "opt-in")
    assert "google-translate" not in verdicts(shipped, "see content")
    assert "google-translate" in {each.key for each in ask(shipped, "see content", date(2022, 8, 23)).answers}
