"""The words that a list and a question may use: `subproc categories` and `subproc places`."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.enums import Regime
from subproc_cli.output.document import Heading, Line, Page, Paragraph, Table, counted, faint, line, strong
from subproc_cli.reference.adequacy import Decision, jurisdiction
from subproc_cli.reference.categories import ROOT, Category, Tree, counterpart, covers, depth
from subproc_cli.reference.geography import Gazetteer, Region, country_codes
from subproc_cli.text import listed


class CategoriesView(NamedTuple):
    """The tree of data categories, or some of them with what is below."""

    tree: Tree
    only: tuple[str, ...] = (ROOT,)

    def page(self) -> Page:
        """Return the tree as a table."""
        rows = tuple(
            (
                line("  " * max(0, depth(each.key) - 1), strong(each.key)),
                line(each.label),
                line(each.personal),
                line(", ".join(each.aliases)),
            )
            for each in self._sorted()
        )
        note = "Personal data: yes, no, or depends (Art. 4(1) GDPR). Aliases are further words for questions."
        return Table(("Category", "In words", "Personal", "Aliases"), rows), Paragraph(line(faint(note)))

    def _sorted(self) -> list[Category]:
        """Return the categories with a publisher's own ones below those they hang under."""
        order = {each.key: at for at, each in enumerate(self.tree)}
        kept = (each for each in self.tree if any(covers(key, each.key) for key in self.only))
        return sorted(kept, key=lambda each: [order[key] for key in _lineage(each.key, order)])

    def record(self) -> dict[str, Any]:
        """Return `subproc/categories/1`."""
        return {
            "schema": "subproc/categories/1",
            "categories": [
                {
                    "key": each.key,
                    "label": each.label,
                    "aliases": list(each.aliases),
                    "personal": str(each.personal),
                    "special": each.special,
                    "fideslang": counterpart(each.key).fideslang or None,
                    "dpv": counterpart(each.key).dpv or None,
                    "own": each.own,
                }
                for each in self._sorted()
            ],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each category."""
        yield "key", "label", "personal", "special", "aliases", "fideslang", "dpv"
        for each in self._sorted():
            special = "yes" if each.special else "no"
            aliases = "; ".join(each.aliases)
            yield each.key, each.label, each.personal, special, aliases, *counterpart(each.key)


def _lineage(key: str, order: dict[str, int]) -> list[str]:
    steps = key.split(".")
    prefixes = (".".join(steps[:count]) for count in range(1, len(steps) + 1))
    return [prefix for prefix in prefixes if prefix in order]


class PlacesView(NamedTuple):
    """Regions with their members, and the countries that the regimes hold adequate, on a day."""

    gazetteer: Gazetteer
    regimes: tuple[Regime, ...]
    day: date
    only: tuple[str, ...] = ()

    def page(self) -> Page:
        """Return the regions, then the countries with something to say, and how many are left."""
        countries = list(self._countries())
        told = [row for row in countries if self.only or row[2] or row[3]]
        blocks: list[Any] = [Paragraph(line(faint(f"As of {self.day}")))]
        regions = tuple(self._region_rows())
        if regions:
            heads = ("Place", "Name", "Members", "Which")
            blocks += [Heading(line("Regions")), Table(heads, regions)]
        if told:
            heads = ("Place", "Name", "Part of", "Held adequate by")
            blocks += [Heading(line("Countries")), Table(heads, tuple(map(self._country_row, told)))]
        if len(told) < len(countries):
            others = counted(len(countries) - len(told), "other country", "other countries")
            blocks.append(Paragraph(line(faint(f"{others}: in no region, and held adequate by nobody."))))
        return tuple(blocks)

    def _region_rows(self) -> Iterator[tuple[Line, ...]]:
        for region in self._regions():
            states, territories = (sorted(found(self.day)) for found in (region.states, region.territories))
            count = counted(len(states), "country", "countries")
            if territories:
                count += f" and {counted(len(territories), 'territory', 'territories')}"
            which = ", ".join((*states, *territories))
            yield line(strong(region.key)), line(region.label), line(count), line(which)

    def _country_row(self, row: tuple[str, str, list[str], list[str]]) -> tuple[Line, ...]:
        code, name, within, texts = row
        regions = listed(self._noted(code, within)) if within else self._remark(code) or "-"
        return line(strong(code)), line(name), line(regions), line("; ".join(texts))

    def _regions(self) -> Iterator[Region]:
        return (region for region in self.gazetteer if not self.only or region.key in self.only)

    def _countries(self) -> Iterator[tuple[str, str, list[str], list[str]]]:
        for code in country_codes():
            if self.only and code not in self.only:
                continue
            held = ((regime, jurisdiction(regime).covering(code, self.day)) for regime in self.regimes)
            texts = [_adequacy(regime, decision) for regime, decision in held if decision]
            within = [region.key for region in self.gazetteer if code in region.members(self.day)]
            yield code, self.gazetteer.label(code), within, texts

    def _noted(self, code: str, within: list[str]) -> Iterator[str]:
        """Yield the regions of a country, each with what is to be said of its membership."""
        for key in within:
            note = self.gazetteer.regions[key].note(code, self.day)
            yield f"{key} ({note})" if note else key

    def _remark(self, code: str) -> str:
        """Return what is to be said of a country that is in none of the regions; mostly nothing."""
        remarks = (region.remark(code, self.day) for region in self.gazetteer)
        return next((f"none: {text}" for text in remarks if text), "")

    def record(self) -> dict[str, Any]:
        """Return `subproc/places/1`."""
        return {
            "schema": "subproc/places/1",
            "at": self.day.isoformat(),
            "regions": [
                {
                    "place": region.key,
                    "label": region.label,
                    "members": sorted(region.states(self.day)),
                    "territories": sorted(region.territories(self.day)),
                    "source": region.source,
                }
                for region in self._regions()
            ],
            "countries": [
                {"place": code, "label": name, "within": within, "adequate": texts}
                for code, name, within, texts in self._countries()
            ],
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each region and country."""
        yield "place", "name", "members", "within", "adequate"
        for region in self._regions():
            yield region.key, region.label, " ".join(sorted(region.states(self.day))), "", ""
        for code, name, within, texts in self._countries():
            yield code, name, "", " ".join(within), "; ".join(texts)


def _adequacy(regime: Regime, decision: Decision) -> str:
    until = f" until {decision.span.until}" if decision.span.until else ""
    scope = f", {decision.scope}" if decision.scope else ""
    certainty = f"; {decision.certainty} certainty" if decision.certainty != "high" else ""
    return f"{regime} since {decision.span.since}{until}{scope} ({decision.source}{certainty})"
