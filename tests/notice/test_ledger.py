"""Lines of a ledger in, what was sent or the line that breaks the chain out."""

import json
from datetime import date
from hashlib import sha256

import pytest

from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.notice import customers, ledger
from subproc_cli.notice.customers import Customers
from subproc_cli.notice.ledger import INITIAL_HASH, ChainError, Ledger
from subproc_cli.notice.plan import Request, plan
from subproc_cli.notice.sent_index import SentIndex
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

OLD = listing("  a: {name: A}\n", head="notice: {days: 30}")
NEW = listing("  a: {name: A}\n  b: {name: B}\n", head="notice: {days: 30}", date="2024-02-01")
CHANGES = diff(OLD, NEW)


def lines() -> list[bytes]:
    text = b"customers: [{name: Example AG, address: privacy@example.com}, {name: Example Ltd}, {name: Example SA}]"
    found = customers.load_customers(Source("c.yaml", text))
    assert isinstance(found, Customers)
    written = Ledger((), INITIAL_HASH)
    result = []
    for notice in plan((OLD, NEW), CHANGES, Request(date(2024, 2, 1)), found.customers).notices:
        result.append(ledger.build_next_line(written, notice, b"the letter", "2024-02-01T12:00:00+00:00"))
        written = ledger.advance(written, result[-1])
    return result


def test_ledger_line_has_customer_dates_and_hashes() -> None:
    entry = json.loads(lines()[0])
    assert (entry["schema"], entry["customer"], entry["address"]) == (
        "subproc/sent/1",
        "Example AG",
        "privacy@example.com",
    )
    assert (entry["sent"], entry["effective"]) == ("2024-02-01", "2024-03-05")  # 2 March is a Saturday
    assert (entry["old"]["sha256"], entry["new"]["sha256"]) == (OLD.sha256, NEW.sha256)
    assert entry["changes"] == [change.fingerprint for change in CHANGES]
    assert entry["letter"] == sha256(b"the letter").hexdigest()
    assert entry["previous"] == INITIAL_HASH


def test_parse_ledger_of_an_intact_file_returns_its_entries() -> None:
    found = ledger.parse_ledger(b"".join(lines()))
    assert isinstance(found, Ledger)
    assert [each["customer"] for each in found.entries] == ["Example AG", "Example Ltd", "Example SA"]
    assert found.last_hash == found.entries[-1]["hash"]
    assert ledger.parse_ledger(b"") == Ledger((), INITIAL_HASH)


@pytest.mark.parametrize("position", range(0, 2400, 37))
def test_parse_ledger_with_one_changed_byte_names_the_line(position: int) -> None:
    content = bytearray(b"".join(lines()))
    position %= len(content)
    line = content[:position].count(b"\n") + 1
    content[position] ^= 1
    found = ledger.parse_ledger(bytes(content))
    assert isinstance(found, ChainError)
    assert found.line == line


@pytest.mark.parametrize(
    ("changed", "line", "message"),
    [
        (lambda given: given[1:], 1, "does not follow a first line"),
        (lambda given: [given[0], given[2]], 2, "does not follow line 1"),
        (lambda given: [given[1], given[0], given[2]], 1, "does not follow a first line"),
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
    changed: object, line: int, message: str
) -> None:
    assert callable(changed)
    found = ledger.parse_ledger(b"".join(changed(lines())))
    assert isinstance(found, ChainError)
    assert found.line == line
    assert message in found.message


def forged(values: dict[str, object]) -> bytes:
    """Return a line with other values and the hash of what it says."""
    entry = {key: value for key, value in (json.loads(lines()[0]) | values).items() if key != "hash"}
    hashed = sha256(as_line(entry)).hexdigest()
    return as_line(entry | {"hash": hashed})


def as_line(entry: dict[str, object]) -> bytes:
    return json.dumps(entry, separators=(",", ":"), sort_keys=True).encode() + b"\n"


REVISION = {"version": "1.0.0", "date": "2024-02-01", "sha256": "0"}
WRONG: dict[str, list[object]] = {
    "schema": [None, ["subproc/sent/1"], "subproc/sent/2"],
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


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ({}, True),
        ({"customer": None}, True),
        ({"more": [1]}, True),  # a field that a later version may add
        ({"changes": [], "about": []}, True),
        ({"new": REVISION}, True),
        *(({field: value}, False) for field, values in WRONG.items() for value in values),
        *(({"new": {**REVISION, field: value}}, False) for field, values in WRONG_OF_NEW.items() for value in values),
    ],
)  # fmt: skip
def test_parse_ledger_with_unexpected_values_is_an_error(values: dict[str, object], whole: bool) -> None:  # noqa: FBT001
    found = ledger.parse_ledger(forged(values))
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
def test_sent_index_knows_who_was_notified(customer: str | None, known: Registry, told: bool) -> None:  # noqa: FBT001
    found = ledger.parse_ledger(b"".join(lines()))
    assert isinstance(found, Ledger)
    memory = SentIndex(found.entries)
    assert [memory.is_notified(customer, change, known) for change in CHANGES] == [told]
    other = CHANGES[0]._replace(service="c")
    assert not memory.is_notified(customer, other, known)
