"""Reads the grammar of questions, `grammar.txt`, whose head explains how it is written."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeAlias

from subproc_cli.question.word_forms import list_verb_forms
from subproc_cli.text import fold

FORMS = ("b", "s", "g", "n")
"""The forms of a rule with `<F>`: plural or bare verb, third person, gerund, infinitive."""


_ITEM = re.compile(r"(?:'[^']+'|[A-Za-z_]\w*(?:\.\w)?)\??")
_WORDS = re.compile(r"'([^']+)'")


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
        self._openings: dict[str, _Openings] = {}

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all rules, those with verb forms once for each form."""
        for name in self._lines:
            yield from (f"{name[:-3]}.{form}" for form in FORMS) if name.endswith("<F>") else (name,)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word of the grammar, and the phrases of its word classes."""
        return frozenset((*self._list_words(), *chain(*self.verbs.values(), *self.phrases.values())))

    @cached_property
    def all_phrases(self) -> tuple[str, ...]:
        """Every word and every phrase that the grammar knows, verbs in each of their forms."""
        found = [*self._list_words(), *chain(*self.phrases.values())]
        for verbs in self.verbs.values():
            for form in "bspg":
                found.extend(" ".join(each) for each in chain(*list_verb_forms(verbs, form).values()))
        return tuple(dict.fromkeys(found))

    def _list_words(self) -> Iterator[str]:
        """Yield the words that are written in the rules themselves."""
        for line in chain(*self._lines.values()):
            for words in _WORDS.findall(line.partition("=>")[0]):
                yield from sorted(words.split())

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

    def find_candidates(self, name: str, word: str) -> tuple[Production, ...]:
        """Return the ways to write a rule that may begin with a word, in their order.

        Raises:
            KeyError: there is no such rule.
        """
        if name not in self._openings:
            self._openings[name] = _Openings(self.find_productions(name), self._list_first_words)
        return self._openings[name].find(word)

    def _list_first_words(self, item: Item) -> Iterable[str] | None:
        """Return the words that an item can begin with; None if only the list or its rule knows them."""
        base, _, form = item.name.partition(".")
        if item.kind is ItemKind.WORD:
            return item.words
        if item.kind is ItemKind.CLASS and base in self.verbs:
            return list_verb_forms(self.verbs[base], form)
        if item.kind is ItemKind.CLASS and base in self.phrases:
            return split_phrases(self.phrases[base])
        return None


class _Openings:
    """The productions of a rule by the words that they begin with.

    Args:
        productions: the ways to write the rule.
        list_first_words: returns the words that an item can begin with, None if they are not known.
    """

    def __init__(
        self,
        productions: tuple[Production, ...],
        list_first_words: Callable[[Item], Iterable[str] | None],
    ) -> None:
        self._productions = productions
        self._any: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._found: dict[str, tuple[Production, ...]] = {}
        for index, production in enumerate(productions):
            words = None if production.first.is_optional else list_first_words(production.first)
            if words is None:
                self._any.append(index)
            else:
                for word in words:
                    self._by_word.setdefault(word, []).append(index)
        self._rest = tuple(productions[index] for index in self._any)

    def find(self, word: str) -> tuple[Production, ...]:
        """Return the productions that may begin with a word."""
        if word not in self._by_word:
            return self._rest
        if word not in self._found:
            order = sorted({*self._any, *self._by_word[word]})
            self._found[word] = tuple(self._productions[index] for index in order)
        return self._found[word]


@cache
def split_phrases(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Return phrases as words, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(fold(phrase).split())
        found.setdefault(words[0], []).append(words)
    return found


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
