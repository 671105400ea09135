"""The text of a list that begins: its head, and the first services."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.enums import DEFAULT_LAW
from subproc_cli.registry import formatter, introspect, vocabulary
from subproc_cli.registry.models import FORMAT
from subproc_cli.text import slugify
from subproc_cli.yaml.editor import AddService, apply_edits
from subproc_cli.yaml.layout import format_value
from subproc_cli.yaml.source import Source

FIRST_VERSION = "1.0.0"


class NewRegistry(NamedTuple):
    """What a list begins with.

    Attributes:
        publisher: whose list it is.
        day: the day on which it is published.
        law: the bodies of law that apply.
        notice: what is promised before a change; only what is stated.
        services: the fields of each of the first services; the name is the only one that is needed.
        schema: the path of the JSON Schema, relative to the file; empty if there is none.
    """

    publisher: str
    day: date
    law: tuple[str, ...] = (DEFAULT_LAW,)
    notice: Mapping[str, Any] = {}
    services: tuple[Mapping[str, Any], ...] = ()
    schema: str = ""


def create_registry(name: str, new: NewRegistry) -> Source:
    """Return the file of a list that begins; two services of one name get ids of their own."""
    head = Source(name, "".join(f"{line}\n" for line in _build_header(new)).encode())
    world = vocabulary.load_built_in()
    edits: dict[str, AddService] = {}
    for fields in new.services:
        key = _find_free_id(slugify(str(fields["name"])), edits)
        known = formatter.normalize_value(
            dict(fields), ("services", key), world.category_tree, world.gazetteer
        )
        edits[key] = AddService(key, known)
    return Source(name, apply_edits(head, *edits.values(), field_order=introspect.list_fields))


def _find_free_id(key: str, taken: Mapping[str, Any]) -> str:
    key = key or "service"
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (key, *numbered) if each not in taken)


def _build_header(new: NewRegistry) -> list[str]:
    return [
        *([f"# yaml-language-server: $schema={new.schema}"] if new.schema else []),
        "# A field that is missing means: not stated. It never means: none.",
        "# Words for data: subproc categories. Words for places: subproc places.",
        f"format: {FORMAT}",
        f"publisher: {format_value(new.publisher)}",
        f"version: {FIRST_VERSION}",
        f"date: {new.day.isoformat()}",
        f"law: {format_value(new.law)}",
        *([f"notice: {format_value(dict(new.notice))}"] if new.notice else []),
        "",
        "services: {}",
    ]
