"""Names and addresses next to a ledger, which holds salted digests of them, so that a person can be erased.

A row has the value, its salt and the digest that the chain names. Without its row, nobody can tell from a
digest whose it is, and the chain stays intact.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from subproc_cli.errors import RefusedError

SCHEMA = "subproc/person/1"
NAME, CONTACT, NOTE, ANSWER = "name", "contact", "note", "answer"
"""The kinds of rows: the name of a customer, its addresses, a note, or the answer of a mail server."""
SALT_BYTES = 16

_ENCODER = json.JSONEncoder(separators=(",", ":"), sort_keys=True)

Entry: TypeAlias = Mapping[str, Any]


class Person(NamedTuple):
    """One row.

    Attributes:
        digest: what the chain names it by.
        salt: random digits, which keep a digest from being guessed.
        field: what the value is.
        customer: the digest of the name of the customer that it is about.
        value: a text, or the addresses of a customer.
    """

    digest: str
    salt: str
    field: str
    customer: str
    value: Any

    def to_line(self) -> bytes:
        """Return the row as it is in the file."""
        return _ENCODER.encode({"schema": SCHEMA, **self._asdict()}).encode() + b"\n"


def compute_digest(salt: str, field: str, value: Any) -> str:
    """Return the digest of a value; who knows neither salt nor value learns nothing from it."""
    return sha256(_ENCODER.encode([salt, field, value]).encode()).hexdigest()


def build_person(salt: str, field: str, value: Any, customer: str = "") -> Person:
    """Return a row; the name of a customer is about that customer."""
    digest = compute_digest(salt, field, value)
    return Person(digest, salt, field, customer or digest, value)


class People:
    """The rows of a file, by digest and by value."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._by_digest: dict[str, Person] = {}
        self._by_value: dict[tuple[str, str, str], Person] = {}
        for person in people:
            self.add(person)

    def add(self, person: Person) -> None:
        """Add a row."""
        self._by_digest[person.digest] = person
        self._by_value[_make_key(person.field, person.value, person.customer)] = person

    def find(self, field: str, value: Any, customer: str = "") -> Person | None:
        """Return the row of a value; None if there is none yet."""
        return self._by_value.get(_make_key(field, value, customer))

    def get_value(self, digest: str | None) -> Any:
        """Return the value of a digest; None if there is no such row."""
        person = self._by_digest.get(digest or "")
        return person.value if person else None

    def without(self, customer: str) -> "People":
        """Return the rows that are not about a customer, by the digest of its name."""
        return People(person for person in self._by_digest.values() if person.customer != customer)

    def to_bytes(self) -> bytes:
        """Return the rows as a file."""
        return b"".join(person.to_line() for person in self._by_digest.values())


def _make_key(field: str, value: Any, customer: str) -> tuple[str, str, str]:
    return field, "" if field == NAME else customer, _ENCODER.encode(value)


def find_people_path(ledger: Path) -> Path:
    """Return the file of the names in a ledger: `sent.people.jsonl` next to `sent.jsonl`."""
    return ledger.with_name(f"{ledger.stem}.people{ledger.suffix or '.jsonl'}")


def parse_people(path: Path, content: bytes) -> People:
    """Return the rows of a file; a last line without its end is of a run that was killed, and is left out.

    Raises:
        RefusedError: a line is not a row, or not the one that was written.
    """
    people = People()
    for number, line in enumerate(content.split(b"\n")[:-1], 1):
        person = _parse_person(line)
        if person is None:
            message = f"{path}:{number}: the line is not as it was written"
            raise RefusedError(message, "compare it with a copy; nothing was written to it")
        people.add(person)
    return people


def _parse_person(line: bytes) -> Person | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match found:
        case {
            "schema": str(schema),
            "digest": str(digest),
            "salt": str(salt),
            "field": str(field),
            "customer": str(customer),
            "value": value,
        } if schema == SCHEMA and _has_type(field, value) and digest == compute_digest(salt, field, value):
            return Person(digest, salt, field, customer, value)
        case _:
            return None


def _has_type(field: str, value: Any) -> bool:
    """Return whether a value is of the type of its row: the addresses of a customer, or a text."""
    match value:
        case {"addresses": [*addresses], "cc": [*cc]} if field == CONTACT:
            return all(isinstance(address, str) for address in (*addresses, *cc))
        case str():
            return field != CONTACT
        case _:
            return False


def resolve_entry(entry: Entry, people: People) -> Entry:
    """Return a line of a ledger with the names and addresses of its digests."""
    if "event" not in entry:
        return entry
    contact = people.get_value(entry.get("contact")) or {}
    addresses = [*contact.get("addresses", ())]
    customer = entry["customer"]
    return {
        **entry,
        "customer_digest": customer,
        "customer": None if customer is None else people.get_value(customer) or f"(erased {customer[:8]})",
        "address": addresses[0] if addresses else None,
        "addresses": addresses,
        "cc": [*contact.get("cc", ())],
        "note": people.get_value(entry.get("note")),
        "answer": people.get_value(entry.get("answer")),
        "digests": {field: entry[field] for field in (CONTACT, NOTE, ANSWER) if entry.get(field)},
    }


def find_unnamed(entries: Iterable[Entry], people: People) -> tuple[str, ...]:
    """Return the digests of customers without a row who were not erased."""
    named: dict[str, None] = {}
    for entry in entries:
        customer = entry.get("customer_digest", entry["customer"]) if "event" in entry else None
        if customer is None:
            continue
        if entry.get("event") == "erased":
            named.pop(customer, None)
        elif people.get_value(customer) is None:
            named[customer] = None
    return tuple(named)


def count_missing_rows(entries: Iterable[Entry], people: People) -> dict[str, int]:
    """Return how many addresses, notes and answers have no row although nobody erased them.

    Returns:
        The counts by the kind of the row; a kind of which none is missing is left out.
    """
    lines = [entry for entry in entries if "event" in entry]
    erased = {entry["customer_digest"] for entry in lines if entry["event"] == "erased"}
    missing = {
        (field, digest)
        for entry in lines
        if entry["customer_digest"] not in erased
        for field, digest in entry["digests"].items()
        if people.get_value(digest) is None
    }
    counts: dict[str, int] = {}
    for field, _ in sorted(missing):
        counts[field] = counts.get(field, 0) + 1
    return counts
