"""Services as lines with labels, one of which is their name: `Name: Acme`, as annexes to contracts have them.

A record begins with each label of a name, or with the label directly before the first of them, and ends
where the next one begins. A heading that is itself a name is left to the sections of a page.
"""

import re
from collections.abc import Iterator, Sequence

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun, get_text
from subproc_cli.importers.columns import Labels, normalize_label
from subproc_cli.importers.layouts import headings
from subproc_cli.importers.models import ABOVE, HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import split

_TELLING = frozenset(("purpose", "sees", "processing", "never_sees", "personal_data"))
_FEWEST_FIELDS = 2
"""Minimum number of fields of a record that is the only one."""
_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Ltd|Corp|Co|Pty|Ltda|plc)|\.\w)\.\Z", re.IGNORECASE)
_FEWEST_UNDER_NAME = 2
"""Number of records from which a heading that may be a name is that of a group: `Hosting`."""


def extract_services(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the runs of labelled lines that describe services replaced by these."""
    left: list[Block | RawService] = []
    run: list[Text] = []
    heading = ""
    for block in (*blocks, None):
        if isinstance(block, Text):
            run.append(block)
            continue
        left += _read(run, heading, labels)
        run = []
        heading = get_text(block.runs) if isinstance(block, Heading) else ""
        left += [block] if block is not None else []
    return left


def _read(run: list[Text], heading: str, labels: Labels) -> list[Text | RawService]:
    """Return the services of some texts, or the texts if they describe none."""
    title = items.strip_number(heading)
    found = [list(_cells(block, labels)) for block in run]
    named_at = next((at for at, cells in enumerate(found) if _find_name(cells, labels)), len(run))
    start = _find_start(found, named_at, labels)
    before = run[:start]
    records = _divide([cell for cells in found[start:] for cell in cells], labels)
    nameless = [record for record in records if record[0].label != HEADING]
    records = [record for record in records if record[0].label == HEADING]
    is_titled = candidates.is_name(title, labels) and not candidates.speaks_of_services(title)
    if is_titled and len(records) < _FEWEST_UNDER_NAME:
        return list(run)
    fields = [{field.path for cell in record if (field := labels.field(cell.label))} for record in records]
    telling = sum(bool(paths & _TELLING) for paths in fields)
    is_alone = len(records) == 1 and len(fields[0]) < _FEWEST_FIELDS
    if not records or is_alone or 2 * telling <= len(records):
        return list(run)
    after = [Text((TextRun(_format(cell)),)) for record in nameless for cell in record]
    return [*before, *(RawService(tuple(record)) for record in records), *after]


def _find_start(found: Sequence[Sequence[Cell]], named_at: int, labels: Labels) -> int:
    """Return the first of the labelled texts directly before the first name that are about a service."""
    start = named_at
    while start and found[start - 1] and all(_is_telling(cell, labels) for cell in found[start - 1]):
        start -= 1
    return start


def _divide(cells: Sequence[Cell], labels: Labels) -> list[list[Cell]]:
    """Return the records of some labelled texts, each with its name first.

    Each begins with the label that the first one begins with. Texts before it that only head the next record
    are its group.
    """
    records: list[list[Cell]] = []
    opening = normalize_label(cells[0].label) if cells else ""
    is_named = bool(cells) and _is_name(cells[0], labels)
    for cell in cells:
        if _is_name(cell, labels) if is_named else normalize_label(cell.label) == opening:
            group = _pop_heads(records[-1]) if records and not is_named else []
            records.append([cell, *group])
        elif records:
            records[-1].append(cell)
    return [_put_name_first(record, labels) for record in records]


def _pop_heads(record: list[Cell]) -> list[Cell]:
    """Take labels without a text from the end of a record."""
    heads: list[Cell] = []
    while record and (text := _find_head(record[-1])):
        record.pop()
        heads.append(Cell(ABOVE, text))
    return heads


def _find_head(cell: Cell) -> str:
    """Return a label without a text: `Payment processors:`; empty for any other text."""
    if cell.label == RUNNING:
        return cell.text[:-1] if cell.text.endswith(":") else ""
    return "" if cell.text else cell.label


def _put_name_first(record: list[Cell], labels: Labels) -> list[Cell]:
    name = _find_name(record, labels)
    if name is None:
        return record
    text = name.text if _ABBREVIATED.search(name.text) else name.text.removesuffix(".")
    return [name._replace(label=HEADING, text=text), *(cell for cell in record if cell is not name)]


def _find_name(cells: Sequence[Cell], labels: Labels) -> Cell | None:
    return next((cell for cell in cells if _is_name(cell, labels)), None)


def _is_telling(cell: Cell, labels: Labels) -> bool:
    field = labels.field(cell.label)
    return field is not None and field.path in _TELLING


def _format(cell: Cell) -> str:
    return cell.text if cell.label.startswith("(") else f"{cell.label}: {cell.text}"


def _cells(block: Text, labels: Labels) -> Iterator[Cell]:
    """Yield the labelled lines of a text; a line without a label goes on with the one before it."""
    for line in candidates.split_lines(block.runs):
        for part in headings.split_labels(Text(_without_number(line)), labels):
            if isinstance(part, Text):
                label = headings.parse_label(part.runs, labels)
                text = get_text(part.runs)
                yield Cell(label.label, label.text, label.links) if label else Cell(RUNNING, text)


def _without_number(line: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    first, *others = line
    return (first._replace(text=items.strip_number(first.text)), *others)


def _is_name(cell: Cell, labels: Labels) -> bool:
    """Return whether a line states the name of a company, not of what it does: `Service` may be either."""
    field = labels.field(cell.label)
    if field is None or field.path != "name" or not cell.text or len(split.split_sentences(cell.text)) > 1:
        return False
    return normalize_label(cell.label) not in vocabulary.load_phrases("leads", "either_labels")
