"""What a run of `notice` reads, records in and writes: no letter and no ledger is one of the others."""

import os
from collections.abc import Iterator
from pathlib import Path

from subproc_cli.cli import notice_run
from subproc_cli.cli.notice_render import Paper
from subproc_cli.errors import UnwritableFault
from subproc_cli.notice import templates
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.report import INDEX
from subproc_cli.registry.source import STDIN
from subproc_cli.text import composed


def keep_apart(paper: Paper, read: str | None, customers: tuple[Customer, ...]) -> None:
    """Refuse names that lead to one file, before anything is written.

    Args:
        paper: where the letters and the record go.
        read: the file of customers, None for a notice to all.
        customers: everybody of that file, told or not: who is not told now may be next time.

    Raises:
        UnwritableFault: a letter would take the place of the ledger, or either that of what is read.
    """
    kept = {_place(path): what for path, what in _sources(paper, read)}
    if paper.record:
        ledger = _place(paper.record)
        if ledger in kept:
            message = f"--record {paper.record}: is {kept[ledger]}, and no ledger"
            raise UnwritableFault(message, "name another file")
        kept[ledger] = "the ledger of --record"
    for path in _written(paper, customers) if kept else ():
        if _place(path) in kept:
            message = f"{path}: is {kept[_place(path)]}, which no letter replaces"
            raise UnwritableFault(message, "name another one")


def _sources(paper: Paper, read: str | None) -> Iterator[tuple[str | Path, str]]:
    if read and read != STDIN:
        yield read, "the file of --customers"
    if paper.template:
        folder = Path(paper.template)
        for each in {*folder.glob("*.j2"), *(folder / name for name in templates.NAMES)}:
            yield each, "a template"


def _written(paper: Paper, customers: tuple[Customer, ...]) -> Iterator[str | Path]:
    if paper.output and paper.output != "-":
        yield paper.output
    if paper.out:
        folder = Path(paper.out)
        yield from (folder, folder / INDEX)
        yield from (folder / name for names in notice_run.files(customers, paper).values() for name in names)


def _place(path: str | Path) -> str:
    """Return where a path leads; one spelling of what is one name on some file systems."""
    return composed(os.path.realpath(path)).casefold()
