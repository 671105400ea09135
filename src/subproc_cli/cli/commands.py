"""The sub-commands in the order of the help, each loaded when it is asked for."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

import typer  # noqa: TID251
from typer.core import TyperCommand, TyperGroup  # noqa: TID251

from subproc_cli.errors import UsageFault
from subproc_cli.words import did_you_mean

COMMANDS = (
    "which",
    "list",
    "show",
    "matrix",
    "check",
    "rule",
    "diff",
    "bump",
    "changelog",
    "log",
    "notice",
    "feed",
    "export",
    "import",
    "init",
    "add",
    "set",
    "retire",
    "fmt",
    "schema",
    "categories",
    "places",
)
"""Each stands in the module of its name, as the function `command`; a word of Python has a `_` behind it."""


class Commands(TyperGroup):
    """A group that imports one command, not all of them: half of what a short command would load."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return list(COMMANDS)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the first word names.

        Raises:
            UsageFault: there is no such command; the nearest one is proposed.
        """
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise UsageFault(
                f"there is no command {name!r}", did_you_mean(name, COMMANDS) or "see: subproc --help"
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
