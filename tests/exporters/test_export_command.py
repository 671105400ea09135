"""`subproc export`: what it says to wishes that cannot be met, and that every format of the table exists."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from in_process import run_in_process
from registry_text import listing
from subproc_cli.cli.main import main
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS, Exporter
from subproc_cli.exporters.regions import RegionClass, RegionClassifier
from subproc_cli.locale.catalogue import find_languages

ROOT = Path(__file__).parent.parent.parent
DAY = date(2024, 3, 1)
ONE = listing("  a: {name: A, processing: [DE]}\n")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run_in_process(["export", *arguments], ROOT)


@pytest.mark.parametrize("language", find_languages())
@pytest.mark.parametrize(
    "exporter", [each for each in EXPORTERS if each.is_translated], ids=lambda each: each.name
)
@pytest.mark.parametrize("services", ["  a: {name: A, processing: [DE]}\n", "  {}\n"])
def test_render_of_every_translated_format_is_not_empty(
    exporter: Exporter, services: str, language: str
) -> None:
    about = listing(services)
    assert exporter.load_module().render(Export(about, about.model.services, DAY, language)) != b""


@pytest.mark.slow
def test_formats_have_unique_names_in_the_help() -> None:
    names = [exporter.name for exporter in EXPORTERS]
    assert len(set(names)) == len(names)
    assert all(name in run("--help").stdout for name in names)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["page", "-c", "x.yaml"], 2, "page does not name customers (leave out --customers)"),
        (["record", "-c", "nowhere.yaml"], 3, "nowhere.yaml: no such file"),
        (["page", "--clauses", "2021-915"], 2, "page does not depend on a contract (leave out --clauses)"),
        (
            ["annex-iii", "--clauses", "2021-914"],
            2,
            "do not have the clauses '2021-914' (there are 2021-915)",
        ),
        (["pgae"], 2, "there is no format 'pgae' (did you mean page?)"),
        (["page", "--out", "x"], 2, "page is one file, not a folder (name the file: -o list.md)"),
        (["site", "--out", "x", "-o", "y"], 2, "-o and --out cannot be used together"),
        (["page", "--where", "see emial"], 2, "see email"),
        (["page", "--at", "tomorrow"], 2, "--at: 'tomorrow' is not a valid date"),
        (["site", "--url", "ftp://example.com"], 2, "--url: 'ftp://example.com' is not a valid web address"),
        (["site", "--history", "nowhere"], 3, "nowhere"),
        (["site", "--history", "-"], 2, "standard input has no history"),
        (["page", "-r", "nowhere.yaml"], 3, "nowhere.yaml: no such file"),
        (["page", "-o", "nowhere/list.md"], 2, "nowhere/list.md: cannot be written"),
        (["site", "--out", "README.md"], 2, "README.md: cannot be created"),
        (["site", "--out", "README.md/x"], 2, "README.md/x: cannot be created"),
    ],
)
def test_export_with_an_error_prints_its_message(arguments: list[str], code: int, message: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


REFUSED = [
    *(
        (["export", each.name, "--history", "examples/caplena"], "--history")
        for each in EXPORTERS
        if not each.has_history
    ),
    *(
        (["export", each.name, "--url", "https://example.com"], "--url")
        for each in EXPORTERS
        if not each.has_url
    ),
    *((["export", each.name, "--lang", "de"], "--lang") for each in EXPORTERS if not each.is_translated),
    *((["export", each.name, "--out", "x"], "-o") for each in EXPORTERS if not each.has_folder),
    (["export", "site", "--out", "x", "-o", "y"], "--out"),
    (["feed", "--folder", "examples/caplena", "-r", "nowhere.yaml"], "--folder and --registry"),
]
"""Options that mean nothing together, or to this format, and what the refusal names."""


@pytest.mark.parametrize(("arguments", "named"), REFUSED)
def test_export_with_options_without_effect_is_refused(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert named in err
    assert err.count("\n") == 1
    assert arguments[1] in err or arguments[0] == "feed" or named == "--out"


def test_feed_with_a_folder_ignores_the_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SUBPROC_REGISTRY", "nowhere.yaml")
    assert main(["feed", "--folder", "examples/caplena", "-o", os.devnull]) == 0


def test_export_where_names_the_services_left_out() -> None:
    done = run("page", "--where", "process outside the EU", "--at", "2024-03-01")
    assert done.returncode == 0
    assert done.stderr == (
        "subproc: left out because the list does not state it: stripe, logrocket, close, userpilot, "
        "google-analytics, linkedin-insight-tag\n"
    )
    assert [text for text in done.stdout.splitlines() if text.startswith("### ")] == ["### Intercom"]


@pytest.mark.slow
def test_export_site_creates_and_rewrites_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "public" / "list"
    for _ in range(2):
        done = run("site", "--out", str(folder), "--history", "examples/caplena")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert sorted(each.name for each in folder.iterdir()) == [
            *(
                "annex-iii.docx",
                "feed.xml",
                "index.html",
                "list.csv",
                "list.jsonld",
                "list.xlsx",
                "registry.json",
            )
        ]


@pytest.mark.slow
def test_export_in_an_ascii_terminal_is_utf_8() -> None:
    command = [sys.executable, "-m", "subproc_cli", "export", "page", "--lang", "fr"]
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert "Finalité" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("place", "transfer", "side"),
    [
        ("DE", "", RegionClass.HOME),
        ("NO", "", RegionClass.HOME),
        ("CH", "", RegionClass.ADEQUATE),
        ("US", "", RegionClass.OPEN),
        ("US", "dpf", RegionClass.ADEQUATE),
        ("IN", "scc", RegionClass.OUTSIDE),
        ("worldwide", "", RegionClass.OPEN),
        ("{place: [DE, US]}", "", RegionClass.OPEN),
    ],
)
def test_classify_of_a_place_returns_its_region_class(place: str, transfer: str, side: RegionClass) -> None:
    about = listing(f"  a: {{name: A, processing: [{place}], transfer: [{transfer}]}}\n")
    service = about.model.services["a"]
    assert RegionClassifier(about, DAY).classify(service, service.processing[0]) is side
