"""Completion for a named shell; Typer itself handles the shell that is running."""

from typing import Any

from subproc_cli.errors import UsageError
from subproc_cli.suggest import suggest
from subproc_cli.text import join_words

SHELLS = ("bash", "zsh", "fish")
OPTIONS = ("--install-completion", "--show-completion")
_ARGUMENTS = 2
"""An option and the name of a shell."""


def handle_completion_option(ctx: Any, args: list[str]) -> None:
    """Install or show the completion for a shell, and leave, if that is what is typed.

    Raises:
        UsageError: there is no completion for such a shell.
    """
    if len(args) != _ARGUMENTS or args[0] not in OPTIONS or ctx.resilient_parsing:
        return
    from typer.completion import install_callback, show_callback

    shell = args[1]
    if shell not in SHELLS:
        hint = suggest(shell, SHELLS) or f"there is one for {join_words(SHELLS)}"
        raise UsageError(f"there is no completion for {shell!r}", hint)
    (install_callback if args[0] == OPTIONS[0] else show_callback)(ctx, ctx.command.params[0], shell)
