"""The help of a command, in plain words and through the pager if it is long."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from typer.core import TyperCommand

from subproc_cli.cli.console import print_or_page

TYPED_ARGUMENTS = "subproc.typed"
"""The key under which a context keeps the words that were typed after its command."""
_TYPE = re.compile(r"<(?:list\[)?([^>\]]*)\]?>")


class HelpEntry(NamedTuple):
    """An argument or an option, and its help."""

    kind: str
    name: str
    text: str


class Command(TyperCommand):
    """A command whose help does not show the types of Python."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words after the command, and keep them for suggestions."""
        ctx.meta[TYPED_ARGUMENTS] = tuple(args)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help."""
        return set_help_callback(super().get_help_option(ctx))

    def collect_usage_pieces(self, _ctx: Any) -> list[str]:
        """Return what follows the command in its usage line, optional parts in brackets."""
        arguments = [parameter for parameter in self.params if parameter.param_type_name == "argument"]
        names = [(get_metavar(parameter), parameter.required) for parameter in arguments]
        return ["[OPTIONS]", *(name if required else f"[{name}]" for name, required in names)]

    def iter_entries(self, ctx: Any) -> Iterator[HelpEntry]:
        """Yield the arguments and the options in the order of the help."""
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:  # an option under its former name
                continue
            name, text = record
            kind = parameter.param_type_name
            yield HelpEntry(
                kind, get_metavar(parameter) if kind == "argument" else _TYPE.sub(r"\1", name), text
            )

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options."""
        entries = [*self.iter_entries(ctx)]
        for title in ("Arguments", "Options"):
            rows = [(entry.name, entry.text) for entry in entries if title.lower() == f"{entry.kind}s"]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


def get_metavar(parameter: Any) -> str:
    """Return the placeholder for the value of an argument or of an option: `FILE`."""
    return str(parameter.metavar or parameter.name.upper()).strip("[]")


def set_help_callback(option: Any) -> Any:
    """Return the option of a help with the help of a terminal: through the pager if it is long."""
    option.callback = _handle_help_option
    return option


def _handle_help_option(ctx: Any, _: Any, is_requested: Any) -> None:
    if is_requested and not ctx.resilient_parsing:
        show_help(ctx)
        ctx.exit()


def show_help(ctx: Any) -> None:
    """Print the help of a command, or of the program."""
    print_or_page(f"{ctx.get_help()}\n")
