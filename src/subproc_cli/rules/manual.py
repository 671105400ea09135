"""The manual of the rules: `subproc rule`."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from typing_extensions import TypedDict

from subproc_cli.enums import Severity
from subproc_cli.output.document import (
    Code,
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
    dim,
    emphasize,
    make_line,
    mark_code,
)
from subproc_cli.output.record import describe_field, one_of
from subproc_cli.rules.checks import RULES
from subproc_cli.rules.rule import Rule


class RuleFields(TypedDict):
    """One rule."""

    code: Annotated[str, describe_field("The code.")]
    name: Annotated[str, describe_field("The name, which suppressions use.")]
    severity: Annotated[
        str, one_of(Severity), describe_field("The severity, unless the list sets another one.")
    ]
    against: Annotated[bool, describe_field("Whether the rule needs an earlier revision.")]
    day: Annotated[bool, describe_field("Whether the findings depend on the day.")]
    fixable: Annotated[bool, describe_field("Whether `subproc fmt` can fix what the rule finds.")]
    what: Annotated[str, describe_field("What the rule finds.")]
    why: Annotated[str, describe_field("Why that is a problem.")]
    bad: Annotated[str, describe_field("An example with a finding, in YAML.")]
    good: Annotated[str, describe_field("The example without the finding, in YAML.")]


class RuleRecord(RuleFields):
    """The record `subproc/rule/1`."""

    schema: Annotated[Literal["subproc/rule/1"], describe_field("The name and number of this record.")]


class RulesRecord(TypedDict):
    """The record `subproc/rules/1`."""

    schema: Annotated[Literal["subproc/rules/1"], describe_field("The name and number of this record.")]
    rules: Annotated[list[RuleFields], describe_field("All rules, by their codes.")]


_MANUAL = (
    (
        "`subproc check` applies these rules. A rule finds one kind of problem in a list. It has a public "
        "code and a name; suppressions use the name. Rules marked `against` need an earlier revision "
        "(`--against`). The findings of rules marked `day` depend on the day of the check (`--at`, "
        "`--no-clock`)."
    ),
    (
        "To accept a finding, write a comment on its line or on the line above it, or add an entry to the "
        "field `ignore` of the list. Name the rule and give a reason. An entry names the service that it "
        "applies to; without a service, it applies to findings about the list as a whole."
    ),
)
_SUPPRESSION_EXAMPLE = (
    "services:",
    "  stripe:  # subproc: ignore[missing-location] until=2027-01-31 the vendor publishes none",
    "    name: Stripe",
    "ignore:",
    "  - {rule: missing-location, service: stripe, until: 2027-01-31, reason: the vendor publishes none}",
)


class RulesReport(NamedTuple):
    """All rules: as a table, or as the manual with everything about each."""

    manual: bool = False

    def to_document(self) -> Page:
        """Return the rules in the order of their codes."""
        if not self.manual:
            more = Paragraph(make_line(dim("One explained: subproc rule NAME")))
            return _build_table(), more
        introduction = (Paragraph(mark_code(text)) for text in _MANUAL)
        rule_blocks = (block for rule in RULES for block in _explain_rule(rule, 2))
        return (
            Heading(make_line("Rules"), 1),
            *introduction,
            Code(_SUPPRESSION_EXAMPLE),
            _build_table(),
            *rule_blocks,
        )

    def to_record(self) -> RulesRecord:
        """Return `subproc/rules/1`."""
        return {"schema": "subproc/rules/1", "rules": [_build_rule_record(rule) for rule in RULES]}

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each rule."""
        yield "code", "name", "severity", "against", "day", "what", "why"
        for rule in RULES:
            marks = ("yes" if rule.needs_baseline else "no", "yes" if rule.is_time_dependent else "no")
            yield rule.code, rule.name, rule.error_code.severity, *marks, rule.description, rule.why


class RuleReport(NamedTuple):
    """One rule, explained."""

    rule: Rule

    def to_document(self) -> Page:
        """Return the manual of the rule."""
        return _explain_rule(self.rule, 1)

    def to_record(self) -> RuleRecord:
        """Return `subproc/rule/1`."""
        return {"schema": "subproc/rule/1", **_build_rule_record(self.rule)}

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        for name, value in _build_rule_record(self.rule).items():
            yield name, str(value)


def _build_table() -> Table:
    rows = tuple(
        (
            make_line(emphasize(rule.code)),
            make_line(rule.name),
            make_line(rule.error_code.severity),
            make_line(_format_needs(rule)),
        )
        for rule in RULES
    )
    return Table(("Code", "Name", "Severity", "Needs"), rows)


def _format_needs(rule: Rule) -> str:
    return " ".join(
        text
        for text, is_needed in (("against", rule.needs_baseline), ("day", rule.is_time_dependent))
        if is_needed
    )


def _explain_rule(rule: Rule, level: int) -> Page:
    facts = [
        ("Severity", rule.error_code.severity),
        ("Fixed by", "subproc fmt" if rule.is_fixable else ""),
    ]
    return (
        Heading(make_line(f"{rule.code} {rule.name}"), level),
        Paragraph(mark_code(rule.description)),
        Facts(tuple(Fact(Span(name, Style.STRONG), (make_line(text),)) for name, text in facts if text)),
        Paragraph((emphasize("Why: "), *mark_code(rule.why))),
        Paragraph(make_line(emphasize("Bad"))),
        Code(tuple(rule.bad.splitlines())),
        Paragraph(make_line(emphasize("Good"))),
        Code(tuple(rule.good.splitlines())),
    )


def _build_rule_record(rule: Rule) -> RuleFields:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.error_code.severity),
        "against": rule.needs_baseline,
        "day": rule.is_time_dependent,
        "fixable": rule.is_fixable,
        "what": rule.description,
        "why": rule.why,
        "bad": rule.bad,
        "good": rule.good,
    }
