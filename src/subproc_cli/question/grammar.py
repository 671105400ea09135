"""Reads the grammar of questions, `grammar.txt`, whose head explains how it is written."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, TypeAlias

FORMS = ("b", "s", "g", "n")
"""The forms of a rule with `<F>`: plural or bare verb, third person, gerund, infinitive."""


_ITEM = re.compile(r"(?:'[^']+'|[A-Za-z_]\w*(?:\.\w)?)\??")


class ItemKind(Enum):
    """What an item of a production matches."""

    WORD = auto()
    CLASS = auto()
    RULE = auto()


class Item(NamedTuple):
    """One item of a production: words of the question, a word class, or another rule."""

    kind: ItemKind
    name: str
    words: frozenset[str] = frozenset()
    is_optional: bool = False


class Call(NamedTuple):
    """An action with what it is given."""

    action: str
    arguments: tuple["Expression", ...]


Expression: TypeAlias = int | str | Call
"""The number of an item, counted from 1; a plain word; or an action."""


class Production:
    """An alternative of a rule. Most fail at their first item, so the others are read when they are needed.

    Args:
        text: the line of the grammar.
    """

    def __init__(self, text: str) -> None:
        self._body, _, self._meaning = text.partition("=>")
        match = _ITEM.search(self._body)
        if match is None:
            raise ValueError(text)
        self.first: Item = _make_item(match[0])

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """What has to follow one another."""
        return tuple(_make_item(match[0]) for match in _ITEM.finditer(self._body))

    @cached_property
    def meaning(self) -> Expression | None:
        """How its meaning is built; None to use the meaning of its only item."""
        if not self._meaning:
            return None
        found = _read_call(self._meaning.replace("(", " ( ").replace(")", " ) ").split())
        return found if found.action else found.arguments[0]


class Grammar:
    """The rules, each read when it is first used, since most questions need a few of them.

    Args:
        start: the rule of a whole question.
        lines: the productions of each rule, as they are written.
        verbs: verbs in their bare form, by word class.
        phrases: phrases, by word class.
    """

    def __init__(
        self,
        start: str,
        lines: dict[str, list[str]],
        verbs: dict[str, tuple[str, ...]],
        phrases: dict[str, tuple[str, ...]],
    ) -> None:
        self.start = start
        self.verbs = verbs
        self.phrases = phrases
        self._lines = lines
        self._rules: dict[str, tuple[Production, ...]] = {}

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all rules, those with verb forms once for each form."""
        for name in self._lines:
            yield from (f"{name[:-3]}.{form}" for form in FORMS) if name.endswith("<F>") else (name,)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word of the grammar, those of its word classes included."""
        items = (item for name in self for line in self.find_productions(name) for item in line.items)
        listed = (*self.verbs.values(), *self.phrases.values())
        return frozenset(word for item in items for word in item.words) | {
            phrase for phrases in listed for phrase in phrases
        }

    def find_productions(self, name: str) -> tuple[Production, ...]:
        """Return the ways to write a rule.

        Raises:
            KeyError: there is no such rule.
        """
        if name not in self._rules:
            base, _, form = name.partition(".")
            lines = self._lines[name] if name in self._lines else self._lines[f"{base}<F>"]
            self._rules[name] = tuple(Production(line.replace("<F>", f".{form}")) for line in lines)
        return self._rules[name]


@cache
def load_grammar() -> Grammar:
    """Return the grammar that comes with the program."""
    return read_grammar((Path(__file__).parent / "grammar.txt").read_text("utf-8"))


def read_grammar(text: str) -> Grammar:
    """Return the grammar that a text describes."""
    lines: dict[str, list[str]] = {}
    verbs: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[str, ...]] = {}
    head = ""
    for line in _iter_lines(text):
        if line.startswith("|"):
            lines[head].append(line[1:])
        elif line.startswith(("verb ", "words ")):
            kind, _, rest = line.partition(" ")
            name, _, listed = rest.partition(":")
            entries = tuple(entry.strip() for entry in listed.split(",") if entry.strip())
            (verbs if kind == "verb" else phrases)[name.strip()] = entries
        else:
            head = line
            lines[head] = []
    return Grammar(next(iter(lines)), lines, verbs, phrases)


def _iter_lines(text: str) -> Iterator[str]:
    """Yield the lines with content; a line that ends with a comma goes on in the next one."""
    held = ""
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        held = f"{held} {line}".strip()
        if not line.endswith(","):
            yield held
            held = ""


def _read_call(words: list[str]) -> Call:
    """Return the action that words begin with, and take its words away; `$2` alone is not an action."""
    action = "" if words[0].startswith("$") else words.pop(0)
    arguments: list[Expression] = []
    while words and words[0] != ")":
        word = words.pop(0)
        if word == "(":
            arguments.append(_read_call(words))
            words.pop(0)
        else:
            arguments.append(int(word[1:]) if word.startswith("$") else word)
    return Call(action, tuple(arguments))


@cache
def _make_item(text: str) -> Item:
    bare = text.removesuffix("?")
    optional = bare != text
    if bare.startswith("'"):
        words = bare.strip("'")
        return Item(ItemKind.WORD, words, frozenset(words.split()), optional)
    return Item(ItemKind.CLASS if bare[0].isupper() else ItemKind.RULE, bare, frozenset(), optional)
