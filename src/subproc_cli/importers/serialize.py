"""Services as the text of a registry; what is guessed is marked at the end of its line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from subproc_cli.characters import escape_deceptive
from subproc_cli.importers.draft import LISTS, MAPPINGS, Draft
from subproc_cli.importers.text.parsed import Fact
from subproc_cli.registry.introspect import list_file_fields
from subproc_cli.registry.models import FORMAT, NOBODY, Service
from subproc_cli.yaml.layout import format_block, format_scalar, format_value

GUESSED = "  # guessed"
_FIELDS = tuple(list_file_fields(Service))
_COLUMN = '# Column "{}": {}'
_COLUMN_LINE = re.compile(r'^# Column "(.+)": ([\w.-]+)$', re.MULTILINE)
_HASH = re.compile(r"(?<!\S)#")
"""What could be read as a comment within a comment, such as a mark."""


def build_header(publisher: str, title: str, stated: date | None, today: date) -> tuple[str, ...]:
    """Return the top of a list from what is known about it."""
    found = publisher or title
    return (
        f"format: {FORMAT}",
        _line("publisher", Fact("publisher", found or NOBODY, not publisher), ""),
        _line("version", Fact("version", "1.0.0", guessed=True), ""),
        _line("date", Fact("date", (stated or today).isoformat(), guessed=True), ""),
    )


def iter_comments(columns: Mapping[str, str], skipped: Iterable[str]) -> Iterator[str]:
    """Yield the comments at the head of a list: how its columns were read, and the texts of no service.

    Args:
        columns: the labels of which something was guessed, with the field that each was read as.
        skipped: the texts that belong to no service, in full.
    """
    for label, path in columns.items():
        if not label.startswith("("):
            yield _COLUMN.format(_comment(label), path)
    lines = [line for text in skipped for line in text.splitlines() if line.strip()]
    if lines:
        yield "# Text that belongs to no service:"
        yield from (f"#   {_comment(line)}" for line in lines)


def _comment(text: str) -> str:
    return _HASH.sub(r"\\#", escape_deceptive(" ".join(text.split())))


def find_columns(text: str) -> dict[str, str]:
    """Return the columns that the comments of a list name, with the field that each was read as."""
    return dict(_COLUMN_LINE.findall(text))


def render_registry(top: Iterable[str], file: str, drafts: Mapping[str, Draft]) -> str:
    """Return a whole registry."""
    lines = [
        f"# Imported by subproc from {format_scalar(file)}.",
        "# Check every line that is marked as guessed, then remove the marker: subproc accept.",
        "# Text that could not be read is in the notes of its service.",
        *top,
        "",
        "services:" if drafts else "services: {}",
    ]
    return "\n".join([*lines, *iter_service_lines(drafts, "  ")]) + "\n"


def iter_service_lines(drafts: Mapping[str, Draft], indent: str) -> Iterator[str]:
    """Yield the lines of services, a blank line between two."""
    for at, (key, draft) in enumerate(drafts.items()):
        if at:
            yield ""
        yield f"{indent}{format_scalar(key)}:"
        yield from iter_field_lines(draft, indent * 2)


def iter_field_lines(draft: Draft, indent: str) -> Iterator[str]:
    """Yield the lines of the fields of a service, in the order of the file format."""
    by_path: dict[str, list[Fact]] = {}
    by_mapping: dict[str, list[Fact]] = {}
    for fact in draft:
        by_path.setdefault(fact.path, []).append(fact)
        by_mapping.setdefault(fact.path.partition(".")[0], []).append(fact)
    own = [path for path in by_path if path.startswith("x-")]
    known = [field for field in _FIELDS if field in by_mapping or field in draft.unread]
    for field in (*known, *own):
        stated = by_path.get(field, [])
        nested = (
            [fact for fact in by_mapping.get(field, ()) if fact.path != field] if field in MAPPINGS else []
        )
        if len(nested) == 1 and not nested[0].guessed:
            only = {nested[0].path.partition(".")[2]: nested[0].value}
            yield f"{indent}{field}: {format_value(only)}"
        elif nested:
            yield f"{indent}{field}:"
            for fact in nested:
                yield _line(fact.path.partition(".")[2], fact, f"{indent}  ")
        elif field in LISTS and stated:
            yield from _list(field, stated, indent)
        elif field in draft.unread:
            yield f"{indent}{field}:"  # the mark on a line of its own, so that `set` takes it with the value
            yield f"{indent}  []{GUESSED}"
        elif stated:
            yield from _text(field, stated[0], indent)


def _line(name: str, fact: Fact, indent: str) -> str:
    """Return a field on one line."""
    mark = GUESSED if fact.guessed else ""
    return f"{indent}{name}: {format_value(fact.value, name, flow=False)}{mark}"


def _text(name: str, fact: Fact, indent: str) -> Iterator[str]:
    lines = format_block(fact.value, f"{indent}  ") if isinstance(fact.value, str) else None
    if lines is None:
        yield _line(name, fact, indent)
    else:
        yield f"{indent}{name}: |-{GUESSED if fact.guessed else ''}"
        yield from lines


def _list(name: str, facts: Iterable[Fact], indent: str) -> Iterator[str]:
    listed = list(facts)
    if not any(fact.guessed for fact in listed) and all(isinstance(fact.value, str) for fact in listed):
        line = f"{indent}{name}: {format_value([fact.value for fact in listed])}"
        if len(line) <= len("0123456789") * 10:
            yield line
            return
    yield f"{indent}{name}:"
    for fact in listed:
        yield f"{indent}  - {format_value(fact.value)}{GUESSED if fact.guessed else ''}"
