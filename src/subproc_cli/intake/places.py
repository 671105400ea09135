"""Reads where a service processes, and where its entity sits, from the words of a list.

A text is read as a whole or not at all: what is left of one that is read in part answers questions as if
it were everything, and a place that is not stated is better than a wrong one. So every word of a text has to
be a place, something within a place that is named beside it, or a word that is known to say nothing of places.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from subproc_cli.intake import lexicon, splitting
from subproc_cli.intake.lexicon import normal
from subproc_cli.intake.reading import Fact, Reading, in_part, kept
from subproc_cli.law import names, places
from subproc_cli.law.places import WORLDWIDE, country_codes

PATH = "processing"
_LONGEST_CODE = 3
_LONGEST_NAME = 9
"""Words and marks of one name: `Congo, The Democratic Republic of the`."""
_ZIP = re.compile(r"\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\.?$")
_TOKEN = re.compile(r"[\w.'’-]+|\S")
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_FLAG_A = 0x1F1E6
_MORE = re.compile(r"\.\.|(?:[+&/]|\b(?:and|und|et|or|oder|ou))\s*$", re.IGNORECASE)
"""What says at the end of a text, or within it, that places are left out."""
_APART = re.compile(r"[,;/&+|•·‣◦]|and|und|et|or|oder|ou|sowie", re.IGNORECASE)
_BETWEEN = frozenset(",([-–—/")
"""Marks between a town and the code of its country or state."""


class Mention(NamedTuple):
    """A place that a text names.

    Attributes:
        place: the code of a country or a region.
        guessed: whether the name may mean something else.
        either: the places of which one is meant, where the name is that of several.
    """

    place: str
    guessed: bool = False
    either: tuple[str, ...] = ()


class Town(NamedTuple):
    """A town or a part of a country, and the countries that have one of its name."""

    countries: frozenset[str]


_Item = Mention | Town | str


class _Part(NamedTuple):
    """A place of an enumeration with what its brackets say."""

    mention: Mention
    remark: str = ""
    remote: bool = False


def named(word: str) -> Mention | None:
    """Return the place that a word or phrase is the name of, None if it is none."""
    bare = word.strip(" .:;,*")
    letters = bare.replace(".", "")
    if len(letters) <= _LONGEST_CODE and (not letters.isupper() or bare in lexicon.words("places", "never")):
        return None
    either = _either().get(normal(bare)) if len(letters) > _LONGEST_CODE else None
    if either:
        return Mention(either[0], guessed=True, either=either)
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


@cache
def _either() -> dict[str, tuple[str, ...]]:
    return {normal(name): tuple(either) for name, either in lexicon.words("places", "either").items()}


@cache
def _towns() -> dict[str, Town]:
    found: dict[str, frozenset[str]] = {}
    for code, listed in lexicon.read("towns.yaml").items():
        for name in listed:
            found[normal(name)] = found.get(normal(name), frozenset()) | {code}
    return {name: Town(countries) for name, countries in found.items()}


def processing(text: str) -> Reading:
    """Return the places of processing that a text names, or the text if any word of it is not understood."""
    bare = _FLAG.sub(_code_of_flag, text).strip(" .:;\n")
    if not bare:
        return Reading()
    facts = [] if _MORE.search(text) else _read(bare)
    if facts:
        return Reading(tuple(fact for at, fact in enumerate(facts) if fact not in facts[:at]))
    return in_part(text) if _names_any(bare) else kept(text)


def _read(text: str) -> list[Fact]:
    """Return what a text says, nothing unless all of it is understood."""
    if not _has_plain_marks(text):
        return []
    one = named(text)
    if one:
        return [_fact(one, note=_words(one, text), guessed=one.guessed)]
    if lexicon.denies(text) or lexicon.has(text, "places", "seats"):
        return []
    return _listed(text) or _mentioned(" ".join(text.split()))


def _names_any(text: str) -> bool:
    """Return whether a text names a place or a town at all, whatever else it says."""
    return any(not isinstance(item, str) for item in _scanned(text))


def _code_of_flag(match: re.Match[str]) -> str:
    """Return the code of the country whose flag two letters of the alphabet of flags are."""
    code = "".join(chr(ord(letter) - _FLAG_A + ord("A")) for letter in match.groups())
    return f" {code} "


def _has_plain_marks(text: str) -> bool:
    """Return whether no mark of a text says that places are left out or open."""
    known = lexicon.words("places", "marks")
    return all(char.isalnum() or char.isspace() or char in known for char in text)


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
    if found and found.place in country_codes() and not found.either:
        return found
    return Mention("US", guessed=True) if _ZIP.search(address) else None


def _place(value: Any) -> Any:
    return value["place"] if isinstance(value, dict) else value


def _listed(text: str) -> list[Fact]:
    """Read an enumeration of names, each with a remark in brackets or without one."""
    parts = _joined(splitting.pieces(text))
    text = " ".join(text.split())
    found = [known for part in parts if (known := _with_remark(part))]
    if len(found) < len(parts):
        return []
    if lexicon.pattern("alternatives").search(splitting.bracketed(text)[0]):
        return _alternatives(found, text)
    shaky = _states(parts, [part.mention.place for part in found])
    return [
        _fact(
            part.mention,
            note=text if shaky else part.remark or _words(part.mention, words),
            guessed=bool(part.remark or shaky or part.mention.guessed),
            remote=part.remote,
        )
        for words, part in zip(parts, found, strict=True)
        if words not in shaky
    ]


def _words(mention: Mention, text: str) -> str:
    """Return the words that a guess rests on, unless they are the place itself: `California` for `US`."""
    return text if mention.guessed and text != mention.place else ""


def _joined(parts: list[str]) -> list[str]:
    """Put together again what is one name: `Bosnia` and `Herzegovina`, `Korea` and `Republic of`."""
    found: list[str] = []
    for part in parts:
        longer = f"{found[-1]} and {part}" if found else ""
        inverted = f"{found[-1]}, {part}" if found else ""
        if normal(inverted) in _inverted():
            found[-1] = inverted
        elif found and named(found[-1]) is None and named(longer):
            found[-1] = longer
        else:
            found.append(part)
    return found


@cache
def _inverted() -> frozenset[str]:
    return frozenset(normal(name) for name in lexicon.words("places", "sure") if "," in name)


def _states(parts: list[str], found: list[str]) -> set[str]:
    """Return the parts that are codes of states of the US rather than of the countries that share them."""
    if "US" not in found or all(len(part) <= len("US") for part in parts):
        return set()
    return {part for part in parts if part in lexicon.words("places", "states")}


def _with_remark(text: str) -> _Part | None:
    """Return the place of a part with what is said of it in brackets, None if any of it is not understood."""
    one = named(text)
    if one:
        return _Part(one)
    bare, inside = splitting.bracketed(text)
    one = named(bare)
    if one is None or not inside:
        return None
    if len(inside) == 1 and normal(inside[0]) in lexicon.phrases("places", "remote"):
        return _Part(one, text, remote=True)
    around = named(inside[0]) if len(inside) == 1 else None
    if around and around.place in places.built_in().regions and _is_within(one.place, around.place):
        return _Part(one)  # Germany (EU): the brackets say nothing more
    if not all(_is_remark(words, one) for words in inside):
        return None
    return _Part(one, "; ".join(inside))


def _is_remark(text: str, mention: Mention) -> bool:
    """Return whether brackets only say where within a place, or nothing of places."""
    items = list(_scanned(text))
    return not _leaves_open([mention, *items]) and all(
        _is_within(item.place, mention.place) or _is_within(mention.place, item.place, but=WORLDWIDE)
        if isinstance(item, Mention)
        else _lies_in(item, [mention])
        if isinstance(item, Town)
        else _is_beside(item) and not _is_opener(item)
        for item in items
    )


def _countries(place: str) -> frozenset[str]:
    """Return the countries of a place, as far as they belong to it without an end that is known."""
    if place == WORLDWIDE:
        return frozenset(country_codes())
    region = places.built_in().regions.get(place)
    if region is None:
        return frozenset((place,))
    return frozenset(
        code for each in region.memberships if each.span.until is None for code in each.countries
    )


def _is_within(inner: str, outer: str, *, but: str = "") -> bool:
    return outer != but and _countries(inner) <= _countries(outer)


def _lies_in(town: Town, mentions: Sequence[Mention]) -> bool:
    """Return whether a town lies in one of some places."""
    return any(town.countries & _countries(code) for each in mentions for code in each.either or (each.place,))


def _alternatives(found: list[_Part], text: str) -> list[Fact]:
    if any(part.remote for part in found):
        return []
    if all(part.remark for part in found):
        return [_fact(part.mention, when=part.remark, guessed=True) for part in found]
    return [_one_of([part.mention for part in found], text)]


def _one_of(mentions: Sequence[Mention], text: str) -> Fact:
    """Return that one of some places is meant."""
    either = list(dict.fromkeys(code for each in mentions for code in each.either or (each.place,)))
    return Fact(PATH, {"place": either, "note": text}, guessed=True)


def _fact(
    mention: Mention, *, note: str = "", when: str = "", guessed: bool = False, remote: bool = False
) -> Fact:
    """Return the statement of a place; with nothing but the place it is that alone."""
    place = list(mention.either) or mention.place
    more = {"how": "remote-access" if remote else "", "when": when, "note": note}
    said = {key: text for key, text in more.items() if text}
    value = {"place": place, **said} if said or mention.either else place
    return Fact(PATH, value, guessed or remote)


def _mentioned(text: str) -> list[Fact]:
    """Read the places in a text all of whose other words are known to say nothing of places."""
    remote = lexicon.pattern("places", "remote").search(text)
    if remote:
        return _accessed(text, text[: remote.start()], text[remote.end() :])
    items = list(_scanned(text))
    found = [item for item in items if isinstance(item, Mention)]
    if not found or not _is_understood(items, found):
        return []
    if lexicon.pattern("alternatives").search(text) and len({each.place for each in found}) > 1:
        return [_one_of(found, text)]
    return [_fact(each, note=text, guessed=True) for each in _once(found)]


def _once(found: Sequence[Mention]) -> list[Mention]:
    """Return mentions with each place once; one of several places counts only beside none of them alone."""
    alone = {each.place for each in found if not each.either}
    kept_back = [each for each in found if not (each.either and alone.issuperset(each.either))]
    return list({each.either or each.place: each for each in reversed(kept_back)}.values())[::-1]


def _accessed(text: str, before: str, after: str) -> list[Fact]:
    """Read a text that speaks of remote access: only from the places that follow these words directly."""
    items = list(_scanned(after))
    far = [item for item in items if isinstance(item, Mention)]
    allowed = lexicon.phrases("places", "from") | {""}
    plain = all(normal(item) in allowed for item in items if isinstance(item, str))
    settled = all(_lies_in(item, far) for item in items if isinstance(item, Town))
    rest = list(_scanned(before))
    near = _mentioned(before) if any(not isinstance(item, str) for item in rest) else []
    is_read = bool(near) or all(isinstance(item, str) and _is_beside(item) for item in rest)
    if not far or not plain or not settled or not is_read or lexicon.pattern("alternatives").search(text):
        return []
    stated = [_place(fact.value) for fact in near]
    return [
        *(Fact(PATH, {"place": place, "note": text}, guessed=True) for place in stated),
        *(
            _fact(each, note=text, guessed=True, remote=True)
            for each in _once(far)
            if each.place not in stated
        ),
    ]


def _scanned(text: str) -> Iterator[_Item]:
    """Yield the places and towns that a text names and its other words, the longest names first."""
    tokens = _TOKEN.findall(text)
    at = 0
    town: Town | None = None
    while at < len(tokens):
        state = _in_town(tokens[at], town) if town else None
        item, length = (state, 1) if state else _longest(tokens[at : at + _LONGEST_NAME])
        yield item
        town = item if isinstance(item, Town) else town if tokens[at] in _BETWEEN else None
        at += length


def _longest(tokens: Sequence[str]) -> tuple[_Item, int]:
    """Return the longest name or known phrase that some words begin with, else the first word."""
    for length in range(len(tokens), 0, -1):
        phrase = " ".join(tokens[:length])
        found = _in_sentence(phrase) or _towns().get(normal(phrase))
        if found:
            return found, length
        if length > 1 and _is_beside(phrase) and "." not in tokens[:length]:
            known = lexicon.phrases("places", "beside") | lexicon.phrases("places", "openers")
            if normal(phrase) in known:
                return phrase, length
    return tokens[0], 1


def _in_town(word: str, town: Town) -> Mention | None:
    """Return the country whose code, or a state of which, stands behind a town that lies there."""
    if word in town.countries:
        return Mention(word, guessed=True)
    is_state = word in lexicon.words("places", "states") or "US" in _either().get(normal(word), ())
    return Mention("US", guessed=True) if is_state and "US" in town.countries else None


def _in_sentence(phrase: str) -> Mention | None:
    codes = lexicon.words("places", "codes")
    if not (phrase[0].isalnum() and phrase[-1].isalnum()) and phrase not in codes:
        return None
    short = len(phrase.replace(".", "")) <= _LONGEST_CODE
    return None if short and phrase not in codes else named(phrase)


def _is_understood(items: Sequence[_Item], found: Sequence[Mention]) -> bool:
    """Return whether the words and towns beside some places leave no place out."""
    words = [item for item in items if isinstance(item, str)]
    towns = [item for item in items if isinstance(item, Town)]
    return (
        all(map(_is_beside, words))
        and all(_lies_in(town, found) for town in towns)
        and _opens_nothing(items)
        and not _leaves_open(items)
    )


def _is_beside(word: str) -> bool:
    """Return whether a word or mark may stand beside a place."""
    known = normal(word)
    return not known or known in lexicon.phrases("places", "beside") or _is_opener(word)


def _is_opener(word: str) -> bool:
    return normal(word) in lexicon.phrases("places", "openers")


def _opens_nothing(items: Sequence[_Item]) -> bool:
    """Return whether words such as `mainly` stand only between a place and what lies in it."""
    at = [place for place, item in enumerate(items) if isinstance(item, str) and _is_opener(item)]
    if not at:
        return True
    around = [item for item in items[: at[0]] if isinstance(item, Mention) and not item.either]
    inside = [item for item in items[at[-1] :] if not isinstance(item, str)]
    every = [item for item in items if isinstance(item, Mention)]
    return bool(inside) and any(all(_is_within(each.place, one.place) for each in every) for one in around)


def _leaves_open(items: Sequence[_Item]) -> bool:
    """Return whether a part behind the first place names none, but has a word for one: `and all regions`."""
    parts: list[list[_Item]] = [[]]
    for item in items:
        if isinstance(item, str) and _APART.fullmatch(item):
            parts.append([])
        else:
            parts[-1].append(item)
    named_yet = False
    for part in parts:
        has_place = any(not isinstance(item, str) for item in part)
        open_words = any(
            isinstance(item, str) and normal(item) in lexicon.phrases("places", "open") for item in part
        )
        if named_yet and open_words and not has_place:
            return True
        named_yet = named_yet or has_place
    return False
