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
        _Row(f"notice.{name}{ending}")
        for name in ("on_silence", "on_objection")
        for ending in ("", "_by_language")
    ),
    _Row("contacts", change="list"),
    *(
        _Row(path)
        for kind in ("privacy", "dpo", "representative")
        for path in (f"contacts.{kind}", *(f"contacts.{kind}.{part}" for part in ("name", "address", "mail")))
    ),
    _Row("publish", change="metadata", is_public=False),
    _Row("publish.fields"),
    _Row("publish.hide"),
    _Row("publish.logo"),
    _Row("publish.intro"),
    _Row("publish.intro_by_language"),
    _Row("publish.legal_notice"),
    _Row("publish.url"),
    _Row("publish.accent"),
    _Row("publish.subscribe"),
    _Row("publish.not_stated"),
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
