"""The rule dangling-reference (SP009)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import DANGLING_REFERENCE
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.suggest import Suggester


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every reference without a target."""
    registry = context.registry
    services = registry.model.services
    suggester = Suggester(services)
    earlier_services = context.baseline.base.model.services if context.baseline else {}
    for key, service in services.items():
        if service.replaces and service.replaces not in services and service.replaces not in earlier_services:
            message = f"{service.name} replaces {service.replaces}, which is not a service of the list"
            yield RawFinding(("services", key, "replaces"), message, suggester.suggest(service.replaces), key)
        for position, former in enumerate(service.formerly):
            if former in services:
                message = f"{service.name} was formerly {former}, but that id is still in use"
                yield RawFinding(("services", key, "formerly", position), message, "", key)
    yield from _check_policies(context)


def _check_policies(context: RuleContext) -> Iterator[RawFinding]:
    for position, policy in enumerate(context.registry.model.policies):
        for field in ("forbid", "require"):
            text = getattr(policy, field)
            try:
                if text:
                    context.read_policy(text)
            except QuestionSyntaxError as error:
                message = f"policy “{policy.name}”: {error.message}"
                yield RawFinding(("policies", position, field), message, error.hint)
        if not (policy.forbid or policy.require):
            message = f"policy “{policy.name}” neither forbids nor requires anything"
            yield RawFinding(("policies", position), message, "add forbid: or require:")


RULE = Rule(
    DANGLING_REFERENCE,
    summary="The field `replaces` or `formerly` of a service, or a policy, refers to something wrong.",
    details=(
        "`replaces` must name a service of the list or, with `--against`, of the earlier revision. "
        "`formerly` must not contain an id that is still in use, because an id belongs to one service only. "
        "A policy must contain a question that `subproc` understands."
    ),
    why="Replacements and renames decide which customers are notified of which change (Art. 28(2) GDPR).",
    bad=(
        "services: {deepl: {name: DeepL, replaces: gogle-translate}, google-translate: {name: Google "
        "Translate}}"
    ),
    good=(
        "services: {deepl: {name: DeepL, replaces: google-translate}, google-translate: {name: Google "
        "Translate}}"
    ),
    find=find,
)
