"""The data categories that a list and a question may use: `subproc categories`."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from typing_extensions import TypedDict

from subproc_cli.enums import PersonalData
from subproc_cli.output.document import Page, Paragraph, Table, dim, emphasize, make_line
from subproc_cli.output.record import describe_field, one_of
from subproc_cli.reference.categories import ROOT, Category, CategoryTree, covers, find_counterpart, get_depth


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
