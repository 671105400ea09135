"""What to type next on the way from a change to a notice that is issued."""

import shlex

from subproc_cli.cli.notice_render import Paper
from subproc_cli.notice.report import AudienceView

LETTERS = "letters"
LEDGER = "sent.jsonl"


def after_dry_run(view: AudienceView, paper: Paper, typed: tuple[str, ...], *, urgent: bool) -> str:
    """Return how to write what was shown, or what stands in its way; nothing if nobody is to be told."""
    if not view.plan.notices:
        return ""
    if any(view.short()) and not urgent:
        return "it would take effect too soon: choose a later --effective, or go ahead with --urgent REASON"
    if any(view.early()) and not urgent:
        return "to be written, it needs a later first day of the service in the list, or --urgent REASON"
    if any(view.missing()) and not paper.incomplete:
        return "to be written, it needs what is missing in the list, or --incomplete"
    words = [word for word in typed if word != "--dry-run"]
    folder = [] if paper.out else ["--out", LETTERS]
    ledger = [] if paper.record else ["--record", LEDGER]
    return f"now write the letters: {shlex.join(('subproc', 'notice', *words, *folder, *ledger))}"


def after_letters(paper: Paper) -> str:
    """Return what to do about the record of what is issued."""
    if paper.record:
        return f"recorded as issued, now send them: subproc notice --verify {shlex.quote(paper.record)}"
    if paper.out or paper.output:
        return f"nothing is recorded of it: --record {LEDGER} keeps what is issued to whom"
    return f"a letter to each customer, and what is issued: -c FILE --out {LETTERS} --record {LEDGER}"
