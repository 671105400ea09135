"""The rule vague-place (SP108)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.reference.geography import UNKNOWN, WORLDWIDE
from subproc_cli.registry.models import Processing, Service
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.rules.transfers import is_covered


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every place that leaves the country open, except regions without a need for a basis."""
    for key, service in context.personal_data_services.items():
        for position, processing in enumerate(service.processing):
            if _is_vague(context, processing):
                places = " or ".join(processing.place)
                basis = "; no transfer basis is stated" if _needs_basis(context, service, processing) else ""
                message = f"{service.name}: the place of processing is vague: {places}{basis}"
                path = ("services", key, "processing", position)
                yield RawFinding(path, message, "list each country as a separate place", key)


def _is_vague(context: RuleContext, processing: Processing) -> bool:
    """Return whether a place leaves open which country is meant, and may lie abroad."""
    if not {UNKNOWN, WORLDWIDE}.isdisjoint(processing.place) or len(processing.place) > 1:
        return True
    countries = context.place_resolver.resolve_places(processing.place)
    return len(countries) > 1 and not all(
        law.needs_no_basis(country, context.as_of) for law in context.laws for country in countries
    )


def _needs_basis(context: RuleContext, service: Service, processing: Processing) -> bool:
    """Return whether a basis is missing in at least one of the countries that may be meant."""
    countries = context.place_resolver.resolve_places(processing.place)
    return not service.transfer and any(
        not is_covered(context, service, country, law) for law in context.laws for country in countries
    )


RULE = Rule(
    ErrorCode("SP108", "vague-place", Severity.INFO),
    summary=(
        "A place of processing is `worldwide`, `unknown`, one of several places, or a region that includes "
        "countries abroad."
    ),
    details="The message adds that no transfer basis is stated if one of these countries needs a basis.",
    why=(
        "The record of a processor names the third countries that receive data (Art. 30(2)(c) GDPR); a "
        "vague place does not show which countries these are."
    ),
    bad="cdn: {name: CDN, processing: [worldwide]}",
    good="cdn: {name: CDN, processing: [DE, FR]}",
    find=find,
)
