"""Finds the earlier revision that a list is checked against, and reports whether it was read."""

from enum import StrEnum
from typing import NamedTuple

from subproc_cli.diff.changelog import ChangelogEntry
from subproc_cli.diff.changelog_file import find_insert_point
from subproc_cli.diff.changelog_gaps import find_gaps
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import format_change
from subproc_cli.enums import Level
from subproc_cli.errors import NoRegistryError, ReadError
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.output.document import format_count
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.rule import Baseline
from subproc_cli.yaml.source import Source

CHANGELOG = "CHANGELOG.md"
"""The changelog of a list, in its folder."""


class BaseStatus(StrEnum):
    """The result of reading the earlier revision.

    `new` means that the revision exists and does not have the list, `unreadable` that the list in it is not
    valid, and `missing` that there is no such revision.
    """

    COMPARED = "compared"
    MOVED = "moved"
    NEW = "new"
    UNREADABLE = "unreadable"
    MISSING = "missing"


class Comparison(NamedTuple):
    """The comparison with an earlier revision.

    Attributes:
        revision: the revision, as it was asked for.
        status: whether it was read.
        note: a remark for the reader, as a sentence without its full stop; empty if there is none.
        baseline: the revision that rules compare with; None if nothing is compared.
        error: why the revision was not found; None if it was.
        commit: the commit that was read; empty if the revision is not from git.
    """

    revision: str
    status: BaseStatus
    note: str = ""
    baseline: Baseline | None = None
    error: ReadError | None = None
    commit: str = ""


def compare_with_revision(
    resolver: RevisionResolver, revision: str, registry: Registry, file_source: Source, *, allow_new: bool
) -> Comparison:
    """Compare a list with an earlier revision of it.

    Args:
        resolver: finds revisions of the list.
        revision: the earlier revision; `A...B` means the common ancestor of both.
        registry: the list.
        file_source: what it was read from.
        allow_new: whether a revision that does not have the list is compared like an empty list.

    Raises:
        UsageError: the revision can be read in two ways.
    """
    name = registry.file
    try:
        source = resolver.read_base(revision)
    except NoRegistryError as error:
        if not allow_new:
            return Comparison(revision, BaseStatus.MISSING, error=error)
        empty = _build_empty_registry(registry)
        baseline = Baseline(empty, diff(empty, registry), None, is_first=True)
        note = f"{name} is new: {revision} does not have this list, so no changes are checked"
        return Comparison(revision, BaseStatus.NEW, note, baseline)
    except ReadError as error:
        return Comparison(revision, BaseStatus.MISSING, error=error)
    base = load_registry(source)
    if not isinstance(base, Registry):
        problems = format_count(len(base), "problem")
        note = f"{source.name} is not a valid list ({problems}), so the changes since {revision}"
        note += f" are not checked; the first problem: {base[0]}"
        return Comparison(revision, BaseStatus.UNREADABLE, note, commit=source.commit)
    baseline = _compare(resolver, base, registry, file_source)
    repository_path = _find_current_path(resolver, file_source)
    if source.git_path and repository_path and source.git_path != repository_path:
        note = f"{name} is compared with {source.name}, from where it was moved"
        return Comparison(revision, BaseStatus.MOVED, note, baseline, commit=source.commit)
    return Comparison(revision, BaseStatus.COMPARED, "", baseline, commit=source.commit)


def _find_current_path(resolver: RevisionResolver, source: Source) -> str:
    """Return where the list is in its repository; empty if it is in none."""
    if source.git_path or resolver.repository is None:
        return source.git_path
    return resolver.get_path_in(resolver.repository)


def _build_empty_registry(registry: Registry) -> Registry:
    """Return a list without services, for a list that has no earlier revision."""
    empty_model = registry.model.model_copy(update={"version": "0.0.0", "services": {}})
    return registry.with_source(Source("<nothing>", b""), empty_model)


def _compare(resolver: RevisionResolver, base: Registry, registry: Registry, file_source: Source) -> Baseline:
    """Return the changes, and how the changelog entry of the version differs from them."""
    content = resolver.read_neighbour(file_source, CHANGELOG)
    changelog = None if content is None else content.decode("utf-8-sig", "replace")
    baseline = Baseline(base, diff(base, registry), changelog)
    if not changelog or not find_insert_point(changelog, registry.model.version).version_exists:
        return baseline
    gaps = find_gaps(ChangelogEntry(base, registry, baseline.changes), changelog)
    significant = (change for change in gaps.missing if change.level is not Level.EDITORIAL)
    unreported = tuple(format_change(base, registry, change) for change in significant)
    return baseline._replace(unreported=unreported, outdated=gaps.outdated)
