"""The version and the date at the top of a file, without the rest of it."""

import pytest

from subproc_cli.registry.header import read_header
from subproc_cli.yaml.source import Source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: 1.0.0\ndate: 2024-01-01\n", {"version": "1.0.0", "date": "2024-01-01"}),
        ("law: [eu-gdpr]\nversion: 1.0.0\n", {"version": "1.0.0"}),
        ("notice: {days: 30}\ndate: '2024-01-01'\n", {"date": "2024-01-01"}),
        ("regions: {north: {version: 3.0.0}}\nversion: 1.0.0\n", {"version": "1.0.0"}),
        ("services: [version, date]\n", {}),
        ("version: 1.0.0\nservices: {a: [}\n", {"version": "1.0.0"}),  # what an error comes after is read
        ("\ufeffversion: 1.0.0\n", {"version": "1.0.0"}),
    ],
)
def test_read_header_returns_version_and_date_of_the_top_level(text: str, expected: dict[str, str]) -> None:
    assert read_header(Source("registry.yaml", text.encode())) == expected
