"""The rule ambiguous-policy (SP502)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.question.parser import find_other_readings
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import join_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every policy whose question has a second meaning."""
    registry = context.registry
    for position, policy in enumerate(registry.model.policies):
        for field, text in (("forbid", policy.forbid), ("require", policy.require)):
            lines = find_other_readings(registry, text, context.as_of) if text else ()
            if lines:
                message = (
                    f"policy “{policy.name}” can be read in {len(lines)} ways; it is read as “{lines[0]}”"
                )
                hint = f"write {join_words([f'“{line}”' for line in lines], 'or')}"
                yield RawFinding(("policies", position, field), message, hint)


RULE = Rule(
    ErrorCode("SP502", "ambiguous-policy", Severity.WARNING),
    summary="The question of a policy has more than one meaning.",
    details=(
        "At a prompt such a question is refused. In a policy one meaning applies, which the finding names "
        "first: `and` binds tighter than `or`, and data that is kept in a place may be kept elsewhere as "
        "well."
    ),
    why="A reader of the policy may understand something else than what is checked.",
    bad=(
        "policies: [{name: data stays in Germany, require: store data in Germany}]\n"
        "services: {host: {name: Host, sees: [content], processing: [DE]}}"
    ),
    good=(
        "policies: [{name: data stays in Germany, require: process only in Germany}]\n"
        "services: {host: {name: Host, sees: [content], processing: [DE]}}"
    ),
    find=find,
)
