"""The rules of `subproc check`, each with its manual: `subproc rule`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.output.document import (
    Code,
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Span,
    Table,
    Tone,
    faint,
    line,
    strong,
)
from subproc_cli.rules.checks import RULES
from subproc_cli.rules.rule import Rule

_MANUAL = (
    (
        "A rule finds one fault of a list. It has a public code and a name; suppressions use the name. Rules "
        "marked against need an earlier revision (--against), those marked day depend on the day (--at, "
        "--no-clock)."
    ),
    (
        "A finding is accepted on purpose by a comment on its line or the line above, or by an entry of the "
        "list's field ignore, always by name and with a reason. An entry names the service; without one it "
        "accepts only what is found of the list as a whole."
    ),
)
_SUPPRESSED = (
    "services:",
    "  stripe:  # subproc: ignore[missing-location] until=2027-01-31 the vendor publishes none",
    "    name: Stripe",
    "ignore:",
    "  - {rule: missing-location, service: stripe, until: 2027-01-31, reason: the vendor publishes none}",
)


class RulesView(NamedTuple):
    """All rules: as a table, or as the manual with everything that there is to say of each."""

    manual: bool = False

    def page(self) -> Page:
        """Return the rules in the order of their codes."""
        if not self.manual:
            more = Paragraph(line(faint("One explained: subproc rule NAME")))
            return _table(), more
        text = (Paragraph(line(each)) for each in _MANUAL)
        pages = (block for rule in RULES for block in _explained(rule, 2))
        return Heading(line("Rules"), 1), *text, Code(_SUPPRESSED), _table(), *pages

    def record(self) -> dict[str, Any]:
        """Return `subproc/rules/1`."""
        return {"schema": "subproc/rules/1", "rules": [_record(rule) for rule in RULES]}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each rule."""
        yield "code", "name", "severity", "against", "day", "what", "why"
        for rule in RULES:
            parts = rule.parts
            marks = ("yes" if rule.against else "no", "yes" if rule.clock else "no")
            yield rule.code, rule.name, rule.fault.severity, *marks, parts["what"], parts["why"]


class RuleView(NamedTuple):
    """One rule, explained."""

    rule: Rule

    def page(self) -> Page:
        """Return the manual of the rule."""
        return _explained(self.rule, 1)

    def record(self) -> dict[str, Any]:
        """Return `subproc/rule/1`."""
        return {"schema": "subproc/rule/1", **_record(self.rule)}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        for name, value in _record(self.rule).items():
            yield name, str(value)


def _table() -> Table:
    rows = tuple(
        (line(strong(rule.code)), line(rule.name), line(rule.fault.severity), line(_marks(rule)))
        for rule in RULES
    )
    return Table(("Code", "Name", "Severity", "Needs"), rows)


def _marks(rule: Rule) -> str:
    return " ".join(text for text, given in (("against", rule.against), ("day", rule.clock)) if given)


def _explained(rule: Rule, level: int) -> Page:
    parts = rule.parts
    facts = [
        ("Severity", rule.fault.severity),
        ("Needs", _marks(rule)),
        ("Mended by", "subproc fmt" * rule.fixable),
    ]
    return (
        Heading(line(strong(f"{rule.code} {rule.name}")), level),
        Paragraph(line(parts["what"])),
        Facts(tuple(Fact(Span(name, Tone.STRONG), (line(text),)) for name, text in facts if text)),
        Paragraph(line(strong("Why: "), parts["why"])),
        Paragraph(line(strong("Bad"))),
        Code(tuple(parts["bad"].splitlines())),
        Paragraph(line(strong("Good"))),
        Code(tuple(parts["good"].splitlines())),
    )


def _record(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.fault.severity),
        "against": rule.against,
        "day": rule.clock,
        "fixable": rule.fixable,
        **rule.parts,
    }
