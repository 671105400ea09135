"""The catalogue of the kinds of change: `subproc diff --kinds`, and one of them: `subproc rule`."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from subproc_cli.diff.kind import Kind, level
from subproc_cli.diff.kinds import KINDS
from subproc_cli.locale import changes_en
from subproc_cli.output.document import (
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Span,
    Table,
    Tone,
    faint,
    line,
    strong,
)


def _mirror(kind: Kind) -> str:
    return "itself" if kind.mirror == kind.name else kind.mirror or "none"


_MANUAL = (
    (
        "Each difference between two revisions of a list is a change of one of these kinds. A kind declares "
        "its area and its effect, and its level follows from the two; an exception gives its reason. The "
        "levels: notice (customers must be told in advance; the version needs a major bump), inform (worth "
        "telling; minor), editorial (no meaning for customers; patch)."
    ),
    (
        "A list overrides the level of a kind in its field levels. If the two revisions set different "
        "levels, the stricter one holds for the changes between them: the older list is what customers were "
        "promised. That a kind demands a notice no longer is a shorter notice itself. The roles controller "
        "and vendor lower notice to inform for what concerns that service alone, in that role before and "
        "after, unless the list sets the level itself. A change that holds others (place-moved, "
        "place-stated and place-clearer the additions of places, special-data-added that of data, "
        "entity-stated the change of a party, service-replaced an addition and a removal) has the level "
        "that a list sets for one of these, where that is stricter. What is said of a service that had "
        "ended already when the older revision was published is editorial, unless its end moves to a later "
        "day; a new service that ended since then was used in between, and is an addition."
    ),
    (
        "Places are judged by the countries that they stand for and data by every leaf of the tree, so that "
        "what is only written differently is no change. The publisher's own categories and regions are "
        "judged by what they mean in each revision: a region that stands for other countries has moved "
        "every service in it, though the service reads the same. An own category under another key is the "
        "same one if its label is, the built-in category that holds it, and whether it is personal data; "
        "else what is seen of the two counts as removed and added. Roles subprocessor and affiliate are "
        "both subprocessors: between them a change is editorial."
    ),
)


class KindsView(NamedTuple):
    """All kinds, in the order of their table.

    Attributes:
        manual: whether to show everything that there is to say of each.
    """

    manual: bool = False

    def page(self) -> Page:
        """Return the kinds as a table."""
        return self._manual() if self.manual else self._overview()

    def _manual(self) -> Page:
        heads = ("Kind", "Area", "Effect", "Level", "When", "Mirror", "Exception")
        rows = tuple(
            (
                line(strong(kind.name)),
                line(kind.area),
                line(kind.effect),
                line(level(kind)),
                line(kind.when),
                line(_mirror(kind), f": {kind.waiver}" if kind.waiver else ""),
                line(kind.deviation),
            )
            for kind in KINDS
        )
        text = (Paragraph(line(each)) for each in _MANUAL)
        return Heading(line("Kinds of change"), 1), *text, Table(heads, rows)

    def _overview(self) -> Page:
        rows = tuple(
            (
                line(strong(kind.name)),
                line(Span(level(kind), Tone(level(kind)))),
                line(kind.effect),
                line(_mirror(kind)),
            )
            for kind in KINDS
        )
        more = Paragraph(line(faint("One explained: subproc rule NAME")))
        return Table(("Kind", "Level", "Effect", "Mirror"), rows), more

    def record(self) -> dict[str, Any]:
        """Return `subproc/kinds/1`."""
        return {"schema": "subproc/kinds/1", "kinds": [_record(kind) for kind in KINDS]}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each kind."""
        yield "kind", "area", "level", "effect", "mirror", "when", "deviation"
        for kind in KINDS:
            yield (
                kind.name,
                kind.area,
                level(kind),
                kind.effect,
                kind.mirror,
                kind.when,
                kind.deviation,
            )


class KindView(NamedTuple):
    """One kind, explained."""

    kind: Kind

    def page(self) -> Page:
        """Return everything that the table says of it."""
        kind = self.kind
        pairs = [
            ("When", kind.when),
            ("Area", kind.area),
            ("Effect", kind.effect),
            ("Level", level(kind)),
            ("Deviation", kind.deviation),
            ("Mirror", _mirror(kind)),
            ("No mirror because", kind.waiver),
            ("Wording", changes_en.SENTENCES[kind.name]),
        ]
        facts = tuple(Fact(Span(name, Tone.STRONG), (line(text),)) for name, text in pairs if text)
        override = f"A list can set another level for it: levels: {{{kind.name}: notice}}"
        return Heading(line(strong(kind.name)), 1), Facts(facts), Paragraph(line(override))

    def record(self) -> dict[str, Any]:
        """Return `subproc/kind/1`."""
        return {"schema": "subproc/kind/1", **_record(self.kind)}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        for name, value in _record(self.kind).items():
            yield name, str(value or "")


def _record(kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "area": str(kind.area),
        "level": str(level(kind)),
        "effect": str(kind.effect),
        "when": kind.when,
        "mirror": kind.mirror or None,
        "waiver": kind.waiver or None,
        "deviation": kind.deviation or None,
    }
