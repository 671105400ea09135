"""Judges whether a text that is set apart on a page may be the name of a service."""

import re
from collections.abc import Callable, Iterable

from subproc_cli.importers import items, vocabulary
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import RUNNING, Cell, RawService
from subproc_cli.importers.text import dates, places, split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference.service_types import find_service_type

_LONGEST_NAME = 6
"""Maximum number of words of a name; one with a legal form may be longer."""
_LONGEST_LEGAL_NAME = 10
_LONGEST_PLACE = 8
"""Maximum number of words of a line that is nothing but places."""
_HOST = re.compile(r"\A[a-z]+://(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,12}", re.IGNORECASE)
_MIXED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d")
"""A pattern that is common in names of products and rare in sentences: `MailChimp`, `AWS`."""
_IN_PLACE = re.compile(r"\w\s+(?:in|from|within|aus|en|dans)\s+((?:the\s+)?[A-Z][^.;:]{1,80})\Z")
_ADDRESS = re.compile(r"\d")
_NOT_SERVICES = re.compile(
    r"\b(?:not|never|nicht|keine|pas|no son|non sono|geen) (?:(?!(?:EU|EEA|UK|US)\b)[\w'’-]+ ){0,3}"
    r"(?:sub-? ?processors?|unterauftrags?verarbeiter|auftragsverarbeiter|sous-traitants?|subencargados"
    r"|sub-?responsabili|subverwerkers)\b",
    re.IGNORECASE,
)
"""Companies that a heading says are none of the list: `Integrations (not Acme Sub-Processors)`."""
_SHORTEST_ADDRESS = 2
"""Minimum number of parts of a postal address between commas."""


def is_kind(heading: str) -> bool:
    """Return whether a heading is a kind of service, or several: `1. Hosting & infrastructure`."""
    bare = items.strip_number(heading)
    return any(map(find_service_type, (bare, *split.split_pieces(bare))))


def speaks_of_services(text: str) -> bool:
    """Return whether a text has a word for subprocessors, and does not say that it is about others."""
    return vocabulary.contains_words(text, "services")


def are_denied(heading: str) -> bool:
    """Return whether a heading says that the companies below it are not subprocessors."""
    return bool(_NOT_SERVICES.search(heading))


def is_about_services(blocks: Iterable[Block | RawService], titles: Iterable[str]) -> bool:
    """Return whether a title, a heading or a sentence above a list speaks of services."""
    texts = [get_text(each.runs) for each in blocks if isinstance(each, Heading)]
    return any(map(speaks_of_services, (*titles, *texts))) or any(
        isinstance(each, Text) and each.depth == 0 and is_lead(get_text(each.runs)) for each in blocks
    )


def is_lead(text: str) -> bool:
    """Return whether a text introduces a list of services: its last sentence, or the first of several."""
    sentences = split.split_sentences(text) or [""]
    if sentences[-1].endswith(":"):
        return _introduces(sentences[-1])
    return _introduces(sentences[-1]) or _introduces(sentences[0])


def _introduces(sentence: str) -> bool:
    is_rule = vocabulary.contains_words(sentence, "leads", "rules")
    return speaks_of_services(sentence) and is_opening(sentence) and not is_rule


def is_mere_lead(text: str) -> bool:
    """Return whether a text above services only introduces them, such as `We use these subprocessors`."""
    is_plain = normalize(text) in vocabulary.load_phrases("services")
    return is_plain or (is_lead(text) and not places.names_any(text))


def is_opening(text: str) -> bool:
    """Return whether a text has a word that introduces a list, such as `following`."""
    return vocabulary.contains_words(text, "leads", "openings")


def is_name(text: str, labels: Labels) -> bool:
    """Return whether a text that is set apart may be the name of a service."""
    words = text.split()
    longest = _LONGEST_LEGAL_NAME if has_legal_form(text) else _LONGEST_NAME
    if not words or len(words) > longest or "\n" in text or "://" in text or text[-1] in "!?:;":
        return False
    if not (text[0].isupper() or text[0].isdigit() or _DOMAIN.fullmatch(words[0]) or _MIXED.search(text)):
        return False
    return not (
        labels.field(text)
        or is_aside(text)
        or dates.parse_period(text)
        or vocabulary.contains_words(text, "dated")
        or vocabulary.contains_words(text, "leads", "labels")
        or normalize(text) in vocabulary.load_phrases("services")
        or places.parse_processing(text).facts
    )


def is_general(name: str) -> bool:
    """Return whether a text is a term for kinds of companies or data, such as `Service providers`."""
    words = name.split()
    known = vocabulary.load_phrases("leads", "terms")
    return (
        normalize(name) in vocabulary.load_phrases("services")
        or all(word in known for word in normalize(name).split())
        or (len(words) > 1 and all(word.islower() and word.isalpha() for word in words[1:]))
    )


def is_aside(text: str) -> bool:
    """Return whether a heading belongs to a section that describes no service."""
    words = normalize(text).split()
    return bool(words) and (
        vocabulary.contains_phrase(normalize(text), vocabulary.load_phrases("asides"))
        or text.split(maxsplit=1)[0].casefold() in vocabulary.load_words("own_headings")
    )


def is_document(text: str) -> bool:
    """Return whether a text is the title of a document or a page: `Acme Privacy Policy`."""
    title = f" {normalize(text.replace('&', ' and '))}"
    return any(title.endswith(f" {known}") for known in vocabulary.load_phrases("no_service", "documents"))


class HeadingPath:
    """The headings that a block of a page is under.

    Args:
        title: the title of the page; it is above all of them.
        is_read: whether services are found already, so that no heading is one of a kind of them.
    """

    def __init__(self, title: str = "", *, is_read: bool = False) -> None:
        self._open = [Heading((TextRun(title),), 0)] if title else []
        self._is_read = is_read

    def add(self, block: Block | RawService) -> None:
        """Note the next block of the page."""
        if isinstance(block, Heading):
            while self._open and self._open[-1].level >= block.level:
                self._open.pop()
            self._open.append(block)

    @property
    def texts(self) -> list[str]:
        """The texts of these headings, the outermost first."""
        return [get_text(each.runs) for each in self._open]

    @property
    def last(self) -> str:
        """The text of the heading directly above; empty if there is none."""
        return get_text(self._open[-1].runs) if self._open else ""

    @property
    def is_category(self) -> bool:
        """Whether that heading is one of a kind of services, below a heading that speaks of services."""
        above = [get_text(each.runs) for each in self._open[:-1]]
        is_other = speaks_of_services(self.last) or is_aside(self.last)
        is_subject = normalize(self.last) in vocabulary.load_phrases("subjects")
        is_other = is_other or (is_subject and find_service_type(self.last) is None)
        return not (self._is_read or is_other) and any(map(speaks_of_services, above))


def has_strong_evidence(name: str, rest: str, links: Iterable[str]) -> bool:
    """Return whether a text shows that a name belongs to a company or a product, wherever it is on a page."""
    first = (split.split_sentences(rest) or [""])[0]
    return (
        has_legal_form(name)
        or bool(_DOMAIN.fullmatch(name))
        or any(links_to(name, link) for link in links)
        or items.has_place(rest)
        or _ends_in_place(first)
        or _are_kinds(first, all)
    )


def has_evidence(name: str, rest: str, links: Iterable[str]) -> bool:
    """Return whether anything except its position shows that a name belongs to a company or a product."""
    first = (split.split_sentences(rest) or [""])[0]
    return (
        is_brand(name)
        or begins_with(first, name)
        or any(map(is_external, links))
        or items.has_place(rest)
        or any(has_legal_form(inside.partition(",")[0]) for inside in split.split_brackets(first)[1])
        or (first[:1] == "(" and has_legal_form(first[1:].partition(",")[0]))
        or _are_kinds(first, any)
        or _ends_in_place(first)
        or vocabulary.contains_words(first, "leads", "uses")
    )


def _are_kinds(sentence: str, are_enough: Callable[[Iterable[bool]], bool]) -> bool:
    """Return whether the pieces of a text are kinds of services: `Payments & billing`."""
    bare = sentence.strip(" .:;–—-")
    known = [find_service_type(piece) is not None for piece in split.split_pieces(bare)]
    return find_service_type(bare) is not None or (bool(known) and are_enough(known))


def _ends_in_place(sentence: str) -> bool:
    """Return whether a sentence ends with a place, as `Sends mail from the United States.` does."""
    match = _IN_PLACE.search(sentence.rstrip(" ."))
    return match is not None and items.is_place(match[1])


def is_brand(name: str) -> bool:
    """Return whether a name is written like the name of a product or company: `Acme Inc.`, `acme.io`."""
    return has_legal_form(name) or bool(_MIXED.search(name)) or bool(_DOMAIN.fullmatch(name))


def is_only_services(text: str) -> bool:
    """Return whether a heading consists of words for services, such as `List of subprocessors`."""
    known = normalize(text)
    for phrase in sorted(vocabulary.load_phrases("services"), key=len, reverse=True):
        known = f" {known} ".replace(f" {phrase} ", " ").strip()
    rest = vocabulary.load_phrases("titles") | vocabulary.load_phrases("leads", "terms")
    return speaks_of_services(text) and all(word in rest for word in known.split())


def begins_with(sentence: str, name: str) -> bool:
    """Return whether a sentence has a name as its subject: `Acme sends our mail`."""
    return normalize(sentence).startswith(f"{normalize(name)} ")


def is_external(link: str) -> bool:
    """Return whether a link leads to another site."""
    return bool(_HOST.match(link))


def links_to(name: str, link: str) -> bool:
    """Return whether a link leads to a site with the name of a service."""
    host = _HOST.match(link)
    word = "".join(normalize(name).split()[:1])
    return bool(host and word and word in host[1].casefold().replace("-", ""))


def read_line(text: str, links: tuple[str, ...]) -> Cell:
    """Return a line below the name of a service, with its field if it is nothing but a place or a link."""
    if links and (text in links or _DOMAIN.fullmatch(text) or f"{text}/" in links):
        return Cell(RUNNING, text, links, path="links.website")
    reading = places.parse_processing(text) if len(text.split()) <= _LONGEST_PLACE else None
    if reading and reading.facts and not reading.rest:
        return Cell(RUNNING, text, links, path=places.PATH)
    if is_address(text):
        return Cell(RUNNING, text, links, path="entity.address")
    return Cell(RUNNING, text, links)


def is_address(text: str) -> bool:
    """Return whether a line is a postal address: parts between commas, a number, and no sentence."""
    parts = text.split(",")
    return len(parts) >= _SHORTEST_ADDRESS and bool(_ADDRESS.search(text)) and text[-1] not in ".!?:"


def split_lines(runs: Iterable[TextRun]) -> list[tuple[TextRun, ...]]:
    """Return the lines of a text with what is set apart in them."""
    lines: list[list[TextRun]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines += [[run._replace(text=each)] for each in others]
    return [tuple(line) for line in lines if get_text(line)]
