"""Letters from templates: the built-in ones, or the user's own in a sandbox that reaches nothing else."""

import textwrap
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from subproc_cli.errors import UsageError
from subproc_cli.notice.sandbox import BuiltInEnvironment, UserEnvironment
from subproc_cli.output.markdown import escape_block
from subproc_cli.output.sanitize import sanitize_data, sanitize_line
from subproc_cli.suggest import suggest

TEMPLATE_FOLDER = Path(__file__).parent / "letter_templates"
TEMPLATE_NAMES = ("letter.txt.j2", "letter.md.j2", "letter.html.j2")
LINE_WIDTH = 76
"""Columns of a letter in plain text."""

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
        chosen = UserEnvironment if self._custom.texts else BuiltInEnvironment
        self._environment = chosen(self._load, {"wrap": _wrap, "pad": _pad, "underline": _underline})

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name in self._custom.texts:
            return self._custom.texts[name], f"{self._custom.folder}/{name}", lambda: True
        if name in TEMPLATE_NAMES:
            return (TEMPLATE_FOLDER / name).read_text(encoding="utf-8"), name, lambda: True
        return None

    def render(self, output_format: str, notice: Mapping[str, Any]) -> str:
        """Return a letter as `txt`, `md` or `html`.

        Raises:
            UsageError: a template of the user's is wrong, runs too long or reaches for what it must not have.
        """
        name = f"letter.{output_format}.j2"
        data = sanitize_data(notice, _SANITIZERS[output_format])
        try:
            return _collapse_blank_lines(self._render_template(name, data))
        except Exception as fault:  # noqa: BLE001  a template may raise anything
            raise self._convert_error(name, fault) from None

    def _render_template(self, name: str, data: Mapping[str, Any]) -> str:
        environment = self._environment
        if not isinstance(environment, UserEnvironment):
            return environment.get_template(name).render(notice=data)
        environment.budget.reset()
        template = environment.get_template(name)
        with environment.budget:
            return template.render(notice=data)

    def _convert_error(self, name: str, fault: Exception) -> Exception:
        """Return what is wrong with a template, with its file and line; a bug of our own stays one."""
        if isinstance(fault, TemplateNotFound):
            hint = f"there are {', '.join(TEMPLATE_NAMES)}, and what stands beside them"
            return UsageError(
                f"{self._find_position(name, fault)}: there is no template {fault.name!r}", hint
            )
        if isinstance(fault, TemplateSyntaxError):
            return UsageError(f"{fault.filename or name}:{fault.lineno}: {fault.message}")
        position = self._find_position(name, fault)
        if not position:
            return fault
        if isinstance(fault, RecursionError):
            return UsageError(f"{position}: the template calls itself without end, or is nested too deep")
        return UsageError(f"{position}: {str(fault) or type(fault).__name__}")

    def _find_position(self, name: str, fault: Exception) -> str:
        """Return the file and line of the user's templates that a fault was raised in; empty if in none."""
        step, found = (
            fault.__traceback__,
            f"{self._custom.folder}/{name}" if name in self._custom.texts else "",
        )
        while step:
            file = step.tb_frame.f_code.co_filename
            if file.endswith(".j2") and file not in TEMPLATE_NAMES:
                found = f"{file}:{step.tb_lineno}"
            step = step.tb_next
        return found


def _collapse_blank_lines(text: str) -> str:
    """Return a text with at most one blank line between two parts."""
    lines = text.split("\n")
    kept = [line for before, line in pairwise(["", *lines]) if line.strip() or before.strip()]
    return "\n".join(kept).strip() + "\n"


def _wrap(text: str, indent: int = 0) -> str:
    """Fold a text at the width of a letter, its further lines behind an indent."""
    hanging = " " * min(indent, LINE_WIDTH // 2)
    return textwrap.fill(
        str(text), LINE_WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def _pad(text: str, width: int) -> str:
    return str(text).ljust(min(width, LINE_WIDTH // 2))


def _underline(text: str, mark: str = "-") -> str:
    """Set a title over a line of marks."""
    lines = _wrap(text)
    return f"{lines}\n{mark[:1] * max(map(len, lines.splitlines() or ['']))}"
