"""Imports a reStructuredText page: docutils converts it to HTML, so that both are read the same way."""

from subproc_cli.errors import UsageError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats import html
from subproc_cli.importers.models import RawTable

_SETTINGS = {
    "file_insertion_enabled": False,  # a page must not make the importer read other files
    "raw_enabled": False,
    "report_level": 5,  # unknown directives are texts like others
    "halt_level": 5,
    "embed_stylesheet": False,
    "doctitle_xform": True,
}


def parse_rst(text: str, labels: Labels) -> RawTable:
    """Return the services of a page.

    Raises:
        UsageError: the library that reads it is not installed.
    """
    try:
        from docutils.core import publish_parts  # only this importer needs it
    except ImportError:
        raise UsageError(
            "reading reStructuredText needs docutils", "pip install 'subproc-cli[import]'"
        ) from None
    parts = publish_parts(text, writer="html5", settings_overrides=_SETTINGS)
    return html.parse_html(parts["html_body"], labels, parts["title"])
