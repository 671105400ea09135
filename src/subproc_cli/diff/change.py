"""One change between two revisions of a list."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from hashlib import sha256
from typing import NamedTuple, TypeAlias, assert_never

from subproc_cli.diagnostics import FieldPath
from subproc_cli.diff.compare import Comparison, Pair
from subproc_cli.enums import Bump, Direction, Level
from subproc_cli.registry.internal import find_file_key, is_internal
from subproc_cli.registry.list_field_table import LIST_FIELDS

_HOUSEKEEPING = frozenset(row.path for row in LIST_FIELDS if not row.is_public)
"""Fields of the list that nobody outside the company reads."""


class Change(NamedTuple):
    """One change, and what it means.

    Attributes:
        kind: the name of its kind.
        level: what it requires.
        direction: its direction for the people whose data it is.
        service: the id of the service; empty if the change is about the list as a whole.
        name: the name of the service, as customers know it.
        field: the field of the service or of the list.
        before: all that the field stated if it is a list, canonical; else what is gone, as `removed`.
        after: all that it states now if it is a list, canonical; else what is new, as `added`.
        removed: the values that this change is about and that are gone.
        added: the values that this change is about and that are new.
        path: where it is, in the new revision, or in the old one for what is gone.
        content: what a notice of it states of the whole service, canonical; empty if it is about a field.
    """

    kind: str
    level: Level
    direction: Direction
    service: str
    name: str
    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    removed: tuple[str, ...]
    added: tuple[str, ...]
    path: FieldPath
    content: tuple[str, ...] = ()

    @property
    def is_published(self) -> bool:
        """Whether it changes anything that is published: anything but policies and accepted findings."""
        return bool(self.service) or self.field not in _HOUSEKEEPING

    @property
    def internal_field(self) -> str:
        """The internal field that was edited, by its own name: `notes`, `x-ticket`; empty if it was none."""
        if is_internal(self.field):
            return self.field.partition(".")[0]
        if self.kind != "metadata-changed":
            return ""
        _, own, name = self.field.partition(".x-")  # in a part of the list or of a service: `links.x-ticket`
        return f"x-{name}" if own else ""

    @property
    def fingerprint(self) -> str:
        """A hash of twelve hexadecimal digits that is the same whenever the same change is found."""
        values = ("\1".join(each) for each in (self.removed, self.added))
        return _hash_parts(self.kind, self.service, self.field, *values, *self.content)

    @property
    def topic_key(self) -> str:
        """Twelve hexadecimal digits of the topic, to find the last notice that a customer got about it.

        A change of all that a field states, or of a whole service, shares them with every other such change;
        what is reported of a part takes nothing back, and has those of its fingerprint.
        """
        whole = (self.before, self.after) == (self.removed, self.added)
        return _hash_parts(self.service, self.field) if whole else self.fingerprint


def _hash_parts(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def find_highest_level(changes: tuple[Change, ...]) -> Level | None:
    """Return the highest level among changes, None if there is none."""
    levels = {change.level for change in changes}
    return next((level for level in Level if level in levels), None)


def compute_next_version(version: str, needed: Bump) -> str:
    """Return the next version when one of its three numbers is raised."""
    major, minor, patch = map(int, version.split("."))
    match needed:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case Bump.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case Bump.NONE:
            return version
        case _:
            assert_never(needed)


def parse_version(version: str) -> tuple[int, ...]:
    """Return the three numbers of a version, which compare as versions do."""
    return tuple(map(int, version.split(".")))


def bump(changes: tuple[Change, ...]) -> Bump:
    """Return which number of the version the published changes raise."""
    needed = {Level.NOTICE: Bump.MAJOR, Level.INFORM: Bump.MINOR, Level.EDITORIAL: Bump.PATCH}
    level = find_highest_level(tuple(change for change in changes if change.is_published))
    return needed[level] if level else Bump.NONE


def filter_public_changes(
    changes: Iterable[Change],
    visible_fields: AbstractSet[str] = frozenset(),
    hidden_fields: AbstractSet[str] = frozenset(),
) -> tuple[Change, ...]:
    """Return the changes that may be published: not of policies, nor of internal or hidden fields."""
    return tuple(
        each
        for each in changes
        if each.is_published
        and each.internal_field in {"", *visible_fields}
        and find_file_key(each.field) not in hidden_fields
    )


class ChangeCandidate(NamedTuple):
    """A change before its level is known.

    Attributes:
        level: only if this case deviates from its kind.
        path: where it is within the service or the list, if that is more than its field.
        implied_kinds: further kinds that it includes; a level that a list sets for one of them counts here.
    """

    kind: str
    field: str
    removed: tuple[str, ...]
    added: tuple[str, ...]
    level: Level | None = None
    path: FieldPath = ()
    implied_kinds: tuple[str, ...] = ()


ClassifyFunction: TypeAlias = Callable[[Comparison, Pair], Iterator[ChangeCandidate]]
"""Yields the changes that explain the differences of a service, as far as the function knows them."""


class FieldClassifier(NamedTuple):
    """What compares a field. The table of fields names it as the `change` of its row.

    Attributes:
        functions: yield the changes that explain the differences.
        is_silent: whether differences may mean no change, because only the notation differs.
        rest: the kind of the differences that the functions do not explain.
    """

    functions: tuple[ClassifyFunction, ...] = ()
    is_silent: bool = False
    rest: str = "unclassified-change"


def to_values(value: object | None) -> tuple[str, ...]:
    """Return the values of a change that is about one value, which may be missing."""
    return () if value is None else (str(value),)
