"""Atom (RFC 4287): the feed format of the IETF. What comes from a list is text, never markup."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from subproc_cli.diff.change import highest
from subproc_cli.diff.sentences import Phrases, in_language
from subproc_cli.enums import Language, Level
from subproc_cli.history.timeline import Event, Moment
from subproc_cli.output.sanitize import xml_text
from subproc_cli.registry.registry import Index
from subproc_cli.text import slug, unaccented

_TAGGED = "2018-05-25"
"""The day that a `tag:` URI needs; a fixed one, so that a shallow clone gives the same ids."""


class Entry(NamedTuple):
    """What one revision changed.

    Attributes:
        id: stays the same for ever, whether the revision comes from git or from a folder.
        updated: the day that the revision states.
        level: the most demanding level of its changes; None for the first revision.
        points: the changes as sentences.
    """

    id: str
    title: str
    updated: date
    level: Level | None
    points: tuple[str, ...]


class Feed(NamedTuple):
    """A feed, its newest entry first.

    Attributes:
        language: the language of its texts.
        page: the address of the published list; empty if it is not known.
        url: the address of the feed itself; empty if it is not known.
    """

    id: str
    language: Language
    title: str
    author: str
    updated: date
    page: str
    url: str
    entries: tuple[Entry, ...]


def feed(
    moments: Iterable[Moment],
    since: date | None = None,
    page: str = "",
    url: str = "",
    language: Language = Language.EN,
) -> Feed | None:
    """Return the feed of a history; None if no revision of it could be read.

    Moments that change nothing are left out, and so is what lies before `since`.
    """
    revisions = [moment for moment in moments if moment.new]
    readable = [moment.new for moment in revisions if moment.new]
    if not readable:
        return None
    newest = readable[-1]
    base = _base(newest, url or page)
    say = in_language(language)
    entries = tuple(_entries(say, revisions, base))
    publisher = newest.registry.publisher
    return Feed(
        id=base,
        language=language,
        title=say.feed("title", publisher=publisher),
        author=publisher,
        updated=max(index.registry.date for index in readable),
        page=page,
        url=url,
        entries=tuple(each for each in entries[::-1] if since is None or each.updated >= since),
    )


def _base(newest: Index, url: str) -> str:
    """Return the id of a feed, a `tag:` URI (RFC 4151): whose list it is.

    Without an address the publisher's name stands under `.invalid`, which belongs to nobody (RFC 2606).
    """
    host = urlsplit(url).hostname or f"{_label(newest.registry.publisher)}.invalid"
    return f"tag:{host},{_TAGGED}:subprocessors"


def _label(publisher: str) -> str:
    """Return a name as a label of a domain: letters, digits and hyphens of ASCII, at most 63 of them."""
    ascii_only = unaccented(slug(publisher)).encode("ascii", "ignore").decode().strip("-")
    return ascii_only[:63].rstrip("-") or f"x{sha256(publisher.encode()).hexdigest()[:12]}"


def _entries(say: Phrases, revisions: Iterable[Moment], base: str) -> Iterator[Entry]:
    """Yield the entries, oldest first; a revision that comes back gets an id of its own."""
    seen: Counter[str] = Counter()
    for moment in revisions:
        if moment.new is None or not (moment.changes or moment.event is Event.FIRST):
            continue
        registry = moment.new.registry
        name = f"{base}/{registry.version}/{moment.new.sha256[:16]}"
        seen[name] += 1
        yield Entry(
            id=name if seen[name] == 1 else f"{name}/{seen[name]}",
            title=_title(say, moment, registry.version),
            updated=registry.date,
            level=highest(moment.changes),
            points=tuple(_points(say, moment)),
        )


def _title(say: Phrases, moment: Moment, version: str) -> str:
    if moment.old is None:
        return say.feed("first", version=version)
    level = say.level(highest(moment.changes) or Level.EDITORIAL)
    return say.feed(
        "changed", version=version, changes=say.counted("changes", len(moment.changes)), level=level
    )


def _points(say: Phrases, moment: Moment) -> Iterator[str]:
    if moment.old is None or moment.new is None:
        names = (service.name for service in moment.new.registry.services.values()) if moment.new else ()
        yield from names
        return
    for change in moment.changes:
        yield f"{say.sentence((moment.old, moment.new), change)} ({say.level(change.level)})"


TYPE = "application/atom+xml"


def render(feed: Feed) -> str:
    """Return a feed as an XML document."""
    return "\n".join(_lines(feed)) + "\n"


def _lines(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">'
    yield f"  <id>{_text(feed.id)}</id>"
    yield f"  <title>{_text(feed.title)}</title>"
    yield f"  <updated>{_moment(feed.updated)}</updated>"
    yield f"  <author><name>{_text(feed.author)}</name></author>"
    if feed.url:
        yield f'  <link rel="self" type="{TYPE}" href={_attribute(feed.url)}/>'
    if feed.page:
        yield f'  <link rel="alternate" type="text/html" href={_attribute(feed.page)}/>'
    yield "  <generator>subproc</generator>"
    for entry in feed.entries:
        yield from _entry(entry, feed.page)
    yield "</feed>"


def _entry(entry: Entry, page: str) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{_text(entry.id)}</id>"
    yield f"    <title>{_text(entry.title)}</title>"
    yield f"    <updated>{_moment(entry.updated)}</updated>"
    if entry.level:
        yield f'    <category term="{entry.level}"/>'
    if page:
        yield f'    <link rel="alternate" type="text/html" href={_attribute(page)}/>'
    points = "".join(f"<li>{_text(point)}</li>" for point in entry.points)
    yield f'    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><ul>{points}</ul></div></content>'
    yield "  </entry>"


def _moment(day: date) -> str:
    """Return a day as RFC 3339 asks for it: a list states a day, so its first second in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    return escape(xml_text(text))


def _attribute(text: str) -> str:
    return quoteattr(xml_text(text))
