"""Atom (RFC 4287): the feed format of the IETF. What comes from a list is text, never markup."""

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from subproc_cli.exporters.feed_entries import Entry, Feed
from subproc_cli.output.xml_text import xml_text

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
