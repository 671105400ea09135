"""Reads which data a service sees or never sees from the words of a list.

A statement is certain where it names a category and nothing else. Where other words are around
the name it is a guess, with the words as its note. What a text denies is never read as seen: nothing is
read from the sentence that denies on. A promise is wider than a statement in its effect, so nothing is read
of one with words that may limit it, and one with an exception stays in the notes as well.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import split
from subproc_cli.importers.text.parsed import Fact, ParsedValue, make_partial, make_unparsed
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference.categories import ROOT, covers, load_category_tree

SEES = "sees"
NEVER = "never_sees"
_LONGEST = 8
_LONGEST_ITEM = 3
"""Maximum number of words of a piece that may be the name of a kind of data, and no more than that."""
_LEAD = re.compile(
    r"^(?:and|und|et|or|oder|ou|including|specifically|also|as well as|e\.g\.)\s+", re.IGNORECASE
)


class CategoryMatch(NamedTuple):
    """A category that a phrase names, and whether the phrase may mean something else."""

    key: str
    guessed: bool = False


@lru_cache(maxsize=1024)
def parse_sees(text: str) -> ParsedValue:
    """Return what a text says that a service sees, and the pieces that were not understood."""
    if _whole(text):
        return ParsedValue(tuple(_statements(text.strip(" .:;"), "")))
    said = split.split_sentences(text)
    before, is_denied = _before_denial(said)
    facts: list[Fact] = []
    rest: list[str] = []
    for sentence in before:
        bare, inside = _apart(sentence)
        is_denied = is_denied or any(map(_denies, inside))
        main, condition = _condition(bare)
        for piece in split.split_pieces(main):
            read = _statements(piece, condition)
            facts += read
            rest += [] if read else [piece]
        for aside in inside:
            read_aside = [] if _denies(aside) else _aside(aside)
            facts += read_aside
            rest += [] if read_aside else [aside]
        if condition and not any(isinstance(fact.value, dict) and "when" in fact.value for fact in facts):
            rest.append(sentence)
    if is_denied:
        guesses = tuple(fact._replace(guessed=True) for fact in _once(facts))
        return make_partial(text, guesses) if any(map(_names_any, said)) else make_unparsed(text)
    return ParsedValue(_once(facts), "; ".join(dict.fromkeys(rest)))


def _before_denial(sentences: list[str]) -> tuple[list[str], bool]:
    """Return the sentences before the first denial, and whether there is a denial.

    None of them is left if the one that denies may be speaking of what is written before it: `Never stored.`
    """
    for at, sentence in enumerate(sentences):
        bare, inside = _apart(sentence)
        if any(_denies(aside) and not _names_any(aside) for aside in inside):  # card numbers (never)
            return [], True
        if _denies(bare):
            return (sentences[:at] if _denies_another(bare) else []), True
    return sentences, False


def _denies(sentence: str) -> bool:
    """Return whether a sentence denies that a service sees data; *not stored* is not such a denial."""
    return vocabulary.contains_negation(vocabulary.build_pattern("data", "not_kept").sub("", sentence))


def _denies_another(sentence: str) -> bool:
    """Return whether a denial names its data, rather than refers back to other data."""
    words = normalize(vocabulary.build_pattern("negations").sub(" ", sentence)).split()
    known = (
        vocabulary.load_phrases("data", "beside")
        | vocabulary.load_phrases("data", "vague")
        | vocabulary.load_phrases("data", "verbs")
    )
    return not vocabulary.contains_words(sentence, "data", "back") and any(
        word not in known for word in words
    )


def _names_any(sentence: str) -> bool:
    """Return whether a sentence names a category anywhere."""
    return bool(_scanned(sentence.split())[0])


def parse_never_sees(text: str) -> ParsedValue:
    """Return the data that a text promises a service never sees, or the text if it may contain a limit."""
    whole = _whole(text)
    if whole:
        return ParsedValue((Fact(NEVER, whole.key, whole.guessed),), text if whole.guessed else "")
    facts: list[Fact] = []
    clear = True
    for sentence in split.split_sentences(text):
        promise, exception = _exception(sentence)
        bare, inside = _apart(promise)
        if facts and not exception and _speaks_of_other(bare):
            clear = False
            continue
        excepted = _excepted(exception)
        pieces = [_LEAD.sub("", piece) for each in (bare, *inside) for piece in split.split_pieces(each)]
        promised = [_find_promised(piece) for piece in pieces]
        kinds = [kind for each in promised for kind in each]
        rest = [piece for piece, each in zip(pieces, promised, strict=True) if not each]
        is_settled = not _unsettled(bare) and (not exception or _within(excepted, kinds))
        if not is_settled or any(map(_is_limited, pieces)) or any(_limits(piece, kinds) for piece in rest):
            return (
                make_partial(text)
                if any(map(_names_any, split.split_sentences(text)))
                else make_unparsed(text)
            )
        clear = clear and not exception and not rest and not any(kind.guessed for kind in kinds)
        facts += [Fact(NEVER, kind.key, kind.guessed or bool(exception)) for kind in kinds]
        facts += [
            Fact(SEES, {"data": kind.key, "extent": "partial", "note": exception}, guessed=True)
            for kind in excepted
        ]
    return ParsedValue(_once(facts), "" if clear else text)


def _limits(piece: str, promised: list[CategoryMatch]) -> bool:
    """Return whether unknown words may be more than one kind of data."""
    if _is_plain(
        piece.split(), vocabulary.load_phrases("data", "verbs") | vocabulary.load_phrases("data", "beside")
    ):
        return False
    words = normalize(piece).split()
    limiting = vocabulary.load_phrases("data", "limits")
    is_whole = any(kind.key == ROOT for kind in promised)
    return is_whole or len(words) > _LONGEST_ITEM or any(word in limiting for word in words)


def _is_limited(piece: str) -> bool:
    """Return whether a piece begins as a limit does, such as `on request`, or promises some of its data."""
    begins = normalize(piece).partition(" ")[0] in vocabulary.load_phrases("data", "limits")
    return find_category(piece) is None and (begins or vocabulary.contains_words(piece, "partly"))


def _speaks_of_other(sentence: str) -> bool:
    """Return whether a sentence after a promise denies something else, and so does not limit it."""
    first = sentence.partition(" ")[0]
    return (
        vocabulary.contains_negation(sentence)
        and not vocabulary.contains_negation(first)
        and not _names_any(sentence)
        and not vocabulary.build_pattern("conditions").search(sentence)
        and not vocabulary.contains_words(sentence, "data", "back")
        and not vocabulary.contains_words(sentence, "data", "holds")
    )


def _whole(text: str) -> CategoryMatch | None:
    """Return the category whose name is the whole text."""
    return find_category(text.strip(" .:;"))


@lru_cache(maxsize=4096)
def find_category(phrase: str) -> CategoryMatch | None:
    """Return the category that a phrase is the name of, None if it is not one."""
    known = normalize(phrase)
    if known in vocabulary.load_phrases("data", "vague"):
        return None
    likely = vocabulary.index_phrases("data", "likely").get(known)
    if likely:
        return CategoryMatch(likely, guessed=True)
    sure = load_category_tree().find(phrase) or vocabulary.index_phrases("data", "sure").get(known)
    return CategoryMatch(sure) if sure else None


def _apart(sentence: str) -> tuple[str, list[str]]:
    bare, inside = split.split_brackets(sentence)
    return bare.strip(" .:;"), inside


def _condition(text: str) -> tuple[str, str]:
    """Return a text without its condition, and the condition up to the next comma.

    `if` and its likes go without saying, `only if` does not.
    """
    match = vocabulary.build_pattern("conditions").search(text)
    if match is None or not text[: match.start()].strip():
        return text, ""
    start = match.start() if " " in match[0] and match[0].casefold() != "in case" else match.end()
    condition, comma, after = text[start:].partition(",")
    return f"{text[: match.start()].strip()}{comma}{after}", condition.strip()


def _exception(sentence: str) -> tuple[str, str]:
    """Return a promise without its exception, and the exception; in brackets it ends where they do."""
    match = vocabulary.build_pattern("exceptions").search(sentence)
    if match is None:
        return sentence, ""
    start, end = match.start(), len(sentence)
    opened = sentence[:start].rstrip().endswith(("(", "["))
    if opened:
        end = next((at for at in range(start, end) if sentence[at] in ")]"), end)
    rest = sentence[end + 1 :] if opened else ""
    return f"{sentence[:start].rstrip(' (,[')}{rest}".strip(" .,"), sentence[start:end].strip(" ).,")


def _excepted(exception: str) -> list[CategoryMatch]:
    """Return the categories of an exception; none if it says anything else."""
    bare = vocabulary.build_pattern("exceptions").sub("", exception)
    named = [_kinds(_LEAD.sub("", piece)) for piece in split.split_pieces(bare)]
    return [kind for kinds in named for kind in kinds] if all(named) and not _unsettled(bare) else []


def _within(excepted: list[CategoryMatch], promised: list[CategoryMatch]) -> bool:
    """Return whether each exception is below a promised category, where the more specific one decides."""
    return bool(excepted) and all(
        any(each.key != kind.key and covers(kind.key, each.key) for kind in promised) for each in excepted
    )


def _unsettled(text: str) -> bool:
    """Return whether a text denies something, or says it under a condition."""
    return vocabulary.contains_negation(text) or bool(vocabulary.build_pattern("conditions").search(text))


def _statements(piece: str, condition: str) -> list[Fact]:
    """Return the statement of a piece, with its words as a note if they say more than the category."""
    bare = _LEAD.sub("", piece)
    kinds = _kinds(bare)
    if vocabulary.contains_words(bare, "possibly"):
        return []
    partly = vocabulary.contains_words(bare, "partly")
    return [Fact(SEES, *_statement(kind, bare, condition, partly=partly)) for kind in kinds]


def _statement(kind: CategoryMatch, words: str, condition: str, *, partly: bool) -> tuple[Any, bool]:
    certain = find_category(words) == CategoryMatch(kind.key) and not condition and not partly
    if certain:
        return kind.key, False
    value = {"data": kind.key, "extent": "partial" if partly else "", "when": condition, "note": words}
    if find_category(words) and not partly:
        value["note"] = "" if not kind.guessed else words
    return {key: text for key, text in value.items() if text}, True


def _aside(text: str) -> list[Fact]:
    """Return what is in brackets and names categories."""
    if vocabulary.contains_words(text, "possibly"):
        return []
    read = [_kinds(_LEAD.sub("", piece)) for piece in split.split_pieces(text)]
    return [Fact(SEES, {"data": kind.key, "note": text}, guessed=True) for kinds in read for kind in kinds]


@lru_cache(maxsize=4096)
def _kinds(piece: str) -> list[CategoryMatch]:
    """Return the categories that a piece of an enumeration names, among whatever words."""
    one = find_category(piece)
    if one:
        return [one]
    beside = vocabulary.load_phrases("data", "beside") | vocabulary.load_phrases("partly")
    found, _ = _scanned(piece.split())
    telling = [
        CategoryMatch(kind.key, guessed=True) for phrase, kind in found if _is_telling(phrase, kind, beside)
    ]
    return telling or _find_promised(piece)


def _find_promised(piece: str) -> list[CategoryMatch]:
    """Return the category that a piece names without another word that says something."""
    one = find_category(piece)
    if one:
        return [one]
    beside = vocabulary.load_phrases("data", "beside") | vocabulary.load_phrases("partly")
    found, others = _scanned(piece.split())
    if not _is_plain(others, beside) or len(found) != 1 or normalize(found[0][0]) in beside:
        return []
    return [CategoryMatch(found[0][1].key, guessed=True)]


def _is_plain(words: list[str], beside: frozenset[str]) -> bool:
    """Return whether words only say where data is: `on Acme`, the name of a product."""
    around = vocabulary.load_phrases("data", "around")
    return all(
        normalize(word) in beside | around | {""}
        or (word[0].isupper() and at > 0 and normalize(words[at - 1]) in around)
        for at, word in enumerate(words)
    )


def _is_telling(phrase: str, kind: CategoryMatch, beside: frozenset[str]) -> bool:
    """Return whether a phrase means its category among other words too."""
    known = normalize(phrase)
    return (
        kind.key != ROOT and known not in beside and known not in vocabulary.load_phrases("data", "everyday")
    )


def _scanned(tokens: list[str]) -> tuple[list[tuple[str, CategoryMatch]], list[str]]:
    found: list[tuple[str, CategoryMatch]] = []
    others: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length]).strip(" .,:;'\"“”")
            kind = find_category(phrase) if phrase else None
            if kind:
                found.append((phrase, kind))
                at += length
                break
        else:
            others.append(tokens[at])
            at += 1
    return found, others


def _once(facts: list[Fact]) -> tuple[Fact, ...]:
    """Return facts without those that add nothing to another fact about the same category."""
    kept: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        key = fact.path, fact.value if isinstance(fact.value, str) else fact.value["data"]
        if key not in kept or (kept[key].guessed and not fact.guessed):
            kept[key] = fact
    return tuple(kept.values())
