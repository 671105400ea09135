"""The reference of formats, exit codes and bounds says what the code says; UPDATE_DOCS=1 writes it anew."""

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
    "question.lexer.MAX_QUESTION": "characters of a question",
    "question.reader.MAX_DEPTH": "levels of parentheses and negations in a question",
    "text.MAX_ID": "characters of an id",
    "notice.customers_csv.MAX_COLUMNS": "columns of a table of customers",
    "question.reader.MAX_PHRASE": "words of one name in a question",
    "notice.ledger.MAX_BYTES": "the size of a ledger",
    "rules.config.MAX_BYTES": "the size of a pyproject.toml",
    "importers.formats.MAX_BYTES": "the size of a file to import",
    "importers.csv.MAX_COLUMNS": "columns of a table in CSV",
    "importers.xlsx.MOST_UNPACKED": "the size of what a workbook unpacks to",
    "importers.xlsx.MOST_CELLS": "cells of a sheet of a workbook",
    "notice.templates.MAX_BYTES": "bytes of a template of your own",
}
"""Beyond these something is refused."""
TOLD = {
    "importers.html_blocks.MAX_SPAN": "cells that one cell of a table in HTML spans",
    "importers.html_blocks.MAX_FILLED": "cells of a table in HTML that are filled so",
    "importers.merge._MOST_PAIRS": "pairs of services of one name, of a file and of a list, that `import --into` compares",
    "importers.text.values.MAX_READ": "characters of a text to import that is read word by word",
    "diagnostics.MAX_PROBLEMS": "problems of the YAML of a file, and as many of its fields; the rest are counted",
    "suggest.MAX_SUGGESTIONS": "wrong references, suppressions and severities for which a right one is proposed",
    "text.MAX_LISTED": "lines, or customers, that a message names; the rest are counted",
    "question.refusal.MAX_PROPOSED": "questions that are proposed instead of one that is refused",
    "question.refusal.MAX_REPLACED": "characters of a question instead of which others are proposed",
    "notice.report.MAX_NAMED": "customers of a dry run whose left-out changes are told one by one",
    "history.revisions.MAX_OTHERS": "further revisions with the version of the one that is read and with other content",
    "cli.registry_file._MAX_LISTED_IDS": "services left out by a question that are named",
    "importers.tables._MOST_TOLD": "texts of a table that say nothing of a service and are told",
}
"""Beyond these less is read, looked for or told."""
WIDTHS = {"output.layout.MAX_WORD", "output.layout.MAX_NAME"}
"""Columns of a page, beyond which a word goes to the next line."""


def bounds(rows: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for path, what in rows.items():
        module, _, name = path.rpartition(".")
        value = getattr(import_module(f"subproc_cli.{module}"), name)
        yield f"{value // MIB} MiB" if value % MIB == 0 else value, what


FILES = """\
A file is replaced whole: whoever reads it, and a run that is killed or finds the disk full, finds the old one or the new one.
No result of `-o` or `--out` takes the place of a list or of a ledger: nothing makes them again.
It keeps its owner, group and permissions, on Linux also its access control list and extended attributes. Where the new file
cannot have them (mostly because the file belongs to another user), nothing is written and the command exits with 2. A symbolic
link stays as well, and what it leads to is replaced; a hard link is cut. A file that may not be written is refused, even where
a new one could take its place. The folders of `--out` and `--eject` are written file by file.

A run that is killed can leave the part that it had written beside the file, as `.NAME.XXXXXXXX`. Nothing looks at it; delete it.
It is open to its owner only until it is complete, and never to more people than the file itself.

A command that edits a list or a changelog compares the file with what it had read right before it replaces it. Where another
run was faster, it says so, leaves with 2 and has written nothing: run it again. For that moment it locks the folder of the file;
where folders cannot be locked (Windows, some network drives), two runs within the same thousandth of a second can still collide.
A ledger is locked while notices are written, and the other run waits; each of its lines is on the disk before the next letter.

Ctrl-C leaves with 130. In the first hundredths of a second, before the first line of the program, Python itself is
interrupted: then it is a traceback of Python's own, or death by the signal.

What programs read (JSON, CSV, exports, lists) is in UTF-8, whatever the locale. In a text for people, signs that the locale
cannot carry are written as `->`, `'`, `"`, `-` and `...`, and all others as escapes.
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
    text = "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    return sorted(set(re.findall(r'"(subproc/[a-z]+/\d)"', text)))


def sections() -> Iterator[str]:
    yield "# Formats, exit codes and bounds\n"
    yield "Results go to standard output, everything else to standard error. A closed pipe is no error.\n"
    yield "## Exit codes\n"
    yield from table(("code", "meaning"), exit_codes.MEANINGS.items())
    yield "## What a command writes\n"
    yield "`--format` (`-f`) takes one of these; the first is what comes without it.\n"
    yield from table(("command", "formats"), choices())
    yield "A record in JSON names what it is in its field `schema`. The number behind it goes up when a field goes or means something"
    yield "else; new fields come without that, so let a program pass over what it does not know. [What each holds](records.md):"
    yield f"{', '.join(f'`{each}`' for each in schemas())}.\n"
    yield "In CSV, a cell that a spreadsheet would take for a formula begins with an apostrophe; dates are ISO 8601.\n"
    yield "Characters that drive a terminal, hide or turn text come out as escapes (`\\u202e`) in every format but `sqlite`: a"
    yield "database holds the texts as they stand in the list, so whoever prints one makes them harmless. Joiners stay where spelling"
    yield "needs them: between letters of Persian, Sinhala or Malayalam, in emoji and flags. Elsewhere, as in Latin words, they are"
    yield "escapes too.\n"
    yield "A text that looks like an escape has its backslash as one: `\\u202e` that somebody typed comes out as `\\x5cu202e`. So what is"
    yield "read back is what was written: JSON, YAML and Fides use the escapes of their own format, and `import` undoes those in the CSV"
    yield "and Excel files that `export` writes. Only line breaks and tabs become blanks there. Messages, and lines of a file that are shown"
    yield "as they are, keep their backslashes.\n"
    yield "## How it is written\n"
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
    yield f"{kinds}. The name of a file and its beginning tell which it is; `--format` says so.\n"
    yield "## Bounds\n"
    yield "What is beyond them is refused with one message before it can hurt.\n"
    yield from table(("at most", "of"), bounds(BOUNDS))
    yield "Beyond these, less is read, looked for or told.\n"
    yield from table(("at most", "of"), bounds(TOLD))


def test_the_reference_says_what_the_code_says() -> None:
    text = "\n".join(sections())
    if os.environ.get("UPDATE_DOCS"):
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


def test_no_other_exit_code() -> None:
    faults, codes = [SubprocError], {exit_codes.SUCCESS, exit_codes.INTERRUPTED}
    for fault in faults:
        codes.add(fault.exit_code)
        faults += fault.__subclasses__()
    assert codes == set(exit_codes.MEANINGS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_fits_and_its_examples_are_commands(
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


def test_the_help_of_the_program_fits_the_smallest_usual_screen(
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


def test_no_bound_is_missing() -> None:
    found = {
        f"{'.'.join(path.relative_to(PACKAGE).with_suffix('').parts)}.{name}"
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"^(_?(?:MAX|MOST)_\w+)(?:: \w+)? =", path.read_text("utf-8"), re.MULTILINE)
    }
    assert found == {*BOUNDS, *TOLD, *WIDTHS}
