"""The sub-commands in the order of the help, each loaded when it is asked for."""

from importlib import import_module
from typing import Any

import typer  # noqa: TID251
from typer.core import TyperCommand, TyperGroup  # noqa: TID251

COMMANDS = (
    "which",
    "list",
    "show",
    "matrix",
    "check",
    "diff",
    "bump",
    "changelog",
    "log",
    "notice",
    "export",
    "feed",
    "init",
    "add",
    "set",
    "retire",
    "fmt",
    "schema",
    "rule",
    "categories",
    "places",
)
"""Each stands in the module of its name, as the function `command`."""


class Commands(TyperGroup):
    """A group that imports one command, not all of them: half of what a short command would load."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        """Return a command by its name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        one = typer.Typer(rich_markup_mode=None, add_completion=False)
        one.command(cmd_name)(import_module(f"subproc_cli.cli.{cmd_name}").command)
        found = typer.main.get_command(one)
        assert isinstance(found, TyperCommand)  # noqa: S101  an app of one command is that command
        return found
