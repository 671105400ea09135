"""Letters from templates: the built-in ones, or the user's own, in the sandbox of Jinja2."""

import os
import textwrap
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from traceback import walk_tb
from typing import Any, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from subproc_cli.atomic_write import make_folder, write_text
from subproc_cli.errors import UsageError, WriteError
from subproc_cli.output.markdown import escape_block
from subproc_cli.output.sanitize import sanitize_data, sanitize_line
from subproc_cli.suggest import suggest
from subproc_cli.text import join_first_words

TEMPLATE_FOLDER = Path(__file__).parent / "letter_templates"
TEMPLATE_NAMES = ("letter.txt.j2", "letter.md.j2", "letter.html.j2")
MAX_BYTES = 1_000_000
"""Size of one template."""
LINE_WIDTH = 76
"""Columns of a letter in plain text."""
_LONGEST_INDENT = LINE_WIDTH * 3 // 5
"""Columns of the labels of facts, with a gap after the longest label of each language."""

_sanitize_line, _escape_block = (
    lru_cache(10_000)(sanitize_line),
    lru_cache(10_000)(escape_block),
)  # a thousand letters share most words
_SANITIZERS: dict[str, Callable[[str], str]] = {
    "txt": _sanitize_line,
    "md": _escape_block,
    "html": _sanitize_line,
}


class CustomTemplates(NamedTuple):
    """The user's templates: their texts by name, and the folder they come from."""

    folder: str
    texts: Mapping[str, str]


def load_built_in() -> dict[str, str]:
    """Return the built-in templates by name."""
    return {name: (TEMPLATE_FOLDER / name).read_text(encoding="utf-8") for name in TEMPLATE_NAMES}


def load_custom(folder: str) -> CustomTemplates:
    """Return the templates of a folder.

    Raises:
        UsageError: there is no such folder, or no template in it.
    """
    try:
        files = sorted(path for path in Path(folder).iterdir() if path.is_file() and path.suffix == ".j2")
        large = next((path for path in files if path.stat().st_size > MAX_BYTES), None)
        texts = {} if large else {path.name: path.read_text(encoding="utf-8") for path in files}
    except OSError as error:
        message = f"--template {folder}: cannot be read: {error.strerror}"
        raise UsageError(message, "subproc notice --eject DIR writes a folder of templates") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"--template {folder}: cannot be read: {error}") from None
    if large:
        raise UsageError(f"--template {folder}: {large.name} is larger than {MAX_BYTES:,} bytes")
    if not texts:
        raise UsageError(f"--template {folder}: holds no template", "subproc notice --eject DIR writes them")
    return CustomTemplates(folder, texts)


def eject(folder: Path) -> None:
    """Write the built-in templates into a folder, which keeps every file that it has.

    Raises:
        WriteError: the folder cannot be written, or has one of the files already.
    """
    for name in TEMPLATE_NAMES:
        if os.path.lexists(folder / name):
            raise WriteError(f"{folder / name}: exists already", "name another folder")
    make_folder(folder)
    for name, text in load_built_in().items():
        write_text(folder / name, text)


class LetterRenderer:
    """Writes letters as text, Markdown or HTML from the data of `subproc/notices/1`."""

    def __init__(self, custom: CustomTemplates | None = None) -> None:
        self._custom = custom or CustomTemplates("", {})
        wrong = (
            name for name in self._custom.texts if name.startswith("letter") and name not in TEMPLATE_NAMES
        )
        unknown = next(wrong, "")
        if unknown:
            message = f"{self._custom.folder}: there is no template {unknown}"
            raise UsageError(message, suggest(unknown, TEMPLATE_NAMES))
        self._environment = _create_environment(self._custom.folder, tuple(self._custom.texts.items()))

    def render(self, output_format: str, notice: Mapping[str, Any]) -> str:
        """Return a letter as `txt`, `md` or `html`.

        Raises:
            UsageError: a template of the user's is wrong, or reaches for what it must not have.
        """
        name = f"letter.{output_format}.j2"
        data = sanitize_data(notice, _SANITIZERS[output_format])
        try:
            return _collapse_blank_lines(self._environment.get_template(name).render(notice=data))
        except Exception as error:  # noqa: BLE001  a template may raise anything
            raise self._convert_error(name, error) from None

    def _convert_error(self, name: str, error: Exception) -> Exception:
        """Return the error of a template, with its file and line; other exceptions are raised again."""
        if isinstance(error, TemplateNotFound):
            hint = f"there are {', '.join(TEMPLATE_NAMES)}, and those next to them"
            return UsageError(
                f"{self._find_position(name, error)}: there is no template {error.name!r}", hint
            )
        if isinstance(error, TemplateSyntaxError):
            return UsageError(f"{error.filename or name}:{error.lineno}: {error.message}")
        position = self._find_position(name, error)
        if not position:
            return error
        if isinstance(error, RecursionError):
            return UsageError(f"{position}: the template calls itself without end, or is nested too deep")
        return UsageError(f"{position}: {str(error) or type(error).__name__}")

    def _find_position(self, name: str, error: Exception) -> str:
        """Return the file and line of the user's templates that an error was raised in; empty if in none."""
        found = f"{self._custom.folder}/{name}" if name in self._custom.texts else ""
        for frame, line in walk_tb(error.__traceback__):  # Jinja2 puts its templates into the traceback
            file = frame.f_code.co_filename
            if file.endswith(".j2") and file not in TEMPLATE_NAMES:
                found = f"{file}:{line}"
        return found


@lru_cache(8)  # compiling the built-in templates takes longer than writing a short run
def _create_environment(folder: str, custom: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    """Return the environment of the user's templates in a folder, and of the built-in ones next to them."""
    texts = dict(custom)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name in texts:
            return texts[name], f"{folder}/{name}", lambda: True
        if name in TEMPLATE_NAMES:
            return (TEMPLATE_FOLDER / name).read_text(encoding="utf-8"), name, lambda: True
        return None

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        undefined=_MissingName,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"wrap": _wrap, "pad": _pad, "underline": _underline}
    del environment.filters["safe"]  # a text of the list never becomes code of a page
    return environment


class _MissingName(StrictUndefined):
    """A name that a template uses and the notice does not have; its error proposes the nearest one."""

    @property
    def _undefined_message(self) -> str:
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint or not isinstance(name, str):
            return super()._undefined_message
        if owner is missing:
            proposal = suggest(name, ("notice",)) or "a template gets everything as notice"
            return f"there is no variable {name!r} ({proposal})"
        if isinstance(owner, dict):
            known = join_first_words(sorted(map(str, owner)))
            return f"there is no field {name!r} ({suggest(name, owner) or f'known are {known}'})"
        return super()._undefined_message


def _collapse_blank_lines(text: str) -> str:
    """Return a text with at most one blank line between two parts."""
    lines = text.split("\n")
    kept = [line for before, line in pairwise(["", *lines]) if line.strip() or before.strip()]
    return "\n".join(kept).strip() + "\n"


def _wrap(text: str, indent: int = 0) -> str:
    """Fold a text at the width of a letter, its further lines after an indent."""
    hanging = " " * min(indent, _LONGEST_INDENT)
    return textwrap.fill(
        str(text), LINE_WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def _pad(text: str, width: int) -> str:
    return str(text).ljust(min(width, _LONGEST_INDENT))


def _underline(text: str, mark: str = "-") -> str:
    """Set a title over a line of marks."""
    lines = _wrap(text)
    return f"{lines}\n{mark[:1] * max(map(len, lines.splitlines() or ['']))}"
