"""Names of countries and days in a language, from Unicode CLDR through Babel where it has them.

The English names of countries are in a data file: they are on the way of most questions, and loading a
language takes Babel longer than reading a list and answering (`benchmarks/cold_start.py`).
"""

import os
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from subproc_cli.errors import UsageError
from subproc_cli.text import fold, strip_accents

FOLDER = Path(__file__).parent


@cache
def load_territory_names(locale: str) -> dict[str, str]:
    """Return the names of all territories that CLDR knows, by code, in a language such as `de`."""
    return dict(_import_babel().Locale.parse(locale).territories)


@cache
def _load_english_names() -> dict[str, str]:
    lines = (FOLDER / "countries-en.txt").read_text("utf-8").splitlines()
    return {code: name for code, _, name in (line.partition(" ") for line in lines) if code != "#"}


def get_country_name(code: str, locale: str = "en") -> str:
    """Return the name of a country in a language, or its code if CLDR has none."""
    is_english = locale.partition("_")[0] == "en"
    return (_load_english_names() if is_english else load_territory_names(locale)).get(code, code)


def index_codes_by_name(codes: Iterable[str], locale: str = "en") -> dict[str, str]:
    """Return the code for every name of the given countries, folded; accents may be left out."""
    found: dict[str, str] = {}
    for code in codes:
        name = get_country_name(code, locale)
        found[fold(name)] = code
        written_out = name.replace("&", "and").replace("St.", "Saint").replace("’", "'")
        for spelling in {written_out, strip_accents(written_out)} - {name}:
            found.setdefault(fold(spelling), code)
    return found


def list_languages() -> list[str]:
    """Return the languages of CLDR, without their variants for countries and scripts."""
    from babel import localedata

    return sorted(name for name in localedata.locale_identifiers() if "_" not in name)


def suggest_language(word: str, languages: Iterable[str]) -> str:
    """Return `did you mean …?` for a language that is named in English or in itself; otherwise an empty text.

    >>> suggest_language("Deutsch", ["de", "de-CH", "en"])
    'did you mean de?'
    """
    for language in languages:
        locale = _import_babel().Locale.parse(language, sep="-")
        if word.casefold() in (str(locale.english_name).casefold(), str(locale.display_name).casefold()):
            return f"did you mean {language}?"
    return ""


def list_month_names(locale: str) -> list[str]:
    """Return the names of the twelve months in a language, as a date has them."""
    months = _import_babel().Locale.parse(locale).months["format"]["wide"]
    return [months[number] for number in range(1, 13)]


def format_day(day: date, locale: str) -> str:
    """Return a day as CLDR writes it out: `9 May 2024`, `9. Mai 2024`."""
    return str(_import_babel().dates.format_date(day, format="long", locale=locale))


def get_plural_form(number: int, locale: str) -> str:
    """Return the plural form that a language uses with a number, such as `one`, `few` or `other`."""
    return str(_import_babel().Locale.parse(locale).plural_form(number))


@cache
def _import_babel() -> Any:
    """Return Babel with its module of dates, which costs a quarter of a start: most questions do without.

    Raises:
        UsageError: the variable TZ names a file that is not a time zone; Babel reads it when it is imported.
    """
    try:
        import babel.dates
        import babel.localedata
    except (ValueError, OSError) as error:
        raise UsageError(f"TZ: {os.environ.get('TZ')!r} is not a time zone: {error}", "unset TZ") from None
    return babel
