"""Reads what is recorded: the commands of `commands.toml`, and the folders of `lists/` in which they run."""

import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from golden.program import COMMAND, get_environment

HERE = Path(__file__).parent
LISTS = HERE / "lists"
REPOSITORY = HERE.parent.parent
SETTINGS = "case.toml"
KINDS = ("machine", "text")
"""The two sets: what programs read, and what people read."""
FIELDS = frozenset({"at", "sent", "groups", "repository", "commits", "shallow", "services", *KINDS})
_BRACES = re.compile(r"\{([^{}\s]*,[^{}\s]*)\}")
_ASSIGNMENTS = re.compile(r"""(?:[A-Z_]+=(?:"[^"]*"|\S*)(?:\s+|$))+""")


class Step(NamedTuple):
    """One run of the program: as it is typed, its arguments, variables of the environment, and a file as its input."""

    typed: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    stdin: str | None


class Command(NamedTuple):
    """A line of the table with everything filled in; its steps run one after the other in one folder."""

    kind: str
    steps: tuple[Step, ...]

    @property
    def head(self) -> str:
        """What is typed, by which a recording names the command."""
        return " && ".join(step.typed for step in self.steps)


class Case(NamedTuple):
    """A folder with lists, and what is asked in it."""

    name: str
    settings: Mapping[str, Any]

    @property
    def folder(self) -> Path:
        """The folder that holds the files."""
        return LISTS / self.name

    def list_files(self) -> dict[str, Path]:
        """Return the files to begin with, by the names that they have for the commands."""
        own = {
            str(path.relative_to(self.folder)): path
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }
        own.pop(SETTINGS, None)
        return own | {name: REPOSITORY / path for name, path in self.settings.get("repository", {}).items()}

    def build(self, folder: Path) -> None:
        """Write the files to a new folder, and make it a git repository if the case has commits."""
        files = self.list_files()
        commits: Sequence[Mapping[str, Any]] = self.settings.get("commits", ())
        origin = folder.with_name(f"{folder.name}-origin") if self.settings.get("shallow") else folder
        origin.mkdir(parents=True)
        if commits:
            _git(origin, "init", "--quiet", "--initial-branch", "main")
        for commit in commits:
            for name, source in commit["files"].items():
                shutil.copy(files.pop(source, REPOSITORY / source), origin / name)
            _git(origin, "add", "--all")
            moment = f"{commit['day']}T12:00:00Z"
            _git(origin, "commit", "--quiet", "--message", commit["says"], day=moment)
        if origin != folder:
            _git(origin.parent, "clone", "--quiet", "--depth", "1", f"file://{origin}", str(folder))
            shutil.rmtree(origin)
        for name, source_path in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source_path, folder / name)

    def list_commands(self, find_names: Callable[[], Sequence[str]]) -> list[Command]:
        """Return all commands of the case, each once.

        Args:
            find_names: returns the commands of the program, for $COMMAND.
        """
        found: dict[str, Command] = {}
        for section in (*(read_groups()[group] for group in self._find_groups()), self.settings):
            for kind in KINDS:
                for template in section.get(kind, "").splitlines():
                    for line in self._fill_in(template, find_names):
                        found.setdefault(line, Command(kind, tuple(_parse(line))))
        return list(found.values())

    def _find_groups(self) -> list[str]:
        """Return the groups of commands that run here: those of its settings, or those that its files are made for."""
        if "groups" in self.settings:
            return list(self.settings["groups"])
        files = self.list_files()
        return [*(["list"] if "registry.yaml" in files else []), *(["pair"] if "old.yaml" in files else [])]

    def _fill_in(self, template: str, find_names: Callable[[], Sequence[str]]) -> Iterator[str]:
        if not template.strip() or template.startswith("#"):
            return
        values = {
            "AT": [str(self.settings.get("at", "2026-11-20"))],
            "SENT": [str(self.settings.get("sent", "2026-03-02"))],
            "CUSTOMERS": [name for name in self.list_files() if name.startswith("customers")],
            "QUESTION": read_questions(),
            "SERVICE": self.settings.get("services", ()),
            "COMMAND": find_names() if "$COMMAND" in template else (),
        }
        yield from _expand(template.strip(), values)


def load_cases() -> dict[str, Case]:
    """Return all cases by their names.

    Raises:
        ValueError: a case has a setting that means nothing.
    """
    cases = {}
    for folder in sorted(path for path in LISTS.iterdir() if path.is_dir()):
        file = folder / SETTINGS
        settings = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
        if unknown := settings.keys() - FIELDS:
            raise ValueError(f"{file}: {', '.join(sorted(unknown))} means nothing here")
        cases[folder.name] = Case(folder.name, settings)
    return cases


@cache
def read_groups() -> Mapping[str, Mapping[str, str]]:
    """Return the table of commands, by groups."""
    groups: Mapping[str, Mapping[str, str]] = _read_table()["group"]
    return groups


@cache
def read_questions() -> tuple[str, ...]:
    """Return the questions that are put to every list for which there is a $QUESTION."""
    return tuple(line for line in _read_table()["questions"].splitlines() if line)


@cache
def _read_table() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "commands.toml").read_text("utf-8"))


def _expand(template: str, values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a line for every choice of {one,another}, and for every value of a $NAME."""
    if braces := _BRACES.search(template):
        for choice in braces[1].split(","):
            yield from _expand(template[: braces.start()] + choice + template[braces.end() :], values)
        return
    for name, choices in values.items():
        if f"${name}" in template:
            for choice in choices:
                yield from _expand(template.replace(f"${name}", choice), values)
            return
    yield template


def _parse(line: str) -> Iterator[Step]:
    for part in line.split(" && "):
        assignments = _ASSIGNMENTS.match(part)
        set_first = assignments[0] if assignments else ""
        typed = f"{set_first.rstrip()} {COMMAND} {part.removeprefix(set_first)}".strip()
        environment = dict(word.split("=", 1) for word in shlex.split(set_first))
        words, stdin = shlex.split(part.removeprefix(set_first)), None
        if "<" in words[:-1]:
            stdin = words[-1]
            del words[-2:]
        yield Step(typed, tuple(words), environment, stdin)


def _git(folder: Path, *arguments: str, day: str = "") -> None:
    environment = get_environment(folder.parent)
    if day:
        environment |= {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    git = shutil.which("git")
    assert git
    subprocess.run([git, *arguments], cwd=folder, env=environment, check=True, capture_output=True)
