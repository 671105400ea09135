"""A reference points nowhere: replaces, formerly, or a policy that cannot be read.

A former id that is still in use is one too: two services cannot be the same one. Where a
change is checked, replaces may name a service of the earlier revision.

Why: Replacements and renames decide who is told of what (Art. 28(2) GDPR).

Bad:
    services: {deepl: {name: DeepL, replaces: gogle-translate}, google-translate: {name: Google Translate}}

Good:
    services: {deepl: {name: DeepL, replaces: google-translate}, google-translate: {name: Google Translate}}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import DANGLING_REFERENCE
from subproc_cli.errors import QuestionFault
from subproc_cli.question.grammar import parse
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.text import Proposals


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every reference without a target."""
    index = subject.index
    services = index.registry.services
    near = Proposals(services)
    before = subject.against.base.registry.services if subject.against else {}
    for key, service in services.items():
        if service.replaces and service.replaces not in services and service.replaces not in before:
            message = f"{service.name} replaces {service.replaces}, which is no service of the list"
            yield Finding(("services", key, "replaces"), message, near.to(service.replaces), key)
        for position, former in enumerate(service.formerly):
            if former in services:
                message = f"{service.name} was formerly {former}, but that id is still in use"
                yield Finding(("services", key, "formerly", position), message, "", key)
    yield from _policies(subject)


def _policies(subject: Subject) -> Iterator[Finding]:
    index = subject.index
    for position, policy in enumerate(index.registry.policies):
        for field in ("forbid", "require"):
            text = getattr(policy, field)
            try:
                if text:
                    required = field == "require"
                    parse(text, index.tree, index.gazetteer, index.registry.services, of_all=required)
            except QuestionFault as fault:
                message = f"policy “{policy.name}”: {fault.message}"
                yield Finding(("policies", position, field), message, fault.hint)
        if not (policy.forbid or policy.require):
            message = f"policy “{policy.name}” neither forbids nor requires anything"
            yield Finding(("policies", position), message, "add forbid: or require:")


RULE = Rule(DANGLING_REFERENCE, __doc__ or "", find)
