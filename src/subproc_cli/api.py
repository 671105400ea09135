"""What `import subproc_cli` offers: a list is loaded, asked, compared, checked, and notices are planned.

Nothing here prints or writes. A day that is not given is today.
"""

from collections.abc import Sequence
from datetime import date
from os import PathLike

from subproc_cli.diagnostics import Problem, Where
from subproc_cli.diff.change import Change, bump
from subproc_cli.diff.classify import diff as _diff
from subproc_cli.enums import Bump, Direction, Language, Level, Severity
from subproc_cli.errors import QuestionFault, SubprocError, UnreadableFault, UsageFault
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.notice.customers import load as _customers
from subproc_cli.notice.plan import Notice, Request, plan
from subproc_cli.question.evaluator import Answer, Answers
from subproc_cli.question.evaluator import ask as _ask
from subproc_cli.registry import source
from subproc_cli.registry.loader import load as _load
from subproc_cli.registry.registry import Index
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import Found, Report
from subproc_cli.rules.engine import run as _run
from subproc_cli.rules.rule import Against, Subject

__all__ = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "Customer",
    "Direction",
    "Found",
    "Index",
    "Language",
    "Level",
    "Notice",
    "Problem",
    "QuestionFault",
    "Report",
    "Severity",
    "SubprocError",
    "UnreadableFault",
    "UsageFault",
    "Verdict",
    "Where",
    "ask",
    "bump",
    "check",
    "customers",
    "diff",
    "load",
    "notices",
]


def load(file: str | PathLike[str]) -> Index:
    """Return the list of a file.

    Raises:
        UnreadableFault: there is no such file, or it has faults; all of them stand in its `details`.
    """
    read = source.read(str(file))
    found = _load(read)
    if isinstance(found, Index):
        return found
    raise UnreadableFault(f"{read.name} cannot be used", details=tuple(map(str, found)))


def ask(about: Index, question: str, *, at: date | None = None) -> Answers:
    """Return what a list answers to a question in plain words, for each service in use on a day.

    The law is that of the same day.

    Raises:
        QuestionFault: a word of the question is not understood.
    """
    return _ask(about, question, at or _today())


def diff(old: Index, new: Index) -> tuple[Change, ...]:
    """Return what changed between two revisions of a list, each change with what it demands.

    The most demanding changes come first, then in the order of the list. Places and adequacy are judged on
    the law of the newer revision's own date, whatever day it is.
    """
    return _diff(old, new)


def check(about: Index, *, at: date | None = None, against: Index | None = None) -> Report:
    """Return what is wrong with a list on a day, and with its change since an earlier revision, if any.

    Every rule runs, also those that depend on the day, but for SP303 `change-without-changelog`: there is no
    file beside the list here. How bad a finding is, what is switched off and what is suppressed the list
    itself says, by `severities`, `ignore` and comments; no `pyproject.toml` is read.
    """
    base = Against(against, _diff(against, about), None) if against else None
    return _run(Subject(about, at or _today(), base), Selection(ignore=("change-without-changelog",)))


def customers(file: str | PathLike[str]) -> tuple[Customer, ...]:
    """Return the customers of a YAML or CSV file.

    Raises:
        UnreadableFault: there is no such file, or it has faults; all of them stand in its `details`.
    """
    read = source.read(str(file))
    found = _customers(read)
    if isinstance(found, Customers):
        return found.customers
    raise UnreadableFault(f"{read.name} cannot be used", details=tuple(map(str, found)))


def notices(
    old: Index,
    new: Index,
    *,
    sent: date | None = None,
    effective: date | None = None,
    to: Sequence[Customer] | None = None,
) -> tuple[Notice, ...]:
    """Return the notices that changes between two revisions demand: one for each customer, or one for all.

    Nothing is refused here: look at `gaps` and `short_by` of each notice.

    Raises:
        UsageFault: the day of effect is open, or lies before the day on which the notices are sent.
    """
    request = Request(sent or _today(), effective)
    return plan((old, new), _diff(old, new), request, tuple(to) if to is not None else None).notices


def _today() -> date:
    return date.today()  # noqa: DTZ011  the user's own day
