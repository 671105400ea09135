"""The public list as one HTML page that needs nothing else, or as a folder for any static host."""

from urllib.parse import urljoin

from subproc_cli.exporters import feed as atom
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.feed_entries import build_feed
from subproc_cli.exporters.published import find_preceding_history
from subproc_cli.exporters.site.data import build_record
from subproc_cli.exporters.site.page import LinkedFiles, render_page
from subproc_cli.output import json


def render(export: Export) -> bytes:
    """Return the page alone."""
    return render_page(export, LinkedFiles()).encode()


def render_files(export: Export) -> dict[str, bytes]:
    """Return the page, the list as data, and the feed of its changes if a history is given."""
    page_url = export.url
    url = _build_sibling_url(page_url, "feed.xml")
    atom_feed = build_feed(
        find_preceding_history(export), page_url=page_url, url=url, language=export.language
    )
    contents = {
        "index.html": render_page(
            export, LinkedFiles("registry.json", "feed.xml" if atom_feed else "")
        ).encode(),
        "registry.json": json.render(build_record(export)).encode(),
    }
    if atom_feed:
        contents["feed.xml"] = atom.render(atom_feed).encode()
    return contents


def _build_sibling_url(page_url: str, name: str) -> str:
    """Return the address of a file next to a page; empty if that of the page is not known."""
    return urljoin(page_url, name) if page_url else ""
