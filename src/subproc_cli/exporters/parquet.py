"""The list as Parquet, for DuckDB, Spark or a warehouse: statements and answers, of one list or of many.

`statements.parquet` has one row for each statement, as `csv-long` has it. `answers.parquet` has one row for
each answer: whether a service sees a top-level data category, and whether it processes outside a region.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TypeAlias

from subproc_cli.errors import UsageError
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.places import AreaCondition, PlaceResolver, evaluate_processing
from subproc_cli.exporters import statements
from subproc_cli.exporters.exporter import Export, ExportPart

ANSWER_COLUMNS = ("publisher", "version", "date", "as_of", "service", "name", "asked", "subject", "answer")
REGIONS = ("EU", "EEA")
"""The regions for which the table says whether a service may process outside of them."""
_DAYS = ("date", "as_of")
Rows: TypeAlias = Sequence[tuple[str, ...]]
Tables: TypeAlias = dict[str, Rows]
"""The rows of each file, the header first."""


def render(export: Export) -> bytes:
    """Return the statements; `render_files` has the answers as well.

    Raises:
        UsageError: pyarrow is not installed.
    """
    return _write_table((statements.COLUMNS, *statements.build_rows(export)))


def render_files(export: Export) -> dict[str, bytes]:
    """Return both files.

    Raises:
        UsageError: pyarrow is not installed.
    """
    return {file: _write_table(rows) for file, rows in collect(export).items()}


def collect(export: Export) -> Tables:
    """Return the rows of both files of one list."""
    return {
        "statements.parquet": (statements.COLUMNS, *statements.build_rows(export)),
        "answers.parquet": (ANSWER_COLUMNS, *_iter_answers(export)),
    }


def render_many(parts: Sequence[ExportPart]) -> bytes:
    """Return the statements of several lists, with the file of each in the last column.

    Raises:
        UsageError: pyarrow is not installed.
    """
    return next(iter(render_many_files(parts).values()))


def render_many_files(parts: Sequence[ExportPart]) -> dict[str, bytes]:
    """Return both files with the rows of several lists, with the file of each list in the last column.

    Raises:
        UsageError: pyarrow is not installed.
    """
    return {
        file: _write_table(
            ((*header, "file"), *((*row, part.file) for part in parts for row in part.content[file][1:]))
        )
        for file, (header, *_) in parts[0].content.items()
    }


def _iter_answers(export: Export) -> Iterator[tuple[str, ...]]:
    model, tree = export.registry.model, export.registry.category_tree
    head = (model.publisher, model.version, model.date.isoformat(), export.as_of.isoformat())
    resolver = PlaceResolver(export.registry.gazetteer, export.as_of)
    conditions = {region: AreaCondition(resolver.build_area([region]), is_outside=True) for region in REGIONS}
    for key, service in export.services.items():
        about = (*head, key, service.name)
        for category in tree.top_level:
            yield *about, "sees", category, str(data_access.category_of(service, tree, category).verdict)
        for region, condition in conditions.items():
            verdict = evaluate_processing(key, service, resolver, condition).verdict
            yield *about, "processes outside", region, str(verdict)


def _write_table(table: Rows) -> bytes:
    try:
        import pyarrow as pa  # only this format needs it
        from pyarrow import parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow", "pip install 'subproc-cli[parquet]'") from None
    header, *rows = table
    cells = zip(*rows, strict=True) if rows else ([] for _ in header)
    arrays = [
        pa.array(values, pa.string()).cast(pa.date32() if name in _DAYS else pa.string())
        for name, values in zip(header, cells, strict=True)
    ]
    out = BytesIO()
    parquet.write_table(pa.table(arrays, names=list(header)), out, compression="zstd")
    return out.getvalue()
