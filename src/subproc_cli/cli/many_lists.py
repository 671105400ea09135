"""Runs a command over several lists: `-r` repeated, a folder, or a glob pattern."""

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr
from functools import partial
from glob import has_magic
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.cli import progress
from subproc_cli.cli.console import Output, print_stderr
from subproc_cli.cli.memory import collect_garbage_rarely
from subproc_cli.errors import ReadError, SubprocError, UsageError
from subproc_cli.output import csv
from subproc_cli.output.document import Heading, Page, Report, make_line
from subproc_cli.output.sanitize import sanitize_line, sanitize_quoted
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import DEFAULT_NAME

PARALLEL_FROM = 16
"""Number of lists from which several processes read them. For fewer lists that would take longer."""
_ENVIRONMENT = "SUBPROC_REGISTRY"
_SUFFIXES = (".yaml", ".yml")

Build = Callable[[str], tuple[Registry, Report]]
"""Opens a list by its name, and returns it with the report to show.

It has to be a function of a module, or a `partial` of one, since another process may run it.
"""
FindExitCode = Callable[[Any], int]
Collect = Callable[[str], tuple[Registry, Any]]
"""As above, for any other result of a list; it has to be plain data."""


def find_registry_names(names: Sequence[str] | None) -> list[str] | None:
    """Return the lists that options name, None if they name one list or none at all.

    A folder means every `registry.yaml` in it and below it. If there is none, it means every YAML file in it.

    Raises:
        ReadError: a folder or a pattern has no list.
    """
    typed = list(names or [])
    if len(typed) == 1 and not _is_several(typed[0]):
        return None
    if not typed:
        default = os.environ.get(_ENVIRONMENT, "")
        if not _is_several(default):
            return None
        typed = [default]
    return expand_names(typed)


def expand_names(names: Sequence[str]) -> list[str]:
    """Return the lists of names, folders and patterns, each once, in order.

    Raises:
        ReadError: a folder or a pattern has no list.
    """
    return list(dict.fromkeys(path for name in names for path in _expand(name)))


def find_only_registry(names: Sequence[str] | None) -> str | None:
    """Return the one list that options or the environment name, None if none is named."""
    return (names[0] if names else os.environ.get(_ENVIRONMENT)) or None


def _is_several(name: str) -> bool:
    return os.path.isdir(name) or (has_magic(name) and not os.path.lexists(name))


def _expand(name: str) -> list[str]:
    if os.path.isdir(name):
        lists = sorted(map(str, Path(name).rglob(DEFAULT_NAME))) or sorted(
            str(path) for path in Path(name).iterdir() if path.suffix in _SUFFIXES and path.is_file()
        )
        if not lists:
            raise ReadError(f"{name}: there is no {DEFAULT_NAME} and no YAML file in this folder")
        return lists
    if has_magic(name) and not os.path.lexists(name):
        start = Path(name).anchor
        found = Path(start).glob(os.path.relpath(name, start) if start else name)
        files = sorted(str(path) for path in found if path.is_file())
        if not files:
            raise ReadError(f"{name}: no file matches this pattern", "in quotes: 'lists/*.yaml'")
        return files
    return [name]


class ListPart(NamedTuple):
    """The report on one list: its text, its blocks, its record or its rows, as the format needs.

    Attributes:
        file: the file of the list, as it was named.
        publisher: whose list it is; empty if it cannot be read.
        content: the text, the blocks, the record or the rows.
        messages: what the work printed on standard error.
        error: why there is no content; None if there is some.
        exit_code: the exit code of the report alone.
    """

    file: str
    publisher: str = ""
    content: Any = None
    messages: str = ""
    error: SubprocError | None = None
    exit_code: int = 0


class ListsReport(NamedTuple):
    """The reports on several lists, one after the other."""

    parts: tuple[ListPart, ...]

    def to_document(self) -> Page:
        """Return the blocks of each list under a heading with its publisher and its file."""
        return tuple(
            block
            for part in self.parts
            for block in (_make_heading(part.publisher, part.file), *part.content)
        )

    def to_record(self) -> list[Any]:
        """Return the record of each list, with the field `file`."""
        return [{**part.content, "file": part.file} for part in self.parts]

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return the rows of all lists under one header, with the publisher and the file at the right end."""
        return csv.join_tables((part.content, part.publisher, part.file) for part in self.parts)


def show_lists(
    names: Sequence[str], build: Build, output: Output, find_exit_code: FindExitCode | None = None
) -> int:
    """Show the report on each list, and return the highest exit code.

    Lists that cannot be read, or whose question is not understood, are named on standard error; the
    others are shown.

    Args:
        names: the lists.
        build: opens a list and returns it with the report to show.
        output: where it is shown.
        find_exit_code: returns the exit code that a report asks for; a function of a module, or a `partial`.

    Raises:
        UsageError: the command line is not valid for any of the lists.
    """
    layout = _find_layout(output)
    parts = collect_parts(names, partial(_build_content, build, find_exit_code, output.output_format, layout))
    shown = [
        part._replace(content=part.content[0], exit_code=part.content[1])
        for part in parts
        if part.error is None
    ]
    if layout:
        output.write("\n".join(part.content for part in shown))
    else:
        output.show(ListsReport(tuple(shown)))
    return max((report_errors(parts), *(part.exit_code for part in shown)))


def collect_parts(names: Sequence[str], collect: Collect) -> list[ListPart]:
    """Return the result of each list, in order; many lists are read by several processes.

    Raises:
        UsageError: the command line is not valid for any of the lists.
    """
    collect_garbage_rarely()
    parts: list[ListPart] = []
    with progress.count(len(names), "lists") as finish_step:
        for part in _iter_parts(partial(_collect_part, collect), names):
            parts.append(part)
            finish_step()
    errors = [part.error for part in parts if part.error is not None]
    if len(errors) == len(parts) and all(isinstance(error, UsageError) for error in errors):
        raise errors[0]
    return parts


def report_errors(parts: Sequence[ListPart]) -> int:
    """Print the messages and the error of each list, and return the highest exit code of an error."""
    for part in parts:
        if part.messages:
            print_stderr(part.messages.rstrip("\n"))
        if part.error is not None:
            _print_error(part.file, part.error)
    return max((part.error.exit_code for part in parts if part.error is not None), default=0)


def _print_error(file: str, error: SubprocError) -> None:
    for detail in error.details:
        print_stderr(sanitize_quoted(detail))
    hint = f" ({error.hint})" if error.hint else ""
    prefix = "" if error.message.startswith(file) else f"{file}: "
    print_stderr(f"subproc: {sanitize_quoted(f'{prefix}{error.message}{hint}')}")


def _iter_parts(run: Callable[[str], ListPart], names: Sequence[str]) -> Iterator[ListPart]:
    workers = min(os.cpu_count() or 1, len(names))
    if len(names) < PARALLEL_FROM or workers == 1:
        yield from map(run, names)
        return
    from concurrent.futures import ProcessPoolExecutor  # only for many lists
    from multiprocessing import get_context

    first, *others = names
    yield run(first)  # before processes are copied, which have loaded then what a list needs
    context, chunk = get_context(_choose_start_method()), min(32, len(others) // (4 * workers))
    with ProcessPoolExecutor(workers, mp_context=context, initializer=collect_garbage_rarely) as pool:
        yield from pool.map(run, others, chunksize=max(1, chunk))


def _choose_start_method() -> str:
    """Return how processes begin: as copies of this one, which is fastest, or from the start.

    A copy could wait forever for a lock that another thread of this process holds; only Linux copies safely.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _collect_part(collect: Collect, name: str) -> ListPart:
    with redirect_stderr(StringIO()) as messages:
        try:
            registry, content = collect(name)
        except SubprocError as error:
            return ListPart(name, messages=messages.getvalue(), error=error)
    return ListPart(name, sanitize_line(registry.model.publisher), content, messages.getvalue())


def _make_heading(publisher: str, file: str) -> Heading:
    return Heading(make_line(f"{publisher} ({file})"), 1)


class _Layout(NamedTuple):
    """How the text of each list is laid out where the list is read."""

    width: int
    colour: bool


def _find_layout(output: Output) -> _Layout | None:
    """Return how each text is laid out; None for other formats, and at a terminal.

    There, the lines of all lists before decide where a table repeats its header.
    """
    if output.output_format != "text" or output.is_on_terminal():
        return None
    return _Layout(output.width, output.uses_colour())


def _build_content(
    build: Build, find_exit_code: FindExitCode | None, output_format: str, layout: _Layout | None, name: str
) -> tuple[Registry, Any]:
    registry, report = build(name)
    code = find_exit_code(report) if find_exit_code else 0
    if layout:
        from subproc_cli.output import terminal

        page = (_make_heading(sanitize_line(registry.model.publisher), name), *report.to_document())
        return registry, (terminal.render(page, layout.width, colour=layout.colour), code)
    return registry, (_extract_content(report, output_format), code)


def _extract_content(report: Report, output_format: str) -> Any:
    match output_format:
        case "json" | "ndjson":
            return report.to_record()
        case "csv":
            return list(report.to_rows())
        case _:
            return report.to_document()
