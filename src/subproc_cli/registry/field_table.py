"""One row for each field of the list: what every part of the program knows about it.

The rows are data. A part that draws, compares or exports a field looks up what to do by the row. A test walks
the models and fails with the name of a field that has no row.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, get_origin

from pydantic import BaseModel

from subproc_cli.diagnostics import FieldPath
from subproc_cli.registry.introspect import find_item_model, strip_annotation
from subproc_cli.registry.models import Service


class Fact(NamedTuple):
    """What a list can leave out of a service, as answers and questions name it.

    Attributes:
        name: its name in records and questions. The catalogue has its nouns: `fact.<name>` in an answer and
            `missing.<name>` on a page.
        words: its words in questions, with `|` between them.
        is_counted: whether a card and a record report that it is not stated.
        order: its place in the list of what is not stated.
        or_field: a field that states it as well.
    """

    name: str
    words: str
    is_counted: bool = False
    order: int = 0
    or_field: str = ""


class FieldRow(NamedTuple):
    """A field of a service or of the list. The catalogue has its name for readers: `label.<path>`.

    Attributes:
        path: its dotted path in machine formats: `entity.parent_country`.
        fact: the fact that it states, None if nothing asks for it.
        column: its column in `subproc list`; empty if it has none.
        change: what compares it in `diff`; that of the field above it if empty.
        is_on_card: whether the card of `subproc show` has a line for it; otherwise another line contains it.
        page: its place among the facts of a public page, the lowest first; 0 if another fact contains it.
        is_public: whether it is published unless the publisher hides it.
        is_announced: whether it belongs to the content of a notice that describes the whole service.
        edition: the number of the edition of the format that added it; columns of CSV follow in this order.
    """

    path: str
    fact: Fact | None = None
    column: str = ""
    change: str = ""
    is_on_card: bool = False
    page: int = 0
    is_public: bool = True
    is_announced: bool = False
    edition: int = 1


_Row = FieldRow

SERVICE_FIELDS: tuple[FieldRow, ...] = (
    _Row("name", is_on_card=True, change="name", is_announced=True),
    _Row("role", is_on_card=True, column="role", change="role", is_announced=True, page=130),
    _Row(
        "service_type",
        is_on_card=True,
        fact=Fact("service_type", "service type|type of service|type|kind of service"),
        column="type",
        change="service-type",
        edition=2,
        page=10,
    ),
    _Row(
        "purpose",
        is_on_card=True,
        fact=Fact("purpose", "purpose|description", is_counted=True, order=6),
        column="purpose",
        change="purpose",
        is_announced=True,
    ),
    _Row("purpose_by_language", change="purpose-languages", edition=2),
    _Row("group", Fact("group", "group"), is_on_card=True, column="group", change="metadata", page=160),
    _Row("products", is_on_card=True, column="products", change="products", page=150),
    _Row("activation", is_on_card=True, column="used", change="activation", is_announced=True, page=140),
    _Row(
        "condition",
        column="condition",
        fact=Fact("condition", "condition|condition of use", is_counted=True, order=7),
        change="condition",
        is_announced=True,
    ),
    _Row("condition_by_language", change="condition-languages", edition=2),
    _Row(
        "sees",
        is_on_card=True,
        fact=Fact(
            "data",
            "data category|data categories|statement of data|statement on data|data statement|data",
            is_counted=True,
            order=5,
            or_field="never_sees",
        ),
        column="data",
        change="data",
        is_announced=True,
        page=20,
    ),
    _Row("sees.data"),
    _Row("sees.may_contain"),
    _Row("sees.extent"),
    _Row("sees.when"),
    _Row("sees.when_by_language", edition=2),
    _Row("sees.note"),
    _Row("sees.note_by_language", edition=2),
    _Row("sees.products", edition=2),
    _Row("never_sees", column="never", change="data", is_announced=True, page=30),
    _Row("personal_data", column="claim", is_on_card=True, change="claim", is_announced=True, page=40),
    _Row(
        "model_training",
        is_on_card=True,
        fact=Fact(
            "model_training",
            "statement on model training|model training|statement on training|training|ai training",
        ),
        column="training",
        change="training",
        is_announced=True,
        edition=2,
        page=50,
    ),
    _Row(
        "subjects",
        is_on_card=True,
        fact=Fact(
            "subjects",
            "subject|data subject|categories of data subjects|data subjects",
            is_counted=True,
            order=11,
        ),
        column="subjects",
        change="subjects",
        is_announced=True,
        page=60,
    ),
    _Row("subjects_by_language", change="subjects-languages", edition=2),
    _Row(
        "processing",
        is_on_card=True,
        fact=Fact(
            "processing",
            "processing location|processing place|place of processing|location|place|"
            "data location|processing locations|data processing location|storage location|"
            "processing country|processing countries|processing",
            is_counted=True,
            order=1,
        ),
        column="processing",
        change="places",
        is_announced=True,
        page=70,
    ),
    _Row("processing.place"),
    _Row("processing.when"),
    _Row("processing.when_by_language", edition=2),
    _Row("processing.how"),
    _Row("processing.note"),
    _Row("processing.note_by_language", edition=2),
    _Row("processing.products", edition=2),
    _Row("entity", is_on_card=True, change="entity", is_announced=True),
    _Row(
        "entity.name",
        fact=Fact(
            "entity",
            "entity|legal entity|entity name|contracting party|company name|company|name of entity",
            is_counted=True,
            order=2,
        ),
        column="entity",
        page=90,
    ),
    _Row(
        "entity.address",
        column="address",
        fact=Fact(
            "address",
            "address|legal address|postal address|company address",
            is_counted=True,
            order=3,
        ),
        page=100,
    ),
    _Row(
        "entity.country",
        fact=Fact(
            "country",
            "country|entity country|country of establishment|country of the entity|country of entity|seat",
            is_counted=True,
            order=4,
        ),
        column="country",
        page=110,
    ),
    _Row(
        "entity.parent",
        is_on_card=True,
        fact=Fact("parent", "parent|parent company|owner|stated owner|ultimate parent"),
        column="parent",
        page=120,
    ),
    _Row(
        "entity.parent_country",
        column="parent-country",
        fact=Fact(
            "parent_country",
            "parent country|country of parent|owner country|country of owner",
        ),
        edition=2,
    ),
    _Row(
        "transfer",
        is_on_card=True,
        fact=Fact(
            "transfer",
            "transfer|transfer basis|basis|transfer mechanism|safeguard|legal basis for transfers|"
            "legal basis for the transfer|legal basis for transfer|transfer bases|transfer tool|"
            "safeguards",
            is_counted=True,
            order=8,
        ),
        column="transfer",
        change="transfer",
        is_announced=True,
        page=80,
    ),
    _Row("transfer.basis"),
    _Row("transfer.until"),
    _Row("transfer.note"),
    _Row("transfer.note_by_language", edition=2),
    _Row("transfer.places", edition=2),
    _Row("transfer.modules", edition=2),
    _Row("transfer.adapted", edition=2),
    _Row("transfer.covers", edition=2),
    _Row("transfer.products", edition=2),
    _Row(
        "contact",
        is_on_card=True,
        fact=Fact(
            "contact",
            "contact|contact person|contact point|privacy contact|data protection contact|contact address",
            is_counted=True,
            order=9,
        ),
        column="contact",
        change="contact",
        is_announced=True,
        page=230,
    ),
    _Row("links", is_on_card=True, change="metadata", page=310),
    _Row("links.website", Fact("website", "website|home page|web page")),
    _Row(
        "links.privacy",
        Fact(
            "privacy",
            "privacy policy|privacy notice|privacy page|"
            "privacy statement|data protection notice|link to the privacy policy",
        ),
    ),
    _Row(
        "links.dpa",
        fact=Fact(
            "dpa",
            "dpa|data processing agreement|data processing contract|link to the dpa|agreement|"
            "contract|data protection agreement|data processing addendum|processing agreement",
            is_counted=True,
            order=10,
        ),
    ),
    _Row(
        "links.security", Fact("security", "security page|security measures|description of security measures")
    ),
    _Row(
        "links.subprocessors",
        Fact(
            "subprocessors",
            "subprocessor list|subprocessor page|list of subprocessors|"
            "page of subprocessors|own subprocessor list|sub processor list|own list of subprocessors",
        ),
    ),
    _Row(
        "dpa",
        is_on_card=True,
        fact=Fact(
            "signed_dpa",
            "signed dpa|signed contract|signed agreement|signed data processing agreement|"
            "contract date|date of contract|dpa date|date of dpa|signature date",
        ),
        column="dpa",
        change="dpa",
        edition=2,
    ),
    _Row("dpa.signed", edition=2, page=200),
    _Row("dpa.until", edition=2, page=210),
    _Row("dpa.url", edition=2),
    _Row(
        "retention",
        is_on_card=True,
        fact=Fact(
            "retention",
            "retention|retention period|storage period|retention policy|deletion period|retention time",
            is_counted=True,
            order=12,
        ),
        column="retention",
        change="retention",
        page=180,
    ),
    _Row(
        "retention_days",
        column="retention-days",
        fact=Fact("retention_days", "retention days|retention in days"),
        change="retention",
        edition=2,
    ),
    _Row("retention_after", change="retention", edition=2),
    _Row("retention_note", change="retention", edition=2),
    _Row("retention_note_by_language", change="retention-languages", edition=2),
    _Row(
        "certifications",
        is_on_card=True,
        fact=Fact(
            "certifications",
            "certification|audit|certificate|security certification|attestation",
            is_counted=True,
            order=13,
        ),
        column="certifications",
        change="certifications",
        page=190,
    ),
    _Row(
        "onward",
        is_on_card=True,
        fact=Fact(
            "onward",
            "onward recipient|onward processor|recipient|subprocessor|sub subprocessor|"
            "subsubprocessor|further processor|further subprocessor|further recipient|"
            "subprocessors of their own|subcontractor|further sub processor|onward recipients|"
            "onward|sub-processor|sub-subprocessor",
            is_counted=True,
            order=14,
        ),
        column="onward",
        change="onward",
        is_announced=True,
        page=170,
    ),
    _Row("formerly", is_on_card=True, change="id", page=270),
    _Row("replaces", is_on_card=True, change="metadata", page=260),
    _Row(
        "reviewed",
        is_on_card=True,
        fact=Fact("reviewed", "review|reviewed texts"),
        column="reviewed",
        change="metadata",
        is_public=False,
        edition=2,
        page=300,
    ),
    _Row("reviewed.date", edition=2),
    _Row("reviewed.by", edition=2),
    _Row("notes", Fact("notes", "note|notes"), is_on_card=True, change="metadata", is_public=False, page=280),
    _Row("source", Fact("source", "source"), is_on_card=True, change="metadata", is_public=False, page=290),
    _Row(
        "since",
        fact=Fact("since", "since|start date|start|start of use", is_counted=True, order=15),
        column="since",
        change="start",
        is_announced=True,
        page=240,
    ),
    _Row("until", column="until", change="end", is_announced=True, page=250),
)
"""The fields of a service, in the order of a card."""

LIST_FIELDS: tuple[FieldRow, ...] = (
    _Row("format", change="metadata"),
    _Row("publisher", change="list"),
    _Row("version", change="none"),
    _Row("date", change="none"),
    _Row("law", change="list"),
    _Row("notice", change="list"),
    _Row("notice.days"),
    _Row("notice.objection_days"),
    _Row("notice.termination_days"),
    _Row("notice.contact"),
    _Row("contacts", change="list", edition=2),
    *(
        _Row(path, edition=2)
        for kind in ("privacy", "dpo", "representative")
        for path in (f"contacts.{kind}", *(f"contacts.{kind}.{part}" for part in ("name", "address", "mail")))
    ),
    _Row("publish", change="metadata", is_public=False, edition=2),
    _Row("publish.fields", edition=2),
    _Row("publish.hide", edition=2),
    _Row("publish.logo", edition=2),
    _Row("publish.intro", edition=2),
    _Row("publish.intro_by_language", edition=2),
    _Row("publish.legal_notice", edition=2),
    _Row("categories", change="list"),
    _Row("categories.label"),
    _Row("categories.aliases"),
    _Row("categories.personal"),
    _Row("regions", change="none"),
    _Row("policies", change="metadata", is_public=False),
    _Row("policies.name"),
    _Row("policies.forbid"),
    _Row("policies.require"),
    _Row("policies.unknown"),
    _Row("levels", change="metadata"),
    _Row("severities", change="metadata", is_public=False),
    _Row("ignore", change="metadata", is_public=False),
    _Row("ignore.rule"),
    _Row("ignore.service"),
    _Row("ignore.until"),
    _Row("ignore.reason"),
    _Row("services", change="none"),
)
"""The fields of the list. `diff` compares `version`, `date`, `regions` and `services` in its own ways."""

SERVICE_ROWS: dict[str, FieldRow] = {row.path: row for row in SERVICE_FIELDS}
LIST_ROWS: dict[str, FieldRow] = {row.path: row for row in LIST_FIELDS}
FACTS: dict[str, FieldRow] = {
    row.fact.name: row
    for row in sorted(
        SERVICE_FIELDS, key=lambda row: (row.fact.order or len(SERVICE_FIELDS)) if row.fact else 0
    )
    if row.fact
}
"""The rows that state a fact, by its name, in the order in which missing facts are listed."""
PAGE_FIELDS = tuple(sorted((row for row in SERVICE_FIELDS if row.page), key=lambda row: row.page))
"""The rows of the facts of a public page, in their order."""


def walk_fields(model: type[BaseModel], above: str = "") -> Iterator[str]:
    """Yield the dotted path of every field of a model and of the models below it, except of services."""
    for name, field in model.model_fields.items():
        yield f"{above}{name}"
        inner = find_item_model(field.annotation) or strip_annotation(field.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel) and inner is not Service:
            yield from walk_fields(inner, f"{above}{name}.")


@cache
def list_columns() -> tuple[str, ...]:
    """Return the columns of a table of services: leaves of the models, with lists and texts as one cell.

    The columns of the first edition and then `own` come first, so that later fields never move them.
    """
    leaves = [path for path in walk_fields(Service) if _is_cell(path)]
    editions = sorted({SERVICE_ROWS[path].edition for path in leaves})
    first, *later = ([path for path in leaves if SERVICE_ROWS[path].edition == each] for each in editions)
    return ("id", *first, "own", *(path for paths in later for path in paths))


def _is_cell(path: str) -> bool:
    """Return whether a field is one cell. A mapping has a cell for each field, a list one for all items."""
    whole, _, part = path.partition(".")
    annotation = Service.model_fields[whole].annotation
    if find_item_model(annotation):
        return not part
    inner = strip_annotation(annotation)
    is_mapping = isinstance(inner, type) and issubclass(inner, BaseModel)
    return bool(part) if is_mapping else True


def find_type(path: str) -> Any:
    """Return the type of the value of a column: `str`, `tuple`, `dict`, `date`, `int`, `bool` or an enum."""
    model: Any = Service
    *above, last = path.split(".")
    for step in above:
        model = strip_annotation(model.model_fields[step].annotation)
    found = strip_annotation(model.model_fields[last].annotation)
    return get_origin(found) or found


def build_getter(path: str) -> Callable[[Any], Any]:
    """Return a function that returns the value of a field, None below what is missing."""
    first, _, rest = path.partition(".")
    read = attrgetter(first)
    if not rest:
        return read
    below = build_getter(rest)
    return lambda part: below(inner) if (inner := read(part)) is not None else None


def build_fact_getter(row: FieldRow) -> Callable[[Service], object]:
    """Return a function that returns what states the fact of a row: its field, or the other one."""
    read = build_getter(row.path)
    if row.fact is None or not row.fact.or_field:
        return read
    other = build_getter(row.fact.or_field)
    return lambda service: read(service) or other(service)


def to_path(row: FieldRow) -> FieldPath:
    """Return the path of a field below its service."""
    return tuple(row.path.split("."))


def find_change(row: FieldRow, rows: Mapping[str, FieldRow]) -> str:
    """Return what compares a field: its own classifier, or that of the field above it."""
    return row.change or find_change(rows[row.path.rpartition(".")[0]], rows)
