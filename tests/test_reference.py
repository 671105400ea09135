"""The reference of formats, exit codes and bounds says what the code says; UPDATE_DOCS=1 writes it anew."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import typer  # noqa: TID251
from typer.core import TyperOption  # noqa: TID251

from subproc_cli.cli import guard, press
from subproc_cli.cli.app import app
from subproc_cli.cli.commands import COMMANDS, Commands
from subproc_cli.errors import SubprocError
from subproc_cli.intake import csv, importers
from subproc_cli.intake.kind import Kind
from subproc_cli.publish.exporters import EXPORTERS
from subproc_cli.question import reader
from subproc_cli.registry import document, source
from subproc_cli.render import template

ROOT = Path(__file__).parent.parent
PACKAGE = Path(guard.__file__).parent.parent
FILE = ROOT / "docs" / "formats.md"
MIB = 1024 * 1024
CODES = {
    0: "fine",
    1: "findings: of `check`, a change at or above `--fail-on` of `diff`, an answer that `--fail-on` of `which` names; or a notice "
    "that would go out too late or incomplete",
    2: "the command line, a question or a path is not understood, or a file cannot be written",
    3: "a list, a revision of one, a customer file or a page cannot be read",
    70: "a bug; please report it",
    130: "interrupted",
}
BOUNDS = [
    ("the size of a list or a customer file", f"{source.MAX_BYTES // MIB} MiB"),
    ("levels of nesting in YAML", document.MAX_DEPTH),
    ("values that aliases in YAML add up to", document.MAX_ALIASED),
    ("levels of parentheses and negations in a question", reader.MAX_DEPTH),
    ("the size of a file to import", f"{importers.MAX_BYTES // MIB} MiB"),
    ("columns of a table in CSV", csv.MAX_COLUMNS),
    ("bytes of a template of your own", press.MAX_TEMPLATE),
    ("lines that a template of your own runs through for a letter", template.MAX_STEPS),
    ("characters of a text that a template builds", template.MAX_TEXT),
    ("numbers that `range` gives to a template", template.MAX_RANGE),
]


FILES = """\
A file is replaced whole: whoever reads it, and a run that is killed or finds the disk full, finds the old one or the new one.
Its permissions stay. A symbolic link stays as well, and what it leads to is replaced; a hard link is cut. A file that may not
be written is refused, even where a new one could take its place. The folders of `--out` and `--eject` are written file by file.

A run that is killed can leave the part that it had written beside the file, as `.NAME.XXXXXXXX`. Nothing looks at it; delete it.

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
    assert isinstance(group, Commands)
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
    yield from table(("code", "meaning"), CODES.items())
    yield "## What a command writes\n"
    yield "`--format` (`-f`) takes one of these; the first is what comes without it.\n"
    yield from table(("command", "formats"), choices())
    yield "A record in JSON names what it is in its field `schema`. The number behind it goes up when a field goes or means something"
    yield "else; new fields come without that, so let a program pass over what it does not know. The records:"
    yield f"{', '.join(f'`{each}`' for each in schemas())}.\n"
    yield "In CSV, a cell that a spreadsheet would take for a formula begins with an apostrophe; dates are ISO 8601.\n"
    yield "## How it is written\n"
    yield FILES
    yield "## What `subproc export` writes\n"
    yield from table(
        ("format", "what it is", "ending", "languages"),
        (
            (f"`{each.name}`", each.summary, f".{each.extension}", "en, de, fr" if each.translated else "")
            for each in EXPORTERS
        ),
    )
    yield "## What `subproc import` reads\n"
    kinds = ", ".join(f"`{kind}`" for kind in Kind if kind is not Kind.AUTO)
    yield f"{kinds}. The name of a file and its beginning tell which it is; `--format` says so.\n"
    yield "## Bounds\n"
    yield "What is beyond them is refused with one message before it can hurt.\n"
    yield from table(("at most", "of"), ((bound, what) for what, bound in BOUNDS))


def test_the_reference_says_what_the_code_says() -> None:
    text = "\n".join(sections())
    if os.environ.get("UPDATE_DOCS"):
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


def test_no_other_exit_code() -> None:
    faults, codes = [SubprocError], {0, guard.BUG, guard.INTERRUPTED}
    for fault in faults:
        codes.add(fault.exit_code)
        faults += fault.__subclasses__()
    assert codes == set(CODES)
