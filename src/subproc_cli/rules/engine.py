"""Runs the rules over a list: finds lines, sets severities, suppresses what is accepted on purpose."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from subproc_cli.characters import in_quotes
from subproc_cli.diagnostics import Problem, Route, Where
from subproc_cli.enums import Gravity, Severity
from subproc_cli.evaluation.verdict import Because
from subproc_cli.rules.checks import BY_CODE, BY_NAME, RULES
from subproc_cli.rules.config import Selection
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.rules.suppressions import Key, Suppression, keys, suppressions
from subproc_cli.text import Proposals

_ORDER = {severity: order for order, severity in enumerate(Severity)}
_STRICTEST = list(Gravity).index


class Found(NamedTuple):
    """One finding with its place.

    Attributes:
        where: the place in the file.
        related: the statements that it rests on.
        route: the field that it is about.
        fix: the text to write instead, if there is only one right text.
    """

    rule: Rule
    severity: Severity
    message: str
    where: Where
    hint: str = ""
    service: str = ""
    related: tuple[Because, ...] = ()
    route: Route = ()
    fix: str | None = None

    @property
    def fingerprint(self) -> str:
        """Digits that stay the same when lines move; equal findings have the same."""
        text = "\0".join((self.rule.code, self.where.file, self.where.path or "", self.message))
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Report(NamedTuple):
    """What a check found, the worst first, and what is suppressed."""

    found: tuple[Found, ...]
    suppressed: tuple[Found, ...] = ()

    def count(self, severity: Severity) -> int:
        """Return how many findings are of a severity."""
        return sum(each.severity is severity for each in self.found)

    def fails(self, severity: Severity) -> bool:
        """Tell whether a finding is of a severity or worse."""
        return any(_ORDER[each.severity] <= _ORDER[severity] for each in self.found)


def unreadable(problems: Iterable[Problem]) -> Report:
    """Return the faults of a file that cannot be read, as findings: all of them, whatever is selected."""
    return Report(
        tuple(
            Found(BY_CODE[each.fault.code], each.fault.severity, each.message, each.where, each.hint)
            for each in problems
        )
    )


def run(subject: Subject, selection: Selection) -> Report:
    """Check a list."""
    severities = {**_of_list(subject), **selection.severities}
    selection = selection._replace(severities=severities)
    rules = [rule for rule in RULES if selection.runs(rule)]
    found = [each for rule in rules for each in _findings(rule, subject, selection)]
    accepted = suppressions(subject.index) if selection.suppressed else ()
    kept, suppressed, used = _split(found, accepted, subject, selection)
    kept += _of_suppressions(accepted, used, subject, selection)
    kept += _unknown_severities(subject, selection)
    return Report(tuple(sorted(kept, key=_place)), tuple(sorted(suppressed, key=_place)))


def _of_list(subject: Subject) -> dict[str, Gravity]:
    """Return the severities that the list sets.

    A rule about a change is as strict as the earlier revision or the list has it, whichever is stricter:
    what is checked does not switch off what checks it.
    """
    given = dict(subject.index.registry.severities)
    known = subject.against.base.registry.severities if subject.against else {}
    for rule in RULES:
        if rule.against and rule.name in given | known:
            usual = Gravity(rule.fault.severity)
            given[rule.name] = min((each.get(rule.name, usual) for each in (known, given)), key=_STRICTEST)
    return given


def _unknown_severities(subject: Subject, selection: Selection) -> Iterator[Found]:
    """Yield the names in the list's own severities that are no rules."""
    rule, near = BY_CODE["SP005"], Proposals(BY_NAME)
    for name in subject.index.registry.severities:
        if name not in BY_NAME and selection.runs(rule):
            where = subject.index.where(("severities", name))
            message = f"severities: there is no rule {name}"
            yield Found(rule, rule.fault.severity, message, where, near.to(name))


def _place(found: Found) -> tuple[int, int, int, str]:
    """Sort the worst first, and then by the place in the file."""
    return _ORDER[found.severity], found.where.line, found.where.column, found.rule.code


def _severity(rule: Rule, given: Severity | None, selection: Selection) -> Severity:
    chosen = selection.severities.get(rule.name)
    return Severity(chosen) if chosen else given or rule.fault.severity


def _findings(rule: Rule, subject: Subject, selection: Selection) -> Iterator[Found]:
    if rule.find is None:
        return
    for each in rule.find(subject):
        yield _located(rule, each, subject, selection)


def _located(rule: Rule, each: Finding, subject: Subject, selection: Selection) -> Found:
    return Found(
        rule=rule,
        severity=_severity(rule, each.severity, selection),
        message=each.message,
        where=subject.index.where(each.route),
        hint=each.hint,
        service=each.service,
        related=each.because,
        route=each.route,
        fix=each.fix,
    )


def _split(
    found: list[Found], accepted: tuple[Suppression, ...], subject: Subject, selection: Selection
) -> tuple[list[Found], list[Found], set[Suppression]]:
    """Return what is told, what is suppressed, and the suppressions that did something."""
    holding: dict[Key, list[Suppression]] = {}
    for one in accepted:
        for key in one.covers() if not _expired(one, subject, selection) else ():
            holding.setdefault(key, []).append(one)
    kept: list[Found] = []
    suppressed: list[Found] = []
    used: set[Suppression] = set()
    for each in found:
        by = [
            one for key in keys(each.rule.name, each.where.line, each.service) for one in holding.get(key, ())
        ]
        used.update(by)
        (suppressed if by else kept).append(each)
    return kept, suppressed, used


def _expired(each: Suppression, subject: Subject, selection: Selection) -> bool:
    return selection.clock and each.until is not None and each.until < subject.day


def _of_suppressions(
    accepted: tuple[Suppression, ...], used: set[Suppression], subject: Subject, selection: Selection
) -> list[Found]:
    found, near = [], Proposals(BY_NAME)
    for each in accepted:
        for name, message, hint in _wrong(each, used, subject, selection, near):
            rule = BY_NAME[name]
            if selection.runs(rule):
                severity = _severity(rule, None, selection)
                found.append(Found(rule, severity, message, each.where, hint, each.service))
    return found


def _wrong(
    each: Suppression, used: set[Suppression], subject: Subject, selection: Selection, near: Proposals
) -> Iterator[tuple[str, str, str]]:
    """Yield the rule that a suppression breaks, with the message and the hint."""
    rule = BY_NAME.get(each.rule)
    if each.wrong and not each.rule:
        yield "unknown-suppression", "a suppression names no rule", each.wrong
    elif rule is None:
        by_code = BY_CODE.get(each.rule.upper())
        hint = f"write {by_code.name}" if by_code else near.to(each.rule)
        yield "unknown-suppression", f"there is no rule {in_quotes(each.rule)} to suppress", hint
    elif each.wrong:
        yield "unknown-suppression", each.wrong, ""
    elif _expired(each, subject, selection):
        yield "expired-suppression", f"the suppression of {each.rule} ended on {each.until}", "look again"
    elif each not in used and selection.runs(rule) and not (rule.against or rule.clock):
        hint = "remove it" if each.lines or each.service else "remove it, or name the service"
        yield "unused-suppression", f"the suppression of {each.rule} suppresses nothing", hint
    if not each.reason:
        yield "suppression-without-reason", f"the suppression of {each.rule} gives no reason", "say why"
