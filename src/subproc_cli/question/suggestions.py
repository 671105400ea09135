"""Proposes complete questions for one that is not understood: one word replaced, everything else kept."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice, pairwise, product

from subproc_cli.locale import names
from subproc_cli.question import known_words
from subproc_cli.question.grammar import Item, ItemKind, load_grammar
from subproc_cli.question.query import Query
from subproc_cli.question.reading import MAX_PROPOSALS, Reader, Reading
from subproc_cli.question.sentence import Sentence
from subproc_cli.question.word_forms import list_verb_forms
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry.registry import Registry
from subproc_cli.suggest import count_slips
from subproc_cli.text import fold

MAX_TRIES = 40
"""Maximum number of corrections that are tried, and replacements after them."""
_MIN_LENGTH = 3
"""Minimum number of letters of a word in which a slip can be distinguished from another word."""
MAX_SLIPS = 5
"""Maximum number of misspelt words of a question that are corrected together."""
MAX_REPLACED = 3
"""Maximum number of words that may be replaced together by a phrase that is understood."""
_KEPT = frozenset(
    (
        "no",
        "not",
        "never",
        "none",
        "neither",
        "nor",
        "only",
        "without",
        "except",
        "but",
        "all",
        "every",
        "nobody",
        "one",
        "two",
        "three",
        "more",
        "less",
        "than",
        "least",
        "most",
    )
)
"""Words that a proposal never replaces, like numbers, names and what is quoted."""
_SAMPLES = {
    "DATA": ("email addresses", "personal data", "customer content"),
    "PLACE": ("the EU", "the US"),
    "NOUN": ("subprocessors", "vendors"),
    "TYPE": ("hosting", "analytics", "customer support"),
    "FIELD": ("DPA", "contact", "retention period"),
    "BASIS": ("SCCs", "DPF"),
    "ROLE": ("controllers", "affiliates"),
    "USE": ("opt-in", "always on"),
    "STATE_ADJ": ("announced", "retired"),
    "NATION": ("US", "German"),
    "DATES": ("2026",),
    "DURATION": ("30 days",),
    "SUBJECT": ("employees", "customers"),
    "BASED": ("based",),
    "CERTIFIED_WORD": ("certified",),
    "SEE": ("see",),
    "WORK": ("process",),
    "PLACING": ("processed",),
    "USED_FOR": ("used for",),
}
"""Words for a class of the grammar, to be proposed instead of one that is not understood."""
_FROM_LIST = ("SERVICE", "NAME", "PRODUCT", "GROUP", "OWNER", "CERT")


class Suggester:
    """Proposes questions for one that is not understood.

    Args:
        reader: reads what is proposed.
        print_lines: returns the lines for the meanings of a proposal that has several.
    """

    def __init__(self, reader: Reader, print_lines: Callable[[Iterable[Query]], tuple[str, ...]]) -> None:
        self._reader = reader
        self._print_lines = print_lines

    def propose(self, text: str, reading: Reading) -> tuple[str, ...]:
        """Return up to four questions that are understood."""
        sentence = reading.sentence
        return (
            self._correct(text, sentence, reading.failure.at)
            or self._correct_several(text, sentence)
            or self._replace(text, sentence, reading)
        )

    def _check(self, line: str) -> tuple[str, ...]:
        """Return a line if it has one meaning, the lines for its meanings if it has several."""
        reading = self._reader.read(line)
        if len(reading.answered) == 1:
            return (line,)
        return self._print_lines((reading.answered or reading.proposed).values())

    # ---- slips

    def _correct(self, text: str, sentence: Sentence, at: int) -> tuple[str, ...]:
        """Return the questions that are one corrected word away."""
        found: dict[str, None] = {}
        tries = 0
        for index in _order_suspects(len(sentence), at):
            for word in self._find_near_words(sentence, index):
                tries += 1
                if tries > MAX_TRIES or len(found) >= MAX_PROPOSALS:
                    return tuple(found)[:MAX_PROPOSALS]
                found |= dict.fromkeys(self._check(_splice(text, sentence, index, index + 1, word)))
            if found:
                break
        return tuple(found)[:MAX_PROPOSALS]

    def _correct_several(self, text: str, sentence: Sentence) -> tuple[str, ...]:
        """Return the questions in which every word that may be a misspelling is corrected."""
        near = {index: self._find_near_words(sentence, index) for index in range(len(sentence))}
        wrong = [index for index, words in near.items() if words]
        if not 1 < len(wrong) <= MAX_SLIPS:
            return ()
        found: dict[str, None] = {}
        for words in islice(product(*(near[index] for index in wrong)), MAX_TRIES):
            line = text
            for index, word in reversed([*zip(wrong, words, strict=True)]):
                line = _splice(line, sentence, index, index + 1, word)
            found |= dict.fromkeys(self._check(line))
            if found:
                break
        return tuple(found)[:MAX_PROPOSALS]

    def _find_near_words(self, sentence: Sentence, index: int) -> list[str]:
        """Return the known words of which a word may be a misspelling."""
        token = sentence.tokens[index]
        if token.is_quoted or len(token.word) < _MIN_LENGTH or token.word in self._known:
            return []
        joined = self._joined.get(token.word)
        near = [self._known[word] for word in self._known if count_slips(token.word, word) is not None]
        return [joined, *near] if joined else near

    @cached_property
    def _known(self) -> dict[str, str]:
        """Every word that a question may hold, folded, as it is written."""
        found: dict[str, str] = {}
        for phrase in _iter_phrases(self._reader.registry):
            for word in phrase.replace(",", " ").replace("-", " ").split():
                for folded in fold(word).split():
                    found.setdefault(folded, word if folded == fold(word) else folded)
        return found

    @cached_property
    def _joined(self) -> dict[str, str]:
        """Two words that are often written as one, by how they are written then: `creditcard`."""
        pairs = (
            pair for phrase in _iter_phrases(self._reader.registry) for pair in pairwise(fold(phrase).split())
        )
        return {"".join(pair): " ".join(pair) for pair in pairs}

    # ---- replacements

    def _replace(self, text: str, sentence: Sentence, reading: Reading) -> tuple[str, ...]:
        """Return the questions with a word of a class that is expected instead of one that is not."""
        at = min(reading.failure.at, len(sentence) - 1)
        samples = [
            *self._find_samples(
                reading.failure.expected, is_name=sentence.tokens[at].raw[:1].isupper() and at > 0
            )
        ]
        found: dict[str, None] = {}
        tries = 0
        for count in range(1, MAX_REPLACED + 1):
            if at + count > len(sentence) or self._is_kept(sentence, at + count - 1):
                break
            for sample in samples:
                tries += 1
                if tries > MAX_TRIES or len(found) >= MAX_PROPOSALS:
                    return tuple(found)[:MAX_PROPOSALS]
                found |= dict.fromkeys(self._check(_splice(text, sentence, at, at + count, sample)))
            if found:
                break
        return tuple(found)[:MAX_PROPOSALS]

    def _is_kept(self, sentence: Sentence, index: int) -> bool:
        token = sentence.tokens[index]
        is_name = any(True for _ in self._reader.vocabulary.names.find_service(sentence, index))
        return token.is_quoted or token.word in _KEPT or any(map(str.isdigit, token.word)) or is_name

    def _find_samples(self, expected: frozenset[Item], *, is_name: bool) -> Iterator[str]:
        """Yield phrases of the expected word classes; for a word in capitals the names of the list first."""
        classes = {item.name.partition(".")[0] for item in expected if item.kind is ItemKind.CLASS}
        order = (*_FROM_LIST, *_SAMPLES) if is_name else (*_SAMPLES, *_FROM_LIST)
        for name in order:
            if name in classes:
                yield from _SAMPLES.get(name, ()) or self._reader.vocabulary.names.list_samples(name)


def _splice(text: str, sentence: Sentence, start: int, end: int, words: str) -> str:
    """Return a question with some of its words replaced."""
    before, after = text[: sentence.tokens[start].start], text[sentence.tokens[end - 1].end :]
    return f"{before}{words}{after}".strip()


def _order_suspects(count: int, at: int) -> list[int]:
    """Return the words that may be wrong: the first that is not understood, those after it, those before."""
    at = min(at, count - 1)
    return [at, *range(at + 1, min(at + 3, count)), *range(at - 1, -1, -1)]


def _iter_phrases(registry: Registry) -> Iterator[str]:
    """Yield every phrase that a question may hold."""
    yield from _iter_grammar_phrases()
    for category in registry.category_tree:
        yield from (category.label, *category.aliases)
    yield from ("emails", "names", "addresses", "numbers", "personal", "pii")
    yield from known_words.BASIS_NAMES
    for phrases in (
        known_words.FIELD_WORDS,
        known_words.BASIS_WORDS,
        known_words.USE_WORDS,
        known_words.NOUN_WORDS,
        known_words.PEOPLES,
        known_words.STANDARDS,
        map(names.get_country_name, load_country_codes()),
    ):
        yield from phrases
    for region in registry.gazetteer:
        yield from (region.key, *region.aliases)
    for kind in load_service_types().values():
        yield from kind.words
    for service in registry.model.services.values():
        yield from (service.name, *service.products, *service.certifications)


def _iter_grammar_phrases() -> Iterator[str]:
    grammar = load_grammar()
    for rule in grammar:
        for production in grammar.find_productions(rule):
            for item in production.items:
                yield from sorted(item.words)
    for phrases in grammar.phrases.values():
        yield from phrases
    for verbs in grammar.verbs.values():
        for form in "bspg":
            for found in list_verb_forms(verbs, form).values():
                yield from map(" ".join, found)
