"""Services as bullets below a heading or a sentence about services, which may name their place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from subproc_cli.importers import candidates, items, joint_names, vocabulary
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun, collect_links, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.layouts import headings
from subproc_cli.importers.models import ABOVE, FIRST, HEADING, PLACES_ABOVE, RUNNING, Cell, RawService
from subproc_cli.importers.text import dates, places, split
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference.service_types import find_service_type

_ENUMERATOR = re.compile(r"(?:\A|(?<=[\s;,.]))\(([a-z]|\d{1,2})\)\s+(?=[A-Z])")
_HOST = re.compile(r"\*?\.[\w.-]+\.[a-z]{2,12}(?:/\S*)?|[\w-]+(?:\.[\w-]+){2,}(?:/\S*)?", re.IGNORECASE)
"""A domain with a wildcard, such as `*.example.com`, or with a host before it: `cdn.example.com`."""
_LETTERS = list("abcdefghijklmnopqrstuvwxyz")
_NUMBERS = [str(number) for number in range(1, 100)]
_SHORTEST_ENUMERATION = 2
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_LONGEST_NAME = 5
"""Maximum number of words before a dash that may be a name."""
_LONGEST_OPENING = 4
"""Maximum number of words of a line such as `We use:`, which speaks of services below a heading that does."""
_FOLLOWING = frozenset(
    map(
        normalize,
        (
            "following",
            "folgende",
            "folgenden",
            "suivant",
            "suivants",
            "suivantes",
            "siguientes",
            "seguenti",
            "volgende",
        ),
    )
)
_SHORTEST_SENTENCE = 4
"""Minimum number of words of a bullet that may be a sentence rather than a name: `Customer.io Inc.`."""


def extract_services(
    blocks: Sequence[Block | RawService], labels: Labels, title: str = ""
) -> list[Block | RawService]:
    """Return the blocks with the lists of services replaced by these; the title is above all headings."""
    left: list[Block | RawService] = []
    above = candidates.HeadingPath(title, is_read=any(isinstance(each, RawService) for each in blocks))
    at = 0
    while at < len(blocks):
        lead = blocks[at]
        above.add(lead)
        is_lead = isinstance(lead, Text | Heading) and not _is_item(lead)
        listed = _nest_labels(_collect_items(blocks, at + 1), labels) if is_lead else []
        if isinstance(lead, Text | Heading) and listed and _introduces(lead, above, listed, labels):
            sentences = split.split_sentences(get_text(lead.runs))
            is_dated = dates.find_list_date(sentences[-1]) is not None
            is_mere_lead = is_dated or candidates.is_mere_lead(sentences[-1].rstrip(" :"))
            kept = sentences if is_mere_lead else sentences[:-1]
            if isinstance(lead, Text) and kept:
                left.append(Text((TextRun(" ".join(kept)),)))
            is_lead = isinstance(lead, Heading) or lead.runs[-1].text.rstrip()[-1:] == ":"
            is_lead = is_lead or is_dated or candidates.is_lead(sentences[-1])
            sentence = above.last if is_dated else sentences[-1].rstrip(" :")
            left += _entries(listed, sentence, "" if is_lead else above.last, labels)
            at += 1 + len(listed)
        else:
            left.append(lead)
            at += 1
    return left


def split_enumeration(block: Block) -> list[Block]:
    """Return a paragraph as several bullets if it is an enumeration: `(a) Acme (b) Beta`."""
    if not isinstance(block, Text) or block.depth:
        return [block]
    text = " ".join(get_text(block.runs).split())
    starts = list(_ENUMERATOR.finditer(text)) if _ENUMERATOR.match(text) else []
    marks = [match[1] for match in starts]
    if len(marks) < _SHORTEST_ENUMERATION or marks not in (_LETTERS[: len(marks)], _NUMBERS[: len(marks)]):
        return [block]
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return [
        Text((TextRun(text[match.end() : end].strip(" ;")),), 1)
        for match, end in zip(starts, ends, strict=True)
    ]


def lift_lists(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks with the bullets below a bullet that introduces services as a list of their own.

    The other bullets next to that one, such as further clauses of a contract, become paragraphs.
    """
    found: list[Block] = []
    depth = 0  # that of the bullet that introduces services
    for block in blocks:
        if not isinstance(block, Text) or not block.depth:
            depth = 0
            found.append(block)
            continue
        is_lead = _is_lead_item(block)
        depth = block.depth if is_lead else depth
        found.append(block._replace(depth=max(block.depth - depth, 0)) if depth else block)
    return found


def _is_lead_item(item: Text) -> bool:
    text = get_text(item.runs)
    last = (split.split_sentences(text) or [""])[-1]
    is_about = len(last.split()) > 1 and candidates.speaks_of_services(_strip_party(last))
    return text.endswith(":") and is_about and not _is_rule(last)


def _is_item(block: Block | RawService) -> bool:
    return isinstance(block, Text) and block.depth > 0


def _collect_items(blocks: Sequence[Block | RawService], start: int) -> list[Text]:
    found: list[Text] = []
    for at in range(start, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Text) or block.depth == 0:
            break
        found.append(block)
    return found


_OF_SERVICES = frozenset(("processing", "sees", "transfer", "entity.country", "since"))
"""Fields whose labels speak of the service before them."""


def _nest_labels(listed: list[Text], labels: Labels) -> list[Text]:
    """Return bullets with those below the bullet before them that begin with a label: `Location: Germany`."""
    found = [headings.parse_label(item.runs, labels) for item in listed]
    fields = [labels.field(label.label) if label else None for label in found]
    are_labels = [field is not None and field.path in _OF_SERVICES for field in fields]
    if are_labels[:1] == [True]:
        return listed
    return [
        item._replace(depth=item.depth + 1) if is_label and item.depth == 1 else item
        for item, is_label in zip(listed, are_labels, strict=True)
    ]


def _introduces(
    lead: Text | Heading, above: candidates.HeadingPath, listed: list[Text], labels: Labels
) -> bool:
    """Return whether a heading or a sentence introduces a list of services.

    A sentence has to end in a colon, or be the last one above bullets that each begin with a name.
    """
    begin = [item for item in listed if item.fresh and item.depth == 1]
    if 2 * sum(map(_is_sentence, listed)) > len(listed) or _is_navigation(begin) or _is_general(begin):
        return False
    text, heading = get_text(lead.runs), above.last
    if isinstance(lead, Heading):
        first = normalize(text.partition(" ")[0])
        is_about = candidates.speaks_of_services(text) and first not in vocabulary.load_phrases(
            "leads", "acts"
        )
        are_services = all(map(_is_named, begin)) and _are_evident(begin)
        return is_about or (above.is_category and (are_services or _are_of_kind(above, begin, labels)))
    if text.endswith(":"):
        is_short = len(text.split()) <= _LONGEST_OPENING
        is_heading = candidates.is_only_services(heading) or (
            is_short and candidates.speaks_of_services(heading)
        )
        is_opening = is_heading and candidates.is_opening(text)
        is_list = candidates.speaks_of_services(heading) and candidates.is_opening(text) and _are_names(begin)
        is_about = any(
            candidates.speaks_of_services(_strip_party(each)) for each in split.split_sentences(text)
        )
        return (is_about or is_opening or is_list) and not _is_rule(text)
    is_below = candidates.speaks_of_services(heading) or (above.is_category and candidates.is_opening(text))
    is_below = is_below and not _is_rule(text)
    if above.is_category and not _is_rule(text) and all(map(_is_named, begin)) and _are_evident(begin):
        return True
    return (candidates.is_lead(text) and all(map(_is_named, begin))) or (is_below and _are_names(begin))


def _strip_party(sentence: str) -> str:
    """Return a sentence without the party of a contract that it is about: `The processor shall …`."""
    known = sentence.casefold()
    party = max(
        (each for each in vocabulary.load_words("leads", "parties") if known.startswith(f"{each} ")),
        key=len,
        default="",
    )
    rest = sentence[len(party) :].strip()
    is_title = normalize(rest.partition(" ")[0]) in vocabulary.load_phrases("titles")
    return sentence if is_title else rest


def _are_evident(begin: list[Text]) -> bool:
    """Return whether the bullets of a category say that each begins with the name of a service."""
    names = [(*_name(item), list(collect_links(item.runs))) for item in begin]
    return all(
        not candidates.is_general(name)
        and find_service_type(name) is None
        and candidates.has_strong_evidence(name, rest, links)
        for name, rest, links in names
    )


def _are_of_kind(above: candidates.HeadingPath, begin: list[Text], labels: Labels) -> bool:
    """Return whether bullets begin with names in bold, below a kind of service of a list of subprocessors."""
    *outer, kind = above.texts
    if not candidates.is_kind(kind) or not any(map(candidates.is_only_services, outer)):
        return False
    names = [_without_alias(items.split_lead(item.runs)[0]) for item in begin]
    parts = [part for name in names for part in joint_names.split_names(name, labels) or [name]]
    return all(joint_names.may_be_one(part, labels) for part in parts)


def _without_alias(name: str) -> str:
    """Return a name without another one in brackets after it: `Acme Web Services (AWS)`."""
    match = items.IN_BRACKETS.match(name)
    return match[1] if match and candidates.is_brand(match[2]) else name


def _are_names(begin: list[Text]) -> bool:
    """Return whether each bullet begins with a name, and most of the names look like names of companies."""
    names = [_name(item) for item in begin]
    telling = [candidates.has_evidence(name.partition(",")[0], rest, ()) for name, rest in names]
    return len(begin) > 1 and all(map(_is_named, begin)) and 2 * sum(telling) > len(begin)


def _is_sentence(item: Text) -> bool:
    """Return whether a bullet is a sentence in which no name is set apart, and which names no service."""
    text = get_text(item.runs)
    is_set_apart = bool(items.split_lead(item.runs)[0]) or bool(items.SEPARATOR.search(text))
    return (
        not is_set_apart and text.endswith((".", ";", "!", "?")) and len(text.split()) >= _SHORTEST_SENTENCE
    )


def _is_navigation(begin: list[Text]) -> bool:
    """Return whether bullets are nothing but links within a site or to documents, or begin with addresses."""
    if all("://" in _name(item)[0] or _HOST.fullmatch(get_text(item.runs).strip()) for item in begin):
        return True  # addresses of pages, or domains that a network has to allow
    links = [link for item in begin for link in collect_links(item.runs)]
    is_bare = all(not items.split_lead(item.runs)[1] for item in begin)
    documents = sum(candidates.is_document(get_text(item.runs)) for item in begin)
    if is_bare and len(links) >= len(begin) and 2 * documents > len(begin):
        return True
    return len(links) >= len(begin) and is_bare and not any(map(candidates.is_external, links))


def _is_general(begin: list[Text]) -> bool:
    """Return whether most bullets begin with words for kinds of companies, such as `Law enforcement`."""
    names = [_name(item) for item in begin]
    general = [
        bool(rest) and candidates.is_general(name) and not candidates.is_brand(name) for name, rest in names
    ]
    return 2 * sum(general) > len(begin)


def _is_rule(text: str) -> bool:
    """Return whether the last sentence of a text states duties of services, or introduces something else."""
    last = (split.split_sentences(text) or [""])[-1]
    words = normalize(last).split()
    others = vocabulary.load_phrases("leads", "other_nouns")
    if any({first, second} & _FOLLOWING and {first, second} & others for first, second in pairwise(words)):
        return True  # `one of the following mechanisms:`
    return vocabulary.contains_words(last, "leads", "rules") and not vocabulary.contains_words(
        last, "leads", "openings"
    )


def _is_named(item: Text) -> bool:
    """Return whether a bullet begins with a link, a bold text, or a few words before a dash or colon."""
    name = items.split_lead(item.runs)[0]
    before = items.SEPARATOR.split(get_text(item.runs), maxsplit=1)
    is_company = has_legal_form(before[0]) and len(before[0].split()) <= _LONGEST_NAME
    is_short = len(before) > 1 and len(before[0].partition(",")[0].split()) <= _LONGEST_NAME
    return bool(name) or is_company or is_short


def _name(item: Text, *, commas: bool = False) -> tuple[str, str]:
    name, rest = items.split_lead(item.runs)
    return (name, rest) if name else items.split_plain(get_text(item.runs), commas=commas)


def _entries(listed: list[Text], sentence: str, heading: str, labels: Labels) -> Iterator[RawService]:
    place = places.parse_processing(sentence)
    above = [Cell(ABOVE, heading), Cell(RUNNING, sentence)] if heading else [Cell(ABOVE, sentence)]
    above += [Cell(PLACES_ABOVE, sentence, guessed=True)] if place.facts else []
    outer = list(_grouped(listed, 1))
    if _are_categories(outer, labels):
        groups = [list(_grouped(category[1:], category[1].depth)) for category in outer]
        commas = _have_commas([item for inner in groups for item in inner])
        for category, inner in zip(outer, groups, strict=True):
            group = [Cell(ABOVE, get_text(category[0].runs).rstrip(" :")), *above[1:]]
            yield from (_entry(item, group, labels, commas=commas) for item in inner)
    else:
        commas, are_kinds = _have_commas(outer), _are_kinds(outer)
        for item in outer:
            yield (
                _entry_of_kind(item, above, labels)
                if are_kinds
                else _entry(item, above, labels, commas=commas)
            )


def _are_kinds(outer: list[list[Text]]) -> bool:
    """Return whether bullets begin with the kinds of services that they name: `Hosting: Acme, Germany`."""
    halves = [get_text(item[0].runs).partition(":") for item in outer]
    known = [find_service_type(_FLAG.sub("", kind)) is not None for kind, _, _ in halves]
    likely = [
        is_known or bool(_FLAG.match(kind)) for is_known, (kind, _, _) in zip(known, halves, strict=True)
    ]
    are_names = all(
        after.strip()
        and len(kind.split()) <= _LONGEST_NAME
        and find_service_type(after.strip()) is None
        and not items.is_place(after.strip())
        for kind, _, after in halves
    )
    return len(outer) > 1 and any(known) and 2 * sum(likely) >= len(outer) and are_names


def _entry_of_kind(item: list[Text], above: list[Cell], labels: Labels) -> RawService:
    """Return the service of a bullet such as `Hosting: Acme, Germany`."""
    first, *further = item
    kind, _, after = get_text(first.runs).partition(":")
    name, rest = items.split_plain(after.strip(), commas=True)
    name, comma, where = name.partition(", ") if not has_legal_form(name) else (name, "", "")
    rest = f"({where}) {rest}" if comma else rest
    flags = "".join(_FLAG.findall(kind))
    cells = [Cell(HEADING, name, collect_links(first.runs)), Cell(FIRST, _FLAG.sub("", kind).strip())]
    cells += [Cell(RUNNING, flags, path=places.PATH)] if flags else []
    cells += [
        cell._replace(label=RUNNING) if cell.label == FIRST else cell
        for cell in items.iter_rest(rest, labels)
    ]
    cells += [Cell(RUNNING, get_text(each.runs), collect_links(each.runs)) for each in further]
    return RawService((*cells, *above))


def _grouped(listed: list[Text], depth: int) -> Iterator[list[Text]]:
    """Yield each bullet of one depth with the deeper bullets that follow it."""
    found: list[Text] = []
    for item in listed:
        if found and item.fresh and item.depth == depth:
            yield found
            found = []
        found.append(item)
    if found:
        yield found


def _are_categories(outer: list[list[Text]], labels: Labels) -> bool:
    """Return whether bullets are headings of the bullets below them: bare, and not followed by labels."""
    return all(_is_category(item, labels) for item in outer)


def _is_category(item: list[Text], labels: Labels) -> bool:
    first, *below = item
    title, rest = _name(first)
    if not below or rest or below[0].depth <= first.depth or has_legal_form(title):
        return False
    known = [headings.parse_label(each.runs, labels) for each in below if each.depth == below[0].depth]
    if any(label and label.known for label in known):
        return False
    if any(_is_sentence(each) and not _is_named(each) for each in below):
        return False
    return any(map(_is_named, below)) or _are_listed(title, below, labels)


def _are_listed(title: str, below: list[Text], labels: Labels) -> bool:
    """Return whether bare bullets below a category, such as `Hosting`, are the names of services."""
    names = [_name(each, commas=True) for each in below if each.depth == below[0].depth]
    evident = [candidates.has_evidence(name, rest, ()) or items.has_place(rest) for name, rest in names]
    is_enough = find_service_type(title) is not None or 2 * sum(evident) > len(names)
    return is_enough and all(candidates.is_name(name, labels) for name, _ in names)


def _have_commas(found: list[list[Text]]) -> bool:
    """Return whether each bullet has a comma, or a text after its name, so that a comma ends a name."""
    texts = [get_text(item[0].runs) for item in found]
    return len(found) > 1 and all("," in text or items.split_plain(text)[1] for text in texts)


def _entry(item: list[Text], above: list[Cell], labels: Labels, *, commas: bool) -> RawService:
    first, *further = item
    name, rest = _name(first, commas=commas)
    cells = [Cell(HEADING, name, collect_links(first.runs)), *items.iter_rest(rest, labels)]
    for each in further:
        label = headings.parse_label(each.runs, labels)
        cells.append(
            Cell(label.label, label.text, label.links)
            if label
            else Cell(RUNNING, get_text(each.runs), collect_links(each.runs))
        )
    return RawService((*cells, *above))
