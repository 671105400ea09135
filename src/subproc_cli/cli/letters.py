"""Writes letters: one to standard output or a file, many to a folder with an index."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from subproc_cli.cli import patience
from subproc_cli.cli.ledgers import LedgerFile
from subproc_cli.cli.output import Output, to_stdout, write_bytes, write_file
from subproc_cli.errors import UnwritableFault, UsageFault
from subproc_cli.notice.customers import file_names, is_address
from subproc_cli.notice.plan import Notice, Plan
from subproc_cli.registry.index import Index
from subproc_cli.render import csv
from subproc_cli.render.template import Own, Templates
from subproc_cli.views.audience import AudienceView
from subproc_cli.views.letter import Letter, addressed

if TYPE_CHECKING:
    from subproc_cli.render.docx import FormLetter

ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "eml": "eml", "docx": "docx", "json": "json"}
MAX_TEMPLATE = 1_000_000


class Paper(NamedTuple):
    """What letters are written as, and where they go."""

    forms: tuple[str, ...]
    out: str | None
    output: str | None
    sender: str | None
    template: str | None
    record: str | None
    incomplete: bool


class _Press:
    """Turns a notice into the bytes of each format."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._templates = Templates(_own(paper.template))
        self._known: dict[Notice, dict[str, Any]] = {}
        self._documents: dict[Notice, FormLetter] = {}

    def _record(self, notice: Notice) -> dict[str, Any]:
        """Return the words of a notice; those that several customers share are found once."""
        shared = _shared(notice)
        if shared not in self._known:
            self._known[shared] = Letter(shared).record()
        return addressed(self._known[shared], notice)

    def _document(self, notice: Notice, record: dict[str, Any]) -> bytes:
        from subproc_cli.render.docx import FormLetter

        shared = _shared(notice)
        if shared not in self._documents:
            self._documents[shared] = FormLetter(record)
        return self._documents[shared].to(record)

    def print(self, notice: Notice, form: str) -> bytes:
        record, templates = self._record(notice), self._templates
        if form == "docx":
            return self._document(notice, record)
        if form == "eml":
            from subproc_cli.render import mail

            sender = self._sender(notice)
            text, html = (templates.render(ending, record) for ending in ("txt", "html"))
            return mail.render(record, text, html, sender)
        if form == "json":
            return _json([self.full(notice)])
        return templates.render(ENDINGS[form], record).encode("utf-8", "backslashreplace")

    def _sender(self, notice: Notice) -> str:
        given, contact = self._paper.sender, notice.revisions[1].registry.notice.contact or ""
        if given and not is_address(given):
            raise UsageFault(
                f"--from: {given!r} is not a mail address", "write one address: privacy@example.com"
            )
        return given or (contact if is_address(contact) else "")

    def full(self, notice: Notice) -> dict[str, Any]:
        record = self._record(notice)
        return record | {"body": self._templates.render("txt", record)}


def _shared(notice: Notice) -> Notice:
    return notice._replace(customer=None, left=())


def _json(notices: list[dict[str, Any]]) -> bytes:
    from subproc_cli.render import json

    return json.render({"schema": "subproc/notices/1", "notices": notices}).encode()


def _own(folder: str | None) -> Own | None:
    """Return the templates of a folder.

    Raises:
        UsageFault: there is no such folder, or no template in it.
    """
    if folder is None:
        return None
    try:
        files = sorted(path for path in Path(folder).iterdir() if path.is_file() and path.suffix == ".j2")
        large = next((path for path in files if path.stat().st_size > MAX_TEMPLATE), None)
        texts = {} if large else {path.name: path.read_text(encoding="utf-8") for path in files}
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageFault(f"--template {folder}: cannot be read: {fault}") from None
    if large:
        raise UsageFault(f"--template {folder}: {large.name} is larger than {MAX_TEMPLATE:,} bytes")
    if not texts:
        raise UsageFault(f"--template {folder}: holds no template", "subproc notice --eject DIR writes them")
    return Own(folder, texts)


def write(planned: Plan, new: Index, paper: Paper, output: Output, book: LedgerFile | None) -> None:
    """Write the letters of a plan and record them.

    Raises:
        UsageFault: several letters have no folder to go to.
        UnwritableFault: a file cannot be written; those before it stand, and are recorded.
    """
    if paper.out:
        _folder(planned, new, paper, output, book)
    else:
        _one(planned, paper, output, book)


def _one(planned: Plan, paper: Paper, output: Output, book: LedgerFile | None) -> None:
    form, press = paper.forms[0], _Press(paper)
    several = len(planned.notices) > 1 and (form != "json" or book)
    if several or len(paper.forms) > 1:
        raise UsageFault("there are several letters to write", "name a folder: --out DIR")
    if form == "json":
        content = _json([press.full(notice) for notice in planned.notices])
    else:
        content = press.print(planned.notices[0], form)
    if paper.output and paper.output != "-":
        write_bytes(Path(paper.output), content)
    elif form == "docx":
        raise UsageFault("a Word document cannot be printed", "name a file: -o notice.docx")
    elif not output.quiet:
        to_stdout(content.decode("utf-8"))
    if book:
        book.record(planned.notices[0], content)


def _folder(planned: Plan, new: Index, paper: Paper, output: Output, book: LedgerFile | None) -> None:
    folder, press = Path(paper.out or "."), _Press(paper)
    make(folder)
    told = tuple(notice.customer for notice in planned.notices)
    names = file_names(tuple(each for each in told if each)) if told[0] else ("notice",)
    files = []
    with _progress(len(names)) as step:
        for notice, name in zip(planned.notices, names, strict=True):
            files.append(tuple(f"{name}.{ENDINGS[form]}" for form in paper.forms))
            letters = [press.print(notice, form) for form in paper.forms]
            for file, content in zip(files[-1], letters, strict=True):
                write_bytes(folder / file, content)
            if book:
                book.record(notice, letters[0])
            step()
    view = AudienceView(planned, new, tuple(files))
    write_file(folder / "index.csv", csv.render(view.rows()))
    output._replace(file=None).show(view)


def make(folder: Path) -> None:
    """Make a folder, and those above it.

    Raises:
        UnwritableFault: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UnwritableFault(f"{folder}: cannot be made: {fault.strerror}") from None


@contextmanager
def _progress(length: int) -> Iterator[Any]:
    """Show how far the letters are, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    import typer  # noqa: TID251

    patience.end()
    with typer.progressbar(length=length, label="Letters", file=sys.stderr) as bar:
        yield lambda: bar.update(1)
