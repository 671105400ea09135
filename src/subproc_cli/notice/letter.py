"""The notice to a customer: every word of it, in its language and without a layout yet."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from subproc_cli.describe.header import list_record
from subproc_cli.diff.change import Change
from subproc_cli.diff.fingerprint import DESCRIBED
from subproc_cli.diff.report import change_record
from subproc_cli.notice.completeness import Gap, Lack
from subproc_cli.notice.letter_sentences import Announced, for_letters, recipient
from subproc_cli.notice.plan import Notice
from subproc_cli.registry.models import Service

_GAPS = {
    Lack.WHO: "gap who",
    Lack.WHERE: "gap where",
    Lack.DATA: "gap data",
    Lack.WHAT_FOR: "gap what for",
    Lack.TRANSFER: "gap transfer",
    Lack.OBJECT_TO: "gap object to",
}


_LINKS = ("dpa", "security", "subprocessors", "privacy")
"""The links of a service that matter to whoever has to judge it, in the order of a letter."""


class Letter:
    """One notice in words: the data from which templates, mails and documents are made."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self._old, self._new = notice.revisions
        self._phrases = for_letters(notice.language, notice.laws)
        self._announced = Announced(
            self._phrases, notice.revisions, notice.laws, notice.sent, notice.effective
        )

    @cached_property
    def subject(self) -> str:
        """The subject line."""
        key = self._by_tense("subject") if self._touched else "list subject"
        return self._say(key, publisher=self._publisher, day=self._day(self.notice.effective))

    def record(self) -> dict[str, Any]:
        """Return one notice of `subproc/notices/1` with the words of the letter by part, and no body."""
        notice = self.notice
        changes = (*notice.changes, *notice.informed)
        common = {
            "customer": None,
            "language": str(notice.language),
            "regime": str(notice.laws[0]),
            "laws": [str(law) for law in notice.laws],
            "sent": notice.sent.isoformat(),
            "effective": notice.effective.isoformat(),
            "object_by": notice.object_by.isoformat() if notice.object_by else None,
            "short_by": notice.short_by,
            "old": list_record(self._old),
            "new": list_record(self._new),
            "subject": self.subject,
            "changes": [self._change(each) for each in changes],
            "missing": [{"service": each.service or None, "field": str(each.lack)} for each in notice.gaps],
            "letter": self.parts,
            "body": "",
        }
        return addressed(common, notice)

    def _change(self, change: Change) -> dict[str, Any]:
        return change_record(self._old, self._new, change) | {"text": self._sentence(change)}

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The words of the letter by part; a part that this letter does not have is None or empty."""
        say = self._say
        return {
            "to": None,
            "salutation": say("salutation"),
            "opening": self._opening(),
            "dates": [*self._dates()],
            "urgent": self._urgent(),
            "services": [*self._services()],
            "informed": self._informed(),
            "gaps": self._gaps(),
            "unchanged": self._unchanged(),
            "objection": {"title": say("objection title"), "text": self._objection()},
            "revisions": self._revisions(),
            "closing": say("closing"),
            "publisher": self._publisher,
        }

    # Words

    def _say(self, key: str, **values: object) -> str:
        return self._phrases.letter(key, **values)

    def _day(self, day: date) -> str:
        return self._phrases.day(day)

    def _sentence(self, change: Change) -> str:
        return self._announced.sentence(change)

    def _by_tense(self, key: str) -> str:
        """Return the key of a text about the day of effect: of the future, or of what has taken effect."""
        return f"late {key}" if self.notice.effective < self.notice.sent else key

    @cached_property
    def _touched(self) -> int:
        """How many services the changes are about; none if only the list itself changes."""
        return len({change.service for change in self.notice.changes if change.service})

    @property
    def _publisher(self) -> str:
        return self._new.registry.publisher

    def _fact(self, label: str, *values: str) -> dict[str, Any]:
        known = [value for value in values if value]
        return {
            "name": self._say(label),
            "values": known or [self._say("not stated")],
            "known": bool(known),
        }

    # Parts

    def _opening(self) -> str:
        if not self._touched:
            return self._say("list opening", publisher=self._publisher)
        articles = self._phrases.articles(self.notice.laws)
        begun = {self._announced.begun(change) for change in self.notice.changes}
        key = "opening" if begun == {False} else "late opening" if begun == {True} else "partly late opening"
        text = self._say(key, publisher=self._publisher, articles=articles)
        concerns = self._say("concerns", services=self._phrases.counted("services", self._touched))
        return " ".join((text, concerns, *self._amended()))

    def _amended(self) -> Iterator[str]:
        for day, names in self.notice.amended:
            listed = self._phrases.listed(name or self._say("the list") for name in names)
            yield self._say("amends", day=self._day(day), names=listed)

    def _dates(self) -> Iterator[dict[str, Any]]:
        notice = self.notice
        yield self._fact("sent", self._day(notice.sent))
        yield self._fact(self._by_tense("effective"), self._effective())
        yield self._fact("object by", self._day(notice.object_by) if notice.object_by else "")
        yield self._fact("object to", self._contact)

    def _effective(self) -> str:
        """Return the day of effect, and that some changes have another one."""
        notice = self.notice
        day = self._day(notice.effective)
        others = {self._announced.day(change) for change in notice.changes} != {notice.effective}
        return self._say("other days", day=day) if others else day

    @property
    def _contact(self) -> str:
        return self._new.registry.notice.contact or ""

    def _urgent(self) -> dict[str, str] | None:
        notice = self.notice
        if not notice.short_by:
            return None
        values = self._days(notice.terms.days or 0)
        short = self._phrases.counted("days", notice.short_by)
        text = self._say(self._by_tense("urgent"), short=short, reason=notice.reason, **values)
        return {"title": self._say("urgent title"), "text": text}

    def _days(self, number: int) -> dict[str, str]:
        """Return a number of days in every form that the language has: `30 Tage`, `30 Tagen`."""
        nouns = self._phrases.words.COUNTS
        return {noun: self._phrases.counted(noun, number) for noun in nouns if noun.startswith("days")}

    def _services(self) -> Iterator[dict[str, Any]]:
        by_service: dict[str, list[Change]] = {}
        for change in self.notice.changes:
            by_service.setdefault(change.service, []).append(change)
        for key, changes in by_service.items():
            service = self._new.registry.services.get(key)
            name = changes[0].name or self._say("the list")
            new = next((change for change in changes if change.kind in DESCRIBED), None)
            yield {
                "id": key or None,
                "name": name,
                "changes": [self._sentence(change) for change in changes],
                "facts": [*self._facts(service, new)] if service else [],
            }

    def _facts(self, service: Service, new: Change | None) -> Iterator[dict[str, Any]]:
        """Yield what the coming list states of a service.

        Args:
            service: the service.
            new: the change after which it is used, if one is.
        """
        say, index = self._phrases, self._new
        yield self._fact("who", say.entity(index, service.entity))
        if service.entity and service.entity.parent:
            yield self._fact("owner", service.entity.parent)
        yield self._fact("what for", service.purpose or "")
        yield self._fact("role", say.role(service.role))
        yield self._fact("used", say.use(service))
        if service.subjects:
            yield self._fact("subjects", *service.subjects)
        yield self._fact("data", *(say.statement(index, each) for each in service.sees))
        if service.never_sees:
            yield self._fact("never", say.never(index, service))
        yield self._fact("where", *(say.processing(index, each) for each in service.processing))
        yield self._fact("transfer", *self._transfer(service))
        if service.onward:
            yield self._fact("onward", *(recipient(index, each) for each in service.onward))
        if new:
            yield self._fact("from", self._day(max(self._announced.day(new), self.notice.effective)))
        yield from self._safeguards(service)
        if service.contact:
            yield self._fact("contact", service.contact)

    def _safeguards(self, service: Service) -> Iterator[dict[str, Any]]:
        """Yield what a controller judges a processor by (Art. 28(1) and (4) GDPR), as far as it is stated."""
        if service.retention:
            yield self._fact("retention", service.retention)
        if service.certifications:
            yield self._fact("certifications", *service.certifications)
        for name in _LINKS:
            address = getattr(service.links, name, None)
            if address:
                yield self._fact(f"link {name}", address)

    def _transfer(self, service: Service) -> Iterator[str]:
        """Yield what a transfer rests on in the terms of the reader's law, or that none is needed."""
        notice = self.notice
        yield from self._phrases.transfers(self._new, service, notice.laws, notice.effective)

    def _informed(self) -> dict[str, Any] | None:
        texts = [self._sentence(each) for each in self.notice.informed]
        return {"title": self._say("informed"), "items": texts} if texts else None

    def _gaps(self) -> dict[str, Any] | None:
        if not self.notice.gaps:
            return None
        services = self._new.registry.services
        items = [
            self._say(
                "gap",
                name=services[gap.service].name if gap.service else self._publisher,
                what=" ".join((self._say(_GAPS[gap.lack]), *self._laws(gap))),
            )
            for gap in self.notice.gaps
        ]
        return {"title": self._say("gaps title"), "text": self._say("gaps"), "items": items}

    def _laws(self, gap: Gap) -> Iterator[str]:
        """Yield in brackets under which laws something is missing, if it is not under all of them."""
        if gap.laws:
            yield f"({self._phrases.listed(map(self._phrases.law, gap.laws))})"

    def _unchanged(self) -> dict[str, str] | None:
        names = [self._new.registry.services[key].name for key in self.notice.unchanged]
        if not names:
            return None
        services = self._phrases.counted("services", len(names))
        text = self._say("unchanged", names=self._phrases.listed(names), services=services)
        return {"title": self._say("unchanged title"), "text": text}

    def _objection(self) -> str:
        by, terms = self.notice.object_by, self.notice.terms
        until = self._say("until day", day=self._day(by)) if by else self._say("until effect")
        where = self._contact or self._say("no contact")
        begun = by is None and self.notice.effective < self.notice.sent  # nothing is left to come before
        text = self._say("late objection" if begun else "objection", where=where, until=until)
        if terms.termination_days is None:
            return text
        return f"{text} {self._say('termination', **self._days(terms.termination_days))}"

    def _revisions(self) -> str:
        old, new = self._old.registry, self._new.registry
        days = {"old_day": self._day(old.date), "new_day": self._day(new.date)}
        return self._say("revisions", old=old.version, new=new.version, **days)


def addressed(common: dict[str, Any], notice: Notice) -> dict[str, Any]:
    """Return the record of a notice to one customer, from that of the same notice to all."""
    customer = notice.customer
    if customer is None:
        return common
    to = {"label": for_letters(notice.language, notice.laws).letter("to"), "name": customer.name}
    whom = {"name": customer.name, "address": customer.address, "country": customer.country}
    return common | {"customer": whom, "letter": common["letter"] | {"to": to}}
