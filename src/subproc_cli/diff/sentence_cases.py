"""Cases of a kind of change that have a sentence of their own."""

from subproc_cli.diff.adequacy import PLACE_ADDED_KINDS
from subproc_cli.diff.change import Change
from subproc_cli.enums import ProcessingMode

BASIS_KINDS = frozenset(("basis-added", "basis-removed", "basis-changed"))
"""The kinds that name the bases of transfers."""

ALL_PRODUCTS_KINDS = frozenset(("product-added", "product-removed"))
"""The kinds that have a sentence of their own for all products."""

REMOTE_SUFFIX = f" ({ProcessingMode.REMOTE_ACCESS})"
"""What marks a place of a change from which people only access the data."""


BASIS_PART_KINDS = frozenset(("basis-scope-changed", "basis-extended", "basis-shortened"))
"""The kinds that are about one transfer basis, which is the part of their field."""


def find_case(change: Change) -> str:
    """Return the case of the kind of a change that has a sentence of its own; mostly none."""
    case = ""
    match change.kind:
        case "metadata-changed" if change.field == "role":
            case = "role"
        case "claim-changed" if find_field_part(change):
            case = "claim-part"
        case "contact-changed" if not change.service and change.removed and change.added:
            case = "contact-changed"
        case "basis-added" if not change.before:
            case = "basis-added-first"
        case kind if kind in ALL_PRODUCTS_KINDS and not (change.removed or change.added):
            case = kind
        case _ if is_about_remote_access(change):
            case = f"place-{'added' if change.added else 'removed'}-remote"
        case _:
            pass
    return case


def is_about_remote_access(change: Change) -> bool:
    """Return whether a change adds or removes places from which people only access the data."""
    values = (*change.removed, *change.added)
    is_place = change.kind in PLACE_ADDED_KINDS or change.kind == "place-removed"
    return is_place and all(each.endswith(REMOTE_SUFFIX) for each in values)


def find_field_part(change: Change) -> str:
    """Return the part of its field that a change is about; empty if it is about all of it."""
    return change.field.partition(".")[2]
