"""Options of `subproc which`: the answers and columns that are shown, refusals, and the choice at a terminal."""

import csv
import json
from pathlib import Path

import pytest

from subproc_cli.cli.main import main

LIST = """\
format: 1
publisher: Example Ltd
version: 1.0.0
date: 2026-11-01
services:
  one: {name: One, purpose: Hosting, sees: [identity.email], processing: [DE], entity: {country: US}}
  two: {name: Two, never_sees: [identity.email], processing: [US]}
  three: {name: Three}
"""


@pytest.fixture(autouse=True)
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "registry.yaml").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def test_only_yes_shows_the_yes_and_names_what_cannot_be_ruled_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["which", "see", "email", "--only", "yes"]) == 0
    out = capsys.readouterr().out
    assert "Yes (1)" in out
    assert "Cannot be ruled out (1): Three; No (1)." in out
    assert "\nNo (1)" not in out


def test_only_yes_in_json_lists_the_ids_that_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["which", "see", "email", "--only", "yes", "-f", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [each["service"] for each in record["answers"]] == ["one"]
    assert record["asked"] == ["one", "two", "three"]
    assert record["not_shown"] == {"unknown": ["three"], "no": ["two"]}


def test_columns_in_csv_are_before_day_version_question_and_reading(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["which", "see", "email", "--columns", "purpose", "--at", "2026-11-29", "-f", "csv"]) == 0
    header, first, *_ = csv.reader(capsys.readouterr().out.splitlines())
    assert header[-5:] == ["purpose", "at", "version", "question", "reading"]
    assert first[-5:] == ["Hosting", "2026-11-29", "1.0.0", "see email", "sees(identity.email)"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--only", "maybe"], "--only: 'maybe' is not an answer (write yes, unknown or no"),
        (["--only", "unknwon"], "--only: 'unknwon' is not an answer (did you mean unknown?)"),
        (["--columns", "purpse"], "--columns: there is no column 'purpse' (did you mean purpose?)"),
        (["--only", "yes", "-f", "answer"], "--only is for tables"),
        (["--lang", "de"], "--lang is for -f answer (add -f answer"),
    ],
)
def test_option_that_does_not_fit_is_refused_with_what_to_type(
    capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert main(["which", "see", "email", *options]) == 2
    assert message in capsys.readouterr().err


def test_refusal_in_json_is_a_record_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["which", "are", "in", "Germany", "-f", "json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    record = json.loads(printed.err)
    assert record["kind"] == "ambiguous"
    assert record["at"] == "are in Germany"
    assert [each["reading"] for each in record["readings"]] == ["in(DE)", "based-in(DE)"]


def test_refusal_in_json_points_at_the_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["which", "see", "emial", "-f", "json"]) == 2
    record = json.loads(capsys.readouterr().err)
    assert (record["kind"], record["at"], record["position"]) == (
        "not-understood",
        "emial",
        {"start": 4, "end": 9},
    )
    assert record["proposals"] == ["see email"]


def test_answer_format_in_another_language_is_a_text_for_a_mail(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["which", "see", "email", "-f", "answer", "--lang", "de"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Laut der Liste von Example Ltd, Version 1.0.0 vom 1. November 2026, gilt zum ")
    assert "subproc" not in out


def type_at_terminal(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    typed = iter(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: next(typed))


def test_ambiguous_question_at_a_terminal_is_answered_by_number(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_at_terminal(monkeypatch, "7", "2")
    assert main(["which", "are", "in", "the", "US"]) == 0
    printed = capsys.readouterr()
    assert "  1  which process in the United States" in printed.err
    assert "type a number from 1 to 2" in printed.err
    assert "Understood as: are based in the United States" in printed.out


def test_ambiguous_question_without_a_choice_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_at_terminal(monkeypatch, "")
    assert main(["which", "are", "in", "the", "US"]) == 2
    assert "this has more than one meaning (ask " in capsys.readouterr().err


def test_ambiguous_question_in_a_pipe_is_refused_with_both_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["which", "are", "in", "the", "US"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[-2:] == [
        "    subproc which process in the United States",
        "    subproc which are based in the United States",
    ]


def test_list_where_in_json_and_csv_names_what_cannot_be_ruled_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list", "--where", "see email", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["where"] == {
        "question": "see email",
        "reading": "sees(identity.email)",
        "cannot_be_ruled_out": ["three"],
    }
    assert main(["list", "--where", "see email", "-f", "csv"]) == 0
    _, row = csv.reader(capsys.readouterr().out.splitlines())
    assert row[-3:] == ["see email", "sees(identity.email)", "three"]


def test_question_whose_first_word_is_the_command_is_read_with_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["which", "do", "we", "use", "for", "hosting", "-f", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["question"], record["reading"]) == ("which do we use for hosting", 'used-for("hosting")')
    assert main(["which", "do", "we", "use", "for", "hosting", "-r", ".", "-f", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["reading"] == 'used-for("hosting")'


def test_question_that_neither_reading_understands_is_refused_as_it_was_typed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["which", "see", "emial"]) == 2
    assert "\n  see emial\n      ^^^^^\n" in capsys.readouterr().err
