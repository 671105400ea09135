"""Streams, keys and surroundings that fail a command: a clear word and the right exit code, never a traceback."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from in_process import run_in_process
from pseudo_terminal import CTRL_C, CTRL_D, talk

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
LIST = ROOT / "registry.yaml"
PROGRAM = [sys.executable, "-m", "subproc_cli"]


def in_shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what came of a line that a shell reads."""
    command = ["sh", "-c", line]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


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
        ("export xlsx -r {list} >&-", 2, "subproc: standard output is closed"),
        ("--help >/dev/full", 2, "subproc: standard output cannot be written: No space left on device"),
        ("--version >/dev/full", 2, "subproc: standard output cannot be written: No space left on device"),
        (
            "init new.yaml <&-",
            2,
            "subproc: init needs --publisher NAME if there is no terminal to ask at (see: subproc init --help)",
        ),
        ("list -r - <&-", 3, "subproc: standard input is closed"),
        ("list -r nowhere.yaml 2>&-", 3, ""),
        (
            "list -r {list} >/dev/full",
            2,
            "subproc: standard output cannot be written: No space left on device",
        ),
        ("diff '' {list}", 2, "subproc: the revision is empty (for example: subproc diff HEAD)"),
        ("diff {list} ''", 2, "subproc: the revision is empty (for example: subproc diff HEAD)"),
        (
            "list -r dangling.yaml",
            3,
            "subproc: dangling.yaml: is a symbolic link to a file that does not exist",
        ),
    ],
)
def test_command_with_a_closed_stream_or_bad_file_prints_one_line(
    tmp_path: Path, line: str, code: int, told: str
) -> None:
    (tmp_path / "dangling.yaml").symlink_to("nowhere.yaml")
    quoted = f"'{LIST}'"
    command = f"'{sys.executable}' -m subproc_cli {line.format(list=quoted)}"
    done = in_shell(command, tmp_path)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (code, "", told)


@pytest.mark.parametrize("command", ["--help", "--version", "list --help", "list", "export csv", "schema"])
def test_command_whose_reader_is_gone_exits_with_0(command: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        [*PROGRAM, *command.split()], cwd=ROOT, stdout=theirs, stderr=subprocess.PIPE, check=False
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


INTERRUPTED_AT = """
import os, signal, sys
left = int(sys.argv.pop(1))
from subproc_cli.__main__ import run

def imported(event, _):
    global left
    left -= event == "import"
    if not left and event == "import":
        os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(imported)
run()
"""


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("module", [1, 2, 10, 40, 90, 150, 200])
def test_interrupt_while_a_module_loads_exits_silently(module: int) -> None:
    command = [sys.executable, "-c", INTERRUPTED_AT, str(module), "list"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


TOLD_WHEN_IT_LISTENS = """
import gc, os
from subproc_cli.__main__ import run
gc.disable = lambda: os.write(2, b".")
run()
"""


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("delay", [0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3])
def test_interrupt_after_a_delay_exits_silently(delay: float) -> None:
    command = [sys.executable, "-c", TOLD_WHEN_IT_LISTENS, "check", "--fail-on", "never"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr
        assert process.stderr.read(1) == b"."
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert err == b""
    assert process.returncode == 130 or (process.returncode == 0 and out)  # or it was done already


SWALLOWED = """
import os, signal
from subproc_cli.cli import interrupts, main

class Pressed:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)

def wrapped(*_, **__):
    try:
        Pressed().__del__()
    except KeyboardInterrupt:
        raise RuntimeError("of a library")

def ignored(*_, **__):
    Pressed()

main.load_program = lambda: {case}
from subproc_cli.__main__ import run
run()
"""


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("case", ["wrapped", "ignored"])
def test_interrupt_swallowed_by_a_library_still_exits_130(case: str) -> None:
    command = [sys.executable, "-c", SWALLOWED.replace("{case}", case), "list"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_interrupt_ignored_by_the_parent_stays_ignored() -> None:
    """A shell without job control has it ignored there, and so it stays."""
    command = f"trap '' INT; exec '{sys.executable}' -c '{INTERRUPTED_AT}' 40 list"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_interruptible_fixture_works_when_the_parent_ignores_interrupts() -> None:
    tests = f"{__file__}::test_interrupt_while_a_module_loads_exits_silently[40]"
    command = f"trap '' INT; exec '{sys.executable}' -m pytest -q -p no:cacheprovider '{tests}'"
    done = in_shell(command, ROOT)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout, done.stdout


PAGER = "import time; print('the pager', flush=True); time.sleep(60)"


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("command", "awaited", "key", "code", "told"),
    [
        ("init new.yaml", b"Publisher of the list:", CTRL_C, 130, "subproc: nothing was written\r\n"),
        ("init new.yaml", b"Publisher of the list:", CTRL_D, 130, "subproc: nothing was written\r\n"),
        ("import page.md --into list.yaml", b"[y/N]", CTRL_C, 130, "subproc: nothing was written\r\n"),
        ("import page.md --into list.yaml", b"[y/N]", CTRL_D, 130, "subproc: nothing was written\r\n"),
        ("list -r list.yaml", b"the pager", CTRL_C, 0, "KeyboardInterrupt\r\n"),  # it is the pager's own
    ],
)
def test_interrupt_at_a_prompt_or_in_the_pager_writes_nothing(
    tmp_path: Path, command: str, awaited: bytes, key: bytes, code: int, told: str
) -> None:
    before = LIST.read_bytes()
    (tmp_path / "list.yaml").write_bytes(before)
    (tmp_path / "page.md").write_text("| Name | Purpose |\n| --- | --- |\n| Example Mail | Mail |\n", "utf-8")
    (tmp_path / "pager.py").write_text(PAGER, "utf-8")
    pager = f"{sys.executable} pager.py"
    done = talk(
        tmp_path, command.split(), [(awaited, key)], SUBPROC_PAGER=pager, LINES="5", PYTHON_COLORS="0"
    )
    assert done.code == code, done.shown
    assert done.shown.endswith(told), done.shown
    assert "subproc_cli" not in done.shown
    assert (tmp_path / "list.yaml").read_bytes() == before
    assert not (tmp_path / "new.yaml").exists()


C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A locale of nothing but ASCII, where Python is told not to help itself."""


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("show Ä -r Ä.yaml", 0, r"\xc4"),
        ("show Ö -r Ä.yaml", 2, r"there is no service '\xd6' in \xc4.yaml"),
        ("which named Ä -r Ä.yaml --explain", 0, r"is named \xc4"),
        ("which named Ä -r Ä.yaml -f json", 0, '"question": "named Ä"'),  # what programs read is in UTF-8
        ("diff old.yaml Ä.yaml", 0, r"-> Se\xf1or 2.0.0"),
        ("show other -r Ä.yaml", 0, "Rogerson's Quay ..."),
        ("set -r - other purpose mail", 0, "Rogerson’s Quay …"),
        ("init new.yaml --publisher Señor", 0, "new.yaml: created"),
        ("list -r Ä.yaml -o Ö.txt", 0, ""),
    ],
)
def test_arguments_outside_the_locale_are_read_and_escaped(
    tmp_path: Path, command: str, code: int, told: str
) -> None:
    text = "format: 1\npublisher: Señor\nversion: 2.0.0\ndate: 2024-01-01\nservices:\n  ae: {name: Ä}\n"
    text += "  other: {name: Other, notes: Rogerson’s Quay …}\n"
    (tmp_path / "Ä.yaml").write_text(text, "utf-8")
    (tmp_path / "old.yaml").write_text(text.replace("2.0.0", "1.0.0"), "utf-8")
    with (tmp_path / "Ä.yaml").open("rb") as given:
        done = subprocess.run(
            [*PROGRAM, *command.split()],
            stdin=given,
            cwd=tmp_path,
            env={**os.environ, **C_LOCALE},
            capture_output=True,
            check=False,
        )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("ascii")
    assert done.returncode == code
    assert told in out + err
    if command.startswith("init"):
        assert "publisher: Señor\n" in (tmp_path / "new.yaml").read_text("utf-8")
    if "-o" in command:
        assert "Other" in (tmp_path / "Ö.txt").read_text("utf-8")


@pytest.mark.usefixtures("interruptible")
def test_init_in_an_ascii_locale_accepts_unicode_answers(tmp_path: Path) -> None:
    typed = [(b"of the list:", "Señor\n".encode()), (b"Days", CTRL_C)]
    assert talk(tmp_path, ["init", "new.yaml"], typed, **C_LOCALE).code == 130
    answers = [(b"of the list:", "Señor\n".encode())]
    answers += [
        (each, b"\n")
        for each in (b"before a change?", b"to object?", b"send objections?", b"web page or table?")
    ]
    done = talk(tmp_path, ["init", "new.yaml"], [*answers, (b"Name of the service", b"\n")], **C_LOCALE)
    assert done.code == 0
    assert "publisher: Señor\n" in (tmp_path / "new.yaml").read_text("utf-8")


WITHOUT_LIBYAML = """
import sys
sys.modules["yaml.cyaml"] = None
from subproc_cli.__main__ import run
run()
"""


@pytest.mark.parametrize(
    "command", ["check -f json --at 2024-01-01", "which see email --why -f json", "fmt --diff"]
)
def test_command_without_libyaml_prints_the_same(command: str) -> None:
    with_it = run_in_process(command.split(), ROOT)
    program = [sys.executable, "-c", WITHOUT_LIBYAML]
    without = subprocess.run(
        [*program, *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert without.stderr == with_it.stderr == ""
    assert (without.returncode, without.stdout) == (with_it.returncode, with_it.stdout)
    assert with_it.stdout or command.startswith("fmt")


def test_yaml_error_without_libyaml_has_its_position(tmp_path: Path) -> None:
    (tmp_path / "registry.yaml").write_text("format: 1\nservices: {a: [}\n", "utf-8")
    command = [sys.executable, "-c", WITHOUT_LIBYAML, "list"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("registry.yaml:2:16: SP001 invalid-yaml: ")


@pytest.mark.parametrize(
    "command", ["list", "which see email --why", "show stripe", "matrix", "check --no-clock", "--help"]
)
@pytest.mark.parametrize(
    "environment", [{"COLUMNS": "1"}, {"COLUMNS": "0"}, {"COLUMNS": "x"}, {"TERM": "dumb"}, {"HOME": None}]
)
def test_command_in_an_unusual_environment_prints_no_error(
    command: str, environment: dict[str, str | None]
) -> None:
    given = {name: value for name, value in {**os.environ, **environment}.items() if value is not None}
    done = run_in_process(command.split(), ROOT, given)
    assert done.returncode == 0
    assert done.stderr == ""
    assert 1 < len(done.stdout.splitlines()) < 1000


@pytest.mark.parametrize(
    ("zone", "code", "message"),
    [
        ("Nowhere/At_all", 0, ""),
        (":", 0, ""),
        (":/dev/zero", 2, "subproc: TZ: ':/dev/zero' is not a time zone: Invalid TZif file: magic not found"),
    ],
)
def test_invalid_time_zone_is_ignored_or_named(zone: str, code: int, message: str) -> None:
    done = subprocess.run(
        [*PROGRAM, "export", "page", "--lang", "de"],
        cwd=ROOT,
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.partition(" (")[0]) == (code, message)


@pytest.mark.parametrize("given", [{}, {"COMP_WORDS": "subproc show ", "COMP_CWORD": "x"}])
def test_completion_with_an_incomplete_environment_prints_nothing(given: dict[str, str]) -> None:
    environment = os.environ | {"_SUBPROC_COMPLETE": "complete_bash"} | given
    done = subprocess.run(PROGRAM, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


@pytest.mark.parametrize("command", ["diff HEAD", "log", "check --against HEAD"])
def test_command_without_git_says_that_it_is_not_installed(command: str, tmp_path: Path) -> None:
    (tmp_path / "registry.yaml").write_bytes((ROOT / "registry.yaml").read_bytes())
    done = subprocess.run(
        [*PROGRAM, *command.split()],
        cwd=tmp_path,
        env=os.environ | {"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stdout == "" or command.startswith("check")  # what can be checked without git is
    assert "git is not installed" in done.stderr
    assert "git init" not in done.stderr


RUN_EACH = """
import sys
from subproc_cli.cli.main import main
for command in sys.argv[1:]:
    print(">>>", command, flush=True)
    print(">>> ended with", main(command.split()), flush=True)
"""


def test_program_without_docstrings_prints_the_same() -> None:
    commands = [
        "--help",
        "which --help",
        "export --help",
        "which see email",
        "check --no-clock",
        "rule missing-data",
    ]
    outputs = [
        subprocess.run(
            [sys.executable, *options, "-c", RUN_EACH, *commands],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for options in ((), ("-OO",))
    ]
    assert outputs[0] == outputs[1]
    for command in commands:
        assert re.search(f"^>>> {command}\n.+\n>>> ended with 0$", outputs[0], re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("list", 3, "the current folder no longer exists (change to another folder)"),
        ("check", 3, "the current folder no longer exists (change to another folder)"),
        ("diff HEAD", 3, "the current folder no longer exists (change to another folder)"),
        ("init --publisher Example", 2, "registry.yaml: cannot be written: No such file or directory"),
        ("notice --eject out", 2, "out: cannot be created: No such file or directory"),
        ("import page.md", 3, "page.md: no such file (the folder has no .md file)"),
        (f"list -q -r {LIST}", 0, ""),
    ],
)
def test_command_in_a_deleted_folder_reports_it(tmp_path: Path, command: str, code: int, told: str) -> None:
    line = f"mkdir gone; cd gone; rmdir ../gone; exec '{sys.executable}' -m subproc_cli {command}"
    done = in_shell(line, tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr == (f"subproc: {told}\n" if told else "")
