"""Reads where a service processes, and where its entity sits, from the words of a list.

A text is read only as far as every word of it is understood: a place that is named may be one that
is ruled out, and a place that is not stated is better than a wrong one.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from subproc_cli.intake import lexicon, splitting
from subproc_cli.intake.lexicon import normal
from subproc_cli.intake.reading import Fact, Reading, kept
from subproc_cli.law import names, places
from subproc_cli.law.places import country_codes

PATH = "processing"
_LONGEST_CODE = 3
_LONGEST_NAME = 6
_ZIP = re.compile(r"\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\.?$")
_TOKEN = re.compile(r"[\w.'’-]+|\S")


class Mention(NamedTuple):
    """A place that a text names, and whether the name may mean something else."""

    place: str
    guessed: bool = False


def named(word: str) -> Mention | None:
    """Return the place that a word or phrase is the name of, None if it is none."""
    bare = word.strip(" .:;,*")
    letters = bare.replace(".", "")
    if len(letters) <= _LONGEST_CODE and (not letters.isupper() or bare in lexicon.words("places", "never")):
        return None
    found = places.built_in().find(bare) or _names("sure").get(normal(bare))
    if found:
        return Mention(found, bare in lexicon.words("places", "doubtful"))
    likely = _names("likely").get(normal(bare))
    return Mention(likely, guessed=True) if likely else None


@cache
def _names(kind: str) -> dict[str, str]:
    found = {normal(name): place for name, place in lexicon.words("places", kind).items()}
    if kind == "sure":
        for language in ("de", "fr"):
            for name, code in names.codes_by_name(country_codes(), language).items():
                found.setdefault(normal(name), code)
    return found


def processing(text: str) -> Reading:
    """Return the places of processing that a text names, or the text if it is not understood."""
    bare = text.strip(" .:;\n")
    if not bare:
        return Reading()
    one = named(bare)
    if one:
        return Reading((Fact(PATH, _value(one.place, note=_words(one, bare)), one.guessed),))
    if lexicon.denies(bare) or lexicon.has(bare, "places", "seats"):
        return kept(text)
    facts = _listed(bare) or _mentioned(" ".join(bare.split()))
    return (
        Reading(tuple(fact for at, fact in enumerate(facts) if fact not in facts[:at]))
        if facts
        else kept(text)
    )


def country(text: str, path: str = "entity.country") -> Reading:
    """Return the country that a text names, or the text if it names none or several."""
    where = processing(text)
    if len(where.facts) == 1 and str(_place(where.facts[0].value)) in country_codes():
        fact = where.facts[0]
        note = "" if isinstance(fact.value, str) else text
        return Reading((Fact(path, _place(fact.value), fact.guessed),), note)
    return kept(text) if text.strip() else Reading()


def of_address(address: str) -> Mention | None:
    """Return the country that an address ends in."""
    last = splitting.pieces(address)[-1:]
    found = named(last[0]) if last and last[0].upper() not in lexicon.words("places", "states") else None
    if found is None and last:
        found = named(last[0].split()[-1])
    if found and found.place in country_codes():
        return found
    return Mention("US", guessed=True) if _ZIP.search(address) else None


def _place(value: Any) -> Any:
    return value["place"] if isinstance(value, dict) else value


def _listed(text: str) -> list[Fact]:
    """Read an enumeration of names, each with a remark in brackets or without one."""
    parts = _joined(splitting.pieces(text))
    text = " ".join(text.split())
    read = [_with_remark(part) for part in parts]
    if any(each is None for each in read):
        return []
    found = [each for each in read if each]
    either = lexicon.pattern("alternatives").search(splitting.bracketed(text)[0])
    if either:
        return _alternatives(found, text)
    shaky = _states(parts, [mention.place for mention, _ in found])
    return [
        Fact(
            PATH,
            _value(mention.place, note=text if shaky else remark or _words(mention, part)),
            bool(remark or shaky or mention.guessed),
        )
        for part, (mention, remark) in zip(parts, found, strict=True)
        if part not in shaky
    ]


def _words(mention: Mention, text: str) -> str:
    """Return the words that a guess rests on, unless they are the place itself: `California` for `US`."""
    return text if mention.guessed and text != mention.place else ""


def _joined(parts: list[str]) -> list[str]:
    """Put together again what is one name: `Bosnia` and `Herzegovina`."""
    found: list[str] = []
    for part in parts:
        longer = f"{found[-1]} and {part}" if found else ""
        if found and named(found[-1]) is None and named(longer):
            found[-1] = longer
        else:
            found.append(part)
    return found


def _states(parts: list[str], found: list[str]) -> set[str]:
    """Return the parts that are states of the US rather than the countries of the same name."""
    if "US" not in found or all(len(part) <= len("US") for part in parts):
        return set()
    return {part for part in parts if part in lexicon.words("places", "states")}


def _with_remark(part: str) -> tuple[Mention, str] | None:
    """Return the place of a part, and what is said of it in brackets."""
    one = named(part)
    if one:
        return one, ""
    bare, inside = splitting.bracketed(part)
    one = named(bare)
    if one is None or not inside:
        return None
    around = named(inside[0]) if len(inside) == 1 else None
    region = places.built_in().regions.get(around.place) if around else None
    if region and any(one.place in each.countries for each in region.memberships):
        return one, ""  # Germany (EU): the brackets say nothing more
    return one, "; ".join(inside)


def _alternatives(found: list[tuple[Mention, str]], text: str) -> list[Fact]:
    if all(remark for _, remark in found):
        return [Fact(PATH, _value(mention.place, when=remark), guessed=True) for mention, remark in found]
    either = list(dict.fromkeys(mention.place for mention, _ in found))
    return [Fact(PATH, {"place": either, "note": text}, guessed=True)]


def _value(place: str, *, note: str = "", when: str = "") -> Any:
    if note:
        return {"place": place, "note": note}
    return {"place": place, "when": when} if when else place


def _mentioned(text: str) -> list[Fact]:
    """Read the places in a text whose other words say nothing of places, or are names of towns."""
    remote = lexicon.has(text, "places", "remote")
    for phrase in lexicon.words("places", "remote") if remote else ():
        text_without = re.sub(re.escape(phrase), " ", text, flags=re.IGNORECASE)
        if text_without != text:
            return [
                Fact(PATH, {"place": each.value["place"], "how": "remote-access", "note": text}, guessed=True)
                for each in _mentioned(text_without)
            ]
    tokens = list(_scanned(text))
    found = [token for token in tokens if isinstance(token, Mention)]
    others = [token for token in tokens if isinstance(token, str)]
    if not found or not all(_harmless(word) for word in others):
        return []
    states = {"GE"} if any(each.place == "US" for each in found) else set()
    either = lexicon.pattern("alternatives").search(text)
    kinds = list(dict.fromkeys(each.place for each in found if each.place not in states))
    if either and len(kinds) > 1:
        return [Fact(PATH, {"place": kinds, "note": text}, guessed=True)]
    return [Fact(PATH, {"place": place, "note": text}, guessed=True) for place in kinds]


def _scanned(text: str) -> Iterator[Mention | str]:
    """Yield the places that a text names and its other words, the longest names first."""
    tokens = _TOKEN.findall(text)
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
            phrase = " ".join(tokens[at : at + length])
            mention = _in_sentence(phrase)
            if mention:
                yield mention
                at += length
                break
        else:
            yield tokens[at]
            at += 1


def _in_sentence(phrase: str) -> Mention | None:
    if not (phrase[0].isalnum() and phrase[-1].isalnum()) and phrase not in lexicon.words("places", "codes"):
        return None
    short = len(phrase.replace(".", "")) <= _LONGEST_CODE
    if short and phrase not in lexicon.words("places", "codes"):
        return None
    return named(phrase)


def _harmless(word: str) -> bool:
    """Tell whether a word can stand beside a place: a mark, a filling word, or the name of a town."""
    known = normal(word)
    return (
        not known
        or known in lexicon.phrases("places", "beside")
        or word[0].isupper()
        or any(map(str.isdecimal, word))
    )
