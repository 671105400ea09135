"""Services in running text: names in bold, or linked, within sentences that say what they are used for."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from subproc_cli.importers import candidates, vocabulary
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import FIRST, HEADING, RUNNING, Cell, RawService
from subproc_cli.importers.text import places, split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference.service_types import find_service_type

_FEWEST = 2
_LONGEST_SENTENCE = 2_000
"""Maximum number of characters of a sentence that may name services: each of them has it as its purpose."""
_LONGEST_WORD = 200
_PARTS = re.compile(r"[/()&,]")
_QUOTES = "\"'“”„«»‘’"


def extract_services(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the blocks with the services that their paragraphs name before them; all of them are guesses."""
    found = _find(blocks, labels, is_about=True)
    return [*found.values(), *blocks] if len(found) >= _FEWEST else list(blocks)


def extract_used(blocks: Sequence[Block | RawService], labels: Labels) -> list[Block | RawService]:
    """Return the same for a page whose title does not speak of services.

    Then each name follows a word such as `with` or `use`, and most have a legal form, a place in their
    sentence, or a heading that is a kind of service.
    """
    found = _find(blocks, labels, is_about=False)
    evident = [
        has_legal_form(entry.cells[0].text)
        or any(map(places.names_any, (cell.text for cell in entry.cells[1:])))
        or any(find_service_type(part.strip()) for part in _PARTS.split(entry.cells[1].text))
        for entry in found.values()
    ]
    is_sure = len(found) >= _FEWEST and 2 * sum(evident) > len(found)
    return [*found.values(), *blocks] if is_sure else list(blocks)


def _find(blocks: Sequence[Block | RawService], labels: Labels, *, is_about: bool) -> dict[str, RawService]:
    found: dict[str, RawService] = {}
    heading = ""
    for block in blocks:
        if isinstance(block, Heading):
            heading = get_text(block.runs)
        elif isinstance(block, Text) and block.depth == 0 and not _is_aside(heading):
            for name, links, sentence in _names(block, labels, is_about=is_about):
                found.setdefault(normalize(name), _entry(name, links, sentence, heading))
    return found


def _is_aside(heading: str) -> bool:
    """Return whether a heading is nothing but that of a section about no service, such as `Contact`."""
    return normalize(heading) in vocabulary.load_phrases("asides")


def _entry(name: str, links: tuple[str, ...], sentence: str, heading: str) -> RawService:
    is_category = heading and not (candidates.speaks_of_services(heading) or candidates.is_aside(heading))
    remark = f"{name}: read as a service because it is named in a sentence"
    cells = [Cell(HEADING, name, links, guessed=True)]
    cells += [Cell(FIRST, heading), Cell(RUNNING, sentence)] if is_category else [Cell(FIRST, sentence)]
    return RawService(tuple(cells), (remark,))


def _names(block: Text, labels: Labels, *, is_about: bool) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield the names in a paragraph, their links, and the sentences that they are in."""
    sentences = _Sentences(get_text(block.runs))
    before = _Before()
    for run in block.runs:
        name = run.text.strip(" ,:;")
        name = name if has_legal_form(name) else name.rstrip(" .")
        if _is_named(run, name, before.end, labels, is_about=is_about):
            sentence = sentences.find(name, before.length)
            if _may_state_use(sentence):
                yield name, collect_links([run]), sentence
        before.add(run.text)


@lru_cache(maxsize=64)
def _may_state_use(sentence: str) -> bool:
    """Return whether a sentence is not too long, and neither defines words nor denies something."""
    if len(sentence) > _LONGEST_SENTENCE:
        return False
    is_defined = vocabulary.contains_words(sentence, "leads", "defines")
    return not is_defined and not vocabulary.contains_negation(sentence)


class _Before:
    """The text before a run of a paragraph: its last characters, and its length as `get_text` returns it."""

    def __init__(self) -> None:
        self.end = ""
        self._letters = 0
        self._words = 0

    @property
    def length(self) -> int:
        return self._letters + max(self._words - 1, 0)

    def add(self, text: str) -> None:
        words = text.split()
        is_continued = bool(words) and self.end[-1:].strip() != "" and not text[0].isspace()
        self._letters += sum(map(len, words))
        self._words += len(words) - is_continued
        end = self.end + text
        self.end = end[-_LONGEST_WORD:] if end[-_LONGEST_WORD:].strip() else end


class _Sentences:
    """The sentences of a paragraph, each with the one before it and the position of its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[tuple[str, str]] = []
        self._ends: list[int] = []
        at = 0
        previous = ""
        for sentence in split.split_sentences(text):
            start = text.find(sentence.split("\n")[0], at)
            at = max(at, start) + len(sentence)
            self._found.append((previous, sentence))
            self._ends.append(at)
            previous = sentence

    def find(self, name: str, near: int) -> str:
        """Return the sentence that a name is in, from a position on; all of the text if there is none."""
        for previous, sentence in self._found[bisect_left(self._ends, near) :]:
            if name in sentence:
                points_back = sentence.partition(" ")[0].casefold() in vocabulary.load_words("leads", "back")
                return f"{previous} {sentence}".strip() if points_back else sentence
        return self._text


def _is_named(run: TextRun, name: str, before: str, labels: Labels, *, is_about: bool) -> bool:
    """Return whether a piece of a sentence names a service: in bold, or linked after a word like `use`."""
    if not (run.strong or run.link) or not candidates.is_name(name, labels) or not _is_proper(name):
        return False
    if not before.strip() or before.rstrip()[-1] in _QUOTES or run.text.rstrip().endswith(":"):
        return False
    last = normalize(" ".join(before.split()[-1:]))
    is_used = last in vocabulary.load_phrases("leads", "before_names")
    return (run.strong and (is_about or is_used)) or (is_used and candidates.links_to(name, run.link))


def _is_proper(name: str) -> bool:
    """Return whether a name has a word that is not a term of contracts, as those of `Personal Data` are."""
    known = vocabulary.load_phrases("leads", "terms")
    return any(word not in known for word in normalize(name).split())
