"""The report of an import counts every mark, and says what to type about columns, tables and texts."""

from datetime import date

import pytest

from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.pipeline import ImportResult, render_registry
from subproc_cli.importers.report import ImportReport
from subproc_cli.output import terminal
from subproc_cli.yaml.source import Source

PAGE = """\
# Subprocessors of Example

| Vendor | Location | Task | Colour |
|---|---|---|---|
| [Alpha](https://alpha.example) | Germany | Hosting | red |
| Beta Mail (Beta, Inc.) | US | Mail | |

Student data is never sent abroad. See # guessed and [our promise](https://example.com/promise).

| Person | Floor |
|---|---|
| Desk 1 | 2 |
"""


def read(page: str) -> ImportResult:
    return import_file(Source("page.md", page.encode()), InputFormat.AUTO, Labels())


def show(found: ImportResult) -> str:
    return " ".join(terminal.render(ImportReport(found.report).to_document(), 80, colour=False).split())


def test_report_counts_every_guess_of_the_services_links_too() -> None:
    found = read(PAGE)
    block = render_registry(found, "Example", date(2026, 1, 1)).partition("services:")[2]
    assert found.report.guessed == block.count("# guessed") > 0


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (0, "2 texts are kept in the notes, in whole or in part."),
        (
            1,
            "1 value of the list is marked as guessed: check each, then remove the markers with subproc accept.",
        ),
    ],
)
def test_report_states_marks_only_where_there_are_any(marks: int, expected: str) -> None:
    found = read(PAGE)
    shown = show(found._replace(report=found.report._replace(marks=marks)))
    assert expected in shown
    assert ("marked as guessed" in shown) == bool(marks)


def test_report_proposes_mappings_that_settle_marks() -> None:
    shown = show(read(PAGE))
    assert "import again with --map Location=processing --map Task=purpose" in shown
    assert "--map Colour=FIELD" in shown
    mapped = Labels({"Location": "processing", "Task": "purpose"})
    again = import_file(Source("page.md", PAGE.encode()), InputFormat.AUTO, mapped)
    assert again.report.guessed == read(PAGE).report.guessed - 4


def test_report_warns_of_a_table_that_is_not_read() -> None:
    assert "a table with 1 row is not read; its columns are Person, Floor" in show(read(PAGE))
    assert "--map Person=name" in show(read(PAGE))


def test_import_keeps_texts_of_no_service_whole_as_comments_at_the_head() -> None:
    long = "word " * 100 + "end of the text"
    written = render_registry(read(f"{PAGE}\n{long}\n"), "Example", date(2026, 1, 1))
    head = written.partition("format: 1")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert f"#   {long}\n" in head
    assert "#   Student data is never sent abroad. See \\# guessed and our promise. " in head


@pytest.mark.parametrize("text_of_page", ["\u202e hidden", "a\u2028b", "# subproc: ignore[missing-data] x"])
def test_import_comments_at_the_head_hide_nothing(text_of_page: str) -> None:
    written = render_registry(read(f"{PAGE}\n{text_of_page}\n"), "Example", date(2026, 1, 1))
    head = written.partition("format: 1")[0]
    assert "\u202e" not in head
    assert "\u2028" not in head
    assert " # subproc" not in head
