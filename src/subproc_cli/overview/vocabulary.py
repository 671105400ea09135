"""The words that a list and a question may use: `subproc categories` and `subproc places`."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from typing_extensions import TypedDict

from subproc_cli.enums import PersonalData
from subproc_cli.output.document import (
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
from subproc_cli.output.record import Day, describe_field, one_of
from subproc_cli.reference.adequacy import AdequacyDecision, get_jurisdiction
from subproc_cli.reference.categories import ROOT, Category, CategoryTree, covers, find_counterpart, get_depth
from subproc_cli.reference.geography import Gazetteer, Region, load_country_codes
from subproc_cli.text import join_words


class CategoryRecord(TypedDict):
    """One data category."""

    key: Annotated[str, describe_field("The key, such as `identity.email`.")]
    label: Annotated[str, describe_field("The English name.")]
    aliases: Annotated[list[str], describe_field("Other words for it in questions.")]
    personal: Annotated[
        str, one_of(PersonalData), describe_field("Whether it is personal data (Art. 4(1) GDPR).")
    ]
    special: Annotated[
        bool, describe_field("Whether it is a special category of personal data (Art. 9(1) GDPR).")
    ]
    fideslang: Annotated[
        str | None, describe_field("The counterpart in the Fides taxonomy; null if there is none.")
    ]
    dpv: Annotated[
        str | None,
        describe_field("The counterpart in the Data Privacy Vocabulary of the W3C; null if there is none."),
    ]
    own: Annotated[bool, describe_field("Whether the list defines it, rather than the format.")]


class CategoriesRecord(TypedDict):
    """The record `subproc/categories/1`."""

    schema: Annotated[Literal["subproc/categories/1"], describe_field("The name and number of this record.")]
    categories: Annotated[list[CategoryRecord], describe_field("The categories, in the order of the tree.")]


class RegionRecord(TypedDict):
    """One region."""

    place: Annotated[str, describe_field("The name to write in a list.")]
    label: Annotated[str, describe_field("The English name.")]
    members: Annotated[list[str], describe_field("The codes of its countries on that day.")]
    territories: Annotated[
        list[str], describe_field("The codes of its territories that are not states of their own.")
    ]
    source: Annotated[str, describe_field("The source of its membership.")]


class CountryRecord(TypedDict):
    """One country."""

    place: Annotated[str, describe_field("The ISO 3166-1 code.")]
    label: Annotated[str, describe_field("The English name.")]
    within: Annotated[list[str], describe_field("The regions that it belongs to on that day.")]
    adequate: Annotated[
        list[str], describe_field("The adequacy decisions for it that are in force on that day.")
    ]


class PlacesRecord(TypedDict):
    """The record `subproc/places/1`."""

    schema: Annotated[Literal["subproc/places/1"], describe_field("The name and number of this record.")]
    at: Annotated[Day, describe_field("The day whose regions and decisions are shown.")]
    regions: Annotated[list[RegionRecord], describe_field("The regions.")]
    countries: Annotated[list[CountryRecord], describe_field("The countries, by their codes.")]


class CategoriesReport(NamedTuple):
    """The tree of data categories, or some of them with what is below."""

    tree: CategoryTree
    only: tuple[str, ...] = (ROOT,)

    def to_document(self) -> Page:
        """Return the tree as a table."""
        rows = tuple(
            (
                make_line("  " * max(0, get_depth(each.key) - 1), emphasize(each.key)),
                make_line(each.label),
                make_line(each.personal),
                make_line(", ".join(each.aliases)),
            )
            for each in self._sort_categories()
        )
        note = "Personal data: yes, no, or depends (Art. 4(1) GDPR). Aliases are further words for questions."
        return Table(("Category", "In words", "Personal", "Aliases"), rows), Paragraph(make_line(dim(note)))

    def _sort_categories(self) -> list[Category]:
        """Return the categories with a publisher's own ones below those they hang under."""
        order = {each.key: at for at, each in enumerate(self.tree)}
        kept = (each for each in self.tree if any(covers(key, each.key) for key in self.only))
        return sorted(kept, key=lambda each: [order[key] for key in _find_ancestors(each.key, order)])

    def to_record(self) -> CategoriesRecord:
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
                    "fideslang": find_counterpart(each.key).fideslang or None,
                    "dpv": find_counterpart(each.key).dpv or None,
                    "own": each.own,
                }
                for each in self._sort_categories()
            ],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each category."""
        yield "key", "label", "personal", "special", "aliases", "fideslang", "dpv"
        for each in self._sort_categories():
            special = "yes" if each.special else "no"
            aliases = "; ".join(each.aliases)
            yield each.key, each.label, each.personal, special, aliases, *find_counterpart(each.key)


def _find_ancestors(key: str, order: dict[str, int]) -> list[str]:
    steps = key.split(".")
    prefixes = (".".join(steps[:count]) for count in range(1, len(steps) + 1))
    return [prefix for prefix in prefixes if prefix in order]


class PlacesReport(NamedTuple):
    """Regions with their members, and the countries that the regimes hold adequate, on a day."""

    gazetteer: Gazetteer
    regimes: tuple[str, ...]
    as_of: date
    only: tuple[str, ...] = ()

    def to_document(self) -> Page:
        """Return the regions, then the countries with something to say, and how many are left."""
        countries = list(self._iter_countries())
        shown = [row for row in countries if self.only or row[2] or row[3]]
        blocks: list[Any] = [Paragraph(make_line(dim(f"As of {self.as_of}")))]
        regions = tuple(self._build_region_rows())
        if regions:
            heads = ("Place", "Name", "Members", "Which")
            blocks += [Heading(make_line("Regions")), Table(heads, regions)]
        if shown:
            heads = ("Place", "Name", "Part of", "Held adequate by")
            blocks += [
                Heading(make_line("Countries")),
                Table(heads, tuple(map(self._build_country_row, shown))),
            ]
        if len(shown) < len(countries):
            others = format_count(len(countries) - len(shown), "other country", "other countries")
            blocks.append(Paragraph(make_line(dim(f"{others}: in no region, and held adequate by nobody."))))
        return tuple(blocks)

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

    def _build_country_row(self, row: tuple[str, str, list[str], list[str]]) -> tuple[Line, ...]:
        code, name, within, texts = row
        regions = join_words(self._add_notes(code, within)) if within else self._remark(code) or "-"
        return make_line(emphasize(code)), make_line(name), make_line(regions), make_line("; ".join(texts))

    def _iter_regions(self) -> Iterator[Region]:
        return (region for region in self.gazetteer if not self.only or region.key in self.only)

    def _iter_countries(self) -> Iterator[tuple[str, str, list[str], list[str]]]:
        for code in load_country_codes():
            if self.only and code not in self.only:
                continue
            held = (
                (regime, get_jurisdiction(regime).find_covering_decision(code, self.as_of))
                for regime in self.regimes
            )
            texts = [_format_adequacy(regime, decision) for regime, decision in held if decision]
            within = [region.key for region in self.gazetteer if code in region.get_members(self.as_of)]
            yield code, self.gazetteer.get_label(code), within, texts

    def _add_notes(self, code: str, within: list[str]) -> Iterator[str]:
        """Yield the regions of a country, each with what is to be said of its membership."""
        for key in within:
            note = self.gazetteer.regions[key].find_note(code, self.as_of)
            yield f"{key} ({note})" if note else key

    def _remark(self, code: str) -> str:
        """Return what is to be said of a country that is in none of the regions; mostly nothing."""
        remarks = (region.find_remark(code, self.as_of) for region in self.gazetteer)
        return next((f"none: {text}" for text in remarks if text), "")

    def to_record(self) -> PlacesRecord:
        """Return `subproc/places/1`."""
        return {
            "schema": "subproc/places/1",
            "at": self.as_of.isoformat(),
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
                {"place": code, "label": name, "within": within, "adequate": texts}
                for code, name, within, texts in self._iter_countries()
            ],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each region and country."""
        yield "place", "name", "members", "within", "adequate"
        for region in self._iter_regions():
            yield region.key, region.label, " ".join(sorted(region.get_states(self.as_of))), "", ""
        for code, name, within, texts in self._iter_countries():
            yield code, name, "", " ".join(within), "; ".join(texts)


def _format_adequacy(regime: str, decision: AdequacyDecision) -> str:
    until = f" until {decision.date_range.until}" if decision.date_range.until else ""
    scope = f", {decision.scope}" if decision.scope else ""
    certainty = f"; {decision.certainty} certainty" if decision.certainty != "high" else ""
    return f"{regime} since {decision.date_range.since}{until}{scope} ({decision.source}{certainty})"
