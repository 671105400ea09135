"""A law is one file, and its terms in the language files: the code knows none by its name."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import subproc_cli
from subproc_cli.enums import DEFAULT_LAW, LAW_FOLDER

pytestmark = pytest.mark.slow  # each test starts the program
PACKAGE = Path(subproc_cli.__file__).parent
LAW = """\
name: Antarctic Data Act
short: ADA
authority: Commissioner of the Ice
source: ADA
home:
  - {place: NZ, source: ADA s. 1}
known_since: 2020-01-01
known_until: 2030-12-31
bases:
  adequacy:
    - {name: ice-decree, kind: decision, article: s. 45 ADA, since: 2020-01-01, source: ADA s. 45}
  scc:
    - {name: scc-2021, article: s. 46 ADA, since: 2020-01-01, adapted: aq-ada, source: ADA s. 46}
decisions:
  - {places: [AU], since: 2020-01-01, number: Decree 1, source: Decree 1}
sensitive:
  - {id: special, article: s. 9 ADA, categories: [payment], since: 2020-01-01, source: ADA s. 9}
articles:
  notice: {article: s. 28 ADA, since: 2020-01-01, source: ADA s. 28}
  contact: {article: s. 30 ADA, since: 2020-01-01, source: ADA s. 30}
  transfers: {article: s. 44 ADA, since: 2020-01-01, source: ADA s. 44}
annexes:
  - {id: annex-iii-2021-914, basis: scc, adapted: aq-ada, source: ADA s. 46}
"""
TERMS = {
    "laws": 'aq-ada: {name: "ADA", in-a-sentence: "Antarctic law", home: "New Zealand"}',
    "terms": 'aq-ada: {special: "frozen data"}',
    "basis": 'ice-decree: "decree of the ice"',
}
NEW_SERVICE = """\
  new:
    name: Newcomer
    purpose: mail
    entity: {name: New Ltd, country: NZ}
    sees: [usage, payment]
    processing: [%s]
    transfer: %s
"""
HEAD = """\
format: 1
publisher: Example
version: %s
date: %s
law: [aq-ada]
notice: {days: 30, contact: p@example.com}
services:
  host: {name: Host, purpose: hosting, entity: {name: H, country: NZ}, sees: [%s], processing: [NZ]}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the package to which the law is added."""
    folder = tmp_path_factory.mktemp("package")
    copy = folder / "subproc_cli"
    unfinished = shutil.ignore_patterns("*.pyc.*")  # what is compiled is copied, unless it is being written
    shutil.copytree(PACKAGE, copy, ignore=unfinished)
    (copy / "reference/data/laws/aq-ada.yaml").write_text(LAW, "utf-8")
    for language in ("en", "de", "fr"):
        file = copy / "locale" / f"{language}.yaml"
        text = file.read_text("utf-8")
        for section, row in TERMS.items():
            text = text.replace(f"\n{section}:\n", f"\n{section}:\n  {row}\n", 1)
        file.write_text(text, "utf-8")
    return folder


def run(package: Path, folder: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(package), "NO_COLOR": "1", "COLUMNS": "300"}
    done = subprocess.run(
        [sys.executable, "-m", "subproc_cli", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Return a folder with an old list, and a new one with a service in India."""
    (tmp_path / "old.yaml").write_text(HEAD % ("1.0.0", "2026-01-01", "usage"), "utf-8")
    write_new(tmp_path, "IN", "[{basis: scc, adapted: aq-ada}]")
    return tmp_path


def write_new(folder: Path, place: str, transfer: str) -> None:
    head = HEAD % ("2.0.0", "2026-02-01", "usage, payment")
    (folder / "new.yaml").write_text(head + NEW_SERVICE % (place, transfer), "utf-8")


@pytest.mark.parametrize(("place", "verdict"), [("AU", "no"), ("NZ", "no"), ("DE", "yes"), ("IN", "yes")])
def test_questions_are_answered_by_the_law(package: Path, lists: Path, place: str, verdict: str) -> None:
    write_new(lists, place, "[]")
    said = run(package, lists, "which", "-r", "new.yaml", "process outside adequate countries", "-f", "json")
    answers = {each["service"]: each["verdict"] for each in json.loads(said)["answers"]}
    assert answers == {"host": "no", "new": verdict}


def test_findings_name_the_law(package: Path, lists: Path) -> None:
    write_new(lists, "DE", "[scc]")
    said = run(package, lists, "check", "new.yaml", "--at", "2026-02-01", "--select", "SP204")
    assert "to DE under the ADA" in said
    assert "adapted: aq-ada" in said


def test_changes_are_judged_by_the_law(package: Path, lists: Path) -> None:
    said = run(package, lists, "diff", "old.yaml", "new.yaml")
    assert "Host now sees frozen data (s. 9 ADA): payment data" in said


@pytest.mark.parametrize(
    ("place", "transfer", "expected"),
    [
        ("IN", "[{basis: scc, adapted: aq-ada}]", "standard contractual clauses (s. 46 ADA), adapted to Antarctic law India: not adequate under Antarctic law"),
        ("AU", "[]", "no basis stated; covered by decree of the ice (s. 45 ADA)"),
        ("NZ", "[]", "every stated place of processing lies within New Zealand"),
        ("DE", "[dpf]", "not stated under Antarctic law Germany: not adequate under Antarctic law"),
    ],
)  # fmt: skip
def test_letters_speak_of_the_law(
    package: Path, lists: Path, place: str, transfer: str, expected: str
) -> None:
    write_new(lists, place, transfer)
    arguments = ("old.yaml", "new.yaml", "--sent", "2026-02-01", "--incomplete", "-f", "text")
    said = run(package, lists, "notice", *arguments)
    assert "giving you the opportunity to object (s. 28 ADA)" in said
    assert expected in said


def test_record_and_annex_are_those_of_the_law(package: Path, lists: Path) -> None:
    run(package, lists, "export", "record", "-r", "new.yaml", "--at", "2026-02-01", "-o", "record.csv")
    with (lists / "record.csv").open(encoding="utf-8-sig", newline="") as file:
        heads, _, row = csv.reader(file)
    assert row[heads.index("Processor: name and address (s. 30 ADA)")] == "Example"
    assert "India" in row
    annex = run(package, lists, "export", "annex-iii", "-r", "new.yaml", "--at", "2026-02-01")
    assert "standard contractual clauses (s. 46 ADA)" in annex.replace("\\", "")
    assert "(adapted to Antarctic law)" in annex.replace("\\", "")


def test_no_code_names_a_law() -> None:
    keys = {path.stem for path in LAW_FOLDER.glob("*.yaml")}
    pattern = re.compile("|".join(sorted(keys)))
    named = {
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path in PACKAGE.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if pattern.search(line)
    }
    example = "cli/commands/places.py: subproc places US --law uk-gdpr"  # of the help
    assert named == {f'enums.py: DEFAULT_LAW = "{DEFAULT_LAW}"', example}
