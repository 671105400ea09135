"""`subproc respond` records answers, and `subproc status` shows where all notices stand."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from subproc_cli.cli.main import main

LIST = """\
format: 1
publisher: Example GmbH
version: {version}
date: {date}
notice: {{days: 30, objection_days: 14, contact: privacy@example.com}}
services:
  a: {{name: Alpha, purpose: chat}}
"""
FACTS = "purpose: mail, sees: [identity.email], processing: [DE], entity: {name: B GmbH, address: 1 Road, country: DE}, contact: b@example.com"
BETA, GAMMA = f"  b: {{name: Beta, {FACTS}}}\n", f"  c: {{name: Gamma, {FACTS}}}\n"
CUSTOMERS = """\
customers:
  - {name: Example AG, address: ag@example.com}
  - {name: Example Ltd, address: ltd@example.com, authorisation: specific}
  - {name: Example SA}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SUBPROC_LEDGER", raising=False)
    for number, (name, services) in enumerate({"one": "", "two": BETA, "three": BETA + GAMMA}.items(), 1):
        text = LIST.format(version=f"{number}.0.0", date=f"2026-0{number}-01") + services
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    Path("customers.yaml").write_text(CUSTOMERS, encoding="utf-8")
    notify("one.yaml", "two.yaml", "2026-03-02")
    capsys.readouterr()
    return tmp_path


def notify(old: str, new: str, day: str, *more: str) -> None:
    words = f"notice {old} {new} --sent {day} -c customers.yaml --out letters --record sent.jsonl"
    assert main([*words.split(), *more]) == 0


def respond(*words: str) -> int:
    return main(["respond", *words, "--record", "sent.jsonl"])


def show(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(["status", *words]) == 0
    return capsys.readouterr().out


def states(capsys: pytest.CaptureFixture[str], day: str) -> dict[tuple[str, str], str]:
    found = json.loads(show(capsys, "--at", day, "-f", "json"))
    return {
        (notice["customer"].removeprefix("Example "), service["service"]): service["state"]
        for notice in found["notices"]
        for service in notice["services"]
    }


def test_status_follows_the_period_to_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert states(capsys, "2026-03-16") == {
        ("AG", "b"): "open",
        ("Ltd", "b"): "awaiting-approval",
        ("SA", "b"): "not-reached",
    }
    assert states(capsys, "2026-03-17")["AG", "b"] == "closed"
    assert states(capsys, "2026-03-01") == {}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([("AG", "objection")], ("objection", "awaiting-approval", "not-reached")),
        ([("AG", "objection"), ("AG", "withdrawal")], ("closed", "awaiting-approval", "not-reached")),
        ([("Ltd", "approval")], ("closed", "approved", "not-reached")),
        ([("Ltd", "approval"), ("Ltd", "withdrawal")], ("closed", "awaiting-approval", "not-reached")),
        ([("AG", "bounce")], ("not-reached", "awaiting-approval", "not-reached")),
        ([("AG", "acknowledgement")], ("closed", "awaiting-approval", "not-reached")),
    ],
)
def test_respond_changes_the_state_of_the_service(
    answers: list[tuple[str, str]], expected: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    for name, word in answers:
        assert respond(f"Example {name}", word, "--on", "2026-03-10") == 0
    assert tuple(states(capsys, "2026-04-01").values()) == expected


@pytest.mark.slow
def test_notice_warns_of_an_address_from_which_a_notice_came_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert respond("Example AG", "bounce", "--on", "2026-03-10") == 0
    capsys.readouterr()
    notify("one.yaml", "two.yaml", "2026-03-12")
    warning = (
        "subproc: Example AG: the notice of 2026-03-02 to ag@example.com came back, and its address is the same: "
        "correct it, or notify it by other means"
    )
    assert warning in capsys.readouterr().err.splitlines()
    assert respond("Example AG", "bounce", "--on", "2026-03-14") == 0
    Path("customers.yaml").write_text(CUSTOMERS.replace("ag@", "dpo@"), encoding="utf-8")
    capsys.readouterr()
    notify("one.yaml", "two.yaml", "2026-03-16")
    assert "came back" not in capsys.readouterr().err


@pytest.mark.slow
def test_objection_outlives_a_correction_and_an_approval_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10")
    respond("Example Ltd", "approval", "--on", "2026-03-10")
    corrected = Path("two.yaml").read_text("utf-8").replace("2.0.0", "2.0.1").replace("[DE]", "[FR]")
    Path("two.yaml").write_text(corrected, encoding="utf-8")
    notify("one.yaml", "two.yaml", "2026-03-20")
    found = list(csv.DictReader(show(capsys, "-f", "csv", "--at", "2026-03-21").splitlines()))
    now = {row["customer"]: row["state"] for row in found if row["sent"] == "2026-03-20"}
    assert now == {
        "Example AG": "objection",
        "Example Ltd": "awaiting-approval",
        "Example SA": "not-reached",
    }
    respond("Example Ltd", "approval", "--on", "2026-03-22")
    found = list(csv.DictReader(show(capsys, "-f", "csv", "--at", "2026-03-23").splitlines()))
    assert {row["state"] for row in found if row["customer"] == "Example Ltd"} == {"replaced", "approved"}


@pytest.mark.slow
def test_status_awaits_an_authorisation_of_each_change_that_the_letter_asks_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    respond("Example Ltd", "approval", "--on", "2026-03-10")
    moved = Path("three.yaml").read_text("utf-8").replace("purpose: chat", "purpose: chat, processing: [US]")
    Path("three.yaml").write_text(moved, encoding="utf-8")
    notify("two.yaml", "three.yaml", "2026-06-01", "--catch-up", "--incomplete")
    expected = {"b": "approved", "a": "awaiting-approval", "c": "awaiting-approval"}
    found = states(capsys, "2026-07-01")
    assert {service: state for (name, service), state in found.items() if name == "Ltd"} == expected
    respond("Example Ltd", "approval", "--service", "a", "--on", "2026-06-10")
    found = states(capsys, "2026-07-01")
    assert {service: state for (name, service), state in found.items() if name == "Ltd"} == {
        **expected,
        "a": "approved",
    }


def test_respond_to_one_of_two_services_leaves_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    notify("two.yaml", "three.yaml", "2026-06-01", "--catch-up")  # Example SA has no address
    capsys.readouterr()
    assert (
        respond("example ag", "objection", "--service", "Gamma", "--on", "2026-06-20", "--note", "no basis")
        == 0
    )
    assert capsys.readouterr().err.splitlines() == [
        "subproc: sent.jsonl: recorded: objection of Example AG: Gamma, 2026-06-20",
        "subproc: the last day to object was 2026-06-15",
    ]
    found = states(capsys, "2026-06-21")
    assert (found["AG", "b"], found["AG", "c"]) == ("closed", "objection")
    assert "no basis" not in Path("sent.jsonl").read_text("utf-8")
    assert main(["notice", "--verify", "sent.jsonl"]) == 0


def test_status_as_text_names_what_is_to_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10", "--note", "the place")
    out = show(capsys, "--at", "2026-03-10")
    assert out.splitlines()[0] == "3 notices for 3 customers, as of 2026-03-10"
    assert "Objections\n- Example AG: Beta, 2026-03-10; to settle before 2026-04-02; the place\n" in out
    assert (
        "Authorisation missing\n- Example Ltd: Beta (notice of 2026-03-02); not before its authorisation\n"
        in out
    )
    assert "Last notice missed\n- Example SA: no address (notice of 2026-03-02)\n" in out
    assert re.search(
        "^dated +versions +issued +sent +missed +open until +objections +effective$", out, re.MULTILINE
    )
    assert "Open periods" not in out
    respond("Example Ltd", "approval", "--on", "2026-03-10")
    out = show(capsys, "--at", "2026-03-11")
    assert "Authorisation given\n- Example Ltd: Beta, 2026-03-10 (notice of 2026-03-02)\n" in out
    assert "Authorisation missing" not in out


def test_status_of_one_customer_shows_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(show(capsys, "example ltd", "-f", "csv").splitlines()))
    assert [(row["customer"], row["service"], row["kinds"]) for row in rows] == [
        ("Example Ltd", "b", "service-added")
    ]


def test_status_as_csv_has_the_decision_of_each_service(capsys: pytest.CaptureFixture[str]) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10", "--note", "the place")
    rows = csv.DictReader(show(capsys, "--at", "2026-03-10", "-f", "csv").splitlines())
    found = {row["customer"]: (row["state"], row["decision"], row["decided"], row["note"]) for row in rows}
    assert found["Example AG"] == ("objection", "objection", "2026-03-10", "the place")
    assert found["Example Ltd"] == ("awaiting-approval", "", "", "")


def test_status_as_json_has_the_decision_and_how_it_was_issued(capsys: pytest.CaptureFixture[str]) -> None:
    respond("Example AG", "objection", "--on", "2026-03-20", "--note", "the place")
    found = json.loads(show(capsys, "Example AG", "--at", "2026-03-21", "-f", "json"))
    assert found["schema"] == "subproc/status/1"
    (notice,) = found["notices"]
    (service,) = notice["services"]
    assert (service["decision"], service["decided"], service["note"]) == (
        "objection",
        "2026-03-20",
        "the place",
    )
    assert (notice["delivery"], notice["channel"]) == ("issued", None)


def test_ledger_line_of_an_answer_states_how_it_came() -> None:
    respond("Example AG", "objection", "--on", "2026-03-20", "--via", "phone")
    line = json.loads(Path("sent.jsonl").read_bytes().splitlines()[-1])
    assert (line["event"], line["day"], line["channel"], line["services"]) == (
        "objection",
        "2026-03-20",
        "phone",
        ["b"],
    )


def test_status_as_text_marks_an_objection_after_the_period(capsys: pytest.CaptureFixture[str]) -> None:
    respond("Example AG", "objection", "--on", "2026-03-20")
    out = " ".join(show(capsys, "--at", "2026-03-21").split())
    assert "Example AG: Beta, 2026-03-20 (after the last day to object); to settle before 2026-04-02" in out


@pytest.mark.parametrize(("note", "shown"), [("by phone", "; by phone"), ("", "")])
def test_status_as_text_shows_withdrawn_objections_receipts_and_what_was_sent(
    note: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10")
    respond("Example AG", "withdrawal", "--on", "2026-03-11", *(("--note", note) if note else ()))
    respond("Example Ltd", "acknowledgement", "--on", "2026-03-03")
    out = show(capsys, "--at", "2026-03-12")
    assert re.search(r"^2026-03-02 +1\.0\.0 to +2 +0 +1 ", out, re.MULTILINE)
    assert f"Objections withdrawn\n- Example AG: Beta, 2026-03-10; withdrawn 2026-03-11{shown}\n" in out
    assert "Receipt confirmed\n- Example Ltd: 2026-03-03 (notice of 2026-03-02)\n" in out


def test_status_as_text_marks_what_was_withdrawn_or_authorised_after_the_effective_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10")
    respond("Example AG", "withdrawal", "--on", "2026-04-02")
    respond("Example Ltd", "approval", "--on", "2026-04-03")
    out = " ".join(show(capsys, "--at", "2026-05-01").split())
    late = "(not before the effective date, 2026-04-02)"
    assert f"Example AG: Beta, 2026-03-10; withdrawn 2026-04-02 {late}" in out
    assert f"Example Ltd: Beta, 2026-04-03 {late} (notice of 2026-03-02)" in out


def test_status_of_one_customer_lists_each_event_and_when_it_was_recorded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10", "--note", "the place", "--via", "phone")
    respond("Example AG", "bounce", "--on", "2026-03-11", "--note", "no such box")
    recorded = [json.loads(line)["recorded"] for line in Path("sent.jsonl").read_bytes().splitlines()]
    history = " ".join(show(capsys, "example ag", "--at", "2026-03-11").split("History\n")[1].split())
    on = f"recorded on {recorded[-1][:10]}"
    assert history == (
        f"- 2026-03-02: issued; notice of 2026-03-02, 1.0.0 to 2.0.0, about Beta; {on} "
        f"- 2026-03-10: objection by phone; Beta; the place; {on} "
        f"- 2026-03-11: bounced; Beta; no such box; {on}"
    )
    assert "the notice came back on 2026-03-11" in show(capsys, "--at", "2026-03-11")
    assert "History" not in show(capsys, "--at", "2026-03-11")
    (notice,) = json.loads(show(capsys, "Example AG", "--at", "2026-03-11", "-f", "json"))["notices"]
    found = notice["delivery_day"], notice["delivery_recorded"], notice["answer"]
    assert found == ("2026-03-11", recorded[-1], "no such box")
    assert notice["services"][0]["decision_recorded"] == recorded[-2]


def test_status_of_customers_with_several_effective_dates_shows_the_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert re.search(r"1\.0\.0 to .* 2026-04-02$", show(capsys, "--at", "2026-03-02"), re.MULTILINE)
    rows = CUSTOMERS.replace("ag@example.com", "ag@example.com, days: 60")
    Path("customers.yaml").write_text(rows.replace("Example", "Other"), encoding="utf-8")
    notify("one.yaml", "two.yaml", "2026-03-02")
    out = show(capsys, "--at", "2026-03-02", "-f", "markdown")
    assert re.search(r"1\.0\.0 to 2\.0\.0 .* from 2026-04-02 \|$", out, re.MULTILINE)


def test_status_as_text_after_the_effective_date_states_that_an_objection_is_not_settled(
    capsys: pytest.CaptureFixture[str],
) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10")
    assert "Beta, 2026-03-10; to settle before 2026-04-02\n" in show(capsys, "--at", "2026-04-01")
    assert "Beta, 2026-03-10; not settled before 2026-04-02\n" in show(capsys, "--at", "2026-04-02")


@pytest.mark.slow
def test_answer_to_a_notice_is_shown_once_when_a_later_notice_ends_the_service(
    capsys: pytest.CaptureFixture[str],
) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10", "--note", "the place")
    respond("Example AG", "withdrawal", "--on", "2026-03-11")
    respond("Example Ltd", "approval", "--on", "2026-03-12")
    ended = Path("two.yaml").read_text("utf-8").replace("2.0.0", "2.1.0")
    ended = ended.replace("  b: {", "  b: {until: 2026-08-31, ")
    Path("three.yaml").write_text(ended, encoding="utf-8")
    notify("two.yaml", "three.yaml", "2026-06-01", "--level", "inform", "--catch-up")
    out = show(capsys, "--at", "2026-06-02")
    assert "Objections withdrawn\n- Example AG: Beta, 2026-03-10; the place; withdrawn 2026-03-11\n\n" in out
    assert "Authorisation given\n- Example Ltd: Beta, 2026-03-12 (notice of 2026-03-02)\n\n" in out


def test_status_of_an_amended_notice_marks_the_first_as_replaced(capsys: pytest.CaptureFixture[str]) -> None:
    text = Path("two.yaml").read_text("utf-8")
    Path("two.yaml").write_text(text.replace("processing: [DE]", "processing: [FR]"), encoding="utf-8")
    notify("one.yaml", "two.yaml", "2026-03-05")
    found = json.loads(show(capsys, "Example AG", "--at", "2026-03-06", "-f", "json"))
    assert [notice["services"][0]["state"] for notice in found["notices"]] == ["replaced", "open"]


def test_status_as_calendar_has_deadlines_effects_and_objections(capsys: pytest.CaptureFixture[str]) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10", "--note", "place, and " + "purpose " * 12)
    Path("customers.yaml").write_text(
        CUSTOMERS.replace("SA}", "SA, address: sa@example.com}"), encoding="utf-8"
    )
    notify("one.yaml", "two.yaml", "2026-03-03")
    text = show(capsys, "--at", "2026-03-10", "-f", "ics")
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//subproc//notices//EN", "CALSCALE:GREGORIAN"]
    assert text.split("\r\n")[:4] == head
    assert text.endswith("END:VCALENDAR\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    events = read_events(text)
    assert [(event["DTSTART;VALUE=DATE"], event["SUMMARY"]) for event in events] == [
        ("20260402", "Settle the objection of Example AG to Beta"),
        ("20260317", "Last day to object: Beta"),
        ("20260402", "Planned (authorisation missing): Beta"),
        ("20260403", "Takes effect: Beta"),
    ]
    assert events[0]["DESCRIPTION"].startswith("Objection of 2026-03-10. place\\, and purpose purpose")
    assert len({event["UID"] for event in events}) == 4
    assert [event["DESCRIPTION"] for event in events[2:]] == [
        "Authorisation missing: Example Ltd. Objection not settled: Example AG",
        "Example SA",
    ]
    assert re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", events[0]["DTSTAMP"])
    assert [event["DTEND;VALUE=DATE"] for event in events] == ["20260403", "20260318", "20260403", "20260404"]
    assert events[1]["DESCRIPTION"] == "Example SA"


def test_status_as_calendar_keeps_its_events_when_a_customer_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = read_events(show(capsys, "--at", "2026-03-10", "-f", "ics"))
    respond("Example Ltd", "approval", "--on", "2026-03-10")
    after = read_events(show(capsys, "--at", "2026-03-10", "-f", "ics"))
    assert [event["UID"] for event in after] == [event["UID"] for event in before]
    assert [event["SUMMARY"] for event in after] == ["Last day to object: Beta", "Takes effect: Beta"]
    texts = [each[-1]["DESCRIPTION"] for each in (before, after)]
    assert texts == [
        "Example AG. Authorisation missing: Example Ltd",
        "Example AG and Example Ltd",
    ]


def read_events(text: str) -> list[dict[str, str]]:
    lines = text.replace("\r\n ", "").split("\r\n")
    blocks = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    return [
        dict(line.split(":", 1) for line in block.split("\nEND:VEVENT")[0].splitlines()) for block in blocks
    ]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["Exmple AG", "objection"], 2, "the ledger has no customer 'Exmple AG' (did you mean Example AG?)"),
        (["Nobody", "objection"], 2, "the ledger has no customer 'Nobody' (to see all customers: subproc status)"),
        (["Example AG", "objection", "--service", "bta"], 2, "Example AG was not notified of 'bta' (did you mean Beta?)"),
        (["Example AG", "objection", "--service", "zzz"], 2, "Example AG was not notified of 'zzz' (notified of: b)"),
        (["Example AG", "withdrawal"], 2, "Example AG has neither objected nor approved (to see all: subproc status)"),
        (["Example AG", "withdrawal", "--service", "b"], 2, "Example AG has no objection or approval of 'b' to withdraw (to see all: subproc status)"),
        (["Example AG", "objection", "--on", "2026-03-01"], 2, "--on 2026-03-01 is before 2026-03-02, the day of the notice (name the day of the answer)"),
        (["Example AG", "objection", "--on", "2999-01-01"], 2, "--on 2999-01-01 is in the future"),
        (["Example AG", "objection", "--record", "none.jsonl"], 3, "none.jsonl: no such file"),
    ],
)  # fmt: skip
def test_respond_that_cannot_be_right_records_nothing(
    words: list[str], code: int, message: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path("sent.jsonl").read_bytes()
    assert main(["respond", *words]) == code
    assert capsys.readouterr().err.startswith(f"subproc: {message}")
    assert Path("sent.jsonl").read_bytes() == before
    assert not (folder / "none.jsonl").exists()


def check(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    main(["check", "two.yaml", "--ledger", "sent.jsonl", "--select", "SP309", "-f", "json", *words])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["problems"]
    return found


@pytest.mark.parametrize(
    ("prepare", "day", "messages"),
    [
        (lambda: None, "2026-03-10", []),
        (lambda: None, "2026-05-01", ["Beta is in use without the specific authorisation of Example Ltd"]),
        (lambda: respond("Example Ltd", "approval", "--on", "2026-03-10"), "2026-05-01", []),
        (
            lambda: respond("Example Ltd", "approval", "--on", "2026-03-10") or respond("Example AG", "objection", "--on", "2026-03-10"),
            "2026-05-01",
            ["Beta is in use although Example AG objected on 2026-03-10"],
        ),
    ],
)  # fmt: skip
def test_check_finds_a_service_in_use_under_objection_or_without_approval(
    prepare: Callable[[], object], day: str, messages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    prepare()
    problems = check(capsys, "--at", day)
    assert [problem["message"] for problem in problems] == messages
    assert all(problem["name"] == "used-despite-objection" for problem in problems)


def test_check_without_a_ledger_finds_no_objection(capsys: pytest.CaptureFixture[str]) -> None:
    respond("Example AG", "objection", "--on", "2026-03-10")
    capsys.readouterr()
    main(["check", "two.yaml", "--select", "SP309", "-f", "json", "--at", "2026-05-01"])
    assert json.loads(capsys.readouterr().out)["problems"] == []
