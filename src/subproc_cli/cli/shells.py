"""Completion for a shell that is named; without a name it is for the shell that runs."""

from typing import Any

from subproc_cli.errors import UsageError
from subproc_cli.suggest import suggest
from subproc_cli.text import join_words

SHELLS = ("bash", "zsh", "fish")
OPTIONS = ("--install-completion", "--show-completion")


def handle_completion_option(ctx: Any, args: list[str]) -> None:
    """Install or show the completion for a shell, and leave, if that is what is typed.

    Raises:
        UsageError: there is no completion for such a shell.
    """
    if len(args) != len(("option", "shell")) or args[0] not in OPTIONS or ctx.resilient_parsing:
        return
    from typer.completion import install_callback, show_callback

    shell = args[1]
    if shell not in SHELLS:
        hint = suggest(shell, SHELLS) or f"there is one for {join_words(SHELLS)}"
        raise UsageError(f"there is no completion for {shell!r}", hint)
    (install_callback if args[0] == OPTIONS[0] else show_callback)(ctx, ctx.command.params[0], shell)
