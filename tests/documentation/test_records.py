"""The reference of the records in JSON is made of what the commands print; UPDATE_DOCS=1 writes it anew."""

import json
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from subproc_cli.cli import main

ROOT = Path(__file__).parent.parent.parent
PACKAGE = Path(main.__file__).parent.parent
FILE = ROOT / "docs" / "records.md"
RECORDS = {
    "answers": "which see email -f json",
    "services": "list --all -f json",
    "service": "show intercom -f json",
    "matrix": "matrix -f json",
    "problems": "check --no-suppressions --fail-on never -f json",
    "rules": "rule --all -f json",
    "rule": "rule missing-location -f json",
    "changes": "diff 5.0.0 -f json",
    "kinds": "diff --kinds -f json",
    "kind": "rule service-added -f json",
    "bump": "bump 5.0.0 -f json",
    "log": "log -f json",
    "notices": "notice 5.0.0 --sent 2024-04-09 --effective 2024-06-01 -c customers.yaml -f json",
    "audience": "notice 5.0.0 --sent 2024-04-09 --effective 2024-06-01 -c customers.yaml --dry-run -f json",
    "sent": "notice 5.0.0 --sent 2024-04-09 --effective 2024-06-01 -c customers.yaml --out letters --record sent.jsonl",
    "registry": "export json --all",
    "list": "export site --out public",
    "intake": "import examples/page.html --report json -o imported.yaml",
    "categories": "categories -f json",
    "places": "places -f json",
}
"""Each record, with a command that prints it or leaves it in a file."""
LEFT_IN = {"sent": "sent.jsonl", "list": "public/registry.json"}
KEYED = {
    ("matrix", "services", "sees"): "CATEGORY",
    ("problems", "summary"): "",
    ("registry", "services"): "ID",
}
"""Mappings whose keys are data."""


def shape(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Yield the lines that describe a value: a field each, parts below the whole."""
    if isinstance(value, list) and not isinstance(value, Several):
        merged = merge(value)
        if isinstance(merged, dict):
            yield "list of"
            yield from fields(merged, path)
        else:
            yield f"list of {kinds(value)}" if value else "list, empty here"
    elif isinstance(value, dict):
        yield ""
        yield from fields(value, path)
    else:
        yield kinds(value if isinstance(value, Several) else [value])


def fields(given: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    key = KEYED.get(path)
    if key:
        given = {key: merge(list(given.values()))}
    for name, value in given.items():
        first, *rest = shape(value, (*path, name))
        yield f"  {name}: {first}".rstrip()
        yield from (f"  {line}" for line in rest)


def merge(values: list[Any]) -> Any:
    """Return one value that has every field of several."""
    found: dict[str, Any] = {}
    mappings = [each for each in values if isinstance(each, dict)]
    for name in dict.fromkeys(name for each in mappings for name in each):
        inner = [each[name] for each in mappings if name in each]
        lists = [item for each in inner if isinstance(each, list) for item in each]
        if any(isinstance(each, dict) for each in inner):
            found[name] = merge(inner)
        elif any(isinstance(each, list) for each in inner):
            found[name] = lists
        else:
            found[name] = Several(inner)
    return found if mappings else values


class Several(list[Any]):
    """What stands at one field of several mappings."""


def kinds(values: list[Any]) -> str:
    flat = [item for each in values for item in (each if isinstance(each, Several) else [each])]
    names = {
        str: "text", bool: "true or false", int: "number", float: "number", type(None): "null", dict: "mapping",
        list: "list",
    }  # fmt: skip
    return (
        " or ".join(dict.fromkeys(names[type(each)] for each in flat if each is not None))
        + (" or null" if None in flat and set(map(type, flat)) != {type(None)} else "")
        or "null"
    )


def told(name: str, record: dict[str, Any]) -> Iterator[str]:
    yield f"## subproc/{name}/{record['schema'].rpartition('/')[2]}\n"
    yield (
        f"`subproc {RECORDS[name]}`\n"
        if name not in LEFT_IN
        else (f"`{LEFT_IN[name]}`, which `subproc {RECORDS[name]}` writes\n")
    )
    yield "```text"
    yield from (line.removeprefix("  ") for line in fields(record, (name,)))
    yield "```\n"


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "SUBPROC_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "history"
    subprocess.run(["sh", ROOT / "examples" / "history.sh", folder], check=True, capture_output=True)  # noqa: S607
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "customers.yaml").write_bytes((ROOT / "examples" / "customers.yaml").read_bytes())
    monkeypatch.chdir(folder)
    return folder


def test_the_reference_of_records_is_what_the_commands_print(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = [
        "# The records in JSON",
        "",
        "This page lists the fields of every JSON record. The field `schema` names the type and version of a record. The version changes",
        "if a field is removed or changes its meaning. New fields can appear at any time, so ignore fields that you do not know. Dates are",
        "YYYY-MM-DD. The page is generated from the output of the commands on a list that ships with `subproc`.",
        "",
    ]
    for name, line in RECORDS.items():
        assert main.main(shlex.split(line)) in (0, 1)
        said = capsys.readouterr()
        text = said.err if name == "intake" else said.out
        if name in LEFT_IN:
            text = (history / LEFT_IN[name]).read_text(encoding="utf-8")
            text = text.partition("\n")[0] if name == "sent" else text  # a line for each letter
        record = json.loads(text)
        assert record["schema"].split("/")[:2] == ["subproc", name]
        parts += told(name, record)
    made = "\n".join(parts)
    if os.environ.get("UPDATE_DOCS"):
        FILE.write_text(made, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == made


def test_no_record_is_missing() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    assert set(re.findall(r'"subproc/([a-z]+)/\d"', text)) == set(RECORDS)
