"""Streams that are closed, full or cut off: a clear word and the right exit code, whoever listens."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIST = ROOT / "registry.yaml"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("list -r {list} >&-", 2, "subproc: standard output is closed"),
        ("export csv -r {list} >&-", 2, "subproc: standard output is closed"),
        (
            "export csv -r {list} >/dev/full",
            2,
            "subproc: standard output cannot be written: No space left on device",
        ),
        ("list -r - <&-", 3, "subproc: standard input is closed"),
        ("list -r nowhere.yaml 2>&-", 3, ""),
        (
            "list -r {list} >/dev/full",
            2,
            "subproc: standard output cannot be written: No space left on device",
        ),
        ("diff '' {list}", 2, "subproc: a revision is an empty text (for example: subproc diff HEAD)"),
        ("diff {list} ''", 2, "subproc: a revision is an empty text (for example: subproc diff HEAD)"),
        (
            "list -r dangling.yaml",
            3,
            "subproc: dangling.yaml: is a symbolic link to a file that does not exist",
        ),
    ],
)
def test_told_in_one_line(tmp_path: Path, line: str, code: int, told: str) -> None:
    (tmp_path / "dangling.yaml").symlink_to("nowhere.yaml")
    quoted = f"'{LIST}'"
    command = f"'{sys.executable}' -m subproc_cli {line.format(list=quoted)}"
    done = subprocess.run(
        ["sh", "-c", command],  # noqa: S607
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (code, "", told)
