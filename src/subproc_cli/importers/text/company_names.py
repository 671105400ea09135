"""Splits the name of a service into company, product and postal address."""

import re
from typing import NamedTuple

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import places, split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.text.mentions import named
from subproc_cli.importers.vocabulary import normalize

_TRADE_NAME = re.compile(
    r"\A(.{2,80}?)[\s,]*\(?\b"
    r"(?:d\s?/\s?b\s?/\s?a|dba|d\.b\.a\.|doing business as|also known as|a\.?k\.?a\.?|trading as|t/a)\b"
    r"\.?[\s:]*(.{2,60}?)\)?\s*\Z",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\A([^()]{2,80}?)\s*\(([^()]{2,80})\)\s*\Z")
_ADDRESS = re.compile(r"\A([^()]{2,80}?)\s*\(([^():;]{2,100},[^():;]{2,100})\)\Z")
"""A company and its postal address in brackets."""
_PRODUCT = re.compile(r"\A(.{2,80}?)\s+[–—-]\s+([^,]{2,60})\Z")
_WITH_COUNTRY = re.compile(r"\A(.{2,80}?)(,\s*|\s*\(|\s+[–—-]\s+)([^(),–—]{2,40})(\)?)\Z")
_WITH_TOWN = re.compile(r"\A(.{2,80}?)\s*\(([A-Z][^(),;:\d]{1,30}),\s*([A-Z][^(),;:\d]{1,40})\)\Z")
"""A company with a town and its country in brackets: `Acme GmbH (Springfield, Germany)`."""
_DOMAIN = re.compile(r"(?:www\.)?(?:[\w-]+\.){1,3}[a-z]{2,12}", re.IGNORECASE)
_STREET = re.compile(r"\d|\bP\.?\s?O\.?\s?Box\b", re.IGNORECASE)

_LONGEST_PARTS = 3
"""Number of parts between commas from which a name includes an address."""
_ALIAS = 3
"""Maximum number of words in brackets after a company that are its product or another name of it."""
_FEWEST_WORDS_OF_CONDITION = 3


def split_country(text: str) -> tuple[str, str] | None:
    """Return a company and the country after it, None if there is none.

    >>> split_country("Acme Inc. (USA)")
    ('Acme Inc.', 'US')
    """
    if "\n" in text:
        return _split_country_line(text)
    town = _WITH_TOWN.match(text.strip())
    if town and has_legal_form(town[1]) and named(town[2]) is None:
        text = f"{town[1]} ({town[3]})"
    match = _WITH_COUNTRY.match(text.strip())
    if match is None or (match[2].endswith("(") != bool(match[4])):
        return None
    name = match[1].strip(" ,")
    if not has_legal_form(name) or len(name.split(",")) >= _LONGEST_PARTS:
        return None
    country = places.parse_country(match[3]).facts
    is_code = len(match[3]) == len("DE") and match[3] not in vocabulary.load_words("places", "codes")
    return (name, str(country[0].value)) if country and not is_code else None


def _split_country_line(text: str) -> tuple[str, str] | None:
    """Return a name and the country on the line below it; after a legal form more may follow the country."""
    name, *below = _list_lines(text)
    if len(below) != 1:
        return None
    country = places.parse_country(below[0]).facts
    first = re.split(r"[\s(（・,/-]", below[0], maxsplit=1)[0]
    if not country and has_legal_form(name):
        country = places.parse_country(first).facts
    is_code = first.isascii() and len(first) <= len("USA") and first not in _load_codes()
    return (name, str(country[0].value)) if country and not is_code else None


def _load_codes() -> list[str]:
    codes: list[str] = vocabulary.load_words("places", "codes")
    return codes


class CompanyName(NamedTuple):
    """The parts of a name.

    Attributes:
        name: what the service is called.
        entity: the company; empty if the name states none.
        address: its postal address; empty if the name states none.
    """

    name: str
    entity: str = ""
    address: str = ""


def parse_company_name(text: str) -> CompanyName:
    """Return the parts of a name, such as `Acme Mail (Acme, Inc.)` or `Acme GmbH, Street 1, Berlin`."""
    if by_line := _split_lines(text) or _split_bracketed_address(text):
        return by_line
    flat = " ".join(text.split())
    name, address = _split_street(flat)
    name, address = (name, address) if address else _split_address(flat)
    if match := _TRADE_NAME.match(name):
        return CompanyName(match[2].strip(), match[1].strip(" ,("), address)
    match = _BRACKETS.match(name)
    if match and _is_company(match[2]) and not _is_company(match[1]):
        return CompanyName(match[1].strip(), match[2].strip(), address)
    if (
        match
        and _is_company(match[1])
        and match[2][0].isupper()
        and not address
        and len(match[2].split()) <= _ALIAS
    ):
        return CompanyName(flat, match[1].strip())
    match = _PRODUCT.match(name)
    if match and _is_company(match[1]) and not _is_company(match[2]):
        return CompanyName(match[2].strip(), match[1].strip(), address)
    return (
        CompanyName(name, name if address and _is_company(name) else "", address)
        if address
        else CompanyName(flat)
    )


def split_domain(text: str) -> tuple[str, str]:
    """Return a name without the domain after it, and the domain; empty if it has none.

    >>> split_domain("Acme acme.example")
    ('Acme', 'acme.example')
    """
    *words, last = text.split() or [""]
    last = last[1:-1] if last[:1] == "(" and last[-1:] == ")" else last
    label = last.casefold().rpartition(".")[0].rpartition(".")[2].replace("-", "")
    is_own = bool(words) and label.startswith(normalize(words[0]).partition(" ")[0] or "-")
    if not (words and _DOMAIN.fullmatch(last)) or not (is_own or any(map(str.isdecimal, "".join(words)))):
        return text, ""
    return " ".join(words).strip(" ,"), last


def _split_street(text: str) -> tuple[str, str]:
    """Return a company and the postal address that follows its legal form without a comma."""
    words = text.split()
    for at in range(len(words) - 1, 1, -1):
        is_street = words[at][0].isdecimal() and len(words) - at >= _LONGEST_PARTS
        if is_street and has_legal_form(" ".join(words[:at])):
            return " ".join(words[:at]).rstrip(" ,"), " ".join(words[at:])
    return text, ""


def _split_lines(text: str) -> CompanyName | None:
    """Return a name and the company on a line below it; None if there is no such line."""
    first, *below = _list_lines(text)
    company = next(filter(_is_company, below), "")
    if not company or _is_company(first):
        return None
    return CompanyName(first, *_split_address(company))


def _split_bracketed_address(text: str) -> CompanyName | None:
    """Return a company and its postal address in brackets; None if there is no such address."""
    match = _ADDRESS.match(" ".join(text.split()))
    if match is None or not _is_company(match[1]) or not _STREET.search(match[2]):
        return None
    return CompanyName(match[1], match[1], match[2])


def _list_lines(text: str) -> list[str]:
    """Return the lines that hold more than commas; the text itself if none does."""
    return [line for line in (line.strip(" ,") for line in text.splitlines()) if line] or [text]


def _is_company(text: str) -> bool:
    return has_legal_form(text) and not vocabulary.contains_negation(text)


def _split_address(text: str) -> tuple[str, str]:
    """Return a name without the postal address after it, and that address."""
    parts = split.split_outside_brackets(text, ",")
    for at in range(1, len(parts)):
        if has_legal_form(f"x {parts[at].strip()}") and not _STREET.search(parts[at]):
            continue  # Acme, Inc.
        rest = ",".join(parts[at:]).strip()
        is_address = len(parts) - at > 1 and bool(_STREET.search(rest))
        return (",".join(parts[:at]).strip(), rest) if is_address else (text, "")
    return text, ""


def split_name_lines(text: str) -> tuple[str, str]:
    """Return the name in a text of several lines, and the company in its second line.

    A second line does not belong to the name if it is a company, the same name, or several words that begin
    with a small letter, as a condition does. The company is empty if there is none.
    """
    first, *below = _list_lines(text)
    second = below[0] if below else ""
    bare, inside = split.split_brackets(second)
    if (below and second == first) or (has_legal_form(bare) and not has_legal_form(first)):
        is_seat = len(inside) == 1 and bool(places.parse_country(inside[0]).facts)
        return first, second if is_seat else bare
    if normalize(bare) == normalize(first):
        return first, ""
    is_condition = second[:1].islower() and len(second.split()) >= _FEWEST_WORDS_OF_CONDITION
    return (first, "") if is_condition else (text, "")
