"""The public Python interface: load a registry, ask it, compare and check revisions, plan notices.

Nothing here prints or writes. A date that is not given is today.
"""

import os
from collections.abc import Sequence
from datetime import date, datetime
from os import PathLike

from subproc_cli.diagnostics import Position, Problem
from subproc_cli.diff.change import Change
from subproc_cli.diff.change import bump as required_bump
from subproc_cli.diff.classify import diff as compare
from subproc_cli.enums import Bump, Direction, Level, Severity
from subproc_cli.errors import QuestionSyntaxError, ReadError, SubprocError, UsageError
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.notice.customers import load_customers as _load_customers
from subproc_cli.notice.plan import Notice, Request, plan
from subproc_cli.question.evaluator import Answer, Answers
from subproc_cli.question.evaluator import ask as _ask
from subproc_cli.registry import source as registry_source
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import CheckResult, Finding, run_rules
from subproc_cli.rules.rule import Baseline, RuleContext
from subproc_cli.yaml.source import Source

__all__ = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "CheckResult",
    "Customer",
    "Direction",
    "Finding",
    "Level",
    "Notice",
    "Position",
    "Problem",
    "QuestionSyntaxError",
    "ReadError",
    "Registry",
    "Severity",
    "SubprocError",
    "UsageError",
    "Verdict",
    "ask",
    "check",
    "compare",
    "load",
    "load_customers",
    "plan_notices",
    "required_bump",
]


def load(source: str | PathLike[str] | bytes, *, registry: str | PathLike[str] = "registry.yaml") -> Registry:
    """Return a registry from a file, from its text or bytes, or from a revision in git.

    Args:
        source: the path of a file; the bytes of one; its text, if it has more than one line; or a revision
            such as `HEAD~1`, `4.0.0` or `@2024-01-31`.
        registry: the file whose revision is meant.

    Raises:
        ReadError: there is no such file or revision, or it has errors; `details` lists all of them.
    """
    content = _read(source, os.fspath(registry))
    loaded = load_registry(content)
    if isinstance(loaded, Registry):
        return loaded
    raise ReadError(f"{content.name} cannot be used", details=tuple(map(str, loaded)))


def _read(source: str | PathLike[str] | bytes, registry: str) -> Source:
    if isinstance(source, bytes):
        return Source("<bytes>", source)
    name = os.fspath(source)
    if "\n" in name:
        return Source("<text>", name.encode())
    if name is not source or os.path.exists(name):
        return registry_source.read(name)
    return RevisionResolver(registry).read(name)


def ask(registry: Registry, question: str, *, at: date | None = None) -> Answers:
    """Return the answers to a question in plain English, one for each service in use on a date.

    Facts and law are those of that date.

    Raises:
        QuestionSyntaxError: a word of the question is not understood, or the question has two meanings.
    """
    return _ask(registry, question, at or _today())


def check(registry: Registry, *, at: date | None = None, against: Registry | None = None) -> CheckResult:
    """Return the findings of all rules for a registry on a date, and for its change since a revision.

    Severities and suppressions are those in the registry; no `pyproject.toml` is read. The rule
    `change-without-changelog` (SP303) does not run, since there is no file next to the registry.
    """
    baseline = Baseline(against, compare(against, registry), None) if against else None
    selection = Selection(ignore=("change-without-changelog",))
    return run_rules(RuleContext(registry, at or _today(), baseline), selection)


def load_customers(file: str | PathLike[str]) -> tuple[Customer, ...]:
    """Return the customers of a YAML or CSV file.

    Raises:
        ReadError: there is no such file, or it has errors; `details` lists all of them.
    """
    content = registry_source.read(os.fspath(file))
    loaded = _load_customers(content)
    if isinstance(loaded, Customers):
        return loaded.customers
    raise ReadError(f"{content.name} cannot be used", details=tuple(map(str, loaded)))


def plan_notices(
    old: Registry,
    new: Registry,
    *,
    sent: date | None = None,
    effective: date | None = None,
    to: Sequence[Customer] | None = None,
) -> tuple[Notice, ...]:
    """Return the notices that the changes between two revisions require: one per customer, or one for all.

    Nothing is refused: look at `gaps` and `days_short` of each notice.

    Raises:
        UsageError: the effective date is open, or is before the day on which the notices are sent.
    """
    request = Request(sent or _today(), effective)
    return plan((old, new), compare(old, new), request, tuple(to) if to is not None else None).notices


def _today() -> date:
    return datetime.now().astimezone().date()
