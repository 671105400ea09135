"""Reads fields with a closed list of values: role, activation, transfer bases, yes and no."""

import re
from collections.abc import Mapping
from functools import lru_cache

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import split
from subproc_cli.importers.text.parsed import Fact, ParsedValue, make_unparsed
from subproc_cli.importers.vocabulary import normalize

_ITEM = re.compile(r"[;•\n]")
_LONGEST_DENIAL = 6
"""Maximum number of words that deny one basis: `no DPF`; what follows longer ones may be denied as well."""


def parse_choice(path: str, text: str) -> ParsedValue:
    """Return the value of a field such as `role` that a text names, or the text."""
    known = vocabulary.index_phrases(path)
    exact = known.get(normalize(text))
    if exact:
        return ParsedValue((Fact(path, exact),))
    held = (
        []
        if vocabulary.contains_negation(text)
        else [
            value for phrase, value in known.items() if vocabulary.contains_phrase(normalize(text), (phrase,))
        ]
    )
    if len(set(held)) == 1:
        return ParsedValue((Fact(path, held[0], guessed=True),), text)
    return make_unparsed(text)


@lru_cache(maxsize=1024)
def parse_transfer_bases(text: str) -> ParsedValue:
    """Return the bases of transfer that a text names, or the text.

    What follows a denial in the same item may be denied as well. An item ends with a semicolon, a line or a
    sentence, unless a colon in it says that a list follows. A text that begins with `no basis stated` names
    none.
    """
    known = f"{normalize(text)} "
    if any(known.startswith(f"{phrase} ") for phrase in vocabulary.load_phrases("no_basis")):
        return make_unparsed(text)
    facts: list[Fact] = []
    rest: list[str] = []
    is_denied = False
    for item in (part for sentence in split.split_sentences(text) for part in _ITEM.split(sentence)):
        for piece in split.split_pieces(item):
            is_prose = bool(facts) or len(piece.split()) > _LONGEST_DENIAL
            is_denied = is_denied or (is_prose and vocabulary.contains_negation(piece))
            found = [] if is_denied else _read_basis(piece)
            facts += found
            rest += [] if found else [piece]
        is_denied = is_denied and ":" in item
    if rest:  # what was not understood may limit or end the basis
        facts = [fact._replace(guessed=True) for fact in facts]
    return ParsedValue(tuple(facts), "; ".join(rest))


def _read_basis(piece: str) -> list[Fact]:
    """Return the bases that a piece of a text names, as guesses if it has other words as well."""
    known = vocabulary.index_phrases("transfer")
    exact = known.get(normalize(piece))
    if exact:
        return [Fact("transfer", exact)]
    is_open = "whether" in normalize(piece).split()  # as in `whether it is adequate depends on the recipient`
    held = [] if is_open or vocabulary.contains_negation(piece) else _find_bases(normalize(piece), known)
    return [Fact("transfer", {"basis": basis, "note": piece}, guessed=True) for basis in dict.fromkeys(held)]


def _find_bases(piece: str, known: Mapping[str, str]) -> list[str]:
    """Return the bases that a text names; the article of the law next to a name says nothing more."""
    padded = f" {piece} "
    phrases = [phrase for phrase in known if f" {phrase} " in padded]
    names = [phrase for phrase in phrases if not phrase.startswith(("art ", "article "))]
    return [known[phrase] for phrase in names or phrases]


def parse_yes_no(path: str, text: str) -> ParsedValue:
    """Return yes or no, or the text if it is neither."""
    for value in ("yes", "no"):
        if text.strip().casefold() in vocabulary.load_words(value):
            return ParsedValue((Fact(path, value),))
    return make_unparsed(text)


def find_basis(text: str) -> tuple[Fact, ...]:
    """Return the bases of transfer if a text, such as that in brackets after a place, states nothing else."""
    if is_only_basis(text):
        named = _find_bases(normalize(text), vocabulary.index_phrases("transfer"))
        return tuple(Fact("transfer", basis) for basis in dict.fromkeys(named))
    words = text.split(maxsplit=1)
    is_joined = len(words) > 1 and normalize(words[0]) in vocabulary.load_phrases("places", "by_basis")
    pieces = split.split_pieces(words[1] if is_joined else text)
    stated = [
        piece for piece in pieces if normalize(piece) not in vocabulary.load_phrases("places", "contracts")
    ]
    bases = parse_transfer_bases("; ".join(stated))
    return () if bases.rest or any(fact.guessed for fact in bases.facts) else bases.facts


def is_only_basis(text: str) -> bool:
    """Return whether a part of a text names bases of transfers and nothing else: `SCCs in place`."""
    rest = f" {normalize(text)} "
    for phrase in sorted(vocabulary.index_phrases("transfer"), key=len, reverse=True):
        rest = rest.replace(f" {phrase} ", "  ")
    words = rest.split()
    return words != normalize(text).split() and vocabulary.load_phrases("places", "around_bases").issuperset(
        words
    )


def names_one_kind(text: str) -> bool:
    """Return whether all places of a text are those of one kind of processing: `Germany (storage)`."""
    kinds = [split.split_brackets(piece)[1][-1:] for piece in split.split_pieces(text)]
    stated = {normalize(kind) for inside in kinds for kind in inside}
    return all(kinds) and len(stated) == 1 and stated <= vocabulary.load_phrases("places", "kinds")
