"""The rule policy-broken (SP501)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity, UnknownPolicy
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.question.evaluator import answer_query
from subproc_cli.registry.models import Policy
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext

_SEVERITIES_OF_UNKNOWN = {UnknownPolicy.FAIL: Severity.ERROR, UnknownPolicy.WARN: Severity.WARNING}


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service that breaks a policy, or may break it."""
    for policy in context.registry.model.policies:
        for text, failing_verdict in ((policy.forbid, Verdict.YES), (policy.require, Verdict.NO)):
            if text:
                yield from _check_policy(context, policy, text, failing_verdict)


def _check_policy(
    context: RuleContext, policy: Policy, text: str, failing_verdict: Verdict
) -> Iterator[RawFinding]:
    try:
        query = context.read_policy(text)
    except QuestionSyntaxError:
        return  # a finding of its own: SP009
    answers = answer_query(context.registry, text, query, context.as_of, context.current_services)
    for answer in answers.answers:
        if answer.verdict is failing_verdict:
            message = f"{answer.service.name} breaks the policy “{policy.name}”"
            severity = Severity.ERROR
        elif answer.verdict is Verdict.UNKNOWN and policy.unknown in _SEVERITIES_OF_UNKNOWN:
            message = f"{answer.service.name} may break the policy “{policy.name}”"
            severity = _SEVERITIES_OF_UNKNOWN[policy.unknown]
        else:
            continue
        because = answer.result.evidence
        path = because[0].path if because else ("services", answer.key)
        yield RawFinding(path, message, "", answer.key, severity, because)


RULE = Rule(
    ErrorCode("SP501", "policy-broken", Severity.ERROR),
    summary="A service does what a policy of the list forbids, or does not do what it requires.",
    details=(
        "If the list does not state enough, the policy decides by its field `unknown`: `fail`, `warn` (the "
        "default) or `pass`."
    ),
    why="A policy that nobody checks has no effect.",
    bad=(
        "policies: [{name: content stays in the EEA, forbid: see content and process outside the EEA}]\n"
        "services: {host: {name: Host, sees: [content], processing: [US], transfer: [scc]}}"
    ),
    good=(
        "policies: [{name: content stays in the EEA, forbid: see content and process outside the EEA}]\n"
        "services: {host: {name: Host, sees: [content], processing: [DE]}}"
    ),
    find=find,
)
