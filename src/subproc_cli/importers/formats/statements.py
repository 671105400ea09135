"""Imports a list that was exported as one row a statement: nothing is guessed and nothing is lost."""

from collections.abc import Sequence

from subproc_cli.errors import ReadError
from subproc_cli.exporters import statements
from subproc_cli.exporters.xlsx import is_shortened
from subproc_cli.importers.formats import subproc_json
from subproc_cli.importers.pipeline import ImportResult

Rows = Sequence[Sequence[str]]


def has_statements(rows: Rows) -> bool:
    """Return whether rows begin with the header of a table of statements."""
    return bool(rows) and statements.is_header(rows[0])


def begins_with_header(text: str) -> bool:
    """Return whether the text of a CSV file begins with the header of a table of statements."""
    return statements.is_header(text.partition("\n")[0].split(","))


def parse_statements(file: str, rows: Rows) -> ImportResult:
    """Return the services of a table of statements, with everything that the list states of itself.

    Raises:
        ReadError: a row has a field that the format does not have, or the rows are those of several lists.
    """
    heads, *cells = rows
    made = [dict.fromkeys(heads, "") | dict(zip(heads, row, strict=False)) for row in cells if any(row)]
    lists = dict.fromkeys((row["publisher"], row["version"], row.get("file", "")) for row in made)
    if len(lists) > 1:
        raise ReadError(f"it contains {len(lists)} lists", "import one list at a time")
    for number, row in enumerate(made, 2):
        if is_shortened(row["value"]):
            message = f"row {number}: the workbook has only the start of {row['field']}"
            raise ReadError(message, "export the list with subproc export csv --long and import that")
        try:
            statements.build_record([row])
        except (ValueError, KeyError) as error:
            raise ReadError(f"row {number}, {row['field']}: {error}", "see: subproc schema") from None
    return subproc_json.parse_export(file, statements.build_record(made))
