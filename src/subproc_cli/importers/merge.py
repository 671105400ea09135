"""Adds what was imported to a list that exists: new services, and facts where the list is silent.

What the list states stays as it is, whatever the file says; where they differ, the report tells. Notes
on a service that the list has are only reported: a text that was not understood is not a fact to add.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from subproc_cli.diagnostics import FieldPath
from subproc_cli.errors import UsageError
from subproc_cli.importers import serialize
from subproc_cli.importers.draft import LISTS, MAPPINGS, Draft
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.importers.text.parsed import Fact
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.registry import introspect
from subproc_cli.registry.incremental import split_services
from subproc_cli.registry.registry import Registry
from subproc_cli.text import slugify
from subproc_cli.yaml import reader
from subproc_cli.yaml.editor import Put, apply_edits
from subproc_cli.yaml.layout import format_value
from subproc_cli.yaml.source import Source


class MergeResult(NamedTuple):
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


_MOST_PAIRS = 10_000
"""Most pairs of services of one name, of a file and of a list, that are compared."""
_NUMBER = re.compile(r"(?<=.)-\d+\Z")
_EMPTY = re.compile(r"^services: *\{ *\}", re.MULTILINE)


class _Addition(NamedTuple):
    route: FieldPath
    value: Any
    guessed: bool


def merge_into_registry(source: Source, registry: Registry, made: ImportResult) -> MergeResult:
    """Return a list with what was imported added to it.

    Raises:
        UsageError: the layout of the file leaves no safe place for a new service.
    """
    read, _ = reader.parse(source)
    stated = read.data["services"] if read else {}
    known = _matched(registry, made.drafts, stated)
    additions, differing = _compared(known, stated)
    differing = [*_taken_for(known, registry), *differing]
    differing += [
        f"{key}: is in the registry but not in the file"
        for key, service in registry.model.services.items()
        if key not in known and service.until is None
    ]
    taken = [id(draft) for draft in known.values()]
    new = {key: draft for key, draft in made.drafts.items() if id(draft) not in taken}
    new = _renamed(new, registry.model.services)
    content = _filled(source, additions)
    filled = tuple((str(each.route[1]), ".".join(map(str, each.route[2:]))) for each in additions)
    return MergeResult(_appended(Source(source.name, content), new), tuple(new), filled, tuple(differing))


def _taken_for(known: Mapping[str, Draft], index: Registry) -> list[str]:
    """Return which services of the file are taken for services of the list that have another name."""
    names = {key: index.model.services[key].name for key in known}
    return [
        f"{key}: {draft.name} in the file is matched to {names[key]} in the registry"
        for key, draft in known.items()
        if draft.name.split() != names[key].split() and draft.name.casefold() != names[key].casefold()
    ]


def _compared(known: Mapping[str, Draft], stated: Any) -> tuple[list[_Addition], list[str]]:
    """Return what to add to the services that a list has, and what it states otherwise."""
    additions: list[_Addition] = []
    differing: list[str] = []
    for key, draft in known.items():
        for path in dict.fromkeys(fact.path for fact in draft):
            facts = [fact for fact in draft if fact.path == path]
            if path != "notes" and _is_silent(_at(stated[key], path)):
                additions.append(_addition(key, path, facts))
            elif difference := _difference(_at(stated[key], path), facts):
                differing.append(f"{key}: {path}: kept as in the registry; {difference}")
    return additions, differing


class _Fit(NamedTuple):
    """How well a draft fits a service of the list; the least fits best.

    What was added for a draft fits it without any difference, so the next import of the same file finds
    every service that this one added, and adds nothing.

    Attributes:
        renamed: whether only their ids are the same, not their names.
        differing: fields that both state, and not with the same words.
        silent: fields that only the draft states.
        more: fields that only the service states.
        has_other: whether the draft fits another service by its id, should this one be taken.
        draft: the place of the draft in its file.
        service: the place of the service in the list.
    """

    renamed: bool
    differing: int
    silent: int
    more: int
    has_other: bool
    draft: int
    service: int


def _matched(registry: Registry, drafts: Mapping[str, Draft], stated: Any) -> dict[str, Draft]:
    """Return the drafts of services that the list has, each service once, the best fit first."""
    keys = list(registry.model.services)
    listed = list(drafts.values())
    found: dict[int, int] = {}
    taken: set[int] = set()
    for fit in sorted(_fits(registry, drafts, stated)):
        if fit.service not in found and fit.draft not in taken:
            found[fit.service] = fit.draft
            taken.add(fit.draft)
    in_order = sorted(found.items(), key=lambda pair: pair[1])
    return {keys[service]: listed[draft] for service, draft in in_order}


def _fits(index: Registry, drafts: Mapping[str, Draft], stated: Any) -> Iterator[_Fit]:
    """Yield how each draft fits the services that have its name, and the one that has its id."""
    keys = list(index.model.services)
    places = {key: at for at, key in enumerate(keys)}
    by_name: dict[str, list[int]] = {}
    for at, service in enumerate(index.model.services.values()):
        by_name.setdefault(_name(service.name), []).append(at)
    namesakes = Counter(_name(draft.name) for draft in drafts.values())
    met: Counter[str] = Counter()
    for at, (key, draft) in enumerate(drafts.items()):
        name = _name(draft.name)
        same_name = by_name.get(name, [])
        if namesakes[name] * max(namesakes[name], len(same_name)) > _MOST_PAIRS:
            same_name = same_name[met[name] : met[name] + 1]  # the first with the first, and so on
        met[name] += 1
        own_id = [places[key]] if key in places and _is_own_id(key, draft) else []
        for each in dict.fromkeys((*same_name, *own_id)):
            renamed, has_other = each not in same_name, own_id not in ([], [each])
            yield _Fit(renamed, *_compared_to(draft, stated[keys[each]]), has_other, at, each)


def _name(name: str) -> str:
    """Return a name in the form in which two spellings are equal; one of marks alone stays as it is."""
    return normalize(name) or name


def _is_own_id(key: str, draft: Draft) -> bool:
    """Return whether the id of a draft is derived from what the file says, without a number added to it."""
    return key == slugify(draft.id or draft.name)


def _compared_to(draft: Draft, stated: Any) -> tuple[int, int, int]:
    """Return how many fields a draft and a service state differently, then only the one, then the other."""
    paths = dict.fromkeys(fact.path for fact in draft if fact.path not in ("name", "notes"))
    differing = silent = 0
    for path in paths:
        value = _at(stated, path)
        if _is_silent(value):
            silent += 1
        else:
            differing += bool(_difference(value, [fact for fact in draft if fact.path == path]))
    more = sum(path not in paths for path in _paths(stated) if path not in ("name", "notes"))
    return differing, silent, more


def _paths(stated: Any) -> list[str]:
    """Return the fields that a service of the list states, those of a mapping one by one."""
    return [
        f"{field}.{name}" if name else field
        for field, value in stated.items()
        for name in (value if field in MAPPINGS and isinstance(value, dict) else ("",))
        if not _is_silent(value)
    ]


def _is_silent(value: Any) -> bool:
    return value in (None, [], {})


def _renamed(new: Mapping[str, Draft], taken: Iterable[str]) -> dict[str, Draft]:
    """Return new services under ids that are free."""
    used = set(taken)
    found: dict[str, Draft] = {}
    for key, draft in new.items():
        free, number = key, 1
        first = key if _is_own_id(key, draft) else _NUMBER.sub("", key)
        while free in used:
            number += 1
            free = f"{first}-{number}"
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
    return f"the file says {format_value(other[0] if len(other) == 1 else other)}" if other else ""


def _bare(value: Any) -> str:
    """Return a value in the form in which two ways to write it are equal."""
    if isinstance(value, dict):
        value = value.get("data") or value.get("place") or value.get("basis") or format_value(value)
    if isinstance(value, list):
        return format_value(sorted(map(str, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return normalize(str(value)) or str(value)


def _filled(source: Source, additions: list[_Addition]) -> bytes:
    """Return a list with fields put where it is silent; the lines of guesses are marked."""
    content = (
        apply_edits(
            source, *(Put(each.route, each.value) for each in additions), field_order=introspect.list_fields
        )
        if additions
        else source.content
    )
    read, _ = reader.parse(Source(source.name, content))
    guessed = (
        {read.locate(each.route, of_key=True).line for each in additions if each.guessed} if read else set()
    )
    lines = content.splitlines(keepends=True)
    for number in guessed:
        lines[number - 1] = _marked(lines[number - 1])
    return b"".join(lines)


def _marked(line: bytes) -> bytes:
    bare = line.rstrip(b"\r\n")
    mark = serialize.GUESSED.encode()
    return line if bare.endswith(mark) else bare + mark + line[len(bare) :]


def _appended(source: Source, new: Mapping[str, Draft]) -> bytes:
    """Return a list with services behind those that it has.

    Raises:
        UsageError: its services are not one below the other.
    """
    if not new:
        return source.content
    text = source.text
    crlf = "\r\n" in text
    text = _EMPTY.sub("services:", text.replace("\r\n", "\n"), count=1)
    before, after, indent = _place(source.name, text)
    added = "\n".join(_lines(new, indent))
    made = f"{before}{added}\n{after}"
    return source.encode(made.replace("\n", "\r\n") if crlf else made)


def _lines(new: Mapping[str, Draft], indent: str) -> Iterator[str]:
    yield ""
    yield from serialize.iter_service_lines(new, indent)


def _place(name: str, text: str) -> tuple[str, str, str]:
    """Return the text before and behind the place for new services, and their indentation."""
    split = split_services(text)
    if split is None and text.rstrip().endswith("\nservices:"):
        return f"{text.rstrip()}\n", "", "  "
    if split is None:
        message = f"{name}: cannot add a service to this layout"
        raise UsageError(message, "write each service on lines of its own, indented")
    last = list(split.blocks.values())[-1]
    lines = last.splitlines(keepends=True)
    kept = [at for at, line in enumerate(lines) if line.strip() and line[0] == " "]
    end = sum(map(len, lines[: kept[-1] + 1]))
    cut = len(text) - len(split.tail) - len(last) + end
    before = text[:cut] if text[:cut].endswith("\n") else f"{text[:cut]}\n"
    return before, text[cut:], last[: len(last) - len(last.lstrip(" "))]
