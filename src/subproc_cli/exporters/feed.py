"""Atom (RFC 4287): the feed format of the IETF. Values of a list are escaped as text."""

from collections.abc import Iterator
from datetime import date
from html import escape

from subproc_cli.exporters.feed_entries import Feed, FeedEntry
from subproc_cli.output.sanitize import sanitize_xml

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
    yield f"    <published>{_format_timestamp(entry.updated)}</published>"
    yield f"    <updated>{_format_timestamp(entry.updated)}</updated>"
    if entry.level:
        yield f'    <category term="{entry.level}"/>'
    if page_url:
        url = f"{page_url.partition('#')[0]}#{entry.service}" if entry.service else page_url
        yield f'    <link rel="alternate" type="text/html" href={_quote_attribute(url)}/>'
    content = "".join(_iter_content(entry))
    yield f'    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{content}</div></content>'
    yield "  </entry>"


def _iter_content(entry: FeedEntry) -> Iterator[str]:
    """Yield the changes, what a new service is, and the terms, as elements of XHTML."""
    points = "".join(f"<li>{_escape_text(point)}</li>" for point in entry.points)
    yield f"<ul>{points}</ul>"
    for service in entry.new_services:
        yield f"<h3>{_escape_text(service.name)}</h3><dl>"
        for label, values in service.facts:
            yield f"<dt>{_escape_text(label)}</dt>"
            yield "".join(f"<dd>{_escape_text(value)}</dd>" for value in values)
        yield "</dl>"
    yield from (f"<p>{_escape_text(text)}</p>" for text in entry.terms)


def _format_timestamp(day: date) -> str:
    """Return a day as RFC 3339 asks for it: a list states a day, so its first second in UTC."""
    return f"{day.isoformat()}T00:00:00Z"


def _escape_text(text: str) -> str:
    return escape(sanitize_xml(text), quote=False)


def _quote_attribute(text: str) -> str:
    return f'"{escape(sanitize_xml(text))}"'
