"""What an importer finds in a file, in the file's own words: services with labelled texts, and the rest."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """A labelled text of a service: a cell under its column head, or a text after its label.

    Attributes:
        label: the head or label as it is written, or one of those in brackets below.
        text: the text as it is written, its lines apart.
        links: addresses that the text links to.
        guessed: whether that it belongs here is a guess, such as a place in a sentence above the group.
        exact: whether it is written as `subproc export` does it: semicolons between values, or JSON.
        path: the field that it is read as whatever its label means; a guess.
        own: the words of the publisher's own that its row defines.
    """

    label: str
    text: str
    links: tuple[str, ...] = ()
    guessed: bool = False
    exact: bool = False
    path: str = ""
    own: frozenset[str] = frozenset()


class RawService(NamedTuple):
    """A service as it was found.

    Attributes:
        cells: all that is stated about it, its name among it.
        remarks: what a reader of the report should know of how it was found.
        under: what its list or sheet is called.
        is_hidden: whether a browser does not show it.
    """

    cells: tuple[Cell, ...]
    remarks: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    is_hidden: bool = False


class InactiveService(NamedTuple):
    """What a file states about a service that is not in use.

    Attributes:
        text: all that is stated about it, on one line.
        why: what says that it is not in use.
    """

    text: str
    why: str


class RawTable(NamedTuple):
    """All that was found in a file.

    Attributes:
        entries: the services in the order of the file.
        skipped: texts that belong to no service.
        titles: what the page calls itself: its first heading, the title of its head.
        left_out: services that are not in use.
        front: the skipped text with fields of the page, whose date counts if no other text states one.
        remarks: what a reader of the report should know of the file as a whole.
        definitions: the categories and regions of the publisher's own that an export defines.
        is_sure: whether the format itself says what is a service.
        site: what the site around the page says of itself: its name, the texts of its footer.
    """

    entries: tuple[RawService, ...]
    skipped: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    left_out: tuple[InactiveService, ...] = ()
    front: str = ""
    remarks: tuple[str, ...] = ()
    definitions: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    site: tuple[str, ...] = ()
    is_sure: bool = False


HEADING = "(heading)"
"""The label of a name that no column head introduces: the heading of a service, the beginning of a bullet."""
ABOVE = "(heading above)"
"""The label of the heading or sentence above a group of services."""
FIRST = "(first sentence)"
"""The label of the first sentence below the heading of a service, or after its name."""
PLACES_ABOVE = "(sentence above)"
"""The label of a sentence above a group that names a place."""
RUNNING = "(running text)"
"""The label of further text without one."""
