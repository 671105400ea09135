"""Finds the revisions that a command reports on."""

import os
from collections.abc import Iterator
from pathlib import Path

from subproc_cli.cli.console import print_stderr
from subproc_cli.cli.memory import collect_garbage_rarely
from subproc_cli.cli.progress import count
from subproc_cli.cli.registry_file import find_registry_path, parse_day_option
from subproc_cli.enums import Level
from subproc_cli.errors import ReadError, UsageError
from subproc_cli.history.git import explain_missing
from subproc_cli.history.report import LogReport, build_log_entry
from subproc_cli.history.revision_names import format_different_content
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.history.timeline import (
    GitSnapshots,
    HistoryEntry,
    Snapshots,
    iter_history,
    list_folder_snapshots,
)
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import STDIN, suggest_file
from subproc_cli.suggest import find_nearest


def load_log(registry: str | None, service: str | None, since: str | None, level: Level | None) -> LogReport:
    """Return what each revision changed; of one service, under all ids that it has had.

    Raises:
        ReadError: there is no history.
        UsageError: no revision has such a service.
    """
    path = find_registry_path(registry)
    first_day = parse_day_option(since, "--since").isoformat() if since else ""
    snapshots = _find_snapshots(path)
    ids = _ServiceIds(service) if service else None
    entries = []
    for entry in _iter_entries(path, snapshots, "" if service else first_day):  # it may have had other ids
        if entry.new and ids:
            ids.add(entry.new)
        logged = build_log_entry(entry)
        entries += [logged] if logged.date >= first_day else []
    shallow_hint = _find_shallow_hint(path)
    if shallow_hint:
        print_stderr(f"subproc: {shallow_hint}; older revisions are missing")
    return LogReport(tuple(entries), ids.find() if ids else frozenset(), level)


def find_history_path(registry: str | None, folder: str | None) -> str:
    """Return where revisions are: in a folder, or in the history of the list.

    Raises:
        ReadError: no list is named, and there is none.
        UsageError: a folder and a list are named; a list of the environment does not count.
    """
    if not folder:
        return find_registry_path(registry)
    if registry not in (None, os.environ.get("SUBPROC_REGISTRY")):
        raise UsageError("--folder and --registry cannot be used together", "choose one")
    return folder


def load_complete_history(path: str) -> tuple[HistoryEntry, ...]:
    """Return the changes of each revision of a list or of a folder, oldest first, for publication.

    Raises:
        ReadError: there is no history, or older revisions may be missing.
        UsageError: the list comes from standard input.
    """
    return tuple(iter_complete_history(path, find_complete_snapshots(path)))


def find_complete_snapshots(path: str) -> Snapshots:
    """Return the revisions of a list or of a folder for publication.

    Raises:
        ReadError: there is no history, or older revisions may be missing.
        UsageError: the list comes from standard input.
    """
    shallow_hint = _find_shallow_hint(path)
    if shallow_hint:
        raise ReadError(f"{path}: its older revisions may be missing", shallow_hint)
    return _find_snapshots(path)


def iter_complete_history(path: str, snapshots: Snapshots, since: str = "") -> Iterator[HistoryEntry]:
    """Yield the changes of each revision, oldest first, and warn of ambiguous versions at the end."""
    commits_by_version: dict[str, list[str]] = {}
    for entry in _iter_entries(path, snapshots, since):
        yield entry
        if entry.same_version and entry.new:
            version = entry.new.model.version
            commits_by_version.setdefault(version, [entry.same_version.name]).append(entry.file_commit.name)
    for version, commits in commits_by_version.items():
        print_stderr(f"subproc: {sanitize_line(format_different_content(version, commits))}")


def _iter_entries(path: str, snapshots: Snapshots, since: str) -> Iterator[HistoryEntry]:
    collect_garbage_rarely()
    is_cut_off = bool(_find_shallow_hint(path))
    with count(len(snapshots), "revisions") as finish_step:
        for entry in iter_history(snapshots, is_cut_off=is_cut_off, since=since):
            yield entry
            finish_step()


def _find_shallow_hint(path: str) -> str:
    """Return what to do if the git history of a list is cut off; empty if it is complete."""
    repository = None if path == STDIN or os.path.isdir(path) else RevisionResolver(path).repository
    return repository.get_shallow_hint() if repository else ""


def _find_snapshots(path: str) -> Snapshots:
    """Return the revisions of a list or of a folder.

    Raises:
        ReadError: there are none.
        UsageError: the list comes from standard input.
    """
    if path == STDIN:
        raise UsageError("standard input has no history", "name a file or a folder of revisions")
    snapshots: Snapshots
    if os.path.isdir(path):
        snapshots = list_folder_snapshots(Path(path))
    else:
        resolver = RevisionResolver(path)
        if resolver.repository is None:
            raise _build_no_history_error(path, in_git=False)
        snapshots = GitSnapshots(resolver.repository, resolver.get_path_in(resolver.repository))
    if not len(snapshots):
        raise _build_no_history_error(path)
    return snapshots


def _build_no_history_error(path: str, *, in_git: bool = True) -> ReadError:
    if os.path.isdir(path):
        return ReadError(f"{path}: no registry (*.yaml) in this folder")
    if not os.path.lexists(path):
        return ReadError(f"{path}: no such file or folder", suggest_file(Path(path)))
    if not in_git:
        message = f"{explain_missing(path)}, so there is no history"
        return ReadError(message, "name a folder of revisions: --registry FOLDER")
    return ReadError(f"{path}: the file has never been committed", "commit it first")


class _ServiceIds:
    """The ids that a service has had, collected from each revision, oldest first."""

    def __init__(self, word: str) -> None:
        """Begin to collect the ids of the service that an id or a name selects."""
        self._word = word
        self._former_ids: dict[str, set[str]] = {}
        self._ids_by_name: dict[str, str] = {}
        self._latest: Registry | None = None

    def add(self, registry: Registry) -> None:
        """Collect the ids and names of a revision."""
        for key, service in registry.model.services.items():
            self._former_ids[key] = set(service.formerly)
            self._ids_by_name |= {service.name: key, key: key}
        if registry.find_ids_by_name(self._word):
            self._latest = registry

    def find(self) -> frozenset[str]:
        """Return the id of the service, with its earlier and later ids.

        Raises:
            UsageError: no revision has such a service, or the latest that has one has several.
        """
        ids = {self._word if self._word in self._former_ids else self._find_by_name()}
        while True:
            related_ids = {key for key, former in self._former_ids.items() if former & ids}
            related_ids |= {former for key in ids for former in self._former_ids.get(key, ())}
            if related_ids <= ids:
                return frozenset(ids)
            ids |= related_ids

    def _find_by_name(self) -> str:
        """Return the id of the service with the name, from the latest revision that has such a service."""
        if self._latest:
            return self._latest.find_service(self._word)[0]
        closest = find_nearest(self._word, self._ids_by_name)
        hint = f"did you mean {self._ids_by_name[closest]}?" if closest else "see: subproc list --all"
        raise UsageError(f"no revision has a service {self._word!r}", hint)
