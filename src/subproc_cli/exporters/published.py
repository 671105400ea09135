"""The content of every format for people: which services, since when, and with which promises."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from subproc_cli.describe.wording import PageWording
from subproc_cli.enums import SUBPROCESSORS, NotStated
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import format_own_value, iter_missing_facts
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.history.timeline import HistoryEntry
from subproc_cli.notice.customers import mail_address
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.parts import Contact, NoticeTerms
from subproc_cli.registry.registry import State, get_state


def find_visible_services(export: Export) -> Mapping[str, Service]:
    """Return the chosen services, and those announced for a later day if no question chose."""
    if export.question:
        return export.services
    services = export.registry.model.services
    return {
        key: service
        for key, service in services.items()
        if key in export.services or get_state(service, export.as_of) is State.ANNOUNCED
    }


def find_subprocessors(export: Export) -> Mapping[str, Service]:
    """Return the chosen services that process for customers on the publisher's behalf (Art. 28 GDPR)."""
    return {key: each for key, each in export.services.items() if each.role in SUBPROCESSORS}


def format_lifecycle(export: Export, wording: PageWording, service: Service) -> str:
    """Return the future day on which the use of a service starts or ends; empty if there is none."""
    match get_state(service, export.as_of):
        case State.ANNOUNCED if service.since:
            return wording.format_text("announced-from", day=wording.format_day(service.since))
        case State.RETIRED if service.until:
            return wording.format_text("retired-from", day=wording.format_day(service.until))
        case State.IN_USE if service.until:
            return wording.format_text("retired-from", day=wording.format_day(service.until))
        case _:
            return ""


def format_unneeded_basis(export: Export, wording: PageWording, service: Service) -> list[str]:
    """Return why no law asks for the basis that is not stated; empty if one is stated, needed or hidden."""
    if service.transfer or "transfer" in export.hidden_fields:
        return []
    registry = export.registry
    return wording.formatter.transfers.format_transfers(registry, service, registry.model.law, export.as_of)


def iter_list_facts(export: Export, wording: PageWording) -> Iterator[tuple[str, str]]:
    """Yield what the list states of itself: what the publisher promises, its contacts and its own fields."""
    model = export.registry.model
    if "notice" not in export.hidden_fields:
        yield from _iter_promises(wording, model.notice)
    for kind, contact in model.contacts or ():
        if isinstance(contact, Contact):
            parts = (contact.name, contact.address, contact.mail)
            yield wording.get_word("label", f"contacts.{kind}"), ", ".join(part for part in parts if part)
    yield from _iter_own_fields(model)


def format_intro(export: Export, wording: PageWording) -> str:
    """Return the publisher's text that introduces the list, or the usual one."""
    publication = export.registry.model.publish
    intro = publication.intro if publication else None
    return intro or wording.format_text("intro", publisher=export.registry.model.publisher)


def iter_selection_notes(export: Export, wording: PageWording) -> Iterator[str]:
    """Yield for whom and by which question the services were chosen, and which were left out unanswered."""
    if export.customer:
        yield wording.format_text("for-customer", customer=export.customer)
    if export.question:
        yield wording.format_text("where", question=export.question)
    if export.unanswered:
        names = (export.registry.model.services[key].name for key in export.unanswered)
        yield wording.format_text("silent", services=wording.join_words(names))


def find_unstated_facts(
    export: Export, wording: PageWording, services: Mapping[str, Service], in_table: AbstractSet[str]
) -> tuple[tuple[str, str], ...]:
    """Return each fact that the list leaves out, as a noun, with the services that lack it.

    Empty if the list decides that the page does not name them.

    Args:
        export: the list.
        wording: the words.
        services: the services that the page shows.
        in_table: facts whose place in a table says that they are not stated.
    """
    publication = export.registry.model.publish
    if publication and publication.not_stated is NotStated.LEAVE_OUT:
        return ()
    classifier = RegionClassifier(export.registry, export.as_of)
    names_by_fact: dict[str, list[str]] = {}
    for key, service in services.items():
        needs_basis = classifier.evaluate_basis_needed(key, service)
        for fact in iter_missing_facts(service, needs_basis, export.hidden_fields):
            if fact not in in_table:
                names_by_fact.setdefault(fact, []).append(service.name)
    return tuple(
        (
            wording.get_word("missing", fact),
            wording.format_text("all-services") if len(names) == len(services) else wording.join_words(names),
        )
        for fact, names in names_by_fact.items()
    )


def is_address(text: str) -> bool:
    """Return whether a text is the address of a page, to which a link is safe."""
    try:
        return text.startswith(("https://", "http://")) and bool(urlsplit(text).hostname)
    except ValueError:  # such as a bracket that is not closed
        return False


def find_contact_link(text: str) -> str:
    """Return the link of a contact: a page or a mail address; empty if it is neither."""
    if is_address(text):
        return text
    return f"mailto:{text}" if mail_address.is_address(text) else ""


def _iter_promises(wording: PageWording, notice: NoticeTerms) -> Iterator[tuple[str, str]]:
    """Yield the periods that the publisher promises, and where objections go; empty where not stated."""
    periods = {
        "notice-days": notice.days,
        "objection-days": notice.objection_days,
        "termination-days": notice.termination_days,
    }
    for key, days in periods.items():
        yield wording.format_text(key), "" if days is None else wording.format_count("day", days)
    yield wording.format_text("objections-to"), notice.contact or ""


def _iter_own_fields(model: RegistryModel) -> Iterator[tuple[str, str]]:
    """Yield the publisher's own fields of the list and of its promises that are published, as texts."""
    own = model.own | {f"notice.{name}": value for name, value in model.notice.own.items()}
    yield from ((name, format_own_value(value)) for name, value in own.items())


def find_preceding_history(export: Export) -> tuple[HistoryEntry, ...]:
    """Return the moments that lead to the list, and none that came after it."""
    last = export.registry.model.date
    return tuple(each for each in export.history if each.new is None or each.new.model.date <= last)
