"""Services as sections of a page: a heading, running text, and texts after labels such as `Location:`.

The headings of services are those of one level under one heading of which at least one has a label
below it that is about a service: what it does, sees, or where. Other labels (a contact, a safeguard, an
address) may be those of the publisher; they count where two neighbours have the same one, or where a table
names the service. A neighbour without a label counts as a service too, and is marked as a guess.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from subproc_cli.importers import vocabulary
from subproc_cli.importers.blocks import Block, Grid, Heading, Text, TextRun, collect_links, get_text
from subproc_cli.importers.candidates import is_only_services, split_lines
from subproc_cli.importers.columns import FieldMatch, Labels
from subproc_cli.importers.items import strip_number
from subproc_cli.importers.layouts import matters
from subproc_cli.importers.models import ABOVE, FIRST, HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import dates, split, use_conditions
from subproc_cli.importers.vocabulary import normalize

_LABEL = re.compile(r"\A\s*+([^:\n]{1,80}?)\s*+[:：]\s*", re.DOTALL)
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_BOLD_LINE = 7
"""The level of a line in bold that serves as a heading."""
_TELLING = frozenset(("purpose", "sees", "never_sees", "processing", "personal_data", "role"))
"""Fields whose labels are about a service; others may be said of a publisher as well."""
_LABEL_RUNS = 9
"""Runs within which a label in the middle of a paragraph ends."""
_LONGEST_NAME = 6
"""Maximum number of words of a line that may be the name of a service."""


class Section(NamedTuple):
    """A heading and what is between it and the next one.

    Attributes:
        body: texts and tables, and services that were found already: those of a table.
        above: the positions of the headings that it is under.
    """

    heading: Heading
    body: tuple[Text | Grid | RawService, ...]
    above: tuple[int, ...]


def extract_services(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the sections of services replaced by these."""
    before, parts = split_sections([part for block in blocks for part in split_labels(block, labels)])
    in_tables = {normalize(each.cells[0].text) for each in blocks if isinstance(each, RawService)}
    families = _families(parts, in_tables, labels)
    left: list[Block | RawService] = list(before)
    used: set[int] = set()
    for part in parts:
        name = get_text(part.heading.runs)
        is_labelled = _is_labelled(part, labels)
        is_aside = vocabulary.contains_phrase(
            normalize(name), vocabulary.load_phrases("asides")
        ) or _has_services(part)
        is_aside = is_aside or is_only_services(name) or matters.is_matter(name)
        is_aside = is_aside or (not is_labelled and (_is_contact(part) or _is_of_publisher(part)))
        is_aside = is_aside or (not is_labelled and vocabulary.holds_unspaced(name, "services"))
        is_aside = is_aside or (not is_labelled and name[:1] in "([")
        in_family = families.get(_family(part), False) >= (not is_labelled) and _family(part) in families
        in_family = in_family and not _is_of_page(part, labels)
        in_family = in_family and not is_only_services(name)
        if (is_labelled and (in_family or normalize(name) in in_tables)) or (in_family and not is_aside):
            group = part.above[-1] if part.above and parts[part.above[-1]].heading.level > 1 else None
            used |= {group} if group is not None else set()
            left += _entries(part, _find_above(parts, group), labels)
        else:
            left += [part.heading, *part.body]
    groups = {id(parts[at].heading) for at in used}
    return [each for each in left if id(each) not in groups]


def split_sections(blocks: Sequence[Block | RawService]) -> tuple[list[Block | RawService], list[Section]]:
    """Return what precedes the first heading, and the sections."""
    before: list[Block | RawService] = []
    parts: list[Section] = []
    bodies: list[list[Text | Grid | RawService]] = []
    open_at: list[int] = []
    for block in map(as_heading, blocks):
        if isinstance(block, Heading):
            while open_at and parts[open_at[-1]].heading.level >= block.level:
                open_at.pop()
            parts.append(Section(block, (), tuple(open_at)))
            open_at.append(len(parts) - 1)
            bodies.append([])
        elif parts:
            bodies[-1].append(block)
        else:
            before.append(block)
    return before, [part._replace(body=tuple(body)) for part, body in zip(parts, bodies, strict=True)]


def as_heading(block: Block | RawService) -> Block | RawService:
    """Return a paragraph that is one short line in bold as a heading."""
    if (
        not isinstance(block, Text)
        or block.depth
        or not all(run.strong for run in block.runs if run.text.strip())
    ):
        return block
    text = get_text(block.runs)
    if ":" in text or "\n" in text or len(text.split()) > _LONGEST_NAME:
        return block
    return Heading(block.runs, _BOLD_LINE)


def _family(part: Section) -> tuple[int, tuple[int, ...]]:
    return part.heading.level, part.above


def _families(
    parts: Sequence[Section], in_tables: set[str], labels: Labels
) -> dict[tuple[int, tuple[int, ...]], bool]:
    """Return the families of sections that describe services, each with whether most of them have labels.

    Next to tables of services, one section with labels alone is a remark of the page, not one more service.
    """
    labelled: dict[tuple[int, tuple[int, ...]], list[set[str]]] = {}
    for part in parts:
        if _is_labelled(part, labels) and not _is_of_page(part, labels):
            labelled.setdefault(_family(part), []).append(_paths(part, labels))
    found = {}
    sizes = Counter(map(_family, parts))
    for family, members in labelled.items():
        tell = any(paths & _TELLING for paths in members)
        shared = any(a & b for at, a in enumerate(members) for b in members[at + 1 : at + 2])
        are_most = 2 * len(members) >= sizes[family]
        is_lone = len(members) == 1 and (bool(in_tables) or not are_most)
        if (tell or shared) and not is_lone and (are_most or not in_tables):
            found[family] = are_most
    return found


def _paths(part: Section, labels: Labels) -> set[str]:
    """Return the fields that the labels of a section mean."""
    labels_read = [parse_label(each.runs, labels) for each in part.body if isinstance(each, Text)]
    fields = [labels.field(each.label) for each in labels_read if each]
    return {field.path for field in fields if field}


def _is_of_page(part: Section, labels: Labels) -> bool:
    """Return whether a section speaks of the page or its publisher: `Our promise`, or one with a date."""
    if _paths(part, labels) & _TELLING:
        return False
    lines = [get_text(each.runs) for each in part.body if isinstance(each, Text)]
    first = get_text(part.heading.runs).split()[0].casefold()
    return first in vocabulary.load_words("own_headings") or any(map(dates.find_list_date, lines))


def _is_contact(part: Section) -> bool:
    """Return whether a section has a mail address, like a section on how to contact the publisher."""
    return any(_MAILBOX.search(get_text(each.runs)) for each in part.body if isinstance(each, Text))


def _is_of_publisher(part: Section) -> bool:
    """Return whether a section has a subject for its heading, or begins with a word such as `we`."""
    texts = [get_text(each.runs) for each in part.body if isinstance(each, Text)]
    first = (texts[0].split() if texts else [""])[0].casefold()
    is_subject = normalize(get_text(part.heading.runs)) in vocabulary.load_phrases("subjects")
    return is_subject or first in vocabulary.load_words("own_headings")


def _has_services(part: Section) -> bool:
    return any(isinstance(each, RawService) for each in part.body)


def _is_labelled(part: Section, labels: Labels) -> bool:
    """Return whether a section holds a label that is known, and no table of services."""
    found = [parse_label(each.runs, labels) for each in part.body if isinstance(each, Text)]
    return any(each and each.known for each in found) and not _has_services(part)


def split_labels(block: Block | RawService, labels: Labels) -> list[Block | RawService]:
    """Return a paragraph as several if known labels follow each other: `**Purpose:** … **Place:** …`."""
    if not isinstance(block, Text):
        return [block]
    lines = split_lines(block.runs)
    begin = [parse_label(line, labels) for line in lines] if len(lines) > 1 else []
    if begin and all(begin) and any(label.known for label in begin if label):
        return [block._replace(runs=line) for line in lines]
    cuts = [
        at
        for at, run in enumerate(block.runs)
        if run.strong and at and _is_known_label(block.runs[at : at + _LABEL_RUNS], labels)
    ]
    if not cuts or (len(cuts) == 1 and not parse_label(block.runs, labels)):
        return [block]
    bounds = [0, *cuts, len(block.runs)]
    parts = [block.runs[start:end] for start, end in pairwise(bounds)]
    return [block._replace(runs=part) for part in parts if get_text(part)]


def _is_known_label(runs: tuple[TextRun, ...], labels: Labels) -> bool:
    label = parse_label(runs, labels)
    return label is not None and label.known


class Label(NamedTuple):
    """A label that a text begins with, the text after it, and whether the label is known."""

    label: str
    text: str
    links: tuple[str, ...]
    known: bool


def parse_label(runs: tuple[TextRun, ...], labels: Labels) -> Label | None:
    """Return the label that a text begins with, if it is set apart or known, and the text after it."""
    text = "".join(run.text for run in runs)
    match = _LABEL.match(text)
    if match is None:
        return None
    label = " ".join(match[1].split())
    field: FieldMatch | None = labels.field(label)
    first = next(run for run in runs if run.text.strip())
    if field is None and not (first.strong and len(first.text.strip(" :")) <= len(label)):
        return None
    is_long = len(split.split_brackets(label)[0].split()) > _LONGEST_NAME
    if field is None and (is_long or match.end() == len(text)):
        return None
    return Label(
        label, get_text([TextRun(text[match.end() :])]), collect_links(runs), known=field is not None
    )


def has_labelled_lines(block: Text, labels: Labels) -> bool:
    """Return whether a line below the first one has a known label: `Acme`, then `Purpose: Hosting`."""
    return any(_is_known_label(line, labels) for line in split_lines(block.runs)[1:])


def _find_above(parts: Sequence[Section], group: int | None) -> tuple[Cell, ...]:
    """Return the heading that services are under, and the condition of their use below it."""
    if group is None:
        return ()
    texts = [get_text(block.runs) for block in parts[group].body if isinstance(block, Text)]
    conditions = [Cell(RUNNING, text) for text in texts if use_conditions.limits_use(text)]
    return (Cell(ABOVE, get_text(parts[group].heading.runs)), *conditions)


def _entries(part: Section, above: tuple[Cell, ...], labels: Labels) -> Iterator[RawService]:
    """Yield the service of a section, and the services inside of it that begin with a bare line."""
    for name, remark, body in _divided(part, labels):
        yield RawService((name, *_cells(body, labels), *above), (remark,) if remark else ())


def _divided(part: Section, labels: Labels) -> Iterator[tuple[Cell, str, Sequence[Text | Grid | RawService]]]:
    """Yield the name of each service of a section, a remark about it, and the blocks below it."""
    runs = part.heading.runs
    name, remark = Cell(HEADING, strip_number(get_text(runs)), collect_links(runs)), ""
    if not _is_labelled(part, labels):
        remark = f"{name.text}: read as a service because the neighbouring sections are services"
    labels_read = [parse_label(each.runs, labels) if isinstance(each, Text) else None for each in part.body]
    last_uses = {label.label: at for at, label in enumerate(labels_read) if label}
    start, last_use = 0, 0  # where the service begins, and the last use of any label that it has
    for at, (block, label) in enumerate(zip(part.body, labels_read, strict=True)):
        if label:
            last_use = max(last_use, last_uses[label.label])
        elif last_use > at and isinstance(block, Text) and _is_bare_line(block):
            yield name, remark, part.body[start:at]
            name, start = Cell(HEADING, get_text(block.runs), collect_links(block.runs), guessed=True), at + 1
            last_use = 0
            remark = f"{name.text}: read as a service although it is plain text, not a heading"
    yield name, remark, part.body[start:]


def _cells(body: Sequence[Text | Grid | RawService], labels: Labels) -> Iterator[Cell]:
    """Yield the labelled and the running texts below the name of a service."""
    opened: tuple[str, int] | None = None  # a label whose texts are in the list below it
    known = [parse_label(block.runs, labels) for block in body if isinstance(block, Text)]
    fields = [labels.field(label.label) for label in known if label]
    first = not any(field and field.path == "purpose" for field in fields)
    for block in body:
        if not isinstance(block, Text):
            yield from _of_grid(block) if isinstance(block, Grid) else ()
            continue
        label, text, linked = parse_label(block.runs, labels), get_text(block.runs), collect_links(block.runs)
        if label:
            yield Cell(label.label, label.text, label.links)
        elif opened and block.depth > opened[1]:
            yield Cell(opened[0], text, linked)
            continue
        elif first:
            purpose, *rest = split.split_sentences(text) or [text]
            yield Cell(FIRST, purpose, linked)
            yield from [Cell(RUNNING, " ".join(rest))] if rest else []
            first = False
        else:
            yield Cell(RUNNING, text, linked)
        opened = (label.label, block.depth) if label and not label.text else None


_LABEL_AND_TEXT = 2
"""Columns of a table that has a label and a text in each row."""


def _of_grid(grid: Grid) -> Iterator[Cell]:
    """Yield the cells of a table inside a section: labels with texts if it has two columns."""
    for row in grid.rows:
        texts = [get_text(runs) for runs in row]
        if len(row) == _LABEL_AND_TEXT:
            yield Cell(texts[0] or RUNNING, texts[1], collect_links(row[1]))
        else:
            yield Cell(
                RUNNING,
                " | ".join(filter(None, texts)),
                tuple(link for runs in row for link in collect_links(runs)),
            )


def split_label_grid(grid: Grid, labels: Labels) -> list[Text]:
    """Return a table with a label and a text in each row as labelled texts; none for other tables.

    Headers such as `Field` and `Value`, or empty ones, say that it is one; otherwise most labels have to be
    known.
    """
    rows = [row for row in grid.rows if any(map(get_text, row))]
    if not rows or any(len(row) != _LABEL_AND_TEXT for row in rows):
        return []
    is_bare = rows[0] is not grid.rows[0]
    are_pairs = all(
        normalize(get_text(cell)) in vocabulary.load_phrases("leads", "pairs") for cell in rows[0]
    )
    is_headed = is_bare or are_pairs
    rows = rows[are_pairs:]
    known = [labels.field(get_text(row[0]).strip(" :")) for row in rows]
    fewest = min(len(rows), _LABEL_AND_TEXT) if is_headed else len(rows) // 2 + 1
    is_list = not is_headed and any(labels.field(get_text(row[1])) for row in rows[:1])
    if sum(map(bool, known)) < fewest or is_list:
        return []
    return [Text((TextRun(f"{get_text(label).strip(' :')}: ", strong=True), *text)) for label, text in rows]


def _is_bare_line(block: Text) -> bool:
    """Return whether a paragraph may be a name: a short line without an end."""
    text = get_text(block.runs)
    return (
        not block.depth and "\n" not in text and len(text.split()) <= _LONGEST_NAME and text[-1] not in ".!?:"
    )
