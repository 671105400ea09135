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
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.grammar import parse
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import Suggester


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every reference without a target."""
    registry = context.registry
    services = registry.model.services
    suggester = Suggester(services)
    earlier_services = context.baseline.base.model.services if context.baseline else {}
    for key, service in services.items():
        if service.replaces and service.replaces not in services and service.replaces not in earlier_services:
            message = f"{service.name} replaces {service.replaces}, which is no service of the list"
            yield RawFinding(("services", key, "replaces"), message, suggester.suggest(service.replaces), key)
        for position, former in enumerate(service.formerly):
            if former in services:
                message = f"{service.name} was formerly {former}, but that id is still in use"
                yield RawFinding(("services", key, "formerly", position), message, "", key)
    yield from _check_policies(context)


def _check_policies(context: RuleContext) -> Iterator[RawFinding]:
    registry = context.registry
    for position, policy in enumerate(registry.model.policies):
        for field in ("forbid", "require"):
            text = getattr(policy, field)
            try:
                if text:
                    required = field == "require"
                    parse(
                        text,
                        registry.category_tree,
                        registry.gazetteer,
                        registry.model.services,
                        of_all=required,
                        law=registry.model.law,
                    )
            except QuestionSyntaxError as error:
                message = f"policy “{policy.name}”: {error.message}"
                yield RawFinding(("policies", position, field), message, error.hint)
        if not (policy.forbid or policy.require):
            message = f"policy “{policy.name}” neither forbids nor requires anything"
            yield RawFinding(("policies", position), message, "add forbid: or require:")


RULE = Rule(DANGLING_REFERENCE, __doc__ or "", find)
