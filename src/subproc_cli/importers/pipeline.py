"""From what was found in a file to the text of a registry, and the report of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from subproc_cli.importers import serialize, templates, vocabulary
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.draft import Draft
from subproc_cli.importers.mapping import build_draft, has_name
from subproc_cli.importers.models import RawTable
from subproc_cli.importers.statistics import ImportSummary, Tally
from subproc_cli.importers.text import dates
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.text import slugify

_LONGEST_NAME = 4
"""Words of the name of a publisher."""
_LONGEST_ID = 80
"""Characters of an id that is made of a name; a key of YAML has 1,024 at most."""


class ImportResult(NamedTuple):
    """The services of a file and what there is to report of them.

    Attributes:
        drafts: the services by id.
        report: what became of every text.
        title: what may be the name of the publisher.
        dated: the day that the file gives as that of the list.
        head: the lines above the services, where the file states all of them.
    """

    drafts: Mapping[str, Draft]
    report: ImportSummary
    title: str
    dated: date | None
    head: tuple[str, ...] = ()


def build_result(file: str, found: RawTable, labels: Labels) -> ImportResult:
    """Return the services that were found in a file."""
    tally = Tally()
    remarks = [remark for entry in found.entries for remark in entry.remarks]
    drafts: dict[str, Draft] = {}
    used: dict[str, int] = {}
    for entry in found.entries:
        draft = build_draft(entry, labels, tally)
        wanted = slugify(draft.id or draft.name)
        key = _id(wanted, used)
        if key != wanted:
            remarks.append(
                f"{draft.name}: gets the id {key}, because {wanted or 'its name'} is taken or not a valid id"
            )
        drafts[key] = draft
        remarks += draft.remarks
    remarks += [f"there is no column or label {label!r}" for label in labels.unused]
    left_out = tuple(f"{each.text} ({each.why})" for each in found.left_out)
    report = ImportSummary(file, len(drafts), tally.counts, tuple(remarks), found.skipped, left_out)
    dated = next((day for text in found.skipped if (day := dates.find_list_date(text))), None)
    return ImportResult(drafts, report, _publisher(found.titles), dated)


def drop_nameless(found: RawTable, labels: Labels) -> RawTable:
    """Return what was found, with the texts of entries that have no name among what belongs to no service."""
    entries, skipped = [], list(found.skipped)
    for entry in found.entries:
        if has_name(entry, labels):
            entries.append(entry)
        else:
            skipped += [f"{cell.label}: {cell.text}" for cell in entry.cells if cell.text.strip()]
    return found._replace(entries=tuple(entries), skipped=tuple(skipped))


def render_registry(made: ImportResult, publisher: str, today: date) -> str:
    """Return the registry of what was imported."""
    top = serialize.build_header(publisher, made.title, made.dated, today)
    return serialize.render_registry(made.head or top, PurePath(made.report.file).name, made.drafts)


def _id(name: str, used: dict[str, int]) -> str:
    """Return the id of a name, and mark it as used; a second one of the same name has a number behind it."""
    first = slugify(name)
    while slugify(first) != first:
        first = slugify(first)
    first = slugify(first[:_LONGEST_ID]) or "service"
    key = first
    while key in used:
        used[first] += 1
        key = f"{first}-{used[first]}"
    used[key] = 1
    return key


def _publisher(titles: Iterable[str]) -> str:
    """Return what is left of a title that speaks of services without the words that any such title has."""
    for title in titles:
        if templates.find_language(title):
            continue
        words = title.split()
        left = _without(_without(words, "services"), "titles")
        name = " ".join(left).strip(" –—-|:,").removesuffix("'s").removesuffix("’s")
        if (
            len(_without(words, "services")) < len(words)
            and name[:1].isupper()
            and len(left) <= _LONGEST_NAME
        ):
            return name
    return ""


def _without(words: list[str], known: str) -> list[str]:
    """Return words without the phrases that are known, and without the marks between them."""
    left: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        phrases = vocabulary.load_phrases(known)
        length = next((each for each in lengths if normalize(" ".join(words[at : at + each])) in phrases), 0)
        if not length and normalize(words[at]):
            left.append(words[at])
        at += length or 1
    return left
