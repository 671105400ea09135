"""Puts the page together: one HTML document, its style and script inside and named by their hashes."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_visible_services, format_intro, iter_list_facts
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.exporters.site.cards import build_data_choices, build_place_choices, iter_cards
from subproc_cli.exporters.site.charts import build_data_bars, build_place_bars
from subproc_cli.exporters.site.recent_changes import find_recent_changes
from subproc_cli.output.sanitize import sanitize_line

ASSETS = Path(__file__).parent / "assets"


class LinkedFiles(NamedTuple):
    """The files in the folder of the page, by name; empty if there are none."""

    data: str = ""
    feed: str = ""


def render_page(export: Export, linked_files: LinkedFiles) -> str:
    """Return the page."""
    style, script = _load_asset("style.css"), _load_asset("script.js")
    return (
        _create_environment()
        .get_template("page.html")
        .render(
            **_build_context(export),
            linked_files=linked_files,
            style=style,
            script=script,
            policy=_build_policy(style, script),
        )
    )


def _build_context(export: Export) -> Mapping[str, Any]:
    wording, services = PageWording(export.registry, export.language), find_visible_services(export)
    model, classifier = export.registry.model, RegionClassifier(export.registry, export.as_of)
    data, places = build_data_choices(export, wording), build_place_choices(wording, classifier, services)
    silent = [model.services[key].name for key in export.unanswered]
    return {
        "list": model,
        "hash": export.registry.sha256,
        "export": export,
        "text": wording.format_text,
        "wording": wording,
        "promises": [*iter_list_facts(export, wording)],
        "intro": format_intro(export, wording),
        "legal_notice": model.publish.legal_notice if model.publish else None,
        "silent": wording.join_words(silent),
        "data": data,
        "places": places,
        "cards": [*iter_cards(export, services, data, places)],
        "place_bars": build_place_bars(export, wording, services),
        "data_bars": build_data_bars(export, wording, services),
        "changes": find_recent_changes(export, wording) if export.history else None,
    }


def _build_policy(style: str, script: str) -> str:
    """Return what the page may load: nothing but its own style and script, known by their hashes."""
    return (
        f"default-src 'none'; style-src '{_compute_hash(style)}'; script-src '{_compute_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _compute_hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _load_asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


@cache
def _create_environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_sanitize_value,
    )


def _sanitize_value(value: Any) -> Any:
    """Return what a template prints, deceiving characters made visible."""
    return sanitize_line(value) if isinstance(value, str) and not isinstance(value, Markup) else value
