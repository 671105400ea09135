"""Finds the revisions whose life a command tells."""

import os
from pathlib import Path

from subproc_cli.cli.console import to_stderr
from subproc_cli.cli.registry_file import day_of, list_path
from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.history.git import installed
from subproc_cli.history.revisions import Revisions, different
from subproc_cli.history.timeline import Moment, Stand, from_folder, from_git, life
from subproc_cli.output.sanitize import visible
from subproc_cli.registry.source import STDIN, neighbour
from subproc_cli.text import nearest


def moments(
    registry: str | None, service: str | None, since: str | None
) -> tuple[tuple[Moment, ...], frozenset[str]]:
    """Return what each revision did, oldest first, and the ids that a service ever had.

    Raises:
        UnreadableFault: there is no history to tell.
        UsageFault: no revision has such a service.
    """
    path = list_path(registry)
    every, cut_off = _life(path), _cut_off(path)
    if cut_off:
        to_stderr(f"subproc: {cut_off}; older revisions are missing")
    first = day_of(since, "--since").isoformat() if since else ""
    kept = tuple(moment for moment in every if _date(moment) >= first)
    return kept, _ids(every, service) if service else frozenset()


def source(registry: str | None, folder: str | None) -> str:
    """Return where revisions are: in a folder, or in the history of the list.

    Raises:
        UnreadableFault: no list is named, and there is none.
        UsageFault: a folder and a list are named; a list of the environment is not meant then.
    """
    if not folder:
        return list_path(registry)
    if registry not in (None, os.environ.get("SUBPROC_REGISTRY")):
        raise UsageFault(
            "revisions are in a folder or in the history of a list", "name --folder or --registry"
        )
    return folder


def told(path: str) -> tuple[Moment, ...]:
    """Return what each revision of a list, or of a folder of revisions, did, oldest first, to publish it.

    Raises:
        UnreadableFault: there is no history to tell, or older revisions may be missing.
        UsageFault: the list comes from standard input.
    """
    cut_off = _cut_off(path)
    if cut_off:
        raise UnreadableFault(f"{path}: its older revisions may be missing", cut_off)
    every = _life(path)
    _warn_of_versions(every)
    return every


def _life(path: str) -> tuple[Moment, ...]:
    every = tuple(life(_stands(path), is_cut_off=bool(_cut_off(path))))
    if not every:
        raise _no_history(path)
    return every


def _warn_of_versions(every: tuple[Moment, ...]) -> None:
    """Warn of a version that several revisions have whose content differs."""
    names: dict[str, list[str]] = {}
    for moment in every:
        if moment.again and moment.new:
            version = moment.new.registry.version
            names.setdefault(version, [moment.again.name]).append(moment.step.name)
    for version, found in names.items():
        to_stderr(f"subproc: {visible(different(version, found))}")


def _cut_off(path: str) -> str:
    """Return what to do if the history of a list is cut off; empty if it is not, or is that of a folder."""
    repository = None if path == STDIN or os.path.isdir(path) else Revisions(path).repository
    return repository.shallow_hint() if repository else ""


def _stands(path: str) -> list[Stand]:
    if path == STDIN:
        raise UsageFault("standard input has no history", "name the file, or a folder of revisions")
    if os.path.isdir(path):
        return list(from_folder(Path(path)))
    revisions = Revisions(path)
    if revisions.repository is None:
        raise _no_history(path, in_git=False)
    return list(from_git(revisions.repository, revisions.inside(revisions.repository)))


def _no_history(path: str, *, in_git: bool = True) -> UnreadableFault:
    if os.path.isdir(path):
        return UnreadableFault(f"{path}: there is no list (*.yaml) in this folder")
    if not os.path.lexists(path):
        return UnreadableFault(f"{path}: no such file or folder", neighbour(Path(path)))
    if not in_git:
        message = f"{path} is not in a git repository" if installed() else "git is not installed"
        message += ", so its history is not known"
        return UnreadableFault(message, "name a folder of revisions with --registry FOLDER")
    return UnreadableFault(f"{path}: no revision of it was ever committed", "git add and commit it first")


def _date(moment: Moment) -> str:
    return moment.new.registry.date.isoformat() if moment.new else moment.step.day


def _named(every: tuple[Moment, ...], name: str) -> str:
    """Return the id of the service that has a name, in the latest revision in which one has it."""
    known: dict[str, str] = {}
    for index in (moment.new for moment in reversed(every) if moment.new):
        if index.called(name):
            return index.service(name)[0]
        for key, service in index.registry.services.items():
            known |= {service.name: key, key: key}
    found = nearest(name, known)
    hint = f"did you mean {known[found]}?" if found else "see: subproc list --all"
    raise UsageFault(f"no revision has a service {name!r}", hint)


def _ids(every: tuple[Moment, ...], service: str) -> frozenset[str]:
    """Return the id of a service, by that or by its name, with its earlier and later ones."""
    links = {
        key: set(entry.formerly)
        for moment in every
        if moment.new
        for key, entry in moment.new.registry.services.items()
    }
    found = {service if service in links else _named(every, service)}
    while True:
        more = {key for key, former in links.items() if former & found}
        more |= {former for key in found for former in links.get(key, ())}
        if more <= found:
            return frozenset(found)
        found |= more
