"""Adds what was imported to a list that exists: new services, and facts where the list is silent.

What the list states stays as it is, whatever the file says; where they differ, the report tells. Notes
on a service that the list has are told only: what was not understood is no fact to add.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from subproc_cli.errors import UsageFault
from subproc_cli.intake import write
from subproc_cli.intake.convert import Imported
from subproc_cli.intake.draft import LISTS, Draft
from subproc_cli.intake.lexicon import normal
from subproc_cli.intake.reading import Fact
from subproc_cli.problem import Route
from subproc_cli.registry import document
from subproc_cli.registry.edit import Put, edited
from subproc_cli.registry.index import Index
from subproc_cli.registry.source import Source
from subproc_cli.registry.succession import parts
from subproc_cli.registry.writing import written


class Merged(NamedTuple):
    """A list with what was added to it.

    Attributes:
        content: the bytes of the list.
        added: the ids of the new services.
        filled: where a service was silent: its id and the field.
        differing: one sentence for each fact that the list states otherwise, and each service it has alone.
    """

    content: bytes
    added: tuple[str, ...]
    filled: tuple[tuple[str, str], ...]
    differing: tuple[str, ...]


_EMPTY = re.compile(r"^services: *\{ *\}", re.MULTILINE)


class _Addition(NamedTuple):
    route: Route
    value: Any
    guessed: bool


def merged(source: Source, index: Index, made: Imported) -> Merged:
    """Return a list with what was imported added to it.

    Raises:
        UsageFault: the layout of the file leaves no safe place for a new service.
    """
    known = _matched(index, made.drafts)
    read, _ = document.parse(source)
    additions, differing = _compared(known, read.data["services"] if read else {})
    differing += [
        f"{key}: is in the list and not in the file"
        for key, service in index.registry.services.items()
        if key not in known and service.until is None
    ]
    taken = [id(draft) for draft in known.values()]
    new = {key: draft for key, draft in made.drafts.items() if id(draft) not in taken}
    new = _renamed(new, index.registry.services)
    content = _filled(source, additions)
    filled = tuple((str(each.route[1]), ".".join(map(str, each.route[2:]))) for each in additions)
    return Merged(_appended(Source(source.name, content), new), tuple(new), filled, tuple(differing))


def _compared(known: Mapping[str, Draft], stated: Any) -> tuple[list[_Addition], list[str]]:
    """Return what to add to the services that a list has, and what it states otherwise."""
    additions: list[_Addition] = []
    differing: list[str] = []
    for key, draft in known.items():
        for path in dict.fromkeys(fact.path for fact in draft):
            facts = [fact for fact in draft if fact.path == path]
            if path != "notes" and _at(stated[key], path) in (None, [], {}):
                additions.append(_addition(key, path, facts))
            elif told := _difference(_at(stated[key], path), facts):
                differing.append(f"{key}: {path}: the list stays as it is, {told}")
    return additions, differing


def _matched(index: Index, drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """Return the drafts of services that the list has: by id, else by name; each service once."""
    services = index.registry.services
    by_name = {normal(service.name): key for key, service in reversed(services.items())}
    found: dict[str, Draft] = {}
    for key, draft in drafts.items():
        match = key if key in services else by_name.get(normal(draft.name), "")
        if match and match not in found:
            found[match] = draft
    return found


def _renamed(new: Mapping[str, Draft], taken: Iterable[str]) -> dict[str, Draft]:
    """Return new services under ids that are free."""
    used = set(taken)
    found: dict[str, Draft] = {}
    for key, draft in new.items():
        free, number = key, 1
        while free in used:
            number += 1
            free = f"{key}-{number}"
        used.add(free)
        found[free] = draft
    return found


def _at(service: Any, path: str) -> Any:
    for step in path.split("."):
        service = service.get(step) if isinstance(service, dict) else None
    return service


def _addition(key: str, path: str, facts: list[Fact]) -> _Addition:
    value = [fact.value for fact in facts] if path in LISTS else facts[0].value
    route = ("services", key, *path.split("."))
    return _Addition(route, value, any(fact.guessed for fact in facts))


def _difference(stated: Any, facts: list[Fact]) -> str:
    """Return what a file says that the list does not, empty if it says nothing else."""
    known = stated if isinstance(stated, list) else [stated]
    bare = {_bare(each) for each in known}
    other = [fact.value for fact in facts if _bare(fact.value) not in bare]
    return f"the file says {written(other[0] if len(other) == 1 else other)}" if other else ""


def _bare(value: Any) -> str:
    """Return a value in the form in which two ways to write it are equal."""
    if isinstance(value, dict):
        value = value.get("data") or value.get("place") or value.get("basis") or written(value)
    if isinstance(value, list):
        return written(sorted(map(str, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return normal(str(value)) or str(value)


def _filled(source: Source, additions: list[_Addition]) -> bytes:
    """Return a list with fields put where it is silent; the lines of guesses are marked."""
    content = (
        edited(source, *(Put(each.route, each.value) for each in additions)) if additions else source.content
    )
    read, _ = document.parse(Source(source.name, content))
    guessed = (
        {read.where(each.route, of_key=True).line for each in additions if each.guessed} if read else set()
    )
    lines = content.splitlines(keepends=True)
    for number in guessed:
        lines[number - 1] = _marked(lines[number - 1])
    return b"".join(lines)


def _marked(line: bytes) -> bytes:
    bare = line.rstrip(b"\r\n")
    mark = write.GUESSED.encode()
    return line if bare.endswith(mark) else bare + mark + line[len(bare) :]


def _appended(source: Source, new: Mapping[str, Draft]) -> bytes:
    """Return a list with services behind those that it has.

    Raises:
        UsageFault: its services do not stand one below the other.
    """
    if not new:
        return source.content
    text = source.text
    crlf = "\r\n" in text
    text = _EMPTY.sub("services:", text.replace("\r\n", "\n"), count=1)
    before, after, indent = _place(source.name, text)
    added = "\n".join(_lines(new, indent))
    made = f"{before}{added}\n{after}"
    return source.rewritten(made.replace("\n", "\r\n") if crlf else made)


def _lines(new: Mapping[str, Draft], indent: str) -> Iterator[str]:
    yield ""
    yield from write.services(new, indent)


def _place(name: str, text: str) -> tuple[str, str, str]:
    """Return the text before and behind the place for new services, and their indentation."""
    split = parts(text)
    if split is None and text.rstrip().endswith("\nservices:"):
        return f"{text.rstrip()}\n", "", "  "
    if split is None:
        message = f"{name}: there is no safe place for a new service in its layout"
        raise UsageFault(message, "write the services one below the other, indented")
    last = list(split.blocks.values())[-1]
    lines = last.splitlines(keepends=True)
    kept = [at for at, line in enumerate(lines) if line.strip() and line[0] == " "]
    end = sum(map(len, lines[: kept[-1] + 1]))
    cut = len(text) - len(split.tail) - len(last) + end
    before = text[:cut] if text[:cut].endswith("\n") else f"{text[:cut]}\n"
    return before, text[cut:], last[: len(last) - len(last.lstrip(" "))]
