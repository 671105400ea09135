"""`subproc notice`."""

from enum import StrEnum
from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli import completion
from subproc_cli.cli.help import TYPED
from subproc_cli.cli.options import Colour, ColourOption, ListOption, NewArgument, OutputOption, QuietOption
from subproc_cli.enums import Language


class LetterFormat(StrEnum):
    """What a notice is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    EML = "eml"
    DOCX = "docx"
    JSON = "json"
    CSV = "csv"


def command(
    context: typer.Context,
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            autocompletion=completion.revisions,
            help="The revision that customers know.",
            show_default=False,
        ),
    ] = None,
    new: NewArgument = None,
    *,
    customers: Annotated[
        str | None,
        typer.Option("--customers", "-c", metavar="FILE", help="Who is owed a notice: YAML or CSV."),
    ] = None,
    sent: Annotated[
        str | None, typer.Option("--sent", metavar="DATE", help="Day the notices go out. [default: today]")
    ] = None,
    effective: Annotated[
        str | None,
        typer.Option(
            "--effective",
            metavar="DATE",
            help="Day from which the changes apply. [default: the day after each period of notice]",
        ),
    ] = None,
    urgent: Annotated[
        str, typer.Option("--urgent", metavar="REASON", help="Go ahead with a shorter period, and say why.")
    ] = "",
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Go ahead with what is known, and say what is not.")
    ] = False,
    language: Annotated[
        Language, typer.Option("--lang", help="For customers whose language is not known.")
    ] = Language.EN,
    holidays: Annotated[
        bool, typer.Option("--holidays", help="Count the public holidays of each customer's country.")
    ] = False,
    form: Annotated[
        list[LetterFormat] | None,
        typer.Option(
            "--format", "-f", help="What to write; with --out several; csv with --dry-run. [default: text]"
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Write a file for each customer, and index.csv; the letters of another run stay.",
        ),
    ] = None,
    sender: Annotated[
        str | None,
        typer.Option("--from", metavar="ADDRESS", help="Sender of mails. [default: notice.contact]"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show audience, dates and gaps; write nothing.")
    ] = False,
    template: Annotated[
        str | None, typer.Option("--template", metavar="DIR", help="Use the templates of this folder.")
    ] = None,
    eject: Annotated[
        str | None,
        typer.Option("--eject", metavar="DIR", help="Write the built-in templates, to start from."),
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record", metavar="FILE", help="Append to this ledger that the letters go out, and to whom."
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Write also what the ledger has as issued.")] = False,
    verify: Annotated[
        str | None, typer.Option("--verify", metavar="FILE", help="Check a ledger, line by line.")
    ] = None,
    registry: ListOption = None,
    output: OutputOption = None,
    colour: ColourOption = Colour.AUTO,
    quiet: QuietOption = False,
) -> None:
    """Write the notices that changes between two revisions demand (Art. 28(2) GDPR).

    \b
    subproc notice old.yaml new.yaml
    subproc notice old.yaml --effective 2027-03-01 --lang de -f html -o a.html
    subproc notice 4.0.0 --customers customers.yaml --dry-run
    subproc notice 4.0.0 -c customers.csv --out letters -f eml --record sent.jsonl
    subproc notice --verify sent.jsonl
    subproc notice --eject templates

    A period of notice counts from the day after the notice is sent (Regulation 1182/71);
    without --effective, the changes apply from the day after its last day.
    """
    from subproc_cli.cli.commands import noticing
    from subproc_cli.cli.commands.noticing import Wish
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.notice_render import Paper
    from subproc_cli.errors import UsageFault

    asked = [word for word, given in (("OLD", old), ("--verify", verify), ("--eject", eject)) if given]
    if len(asked) > 1:
        raise UsageFault(f"{asked[0]} and {asked[1]} do not go together", "choose one")
    if verify:
        return noticing.verify(verify, quiet=quiet)
    if eject:
        return noticing.eject(eject, quiet=quiet)
    if old is None:
        raise UsageFault(
            "Missing argument 'OLD'", "the revision that customers know: subproc notice old.yaml"
        )
    forms = tuple(dict.fromkeys(form or [LetterFormat.TEXT]))
    reason, typed = urgent.strip(), context.meta[TYPED]
    wish = Wish(old, new, registry, customers, sent, effective, reason, language, holidays, again, typed)
    paper = Paper(forms, out, output, sender, template, record, incomplete)
    return noticing.run(wish, paper, Output(forms[0], output, colour, quiet), dry_run=dry_run)
