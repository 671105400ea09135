"""Letters from templates: the built-in ones, or the user's own in a sandbox that reaches nothing else."""

import sys
import textwrap
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined  # noqa: TID251
from jinja2.exceptions import (  # noqa: TID251
    SecurityError,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.runtime import LoopContext  # noqa: TID251
from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: TID251

from subproc_cli.errors import UsageFault
from subproc_cli.render.markdown import inert
from subproc_cli.render.visible import visible
from subproc_cli.words import did_you_mean

FOLDER = Path(__file__).parent / "templates"
NAMES = ("letter.txt.j2", "letter.md.j2", "letter.html.j2")
WIDTH = 76
"""Columns of a letter in plain text."""
MAX_STEPS = 200_000
"""Lines that a template of the user's may run through for one letter; the built-in ones take hundreds."""
MAX_TEXT = 1_000_000
"""Characters of the longest text that a template of the user's may build."""
MAX_RANGE = 1_000

_visible, _inert = lru_cache(10_000)(visible), lru_cache(10_000)(inert)  # a thousand letters share most words
_CLEAN: dict[str, Callable[[str], str]] = {"txt": _visible, "md": _inert, "html": _visible}
_REFUSED_FILTERS = ("center", "format", "indent", "batch", "slice", "random", "replace")
_REFUSED_GLOBALS = ("lipsum", "namespace", "cycler", "joiner")


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
        self._environment = _Sandbox(self._load)

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
            template = self._environment.get_template(name)
            if not self._own.texts:
                return _tidy(template.render(notice=given))
            with _Budget(self._own.folder):
                return _tidy(template.render(notice=given))
        except Exception as fault:  # noqa: BLE001  a template may raise anything
            raise self._fault(name, fault) from None

    def _fault(self, name: str, fault: Exception) -> Exception:
        """Return what is wrong with a template, with its file and line; a bug of our own stays one."""
        if isinstance(fault, TemplateNotFound):
            hint = f"there are {', '.join(NAMES)}, and what stands beside them"
            return UsageFault(f"{self._where(name, fault)}: there is no template {fault.name!r}", hint)
        if isinstance(fault, TemplateSyntaxError):
            return UsageFault(f"{fault.filename or name}:{fault.lineno}: {fault.message}")
        if not self._own.texts:
            return fault
        if isinstance(fault, RecursionError):
            return UsageFault(f"{self._where(name, fault)}: the template calls itself without end")
        known = TemplateError | ArithmeticError | LookupError | TypeError | ValueError | MemoryError
        if isinstance(fault, known):
            return UsageFault(f"{self._where(name, fault)}: {str(fault) or type(fault).__name__}")
        return fault

    def _where(self, name: str, fault: Exception) -> str:
        """Return the file and line of a template that a fault was raised in."""
        step, found = fault.__traceback__, f"{self._own.folder}/{name}"
        while step:
            file = step.tb_frame.f_code.co_filename
            if file.endswith(".j2"):
                found = f"{file}:{step.tb_lineno}"
            step = step.tb_next
        return found


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, load: Callable[[str], Any]) -> None:
        super().__init__(
            loader=FunctionLoader(load),
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        for name in _REFUSED_FILTERS:
            del self.filters[name]
        for name in _REFUSED_GLOBALS:
            del self.globals[name]
        self.globals["range"] = _range
        self.filters |= {"wrap": _wrap, "pad": _pad, "underline": _underline}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the data and the counters of a loop, and nothing of Python."""
        return isinstance(obj, dict | LoopContext) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `str.format` to the rule for attributes: its widths could fill the memory."""

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Allow numbers of everyday size."""
        small = all(isinstance(each, int | float) and abs(each) <= MAX_TEXT for each in (left, right))
        if operator == "**" or not small:
            raise SecurityError(f"{operator} is not allowed here")
        return super().call_binop(context, operator, left, right)


class _Budget:
    """Counts the lines that a template runs through, and stops one that loops or blows up a text."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._left = MAX_STEPS

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self._trace)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(".j2"):
            return None
        if event == "line":
            self._left -= 1
            if self._left < 0:
                raise SecurityError(f"the template takes more than {MAX_STEPS:,} steps")
            if any(isinstance(each, str) and len(each) > MAX_TEXT for each in frame.f_locals.values()):
                raise SecurityError(f"the template builds a text of more than {MAX_TEXT:,} characters")
        return self._trace


def cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    """Return plain data with every text made harmless for its target."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: cleaned(each, clean) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each, clean) for each in value]
    return value


def _tidy(text: str) -> str:
    """Return a text with at most one blank line between two parts."""
    lines = text.split("\n")
    kept = [line for before, line in pairwise(["", *lines]) if line.strip() or before.strip()]
    return "\n".join(kept).strip() + "\n"


def _range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > MAX_RANGE:
        raise SecurityError(f"a range of more than {MAX_RANGE:,} numbers is not allowed here")
    return found


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
