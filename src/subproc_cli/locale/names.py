"""Names of countries, data and days in a language, from Unicode CLDR through Babel where it has them.

The English names of countries stand in a data file: they are on the way of most questions, and loading a
language takes Babel longer than reading a list and answering (`benchmarks/cold_start.py`).
"""

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from subproc_cli.text import fold, strip_accents
from subproc_cli.yaml.libyaml import yaml

FOLDER = Path(__file__).parent


@cache
def load_territory_names(language: str) -> dict[str, str]:
    """Return the names of all territories that CLDR knows, by code, in a language such as `de`."""
    from babel import Locale  # a quarter of a start, and most questions do without

    return dict(Locale.parse(language).territories)


@cache
def _load_english_names() -> dict[str, str]:
    lines = (FOLDER / "countries-en.txt").read_text("utf-8").splitlines()
    return {code: name for code, _, name in (line.partition(" ") for line in lines) if code != "#"}


def get_country_name(code: str, language: str = "en") -> str:
    """Return the name of a country in a language, or its code if CLDR has none."""
    return (_load_english_names() if language == "en" else load_territory_names(language)).get(code, code)


def index_codes_by_name(codes: Iterable[str], language: str = "en") -> dict[str, str]:
    """Return the code for every name of the given countries, folded; accents may be left out."""
    found: dict[str, str] = {}
    for code in codes:
        name = get_country_name(code, language)
        found[fold(name)] = code
        written_out = name.replace("&", "and").replace("St.", "Saint").replace("’", "'")
        for spelling in (written_out, strip_accents(written_out)):
            found.setdefault(fold(spelling), code)
    return found


@cache
def load_category_labels(language: str) -> Mapping[str, str]:
    """Return the labels of the built-in data categories in a language, by key; none for English."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    labels: dict[str, dict[str, str]] = yaml.load((FOLDER / "categories.yaml").read_bytes(), Loader=loader)
    return labels.get(language, {})


def format_day(day: date, language: str) -> str:
    """Return a day as it is written out: `9 May 2024`, `9. Mai 2024`, `9 mai 2024`."""
    locale = "en_GB" if language == "en" else language
    text: str = _import_babel_dates().format_date(day, format="long", locale=locale)
    return text.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else text


@cache
def _import_babel_dates() -> Any:
    """Return Babel's module of dates; it looks for the zone where it is, which days have none of."""
    before = os.environ.copy()
    os.environ["TZ"] = "UTC"
    try:
        from babel import dates  # only letters and pages need it
    finally:
        del os.environ["TZ"]
        os.environ.update(before)
    return dates


def get_plural_form(number: int, language: str) -> str:
    """Return which form of a noun goes with a number: `one` or `other`."""
    from babel import Locale  # only letters and pages need it

    return "one" if Locale.parse(language).plural_form(number) == "one" else "other"
