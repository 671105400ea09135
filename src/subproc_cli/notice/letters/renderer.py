"""A notice in, the bytes of its letter in any format out."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from subproc_cli.notice.customers.mail_address import is_address
from subproc_cli.notice.ledger.events import build_letter_facts
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.recipient import with_recipient
from subproc_cli.notice.letters.templates import LetterRenderer, load_custom
from subproc_cli.notice.plan import Notice

if TYPE_CHECKING:
    from subproc_cli.output.docx import FormLetter


class LetterFormat(StrEnum):
    """What a notice is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    EML = "eml"
    DOCX = "docx"
    JSON = "json"
    CSV = "csv"


SUFFIXES = {"text": "txt", "markdown": "md", "html": "html", "eml": "eml", "docx": "docx", "json": "json"}


class OutputOptions(NamedTuple):
    """What letters are written as, and where they go."""

    output_formats: tuple[str, ...]
    folder: str | None
    file: str | None
    sender: str | None
    template: str | None
    ledger_file: str | None
    incomplete: bool


class NoticeRenderer:
    """Turns a notice into the bytes of each format."""

    def __init__(self, output_options: OutputOptions) -> None:
        self._output_options = output_options
        folder = output_options.template
        self._templates = LetterRenderer(load_custom(folder) if folder else None)
        self._records: dict[Notice, dict[str, Any]] = {}
        self._documents: dict[tuple[Notice, bool], FormLetter] = {}

    def _get_record(self, notice: Notice) -> dict[str, Any]:
        """Return the words of a notice; those that several customers share are found once."""
        shared_notice = _remove_customer(notice)
        if shared_notice not in self._records:
            self._records[shared_notice] = Letter(shared_notice).to_record()
        return with_recipient(self._records[shared_notice], notice)

    def _render_docx(self, notice: Notice, record: dict[str, Any]) -> bytes:
        from subproc_cli.output.docx import FormLetter

        key = _remove_customer(notice), record["letter"]["contract"] is not None
        if key not in self._documents:
            self._documents[key] = FormLetter(record)
        return self._documents[key].render(record)

    def render(self, notice: Notice, output_format: str) -> bytes:
        """Return the letter in a format."""
        record, templates = self._get_record(notice), self._templates
        if output_format == "docx":
            return self._render_docx(notice, record)
        if output_format == "eml":
            from subproc_cli.notice.formats import eml

            sender = self._find_sender(notice)
            text, html = (templates.render(suffix, record) for suffix in ("txt", "html"))
            return eml.render(record, text, html, sender)
        if output_format == "json":
            return render_json([self.build_record(notice)])
        return templates.render(SUFFIXES[output_format], record).encode("utf-8", "backslashreplace")

    def _find_sender(self, notice: Notice) -> str:
        contact = notice.revisions[1].model.notice.contact or ""
        return self._output_options.sender or (contact if is_address(contact) else "")

    def build_facts(self, notice: Notice) -> dict[str, Any]:
        """Return the facts that a notice states, for the ledger and the manifest."""
        sentences = [change["text"] for change in self._get_record(notice)["changes"]]
        return build_letter_facts(notice, sentences)

    def build_record(self, notice: Notice) -> dict[str, Any]:
        """Return one notice of `subproc/notices/1`, with the letter in plain text."""
        record = self._get_record(notice)
        return record | {"body": self._templates.render("txt", record)}


def _remove_customer(notice: Notice) -> Notice:
    return notice._replace(customer=None, excluded_changes=())


def render_json(notices: list[dict[str, Any]]) -> bytes:
    """Return `subproc/notices/1`."""
    from subproc_cli.output import json

    return json.render({"schema": "subproc/notices/1", "notices": notices}).encode()
