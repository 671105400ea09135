"""The command `subproc` and its sub-commands, in the order of the help."""

import shlex
from functools import cache
from importlib import import_module
from itertools import zip_longest
from keyword import iskeyword
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from subproc_cli.cli.help import TYPED_ARGUMENTS, Command, set_help_callback, show_help
from subproc_cli.cli.wrapping import DEFAULT_WIDTH
from subproc_cli.errors import UsageError
from subproc_cli.suggest import suggest
from subproc_cli.text import join_words
from subproc_cli.version import __version__

GROUPS: dict[str, dict[str, str]] = {
    "Ask": {
        "which": "answer a question",
        "list": "list the services",
        "show": "show one service in full",
        "matrix": "show services by data",
    },
    "Compare": {
        "check": "find errors and gaps",
        "diff": "compare two revisions",
        "bump": "show or set the version",
        "changelog": "write a changelog entry",
        "log": "show the history",
        "rule": "explain a rule or change",
    },
    "Publish": {
        "notice": "write notices (Art. 28(2))",
        "send": "send the mails of a run",
        "respond": "record an answer",
        "status": "show notices and answers",
        "feed": "write an Atom feed",
        "export": "site, CSV, Annex III and more",
    },
    "Edit": {
        "import": "convert a web page or CSV",
        "init": "create a registry",
        "add": "add a service",
        "set": "set a field of a service",
        "accept": "accept guesses of an import",
        "retire": "set the end date of a service",
        "fmt": "format the file",
    },
    "Look up": {
        "categories": "data categories",
        "places": "regions and adequacy",
        "schema": "print the JSON Schema",
    },
}
"""Each command with what it does, as the help shows it."""

HELP = """\b
Query, check and publish your list of GDPR subprocessors:
subproc which process outside the EU
"""
"""The help of the program; with one line more it would not fit the smallest usual screen."""
_SYNONYMS = {
    "which": "ask find query question search",
    "check": "lint test validate verify",
    "diff": "changes compare",
    "log": "history",
    "notice": "mail notify",
    "export": "page publish site",
    "import": "convert",
    "init": "create new",
    "set": "change edit modify rename update",
    "retire": "delete remove rm",
    "fmt": "format",
    "places": "countries laws regions",
    "--version": "version",
}
"""What other programs call a command, by its name here."""
_SHELLS = ("bash", "zsh", "fish")
_OPTIONS = "-h, -V, --no-pager, --install-completion"
"""The options of the program in its help, on the last line of the right column."""
_HELP_COLUMNS = (("Ask", "Compare", "Look up"), ("Publish", "Edit"))
"""The groups of the help, in two columns: so it fits on the smallest usual screen, with a line to type on."""
_LEFT_WIDTH = 38
"""Width of the left side, including the gap to the right side."""

COMMANDS = tuple(name for group in GROUPS.values() for name in group)
"""Each is a module with a function `command` and its text `HELP`; `import` is a keyword, so `import_`."""


class CommandGroup(TyperGroup):
    """A group that imports only the command that is run, which halves the start-up time of short commands."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words after the program: set up completion, or keep them for suggestions."""
        ctx.meta[TYPED_ARGUMENTS] = tuple(args)
        _handle_completion_option(ctx, args)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help."""
        return set_help_callback(super().get_help_option(ctx))

    def collect_usage_pieces(self, _ctx: Any) -> list[str]:
        """Return what follows the program in its usage line."""
        return ["COMMAND [ARGUMENTS] [OPTIONS]"]

    def format_options(self, _ctx: Any, formatter: Any) -> None:
        """Write the commands in their groups, and the options; no command is imported for that."""
        left, right = (_format_help_column(titles) for titles in _HELP_COLUMNS)
        right += ["", _OPTIONS]
        formatter.write_paragraph()
        if formatter.width + 2 < DEFAULT_WIDTH:
            rows = [*left, "", *right]
        else:
            rows = [
                f"{left_row:{_LEFT_WIDTH}} {right_row}"
                for left_row, right_row in zip_longest(left, right, fillvalue="")
            ]
        formatter.write("".join(f"{row.rstrip()}\n" for row in rows))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the first word names; `help NAME` means `NAME --help`.

        Raises:
            UsageError: there is no such command; the nearest one is proposed.
        """
        name = args[0]
        if name == "help" and ctx.resilient_parsing:
            return None, None, []
        if name == "help" and args[1:]:
            return self.resolve_command(ctx, [args[1], "--help"])
        if name == "help":
            show_help(ctx)
            ctx.exit()
        if name not in COMMANDS and not name.startswith("-"):
            hint = _suggest_by_synonym(name) or suggest(name, COMMANDS) or _suggest_command(args)
            raise UsageError(f"there is no command {name!r}", hint)
        return super().resolve_command(ctx, args)

    def get_command(self, _ctx: Any, cmd_name: str) -> TyperCommand | None:
        """Return a command by its name."""
        return _build_command(cmd_name) if cmd_name in COMMANDS else None


def _suggest_by_synonym(word: str) -> str:
    command = next((name for name, words in _SYNONYMS.items() if word in words.split()), "")
    return f"did you mean {command}?" if command else ""


def _suggest_command(words: list[str]) -> str:
    """Return what to type instead of words that start with no command."""
    typed = [*words[0].split(), *words[1:]]
    if typed and typed[0] in COMMANDS:
        return f"type it without quotes: subproc {shlex.join(typed)}"
    return f"to ask a question: subproc which {shlex.join(typed)}" if typed[1:] else "see: subproc --help"


@cache
def _build_command(name: str) -> TyperCommand:
    """Return a command; one that runs again in the same process has read its options already."""
    command_app = typer.Typer(rich_markup_mode=None, add_completion=False)
    module_name = f"{name}_" if iskeyword(name) else name
    command_module = import_module(f"subproc_cli.cli.commands.{module_name}")
    command_app.command(name, cls=Command, help=command_module.HELP)(command_module.command)
    return cast("TyperCommand", typer.main.get_command(command_app))  # an app of one command is that one


def _format_help_column(titles: tuple[str, ...]) -> list[str]:
    """Return the lines of some groups, one after the other."""
    rows: list[str] = []
    for title in titles:
        group = GROUPS[title]
        width = max(map(len, group))
        rows += ["", title, *(f"  {name:{width}}  {text}" for name, text in group.items())]
    return rows[1:]


app = typer.Typer(
    name="subproc",
    cls=CommandGroup,
    rich_markup_mode=None,  # half the start, and brackets in a user's text stay text
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(*, is_requested: bool) -> None:
    if is_requested:
        typer.echo(f"subproc {__version__}")
        raise typer.Exit


@app.callback(help=HELP)
def main(
    context: typer.Context,
    *,
    version: Annotated[
        bool,
        typer.Option("--version", "-V", callback=_print_version, is_eager=True, help="Print the version."),
    ] = False,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Print long results instead of opening a pager.")
    ] = False,
) -> None:
    """Run the program without a command: show its help.

    Raises:
        typer.Exit: with 2, since a command is missing.
    """
    del version  # its callback has printed it
    if no_pager:
        from subproc_cli.cli.pager import open_none

        context.with_resource(open_none())
    if context.invoked_subcommand is None:
        show_help(context)
        raise typer.Exit(2)


@cache
def load_program() -> TyperGroup:
    """Return the command `subproc`, which is built once in a process."""
    return cast("TyperGroup", typer.main.get_command(app))


def _handle_completion_option(ctx: Any, args: list[str]) -> None:
    """Install or show the completion for a named shell, and exit, if that is what is typed.

    Typer itself handles the shell that is running.

    Raises:
        UsageError: there is no completion for such a shell.
    """
    match args:
        case ["--install-completion" | "--show-completion" as option, shell] if not ctx.resilient_parsing:
            from typer.completion import install_callback, show_callback

            if shell not in _SHELLS:
                hint = suggest(shell, _SHELLS) or f"there is one for {join_words(_SHELLS)}"
                raise UsageError(f"there is no completion for {shell!r}", hint)
            callback = install_callback if option == "--install-completion" else show_callback
            callback(ctx, ctx.command.params[0], shell)
        case _:
            pass
