"""`subproc rule`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import Colour, ColourOption, Format, FormatOption, OutputOption, QuietOption


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=completion.rules,
            help="A rule, by code or name, or a kind of change.",
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Explain every rule.")] = False,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Explain a rule of check, or a kind of change; without a name, list the rules.

    \b
    subproc rule missing-location
    subproc rule SP203
    subproc rule service-added
    subproc rule --all -f markdown
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.diff.kinds import BY_NAME as KINDS
    from subproc_cli.diff.report import KindView
    from subproc_cli.errors import UsageFault
    from subproc_cli.rules.checks import BY_CODE, BY_NAME
    from subproc_cli.rules.report import RulesView, RuleView
    from subproc_cli.text import did_you_mean

    out = Output(form, output, colour, quiet)
    rule = BY_NAME.get(name or "") or BY_CODE.get((name or "").upper())
    if name is None:
        out.show(RulesView(manual=every))
    elif rule:
        out.show(RuleView(rule), f"where it applies: subproc check --select {rule.name}")
    elif name in KINDS:
        out.show(KindView(KINDS[name]), "all kinds: subproc diff --kinds")
    else:
        hint = did_you_mean(name, [*BY_NAME, *BY_CODE, *KINDS]) or "see: subproc rule, subproc diff --kinds"
        raise UsageFault(f"there is no rule and no kind of change {name!r}", hint)
