"""Atom (RFC 4287): the feed format of the IETF. What comes from a list is text, never markup."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from subproc_cli.diff.change import find_highest_level
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.enums import Level
from subproc_cli.history.timeline import Event, HistoryEntry
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.output.sanitize import sanitize_xml
from subproc_cli.registry.registry import Registry
from subproc_cli.text import slugify, strip_accents

_TAG_DATE = "2018-05-25"
"""The day that a `tag:` URI needs; a fixed one, so that a shallow clone gives the same ids."""


class FeedEntry(NamedTuple):
    """What one revision changed.

    Attributes:
        id: never changes, whether the revision comes from git or from a folder.
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
        page_url: the address of the published list; empty if it is not known.
        url: the address of the feed itself; empty if it is not known.
    """

    id: str
    language: str
    title: str
    author: str
    updated: date
    page_url: str
    url: str
    entries: tuple[FeedEntry, ...]


def build_feed(
    history: Iterable[HistoryEntry],
    since: date | None = None,
    page_url: str = "",
    url: str = "",
    language: str = ENGLISH,
) -> Feed | None:
    """Return the feed of a history; None if no revision of it could be read.

    Moments that change nothing are left out, and so is what lies before `since`.
    """
    revisions = [entry for entry in history if entry.new]
    readable = [entry.new for entry in revisions if entry.new]
    if not readable:
        return None
    newest = readable[-1]
    base = _build_feed_id(newest, url or page_url)
    formatter = ChangeFormatter(language)
    entries = tuple(_iter_entries(formatter, revisions, base))
    publisher = newest.model.publisher
    return Feed(
        id=base,
        language=language,
        title=formatter.format_feed_text("title", publisher=publisher),
        author=publisher,
        updated=max(registry.model.date for registry in readable),
        page_url=page_url,
        url=url,
        entries=tuple(each for each in entries[::-1] if since is None or each.updated >= since),
    )


def _build_feed_id(newest: Registry, url: str) -> str:
    """Return the id of a feed, a `tag:` URI (RFC 4151): whose list it is.

    Without an address the publisher's name is under `.invalid`, which belongs to nobody (RFC 2606).
    """
    host = urlsplit(url).hostname or f"{_to_domain_label(newest.model.publisher)}.invalid"
    return f"tag:{host},{_TAG_DATE}:subprocessors"


def _to_domain_label(publisher: str) -> str:
    """Return a name as a label of a domain: letters, digits and hyphens of ASCII, at most 63 of them."""
    ascii_only = strip_accents(slugify(publisher)).encode("ascii", "ignore").decode().strip("-")
    return ascii_only[:63].rstrip("-") or f"x{sha256(publisher.encode()).hexdigest()[:12]}"


def _iter_entries(
    formatter: ChangeFormatter, revisions: Iterable[HistoryEntry], base: str
) -> Iterator[FeedEntry]:
    """Yield the entries, oldest first; a revision that comes back gets an id of its own."""
    seen: Counter[str] = Counter()
    for entry in revisions:
        if entry.new is None or not (entry.changes or entry.event is Event.FIRST):
            continue
        model = entry.new.model
        name = f"{base}/{model.version}/{entry.new.sha256[:16]}"
        seen[name] += 1
        yield FeedEntry(
            id=name if seen[name] == 1 else f"{name}/{seen[name]}",
            title=_format_title(formatter, entry, model.version),
            updated=model.date,
            level=find_highest_level(entry.changes),
            points=tuple(_iter_points(formatter, entry)),
        )


def _format_title(formatter: ChangeFormatter, entry: HistoryEntry, version: str) -> str:
    if entry.old is None:
        return formatter.format_feed_text("first", version=version)
    level = formatter.format_level(find_highest_level(entry.changes) or Level.EDITORIAL)
    return formatter.format_feed_text(
        "changed", version=version, changes=formatter.format_count("change", len(entry.changes)), level=level
    )


def _iter_points(formatter: ChangeFormatter, entry: HistoryEntry) -> Iterator[str]:
    if entry.old is None or entry.new is None:
        names = (service.name for service in entry.new.model.services.values()) if entry.new else ()
        yield from names
        return
    for change in entry.changes:
        text = formatter.format_change((entry.old, entry.new), change)
        yield f"{text} ({formatter.format_level(change.level)})"


MEDIA_TYPE = "application/atom+xml"


def render(feed: Feed) -> str:
    """Return a feed as an XML document."""
    return "\n".join(_iter_lines(feed)) + "\n"


def _iter_lines(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.language}">'
    yield f"  <id>{_escape_text(feed.id)}</id>"
    yield f"  <title>{_escape_text(feed.title)}</title>"
    yield f"  <updated>{_format_timestamp(feed.updated)}</updated>"
    yield f"  <author><name>{_escape_text(feed.author)}</name></author>"
    if feed.url:
        yield f'  <link rel="self" type="{MEDIA_TYPE}" href={_quote_attribute(feed.url)}/>'
    if feed.page_url:
        yield f'  <link rel="alternate" type="text/html" href={_quote_attribute(feed.page_url)}/>'
    yield "  <generator>subproc</generator>"
    for entry in feed.entries:
        yield from _iter_entry_lines(entry, feed.page_url)
    yield "</feed>"


def _iter_entry_lines(entry: FeedEntry, page_url: str) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{_escape_text(entry.id)}</id>"
    yield f"    <title>{_escape_text(entry.title)}</title>"
    yield f"    <updated>{_format_timestamp(entry.updated)}</updated>"
    if entry.level:
        yield f'    <category term="{entry.level}"/>'
    if page_url:
        yield f'    <link rel="alternate" type="text/html" href={_quote_attribute(page_url)}/>'
    points = "".join(f"<li>{_escape_text(point)}</li>" for point in entry.points)
    yield f'    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><ul>{points}</ul></div></content>'
    yield "  </entry>"


def _format_timestamp(day: date) -> str:
    """Return a day as RFC 3339 asks for it: a list states a day, so its first second in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def _escape_text(text: str) -> str:
    return escape(sanitize_xml(text))


def _quote_attribute(text: str) -> str:
    return quoteattr(sanitize_xml(text))
