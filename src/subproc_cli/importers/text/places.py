"""Reads places of processing, and the country of an entity, from the words of a list.

A text is read as a whole or not at all: what is left of one that is read in part would answer questions as
if it were everything, and a place that is not stated is better than a wrong one. So every word of a text has
to be a place, something within a place that is named too, or a word that says nothing of places.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import keywords, place_parts, split
from subproc_cli.importers.text.mentions import (
    Item,
    Mention,
    Town,
    is_beside,
    is_opener,
    is_within,
    lies_in,
    named,
    replace_flags,
    scan,
    towns_as_places,
    translate_countries,
)
from subproc_cli.importers.text.parsed import Fact, ParsedValue, make_partial, make_unparsed
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference import geography
from subproc_cli.reference.geography import WORLDWIDE, load_country_codes

PATH = "processing"
_PARTS = re.compile(r"[,\n]")
_ZIP = re.compile(r"\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\.?$")
_MORE = re.compile(r"\.\.|(?:[+&/]|\b(?:and|und|et|or|oder|ou))\s*$", re.IGNORECASE)
"""Words at the end of a text, or within it, that show that places are omitted."""
_EU_AND_EEA = re.compile(r"\b(?:EU\s*/\s*(?:EEA|EWR)|(?:EEA|EWR)\s*/\s*EU)\s*(?=\()")
"""The EU and the EEA as one region, whose countries are in brackets: `EU/EEA (Ireland)`."""
_COMPLIANT = re.compile(
    r"\s*\((?:(?:GDPR|DSGVO|RGPD|AVG|CCPA)(?:[\s-]{1,2}(?:compliant|konform|conforme|conform))?"
    r"|Privacy Shield)\)",
    re.IGNORECASE,
)
"""Brackets that name a law or a former basis of transfers, and nothing of places."""
_DATA_CENTER = re.compile(
    r"([^()]{2,60}?)\s*\((?:RZ|Rechenzentrum|Serverstandort|data ?cent(?:er|re)|servers?|hosted in"
    r"|gehostet in)\s*:?\s+([^()]{2,60})\)",
    re.IGNORECASE,
)
_LONGEST_TRANSLATED = 300
"""Maximum number of characters of a text in which names in other languages are looked for."""
_APART = re.compile(r"[,;/&+|•·‣◦]|and|und|et|or|oder|ou|sowie", re.IGNORECASE)


class _Part(NamedTuple):
    """A place of an enumeration with what its brackets say."""

    mention: Mention
    remark: str = ""
    remote: bool = False


@lru_cache(maxsize=16_384)
def parse_processing(text: str) -> ParsedValue:
    """Return the places of processing that a text names, or the text if any word of it is not understood."""
    bare = replace_flags(text).strip(" .:;\n")
    if not bare:
        return ParsedValue()
    bare = place_parts.strip_outside(_COMPLIANT.sub("", _EU_AND_EEA.sub("EEA ", bare)))
    facts = (
        []
        if _MORE.search(text)
        else _read(bare) or _read_translated(bare) or _read_first_part(bare) or _read_data_center(bare)
    )
    if facts:
        return ParsedValue(tuple(fact for at, fact in enumerate(facts) if fact not in facts[:at]))
    return make_partial(text) if names_any(bare) else make_unparsed(text)


def _read(text: str) -> list[Fact]:
    """Return what a text says, nothing unless all of it is understood."""
    if not place_parts.is_plain(text):
        return []
    one = named(text)
    if one:
        return [_fact(one, note=_words(one, text), guessed=one.guessed)]
    if vocabulary.contains_negation(text) or vocabulary.contains_words(text, "places", "seats"):
        return []
    if keywords.names_one_kind(text):
        return []
    flat = " ".join(text.split())
    return _of_region(flat) or _listed(text) or _mentioned(flat)


@lru_cache(maxsize=1024)
def translate(text: str) -> str:
    """Return a text with the names of its countries in English."""
    return translate_countries(text)


def _read_translated(text: str) -> list[Fact]:
    """Read a text with the names of its countries in English; the notes keep it as it is written."""
    if len(text) > _LONGEST_TRANSLATED or not place_parts.is_plain(text):
        return []
    english = translate(text)
    if english == text:
        return []
    return [
        fact._replace(value={**fact.value, "note": text})
        if isinstance(fact.value, dict) and "note" in fact.value
        else fact
        for fact in _read(english)
    ]


def _read_first_part(text: str) -> list[Fact]:
    """Read a text whose other parts say nothing of places: `Canada; SCCs in place`."""
    bare, others = place_parts.split_parts(text)
    facts = parse_processing(bare).facts if others else ()
    return [fact if isinstance(fact.value, dict) else fact._replace(guessed=True) for fact in facts]


def _read_data_center(text: str) -> list[Fact]:
    """Read a place with that of the data center in brackets, which may differ: `USA (RZ: Frankfurt)`."""
    match = _DATA_CENTER.fullmatch(text)
    found = [parse_processing(part) for part in match.groups()] if match else []
    if not all(part.facts and not part.partly for part in found):
        return []
    return [fact._replace(guessed=True) for part in found for fact in part.facts]


def _of_region(text: str) -> list[Fact]:
    codes = place_parts.find_countries_of_region(text)
    return [Fact(PATH, {"place": code, "note": text}, guessed=True) for code in codes]


@lru_cache(maxsize=16_384)
def names_any(text: str) -> bool:
    """Return whether a text names a place or a town at all, whatever else it says."""
    english = translate(text) if len(text) <= _LONGEST_TRANSLATED else text
    return any(not isinstance(item, str) for each in {text, english} for item in scan(each))


def parse_country(text: str, path: str = "entity.country") -> ParsedValue:
    """Return the country that a text names, or the text if it names none or several.

    A seat is one place, so of `Springfield, Ireland` the country is read although the town is not known.
    """
    where = parse_processing(text)
    if len(where.facts) == 1 and str(_place(where.facts[0].value)) in load_country_codes():
        fact = where.facts[0]
        note = "" if isinstance(fact.value, str) else text
        return ParsedValue((Fact(path, _place(fact.value), fact.guessed),), note)
    last = find_country_of_address(text) if _is_seat(text) else None
    if last:
        return ParsedValue((Fact(path, last.place, guessed=True),), text)
    return make_unparsed(text) if text.strip() else ParsedValue()


def _is_seat(text: str) -> bool:
    """Return whether a text is a town or an address with its country, and names no other country."""
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    last = named(parts[-1]) if len(parts) > 1 else None
    is_plain = split.split_pieces(text) == parts or any(map(str.isdigit, text))
    named_countries = {item.place for item in scan(text) if isinstance(item, Mention)}
    is_one = last is not None and named_countries == {last.place}
    return is_one and is_plain and not vocabulary.contains_negation(text)


def find_country_of_address(address: str) -> Mention | None:
    """Return the country that an address ends in."""
    last = split.split_pieces(address)[-1:]
    found = (
        named(last[0]) if last and last[0].upper() not in vocabulary.load_words("places", "states") else None
    )
    if found is None and last:
        found = named(last[0].split()[-1]) or named(translate(last[0]))
    if found and found.place in load_country_codes() and not found.either:
        return found
    return Mention("US", guessed=True) if _ZIP.search(address) else None


def _place(value: Any) -> Any:
    return value["place"] if isinstance(value, dict) else value


def _listed(text: str) -> list[Fact]:
    """Read an enumeration of names, each with a remark in brackets or without one."""
    parts = place_parts.join_names(split.split_pieces(text))
    text = " ".join(text.split())
    found = [known for part in parts if (known := _with_remark(part))]
    if len(found) < len(parts):
        return []
    if vocabulary.build_pattern("alternatives").search(split.split_brackets(text)[0]):
        return _alternatives(found, text)
    shaky = _states(parts, [part.mention.place for part in found])
    facts: list[Fact] = []
    for words, part in zip(parts, found, strict=True):
        if words in shaky:
            continue
        note = text if shaky else _words(part.mention, words) or part.remark
        guessed = bool(part.remark or shaky or part.mention.guessed)
        facts += _of_region(words) or [_fact(part.mention, note=note, guessed=guessed, remote=part.remote)]
    return facts


def _words(mention: Mention, text: str) -> str:
    """Return the words that a guess rests on, unless they are the place itself: `California` for `US`."""
    return text if mention.guessed and text != mention.place else ""


def _states(parts: list[str], found: list[str]) -> set[str]:
    """Return the parts that are codes of states of the US rather than of the countries that share them."""
    if "US" not in found or all(len(part) <= len("US") for part in parts):
        return set()
    return {part for part in parts if part in vocabulary.load_words("places", "states")}


def _with_remark(text: str) -> _Part | None:
    """Return the place of a part with its remarks in brackets, None if any of it is not understood."""
    one = named(text)
    if one:
        return _Part(one)
    bare, inside = split.split_brackets(text)
    one = named(bare)
    if one is None or not inside or (one.place == WORLDWIDE and any(map(named, inside))):
        return None
    if len(inside) == 1 and normalize(inside[0]) in vocabulary.load_phrases("places", "remote"):
        return _Part(one, text, remote=True)
    around = named(inside[0]) if len(inside) == 1 else None
    if around and around.place in geography.load_gazetteer().regions and is_within(one.place, around.place):
        return _Part(one)  # Germany (EU): the brackets say nothing more
    if not all(_is_remark(words, one) for words in inside):
        return None
    return _Part(one, "; ".join(inside))


def _is_remark(text: str, mention: Mention) -> bool:
    """Return whether brackets only name a part of the place, the basis of a transfer, or no place."""
    if keywords.find_basis(text):
        return True
    items = list(scan(text))
    return not _leaves_open([mention, *items]) and all(
        is_within(item.place, mention.place) or is_within(mention.place, item.place, but=WORLDWIDE)
        if isinstance(item, Mention)
        else lies_in(item, [mention])
        if isinstance(item, Town)
        else is_beside(item) and not is_opener(item)
        for item in items
    )


def _alternatives(found: list[_Part], text: str) -> list[Fact]:
    if any(part.remote for part in found):
        return []
    if all(part.remark for part in found):
        return [_fact(part.mention, when=part.remark, guessed=True) for part in found]
    return [_one_of([part.mention for part in found], text)]


def _one_of(mentions: Sequence[Mention], text: str) -> Fact:
    """Return places of which one is meant."""
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
    remote = vocabulary.build_pattern("places", "remote").search(text)
    if remote:
        return _accessed(text, text[: remote.start()], text[remote.end() :])
    read = list(scan(text))
    named_in = [item for item in read if isinstance(item, Mention)]
    inside = [item for words in split.split_brackets(text)[1] for item in scan(words)]
    if named_in and any(isinstance(item, Town) and not lies_in(item, named_in) for item in inside):
        return []  # EU (London)
    items = towns_as_places(read, named_in)
    found = _without_regions_around([item for item in items or () if isinstance(item, Mention)], text)
    if not items or not found or not _is_understood(items, found):
        return []
    if vocabulary.build_pattern("alternatives").search(text) and len({each.place for each in found}) > 1:
        return [_one_of(found, text)]
    return [_fact(each, note=text, guessed=True) for each in _once(found)]


def _without_regions_around(found: list[Mention], text: str) -> list[Mention]:
    """Return places without a region in brackets that only says where they are: `Frankfurt, Germany (EU)`."""
    bracketed = {each.place for words in split.split_brackets(text)[1] if (each := named(words))}
    around = bracketed - {WORLDWIDE}
    others = [each for each in found if each.place not in around]
    is_within_all = all(is_within(each.place, region) for each in others for region in around)
    return (
        others
        if others
        and around
        and len(bracketed) == len(around)
        and is_within_all
        and not any(each.either for each in others)
        else found
    )


def _once(found: Sequence[Mention]) -> list[Mention]:
    """Return mentions with each place once; one of several is left out where each of them is named."""
    alone = {each.place for each in found if not each.either}
    kept_back = [each for each in found if not (each.either and alone.issuperset(each.either))]
    return list({each.either or each.place: each for each in reversed(kept_back)}.values())[::-1]


def _accessed(text: str, before: str, after: str) -> list[Fact]:
    """Read a text that speaks of remote access: only from the places that follow these words directly."""
    items = list(scan(after))
    far = [item for item in items if isinstance(item, Mention)]
    allowed = vocabulary.load_phrases("places", "from") | {""}
    plain = all(normalize(item) in allowed for item in items if isinstance(item, str))
    settled = all(lies_in(item, far) for item in items if isinstance(item, Town))
    rest = list(scan(before))
    near = _mentioned(before) if any(not isinstance(item, str) for item in rest) else []
    is_read = bool(near) or all(isinstance(item, str) and is_beside(item) for item in rest)
    if (
        not far
        or not plain
        or not settled
        or not is_read
        or vocabulary.build_pattern("alternatives").search(text)
    ):
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


def _is_understood(items: Sequence[Item], found: Sequence[Mention]) -> bool:
    """Return whether the words and towns around some places leave no place out."""
    words = [item for item in items if isinstance(item, str)]
    towns = [item for item in items if isinstance(item, Town)]
    return (
        all(map(is_beside, words))
        and all(lies_in(town, found) for town in towns)
        and _opens_nothing(items)
        and not _leaves_open(items)
    )


def _opens_nothing(items: Sequence[Item]) -> bool:
    """Return whether words such as `mainly` are only between a place and what lies in it."""
    at = [place for place, item in enumerate(items) if isinstance(item, str) and is_opener(item)]
    if not at:
        return True
    around = [item for item in items[: at[0]] if isinstance(item, Mention) and not item.either]
    inside = [item for item in items[at[-1] :] if not isinstance(item, str)]
    every = [item for item in items if isinstance(item, Mention)]
    return bool(inside) and any(all(is_within(each.place, one.place) for each in every) for one in around)


def _leaves_open(items: Sequence[Item]) -> bool:
    """Return whether a part after the first place names none, but has a word for one: `and all regions`."""
    parts: list[list[Item]] = [[]]
    for item in items:
        if isinstance(item, str) and _APART.fullmatch(item):
            parts.append([])
        else:
            parts[-1].append(item)
    named_yet = False
    for part in parts:
        has_place = any(not isinstance(item, str) for item in part)
        open_words = any(
            isinstance(item, str) and normalize(item) in vocabulary.load_phrases("places", "open")
            for item in part
        )
        if named_yet and open_words and not has_place:
            return True
        named_yet = named_yet or has_place
    return False
