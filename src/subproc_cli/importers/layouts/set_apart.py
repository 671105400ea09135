"""Services as bullets or paragraphs that each begin with a linked or bold name, whatever is above them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from subproc_cli.importers import candidates, items
from subproc_cli.importers.blocks import Block, Heading, Text, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.layouts import headings
from subproc_cli.importers.models import ABOVE, FIRST, HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import dates, split, use_conditions
from subproc_cli.reference.service_types import find_service_type

_FEWEST = 2
"""Number of neighbours from which a name at the beginning is a pattern."""
_FEWEST_LINKED = 3
_MAX_STARTS = 50
"""Items of one list, or paragraphs in a row, that are tried as the first service."""
_HALF = 0.5
_MOST = 0.75
"""The share of neighbours that must look like a service."""


def extract_services(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the lists and paragraphs of services replaced by these."""
    left: list[Block | RawService] = []
    lead = ""
    above = candidates.HeadingPath()
    at = 0
    starts = _Starts(blocks)
    is_pattern = _is_pattern(blocks, labels)
    while at < len(blocks):
        run = starts.find_run(at)
        entries = _read_all(run, above, lead, labels) if run else []
        if run and not entries and is_pattern and above.is_category:
            most = 0 if candidates.is_kind(above.last) else _HALF
            entries = _read(run, above.last, lead, labels, _Threshold(1, most))
        if entries:
            left += entries
            at += len(run)
            continue
        block = blocks[at]
        left.append(block)
        at += 1
        above.add(block)
        if isinstance(block, Heading):
            lead = ""
        elif isinstance(block, Text) and block.depth == 0:
            text = get_text(block.runs)
            lead = lead if dates.find_list_date(text) else text
    return left


def _is_pattern(blocks: Sequence[Block | RawService], labels: Labels) -> bool:
    """Return whether the paragraphs and bullets under several categories of services begin with names."""
    above = candidates.HeadingPath()
    found: list[tuple[str, bool]] = []
    for block in blocks:
        above.add(block)
        if not isinstance(block, Text) or not block.fresh or not above.is_category:
            continue
        name, rest = items.split_lead(block.runs)
        if name and candidates.is_name(name, labels):
            is_evident = candidates.has_evidence(name, rest, collect_links(block.runs))
            found.append((above.last, is_evident or candidates.is_kind(above.last)))
    headings_above = {heading for heading, _ in found}
    evident = sum(is_evident for _, is_evident in found)
    return len(headings_above) >= _FEWEST and len(found) >= _FEWEST_LINKED and evident >= _HALF * len(found)


def extract_linked(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the lists replaced in which each bullet begins with a link to another site."""
    left: list[Block | RawService] = []
    at = 0
    starts = _Starts(blocks)
    while at < len(blocks):
        run = starts.find_run(at)
        if len(run) >= _FEWEST_LINKED and run[0].depth and all(map(_is_linked, run)):
            entries = _read(run, "", "", labels)
            left += entries or run
            at += len(run)
        else:
            left.append(blocks[at])
            at += 1
    return left


def _is_linked(item: Text) -> bool:
    first = next((run for run in item.runs if run.text.strip()), None)
    return first is not None and candidates.is_external(first.link) and bool(items.split_lead(item.runs)[1])


class _Starts:
    """The positions at which neighbours that are services may begin: not every one of a long list."""

    def __init__(self, blocks: Sequence[Block | RawService]) -> None:
        self._blocks = blocks
        self._end = 0
        self._tries = 0

    def find_run(self, at: int) -> list[Text]:
        """Return the neighbours from a position on; none after many tries within the same ones."""
        self._tries = self._tries + 1 if at < self._end else 0
        run = _neighbours(self._blocks, at) if self._tries < _MAX_STARTS else []
        self._end = max(self._end, at + len(run))
        return run


def _neighbours(blocks: Sequence[Block | RawService], at: int) -> list[Text]:
    """Return the bullets of one list, or the paragraphs that each begin with a name, from a position on."""
    first = blocks[at]
    if not isinstance(first, Text):
        return []
    found: list[Text] = []
    for position in range(at, len(blocks)):
        block = blocks[position]
        is_next = isinstance(block, Text) and (
            block.depth > 0 if first.depth else block.depth == 0 and bool(items.split_lead(block.runs)[0])
        )
        if not is_next or not isinstance(block, Text):
            break
        found.append(block)
    return found


def _read_all(
    run: list[Text], path: candidates.HeadingPath, lead: str, labels: Labels
) -> list[Text | RawService]:
    """Return neighbours with the services among them replaced by these, as `_read` does.

    Bare bold bullets may be headings of those below them.
    """
    outer, heading = list(_group(run)), path.last
    if len(outer) == 1 and path.is_category and find_service_type(heading):
        return _read(run, heading, lead, labels, _Threshold(1, _MOST))
    if not run[0].depth or not all(map(_is_category, outer)):
        return _read(run, heading, lead, labels)
    inner = [block for item in outer for block in item[1:]]
    depth = min(block.depth for block in inner)
    flat = _read(
        [block._replace(depth=block.depth - depth + 1) for block in inner],
        heading,
        lead,
        labels,
        _Threshold(1, _MOST),
    )
    above = {items.split_lead(block.runs)[0]: get_text(item[0].runs) for item in outer for block in item[1:]}
    found: list[Text | RawService] = []
    for entry in flat:
        if isinstance(entry, Text):
            found.append(entry)
            continue
        own = tuple(cell for cell in entry.cells if cell.label != ABOVE)
        found.append(entry._replace(cells=(*own, Cell(ABOVE, above.get(entry.cells[0].text, heading)))))
    return found


def _is_category(item: list[Text]) -> bool:
    """Return whether a bullet is bare, and each one directly below it begins with a name and has a text."""
    name, rest = items.split_lead(item[0].runs)
    below = [block for block in item[1:] if block.depth == item[0].depth + 1]
    leads = [items.split_lead(block.runs) for block in below]
    is_linked = any(run.link for run in item[0].runs)
    return (
        bool(name)
        and not rest
        and not is_linked
        and bool(leads)
        and all(lead and text for lead, text in leads)
    )


class _Threshold(NamedTuple):
    """How many neighbours there are at least, and the share of them that must look like a service."""

    fewest: int
    most: float


_USUAL = _Threshold(_FEWEST, _MOST)


def _read(
    run: list[Text], heading: str, lead: str, labels: Labels, threshold: _Threshold = _USUAL
) -> list[Text | RawService]:
    """Return neighbours with the services among them replaced by these; none unless most look like one."""
    fewest, most = threshold
    found = list(_group(run))
    names = [items.split_lead(item[0].runs) for item in found]
    likely = [bool(name) and candidates.is_name(name, labels) for name, _ in names]
    if all(headings.has_labelled_lines(item[0], labels) for item in found):
        fewest = 1
    if all(_is_anchor(item[0]) for item in found):
        return []
    if len(found) < fewest or sum(likely) < max(fewest, _MOST * len(found)):
        return []
    is_introduced = candidates.is_lead(lead) or (not lead and candidates.speaks_of_services(heading))
    if candidates.is_aside(heading) and not is_introduced:
        return []
    evidence = [
        candidates.has_evidence(name, rest, [link for each in item for link in collect_links(each.runs)])
        or headings.has_labelled_lines(item[0], labels)
        for (name, rest), item in zip(names, found, strict=True)
    ]
    texts = [rest or len(item) > 1 for (_, rest), item in zip(names, found, strict=True)]
    if sum(evidence) < most * len(found) or not (is_introduced or any(texts)):
        return []
    group = heading if heading and not candidates.speaks_of_services(heading) else ""
    is_condition = use_conditions.limits_use(lead)
    above = [Cell(ABOVE, group)] if group else []
    above += [Cell(RUNNING, lead)] if is_condition else []
    return [
        part
        for item, is_likely in zip(found, likely, strict=True)
        for part in ([_entry(item, above, labels)] if is_likely else item)
    ]


def _is_anchor(item: Text) -> bool:
    """Return whether a bullet is nothing but a link within its page, as in a table of contents."""
    links = collect_links(item.runs)
    return bool(links) and all(link.startswith("#") for link in links) and not items.split_lead(item.runs)[1]


def _group(run: list[Text]) -> Iterator[list[Text]]:
    """Yield each outermost bullet with those below it, or each paragraph."""
    found: list[list[Text]] = []
    outermost = min((each.depth for each in run), default=0)
    for block in run:
        if not found or (block.fresh and block.depth == outermost) or block.depth == 0:
            found.append([block])
        else:
            found[-1].append(block)
    yield from found


def _entry(item: list[Text], above: list[Cell], labels: Labels) -> RawService:
    return RawService((*_cells(item, labels), *above))


def _cells(item: list[Text], labels: Labels) -> Iterator[Cell]:
    """Yield the name, the purpose and the further lines of a bullet or a paragraph."""
    lines = candidates.split_lines(item[0].runs)
    name, rest = items.split_lead(lines[0])
    yield Cell(HEADING, name, collect_links(lines[0]), guessed=True)
    after = list(items.iter_rest(rest, labels))
    yield from after
    has_purpose = any(cell.label == FIRST for cell in after)
    for line in (*lines[1:], *(each.runs for each in item[1:])):
        label = headings.parse_label(line, labels)
        text, links = get_text(line), collect_links(line)
        if label:
            yield Cell(label.label, label.text, label.links)
            continue
        cell = candidates.read_line(text, links)
        if not cell.path and not has_purpose:
            first, *others = split.split_sentences(text) or [text]
            yield Cell(FIRST, first.removesuffix("."), links)
            yield from [Cell(RUNNING, " ".join(others))] if others else []
            has_purpose = True
        else:
            yield cell
