"""The public Python interface: load a registry, ask it, compare and check revisions, plan notices, export it.

Nothing here prints or writes. A date that is not given is today.
"""

import os
from collections.abc import Sequence
from datetime import date, datetime
from os import PathLike

from subproc_cli.api.notices import Gap, Notice, Notices
from subproc_cli.api.results import (
    Answer,
    Answers,
    Change,
    Changes,
    CheckResult,
    Evidence,
    Finding,
)
from subproc_cli.deadlines.periods import Period, PeriodUnit
from subproc_cli.diagnostics import Position
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Bump, Direction, Level, Regime, Severity
from subproc_cli.errors import QuestionSyntaxError, ReadError, RefusedError, SubprocError, UsageError
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS, Exporter
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice.customers.customers import Customer, Customers
from subproc_cli.notice.customers.customers import load_customers as _load_customers
from subproc_cli.notice.customers.recipients import get_holiday_check
from subproc_cli.notice.customers.terms import Terms
from subproc_cli.notice.plan import Request, plan
from subproc_cli.question.evaluator import ask as _ask
from subproc_cli.registry import source as registry_source
from subproc_cli.registry.comments import find_guess_comments
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.models import NOBODY, RegistryModel, Service
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import Baseline, RuleContext
from subproc_cli.suggest import suggest
from subproc_cli.yaml.source import Source

__all__ = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "Changes",
    "CheckResult",
    "Customer",
    "Direction",
    "Evidence",
    "Finding",
    "Gap",
    "Level",
    "Notice",
    "Notices",
    "Period",
    "PeriodUnit",
    "Position",
    "QuestionSyntaxError",
    "ReadError",
    "RefusedError",
    "Regime",
    "Registry",
    "RegistryModel",
    "Service",
    "Severity",
    "SubprocError",
    "Terms",
    "UsageError",
    "Verdict",
    "ask",
    "check",
    "compare",
    "export",
    "export_bytes",
    "load",
    "load_customers",
    "plan_notices",
]

_FORMAT_ALIASES = {"markdown": "page", "html": "site"}
"""Plain names of formats that `subproc export` calls by their purpose."""


def load(source: str | PathLike[str] | bytes, *, registry: str | PathLike[str] = "registry.yaml") -> Registry:
    """Return a registry from a file, from its text or bytes, or from a revision in git.

    Args:
        source: the path of a file; the bytes of a file; its text, if that has more than one line; or a
            revision such as `HEAD~1`, `4.0.0` or `@2024-01-31`.
        registry: the file whose revision is meant.

    Raises:
        ReadError: the file or revision does not exist, or has errors; `details` lists all of them.
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
    return Answers(_ask(registry, question, at or _today()))


def compare(old: Registry, new: Registry) -> Changes:
    """Return the changes from one revision to another, the highest level first."""
    return Changes(old, new, diff(old, new))


def check(registry: Registry, *, at: date | None = None, against: Registry | None = None) -> CheckResult:
    """Return the findings of all rules for a registry on a date, and for its change since a revision.

    Severities and suppressions are those in the registry; no `pyproject.toml` is read. The rule
    `change-without-changelog` (SP303) does not run, because there is no file next to the registry.
    """
    baseline = Baseline(against, diff(against, registry), None) if against else None
    selection = Selection(ignore=("change-without-changelog",))
    return CheckResult(registry, run_rules(RuleContext(registry, at or _today(), baseline), selection))


def load_customers(file: str | PathLike[str]) -> tuple[Customer, ...]:
    """Return the customers of a YAML or CSV file.

    Raises:
        ReadError: the file does not exist, or has errors; `details` lists all of them.
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
) -> Notices:
    """Return the notices that the changes between two revisions require: one per customer, or one for all.

    Nothing is refused: look at `gaps` and `days_short` of each notice.

    Raises:
        UsageError: the effective date cannot be calculated, or is before the day of sending.
    """
    request = Request(sent or _today(), effective, holidays=get_holiday_check)
    return Notices(plan((old, new), diff(old, new), request, tuple(to) if to is not None else None).notices)


def export(registry: Registry, output_format: str, *, at: date | None = None, language: str = ENGLISH) -> str:
    """Return the services in use on a date as text in a format of `subproc export`, such as `csv` or `json`.

    `markdown` and `html` are the public list as one page. Formats for the public leave out internal fields.

    Raises:
        UsageError: there is no such format, the format is binary, or the list does not state its publisher.
        RefusedError: people would read as a fact what an import guessed.
    """
    exporter = _find_exporter(output_format)
    if exporter.is_binary:
        raise UsageError(f"{output_format} is binary, not text", "call export_bytes")
    return export_bytes(registry, output_format, at=at, language=language).decode("utf-8")


def export_bytes(
    registry: Registry, output_format: str, *, at: date | None = None, language: str = ENGLISH
) -> bytes:
    """Return the result of `export` as bytes, also in a binary format such as `xlsx`.

    Raises:
        UsageError: there is no such format, or the list does not state its publisher.
        RefusedError: people would read as a fact what an import guessed.
    """
    exporter, as_of = _find_exporter(output_format), at or _today()
    if exporter.is_translated and not exporter.is_internal:
        if registry.model.publisher == NOBODY:
            raise UsageError(f"{registry.file} does not state its publisher", "write its field publisher")
        guesses = find_guess_comments(registry)
        if guesses:
            lines = ", ".join(str(guess.number) for guess in guesses)
            message = f"{registry.file} has values that an import guessed, in lines {lines}"
            raise RefusedError(message, "look at each line and remove the marker")
    services = registry.find_services_in_use(as_of)
    return exporter.render(Export(registry, services, as_of, language))


def _find_exporter(name: str) -> Exporter:
    exporters = {exporter.name: exporter for exporter in EXPORTERS}
    found = exporters.get(_FORMAT_ALIASES.get(name, name))
    if found is None:
        hint = suggest(name, [*exporters, *_FORMAT_ALIASES]) or f"there are {', '.join(exporters)}"
        raise UsageError(f"there is no format {name!r}", hint)
    return found


def _today() -> date:
    return datetime.now().astimezone().date()
