"""Reads the legal entity from an address that begins with its name."""

import re

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import places
from subproc_cli.importers.text.parsed import Fact, ParsedValue
from subproc_cli.importers.vocabulary import normalize

_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,4}(?=[\s,)]*\Z)")
"""An abbreviation at the end of a name, to be read as one word: `S.A.`."""


def parse_address(text: str, service: str) -> ParsedValue:
    """Return the address that a text states, with the entity and the country that it holds.

    The name is recognised by its legal form, or because it is the name of the service.
    """
    address = " ".join(text.split())
    bare = address.removesuffix(".") if address.count(".") == 1 else address
    name, street = _apart(bare, service)
    facts = [Fact("entity.name", name, guessed=True)] if name else []
    facts.append(Fact("entity.address", street))
    country = places.find_country_of_address(street)
    if country:
        facts.append(Fact("entity.country", country.place, guessed=True))
    return ParsedValue(tuple(facts))


def _apart(address: str, service: str) -> tuple[str, str]:
    """Return the name that an address begins with, empty if there is none, and the rest."""
    name, _, rest = address.partition(",")
    form, _, after = rest.partition(",")
    if normalize(form) in vocabulary.load_phrases("legal_forms") and after.strip():
        return f"{name.strip()}, {form.strip()}", after.strip()
    is_name = has_legal_form(name) or normalize(name) == normalize(service)
    if not rest.strip() or not is_name or any(map(str.isdecimal, name)):
        return "", address
    return name.strip(), rest.strip()


def has_legal_form(name: str) -> bool:
    """Return whether a name ends with a legal form, such as `Inc.` or `GmbH`."""
    if name.rstrip(" .,)").endswith(" SES"):
        return False  # a product, not the plural of `SE`
    words = normalize(_DOTTED.sub(lambda match: match[0].replace(".", ""), name)).split()
    return any(
        " ".join(words[-length:]) in vocabulary.load_phrases("legal_forms")
        for length in range(1, min(4, len(words)))
    )


def strip_legal_form(name: str) -> str:
    """Return a name without the legal form at its end: `Acme` for `Acme, Inc.`."""
    words = name.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        if normalize(" ".join(words[-length:])) in vocabulary.load_phrases("legal_forms"):
            return " ".join(words[:-length]).rstrip(" ,")
    return name
