"""Writes the reference of the public Python interface from its docstrings and annotations."""

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

import subproc_cli

_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)
_MODULES = re.compile(r"(?<![\w.'])(?:[a-z_]+\.)+(?=[A-Za-z_])")
_ENUM_MEMBER = re.compile(r"<\w+\.\w+: ('[^']*')>")
_FIELDS = "The attributes are the fields of the file: see [The fields](fields.md)."
_OTHER_PAGES = {
    "RegistryModel": _FIELDS,
    "Service": _FIELDS,
    "Customer": "The attributes are the fields of the file of customers: see [Notices](notices.md).",
}
_DOCUMENTED = {"Registry": {"commit", "find_service", "find_services_in_use", "locate", "sha256", "text"}}
"""The properties and methods of a class that are public, where others are for the program itself."""


def write_reference() -> str:
    """Return a part for every public function and class."""
    public = {name: getattr(subproc_cli, name) for name in subproc_cli.__all__}
    functions = {name: value for name, value in public.items() if inspect.isfunction(value)}
    lines = ["## Functions"]
    for name, function in functions.items():
        lines += ["", f"### {name}", "", f"```python\n{name}{format_signature(function)}\n```"]
        lines += ["", _join(inspect.getdoc(function) or "")]
    lines += ["", "## Classes"]
    for name, value in public.items():
        if name not in functions:
            lines += ["", f"### {name}", "", _summarize(value), *_iter_class_lines(name, value)]
    return "\n".join(lines) + "\n"


def _iter_class_lines(name: str, value: type) -> Iterator[str]:
    if issubclass(value, Enum):
        yield from ("", f"Values: {', '.join(f'`{member}`' for member in value)}.")
    elif name in _OTHER_PAGES:
        yield from ("", _OTHER_PAGES[name])
    else:
        members = ((_escape_cell(member), meaning) for member, meaning, _ in iter_members(value))
        rows = [f"| `{member}` | {meaning} |" for member, meaning in members]
        yield from ("", "| attribute | meaning |", "| --- | --- |", *rows) if rows else ()


def iter_members(value: type) -> Iterator[tuple[str, str, set[type]]]:
    """Yield the public attributes and methods of a class, with the meaning of each and the types that it names."""
    hints = get_type_hints(value)
    for name, meaning in _ATTRIBUTE.findall(inspect.cleandoc(value.__doc__ or "")):
        hint = hints.get(name)
        yield _format_member(name, hint), _sentence(meaning), find_types(hint)
    for name, member in inspect.getmembers_static(value):
        if name.startswith("_") or name not in _DOCUMENTED.get(value.__name__, {name}):
            continue
        if isinstance(member, property | cached_property):
            function = member.fget if isinstance(member, property) else member.func
            hint = get_type_hints(function)["return"]
            yield _format_member(name, hint), _summarize(member), find_types(hint)
        elif inspect.isfunction(member) and member.__module__.startswith("subproc_cli"):
            found = set[type]().union(*map(find_types, get_type_hints(member).values()))
            yield f"{name}{format_signature(member)}", _summarize(member), found


def find_types(hint: Any) -> set[type]:
    """Return the classes of this program that an annotation names, except the models of the files."""
    parts = set[type]().union(*map(find_types, get_args(hint)))
    is_own = isinstance(hint, type) and hint.__module__.startswith("subproc_cli")
    return parts | ({hint} if is_own and not issubclass(hint, BaseModel) else set())


def format_signature(function: Any) -> str:
    """Return the signature of a function without the modules of its types."""
    signature = inspect.signature(function)
    parameters = [parameter for name, parameter in signature.parameters.items() if name != "self"]
    text = _ENUM_MEMBER.sub(r"\1", str(signature.replace(parameters=parameters)))
    return _MODULES.sub("", text)


def _format_member(name: str, hint: Any) -> str:
    if hint is None:
        return name
    return f"{name}: {_MODULES.sub('', hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint))}"


def _escape_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _summarize(value: Any) -> str:
    return _sentence((inspect.getdoc(value) or "").partition("\n\n")[0])


def _sentence(text: str) -> str:
    joined = _escape_cell(" ".join(text.split()))
    return joined[:1].upper() + joined[1:]


def _join(text: str) -> str:
    """Return a docstring as Markdown: its sections as lists."""
    parts = re.split(r"\n(Args|Raises):\n", text)
    prose = "\n\n".join(" ".join(paragraph.split()) for paragraph in parts[0].strip().split("\n\n"))
    lines = [prose]
    for title, section in zip(parts[1::2], parts[2::2], strict=True):
        lines += ["", "Arguments:" if title == "Args" else "Raises:", ""]
        lines += [f"- `{name}`: {' '.join(meaning.split())}" for name, meaning in _ATTRIBUTE.findall(section)]
    return "\n".join(lines)
