"""Decides which service of a list each service of a file is: by its name or id, then by the best likeness.

The number of a row decides nothing, and a service with another name is never matched without a report.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from subproc_cli.importers.draft import MAPPINGS, Draft
from subproc_cli.importers.text.entities import strip_legal_form
from subproc_cli.importers.text.parsed import Fact
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.registry.registry import Registry
from subproc_cli.text import slugify
from subproc_cli.yaml.layout import format_value

_MOST_PAIRS = 10_000
"""Maximum number of pairs of services of one name, of a file and of a list, that are compared."""


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


def match_services(registry: Registry, drafts: Mapping[str, Draft], stated: Any) -> dict[str, Draft]:
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
    for at, (key, draft) in enumerate(drafts.items()):
        name = _name(draft.name)
        same_name = by_name.get(name, [])
        if namesakes[name] * max(namesakes[name], len(same_name)) > _MOST_PAIRS:
            same_name = [each for each in same_name if _is_for_the_same(draft, stated[keys[each]])]
        same_name = [each for each in same_name if _may_be(draft, stated[keys[each]])]
        own_id = [places[key]] if key in places and is_own_id(key, draft) else []
        for each in dict.fromkeys((*same_name, *own_id)):
            renamed, has_other = each not in same_name, own_id not in ([], [each])
            yield _Fit(renamed, *_compared_to(draft, stated[keys[each]]), has_other, at, each)


def _may_be(draft: Draft, stated: Any) -> bool:
    """Return whether a service may be that of a draft; with another spelling, the purpose decides."""
    is_same = is_same_name(draft.name, str(stated["name"]))
    return (
        is_same or not draft.first("purpose") or not stated.get("purpose") or _is_for_the_same(draft, stated)
    )


def _is_for_the_same(draft: Draft, stated: Any) -> bool:
    return _bare(draft.first("purpose")) == _bare(stated.get("purpose"))


def is_same_name(first: str, second: str) -> bool:
    """Return whether two names have the same letters, apart from case, marks and legal forms."""
    return _strip_form(first) == _strip_form(second)


def _strip_form(name: str) -> str:
    return " ".join(strip_legal_form(name).casefold().replace(".", "").replace(",", " ").split())


def _name(name: str) -> str:
    """Return a name in the form in which two spellings are equal; one of marks alone stays as it is."""
    return normalize(strip_legal_form(name)) or normalize(name) or name


def is_own_id(key: str, draft: Draft) -> bool:
    """Return whether the id of a draft is derived from what the file says, without a number added to it."""
    return key == slugify(draft.id or draft.name)


def _compared_to(draft: Draft, stated: Any) -> tuple[int, int, int]:
    """Return how many fields a draft and a service state differently, then only the one, then the other."""
    paths = dict.fromkeys(fact.path for fact in draft if fact.path not in ("name", "notes"))
    differing = silent = 0
    for path in paths:
        value = get_at(stated, path)
        if is_silent(value):
            silent += 1
        else:
            differing += bool(describe_difference(value, [fact for fact in draft if fact.path == path]))
    more = sum(path not in paths for path in _paths(stated) if path not in ("name", "notes"))
    return differing, silent, more


def _paths(stated: Any) -> list[str]:
    """Return the fields that a service of the list states, those of a mapping one by one."""
    return [
        f"{field}.{name}" if name else field
        for field, value in stated.items()
        for name in (value if field in MAPPINGS and isinstance(value, dict) else ("",))
        if not is_silent(value)
    ]


def is_silent(value: Any) -> bool:
    """Return whether a value states nothing."""
    return value in (None, [], {})


def get_at(service: Any, path: str) -> Any:
    """Return what a service states in a field, None if it states nothing."""
    for step in path.split("."):
        service = service.get(step) if isinstance(service, dict) else None
    return service


def describe_difference(stated: Any, facts: list[Fact]) -> str:
    """Return what a file says that the list does not, empty if it says nothing else."""
    known = stated if isinstance(stated, list) else [stated]
    bare = {_bare(each) for each in known}
    other = [fact.value for fact in facts if _bare(fact.value) not in bare]
    return f"the file states {format_value(other[0] if len(other) == 1 else other)}" if other else ""


def describe_more(stated: Any, facts: list[Fact]) -> str:
    """Return what items of a list field the file no longer has, empty if it has all of them."""
    bare = {_bare(fact.value) for fact in facts}
    more = [each for each in stated if _bare(each) not in bare] if isinstance(stated, list) else []
    return f"the file does not state {format_value(more[0] if len(more) == 1 else more)}" if more else ""


def _bare(value: Any) -> str:
    """Return a value in the form in which two ways to write it are equal."""
    if isinstance(value, dict) and "how" in value and "place" in value:
        return f"{_bare(value['place'])} {value['how']}"
    if isinstance(value, dict):
        value = value.get("data") or value.get("place") or value.get("basis") or format_value(value)
    if isinstance(value, list):
        return format_value(sorted(map(str, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return normalize(str(value)) or str(value)
