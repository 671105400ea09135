"""Services whose sections all have the same parts, each below a heading: `Services provided`, `Safeguards`.

The headings of such parts are labels; the text below each is read like that after a label.
"""

from collections import Counter
from collections.abc import Sequence

from subproc_cli.importers import items
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun, get_text
from subproc_cli.importers.text import split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.vocabulary import normalize

_FEWEST = 2
"""Number of companies that have a part, and of parts that a company has, from which they are a pattern."""


def label_parts(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the headings of parts that several companies share as labels."""
    parts = _find_parts(blocks)
    titles = {at: {_title(blocks[part]) for part in found} for at, found in parts.items()}
    counts = Counter(title for at, each in titles.items() if _is_company(blocks[at]) for title in each)
    shared = {title for title, count in counts.items() if count >= _FEWEST}
    labels = {
        part
        for at, found in parts.items()
        if len(titles[at] & shared) >= _FEWEST
        for part in found
        if _title(blocks[part]) in shared
    }
    return [_as_label(block) if at in labels else block for at, block in enumerate(blocks)]


def _find_parts(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """Return the positions of the headings directly below each heading, by its position."""
    parts: dict[int, list[int]] = {}
    open_at: list[tuple[int, int]] = []  # the level and the position of each heading around
    for at, block in enumerate(blocks):
        if isinstance(block, Heading):
            while open_at and open_at[-1][0] >= block.level:
                open_at.pop()
            if open_at:
                parts.setdefault(open_at[-1][1], []).append(at)
            open_at.append((block.level, at))
    return parts


def _is_company(block: Block) -> bool:
    text = items.strip_number(_get_heading(block))
    return has_legal_form(text) or has_legal_form(split.split_brackets(text)[0])


def _title(block: Block) -> str:
    return normalize(_get_heading(block))


def _get_heading(block: Block) -> str:
    return get_text(block.runs) if isinstance(block, Heading) else ""


def _as_label(block: Block) -> Block:
    return Text((TextRun(f"{_get_heading(block)}:", strong=True),))
