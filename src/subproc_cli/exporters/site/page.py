"""Puts the page together: one HTML document, its style and script inside and named by their hashes."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import DictLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from subproc_cli.describe.wording import PageWording
from subproc_cli.errors import UsageError
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import (
    find_contact_link,
    find_unstated_facts,
    find_visible_services,
    format_intro,
    is_address,
    iter_list_facts,
)
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.exporters.site.branding import build_style
from subproc_cli.exporters.site.changes import find_years
from subproc_cli.exporters.site.filters import build_filters
from subproc_cli.exporters.site.languages import find_foreign_texts, split_passages
from subproc_cli.exporters.site.rows import ITEMS_PER_CELL, build_tables, find_columns, find_tones
from subproc_cli.exporters.site.structured_data import SafeText, build_structured_data
from subproc_cli.exporters.upcoming import find_upcoming_changes
from subproc_cli.locale.catalogue import load_catalogue
from subproc_cli.output.sanitize import sanitize_line

ASSETS = Path(__file__).parent / "assets"
TEMPLATE_NAMES = ("page.html", "style.css")
"""The files that a folder of own templates can contain."""
_TEMPLATE_FAILURES = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What an expression of a template can raise besides the errors of Jinja."""


class LinkedFiles(NamedTuple):
    """The files in the folder of the page.

    Attributes:
        downloads: the label and the media type of each, by name.
        feed: the name of the feed; empty if there is none.
        languages: the name of the page in each language; empty if there is only one.
        page_url: the address of the page itself, which depends on its language; empty if it is not known.
    """

    downloads: Mapping[str, tuple[str, str]] = {}
    feed: str = ""
    languages: Mapping[str, str] = {}
    page_url: str = ""


def render_page(export: Export, linked_files: LinkedFiles) -> str:
    """Return the page.

    Raises:
        UsageError: a template of the publisher's own is wrong.
    """
    wording = PageWording(export.registry, export.language)
    own_style = export.templates.get("style.css", "").replace("</", "<\\/")  # which does not end the element
    style = "\n".join(
        part for part in (_load_asset("style.css"), build_style(export, wording), own_style) if part
    )
    script = _load_asset("script.js")
    context = _build_context(export, wording, linked_files) | {
        "linked_files": linked_files,
        "style": SafeText(style),
        "script": SafeText(script),
        "policy": _build_policy(style, script),
    }
    try:
        return _create_environment(tuple(export.templates.items())).get_template("page.html").render(context)
    except TemplateSyntaxError as error:
        raise UsageError(f"--template: {error.name or 'page.html'}:{error.lineno}: {error.message}") from None
    except (TemplateError, *_TEMPLATE_FAILURES) as error:
        if not export.templates:
            raise
        raise UsageError(f"--template: page.html: {error}", "see the template that --eject writes") from None


def _build_context(export: Export, wording: PageWording, linked_files: LinkedFiles) -> dict[str, Any]:
    services, model = find_visible_services(export), export.registry.model
    filters = build_filters(export, wording, RegionClassifier(export.registry, export.as_of), services)
    columns = find_columns(export)
    facts_in_table = {{"sees": "data"}.get(field, field) for field in columns.values()}
    tables = build_tables(export, wording, services, filters)
    media_types = {name: media_type for name, (_, media_type) in linked_files.downloads.items()}
    publication = model.publish
    return {
        "list": model,
        "hash": export.registry.sha256,
        "export": export,
        "text": wording.format_text,
        "wording": wording,
        "promises": [*iter_list_facts(export, wording)],
        "intro": format_intro(export, wording),
        "intro_languages": find_foreign_texts(publication, export.language),
        "split_passages": split_passages,
        "legal_notice": publication.legal_notice if publication else None,
        "subscribe": publication.subscribe if publication else None,
        "silent": wording.join_words(model.services[key].name for key in export.unanswered),
        "filters": filters,
        "columns": columns,
        "tables": tables,
        "tones": find_tones(tables),
        "total": len(services),
        "max_items": ITEMS_PER_CELL,
        "upcoming": find_upcoming_changes(export, wording, services),
        "years": find_years(export, wording),
        "missing": find_unstated_facts(export, wording, services, facts_in_table),
        "names_unstated": not publication or publication.not_stated == "once",
        "data_blocks": build_structured_data(export, wording, services, media_types, linked_files.page_url),
        "language_names": {each: load_catalogue(each).name for each in linked_files.languages},
        "is_address": is_address,
        "contact_link": find_contact_link,
    }


def _build_policy(style: str, script: str) -> str:
    """Return the content security policy: only the style and the script of the page, by their hashes."""
    return (
        f"default-src 'none'; style-src '{_compute_hash(style)}'; script-src '{_compute_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _compute_hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _load_asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def load_built_in() -> dict[str, str]:
    """Return the built-in templates, from which a publisher starts its own."""
    return {
        "page.html": '{% extends "subproc/page.html" %}\n' + _load_asset("own.html"),
        "style.css": _load_asset("own.css"),
    }


@cache
def _create_environment(own_templates: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    """Return what renders the page: the built-in template, or one of the publisher's own that extends it."""
    built_in = _load_asset("page.html")
    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({"page.html": built_in, **dict(own_templates), "subproc/page.html": built_in}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_sanitize_value,
    )
    del environment.filters["safe"]  # a text of the list never becomes code of the page
    return environment


def _sanitize_value(value: Any) -> Any:
    """Return what a template prints, deceiving characters made visible."""
    return (
        sanitize_line(value) if isinstance(value, str) and not isinstance(value, Markup | SafeText) else value
    )
