"""`subproc rule`."""

from typing import Annotated

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.options import ColourOption, Format, FormatOption, OutputOption, QuietOption
from subproc_cli.enums import Colour

HELP = """Explain a rule of subproc check or a kind of change. Without a name, list the rules.

\b
subproc rule missing-location
subproc rule SP203
subproc rule service-added
subproc rule --all -f markdown
"""


def command(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            autocompletion=completion.complete_rules_and_kinds,
            help="Code or name of a rule, or a kind of change.",
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Explain every rule.")] = False,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc rule`.

    Raises:
        UsageError: there is no such rule or kind of change.
    """
    from subproc_cli.cli.console import Output
    from subproc_cli.diff.report import KindReport
    from subproc_cli.errors import UsageError
    from subproc_cli.registry.change_kinds import KINDS_BY_NAME as KINDS
    from subproc_cli.rules.checks import RULES_BY_CODE, RULES_BY_NAME
    from subproc_cli.rules.manual import RuleReport, RulesReport
    from subproc_cli.suggest import suggest

    out = Output(form, output, colour, quiet)
    rule = RULES_BY_NAME.get(name or "") or RULES_BY_CODE.get((name or "").upper())
    if name is None:
        out.show(RulesReport(manual=every))
    elif rule:
        out.show(RuleReport(rule), f"see where it applies: subproc check --select {rule.name}")
    elif name in KINDS:
        out.show(KindReport(KINDS[name]), "list all kinds: subproc diff --kinds")
    else:
        hint = (
            suggest(name, [*RULES_BY_NAME, *RULES_BY_CODE, *KINDS])
            or "see: subproc rule, subproc diff --kinds"
        )
        raise UsageError(f"{name!r} is not a rule or a kind of change", hint)
