"""Finds the names of places in a text, and the words of it that say nothing of places."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

from subproc_cli.importers import vocabulary
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.locale import names
from subproc_cli.reference import data_files, geography
from subproc_cli.reference.geography import UNKNOWN, WORLDWIDE, load_country_codes
from subproc_cli.text import fold

_LONGEST_CODE = 3
_LONGEST_NAME = 9
"""Maximum number of words and marks of one name: `Congo, The Democratic Republic of the`."""
_TOKEN = re.compile(r"[\w.'’-]+|\S")
_CODE_IN_WORD = re.compile(r"(?<![\w-])(EU|EEA|USA?|UK)-(?=[A-Za-z]{3})")
"""A code at the beginning of a word: `EU-based`."""
_LONGEST_FOREIGN = 5
"""Maximum number of words of the name of a country in another language."""
_LANGUAGES = (
    "es",
    "it",
    "nl",
    "sv",
    "da",
    "nb",
    "fi",
    "pt",
    "pl",
    "cs",
    "ko",
    "ja",
    "zh",
    "hu",
    "ro",
    "ru",
    "tr",
    *(
        "et",
        "hr",
        "ca",
        "id",
        "sk",
        "sl",
        "lt",
        "lv",
        "el",
        "bg",
        "uk",
        "he",
        "ar",
        "th",
        "vi",
        "eu",
        "ga",
        "is",
    ),
)
"""Languages that are tried for any text; those of other alphabets only for texts in them."""
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_PIECES = re.compile(r"([,;/&\n]+)")
_FLAG_A = 0x1F1E6
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
    """A town, a part of a country or a region of a cloud.

    Attributes:
        countries: the countries that have one of its name.
        is_code: whether it is the code of a region of a cloud, of which there is one only.
    """

    countries: frozenset[str]
    is_code: bool = False


Item: TypeAlias = Mention | Town | str
"""A place, a town, or a word that is neither."""


@lru_cache(maxsize=16_384)
def named(word: str) -> Mention | None:
    """Return the place that a word or phrase is the name of, None if it is not one."""
    bare = word.strip(" .:;,*")
    letters = bare.replace(".", "")
    is_short = len(letters) <= _LONGEST_CODE and letters.upper() != letters.lower()
    if is_short and (not letters.isupper() or bare in vocabulary.load_words("places", "never")):
        return None
    either = _either().get(normalize(bare)) if len(letters) > _LONGEST_CODE else None
    if either:
        return Mention(either[0], guessed=True, either=either)
    found = geography.load_gazetteer().find(bare) or _names("sure").get(normalize(bare))
    if found:
        return Mention(found, bare in vocabulary.load_words("places", "doubtful"))
    likely = _names("likely").get(normalize(bare))
    return Mention(likely, guessed=True) if likely else None


@cache
def _names(kind: str) -> dict[str, str]:
    found = {normalize(name): place for name, place in vocabulary.load_words("places", kind).items()}
    if kind == "sure":
        for language in ("de", "fr"):
            for name, code in names.index_codes_by_name(load_country_codes(), language).items():
                found.setdefault(normalize(name), code)
    return found


@cache
def _either() -> dict[str, tuple[str, ...]]:
    return {
        normalize(name): tuple(either) for name, either in vocabulary.load_words("places", "either").items()
    }


@cache
def _towns() -> dict[str, Town]:
    found: dict[str, Town] = {}
    for code, listed in data_files.read("towns.yaml").items():
        for name in listed:
            known = found.get(normalize(name), Town(frozenset()))
            found[normalize(name)] = Town(known.countries | {code}, name.islower())
    for name, known_as in vocabulary.load_words("places", "towns").items():
        found.setdefault(normalize(name), found[normalize(known_as)])
    return found


@cache
def inverted_names() -> frozenset[str]:
    """Return the names of countries that hold a comma, in their normal form."""
    return frozenset(normalize(name) for name in vocabulary.load_words("places", "sure") if "," in name)


def scan(text: str) -> Iterator[Item]:
    """Yield the places and towns that a text names and its other words, the longest names first."""
    tokens = _TOKEN.findall(_CODE_IN_WORD.sub(r"\1 ", text))
    at = 0
    town: Town | None = None
    while at < len(tokens):
        state = _in_town(tokens[at], town) if town else None
        item, length = (state, 1) if state else _longest(tokens[at : at + _LONGEST_NAME])
        yield item
        town = item if isinstance(item, Town) else town if tokens[at] in _BETWEEN else None
        at += length


def _longest(tokens: Sequence[str]) -> tuple[Item, int]:
    """Return the longest name or known phrase that some words begin with, otherwise the first word."""
    for length in range(len(tokens), 0, -1):
        phrase = " ".join(tokens[:length])
        found = _in_sentence(phrase) or _find_town(phrase)
        if found:
            return found, length
        if length > 1 and all(token[0].isalnum() for token in tokens[:length]) and is_beside(phrase):
            return phrase, length
    return tokens[0], 1


def _find_town(phrase: str) -> Town | None:
    """Return the town that a phrase names; in small letters it is a word, such as `split`, or a code."""
    town = _towns().get(normalize(phrase))
    return town if town and (town.is_code or not phrase.islower() or not phrase.isalpha()) else None


def _in_town(word: str, town: Town) -> Mention | None:
    """Return the country whose code, or a state of which, follows a town that lies there."""
    if word in town.countries:
        return Mention(word, guessed=True)
    either = [code for code in _either().get(normalize(word), ()) if code in town.countries]
    if len(either) == 1:
        return Mention(either[0], guessed=True)
    is_state = word in vocabulary.load_words("places", "states")
    return Mention("US", guessed=True) if is_state and "US" in town.countries else None


def _in_sentence(phrase: str) -> Mention | None:
    codes = vocabulary.load_words("places", "codes")
    if not (phrase[0].isalnum() and phrase[-1].isalnum()) and phrase not in codes:
        return None
    short = len(phrase.replace(".", "")) <= _LONGEST_CODE
    return None if short and phrase not in codes else named(phrase)


def is_beside(word: str) -> bool:
    """Return whether a word or mark may be next to a place."""
    known = normalize(word)
    return not known or known in vocabulary.load_phrases("places", "beside") or is_opener(word)


def is_opener(word: str) -> bool:
    """Return whether a word names a part of what is meant, such as `mainly`."""
    return normalize(word) in vocabulary.load_phrases("places", "openers")


def _countries(place: str) -> frozenset[str]:
    """Return the countries of a place, as far as they belong to it without an end that is known."""
    if place in (WORLDWIDE, UNKNOWN):
        return frozenset(load_country_codes())
    region = geography.load_gazetteer().regions.get(place)
    if region is None:
        return frozenset((place,))
    return frozenset(
        code for each in region.memberships if each.date_range.until is None for code in each.countries
    )


def is_within(inner: str, outer: str, *, but: str = "") -> bool:
    """Return whether a place lies in another one, which must not be a certain one."""
    return outer != but and _countries(inner) <= _countries(outer)


def lies_in(town: Town, mentions: Sequence[Mention]) -> bool:
    """Return whether a town lies in one of some places."""
    return any(
        town.countries & _countries(code) for each in mentions for code in each.either or (each.place,)
    )


def towns_as_places(items: Sequence[Item], found: Sequence[Mention]) -> list[Item] | None:
    """Return words with the countries of the towns that lie in no place named with them, None if one is open.

    `Krakow` is read as Poland or an unknown place, so that no question is answered with more than the text
    says: a town of its name may be in another country. A town before a place that it does not lie in, as in
    `Vienna, Virginia`, is another town of that name.
    """
    codes = [Mention(min(item.countries)) for item in items if isinstance(item, Town) and item.is_code]
    read: list[Item] = []
    for at, item in enumerate(items):
        if not isinstance(item, Town) or lies_in(item, found) or (not item.is_code and lies_in(item, codes)):
            read.append(item)
            continue
        if any(isinstance(each, Mention) for each in items[at + 1 : at + 2]):
            return None
        countries = tuple(sorted(item.countries))
        either = () if item.is_code and len(countries) == 1 else (*countries, UNKNOWN)
        read.append(Mention(countries[0], guessed=True, either=either))
    return read


def translate_countries(text: str) -> str:
    """Return a text with the English names of the countries that it names in other languages."""
    translated = _translate(text, _foreign(_LANGUAGES))
    if translated == text and not text.isascii():
        translated = _translate(text, _foreign(tuple(names.list_languages())))
    return translated


def _translate(text: str, known: Mapping[str, str]) -> str:
    pieces = [
        names.get_country_name(code) if (code := known.get(fold(piece.strip()))) else piece
        for piece in _PIECES.split(text)
    ]
    text_in_english = "".join(pieces)
    if text_in_english != text:
        return text_in_english
    tokens = _TOKEN.findall(text)
    is_translated = False
    words: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(min(_LONGEST_FOREIGN, len(tokens) - at), 0, -1):
            code = known.get(normalize(" ".join(tokens[at : at + length])))
            if code and any(map(str.isalnum, tokens[at + length - 1])):
                words.append(names.get_country_name(code))
                is_translated = True
                at += length
                break
        else:
            words.append(tokens[at])
            at += 1
    return " ".join(words) if is_translated else text


@cache
def _foreign(languages: tuple[str, ...]) -> dict[str, str]:
    """Return the codes of countries by their names in some languages; a name of several countries is none."""
    found: dict[str, set[str]] = {}
    for language in languages:
        for name, code in names.index_codes_by_name((*load_country_codes(), "EU"), language).items():
            for known in (normalize(name), fold(name)):  # marks of vowels are lost in the first form
                if len(known) > _LONGEST_CODE or not known.isascii():
                    found.setdefault(known, set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def replace_flags(text: str) -> str:
    """Return a text with the name of a country for its flag, unless the text names the country anyway."""
    words = _FLAG.sub(" ", text)
    if words == text:
        return text
    stated = {item.place for item in scan(translate_countries(words)) if isinstance(item, Mention)}

    def replace(match: re.Match[str]) -> str:
        code = "".join(chr(ord(letter) - _FLAG_A + ord("A")) for letter in match.groups())
        return " " if code in stated else f" {names.get_country_name(code)} "

    return _FLAG.sub(replace, text)
