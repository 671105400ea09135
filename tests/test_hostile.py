"""A list with hostile words through every command and format: what comes out is text for its target."""

import csv
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest

from subproc_cli.cli.guard import main

NAME = r"[red]x[/red] \u001b[31m <script>alert(1)</script> [y](javascript:z) | *_` \r\nBcc: a@b \u202e \u200b \u0085 \ud800"
SAFE_NAME = NAME.replace(r" \ud800", "")
FORMULA = "=cmd|' /C calc'!A0"
LONG = "x" * 10_000
HEAD = """\
format: 1
publisher: "Evil %0A::error:: <b>"
version: {version}
date: 2024-01-{day}
notice: {{days: 30, contact: privacy@example.com}}
services:
  a: {{name: Plain, purpose: p, sees: [usage], processing: [DE], entity: {{name: Example Inc}}}}
"""
SERVICE = f"""\
  hostile:
    name: "{SAFE_NAME}"
    purpose: "{FORMULA}"
    notes: {LONG}
    sees: [{{data: identity.email, when: "{SAFE_NAME}", note: "@SUM(1)"}}]
    processing: [{{place: US, when: "{SAFE_NAME}"}}]
    entity: {{name: "{SAFE_NAME}", address: "{SAFE_NAME}", country: US}}
    links: {{website: "javascript:alert(1)", dpa: "https://example.com/\\"><script>"}}
    onward: ["{SAFE_NAME}"]
    x-own: "{SAFE_NAME}"
"""
TEXTS = [
    "list",
    "list -f markdown",
    "show hostile",
    "show hostile -f markdown",
    "matrix",
    "which see email --why",
    "which see email -f markdown",
    "diff old.yaml",
    "diff old.yaml -f oneline",
    "diff old.yaml -f markdown",
    "changelog old.yaml new.yaml",
    "log -r history",
    "log -r history -f markdown",
    "check",
    "check -f oneline",
    "check -f github",
    "check -f markdown",
    "notice old.yaml --incomplete --sent 2024-01-02",
    "notice old.yaml --incomplete --sent 2024-01-02 -f markdown",
    "export page",
    "export annex-iii",
    "export graph-mermaid",
    "export graph-dot",
    "export fides",
]
PAGES = ["diff old.yaml -f html", "notice old.yaml --incomplete --sent 2024-01-02 -f html", "export site"]
RECORDS = [
    "list -f json",
    "show hostile -f json",
    "which see email -f json",
    "diff old.yaml -f json",
    "log -r history -f json",
    "check -f json",
    "check -f sarif",
    "check -f gitlab",
    "notice old.yaml --incomplete --sent 2024-01-02 -f json",
    "export json",
    "export dpv",
    "export cyclonedx",
]
TABLES = [
    "list -f csv",
    "show hostile -f csv",
    "which see email -f csv",
    "diff old.yaml -f csv",
    "check -f csv",
]
TREES = ["check -f junit", "feed --folder history", "export graph-svg"]
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\ud800-\udfff]")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "SUBPROC_REGISTRY", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    old, new = HEAD.format(version="1.0.0", day="01"), HEAD.format(version="2.0.0", day="02") + SERVICE
    (tmp_path / "history").mkdir()
    for name, text in (("old", old), ("new", new), ("registry", new), ("history/1", old), ("history/2", new)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def out(capsys: pytest.CaptureFixture[str], command: str) -> str:
    code = main(command.split())
    said = capsys.readouterr()
    assert code in (0, 1), said.err
    assert said.out
    assert not RAW.search(said.out + said.err)
    return said.out


@pytest.mark.parametrize("command", TEXTS)
def test_no_raw_character_in_a_text(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, command)
    assert not any(line.startswith("::error:: <b>") for line in text.splitlines())
    if "oneline" in command or "github" in command:  # where a line is a record, and nothing is folded
        assert not any(line.startswith("Bcc:") for line in text.splitlines())


@pytest.mark.parametrize(
    "command", [each for each in TEXTS if "markdown" in each or each in ("export page", "export annex-iii")]
)
def test_no_markup_in_markdown(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = re.sub(
        "```yaml.*?```", "", out(capsys, command), flags=re.DOTALL
    )  # what stands there is no markup
    assert "<script>" not in text.replace(r"\<script", "")
    assert "[y](javascript:z)" not in text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("command", PAGES)
def test_no_element_in_a_page_but_our_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = _Reader()
    text = out(capsys, command)
    page.feed(text)
    assert "alert(1)" in text
    assert "<script>alert" not in text
    links = [attributes.get("href") or "" for _, attributes in page.found]
    assert not any(link.strip().lower().startswith("javascript:") for link in links)
    assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)


@pytest.mark.parametrize("command", RECORDS)
def test_json_is_json(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(out(capsys, command))


@pytest.mark.parametrize("command", [*TABLES, "export csv", "export record"])
def test_no_cell_is_a_formula(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(StringIO(out(capsys, command))))
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "@"))]


@pytest.mark.parametrize("command", TREES)
def test_xml_is_xml(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = ET.fromstring(out(capsys, command))  # noqa: S314  our own
    assert not [each for each in root.iter() if each.tag.rpartition("}")[2] in ("script", "b")]


def test_a_lone_surrogate_is_refused_where_it_stands(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    text = HEAD.format(version="1.0.0", day="01") + f'  hostile: {{name: "{NAME}"}}\n'
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    code = main(["list"])
    said = capsys.readouterr()
    assert (code, "Traceback" in said.err, RAW.search(said.err)) == (3, False, None)
