"""`subproc notice --verify` with letters and with a hash that was kept elsewhere, and `--erase`."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger_lines import list_events
from subproc_cli.cli.main import main
from subproc_cli.notice.ledger import ledger

LIST = """\
format: 1
publisher: Example GmbH
version: {version}
date: {date}
notice: {{days: 30, contact: privacy@example.com}}
services:
  a: {{name: Alpha, purpose: chat}}
"""
BETA = "  b: {name: Beta, purpose: mail, sees: [identity.email], processing: [DE], entity: {name: B GmbH, address: 1 Road, country: DE}, contact: b@example.com}\n"
RUN = "notice one.yaml two.yaml --sent 2024-04-09 -c customers.yaml --out letters -f eml -f text --record sent.jsonl"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("one.yaml").write_text(LIST.format(version="1.0.0", date="2024-01-01"), encoding="utf-8")
    Path("two.yaml").write_text(LIST.format(version="2.0.0", date="2024-04-01") + BETA, encoding="utf-8")
    rows = "".join(f"  - {{name: Example {form}, address: {form}@example.com}}\n" for form in ("AG", "SA"))
    Path("customers.yaml").write_text(f"customers:\n{rows}", encoding="utf-8")
    assert main(RUN.split()) == 0
    capsys.readouterr()
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["notice", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_verify_with_letters_finds_each_file_of_each_letter(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--verify", "sent.jsonl", "--letters", ".")
    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == [
        "sent.jsonl: 2 lines, chain intact",
        "4 files found, each with the hash in the ledger",
    ]


@pytest.mark.parametrize("is_removed", [False, True])
def test_verify_with_a_letter_changed_or_removed_names_line_and_customer(
    *, is_removed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = Path("letters", "example-sa.txt")
    digest = json.loads(Path("sent.jsonl").read_bytes().splitlines()[1])["letters"]["txt"]
    if is_removed:
        letter.unlink()
    else:
        letter.write_text(letter.read_text("utf-8").replace("Beta", "Gamma"), encoding="utf-8")
    code, out, err = run(capsys, "--verify", "sent.jsonl", "--letters", "letters")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"line 2: the letter (txt) to Example SA: {digest}",
        "subproc: 1 letter of the ledger not found in letters with the recorded hash (restore them from a copy)",
    ]


def test_verify_expecting_a_hash_accepts_it_also_after_later_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, last = (json.loads(line)["hash"] for line in Path("sent.jsonl").read_bytes().splitlines())
    for kept in (first, last):
        assert run(capsys, "--verify", "sent.jsonl", "--expect", kept)[0] == 0
    lines = Path("sent.jsonl").read_bytes().splitlines(keepends=True)
    Path("sent.jsonl").write_bytes(lines[0])
    code, out, err = run(capsys, "--verify", "sent.jsonl", "--expect", last)
    assert (code, out) == (1, "")
    assert err == (
        f"subproc: sent.jsonl: has no line with the hash {last}: lines were removed, or it is another ledger "
        "(compare it with a copy)\n"
    )


def test_verify_without_a_kept_hash_states_that_the_end_is_not_verified(
    capsys: pytest.CaptureFixture[str],
) -> None:
    remark = "not verified: whether lines are missing at the end (add --expect HASH)"
    last = json.loads(Path("sent.jsonl").read_bytes().splitlines()[-1])["hash"]
    assert run(capsys, "--verify", "sent.jsonl")[1].splitlines()[-1] == remark
    assert remark not in run(capsys, "--verify", "sent.jsonl", "--expect", last)[1]


def test_verify_reports_a_line_that_was_recorded_before_the_line_above_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    times = iter((datetime(2026, 3, 2, 10, tzinfo=UTC), datetime(2026, 3, 1, 10, tzinfo=UTC)))
    with ledger.open_ledger(tmp_path / "clock.jsonl", lambda: next(times), lambda: None) as file:
        for _ in range(2):
            file.record({"event": "erased", "day": "2026-03-02"}, None)
    code, _, err = run(capsys, "--verify", "clock.jsonl")
    assert code == 0
    assert err == (
        "subproc: clock.jsonl:2: recorded at 2026-03-01T10:00:00+00:00, before line 1 (2026-03-02T10:00:00+00:00): "
        "the clock was set back, or another computer recorded it\n"
    )


def test_verify_without_the_names_reports_them(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sent.people.jsonl").unlink()
    code, out, err = run(capsys, "--verify", "sent.jsonl")
    assert (code, out.splitlines()[0]) == (0, "sent.jsonl: 2 lines, chain intact")
    assert err.splitlines() == [
        "subproc: sent.people.jsonl: 2 names of the ledger not found",
        "subproc: sent.people.jsonl: 2 sets of addresses of the ledger not found",
    ]
    code, _, err = run(capsys, *RUN.split()[1:])
    assert code == 1
    assert err == (
        "subproc: sent.people.jsonl: lacks the names of 2 customers, so it is not known who was notified "
        "(restore the file from a copy, next to the ledger)\n"
    )


def test_verify_reports_notes_and_addresses_that_were_removed_and_none_that_were_erased(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["respond", "Example AG", "objection", "--on", "2024-04-10", "--note", "the place"])
    people = Path("sent.people.jsonl")
    rows = people.read_bytes().splitlines(keepends=True)
    people.write_bytes(b"".join(row for row in rows if b'"field":"name"' in row))
    capsys.readouterr()
    code, _, err = run(capsys, "--verify", "sent.jsonl")
    assert code == 0
    assert err.splitlines() == [
        "subproc: sent.people.jsonl: 2 sets of addresses of the ledger not found",
        "subproc: sent.people.jsonl: 1 note of the ledger not found",
    ]
    people.write_bytes(b"".join(rows))
    assert run(capsys, "--erase", "Example AG", "--record", "sent.jsonl")[0] == 0
    assert run(capsys, "--verify", "sent.jsonl")[2] == ""


def test_verify_of_two_copies_that_were_merged_names_where_they_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    files = [Path("sent.jsonl"), Path("sent.people.jsonl")]
    start = [file.read_text("utf-8") for file in files]
    ends = []
    for name in ("Example AG", "Example SA"):
        for file, text in zip(files, start, strict=True):
            file.write_text(text, encoding="utf-8")
        main(["respond", name, "objection", "--on", "2024-04-10"])
        ends.append(
            [file.read_text("utf-8").removeprefix(text) for file, text in zip(files, start, strict=True)]
        )
    for file, text, *added in zip(files, start, *ends, strict=True):
        file.write_text(text + "".join(added), encoding="utf-8")
    capsys.readouterr()
    code, _, err = run(capsys, "--verify", "sent.jsonl")
    assert code == 1
    assert err == (
        "subproc: sent.jsonl:4: the line follows line 2, as line 3 does: two copies of a ledger were continued and "
        "then merged (compare it with a copy; nothing was written to it)\n"
    )


def test_verify_of_a_changed_ledger_or_without_its_letters_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _, err = run(capsys, "--verify", "sent.jsonl", "--letters", "nowhere")
    assert (code, err) == (
        3,
        "subproc: nowhere: no such folder (name the folder of the letters: --letters DIR)\n",
    )
    text = Path("sent.jsonl").read_text("utf-8")
    Path("sent.jsonl").write_text(text.replace("Beta", "Gamma", 1), encoding="utf-8")
    code, _, err = run(capsys, "--verify", "sent.jsonl")
    assert (code, err) == (
        1,
        (
            "subproc: sent.jsonl:1: the line was changed after it was written: its hash is another "
            "(compare it with a copy; nothing was written to it)\n"
        ),
    )
    Path("sent.jsonl").write_text("".join(text.splitlines(keepends=True)[1:]), encoding="utf-8")
    code, _, err = run(capsys, "--verify", "sent.jsonl")
    assert (code, err) == (
        1,
        (
            "subproc: sent.jsonl:1: the line does not follow a first line: it names another hash "
            "(compare it with a copy; nothing was written to it)\n"
        ),
    )
    people = Path("sent.people.jsonl")
    people.write_text(people.read_text("utf-8").replace("Example AG", "Example KG"), encoding="utf-8")
    Path("sent.jsonl").write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "--verify", "sent.jsonl")
    assert (code, err) == (
        1,
        (
            "subproc: sent.people.jsonl:1: the line is not as it was written "
            "(compare it with a copy; nothing was written to it)\n"
        ),
    )


@pytest.mark.slow
def test_erase_removes_a_customer_from_every_file_of_the_ledger(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert run(capsys, "--erase", "Example AG", "--record", "sent.jsonl")[0] == 0
    for file in folder.glob("sent*"):
        assert "Example AG" not in file.read_text("utf-8")
        assert "AG@example.com" not in file.read_text("utf-8")
    assert run(capsys, "--verify", "sent.jsonl", "--letters", "letters")[2] == ""
    kinds = [kind for _, kind in list_events(folder / "sent.jsonl")]
    assert kinds == ["issued", "issued", "erased"]
    for words, message in (
        (["--erase", "Example AG", "--record", "sent.jsonl"], "has no name 'Example AG' that can be erased"),
        (["--erase", "Example AG"], "--erase needs a ledger (name it: --record sent.jsonl)"),
        (["--erase", "Example AG", "--record", "sent.json"], "sent.json: no such file"),
    ):
        code, _, err = run(capsys, *words)
        assert code
        assert message in err
    assert not (folder / "sent.json").exists()


def test_letters_and_expect_without_verify_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--letters", "--expect"):
        code, _, err = run(capsys, "one.yaml", "two.yaml", option, "x")
        assert (code, err) == (
            2,
            f"subproc: {option} needs --verify (name the ledger: --verify sent.jsonl)\n",
        )
