"""One row for each field of a service: what every part of the program knows about it.

The rows are data. A part that draws, compares or exports a field looks up what to do by the row. A test walks
the models and fails with the name of a field that has no row. The fields of the list itself have their rows
in `list_field_table`.
"""

from subproc_cli.registry.field_row import Fact, FieldRow

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
    _Row("sees.when_by_language"),
    _Row("sees.note"),
    _Row("sees.note_by_language"),
    _Row("sees.products"),
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
    _Row("processing.when_by_language"),
    _Row("processing.how"),
    _Row("processing.note"),
    _Row("processing.note_by_language"),
    _Row("processing.products"),
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
    _Row("transfer.note_by_language"),
    _Row("transfer.places"),
    _Row("transfer.modules"),
    _Row("transfer.adapted"),
    _Row("transfer.covers"),
    _Row("transfer.products"),
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
            "contract|data protection agreement|data processing addendum|processing agreement|"
            "av contract|avv|art. 28 contract|article 28 contract|processor agreement|processor contract",
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
        is_public=False,  # that and until when there is a contract is a matter of its two parties
        edition=2,
    ),
    _Row("dpa.signed", edition=2, page=200, is_public=False),
    _Row("dpa.until", edition=2, page=210, is_public=False),
    _Row("dpa.url", edition=2, is_public=False),
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
    _Row("retention_after_by_language", change="retention-after-languages", edition=3),
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
            "onward|sub-processor|sub-subprocessor|onward transfer|onward transfers",
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

SERVICE_ROWS: dict[str, FieldRow] = {row.path: row for row in SERVICE_FIELDS}
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
