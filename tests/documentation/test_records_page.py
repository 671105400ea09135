"""The reference of the JSON records is generated from their schemas; `make docs-update` writes it."""

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from record_pages import write_page
from record_schemas import find_errors
from subproc_cli.cli.main import main
from subproc_cli.records import RECORDS

pytestmark = pytest.mark.docs

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "docs" / "records.md"
NOTICE = "notice 5.0.0 --sent 2024-04-09 --effective 2024-06-01 -c customers.yaml --incomplete"
RUN = f"{NOTICE} --incomplete --out letters -f eml --record sent.jsonl"
COMMANDS = {
    "answers": "which see email --at 2024-06-01 -f json",
    "refusal": "which are in Germany --at 2024-06-01 -f json",
    "services": "list --all --at 2024-06-01 -f json",
    "service": "show intercom --at 2024-06-01 -f json",
    "matrix": "matrix --at 2024-06-01 -f json",
    "problems": "check --no-ignores --fail-on never --at 2024-06-01 -f json",
    "rules": "rule --all -f json",
    "rule": "rule missing-location -f json",
    "changes": "diff 5.0.0 -f json",
    "kinds": "diff --kinds -f json",
    "kind": "rule service-added -f json",
    "bump": "bump 5.0.0 -f json",
    "log": "log -f json",
    "notices": f"{NOTICE} -f json",
    "audience": f"{NOTICE} --dry-run -f json",
    "sent": "notice --verify old.jsonl",
    "event": RUN,
    "person": RUN,
    "run": RUN,
    "status": "status --record sent.jsonl --at 2024-05-01 -f json",
    "delivery": "send letters --dry-run --late --record sent.jsonl -f json",
    "registry": "export json --all",
    "list": "export site --at 2024-06-01 --out public",
    "intake": "import examples/page.html --report json -o imported.yaml",
    "categories": "categories -f json",
    "places": "places --at 2024-06-01 -f json",
}
"""Each record, with a command that prints it or writes it to a file."""
FILES = {
    "event": "sent.jsonl",
    "person": "sent.people.jsonl",
    "run": "letters/manifest.json",
    "list": "public/registry.json",
}
OLD_LEDGER = Path(__file__).parent / "ledger_0_1.jsonl"


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "SUBPROC_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "history"
    subprocess.run(["sh", ROOT / "examples" / "history.sh", folder], check=True, capture_output=True)
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "customers.yaml").write_bytes((ROOT / "examples" / "customers.yaml").read_bytes())
    monkeypatch.chdir(folder)
    return folder


def test_records_page_is_generated_from_the_schemas(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(COMMANDS) == [record.name for record in RECORDS]
    examples = {}
    shutil.copy(OLD_LEDGER, "old.jsonl")
    for name, line in COMMANDS.items():
        assert main(shlex.split(line)) in (0, 1, 2)
        printed = capsys.readouterr()
        origin = f"Printed by `subproc {line}`."
        text = printed.err if name in ("intake", "refusal") else printed.out
        if name == "sent":
            text, origin = OLD_LEDGER.read_text(encoding="utf-8"), "Written by version 0.1, and read since."
        elif name in FILES:
            text = (history / FILES[name]).read_text(encoding="utf-8")
            text = (
                text.partition("\n")[0] if FILES[name].endswith(".jsonl") else text
            )  # a line for each event
            origin = f"The file `{FILES[name]}`, written by `subproc {line}`."
        record = json.loads(text)
        assert record["schema"] == f"subproc/{name}/1"
        assert find_errors(record) == []
        examples[name] = origin, record
    page = write_page(examples)
    if os.environ.get("UPDATE_DOCS"):
        FILE.write_text(page, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == page
