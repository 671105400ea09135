"""One row for each field of the list itself, as `field_table` has them for its services."""

from subproc_cli.registry.field_row import FieldRow

_Row = FieldRow

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
    *(
        _Row(f"notice.{name}{ending}", edition=3)
        for name in ("on_silence", "on_objection")
        for ending in ("", "_by_language")
    ),
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
    _Row("publish.url", edition=3),
    _Row("publish.accent", edition=3),
    _Row("publish.subscribe", edition=3),
    _Row("publish.not_stated", edition=3),
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
LIST_ROWS: dict[str, FieldRow] = {row.path: row for row in LIST_FIELDS}
