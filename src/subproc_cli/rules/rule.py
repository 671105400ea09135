"""What a rule is, what it looks at and what it finds."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from inspect import cleandoc
from typing import NamedTuple, TypeAlias

from subproc_cli.diagnostics import Fault, Route
from subproc_cli.diff.change import Change
from subproc_cli.enums import Regime, Role, Severity
from subproc_cli.evaluation.data_access import personal, statements
from subproc_cli.evaluation.places import Atlas
from subproc_cli.evaluation.verdict import Because, Verdict
from subproc_cli.reference.adequacy import Jurisdiction, jurisdiction
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index, State, state


class Finding(NamedTuple):
    """Something that a rule found; the engine finds the line.

    Attributes:
        route: the field that it is about, or the service that the field is missing from.
        message: what is wrong, in one sentence without its full stop.
        hint: what to do about it.
        service: the id of the service; empty if it is about the list.
        severity: another one than that of the rule.
        because: the statements that it rests on.
        fix: the text to write instead, if there is only one right text.
    """

    route: Route
    message: str
    hint: str = ""
    service: str = ""
    severity: Severity | None = None
    because: tuple[Because, ...] = ()
    fix: str | None = None


class Against(NamedTuple):
    """An earlier revision of the list, and what comes with it.

    Attributes:
        base: the earlier revision.
        changes: what changed since.
        changelog: the text of the changelog beside the list; None if there is none.
        first: whether there is no earlier revision, so that everything is new.
        unreported: the changes that the changelog's entry of the version lacks, as sentences.
        outdated: what the entry reports although it is not a change since the earlier revision.
    """

    base: Index
    changes: tuple[Change, ...]
    changelog: str | None
    first: bool = False
    unreported: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()

    @property
    def published(self) -> tuple[Change, ...]:
        """The changes of what is published."""
        return tuple(change for change in self.changes if change.published)


class Subject:
    """What rules look at: a list, a day, and perhaps an earlier revision.

    Attributes:
        clock: whether the day is that of the check; else it stands for it, and is that of the list.
    """

    def __init__(
        self, index: Index, day: date, against: Against | None = None, *, clock: bool = True
    ) -> None:
        self.index = index
        self.day = day
        self.against = against
        self.clock = clock
        self.atlas = Atlas(index.gazetteer, day)

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services that are not retired: in use, or announced.

        Not on the day of the list, nor on the day that is asked about if that comes later.
        """
        day = max(self.index.registry.date, self.day)
        services = self.index.registry.services.items()
        return {key: each for key, each in services if state(each, day) is not State.RETIRED}

    @cached_property
    def personal(self) -> dict[str, Service]:
        """Those of them that may see personal data: all but vendors that do not say that they do."""
        return {key: each for key, each in self.services.items() if not self._harmless(each)}

    def _harmless(self, service: Service) -> bool:
        if service.role is not Role.VENDOR:
            return False
        return personal(statements(service), self.index.tree).verdict is not Verdict.YES

    @cached_property
    def laws(self) -> tuple[Jurisdiction, ...]:
        """What is known of the regimes of the list."""
        return tuple(map(jurisdiction, self.index.registry.law))

    @cached_property
    def home(self) -> frozenset[str]:
        """The countries that are a third country to no regime of the list."""
        return frozenset.intersection(*(self.atlas.covered(law.home) for law in self.laws))

    @cached_property
    def near(self) -> dict[Regime, frozenset[str]]:
        """The countries to which a regime never asks for a basis: at home, or adequate on every day."""
        return {law.regime: self.atlas.covered((*law.home, *law.near)) for law in self.laws}


Find: TypeAlias = Callable[[Subject], Iterator[Finding]]
"""Yields what a rule finds."""


class Rule(NamedTuple):
    """A rule, read from its module.

    Attributes:
        fault: its public code and name, and how bad it is.
        manual: what it finds, why, a bad and a good example: the docstring of its module.
        find: yields what it finds; None if the reader of the file finds it.
        against: whether it needs an earlier revision.
        clock: whether it depends on the day.
        fixable: whether `check --fix` can mend it.
    """

    fault: Fault
    manual: str
    find: Find | None = None
    against: bool = False
    clock: bool = False
    fixable: bool = False

    @property
    def code(self) -> str:
        """The public code: `SP101`."""
        return self.fault.code

    @property
    def name(self) -> str:
        """The public name: `missing-location`."""
        return self.fault.name

    @property
    def parts(self) -> dict[str, str]:
        """The parts of the manual: `what`, `why`, `bad`, `good`."""
        found, part = {"what": ""}, "what"
        for line in cleandoc(self.manual).splitlines():
            head, colon, rest = line.partition(":")
            if colon and head in ("Why", "Bad", "Good"):
                part = head.lower()
                found[part] = rest.strip()
            else:
                found[part] += f"\n{line}"
        prose = {name: " ".join(found[name].split()) for name in ("what", "why")}
        return found | prose | {name: cleandoc(found[name]) for name in ("bad", "good")}
