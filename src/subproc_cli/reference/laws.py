"""Laws on transfers of personal data, one a file: `data/laws/README.md` describes the format."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from subproc_cli.reference import data_files, geography
from subproc_cli.reference.categories import ROOT, covers
from subproc_cli.reference.geography import Territory, TerritoryStatus
from subproc_cli.reference.law_facts import (
    Annex,
    Decision,
    Home,
    Provision,
    TransferBasisRule,
    iter_decisions,
    parse_annex,
    parse_basis,
    parse_provision,
)
from subproc_cli.suggest import suggest
from subproc_cli.text import fold

FOLDER = data_files.FOLDER / "laws"


@dataclass(frozen=True, eq=False)
class Law:
    """A law: where it is at home, which transfer bases it knows, and which places it finds adequate.

    Attributes:
        key: the name of its file.
        aliases: other names that people type.
        name: its name in English; the catalogue has the names in other languages.
        short: the same, briefly.
        authority: the authority in charge, in English.
        source: the act.
        home: the places to which nothing is transferred under it.
        adequate_before: the places that needed no basis before `known_since` either.
        known_since: the first day for which the file is complete.
        known_until: the last one.
        bases: the versions of each word of the field `transfer`.
        decisions: the acts on places and organisations; of one place in the order of their days.
        sensitive: what it protects most.
        articles: where it has its duties.
        annexes: the lists of subprocessors that its clauses ask for.
        territories: what replaces the shared table of territories under it.
    """

    key: str
    aliases: tuple[str, ...]
    name: str
    short: str
    authority: str
    source: str
    home: tuple[Home, ...]
    adequate_before: tuple[Home, ...]
    known_since: date
    known_until: date
    bases: Mapping[str, tuple[TransferBasisRule, ...]]
    decisions: tuple[Decision, ...]
    sensitive: tuple[Provision, ...]
    articles: tuple[Provision, ...]
    annexes: tuple[Annex, ...]
    territories: Mapping[str, tuple[Territory, ...]]

    def is_known(self, day: date) -> bool:
        """Return whether the file is complete for a day."""
        return self.known_since <= day <= self.known_until

    def is_home(self, country: str, day: date) -> bool:
        """Return whether nothing is transferred under the law if data goes to a country on a day."""
        return self.find_state(country, day) in _find_states(self.home, day)

    def needs_no_basis(self, country: str, day: date) -> bool:
        """Return whether the law asks for no basis on any day: at home, or adequate from the beginning."""
        return self.find_state(country, day) in _find_states((*self.home, *self.adequate_before), day)

    def can_change_between(self, first: date, last: date) -> bool:
        """Return whether anything that the law says of a place may be different on two days."""
        earlier, later = sorted((first, last))
        return bisect_right(self._turning_days, earlier) < bisect_right(self._turning_days, later)

    @cached_property
    def _turning_days(self) -> list[date]:
        """The first day of everything that has one, and the day after the last day of everything else."""
        shared = tuple(geography.load_gazetteer()), geography.load_territories()
        stated = frozenset(_iter_days((*vars(self).values(), *shared)))
        return sorted(stated | {day + timedelta(days=1) for day in stated})

    def find_territory(self, country: str, day: date) -> Territory | None:
        """Return the status of a country as a territory under this law; None if it is not known as one."""
        if country in self.territories:
            rows = self.territories[country]
            return next((each for each in rows if each.date_range.includes(day)), None)
        return geography.find_territory(country, day)

    def find_state(self, country: str, day: date) -> str:
        """Return the state that a country belongs to under this law, mostly the country itself."""
        found = self.find_territory(country, day)
        return found.state if found and found.status is TerritoryStatus.PART else country

    def find_decisions(self, country: str, day: date) -> tuple[Decision, ...]:
        """Return the decisions in force on a country, otherwise on the state that it belongs to."""
        own = self._find_decisions_on(country, day)
        state = self.find_state(country, day)
        return own or (self._find_decisions_on(state, day) if state != country else ())

    def find_organisation_decisions(self, organisation: str, day: date) -> tuple[Decision, ...]:
        """Return the decisions in force on an international organisation."""
        return tuple(
            each for each in self.decisions if each.organisation == organisation and each.is_in_force(day)
        )

    def find_basis(self, word: str, day: date) -> TransferBasisRule | None:
        """Return the meaning of a word of `transfer` on a day; None if the law does not know it then."""
        return next((each for each in self.bases.get(word, ()) if each.date_range.includes(day)), None)

    def find_former_word(self, word: str, day: date) -> str:
        """Return the word for the older clauses if a list of that day means them; usually empty."""
        rules = self.bases.get(word, ())
        return next(
            (each.former_word for each in rules if each.first_contract_day and day < each.first_contract_day),
            "",
        )

    def find_article(self, key: str, day: date) -> Provision | None:
        """Return the provision on a duty on a day; None if the law has none."""
        return next(
            (each for each in self.articles if each.key == key and each.date_range.includes(day)), None
        )

    def find_sensitive(self, category: str, day: date) -> tuple[Provision, ...]:
        """Return the provisions that make a category, or a part of it, sensitive under the law.

        The root of all categories does not count as sensitive.
        """
        if category == ROOT:
            return ()
        return tuple(
            each
            for each in self.sensitive
            if each.date_range.includes(day)
            and any(covers(key, category) or covers(category, key) for key in each.categories)
        )

    def _find_decisions_on(self, country: str, day: date) -> tuple[Decision, ...]:
        rows = (*self._decisions_by_country.get(country, ()), *self._decisions_on_regions)
        return tuple(each for each in rows if each.is_in_force(day) and each.covers_place(country, day))

    @cached_property
    def _decisions_by_country(self) -> dict[str, list[Decision]]:
        found: dict[str, list[Decision]] = {}
        for decision in self.decisions:
            for place in decision.places:
                found.setdefault(place, []).append(decision)
        return found

    @cached_property
    def _decisions_on_regions(self) -> tuple[Decision, ...]:
        regions = geography.load_gazetteer().regions
        return tuple(each for each in self.decisions if any(place in regions for place in each.places))


def _iter_days(facts: Any) -> Iterator[date]:
    """Yield every day that facts hold."""
    if isinstance(facts, date):
        yield facts
    elif isinstance(facts, Mapping):
        yield from _iter_days(tuple(facts.values()))
    elif isinstance(facts, tuple):
        for fact in facts:
            yield from _iter_days(fact)


@cache
def _find_states(homes: tuple[Home, ...], day: date) -> frozenset[str]:
    regions = geography.load_gazetteer().regions
    states = (
        regions[home.place].get_states(day) if home.place in regions else frozenset((home.place,))
        for home in homes
    )
    return frozenset().union(*states)


def list_laws(folder: Path | None = None) -> tuple[str, ...]:
    """Return the keys of all laws of a folder, by default that of the program."""
    return tuple(sorted(path.stem for path in (folder or FOLDER).glob("*.yaml")))


def suggest_law(word: str) -> str:
    """Return `did you mean …?` with the key of the law that a word names or misspells; empty if none.

    Other names than the keys are short, and a letter more names the law of another country.
    """
    laws = list_laws()
    names = {fold(name): key for key in laws for name in (load_law(key).short, *load_law(key).aliases)}
    named = names.get(fold(word))
    return f"did you mean {named}?" if named else suggest(word, laws)


def suggest_choice(word: str, choices: Sequence[str]) -> str:
    """Return `did you mean …?` with the nearest of some choices, or the only one that starts with a word."""
    if {*choices} == {*list_laws()}:
        return suggest_law(word)
    longer = [choice for choice in choices if word and choice.startswith(word)]
    return f"did you mean {longer[0]}?" if len(longer) == 1 else suggest(word, choices)


@cache
def load_law(key: str, folder: Path | None = None) -> Law:
    """Return a law of a folder, by default that of the program.

    Raises:
        FileNotFoundError: if the folder has no law of that name.
    """
    row = data_files.read_path((folder or FOLDER) / f"{key}.yaml")
    return Law(
        key=key,
        aliases=tuple(row.get("aliases", ())),
        name=row["name"],
        short=row["short"],
        authority=row["authority"],
        source=row["source"],
        home=tuple(Home(**each) for each in row["home"]),
        adequate_before=tuple(Home(**each) for each in row.get("adequate_before", ())),
        known_since=date.fromisoformat(row["known_since"]),
        known_until=date.fromisoformat(row["known_until"]),
        bases={
            word: tuple(parse_basis(word, each) for each in versions)
            for word, versions in row["bases"].items()
        },
        decisions=tuple(iter_decisions(row)),
        sensitive=tuple(parse_provision(each["id"], each) for each in row.get("sensitive", ())),
        articles=tuple(parse_provision(key, each) for key, each in row.get("articles", {}).items()),
        annexes=tuple(map(parse_annex, row.get("annexes", ()))),
        territories=geography.parse_territories(row.get("territories", {})),
    )
