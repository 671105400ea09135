"""Finds the revisions that a command reports on."""

import gc
import os
from pathlib import Path

from subproc_cli.cli.console import print_stderr
from subproc_cli.cli.progress import track
from subproc_cli.cli.registry_file import find_registry_path, parse_day_option
from subproc_cli.errors import ReadError, UsageError
from subproc_cli.history.git import is_installed
from subproc_cli.history.revision_names import format_different_content
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.history.timeline import (
    HistoryEntry,
    Snapshot,
    iter_folder_snapshots,
    iter_git_snapshots,
    iter_history,
)
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry.source import STDIN, suggest_file
from subproc_cli.suggest import find_nearest


def load_selected_history(
    registry: str | None, service: str | None, since: str | None
) -> tuple[tuple[HistoryEntry, ...], frozenset[str]]:
    """Return the changes of each revision, oldest first, and all ids that a service has had.

    Raises:
        ReadError: there is no history.
        UsageError: no revision has such a service.
    """
    path = find_registry_path(registry)
    first_day = parse_day_option(since, "--since").isoformat() if since else ""
    entries = _load_history(path, "" if service else first_day)  # a service may have had other ids before
    shallow_hint = _find_shallow_hint(path)
    if shallow_hint:
        print_stderr(f"subproc: {shallow_hint}; older revisions are missing")
    selected = tuple(entry for entry in entries if _get_date(entry) >= first_day)
    return selected, _collect_ids(entries, service) if service else frozenset()


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
    shallow_hint = _find_shallow_hint(path)
    if shallow_hint:
        raise ReadError(f"{path}: its older revisions may be missing", shallow_hint)
    entries = _load_history(path)
    _warn_of_ambiguous_versions(entries)
    return entries


def _load_history(path: str, since: str = "") -> tuple[HistoryEntry, ...]:
    gc.enable()  # each revision frees most of what it needs
    snapshots = _load_snapshots(path)
    if not snapshots:
        raise _build_no_history_error(path)
    is_cut_off = bool(_find_shallow_hint(path))
    return tuple(iter_history(track(snapshots, "revisions"), is_cut_off=is_cut_off, since=since))


def _warn_of_ambiguous_versions(entries: tuple[HistoryEntry, ...]) -> None:
    """Warn of a version that revisions with different content share."""
    commits_by_version: dict[str, list[str]] = {}
    for entry in entries:
        if entry.same_version and entry.new:
            version = entry.new.model.version
            commits_by_version.setdefault(version, [entry.same_version.name]).append(entry.file_commit.name)
    for version, commits in commits_by_version.items():
        print_stderr(f"subproc: {sanitize_line(format_different_content(version, commits))}")


def _find_shallow_hint(path: str) -> str:
    """Return what to do if the git history of a list is cut off; empty if it is complete."""
    repository = None if path == STDIN or os.path.isdir(path) else RevisionResolver(path).repository
    return repository.get_shallow_hint() if repository else ""


def _load_snapshots(path: str) -> list[Snapshot]:
    if path == STDIN:
        raise UsageError("standard input has no history", "name a file or a folder of revisions")
    if os.path.isdir(path):
        return list(iter_folder_snapshots(Path(path)))
    resolver = RevisionResolver(path)
    if resolver.repository is None:
        raise _build_no_history_error(path, in_git=False)
    return list(iter_git_snapshots(resolver.repository, resolver.get_path_in(resolver.repository)))


def _build_no_history_error(path: str, *, in_git: bool = True) -> ReadError:
    if os.path.isdir(path):
        return ReadError(f"{path}: no registry (*.yaml) in this folder")
    if not os.path.lexists(path):
        return ReadError(f"{path}: no such file or folder", suggest_file(Path(path)))
    if not in_git:
        message = f"{path} is not in a git repository" if is_installed() else "git is not installed"
        message += ", so it has no history"
        return ReadError(message, "name a folder of revisions with --registry FOLDER")
    return ReadError(f"{path}: the file has never been committed", "commit it first")


def _get_date(entry: HistoryEntry) -> str:
    return entry.new.model.date.isoformat() if entry.new else entry.file_commit.day


def _find_id_by_name(entries: tuple[HistoryEntry, ...], name: str) -> str:
    """Return the id of the service that has a name, in the latest revision in which one has it."""
    ids_by_name: dict[str, str] = {}
    for registry in (entry.new for entry in reversed(entries) if entry.new):
        if registry.find_ids_by_name(name):
            return registry.find_service(name)[0]
        for key, service in registry.model.services.items():
            ids_by_name |= {service.name: key, key: key}
    closest = find_nearest(name, ids_by_name)
    hint = f"did you mean {ids_by_name[closest]}?" if closest else "see: subproc list --all"
    raise UsageError(f"no revision has a service {name!r}", hint)


def _collect_ids(entries: tuple[HistoryEntry, ...], service: str) -> frozenset[str]:
    """Return the id of a service that its id or name selects, with its earlier and later ids."""
    links = {
        key: set(listed_service.formerly)
        for entry in entries
        if entry.new
        for key, listed_service in entry.new.model.services.items()
    }
    ids = {service if service in links else _find_id_by_name(entries, service)}
    while True:
        related_ids = {key for key, former in links.items() if former & ids}
        related_ids |= {former for key in ids for former in links.get(key, ())}
        if related_ids <= ids:
            return frozenset(ids)
        ids |= related_ids
