"""What the entries of a feed state: for each revision its changes, their day, and how to object."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from subproc_cli.deadlines.periods import Period, calculate_first_day_after, calculate_last_day
from subproc_cli.diff.change import Change, find_highest_level
from subproc_cli.diff.fingerprint import FULL_CONTENT_KINDS
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.diff.translations import select_readable_changes
from subproc_cli.enums import Level
from subproc_cli.exporters.identifiers import build_list_urn, build_uuid_urn
from subproc_cli.exporters.published import is_address
from subproc_cli.history.timeline import Event, HistoryEntry
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.notice.customers.recipients import Audiences
from subproc_cli.notice.customers.terms import Terms, resolve_terms
from subproc_cli.notice.effective_days import find_effective_day
from subproc_cli.notice.letters.facts import FactFormatter
from subproc_cli.notice.letters.sentences import LetterChangeFormatter, load_letter_formatter
from subproc_cli.registry.internal import find_hidden_fields, strip_fields
from subproc_cli.registry.registry import Registry

_MAX_NAMES = 3
"""Maximum number of services that the title of an entry names; a reader shows one line of it."""


class FeedSelection(NamedTuple):
    """Which changes go into a feed.

    Attributes:
        since: only revisions from this day on; None for all.
        level: only changes of this level or a more demanding one.
        question: only changes of services for which the answer to this question is not no; empty for all.
    """

    since: date | None = None
    level: Level = Level.INFORM
    question: str = ""


ALL_CHANGES = FeedSelection()


class FeedAddresses(NamedTuple):
    """Where the published list and the feed itself are; empty if that is not known."""

    page: str = ""
    feed: str = ""


NO_ADDRESSES = FeedAddresses()


class NewService(NamedTuple):
    """What a list states of a service that it has for the first time: its name, and facts with labels."""

    name: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]


class FeedEntry(NamedTuple):
    """What one revision changed.

    Attributes:
        id: never changes, wherever the revision comes from and the feed is published.
        updated: the day that the revision states.
        level: the highest level of its changes; None for the first revision.
        points: the changes as sentences.
        terms: when the changes take effect, and how to object, as sentences.
        new_services: the services that are new.
        service: the id of the only service that it concerns, if the list still has it; empty otherwise.
    """

    id: str
    title: str
    updated: date
    level: Level | None
    points: tuple[str, ...]
    terms: tuple[str, ...] = ()
    new_services: tuple[NewService, ...] = ()
    service: str = ""


class Feed(NamedTuple):
    """A feed, its newest entry first.

    Attributes:
        language: the language of its texts.
        page_url: the address of the published list; empty if it is not known.
        url: the address of the feed itself; empty if it is not known.
    """

    id: str
    language: str
    title: str
    author: str
    updated: date
    page_url: str
    url: str
    entries: tuple[FeedEntry, ...]


def build_feed(
    history: Iterable[HistoryEntry],
    selection: FeedSelection = ALL_CHANGES,
    addresses: FeedAddresses = NO_ADDRESSES,
    language: str = ENGLISH,
    newest: Registry | None = None,
) -> Feed | None:
    """Return the feed of a history; None if no revision of it could be read.

    Revisions without a selected change are left out.

    Args:
        history: the changes of each revision, oldest first.
        selection: which changes go into the feed.
        addresses: where the feed and the list are published; by default, the list may state its own address.
        language: the language of its texts.
        newest: the newest revision that can be read, if the history is to be read one by one.

    Raises:
        QuestionSyntaxError: the newest list does not understand the question.
    """
    if newest is None:
        history = tuple(history)
        newest = next((entry.new for entry in reversed(history) if entry.new), None)
    if newest is None:
        return None
    publish = newest.model.publish
    stated = publish.url if publish and publish.url else ""
    page_url = addresses.page or (stated if is_address(stated) else "")
    builder = _EntryBuilder(newest, selection, language)
    entries = tuple(builder.iter_entries(history))
    publisher = newest.model.publisher
    return Feed(
        id=build_list_urn(publisher),
        language=language,
        title=ChangeFormatter(language).format_feed_text("title", publisher=publisher),
        author=publisher,
        updated=builder.updated,
        page_url=page_url,
        url=addresses.feed,
        entries=entries[::-1],
    )


class _EntryBuilder:
    """The entries of a feed, in one language.

    Attributes:
        updated: the latest day that a revision states.
    """

    def __init__(self, newest: Registry, selection: FeedSelection, language: str) -> None:
        self.updated = newest.model.date
        self._selection = selection
        self._language = language
        self._formatter = ChangeFormatter(language)
        self._hidden = find_hidden_fields(newest.model)
        if selection.question:  # an error shows with the list that people write their questions for
            Audiences((newest, newest), newest.model.date).includes(selection.question, "", is_coming=True)

    def iter_entries(self, history: Iterable[HistoryEntry]) -> Iterator[FeedEntry]:
        """Yield the entries, oldest first; a revision that comes back gets an id of its own."""
        seen: Counter[str] = Counter()
        for entry in history:
            if entry.new is None:
                continue
            self.updated = max(self.updated, entry.new.model.date)
            if not (entry.changes or entry.event is Event.FIRST):
                continue
            content = entry.new.sha256
            seen[content] += 1
            if self._selection.since and entry.new.model.date < self._selection.since:
                continue
            built = self._build_entry(entry, entry.new)
            if built:
                yield built._replace(id=build_uuid_urn("revision", content, str(seen[content])))

    def _build_entry(self, entry: HistoryEntry, new: Registry) -> FeedEntry | None:
        version, day = new.model.version, new.model.date
        if entry.old is None:
            title = self._format_text("first", version=version)
            shown = (
                service.name for key, service in new.model.services.items() if self._concerns(new, new, key)
            )
            return FeedEntry("", title, day, None, tuple(shown))
        changes = tuple(self._iter_changes(entry.old, new, entry.changes))
        if not changes:
            return None
        revisions = entry.old, new
        level = find_highest_level(changes)
        title = self._format_title(version, changes)
        terms = resolve_terms(revisions, None)
        effective = _find_effective_day(new, terms) if level is Level.NOTICE else None
        return FeedEntry(
            "",
            title,
            day,
            level,
            tuple(self._iter_points(revisions, changes, effective)),
            tuple(self._iter_terms(revisions, changes, terms, effective)) if level is Level.NOTICE else (),
            tuple(self._iter_new_services(new, changes, effective or day)),
            _find_only_service(new, changes),
        )

    def _iter_changes(self, old: Registry, new: Registry, changes: tuple[Change, ...]) -> Iterator[Change]:
        order = list(Level)
        for change in changes:
            is_demanding = order.index(change.level) <= order.index(self._selection.level)
            if is_demanding and (not change.service or self._concerns(old, new, change.service)):
                yield change

    def _concerns(self, old: Registry, new: Registry, key: str) -> bool:
        """Return whether the question may mean a service, by one of two revisions."""
        question = self._selection.question
        if not question:
            return True
        audiences = Audiences((old, new), new.model.date)
        service = new.model.services.get(key)
        known = [each for each in (key, *(service.formerly if service else ())) if each in old.model.services]
        return (service is not None and audiences.includes(question, key, is_coming=True)) or any(
            audiences.includes(question, each, is_coming=False) for each in known
        )

    def _format_title(self, version: str, changes: tuple[Change, ...]) -> str:
        names = list(dict.fromkeys(change.name for change in changes if change.service))
        if not names:
            return self._format_text("list-changed", version=version)
        first = names[:_MAX_NAMES]
        if len(names) > _MAX_NAMES:
            rest = self._formatter.format_count("further-service", len(names) - _MAX_NAMES)
            first.append(rest)
        return self._format_text("changed", version=version, names=self._formatter.join_words(first))

    def _iter_points(
        self, revisions: tuple[Registry, Registry], changes: tuple[Change, ...], effective: date | None
    ) -> Iterator[str]:
        """Yield the changes as a letter words them if their day is known, otherwise as the list has them."""
        new = revisions[1]
        laws = new.model.law
        if effective is None:
            yield from (self._formatter.format_change(revisions, change) for change in changes)
            return
        formatter = load_letter_formatter(self._language, laws)
        announced = LetterChangeFormatter(formatter, revisions, laws, new.model.date, effective)
        yield from map(announced.format_change, select_readable_changes(changes, formatter.language))

    def _iter_terms(
        self,
        revisions: tuple[Registry, Registry],
        changes: tuple[Change, ...],
        terms: Terms,
        effective: date | None,
    ) -> Iterator[str]:
        model, format_day = revisions[1].model, self._formatter.format_day
        if effective:
            days = {
                change: find_effective_day(revisions, change, effective)
                for change in changes
                if change.level is not Level.EDITORIAL
            }
            # A service that begins on a day of the list does not begin when the period ends
            first = min(
                (day for change, day in days.items() if change.level is Level.NOTICE and day >= model.date),
                default=None,
            )
            if first:
                key = "effective" if {*days.values()} == {first} else "effective-unless-stated"
                yield self._format_text(key, day=format_day(first))
        contact = model.notice.contact
        if contact and terms.objection_days is not None:
            last = calculate_last_day(model.date, terms.objection_days)
            yield self._format_text("object-by", where=contact, day=format_day(last))
        elif contact:
            yield self._format_text("object-to", where=contact)

    def _iter_new_services(
        self, new: Registry, changes: tuple[Change, ...], day: date
    ) -> Iterator[NewService]:
        laws = new.model.law
        formatter = load_letter_formatter(self._language, laws)
        facts = FactFormatter(formatter, new, laws, day)
        for change in changes:
            if change.kind in FULL_CONTENT_KINDS:
                service = strip_fields(new.model.services[change.service], self._hidden)
                stated = (
                    (formatter.format_letter_text(fact.label), fact.values)
                    for fact in facts.collect(service, service.since)
                    if fact.values
                )
                yield NewService(change.name, tuple(stated))

    def _format_text(self, key: str, **values: object) -> str:
        return self._formatter.format_feed_text(key, **values)


def _find_effective_day(new: Registry, terms: Terms) -> date | None:
    """Return the first day that the periods allow, counted from the date of a revision."""
    if terms.days is None:
        return None
    periods = (terms.days, terms.objection_days or Period(0))
    return max(calculate_first_day_after(new.model.date, period) for period in periods)


def _find_only_service(new: Registry, changes: tuple[Change, ...]) -> str:
    keys = {change.service for change in changes}
    key = keys.pop() if len(keys) == 1 else ""
    return key if key in new.model.services else ""
