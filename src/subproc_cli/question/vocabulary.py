"""The words that a question may use: those of the grammar, of the reference data and of the list."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial
from typing import Any, TypeAlias

from subproc_cli.enums import PERSONAL, Activation, Basis, Role
from subproc_cli.question import dates, openings
from subproc_cli.question.data_words import DataWords, is_said_of_data, load_senses
from subproc_cli.question.grammar import Grammar, load_grammar, split_phrases
from subproc_cli.question.known_words import (
    BASES,
    FIELDS,
    LEADING_NOISE,
    ROLE_NOUNS,
    ROLES,
    SERVICE_NOUNS,
    STATES,
    USES,
)
from subproc_cli.question.lexer import FORMAL
from subproc_cli.question.list_names import ListNames, Lookups, load_list_names
from subproc_cli.question.place_words import PlaceWords
from subproc_cli.question.query import AREAS, Clause
from subproc_cli.question.sentence import Match, Sentence
from subproc_cli.question.values import NARROWER
from subproc_cli.question.word_forms import list_verb_forms, to_bare
from subproc_cli.reference import data_files
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry.field_table import FACTS
from subproc_cli.registry.registry import Registry
from subproc_cli.text import parse_day, stem

ADEQUATE = "adequate"
HOME = "home"
"""The area of the law of the list: what is outside is a third country."""
_ARTICLES = frozenset(("a", "an", "the", "our", "your", "their", "its", "any", "my"))
"""Words that the object of a verb can have before it."""
_NEVER_IN_FIELDS = LEADING_NOISE - {"of"}
_RECENT = frozenset(
    (
        *("most recent", "latest added", "most recently added", "last added", "last", "new", "newest"),
        *("recent", "latest", "recently added", "newly added"),
    )
)
_NEWEST = _RECENT | {"last", "last added", "most recent", "most recently added"}
_JOINERS = frozenset(("and", "but", "or", "to"))
"""Words between two durations of which the first has no unit of its own."""
_RECENTLY = frozenset(("recently", "lately", "newly"))
_GENITIVE = re.compile(r"['’]s?$")
_ARGUMENT = re.compile(r'\s*"([^"]*)"|[^,"]+|^(?=,)')
_SINGULAR_NOUNS = {stem(word): plural for word, plural in SERVICE_NOUNS.items()}

_NAMES = {
    "SERVICE": ListNames.find_service, "NAME": ListNames.find_name, "PRODUCT": ListNames.find_product,
    "GROUP": ListNames.find_group, "SUBJECT": ListNames.find_subject, "OWNER": ListNames.find_owner,
    "CERT": ListNames.find_cert, "OTHER_CERT": ListNames.find_other_cert,
}  # fmt: skip
"""What finds the word classes that differ between lists."""

Finder: TypeAlias = Callable[[Sentence, int], Iterator[Match]]
"""Yields the matches of a word class that begin at a token."""


class Vocabulary:
    """The words of one list on one day.

    Args:
        registry: the list.
        as_of: the day from which `this year` is counted.
    """

    def __init__(self, registry: Registry, as_of: date) -> None:
        self._grammar: Grammar = load_grammar()
        self._tree = registry.category_tree
        self._gazetteer = registry.gazetteer
        self._as_of = as_of
        self.names = load_list_names(registry)
        self.lookups = Lookups()
        self._data = DataWords(self._tree, self.read_clause)
        self._places = PlaceWords(self._gazetteer)

    def lookup(self, sentence: Sentence, name: str, at: int) -> Iterator[Match]:
        """Yield the matches of a word class that begin at a token."""
        base, _, form = name.partition(".")
        if base in self._grammar.verbs:
            return _match_phrases(list_verb_forms(self._grammar.verbs[base], form), sentence, at)
        if name in self._grammar.phrases:
            return _match_phrases(split_phrases(self._grammar.phrases[name]), sentence, at)
        return self.finders[base](sentence, at)

    @cached_property
    def finders(self) -> Mapping[str, Finder]:
        """What finds the word classes that the grammar has no list for."""
        data, places = self._data, self._places
        return {
            **{name: partial(self._look_up, method) for name, method in _NAMES.items()},
            "DATA": data.find_data, "SENSE": data.find_sense, "KIND_OR_DATA": data.find_kind_or_data,
            "PLACE": places.find_place, "PART": places.find_part, "NATION": places.find_nation,
            "PEOPLE": places.find_people, "VAGUE_AREA": places.find_vague_area, "THERE": places.find_there,
            "FRAMEWORK": ListNames.find_framework, "NOUN": _find_noun, "ROLE": _find_role, "USE": _find_use,
            "STATE_ADJ": _find_state, "FIELD": _find_field, "BASIS": _find_basis, "TYPE": self._find_type,
            "KNOWN_TYPE": self._find_known_type, "SENDING": _find_sending, "LABEL": openings.find_label,
            "GREETING": openings.find_greeting, "NUMBER": _find_number,
            "DATES": self._find_dates, "DURATION": _find_duration, "PARTIAL_DAY": _find_partial_day,
            "RECENT": self._find_recent, "RECENTLY": self._find_recently, "AGO": self._find_ago,
            "SUPERLATIVE_NEW": self._find_newest, "OTHER_NAME": self._find_other_name,
            "SUBJECT_DATA": self._find_subject_data, "SUBJECT_OWNER": self._find_subject_owner,
             "FORMAL": self._find_formal, "REST": _find_rest,
        }  # fmt: skip

    # ---- word classes that need the list or the day

    def _look_up(self, method: Callable[..., Any], *arguments: Any) -> Any:
        """Return what a method of the names finds; other lists in which it is found may share the reading."""
        return self.lookups.find(self.names, method, *arguments)

    def _find_type(self, sentence: Sentence, at: int) -> Iterator[Match]:
        if sentence.get_word(at) in LEADING_NOISE:
            return
        known = dict(self._find_known_type(sentence, at))
        for end, words in sentence.iter_phrases(at, 4):
            if end in known:
                yield end, known[end]
            elif " " not in words and self._look_up(ListNames.has_purpose_word, words):
                yield end, words

    def _find_known_type(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the kinds of services of the controlled list, not the words of purposes.

        A word for a part of a kind is one of a purpose if a purpose has it; else the kind is only proposed.
        """
        if not _is_word_of_types(sentence.get_word(at)):
            return
        if sentence.get_word(at) == "legal" and stem(sentence.get_word(at + 1)) == "entity":
            return
        for end, words in sentence.iter_phrases(at, 4):
            found = _index_types().get(stem(words))
            if found and stem(words) in _list_narrower_types():
                is_stated = self._look_up(ListNames.has_purpose_phrase, words)
                yield end, words if is_stated else f"{NARROWER}{found}"
            elif found:
                yield end, found

    def _find_dates(self, sentence: Sentence, at: int) -> Iterator[Match]:
        for end, words in sentence.iter_phrases(at, 6):
            for found in dates.read_dates(words, self._as_of):
                yield end, found

    def _find_recent(self, sentence: Sentence, at: int) -> Iterator[Match]:
        for end, words in sentence.iter_phrases(at, 2):
            if words in _RECENT:
                yield end, dates.find_last_year(self._as_of)

    def _find_other_name(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield names in capitals that the list does not have: `Google Analytics`."""
        if sentence.is_shouted:
            return
        for end, words in sentence.iter_phrases(at, 3):
            token = sentence.tokens[end - 1]
            is_known = self._look_up(ListNames.find_name, sentence, end - 1)
            if not token.raw[:1].isupper() or is_known or self.names.is_known_word(token.word):
                return
            if not self._look_up(ListNames.find_near_services, words):
                yield end, sentence.get_raw(at, end)

    def _find_newest(self, sentence: Sentence, at: int) -> Iterator[Match]:
        for end, words in sentence.iter_phrases(at, 3):
            if words in _NEWEST:
                yield end, dates.find_last_year(self._as_of)

    def _find_recently(self, sentence: Sentence, at: int) -> Iterator[Match]:
        if sentence.get_word(at) in _RECENTLY:
            yield at + 1, dates.find_last_year(self._as_of)

    def _find_ago(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the day that is a duration before today."""
        for end, words in sentence.iter_phrases(at, 2):
            if day := dates.find_day_before(words, self._as_of):
                yield end, day

    def _find_subject_data(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the people of `respondents' data`, unless the phrase has a meaning of its own."""
        for end, subject in self._look_up(ListNames.find_subject, sentence, at):
            words = f"{' '.join(sentence.get_word(index) for index in range(at, end))} data"
            if sentence.get_word(end) == "data" and words not in load_senses() and not self._tree.find(words):
                yield end + 1, subject

    def _find_subject_owner(self, sentence: Sentence, at: int) -> Iterator[Match]:
        """Yield the people of `our employees' names`, unless these words are a kind of data together."""
        longest = max((end for end, _ in self._data.find_data(sentence, at)), default=0)
        owners = {*self._grammar.phrases["WHOSE"], *self._grammar.phrases["DET"]}
        for end, subject in self._look_up(ListNames.find_subject, sentence, at):
            words = " ".join(sentence.get_word(index) for index in range(at, end))
            is_genitive = _GENITIVE.search(sentence.tokens[end - 1].raw)
            if is_genitive and end >= longest and owners.isdisjoint((words, sentence.get_word(at))):
                yield end, subject

    # ---- the formal notation

    def _find_formal(self, sentence: Sentence, at: int) -> Iterator[Match]:
        token = sentence.tokens[at]
        if token.word == FORMAL and (clause := self.read_clause(token.raw)):
            yield at + 1, clause

    def read_clause(self, text: str) -> Clause | None:
        """Return the clause that a text in the formal notation is, None if an argument is not known."""
        name, _, rest = text.partition("(")
        name = "added" if name == "since" else name  # as the notation called it before
        given = tuple(match[1] or match[0].strip() for match in _ARGUMENT.finditer(rest.removesuffix(")")))
        check = self._argument_checks.get(name, str)
        found = [check(each) for each in given]
        known = tuple(each for each in found if each is not None)
        fewest, most = _ARGUMENT_COUNTS.get(name, (1, 1))
        is_complete = len(known) == len(found) and fewest <= len(known) <= most
        return Clause(name, known) if is_complete else None

    @cached_property
    def _argument_checks(self) -> dict[str, Callable[[str], str | None]]:
        return {
            **dict.fromkeys(("sees", "sees-all", "only-sees"), self._check_category),
            **dict.fromkeys(AREAS.values(), self._check_place),
            **dict.fromkeys(("has", "lacks"), _check_field),
            **dict.fromkeys(("relies", "relies-only"), _check_basis),
            **dict.fromkeys(("added", "began-before"), _check_day),
            "ended": lambda text: text if not text else _check_day(text),
            **dict.fromkeys(("kept-longer", "kept-shorter"), _check_number),
            "role": lambda text: text if text in tuple(Role) else None,
            "activation": lambda text: text if text in tuple(Activation) else None,
        }

    def _check_category(self, key: str) -> str | None:
        return key if key in self._tree or key == PERSONAL else self._tree.find(key)

    def _check_place(self, name: str) -> str | None:
        return name if name in {ADEQUATE, HOME} else self._gazetteer.find(name)


_MANY = 1_000
_ARGUMENT_COUNTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("announced", "retired", "in-use", "will-end", "trains", "any"), (0, 0)),
    **dict.fromkeys((*AREAS.values(), "only-sees", "relies-only", "named", "role", "activation"), (1, _MANY)),
    "product-only": (1, _MANY),
    "sees-all": (1, _MANY),
    **dict.fromkeys(("added", "ended"), (1, 2)),
}
"""The fewest and the most arguments of a clause in the formal notation; one and one without an entry."""


def _check_day(text: str) -> str | None:
    return text if parse_day(text) else None


def _check_number(text: str) -> str | None:
    return text if text.isdecimal() and text.isascii() else None


def _check_field(name: str) -> str | None:
    return name if name in FACTS else None


def _check_basis(name: str) -> str | None:
    return name if name in tuple(Basis) else BASES.get(stem(name))


# Word classes that are the same for every list


def _find_noun(sentence: Sentence, at: int) -> Iterator[Match]:
    """Yield who is asked: `role:how it is printed`."""
    for end, words in sentence.iter_phrases(at, 3):
        singular = stem(words)
        if singular in _SINGULAR_NOUNS:
            yield end, f":{_SINGULAR_NOUNS[singular]}"
        if singular == "processor" and at and sentence.get_word(at - 1) in {"payment", "payments"}:
            yield end, ":providers"  # a kind of service, not the role of Art. 4(8) GDPR
        elif singular in ROLES:
            yield end, f"{ROLES[singular]}:{ROLE_NOUNS[ROLES[singular]]}"


def _find_role(sentence: Sentence, at: int) -> Iterator[Match]:
    for end, words in sentence.iter_phrases(at, 3):
        if stem(words) in ROLES:
            yield end, str(ROLES[stem(words)])


def _find_use(sentence: Sentence, at: int) -> Iterator[Match]:
    for end, words in sentence.iter_phrases(at, 5):
        if found := USES.get(tuple(words.split())):
            yield end, Clause("activation", tuple(map(str, found)))


def _find_state(sentence: Sentence, at: int) -> Iterator[Match]:
    if (word := sentence.get_word(at)) in STATES:
        yield at + 1, Clause(STATES[word])


def _find_field(sentence: Sentence, at: int) -> Iterator[Match]:
    for end, words in sentence.iter_phrases(at, 6):
        is_name = _NEVER_IN_FIELDS.isdisjoint(words.split()) and stem(words) in FIELDS
        if is_name and not (words == "data" and is_said_of_data(sentence.get_word(end))):
            yield end, FIELDS[stem(words)]


def _find_basis(sentence: Sentence, at: int) -> Iterator[Match]:
    for end, words in sentence.iter_phrases(at, 6):
        if words.split()[0] not in LEADING_NOISE and stem(words) in BASES:
            yield end, BASES[stem(words)]


def _find_sending(sentence: Sentence, at: int) -> Iterator[Match]:
    """Yield the kind of service that a verb with its object asks for: `send emails`."""
    if not _is_word_of_types(to_bare(sentence.get_word(at))):
        return
    for end, words in sentence.iter_phrases(at, 5):
        first, *rest = words.split()
        phrase = " ".join((to_bare(first), *(word for word in rest if word not in _ARTICLES)))
        for each in load_service_types().values():
            if phrase in _index_verbs(each.verbs):
                yield end, each.key


def _find_number(sentence: Sentence, at: int) -> Iterator[Match]:
    """Yield a number: `3`, `three`."""
    if dates.read_count(sentence.get_word(at)) is not None:
        yield at + 1, sentence.get_word(at)


_LONGEST_SPAN = 6
"""Maximum number of words from a number to the unit that it shares: `more than 30 but less than 90 days`."""


def _find_duration(sentence: Sentence, at: int) -> Iterator[Match]:
    """Yield the days of `30 days`, and of `30` before `and 90 days`."""
    number = sentence.get_word(at)
    if (days := dates.read_duration(number, sentence.get_word(at + 1))) is not None:
        yield at + 2, str(days)
    elif dates.read_count(number) is not None and sentence.get_word(at + 1) in _JOINERS:
        for index in range(at + 2, at + _LONGEST_SPAN):
            unit = sentence.get_word(index + 1)
            if dates.read_duration(sentence.get_word(index), unit) is not None:
                if (days := dates.read_duration(number, unit)) is not None:
                    yield at + 1, str(days)
                return


def _find_partial_day(sentence: Sentence, at: int) -> Iterator[Match]:
    """Yield days without a year: `1 January`, and months: `January`."""
    for end, words in sentence.iter_phrases(at, 2):
        if found := dates.read_partial_day(words):
            yield end, found


def _find_rest(sentence: Sentence, _: int) -> Iterator[Match]:
    """Yield all words that are left."""
    yield len(sentence), ""


def _match_phrases(
    phrases: Mapping[str, Sequence[tuple[str, ...]]], sentence: Sentence, at: int
) -> Iterator[Match]:
    if sentence.tokens[at].is_quoted:
        return
    for words in phrases.get(sentence.get_word(at), ()):
        if sentence.starts_with(words, at):
            yield at + len(words), " ".join(words)


def _is_word_of_types(word: str) -> bool:
    """Return whether a word, in the singular or the plural, is in the file of the kinds of services."""
    path = data_files.FOLDER / "service_types.yaml"
    return any(data_files.has_word(path, each) for each in {word, stem(word), f"{word}s"})


@cache
def _index_types() -> dict[str, str]:
    found: dict[str, str] = {}
    for each in load_service_types().values():
        for word in each.words:
            found.setdefault(stem(word), each.key)
    return found


@cache
def _list_narrower_types() -> frozenset[str]:
    return frozenset(stem(word) for each in load_service_types().values() for word in each.narrower)


@cache
def _index_verbs(verbs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(" ".join(word for word in verb.split() if word not in _ARTICLES) for verb in verbs)
