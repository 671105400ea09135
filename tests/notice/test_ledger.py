"""Lines of a ledger in, what was sent or the line that breaks the chain out."""

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from ledger_lines import build_old_line, with_hash
from registry_text import listing
from rows import for_rows
from subproc_cli.diff.classify import diff
from subproc_cli.errors import RefusedError, WriteError
from subproc_cli.notice.customers import customers
from subproc_cli.notice.customers.customers import Customers
from subproc_cli.notice.ledger import chain, ledger
from subproc_cli.notice.ledger.chain import INITIAL_HASH, ChainError, Ledger
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.events import build_letter_event, build_letter_facts, get_contact
from subproc_cli.notice.ledger.ledger import LedgerFile
from subproc_cli.notice.ledger.people import build_person, find_people_path, parse_people
from subproc_cli.notice.ledger.sent_index import SentIndex
from subproc_cli.notice.ledger.status import State, find_notices
from subproc_cli.notice.plan import Notice, Request, plan
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

OLD = listing("  a: {name: A}\n", head="notice: {days: 30}")
NEW = listing("  a: {name: A}\n  b: {name: B}\n", head="notice: {days: 30}", date="2024-02-01")
CHANGES = diff(OLD, NEW)
NAMES = ["Example AG", "Example Ltd", "Example SA"]
LETTERS = {"txt": sha256(b"the letter").hexdigest()}


def notices() -> tuple[Notice, ...]:
    text = b"customers: [{name: Example AG, address: privacy@example.com, cc: dpo@example.com}, {name: Example Ltd}, {name: Example SA}]"
    found = customers.load_customers(Source("c.yaml", text))
    assert isinstance(found, Customers)
    return plan((OLD, NEW), CHANGES, Request(date(2024, 2, 1)), found.customers).notices


def lines() -> list[bytes]:
    """Return the lines of an earlier version."""
    result: list[bytes] = []
    for notice in notices():
        previous = json.loads(result[-1])["hash"] if result else INITIAL_HASH
        result.append(build_old_line(notice, b"the letter", previous))
    return result


def write_ledger(path: Path, kind: EventKind = EventKind.ISSUED) -> None:
    with opened(path) as file:
        for notice in notices():
            facts = build_letter_facts(notice, ["B will be engaged"])
            assert notice.customer
            file.record(build_letter_event(kind, facts, LETTERS), notice.customer.name, get_contact(notice))


def opened(path: Path) -> Any:
    return ledger.open_ledger(path, lambda: datetime(2024, 2, 1, 12, tzinfo=UTC), lambda: None)


def event_lines() -> list[bytes]:
    """Return the lines of this version."""
    with TemporaryDirectory() as folder:
        write_ledger(Path(folder, "sent.jsonl"))
        return Path(folder, "sent.jsonl").read_bytes().splitlines(keepends=True)


BOTH = pytest.mark.parametrize("lines", [lines, event_lines])


def test_ledger_line_states_the_notice_and_names_nobody(tmp_path: Path) -> None:
    write_ledger(tmp_path / "sent.jsonl")
    text = (tmp_path / "sent.jsonl").read_text("utf-8")
    assert not any(name in text for name in (*NAMES, "privacy@example.com"))
    entry = json.loads(text.splitlines()[0])
    assert (entry["schema"], entry["event"], entry["day"]) == ("subproc/event/1", "issued", "2024-02-01")
    assert (entry["sent"], entry["effective"]) == ("2024-02-01", "2024-03-05")  # 2 March is a Saturday
    assert (entry["old"]["sha256"], entry["new"]["sha256"]) == (OLD.sha256, NEW.sha256)
    assert entry["changes"] == [change.fingerprint for change in CHANGES]
    told = {"service": "b", "name": "B", "kind": "service-added", "level": "notice", "asked": False}
    assert entry["told"] == [told | {"text": "B will be engaged"}]
    assert (entry["letter"], entry["letters"]) == (LETTERS["txt"], LETTERS)
    assert entry["previous"] == INITIAL_HASH


def test_read_ledger_returns_the_names_and_addresses_next_to_it(tmp_path: Path) -> None:
    write_ledger(tmp_path / "sent.jsonl")
    entries = ledger.read_ledger(tmp_path / "sent.jsonl").entries
    assert [entry["customer"] for entry in entries] == NAMES
    assert [entry["addresses"] for entry in entries] == [["privacy@example.com"], [], []]
    assert [entry["cc"] for entry in entries] == [["dpo@example.com"], [], []]


def test_ledger_of_an_earlier_version_is_continued(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    path.write_bytes(b"".join(lines()))
    write_ledger(path)
    entries = ledger.read_ledger(path).entries
    assert [entry["customer"] for entry in entries] == NAMES * 2
    assert [entry["schema"] for entry in entries] == ["subproc/sent/1"] * 3 + ["subproc/event/1"] * 3


def test_erased_customer_is_unknown_and_the_chain_stays_intact(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    write_ledger(path)
    before = path.read_bytes()
    with opened(path) as file:
        file.erase("Example AG", "2026-02-01")
    text = find_people_path(path).read_text("utf-8")
    assert "Example AG" not in text
    assert "privacy@example.com" not in text
    assert "Example Ltd" in text
    assert path.read_bytes().startswith(before)
    found = ledger.read_named_ledger(path)
    assert [entry.get("event") for entry in found.entries] == ["issued"] * 3 + ["erased"]
    assert found.entries[0]["customer"] == found.entries[3]["customer"]
    assert str(found.entries[0]["customer"]).startswith("(erased ")
    assert found.entries[0]["addresses"] == []
    with opened(path) as file, pytest.raises(RefusedError, match="has no name 'Example AG'"):
        file.erase("Example AG", "2026-02-01")


def test_same_name_in_two_ledgers_has_two_digests(tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        write_ledger(tmp_path / name)
    digests = [
        json.loads(line)["customer"]
        for name in ("one.jsonl", "two.jsonl")
        for line in (tmp_path / name).read_bytes().splitlines()
    ]
    assert len({*digests}) == 6


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda _: "", "lacks the names of 3 customers, so it is not known who was notified"),
        (lambda text: text.replace("Example AG", "Example KG"), "sent.people.jsonl:1: the line is not as it was written"),
        (lambda text: "\n".join(text.splitlines()[2:]) + "\n", "lacks the name of 1 customer,"),
    ],
)  # fmt: skip
def test_open_ledger_with_other_names_next_to_it_is_refused(
    edit: Callable[[str], str], message: str, tmp_path: Path
) -> None:
    path = tmp_path / "sent.jsonl"
    write_ledger(path)
    people = find_people_path(path)
    people.write_text(edit(people.read_text("utf-8")), encoding="utf-8")
    with pytest.raises(RefusedError, match=message), opened(path):
        pass


def fail_at_once(_: int, __: bytes) -> int:
    raise OSError(ENOSPC, "No space left on device")


def write_a_part(handle: int, line: bytes, write: Callable[[int, bytes], int] = os.write) -> int:
    return write(handle, line[:20])


@pytest.mark.parametrize(
    ("write", "reason"),
    [(fail_at_once, "No space left on device"), (write_a_part, "no space left for a whole line")],
)
def test_ledger_line_for_which_the_disk_has_no_space_is_not_in_the_file(
    write: Callable[[int, bytes], int], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sent.jsonl"
    write_ledger(path)
    before = path.read_bytes()
    with opened(path) as file:
        monkeypatch.setattr(os, "write", write)
        with pytest.raises(WriteError, match=f"sent.jsonl: cannot be written: {reason}"):
            file.record({"event": "objection", "day": "2024-02-02"}, "Example AG")
        monkeypatch.undo()
    assert path.read_bytes() == before
    assert isinstance(ledger.read_named_ledger(path), Ledger)


def record_and_fail(path: Path, notes: list[str]) -> None:
    with opened(path) as file:
        for note in notes:
            file.record({"event": "objection", "day": "2024-02-02"}, "Example KG", note=note)
        raise RefusedError("no period of notice is stated")


@pytest.mark.parametrize("notes", [[], ["by phone"]])
def test_open_ledger_of_a_run_that_fails_leaves_no_empty_file(notes: list[str], tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    with pytest.raises(RefusedError, match="no period of notice"):
        record_and_fail(path, notes)
    assert path.exists() == bool(notes)


def test_open_ledger_that_another_run_removes_makes_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl")
    path, flock = tmp_path / "sent.jsonl", fcntl.flock

    def wait_for_a_run_that_fails(handle: int, mode: int) -> None:
        monkeypatch.setattr(fcntl, "flock", flock)
        path.unlink()
        flock(handle, mode)

    monkeypatch.setattr(fcntl, "flock", wait_for_a_run_that_fails)
    with opened(path) as file:
        assert isinstance(file, LedgerFile)
        file.record({"event": "objection", "day": "2024-02-02"}, "Example KG", note="by phone")
    assert [entry["note"] for entry in ledger.read_named_ledger(path).entries] == ["by phone"]


def test_open_ledger_removes_the_part_of_a_name_that_a_killed_run_left(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    write_ledger(path)
    people = find_people_path(path)
    whole = people.read_bytes()
    people.write_bytes(whole + b'{"customer":"12')
    with opened(path) as file:
        assert isinstance(file, LedgerFile)
        file.record({"event": "objection", "day": "2024-02-02"}, "Example KG", note="by phone")
    assert people.read_bytes().startswith(whole + b'{"customer":"')
    assert [entry["note"] for entry in ledger.read_named_ledger(path).entries] == [None] * 3 + ["by phone"]


@BOTH
def test_parse_ledger_of_an_intact_file_returns_its_entries(lines: Callable[[], list[bytes]]) -> None:
    found = chain.parse_ledger(b"".join(lines()))
    assert isinstance(found, Ledger)
    assert len({each["customer"] for each in found.entries}) == 3
    assert found.last_hash == found.entries[-1]["hash"]
    assert chain.parse_ledger(b"") == Ledger((), INITIAL_HASH)


@BOTH
@for_rows("position", range(0, 4000, 61))
def test_parse_ledger_with_one_changed_byte_names_the_line(
    position: int, lines: Callable[[], list[bytes]]
) -> None:
    content = bytearray(b"".join(lines()))
    position %= len(content)
    line = content[:position].count(b"\n") + 1
    content[position] ^= 1
    found = chain.parse_ledger(bytes(content))
    assert isinstance(found, ChainError)
    assert found.line == line


@BOTH
@pytest.mark.parametrize(
    ("changed", "line", "message"),
    [
        (lambda given: given[1:], 1, "does not follow a first line"),
        (lambda given: [given[0], given[2]], 2, "does not follow line 1"),
        (lambda given: [given[1], given[0], given[2]], 1, "does not follow a first line"),
        (lambda given: [*given, given[1]], 4, "is line 2 again"),
        (lambda given: [*given[:2], given[2][:40]], 3, "is cut off"),
        (lambda given: [*given[:2], given[2][:-1]], 3, "is cut off"),
        (lambda given: [*given, b"{}\n"], 4, "is not an entry"),
        (lambda given: [*given, b"\n"], 4, "is not an entry"),
        (lambda given: [given[0].replace(b'":"', b'": "', 1), *given[1:]], 1, "is not an entry"),
        (lambda given: [b"\xff\xfe\n", *given], 1, "is not an entry"),
        (lambda given: [b"[" * 100_000 + b"\n", *given], 1, "is not an entry"),
    ],
)  # fmt: skip
def test_parse_ledger_with_a_broken_chain_names_line_and_reason(
    changed: Callable[[list[bytes]], list[bytes]], line: int, message: str, lines: Callable[[], list[bytes]]
) -> None:
    found = chain.parse_ledger(b"".join(changed(lines())))
    assert isinstance(found, ChainError)
    assert found.line == line
    assert message in found.message


def forged(lines: Callable[[], list[bytes]], values: dict[str, object]) -> bytes:
    """Return a line with other values and the hash of what it says."""
    return with_hash(json.loads(lines()[0]) | values)


REVISION = {"version": "1.0.0", "date": "2024-02-01", "sha256": "0"}
WRONG: dict[str, list[object]] = {
    "schema": [None, ["subproc/sent/1"], "subproc/sent/2", "subproc/event/2"],
    "previous": [None],
    "changes": [5, None, "a", [{}], [None], {}, []],
    "about": [5, None, "a", [{}], [None], {}, []],
    "customer": [5, True, [1], {}],
    "new": [None, [], "1.0.0", {}, {"version": "1.0.0"}],
}
WRONG_OF_NEW: dict[str, list[object]] = {
    "version": [1, None, "", "a", "1.0", f"1.0.{'9' * 5000}"],
    "date": [20240201, None, "", "20240201", "2024-02-30"],
    "sha256": [1, None],
}


@BOTH
@for_rows("values, whole", [
        ({}, True),
        ({"customer": None}, True),
        ({"more": [1]}, True),  # a field that a later version may add
        ({"changes": [], "about": []}, True),
        ({"new": REVISION}, True),
        *(({field: value}, False) for field, values in WRONG.items() for value in values),
        *(({"new": {**REVISION, field: value}}, False) for field, values in WRONG_OF_NEW.items() for value in values),
    ])  # fmt: skip
def test_parse_ledger_with_unexpected_values_is_an_error(
    *,
    values: dict[str, object],
    whole: bool,
    lines: Callable[[], list[bytes]],
) -> None:
    found = chain.parse_ledger(forged(lines, values))
    assert isinstance(found, Ledger) == whole
    if isinstance(found, Ledger):
        assert not SentIndex(found.entries).is_notified("Example KG", CHANGES[0], OLD)
    else:
        assert found == ChainError(1, "the line is not an entry of a ledger")


B_IS_BACK = listing("  a: {name: A}\n", head="notice: {days: 30}", date="2024-02-02")
UNRAISED = listing("  a: {name: A, purpose: chat}\n", head="notice: {days: 30}", date="2024-02-01")


@pytest.mark.parametrize(
    ("customer", "known", "told"),
    [
        ("Example AG", OLD, True),
        ("Example AG", listing("  a: {name: A}\n", date="2024-01-15"), True),  # told of what has come since
        ("Example AG", UNRAISED, True),  # the version was not raised, and yet it is another list
        ("Example AG", NEW, False),  # what was told was before: it came back
        ("Example AG", B_IS_BACK, False),
        ("Example KG", OLD, False),
        (None, OLD, False),
    ],
)
def test_sent_index_knows_who_was_notified(customer: str | None, known: Registry, told: bool) -> None:
    found = chain.parse_ledger(b"".join(lines()))
    assert isinstance(found, Ledger)
    memory = SentIndex(found.entries)
    assert [memory.is_notified(customer, change, known) for change in CHANGES] == [told]
    other = CHANGES[0]._replace(service="c")
    assert not memory.is_notified(customer, other, known)


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ({"event": "objection", "changes": None, "new": None}, True),
        ({"event": "something-later", "changes": None}, True),  # a kind that a later version may add
        ({"event": None}, False),
        ({"day": "2024-02-30"}, False),
        ({"recorded": 5}, False),
        ({"recorded": "\x1b[31m"}, False),
        ({"told": None}, True),
        ({"told": [{"service": "b"}]}, False),
        ({"effective": None}, False),
        ({"object_by": 5}, False),
        ({"old": None}, False),
        ({"letter": ["0"]}, False),
        ({"letters": None}, False),
        ({"contact": ["0"]}, False),
        ({"run": 5}, False),
        ({"event": "objection", "notices": [1], "services": []}, False),
    ],
)
def test_parse_ledger_with_an_unexpected_event_is_an_error(*, values: dict[str, object], whole: bool) -> None:
    assert isinstance(chain.parse_ledger(forged(event_lines, values)), Ledger) == whole


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["issued"], True),
        (["sent"], True),
        (["written"], False),
        (["attempted"], False),
        (["deferred"], False),
        (["issued", "refused"], False),
        (["issued", "bounced"], False),
        (["issued", "bounced", "sent"], True),
        (["issued", "objection"], True),
    ],
)
def test_customer_is_notified_until_the_letter_comes_back(
    *, kinds: list[str], told: bool, tmp_path: Path
) -> None:
    notice = notices()[0]
    facts = build_letter_facts(notice, ["B will be engaged"])
    with opened(tmp_path / "sent.jsonl") as file:
        for kind in map(EventKind, kinds):
            event = build_letter_event(kind, facts, LETTERS)
            if not kind.is_about_letter:
                event = {"event": kind, "day": "2024-02-03", "notices": [file.entries[0]["hash"]]}
            file.record(event, "Example AG", get_contact(notice))
        index = SentIndex(file.entries)
    assert index.is_notified("Example AG", CHANGES[0], OLD) == told


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("sent.jsonl", "sent.people.jsonl"),
        ("sent.log", "sent.people.log"),
        ("sent", "sent.people.jsonl"),
    ],
)
def test_find_people_path_of_any_ledger_is_next_to_it(name: str, people: str) -> None:
    assert find_people_path(Path("folder", name)) == Path("folder", people)


@pytest.mark.parametrize(
    ("field", "value", "is_read"),
    [
        ("note", "by phone", True),
        ("note", {"a": "b"}, False),
        ("contact", {"addresses": ["a@example.com"], "cc": []}, True),
        ("contact", {"addresses": [1], "cc": []}, False),
        ("contact", "a@example.com", False),
    ],
)
def test_row_with_a_value_of_another_type_is_refused(*, field: str, value: object, is_read: bool) -> None:
    content = build_person("0" * 32, field, value).to_line()
    if is_read:
        assert parse_people(Path("sent.people.jsonl"), content).to_bytes() == content
    else:
        with pytest.raises(RefusedError, match="the line is not as it was written"):
            parse_people(Path("sent.people.jsonl"), content)


def test_letter_event_names_its_first_file_or_none() -> None:
    facts = build_letter_facts(notices()[0], ["B will be engaged"])
    assert build_letter_event(EventKind.ISSUED, facts, {"txt": "1", "html": "2"})["letter"] == "1"
    without = build_letter_event(EventKind.ISSUED, facts, {})
    assert (without["letter"], without["letters"]) == ("", {})


def test_status_of_an_earlier_version_has_each_notice_without_its_services() -> None:
    found = chain.parse_ledger(b"".join(lines()))
    assert isinstance(found, Ledger)
    notices = find_notices(found, date(2024, 2, 1))
    assert [notice.customer for notice in notices] == NAMES
    (service,) = notices[0].services
    assert (service.key, service.name, service.kinds, service.sentences) == ("", "the list", (), ())
    assert service.state is State.CLOSED  # no period to object is stated
