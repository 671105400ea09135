"""Questions for tests, as trees: every clause of the language with every kind of argument."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from subproc_cli.enums import ADEQUATE, PERSONAL, Activation, Basis, Role
from subproc_cli.question.known_words import FIELD_LABELS
from subproc_cli.question.query import AREAS, And, Clause, Not, Or, Question
from subproc_cli.reference import categories
from subproc_cli.reference import geography as places
from subproc_cli.reference.service_types import load_service_types

CATEGORIES = tuple(each.key for each in categories.load_category_tree())
PLACES = (
    *(each.key for each in places.load_gazetteer()),
    places.WORLDWIDE,
    *sorted(places.load_country_codes()),
)
SERVICES = ("a", "b")
"""Ids of services that the list of a test has to have, with these names in capitals."""
_DAYS = st.dates(date(1990, 1, 1), date(2050, 1, 1))


def _of(name: str, values: Sequence[str]) -> st.SearchStrategy[Clause]:
    return st.sampled_from(values).map(lambda value: Clause(name, (value,)))


def _several_of(name: str, values: Sequence[str], most: int = 3) -> st.SearchStrategy[Clause]:
    given = st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)
    return given.map(lambda found: Clause(name, tuple(found)))


def _span(name: str, shortest: int = 0) -> st.SearchStrategy[Clause]:
    """Return clauses with a first day, and perhaps a last one that is some days later."""
    lengths = st.integers(shortest, 800).map(timedelta) | st.none()
    return st.builds(
        lambda first, length: Clause(
            name, (first.isoformat(), *([(first + length).isoformat()] if length is not None else []))
        ),
        _DAYS,
        lengths,
    )


def clauses(
    data: Sequence[str] = CATEGORIES, regions: Sequence[str] = PLACES, services: Sequence[str] = SERVICES
) -> dict[str, st.SearchStrategy[Clause]]:
    """Return a strategy for each clause of the language, by its name."""
    nothing = {
        name: st.just(Clause(name))
        for name in ("announced", "retired", "in-use", "will-end", "trains", "any")
    }
    days = {name: _of(name, [*map(str, range(1, 4000))]) for name in ("kept-longer", "kept-shorter")}
    return {
        **nothing,
        **days,
        "sees": _of("sees", [*data, PERSONAL]),
        "sees-all": _of("sees-all", data)
        | _several_of("sees-all", data).filter(lambda clause: categories.ROOT not in clause.arguments[1:]),
        "only-sees": _several_of("only-sees", [key for key in data if key != categories.ROOT]),
        **{name: _several_of(name, [*regions, ADEQUATE]) for name in AREAS.values()},
        "has": _of("has", [*FIELD_LABELS]),
        "lacks": _of("lacks", [*FIELD_LABELS]),
        "role": _of("role", [*map(str, Role)]),
        "activation": _several_of("activation", [*map(str, Activation)]),
        "named": _several_of("named", services),
        "passes-to": _of("passes-to", services),
        "used-for": _of("used-for", [*load_service_types()]),
        "relies": _of("relies", [*map(str, Basis)]),
        "relies-only": _several_of("relies-only", [*map(str, Basis)]),
        "product": _of("product", ["Forms", "A, b"]),
        "product-only": _of("product-only", ["Forms"]),
        "group": _of("group", ["Infrastructure", "or not"]),
        "certified": _of("certified", ["ISO 27001", "SOC 2", "DPF"]),
        "subject": _of("subject", ["employees", "children"]),
        "owned-by": _of("owned-by", ["Amazon"]),
        "added": _span("added"),
        "ended": _span("ended", 1)  # its second day is the first one without the service
        | _DAYS.map(lambda day: Clause("ended", ("", day.isoformat()))),
        "began-before": _DAYS.map(lambda day: Clause("began-before", (day.isoformat(),))),
    }  # fmt: skip


def questions(
    data: Sequence[str] = CATEGORIES, regions: Sequence[str] = PLACES, services: Sequence[str] = SERVICES
) -> st.SearchStrategy[Question]:
    """Return a strategy of questions: clauses in any nesting of `and`, `or` and `not`."""
    clause: st.SearchStrategy[Question] = st.one_of(*clauses(data, regions, services).values())
    return st.recursive(
        clause,
        lambda inner: st.one_of(inner.map(Not), _several(And, inner), _several(Or, inner)),
        max_leaves=5,
    )


def _several(
    kind: Callable[[tuple[Question, ...]], Question], inner: st.SearchStrategy[Question]
) -> st.SearchStrategy[Question]:
    return st.lists(inner, min_size=2, max_size=3).map(lambda parts: kind(tuple(parts)))
