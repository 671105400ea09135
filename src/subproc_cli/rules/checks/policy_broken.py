"""A service does what a policy of the list forbids, or not what it requires.

Where the list does not say enough, the policy decides: unknown: fail, warn (the default) or pass.

Why: A house rule that nobody checks is none.

Bad:
    policies: [{name: content stays in the EEA, forbid: see content and process outside the EEA}]
    services: {host: {name: Host, sees: [content], processing: [US], transfer: [scc]}}

Good:
    policies: [{name: content stays in the EEA, forbid: see content and process outside the EEA}]
    services: {host: {name: Host, sees: [content], processing: [DE]}}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity, Tolerance
from subproc_cli.errors import QuestionFault
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.question.evaluator import ask
from subproc_cli.registry.models import Policy
from subproc_cli.rules.rule import Finding, Rule, Subject

_OPEN = {Tolerance.FAIL: Severity.ERROR, Tolerance.WARN: Severity.WARNING}


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every service that breaks a policy, or may break it."""
    for policy in subject.index.registry.policies:
        for text, bad in ((policy.forbid, Verdict.YES), (policy.require, Verdict.NO)):
            if text:
                yield from _broken(subject, policy, text, bad)


def _broken(subject: Subject, policy: Policy, text: str, bad: Verdict) -> Iterator[Finding]:
    try:
        required = bad is Verdict.NO
        answers = ask(subject.index, text, subject.day, subject.services, of_all=required).answers
    except QuestionFault:
        return  # a finding of its own: SP009
    for answer in answers:
        if answer.verdict is bad:
            message = f"{answer.service.name} breaks the policy “{policy.name}”"
            severity = Severity.ERROR
        elif answer.verdict is Verdict.UNKNOWN and policy.unknown in _OPEN:
            message = f"{answer.service.name} may break the policy “{policy.name}”"
            severity = _OPEN[policy.unknown]
        else:
            continue
        because = answer.judgement.because
        route = because[0].route if because else ("services", answer.key)
        yield Finding(route, message, "", answer.key, severity, because)


RULE = Rule(Fault("SP501", "policy-broken", Severity.ERROR), __doc__ or "", find)
