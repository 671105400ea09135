"""Letters from templates: the built-in ones, or the user's own in a sandbox that reaches nothing else."""

import textwrap
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from subproc_cli.errors import UsageFault
from subproc_cli.notice.sandbox import Plain, Sandbox
from subproc_cli.output.markdown import inert
from subproc_cli.output.sanitize import cleaned, visible
from subproc_cli.text import did_you_mean

FOLDER = Path(__file__).parent / "letter_templates"
NAMES = ("letter.txt.j2", "letter.md.j2", "letter.html.j2")
WIDTH = 76
"""Columns of a letter in plain text."""

_visible, _inert = lru_cache(10_000)(visible), lru_cache(10_000)(inert)  # a thousand letters share most words
_CLEAN: dict[str, Callable[[str], str]] = {"txt": _visible, "md": _inert, "html": _visible}


class Own(NamedTuple):
    """The user's templates: their texts by name, and the folder they come from."""

    folder: str
    texts: Mapping[str, str]


def built_in() -> dict[str, str]:
    """Return the built-in templates by name."""
    return {name: (FOLDER / name).read_text(encoding="utf-8") for name in NAMES}


class Templates:
    """Writes letters as text, Markdown or HTML from the data of `subproc/notices/1`."""

    def __init__(self, own: Own | None = None) -> None:
        self._own = own or Own("", {})
        wrong = (name for name in self._own.texts if name.startswith("letter") and name not in NAMES)
        unknown = next(wrong, "")
        if unknown:
            message = f"{self._own.folder}: there is no template {unknown}"
            raise UsageFault(message, did_you_mean(unknown, NAMES))
        chosen = Sandbox if self._own.texts else Plain
        self._environment = chosen(self._load, {"wrap": _wrap, "pad": _pad, "underline": _underline})

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        if name in self._own.texts:
            return self._own.texts[name], f"{self._own.folder}/{name}", lambda: True
        if name in NAMES:
            return (FOLDER / name).read_text(encoding="utf-8"), name, lambda: True
        return None

    def render(self, form: str, notice: Mapping[str, Any]) -> str:
        """Return a letter as `txt`, `md` or `html`.

        Raises:
            UsageFault: a template of the user's is wrong, runs too long or reaches for what it must not have.
        """
        name = f"letter.{form}.j2"
        given = cleaned(notice, _CLEAN[form])
        try:
            return _tidy(self._written(name, given))
        except Exception as fault:  # noqa: BLE001  a template may raise anything
            raise self._fault(name, fault) from None

    def _written(self, name: str, given: Mapping[str, Any]) -> str:
        environment = self._environment
        if not isinstance(environment, Sandbox):
            return environment.get_template(name).render(notice=given)
        environment.budget.refill()
        template = environment.get_template(name)
        with environment.budget:
            return template.render(notice=given)

    def _fault(self, name: str, fault: Exception) -> Exception:
        """Return what is wrong with a template, with its file and line; a bug of our own stays one."""
        if isinstance(fault, TemplateNotFound):
            hint = f"there are {', '.join(NAMES)}, and what stands beside them"
            return UsageFault(f"{self._where(name, fault)}: there is no template {fault.name!r}", hint)
        if isinstance(fault, TemplateSyntaxError):
            return UsageFault(f"{fault.filename or name}:{fault.lineno}: {fault.message}")
        where = self._where(name, fault)
        if not where:
            return fault
        if isinstance(fault, RecursionError):
            return UsageFault(f"{where}: the template calls itself without end, or is nested too deep")
        return UsageFault(f"{where}: {str(fault) or type(fault).__name__}")

    def _where(self, name: str, fault: Exception) -> str:
        """Return the file and line of the user's templates that a fault was raised in; empty if in none."""
        step, found = fault.__traceback__, f"{self._own.folder}/{name}" if name in self._own.texts else ""
        while step:
            file = step.tb_frame.f_code.co_filename
            if file.endswith(".j2") and file not in NAMES:
                found = f"{file}:{step.tb_lineno}"
            step = step.tb_next
        return found


def _tidy(text: str) -> str:
    """Return a text with at most one blank line between two parts."""
    lines = text.split("\n")
    kept = [line for before, line in pairwise(["", *lines]) if line.strip() or before.strip()]
    return "\n".join(kept).strip() + "\n"


def _wrap(text: str, indent: int = 0) -> str:
    """Fold a text at the width of a letter, its further lines behind an indent."""
    hanging = " " * min(indent, WIDTH // 2)
    return textwrap.fill(
        str(text), WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def _pad(text: str, width: int) -> str:
    return str(text).ljust(min(width, WIDTH // 2))


def _underline(text: str, mark: str = "-") -> str:
    """Set a title over a line of marks."""
    lines = _wrap(text)
    return f"{lines}\n{mark[:1] * max(map(len, lines.splitlines() or ['']))}"
