"""Gives services their ids: from the name, and for services of the same name from what distinguishes them.

An id must not depend on the order of the rows, or a list that is imported again would compare the wrong ones.
"""

from collections.abc import Iterator, Sequence

from subproc_cli.importers.draft import Draft
from subproc_cli.text import slugify

_LONGEST_ID = 80
"""Maximum number of characters of an id that is made of a name; a key of YAML has 1,024 at most."""
_TELLING = ("purpose", "products", "group")
"""Fields that may distinguish services of the same name."""
_WORDS = 4
"""Maximum number of words of such a field that become part of an id."""


def make_ids(drafts: Sequence[Draft]) -> Iterator[tuple[str, str]]:
    """Yield the id of each service, and the id that it would have if its name were unique."""
    namesakes: dict[str, list[Draft]] = {}
    slugs = [_slug(draft.id or draft.name) for draft in drafts]
    for draft, slug in zip(drafts, slugs, strict=True):
        namesakes.setdefault(slug, []).append(draft)
    wanted = {id(draft): key for name, group in namesakes.items() for draft, key in _tell_apart(name, group)}
    used: dict[str, int] = {}
    for draft, slug in zip(drafts, slugs, strict=True):
        own = wanted[id(draft)]
        yield _unused(own, used), own if own != slug else slugify(draft.id or draft.name)


def _tell_apart(name: str, group: list[Draft]) -> Iterator[tuple[Draft, str]]:
    """Yield services of the same name with distinct ids, or with the name if nothing distinguishes them."""
    for field in _TELLING if len(group) > 1 and not any(draft.id for draft in group) else ():
        suffixes = [slugify(" ".join(str(draft.first(field) or "").split()[:_WORDS])) for draft in group]
        if all(suffixes) and len(set(suffixes)) == len(group):
            yield from ((draft, _slug(f"{name}-{each}")) for draft, each in zip(group, suffixes, strict=True))
            return
    yield from ((draft, name) for draft in group)


def _slug(name: str) -> str:
    first = slugify(name)
    while slugify(first) != first:
        first = slugify(first)
    return slugify(first[:_LONGEST_ID]) or "service"


def _unused(first: str, used: dict[str, int]) -> str:
    """Return an id, and mark it as used; a second one of the same name gets a number."""
    key = first
    while key in used:
        used[first] += 1
        key = f"{first}-{used[first]}"
    used[key] = 1
    return key
