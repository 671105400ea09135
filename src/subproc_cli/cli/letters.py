"""Writes letters: one to standard output or a file, many to a folder with an index."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from csv import DictReader, Error
from io import StringIO
from pathlib import Path
from typing import Any

from subproc_cli.cli import patience
from subproc_cli.cli.files import make_folder, write_bytes, write_file
from subproc_cli.cli.ledgers import LedgerFile
from subproc_cli.cli.options import Format
from subproc_cli.cli.output import Output, hint, put_bytes, to_reader, to_stderr
from subproc_cli.cli.press import ENDINGS, Paper, Press, all_as_json
from subproc_cli.cli.sending import after_letters
from subproc_cli.errors import UnwritableFault, UsageFault
from subproc_cli.notice.customers import Customer, file_names
from subproc_cli.notice.plan import Plan
from subproc_cli.render import csv
from subproc_cli.render.visible import visible
from subproc_cli.views.audience import INDEX, AudienceView
from subproc_cli.views.page import counted
from subproc_cli.words import first_listed


def write(audience: AudienceView, paper: Paper, output: Output, book: LedgerFile | None) -> None:
    """Write the letters to an audience and record them.

    Raises:
        UsageFault: several letters have no folder to go to.
        UnwritableFault: a file cannot be written; those before it stand, and are recorded.
    """
    if paper.out:
        _folder(audience, paper, output, book)
    else:
        _one(audience.plan, paper, output, book)


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
    if book:
        book.record(planned.notices[0], content)


def _folder(audience: AudienceView, paper: Paper, output: Output, book: LedgerFile | None) -> None:
    planned, folder, press = audience.plan, Path(paper.out or "."), Press(paper)
    make_folder(folder)
    named = files(planned.customers, paper)
    told = tuple(named[notice.customer] for notice in planned.notices)
    _protect(folder, planned, told)
    with _progress(len(told)) as step:
        for notice, names in zip(planned.notices, told, strict=True):
            letters = [press.print(notice, form) for form in paper.forms]
            for name, content in zip(names, letters, strict=True):
                write_bytes(folder / name, content)
            if book:
                book.record(notice, letters[0])
            step()
    written = audience._replace(files=told)
    write_file(folder / INDEX, csv.render(written.rows()))
    output._replace(form=Format.TEXT, file=None).show(written, after_letters(paper))
    if "eml" in paper.forms:
        _point_at_unaddressed(planned)


def _point_at_unaddressed(planned: Plan) -> None:
    """Tell which drafts of mails nobody has told where to go."""
    told = [notice.customer for notice in planned.notices if notice.customer]
    names = [customer.name for customer in told if not customer.address]
    if names:
        whose = visible(first_listed(names))
        to_stderr(
            f"subproc: {len(names):,} of {counted(len(told), 'mail')} without an address to go to: {whose}"
        )


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
    owners = _owners(folder)
    for notice, names in zip(planned.notices, files, strict=True):
        whom = csv.cell(notice.customer.name) if notice.customer else ""
        for name in names:
            owner = owners.get(name, whom)
            if owner != whom:
                message = f"{folder / name}: is the letter to {owner!r}, as {INDEX} says"
                raise UnwritableFault(message, "name another folder: --out DIR")


def _owners(folder: Path) -> dict[str, str]:
    """Return for each file that the index of an earlier run names the customer whose letter it is."""
    try:
        rows = [*DictReader(StringIO((folder / INDEX).read_text(encoding="utf-8")))]
    except (OSError, UnicodeDecodeError, Error):
        return {}
    return {file: row.get("customer") or "" for row in rows for file in (row.get("files") or "").split("; ")}


@contextmanager
def _progress(length: int) -> Iterator[Any]:
    """Show how far the letters are, on a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    import typer  # noqa: TID251

    patience.end()
    with typer.progressbar(length=length, label="Letters", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
