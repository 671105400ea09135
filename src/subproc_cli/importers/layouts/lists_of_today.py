"""The list of today below a heading that speaks of changes."""

from collections.abc import Sequence

from subproc_cli.importers import vocabulary
from subproc_cli.importers.blocks import Block, Grid, Text, get_text
from subproc_cli.importers.text import split
from subproc_cli.importers.vocabulary import normalize


def is_opened(lead: Text, below: Sequence[Block]) -> bool:
    """Return whether a sentence below a heading such as `Updates` opens the list of today.

    It says `may use the following subprocessors:` without a day, and the first block below it is a table
    without columns of days or changes.
    """
    last = (split.split_sentences(get_text(lead.runs)) or [""])[-1]
    if not vocabulary.contains_words(last, "not_in_use", "today") or any(map(str.isdigit, last)):
        return False
    kinds = ("states", "leads", "logs", "not_today")
    is_plain = not any(vocabulary.contains_words(last, "not_in_use", kind) for kind in kinds)
    if not is_plain or vocabulary.contains_negation(last):
        return False
    grid = below[0] if below else None
    others = vocabulary.load_phrases("not_in_use", "dates") | vocabulary.load_phrases("not_in_use", "changes")
    return isinstance(grid, Grid) and not others & {normalize(get_text(runs)) for runs in grid.rows[0]}
