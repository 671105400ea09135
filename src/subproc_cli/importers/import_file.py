"""The formats that can be imported, each with its importer, and how the format of a file is detected."""

import json
import re
import shlex
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import PurePath
from typing import Any, TypeAlias

from subproc_cli.errors import ReadError, UsageError
from subproc_cli.importers import joint_names, templates
from subproc_cli.importers.column_roles import settle_columns
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats import (
    csv,
    cyclonedx,
    docx,
    fides,
    html,
    literal_rows,
    markdown,
    script,
    script_page,
    statements,
    subproc_json,
    titled_texts,
    xlsx,
)
from subproc_cli.importers.formats import json as objects
from subproc_cli.importers.input_format import ENDINGS, TEXT_FORMATS, InputFormat
from subproc_cli.importers.layouts.inactive_services import leave_out
from subproc_cli.importers.models import RawTable
from subproc_cli.importers.pipeline import ImportResult, attach_footnotes, build_result, drop_nameless
from subproc_cli.importers.service_names import find_name, keep_services
from subproc_cli.importers.text import dates
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import BOM, Source

MAX_BYTES = 16 * 1024 * 1024
"""Maximum size of a file, in bytes."""

_BEGINNINGS = (
    (b"PK\x03\x04", InputFormat.XLSX),
    (b"{", InputFormat.JSON),
    (b"[", InputFormat.JSON),
    (b"<", InputFormat.HTML),
)

_BINARY = frozenset((InputFormat.XLSX, InputFormat.DOCX))
_OTHERS = (
    (b"%PDF", "a PDF", "save its table as CSV, or its text as Markdown, and import that"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save it as DOCX or XLSX"),
    (b"{\\rtf", "an RTF file", "save it as DOCX"),
    (b"\x89PNG", "a picture", "import the page or the table that it shows"),
    (b"\xff\xd8\xff", "a picture", "import the page or the table that it shows"),
)
"""The first bytes of common formats that are not supported, and what to do instead."""

OfText: TypeAlias = Callable[[str, Labels], RawTable]


def import_file(source: Source, kind: InputFormat, labels: Labels, today: date | None = None) -> ImportResult:
    """Return the services of a file.

    Args:
        source: the file.
        kind: its format; `auto` detects it from the name and the beginning.
        labels: the labels that are known.
        today: decides which last and first days of use are past or to come; by default the user's own day.

    Raises:
        ReadError: the file is not what it counts as, or holds no services.
    """
    content = source.content
    if len(content) > MAX_BYTES:
        raise ReadError(f"{source.name}: the file has {len(content):,} bytes; the limit is {MAX_BYTES:,}")
    if not content.strip():
        raise ReadError(f"{source.name}: the file is empty")
    for start, what, hint in _OTHERS:
        if content.startswith(start):
            raise ReadError(f"{source.name}: the file is {what}, which cannot be read", hint)
    try:
        known_kind = detect_format(source) if kind is InputFormat.AUTO else kind
        if rows := _find_statements(source, known_kind):
            return statements.parse_statements(source.name, rows)
        return _read(source, known_kind, labels, today or datetime.now().astimezone().date())
    except ReadError as error:
        message = (
            error.message if error.message.startswith(source.name) else f"{source.name}: {error.message}"
        )
        raise ReadError(message, error.hint, error.details) from None
    except RecursionError:
        raise ReadError(f"{source.name}: the data is nested too deeply") from None


def _list_proposals(read: RawTable, labels: Labels) -> tuple[str, ...]:
    """Return the columns that may hold names, each with what to type to read it."""
    named = [cell for entry in read.entries if (cell := find_name(entry, labels))]
    columns = dict.fromkeys(cell.label for cell in named if not cell.label.startswith("("))
    proposals = (
        f"no text of the column {label} looks like a name; if they are names of services, import again with "
        f"--map {shlex.quote(f'{label}=name')}"
        for label in columns
    )
    return (*proposals, *read.remarks)


def _load_parser(kind: InputFormat) -> OfText:
    """Return `parse_rst` of `formats/rst.py` for a format `rst`: a format of texts needs no row here."""
    parse: OfText = getattr(import_module(f"subproc_cli.importers.formats.{kind}"), f"parse_{kind}")
    return parse


def detect_format(source: Source) -> InputFormat:
    """Return the format of a file by its name, otherwise by its beginning."""
    known = ENDINGS.get(PurePath(source.name).suffix.lower())
    beginning = source.content.removeprefix(BOM).lstrip()
    if known:
        return known
    if beginning.startswith(b"PK\x03\x04") and b"word/document.xml" in source.content:
        return InputFormat.DOCX
    for start, kind in _BEGINNINGS:
        if beginning.startswith(start):
            return kind
    return InputFormat.MARKDOWN


def _read(source: Source, kind: InputFormat, labels: Labels, today: date) -> ImportResult:
    if kind is InputFormat.XLSX:
        found = xlsx.parse_workbook(source.content, labels)
    elif kind is InputFormat.DOCX:
        found = docx.parse_document(source.content, labels)
    elif kind in TEXT_FORMATS:
        text = _decoded(source, kind)
        found = _load_parser(kind)(text, labels)
        if not found.entries and kind is InputFormat.MARKDOWN and markdown.begins_with_element(text):
            page = html.parse_html(markdown.strip_front(text), labels, next(iter(found.titles[1:]), ""))
            found = page._replace(skipped=(found.front, *page.skipped), front=found.front)
        if not found.entries and kind in (InputFormat.MARKDOWN, InputFormat.HTML):
            found = _of_embedded(found, script.parse_embedded(text, labels))
    elif kind is InputFormat.SCRIPT:
        found = _of_script(_decoded(source), labels)
    else:
        data = _data(source, kind)
        if exported := _read_export(source.name, data):
            return exported
        found = _of_data(data, kind, labels)
    found = attach_footnotes(drop_nameless(settle_columns(found, labels), labels))
    templates.refuse_template(found, labels, "" if kind in _BINARY else _decoded(source, kind))
    found = leave_out(found, labels, today)
    if found.left_out and not found.entries:
        hint = "to import them, remove the text that marks them as not in use"
        details = tuple(f"{each.text} ({each.why})" for each in found.left_out)
        raise ReadError("it contains only services that are not in use", hint, details)
    read = joint_names.split_joint_names(found, labels)
    found = keep_services(read, labels)
    if not found.entries:
        hint = "a service is a row in a table with a column of names, a heading with labels, or a bullet"
        raise ReadError(f"no services found (read as {kind})", hint, _list_proposals(read, labels))
    definitions = subproc_json.render_definitions(found.definitions)
    return build_result(source.name, found, labels)._replace(definitions=definitions)


def _read_export(name: str, data: Any) -> ImportResult | None:
    """Return the services of data that `subproc export` wrote, None for any other data.

    Raises:
        UsageError: the data is a registry as people write it.
    """
    if subproc_json.is_registry(data):
        return subproc_json.parse_export(name, data)
    if subproc_json.is_stream(data):
        return subproc_json.parse_stream(name, data if isinstance(data, list) else [data])
    if isinstance(data, dict) and isinstance(data.get("services"), dict) and "format" in data:
        raise UsageError(
            f"{name}: the file already is a registry", f"use it directly: subproc list -r {name}"
        )
    return None


def _find_statements(source: Source, kind: InputFormat) -> list[list[str]]:
    """Return the rows of a table with one row per statement; none for any other file."""
    if kind is InputFormat.XLSX:
        return xlsx.find_statements(source.content)
    text = _decoded(source, kind) if kind is InputFormat.CSV else ""
    return csv.read_rows(text) if statements.begins_with_header(text) else []


def _of_embedded(page: RawTable, embedded: RawTable) -> RawTable:
    """Return the services of a script in a page, with the texts of the page; otherwise the page itself."""
    if not embedded.entries:
        return page
    skipped, titles = (*page.skipped, *embedded.skipped), (*page.titles, *embedded.titles)
    return embedded._replace(skipped=skipped, titles=titles)


def _of_script(text: str, labels: Labels) -> RawTable:
    """Return the services of a script, otherwise those of the page around it."""
    text = script_page.strip_comments(text)
    shown = script_page.read_page(text)
    try:
        found = script.parse_script(text, labels)
    except ReadError as error:
        found, reason = RawTable(()), error
    else:
        reason = ReadError("no services found in the data", details=_list_proposals(found, labels))
        found = found._replace(skipped=(*found.skipped, *shown.texts), site=(*found.site, *shown.titles))
    if keep_services(found, labels).entries:
        return found
    titled = script.read_texts(text, labels)
    if titled.entries:
        return titled._replace(skipped=(*titled.skipped, *shown.texts), site=(*titled.site, *shown.titles))
    page = html.parse_html(_TEMPLATE.sub("<div", text), labels) if "<" in text else RawTable(())
    if not page.entries:
        if found.entries:
            return found
        templates.refuse_template(page, labels, text)
        raise reason
    titles, site = script.find_titles(text, labels), (*page.site, *shown.titles)
    dated = [each for each in shown.texts if dates.find_list_date(each, "updated")]
    return page._replace(titles=(*page.titles, *titles), site=site, skipped=(*page.skipped, *dated))


_TEMPLATE = re.compile(r"<template(?=[\s>])")
"""The beginning of the page in a component of Vue; in a page itself it is not shown."""


def _of_data(data: Any, kind: InputFormat, labels: Labels) -> RawTable:
    if kind is InputFormat.FIDES or fides.is_manifest(data):
        return (
            fides.parse_manifest(data)
            if fides.is_manifest(data)
            else _refused("a Fides manifest", "list of systems")
        )
    if kind is InputFormat.CYCLONEDX or cyclonedx.is_bill(data):
        return (
            cyclonedx.parse_bill(data)
            if cyclonedx.is_bill(data)
            else _refused("a CycloneDX file", "bomFormat: CycloneDX")
        )
    try:
        found = objects.parse_data(data, labels)
    except ReadError as error:
        found, reason = RawTable(()), error
    else:
        reason = ReadError("no services found in the data", details=_list_proposals(found, labels))
    if keep_services(found, labels).entries:
        return found
    rows = literal_rows.read_rows(literal_rows.iter_arrays(data), labels)
    titled = rows if rows.entries else titled_texts.read_texts(data, labels)
    page = titled if titled.entries else _of_texts(data, labels)
    if not page.entries:
        raise reason
    return page


def _of_texts(data: Any, labels: Labels) -> RawTable:
    """Return the services of a page whose parts are texts in data, as systems for websites keep them."""
    texts = [text for text in objects.iter_texts(data) if "\n" in text.strip() or "</" in text]
    title = data.get("title") if isinstance(data, dict) else None
    return markdown.parse_markdown("\n\n".join(texts), labels, title if isinstance(title, str) else "")


def _refused(what: str, has: str) -> RawTable:
    raise ReadError(f"the file is not {what}: it has no {has}")


def _decoded(source: Source, kind: InputFormat = InputFormat.AUTO) -> str:
    content = source.content
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _as(content, encoding)
    if kind in (InputFormat.CSV, InputFormat.HTML) and not _is_utf8(content):
        # Spreadsheets write cp1252 in Western Europe; a page declares its encoding.
        return _as(content, "cp1252" if kind is InputFormat.CSV else html.find_encoding(content))
    return _as(content.removeprefix(BOM), "utf-8")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"the byte 0x{content[error.start]:02x} in line {line} is not UTF-8"
        raise ReadError(message, "save the file as UTF-8") from None
    if "\x00" in text:
        raise ReadError("the file is binary, not text", "if it is a workbook, add --format xlsx")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _data(source: Source, kind: InputFormat) -> Any:
    text = _decoded(source)
    if kind is InputFormat.JSON or text.lstrip().startswith(("{", "[")):
        try:
            data = _parse_json(text)
        except ValueError as error:
            raise ReadError(f"the file is not valid JSON: {error}") from None
        _only_characters(data)
        return data
    read, problems = reader.parse(Source(source.name, text.encode()))
    if read is None or problems:
        raise ReadError(
            f"the file is not valid YAML: {problems[0].position}: {problems[0].message}", problems[0].hint
        )
    return read.data


def _parse_json(text: str) -> Any:
    """Return the data of JSON, or the list of the lines of NDJSON.

    Raises:
        ValueError: it is neither.
    """
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if not all(line.startswith("{") and line.rstrip().endswith("}") for line in lines):
            raise
        return [json.loads(line, object_pairs_hook=_unique) for line in lines]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; one of two values under the same key would be lost."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if found.setdefault(key, value) is not value:
            raise ReadError(f"duplicate key {key!r} in one object", "keep one of them")
    return found


def _only_characters(data: Any) -> None:
    """Refuse unpaired surrogates, which JSON can escape but no file can contain."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        raise ReadError(f"the file contains {half}, an unpaired surrogate") from None
