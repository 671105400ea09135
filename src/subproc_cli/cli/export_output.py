"""Writes an export to where it belongs: a file, a folder, or standard output."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from subproc_cli.atomic_write import make_folder, write_into
from subproc_cli.cli import progress
from subproc_cli.cli.console import print_hint, write_output_bytes
from subproc_cli.errors import UsageError
from subproc_cli.exporters.formats import Exporter
from subproc_cli.output.document import format_count

if TYPE_CHECKING:
    from subproc_cli.exporters.exporter import Export, ExportPart


def write_export(exporter: Exporter, export: "Export", file: str | None, folder: str | None) -> None:
    """Write an export to where it belongs.

    Raises:
        UsageError: a file and a folder are named, or the format cannot go there.
        WriteError: the file or the folder cannot be written.
    """
    if folder is not None:
        _check_folder(exporter, file)
        _write_folder(exporter.render_files(export, partial(progress.track, unit="languages")), Path(folder))
        return
    _check_file(exporter, file)
    _write_file(exporter, exporter.render(export), file)


def write_lists(exporter: Exporter, parts: "list[ExportPart]", file: str | None, folder: str | None) -> None:
    """Write the export of several lists to where it belongs."""
    module = exporter.load_many_module()
    if folder is not None:
        _check_folder(exporter, file)
        _write_folder(module.render_many_files(parts), Path(folder))
        return
    _check_file(exporter, file)
    _write_file(exporter, module.render_many(parts), file)


def _check_file(exporter: Exporter, file: str | None) -> None:
    if file is None and exporter.is_binary and sys.stdout is not None and sys.stdout.isatty():
        hint = f"name a file: -o list.{exporter.extension}"
        raise UsageError(f"{exporter.name} is a binary format and cannot be shown at a terminal", hint)


def _write_file(exporter: Exporter, content: bytes, file: str | None) -> None:
    is_file = file and file != "-"
    next_step = f"{file}: written" if is_file else f"to save it: -o list.{exporter.extension}"
    write_output_bytes(content, file, next_step)


def _check_folder(exporter: Exporter, file: str | None) -> None:
    if file is not None:
        raise UsageError("-o and --out cannot be used together", "choose one")
    if not exporter.has_folder:
        name = f"name the file: -o list.{exporter.extension}"
        raise UsageError(f"{exporter.name} is one file, not a folder", name)


def _write_folder(contents: dict[str, bytes], folder: Path) -> None:
    make_folder(folder)
    for name, content in contents.items():
        write_into(folder, name, content)
    print_hint(f"{format_count(len(contents), 'file')} written; open {folder / next(iter(contents))}")
