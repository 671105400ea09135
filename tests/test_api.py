"""The public interface: its names, and the examples of its manual."""

import doctest
import inspect
import json
import os
import subprocess
import sys
from datetime import date
from enum import Enum
from pathlib import Path
from typing import get_type_hints

import pytest
from pydantic import BaseModel

import subproc_cli
from api_pages import find_types, iter_members, write_reference
from record_schemas import find_errors
from subproc_cli import Answers, Change, Registry, api

ROOT = Path(__file__).parent.parent
NAMES = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "Changes",
    "CheckResult",
    "Customer",
    "Direction",
    "Evidence",
    "Finding",
    "Gap",
    "Level",
    "Notice",
    "Notices",
    "Period",
    "PeriodUnit",
    "Position",
    "QuestionSyntaxError",
    "ReadError",
    "RefusedError",
    "Regime",
    "Registry",
    "RegistryModel",
    "Service",
    "Severity",
    "SubprocError",
    "Terms",
    "UsageError",
    "Verdict",
    "ask",
    "check",
    "compare",
    "export",
    "export_bytes",
    "load",
    "load_customers",
    "plan_notices",
]


def test_public_names_are_these() -> None:
    assert subproc_cli.__all__ == api.__all__ == NAMES
    assert all(getattr(subproc_cli, name) is getattr(api, name) for name in NAMES)
    missing = "nothing"
    with pytest.raises(AttributeError, match=f"has no attribute '{missing}'"):
        getattr(subproc_cli, missing)


def test_public_names_have_a_docstring() -> None:
    assert all(getattr(api, name).__doc__ for name in NAMES)


@pytest.mark.docs
def test_api_page_is_generated_from_the_docstrings() -> None:
    """`make docs-update` writes the reference at the end of the page."""
    file = ROOT / "docs" / "api.md"
    before = file.read_text(encoding="utf-8").partition("\n## Functions\n")[0]
    page = f"{before.rstrip()}\n\n{write_reference()}"
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(page, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == page


def test_signatures_of_public_names_contain_only_public_classes() -> None:
    public = {getattr(api, name) for name in NAMES}
    named: set[type] = set()
    for value in public:
        if inspect.isfunction(value):
            named.update(*map(find_types, get_type_hints(value).values()))
        elif not issubclass(value, Enum | BaseModel):
            named.update(*(types for _, _, types in iter_members(value)))
    assert {Answers, Change, Registry} <= named
    assert named - public == set()


@pytest.mark.slow
def test_api_page_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, "api.md", None, 0)
    result = doctest.DocTestRunner().run(examples)
    assert result.attempted > 15
    assert result.failed == 0


def test_public_names_differ_from_folders_and_modules() -> None:
    folders = {path.stem for path in Path(subproc_cli.__file__).parent.iterdir()}
    assert folders.isdisjoint(NAMES)


def test_import_of_the_package_loads_no_dependency() -> None:
    script = "import sys, subproc_cli; print('pydantic' in sys.modules, 'yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_plan_notices_with_customers_names_each_customer(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("name,days\nExample AG,60\n", encoding="utf-8")
    old, new = (
        subproc_cli.load(ROOT / f"examples/caplena/{day}.yaml") for day in ("2023-05-24", "2024-04-09")
    )
    (notice,) = subproc_cli.plan_notices(old, new, to=subproc_cli.load_customers(file))
    assert notice.customer
    assert (notice.customer.name, str(notice.terms.days)) == ("Example AG", "60 days")
    file.write_text("nme\nx\n", encoding="utf-8")
    with pytest.raises(subproc_cli.ReadError) as caught:
        subproc_cli.load_customers(file)
    assert "did you mean name?" in caught.value.details[0]


def test_load_takes_bytes_text_and_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "format: 1\npublisher: P\nversion: 1.0.0\ndate: 2024-01-01\nservices: {}\n"
    (tmp_path / "first.yaml").write_text(text, encoding="utf-8")
    commit_revisions(tmp_path, tmp_path / "first.yaml")
    monkeypatch.chdir(tmp_path)
    loaded = [subproc_cli.load(each) for each in (text, text.encode(), "HEAD", Path("registry.yaml"))]
    assert {registry.model.version for registry in loaded} == {"1.0.0"}
    assert [bool(registry.commit) for registry in loaded] == [False, False, True, False]


OLD, NEW = (ROOT / f"examples/caplena/{day}.yaml" for day in ("2023-05-24", "2024-04-09"))
DAY = date(2024, 4, 9)


def test_change_has_its_sentence_in_each_language_and_a_position() -> None:
    changes = subproc_cli.compare(subproc_cli.load(OLD), subproc_cli.load(NEW))
    change = next(each for each in changes if each.service == "posthog")
    assert change.sentence == str(change) == "PostHog is new"
    assert change.describe("en") == change.sentence
    assert change.describe("de") == "PostHog ist ein neuer Dienst"
    assert change.describe("fr") == "PostHog est un nouveau service"
    assert (change.position.path, Path(change.position.file).name) == ("services.posthog", "2024-04-09.yaml")
    assert NEW.read_text("utf-8").splitlines()[change.position.line - 1].strip() == "posthog:"


def test_change_of_a_removed_service_has_its_old_position() -> None:
    changes = subproc_cli.compare(subproc_cli.load(NEW), subproc_cli.load(OLD))
    change = next(each for each in changes if each.service == "posthog")
    assert (change.kind, Path(change.position.file).name) == ("service-removed", "2024-04-09.yaml")


def test_str_of_a_finding_has_position_severity_and_rule() -> None:
    text = "format: 1\npublisher: P\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n  a: {name: A}\n"
    result = subproc_cli.check(subproc_cli.load(text), at=date(2024, 1, 2))
    finding = next(each for each in result.findings if each.rule == "missing-location")
    assert finding.message
    assert str(finding) == f"<text>:6:3: warning[missing-location] {finding.message}"


def test_results_as_records_agree_with_their_schemas(tmp_path: Path) -> None:
    old, new = subproc_cli.load(OLD), subproc_cli.load(NEW)
    customers = tmp_path / "customers.csv"
    customers.write_text("name,language\nExample AG,de\nExample Ltd,en\n", encoding="utf-8")
    notices = subproc_cli.plan_notices(old, new, sent=DAY, to=subproc_cli.load_customers(customers))
    changes = subproc_cli.compare(old, new)
    records = [
        subproc_cli.ask(new, "see email", at=DAY).to_record(),
        changes.to_record(),
        subproc_cli.check(new, at=DAY, against=old).to_record(),
        notices.to_record(),
        json.loads(subproc_cli.export(new, "json", at=DAY)),
    ]
    names = ["answers", "changes", "problems", "notices", "registry"]
    assert [record["schema"] for record in records] == [f"subproc/{name}/1" for name in names]
    assert [error for record in records for error in find_errors(record)] == []
    assert changes[0].to_record() == records[1]["changes"][0]
    assert [notice.to_record() for notice in notices] == records[3]["notices"]


def test_notice_text_is_the_letter_in_the_language_of_the_customer(tmp_path: Path) -> None:
    customers = tmp_path / "customers.csv"
    customers.write_text("name,language\nExample AG,de\n", encoding="utf-8")
    (notice,) = subproc_cli.plan_notices(
        subproc_cli.load(OLD), subproc_cli.load(NEW), sent=DAY, to=subproc_cli.load_customers(customers)
    )
    assert notice.text().startswith(f"{notice.subject}\n====")
    assert "Example AG" in notice.text("markdown")
    assert "<html" in notice.text("html")
    assert [change.service for change in notice.changes] == ["azure-openai-service", "posthog"]


@pytest.mark.slow
def test_export_as_text_has_plain_names_for_the_page() -> None:
    registry = subproc_cli.load(NEW)
    assert subproc_cli.export(registry, "markdown", at=DAY) == subproc_cli.export(registry, "page", at=DAY)
    assert subproc_cli.export(registry, "csv", at=DAY).startswith("id,name,")
    assert subproc_cli.export_bytes(registry, "xlsx", at=DAY).startswith(b"PK")
    german = subproc_cli.export(registry, "markdown", at=DAY, language="de")
    assert german != subproc_cli.export(registry, "markdown", at=DAY)


@pytest.mark.parametrize(
    ("output_format", "message", "hint"),
    [
        ("markdow", "there is no format 'markdow'", "did you mean markdown?"),
        ("xlsx", "xlsx is binary, not text", "call export_bytes"),
    ],
)
def test_export_in_a_wrong_format_names_the_right_one(output_format: str, message: str, hint: str) -> None:
    with pytest.raises(subproc_cli.UsageError) as caught:
        subproc_cli.export(subproc_cli.load(NEW), output_format, at=DAY)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_export_of_guessed_values_for_people_is_refused() -> None:
    text = (
        "format: 1\npublisher: P\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n"
        "  a:\n    name: A\n    purpose: Mail  # guessed: from the heading\n"
    )
    registry = subproc_cli.load(text)
    with pytest.raises(subproc_cli.RefusedError) as caught:
        subproc_cli.export(registry, "markdown", at=DAY)
    assert caught.value.message == "<text> has values that an import guessed, in lines 8"
    assert subproc_cli.export(registry, "csv", at=DAY).startswith("id,name,")


def test_public_functions_do_the_work_of_a_ci_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_revisions(tmp_path, OLD, NEW)
    monkeypatch.chdir(tmp_path)
    old, new = subproc_cli.load("HEAD~1"), subproc_cli.load("HEAD")
    result = subproc_cli.check(new, at=DAY, against=old)
    changes = subproc_cli.compare(old, new)
    report = [str(finding) for finding in result.findings] + [str(change) for change in changes]
    is_failed = result.fails(subproc_cli.Severity.ERROR)
    (notice,) = subproc_cli.plan_notices(old, new, sent=DAY)
    (tmp_path / "letter.txt").write_text(notice.text(), encoding="utf-8")
    (tmp_path / "page.md").write_text(subproc_cli.export(new, "markdown", at=DAY), encoding="utf-8")
    (tmp_path / "findings.json").write_text(json.dumps(result.to_record()), encoding="utf-8")
    assert (is_failed) is True
    assert changes.bump == "major"
    assert {"short-notice", "transfer-without-basis"} <= {finding.rule for finding in result.findings}
    assert "PostHog is new" in report


def commit_revisions(folder: Path, *files: Path) -> None:
    author = ("-c", "user.name=Example", "-c", "user.email=dev@example.com")
    for file in files:
        (folder / "registry.yaml").write_bytes(file.read_bytes())
        for arguments in (["init", "-q"], ["add", "registry.yaml"], [*author, "commit", "-qm", file.stem]):
            subprocess.run(["git", *arguments], cwd=folder, check=True)
