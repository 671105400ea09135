"""Runs the steps of action.yml and the script of the GitLab template by bash, next to a GitHub API on this machine."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from subproc_cli.yaml.libyaml import yaml
from warm_program import start_program

ROOT = Path(__file__).parent.parent.parent
BASH = shutil.which("bash") or "bash"
GIT = shutil.which("git") or "git"
LIMIT = 65_536
"""Characters of a comment that GitHub accepts."""
PAGE = 2
"""Comments of a page; GitHub has up to a hundred."""


class GitHub:
    """The part of GitHub's API that comments need.

    Attributes:
        comments: the comments of pull request 7, by id.
        failing: the status of every answer to a method, such as `{"POST": 403}`.
    """

    def __init__(self) -> None:
        self.comments: dict[int, dict[str, Any]] = {}
        self.failing: dict[str, int] = {}
        self.address = ""

    @property
    def bodies(self) -> list[str]:
        return [comment["body"] for comment in self.comments.values()]

    def answer(self, method: str, url: str, data: Any) -> tuple[int, Any, dict[str, str]]:
        if method in self.failing:
            return self.failing[method], {"message": "Resource not accessible by integration"}, {}
        parts = urlsplit(url)
        if method == "GET":
            page = int(parse_qs(parts.query).get("page", ["1"])[0])
            chosen = [*self.comments.values()][(page - 1) * PAGE : page * PAGE]
            has_more = len(self.comments) > page * PAGE
            next_page = f"{parts.scheme}://{parts.netloc}{parts.path}?page={page + 1}"
            return 200, chosen, {"Link": f'<{next_page}>; rel="next"'} if has_more else {}
        if len(data["body"]) > LIMIT:
            return 422, {"message": "Validation Failed"}, {}
        if method == "POST":
            assert parts.path.endswith("/repos/o/r/issues/7/comments")
            number = 1000 + len(self.comments)
        else:
            number = int(parts.path.rpartition("/issues/comments/")[2])
        self.comments[number] = {"id": number, "user": {"type": "Bot"}, "body": data["body"]}
        return 201, self.comments[number], {}


@contextmanager
def serve(github: GitHub) -> Iterator[None]:
    """Let a GitHub answer on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, record, headers = github.answer(
                self.command, self.path, json.loads(content) if content else None
            )
            answer = json.dumps(record).encode()
            self.send_response(status)
            for name, value in {
                **headers,
                "Content-Type": "application/json",
                "Content-Length": str(len(answer)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    for method in ("GET", "POST", "PATCH"):
        setattr(Handler, f"do_{method}", Handler.handle_any)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    github.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class StepResult(NamedTuple):
    """What a step did."""

    code: int
    output: str


class ActionRun(NamedTuple):
    """What a run of the action did: the steps by name, the outputs, the summary of the job."""

    steps: dict[str, StepResult]
    outputs: dict[str, str]
    summary: str

    @property
    def code(self) -> int:
        """The exit code of the first step that failed."""
        return next((step.code for step in self.steps.values() if step.code), 0)

    @property
    def log(self) -> str:
        return "".join(step.output for step in self.steps.values())


def run_action(
    folder: Path,
    scratch: Path,
    github: GitHub | None = None,
    *,
    event: Mapping[str, Any],
    inputs: Mapping[str, str] | None = None,
) -> ActionRun:
    """Run the steps of action.yml in a folder, as the runner of GitHub does; other actions are left out.

    An event has a name, a payload and perhaps variables of the environment of its runner.
    """
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for name in ("output", "summary"):
        (scratch / name).write_text("", encoding="utf-8")
    values = {f"inputs.{name}": str(given.get("default", "")) for name, given in action["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in (inputs or {}).items()}
    values |= _flatten("github.event", event["payload"])
    values |= {
        "github.event_name": event["name"],
        "github.action_path": str(ROOT),
        "github.repository": "o/r",
        "github.server_url": "http://github.localhost",
        "github.run_id": "5",
        "github.token": "secret",
        "runner.temp": str(scratch),
        "steps.python.outputs.python-path": str(_write_python(scratch)),
    }
    base = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI", "SUBPROC"))
    }
    base |= {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(folder),
        "GITHUB_OUTPUT": str(scratch / "output"),
        "GITHUB_STEP_SUMMARY": str(scratch / "summary"),
        "RUNNER_TEMP": str(scratch),
        "GH_CONFIG_DIR": str(scratch / "gh"),
        "HTTP_PROXY": github.address if github else "http://127.0.0.1:9",
        **event.get("environment", {}),
    }
    steps: dict[str, StepResult] = {}
    has_failed = False
    for step in action["runs"]["steps"]:
        if "run" not in step or not _holds(step.get("if", ""), values, has_failed=has_failed):
            continue
        own = {name: _replace(str(value), values) for name, value in step.get("env", {}).items()}
        command = [BASH, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            command,
            cwd=folder,
            env=base | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        steps[step["name"]] = StepResult(done.returncode, done.stdout)
        has_failed = has_failed or done.returncode != 0
        if "id" in step:
            outputs = _read_outputs((scratch / "output").read_text(encoding="utf-8"))
            values |= {f"steps.{step['id']}.outputs.{name}": value for name, value in outputs.items()}
        (scratch / "output").write_text("", encoding="utf-8")
    outputs = {name: _replace(given["value"], values) for name, given in action["outputs"].items()}
    return ActionRun(steps, outputs, (scratch / "summary").read_text(encoding="utf-8"))


def _flatten(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        return {
            key: text
            for part, inner in value.items()
            for key, text in _flatten(f"{name}.{part}", inner).items()
        }
    return {name: str(value)}


def _replace(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{\s*(.+?)\s*\}\}", lambda found: values.get(found[1], ""), text)


def _holds(condition: str, values: Mapping[str, str], *, has_failed: bool) -> bool:
    """Return whether a step runs; without a function of the status it does not run after a failure."""
    if "cancelled()" not in condition and has_failed:
        return False
    parts = [part.strip() for part in condition.strip().removeprefix("${{").removesuffix("}}").split("&&")]
    return all(_is_true(part, values) for part in parts if part)


def _is_true(part: str, values: Mapping[str, str]) -> bool:
    if part == "!cancelled()":
        return True
    found = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", part)
    if not found:
        assert re.fullmatch(r"[\w.-]+", part), part
        return values.get(part, "") not in ("", "0", "false")
    return (values.get(found[1], "") == found[3]) is (found[2] == "==")


def _read_outputs(text: str) -> dict[str, str]:
    outputs: dict[str, str] = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, mark, end = line.partition("<<")
        if mark and "=" not in name:
            outputs[name] = "\n".join(iter(lines.__next__, end))
        else:
            name, _, outputs_value = line.partition("=")
            outputs[name] = outputs_value
    return outputs


def _write_python(scratch: Path) -> Path:
    """Return a program in the place of Python, whose environments have the program under test."""
    python = scratch / "python"
    link = f'#!/bin/sh\nmkdir -p "$4/bin"\nln -s /bin/true "$4/bin/python"\nln -s "{sys.executable}" "$4/bin/real"\n'
    program = _write_program(scratch / "programs") / "subproc"
    python.write_text(f'{link}ln -s "{program}" "$4/bin/subproc"\n', encoding="utf-8")
    python.chmod(0o755)
    return python


def _write_program(folder: Path) -> Path:
    """Write the program under test to a folder, in a form that starts at once, and return the folder."""
    folder.mkdir(exist_ok=True)
    (folder / "subproc").write_text(start_program(ROOT / "registry.yaml"), encoding="utf-8")
    (folder / "subproc").chmod(0o755)
    return folder


def run_gitlab(folder: Path, inputs: Mapping[str, str] | None = None, **variables: str) -> StepResult:
    """Run the script of the GitLab template in a folder, as the runner of GitLab does."""
    header, job = yaml.safe_load_all((ROOT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
    values = {f"inputs.{name}": str(given["default"]) for name, given in header["spec"]["inputs"].items()}
    values |= {f"inputs.{name}": value for name, value in (inputs or {}).items()}

    def insert(text: Any) -> str:
        return re.sub(r"\$\[\[ (\S+) \]\]", lambda found: values[found[1]], str(text))

    own = {name: insert(value) for name, value in job["subproc"]["variables"].items()}
    base = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI", "SUBPROC"))
    }
    base |= {"GITLAB_CI": "true", "CI": "true", "CI_PROJECT_DIR": str(folder), **own, **variables}
    base["PATH"] = f"{_write_program(folder.parent / 'programs')}{os.pathsep}{base['PATH']}"
    script = "\n".join(insert(line) for line in job["subproc"]["script"])
    done = subprocess.run(
        [BASH, "-c", f"set -eo pipefail\n{script}"],
        cwd=folder,
        env=base,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return StepResult(done.returncode, done.stdout)
