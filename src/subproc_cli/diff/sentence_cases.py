"""Cases of a kind of change that have a sentence of their own."""

from subproc_cli.diff.adequacy import PLACE_ADDED_KINDS
from subproc_cli.diff.change import Change
from subproc_cli.enums import ProcessingMode

ALL_PRODUCTS_KINDS = frozenset(("product-added", "product-removed"))
"""The kinds that have a sentence of their own for all products."""

REMOTE_SUFFIX = f" ({ProcessingMode.REMOTE_ACCESS})"
"""What marks a place of a change from which people only access the data."""


def find_case(change: Change) -> str:
    """Return the case of the kind of a change that has a sentence of its own; mostly none."""
    match change.kind:
        case "metadata-changed" if change.field == "role":
            return "role"
        case "claim-changed" if find_field_part(change):
            return "claim-part"
        case "contact-changed" if not change.service and change.removed and change.added:
            return "contact-changed"
        case kind if kind in ALL_PRODUCTS_KINDS and not (change.removed or change.added):
            return kind
        case _ if is_about_remote_access(change):
            return f"place-{'added' if change.added else 'removed'}-remote"
        case _:
            return ""


def is_about_remote_access(change: Change) -> bool:
    """Return whether a change adds or removes places from which people only access the data."""
    values = (*change.removed, *change.added)
    is_place = change.kind in PLACE_ADDED_KINDS or change.kind == "place-removed"
    return is_place and all(each.endswith(REMOTE_SUFFIX) for each in values)


def find_field_part(change: Change) -> str:
    """Return the part of its field that a change is about; empty if it is about all of it."""
    return change.field.partition(".")[2]
