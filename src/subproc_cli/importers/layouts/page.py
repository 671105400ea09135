"""The services of a page: its tables, otherwise its headings with labels, and its lists of bullets."""

import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.blocks import Block, Grid, Heading, Text, TextRun, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.layouts import (
    bullets,
    headings,
    inactive_sections,
    inactive_services,
    labelled_records,
    matters,
    prose,
    repeated_parts,
    sections,
    set_apart,
    tables,
    translations,
    unlabelled,
)
from subproc_cli.importers.layouts.tables import TableCell
from subproc_cli.importers.mapping import find_field
from subproc_cli.importers.models import (
    ABOVE,
    HEADING,
    RUNNING,
    Cell,
    InactiveService,
    RawService,
    RawTable,
)
from subproc_cli.importers.text import split, use_conditions
from subproc_cli.importers.text.entities import strip_legal_form
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.output.document import format_count

Extract: TypeAlias = Callable[[Sequence[Block | RawService], Labels], list[Block | RawService]]
_SET_APART: tuple[Extract, ...] = (
    unlabelled.extract_services,
    sections.extract_services,
    set_apart.extract_services,
)
"""How services are found on a page about them that has no table, no labels and no list below a sentence."""
_FEWEST = 2
"""Minimum number of rows and columns of a table; with fewer it lays out a page."""


def find_services(blocks: list[Block], labels: Labels, title: str = "") -> RawTable:
    """Return the services of a page; what is outside of them is skipped."""
    blocks = [
        part
        for whole in repeated_parts.label_parts(blocks)
        for block in items.split_company_lines(whole)
        for each in bullets.split_enumeration(block)
        for part in (split_grid(each) if isinstance(each, Grid) else [each])
    ]
    kept, stretches = inactive_sections.split_blocks(bullets.lift_lists(blocks))
    first = next((get_text(block.runs) for block in blocks if isinstance(block, Heading)), "")
    loose = _SET_APART if candidates.is_about_services(blocks, (title,)) else ()
    is_about = any(map(candidates.speaks_of_services, (first, title)))
    loose += (prose.extract_services,) if is_about else (prose.extract_used,)
    entries, skipped, unread = _read(kept, labels, loose, title)
    left_out: list[InactiveService] = []
    for stretch in stretches:
        others, texts, _ = _read(stretch.blocks, labels, is_sure=True)
        left_out += [InactiveService(inactive_services.describe(each), stretch.why) for each in others]
        skipped += texts
    remarks = tuple(map(_describe_unread, unread))
    return RawTable(tuple(entries), tuple(skipped), (first, title), tuple(left_out), remarks=remarks)


def split_grid(grid: Grid) -> list[Block]:
    """Return a table as several where a row is nothing but a sentence that introduces more services."""
    leads = [
        at
        for at, row in enumerate(grid.rows)
        if len(texts := {text for runs in row if (text := get_text(runs))}) == 1
        and (text := texts.pop()).endswith(":")
        and candidates.speaks_of_services(text)
    ]
    found: list[Block] = []
    start = 0
    for at in (*leads, len(grid.rows)):
        hidden = frozenset(each - start for each in grid.hidden_rows if start <= each < at)
        found += [Grid(grid.rows[start:at], hidden)] if at > start else []
        found += [Text(grid.rows[at][0])] if at < len(grid.rows) else []
        start = at + 1
    return found


def _describe_unread(grid: Grid) -> str:
    """Return the warning that a table is not read although the page has services."""
    heads = [text for runs in grid.rows[0] if (text := get_text(runs))]
    columns = ", ".join(dict.fromkeys(" ".join(head.split()) for head in heads))
    rows = format_count(len(grid.rows) - 1, "row")
    hint = f"if it lists services, import again with --map {shlex.quote(f'{heads[0]}=name')}" if heads else ""
    if heads and not get_text(grid.rows[0][0]):
        hint = "if it lists services, give its first column a header such as Name, and import again"
    return f"a table with {rows} is not read; its columns are {columns or 'without headers'}; {hint}".rstrip(
        "; "
    )


def _read(
    blocks: Iterable[Block],
    labels: Labels,
    loose: Sequence[Extract] = (),
    title: str = "",
    *,
    is_sure: bool = False,
) -> tuple[list[RawService], list[str], list[Grid]]:
    """Return the services of some blocks, the texts outside of them, and the tables among these.

    Args:
        blocks: the blocks.
        labels: the labels that are known.
        loose: how to find services whose names are only set apart, if nothing clearer is found.
        title: what the page is called in its head.
        is_sure: whether the tables are known to list companies.
    """
    left, aside = matters.set_aside(_without_tables(blocks, labels, is_sure=is_sure))
    left = labelled_records.extract_services(left, labels)
    left = bullets.extract_services(headings.extract_services(left, labels), labels, title)
    for extract in loose:
        if not any(isinstance(each, RawService) for each in left):
            left = extract(left, labels)
    is_tabular = any(isinstance(each, RawService) and each.cells[0].label != HEADING for each in left)
    if loose and not is_tabular:
        left = set_apart.extract_linked(left, labels)
    entries = _merged(_merge_facts([each for each in left if isinstance(each, RawService)], labels))
    unread = [each for each in left if isinstance(each, Grid) and _is_table(each)]
    return entries, [*filter(None, map(_format_block, (*left, *aside)))], unread


def _is_table(grid: Grid) -> bool:
    """Return whether a table has rows and columns, and does not list something else than companies."""
    if len(grid.rows) < _FEWEST or len(grid.rows[0]) < _FEWEST:
        return False
    known = vocabulary.load_phrases("leads", "other_heads")
    return not any(normalize(get_text(runs)) in known for runs in grid.rows[0])


def _merged(entries: list[RawService]) -> list[RawService]:
    """Merge the services of tables with the sections of the same name."""
    names = Counter(_name(each) for each in entries if _is_row(each))
    titles = Counter(_name(each) for each in entries if not _is_row(each))
    sections_of = {_name(each): each for each in entries if not _is_row(each)}
    merged = {name: each for name, each in sections_of.items() if names[name] == titles[name] == 1}
    return [
        _both(each, merged[_name(each)]) if _is_row(each) and _name(each) in merged else each
        for each in entries
        if _is_row(each) or merged.get(_name(each)) is not each
    ]


_DESCRIBING = {"purpose", "role"}
"""Fields that say what a service is for; some pages head purposes with *role*."""


def _merge_facts(entries: list[RawService], labels: Labels) -> list[RawService]:
    """Merge rows of tables that do not say what services are for with the services that they name again.

    Where two columns are headed as names, `Subprocessor` and `Service`, one of them may say it.
    """
    listed = [[field.path for cell in each.cells if (field := find_field(cell, labels))] for each in entries]
    fields = list(map(set, listed))
    names = list(map(_name, entries))
    described = _count_described(names, fields)
    names = [
        _name_in_full(entry) if described[name] > 1 else name
        for entry, name in zip(entries, names, strict=True)
    ]
    described = _count_described(names, fields)
    known_as = _find_short_names(entries, names, described)
    names = [known_as.get(name, name) for name in names]
    repeated: dict[str, list[RawService]] = {}
    kept: list[tuple[str, RawService]] = []
    for entry, name, paths in zip(entries, names, listed, strict=True):
        is_described = bool(_DESCRIBING.intersection(paths)) or paths.count("name") > 1
        if described[name] == 1 and not is_described and _is_row(entry):
            repeated.setdefault(name, []).append(entry)
        else:
            kept.append((name, entry))
    return [
        entry._replace(
            cells=(*entry.cells, *(cell for row in repeated.get(name, ()) for cell in row.cells[1:]))
        )
        for name, entry in kept
    ]


def _count_described(names: list[str], fields: list[set[str]]) -> Counter[str]:
    """Return how many services of each name say what they are for."""
    return Counter(name for name, paths in zip(names, fields, strict=True) if paths & _DESCRIBING)


def _find_short_names(entries: list[RawService], names: list[str], described: Counter[str]) -> dict[str, str]:
    """Return the names of services that are described, by the short names in brackets after them.

    What is before a dash in a name may be before the short one as well: `Acme — Messaging (AM)`, `Acme AM`.
    A short name that is that of a service of its own, or of several services, is left as it is.
    """
    found: dict[str, set[str]] = {}
    for entry, name in zip(entries, names, strict=True):
        bare, inside = split.split_brackets(entry.cells[0].text)
        company, *products = items.SEPARATOR.split(items.strip_number(bare), maxsplit=1)
        for short in inside if described[name] else ():
            found.setdefault(normalize(short), set()).add(name)
            if products:
                found.setdefault(normalize(f"{company} {short}"), set()).add(name)
    return {
        short: next(iter(known)) for short, known in found.items() if len(known) == 1 and not described[short]
    }


def _is_row(entry: RawService) -> bool:
    """Return whether a service is the row of a table, not a section."""
    return entry.cells[0].label != HEADING


def _name(entry: RawService) -> str:
    """Return the name by which a row and a section are one service, without what is in brackets."""
    text = items.strip_number(entry.cells[0].text)
    return normalize(strip_legal_form(split.split_brackets(text)[0]) or text)


def _name_in_full(entry: RawService) -> str:
    return normalize(items.strip_number(entry.cells[0].text))


def _both(row: RawService, section: RawService) -> RawService:
    remark = f"{row.cells[0].text}: a table row and a section are read as one service"
    name, *others = section.cells
    if normalize(name.text) != normalize(row.cells[0].text):
        name = name._replace(label=RUNNING)
    return RawService(
        (*row.cells, name, *others), (*row.remarks, *section.remarks, remark), is_hidden=row.is_hidden
    )


def _without_tables(
    blocks: Iterable[Block], labels: Labels, *, is_sure: bool = False
) -> list[Block | RawService]:
    """Return the blocks with the tables of services replaced by these."""
    given = list(_label_grids(blocks, labels))
    read = translations.drop_translations(_read_tables(given, labels, is_sure=is_sure), labels)
    several = sum(table is not None and bool(table.entries) for _, table in read) > 1
    after: list[Block | RawService] = []
    heading: Heading | None = None
    lead = ""
    for each, table in read:
        heading = each if isinstance(each, Heading) else heading
        if table is None:
            after.append(each)
            lead = get_text(each.runs) if isinstance(each, Text) and each.depth == 0 else ""
        else:
            group = get_text(heading.runs) if several and heading else ""
            stated = _find_condition(lead)
            condition = (Cell(RUNNING, stated),) if stated else ()
            entries = (_grouped(entry, group) for entry in table.entries)
            after += [entry._replace(cells=(*entry.cells, *condition)) for entry in entries]
            lead = ""
            after += [Text((TextRun(text),)) for text in table.skipped]
    return after


def _find_condition(lead: str) -> str:
    """Return the condition of using the services below a paragraph, empty if it has none for all of them.

    It is the only sentence, or one that speaks of them all: `These providers are used only when …`.
    """
    sentences = split.split_sentences(lead)
    found = (
        each
        for each in sentences
        if use_conditions.limits_use(each) and (len(sentences) == 1 or _is_of_all(each))
    )
    return next(found, "")


def _is_of_all(sentence: str) -> bool:
    known = vocabulary.load_phrases("use_conditions", "of_all")
    return any(f"{normalize(sentence)} ".startswith(f"{phrase} ") for phrase in known)


def _read_tables(
    blocks: Iterable[Block], labels: Labels, *, is_sure: bool
) -> Iterator[tuple[Block, RawTable | None]]:
    """Yield each block with its services, None unless it is a table of them, such as one under `Cookies`."""
    others = vocabulary.load_phrases("leads", "other_headings")
    is_other = is_introduced = False
    for block in blocks:
        if isinstance(block, Heading):
            is_other = normalize(items.strip_number(get_text(block.runs))) in others
        table = (
            _of_table(block, labels, is_sure=is_sure) if isinstance(block, Grid) and not is_other else None
        )
        if isinstance(block, Grid) and table is None and is_introduced:
            entries = unlabelled.read_grid(block, labels)
            table = RawTable(tuple(entries)) if entries else None
        is_introduced = isinstance(block, Text) and candidates.is_lead(get_text(block.runs))
        yield block, table


def _label_grids(blocks: Iterable[Block], labels: Labels) -> Iterator[Block]:
    """Yield blocks with a table of labels and texts below the name of a service as labelled texts."""
    before: Block | None = None
    for block in blocks:
        lines = headings.split_label_grid(block, labels) if isinstance(block, Grid) else []
        if lines and isinstance(before, Heading) and candidates.is_name(_strip_use(before), labels):
            yield from lines
        else:
            yield block
        before = block


def _strip_use(heading: Heading) -> str:
    """Return a heading without its number and what it says of the use of a service: `1. Acme (optional)`."""
    return use_conditions.split_name(items.strip_number(get_text(heading.runs))).name


def _of_table(grid: Grid, labels: Labels, *, is_sure: bool = False) -> RawTable | None:
    turned = unlabelled.transpose(grid, labels)
    if turned and unlabelled.transpose(turned, labels) is None:
        return _of_table(turned, labels)
    return tables.parse_grid(grid, labels, is_sure=is_sure)


def _grouped(entry: RawService, group: str) -> RawService:
    if not group or any(cell.label == ABOVE for cell in entry.cells):
        return entry
    return entry._replace(cells=(*entry.cells, Cell(ABOVE, group)))


def _format_block(block: Block | RawService) -> str:
    """Return the text of a block that belongs to no service."""
    if isinstance(block, RawService):
        return ""
    if isinstance(block, Grid):
        return "\n".join(tables.format_row([TableCell(get_text(runs)) for runs in row]) for row in block.rows)
    text = get_text(block.runs)
    return " ".join((text, *(f"<{link}>" for link in collect_links(block.runs) if link not in text)))
