"""The notice: two lists and two days in, what customers are told out."""

from datetime import date
from pathlib import Path

import pytest

from lists import listing
from subproc_cli.diff.classify import diff
from subproc_cli.notice.plan import Notice, plan
from subproc_cli.registry.index import Index
from subproc_cli.registry.load import load
from subproc_cli.registry.source import read
from subproc_cli.render.text import render
from subproc_cli.views.letter import LetterView, too_late

STEPS = Path(__file__).parent.parent / "examples" / "caplena"
SENT, EFFECTIVE = date(2024, 4, 9), date(2024, 5, 9)
OLD = "  a: {name: Alpha}\n  b: {name: Beta}\n"
NEW = "  a: {name: Alpha, sees: [usage]}\n  b: {name: Beta}\n"


def planned(
    old: str, new: str, *, terms: str = "", sent: str = "2024-04-09", effective: str = "2024-05-09"
) -> Notice | None:
    head = f"notice: {{{terms}}}"
    revisions = listing(old, head=head), listing(new, head=head)
    return plan(revisions, diff(*revisions), date.fromisoformat(sent), date.fromisoformat(effective))


def letter(notice: Notice | None) -> str:
    assert notice is not None
    return " ".join(render(LetterView(notice).page(), 80).split())


@pytest.mark.parametrize(
    ("terms", "sent", "effective", "object_by", "short_by"),
    [
        # The day of the notice does not count (Regulation 1182/71, Art. 3(1))
        ("days: 30, objection_days: 30", "2024-04-09", "2024-05-09", "2024-05-09", 0),
        ("days: 30, objection_days: 14", "2024-04-09", "2024-05-08", "2024-04-23", 1),
        ("days: 30, objection_days: 0", "2024-04-09", "2024-04-09", "2024-04-09", 30),
        ("days: 30", "2024-02-01", "2024-03-02", None, 0),  # over the end of a leap February
        (
            "objection_days: 30",
            "2024-12-15",
            "2024-12-16",
            "2025-01-14",
            0,
        ),  # no period of notice is promised
        ("", "2024-04-09", "2024-04-10", None, 0),
    ],
)
def test_periods(terms: str, sent: str, effective: str, object_by: str | None, short_by: int) -> None:
    notice = planned(OLD, NEW, terms=terms, sent=sent, effective=effective)
    assert notice is not None
    assert notice.object_by == (date.fromisoformat(object_by) if object_by else None)
    assert notice.short_by == short_by


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (OLD, OLD),
        (OLD, "  a: {name: Alpha, purpose: chat}\n  b: {name: Beta}\n"),  # inform
        (OLD, "  a: {name: Alpha, notes: new}\n  b: {name: Beta}\n"),  # editorial
        (OLD, "  a: {name: Alpha}\n"),  # a service goes
        (OLD, f"{OLD}  c: {{name: Gamma, role: vendor}}\n"),
    ],
)
def test_nothing_is_planned_when_nothing_demands_it(old: str, new: str) -> None:
    assert planned(old, new) is None


def test_changes_by_what_they_demand() -> None:
    old = (
        "  a: {name: A}\n  b: {name: B}\n  c: {name: C}\n  d: {name: D}\n  e: {name: E, until: 2024-05-09}\n"
    )
    new = (
        old.replace("A}", "A, sees: [usage]}")
        .replace("B}", "B, purpose: chat}")
        .replace("C}", "C, notes: n}")
    )
    notice = planned(old, f"{new}  f: {{name: F}}\n")
    assert notice is not None
    assert sorted((change.service, change.kind) for change in notice.changes) == [
        ("a", "data-added"),
        ("f", "service-added"),
    ]
    assert [change.kind for change in notice.informed] == ["purpose-changed"]
    assert notice.unchanged == ("d",)  # e is no longer in use when the changes apply


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (
            "objection_days: 14, contact: privacy@example.com",
            "You can object to these changes by writing to privacy@example.com until 23 April 2024.",
        ),
        ("contact: privacy@example.com", "to privacy@example.com before the change takes effect."),
        ("objection_days: 14", "to us (the list states no address for objections) until 23 April 2024."),
        (
            "termination_days: 30",
            "If an objection cannot be met, you can terminate within 30 days.",
        ),
    ],
)
def test_how_to_object(terms: str, expected: str) -> None:
    assert expected in letter(planned(OLD, NEW, terms=terms))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("processing: [US], transfer: [scc]", "Transfer standard contractual clauses (Art. 46 GDPR)"),
        ("processing: [US]", "Transfer not stated in the list"),
        ("", "Transfer not stated in the list"),
        (
            "processing: [NO]",
            "Transfer no basis stated; every stated place of processing lies within the EEA",
        ),
        ("", "Who not stated in the list What for not stated in the list"),
        ("", "Which data not stated in the list Where not stated in the list"),
        ("sees: [content.text], never_sees: [everything]", "Which data texts Never anything else"),
        ("sees: [{data: usage, may_contain: [identity]}]", "(may contain identifying and contact data)"),
        ("processing: [{place: IN, how: remote-access}]", "Where India (remote access)"),
        ("since: 2024-07-01", "From when 1 July 2024"),  # announced for later than the rest
        ("since: 2024-04-01", "From when 9 May 2024"),
        ("activation: opt-in, condition: asked", "Used only after an opt-in: asked"),
        ("role: affiliate", "Role affiliate (a group company that is a subprocessor)"),
    ],
)
def test_facts_of_a_new_service(fields: str, expected: str) -> None:
    assert expected in letter(planned(OLD, f"{OLD}  c: {{name: Gamma, {fields}}}\n"))


def test_a_replacement_names_both() -> None:
    text = letter(planned(OLD, "  b: {name: Beta}\n  c: {name: Gamma, replaces: a}\n"))
    assert "Gamma replaces Alpha." in text
    assert (
        "1 service of the list stays as stated before, with the same data and the same places: Beta." in text
    )


def test_too_late() -> None:
    notice = planned(OLD, NEW, terms="days: 30", effective="2024-04-10")
    assert notice is not None
    assert too_late(notice).startswith("the changes take effect 1 day after the notice is sent, but")
    assert too_late(notice).endswith("the list promises 30 days: 29 days too few")


def step(day: str) -> Index:
    loaded = load(read(str(STEPS / f"{day}.yaml")))
    assert isinstance(loaded, Index), loaded
    return loaded


def real() -> Notice:
    revisions = step("2023-05-24"), step("2024-04-09")
    notice = plan(revisions, diff(*revisions), SENT, EFFECTIVE)
    assert notice is not None
    return notice


@pytest.mark.parametrize(
    "expected",
    [
        "Change of subprocessors of Caplena from 9 May 2024",
        "The change concerns 2 services.",
        "Sent on 9 April 2024 Takes effect on 9 May 2024 Objections until 9 May 2024",
        # Who, what for, which data, where, on what, from when
        "PostHog is new. Who PostHog Inc, 2261 Market Street #4008, San Francisco, CA 94114, United States",
        "What for Product analytics",
        "Which data name email address IP address actions performed (detailed use of the app)",
        "Never customer content Where Germany",
        "Who Microsoft Corporation, 925 Fourth Avenue, Suite 2900, Seattle, Washington 98104, US",
        "What for Access to language models of OpenAI, run by Microsoft",
        "part of: customer content (when some functions of the application are used; project data)",
        "Never name, email address or account data Where EU",
        "From when 9 May 2024",
        # What does not change, until when and where to object, which revisions
        "12 services of the list stay as stated before, with the same data and the same places: Google",
        "You can object to these changes by writing to privacy@example.com until 9 May 2024.",
        "version 4.0.0 of 24 May 2023 with version 6.0.0 of 9 April 2024",
    ],
)
def test_the_letter_of_a_real_step(expected: str) -> None:
    assert expected in letter(real())


def test_the_letter_does_not_name_a_retired_service() -> None:
    assert "Google Translate" not in letter(real())


def test_the_record() -> None:
    record = LetterView(real(), body="the letter").record()
    (notice,) = record["notices"]
    assert record["schema"] == "subproc/notices/1"
    assert (notice["sent"], notice["effective"], notice["object_by"]) == (
        "2024-04-09",
        "2024-05-09",
        "2024-05-09",
    )
    assert (notice["old"]["version"], notice["new"]["version"]) == ("4.0.0", "6.0.0")
    assert [change["service"] for change in notice["changes"]] == ["azure-openai-service", "posthog"]
    assert (notice["customer"], notice["language"], notice["body"]) == (None, "en", "the letter")
    assert notice["subject"] == "Change of subprocessors of Caplena from 9 May 2024"
