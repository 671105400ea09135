"""Prints letters: a notice in, the bytes of any format out."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from subproc_cli.errors import UsageFault
from subproc_cli.notice.letter import Letter, addressed
from subproc_cli.notice.mail_address import is_address
from subproc_cli.notice.plan import Notice
from subproc_cli.notice.templates import Own, Templates

if TYPE_CHECKING:
    from subproc_cli.output.docx import FormLetter

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


class Press:
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
        from subproc_cli.output.docx import FormLetter

        shared = _shared(notice)
        if shared not in self._documents:
            self._documents[shared] = FormLetter(record)
        return self._documents[shared].to(record)

    def print(self, notice: Notice, form: str) -> bytes:
        """Return the letter in a format."""
        record, templates = self._record(notice), self._templates
        if form == "docx":
            return self._document(notice, record)
        if form == "eml":
            from subproc_cli.notice.formats import eml

            sender = self._sender(notice)
            text, html = (templates.render(ending, record) for ending in ("txt", "html"))
            return eml.render(record, text, html, sender)
        if form == "json":
            return all_as_json([self.full(notice)])
        return templates.render(ENDINGS[form], record).encode("utf-8", "backslashreplace")

    def _sender(self, notice: Notice) -> str:
        contact = notice.revisions[1].registry.notice.contact or ""
        return self._paper.sender or (contact if is_address(contact) else "")

    def full(self, notice: Notice) -> dict[str, Any]:
        """Return one notice of `subproc/notices/1`, with the letter in plain text."""
        record = self._record(notice)
        return record | {"body": self._templates.render("txt", record)}


def _shared(notice: Notice) -> Notice:
    return notice._replace(customer=None, left=())


def all_as_json(notices: list[dict[str, Any]]) -> bytes:
    """Return `subproc/notices/1`."""
    from subproc_cli.output import json

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
