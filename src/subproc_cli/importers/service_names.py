"""Decides whether what was found is a service: by points for and against its name.

The importers of pages and of data propose services, each by the shape that it knows. All proposals are rated
here, by the same scale, whatever shape they come from.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.columns import Labels, split_camel_case
from subproc_cli.importers.mapping import find_field
from subproc_cli.importers.models import ABOVE, Cell, RawService, RawTable
from subproc_cli.importers.text import dates, places, split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.output.document import format_count
from subproc_cli.reference.service_types import find_service_type

_STATED = 4
"""Points for a name in a column for names of companies, or in the table of a page about services."""
_PROOF = 3
"""Points for what only the name of a company has: a legal form, a link to its own site."""
_SIGN = 1
"""Points for what names and other texts have: a known kind of service as the purpose, a place."""
_PROPER = 2
"""Points for a word that is not one of the usual words of such pages."""
_AGAINST = -4
"""Points for what no name has, such as the number of a clause."""
_SUBJECT = -6
"""Points for nothing but usual words of such pages, which no place and no purpose make a name."""
_TITLE = -2
"""Points for a name under a label such as `title`, which parts of a page have."""
_COMPONENT = -8
"""Points for software that is built in, with a licence or under a heading that says so."""
_PHRASE = -2
"""Points for several words in small letters, as sentences have them."""
_FEWEST = 1
"""Points from which a text is the name of a service."""
_FEWEST_AMONG_OTHERS = 4
"""Points from which it is one where most names next to it are rejected."""
_FEWEST_LEFT = 2

_FIRST_SHOWN = 5
"""Number of names that are left out of which the report tells."""
_LONGEST_SHOWN = 60

_NUMBERED = re.compile(
    r"\A\s*(?:\d{1,2}\.\d{1,2}[.\d]*|§\s*\d+|\(?[a-z]\)|\(?(?:[ivx]{1,5}|[IVX]{1,5})[.)]|[A-Z]\d{1,2}[.)])\s"
)
_PART = re.compile(r"\A([^\W\d_]+)\.?\s+(?:\d{1,3}|[A-Z]|[IVX]{1,4})(?:\.\d+)*\b")
_IDENTIFIER = re.compile(r"[\w:*\[\]-]*[_\[\]*][\w:*\[\]-]*|@[\w.-]+/[\w.-]+|[a-z0-9]+(?:-[a-z0-9]+){2,}")
"""Names of cookies, of keys in a program and of packages: `sb_token`, `@scope/name`."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_JOINED = re.compile(r"[-/]")
_GERMAN_KINDS = ("dienstleister", "anbieter", "dienstleisterin", "lieferant")
"""What German words for kinds of companies end with, as one word: `Zahlungsdienstleister`."""
_ENDS = (",", ";", ":", " and", " or", " und", " et")
_LONG = 3
"""Number of words from which a text may be a phrase."""
_CONNECTING = frozenset(
    ("of", "for", "and", "the", "by", "to", "via", "in", "on", "from", "with", "a", "und", "et")
)


def keep_services(found: RawTable, labels: Labels) -> RawTable:
    """Return what was found without the entries whose names are not names of services.

    The texts of the others belong to no service. Where half of the entries or more are left out, the rest has
    to prove itself: the section `Acme` of a policy may be about anything.
    """
    if found.is_sure:
        return found
    groups: dict[str, list[tuple[RawService, int]]] = {}
    for entry in found.entries:
        name = find_name(entry, labels)
        points = rate(entry, labels, found.titles)
        groups.setdefault(name.label if name else "", []).append((entry, points))
    kept = [entry for label, rated in groups.items() for entry in _select(label, _drop_kinds(rated, labels))]
    if len(kept) == len(found.entries):
        return found
    chosen = set(map(id, kept))
    entries = tuple(entry for entry in found.entries if id(entry) in chosen)
    others = [entry for entry in found.entries if id(entry) not in chosen]
    names = [named.text for entry in others if (named := find_name(entry, labels))]
    return found._replace(
        entries=entries,
        skipped=(*found.skipped, *map(_describe, others)),
        remarks=(*found.remarks, _describe_left_out(names)),
    )


def _describe_left_out(names: list[str]) -> str:
    """Return the remark that texts set apart like services are left out, with the first of them."""
    shown = [" ".join(name.split())[:_LONGEST_SHOWN] for name in names]
    more = f" and {len(shown) - _FIRST_SHOWN} more" if len(shown) > _FIRST_SHOWN else ""
    listed = ", ".join(map(repr, shown[:_FIRST_SHOWN]))
    counted = format_count(len(names), "text is", "texts are")
    pronoun = "it does" if len(names) == 1 else "they do"
    return f"{counted} left out because {pronoun} not look like the name of a service: {listed}{more}"


def _drop_kinds(rated: list[tuple[RawService, int]], labels: Labels) -> list[tuple[RawService, int]]:
    """Return entries without those that name nobody, where most only say what kind of company it is."""
    names = [find_name(entry, labels) for entry, _ in rated]
    others = [
        each
        for each, named in zip(rated, names, strict=True)
        if named is None or labels.maps(named.label) or not _names_nobody(named)
    ]
    return others if 2 * len(others) < len(rated) else rated


def _select(label: str, rated: list[tuple[RawService, int]]) -> list[RawService]:
    """Return the services among entries whose names are under the same label, each with its points."""
    is_column = not label.startswith("(") and candidates.speaks_of_services(split_camel_case(label))
    kept = [entry for entry, points in rated if points >= _FEWEST]
    if len(rated) > 1 and 2 * len(kept) <= len(rated):
        kept = [entry for entry, points in rated if points >= _FEWEST_AMONG_OTHERS]
        return kept if len(kept) >= _FEWEST_LEFT or is_column else []
    return kept


def find_name(entry: RawService, labels: Labels) -> Cell | None:
    """Return the text that names an entry: that of a column if the same one has no label as well."""
    fields = ((cell, find_field(cell, labels)) for cell in entry.cells if cell.text.strip())
    names = [cell for cell, field in fields if field and field.path in ("name", "entity.name")]
    labelled = (cell for cell in names if cell.text == names[0].text and not _is_set_apart(cell))
    return next(labelled, next(iter(names), None))


def rate(entry: RawService, labels: Labels, titles: Iterable[str] = ()) -> int:
    """Return the points for what an entry is called being the name of a service."""
    cells = [(cell, field.path) for cell in entry.cells if (field := find_field(cell, labels))]
    named = find_name(entry, labels)
    if named is None or named.exact or labels.maps(named.label):
        return _STATED
    points = rate_name(named.text)
    is_stated = _is_stated(entry, named, titles)
    points += _STATED * is_stated + _TITLE * (not is_stated and _is_title(named.label))
    points += _COMPONENT * _is_component(entry, titles)
    links = [link for cell in entry.cells for link in cell.links]
    points += _PROOF * any(candidates.links_to(named.text, link) for link in links)
    points += _PROOF * any(path == "entity.name" and has_legal_form(cell.text) for cell, path in cells)
    purposes = [cell.text.strip(" .") for cell, path in cells if path == "purpose"]
    points += _SIGN * any(find_service_type(text) is not None for text in purposes)
    return points + _SIGN * any(path == places.PATH for _, path in cells)


@lru_cache(maxsize=4096)
def rate_name(name: str) -> int:
    """Return the points for and against a text being the name of a service, by the text alone."""
    text = " ".join(split_camel_case(items.strip_number(name)).split())
    bare = " ".join(_BRACKETS.sub(" ", text).split()) or text
    if has_legal_form(bare) or any(map(has_legal_form, split.split_brackets(text)[1])):
        return _PROOF + _PROPER
    general = [_is_general(word) for word in normalize(bare).split()]
    is_subject = all(general) and (bool(general) or not bare.strip("-–—"))
    is_mostly_general = len(general) >= _LONG and general[0] and 2 * sum(general) >= len(general)
    against = (
        _is_part(name),
        _begins_otherwise(bare),
        text.lower().endswith(_ENDS),
        _is_law(normalize(bare)),
        candidates.is_document(bare),
        candidates.speaks_of_services(bare),
        _IDENTIFIER.fullmatch(text.partition(" ")[0]) is not None,
    )
    return (
        (_SUBJECT if is_subject or dates.parse_period(bare) else _PROPER)
        + _SIGN * candidates.is_brand(bare)
        + _PHRASE * (is_mostly_general + (_count_small_words(bare) >= _LONG))
        + _AGAINST * sum(against)
    )


def _names_nobody(named: Cell) -> bool:
    """Return whether a text is a kind of company, or a phrase such as `Text generation` below `Service`."""
    words = split.split_brackets(named.text)[0].split()
    is_phrase = len(words) > 1 and words[-1].isalpha() and words[-1].islower()
    is_phrase = is_phrase and not has_legal_form(named.text)
    is_either = normalize(split_camel_case(named.label)) in vocabulary.load_phrases("leads", "either_labels")
    return _is_kind_of_company(named.text) or (is_phrase and is_either)


def _is_kind_of_company(text: str) -> bool:
    """Return whether a text says which kind of company it means: `Mail provider`, `Fournisseur de …`."""
    text = split.split_brackets(text)[0]
    words = text.split()
    kinds = vocabulary.load_phrases("no_service", "companies")
    if not words or (len(words) == 1 and "-" not in text):
        return text.casefold().endswith(_GERMAN_KINDS)
    last = _JOINED.split(words[-1])
    is_last = normalize(last[-1]) in kinds and (last[-1].islower() or len(last) > 1)
    is_first = normalize(words[0]) in kinds and len(words) > 1 and words[1][0].islower()
    return is_last or is_first or text.casefold().endswith(_GERMAN_KINDS)


def _is_general(word: str) -> bool:
    """Return whether a word in its normal form is one of the usual words of such pages."""
    return word.isdecimal() or word in vocabulary.load_phrases("no_service", "general")


def _count_small_words(text: str) -> int:
    """Return the number of words in small letters, without those that connect the parts of a name."""
    return len({word for word in text.split() if word.islower() and word.isalpha()} - _CONNECTING)


def _is_law(phrase: str) -> bool:
    """Return whether a phrase in its normal form names a law, a certificate or a basis of transfers."""
    is_basis = vocabulary.contains_phrase(phrase, vocabulary.index_phrases("transfer"))
    known = vocabulary.load_phrases("no_service", "laws")
    rests = (f"{phrase} ".removeprefix(f"{law} ") for law in known if f"{phrase} ".startswith(f"{law} "))
    return is_basis or any(all(map(_is_general, rest.split())) for rest in rests)


def _is_set_apart(cell: Cell) -> bool:
    """Return whether a text has no label, such as a heading or the beginning of a bullet."""
    return cell.label.startswith("(")


def _is_title(label: str) -> bool:
    return not label.startswith("(") and normalize(
        split_camel_case(label).rpartition(".")[2]
    ) in vocabulary.load_phrases("no_service", "titles")


def _is_component(entry: RawService, titles: Iterable[str]) -> bool:
    """Return whether an entry is software with a licence, such as a library that is built in."""
    heads = vocabulary.load_phrases("no_service", "components")
    licences = vocabulary.load_phrases("no_service", "licences")
    above = [cell.text for cell in entry.cells if cell.label == ABOVE]
    subject = [*above, *entry.under, *titles][:1]
    return (
        any(normalize(split_camel_case(cell.label)) in heads for cell in entry.cells)
        or any(normalize(cell.text.strip(" ()[].")) in licences for cell in entry.cells)
        or any(vocabulary.contains_words(text, "no_service", "component_pages") for text in subject)
    )


def _is_part(name: str) -> bool:
    """Return whether a text begins with the number of a clause, or like `Annex 1`."""
    match = _PART.match(name)
    return bool(_NUMBERED.match(name)) or (
        match is not None and normalize(match[1]) in vocabulary.load_phrases("no_service", "parts")
    )


def _begins_otherwise(text: str) -> bool:
    """Return whether a text begins like a sentence or a heading: `To provide`, `Your rights`."""
    known = f"{text.casefold()} "
    openings = vocabulary.load_words("no_service", "openings")
    services = vocabulary.load_phrases("services")
    return (any(known.startswith(f"{opening} ") for opening in openings) and " " in text) or any(
        f"{normalize(text)} ".startswith(f"{service} ") for service in services
    )


def _is_stated(entry: RawService, named: Cell, titles: Iterable[str]) -> bool:
    """Return whether a name is in a column for companies, or in a table or list about services."""
    if _is_set_apart(named):
        return False
    if candidates.speaks_of_services(split_camel_case(named.label)):
        return True
    return any(map(candidates.speaks_of_services, (*titles, *entry.under)))


def _describe(entry: RawService) -> str:
    """Return the texts of an entry on one line."""
    return " | ".join(dict.fromkeys(text for cell in entry.cells if (text := " ".join(cell.text.split()))))
