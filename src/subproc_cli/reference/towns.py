"""Towns and regions of clouds, by the countries that they lie in."""

from functools import cache

from subproc_cli.reference import data_files
from subproc_cli.text import fold


def find_countries_of_town(name: str) -> tuple[str, ...]:
    """Return the codes of the countries in which a town may lie, none for other names.

    >>> find_countries_of_town("Frankfurt")
    ('DE',)
    """
    return _load_towns().get(fold(name), ())


@cache
def _load_towns() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, names in data_files.read("towns.yaml").items():
        for name in names:
            found[fold(name)] = (*found.get(fold(name), ()), code)
    return found
