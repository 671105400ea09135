"""Runs the installed command and returns what it prints.

The command is found by its name among the console scripts, so that no name of the program's Python is used here.
Starting Python and loading the program takes most of the time of a short command. So one worker process loads
it once, and each command runs in a fork of this worker: it cannot change anything for the next one. A fork takes
longer than most commands, so what is only compared with its recording runs in the worker itself. Run as a script,
this file is that worker, and needs nothing but the standard library.
"""

import base64
import contextlib
import gc
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import IO, Any, NamedTuple

COMMAND = "subproc"
LIMIT = 120
"""Seconds after which a command is stopped by a signal."""
ENVIRONMENT = {
    "COLUMNS": "80",
    "GIT_AUTHOR_EMAIL": "golden@example.com",
    "GIT_AUTHOR_NAME": "Golden Example",
    "GIT_COMMITTER_EMAIL": "golden@example.com",
    "GIT_COMMITTER_NAME": "Golden Example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "LINES": "24",
    "NO_COLOR": "1",
    "TERM": "dumb",
    "TZ": "UTC",
}
"""The whole environment of a command, with these few that lead to programs and libraries."""
PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONHASHSEED")


class Outcome(NamedTuple):
    """The exit code of a command and all that it printed."""

    code: int
    stdout: bytes
    stderr: bytes


def get_environment(home: Path) -> dict[str, str]:
    """Return the environment of a command: nothing of a CI, a terminal or a user's settings is in it."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    # A list in a folder that lies in somebody's repository must not be taken for a list of that repository.
    return {**passed_on, **ENVIRONMENT, "HOME": str(home), "GIT_CEILING_DIRECTORIES": str(home.resolve())}


class Program:
    """The command, ready to run.

    Args:
        home: the folder of all folders in which it will run.
        warm_up: commands to run once in the worker itself, so that what they load need not be loaded again;
            this halves the time of the other commands.
        is_fresh: start a new Python for each command. This is slow, and shows that forks change nothing.
        is_shared: run all commands in the worker, where a command could find what an earlier one has left.
    """

    def __init__(
        self,
        home: Path,
        warm_up: Sequence[Sequence[str]] = (),
        *,
        folder: Path | None = None,
        is_fresh: bool = False,
        is_shared: bool = False,
    ) -> None:
        self._environment = get_environment(home)
        self._is_shared = is_shared
        self._worker: subprocess.Popen[str] | None = None
        if not is_fresh:
            self._worker = subprocess.Popen(
                [*_PYTHON, __file__, "--serve"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env=self._environment,
                cwd=folder or home,
            )
            self._ask({"warm_up": [list(arguments) for arguments in warm_up]})

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            assert self._worker.stdin is not None
            assert self._worker.stdout is not None
            self._worker.stdin.close()
            self._worker.wait()
            self._worker.stdout.close()

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        *,
        environment: Mapping[str, str] | None = None,
        stdin: Path | None = None,
    ) -> Outcome:
        """Run the command in a folder, with variables on top of the fixed environment, and a file as its input."""
        if self._worker is None:
            with (stdin or Path(os.devnull)).open("rb") as given:
                done = subprocess.run(
                    [*_PYTHON, __file__, *arguments],
                    stdin=given,
                    capture_output=True,
                    cwd=folder,
                    env={**self._environment, **(environment or {})},
                    check=False,
                    timeout=LIMIT,
                )
            return Outcome(done.returncode, done.stdout, done.stderr)
        reply = self._ask(
            {
                "arguments": list(arguments),
                "folder": str(folder),
                "environment": dict(environment or {}),
                "stdin": str(stdin or os.devnull),
                "is_shared": self._is_shared,
            }
        )
        return Outcome(reply["code"], base64.b64decode(reply["stdout"]), base64.b64decode(reply["stderr"]))

    def _ask(self, request: dict[str, Any]) -> Any:
        assert self._worker is not None
        assert self._worker.stdin is not None
        assert self._worker.stdout is not None
        self._worker.stdin.write(json.dumps(request) + "\n")
        self._worker.stdin.flush()
        reply = self._worker.stdout.readline()
        if not reply:
            raise RuntimeError(f"the worker has ended, with {self._worker.wait()}, at {request}")
        return json.loads(reply)


_PYTHON = (sys.executable, "-P")
"""Without the folder of this script on the path of modules, where the program could find them."""


def find_entry() -> EntryPoint:
    """Return the console script, as the installer has registered it.

    Raises:
        LookupError: it is not installed for this Python.
    """
    found = next(iter(entry_points(group="console_scripts", name=COMMAND)), None)
    if found is None:
        raise LookupError(f"{COMMAND} is not installed for {sys.executable}: run make test once")
    return found


def find_version() -> str:
    """Return the version of the program that is installed."""
    distribution = find_entry().dist
    assert distribution is not None
    return distribution.version


def _serve() -> None:
    """Answer requests, a line of JSON each, until there are no more."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for stream in (0, 1):
        os.dup2(os.open(os.devnull, os.O_RDWR), stream)
    run = find_entry().load()
    for line in requests:
        request = json.loads(line)
        if "warm_up" in request:
            _warm_up(run, request["warm_up"])
            reply: dict[str, Any] = {}
        else:
            with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
                execute = _run_here if request["is_shared"] else _run_in_fork
                code = execute(run, request, stdout.fileno(), stderr.fileno())
                reply = {"code": code, "stdout": _read_back(stdout), "stderr": _read_back(stderr)}
        print(json.dumps(reply), file=replies, flush=True)


def _warm_up(run: Callable[[], object], commands: list[list[str]]) -> None:
    """Run commands in this process, and leave nothing of them but loaded modules and filled caches."""
    finders, stderr = list(sys.meta_path), os.dup(2)
    os.dup2(1, 2)
    for arguments in commands:
        sys.argv = [COMMAND, *arguments]
        with contextlib.suppress(SystemExit):
            run()
        sys.stdout.flush()
        sys.stderr.flush()
    os.dup2(stderr, 2)
    sys.meta_path[:] = finders
    sys.unraisablehook = sys.__unraisablehook__
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Objects that the collector does not look at any more are not written to, so forks share their memory.
    gc.collect()
    gc.freeze()
    gc.enable()


def _read_back(stream: IO[bytes]) -> str:
    stream.seek(0)
    return base64.b64encode(stream.read()).decode("ascii")


def _run_in_fork(run: Callable[[], object], request: dict[str, Any], stdout: int, stderr: int) -> int:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = _run_command(run, request, stdout, stderr)
        finally:  # a fork must not go on as a second worker, whatever happens
            if sys.exc_info()[0] is not None:
                traceback.print_exc()
                sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run_here(run: Callable[[], object], request: dict[str, Any], stdout: int, stderr: int) -> int:
    """Run a command in this process, and undo what it changes of the process."""
    environment, finders, folder = dict(os.environ), list(sys.meta_path), Path.cwd()
    unread = io.BufferedReader(io.FileIO(0, closefd=False))
    sys.stdin = io.TextIOWrapper(unread, "utf-8")  # nothing of the input of an earlier command is in it
    freeze = gc.freeze
    gc.freeze = lambda: None  # it would keep for ever what the command has left
    try:
        return _run_command(run, request, stdout, stderr)
    finally:
        gc.freeze = freeze
        gc.enable()
        signal.alarm(0)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = sys.__unraisablehook__
        sys.meta_path[:] = finders
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        _lead_to_nowhere()


def _lead_to_nowhere() -> None:
    """Lead the standard streams to nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _run_command(run: Callable[[], object], request: dict[str, Any], stdout: int, stderr: int) -> int:
    """Return the exit code of a command that runs in this process."""
    given = os.open(request["stdin"], os.O_RDONLY)
    signal.alarm(LIMIT)
    os.chdir(request["folder"])
    os.environ.update(request["environment"])
    for file, stream in ((given, 0), (stdout, 1), (stderr, 2)):
        os.dup2(file, stream)
    os.close(given)
    sys.argv = [COMMAND, *request["arguments"]]
    try:
        run()
    except SystemExit as left:
        code = _to_code(left.code)
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _to_code(left: object) -> int:
    """Return the exit code that Python makes of what `sys.exit` was given."""
    if left is None:
        return 0
    if isinstance(left, int):
        return left & 0xFF
    sys.stderr.write(f"{left}\n")
    return 1


if __name__ == "__main__":
    if sys.argv[1:] == ["--serve"]:
        _serve()
    else:
        find_entry().load()()
