"""Reads the grammar of questions: the rules of `grammar.txt`, whose head explains them, and `words.txt`."""

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from functools import cache, cached_property
from itertools import chain, product
from pathlib import Path
from typing import NamedTuple, TypeAlias

from subproc_cli.question.word_forms import list_verb_forms
from subproc_cli.text import fold

FORMS = ("b", "s", "g", "n")
"""The forms of a rule with `<F>`: plural or bare verb, third person, gerund, infinitive."""


_ITEM = re.compile(r"(?:'[^']+'|[A-Za-z_]\w*(?:\.\w)?)\??")
_OPENING = re.compile(r"(?:'[^']+'|[A-Za-z_]\w*(?:\.\w|<F>)?)\??")
"""The first item of a line, whose verb has no form yet."""
_PLACE = re.compile(r"(?:'[^']+'|[^\s'])+")
"""An item, or several with `/` between them."""
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
    """An alternative of a rule. Most cannot begin with the words of a question, and are never read.

    Args:
        text: the line of the grammar.
    """

    def __init__(self, text: str) -> None:
        self._body, _, self._meaning = text.partition("=>")

    @property
    def first(self) -> Item:
        """What it begins with."""
        return self.items[0]

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
        lines: dict[str, tuple[str, ...]],
        verbs: dict[str, tuple[str, ...]],
        phrases: dict[str, tuple[str, ...]],
    ) -> None:
        self.start = start
        self.verbs = verbs
        self.phrases = phrases
        self._lines = lines
        self._rules: dict[str, _Rule] = {}

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
        return self._find_rule(name).list_productions()

    def find_candidates(self, name: str, word: str) -> tuple[Production, ...]:
        """Return the ways to write a rule that may begin with a word, in their order.

        Raises:
            KeyError: there is no such rule.
        """
        return self._find_rule(name).find_candidates(word)

    def _find_rule(self, name: str) -> "_Rule":
        if name not in self._rules:
            base, _, form = name.partition(".")
            lines = self._lines[name] if name in self._lines else self._lines[f"{base}<F>"]
            self._rules[name] = _Rule(lines, form, self._may_begin)
        return self._rules[name]

    def _may_begin(self, opening: str, word: str) -> bool:
        """Return whether an item can begin with a word; of a class without a list, only the list knows."""
        item = _make_item(opening)
        base, _, form = item.name.partition(".")
        if item.is_optional or item.kind is ItemKind.RULE:
            return True
        if item.kind is ItemKind.WORD:
            return word in item.words
        if base in self.verbs:
            return word in list_verb_forms(self.verbs[base], form)
        return base not in self.phrases or word in split_phrases(self.phrases[base])


class _Rule:
    """The ways to write a rule, each read when it is first needed.

    Args:
        lines: the lines of the grammar.
        form: the form of the verbs; empty for a rule without forms.
        may_begin: returns whether an item can begin with a word.
    """

    def __init__(self, lines: tuple[str, ...], form: str, may_begin: Callable[[str, str], bool]) -> None:
        self._lines = lines
        self._form = form
        self._may_begin = may_begin
        self._productions: dict[int, Production] = {}
        self._candidates: dict[str, tuple[Production, ...]] = {}

    def list_productions(self) -> tuple[Production, ...]:
        """Return all of them."""
        return tuple(map(self._read_production, range(len(self._lines))))

    def find_candidates(self, word: str) -> tuple[Production, ...]:
        """Return those that may begin with a word, in their order."""
        if word not in self._candidates:
            fitting = [
                indexes
                for opening, indexes in _group_by_opening(self._lines).items()
                if self._may_begin(self._set_form(opening), word)
            ]
            self._candidates[word] = tuple(map(self._read_production, sorted(chain(*fitting))))
        return self._candidates[word]

    def _read_production(self, index: int) -> Production:
        if index not in self._productions:
            self._productions[index] = Production(self._set_form(self._lines[index]))
        return self._productions[index]

    def _set_form(self, text: str) -> str:
        return text.replace("<F>", f".{self._form}")


@cache
def _group_by_opening(lines: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the indexes of the lines of a rule by the item that they begin with, which many share."""
    found: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        match = _OPENING.match(line)
        if match is None:
            raise ValueError(line)
        found.setdefault(match[0], []).append(index)
    return found


@cache
def split_phrases(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Return folded phrases as words, by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


@cache
def load_grammar() -> Grammar:
    """Return the grammar that comes with the program."""
    folder = Path(__file__).parent
    return read_grammar(*((folder / name).read_text("utf-8") for name in ("grammar.txt", "words.txt")))


def read_grammar(rules: str, words: str) -> Grammar:
    """Return the grammar of rules, and of the words and phrases of its classes."""
    lines: dict[str, list[str]] = {}
    current: list[str] = []
    for raw in rules.splitlines():
        if raw.startswith("  |"):
            line = raw[3:].partition("#")[0].strip()
            if "/" in line:
                current.extend(_write_out(line))
            else:
                current.append(line)
        elif raw and not raw.lstrip().startswith("#"):
            current = lines[raw] = []
    lists: dict[str, dict[str, tuple[str, ...]]] = {"verb": {}, "words": {}}
    for entry in re.split(r"\n(?=\S)", words):
        kind, _, rest = entry.partition("#")[0].partition(" ")
        if kind in lists:
            name, _, listed = rest.partition(":")
            lists[kind][name] = _split_list(listed)
    return Grammar(
        next(iter(lines)),
        {name: tuple(each) for name, each in lines.items()},
        lists["verb"],
        lists["words"],
    )


def _write_out(line: str) -> Iterator[str]:
    """Yield the lines that one with alternatives abbreviates: `A/B c` means `A c` and `B c`."""
    body, arrow, meaning = line.partition("=>")
    for items in product(*(each.split("/") for each in _PLACE.findall(body))):
        yield f"{' '.join(items)} {arrow}{meaning}"


def _split_list(text: str) -> tuple[str, ...]:
    return tuple(entry for each in fold(text).split(",") if (entry := each.strip()))


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
