"""A command as its help shows it: in words of people, through the pager where it is long."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from typer.core import TyperCommand

from subproc_cli.cli.console import to_reader

TYPED = "subproc.typed"
"""Under which a context keeps the words that were typed behind its command."""
_TYPE = re.compile(r"<(?:list\[)?([^>\]]*)\]?>")


class Entry(NamedTuple):
    """An argument or an option, and what its help says of it."""

    kind: str
    name: str
    text: str


class Command(TyperCommand):
    """A command that tells its help without the types of Python."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words behind the command, and keep them for who proposes what to type."""
        ctx.meta[TYPED] = tuple(args)
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows the help."""
        return shown_to_reader(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return what stands behind the command: what may be left out is in brackets."""
        del ctx
        arguments = [each for each in self.params if each.param_type_name == "argument"]
        names = [(label(each), each.required) for each in arguments]
        return ["[OPTIONS]", *(name if required else f"[{name}]" for name, required in names)]

    def entries(self, ctx: Any) -> Iterator[Entry]:
        """Yield the arguments and the options in the order of the help."""
        for each in self.get_params(ctx):
            name, text = each.get_help_record(ctx) or ("", "")
            kind = each.param_type_name
            yield Entry(kind, label(each) if kind == "argument" else _TYPE.sub(r"\1", name), text)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options."""
        entries = [*self.entries(ctx)]
        for title in ("Arguments", "Options"):
            found = [(each.name, each.text) for each in entries if title.lower() == f"{each.kind}s"]
            if found:
                with formatter.section(title):
                    formatter.write_dl(found)


def label(parameter: Any) -> str:
    """Return what stands for the value of an argument or of an option: `FILE`."""
    return str(parameter.metavar or parameter.name.upper()).strip("[]")


def shown_to_reader(option: Any) -> Any:
    """Return the option of a help with the help of a terminal: through the pager if it is long."""
    option.callback = _show
    return option


def _show(ctx: Any, parameter: Any, wanted: Any) -> None:
    del parameter
    if wanted and not ctx.resilient_parsing:
        show_help(ctx)
        ctx.exit()


def show_help(ctx: Any) -> None:
    """Print the help of a command, or of the program."""
    to_reader(f"{ctx.get_help()}\n")
