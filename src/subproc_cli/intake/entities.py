"""Reads the legal entity from an address that begins with its name."""

from subproc_cli.intake import lexicon, places
from subproc_cli.intake.lexicon import normal
from subproc_cli.intake.reading import Fact, Reading


def read(text: str, service: str) -> Reading:
    """Return the address that a text states, with the entity and the country that it holds.

    The name is told from the street by its legal form, or because it is the name of the service.
    """
    address = " ".join(text.split())
    bare = address.removesuffix(".") if address.count(".") == 1 else address
    name, _, rest = bare.partition(",")
    facts = []
    if rest.strip() and (_is_company(name) or normal(name) == normal(service)):
        if not any(char.isdecimal() for char in name):
            facts.append(Fact("entity.name", name.strip(), guessed=True))
            bare = rest.strip()
        form, _, after = bare.partition(",")
        if facts and normal(form) in lexicon.phrases("legal_forms") and after.strip():
            facts = [Fact("entity.name", f"{name.strip()}, {form.strip()}", guessed=True)]
            bare = after.strip()
    facts.append(Fact("entity.address", bare))
    country = places.of_address(bare)
    if country:
        facts.append(Fact("entity.country", country.place, guessed=True))
    return Reading(tuple(facts))


def _is_company(name: str) -> bool:
    words = normal(name).split()
    return any(
        " ".join(words[-length:]) in lexicon.phrases("legal_forms") for length in range(1, min(4, len(words)))
    )
