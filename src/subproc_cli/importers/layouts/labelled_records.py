"""Services as lines with labels, one of which is their name: `Name: Acme`, as annexes to contracts have them.

A record begins with each label of a name, and ends where the next one begins. A heading that is itself a
name is left to the sections of a page.
"""

from collections.abc import Iterator, Sequence

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun, get_text
from subproc_cli.importers.columns import Labels, normalize_label
from subproc_cli.importers.layouts import headings
from subproc_cli.importers.models import HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import split

_TELLING = frozenset(("purpose", "sees", "processing", "never_sees", "personal_data"))
_FEWEST_FIELDS = 2
"""Minimum number of fields of a record that is the only one."""
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
    before: list[Text] = []
    records: list[list[Cell]] = []
    last: Text | None = None
    for block in run:
        cells = list(_cells(block, labels))
        if any(_is_name(cell, labels) for cell in cells):
            last = block
        if last is None:
            before.append(block)
            continue
        for cell in cells:
            if _is_name(cell, labels):
                records.append([cell._replace(label=HEADING)])
            elif records:
                records[-1].append(cell)
    is_titled = candidates.is_name(title, labels) and not candidates.speaks_of_services(title)
    if is_titled and len(records) < _FEWEST_UNDER_NAME:
        return list(run)
    fields = [{field.path for cell in record if (field := labels.field(cell.label))} for record in records]
    telling = sum(bool(paths & _TELLING) for paths in fields)
    is_alone = len(records) == 1 and len(fields[0]) < _FEWEST_FIELDS
    if not records or is_alone or 2 * telling <= len(records):
        return list(run)
    return [*before, *(RawService(tuple(record)) for record in records)]


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
