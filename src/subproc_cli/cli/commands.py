"""The sub-commands in the order of the help, each loaded when it is asked for."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer  # noqa: TID251
from typer.core import TyperCommand, TyperGroup  # noqa: TID251

from subproc_cli.errors import UsageFault
from subproc_cli.words import did_you_mean

GROUPS: dict[str, dict[str, str]] = {
    "Ask": {
        "which": "answer a question: yes, no, or cannot be ruled out",
        "list": "list the services, one a row",
        "show": "show all that is known of a service, and what is not",
        "matrix": "show which service sees which data",
    },
    "Compare": {
        "check": "find what is missing, contradictory or without a basis",
        "diff": "compare two revisions: what each change demands",
        "bump": "tell, or set, the version that the changes need",
        "changelog": "write the entry of a revision for the changelog",
        "log": "tell the life of the list, or of one service",
        "rule": "explain a rule of check, or a kind of change",
    },
    "Tell": {
        "notice": "write the notices that changes demand (Art. 28(2))",
        "feed": "write the changes of the list as an Atom feed",
        "export": "publish: site, page, CSV, Excel, Annex III, ...",
    },
    "Edit": {
        "import": "turn a page, a table or other data into a list",
        "init": "begin a list",
        "add": "add a service",
        "set": "set a field of a service; comments and layout stay",
        "retire": "set the day from which a service is no longer used",
        "fmt": "write codes and the order of fields in the one way",
        "schema": "print the JSON Schema of the file, for editors",
    },
    "Look up": {
        "categories": "list the data categories: words for questions",
        "places": "list regions, and who is held adequate",
    },
}
"""Each command with what it does, as the help shows it."""

OPTIONS = {
    "-V, --version": "print the version",
    "--install-completion": "complete commands, ids, places and revisions",
    "-h, --help": "this text; of one command: subproc COMMAND --help",
}
"""What the help of the program says of its options."""

COMMANDS = tuple(name for group in GROUPS.values() for name in group)
"""Each stands in the module of its name, as the function `command`; a word of Python has a `_` behind it."""


class Commands(TyperGroup):
    """A group that imports one command, not all of them: half of what a short command would load."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return list(COMMANDS)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands in their groups, then the options; no command is imported for that."""
        del ctx
        rows = [
            (f"{'' if at else title:9}{name:11}", text)
            for title, commands in GROUPS.items()
            for at, (name, text) in enumerate(commands.items())
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
        with formatter.section("Options"):
            formatter.write_dl([(f"{name:20}", text) for name, text in OPTIONS.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the first word names.

        Raises:
            UsageFault: there is no such command; the nearest one is proposed.
        """
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            hint = "see: subproc --help, and subproc COMMAND --help" if name == "help" else ""
            raise UsageFault(
                f"there is no command {name!r}",
                hint or did_you_mean(name, COMMANDS) or "see: subproc --help",
            )
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        """Return a command by its name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        one = typer.Typer(rich_markup_mode=None, add_completion=False)
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        one.command(cmd_name)(import_module(f"subproc_cli.cli.{module}").command)
        found = typer.main.get_command(one)
        assert isinstance(found, TyperCommand)  # noqa: S101  an app of one command is that command
        return found
