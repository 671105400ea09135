"""From what was found in a file to the text of a registry, and the report of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from subproc_cli.errors import ReadError
from subproc_cli.importers import serialize, vocabulary
from subproc_cli.importers.columns import Labels, split_camel_case
from subproc_cli.importers.draft import Draft
from subproc_cli.importers.identity import make_ids
from subproc_cli.importers.mapping import build_draft, has_name
from subproc_cli.importers.models import ABOVE, RUNNING, Cell, RawService, RawTable
from subproc_cli.importers.publisher import find_publisher
from subproc_cli.importers.statistics import ImportSummary, Tally
from subproc_cli.importers.text import dates
from subproc_cli.importers.vocabulary import normalize

if TYPE_CHECKING:
    from subproc_cli.registry.registry import Registry

_KEY_MARKS = re.compile(r"[._]")
_FOOTNOTE = re.compile(r"(\*{1,3}|†|‡|[¹²³⁴⁵⁶⁷⁸⁹]|\[\d\])(?=[\s\w])")
"""The mark that a footnote begins with, and the names that refer to it end with."""


class ImportResult(NamedTuple):
    """The services of a file and what there is to report of them.

    Attributes:
        drafts: the services by id.
        report: what became of every text.
        title: what may be the name of the publisher.
        dated: the day that the file gives as that of the list.
        head: the lines above the services, where the file states all of them.
        definitions: the lines that define words of the publisher's own, where the file states those only.
    """

    drafts: Mapping[str, Draft]
    report: ImportSummary
    title: str
    dated: date | None
    head: tuple[str, ...] = ()
    definitions: tuple[str, ...] = ()


def build_result(file: str, found: RawTable, labels: Labels) -> ImportResult:
    """Return the services that were found in a file."""
    tally = Tally()
    remarks = [*found.remarks, *(remark for entry in found.entries for remark in entry.remarks)]
    built = [build_draft(entry, labels, tally) for entry in found.entries]
    drafts: dict[str, Draft] = {}
    for draft, (key, wanted) in zip(built, make_ids(built), strict=True):
        if key != wanted:
            remarks.append(
                f"{draft.name}: gets the id {key}, because {wanted or 'its name'} is taken or not a valid id"
            )
        drafts[key] = draft
        remarks += draft.remarks
    remarks += [f"there is no column or label {label!r}" for label in labels.unused]
    left_out = tuple(f"{each.text} ({each.why})" for each in found.left_out)
    report = ImportSummary(file, len(drafts), tally.counts, tuple(remarks), found.skipped, left_out)
    texts = [text for text in found.skipped if text != found.front]
    above = dict.fromkeys(cell.text for entry in found.entries for cell in entry.cells if cell.label == ABOVE)
    dated = _find_date((*takewhile(_is_of_this_version, texts), found.front))
    words = frozenset(word for draft in built for word in normalize(draft.name).split())
    publisher = find_publisher(found.titles, (*texts, *above, found.front), found.site, found.front, words)
    return ImportResult(drafts, report, publisher, dated)


def _find_date(texts: Sequence[str]) -> date | None:
    """Return the date of the list; the words before it and the date may be texts of their own."""
    own = (_find_own_date(text) for text in texts)
    pairs = list(zip(texts, (*texts[1:], ""), strict=True))
    updated = (dates.find_list_date(text, "updated") for text in texts)
    dated = (dates.find_list_date(text) or dates.find_list_date_below(text, below) for text, below in pairs)
    return next(filter(None, (*own, *updated, *dated)), None)


def _find_own_date(text: str) -> date | None:
    """Return the date of the list among those of several pages: `legalUpdated.subprocessors: 2026-03-01`."""
    label, _, day = text.partition(": ")
    words = _KEY_MARKS.sub(" ", split_camel_case(label))
    is_own = vocabulary.contains_words(words, "services") and vocabulary.contains_words(words, "dated")
    return dates.parse_day(day) if is_own else None


def _is_of_this_version(text: str) -> bool:
    """Return whether a text is not the heading of the earlier versions of a list."""
    return not vocabulary.contains_words(text, "earlier") or len(text.split()) > _LONGEST_HEADING


_LONGEST_HEADING = 4


def drop_nameless(found: RawTable, labels: Labels) -> RawTable:
    """Return what was found, with the texts of entries that have no name among what belongs to no service."""
    entries, skipped = [], list(found.skipped)
    for entry in found.entries:
        if has_name(entry, labels):
            entries.append(entry)
        else:
            skipped += [f"{cell.label}: {cell.text}" for cell in entry.cells if cell.text.strip()]
    return found._replace(entries=tuple(entries), skipped=tuple(skipped))


def attach_footnotes(found: RawTable) -> RawTable:
    """Return what was found, with the texts of footnotes in the services whose names refer to them."""
    notes = {match[1]: text for text in found.skipped if (match := _FOOTNOTE.match(text))}
    entries: list[RawService] = []
    for entry in found.entries if notes else ():
        first, *others = entry.cells
        mark = next((mark for mark in notes if first.text.endswith(mark)), "")
        if mark and len(first.text) > len(mark):
            first = first._replace(text=first.text.removesuffix(mark).rstrip())
            others.append(Cell(RUNNING, notes[mark].removeprefix(mark).strip()))
        entries.append(entry._replace(cells=(first, *others)))
    return found._replace(entries=tuple(entries)) if notes else found


def render_registry(made: ImportResult, publisher: str, today: date) -> str:
    """Return the registry of what was imported."""
    top = serialize.build_header(publisher, made.title, made.dated, today)
    columns = {count.label: count.path for count in made.report.counts if count.guessed and count.path}
    comments = () if made.head else serialize.iter_comments(columns, made.report.skipped)
    return serialize.render_registry(
        (*comments, *(made.head or top), *made.definitions), PurePath(made.report.file).name, made.drafts
    )


def ensure_loadable(imported: ImportResult, text: str) -> "Registry":
    """Return the list that is about to be written, as it will be read.

    Raises:
        ReadError: it has errors, which an export states itself, or has with this list; or a text of it
            is longer than a list takes.
        AssertionError: it has errors although nothing in it comes from an export: a bug.
    """
    from subproc_cli.registry.loader import load_registry
    from subproc_cli.registry.registry import Registry
    from subproc_cli.yaml.builder import TEXT_TOO_LONG
    from subproc_cli.yaml.source import Source

    loaded = load_registry(Source("the imported list", text.encode()))
    if isinstance(loaded, Registry):
        return loaded
    details = tuple(map(str, loaded))
    if all(problem.message == TEXT_TOO_LONG for problem in loaded):
        message = f"{imported.report.file}: a text is too long for a registry; nothing was written"
        raise ReadError(message, "shorten it", details)
    if not (imported.head or imported.definitions):
        raise AssertionError("; ".join(details[:3]))
    message = f"{imported.report.file}: the services are not valid in this registry; nothing was written"
    raise ReadError(
        message,
        "an export is read unchanged: add its categories and regions to the registry first",
        details,
    )
