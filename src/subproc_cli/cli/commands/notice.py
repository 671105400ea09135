"""`subproc notice`."""

import os
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from subproc_cli.atomic_write import make_folder, write_file
from subproc_cli.cli import completion, notice_ledger, notice_next_steps, notice_run
from subproc_cli.cli.console import Output, to_stderr, to_stdout
from subproc_cli.cli.help import TYPED
from subproc_cli.cli.notice_folder import Recorded
from subproc_cli.cli.notice_paths import keep_apart
from subproc_cli.cli.notice_render import Paper
from subproc_cli.cli.options import Colour, ColourOption, ListOption, NewArgument, OutputOption, QuietOption
from subproc_cli.cli.registry_file import (
    day_of,
    named,
    open_revisions,
    refuse_guesses,
    require_publisher,
    unusable,
    warn_of_guesses,
)
from subproc_cli.deadlines.periods import no_holiday
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Language
from subproc_cli.errors import RefusedFault, UnwritableFault, UsageFault
from subproc_cli.notice import customers, holidays, recipients
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.notice.ledger import Entries, Memory
from subproc_cli.notice.mail_address import find_address_error
from subproc_cli.notice.plan import Plan, Request, plan
from subproc_cli.notice.recipients import Reason
from subproc_cli.notice.report import INDEX, NONE, SETTINGS, AudienceView
from subproc_cli.output.sanitize import visible
from subproc_cli.registry import source
from subproc_cli.registry.loader import in_order
from subproc_cli.registry.registry import Index
from subproc_cli.text import listed


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
    from subproc_cli.cli.console import Output
    from subproc_cli.cli.notice_render import Paper
    from subproc_cli.errors import UsageFault

    asked = [word for word, given in (("OLD", old), ("--verify", verify), ("--eject", eject)) if given]
    if len(asked) > 1:
        raise UsageFault(f"{asked[0]} and {asked[1]} do not go together", "choose one")
    if verify:
        return verify_ledger(verify, quiet=quiet)
    if eject:
        return eject_templates(eject, quiet=quiet)
    if old is None:
        raise UsageFault(
            "Missing argument 'OLD'", "the revision that customers know: subproc notice old.yaml"
        )
    forms = tuple(dict.fromkeys(form or [LetterFormat.TEXT]))
    reason, typed = urgent.strip(), context.meta[TYPED]
    wish = Wish(old, new, registry, customers, sent, effective, reason, language, holidays, again, typed)
    paper = Paper(forms, out, output, sender, template, record, incomplete)
    return run(wish, paper, Output(forms[0], output, colour, quiet), dry_run=dry_run)


class Wish(NamedTuple):
    """What to tell, to whom and when, as it was typed."""

    old: str
    new: str | None
    registry: str | None
    customers: str | None
    sent: str | None
    effective: str | None
    urgent: str
    language: Language
    holidays: bool
    again: bool
    typed: tuple[str, ...]


def run(wish: Wish, paper: Paper, output: Output, *, dry_run: bool) -> None:
    """Write the notices that are wished for, or show who would get them."""
    _fit(paper, dry_run=dry_run)
    revisions = open_revisions(wish.old, wish.new, wish.registry, certain_for="notice")
    require_publisher(revisions[1])
    (warn_of_guesses if dry_run else refuse_guesses)(revisions[1])
    customers = _customers(wish, revisions) if wish.customers else None
    keep_apart(paper, wish.customers, customers or ())
    with ExitStack() as stack:
        book = (
            stack.enter_context(notice_ledger.opened(Path(paper.record)))
            if paper.record and not dry_run
            else None
        )
        memory = Memory(book.found.entries if book else _recorded(paper.record))
        planned = _plan(wish, revisions, customers, memory)
        view = AudienceView(planned, revisions)
        _tell_unheard(planned, revisions, wish.customers, go_on=dry_run or paper.incomplete)
        if dry_run:
            output.show(
                view, notice_next_steps.after_dry_run(view, paper, wish.typed, urgent=bool(wish.urgent))
            )
            return
        recorded = _recorded_of(planned, memory, revisions[0]) if book else {}
        if not planned.notices:
            notice_run.complete(view, paper, recorded)
            _nothing(view)
            return
        _refuse(view, urgent=bool(wish.urgent), incomplete=paper.incomplete)
        _warn(revisions, paper)
        notice_run.write(view, paper, output, book, recorded)


def _fit(paper: Paper, *, dry_run: bool) -> None:
    """Refuse options that do not fit together.

    Raises:
        UsageFault: with both.
    """
    if paper.output and paper.out:
        raise UsageFault("--output is for one letter, --out for a folder of them", "choose one")
    error = find_address_error(paper.sender) if paper.sender else None
    if error:
        raise UsageFault(f"--from: {error.message}", error.hint)
    if "csv" in paper.forms and not dry_run:
        hint = f"add --dry-run; --out DIR writes it as {INDEX} beside the letters"
        raise UsageFault("-f csv tells who gets which notice, and is no letter", hint)


def _recorded(name: str | None) -> Entries:
    """Return what a ledger holds, for a run that writes nothing to it; nothing where there is none yet."""
    return () if name is None or _is_missing(name) else notice_ledger.read(Path(name)).entries


def _is_missing(name: str) -> bool:
    """Tell whether there is surely no such file; one in a closed folder may be there."""
    try:
        Path(name).stat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _plan(
    wish: Wish, revisions: tuple[Index, Index], customers: tuple[Customer, ...] | None, memory: Memory
) -> Plan:
    effective = day_of(wish.effective, "--effective") if wish.effective else None
    request = Request(day_of(wish.sent, "--sent"), effective, wish.language, wish.urgent)

    def told(customer: Customer | None, change: Change) -> bool:
        name = customer.name if customer else None
        return not wish.again and memory.told(name, change, revisions[0])

    def before(customer: Customer | None, change: Change) -> date | None:
        return memory.before(customer.name if customer else None, change, revisions[0])

    return plan(
        revisions,
        diff(*revisions),
        request,
        customers,
        told=told,
        before=before,
        holidays=holidays.where if wish.holidays else lambda _: no_holiday,
    )


def _recorded_of(planned: Plan, memory: Memory, known: Index) -> Recorded:
    """Return the lines of the ledger by which those who get no notice now were told before."""
    found = {}
    for customer, left in planned.untold:
        name = customer.name if customer else None
        entries = [memory.entry(name, each.change, known) for each in left if each.reason is Reason.TOLD]
        by_hash = {str(entry["hash"]): entry for entry in entries if entry}
        if by_hash:
            found[customer] = tuple(by_hash.values())
    return found


def _customers(wish: Wish, revisions: tuple[Index, Index]) -> tuple[Customer, ...]:
    """Return the customers of a file.

    Raises:
        UnreadableFault: the file has faults; all of them are told.
    """
    name = wish.customers or ""
    found = customers.load(source.read(name))
    if not isinstance(found, Customers):
        raise unusable(name, found)
    problems = [*recipients.misnamed(found, revisions), *(holidays.unknown(found) if wish.holidays else ())]
    if problems:
        raise unusable(name, in_order(problems))
    return found.customers


def _tell_unheard(planned: Plan, revisions: tuple[Index, Index], file: str | None, *, go_on: bool) -> None:
    """Tell which products of the list no customer uses, so that nobody hears of them.

    Raises:
        RefusedFault: one of them may be no product at all, and nobody said to go on.
    """
    found = [*recipients.unheard(planned.left(), planned.customers, revisions)]
    told = tuple(
        f"{each.where}: {each.name}: no customer of {file} uses {each.product!r}"
        f"{', and no other service serves it' if each.alone else ''}{f' ({each.hint})' if each.hint else ''}"
        for each in found
    )
    if any(each.alone for each in found) and not go_on:
        hint = f"name it as {file} does, leave out products if all are meant, or go ahead with --incomplete"
        raise RefusedFault("nobody would be told of a product that only the list knows", hint, told)
    for each in told:
        to_stderr(f"subproc: {visible(each)}")


def _nothing(view: AudienceView) -> None:
    """Say why no letter is written, as a dry run says it."""
    why = view.why_nobody()
    if why.startswith((NONE, SETTINGS)):
        to_stderr(f"subproc: {why}; no letter was written")
    else:
        to_stderr(visible(f"subproc: nobody has to be told, no letter was written: {why}"))
    for each in view.informed():
        to_stderr(visible(f"for information only, and in no letter: {each}"))


def _refuse(view: AudienceView, *, urgent: bool, incomplete: bool) -> None:
    """Stop where a period is broken without a reason, or where an objection would lack something.

    With a reason, the day of a notice is the true one, so that no service begins before it.

    Raises:
        RefusedFault: with everybody whose period is broken, or everything that is missing.
    """
    short = tuple(view.short())
    if short and not urgent:
        hint = "choose a later --effective, or go ahead with --urgent REASON"
        raise RefusedFault("the changes take effect before a period of notice has ended", hint, short)
    early = tuple(view.early())
    if early:
        file = named(view.revisions[1].file)
        begin = listed(f"subproc set {key} since {day}{file}" for key, day in view.later().items())
        hint = f"{begin}; or go ahead with --urgent REASON, and the notice names the day of the list"
        raise RefusedFault("a service is used, as the list says, before the day of its notice", hint, early)
    missing = tuple(view.missing())
    if missing and not incomplete:
        hint = "add it to the list, or go ahead with --incomplete: the letter then says what is not known"
        raise RefusedFault("the notice lacks what customers need in order to object", hint, missing)


def _warn(revisions: tuple[Index, Index], paper: Paper) -> None:
    """Point at what goes out as it is, and may be meant otherwise."""
    old, new = (index.registry.version for index in revisions)
    if old == new:
        why = "the letter cannot tell them apart; subproc bump raises it"
        to_stderr(f"subproc: both revisions carry version {new}: {why}")
    contact = revisions[1].registry.notice.contact or ""
    if "eml" in paper.forms and not paper.sender and "@" in contact:
        error = find_address_error(contact)
        if error:
            what = f"notice.contact: {error.message}, so the mails have no sender"
            to_stderr(visible(f"subproc: {what} ({error.hint}; or name one with --from)"))


def verify_ledger(name: str, *, quiet: bool) -> None:
    """Check a ledger.

    Raises:
        RefusedFault: its chain is broken; the line is named.
    """
    found = notice_ledger.read(Path(name))
    if not quiet:
        count = len(found.entries)
        to_stdout(f"{name}: {count} line{'' if count == 1 else 's'}, each follows the one before\n")
        to_stdout(f"last hash: {found.last}\n")


def eject_templates(name: str, *, quiet: bool) -> None:
    """Write the built-in templates into a folder; what stands there stays.

    Raises:
        UnwritableFault: the folder cannot be written, or one of the files stands there already.
    """
    from subproc_cli.notice import templates

    folder = Path(name)
    for each in templates.NAMES:
        if os.path.lexists(folder / each):
            raise UnwritableFault(f"{folder / each}: stands there already", "name another folder")
    make_folder(folder)
    for each, text in templates.built_in().items():
        write_file(folder / each, text)
    if not quiet:
        to_stderr(
            f"subproc: {len(templates.NAMES)} templates written to {folder}; use them with --template {name}"
        )
