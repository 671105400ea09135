"""The formats that can be imported, each with its importer, and how a file tells its own."""

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeAlias

from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.importers import csv, cyclonedx, fides, html, markdown, subproc_json, templates, xlsx
from subproc_cli.importers import json as objects
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.in_use import leave_out
from subproc_cli.importers.input_format import Kind
from subproc_cli.importers.models import Found
from subproc_cli.importers.pipeline import Imported, imported, named
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import BOM, Source

MAX_BYTES = 16 * 1024 * 1024
"""Largest file that is read; the longest page seen has a hundredth of a percent of it."""


_SUFFIXES = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".mdx": Kind.MARKDOWN,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".xhtml": Kind.HTML,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".json": Kind.JSON,
    ".yaml": Kind.YAML,
    ".yml": Kind.YAML,
}
_BEGINNINGS = ((b"PK\x03\x04", Kind.XLSX), (b"{", Kind.JSON), (b"[", Kind.JSON), (b"<", Kind.HTML))

OfText: TypeAlias = Callable[[str, Labels], Found]
OF_TEXT: dict[Kind, OfText] = {Kind.MARKDOWN: markdown.found, Kind.HTML: html.found, Kind.CSV: csv.found}


def read(source: Source, kind: Kind, labels: Labels) -> Imported:
    """Return the services of a file.

    Args:
        source: the file.
        kind: what it is; `auto` tells it from its name and its beginning.
        labels: the labels that are known.

    Raises:
        UnreadableFault: the file is not what it is taken for, or holds no services.
    """
    content = source.content
    if len(content) > MAX_BYTES:
        raise UnreadableFault(
            f"{source.name}: has {len(content):,} bytes, more than the {MAX_BYTES:,} that are read"
        )
    if not content.strip():
        raise UnreadableFault(f"{source.name}: is empty, there is nothing to import")
    try:
        return _read(source, kind if kind is not Kind.AUTO else told(source), labels)
    except UnreadableFault as fault:
        message = (
            fault.message if fault.message.startswith(source.name) else f"{source.name}: {fault.message}"
        )
        raise UnreadableFault(message, fault.hint, fault.details) from None
    except RecursionError:
        raise UnreadableFault(f"{source.name}: is nested too deep to be a list of services") from None


def told(source: Source) -> Kind:
    """Tell what a file is from its name, else from its beginning."""
    known = _SUFFIXES.get(PurePath(source.name).suffix.lower())
    beginning = source.content.removeprefix(BOM).lstrip()
    if known:
        return known
    for start, kind in _BEGINNINGS:
        if beginning.startswith(start):
            return kind
    return Kind.MARKDOWN


def _read(source: Source, kind: Kind, labels: Labels) -> Imported:
    if kind is Kind.XLSX:
        found = xlsx.found(source.content, labels)
    elif kind in OF_TEXT:
        found = OF_TEXT[kind](_decoded(source), labels)
    else:
        data = _data(source, kind)
        if subproc_json.is_registry(data):
            return subproc_json.imported(source.name, data)
        if isinstance(data, dict) and isinstance(data.get("services"), dict) and "format" in data:
            raise UsageFault(
                f"{source.name}: is a list already", f"use it as it is: subproc list -r {source.name}"
            )
        found = _of_data(data, kind, labels)
    found = named(found, labels)
    templates.refuse_template(found, labels, "" if kind is Kind.XLSX else _decoded(source))
    found = leave_out(found, labels)
    if found.left_out and not found.entries:
        hint = "to read them, take away what sets them apart"
        details = tuple(f"{each.text} ({each.why})" for each in found.left_out)
        raise UnreadableFault("no service in use is found in it, only others", hint, details)
    if not found.entries:
        hint = "a service is a row under a column of names, a heading with labels, or a bullet"
        raise UnreadableFault(f"no services are found in it, read as {kind}", hint)
    return imported(source.name, found, labels)


def _of_data(data: Any, kind: Kind, labels: Labels) -> Found:
    if kind is Kind.FIDES or fides.is_manifest(data):
        return (
            fides.found(data) if fides.is_manifest(data) else _refused("a Fides manifest", "list of systems")
        )
    if kind is Kind.CYCLONEDX or cyclonedx.is_bill(data):
        return (
            cyclonedx.found(data)
            if cyclonedx.is_bill(data)
            else _refused("a CycloneDX file", "bomFormat: CycloneDX")
        )
    return objects.found(data, labels)


def _refused(what: str, has: str) -> Found:
    raise UnreadableFault(f"is not {what}: it has no {has}")


def _decoded(source: Source) -> str:
    content = source.content
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _as(content, encoding)
    return _as(content.removeprefix(BOM), "utf-8")


def _as(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        message = f"the byte 0x{content[fault.start]:02x} in line {line} is not UTF-8"
        raise UnreadableFault(message, "save the file as UTF-8") from None
    if "\x00" in text:
        raise UnreadableFault("this is a binary file, not a text", "say what it is: --format xlsx")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _data(source: Source, kind: Kind) -> Any:
    text = _decoded(source)
    if kind is Kind.JSON or text.lstrip().startswith(("{", "[")):
        try:
            data = json.loads(text, object_pairs_hook=_unique)
        except ValueError as fault:
            raise UnreadableFault(f"is no JSON: {fault}") from None
        _only_characters(data)
        return data
    read, problems = reader.parse(Source(source.name, text.encode()))
    if read is None or problems:
        raise UnreadableFault(f"is no YAML: {problems[0].where}: {problems[0].message}", problems[0].hint)
    return read.data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; one of two values under the same key would be lost."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if found.setdefault(key, value) is not value:
            raise UnreadableFault(f"holds the key {key!r} twice in one object", "keep one of the two")
    return found


def _only_characters(data: Any) -> None:
    """Refuse what JSON can escape and no file can hold: half of a pair of surrogates."""
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError as fault:
        half = f"\\u{ord(fault.object[fault.start]):04x}"
        raise UnreadableFault(f"holds {half}, half of a pair of surrogates, which is no character") from None
