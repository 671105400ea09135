"""Changes that a publisher chooses to give notice of, and dates that cannot all be right."""

from pathlib import Path

import pytest

from notice_cases import SENT, customer
from registry_text import listing
from subproc_cli.cli.main import main
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Level
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.plan import Plan, Request, plan
from subproc_cli.notice.runs.date_checks import iter_date_warnings
from subproc_cli.notice.selection import parse_chosen_change
from subproc_cli.registry.registry import Registry

HEAD = "notice: {days: 30}"
OLD = "  a: {name: A, purpose: support, notes: x}\n  b: {name: B, purpose: mail}\n"
NEW = "  a: {name: A, purpose: support and training, notes: y}\n  b: {name: B, purpose: mail and chat}\n"


def revisions(old: str, new: str) -> tuple[Registry, Registry]:
    return listing(old, head=HEAD), listing(new, head=HEAD)


def planned(old: str, new: str, request: Request, *customers: Customer) -> Plan:
    both = revisions(old, new)
    return plan(both, diff(*both), request, customers or None)


def told(request: Request) -> list[tuple[str, str]]:
    return [
        (change.kind, change.service)
        for notice in planned(OLD, NEW, request).notices
        for change in notice.changes
    ]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (Request(SENT), []),
        (Request(SENT, level=Level.INFORM), [("purpose-changed", "a"), ("purpose-changed", "b")]),
        (Request(SENT, level=Level.EDITORIAL), [("purpose-changed", "a"), ("purpose-changed", "b")]),
        (Request(SENT, chosen=(parse_chosen_change("purpose-changed:b"),)), [("purpose-changed", "b")]),
        (
            Request(SENT, chosen=(parse_chosen_change("purpose-changed"),)),
            [("purpose-changed", "a"), ("purpose-changed", "b")],
        ),
    ],
)
def test_plan_has_the_chosen_changes_and_nothing_internal(
    request_: Request, expected: list[tuple[str, str]]
) -> None:
    assert told(request_) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("purpose-changed:c", "--also: no change is purpose-changed:c"),
        ("metadata-changed:a", "--also: no change is metadata-changed:a"),  # an edit of notes
        ("place-moved", "--also: no change is place-moved"),
    ],
)
def test_plan_without_a_chosen_change_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as error:
        told(Request(SENT, chosen=(parse_chosen_change(text),)))
    assert "purpose-changed:a" in error.value.hint


def test_parse_chosen_change_of_an_unknown_kind_suggests_one() -> None:
    with pytest.raises(UsageError, match="'purpose-change' is not a kind of change") as error:
        parse_chosen_change("purpose-change")
    assert "purpose-changed" in error.value.hint


MOVED = ("  a: {name: A, processing: [DE]}\n", "  a: {name: A, processing: [US], transfer: [scc]}\n")
SHORT, LONG = customer("name: Short"), customer("name: Long, days: 60")


def test_plan_with_the_latest_day_has_one_day_for_all() -> None:
    several = planned(*MOVED, Request(SENT), SHORT, LONG).notices
    [day] = {
        notice.effective for notice in planned(*MOVED, Request(SENT, is_latest=True), SHORT, LONG).notices
    }
    assert len({notice.effective for notice in several}) > 1
    assert day == max(notice.effective for notice in several)


def test_date_warnings_name_an_event_with_several_days() -> None:
    both = revisions(*MOVED)
    [warning] = iter_date_warnings(planned(*MOVED, Request(SENT), SHORT, LONG), both)
    assert warning == (
        "the changes of A take effect on 2 days (2024-05-10: Short; 2024-06-11: Long); "
        "add --effective latest if they happen on one day"
    )
    assert not [*iter_date_warnings(planned(*MOVED, Request(SENT, is_latest=True), SHORT, LONG), both)]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (
            "2024-04-20",
            [
                "test.yaml:7:26: Post ends on 2024-04-20, and Taube, which replaces it, begins on 2024-05-10 for all customers: neither is in use in between"
            ],
        ),
        ("2024-05-10", []),
    ],
)
def test_date_warnings_name_a_service_that_ends_before_its_successor(until: str, expected: list[str]) -> None:
    old = "  p: {name: Post}\n"
    new = f"  p: {{name: Post, until: {until}}}\n  t: {{name: Taube, replaces: p}}\n"
    warnings = iter_date_warnings(planned(old, new, Request(SENT)), revisions(old, new))
    assert [*warnings] == expected


def test_plan_for_a_language_without_letters_uses_the_language_of_the_command() -> None:
    notices = planned(*MOVED, Request(SENT, language="de"), customer("name: X, language: nl")).notices
    assert [notice.language for notice in notices] == ["de"]


HEADED = (
    "format: 1\npublisher: Example GmbH\nversion: {}.0.0\ndate: 2024-0{}-01\n"
    "notice: {{days: 30, objection_days: 14, contact: privacy@example.com}}\nservices:\n{}"
)


def run(capsys: pytest.CaptureFixture[str], old: str, new: str, *options: str) -> tuple[int, str, str]:
    Path("old.yaml").write_text(HEADED.format(1, 1, old), encoding="utf-8")
    Path("new.yaml").write_text(HEADED.format(2, 2, new), encoding="utf-8")
    code = main(["notice", "old.yaml", "new.yaml", "--sent", "2024-04-09", *options])
    printed = capsys.readouterr()
    return code, " ".join(printed.out.split()), printed.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("options", [["--level", "inform"], ["--also", "purpose-changed:a"]])
def test_notice_of_a_chosen_change_states_it(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    code, out, _ = run(capsys, OLD, NEW, *options)
    assert code == 0
    assert "the purpose of A will read “support and training”" in out
    assert ("mail and chat” (until now" in out.partition("For your information")[0]) == (
        options[0] == "--level"
    )


@pytest.mark.usefixtures("folder")
def test_notice_on_the_latest_day_has_one_day(capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.yaml").write_text("customers: [{name: Short}, {name: Long, days: 60}]", encoding="utf-8")
    several = run(capsys, *MOVED, "-c", "c.yaml", "--dry-run", "--incomplete")
    assert "add --effective latest" in several[2]
    one = run(capsys, *MOVED, "-c", "c.yaml", "--dry-run", "--incomplete", "--effective", "latest")
    assert (one[0], "2024-05-10" in one[1], one[2]) == (0, False, "")


@pytest.mark.usefixtures("folder")
def test_notice_of_a_possible_rename_names_formerly(capsys: pytest.CaptureFixture[str]) -> None:
    old, new = (f"  {key}: {{name: {name}, processing: [DE]}}\n" for key, name in (("nexo", "Nexo"), ("nexo-inc", "Nexo Inc")))  # fmt: skip
    _, _, err = run(capsys, old, new, "--incomplete")
    assert "Nexo Inc may be Nexo under another id" in err
    assert "formerly: [nexo]" in err


@pytest.mark.usefixtures("folder")
def test_notice_that_would_mix_languages_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    new = "  a: {name: A, purpose: {en: support, fr: assistance}, processing: [US], transfer: [scc]}\n"
    old = new.replace("US", "DE")
    code, _, err = run(capsys, old, new, "--lang", "de")
    assert code == 1
    assert err == (
        "services.a.purpose: no text in de\n"
        "subproc: a letter would mix languages (add it to new.yaml, or go ahead with --incomplete: the letter then "
        "has another language)\n"
    )
    assert run(capsys, old, new, "--lang", "fr")[0] == 0
    assert run(capsys, old, new, "--lang", "de", "--incomplete")[0] == 0


@pytest.mark.usefixtures("folder")
def test_notice_to_a_customer_without_letters_in_its_language_warns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("c.yaml").write_text(
        "customers: [{name: X, language: nl}, {name: Y, language: de}]", encoding="utf-8"
    )
    code, out, err = run(capsys, *MOVED, "-c", "c.yaml", "--dry-run", "--lang", "fr")
    assert (code, "there are no letters in the language 'nl', that of --lang is used (X)" in err) == (0, True)
    assert "X fr 2024" in out
