"""A public field that a reader of the list would not see anywhere fails here with its name."""

from collections.abc import Callable
from datetime import date
from typing import Any

from test_field_table import SERVICE_PATHS

from registry_text import listing, load_complete_list
from rows import for_rows
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Role
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.plan import Request, plan
from subproc_cli.overview.list import COLUMNS, ServicesReport
from subproc_cli.registry.field_table import SERVICE_FIELDS, SERVICE_ROWS
from subproc_cli.registry.file_form import find_key, is_reading
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

DAY = date(2024, 6, 1)


def export(name: str, registry: Registry) -> str:
    [exporter] = [each for each in EXPORTERS if each.name == name]
    return exporter.render(Export(registry, registry.model.services, DAY, "de")).decode()


def render_list(registry: Registry) -> str:
    return str(ServicesReport(registry, registry.model.services, DAY, tuple(COLUMNS)).to_document())


def render_letter(registry: Registry) -> str:
    """Return the facts of a letter about a service that comes back, which states all of its content."""
    new = registry.with_model(registry.model.model_copy(update={"notice": TERMS.model.notice}))
    old = new.with_model(new.model.model_copy(update={"services": {}}))
    [notice] = plan((old, new), diff(old, new), Request(date(2024, 1, 2), date(2024, 3, 1))).notices
    return str(Letter(notice._replace(language="de")).parts)


TERMS = listing("  x: {name: X}\n", head="notice: {days: 30}")
VIEWS: dict[str, Callable[[Registry], str]] = {
    "page": lambda registry: export("page", registry),
    "site": lambda registry: export("site", registry),
    "list": render_list,
    "letter": render_letter,
    "annex-iii": lambda registry: export("annex-iii", registry),
}
_BASIS = dict.fromkeys(
    ("transfer.places", "transfer.modules", "transfer.adapted", "transfer.covers", "transfer.products"),
    "a basis is named in the terms of each law; its scope decides which laws are met",
)
EXEMPT: dict[str, dict[str, str]] = {
    "page": _BASIS,
    "site": _BASIS,
    "list": {
        "formerly": "an id, which the card has",
        "replaces": "an id, which the card has",
        "links": "addresses are too long for a cell",
        "dpa": "a cell has the day of signature",
        "sees": "a cell has categories without conditions",
        "processing": "a cell has places without conditions",
        "transfer": "a cell has bases without conditions",
    },
    "letter": _BASIS
    | {
        "personal_data": "the letter states which data it is",
        "links.website": "a controller judges by the documents",
    },
    "annex-iii": _BASIS,
}
"""Fields that a view does not show, and why. A reason for a field holds for all of its parts."""
LIMITED_VIEWS = {
    "letter": {
        *("service_type", "links", "retention", "certifications"),
        *(row.path for row in SERVICE_FIELDS if row.is_announced),
    },
    "annex-iii": {
        *("service_type", "purpose", "sees", "model_training", "subjects", "processing", "retention"),
        *("entity.name", "entity.address", "contact", "transfer"),
    },
}
"""The fields of the views that have a part of them: what a notice announces, and what Annex III asks for."""
PATHS = [
    path
    for path in SERVICE_PATHS
    if not is_reading(path, Service) and not path.endswith("_by_language") and path != "name"
]


def is_public(path: str) -> bool:
    return SERVICE_ROWS[path.partition(".")[0]].is_public


def is_expected(view: str, path: str) -> bool:
    fields = LIMITED_VIEWS.get(view, {*PATHS})
    return not fields.isdisjoint((path, path.partition(".")[0]))


def remove(part: Any, path: str) -> Any:
    """Return a service, or a part of it, without the value that the file states at a path."""
    first, _, rest = path.partition(".")
    value = getattr(part, first)
    if rest and isinstance(value, tuple):
        return part.model_copy(update={first: tuple(remove(item, rest) for item in value)})
    if rest:
        return part.model_copy(update={first: remove(value, rest)})
    model: Any = type(part)
    if model.model_fields[first].is_required():
        return part.model_copy(update={first: {"data": "usage", "place": ("DE",), "basis": "bcr"}[first]})
    names = [name for name in model.model_fields if find_key(name, model) == first]
    return part.model_copy(
        update={name: model.model_fields[name].get_default(call_default_factory=True) for name in names}
    )


@for_rows(
    "view, path",
    [(view, path) for view in VIEWS for path in PATHS if is_public(path) and is_expected(view, path)],
)
def test_public_field_is_in_a_view_or_is_exempt_with_a_reason(view: str, path: str) -> None:
    full = load_complete_list()
    full = full.with_model(
        full.model.model_copy(
            update={"services": {"a": full.model.services["a"].model_copy(update={"role": Role.AFFILIATE})}}
        )
    )
    bare = full.with_model(
        full.model.model_copy(update={"services": {"a": remove(full.model.services["a"], path)}})
    )
    reason = EXEMPT[view].get(path) or EXEMPT[view].get(path.partition(".")[0])
    assert VIEWS[view](full) != VIEWS[view](bare) or reason, (view, path)


def test_exempt_field_exists() -> None:
    assert {path for paths in EXEMPT.values() for path in paths} <= {*PATHS}
