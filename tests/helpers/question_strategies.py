"""Questions for tests, as trees: every clause of the language with every kind of argument."""

from collections.abc import Callable, Sequence
from datetime import date

from hypothesis import strategies as st

from subproc_cli.enums import ADEQUATE, PERSONAL, Activation, Basis, Role
from subproc_cli.evaluation import attributes
from subproc_cli.question import vocabulary
from subproc_cli.question.query import AREAS, And, Clause, Not, Or, Question, join_parts
from subproc_cli.reference import categories
from subproc_cli.reference import geography as places

CATEGORIES = tuple(each.key for each in categories.load_category_tree())
PLACES = (
    *(each.key for each in places.load_gazetteer()),
    places.WORLDWIDE,
    *sorted(places.load_country_codes()),
)
WORDS = st.sampled_from(["and", "or not", "(x", "x)", "a, b", "see email", "EU", "x?", " x ", "Müller", "A"])
NAMES = WORDS | st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters='"“”'), min_size=1, max_size=6
)


def _of(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Clause]:
    return values.map(lambda value: Clause(name, (value,)))


def _area(name: str, regions: Sequence[str]) -> st.SearchStrategy[Clause]:
    places = st.lists(st.sampled_from([*regions, ADEQUATE]), min_size=1, max_size=3, unique=True)
    return places.map(lambda given: Clause(name, tuple(given)))


def clauses(
    data: Sequence[str] = CATEGORIES,
    regions: Sequence[str] = PLACES,
    names: st.SearchStrategy[str] = NAMES,
    products: st.SearchStrategy[str] = NAMES,
) -> dict[str, st.SearchStrategy[Clause]]:
    """Return a strategy for each clause of the language, by its name."""
    one_of = st.sampled_from
    return {
        "sees": _of("sees", one_of([*data, PERSONAL])),
        "sees-all": _of("sees-all", one_of(data)),
        **{name: _area(name, regions) for name in AREAS.values()},
        "has": _of("has", one_of([*{*vocabulary.HELD.values()}])),
        "lacks": _of("lacks", one_of([*attributes.FIELDS])),
        "role": _of("role", one_of([*Role])),
        "activation": _of("activation", one_of([*Activation])),
        "product": _of("product", products),
        "named": _of("named", names),
        "certified": _of("certified", NAMES),
        "since": _of("since", st.dates(date(1000, 1, 1)).map(date.isoformat)),
        "relies": _of("relies", one_of([*Basis])),
        "relies-only": _of("relies-only", one_of([*Basis])),
    }


def questions(
    data: Sequence[str] = CATEGORIES,
    regions: Sequence[str] = PLACES,
    names: st.SearchStrategy[str] = NAMES,
    products: st.SearchStrategy[str] = NAMES,
) -> st.SearchStrategy[Question]:
    """Return a strategy of questions: clauses in any nesting of `and`, `or` and `not`."""
    clause: st.SearchStrategy[Question] = st.one_of(*clauses(data, regions, names, products).values())
    return st.recursive(
        clause,
        lambda inner: st.one_of(inner.map(Not), _several(And, inner), _several(Or, inner)),
        max_leaves=6,
    )


def _several(
    kind: Callable[[tuple[Question, ...]], Question], inner: st.SearchStrategy[Question]
) -> st.SearchStrategy[Question]:
    return st.lists(inner, min_size=1, max_size=3).map(lambda parts: kind(tuple(parts)))


def normal(question: Question) -> Question:
    """Return a question in its normal form: `and` and `or` flat, and never of a single part."""
    if isinstance(question, Clause):
        return question
    if isinstance(question, Not):
        return Not(normal(question.part))
    return join_parts(type(question), [normal(part) for part in question.parts])
