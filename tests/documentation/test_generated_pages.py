"""The generated documents agree with the code; `make docs-update` writes them."""

import os
import re
import runpy
from collections.abc import Iterator
from importlib.metadata import metadata
from itertools import chain
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pydantic import BaseModel

import manual_pages
from lock_files import locked
from subproc_cli.cli.app import GROUPS
from subproc_cli.cli.main import main
from subproc_cli.diff.report import KindsReport
from subproc_cli.enums import Severity
from subproc_cli.output import markdown
from subproc_cli.registry import source
from subproc_cli.registry.formatter import format_source
from subproc_cli.registry.json_schema import build_schema, get_definition_name
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.manual import RulesReport
from subproc_cli.rules.rule import RuleContext
from subproc_cli.text import join_words

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "examples" / "every-field.yaml"


@pytest.mark.docs
def test_changes_page_is_generated_from_the_table() -> None:
    """`subproc diff --kinds -f markdown` prints the same."""
    held("changes.md", markdown.render(KindsReport(manual=True).to_document()))


@pytest.mark.docs
def test_rules_page_is_generated_from_the_rules() -> None:
    """`subproc rule --all -f markdown` prints the same."""
    held("rules.md", markdown.render(RulesReport(manual=True).to_document()))


def held(name: str, text: str) -> None:
    """Compare a document with what it should say, or write it."""
    file = ROOT / "docs" / name
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.docs
def test_commands_page_is_generated_from_the_help(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    parts = [
        "# Commands\n",
        "This page lists every command with its options and examples, as `subproc COMMAND --help` prints them.\n",
        "At a terminal, a long result opens in a pager; `subproc --no-pager COMMAND` prints it instead.\n",
    ]
    for title, commands in GROUPS.items():
        parts.append(f"## {title}\n")
        for command in commands:
            assert main([command, "--help"]) == 0
            parts.append(f"### subproc {command}\n\n```text\n{capsys.readouterr().out.strip()}\n```\n")
    held("commands.md", "\n".join(parts))


WORDS = {
    "category": "a category",
    "place": "a place",
    "country": "a country",
    "field": "a field",
    "hidden_field": "a field",
    "processing_place": "a place, or `unknown`",
    "local_text": "text, or texts by language",
}
KEYS = {
    "categories": "the key of each",
    "regions": "the name of each",
    "levels": "a [kind of change](changes.md)",
    "severities": "a [rule](rules.md)",
    "services": "the id of each",
}


def form(given: dict[str, Any], name: str = "") -> str:
    """Return how the value of a field is written, read from its schema."""
    match given:
        case {"allOf": [one]}:
            found = form(one)
        case {"$ref": str(link)}:
            kind = link.rpartition("/")[2]
            found = WORDS.get(kind) or f"[{kind}](#{kind})"
        case {"anyOf": [one, {"items": item}]} if form(one) == form(item):
            found = f"one, or a list, of: {form(one)}"
        case {"anyOf": several}:
            found = ", or ".join(form(each) for each in several if each != {"type": "null"})
        case {"enum": words}:
            found = join_words((f"`{each}`" for each in words if isinstance(each, str)), "or")
        case {"items": item}:
            found = f"a list of: {form(item)}"
        case {"additionalProperties": item}:
            found = f"{KEYS[name]}, with {form(item)}"
        case {"format": "date"}:
            found = "`YYYY-MM-DD`"
        case _:
            found = "a number" if "integer" in given["type"] else "text"
    return found


def fields(title: str, given: dict[str, Any]) -> Iterator[str]:
    yield f"## {title}\n"
    if given.get("description"):
        yield f"{given['description']}\n"
    yield "| field | meaning | written as |"
    yield "| --- | --- | --- |"
    for name, field in given["properties"].items():
        needed = " (needed)" if name in given.get("required", ()) else ""
        yield f"| `{name}`{needed} | {field.get('description', '')} | {form(field, name)} |"
    yield ""


@pytest.mark.docs
def test_fields_page_is_generated_from_the_schema() -> None:
    made = build_schema()
    parts = [
        "# Fields",
        "",
        "This page lists every field of the registry. A missing field means *not stated*, never *none*. Your own fields start with `x-`.",
        "These, `notes`, `source`, `dpa` and `reviewed` are [internal](publish.md#internal-fields): no page shows them unless you name them.",
        "",
        "## An example",
        "",
        "`examples/every-field.yaml` uses every field, in its short and its full form.",
        "",
        "`subproc categories` lists the data categories, and `subproc places` lists the places and countries. Write a list in brackets, or",
        "with a dash before each item on its own line.",
        "",
        f"```yaml\n{EXAMPLE.read_text(encoding='utf-8')}```",
        "",
    ]
    parts += fields("The list", made)
    for name, given in made["$defs"].items():
        if "properties" in given:
            parts += fields(name, given)
    held("fields.md", "\n".join(parts))


def test_example_of_every_field_is_valid_and_has_every_field() -> None:
    index = load_registry(source.read(str(EXAMPLE)))
    assert isinstance(index, Registry)
    assert format_source(source.read(str(EXAMPLE)), index).notes == ()
    found = run_rules(RuleContext(index, index.model.date), Selection()).findings
    assert {each.severity for each in found} <= {Severity.INFO}
    said = set(stated(index.model))
    kinds = {kind for kind, _ in said}
    read_as_text = {"parent", "retention"}  # their fields are those of the mapping around them
    written = {key for key, each in build_schema()["$defs"].items() if "properties" in each} - read_as_text
    assert {get_definition_name(kind) for kind in kinds} == {"list", *written}
    assert {(kind, name) for kind in kinds for name in kind.model_fields} <= said


def stated(value: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """Yield every field that is stated anywhere in a list."""
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield type(value), name
            yield from stated(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from stated(each)


@pytest.mark.docs
@pytest.mark.parametrize("name", ["email", "outside"])
def test_pictures_are_drawn_from_the_output(name: str) -> None:
    """`python docs/pictures/draw.py` writes the pictures."""
    found = runpy.run_path(str(ROOT / "docs" / "pictures" / "draw.py"))["drawn"](name)
    assert pieces((ROOT / "docs" / "pictures" / f"{name}.svg").read_text(encoding="utf-8")) == pieces(found)


def pieces(picture: str) -> list[tuple[str, str]]:
    """Return the texts of a picture, each with its style; how Rich frames and colours them is up to its release."""
    texts = ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    found = [(each.get("class", "").rpartition("-")[2], each.text or "") for each in texts]
    assert len(found) > 20
    return found


@pytest.mark.docs
def test_man_page_is_generated_from_the_help() -> None:
    held("subproc.1", manual_pages.page())


@pytest.mark.docs
@pytest.mark.parametrize(
    ("shell", "file", "last"),
    [
        ("bash", "subproc.bash", ""),
        # zsh calls the function of this file at the first completion, which is to complete as well
        ("zsh", "_subproc", '_subproc_completion "$@"\n'),
        ("fish", "subproc.fish", ""),
    ],
)
def test_completion_files_are_what_the_program_shows(
    shell: str, file: str, last: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--show-completion", shell])
    held(f"completions/{file}", f"{capsys.readouterr().out.strip()}\n{last}")


def test_licences_page_names_every_required_package() -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    told = {word.strip() for row in text.splitlines() for word in row.split("|")[1:2]}
    known = {name for cell in told for name in cell.replace(" with ", " ").replace(",", " ").split()}
    here = (each for each in locked("run.txt") if each.marker is None or each.marker.evaluate())
    assert known - {"package", "---"} == {each.name for each in here}


COMPATIBLE = re.compile(r"\b(MIT|BSD|ISC|PSF|Apache)\b")
"""Families of licences whose code goes together with ours, under Apache-2.0."""


def test_licences_page_has_compatible_licences_of_the_packages() -> None:
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z0-9, -]+) \| .* \| (.+) \|$", text, re.MULTILINE)
    packages = [(name, licence) for names, licence in rows[2:] for name in re.split(r", with |, ", names)]
    assert len(packages) > 25
    for name, licence in packages:
        assert all(COMPATIBLE.search(each) for each in re.split(r"; | or ", licence)), name
        said = metadata(name)
        classes = [each for each in said.get_all("Classifier") or () if each.startswith("License")]
        own = (said.get_all(field) or () for field in ("License-Expression", "License"))
        stated = " ".join((*chain.from_iterable(own), *classes))
        assert set(COMPATIBLE.findall(licence)) & set(COMPATIBLE.findall(stated)), (name, stated)
