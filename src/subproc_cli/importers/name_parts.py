"""Takes out of the name of a service what does not belong to it: its use, its website, its company."""

import re

from subproc_cli.importers.draft import Draft
from subproc_cli.importers.inference import guess
from subproc_cli.importers.text import places, split, use_conditions
from subproc_cli.importers.text.company_names import (
    parse_company_name,
    split_country,
    split_domain,
    split_name_lines,
)
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.text.parsed import Fact

_DOTS = re.compile(r"(?<=\w)\.\.\Z")


def split_name(draft: Draft, *, is_exact: bool, is_affiliate: bool) -> bool:
    """Take the company and the postal address out of the name of a service.

    Returns:
        Whether the name as it is written is in the notes.
    """
    written = next(iter(draft.facts("name")), None)
    if written is None or is_exact or not isinstance(written.value, str):
        return False
    use = _split_use(draft, written)
    fact = _split_website(draft, use)
    is_noted = fact != use
    first, *below = [line.strip(" ,") for line in fact.value.splitlines() if line.strip()] or [""]
    is_address = has_legal_form(first) and any(map(str.isdecimal, "".join(below)))
    value = _DOTS.sub(".", ", ".join((first, *below)) if is_address else fact.value)
    name, company_line = split_name_lines(fact.value)
    value = name if name != fact.value else value
    if company_line and not draft.first("entity.name"):
        guess(draft, "entity.name", company_line)
    if found := split_country(value):
        value, country_code = found
        is_place = is_affiliate and places.PATH not in draft.stated
        guess(draft, places.PATH if is_place else "entity.country", country_code)
    parts = parse_company_name(value)
    if parts.name != " ".join(fact.value.split()):
        draft.drop(fact)
        draft.add(fact._replace(value=parts.name, guessed=True))
        draft.note(fact.value, "Name")
        is_noted = True
    stated = draft.first("entity.name")
    if parts.entity and (stated is None or (stated == fact.value != parts.entity)):
        for known in draft.facts("entity.name"):
            draft.drop(known)
        guess(draft, "entity.name", parts.entity)
    entity = _split_seat(draft, str(draft.first("entity.name") or ""))
    company = parse_company_name(entity) if entity else parts
    if company.address and not parts.address:
        for known in draft.facts("entity.name"):
            draft.drop(known)
        parts = company
        guess(draft, "entity.name", company.entity or company.name)
    if parts.address:
        guess(draft, "entity.address", parts.address)
        country = places.find_country_of_address(parts.address)
        guess(draft, "entity.country", country.place) if country else None
    return is_noted


def _split_use(draft: Draft, name: Fact) -> Fact:
    """Take what a name says of the use of its service out of it: `Acme (optional)`."""
    parts = use_conditions.split_name(name.value)
    if parts.name == name.value:
        return name
    if parts.activation:
        guess(draft, "activation", parts.activation)
    for known in draft.facts("condition"):
        if parts.condition and known.value == " ".join(name.value.split()):
            draft.drop(known)
    if parts.condition:
        guess(draft, "condition", parts.condition)
    if parts.since:
        guess(draft, "since", parts.since)
    draft.drop(name)
    bare = name._replace(value=parts.name, guessed=True)
    draft.add(bare)
    return bare


def _split_website(draft: Draft, name: Fact) -> Fact:
    """Take the domain after a name out of it: `Acme acme.example`."""
    bare, domain = split_domain(name.value)
    if not domain:
        return name
    guess(draft, "links.website", f"https://{domain}")
    draft.note(name.value, "Name")
    draft.drop(name)
    draft.add(name._replace(value=bare, guessed=True))
    return name._replace(value=bare, guessed=True)


def _split_seat(draft: Draft, entity: str) -> str:
    """Return a legal entity without its country in brackets, which becomes a field of its own."""
    bare, inside = split.split_brackets(entity)
    seats = places.parse_country(inside[0]).facts if len(inside) == 1 and bare else ()
    if not seats:
        return entity
    for known in draft.facts("entity.name"):
        draft.drop(known)
    guess(draft, "entity.name", bare)
    guess(draft, "entity.country", seats[0].value)
    return bare
