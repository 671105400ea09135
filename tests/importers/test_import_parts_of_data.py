"""Data and scripts that hold other lists of a page next to the services."""

from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.yaml.source import Source

MENU = """{"title": "Subprocessors", "menu": [{"name": "Home", "url": "/"}, {"name": "Docs", "url": "/docs"}],
"subprocessors": [{"name": "Alpha", "purpose": "Mail", "location": "France"}],
"faq": [{"title": "What is it?", "description": "A company"}, {"title": "Why?", "description": "Because"}]}"""
SCRIPT = """
const subprocessors = [{name: "Alpha", purpose: "Mail", location: "France"}];
const features = [{name: "Smart Search", description: "Find", location: "EU"},
  {name: "Insights", description: "Charts", location: "EU"}];
const commitments = [{title: "Audits", description: "Every year"}];
"""


def names(text: str, kind: InputFormat) -> list[str]:
    found = import_file(Source("page", text.encode()), kind, Labels())
    return [draft.name for draft in found.drafts.values()]


def test_menu_and_questions_of_a_page_in_data_are_no_services() -> None:
    assert names(MENU, InputFormat.JSON) == ["Alpha"]


def test_features_next_to_services_in_a_script_are_no_services() -> None:
    assert names(SCRIPT, InputFormat.SCRIPT) == ["Alpha"]
