"""Reads which data a service sees or never sees from the words of a list.

A statement is certain where it names a category and nothing else. Where other words stand around
the name it is a guess, with the words as its note. A promise is wider than a statement in its effect,
so a promise with an exception or with words that are not understood stays in the notes as well.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from subproc_cli.intake import lexicon, splitting
from subproc_cli.intake.lexicon import normal
from subproc_cli.intake.reading import Fact, Reading, kept
from subproc_cli.law.categories import ROOT, built_in, covers

SEES = "sees"
NEVER = "never_sees"
_LONGEST = 8
_LEAD = re.compile(
    r"^(?:and|und|et|or|oder|ou|including|specifically|also|as well as|e\.g\.)\s+", re.IGNORECASE
)


class Kind(NamedTuple):
    """A category that a phrase names, and whether the phrase may mean something else."""

    key: str
    guessed: bool = False


def sees(text: str) -> Reading:
    """Return what a text says that a service sees, and the pieces that were not understood."""
    if _whole(text):
        return Reading(tuple(_statements(text.strip(" .:;"), "")))
    facts: list[Fact] = []
    rest: list[str] = []
    for sentence in splitting.sentences(text):
        bare, inside = _apart(sentence)
        if lexicon.denies(bare):
            rest.append(sentence)
            continue
        main, condition = _condition(bare)
        for piece in splitting.pieces(main):
            read = _statements(piece, condition)
            facts += read
            rest += [] if read else [piece]
        for aside in inside:
            read_aside = _aside(aside)
            facts += read_aside
            rest += [] if read_aside else [aside]
        if condition and not any(isinstance(fact.value, dict) and "when" in fact.value for fact in facts):
            rest.append(sentence)
    return Reading(_once(facts), "; ".join(dict.fromkeys(rest)))


def never_sees(text: str) -> Reading:
    """Return what a text promises that a service never sees, and the text if not all of it is understood."""
    whole = _whole(text)
    if whole:
        return Reading((Fact(NEVER, whole.key, whole.guessed),), text if whole.guessed else "")
    facts: list[Fact] = []
    clear = True
    for sentence in splitting.sentences(text):
        promise, exception = _exception(sentence)
        if exception and not promise:  # it may be one of any other sentence
            return kept(text)
        bare, inside = _apart(promise)
        excepted = _excepted(exception)
        promised = [_kinds(_LEAD.sub("", piece)) for piece in splitting.pieces(bare)]
        kinds = [kind for each in promised for kind in each]
        clear = clear and not exception and not inside
        if _unsettled(bare) or (exception and not _within(excepted, kinds)):
            clear = False
            continue
        clear = clear and all(promised) and not any(kind.guessed for kind in kinds)
        facts += [Fact(NEVER, kind.key, kind.guessed or bool(exception)) for kind in kinds]
        facts += [
            Fact(SEES, {"data": kind.key, "extent": "partial", "note": exception}, guessed=True)
            for kind in excepted
        ]
    return Reading(_once(facts), "" if clear else text)


def _whole(text: str) -> Kind | None:
    """Return the category of a text that is its name and nothing else."""
    return named(text.strip(" .:;"))


@lru_cache(maxsize=4096)
def named(phrase: str) -> Kind | None:
    """Return the category that a phrase is the name of, None if it is none."""
    known = normal(phrase)
    if known in lexicon.phrases("data", "vague"):
        return None
    likely = lexicon.keyed("data", "likely").get(known)
    if likely:
        return Kind(likely, guessed=True)
    sure = built_in().find(phrase) or lexicon.keyed("data", "sure").get(known)
    return Kind(sure) if sure else None


def _apart(sentence: str) -> tuple[str, list[str]]:
    bare, inside = splitting.bracketed(sentence)
    return bare.strip(" .:;"), inside


def _condition(text: str) -> tuple[str, str]:
    """Return a text without its condition, and the condition up to the next comma.

    `if` and its likes go without saying, `only if` does not.
    """
    match = lexicon.pattern("conditions").search(text)
    if match is None or not text[: match.start()].strip():
        return text, ""
    start = match.start() if " " in match[0] and match[0].casefold() != "in case" else match.end()
    condition, comma, after = text[start:].partition(",")
    return f"{text[: match.start()].strip()}{comma}{after}", condition.strip()


def _exception(sentence: str) -> tuple[str, str]:
    """Return a promise without its exception, and the exception; in brackets it ends where they do."""
    match = lexicon.pattern("exceptions").search(sentence)
    if match is None:
        return sentence, ""
    start, end = match.start(), len(sentence)
    opened = sentence[:start].rstrip().endswith(("(", "["))
    if opened:
        end = next((at for at in range(start, end) if sentence[at] in ")]"), end)
    rest = sentence[end + 1 :] if opened else ""
    return f"{sentence[:start].rstrip(' (,[')}{rest}".strip(" .,"), sentence[start:end].strip(" ).,")


def _excepted(exception: str) -> list[Kind]:
    """Return the categories that an exception names; none unless that is all that it says."""
    bare = lexicon.pattern("exceptions").sub("", exception)
    named = [_kinds(_LEAD.sub("", piece)) for piece in splitting.pieces(bare)]
    return [kind for kinds in named for kind in kinds] if all(named) and not _unsettled(bare) else []


def _within(excepted: list[Kind], promised: list[Kind]) -> bool:
    """Tell whether each exception lies below something promised, and so decides there as the closer one."""
    return bool(excepted) and all(
        any(each.key != kind.key and covers(kind.key, each.key) for kind in promised) for each in excepted
    )


def _unsettled(text: str) -> bool:
    """Tell whether a text denies something, or says it under a condition."""
    return lexicon.denies(text) or bool(lexicon.pattern("conditions").search(text))


def _statements(piece: str, condition: str) -> list[Fact]:
    """Return what a piece states, with its words as the note where they say more than the category."""
    bare = _LEAD.sub("", piece)
    kinds = _kinds(bare)
    if lexicon.has(bare, "possibly"):
        return []
    partly = lexicon.has(bare, "partly")
    return [Fact(SEES, *_statement(kind, bare, condition, partly=partly)) for kind in kinds]


def _statement(kind: Kind, words: str, condition: str, *, partly: bool) -> tuple[Any, bool]:
    certain = named(words) == Kind(kind.key) and not condition and not partly
    if certain:
        return kind.key, False
    value = {"data": kind.key, "extent": "partial" if partly else "", "when": condition, "note": words}
    if named(words) and not partly:
        value["note"] = "" if not kind.guessed else words
    return {key: text for key, text in value.items() if text}, True


def _aside(text: str) -> list[Fact]:
    """Return what stands in brackets and names categories."""
    if lexicon.has(text, "possibly") or (lexicon.denies(text) and "," not in text):
        return []
    read = [_kinds(_LEAD.sub("", piece)) for piece in splitting.pieces(text)]
    return [Fact(SEES, {"data": kind.key, "note": text}, guessed=True) for kinds in read for kind in kinds]


@lru_cache(maxsize=4096)
def _kinds(piece: str) -> list[Kind]:
    """Return the categories that a piece of an enumeration names."""
    one = named(piece)
    if one:
        return [one]
    tokens = piece.split()
    found, others = _scanned(tokens)
    beside = lexicon.phrases("data", "beside") | lexicon.phrases("partly")
    plain = all(not normal(word) or normal(word) in beside for word in others)
    telling = [Kind(kind.key, guessed=True) for phrase, kind in found if _is_telling(phrase, kind, beside)]
    if telling or not plain or len(found) != 1:
        return telling
    phrase, kind = found[0]
    return [] if normal(phrase) in beside else [Kind(kind.key, guessed=True)]


def _is_telling(phrase: str, kind: Kind, beside: frozenset[str]) -> bool:
    """Tell whether a phrase means its category among other words too."""
    known = normal(phrase)
    return kind.key != ROOT and known not in beside and known not in lexicon.phrases("data", "everyday")


def _scanned(tokens: list[str]) -> tuple[list[tuple[str, Kind]], list[str]]:
    found: list[tuple[str, Kind]] = []
    others: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length]).strip(" .,:;'\"“”")
            kind = named(phrase) if phrase else None
            if kind:
                found.append((phrase, kind))
                at += length
                break
        else:
            others.append(tokens[at])
            at += 1
    return found, others


def _once(facts: list[Fact]) -> tuple[Fact, ...]:
    """Return facts without those that say of the same category no more than another one."""
    kept: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        key = fact.path, fact.value if isinstance(fact.value, str) else fact.value["data"]
        if key not in kept or (kept[key].guessed and not fact.guessed):
            kept[key] = fact
    return tuple(kept.values())
