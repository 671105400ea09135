"""Takes a bullet or a paragraph apart: the name of a service, what it is for, and where."""

import re
from collections.abc import Iterable, Iterator

from subproc_cli.importers.blocks import Block, Text, TextRun, get_text
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.models import FIRST, RUNNING, Cell
from subproc_cli.importers.text import keywords, places, split
from subproc_cli.importers.text.entities import has_legal_form

_AFTER_NAME = re.compile(r"\A\s*(?:[:.,–—-]|\s)\s*")
SEPARATOR = re.compile(r"(?<=\s)[–—-](?=\s)|:(?=\s)|(?<=\s)\|(?=\s)")
IN_BRACKETS = re.compile(r"\A([^()]{2,80}?)\s*\(([^()]+)\)\s*\.?\Z")
_LEADING = re.compile(r"\A\(([^()]+)\)\s*(?:[:.,–—-]\s*)?")
_TRAILING = re.compile(r"\s*\(([^()]+)\)\s*\.?\Z")
_DASH = re.compile(r"\s+[–—|-]\s+")
_COLON = re.compile(r"\s*:")
_MORE_IN = re.compile(r"\b(?:in|from|at|aus|bei|à|en)\s+[A-Z]")
_MORE_PLACES = re.compile(rf"{_MORE_IN.pattern}|,\s*[A-Z][^,]*\Z")
"""What may be one more place that is not known: `mail in Zzyzx`, `mail, Zzyzx`."""
_NUMBER = re.compile(r"\A\s*(?:\(?\d{1,3}[.):]|#\d{1,3})\s+")
_LONGEST_ALIAS = 3
"""Maximum number of words in brackets after a name that are another name: `Acme Web Services (AWS)`."""
_LONGEST_PLACE = 12
"""Maximum number of words of a piece that is nothing but places."""


def split_lead(runs: tuple[TextRun, ...]) -> tuple[str, str]:
    """Return the linked or bold text that a bullet begins with, and the text after it."""
    bare = [run for run in runs if run.text.strip()]
    head: list[TextRun] = []
    for run in bare:
        if not (run.link or run.strong) or (
            head and not (run.link == head[0].link and run.strong == head[0].strong)
        ):
            break
        head.append(run)
    name = get_text(head).rstrip(" :,")
    name = name if has_legal_form(name) else name.rstrip(" .:,")
    after = runs[runs.index(head[-1]) + 1 :] if head else ()
    return name, _AFTER_NAME.sub("", get_text(after), count=1) if name else ""


def split_company_lines(block: Block) -> list[Block]:
    """Return a bullet whose first line is a company as that line, with the lines below it nested."""
    text = get_text(block.runs) if isinstance(block, Text) and block.depth else ""
    if not isinstance(block, Text) or "\n" not in text or any(run.strong or run.link for run in block.runs):
        return [block]
    first, *below = text.split("\n")
    if not has_legal_form(first) or SEPARATOR.search(first):
        return [block]
    nested = [Text((TextRun(line),), block.depth + 1) for line in below]
    return [block._replace(runs=(TextRun(first),)), *nested]


def split_plain(text: str, *, commas: bool = False) -> tuple[str, str]:
    """Return the name that a bullet without a link begins with, and the text after it.

    Args:
        text: the bullet.
        commas: whether a comma ends the name, as where every bullet of a list has one.
    """
    parts = SEPARATOR.split(text, maxsplit=1)
    if len(parts) > 1 and parts[0].count("(") <= parts[0].count(")"):
        match = IN_BRACKETS.match(parts[0])
        if match and is_place(_split_basis(match[2])[0]):
            return match[1].strip(), f"({match[2]}) {parts[1].strip()}"  # Acme (Germany): hosting
        return parts[0].strip(), parts[1].strip()
    if match := IN_BRACKETS.match(text):
        return match[1].strip(), match[2].strip()
    if commas:
        name, _, rest = text.partition(",")
        form, comma, after = rest.partition(",")
        if has_legal_form(f"{name} {form}".strip()) and not has_legal_form(name):
            return f"{name},{form}".strip(), after.strip() if comma else ""
        return name.strip(), rest.strip()
    return text.strip(), ""


def strip_number(text: str) -> str:
    """Return a heading without the number that it has in its list: `3. Acme`."""
    return _NUMBER.sub("", text, count=1) or text


def iter_rest(rest: str, labels: Labels) -> Iterator[Cell]:
    """Yield the place and the purpose in the text after a name, and what follows them."""
    rest = rest.rstrip(" ;,")
    parts = _read_parts(rest)
    if parts:
        yield from parts
        return
    where, bare = _find_place(rest)
    first, *others = split.split_sentences(rest) or [""]
    further = " ".join(others)
    if not where and others and not _names_place(further) and not _MORE_PLACES.search(further):
        where, bare = _find_place(first)
        bare = " ".join((f"{bare.rstrip(' .')}.", *others)) if where else rest
    if where == rest and not _is_only_place(rest):
        bare = rest  # `Hosting in Germany` is a purpose as well
    alias = _LEADING.match(bare)
    if alias and len(alias[1].split()) <= _LONGEST_ALIAS and bare[alias.end() :].strip(" ,."):
        bare = bare[alias.end() :].lstrip(" ,")
        yield Cell(RUNNING, alias[1])
    purpose, *more = split.split_sentences(bare) or [""]
    if purpose.strip(" ."):
        yield Cell(FIRST, purpose.removesuffix("."))
    if where:
        place, basis = _split_basis(where)
        yield Cell(RUNNING, place, path=places.PATH)
        if basis:
            yield Cell(RUNNING, basis, path="transfer")
    yield from split_labelled(more, labels)


def _read_parts(rest: str) -> list[Cell]:
    """Return the parts of a text between dashes, one of which before the last is a place: `USA - Mail`."""
    parts = _DASH.split(rest.rstrip(" .")) if len(split.split_sentences(rest)) == 1 else []
    at = next((at for at, part in enumerate(parts[:-1]) if part[0] != "(" and is_place(part)), None)
    others = [part for index, part in enumerate(parts) if index != at and not _is_basis(part)]
    if at is None or any(map(_names_place, others)):
        return []
    cells = [Cell(RUNNING, parts[at], path=places.PATH)]
    cells += [Cell(FIRST, " – ".join(others))] if others else []
    return cells + [Cell(RUNNING, part, path="transfer") for part in parts if _is_basis(part)]


def split_labelled(sentences: Iterable[str], labels: Labels) -> Iterator[Cell]:
    """Yield sentences that begin with a known label under it, such as `Regions: fra, ams`, and the others."""
    running = []
    for sentence in sentences:
        label, colon, text = sentence.partition(": ")
        if colon and text.strip() and labels.field(label):
            yield Cell(label, text.strip().removesuffix("."), guessed=True)
        else:
            running.append(sentence)
    if running:
        yield Cell(RUNNING, " ".join(running))


def has_place(rest: str) -> bool:
    """Return whether the text after a name states a place of its own: `(Germany): Hosting`."""
    return bool(_find_place(rest)[0])


def _find_place(rest: str) -> tuple[str, str]:
    """Return the place that a text states on its own, and the rest; no place if the rest names more."""
    for where, bare in _candidates(rest):
        more = (
            _MORE_IN
            if rest.startswith(f"({where})") and _COLON.match(rest[len(where) + 2 :])
            else _MORE_PLACES
        )
        if is_place(_split_basis(where)[0]) and not _names_place(bare) and not more.search(bare):
            return where, bare
    return "", rest


def _split_basis(text: str) -> tuple[str, str]:
    """Return places, and the basis of transfers after them: `United States (SCCs)`, `Kenya, SCCs`."""
    if (match := _TRAILING.search(text)) and _is_basis(match[1]):
        return text[: match.start()], match[1]
    before, _, last = text.rpartition(",")
    return (before.strip(), last.strip()) if before and _is_basis(last) else (text, "")


def _is_basis(text: str) -> bool:
    reading = keywords.parse_transfer_bases(text.strip())
    return bool(reading.facts) and not reading.rest and not reading.guessed


def _candidates(rest: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text that may be its place, each with the rest of it."""
    if match := _LEADING.match(rest):
        yield match[1], rest[match.end() :]
    if match := _TRAILING.search(rest):
        yield match[1], rest[: match.start()]
    *before, last = _DASH.split(rest)
    if before:
        yield last, " – ".join(before)
    for mark in (";", ","):
        parts = rest.rstrip(".").split(mark)
        for at in range(1, len(parts)):
            yield mark.join(parts[at:]).strip(), mark.join(parts[:at])
    yield rest, ""


def is_place(text: str) -> bool:
    """Return whether a short text is nothing but places."""
    if not text or len(text.split()) > _LONGEST_PLACE:
        return False
    reading = places.parse_processing(text)
    return bool(reading.facts) and not reading.rest


def _is_only_place(text: str) -> bool:
    return all(isinstance(fact.value, str) for fact in places.parse_processing(text).facts)


def _names_place(text: str) -> bool:
    reading = places.parse_processing(text)
    return bool(reading.facts) or reading.partly
