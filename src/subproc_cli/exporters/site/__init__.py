"""The public list as one HTML page that needs nothing else, or as a folder for any static host."""

from urllib.parse import urljoin

from subproc_cli.exporters import feed as atom
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.feed import feed
from subproc_cli.exporters.published import until_the_list
from subproc_cli.exporters.site.data import record
from subproc_cli.exporters.site.page import Beside, document
from subproc_cli.output import json


def render(export: Export) -> bytes:
    """Return the page alone."""
    return document(export, Beside()).encode()


def files(export: Export) -> dict[str, bytes]:
    """Return the page, the list as data, and the feed of its changes if a history is given."""
    page = export.url
    url = _beside(page, "feed.xml")
    told = feed(until_the_list(export), page=page, url=url, language=export.language)
    contents = {
        "index.html": document(export, Beside("registry.json", "feed.xml" if told else "")).encode(),
        "registry.json": json.render(record(export)).encode(),
    }
    if told:
        contents["feed.xml"] = atom.render(told).encode()
    return contents


def _beside(page: str, name: str) -> str:
    """Return the address of a file beside a page; empty if that of the page is not known."""
    return urljoin(page, name) if page else ""
