"""`subproc import`: arguments and files in, exit code, files and output out."""

import json
import re
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from registry_text import HEAD
from subproc_cli.cli.commands import import_
from subproc_cli.cli.main import main
from subproc_cli.importers.input_format import InputFormat

PAGE = """\
# Example subprocessors

| Name | Purpose | Location |
|---|---|---|
| Alpha | Hosting | Ireland |
| Beta\x1b[31m | Mail | Varies |
"""
OWN = """\
{"schema": "subproc/registry/1", "publisher": "P", "version": "1.0.0", "date": "2026-01-01",
 "categories": {"content.hats": {"label": "hats"}},
 "services": {"alpha": {"name": "Alpha", "sees": [{"data": "content.hats"}]}}}
"""
LIST = f"{HEAD}services:\n  alpha:\n    name: Alpha\n"


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    (tmp_path / "registry.yaml").write_text(LIST, "utf-8")
    (tmp_path / "own.json").write_text(OWN, "utf-8")
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        code = main(["import", *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "\x1b" not in out + err
        return Result(code, out, err)

    return go


@pytest.mark.slow
def test_import_prints_the_registry_and_reports_to_standard_error(run: Run) -> None:
    done = run("page.md", "--date", "2026-01-31", "--publisher", "Example: GmbH")
    assert done.code == 0
    assert (
        done.out
        == """\
# Imported by subproc from page.md.
# Check every line that is marked as guessed, then remove the marker: subproc accept.
# Text that could not be read is in the notes of its service.
# Column "Location": processing
# Text that belongs to no service:
#   Example subprocessors
format: 1
publisher: "Example: GmbH"
version: 1.0.0  # guessed
date: 2026-01-31  # guessed

services:
  alpha:
    name: Alpha
    service_type:
      - hosting  # guessed
    purpose: Hosting
    processing:
      - IE  # guessed

  beta-31m:
    name: "Beta\\u001b[31m"
    purpose: Mail
    notes: "Location: Varies"
"""
    )
    assert (
        done.err
        == """\
page.md: 2 services.

column or label  read as       read  guessed  as text  empty
Name             name          2
Purpose          purpose       2
Location         processing          1        1
(inferred)       service_type        1

4 values of the list are marked as guessed: check each, then remove the markers
with subproc accept. 1 text is kept in the notes, in whole or in part.

To look at
- 1 text is a guess only because the field of the label is a guess; if the field
  is right, import again with --map Location=processing

Text that belongs to no service
- Example subprocessors
"""
    )


def test_import_output_writes_a_new_file_but_never_replaces_one(run: Run, tmp_path: Path) -> None:
    assert run("page.md", "-o", "new.yaml", "-q") == (0, "", "")
    assert "name: Alpha" in (tmp_path / "new.yaml").read_text("utf-8")
    done = run("page.md", "-o", "registry.yaml")
    assert done.code == 2
    assert done.err == (
        "subproc: registry.yaml: the file already exists"
        " (add to it with --into registry.yaml, or name another file)\n"
    )
    assert (tmp_path / "registry.yaml").read_text("utf-8") == LIST


def test_import_of_standard_input_needs_a_format(run: Run) -> None:
    done = run("-", "-q", stdin=b"name,purpose\nAlpha,Hosting\n")
    assert (done.code, done.err.split(":")[0]) == (3, "subproc")
    assert "name: Alpha" in run("-", "-q", "-f", "csv", stdin=b"name,purpose\nAlpha,Hosting\n").out


def test_import_of_unused_services_lists_them_for_review(run: Run, tmp_path: Path) -> None:
    table = 'Name,Status,Location\nAlpha,active,"Germany, Zzyzx"\nBeta,removed,US\n'
    (tmp_path / "vendors.csv").write_text(table, "utf-8")
    told = run("vendors.csv").err.partition("To look at\n")[2]
    assert (
        told
        == """\
- 1 column or label is not known, so the texts are in the notes; to read one as
  a field: --map Status=FIELD
- Alpha: processing is stated as open because Location is only partly
  understood: Germany, Zzyzx
- 1 service is left out because it is not in use:
- Name: Beta | Status: removed | Location: US (Status: removed)
"""
    )
    report = json.loads(run("vendors.csv", "--report", "json").err)
    assert report["left_out"] == ["Name: Beta | Status: removed | Location: US (Status: removed)"]


def test_import_report_that_shortens_a_text_names_the_place_of_the_full_text(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "long.md").write_text(f"{PAGE}\n{'We promise. ' * 20}\n", "utf-8")
    assert run("long.md").err.endswith(
        " …\n\n1 text is shortened; a new list has it in full, in the comments at its head.\n"
    )
    assert (
        json.loads(run("long.md", "--report", "json").err)["skipped"][-1]
        == "We promise. " * 19 + "We promise."
    )


def test_import_into_a_registry_twice_adds_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "aws.csv").write_text("Name,Purpose\nAlpha,mail\nalpha,chat\nAlpha Inc,chat\n", "utf-8")
    lists = []
    for _ in range(3):
        assert run("aws.csv", "--into", "registry.yaml", "--yes", "-q").code == 0
        lists.append((tmp_path / "registry.yaml").read_text("utf-8"))
    assert lists[0].count("name:") == 3
    assert lists == lists[:1] * 3


def test_import_of_a_template_is_refused_with_advice(run: Run, tmp_path: Path) -> None:
    page = "{% for s in site.data.subs %}\n## {{ s.name }}\n\n- **Purpose**: {{ s.use }}\n{% endfor %}\n"
    (tmp_path / "template.md").write_text(page, "utf-8")
    told = (
        "subproc: template.md: the file is a template (Liquid or Jinja) that fills in its services with {{ s.name }}"
        " (import its data (site.data.subs), or the finished page saved in a browser)\n"
    )
    assert run("template.md", "-o", "new.yaml") == (3, "", told)
    assert not (tmp_path / "new.yaml").exists()


def test_import_report_as_json_counts_each_label(run: Run) -> None:
    report = json.loads(run("page.md", "--report", "json").err)
    assert report["schema"] == "subproc/intake/1"
    assert report["labels"][2] == {
        "label": "Location",
        "path": "processing",
        "read": 0,
        "guessed": 1,
        "kept": 1,
        "empty": 0,
        "by_label": 1,
    }
    assert report["skipped"] == ["Example subprocessors"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["page.md", "--map", "Location"], 2, "--map: 'Location' is not LABEL=FIELD"),
        (
            ["page.md", "--map", "Location=entity.county"],
            2,
            "no field 'entity.county' (did you mean entity.country?)",
        ),
        (["page.md", "--date", "soon"], 2, "--date: 'soon' is not a valid date"),
        (["page.md", "--format", "pdf"], 2, "Invalid value"),
        (["gone.md"], 3, "gone.md: no such file"),
        (["page.md", "--into", "gone.yaml"], 3, "gone.yaml: no such file"),
        (["page.md", "--into", "page.md"], 3, "page.md cannot be used"),
        (["registry.yaml"], 2, "registry.yaml: the file already is a registry"),
        # Options that say nothing beside others
        (["page.md", "--yes"], 2, "--yes needs --into"),
        (
            ["page.md", "--into", "registry.yaml", "--yes", "--dry-run"],
            2,
            "--yes and --dry-run cannot be used together",
        ),
        (
            ["page.md", "--into", "registry.yaml", "--publisher", "X"],
            2,
            "--publisher cannot be used with --into",
        ),
        (
            ["page.md", "--into", "registry.yaml", "--date", "2026-01-01"],
            2,
            "--date cannot be used with --into",
        ),
        (["-", "--into", "-"], 2, "FILE and --into cannot both be standard input"),
        (
            ["page.md", "--into", "registry.yaml", "--yes", "-o", "page.md"],
            2,
            "page.md: the file already exists",
        ),
        (["page.md", "--dry-run", "-o", "registry.yaml"], 2, "registry.yaml: the file already exists"),
        (["page.md", "--map", "Foo=name", "--map", "Foo=purpose"], 2, "by --map to name"),
        (["page.md", "--id-column", "Foo", "--map", "Foo=purpose"], 2, "by --id-column to id"),
        (["own.json", "--publisher", "X"], 2, "--publisher cannot be used with own.json"),
        (["own.json", "--date", "2026-01-01"], 2, "--date cannot be used with own.json"),
        (["own.json", "--into", "registry.yaml", "--map", "a=name"], 2, "--map cannot be used with own.json"),
        (["own.json", "--into", "registry.yaml", "--yes"], 3, "'content.hats' is not a data category"),
        (["own.json", "--id-column", "a"], 2, "--id-column cannot be used with own.json"),
    ],
)
def test_import_with_an_error_changes_no_file(
    run: Run, arguments: list[str], code: int, message: str
) -> None:
    before = {file: file.read_bytes() for file in Path.cwd().iterdir()}
    done = run(*arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert {file: file.read_bytes() for file in Path.cwd().iterdir()} == before


def test_import_into_a_registry_shows_and_writes_the_difference(run: Run, tmp_path: Path) -> None:
    shown = run("page.md", "--into", "registry.yaml", "--dry-run", "-q")
    assert shown.code == 0
    assert (
        shown.out
        == r"""--- a/registry.yaml
+++ b/registry.yaml
@@ -5,3 +5,10 @@
 services:
   alpha:
     name: Alpha
+    purpose: Hosting
+    processing: [IE]  # guessed
+
+  beta-31m:
+    name: "Beta\u001b[31m"
+    purpose: Mail
+    notes: "Location: Varies"
"""
    )
    asked = run("page.md", "--into", "registry.yaml", "-q")
    assert asked.code == 2
    assert "nothing was written, because there is no terminal to ask at (add --yes or --dry-run)" in asked.err
    assert (tmp_path / "registry.yaml").read_text("utf-8") == LIST
    done = run("page.md", "--into", "registry.yaml", "--yes")
    assert done.code == 0
    assert "- alpha: purpose was not stated and is added" in done.err
    assert "- beta-31m: is new" in done.err
    assert "processing: [IE]  # guessed" in (tmp_path / "registry.yaml").read_text("utf-8")


def test_import_dry_run_prints_but_writes_no_file(run: Run, tmp_path: Path) -> None:
    day = ("--date", "2026-01-31")
    assert run("page.md", *day, "--dry-run", "-o", "new.yaml").out == run("page.md", *day).out
    assert not (tmp_path / "new.yaml").exists()


def test_import_into_with_output_writes_the_merged_registry_there(run: Run, tmp_path: Path) -> None:
    run("page.md", "--into", "registry.yaml", "--yes", "-o", "new.yaml")
    merged = (tmp_path / "new.yaml").read_text("utf-8")
    assert "- IE" in merged or "[IE]" in merged
    assert (tmp_path / "registry.yaml").read_text("utf-8") == LIST
    assert run("page.md", "--into", "registry.yaml", "-o", "-").out == merged
    assert run("page.md", "--into", "-", stdin=LIST.encode()).out == merged
    assert run("page.md", "--into", "new.yaml", "-o", "copy.yaml").code == 0  # nothing new, nothing to ask
    assert (tmp_path / "copy.yaml").read_text("utf-8") == merged
    run("page.md", "--into", "registry.yaml", "--yes", "-o", "./registry.yaml")
    assert (tmp_path / "registry.yaml").read_text("utf-8") == merged
    assert not (tmp_path / "-").exists()


def test_import_into_reports_the_settings_of_an_export_as_skipped(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text(OWN.replace('"data": "content.hats"', '"data": "content"'), "utf-8")
    done = run("own.json", "--into", "registry.yaml", "--yes", "-q", "--report", "json")
    assert json.loads(done.err)["skipped"] == [
        "format: 1",
        "publisher: P",
        "version: 1.0.0",
        "date: 2026-01-01",
        "categories: {content.hats: {label: hats}}",
    ]


@pytest.mark.slow
def test_import_of_a_too_long_text_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.csv").write_text(f'Name,Purpose\nAlpha,"{"a and " * 50_000}"\n', encoding="utf-8")
    result = run("long.csv", "-o", "made.yaml")
    assert result.code == 3
    assert "long.csv: a text is too long for a registry; nothing was written" in result.err
    assert not (tmp_path / "made.yaml").exists()


def test_help_of_import_names_every_format() -> None:
    words = set(re.findall(r"\w+", import_.HELP.partition("Formats: ")[2].partition(".")[0]))
    assert {str(each) for each in InputFormat} <= words


@pytest.mark.parametrize(
    "options",
    [
        ("-o", "new.yaml"),
        ("--into", "registry.yaml", "--yes"),
        ("--into", "registry.yaml", "--check"),
        ("--into", "registry.yaml", "-o", "new.yaml", "--yes"),
    ],
)
def test_import_reports_as_many_marks_as_accept_lists(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    listed = f"{LIST}    purpose: Hosting  # guessed\n"
    (tmp_path / "registry.yaml").write_text(listed, "utf-8")
    reported = json.loads(run("page.md", *options, "--report", "json", "--quiet").err)["marks"]
    written = "new.yaml" if "new.yaml" in options else "registry.yaml"
    assert main(["accept", "-r", written]) == 0
    shown = capsys.readouterr().out
    assert re.search(rf": {reported} values? (?:is|are) marked as guessed", shown)
    assert reported > 0
