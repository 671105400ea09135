"""Services as sections without labels: headings that are names, with a text, links or lines below."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.blocks import Block, Grid, Text, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.items import IN_BRACKETS, is_place, strip_number
from subproc_cli.importers.layouts.headings import (
    Label,
    Section,
    has_labelled_lines,
    parse_label,
    split_sections,
)
from subproc_cli.importers.models import ABOVE, FIRST, HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import places, split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.reference.service_types import find_service_type

_DASH = re.compile(r"\s+[—–|-]\s+")
_FEWEST = 2
"""Number of neighbours from which headings that look like names are a pattern."""
_MOST = 0.6
"""The share of neighbours for which something else must say that they are services."""
_HALF = 0.5
_LONGEST_IN_BRACKETS = 3
"""Maximum number of words in brackets after a name that may belong to it."""
_LONGEST_LINE = 10
"""Maximum number of words of a line of a card: it is not a sentence of a text."""


def extract_services(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the sections of services replaced by these."""
    before, parts = split_sections(blocks)
    families: dict[tuple[int, tuple[int, ...]], list[Section]] = {}
    for part in parts:
        if part.body and not _is_aside(part):
            families.setdefault((part.heading.level, part.above), []).append(part)
    services: dict[int, _Title] = {}
    for (_, path), members in families.items():
        above = get_text(parts[path[-1]].heading.runs) if path else ""
        services |= _services(members, labels, is_listed=candidates.is_only_services(above))
    cousins: dict[tuple[int, tuple[int, ...]], list[Section]] = {}
    for (level, path), members in families.items():  # one name below each of several headings
        if path and not any(id(part) in services for part in members):
            cousins.setdefault((level, path[:-1]), []).extend(members)
    for members in cousins.values():
        services |= _services(members, labels)
    left: list[Block | RawService] = list(before)
    for part in parts:
        if id(part) in services:
            above = get_text(parts[part.above[-1]].heading.runs) if part.above else ""
            left.append(_entry(part, services[id(part)], above, labels))
        else:
            left += [part.heading, *part.body]
    return left


def _is_aside(part: Section) -> bool:
    return candidates.is_aside(get_text(part.heading.runs))


def _services(members: list[Section], labels: Labels, *, is_listed: bool = False) -> dict[int, "_Title"]:
    """Return the titles of the sections that are services, none unless most of them look like it.

    Args:
        members: neighbouring sections.
        labels: the labels that are known.
        is_listed: whether they are below a heading such as `Subprocessors`.
    """
    titles = _find_titles(members)
    named = [
        part
        for part in members
        if candidates.is_name(titles[id(part)].name, labels) and not _holds_services(part, labels)
    ]
    evident = [part for part in named if _has_evidence(part, titles[id(part)], labels)]
    if len(evident) < max(_FEWEST, (_HALF if is_listed else _MOST) * len(members)):
        return {}
    are_all = is_listed or len(evident) == len(named)
    return {id(part): titles[id(part)] for part in (named if are_all else evident)}


def _holds_services(part: Section, labels: Labels) -> bool:
    """Return whether a paragraph of a section begins with a name in bold, above lines with labels."""
    return any(
        isinstance(block, Text)
        and not block.depth
        and bool(items.split_lead(block.runs)[0])
        and has_labelled_lines(block, labels)
        for block in part.body
    )


class _Title(NamedTuple):
    """The parts of a heading: `Hosting — Acme (Germany)`, `Acme (for customers with the old plan)`."""

    name: str
    category: str = ""
    place: str = ""
    remark: str = ""


def _find_titles(members: list[Section]) -> dict[int, _Title]:
    """Return the titles of neighbours; where all are in two parts, they have their names on the same side."""
    titles = {id(part): _title(part) for part in members}
    halves = [_DASH.split(strip_number(get_text(part.heading.runs)), maxsplit=1) for part in members]
    if len(members) <= _FEWEST or any(len(parts) < _FEWEST for parts in halves):
        return titles
    first, last = (sum(find_service_type(parts[at]) is not None for parts in halves) for at in (0, 1))
    if not first or last:
        return titles
    named = zip(members, halves, strict=True)
    return {id(part): _Title(name.strip(), kind.strip()) for part, (kind, name) in named}


def _title(part: Section) -> _Title:
    """Return the name in a heading, the type of service before or after it, and the place in brackets."""
    text = strip_number(get_text(part.heading.runs))
    match = IN_BRACKETS.match(text)
    place = match[2] if match and is_place(match[2]) else ""
    is_part = match is None or len(match[2].split()) <= _LONGEST_IN_BRACKETS or has_legal_form(match[2])
    remark = "" if match is None or is_part or place else match[2]
    text = match[1] if match and (place or remark) else text
    before, mark, after = text.partition(": ")
    if mark and after.strip():
        return _Title(after.strip(), before.strip(), place, remark)
    first, *others = _DASH.split(text, maxsplit=1)
    if others and find_service_type(first):
        return _Title(others[0].strip(), first.strip(), place, remark)
    if others and find_service_type(others[0]):
        return _Title(first.strip(), others[0].strip(), place, remark)
    return _Title(text, "", place, remark)


def _has_evidence(part: Section, title: _Title, labels: Labels) -> bool:
    """Return whether the body of a section says that its heading is the name of a service."""
    name, category, place, _ = title
    if find_service_type(name):
        return False
    if place or category:
        return True
    body = [block for block in part.body if isinstance(block, Text)]
    links = [link for block in body for link in collect_links(block.runs)]
    first = get_text(body[0].runs) if body else ""
    return (
        any(map(candidates.is_external, collect_links(part.heading.runs)))
        or name in first.split("\n")[0]
        or vocabulary.build_pattern("leads", "begins").match(first) is not None
        or any(candidates.links_to(name, link) for link in links)
        or has_legal_form(name)
        or _is_card(body)
        or (bool(body) and _read_kind(parse_label(body[0].runs, labels)) != "")
    )


def _read_kind(label: Label | None) -> str:
    """Return the kind of services that an unknown label is: `Hosting: our servers`."""
    return "" if label is None or label.known else find_service_type(label.label) or ""


def _is_card(body: list[Text]) -> bool:
    """Return whether texts are the lines of a card: all short, and one of them is a place or a link."""
    lines = [line for block in body for line in candidates.split_lines(block.runs)]
    cells = [candidates.read_line(get_text(line), collect_links(line)) for line in lines]
    return any(cell.path for cell in cells) and all(
        len(cell.text.split()) <= _LONGEST_LINE or cell.path for cell in cells
    )


def _entry(part: Section, title: _Title, above: str, labels: Labels) -> RawService:
    name, category, place, condition = title
    purpose = [Cell(FIRST, category)] if category else []
    purpose += [Cell(RUNNING, place, path=places.PATH, guessed=True)] if place else []
    purpose += [Cell(RUNNING, condition)] if condition else []
    group = [Cell(ABOVE, above)] if above and not candidates.speaks_of_services(above) else []
    remark = f"{name}: read as a service because it is a heading with a text about it"
    heading = Cell(HEADING, name, collect_links(part.heading.runs), guessed=True)
    return RawService(
        (heading, *purpose, *_cells(part, labels, has_purpose=bool(category)), *group), (remark,)
    )


def _cells(part: Section, labels: Labels, *, has_purpose: bool) -> Iterator[Cell]:
    """Yield the purpose of a service, and the further lines below its heading."""
    for block in part.body:
        if isinstance(block, RawService):
            continue
        if isinstance(block, Grid):
            yield from (Cell(RUNNING, " | ".join(filter(None, map(get_text, row)))) for row in block.rows)
            continue
        for line in candidates.split_lines(block.runs):
            text, links = get_text(line), collect_links(line)
            label = parse_label(line, labels)
            first, *others = split.split_sentences(text) or [text]
            if label and not has_purpose and _read_kind(label):
                yield Cell(FIRST, text, links)
                has_purpose = True
            elif label:
                yield Cell(label.label, label.text, label.links)
            elif has_purpose or block.depth or candidates.read_line(first, links).path:
                yield candidates.read_line(text, links)
            else:
                yield Cell(FIRST, first, links)
                yield from [candidates.read_line(" ".join(others), ())] if others else []
                has_purpose = True
