"""What a file is that can be imported."""

from enum import StrEnum


class InputFormat(StrEnum):
    """What a file is."""

    AUTO = "auto"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    YAML = "yaml"
    SCRIPT = "script"
    RST = "rst"
    DOCX = "docx"
    FIDES = "fides"
    CYCLONEDX = "cyclonedx"


TEXT_FORMATS = frozenset((InputFormat.MARKDOWN, InputFormat.HTML, InputFormat.CSV, InputFormat.RST))
"""The formats that a function of their own reads out of a text: `parse_csv` of `formats/csv.py`."""

ENDINGS = {
    ".md": InputFormat.MARKDOWN,
    ".markdown": InputFormat.MARKDOWN,
    ".mdx": InputFormat.MARKDOWN,
    ".html": InputFormat.HTML,
    ".htm": InputFormat.HTML,
    ".xhtml": InputFormat.HTML,
    ".csv": InputFormat.CSV,
    ".tsv": InputFormat.CSV,
    ".xlsx": InputFormat.XLSX,
    ".xlsm": InputFormat.XLSX,
    ".docx": InputFormat.DOCX,
    ".rst": InputFormat.RST,
    ".json": InputFormat.JSON,
    ".ndjson": InputFormat.JSON,
    ".jsonl": InputFormat.JSON,
    ".yaml": InputFormat.YAML,
    ".yml": InputFormat.YAML,
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"), InputFormat.SCRIPT),
    **dict.fromkeys((".astro", ".vue", ".svelte"), InputFormat.SCRIPT),
}
"""The format of a file by the ending of its name, in lower case."""
