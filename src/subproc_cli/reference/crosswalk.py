"""The counterparts of data categories in public vocabularies."""

from functools import cache
from typing import NamedTuple

from subproc_cli.reference import data_files
from subproc_cli.reference.categories import parent


class Counterpart(NamedTuple):
    """What other vocabularies call a category.

    Attributes:
        fideslang: the nearest key of Fideslang; empty if there is none.
        dpv: the IRI of the nearest term of the W3C Data Privacy Vocabulary; empty if there is none.
    """

    fideslang: str
    dpv: str


def counterpart(key: str) -> Counterpart:
    """Return the counterpart of a category; a publisher's own one has that of what it hangs under."""
    above: str | None = key
    while above is not None:
        if above in _built_in():
            return _built_in()[above]
        above = parent(above)
    return Counterpart("", "")


@cache
def _built_in() -> dict[str, Counterpart]:
    return {
        key: Counterpart(row.get("fideslang", ""), row.get("dpv", ""))
        for key, row in data_files.read("crosswalk.yaml").items()
    }
