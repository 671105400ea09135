"""The notice to a customer: every word of it, in its language and without a layout yet."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from subproc_cli.deadlines.periods import Period
from subproc_cli.describe.header import build_registry_record
from subproc_cli.diff.change import Change
from subproc_cli.diff.fingerprint import FULL_CONTENT_KINDS
from subproc_cli.diff.report import build_change_record
from subproc_cli.diff.translations import select_readable_changes
from subproc_cli.notice.authorisation import needs_authorisation
from subproc_cli.notice.completeness import Gap
from subproc_cli.notice.letters.facts import FactFormatter, find_earlier_values, find_known_service
from subproc_cli.notice.letters.recipient import with_recipient
from subproc_cli.notice.letters.sentences import LetterChangeFormatter, load_letter_formatter
from subproc_cli.notice.plan import Notice
from subproc_cli.registry.change_kinds import START_KINDS
from subproc_cli.registry.models import Service


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
        day = self._format_day(self.notice.effective)
        if self._publisher_change:
            names = {"old": self._old.model.publisher, "new": self._new.model.publisher}
            return self._format_text(self._choose_tense("publisher-subject"), day=day, **names)
        key = self._choose_tense("subject") if self._service_count else "list-subject"
        if self.notice.needs_approval:
            key = "approval-subject"
        return self._format_text(key, publisher=self._publisher, day=day)

    def to_record(self) -> dict[str, Any]:
        """Return one notice of `subproc/notices/1` with the words of the letter by part, and no body."""
        notice = self.notice
        changes = (*notice.changes, *notice.informational_changes)
        common = {
            "customer": None,
            "authorisation": "specific" if notice.needs_approval else "general",
            "language": str(notice.language),
            "regime": str(notice.laws[0]),
            "laws": [str(law) for law in notice.laws],
            "sent": notice.sent.isoformat(),
            "effective": notice.effective.isoformat(),
            "object_by": notice.object_by.isoformat() if notice.object_by else None,
            "short_by": notice.days_short,
            "old": build_registry_record(self._old),
            "new": build_registry_record(self._new),
            "contact": self._new.model.notice.contact,
            "subject": self.subject,
            "changes": [
                build_change_record(change, self._format_notice_change(change)) for change in changes
            ],
            "missing": [{"service": gap.service or None, "field": str(gap.field)} for gap in notice.gaps],
            "letter": self.parts,
            "body": "",
        }
        return with_recipient(common, notice)

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The words of the letter by part; a part that this letter does not have is None or empty."""
        format_text = self._format_text
        return {
            "to": None,
            "contract": None,
            "salutation": format_text("salutation"),
            "opening": self._format_opening(),
            "dates": [*self._iter_dates()],
            "urgent": self._build_urgent_part(),
            "services": [*self._iter_services()],
            "informed": self._build_informed_part(),
            "gaps": self._build_gaps_part(),
            "unchanged": self._build_unchanged_part(),
            "objection": {
                "title": format_text("approval-title" if self.notice.needs_approval else "objection-title"),
                "text": self._format_objection(),
            },
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

    @cached_property
    def _publisher_change(self) -> Change | None:
        """The change of the publisher, which has a letter of its own."""
        return next((change for change in self.notice.changes if change.kind == "publisher-changed"), None)

    @property
    def _publisher(self) -> str:
        """The sender: the publisher that the customer knows, until another company has taken over."""
        is_coming = self._publisher_change and self.notice.effective >= self.notice.sent
        return (self._old if is_coming else self._new).model.publisher

    def _build_fact(self, label: str, *values: str) -> dict[str, Any]:
        known = [value for value in values if value]
        return {
            "name": self._format_text(label),
            "values": known or [self._format_text("not-stated")],
            "known": bool(known),
            "before": None,
        }

    # Parts

    def _format_opening(self) -> str:
        if self._publisher_change:
            names = {"old": self._old.model.publisher, "new": self._new.model.publisher}
            day = self._format_day(self.notice.effective)
            about = self._format_text(self._choose_tense("publisher-opening"), day=day, **names)
            contract = self._format_text("publisher-contract")
            changes = [self._format_changes_opening()] if self._service_count else []
            return " ".join((about, contract, *changes, *self._iter_amendments()))
        if not self._service_count:
            opening = self._format_text("list-opening", publisher=self._publisher)
            return " ".join((opening, *self._iter_amendments()))
        return " ".join((self._format_changes_opening(), *self._iter_amendments()))

    def _format_changes_opening(self) -> str:
        """Return the sentences that services change, and what the customer can do about it."""
        duty = "authorisation" if self.notice.needs_approval else "notice"
        articles = self._formatter.transfers.format_articles(duty, self.notice.laws, self.notice.sent)
        key = "approval-opening" if self.notice.needs_approval else "opening"
        if True in self._effect_states:
            key = f"partly-late-{key}" if False in self._effect_states else f"late-{key}"
        text = self._format_text(key, publisher=self._publisher, articles=articles)
        concerns = self._format_text(
            "concerns", services=self._formatter.format_count("service", self._service_count)
        )
        return f"{text} {concerns}"

    @cached_property
    def _effect_states(self) -> set[bool]:
        """Whether changes have taken effect when the letter goes out: one of the two, or both."""
        return {self._change_formatter.has_taken_effect(change) for change in self.notice.changes}

    @cached_property
    def _readable_changes(self) -> tuple[Change, ...]:
        """The changes that the letter has a sentence for."""
        changes = (*self.notice.changes, *self.notice.informational_changes)
        return select_readable_changes(changes, self._formatter.language)

    def _iter_amendments(self) -> Iterator[str]:
        for day, names in self.notice.amended_notices:
            listed = self._formatter.join_words(name or self._format_text("amended-list") for name in names)
            yield self._format_text("amends", day=self._format_day(day), names=listed)

    def _iter_dates(self) -> Iterator[dict[str, Any]]:
        notice = self.notice
        yield self._build_fact("sent", self._format_day(notice.sent))
        kind = "approval-" if notice.needs_approval else ""
        is_awaited = notice.needs_approval and notice.effective >= notice.sent
        effective = "approval-effective" if is_awaited else self._choose_tense("effective")
        yield self._build_fact(effective, self._format_effective_day())
        by = (
            self._format_text("local-day", day=self._format_day(notice.object_by)) if notice.object_by else ""
        )
        if by or not notice.needs_approval:
            yield self._build_fact(f"{kind}object-by", by)
        yield self._build_fact(f"{kind}object-to", self._contact)
        model = self._new.model
        for label, contact in (
            ("questions-to", model.contacts and model.contacts.privacy),
            ("officer", model.contacts and model.contacts.dpo),
        ):
            if contact and (contact.mail or contact.name):
                yield self._build_fact(label, ", ".join(filter(None, (contact.name, contact.mail))))
        if model.publish and model.publish.url:
            yield self._build_fact("published-list", model.publish.url)

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
        stated_reason = _end_sentence(notice.reason)
        period = self._format_period(notice.terms.days or Period(0))
        short = self._formatter.format_count("day", notice.days_short)
        if set(notice.days_short_by_change.values()) == {notice.days_short}:
            text = self._format_text(
                self._choose_tense("urgent"), short=short, reason=stated_reason, period=period
            )
        else:
            reason = self._format_text("urgent-reason", reason=stated_reason)
            text = " ".join((*self._iter_partly_urgent(period), reason))
        return {"title": self._format_text("urgent-title"), "text": text}

    def _iter_partly_urgent(self, period: str) -> Iterator[str]:
        """Yield by how many days past and future changes miss the period of notice."""
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
            if change is not self._publisher_change:  # the opening states it
                by_service.setdefault(change.service, []).append(change)
        for key, changes in by_service.items():
            service = self._new.model.services.get(key)
            name = changes[0].name or self._format_text("the-list")
            new = next((change for change in changes if change.kind in FULL_CONTENT_KINDS), None)
            yield {
                "id": key or None,
                "name": name,
                "changes": [
                    self._format_item(change)
                    for change in [each for each in changes if each in self._readable_changes] or changes
                ],
                "facts": [*self._iter_facts(service, new)] if service else [],
                **self._format_sides(key),
            }

    def _format_sides(self, key: str) -> dict[str, str]:
        """Return the headings over the earlier and the present facts of a service."""
        is_corrected = key in dict(self.notice.earlier_lists)
        labels = ("stated-before", "stated-now") if is_corrected else ("before", "after")
        return dict(zip(("before", "after"), map(self._format_text, labels), strict=True))

    def _format_item(self, change: Change) -> str:
        """Return a change without a full stop, which the templates add: also without that of `B.V.`."""
        return self._format_notice_change(change).removesuffix(".")

    def _format_notice_change(self, change: Change) -> str:
        """Return a change as a sentence; if it waits for an approval, as a condition of it."""
        text = self._format_change(change)
        if not self._awaits_approval(change):
            return text
        begins_with_name = bool(change.name) and text.startswith(change.name)
        if self._formatter.catalogue.text("grammar.after-colon") == "lower" and not begins_with_name:
            text = text[:1].lower() + text[1:]
        return self._format_text("subject-to-approval", change=text)

    def _awaits_approval(self, change: Change) -> bool:
        """Return whether a change of a service lies ahead that the customer has to approve."""
        notice = self.notice
        is_asked = notice.needs_approval and needs_authorisation(
            notice.revisions, change, notice.laws, notice.undated
        )
        return is_asked and self._change_formatter.is_announced(change)

    def _iter_facts(self, service: Service, new: Change | None) -> Iterator[dict[str, Any]]:
        """Yield the facts on a service in the coming list, and those that differ in the known list.

        Args:
            service: the service.
            new: the change after which it is used, if one is: then there is nothing to compare.
        """
        notice = self.notice
        day = max(notice.effective, notice.sent)
        start = self._change_formatter.find_effective_day(new) if new and new.kind in START_KINDS else None
        facts = FactFormatter(self._formatter, self._new, notice.laws, day).collect(service, start)
        key = next(key for key, each in self._new.model.services.items() if each is service)
        corrected = dict(notice.earlier_lists).get(key)
        base = corrected or self._old
        known = None if new and not corrected else find_known_service(base, key, service)
        earlier: dict[str, tuple[str, ...]] = {}
        if known:
            # What lapses before the changes take effect was a fact until now, and is one no longer
            known_day = day if corrected else notice.sent
            known_facts = FactFormatter(self._formatter, base, notice.laws, known_day).collect(known)
            earlier = find_earlier_values(known_facts, facts)
        stated = dict(facts)
        for label in dict.fromkeys((*stated, *earlier)):
            fact = self._build_fact(label, *stated.get(label, ()))
            if label in earlier:
                fact["before"] = [*earlier[label]] or [self._format_text("not-stated")]
            yield fact

    def _build_informed_part(self) -> dict[str, Any] | None:
        changes = self._readable_changes
        texts = [self._format_item(each) for each in self.notice.informational_changes if each in changes]
        return {"title": self._format_text("informed"), "items": texts} if texts else None

    def _build_gaps_part(self) -> dict[str, Any] | None:
        if not self.notice.gaps:
            return None
        services = self._new.model.services
        items = [
            self._format_text(
                "gap",
                name=services[gap.service].name if gap.service else self._publisher,
                what=" ".join((self._format_text(_get_gap_text_id(gap)), *self._iter_law_notes(gap))),
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
        listed = self._formatter.join_words(names)
        text = self._format_text("unchanged", n=len(names), names=listed, services=services)
        return {"title": self._format_text("unchanged-title"), "text": text}

    def _format_objection(self) -> str:
        notice = self.notice
        by, terms = notice.object_by, notice.terms
        until = (
            self._format_text("until-day", day=self._format_day(by))
            if by
            else self._format_text("until-effect")
        )
        contact = self._contact or self._format_text("no-contact")
        has_taken_effect = by is None and notice.effective < notice.sent  # nothing is left to come before
        if notice.needs_approval:
            # What has begun already applies without an authorisation: the letter cannot say that it does not
            is_awaited = any(map(self._awaits_approval, self._readable_changes))
            key = ("approval" if by else "approval-open") if is_awaited else "late-approval"
        else:
            key = "late-objection" if has_taken_effect else "objection"
        parts = [self._format_text(key, where=contact, until=until, day=self._format_day(by) if by else "")]
        if notice.on_silence and not notice.needs_approval:
            parts.append(self._format_text("on-silence", text=_end_sentence(notice.on_silence)))
        if notice.on_objection and not notice.needs_approval:
            parts.append(self._format_text("on-objection", text=_end_sentence(notice.on_objection)))
        if terms.termination_days is not None and not notice.needs_approval:
            period = self._format_period(terms.termination_days)
            parts.append(self._format_text("termination", period=period))
        return " ".join(parts)

    def _format_revisions(self) -> str:
        old, new = self._old.model, self._new.model
        days = {"old_day": self._format_day(old.date), "new_day": self._format_day(new.date)}
        return self._format_text("revisions", old=old.version, new=new.version, **days)


def _end_sentence(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."


def _get_gap_text_id(gap: Gap) -> str:
    return f"gap-{gap.field.name.lower().replace('_', '-')}"
