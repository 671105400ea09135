"""What to type next on the way from a change to a notice that is issued."""

import shlex

from subproc_cli.cli.notice_render import OutputOptions
from subproc_cli.notice.report import NoticePlanReport

DEFAULT_FOLDER = "letters"
DEFAULT_LEDGER = "sent.jsonl"


def suggest_after_dry_run(
    view: NoticePlanReport, output_options: OutputOptions, arguments: tuple[str, ...], *, is_urgent: bool
) -> str:
    """Return how to write what was shown, or what stands in its way; nothing if nobody is to be told."""
    if not view.plan.notices:
        return ""
    if any(view.iter_short_notices()) and not is_urgent:
        return "a notice period is too short: choose a later --effective, or add --urgent REASON"
    if any(view.iter_early_services()) and not is_urgent:
        return "a service starts too early: set a later since in the registry, or add --urgent REASON"
    if any(view.iter_gaps()) and not output_options.incomplete:
        return "information is missing: add it to the registry, or add --incomplete"
    words = [word for word in arguments if word != "--dry-run"]
    folder = [] if output_options.folder else ["--out", DEFAULT_FOLDER]
    ledger = [] if output_options.ledger_file else ["--record", DEFAULT_LEDGER]
    return f"write the letters: {shlex.join(('subproc', 'notice', *words, *folder, *ledger))}"


def suggest_after_letters(output_options: OutputOptions) -> str:
    """Return what to do about the record of what is issued."""
    if output_options.ledger_file:
        ledger_file = shlex.quote(output_options.ledger_file)
        return f"send the letters; to check the ledger: subproc notice --verify {ledger_file}"
    if output_options.folder or output_options.file:
        return f"not recorded: add --record {DEFAULT_LEDGER} to record which letters are issued"
    return (
        "write one letter per customer and record it: "
        f"-c FILE --out {DEFAULT_FOLDER} --record {DEFAULT_LEDGER}"
    )
