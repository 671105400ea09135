"""The notice to a customer: `subproc notice`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.facts.places import Atlas, Side, processes
from subproc_cli.notice.plan import Notice
from subproc_cli.notice.wording import en
from subproc_cli.registry.models import Service
from subproc_cli.verdict import Verdict
from subproc_cli.views import words
from subproc_cli.views.about import list_record
from subproc_cli.views.changes import change_record, sentence
from subproc_cli.views.page import (
    Bullets,
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Tone,
    counted,
    line,
    listed,
    strong,
)

_NOT_STATED = line(Span("not stated in the list", Tone.UNKNOWN))


class LetterView(NamedTuple):
    """One notice in English, with the facts that an objection needs.

    Attributes:
        body: the letter as plain text, for the record.
    """

    notice: Notice
    body: str = ""

    @property
    def subject(self) -> str:
        """The subject line."""
        publisher = self.notice.new.registry.publisher
        return f"Change of subprocessors of {publisher} from {en.day(self.notice.effective)}"

    def page(self) -> Page:
        """Return the letter."""
        return (
            Heading(line(strong(self.subject)), 1),
            Paragraph(line(self._opening())),
            Facts(tuple(self._dates())),
            *self._services(),
            *self._informed(),
            Heading(line("What does not change")),
            Paragraph(line(self._unchanged())),
            Heading(line("How to object")),
            Paragraph(line(self._objection())),
            Paragraph(line(self._revisions())),
        )

    def _opening(self) -> str:
        publisher = self.notice.new.registry.publisher
        number = counted(len({change.service for change in self.notice.changes}), "service")
        return (
            f"{publisher} intends to change the services that process personal data on behalf of its "
            f"customers, and informs you in advance so that you can object (Art. 28(2) GDPR). "
            f"The change concerns {number}."
        )

    def _dates(self) -> Iterator[Fact]:
        notice = self.notice
        by = notice.object_by
        yield _fact("Sent on", en.day(notice.sent))
        yield _fact("Takes effect on", en.day(notice.effective))
        yield _fact("Objections until", en.day(by) if by else "")
        yield _fact("Objections to", notice.new.registry.notice.contact or "")

    def _services(self) -> Iterator[Any]:
        by_service: dict[str, list[str]] = {}
        for change in self.notice.changes:
            text = sentence(self.notice.old, self.notice.new, change)
            by_service.setdefault(change.service, []).append(text)
        for key, texts in by_service.items():
            service = self.notice.new.registry.services.get(key)
            title = service.name if service else key or self.notice.new.registry.publisher
            yield Heading(line(strong(title)))
            yield Bullets(tuple(line(f"{text}.") for text in texts))
            if service:
                yield Facts(tuple(self._facts(key, service)))

    def _facts(self, key: str, service: Service) -> Iterator[Fact]:
        index = self.notice.new
        yield _fact("Who", words.entity(index, service.entity))
        yield _fact("What for", service.purpose or "")
        yield _fact("Role", words.ROLES[service.role])
        yield _fact("Used", words.use(service))
        yield _fact("Which data", *(words.statement(index, each) for each in service.sees))
        if service.never_sees:
            yield _fact("Never", words.never(index, service))
        yield _fact("Where", *(words.processing(index, each) for each in service.processing))
        yield _fact("Transfer", self._transfer(key, service))
        yield _fact("From when", en.day(max(service.since or self.notice.effective, self.notice.effective)))
        if service.contact:
            yield _fact("Contact", service.contact)

    def _transfer(self, key: str, service: Service) -> str:
        """Say what a transfer rests on, or that none follows from the stated places."""
        bases = listed(words.BASES[each.basis] for each in service.transfer)
        if bases:
            return bases
        atlas = Atlas(self.notice.new.gazetteer, self.notice.effective)
        leaves = processes(key, service, atlas, Side(atlas.area(["EEA"]), outside=True))
        if leaves.verdict is Verdict.NO:
            return "no basis stated; every stated place of processing lies within the EEA"
        return ""

    def _informed(self) -> Iterator[Any]:
        if self.notice.informed:
            texts = (sentence(self.notice.old, self.notice.new, each) for each in self.notice.informed)
            yield Heading(line("For your information"))
            yield Bullets(tuple(line(f"{text}.") for text in texts))

    def _unchanged(self) -> str:
        names = [self.notice.new.registry.services[key].name for key in self.notice.unchanged]
        if not names:
            return "No other service is on the list."
        return (
            f"{counted(len(names), 'service')} of the list {'stays' if len(names) == 1 else 'stay'} as "
            f"stated before, with the same data and the same places: {listed(names)}."
        )

    def _objection(self) -> str:
        terms, by = self.notice.new.registry.notice, self.notice.object_by
        where = terms.contact or "us (the list states no address for objections)"
        until = f" until {en.day(by)}" if by else " before the change takes effect"
        text = f"You can object to these changes by writing to {where}{until}."
        if terms.termination_days is not None:
            days = counted(terms.termination_days, "day")
            text += f" If an objection cannot be met, you can terminate within {days}."
        return text

    def _revisions(self) -> str:
        old, new = self.notice.old, self.notice.new
        return (
            f"This notice compares version {old.registry.version} of {en.day(old.registry.date)} with "
            f"version {new.registry.version} of {en.day(new.registry.date)} of the list."
        )

    def record(self) -> dict[str, Any]:
        """Return `subproc/notices/1`."""
        notice = self.notice
        changes = (*notice.changes, *notice.informed)
        letter = {
            "customer": None,
            "language": "en",
            "sent": notice.sent.isoformat(),
            "effective": notice.effective.isoformat(),
            "object_by": notice.object_by.isoformat() if notice.object_by else None,
            "old": list_record(notice.old),
            "new": list_record(notice.new),
            "subject": self.subject,
            "changes": [change_record(notice.old, notice.new, each) for each in changes],
            "body": self.body,
        }
        return {"schema": "subproc/notices/1", "notices": [letter]}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return one row: whom, when, and the subject."""
        yield "customer", "sent", "effective", "object_by", "subject"
        notice = self.notice
        by = notice.object_by.isoformat() if notice.object_by else ""
        yield "", notice.sent.isoformat(), notice.effective.isoformat(), by, self.subject


def _fact(name: str, *texts: str) -> Fact:
    lines: tuple[Line, ...] = tuple(line(text) for text in texts if text)
    return Fact(Span(name, Tone.STRONG), lines or (_NOT_STATED,))


def too_late(notice: Notice) -> str:
    """Say by how much a notice misses the period that the list itself promises."""
    days = counted((notice.effective - notice.sent).days, "day")
    promised = counted(notice.new.registry.notice.days or 0, "day")
    return (
        f"the changes take effect {days} after the notice is sent, but the list promises {promised}: "
        f"{counted(notice.short_by, 'day')} too few"
    )
