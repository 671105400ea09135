"""What keeps a notice from going out, and what to type next on the way to a notice that is issued."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import date

from subproc_cli.deadlines.holidays import has_calendars, load_calendars
from subproc_cli.deadlines.periods import PeriodUnit
from subproc_cli.diff.renames import find_possible_renames
from subproc_cli.errors import RefusedError
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.customers.mail_address import find_address_error
from subproc_cli.notice.customers.recipients import find_unused_products
from subproc_cli.notice.letters.renderer import OutputOptions
from subproc_cli.notice.plan import Plan
from subproc_cli.notice.report import NO_NOTICE, SETTINGS, NoticePlanReport
from subproc_cli.output.document import format_count
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_first_words, join_words

DEFAULT_FOLDER = "letters"
DEFAULT_LEDGER = "sent.jsonl"


def iter_unused_fields(customers: tuple[Customer, ...], *, counts_holidays: bool) -> Iterator[str]:
    """Yield the fields of customers that have no effect, or less than they seem to have, on a run."""
    languages = find_languages()
    others: dict[str, list[Customer]] = {}
    for customer in customers:
        if customer.language and customer.language not in languages:
            others.setdefault(customer.language, []).append(customer)
    for language, found in others.items():
        names = _list_names(found)
        yield f"there are no letters in the language {language!r}, that of --lang is used ({names})"
    placed = [customer for customer in customers if customer.country]
    if placed and counts_holidays and not has_calendars():
        yield (
            "public holidays are not counted: pip install 'subproc-cli[holidays]', or add --no-holidays "
            f"({_list_names(placed)})"
        )
        return
    unknown = [
        customer for customer in placed if counts_holidays and customer.country not in load_calendars()
    ]
    if unknown:
        yield f"the public holidays of their country are not known, none are counted ({_list_names(unknown)})"
    business_days = [
        customer
        for customer in customers
        if _has_business_days(customer) and not (counts_holidays and customer.country)
    ]
    if business_days:
        reason = "leave out --no-holidays" if not counts_holidays else "state the country"
        yield f"business days are counted without public holidays; {reason} ({_list_names(business_days)})"
    nationwide = [customer for customer in customers if counts_holidays and _needs_subdivision(customer)]
    if nationwide:
        yield (
            "only nationwide public holidays are counted; state the subdivision of the country, or none "
            f"({_list_names(nationwide)})"
        )


def _needs_subdivision(customer: Customer) -> bool:
    """Return whether some public holidays apply only in parts of a customer's country."""
    if customer.country is None or customer.subdivision is not None:
        return False
    return bool(load_calendars().get(customer.country))


def describe_backdating(sent: date, old: Registry) -> str:
    """Return a warning for a date of sending before the list that the changes start from; mostly nothing."""
    if sent >= old.model.date:
        return ""
    return f"--sent {sent} is before {old.model.date}, the date of the old revision; the letters state {sent}"


def _list_names(customers: Sequence[Customer]) -> str:
    return sanitize_line(join_first_words([customer.name for customer in customers]))


def _has_business_days(customer: Customer) -> bool:
    periods = (customer.days, customer.objection_days, customer.termination_days, customer.receipt_after)
    return any(period is not None and period.unit is PeriodUnit.BUSINESS_DAY for period in periods)


def list_unused_products(
    report: NoticePlanReport, file: str | None, *, may_continue: bool
) -> tuple[str, ...]:
    """Return which products of the list no customer uses, so that nobody is notified of their changes.

    Args:
        report: who gets which notice.
        file: the file of customers.
        may_continue: whether a product may be unused that only one service serves.

    Raises:
        RefusedError: one of them may be a misspelt product, and `may_continue` is not set.
    """
    plan = report.plan
    products = (*find_unused_products(plan.iter_excluded_changes(), plan.customers, report.revisions),)
    messages = tuple(product.format(file or "") for product in products)
    if any(product.is_only_service for product in products) and not may_continue:
        hint = f"use the product names of {file}, leave out products to mean all of them, or add --incomplete"
        raise RefusedError("no customer uses this product, so nobody would be notified", hint, messages)
    return tuple(map(sanitize_line, messages))


def require_sendable(
    report: NoticePlanReport, registry_option: str, *, is_urgent: bool, incomplete: bool
) -> None:
    """Refuse a notice that breaks a period without a reason, or that lacks something an objection needs.

    With a reason, the day of a notice is the true one, so that no service begins before it.

    Args:
        report: who gets which notice.
        registry_option: what names the coming list in a command that is proposed.
        is_urgent: whether a reason is given.
        incomplete: whether a notice may lack something.

    Raises:
        RefusedError: with everybody whose period is broken, or everything that is missing.
    """
    short = tuple(report.iter_short_notices())
    if short and not is_urgent:
        hint = "choose a later --effective, or add --urgent REASON"
        raise RefusedError("the changes take effect before a notice period has ended", hint, short)
    early = tuple(report.iter_early_services())
    if early:
        start_commands = join_words(
            f"subproc set {key} since {day}{registry_option}"
            for key, day in report.find_later_start_dates().items()
        )
        hint = f"{start_commands}; or add --urgent REASON: the notice then gives the date in the list"
        raise RefusedError("a service starts before its notice period ends", hint, early)
    missing = tuple(report.iter_gaps())
    if missing and not incomplete:
        hint = "add it to the registry, or add --incomplete: the letter then states what is not known"
        raise RefusedError(
            "the notice lacks information that customers need in order to object", hint, missing
        )


def iter_ambiguities(revisions: tuple[Registry, Registry], output_options: OutputOptions) -> Iterator[str]:
    """Yield warnings about a run that is not refused."""
    old, new = (registry.model.version for registry in revisions)
    if old == new:
        reason = "the letter cannot distinguish them; raise the version with subproc bump"
        yield f"both revisions have version {new}: {reason}"
    contact = revisions[1].model.notice.contact or ""
    if "eml" in output_options.output_formats and not output_options.sender and "@" in contact:
        error = find_address_error(contact)
        if error:
            message = f"notice.contact: {error.message}; the mails have no sender"
            yield sanitize_line(f"{message} ({error.hint}, or use --from)")


def iter_possible_renames(plan: Plan, revisions: tuple[Registry, Registry]) -> Iterator[str]:
    """Yield the services that letters announce as new and that customers may know under another id."""
    old, new = revisions
    announced = {change.service for notice in plan.notices for change in notice.changes}
    services = {key: each for key, each in new.model.services.items() if key in announced}
    for key, former in find_possible_renames(old, new, services):
        names = services[key].name, old.model.services[former].name
        yield (
            f"{new.locate(('services', key))}: {names[0]} may be {names[1]} under another id; if it is the "
            f"same service, write formerly: [{former}]: the letters announce a new service otherwise"
        )


def explain_no_letters(report: NoticePlanReport) -> str:
    """Return why no letter is written, as a dry run explains it."""
    reason = report.explain_no_notices()
    if reason.startswith((NO_NOTICE, SETTINGS)):
        return f"{reason}; no letter was written"
    return sanitize_line(f"no notice is due, so no letter was written: {reason}")


def suggest_after_dry_run(
    report: NoticePlanReport, output_options: OutputOptions, arguments: tuple[str, ...], *, is_urgent: bool
) -> str:
    """Return how to write what was shown, or what stops it; nothing if nobody is to be notified."""
    if not report.plan.notices:
        return ""
    if any(report.iter_short_notices()) and not is_urgent:
        return "a notice period is too short: choose a later --effective, or add --urgent REASON"
    if any(report.iter_early_services()) and not is_urgent:
        return "a service starts too early: set a later since in the registry, or add --urgent REASON"
    if any(report.iter_gaps()) and not output_options.incomplete:
        return "information is missing: add it to the registry, or add --incomplete"
    words = [word for word in arguments if word != "--dry-run"]
    folder = [] if output_options.folder else ["--out", DEFAULT_FOLDER]
    ledger = [] if output_options.ledger_file else ["--record", DEFAULT_LEDGER]
    return f"write the letters: {shlex.join(('subproc', 'notice', *words, *folder, *ledger))}"


def suggest_after_letters(output_options: OutputOptions) -> str:
    """Return the hint about recording the notices as issued."""
    if output_options.ledger_file:
        ledger_file = shlex.quote(output_options.ledger_file)
        verify = f"to check the ledger: subproc notice --verify {ledger_file}"
        if output_options.folder and "eml" in output_options.output_formats:
            return f"send the mails: subproc send {shlex.quote(output_options.folder)} --dry-run; {verify}"
        return f"send the letters; {verify}"
    if output_options.folder or output_options.file:
        return f"not recorded: add --record {DEFAULT_LEDGER} to record which letters are issued"
    return (
        "write one letter per customer and record it: "
        f"-c FILE --out {DEFAULT_FOLDER} --record {DEFAULT_LEDGER}"
    )


def describe_unreachable(plan: Plan, output_options: OutputOptions) -> str:
    """Return which letters have no address to go to; empty if none is to be mailed or recorded."""
    notices = [notice for notice in plan.notices if notice.customer]
    names = [notice.customer.name for notice in notices if notice.customer and not notice.is_reachable]
    if not names or not (
        output_options.ledger_file or (output_options.folder and "eml" in output_options.output_formats)
    ):
        return ""
    letter_count = format_count(len(notices), "mail" if "eml" in output_options.output_formats else "letter")
    verb, pronoun = ("has", "it is") if len(names) == 1 else ("have", "they are")
    consequence = f", so {pronoun} not recorded as issued" if output_options.ledger_file else ""
    shown_names = sanitize_line(join_first_words(names))
    return f"{len(names):,} of {letter_count} {verb} no address{consequence}: {shown_names}"
