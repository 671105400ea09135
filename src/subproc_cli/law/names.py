"""Names of countries and of data categories in a language; of countries from CLDR, through Babel."""

from collections.abc import Iterable
from functools import cache

from subproc_cli.law import data
from subproc_cli.words import fold, unaccented


@cache
def territories(language: str) -> dict[str, str]:
    """Return the names of all territories that CLDR knows, by code, in a language such as `en`."""
    from babel import Locale  # noqa: PLC0415, TID251  a quarter of a start, and most questions need no name

    return dict(Locale.parse(language).territories)


def country(code: str, language: str = "en") -> str:
    """Return the name of a country in a language, or its code if CLDR has none."""
    return territories(language).get(code, code)


@cache
def categories(language: str) -> dict[str, str]:
    """Return the labels of the built-in categories in a language other than English, by key."""
    labels: dict[str, str] = data.read(f"categories.{language}.yaml")
    return labels


def codes_by_name(codes: Iterable[str], language: str = "en") -> dict[str, str]:
    """Return the code for every name of the given countries, folded; accents may be left out."""
    found: dict[str, str] = {}
    for code in codes:
        name = country(code, language)
        found[fold(name)] = code
        written_out = name.replace("&", "and").replace("St.", "Saint").replace("’", "'")
        for spelling in (written_out, unaccented(written_out)):
            found.setdefault(fold(spelling), code)
    return found
