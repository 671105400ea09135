"""What customers never heard of: compares the last notice of each with where a run starts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Level
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.customers.recipients import Audiences
from subproc_cli.notice.ledger.events import build_revision_record
from subproc_cli.notice.ledger.sent_index import RecordedHistory, Revision, SentIndex, sort_revision
from subproc_cli.notice.plan import NotificationHistory, Plan, Request, list_due_changes, plan
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_first_words

RevisionLoader: TypeAlias = Callable[[Revision], Registry | None]
"""Returns a revision that the ledger names; None if no copy of it is found."""


_Comparison: TypeAlias = tuple[Registry, tuple[Change, ...], Audiences]
"""A revision, what changed from it to the one where a run starts, and the audiences of both."""


class MissedChanges(NamedTuple):
    """What a customer was not notified of.

    Attributes:
        customer: the customer.
        known: the last revision that it was notified of.
        registry: that revision; None if no copy of it is found.
        names: the names of the services that changed since; empty if they are not known.
    """

    customer: Customer
    known: Revision
    registry: Registry | None
    names: tuple[str, ...]

    def format(self, old: Registry) -> str:
        """Return what was missed, as a sentence without its full stop."""
        version, base = self.known["version"], old.model.version
        if not self.names:
            return f"{self.customer.name}: last notified of version {version}, and no copy of it is found"
        missed = f"not notified of the changes of {join_first_words(self.names)} up to {base}"
        return f"{self.customer.name}: knows version {version}; {missed}"


def find_missed_changes(
    customers: Iterable[Customer], sent_index: SentIndex, old: Registry, load: RevisionLoader, sent: date
) -> Iterator[MissedChanges]:
    """Yield the customers who do not know everything in the revision from which a run starts.

    Args:
        customers: the customers of the file.
        sent_index: what the ledger holds.
        old: the revision from which the run starts.
        load: returns a revision that the ledger names.
        sent: the day on which the notices go out.
    """
    revisions = _list_revisions(sent_index)
    if not revisions:
        return
    loaded: dict[str, _Comparison | None] = {}
    base = build_revision_record(old)
    for customer in customers:
        known = _find_known_revision(customer, sent_index, revisions, old)
        is_earlier = sort_revision(known) < sort_revision(base)
        if known["sha256"] == base["sha256"] or sort_revision(known) > sort_revision(base):
            continue
        digest = known["sha256"]
        if digest not in loaded:
            registry = load(known)
            loaded[digest] = (
                (registry, diff(registry, old), Audiences((registry, old), sent)) if registry else None
            )
        found = loaded[digest]
        if found is None and is_earlier:
            yield MissedChanges(
                customer, known, None, _list_told_to_others(customer, known, base, sent_index)
            )
        elif found:
            registry, changes, audiences = found
            history = RecordedHistory(sent_index, registry)
            missed = list_due_changes(customer, changes, audiences, history)
            if missed:
                names = dict.fromkeys(change.name or "the list" for change in missed)
                yield MissedChanges(customer, known, registry, tuple(names))


def _list_revisions(sent_index: SentIndex) -> list[Revision]:
    """Return the revisions that the ledger names, the first one first."""
    found = {
        record["sha256"]: record
        for entry in sent_index.entries
        for record in (entry.get("old"), entry.get("new"))
        if record
    }
    return sorted(found.values(), key=sort_revision)


def _find_known_revision(
    customer: Customer, sent_index: SentIndex, revisions: list[Revision], old: Registry
) -> Revision:
    """Return the last revision that a customer knows: by a notice, or by its contract.

    A contract names the list of its day. A customer without either may have been one from the first on.
    """
    known = sent_index.find_known_revision(customer.name)
    signed = customer.dpa.date if customer.dpa else None
    if signed is None:
        return known or revisions[0]
    by_contract = [each for each in revisions if each["date"] <= signed.isoformat()]
    if signed >= old.model.date:
        by_contract.append(build_revision_record(old))
    candidates = [*by_contract, *([known] if known else [])]
    return max(candidates, key=sort_revision) if candidates else revisions[0]


def _list_told_to_others(
    customer: Customer, known: Revision, base: Revision, sent_index: SentIndex
) -> tuple[str, ...]:
    """Return the names of services that others were notified of between two revisions."""
    own = {key for entry in sent_index.list_notices(customer.name) for key in entry["changes"]}
    names: dict[str, None] = {}
    for entry in sent_index.entries:
        if entry.get("new") and sort_revision(known) < sort_revision(entry["new"]) <= sort_revision(base):
            for told, fingerprint in zip(entry.get("told", ()), entry.get("changes", ()), strict=False):
                if fingerprint not in own and told["level"] == Level.NOTICE:
                    names[told["name"] or "the list"] = None
    return tuple(names)


def plan_from_baselines(
    revisions: tuple[Registry, Registry],
    request: Request,
    customers: tuple[Customer, ...],
    missed: Iterable[MissedChanges],
    get_history: Callable[[Registry], NotificationHistory],
) -> Plan:
    """Return the notices of a run in which customers are also notified of what they missed.

    The letters to them compare the coming list with the last one that they know.
    """
    old, new = revisions
    bases = {each.customer.name: each.registry for each in missed if each.registry}
    groups: dict[str, tuple[Registry, list[Customer]]] = {old.sha256: (old, [])}
    for customer in customers:
        base = bases.get(customer.name, old)
        groups.setdefault(base.sha256, (base, []))[1].append(customer)

    def plan_groups(request: Request) -> list[Plan]:
        return [
            plan((base, new), diff(base, new), request, tuple(group), get_history(base))
            for base, group in groups.values()
        ]

    plans = plan_groups(request._replace(is_latest=False))
    if request.is_latest:  # one day for all, also if they start from different revisions
        days = [notice.effective for each in plans for notice in each.notices]
        plans = plan_groups(request._replace(is_latest=False, effective=max(days, default=None)))
    order = {customer.name: number for number, customer in enumerate(customers)}
    notices = [notice for each in plans for notice in each.notices]
    skipped = [row for each in plans for row in each.skipped]
    return Plan(
        tuple(sorted(notices, key=lambda notice: order[notice.customer.name if notice.customer else ""])),
        tuple(sorted(skipped, key=lambda row: order[row[0].name if row[0] else ""])),
        customers,
        plans[0].changes,
    )
