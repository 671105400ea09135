"""The public list as Markdown, for a page of a company's documentation."""

from subproc_cli.publish.export import Export
from subproc_cli.render import markdown
from subproc_cli.views.services import ServicesView


def render(export: Export) -> bytes:
    """Return the page."""
    view = ServicesView(export.about, export.services, export.day)
    return markdown.render(view.page()).encode()
