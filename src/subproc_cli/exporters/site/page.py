"""Puts the page together: one HTML document, its style and script inside and named by their hashes."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from subproc_cli.describe.wording import Wording
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import of_the_list, promises, published
from subproc_cli.exporters.regions import Sides
from subproc_cli.exporters.site.cards import cards, data_choices, place_choices
from subproc_cli.exporters.site.charts import data_bars, place_bars
from subproc_cli.exporters.site.recent_changes import told_changes
from subproc_cli.output.sanitize import visible

ASSETS = Path(__file__).parent / "assets"


class Beside(NamedTuple):
    """The files that stand beside the page, by their names; empty if there is none."""

    data: str = ""
    feed: str = ""


def document(export: Export, beside: Beside) -> str:
    """Return the page."""
    style, script = _asset("style.css"), _asset("script.js")
    return (
        _environment()
        .get_template("page.html")
        .render(
            **_model(export),
            beside=beside,
            style=Markup(style),  # noqa: S704  our own files, hashed in the policy
            script=Markup(script),  # noqa: S704
            policy=_policy(style, script),
        )
    )


def _model(export: Export) -> Mapping[str, Any]:
    wording, services = Wording(export.about, export.language), published(export)
    registry, sides = export.about.registry, Sides(export.about, export.day)
    data, places = data_choices(export, wording), place_choices(wording, sides, services)
    silent = [registry.services[key].name for key in export.silent]
    return {
        "list": registry,
        "hash": export.about.sha256,
        "export": export,
        "text": wording.text,
        "wording": wording,
        "promises": [*promises(wording, registry.notice), *of_the_list(registry)],
        "silent": wording.listed(silent),
        "data": data,
        "places": places,
        "cards": [*cards(export, services, data, places)],
        "place_bars": place_bars(export, wording, services),
        "data_bars": data_bars(export, wording, services),
        "changes": told_changes(export, wording) if export.moments else None,
    }


def _policy(style: str, script: str) -> str:
    """Return what the page may load: nothing but its own style and script, known by their hashes."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: Any) -> Any:
    """Return what a template prints, deceiving characters made visible."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
