"""A list whose every text is hostile through every command and format: what comes out is text for its target."""

import contextlib
import csv
import json
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from html.parser import HTMLParser
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
import typer
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from pyarrow.parquet import read_table
from pydantic import BaseModel
from typer.core import TyperOption

from hostile_texts import FORMULA, MARKUP, TEXTS, fill, raw
from subproc_cli.cli.app import COMMANDS, CommandGroup, app
from subproc_cli.cli.main import main
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.models import RegistryModel
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read
from subproc_cli.yaml.libyaml import yaml

SENT = ("--incomplete", "--sent", "2024-01-02", "--effective", "2024-03-01")
COMMON: dict[str, list[list[str]]] = {
    "which": [["see email or process outside the EU", "--all"], ["see content", "--all", "--why"]],
    "list": [["--all"], ["--all", "--columns", "id,purpose,used,processing,entity,country,data,never,role,group,transfer,contact,since,until"]],
    "show": [["hostile"]],
    "matrix": [["--every-category"]],
    "check": [["--against", "old.yaml", "--fail-on", "never"], ["--no-suppressions", "--fail-on", "never"], ["broken.yaml", "--fail-on", "never"]],
    "diff": [["old.yaml"], ["registry.yaml", "old.yaml"]],
    "bump": [["old.yaml"]],
    "log": [["-r", "history"], ["hostile", "-r", "history"]],
    "rule": [["missing-location"], ["place-added-outside"]],
    "notice": [["old.yaml", *SENT, "--urgent", MARKUP]],
    "send": [["letters", "--record", "ledger.jsonl", "--from", "p@example.com", "--dry-run", "--late"]],
    "status": [["--record", "ledger.jsonl"]],
    "categories": [[]],
    "places": [[]],
}  # fmt: skip
"""Commands that have formats, and what they are asked."""
NOTIFIED = ("old.yaml", *SENT, "--urgent", "reason", "--customers", "customers.csv")
"""Letters to the customers, for the commands that need a run and a ledger."""
APART = (
    "changelog",
    "feed",
    "export",
    "import",
    "init",
    "add",
    "set",
    "retire",
    "fmt",
    "schema",
    "accept",
    "respond",
)
"""Commands that have a test of their own below."""
TEXT, RECORDS = ("text", "oneline", "github", "answer"), ("json", "sarif", "gitlab", "rdjson")
LETTERS = ("text", "markdown", "html", "eml", "docx", "json")
KINDS_BY_EXTENSION = {
    "html": "html",
    "md": "markdown",
    "mmd": "text",
    "dot": "text",
    "txt": "text",
    "csv": "csv",
    "xlsx": "xlsx",
    "json": "json",
    "jsonld": "json",
    "ndjson": "ndjson",
    "parquet": "parquet",
    "cdx.json": "json",
    "db": "sqlite",
    "docx": "docx",
    "yml": "yaml",
}
"""How the file of an export format is read, by its extension."""
TAGS = frozenset(
    ["html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "p", "br", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "pre", "code", "a", "strong", "em", "b", "small", "span", "bdi", "div", "section", "article", "header", "footer", "form", "main", "nav", "details", "summary", "time", "abbr", "script", "svg", "g", "path", "rect", "line", "text", "tspan", "defs", "marker", "pattern", "polygon", "circle", "ellipse", "input", "label", "button", "select", "optgroup", "option", "fieldset", "legend", "output", "link"]
)  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    page = _Reader()
    page.feed(text)
    page.close()
    return page.found


def is_html(content: bytes) -> None:
    text = content.decode()
    assert not raw(text)
    assert "<script>alert" not in text
    for tag, attributes in elements(text):
        assert tag in TAGS, tag
        assert not [name for name in attributes if name.startswith("on") or name in ("srcdoc", "formaction")]
        for name in ("href", "src", "action", "xlink:href"):
            target = (attributes.get(name) or "").strip().lower()
            assert re.match(r"(https?://[a-z0-9.-]+(?:[/?#]|$)|mailto:|#|[a-z0-9._-]+$|$|data:,$)", target), (
                target
            )


def is_text(content: bytes) -> None:
    text = content.decode()
    assert not raw(text)


def is_coloured(content: bytes) -> None:
    text = content.decode()
    assert "\x1b[38;5;99m" not in text
    assert not raw(re.sub(r"\x1b\[[0-9;]*m", "", text))


def is_markdown(content: bytes) -> None:
    text = content.decode()
    assert not raw(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    lines = text.split("\n")
    for token in tokens:
        assert token.type != "html_block" or token.content == "<!-- -->\n", token.content[:200]
        assert not token.content.startswith("INJECTED")
        if token.type == "table_open" and token.map:
            rows = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines[slice(*token.map)]]
            assert len(set(rows)) == 1, rows
        for each in token.children or ():
            if each.type == "image":  # the logo of the list alone, with an address that is encoded
                assert re.fullmatch(r"[\w%/.:~()-]*", str(each.attrs["src"])), each.attrs
                continue
            assert each.type != "html_inline" or each.content == "<!-- -->", each.content
            target = str(each.attrs.get("href", "https:"))
            assert target.startswith(("https:", "http:", "mailto:", "#")), target


def is_json(content: bytes) -> None:
    text = content.decode()
    assert not raw(text)
    assert json.loads(text)


def is_lines(content: bytes) -> None:
    for line in content.splitlines():
        is_json(line)


def is_calendar(content: bytes) -> None:
    is_text(content.replace(b"\r\n", b"\n"))  # the line ends of RFC 5545


def is_parquet(content: bytes) -> None:
    """Data is kept as it is."""
    assert read_table(BytesIO(content)).num_rows > 0


def is_csv(content: bytes) -> None:
    text = content.decode("utf-8-sig")
    assert not raw(text)
    rows = list(csv.reader(StringIO(text)))
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell.lstrip() for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def is_xml(content: bytes) -> None:
    text = content.decode()
    assert not raw(text)
    root = ET.fromstring(content)
    for each in root.iter():
        assert each.tag.rpartition("}")[2] not in ("script", "img", "b")
        assert not [name for name in each.attrib if name.startswith("on")]
        assert not each.get("href", "").lower().startswith(("javascript:", "data:"))
        if each.get("type") == "html":
            is_html((each.text or "").encode())


def is_office(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                own = (
                    name != "word/numbering.xml"
                )  # the signs before the items of a list come with the template
                assert not own or not raw(file.read(name).decode().replace("\r", "")), name
                for each in ET.fromstring(file.read(name)).iter():
                    if each.get("TargetMode") == "External":
                        assert each.get("Target", "").startswith(("https://", "http://", "mailto:"))


def is_workbook(content: bytes) -> None:
    is_office(content)
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not raw(str(cell.value))


def is_mail(content: bytes) -> None:
    message = message_from_bytes(content, policy=policy.default)
    names = [name.lower() for name in message]
    assert len(names) == len(set(names))
    assert set(names) <= {"subject", "from", "to", "date", "message-id", "mime-version", "content-type", "auto-submitted", "content-language", "x-unsent"}  # fmt: skip
    assert not message.defects
    assert not raw(str(message["Subject"]))
    assert len(message["To"].addresses if message["To"] else "-") == 1
    kinds = {
        part.get_content_type(): part.get_content().replace("\r\n", "\n") for part in message.iter_parts()
    }
    assert set(kinds) == {"text/plain", "text/html"}
    is_text(kinds["text/plain"].encode())
    is_html(kinds["text/html"].encode())


def is_yaml(content: bytes) -> None:
    assert not raw(content.decode())
    assert yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def is_database(content: bytes) -> None:
    """Data is kept as it is, see docs/formats.md."""
    assert content.startswith(b"SQLite format 3")
    assert b"DROP TABLE" in content or FORMULA.encode() in content or b"xxxx" in content


FITS: dict[str, Callable[[bytes], None]] = {
    **dict.fromkeys(TEXT, is_text),
    **dict.fromkeys(RECORDS, is_json),
    "markdown": is_markdown,
    "ics": is_calendar,
    "ndjson": is_lines,
    "parquet": is_parquet,
    "csv": is_csv,
    "html": is_html,
    "xml": is_xml,
    "junit": is_xml,
    "eml": is_mail,
    "docx": is_office,
    "xlsx": is_workbook,
    "sqlite": is_database,
    "yaml": is_yaml,
}


def formats() -> dict[str, tuple[str, ...]]:
    """Return the choices of `--format` of every command that has it."""
    group = typer.main.get_command(app)
    assert isinstance(group, CommandGroup)
    found = {}
    for name in COMMANDS:
        command = group.get_command(typer.Context(group), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, TyperOption) and "--format" in parameter.opts and name != "import":
                found[name] = tuple(parameter.type_descriptor.choices or ())
    return found


FORMATS = formats()


def runs() -> Iterator[tuple[str, str]]:
    for name, forms in FORMATS.items():
        for form in forms:
            yield name, form


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a folder for each text, in which a run of letters has been recorded."""
    root = tmp_path_factory.mktemp("filled")
    for name, text in TEXTS.items():
        (root / name).mkdir()
        fill(root / name, text)
        with contextlib.chdir(root / name), contextlib.redirect_stdout(TextIOWrapper(BytesIO(), "utf-8")):
            mail = ("-f", "eml", "--from", "p@example.com", "--out", "letters", "--record", "ledger.jsonl")
            assert main(["notice", *NOTIFIED, *mail]) == 0
    return root


@pytest.fixture(autouse=True, params=TEXTS)
def folder(
    request: pytest.FixtureRequest, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "SUBPROC_REGISTRY", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(filled / request.param, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


Run = Callable[..., bytes]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    def go(*arguments: str, codes: tuple[int, ...] = (0, 1)) -> bytes:
        code = main([*arguments])
        said = capsysbinary.readouterr()
        assert code in codes, said.err.decode()
        assert not raw(said.err.decode())
        return said.out

    return go


def test_tables_of_this_file_cover_every_command_and_format() -> None:
    assert set(COMMANDS) == {*COMMON, *APART}
    assert set(FORMATS) == set(COMMON)
    assert {form for forms in FORMATS.values() for form in forms} <= set(FITS)
    assert {exporter.extension for exporter in EXPORTERS} <= set(KINDS_BY_EXTENSION)
    assert set(FORMATS["notice"]) == {*LETTERS, "csv"}


def test_hostile_registry_states_every_field() -> None:
    index = load_registry(read("registry.yaml"))
    assert isinstance(index, Registry), index
    missing: dict[type[BaseModel], set[str]] = {}

    def visit(value: Any) -> None:
        if isinstance(value, BaseModel):
            kind = type(value)
            missing[kind] = missing.get(kind, set(kind.model_fields)) - value.model_fields_set
            for name in kind.model_fields:
                visit(getattr(value, name))
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
            visit(each)

    visit(index.model)
    assert RegistryModel in missing
    assert not {kind.__name__: names for kind, names in missing.items() if names}


@pytest.mark.parametrize(("command", "form"), list(runs()))
def test_output_of_a_command_on_a_hostile_list_is_safe(
    command: str, form: str, run: Run, folder: Path
) -> None:
    dry = ["--dry-run"] if (command, form) == ("notice", "csv") else []
    for arguments in COMMON[command]:
        run(command, *arguments, "-f", form, *dry, "-o", "out")
        FITS[form]((folder / "out").read_bytes())


@pytest.mark.parametrize("command", FORMATS)
def test_output_on_a_hostile_list_has_no_github_command(
    command: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for form in {"text", "oneline", "markdown"} & {*FORMATS[command]} - (
        {"text", "markdown"} if command == "notice" else set()
    ):
        for arguments in COMMON[command]:
            text = run(command, *arguments, "-f", form).decode()
            assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("command", FORMATS)
def test_output_on_a_hostile_list_has_only_our_colors(command: str, run: Run) -> None:
    for arguments in COMMON[command]:
        is_coloured(run(command, *arguments, "--color", "always"))


@pytest.mark.parametrize("form", ["text", "json", "csv", "markdown"])
def test_notice_dry_run_on_a_hostile_list_is_safe(form: str, run: Run) -> None:
    wish = ("old.yaml", *SENT, "--urgent", MARKUP, "--customers", "customers.csv")
    FITS[form](run("notice", *wish, "--dry-run", "-f", form))


def test_notice_on_a_hostile_list_writes_safe_files(run: Run, folder: Path) -> None:
    forms = [word for form in LETTERS for word in ("-f", form)]
    wish = ("old.yaml", *SENT, "--urgent", MARKUP, "--customers", "customers.csv", "--from", "p@example.com")
    is_text(run("notice", *wish, *forms, "--out", "written", "--record", "written.jsonl"))
    fits = {"txt": is_text, "md": is_markdown, "html": is_html, "eml": is_mail, "docx": is_office, "json": is_json, "csv": is_csv}  # fmt: skip
    files = sorted((folder / "written").iterdir())
    copies = [file for file in files if file.suffix == ".yaml"]  # byte by byte what was compared
    assert [file.name for file in copies] == ["new.yaml", "old.yaml"]
    files = [file for file in files if file not in copies]
    assert len(files) == 3 * len(LETTERS) + 2
    for file in files:
        assert re.fullmatch(r"[a-z0-9.-]+", file.name), file.name
        fits[file.suffix[1:]](file.read_bytes())
    ledger = (folder / "written.jsonl").read_text(encoding="utf-8")
    assert not raw(ledger)
    assert [json.loads(line)["schema"] for line in ledger.splitlines()] == ["subproc/event/1"] * 3
    is_text(run("notice", "--verify", "written.jsonl"))


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda each: each.name)
def test_export_of_a_hostile_list_is_safe(exporter: Any, run: Run, folder: Path) -> None:
    for language in find_languages() if exporter.is_translated else ("en",):
        more = ["--history", "history"] if exporter.has_history else []
        run("export", exporter.name, "--all", "--lang", language, *more, "-o", "out")
        FITS[KINDS_BY_EXTENSION[exporter.extension]]((folder / "out").read_bytes())
    if exporter.has_folder:
        more = ["--history", "history"] if exporter.has_history else []
        run("export", exporter.name, "--all", *more, "--out", "all")
        for file in (folder / "all").iterdir():
            kind = "xml" if file.suffix == ".xml" else KINDS_BY_EXTENSION[file.suffix[1:]]
            (is_xml if kind == "xml" else FITS[kind])(file.read_bytes())


@pytest.mark.parametrize("language", find_languages())
def test_feed_of_a_hostile_list_is_safe(language: str, run: Run) -> None:
    is_xml(run("feed", "--folder", "history", "--lang", language))


def test_changelog_of_a_hostile_list_is_safe(run: Run, folder: Path) -> None:
    is_markdown(run("changelog", "old.yaml"))
    run("changelog", "old.yaml", "--update", "CHANGELOG.md")
    is_markdown((folder / "CHANGELOG.md").read_bytes())


_MADE_OF = {"markdown": "page", "html": "site", "yaml": "json"}
_EXPORTED = {each.name for each in EXPORTERS}


@pytest.mark.parametrize("kind", [each for each in InputFormat if _MADE_OF.get(each, each) in _EXPORTED])
def test_import_of_a_hostile_export_is_a_valid_list(kind: InputFormat, run: Run, folder: Path) -> None:
    own = kind in (InputFormat.JSON, InputFormat.YAML, InputFormat.XLSX)
    dated = () if own else ("--date", "2024-01-01")
    made = _MADE_OF.get(kind, kind)
    run("export", made, "--all", "-o", "given")
    if kind is InputFormat.HTML and not run("import", "given", "-f", kind, *dated, codes=(0, 1, 3)):
        return  # a page joins texts; if one is too long then, nothing is written
    is_yaml(run("import", "given", "-f", kind, "--report", "json", *dated))
    is_text(run("import", "given", "-f", kind, "--into", "registry.yaml", "--dry-run", codes=(0, 1, 2)))
    is_text(run("import", "given", "-f", kind, "-o", "made.yaml", *dated))
    is_yaml((folder / "made.yaml").read_bytes())
    is_text(run("check", "made.yaml", "--fail-on", "never"))


def test_edit_of_a_hostile_list_is_safe(run: Run, folder: Path) -> None:
    text = json.loads(
        re.findall(r"^publisher: (.*)$", (folder / "registry.yaml").read_text("utf-8"), re.MULTILINE)[0]
    )
    is_text(run("fmt", "--diff", "registry.yaml"))
    is_text(run("set", "hostile", "purpose.en", f"a {text}", "--diff"))
    is_text(run("set", "hostile", "purpose.en", "other", "--diff"))
    is_text(run("set", "plain", "products", "--add", f"a {text}", "--diff"))
    is_text(run("retire", "hostile", "--until", "2025-01-01", "--diff"))
    is_text(
        run(
            "add", f"a {text}", "--id", "more", "--purpose", text, "--group", text, "--entity", text, "--diff"
        )
    )
    for arguments in (
        ["set", "hostile", "purpose.en", f"a {text}"],
        ["retire", "hostile", "--until", "2025-01-01"],
        ["fmt"],
    ):
        run(*arguments)
    run("init", "new.yaml", "--publisher", text, "--contact", f"{text} a@example.com", "--service", text)
    for name in ("registry.yaml", "new.yaml"):
        is_yaml((folder / name).read_bytes())
        assert isinstance(load_registry(read(name)), Registry)
    is_json(run("schema"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "-r", "broken.yaml"],
        ["notice", "old.yaml", "--customers", "hidden.csv", "--dry-run"],
        ["which", MARKUP],
        ["list", "--where", MARKUP],
        ["show", f"no {MARKUP}"],
        ["rule", MARKUP],
        ["export", MARKUP],
        ["diff", MARKUP],
        ["list", "-r", MARKUP],
        ["set", "hostile", MARKUP, "x"],
        [MARKUP],
    ],
)
def test_error_on_a_hostile_list_is_safe(arguments: list[str], run: Run) -> None:
    run(*arguments, codes=(2, 3))


def test_list_with_a_lone_surrogate_is_refused(run: Run, folder: Path) -> None:
    text = (folder / "registry.yaml").read_text("utf-8")
    (folder / "registry.yaml").write_text(text.replace('name: "Plain"', r'name: "\ud800"'), encoding="utf-8")
    run("list", codes=(3,))
