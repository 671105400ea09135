"""The page of the manual: every command with its examples and options, as the code has them."""

import re
from collections.abc import Iterator

import typer

from subproc_cli.cli.app import GROUPS, CommandGroup, app
from subproc_cli.cli.exit_codes import MEANINGS
from subproc_cli.cli.help import Command, HelpEntry

HEAD = r"""
.TH SUBPROC 1
.SH NAME
subproc \- who else sees your customers' data
.SH SYNOPSIS
.B subproc
.I COMMAND
[ARGUMENTS] [OPTIONS]
.SH DESCRIPTION
Asks, checks, compares and publishes the list of third-party services (GDPR subprocessors) in
.IR registry.yaml .
.B subproc COMMAND \-\-help
shows what stands here of a command.
.SH OPTIONS
.TP
\fB\-V\fR, \fB\-\-version\fR
Print the version.
.TP
\fB\-\-no\-pager\fR
Print long results instead of opening a pager.
.TP
\fB\-\-install\-completion\fR [bash|zsh|fish]
Complete commands, ids, categories, places and revisions in a shell, by default the one that runs.
.TP
\fB\-\-show\-completion\fR [bash|zsh|fish]
Print what that installs.
""".lstrip()
TAIL = r"""
.SH ENVIRONMENT
.TP
.B SUBPROC_REGISTRY
The list, where no option names one.
.TP
.BR NO_COLOR ", " FORCE_COLOR
Whether colour is used.
.TP
.BR SUBPROC_PAGER ", " PAGER
What a long result goes through at a terminal; without them
.BR less ,
and none if it is empty or
.BR cat ,
or after
.BR \-\-no\-pager .
.SH FILES
.TP
.I registry.yaml
The list, here or in a parent folder.
.TP
.I pyproject.toml
Settings of
.B subproc check
in the table tool.subproc.
""".lstrip()


def page() -> str:
    """Return the page in the language of man."""
    group = typer.main.get_command(app)
    assert isinstance(group, CommandGroup)
    above = typer.Context(group, info_name="subproc")
    parts = [HEAD]
    for title, names in GROUPS.items():
        parts.append(f".SH {title.upper()}\n")
        for name in names:
            command = group.get_command(above, name)
            assert isinstance(command, Command)
            parts += described(command, typer.Context(command, info_name=name, parent=above))
    parts.append(".SH EXIT STATUS\n")
    for code, meaning in MEANINGS.items():
        said = meaning.replace("`", "")
        parts.append(f".TP\n.B {code}\n{plain(said[0].upper() + said[1:])}.\n")
    return "".join([*parts, TAIL])


def described(command: Command, context: typer.Context) -> Iterator[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield f'.SS "{plain(usage)}"\n'
    for part in (command.help or "").strip().split("\n\n"):
        example = part.startswith("\b")
        lines = part.removeprefix("\b").strip("\n").split("\n")
        yield ".P\n"
        if example:
            yield ".RS 4\n.nf\n" + "".join(f"{plain(line)}\n" for line in lines) + ".fi\n.RE\n"
        else:
            yield f"{plain(' '.join(lines))}\n"
    for entry in command.iter_entries(context):
        if not entry.name.endswith("--help"):
            yield f".TP\n{named(entry)}\n{plain(' '.join(entry.text.split()))}\n"


def named(entry: HelpEntry) -> str:
    """Return the name of an argument or option, with what is typed as it stands in bold letters."""
    if entry.kind == "argument":
        return rf"\fI{plain(entry.name)}\fR"
    return re.sub(r"(?<!\w)(\\-)+[\w\\-]+", r"\\fB\g<0>\\fR", plain(entry.name))


def plain(text: str) -> str:
    r"""Return a text that man shows as it stands.

    >>> plain(".a-b")
    '\\&.a\\-b'
    """
    safe = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    return rf"\&{safe}" if safe.startswith((".", "'")) else safe
