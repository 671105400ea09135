"""The public list as one HTML page that needs nothing else, or as a folder for any static host."""

from collections.abc import Callable
from urllib.parse import urljoin

from subproc_cli.describe.wording import PageWording
from subproc_cli.errors import UsageError
from subproc_cli.exporters import annex_iii, annex_iii_docx, csv, dpv, xlsx
from subproc_cli.exporters import feed as atom
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.feed_entries import FeedAddresses, build_feed
from subproc_cli.exporters.published import find_preceding_history, find_visible_services
from subproc_cli.exporters.site.data import build_record
from subproc_cli.exporters.site.page import LinkedFiles, render_page
from subproc_cli.output import json

_DATA = "registry.json"
_DOWNLOADS: dict[str, tuple[str, str, Callable[[Export], bytes]]] = {
    "list.csv": ("CSV", "text/csv", csv.render),
    "list.xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.render),
    _DATA: ("JSON", "application/json", lambda export: json.render(build_record(export)).encode()),
    "list.jsonld": ("JSON-LD", "application/ld+json", dpv.render),
}
"""Files for spreadsheets and programs: the label, the media type and the function that writes each."""
_TRANSLATED = ("list.csv", "list.xlsx")
_ANNEXES: dict[str, tuple[str, str, Callable[[Export], bytes]]] = {
    "annex-iii.docx": (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        annex_iii_docx.render,
    ),
    "annex-iii.md": ("Markdown", "text/markdown", annex_iii.render),
}
"""The annex in each form; the first that can be written is used."""


def render(export: Export) -> bytes:
    """Return the page alone."""
    return render_page(export, LinkedFiles(page_url=export.url)).encode()


def render_files(export: Export) -> dict[str, bytes]:
    """Return the page in the language of the export, with the files that it links to.

    The files for programs are written with the first of the languages only.
    """
    is_first = export.language == (export.languages or (export.language,))[0]
    chosen = export._replace(services=find_visible_services(export), is_public=True, is_for_people=True)
    wording = PageWording(export.registry, export.language)
    downloads: dict[str, tuple[str, str]] = {}
    contents: dict[str, bytes] = {}
    for base_name, (label, media_type, render_file) in _DOWNLOADS.items():
        name = name_file(base_name, export) if base_name in _TRANSLATED else base_name
        content = _try(render_file, export if base_name == _DATA else chosen)
        if content is not None:
            downloads[name] = label, media_type
            contents |= {name: content} if is_first or base_name in _TRANSLATED else {}
    for base_name, (label, media_type, render_file) in _ANNEXES.items():
        content = _try(render_file, chosen)
        if content is not None:
            name = name_file(base_name, export)
            downloads[name] = wording.format_text("download-annex", kind=label), media_type
            contents[name] = content
            break
    page_name, feed_name = (name_file(name, export) for name in ("index.html", "feed.xml"))
    page_url = export.url if is_first else _build_sibling_url(export.url, page_name)
    feed = build_feed(
        find_preceding_history(export),
        addresses=FeedAddresses(page_url, _build_sibling_url(export.url, feed_name)),
        language=export.language,
    )
    if feed:
        contents[feed_name] = atom.render(feed).encode()
    languages = {each: name_file("index.html", export, each) for each in export.languages}
    linked = LinkedFiles(downloads, feed_name if feed else "", languages, page_url)
    return {page_name: render_page(export, linked).encode(), **contents}


def name_file(name: str, export: Export, language: str = "") -> str:
    """Return the name of a file in a language: `index.html` in the first one, `index.de.html` in others."""
    language = language or export.language
    if language == (export.languages or (language,))[0]:
        return name
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{language}.{ending}"


def _try(render_file: Callable[[Export], bytes], export: Export) -> bytes | None:
    """Return a file; None if the library that writes it is not installed."""
    try:
        return render_file(export)
    except UsageError:
        return None


def _build_sibling_url(page_url: str, name: str) -> str:
    """Return the address of a file next to a page; empty if the address of the page is not known."""
    return urljoin(page_url, name) if page_url else ""
