"""The notice to a customer: every word of it, in its language and without a layout yet."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from subproc_cli.deadlines.periods import Period
from subproc_cli.describe.fields import FieldFormatter
from subproc_cli.describe.header import build_registry_record
from subproc_cli.diff.change import Change
from subproc_cli.diff.fingerprint import FULL_CONTENT_KINDS
from subproc_cli.diff.record import ChangeRecord
from subproc_cli.diff.report import build_change_record
from subproc_cli.notice.completeness import Gap, MissingField
from subproc_cli.notice.customers import Customer
from subproc_cli.notice.effective_days import find_service_day
from subproc_cli.notice.letter_sentences import LetterChangeFormatter, format_recipient, load_letter_formatter
from subproc_cli.notice.plan import Notice
from subproc_cli.registry.field_table import SERVICE_ROWS
from subproc_cli.registry.localize import localize
from subproc_cli.registry.models import Service

_GAP_TEXTS = {
    MissingField.ENTITY_NAME: "gap-entity-name",
    MissingField.PROCESSING: "gap-processing",
    MissingField.SEES: "gap-sees",
    MissingField.PURPOSE: "gap-purpose",
    MissingField.TRANSFER: "gap-transfer",
    MissingField.CONTACT: "gap-contact",
}


_LINK_FIELDS = ("dpa", "security", "subprocessors", "privacy")
"""The links of a service that matter to anyone who has to judge it, in the order of a letter."""


class Letter:
    """One notice in words: the data from which templates, mails and documents are made."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self._old, self._new = notice.revisions
        self._formatter = load_letter_formatter(notice.language, notice.laws)
        self._change_formatter = LetterChangeFormatter(
            self._formatter, notice.revisions, notice.laws, notice.sent, notice.undated
        )

    @cached_property
    def subject(self) -> str:
        """The subject line."""
        key = self._choose_tense("subject") if self._service_count else "list-subject"
        return self._format_text(key, publisher=self._publisher, day=self._format_day(self.notice.effective))

    def to_record(self) -> dict[str, Any]:
        """Return one notice of `subproc/notices/1` with the words of the letter by part, and no body."""
        notice = self.notice
        changes = (*notice.changes, *notice.informational_changes)
        common = {
            "customer": None,
            "language": str(notice.language),
            "regime": str(notice.laws[0]),
            "laws": [str(law) for law in notice.laws],
            "sent": notice.sent.isoformat(),
            "effective": notice.effective.isoformat(),
            "object_by": notice.object_by.isoformat() if notice.object_by else None,
            "short_by": notice.days_short,
            "old": build_registry_record(self._old),
            "new": build_registry_record(self._new),
            "subject": self.subject,
            "changes": [self._build_change_record(change) for change in changes],
            "missing": [{"service": gap.service or None, "field": str(gap.field)} for gap in notice.gaps],
            "letter": self.parts,
            "body": "",
        }
        return with_recipient(common, notice)

    def _build_change_record(self, change: Change) -> ChangeRecord:
        return build_change_record(self._old, self._new, change) | {"text": self._format_change(change)}

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The words of the letter by part; a part that this letter does not have is None or empty."""
        format_text = self._format_text
        return {
            "to": None,
            "salutation": format_text("salutation"),
            "opening": self._format_opening(),
            "dates": [*self._iter_dates()],
            "urgent": self._build_urgent_part(),
            "services": [*self._iter_services()],
            "informed": self._build_informed_part(),
            "gaps": self._build_gaps_part(),
            "unchanged": self._build_unchanged_part(),
            "objection": {"title": format_text("objection-title"), "text": self._format_objection()},
            "revisions": self._format_revisions(),
            "closing": format_text("closing"),
            "publisher": self._publisher,
        }

    # Words

    def _format_text(self, key: str, **values: object) -> str:
        return self._formatter.format_letter_text(key, **values)

    def _format_day(self, day: date) -> str:
        return self._formatter.format_day(day)

    def _format_change(self, change: Change) -> str:
        return self._change_formatter.format_change(change)

    def _choose_tense(self, key: str) -> str:
        """Return the key of a text about the day of effect: of the future, or of what has taken effect."""
        return f"late-{key}" if self.notice.effective < self.notice.sent else key

    @cached_property
    def _service_count(self) -> int:
        """How many services the changes are about; none if only the list itself changes."""
        return len({change.service for change in self.notice.changes if change.service})

    @property
    def _publisher(self) -> str:
        return self._new.model.publisher

    def _build_fact(self, label: str, *values: str) -> dict[str, Any]:
        known = [value for value in values if value]
        return {
            "name": self._format_text(label),
            "values": known or [self._format_text("not-stated")],
            "known": bool(known),
        }

    # Parts

    def _format_opening(self) -> str:
        if not self._service_count:
            return self._format_text("list-opening", publisher=self._publisher)
        articles = self._formatter.transfers.format_articles("notice", self.notice.laws, self.notice.sent)
        effect_states = {self._change_formatter.has_taken_effect(change) for change in self.notice.changes}
        key = (
            "opening"
            if effect_states == {False}
            else "late-opening"
            if effect_states == {True}
            else "partly-late-opening"
        )
        text = self._format_text(key, publisher=self._publisher, articles=articles)
        concerns = self._format_text(
            "concerns", services=self._formatter.format_count("service", self._service_count)
        )
        return " ".join((text, concerns, *self._iter_amendments()))

    def _iter_amendments(self) -> Iterator[str]:
        for day, names in self.notice.amended_notices:
            listed = self._formatter.join_words(name or self._format_text("the-list") for name in names)
            yield self._format_text("amends", day=self._format_day(day), names=listed)

    def _iter_dates(self) -> Iterator[dict[str, Any]]:
        notice = self.notice
        yield self._build_fact("sent", self._format_day(notice.sent))
        yield self._build_fact(self._choose_tense("effective"), self._format_effective_day())
        yield self._build_fact("object-by", self._format_day(notice.object_by) if notice.object_by else "")
        yield self._build_fact("object-to", self._contact)

    def _format_effective_day(self) -> str:
        """Return the day of effect, and that some changes have another one."""
        notice = self.notice
        day = self._format_day(notice.effective)
        others = {self._change_formatter.find_effective_day(change) for change in notice.changes} != {
            notice.effective
        }
        return self._format_text("other-days", day=day) if others else day

    @property
    def _contact(self) -> str:
        return self._new.model.notice.contact or ""

    def _build_urgent_part(self) -> dict[str, str] | None:
        notice = self.notice
        if not notice.days_short:
            return None
        period = self._format_period(notice.terms.days or Period(0))
        short = self._formatter.format_count("day", notice.days_short)
        if set(notice.days_short_by_change.values()) == {notice.days_short}:
            text = self._format_text(
                self._choose_tense("urgent"), short=short, reason=notice.reason, period=period
            )
        else:
            reason = self._format_text("urgent-reason", reason=notice.reason)
            text = " ".join((*self._iter_partly_urgent(period), reason))
        return {"title": self._format_text("urgent-title"), "text": text}

    def _iter_partly_urgent(self, period: str) -> Iterator[str]:
        """Yield by how much the changes that have begun, and those to come, miss the period of notice."""
        for key, has_begun in (("late-partly-urgent", True), ("partly-urgent", False)):
            short = max(
                (
                    missing_days
                    for change, missing_days in self.notice.days_short_by_change.items()
                    if self._change_formatter.has_taken_effect(change) == has_begun
                ),
                default=0,
            )
            if short:
                yield self._format_text(key, short=self._formatter.format_count("day", short), period=period)

    def _format_period(self, period: Period) -> str:
        """Return a period as it follows *of* or *within* in a sentence, such as `30 Tagen`."""
        unit = str(period.unit).replace(" ", "-")
        return self._formatter.catalogue.text(f"period.{unit}", n=period.amount)

    def _iter_services(self) -> Iterator[dict[str, Any]]:
        by_service: dict[str, list[Change]] = {}
        for change in self.notice.changes:
            by_service.setdefault(change.service, []).append(change)
        for key, changes in by_service.items():
            service = self._new.model.services.get(key)
            name = changes[0].name or self._format_text("the-list")
            new = next((change for change in changes if change.kind in FULL_CONTENT_KINDS), None)
            yield {
                "id": key or None,
                "name": name,
                "changes": [self._format_change(change) for change in changes],
                "facts": [*self._iter_facts(service, new)] if service else [],
            }

    def _iter_facts(self, service: Service, new: Change | None) -> Iterator[dict[str, Any]]:
        """Yield what the coming list states of a service.

        Args:
            service: the service.
            new: the change after which it is used, if one is.
        """
        formatter, registry = self._formatter, self._new
        view = FieldFormatter(formatter, registry, self.notice.effective)
        service = localize(service, self.notice.language)
        yield self._build_fact("who", formatter.format_entity(registry, service.entity))
        if service.entity and service.entity.parent:
            yield self._build_fact("owner", formatter.format_owner(registry, service.entity))
        if service.service_type:
            yield self._build_fact("type", *view.format_value(service, SERVICE_ROWS["service_type"]))
        yield self._build_fact("what-for", service.purpose or "")
        yield self._build_fact("role", formatter.format_role(service.role))
        yield self._build_fact("used", formatter.format_usage(service))
        if service.until:
            yield self._build_fact("ends", self._format_day(service.until))
        if service.subjects:
            yield self._build_fact("subjects", *service.subjects)
        yield self._build_fact("data", *(formatter.format_statement(registry, each) for each in service.sees))
        if service.never_sees:
            yield self._build_fact("never", formatter.format_never_sees(registry, service))
        if service.model_training:
            yield self._build_fact("training", *view.format_value(service, SERVICE_ROWS["model_training"]))
        yield self._build_fact(
            "where", *(formatter.format_processing(registry, processing) for processing in service.processing)
        )
        yield self._build_fact("transfer", *self._iter_transfers(service))
        if service.onward:
            yield self._build_fact("onward", *(format_recipient(registry, each) for each in service.onward))
        start = self._change_formatter.find_effective_day(new) if new else None
        if start and not (service.until and service.until <= start):
            yield self._build_fact("from", self._format_day(start))
        yield from self._iter_safeguards(service)
        if service.contact:
            yield self._build_fact("contact", service.contact)

    def _iter_safeguards(self, service: Service) -> Iterator[dict[str, Any]]:
        """Yield what a controller judges a processor by (Art. 28(1) and (4) GDPR), as far as it is stated."""
        if service.retention:
            yield self._build_fact("retention", service.retention)
        if service.certifications:
            yield self._build_fact("certifications", *service.certifications)
        for name in _LINK_FIELDS:
            address = getattr(service.links, name, None)
            if address:
                yield self._build_fact(f"link-{name}", address)

    def _iter_transfers(self, service: Service) -> Iterator[str]:
        """Yield what a transfer rests on in the terms of the reader's law, or that none is needed.

        What has lapsed by the day of effect is left out: nothing rests on it then.
        """
        notice = self.notice
        day = find_service_day(service, max(notice.effective, notice.sent))
        valid = [basis for basis in service.transfer if basis.until is None or day <= basis.until]
        then = service.model_copy(update={"transfer": type(service.transfer)(valid)})
        yield from self._formatter.transfers.format_transfers(self._new, then, notice.laws, day)

    def _build_informed_part(self) -> dict[str, Any] | None:
        texts = [self._format_change(change) for change in self.notice.informational_changes]
        return {"title": self._format_text("informed"), "items": texts} if texts else None

    def _build_gaps_part(self) -> dict[str, Any] | None:
        if not self.notice.gaps:
            return None
        services = self._new.model.services
        items = [
            self._format_text(
                "gap",
                name=services[gap.service].name if gap.service else self._publisher,
                what=" ".join((self._format_text(_GAP_TEXTS[gap.field]), *self._iter_law_notes(gap))),
            )
            for gap in self.notice.gaps
        ]
        return {"title": self._format_text("gaps-title"), "text": self._format_text("gaps"), "items": items}

    def _iter_law_notes(self, gap: Gap) -> Iterator[str]:
        """Yield in brackets under which laws something is missing, if it is not under all of them."""
        if gap.laws:
            yield self._format_text("gap-under", laws=self._formatter.transfers.format_laws(gap.laws))

    def _build_unchanged_part(self) -> dict[str, str] | None:
        names = [self._new.model.services[key].name for key in self.notice.unchanged_services]
        if not names:
            return None
        services = self._formatter.format_count("service", len(names))
        text = self._format_text("unchanged", names=self._formatter.join_words(names), services=services)
        return {"title": self._format_text("unchanged-title"), "text": text}

    def _format_objection(self) -> str:
        by, terms = self.notice.object_by, self.notice.terms
        until = (
            self._format_text("until-day", day=self._format_day(by))
            if by
            else self._format_text("until-effect")
        )
        contact = self._contact or self._format_text("no-contact")
        has_taken_effect = (
            by is None and self.notice.effective < self.notice.sent
        )  # nothing is left to come before
        text = self._format_text(
            "late-objection" if has_taken_effect else "objection", where=contact, until=until
        )
        if terms.termination_days is None:
            return text
        period = self._format_period(terms.termination_days)
        return f"{text} {self._format_text('termination', period=period)}"

    def _format_revisions(self) -> str:
        old, new = self._old.model, self._new.model
        days = {"old_day": self._format_day(old.date), "new_day": self._format_day(new.date)}
        return self._format_text("revisions", old=old.version, new=new.version, **days)


def with_recipient(record: dict[str, Any], notice: Notice) -> dict[str, Any]:
    """Return the record of a notice to one customer, from that of the same notice to all."""
    customer = notice.customer
    if customer is None:
        return record
    to = {
        "label": load_letter_formatter(notice.language, notice.laws).format_letter_text("to"),
        "name": ", ".join(filter(None, (customer.name, customer.contact))),
    }
    return record | {
        "customer": build_customer_record(customer),
        "letter": record["letter"] | {"to": to},
    }


def build_customer_record(customer: Customer) -> dict[str, Any]:
    """Return what a notice of `subproc/notices/1` holds of its customer, the fields of its own included."""
    dpa = customer.dpa
    return customer.own | {
        "name": customer.name,
        "address": customer.address[0] if customer.address else None,
        "addresses": [*(customer.address or ())],
        "cc": [*(customer.cc or ())],
        "contact": customer.contact,
        "country": customer.country,
        "dpa": dpa and {"number": dpa.number, "date": dpa.date.isoformat() if dpa.date else None},
    }
