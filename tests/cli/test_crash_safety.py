"""Every command that writes, killed at every step of it: the old or the new file stands, and a ledger is whole."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import typer
from typer.core import TyperOption

from registry_text import HEAD
from subproc_cli.cli.app import COMMANDS, CommandGroup, app
from subproc_cli.notice.ledger import ledger

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),  # the first test waits until every command was killed at every step
]
DRIVER = Path(__file__).parent.parent / "helpers" / "kill_driver.py"
LIST = f"""\
{HEAD}notice: {{days: 30, contact: privacy@example.com}}
services:
  first: {{name: First, purpose: chat, sees: [identity.email], processing: [Germany]}}
"""
MAIL = "From: a@example.com\nSubject: a notice\n"
LETTER = {
    "customer": "Example AG",
    "addresses": ["a@example.com"],
    "cc": [],
    "language": "en",
    "authorisation": "general",
    "sent": "2024-04-09",
    "effective": "2024-05-10",
    "object_by": None,
    "old": None,
    "new": {"version": "2.0.0"},
    "changes": ["service-added"],
    "about": ["second"],
    "told": None,
    "files": [{"name": "a.eml", "sha256": sha256(MAIL.encode()).hexdigest()}],
}
RUN_OF_ONE = {
    "schema": "subproc/run/1",
    "status": "complete",
    "publisher": "Example GmbH",
    "letters": [LETTER],
}
GIVEN = {
    "run/a.eml": MAIL,
    "run/manifest.json": json.dumps(RUN_OF_ONE),
    "ledger.jsonl": (Path(__file__).parent.parent / "documentation" / "ledger_0_1.jsonl").read_text("utf-8"),
    "registry.yaml": LIST + "  second: {name: Second, processing: [NL]}\n",
    "old.yaml": LIST,
    "history/1.yaml": LIST,
    "history/2.yaml": LIST.replace("1.0.0", "2.0.0").replace("purpose: chat", "purpose: mail"),
    "page.md": "| Name | Purpose |\n| --- | --- |\n| Example Mail | Sending e-mail |\n",
    "CHANGELOG.md": "# Changelog\n",
    "out": "what stood here\n" * 200,
    "site/index.html": "what stood here\n",
    "letters/example-ag.txt": "what stood here\n",
    "customers.csv": "name,address\nExample AG,a@example.com\nExample Ltd,b@example.com\nExample SA,c@example.com\n",
}
NOTICE = "notice old.yaml --incomplete --sent 2024-04-09"
WRITERS = [
    "add Third --purpose mail",
    "set first purpose mail",
    "retire first --until 2027-01-01",
    "fmt",
    "init new.yaml --publisher Example --date 2024-01-01",
    "bump old.yaml --write --date 2024-02-02",
    "bump old.yaml -o out",
    "changelog old.yaml --update CHANGELOG.md",
    "changelog old.yaml --update NEWS.md",
    "changelog old.yaml -o out",
    "check --fix",
    "check --add-ignore accepted",
    "check -o out",
    "import page.md --date 2024-01-01 -o new.yaml",
    "import page.md --into registry.yaml --yes",
    "import page.md --into registry.yaml --yes -o merged.yaml",
    "export csv -o out",
    "export xlsx -o out",
    "export site --out site",
    "feed --folder history -o out",
    "schema -o out",
    f"{NOTICE} -o out",
    f"{NOTICE} -c customers.csv --out letters",
    "export site --eject page-template",
    "notice --eject templates",
    "send run --dry-run --late --from a@example.com -o out",
    "status --record ledger.jsonl -o out",
    "which see email -o out",
    "list -o out",
    "show first -o out",
    "matrix -o out",
    "diff old.yaml -o out",
    "log -r history -o out",
    "rule --all -o out",
    "categories -o out",
    "places -o out",
]
STRIDE = 3
"""Of the steps of commands that print to `-o out`, and of those that write many files the same way, one in so many is tried."""
REFUSE = ("export site --eject page-template", "notice --eject templates")
"""Run once more they name the first template that exists already; the others are still missing."""
LETTERS = f"{NOTICE} -c customers.csv --out letters --record sent.jsonl"
RUN = "letters/2024-04-09-1.0.0-to-1.0.0"
"""Where the letters go: `letters` holds a file that is named like one of them."""
WITHOUT_OPTION = ("add", "set", "retire", "fmt", "init")
"""Commands that write to the list without being told so by an option."""
READING = frozenset(
    (
        "--registry",
        "--customers",
        "--template",
        "--verify",
        "--letters",
        "--folder",
        "--page",
        "--history",
        "--help",
    )
)
"""Options that name what is read; every other one that takes a file or a folder writes to it."""
LEDGER = frozenset(("--record", "--ledger"))
"""Options that name a ledger, to which lines are added: see `LETTERS`, and the tests of `send` that is killed."""
FLAGS = frozenset(("--write", "--fix", "--add-ignore"))

Files: TypeAlias = dict[str, bytes]


def find_steps(number: int, row: str) -> tuple[int, int]:
    """Return the first step at which a command is killed, and how many steps later it is killed the next time."""
    is_shared = row.endswith((" -o out", " --out site")) or " --out letters" in row
    return (1 + number % STRIDE, STRIDE) if is_shared else (1, 1)


def driven(root: Path, rows: list[str], *, in_place: bool = False) -> list[dict[str, int]]:
    for name, text in GIVEN.items():
        (root / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "old" / name).write_text(text, encoding="utf-8")
    steps = [find_steps(number, row) for number, row in enumerate(rows)]
    asked = json.dumps({"rows": [row.split() for row in rows], "steps": steps, "in_place": in_place})
    command = [sys.executable, str(DRIVER), str(root)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    found: list[dict[str, int]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, int]]]:
    root = tmp_path_factory.mktemp("killed")
    return root, driven(root, [*WRITERS, LETTERS])


def standing(folder: Path) -> Files:
    """Return what a folder holds; a part that was not finished has a name that begins with a dot."""
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    parts = [path.name for path in found.values() if path.name.startswith(".")]
    assert all(re.fullmatch(r"\.[\w.-]+\.\w{8}", part) for part in parts)
    return {name: path.read_bytes() for name, path in found.items() if not path.name.startswith(".")}


def mixtures(root: Path, row: int, codes: dict[str, int]) -> Iterator[str]:
    """Yield each file of each run that is neither the old nor the new one."""
    old, new = standing(root / "old"), standing(root / str(row) / "whole")
    assert old != new
    for run in codes:
        for name, content in standing(root / str(row) / run).items():
            if content not in (old.get(name), new.get(name)) and not is_announcement(name, content):
                yield f"{run}: {name}"


def is_announcement(name: str, content: bytes) -> bool:
    """Return whether a file is what a run writes before its letters: all of them, as planned."""
    match Path(name).name:
        case "manifest.json":
            manifest = json.loads(content)
            statuses = {letter["status"] for letter in manifest["letters"]}
            return (manifest["status"], statuses, len(manifest["letters"])) == ("writing", {"planned"}, 3)
        case "index.csv":
            return content.count(b",planned\n") == 3
        case _:
            return False


@pytest.mark.parametrize("row", WRITERS)
def test_write_killed_at_any_step_leaves_the_old_or_the_new_file(
    killed: tuple[Path, list[dict[str, int]]], row: str
) -> None:
    root, number = killed[0], WRITERS.index(row)
    codes = killed[1][number]
    assert codes["whole"] in (0, 1)
    assert [*mixtures(root, number, codes)] == []
    kills = [codes[run] for run in codes if run.startswith("step")].count(-signal.SIGKILL)
    assert kills >= 5 / find_steps(number, row)[1]
    assert [codes[run] for run in codes if run.startswith("size")].count(-signal.SIGXFSZ) >= 1
    new = standing(root / str(number) / "whole")
    for run, code in codes.items():
        assert standing(root / str(number) / run).keys() >= standing(root / "old").keys()
        if code >= 0:
            assert standing(root / str(number) / run) == new
    again = [*(root / str(number)).glob("* again")]
    assert again
    for folder in again if row not in REFUSE else ():  # what was left lies in nobody's way
        assert standing(folder) == new


def test_kill_driver_detects_a_write_in_place(tmp_path: Path) -> None:
    rows = ["list -o out", "set first purpose mail"]  # the first row is killed at its first step
    for number, codes in enumerate(driven(tmp_path, rows, in_place=True)):
        found = [*mixtures(tmp_path, number, codes)]
        assert any(each.startswith("step") for each in found)
        assert any(each.startswith("size") for each in found)


def sent(folder: Path) -> Any:
    return ledger.read_named_ledger(folder / "sent.jsonl").entries


def test_notice_killed_at_any_step_keeps_ledger_and_index_consistent(
    killed: tuple[Path, list[dict[str, int]]],
) -> None:
    place, codes = killed[0] / str(len(WRITERS)), killed[1][-1]
    counts = []
    for run in codes:
        entries = sent(place / run)
        for entry in entries:
            letter = place / run / RUN / f"{entry['customer'].lower().replace(' ', '-')}.txt"
            assert sha256(letter.read_bytes()).hexdigest() == entry["letter"]
        if (place / f"{run} again").exists():
            after = sent(place / f"{run} again")
            assert after[: len(entries)] == entries
            assert [entry["customer"] for entry in after] == ["Example AG", "Example Ltd", "Example SA"]
            manifest = json.loads((place / f"{run} again" / RUN / "manifest.json").read_bytes())
            assert manifest["status"] == "complete"
            assert {letter["status"] for letter in manifest["letters"]} == {"issued"}
            assert len(manifest["letters"]) == 3
            index = (place / f"{run} again" / RUN / "index.csv").read_text("utf-8")
            assert [f"{name}.txt" in index for name in ("example-ag", "example-ltd", "example-sa")] == [
                True
            ] * 3
        if (place / run / RUN / "index.csv").exists():  # also in the middle of a run it names all letters
            index = (place / run / RUN / "index.csv").read_text("utf-8")
            assert all(f"{name}.txt" in index for name in ("example-ag", "example-ltd", "example-sa"))
        if run.startswith("step"):
            counts.append(len(entries))
    assert counts == sorted(counts)
    assert set(counts) == {0, 1, 2, 3}


def options() -> Iterator[tuple[str, TyperOption]]:
    group = typer.main.get_command(app)
    assert isinstance(group, CommandGroup)
    for name in COMMANDS:
        command = group.get_command(typer.Context(group), name)
        assert command is not None
        yield from ((name, each) for each in command.params if isinstance(each, TyperOption))


def test_tables_of_this_file_cover_every_command_that_writes() -> None:
    rows = [row.split() for row in (*WRITERS, LETTERS)]
    for command in WITHOUT_OPTION:
        assert any(row[0] == command for row in rows)
    for command, option in options():
        names = {*option.opts}
        if names & LEDGER:
            continue
        files = option.metavar is not None and {"FILE", "DIR"} & {*option.metavar.split("|")}
        if names & FLAGS or (files and not names & READING):
            assert any(row[0] == command and names & {*row} for row in rows), (command, names)
