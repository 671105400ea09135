"""Finds what texts say of whether a service is always used: `(optional)`, `if you enable it`, `opt-in`."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from subproc_cli.enums import Activation
from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import dates, keywords, split
from subproc_cli.importers.vocabulary import normalize

_PIECES = re.compile(r"[()\[\];,:\n]|\s[–—|-]\s|\.(?=\s|\Z)")
_LONGEST_TEXT = 5_000
_WITHIN = 90
"""Maximum number of characters between the word that opens a condition and the verb that makes it one."""
_END_OF_NAME = re.compile(
    r"\A(.{2,100}?)\s*(?:[(\[]([^()\[\]]{2,100})[)\]]|[–—|:,-]\s+([^–—|:,]{2,40}))[*†\s]*\Z", re.DOTALL
)
_BRACKETS = re.compile(r"\(([^()]{1,500})\)")
_BADGE = re.compile(r"\A(.{2,80}?)\s+(\S+)\Z", re.DOTALL)


class NameOfUse(NamedTuple):
    """A name without what it says of the use of its service.

    Attributes:
        name: the name.
        activation: what its end says; empty if it says nothing.
        condition: the condition in it; empty if there is none.
        since: the first day of use in it, as in the file; empty if there is none.
    """

    name: str
    activation: str = ""
    condition: str = ""
    since: str = ""


def split_name(text: str) -> NameOfUse:
    """Return the parts of a name such as `Acme (optional)` or `Acme (if enabled)`."""
    if match := _END_OF_NAME.match(text):
        stated = " ".join((match[2] or match[3]).split())
        use = _parse_use(match[1].strip(), stated, in_brackets=bool(match[2]))
        if use:
            return use
    badge = _BADGE.match(text)
    if badge and badge[2][0].isupper() and normalize(badge[2]) in _words("badges"):
        return NameOfUse(badge[1].strip(), Activation.OPT_IN)
    return NameOfUse(text)


def _parse_use(name: str, stated: str, *, in_brackets: bool) -> NameOfUse | None:
    """Return a name with what the words after it say of the use of its service, None if they say nothing."""
    if is_optional(stated):
        others = ", ".join(piece for piece in split.split_values(stated) if not is_optional(piece))
        return NameOfUse(name, Activation.OPT_IN, others if states_condition(others) else "")
    if not in_brackets:
        return None
    if states_condition(stated) or _begins_condition(stated):
        return NameOfUse(name, condition=stated)
    if since := _parse_first_day(stated):
        return NameOfUse(name, since=since)
    if normalize(stated) in _words("required"):
        return NameOfUse(name, Activation.ALWAYS)
    is_current = normalize(stated) in vocabulary.load_phrases("not_in_use", "current")
    return NameOfUse(name) if is_current else None


@lru_cache(maxsize=1024)
def is_optional(text: str) -> bool:
    """Return whether a part of a text says that a service is optional: `Chat, optional`, `Optional: chat`."""
    first = normalize(text.strip().partition(" ")[0])
    pieces = map(normalize, _PIECES.split(text[:_LONGEST_TEXT]))
    is_stated = first in _words("headings") or any(piece in _words("headings") for piece in pieces)
    return is_stated or bool(vocabulary.build_pattern("use_conditions", "optional").search(text))


@lru_cache(maxsize=1024)
def states_condition(text: str) -> bool:
    """Return whether a sentence states a condition of using a service: `SMS, if you enable it`."""
    text = _without_examples(text)
    if limits_use(text):
        return True
    return len(text) <= _LONGEST_TEXT and any(pattern.search(text) for pattern in _patterns())


def limits_use(text: str) -> bool:
    """Return whether a text has words such as `only when` outside of its examples."""
    return bool(vocabulary.build_pattern("use_conditions", "only").search(_without_examples(text)))


def _without_examples(text: str) -> str:
    """Return a text without examples in brackets, whose conditions are not those of a service."""
    examples = vocabulary.build_pattern("template", "example")
    return _BRACKETS.sub(lambda match: "" if examples.match(match[1]) else match[0], text)


def read_answer(label: str, text: str) -> tuple[str, str]:
    """Return the activation that an answer under a label means, and what the answer leaves unread.

    `Optional: yes` is an opt-in, `Required: yes` is not, `Opt-out: yes` is an opt-out.
    """
    first, _, rest = re.sub(r"[(,;:–—-]", " ", text.strip()).partition(" ")
    answer = next((fact.value for fact in keywords.parse_yes_no("", first).facts), "")
    if not answer:
        return "", text
    words = normalize(label)
    if vocabulary.contains_phrase(words, _words("required")):
        value = Activation.ALWAYS if answer == "yes" else Activation.OPT_IN
    elif vocabulary.contains_phrase(words, (normalize("opt out"),)) and "opt in" not in words:
        value = Activation.OPT_OUT if answer == "yes" else Activation.ALWAYS
    else:
        value = Activation.OPT_IN if answer == "yes" else Activation.ALWAYS
    return value, rest.strip(" )")


def _parse_first_day(text: str) -> str:
    """Return the first day of use that a text names: `from 1 March 2025`; empty if it says anything else."""
    words = text.split()
    known = vocabulary.load_phrases("not_in_use", "begins") | _words("since")
    days = (
        dates.parse_day(" ".join(words[length:]))
        for length in range(1, len(words))
        if normalize(" ".join(words[:length])) in known
    )
    return next((day.isoformat() for day in days if day), "")


def _begins_condition(text: str) -> bool:
    return normalize(text.split(maxsplit=1)[0]) in _words("begins")


def _words(kind: str) -> frozenset[str]:
    return vocabulary.load_phrases("use_conditions", kind)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of conditions: who decides and what they do, or what has to be done."""
    found = []
    for shape in vocabulary.load_words("use_conditions", "shapes"):
        opens, who, does, done = (_any_of(shape.get(key, ())) for key in ("opens", "who", "does", "done"))
        if does:
            found.append(rf"{opens}[^.;]{{0,{_WITHIN}}}?(?<!\w){who}(?!\w)[^.;]{{0,{_WITHIN}}}?(?<!\w){does}")
        if done:
            found.append(rf"{opens}[^.;]{{0,{_WITHIN}}}?(?<!\w){done}")
    return tuple(re.compile(rf"(?<!\w)(?<!even )(?<!auch ){each}", re.IGNORECASE) for each in found)


def _any_of(words: Iterable[str]) -> str:
    listed = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, listed))})" if listed else ""
