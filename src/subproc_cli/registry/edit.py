"""Changing single values of a file and leaving every other byte alone."""

from collections.abc import Mapping

from subproc_cli.errors import UnreadableFault
from subproc_cli.registry.head import fields
from subproc_cli.registry.source import Source

_BOM = b"\xef\xbb\xbf"


def replaced(source: Source, values: Mapping[str, str]) -> bytes:
    """Return a file with other values for some plain fields of its top level, each one word.

    Raises:
        UnreadableFault: a field does not stand at the top of the file.
    """
    bom = _BOM if source.content.startswith(_BOM) else b""
    text = source.content.removeprefix(_BOM).decode("utf-8")
    found = {field.name: field for field in fields(text) if field.name in values}
    missing = sorted(values.keys() - found.keys())
    if missing:
        raise UnreadableFault(f"{source.name}: there is no field {missing[0]} to set")
    for field in sorted(found.values(), key=lambda field: field.start, reverse=True):
        text = text[: field.start] + values[field.name] + text[field.end :]
    return bom + text.encode("utf-8")
