"""Services as bullets below a sentence that speaks of them, which may name their place."""

import re
from collections.abc import Iterator, Sequence

from subproc_cli.importers import candidates, vocabulary
from subproc_cli.importers.blocks import Block, Heading, Text, TextRun, collect_links, get_text
from subproc_cli.importers.models import ABOVE, FIRST, HEADING, PLACES_ABOVE, RUNNING, Cell, RawService
from subproc_cli.importers.text import places, split

_AFTER_NAME = re.compile(r"\A\s*(?:[:.,–—-]|\s)\s*")
_SHORTEST_SENTENCE = 4
"""Words of a bullet that may be a sentence rather than a name: `Customer.io Inc.`."""
_LONGEST_NAME = 5
"""Words before a dash that may be a name."""
_SEPARATOR = re.compile(r"(?<=\s)[–—-](?=\s)|:(?=\s)|(?<=\s)\|(?=\s)")


def extract_services(blocks: Sequence[Block | RawService]) -> list[Block | RawService]:
    """Return the blocks with the lists of services replaced by these."""
    left: list[Block | RawService] = []
    at = 0
    while at < len(blocks):
        lead = blocks[at]
        is_lead = isinstance(lead, Text | Heading) and not _is_item(lead)
        items = _items(blocks[at + 1 :]) if is_lead else []
        items = items if isinstance(lead, Text | Heading) and _introduces(lead, items) else []
        if isinstance(lead, Text | Heading) and items and not all(map(_is_sentence, items)):
            sentences = split.split_sentences(get_text(lead.runs))
            if isinstance(lead, Text) and sentences[:-1]:
                left.append(Text((TextRun(" ".join(sentences[:-1])),)))
            left += _entries(items, sentences[-1].rstrip(" :"))
            at += 1 + len(items)
        else:
            left.append(lead)
            at += 1
    return left


def _is_sentence(item: Text) -> bool:
    """Return whether a bullet is a sentence, which names no service: nothing sets a name apart in it."""
    text = get_text(item.runs)
    is_set_apart = bool(split_lead(item.runs)[0]) or bool(_SEPARATOR.search(text))
    return (
        not is_set_apart and text.endswith((".", ";", "!", "?")) and len(text.split()) >= _SHORTEST_SENTENCE
    )


def _is_item(block: Block | RawService) -> bool:
    return isinstance(block, Text) and block.depth > 0


def _items(blocks: Sequence[Block | RawService]) -> list[Text]:
    found: list[Text] = []
    for block in blocks:
        if not isinstance(block, Text) or block.depth == 0:
            break
        found.append(block)
    return found


def _introduces(lead: Text | Heading, items: list[Text]) -> bool:
    """Return whether a heading or a sentence introduces a list of services.

    A sentence has to end in a colon, or be the last one above bullets that each begin with a name.
    """
    text = get_text(lead.runs)
    if isinstance(lead, Heading):
        return candidates.speaks_of_services(text)
    if text.endswith(":"):
        return candidates.speaks_of_services(text) and not _is_rule(text)
    begin = [item for item in items if item.fresh and item.depth == 1]
    return candidates.is_lead(text) and all(_is_named(item) for item in begin)


def _is_rule(text: str) -> bool:
    """Return whether the last sentence of a text says what services must do, rather than which there are."""
    last = (split.split_sentences(text) or [""])[-1]
    return vocabulary.contains_words(last, "leads", "rules") and not vocabulary.contains_words(
        last, "leads", "openings"
    )


def _is_named(item: Text) -> bool:
    """Return whether a bullet begins with a link, a bold text, or a few words before a dash or colon."""
    name = split_lead(item.runs)[0]
    before = _SEPARATOR.split(get_text(item.runs), maxsplit=1)
    return bool(name) or (len(before) > 1 and len(before[0].split()) <= _LONGEST_NAME)


def _entries(items: list[Text], sentence: str) -> Iterator[RawService]:
    place = places.parse_processing(sentence)
    cells: list[Cell] = []
    for item in items:
        if item.fresh and item.depth == 1:
            if cells:
                yield RawService(tuple(cells))
            cells = [*_cells(item), Cell(ABOVE, sentence)]
            cells += [Cell(PLACES_ABOVE, sentence, guessed=True)] if place.facts else []
        elif cells:
            cells.append(Cell(RUNNING, get_text(item.runs), collect_links(item.runs)))
        else:
            cells = [*_cells(item), Cell(ABOVE, sentence)]
    if cells:
        yield RawService(tuple(cells))


def _cells(item: Text) -> list[Cell]:
    """Return name and purpose of a bullet: its link or bold beginning, else what precedes a dash."""
    name, rest = split_lead(item.runs)
    if not name:
        text = get_text(item.runs)
        first, rest = (*_SEPARATOR.split(text, maxsplit=1), "")[:2]
        name, rest = first.strip(), rest.strip()
    purpose, *more = split.split_sentences(rest) or [""]
    cells = [Cell(HEADING, name, collect_links(item.runs)), Cell(FIRST, purpose.removesuffix("."))]
    return [*cells, *([Cell(RUNNING, " ".join(more))] if more else [])]


def split_lead(runs: tuple[TextRun, ...]) -> tuple[str, str]:
    """Return the linked or bold text that a bullet begins with, and the text behind it."""
    bare = [run for run in runs if run.text.strip()]
    head: list[TextRun] = []
    for run in bare:
        if not (run.link or run.strong) or (
            head and not (run.link == head[0].link and run.strong == head[0].strong)
        ):
            break
        head.append(run)
    name = get_text(head).rstrip(" :.,")
    return name, _AFTER_NAME.sub("", get_text(bare[len(head) :]), count=1) if name else ""
