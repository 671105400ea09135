"""From what was found in a file to the text of a registry, and the report of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from subproc_cli.intake import dates, lexicon, write
from subproc_cli.intake.draft import Draft
from subproc_cli.intake.fill import filled
from subproc_cli.intake.found import Found
from subproc_cli.intake.labels import Labels
from subproc_cli.intake.lexicon import normal
from subproc_cli.intake.tally import Report, Tally
from subproc_cli.words import slug


class Imported(NamedTuple):
    """The services of a file and what there is to report of them.

    Attributes:
        drafts: the services by id.
        report: what became of every text.
        title: what may be the name of the publisher.
        dated: the day that the file gives as that of the list.
        head: the lines above the services, where the file states all of them.
    """

    drafts: Mapping[str, Draft]
    report: Report
    title: str
    dated: date | None
    head: tuple[str, ...] = ()


def imported(file: str, found: Found, labels: Labels, taken: Iterable[str] = ()) -> Imported:
    """Return the services that were found in a file, with ids beside those that are taken."""
    tally = Tally()
    remarks = [remark for entry in found.entries for remark in entry.remarks]
    drafts: dict[str, Draft] = {}
    used = set(taken)
    for entry in found.entries:
        draft = filled(entry, labels, tally)
        wanted = next((cell.text for cell in entry.cells if _is_id(cell.label, labels)), "")
        key = _id(wanted or draft.name, used)
        if key != slug(wanted or draft.name):
            remarks.append(
                f"{draft.name}: has the id {key}, because {slug(draft.name) or 'its name'} is no free id"
            )
        used.add(key)
        drafts[key] = draft
    report = Report(file, len(drafts), tally.counts, tuple(remarks), found.skipped)
    dated = next((day for text in found.skipped if (day := dates.stated(text))), None)
    return Imported(drafts, report, _publisher(found.title), dated)


def text(made: Imported, publisher: str, today: date) -> str:
    """Return the registry of what was imported."""
    top = write.head(publisher, made.title, made.dated, today)
    return write.registry(made.head or top, PurePath(made.report.file).name, made.drafts)


def _is_id(label: str, labels: Labels) -> bool:
    field = labels.field(label)
    return field is not None and field.path == "id"


def _id(name: str, used: set[str]) -> str:
    """Return the id of a name; a second one of the same name has a number behind it."""
    first = slug(name)
    while slug(first) != first:
        first = slug(first)
    first = first or "service"
    number = 1
    key = first
    while key in used:
        number += 1
        key = f"{first}-{number}"
    return key


def _publisher(title: str) -> str:
    """Return what is left of a title without the words that any list has in its title."""
    bare = [word for word in title.split() if normal(word) not in lexicon.phrases("titles")]
    left = " ".join(bare)
    for phrase in lexicon.words("services"):
        if lexicon.holds(normal(left), (normal(phrase),)):
            left = " ".join(word for word in bare if normal(word) not in normal(phrase))
    return left if len(left.split()) <= len("four") else ""
