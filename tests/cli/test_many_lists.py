"""Commands over several lists: `-r` repeated, a folder, a pattern."""

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from registry_text import HEAD
from subproc_cli.cli import many_lists
from subproc_cli.cli.main import main
from subproc_cli.cli.many_lists import PARALLEL_FROM

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two lists in folders of their own, and a customer file that is not a list next to one of them."""
    for name, service in (("one", "Alpha"), ("two", "Beta")):
        (tmp_path / name).mkdir()
        head = HEAD.replace("Acme", f"Example {name}")
        (tmp_path / name / "registry.yaml").write_text(
            f"{head}services:\n  {service.lower()}: {{name: {service}, sees: [identity.email]}}\n",
            encoding="utf-8",
        )
    (tmp_path / "two" / "customers.yaml").write_text("- name: Example GmbH\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "names", [["-r", "."], ["-r", "*/registry.yaml"], ["-r", "one/registry.yaml", "-r", "two/registry.yaml"]]
)
@pytest.mark.usefixtures("folder")
def test_list_of_several_lists_has_the_file_of_each_row(capsys: Capture, names: list[str]) -> None:
    assert main(["list", *names, "-f", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [(row["name"], row["file"]) for row in rows] == [
        ("Alpha", "one/registry.yaml"),
        ("Beta", "two/registry.yaml"),
    ]
    assert all(row["publisher"] for row in rows)


@pytest.mark.usefixtures("folder")
def test_list_of_several_lists_in_json_is_one_record_a_list(capsys: Capture) -> None:
    assert main(["list", "-r", ".", "-f", "json"]) == 0
    records = json.loads(capsys.readouterr().out)
    assert [record["file"] for record in records] == ["one/registry.yaml", "two/registry.yaml"]
    assert {record["schema"] for record in records} == {"subproc/services/1"}


@pytest.mark.usefixtures("folder")
def test_list_in_ndjson_is_one_line_a_service(capsys: Capture) -> None:
    assert main(["list", "-r", ".", "-f", "ndjson"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["name"], line["file"]) for line in lines] == [
        ("Alpha", "one/registry.yaml"),
        ("Beta", "two/registry.yaml"),
    ]


@pytest.mark.usefixtures("folder")
def test_list_of_several_lists_shows_each_under_its_publisher(capsys: Capture) -> None:
    assert main(["list", "-r", "."]) == 0
    shown = capsys.readouterr().out
    assert shown.index("(one/registry.yaml)") < shown.index("Alpha") < shown.index("(two/registry.yaml)")


def test_list_with_a_broken_list_shows_the_others_and_exits_3(folder: Path, capsys: Capture) -> None:
    (folder / "one" / "registry.yaml").write_text("services: [\n", encoding="utf-8")
    assert main(["list", "-r", ".", "-f", "csv"]) == 3
    shown = capsys.readouterr()
    assert "Beta" in shown.out
    assert "one/registry.yaml cannot be used" in shown.err


@pytest.mark.usefixtures("folder")
def test_list_with_a_question_that_no_list_understands_prints_one_error(
    capsys: Capture,
) -> None:
    assert main(["list", "-r", ".", "--where", "see xyzzy"]) == 2
    assert capsys.readouterr().err.count("xyzzy") >= 1


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("question", "code"), [("see email", 1), ("see health data", 0)])
def test_which_of_several_lists_answers_each_and_fails_on_an_answer(
    capsys: Capture, question: str, code: int
) -> None:
    assert main(["which", *question.split(), "-r", ".", "-f", "csv", "--fail-on", "yes"]) == code
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [(row["name"], row["file"]) for row in rows] == [
        ("Alpha", "one/registry.yaml"),
        ("Beta", "two/registry.yaml"),
    ]


@pytest.mark.usefixtures("folder")
def test_which_of_several_lists_in_ndjson_is_one_line_an_answer(capsys: Capture) -> None:
    assert main(["which", "see", "email", "-r", ".", "-f", "ndjson"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["service"], line["verdict"]) for line in lines] == [("alpha", "yes"), ("beta", "yes")]


@pytest.mark.usefixtures("folder")
def test_which_as_an_answer_for_a_mail_is_about_one_list(capsys: Capture) -> None:
    assert main(["which", "see", "email", "-r", ".", "-f", "answer"]) == 2
    assert "name one list: -r FILE" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_matrix_of_several_lists_has_the_file_of_each_row(capsys: Capture) -> None:
    assert main(["matrix", "-r", ".", "--columns", "email", "-f", "csv"]) == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [(row["service"], row["identity.email"], row["file"]) for row in rows] == [
        ("alpha", "yes", "one/registry.yaml"),
        ("beta", "yes", "two/registry.yaml"),
    ]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("typed", [["."], ["-r", "."]])
def test_check_of_a_folder_checks_every_list_in_it(capsys: Capture, typed: list[str]) -> None:
    assert main(["check", *typed, "-f", "csv", "--select", "SP102"]) == 1
    rows = csv.DictReader(StringIO(capsys.readouterr().out))
    assert [row["file"] for row in rows] == ["one/registry.yaml", "two/registry.yaml"]


def test_folder_without_a_list_is_refused(folder: Path, capsys: Capture) -> None:
    (folder / "empty").mkdir()
    assert main(["list", "-r", "empty"]) == 3
    assert "no registry.yaml and no YAML file" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_pattern_without_a_file_is_refused_with_a_line_to_type(capsys: Capture) -> None:
    assert main(["list", "-r", "none/*.yaml"]) == 3
    assert "in quotes: 'lists/*.yaml'" in capsys.readouterr().err


def test_environment_variable_may_name_a_folder(
    folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUBPROC_REGISTRY", str(folder))
    assert main(["list", "-f", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.slow
def test_many_lists_are_shown_in_their_order(folder: Path, capsys: Capture) -> None:
    text = (folder / "one" / "registry.yaml").read_text(encoding="utf-8")
    for number in range(PARALLEL_FROM + 4):
        (folder / f"n{number:02}").mkdir()
        (folder / f"n{number:02}" / "registry.yaml").write_text(
            text.replace("Alpha", f"Service {number:02}"), encoding="utf-8"
        )
    assert main(["list", "-r", ".", "-f", "csv"]) == 0
    names = [row["name"] for row in csv.DictReader(StringIO(capsys.readouterr().out))]
    assert names == [f"Service {number:02}" for number in range(PARALLEL_FROM + 4)] + ["Alpha", "Beta"]


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "json", "text"])
@pytest.mark.parametrize("prepare", ["pass", "threading.Thread(target=stopped.wait).start()"])
def test_lists_are_shown_alike_by_copied_processes_by_new_ones_and_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, form: str, prepare: str
) -> None:
    for number in range(PARALLEL_FROM + 4):
        service = f"s{number}: {{name: Service {number}, sees: [identity.email], processing: [DE]}}"
        (tmp_path / f"{number:02}.yaml").write_text(f"{HEAD}services:\n  {service}\n", encoding="utf-8")
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, threading\n"
        "from subproc_cli.cli.main import main\n"
        "if __name__ == '__main__':\n"
        "    stopped = threading.Event()\n"
        f"    {prepare}\n"
        "    code = main(sys.argv[1:])\n"
        "    stopped.set()\n"
        "    sys.exit(code)\n",
        encoding="utf-8",
    )
    question = ["which", "see email", "--at", "2024-06-01", "-f", form, "-r", str(tmp_path)]
    command = [sys.executable, str(program), *question]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    monkeypatch.setattr(many_lists, "PARALLEL_FROM", PARALLEL_FROM + 5)
    assert main(question) == 0
    assert (done.stdout, done.stderr) == tuple(capsys.readouterr())
