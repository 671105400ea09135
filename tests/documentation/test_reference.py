"""The page of formats, exit codes and limits is generated from the code; `make docs-update` writes it."""

import os
import re
import shlex
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.core import TyperOption

from subproc_cli.cli import exit_codes, main
from subproc_cli.cli.app import COMMANDS, CommandGroup, app
from subproc_cli.cli.wrapping import PROMPT_ROWS
from subproc_cli.errors import SubprocError
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.records import RECORDS

ROOT = Path(__file__).parent.parent.parent
PACKAGE = Path(main.__file__).parent.parent
FILE = ROOT / "docs" / "formats.md"
MIB = 1024 * 1024
BOUNDS = {
    "yaml.source.MAX_BYTES": "the size of a list, of a revision in git or of a customer file",
    "yaml.builder.MAX_VALUES": "keys and values in a YAML file",
    "yaml.builder.MAX_ITEMS": "items of one list, and keys of one mapping",
    "yaml.builder.MAX_TEXT": "characters of one text in YAML",
    "yaml.builder.MAX_DEPTH": "levels of nesting in YAML",
    "yaml.builder.MAX_ALIASED": "values that aliases in YAML add up to",
    "registry.vocabulary.MAX_OWN": "categories of your own; also regions, and policies",
    "question.parser.MAX_LENGTH": "characters of a question",
    "question.reading.MAX_WORDS": "words of a question",
    "question.chart.MAX_MEANINGS": "meanings of one phrase of a question",
    "text.MAX_ID": "characters of an id",
    "notice.customers.csv_table.MAX_COLUMNS": "columns of a customer file in CSV",
    "question.sentence.MAX_NAME": "words of one name in a question",
    "notice.ledger.ledger.MAX_BYTES": "the size of a ledger",
    "rules.config.MAX_BYTES": "the size of a pyproject.toml",
    "importers.import_file.MAX_BYTES": "the size of a file to import",
    "importers.formats.literals._MAX_REREAD": "characters read again because of unclosed brackets in a script, in addition to four times its size",
    "importers.formats.csv.MAX_COLUMNS": "columns of a table in CSV",
    "importers.formats.office_archive.MAX_UNPACKED": "the unpacked size of a workbook or Word file",
    "importers.formats.office_archive.MAX_NODES": "elements and attributes in the XML of a workbook or Word file",
    "importers.formats.office_archive.MAX_TAG": "the size of a tag in the XML of a workbook or Word file",
    "importers.formats.docx.MAX_SPAN": "columns that one cell of a table in a Word file spans",
    "importers.formats.xlsx_sheets.MAX_CELLS": "cells of a sheet of a workbook, up to the last that is not empty",
    "importers.formats.xlsx_sheets.MAX_TEXT": "characters of a cell of a workbook",
    "notice.letters.templates.MAX_BYTES": "bytes of a template of your own",
}
"""Beyond these something is refused."""
TOLD = {
    "importers.formats.html.MAX_SPAN": "cells that one cell of a table in HTML spans",
    "importers.formats.html.MAX_FILLED": "cells of a table in HTML that are filled because others span them",
    "exporters.feed_entries._MAX_NAMES": "services that are named in the title of a feed entry",
    "importers.layouts.set_apart._MAX_STARTS": "items of one list of a page that are tried as its first service",
    "importers.matching._MOST_PAIRS": "pairs of services with the same name that `import --into` compares",
    "importers.text.values.MAX_READ": "characters of a text that an import reads word by word; longer texts are kept as they are",
    "diagnostics.MAX_PROBLEMS": "YAML errors of a file that are listed, and errors in its fields; the rest are counted",
    "suggest.MAX_SUGGESTIONS": "wrong references, suppressions and severities for which the nearest name is proposed",
    "text.MAX_LISTED": "lines, or customers, that a message names; the rest are counted",
    "question.reading.MAX_PROPOSALS": "questions that are proposed when a question is refused",
    "question.suggestions.MAX_TRIES": "corrections of a question that are tried",
    "question.suggestions.MAX_WORDS_READ": "words of all corrections and replacements that are tried",
    "question.islands.MAX_ISLANDS": "parts of a refused question that a proposal joins",
    "question.islands._MAX_GAP": "words between a negation and what a proposal takes as negated",
    "question.suggestions.MAX_SLIPS": "misspelt words of a question that are corrected together",
    "cli.commands.which._MAX_ATTEMPTS": "attempts to choose a meaning of an ambiguous question at the prompt",
    "question.suggestions.MAX_REPLACED": "words of a question that are replaced together in a proposal",
    "question.suggestions.MAX_SENTENCES": "sentences of a refused question that are read on their own",
    "notice.report.MAX_NAMED": "customers of a dry run whose left-out changes are listed one by one",
    "notice.runs.dry_run.MAX_LETTERS": "different letters of a dry run whose facts are shown",
    "history.revision_names.MAX_OTHERS": "further revisions that are reported for having the same version but different content",
    "importers.layouts.tables._MAX_LISTED": "columns that a message lists if no column contains the names of services",
}
"""Beyond these less is read, searched or shown."""
WIDTHS = {"output.terminal.MAX_WORD", "output.terminal.MAX_NAME"}
"""Columns of a page, beyond which a word goes to the next line."""


def bounds(rows: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for path, what in rows.items():
        module, _, name = path.rpartition(".")
        value = getattr(import_module(f"subproc_cli.{module}"), name)
        yield f"{value // MIB} MiB" if value % MIB == 0 else value, what


FILES = """\
Files are replaced atomically: if a run is killed or the disk is full, the file has its old or its new content, never a part of
it. `-o` and `--out` refuse to overwrite a registry or a ledger. The folders of `--out` and `--eject` are written file by file.

A replaced file keeps its owner, group and permissions, and on Linux its access control list and extended attributes. If that is
not possible (usually because the file belongs to another user), nothing is written and the command exits with 2. A symbolic link
is kept and its target is replaced; a hard link is broken. A write-protected file is refused, and so is a link in a folder of
`--out` that leads out of it.

A killed run can leave a partial file named `.NAME.XXXXXXXX` in the same folder. You can delete it. Until the file is complete,
only its owner can read it.

A command that edits a registry or a changelog checks that the file has not changed since it was read. If it has, the command
writes nothing and exits with 2: run it again. During this check the folder of the file is locked. Where folders cannot be locked
(Windows, some network drives), two runs within the same millisecond can still conflict. A ledger is locked while notices are
written, and another run waits. Each line of the ledger is on the disk before the next letter is written.

Ctrl-C exits with 130. If you press it while Python starts, you may see a traceback of Python or the process may end by the signal.

Output for programs (JSON, CSV, exports, registries) is always UTF-8. In text for people, characters that the locale does not support
are written as `->`, `'`, `"`, `-` and `...`, and all others as escapes.
"""


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(f"{each:,}" if isinstance(each, int) else str(each) for each in row) + " |"
    yield ""


def choices() -> Iterator[tuple[str, str]]:
    group = typer.main.get_command(app)
    assert isinstance(group, CommandGroup)
    for name in (name for name in COMMANDS if name != "import"):
        command = group.get_command(typer.Context(group), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, TyperOption) and "--format" in parameter.opts:
                yield f"`{name}`", ", ".join(f"`{each}`" for each in parameter.type_descriptor.choices or ())


def schemas() -> list[str]:
    return sorted(record.schema_name for record in RECORDS)


def sections() -> Iterator[str]:
    yield "# Formats, exit codes and bounds\n"
    yield "This page lists exit codes, formats and limits. Results go to standard output, messages to standard error. A closed pipe is not\nan error.\n"
    yield "## Exit codes\n"
    yield from table(("code", "meaning"), exit_codes.MEANINGS.items())
    yield "## What a command writes\n"
    yield "`--format` (`-f`) takes one of these formats. The first one is the default.\n"
    yield from table(("command", "formats"), choices())
    yield "The field `schema` of a JSON record names its type and version. The version changes if a field is removed or changes its meaning."
    yield "New fields can appear at any time, so ignore fields that you do not know. `subproc schema NAME`"
    yield "prints the JSON Schema of a record. [The fields of each record](records.md):"
    yield f"{', '.join(f'`{each}`' for each in schemas())}.\n"
    yield "In CSV, a cell that a spreadsheet would read as a formula starts with an apostrophe. Dates are in ISO 8601.\n"
    yield "Characters that control a terminal, or hide or reorder text, are written as escapes (`\\u202e`) in every format except `sqlite`."
    yield "A database contains the original texts, so escape them when you print them. Joiners are kept where spelling needs them: between"
    yield "letters of Persian, Sinhala or Malayalam, in emoji and in flags. In other text, such as Latin words, they are escaped too.\n"
    yield "If a text already looks like an escape, its backslash is escaped: a typed `\\u202e` is written as `\\x5cu202e`. So the original text"
    yield "can be restored. JSON, YAML and Fides use their own escapes, and `import` decodes those in CSV and Excel files from `export`, except"
    yield "that line breaks and tabs become spaces. Messages, and quoted lines of a file, keep their backslashes.\n"
    yield "## How files are written\n"
    yield FILES
    yield "## What `subproc export` writes\n"
    yield from table(
        ("format", "what it is", "ending", "languages"),
        (
            (f"`{each.name}`", each.summary, f".{each.extension}", "en, de, fr" if each.is_translated else "")
            for each in EXPORTERS
        ),
    )
    yield "## What `subproc import` reads\n"
    kinds = ", ".join(f"`{kind}`" for kind in InputFormat if kind is not InputFormat.AUTO)
    yield f"{kinds}. The format is detected from the name and content of the file. To set it, use `--format`.\n"
    yield "## Bounds\n"
    yield "Input over these limits is refused with an error.\n"
    yield from table(("at most", "of"), bounds(BOUNDS))
    yield "Over these limits, the input is accepted, but less of it is read, searched or shown.\n"
    yield from table(("at most", "of"), bounds(TOLD))


@pytest.mark.docs
def test_formats_page_is_generated_from_the_code() -> None:
    text = "\n".join(sections())
    if os.environ.get("UPDATE_DOCS"):
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


def test_exit_codes_of_errors_are_all_documented() -> None:
    faults, codes = [SubprocError], {exit_codes.SUCCESS, exit_codes.INTERRUPTED}
    for fault in faults:
        codes.add(fault.exit_code)
        faults += fault.__subclasses__()
    assert codes == set(exit_codes.MEANINGS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_fits_80_columns_and_has_valid_examples(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main.main([name, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > 80 or "<" in line] == []
    examples = [shlex.split(line) for line in lines if line.startswith(f"  subproc {name}")]
    assert examples
    group = typer.main.get_command(app)
    assert isinstance(group, CommandGroup)
    command = group.get_command(typer.Context(group), name)
    assert command is not None
    for _, _, *arguments in examples:
        command.make_context(name, arguments)  # a usage error is raised


def test_help_of_the_program_fits_80_by_24(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main.main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 24 - PROMPT_ROWS
    assert max(map(len, lines)) <= 80
    assert all(any(f" {name} " in line for line in lines) for name in COMMANDS)
    monkeypatch.setenv("COLUMNS", "60")
    assert main.main(["--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def test_limits_in_the_code_are_all_documented() -> None:
    found = {
        f"{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}.{name}"
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"^(_?(?:MAX|MOST)_\w+)(?:: \w+)? =", path.read_text("utf-8"), re.MULTILINE)
    }
    assert found == {*BOUNDS, *TOLD, *WIDTHS}
