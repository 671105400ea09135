"""The JSON Schemas of the records, and what the program prints: every output agrees with its schema."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from golden.cases import load_cases
from golden.record import read_recording
from jsonschema import Draft202012Validator

from record_schemas import close_schema, find_errors, iter_records
from subproc_cli.cli.main import main
from subproc_cli.records import RECORDS, Record, build_schema

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "subproc_cli"
NAMES = [record.name for record in RECORDS]


@pytest.mark.parametrize("record", RECORDS, ids=NAMES)
def test_schema_of_a_record_is_valid_and_describes_every_field(record: Record) -> None:
    schema = build_schema(record)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == record.schema_name
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), name


def test_record_names_in_the_code_are_all_in_the_table() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    assert set(re.findall(r'"subproc/([a-z]+)/1"', text)) == set(NAMES)


@pytest.mark.parametrize("name", load_cases())
def test_records_of_a_recording_agree_with_their_schemas(name: str) -> None:
    texts = [read_recording(name, kind) for kind in ("machine", "text")]
    records = [record for text in texts for record in iter_records(text)]
    assert len(records) == sum(text.count('"schema": "subproc/') for text in texts)
    assert [error for record in records for error in find_errors(record)] == []


def test_recordings_have_every_record_except_that_of_a_site() -> None:
    text = "".join(read_recording(name, "machine") for name in load_cases())
    missing = {name for name in NAMES if f'"schema": "subproc/{name}/1"' not in text}
    assert missing - {"sent"} == {"list"}  # only earlier versions wrote `sent`


@pytest.mark.slow
@pytest.mark.parametrize("file", ["registry.yaml", "examples/every-field.yaml"])
def test_record_of_a_published_site_agrees_with_its_schema(file: str, tmp_path: Path) -> None:
    assert main(["export", "site", "-r", str(ROOT / file), "--out", str(tmp_path / "site")]) == 0
    (record,) = iter_records((tmp_path / "site" / "registry.json").read_text("utf-8"))
    assert record["schema"] == "subproc/list/1"
    assert find_errors(record) == []


def test_find_errors_of_an_undescribed_field_reports_it() -> None:
    record: dict[str, Any] = {
        "schema": "subproc/bump/1",
        "needed": "none",
        "known": "1.0.0",
        "following": "1.0.0",
    }
    record |= {"given": "1.0.0", "enough": True, "written": False}
    assert find_errors(record) == []
    (error,) = find_errors({**record, "colour": "red"})
    assert "'colour' was unexpected" in error
    (schema,) = [build_schema(each) for each in RECORDS if each.name == "bump"]
    assert Draft202012Validator(schema).is_valid({**record, "colour": "red"})
    assert not Draft202012Validator(close_schema(schema)).is_valid({**record, "colour": "red"})


def test_schema_command_with_a_record_prints_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("answers", "subproc/answers/1"):
        assert main(["schema", name]) == 0
        printed = json.loads(capsys.readouterr().out)
        assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert printed["$id"] == "urn:subproc:answers:1"
        assert printed["properties"]["schema"]["const"] == "subproc/answers/1"


@pytest.mark.slow
def test_schema_command_of_the_list_in_a_new_process_prints_its_schema() -> None:
    """In a process that has built no model yet, which the other tests share."""
    command = [sys.executable, "-m", "subproc_cli", "schema", "registry"]
    printed = subprocess.run(command, check=True, capture_output=True).stdout
    assert json.loads(printed)["$id"] == "urn:subproc:registry:1"


def test_schema_command_with_list_prints_every_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == NAMES
    assert lines[0] == "answers     The answers to a question: subproc which"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["answer"], "there is no record 'answer' (did you mean answers?)"),
        (["zzz"], "there is no record 'zzz' (see: subproc schema --list)"),
        (["answers", "--customers"], "RECORD, --customers and --list exclude each other"),
    ],
)
def test_schema_command_with_a_wrong_record_names_the_right_one(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", *arguments]) == 2
    assert expected in " ".join(capsys.readouterr().err.split())
