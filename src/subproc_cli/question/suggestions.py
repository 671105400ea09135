"""Proposes complete questions for one that is not understood: one word replaced, everything else kept."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice, pairwise, product, takewhile
from operator import itemgetter

from subproc_cli.locale import names
from subproc_cli.question import known_words
from subproc_cli.question.grammar import Item, ItemKind, load_grammar
from subproc_cli.question.islands import KEPT, Islands
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
MAX_WORDS_READ = 600
"""Maximum number of words of all questions that are tried instead of one."""
_MIN_LENGTH = 3
"""Minimum number of letters of a word in which a slip can be distinguished from another word."""
MAX_SLIPS = 5
"""Maximum number of misspelt words of a question that are corrected together."""
MAX_REPLACED = 3
"""Maximum number of words that may be replaced together by a phrase that is understood."""
_KEPT = KEPT | {"one", "most"}
"""Words that a proposal never replaces, like numbers, names and what is quoted."""
_OPTION = re.compile(r"\s+--?[a-zA-Z][\w-]*(?:[ =]\S+)?\s*$")
"""An option of the command that was typed as a part of the question."""
_PREPOSITIONS = frozenset(
    ("in", "outside", "to", "from", "under", "for", "on", "with", "as", "our", "your", "the")
)
_JOINERS = frozenset(("and", "or", ",", "that", "which", "who"))
"""Words after which another part of the question begins, which a replacement never takes."""
_NAMES = ("NAME", "PRODUCT", "GROUP", "OWNER", "DATES", "PLACE", "PART", "NATION", "CERT", "BASIS")
"""Word classes of names, of which a proposal leaves none out."""
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
    "NATION": ("German",),
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
_SERVICES = ("SERVICE", "NAME", "OWNER")
"""Word classes of names that are not exchanged for others of the list."""
_BEFORE_UNKNOWN_NAMES = frozenset(("do", "does", "is", "are", "can", "could", "may", "use", "using", "at"))
_BEFORE_NAMES = frozenset(
    ("for", "with", "of", "by", "named", "called", "except", "but", "using", "on", "is", "are", "does", "do")
)
"""Words after which a name in capitals is that of a service or an owner, not of data or a place."""
MAX_SENTENCES = 12
"""Maximum number of sentences of a mail that are read on their own."""
_ASKING = frozenset(("which", "who", "whether", "what", "where", "how", "any", "list"))
"""Words of sentences that ask something; others may tell the reason, and nothing is made of their parts."""
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
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
        self._near: dict[str, list[tuple[int, str]]] = {}

    def propose(self, text: str, reading: Reading) -> tuple[str, ...]:
        """Return up to four questions that are understood."""
        sentence = reading.sentence
        corrected = (
            self._leave_out_options(text)
            or self._ask_sentences(text)
            or self._correct(text, sentence, reading)
            or self._correct_several(text, sentence)
        )
        if corrected:
            return corrected
        text, sentence, reading = self._respell(text, sentence, reading)
        is_object = self._is_object(sentence, reading) and not self._is_modifier(sentence, reading)
        if is_object:
            return self._replace(text, sentence, reading) or self._join_parts(sentence, reading)
        return self._join_parts(sentence, reading) or self._replace(text, sentence, reading)

    def _is_object(self, sentence: Sentence, reading: Reading) -> bool:
        """Return whether the word that is not understood follows a verb or a preposition, or is a name."""
        at = reading.failure.at
        expected = {item.name for item in reading.failure.expected}
        if 0 < at < len(sentence) and sentence.tokens[at].raw[:1].isupper() and expected & {*_FROM_LIST}:
            return True
        if not at or expected.isdisjoint(("DATA", "PLACE")):
            return False
        before = sentence.get_word(at - 1)
        verbs = (list_verb_forms(each, form) for each in load_grammar().verbs.values() for form in "bspg")
        return before in _PREPOSITIONS or any(before in forms for forms in verbs)

    def _is_modifier(self, sentence: Sentence, reading: Reading) -> bool:
        """Return whether a word for data follows the one that is not understood: `access credentials`."""
        after = reading.failure.at + 1
        return after < len(sentence) and any(self._reader.vocabulary.lookup(sentence, "DATA", after))

    def _leave_out_options(self, text: str) -> tuple[str, ...]:
        """Return the question without the options that were typed between its quotes."""
        bare = text
        while _OPTION.search(bare):
            bare = _OPTION.sub("", bare)
        return self._check(bare) if bare not in {text, ""} else ()

    def _ask_sentences(self, text: str) -> tuple[str, ...]:
        """Return the questions among several sentences, such as those of a mail, each of its own."""
        sentences = [each for each in _END_OF_SENTENCE.split(text) if each.strip()]
        if len(sentences) == 1:
            return ()
        found: dict[str, None] = {}
        for each in islice(sentences, MAX_SENTENCES):
            reading = self._reader.read(each.strip())
            asks = not _ASKING.isdisjoint(token.word for token in reading.sentence.tokens)
            lines = self._check(each.strip())
            found |= dict.fromkeys(lines or (asks and self._join_parts(reading.sentence, reading)) or ())
        return tuple(found)[:MAX_PROPOSALS]

    @staticmethod
    def find_absent_name(reading: Reading) -> str:
        """Return the name that is not understood where a service or an owner can be named; empty if none."""
        at, items = reading.failure
        sentence = reading.sentence
        expected = {item.name for item in items}
        if not 0 < at < len(sentence) or sentence.is_shouted or expected.isdisjoint(_SERVICES):
            return ""
        is_other = sentence.get_word(at - 1) not in _BEFORE_NAMES and not expected.isdisjoint(
            ("DATA", "PLACE")
        )
        tokens = takewhile(lambda token: token.is_quoted or token.raw[:1].isupper(), sentence.tokens[at:])
        return "" if is_other else sentence.get_raw(at, at + len([*tokens]))

    def read_as_name(self, text: str, reading: Reading) -> Reading | None:
        """Return the reading with an unknown word as a name: `does intercom see email`; None without one."""
        at, sentence = reading.failure.at, reading.sentence
        if not 0 < at < len(sentence) or sentence.get_word(at - 1) not in _BEFORE_UNKNOWN_NAMES:
            return None
        token = sentence.tokens[at]
        is_word = token.word in self._known or self._find_near_words(sentence, at)
        if is_word or not token.raw.isalpha() or not token.raw.islower():
            return None
        named = self._reader.read(_splice(text, sentence, at, at + 1, token.raw.capitalize()))
        if not named.absent or named.answered:
            return None
        named.absent = named.absent.replace(token.raw.capitalize(), token.raw)
        return named

    def _join_parts(self, sentence: Sentence, reading: Reading) -> tuple[str, ...]:
        """Return the questions that the parts make that are understood."""
        islands = Islands(self._reader, reading, lambda index: self._is_plain(sentence, index))
        return self._print_lines(islands.find())[:MAX_PROPOSALS]

    def _is_plain(self, sentence: Sentence, index: int) -> bool:
        """Return whether a proposal may leave a word out: no negation, number, date or name may go."""
        token = sentence.tokens[index]
        is_name = index > 0 and token.raw[:1].isupper() and not sentence.is_capitalized
        around = {sentence.get_word(index - 1) if index else "", sentence.get_word(index + 1)}
        refers_back = token.word == "there" and around.isdisjoint(("is", "are", "be"))
        return not (is_name or refers_back or token.word in KEPT or self._is_kept(sentence, index))

    def _check(self, line: str, sample: str = "") -> tuple[str, ...]:
        """Return a line if it has one meaning, the lines for its meanings if it has several.

        A line that takes a word of the sample for what a service is used for does not count.
        """
        reading = self._reader.read(line)
        read = " ".join(map(str, (*reading.answered.values(), *reading.proposed.values())))
        if any(f'used-for("{word}")' in read for word in sample.split()):
            return ()
        if len(reading.answered) == 1:
            return (line,)
        return self._print_lines((reading.answered or reading.proposed).values())

    # ---- slips

    def _correct(self, text: str, sentence: Sentence, reading: Reading) -> tuple[str, ...]:
        """Return the questions that are one corrected word away, with the fewest wrong letters."""
        found: dict[str, None] = {}
        tries = 0
        for index in _order_suspects(len(sentence), reading.failure.at):
            fewest = 0
            for slips, word in self._find_near_words(sentence, index):
                tries += 1
                is_enough = len(found) >= MAX_PROPOSALS or (found and slips > fewest)
                if tries > _limit_tries(sentence) or is_enough:
                    return tuple(found)[:MAX_PROPOSALS]
                found |= dict.fromkeys(self._check(_splice(text, sentence, index, index + 1, word)))
                fewest = slips
            if found:
                break
        return tuple(found)[:MAX_PROPOSALS]

    def _correct_several(self, text: str, sentence: Sentence) -> tuple[str, ...]:
        """Return the questions in which every word that may be a misspelling is corrected."""
        near = self._find_misspelt(sentence)
        if len(near) == 1:
            return ()
        found: dict[str, None] = {}
        for words in islice(product(*near.values()), _limit_tries(sentence) if near else 0):
            found |= dict.fromkeys(self._check(_spell(text, sentence, dict(zip(near, words, strict=True)))))
            if found:
                break
        return tuple(found)[:MAX_PROPOSALS]

    def _respell(self, text: str, sentence: Sentence, reading: Reading) -> tuple[str, Sentence, Reading]:
        """Return a question with its misspelt words corrected, even if that is not all that is wrong."""
        near = self._find_misspelt(sentence)
        if not near:
            return text, sentence, reading
        respelt = _spell(text, sentence, {index: words[0] for index, words in near.items()})
        again = self._reader.read(respelt)
        return respelt, again.sentence, again

    def _find_misspelt(self, sentence: Sentence) -> dict[int, list[str]]:
        """Return what the misspelt words may be, by their position; none if too many may be wrong."""
        near = {index: self._find_near_words(sentence, index) for index in range(len(sentence))}
        found = {index: [word for _, word in words] for index, words in near.items() if words}
        return found if len(found) <= MAX_SLIPS else {}

    def _find_near_words(self, sentence: Sentence, index: int) -> list[tuple[int, str]]:
        """Return the known words of which a word may be a misspelling, with the number of wrong letters."""
        token = sentence.tokens[index]
        if token.is_quoted or len(token.word) < _MIN_LENGTH or token.word in self._known:
            return []
        if token.word not in self._near:
            counts = [(count_slips(token.word, word), self._known[word]) for word in self._known]
            near = sorted(((slips, word) for slips, word in counts if slips is not None), key=itemgetter(0))
            joined = self._joined.get(token.word)
            self._near[token.word] = [(0, joined), *near] if joined else near
        return self._near[token.word]

    @cached_property
    def _phrases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_iter_phrases(self._reader.registry)))

    @cached_property
    def _known(self) -> dict[str, str]:
        """Every word that a question may hold, folded, as it is written."""
        found: dict[str, str] = {}
        words = dict.fromkeys(" ".join(self._phrases).replace(",", " ").replace("-", " ").split())
        for word in words:
            for folded in fold(word).split():
                found.setdefault(folded, word if folded == fold(word) else folded)
        return found

    @cached_property
    def _joined(self) -> dict[str, str]:
        """Two words that are often written as one, by how they are written then: `creditcard`."""
        pairs = (pair for phrase in self._phrases for pair in pairwise(fold(phrase).split()))
        return {"".join(pair): " ".join(pair) for pair in pairs}

    # ---- replacements

    def _replace(self, text: str, sentence: Sentence, reading: Reading) -> tuple[str, ...]:
        """Return the questions with a word of a class that is expected instead of one that is not."""
        at = min(reading.failure.at, len(sentence) - 1)
        is_absent = bool(self.find_absent_name(reading))
        is_after_who = at > 0 and sentence.get_word(at - 1) == "who"  # not `who vendors`
        expected = (
            item
            for item in reading.failure.expected
            if not (is_after_who and item.name in {"NOUN", "ROLE", "STATE_ADJ", "USE", "NATION", "TYPE"})
        )
        samples = [
            *self._find_samples(
                frozenset(expected),
                sentence.tokens[at].raw,
                is_name=sentence.tokens[at].raw[:1].isupper() and at > 0,
                is_absent=is_absent,
            )
        ]
        found: dict[str, None] = {}
        tries = 0
        for count in range(1, MAX_REPLACED + 1):
            last = at + count - 1
            if last >= len(sentence) or self._is_kept(sentence, last):
                break
            if count > 1 and sentence.get_word(last) in _JOINERS:
                break
            for sample in samples:
                tries += 1
                if tries > _limit_tries(sentence) or len(found) >= MAX_PROPOSALS:
                    return tuple(found)[:MAX_PROPOSALS]
                found |= dict.fromkeys(self._check(_splice(text, sentence, at, at + count, sample), sample))
            if found:
                break
        return tuple(found)[:MAX_PROPOSALS]

    def _is_kept(self, sentence: Sentence, index: int) -> bool:
        token = sentence.tokens[index]
        if token.is_quoted or token.word in _KEPT or any(map(str.isdigit, token.word)):
            return True
        lookup = self._reader.vocabulary.lookup
        return any(True for name in _NAMES for _ in lookup(sentence, name, index))

    def _find_samples(
        self, expected: frozenset[Item], word: str, *, is_name: bool, is_absent: bool
    ) -> Iterator[str]:
        """Yield phrases of the expected word classes; for a word in capitals the names of the list first.

        Of the services of the list, those whose names it may misspell: another one is never meant.
        """
        classes = {item.name.partition(".")[0] for item in expected if item.kind is ItemKind.CLASS}
        order = (*_FROM_LIST, *_SAMPLES) if is_name else (*_SAMPLES, *_FROM_LIST)
        for name in order:
            if name not in classes or (is_absent and name not in _SERVICES):
                continue
            if name in _SERVICES:
                yield from self._reader.vocabulary.names.find_near_services(word)
            elif is_name or name not in _FROM_LIST:
                yield from _SAMPLES.get(name, ()) or self._reader.vocabulary.names.list_samples(name)


def _splice(text: str, sentence: Sentence, start: int, end: int, words: str) -> str:
    """Return a question with some of its words replaced."""
    before, after = text[: sentence.tokens[start].start], text[sentence.tokens[end - 1].end :]
    return f"{before}{words}{after}".strip()


def _spell(text: str, sentence: Sentence, words: Mapping[int, str]) -> str:
    """Return a question with single words replaced, by their position."""
    for index in sorted(words, reverse=True):
        text = _splice(text, sentence, index, index + 1, words[index])
    return text


def _limit_tries(sentence: Sentence) -> int:
    """Return how many questions may be tried: fewer if each is long, since the time to read one grows."""
    return min(MAX_TRIES, 1 + MAX_WORDS_READ // len(sentence))


def _order_suspects(count: int, at: int) -> list[int]:
    """Return the words that may be wrong: the first that is not understood, those after it, those before."""
    at = min(at, count - 1)
    return [at, *range(at + 1, min(at + 3, count)), *range(at - 1, -1, -1)]


def _iter_phrases(registry: Registry) -> Iterator[str]:
    """Yield every phrase that a question may hold."""
    yield from load_grammar().all_phrases
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
