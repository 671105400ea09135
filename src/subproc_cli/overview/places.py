"""Regions, countries and how each law assesses them on a day: `subproc places`."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.evaluation.transfer_outcomes import Outcome, RemarkKind, TransferStatus
from subproc_cli.evaluation.transfer_texts import format_remark
from subproc_cli.evaluation.transfers import assess_place
from subproc_cli.output.document import (
    Fact,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Table,
    dim,
    emphasize,
    format_count,
    make_line,
)
from subproc_cli.overview.place_records import (
    CountryUnderLawRecord,
    DecisionRecord,
    LawRecord,
    PlacesRecord,
)
from subproc_cli.reference.geography import Gazetteer, Region, TerritoryStatus, load_country_codes
from subproc_cli.reference.law_facts import Decision
from subproc_cli.reference.laws import Law, load_law
from subproc_cli.text import join_words

_STATUSES = {
    TransferStatus.NOT_TRANSFERRED: "not transferred",
    TransferStatus.ADEQUATE: "adequate",
    TransferStatus.NOT_ADEQUATE: "not adequate",
    TransferStatus.DEPENDS: "depends on what the list does not state",
    TransferStatus.UNKNOWN: "unknown",
}


class PlacesReport(NamedTuple):
    """Regions with their members, and what laws state about countries, on a day.

    Attributes:
        gazetteer: the places.
        law_keys: the keys of the laws.
        as_of: the day.
        only: the places to show; all of them if empty.
        parts: the names of parts of countries that were asked for, with the codes of the countries.
        shows_laws: whether the laws themselves are shown; without places nothing else is.
    """

    gazetteer: Gazetteer
    law_keys: tuple[str, ...]
    as_of: date
    only: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = {}
    shows_laws: bool = False

    @property
    def _laws(self) -> tuple[Law, ...]:
        return tuple(load_law(str(each)) for each in self.law_keys)

    # For people

    def to_document(self) -> Page:
        """Return the laws, the regions, and the countries about which a law states something."""
        blocks: list[Any] = [Paragraph(make_line(dim(f"As of {self.as_of}")))]
        blocks += [Paragraph(make_line(dim(text))) for text in self._iter_notes()]
        if self.shows_laws:
            blocks += [Heading(make_line("Laws")), self._build_law_table()]
        if not self.shows_laws or self.only:
            blocks += self._build_place_blocks()
        return tuple(blocks)

    def _iter_notes(self) -> Iterator[str]:
        """Yield which laws are not known for the day, and what the asked parts of countries belong to."""
        for law in self._laws:
            if self.as_of > law.known_until:
                yield f"The data on {law.key} ends on {law.known_until}; a later act may change what follows."
        for name, codes in self.parts.items():
            yield f"{name} is a part of {join_words(map(self.gazetteer.get_label, codes), 'or')}."

    def _build_law_table(self) -> Table:
        rows = (
            (
                make_line(emphasize(law.key)),
                make_line(law.name),
                make_line(", ".join(each.place for each in law.home)),
                make_line(law.known_since.isoformat()),
                make_line(law.known_until.isoformat()),
                make_line(law.source),
            )
            for law in self._laws
        )
        return Table(("Law", "Name", "Home", "Known since", "Known until", "Source"), tuple(rows))

    def _build_place_blocks(self) -> Iterator[Heading | Table | Paragraph | Facts]:
        regions = tuple(self._build_region_rows())
        if regions:
            heads = ("Place", "Name", "Members", "Which")
            yield Heading(make_line("Regions"))
            yield Table(heads, regions)
        codes = list(self._iter_codes())
        decided = [each for each in codes if self._is_in_legal_region(each) or self._list_decisions(each)]
        if self.only and codes:
            yield Heading(make_line("Countries"))
            yield Table(("Place", "Name", "Part of"), tuple(map(self._build_country_row, codes)))
            for code in codes:
                yield from self._build_country_section(code)
        elif decided:
            yield Heading(make_line("Countries"))
            heads = ("Place", "Name", "Part of", "Held adequate by")
            rows = (
                (*self._build_country_row(code), make_line("; ".join(self._list_decisions(code))))
                for code in decided
            )
            yield Table(heads, tuple(rows))
            others = format_count(len(codes) - len(decided), "other country", "other countries")
            rest = f"{others}: not adequate under any law, and not in a region that a treaty defines."
            yield Paragraph(make_line(dim(rest)))

    def _build_region_rows(self) -> Iterator[tuple[Line, ...]]:
        for region in self._iter_regions():
            states, territories = (
                sorted(found(self.as_of)) for found in (region.get_states, region.get_territories)
            )
            count = format_count(len(states), "country", "countries")
            if territories:
                count += f" and {format_count(len(territories), 'territory', 'territories')}"
            which = ", ".join((*states, *territories))
            yield (
                make_line(emphasize(region.key)),
                make_line(region.label),
                make_line(count),
                make_line(which),
            )

    def _build_country_row(self, code: str) -> tuple[Line, ...]:
        within = self._list_regions(code)
        regions = join_words(self._add_notes(code, within)) if within else self._remark(code) or "-"
        return make_line(emphasize(code)), make_line(self.gazetteer.get_label(code)), make_line(regions)

    def _build_country_section(self, code: str) -> Iterator[Heading | Facts]:
        """Yield how each law assesses a country on the day, before and later."""
        yield Heading(make_line(self.gazetteer.get_label(code)), 3)
        facts = (
            Fact(emphasize(law.key), tuple(map(make_line, self._iter_law_lines(law, code))))
            for law in self._laws
        )
        yield Facts(tuple(facts))

    def _iter_law_lines(self, law: Law, code: str) -> Iterator[str]:
        outcome = self._assess(law, code)
        yield _STATUSES[outcome.status]
        territory = law.find_territory(code, self.as_of)
        if territory and territory.status is TerritoryStatus.PART:
            yield f"as a part of {self.gazetteer.get_label(territory.state)} ({territory.source})"
        if outcome.status is TransferStatus.UNKNOWN and self.as_of < law.known_since:
            yield f"the data on this law begins on {law.known_since}"
        for remark in outcome.remarks:
            if remark.kind is not RemarkKind.AFTER_KNOWN_UNTIL:  # that is a note on the whole page
                yield format_remark(law, remark)
        for decision in _iter_decisions_on(law, code):
            words = f", stated as {join_words(decision.stated_as, 'or')}" if decision.is_limited else ""
            yield f"{self._describe_time(decision)}{_format_decision(decision)}{words}"

    def _describe_time(self, decision: Decision) -> str:
        since = decision.date_range.since
        if decision.is_in_force(self.as_of):
            return ""
        return "later: " if since and since > self.as_of else "before: "

    # What is shown

    def _assess(self, law: Law, code: str) -> Outcome:
        return assess_place(law, code, (), self.as_of)

    def _iter_regions(self) -> Iterator[Region]:
        return (region for region in self.gazetteer if not self.only or region.key in self.only)

    def _iter_codes(self) -> Iterator[str]:
        return (code for code in load_country_codes() if not self.only or code in self.only)

    def _is_in_legal_region(self, code: str) -> bool:
        """Return whether a country is in a region other than a continent or a group of common use."""
        return any(not self.gazetteer.regions[key].is_replaceable for key in self._list_regions(code))

    def _list_regions(self, code: str) -> list[str]:
        return [region.key for region in self.gazetteer if code in region.get_members(self.as_of)]

    def _list_decisions(self, code: str) -> list[str]:
        """Return the latest decision of each law that is in force on a country."""
        found = ((law.key, law.find_decisions(code, self.as_of)) for law in self._laws)
        return [f"{key} {_format_decision(decisions[-1])}" for key, decisions in found if decisions]

    def _add_notes(self, code: str, within: list[str]) -> Iterator[str]:
        """Yield the regions of a country, each with what to report about its membership."""
        for key in within:
            note = self.gazetteer.regions[key].find_note(code, self.as_of)
            yield f"{key} ({note})" if note else key

    def _remark(self, code: str) -> str:
        """Return what to report about a country that is in none of the regions; mostly nothing."""
        remarks = (region.find_remark(code, self.as_of) for region in self.gazetteer)
        return next((f"none: {each.text} ({each.source})" for each in remarks if each), "")

    # For programs

    def to_record(self) -> PlacesRecord:
        """Return `subproc/places/1`."""
        return {
            "schema": "subproc/places/1",
            "at": self.as_of.isoformat(),
            "laws": [_build_law_record(law) for law in self._laws],
            "regions": [
                {
                    "place": region.key,
                    "label": region.label,
                    "members": sorted(region.get_states(self.as_of)),
                    "territories": sorted(region.get_territories(self.as_of)),
                    "source": region.source,
                }
                for region in self._iter_regions()
            ],
            "countries": [
                {
                    "place": code,
                    "label": self.gazetteer.get_label(code),
                    "within": self._list_regions(code),
                    "adequate": self._list_decisions(code),
                    "by_law": [self._build_outcome_record(law, code) for law in self._laws],
                }
                for code in self._iter_codes()
            ],
        }

    def _build_outcome_record(self, law: Law, code: str) -> CountryUnderLawRecord:
        outcome = self._assess(law, code)
        state = law.find_state(code, self.as_of)
        return {
            "law": law.key,
            "status": str(outcome.status),
            "last_known_status": str(outcome.last_known_status),
            "part_of": state if state != code else None,
            "remarks": [
                {"kind": str(each.kind), "value": each.value, "source": each.source or None}
                for each in outcome.remarks
            ],
            "decisions": [_build_decision_record(each, self.as_of) for each in _iter_decisions_on(law, code)],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each region and country."""
        yield "place", "name", "members", "within", "adequate", "status"
        for region in self._iter_regions():
            yield region.key, region.label, " ".join(sorted(region.get_states(self.as_of))), "", "", ""
        for code in self._iter_codes():
            statuses = (f"{law.key}: {_STATUSES[self._assess(law, code).status]}" for law in self._laws)
            yield (
                code,
                self.gazetteer.get_label(code),
                "",
                " ".join(self._list_regions(code)),
                "; ".join(self._list_decisions(code)),
                "; ".join(statuses),
            )


def _iter_decisions_on(law: Law, code: str) -> Iterator[Decision]:
    """Yield the decisions of all days on a country, or on the state that it belonged to; the latest first."""
    for decision in reversed(law.decisions):
        first_day = decision.date_range.since or law.known_since
        if any(decision.covers_place(each, first_day) for each in (code, law.find_state(code, first_day))):
            yield decision


def _format_decision(decision: Decision) -> str:
    until = f" until {decision.date_range.until}" if decision.date_range.until else ""
    scope = f", {decision.scope}" if decision.scope else ""
    if decision.certainty != "high":
        certainty = f"; {decision.certainty} certainty"
    elif decision.number_certainty != "high" and decision.number in decision.source:
        certainty = f"; {decision.number_certainty} certainty of the number"
    else:
        certainty = ""
    return f"since {decision.date_range.since}{until}{scope} ({decision.source}{certainty})"


def _build_decision_record(decision: Decision, day: date) -> DecisionRecord:
    since, until = decision.date_range
    return {
        "number": decision.number,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "scope": decision.scope or None,
        "some_recipients": decision.is_limited,
        "stated_as": list(decision.stated_as),
        "source": decision.source,
        "certainty": decision.certainty,
        "number_certainty": decision.number_certainty,
        "doubts": [
            {
                "id": each.key,
                "since": each.since.isoformat(),
                "text": each.text,
                "source": each.source,
                "certainty": each.certainty,
            }
            for each in decision.doubts
        ],
        "in_force": decision.is_in_force(day),
    }


def _build_law_record(law: Law) -> LawRecord:
    return {
        "law": law.key,
        "name": law.name,
        "home": [each.place for each in law.home],
        "known_since": law.known_since.isoformat(),
        "known_until": law.known_until.isoformat(),
        "source": law.source,
    }
