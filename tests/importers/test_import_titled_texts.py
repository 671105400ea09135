"""Lists of texts below titles, in scripts and data: `{title: "Subprocessors", items: ["Alpha: hosting"]}`."""

import json

import pytest

from import_cases import made
from rows import for_rows
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat

TEXTS = ["Alpha: application hosting", "Beta — email delivery, when configured", "Gamma: error monitoring"]
EXPECTED = ["Alpha", "Beta", "Gamma"]


def names_in(text: str, kind: InputFormat = InputFormat.SCRIPT) -> list[str]:
    """Return the names of the services of a text."""
    return [each.name for each in made(text, kind).services.values()]


@for_rows(
    "script",
    [
        f"export default () => <Page title='Legal' sections={{[{{title: 'Current subprocessors', items: {json.dumps(TEXTS)}}}]}} />;",
        f"const LIST = {{title: 'Subprocessors', sections: [{{heading: 'Website', body: {json.dumps(TEXTS)}}}]}};",
        f"export const SUBPROCESSORS = {json.dumps(TEXTS)};",
    ],
)
def test_script_with_texts_below_a_title_of_services_lists_them(script: str) -> None:
    assert names_in(script) == EXPECTED


def test_data_with_texts_below_a_title_of_services_lists_them_with_their_conditions() -> None:
    data = {
        "pages": [
            {"title": "Subprocessors", "items": TEXTS},
            {"title": "Rights", "items": ["Alpha: a right"]},
        ]
    }
    services = made(json.dumps(data), InputFormat.JSON).services
    assert [each.name for each in services.values()] == EXPECTED
    assert [each.condition is not None for each in services.values()] == [False, True, False]


@for_rows(
    "data",
    [
        {
            "title": "Subprocessors",
            "items": ["Notice: thirty days before a change", "Objection: within ten days"],
        },
        {"title": "Subprocessors", "items": ["Alpha: application hosting", "We list every change here."]},
        {"title": "Former subprocessors", "items": TEXTS},
        {"title": "Rights", "items": TEXTS},
        {"title": "Do you use subprocessors?", "items": ["AWS: see the list", "SOC2: audited"]},
    ],
)
def test_texts_that_list_no_services_in_use_are_refused(data: object) -> None:
    with pytest.raises(ReadError):
        made(f"const PAGE = {json.dumps(data)};", InputFormat.SCRIPT)


def test_date_of_the_list_is_that_of_its_page_among_the_dates_of_several() -> None:
    script = (
        'const LEGAL_UPDATED = {privacy: "2026-03-02", subprocessors: "2026-01-05"};\n'
        f"export const SUBPROCESSORS = {json.dumps(TEXTS)};"
    )
    assert str(made(script, InputFormat.SCRIPT).read.model.date) == "2026-01-05"
