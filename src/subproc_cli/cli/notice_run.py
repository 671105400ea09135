"""Writes letters: one to standard output or a file, many to a folder with an index."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from subproc_cli.atomic_write import make_folder, write_bytes, write_file
from subproc_cli.cli import progress
from subproc_cli.cli.console import Output, hint, put_bytes, to_reader, to_stderr
from subproc_cli.cli.notice_folder import (
    Draft,
    Issued,
    Recorded,
    choose,
    find_issued,
    is_indexed,
    list_indexed,
    read_index,
)
from subproc_cli.cli.notice_ledger import LedgerFile
from subproc_cli.cli.notice_next_steps import after_letters
from subproc_cli.cli.notice_render import ENDINGS, Paper, Press, all_as_json
from subproc_cli.cli.options import Format
from subproc_cli.errors import UnwritableFault, UsageFault
from subproc_cli.notice.customers import Customer, file_names
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.notice.report import INDEX, AudienceView, Earlier
from subproc_cli.output import csv
from subproc_cli.output.document import counted
from subproc_cli.output.sanitize import visible
from subproc_cli.text import calendar_day, first_listed


def write(
    audience: AudienceView, paper: Paper, output: Output, book: LedgerFile | None, recorded: Recorded
) -> None:
    """Write the letters to an audience and record them.

    Args:
        audience: who gets which notice.
        paper: what the letters are written as, and where they go.
        output: where the result of the command goes.
        book: the ledger; None if nothing is to be recorded.
        recorded: the lines of the ledger about customers who get none now.

    Raises:
        UsageFault: several letters have no folder to go to.
        UnwritableFault: a file cannot be written; those before it stay, and are recorded.
    """
    if paper.out:
        _folder(audience, paper, output, book, recorded)
    else:
        _one(audience.plan, paper, output, book)
    _warn_of_unreachable(audience.plan, paper)


def _one(planned: Plan, paper: Paper, output: Output, book: LedgerFile | None) -> None:
    form, press = paper.forms[0], Press(paper)
    several = len(planned.notices) > 1 and (form != "json" or book)
    if several or len(paper.forms) > 1:
        raise UsageFault("there are several letters to write", "name a folder: --out DIR")
    if form == "json":
        content = all_as_json([press.full(notice) for notice in planned.notices])
    else:
        content = press.print(planned.notices[0], form)
    if paper.output and paper.output != "-":
        write_bytes(Path(paper.output), content)
        hint(f"{paper.output}: written; {after_letters(paper)}", quiet=output.quiet)
    elif form == "docx":
        raise UsageFault("a Word document cannot be printed", "name a file: -o notice.docx")
    elif form == "text" and not output.quiet:
        to_reader(content.decode("utf-8"), after_letters(paper))
    elif not output.quiet:
        put_bytes(content, None)
    if book and planned.notices[0].reachable:
        book.record(planned.notices[0], content)


def _folder(
    audience: AudienceView, paper: Paper, output: Output, book: LedgerFile | None, recorded: Recorded
) -> None:
    planned, out, press = audience.plan, Path(paper.out or "."), Press(paper)
    make_folder(out)
    named = files(planned.customers, paper)
    told = tuple(named[notice.customer] for notice in planned.notices)
    _protect(out, planned, told)

    def print_all(notice: Notice) -> list[bytes]:
        return [press.print(notice, form) for form in paper.forms]

    drafts = [
        Draft(names, partial(print_all, notice)) for notice, names in zip(planned.notices, told, strict=True)
    ]
    issued = find_issued(out, named, recorded)
    name = _name(audience, planned.notices[0].sent)
    folder, finished = choose(out, name, drafts, _paths(issued))
    if folder != out:
        make_folder(folder)
        _protect(folder, planned, told)
        to_stderr(f"subproc: {out} holds the letters of another run, which stay: these go to {folder}")
    earlier = _earlier(issued, folder, list_indexed(out))
    with _progress(len(told)) as step:
        for notice, draft in zip(planned.notices, drafts, strict=True):
            contents = [] if draft.files in finished else draft.print()
            for name, content in zip(draft.files, contents, strict=False):
                write_bytes(folder / name, content)
            if book and notice.reachable:
                book.record(notice, contents[0] if contents else (folder / draft.files[0]).read_bytes())
            step()
    written = audience._replace(files=told, recorded=book is not None, earlier=earlier)
    write_file(folder / INDEX, csv.render(written.rows()))
    output._replace(form=Format.TEXT, file=None).show(written, after_letters(paper))


def complete(audience: AudienceView, paper: Paper, recorded: Recorded) -> None:
    """Write the index of a run that was interrupted after its last letter was recorded.

    Raises:
        UnwritableFault: it cannot be written.
    """
    out = Path(paper.out or ".")
    if not (paper.out and recorded and out.is_dir()):
        return
    issued = find_issued(out, files(audience.plan.customers, paper), recorded)
    paths = _paths(issued)
    indexed = list_indexed(out)
    if all(is_indexed(path, indexed) for path in paths):
        return
    folder = choose(out, _name(audience, _last_day(audience, issued)), (), paths).path
    make_folder(folder)
    written = audience._replace(recorded=True, earlier=_earlier(issued, folder, indexed))
    write_file(folder / INDEX, csv.render(written.rows()))
    letters = counted(len(issued), "letter")
    to_stderr(f"subproc: {folder / INDEX}: written; it names {letters} that an earlier run recorded")


def _name(audience: AudienceView, sent: date) -> str:
    """Return the name of a folder below the one that was asked for: the day and the two versions."""
    old, new = (index.registry.version for index in audience.revisions)
    return f"{sent}-{old}-to-{new}"


def _last_day(audience: AudienceView, issued: Mapping[Customer | None, tuple[Issued, ...]]) -> date:
    """Return the last day on which letters of earlier runs were sent, as the ledger has it."""
    sent = (str(letter.entry.get("sent")) for letters in issued.values() for letter in letters)
    return max(filter(None, map(calendar_day, sent)), default=audience.revisions[1].registry.date)


def _paths(issued: Mapping[Customer | None, tuple[Issued, ...]]) -> list[Path]:
    return [path for letters in issued.values() for letter in letters for path in letter.files]


def _earlier(
    issued: Mapping[Customer | None, tuple[Issued, ...]], folder: Path, indexed: set[Path]
) -> dict[Customer | None, Earlier]:
    """Return what an index in a folder says of letters of earlier runs; some are indexed already."""
    found = {}
    for customer, letters in issued.items():
        paths = [path for letter in letters for path in letter.files]
        listed = not paths or any(is_indexed(path, indexed) for path in paths)
        names = tuple(Path(os.path.relpath(path, folder)).as_posix() for path in paths)
        found[customer] = Earlier(letters[-1].entry, names, listed=listed)
    return found


def _warn_of_unreachable(planned: Plan, paper: Paper) -> None:
    """Name the customers whose letter has no address to go to, so that it is not recorded as issued."""
    told = [notice for notice in planned.notices if notice.customer]
    names = [notice.customer.name for notice in told if notice.customer and not notice.reachable]
    if not names or not (paper.record or (paper.out and "eml" in paper.forms)):
        return
    what = counted(len(told), "mail" if "eml" in paper.forms else "letter")
    left = ", and so not recorded as issued" if paper.record else ""
    whose = visible(first_listed(names))
    to_stderr(f"subproc: {len(names):,} of {what} without an address to go to{left}: {whose}")


def files(customers: tuple[Customer, ...], paper: Paper) -> dict[Customer | None, tuple[str, ...]]:
    """Return the names of the files of each customer, the same whoever else is told; of None without any."""
    names: dict[Customer | None, str] = dict(zip(customers, file_names(customers), strict=True))
    endings = [ENDINGS[form] for form in paper.forms if form in ENDINGS]
    return {
        customer: tuple(f"{name}.{ending}" for ending in endings)
        for customer, name in (names or {None: "notice"}).items()
    }


def _protect(folder: Path, planned: Plan, files: tuple[tuple[str, ...], ...]) -> None:
    """Keep the letters of an earlier run to somebody else.

    Raises:
        UnwritableFault: a letter would take the place of one to another customer.
    """
    owners = read_index(folder) or {}
    for notice, names in zip(planned.notices, files, strict=True):
        whom = csv.cell(notice.customer.name) if notice.customer else ""
        for name in names:
            owner = owners.get(name, whom)
            if owner != whom:
                message = f"{folder / name}: is the letter to {owner!r}, as {INDEX} says"
                raise UnwritableFault(message, "name another folder: --out DIR")


@contextmanager
def _progress(length: int) -> Iterator[Any]:
    """Show how far the letters are, on a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    import typer

    progress.end()
    with typer.progressbar(length=length, label="Letters", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
