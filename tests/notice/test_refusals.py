"""What a notice is refused for, and what to type instead: each whole message, and nothing is written."""

from pathlib import Path

import pytest

from rows import for_rows
from subproc_cli.cli.main import main
from subproc_cli.notice.letters.templates import load_built_in

LIST = """\
format: 1
publisher: Example GmbH
version: {version}
date: {date}
notice: {{days: 30, contact: privacy@example.com}}
services:
  a: {{name: Alpha, purpose: chat}}
"""
FACTS = "purpose: mail, sees: [identity.email], processing: [DE], entity: {name: B GmbH, address: 1 Road, country: DE}, contact: b@example.com"
ONE = LIST.format(version="1.0.0", date="2024-01-01")
TWO = LIST.format(version="2.0.0", date="2024-04-01") + f"  b: {{name: Beta, {FACTS}}}\n"
FILES = {
    "one.yaml": ONE,
    "two.yaml": TWO,
    "later.yaml": TWO.replace("name: Beta", "name: Beta, since: 2024-06-01"),
    "soon.yaml": TWO.replace("name: Beta", "since: 2024-04-20, name: Beta"),
    "bare.yaml": TWO.replace(f", {FACTS}", f", {FACTS.partition(', contact')[0]}"),
    "endless.yaml": ONE.replace("notice: {days: 30, contact: privacy@example.com}\n", ""),
    "undated.yaml": TWO.replace("days: 30, ", ""),
    "customers.yaml": "customers:\n  - {name: Example AG, address: ag@example.com}\n  - {name: Example SA}\n",
    "large/letter.txt.j2": "x" * 1_000_001,
    "latin/letter.txt.j2": "ü",
    "loop/letter.txt.j2": "{% include 'letter.txt.j2' %}",
    "misspelt/letter.txt.j2": "{% include 'lettr.txt.j2' %}",
    "empty/readme.txt": "",
}
SENT = "one.yaml two.yaml --sent 2024-04-09"
TO_ALL = f"{SENT} -c customers.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, encoding="latin-1" if name.startswith("latin") else "utf-8")
    return tmp_path


def list_files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def run(capsys: pytest.CaptureFixture[str], words: str) -> tuple[int, list[str]]:
    """Return the exit code of a command, and the lines that it reports."""
    capsys.readouterr()
    code = main(words.split())
    return code, [line.removeprefix("subproc: ") for line in capsys.readouterr().err.splitlines()]


REFUSALS = [
    # Options that do not fit together
    (f"{SENT} -f csv", 2, ["-f csv lists the recipients and is not a format for letters (add --dry-run, or use --out DIR, which writes index.csv with the letters)"]),
    (f"{SENT} --output x.txt --out letters", 2, ["--output and --out cannot be used together (choose one)"]),
    (f"{SENT} --from nobody -f eml", 2, ["--from: 'nobody' is not a mail address (write one address: privacy@example.com)"]),
    # Days
    ("endless.yaml two.yaml --sent 9999-12-20", 2, ["a period from 9999-12-20 on passes the last day of the calendar, 9999-12-31 (choose an earlier --sent)"]),
    ("endless.yaml undated.yaml --sent 2024-04-09", 2, ["the effective date cannot be calculated: no notice period is stated (add --effective DATE, or add notice.days to the list)"]),
    (f"{SENT} --effective 2024-04-08", 2, ["--effective 2024-04-08 comes before the day on which the notice is sent, 2024-04-09"]),
    ("one.yaml later.yaml --sent 2024-04-09 --effective 2024-05-20", 2, ["--effective 2024-05-20: the services begin on 2024-06-01, as the list says, and not before (leave out --effective, or change `since` in the list)"]),
    (f"{SENT} --effective 2024-04-20", 1, ["all customers: 30 days of notice, 20 days too few; the earliest day is 2024-05-10", "the changes take effect before a notice period has ended (choose a later --effective, or add --urgent REASON)"]),
    ("one.yaml soon.yaml --sent 2024-04-09", 1, ["soon.yaml:8:14: Beta: starts on 2024-04-20 in the list, on 2024-05-10 in the notice to all customers", "a service starts before its notice period ends (subproc set b since 2024-05-10 -r soon.yaml; or add --urgent REASON: the notice then gives the date in the list)"]),
    # Facts
    ("one.yaml bare.yaml --sent 2024-04-09", 1, ["bare.yaml:8:3: Beta: add contact", "the notice lacks information that customers need in order to object (add it to the registry, or add --incomplete: the letter then states what is not known)"]),
    # Changes
    (f"{SENT} --also removed", 2, ["--also: 'removed' is not a kind of change (did you mean data-removed?)"]),
    (f"{SENT} --also zzzz", 2, ["--also: 'zzzz' is not a kind of change (see: subproc diff --kinds)"]),
    (f"{SENT} --also service-removed", 2, ["--also: no change is service-removed (there are service-added:b)"]),
    ("two.yaml two.yaml --sent 2024-04-09 --also service-removed:a", 2, ["--also: no change is service-removed:a (no service has changed)"]),
    # Files
    (f"{TO_ALL} --record customers.yaml", 2, ["--record customers.yaml: is the file of --customers, not a ledger (name another file)"]),
    (f"{TO_ALL} --output customers.yaml", 2, ["customers.yaml: is the file of --customers, which a letter cannot replace (name another one)"]),
    (f"{TO_ALL} --output sent.jsonl --record sent.jsonl", 2, ["sent.jsonl: is the ledger of --record, which a letter cannot replace (name another one)"]),
    (f"{TO_ALL} --output sent.people.jsonl --record sent.jsonl", 2, ["sent.people.jsonl: is the file of names next to the ledger, which a letter cannot replace (name another one)"]),
    (f"{SENT} --output loop/letter.txt.j2 --template loop", 2, ["loop/letter.txt.j2: is a template, which a letter cannot replace (name another one)"]),
    # Templates
    (f"{SENT} --template empty", 2, ["--template empty: holds no template (subproc notice --eject DIR writes them)"]),
    (f"{SENT} --template large", 2, ["--template large: letter.txt.j2 is larger than 1,000,000 bytes"]),
    (f"{SENT} --template latin", 2, ["--template latin: cannot be read: 'utf-8' codec can't decode byte 0xfc in position 0: invalid start byte"]),
    (f"{SENT} --template loop", 2, ["loop/letter.txt.j2:1: the template calls itself without end, or is nested too deep"]),
    (f"{SENT} --template misspelt", 2, ["misspelt/letter.txt.j2:1: there is no template 'lettr.txt.j2' (there are letter.txt.j2, letter.md.j2, letter.html.j2, and those next to them)"]),
    ("--eject loop", 2, ["loop/letter.txt.j2: exists already (name another folder)"]),
    # Ledgers
    ("--verify unknown.ledger", 3, ["unknown.ledger: no such file (name the ledger with --record FILE; to create one: subproc notice --record)"]),
    ("--verify .", 3, [".: cannot be read: Is a directory"]),
]  # fmt: skip


@for_rows("words, code, lines", REFUSALS)
def test_notice_that_is_refused_names_what_to_do_and_writes_nothing(
    words: str, code: int, lines: list[str], capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert run(capsys, f"notice {words}") == (code, lines)
    assert list_files(folder) == sorted(FILES)


WARNINGS = [
    (TO_ALL.replace("04-09", "04-10"), ["--sent 2024-04-10 is in the past; the letters state 2024-04-10 as the day of sending"]),
    (TO_ALL.replace("2024-04-09", "2999-04-09"), ["--sent 2999-04-09 is more than a year ahead; the letters state 2999-04-09 as the day of sending"]),
    (f"{TO_ALL} -f eml --record sent.jsonl", ["--sent 2024-04-09 is in the past; the letters state 2024-04-09 as the day of sending", "1 of 2 mails has no address, so it is not recorded as issued: Example SA"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "lines"), WARNINGS)
def test_notice_that_is_written_warns_of_what_is_unusual(
    words: str, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, f"notice {words} --out letters") == (0, lines)


def test_eject_writes_the_built_in_templates_once(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert run(capsys, "notice --eject mine") == (
        0,
        ["3 templates written to mine; use them with --template mine"],
    )
    written = {path.name: path.read_text("utf-8") for path in (folder / "mine").iterdir()}
    assert written == load_built_in()
    (folder / "mine" / "letter.txt.j2").write_text("my own", encoding="utf-8")
    (folder / "mine" / "letter.md.j2").unlink()
    assert run(capsys, "notice --eject mine")[0] == 2
    assert sorted(path.name for path in (folder / "mine").iterdir()) == ["letter.html.j2", "letter.txt.j2"]
    assert (folder / "mine" / "letter.txt.j2").read_text("utf-8") == "my own"
