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
