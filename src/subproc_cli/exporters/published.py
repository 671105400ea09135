"""What every form that people read says of a list: which services, since when, and with which promises."""

from collections.abc import Iterator, Mapping

from subproc_cli.describe.wording import Wording
from subproc_cli.enums import SUBPROCESSORS
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import own_text
from subproc_cli.history.timeline import Moment
from subproc_cli.registry.models import NoticeTerms, Registry, Service
from subproc_cli.registry.registry import State, state


def published(export: Export) -> Mapping[str, Service]:
    """Return the chosen services, and those announced for a later day if no question chose."""
    if export.where:
        return export.services
    services = export.about.registry.services
    return {
        key: service
        for key, service in services.items()
        if key in export.services or state(service, export.day) is State.ANNOUNCED
    }


def subprocessors(export: Export) -> Mapping[str, Service]:
    """Return the chosen services that process for customers on the publisher's behalf (Art. 28 GDPR)."""
    return {key: each for key, each in export.services.items() if each.role in SUBPROCESSORS}


def standing(export: Export, wording: Wording, service: Service) -> str:
    """Return since when a service is announced or no longer used; empty if it is in use."""
    match state(service, export.day):
        case State.ANNOUNCED if service.since:
            return wording.text("announced_from", day=wording.day(service.since))
        case State.RETIRED if service.until:
            return wording.text("retired_from", day=wording.day(service.until))
        case _:
            return ""


def promises(wording: Wording, notice: NoticeTerms) -> Iterator[tuple[str, str]]:
    """Yield the periods that the publisher promises, and where objections go; empty where not stated."""
    periods = {
        "notice_days": notice.days,
        "objection_days": notice.objection_days,
        "termination_days": notice.termination_days,
    }
    for key, days in periods.items():
        yield wording.text(key), "" if days is None else wording.counted("day", days)
    yield wording.text("objections_to"), notice.contact or ""


def of_the_list(registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield the publisher's own fields of the list and of its promises that are published, as texts."""
    own = registry.own | {f"notice.{name}": value for name, value in registry.notice.own.items()}
    yield from ((name, own_text(value)) for name, value in own.items())


def until_the_list(export: Export) -> tuple[Moment, ...]:
    """Return the moments that lead to the list, and none that came after it."""
    last = export.about.registry.date
    return tuple(each for each in export.moments if each.new is None or each.new.registry.date <= last)
