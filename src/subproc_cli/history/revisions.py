"""Finds the revision that a name means: a file, a commit, a version of the list, or a day."""

import os
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from operator import itemgetter
from pathlib import Path

from subproc_cli.diff.classify import diff
from subproc_cli.errors import NoRegistryError, ReadError, UsageError
from subproc_cli.history.git import (
    FileCommit,
    Repository,
    TreeEntry,
    explain_missing,
    iter_file_commits,
    resolve_path,
)
from subproc_cli.history.revision_names import (
    FILE_ENDINGS,
    MAX_OTHERS,
    AmbiguousVersion,
    Candidate,
    find_path_separator,
    is_range,
    split_range,
)
from subproc_cli.registry import header, source
from subproc_cli.registry.field_types import is_version
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import DEFAULT_NAME
from subproc_cli.suggest import suggest
from subproc_cli.text import parse_day
from subproc_cli.yaml.source import Source


class RevisionResolver:
    """Finds revisions of the list that is in a file.

    Attributes:
        ambiguities: what to report about the versions that were read.
        cut_off: the versions and dates that were looked up in a shallow clone, which may lack earlier
            revisions with the same version.
        diverged: the branches that were compared with the file, and that have changes to it which HEAD lacks.

    Args:
        path: the file, or `-` for standard input.
        git_path: where the list is in git if it comes from standard input.
    """

    def __init__(self, path: str, git_path: str = DEFAULT_NAME) -> None:
        self.path = path
        self.ambiguities: list[AmbiguousVersion] = []
        self.cut_off: list[str] = []
        self.diverged: list[str] = []
        file = Path(git_path if path == source.STDIN else path)
        link, target = resolve_path(file.parent) / file.name, resolve_path(file)
        self._resolved = link if link.parent == target.parent else target
        folders = (each for each in self._resolved.parents if os.path.isdir(each))
        self._folder = next(folders, self._resolved)

    @cached_property
    def repository(self) -> Repository | None:
        """The git repository that the list lies in."""
        return Repository.discover(self._folder)

    def get_path_in(self, repository: Repository) -> str:
        """Return the path of the list from the root of its repository."""
        return self._resolved.relative_to(resolve_path(repository.root)).as_posix()

    def read_pair(self, old: str, new: str | None) -> tuple[Source, Source]:
        """Return two revisions; `A..B` and `A...B` are two at once, and NEW defaults to the list.

        Raises:
            UsageError: both would be read from standard input, or a name has two readings.
            ReadError: there is no such revision.
        """
        if any("\0" in text for text in (old, new or "")):
            raise UsageError("a revision cannot contain a null character", "name a file or a git revision")
        if new is None and is_range(old) and not os.path.exists(old):
            return self._read_range(old)
        if old == source.STDIN and (self.path if new is None else new) == source.STDIN:
            raise UsageError(
                "only one of two revisions can come from standard input", "name a file for the other one"
            )
        return (
            (self._read_earlier(old), source.read(self.path))
            if new is None
            else (self.read(old), self.read(new))
        )

    def read_base(self, text: str) -> Source:
        """Return the earlier revision to compare with: of `A...B` the common ancestor, of `A..B` the first.

        Raises:
            NoRegistryError: the revision exists, and the list is not in it.
            ReadError: there is no such revision.
        """
        if not is_range(text) or os.path.exists(text):
            return self._read_earlier(text)
        dots, left, right = split_range(text)
        if dots == "..":
            return self.read(left)
        repository = self._require_repository(text)
        base = repository.find_merge_base(*(self._resolve_commit(repository, side) for side in (left, right)))
        return self._read_at_commit(repository, base, base[:12])

    def read_head(self, text: str) -> Source | None:
        """Return the later revision of `A...B` or `A..B`; None if it is the commit that is checked out.

        Raises:
            ReadError: there is no such revision.
        """
        if not is_range(text) or os.path.exists(text):
            return None
        right = split_range(text)[2]
        repository = self._require_repository(text)
        commit = self._resolve_commit(repository, right)
        if commit == repository.resolve_object("HEAD"):
            return None
        return self._read_at_commit(repository, commit, right)

    def read_neighbour(self, file_source: Source, name: str) -> bytes | None:
        """Return a file next to a list, at the revision of the list; None if there is none."""
        if not file_source.git_path:
            file = Path(self.path).parent / name
            return source.read(str(file)).content if os.path.isfile(file) else None
        repository = self._require_repository(file_source.name)
        path, commit = Path(file_source.git_path).with_name(name).as_posix(), file_source.commit
        entry = repository.find_entry(commit, path) if commit else repository.find_staged_entry(path)
        return None if entry is None else repository.read_content(entry, path)

    def _read_range(self, text: str) -> tuple[Source, Source]:
        dots, _, right = split_range(text)
        base = self.read_base(text)
        if dots == "..":
            return base, self.read(right)
        repository = self._require_repository(text)
        return base, self._read_at_commit(repository, self._resolve_commit(repository, right), right)

    def _read_earlier(self, text: str) -> Source:
        """Return what the file on the disk is compared with."""
        earlier, repository = self.read(text), self.repository
        is_commit = bool(earlier.commit) and find_path_separator(text) is None
        if is_commit and repository and repository.has_other_version(earlier.commit, earlier.git_path):
            self.diverged.append(text)
        return earlier

    def read(self, text: str) -> Source:
        """Return the bytes of one revision.

        Raises:
            UsageError: the text can be read in two ways; both are named.
            ReadError: it can be read in none.
        """
        if text == source.STDIN:
            return source.read(text)
        if not text.strip():
            raise UsageError("the revision is empty", "for example: subproc diff HEAD")
        candidates = list(self._find_candidates(text))
        if len(candidates) > 1:
            names = " and ".join(each.name for each in candidates)
            ways = (
                f"for {each.name}, write {each.unambiguous_form}"
                for each in candidates
                if each.unambiguous_form
            )
            raise UsageError(f"{text} is ambiguous: it matches {names}", "; ".join(ways))
        if not candidates:
            raise self._build_not_found_error(text)
        return candidates[0].read_source()

    def _find_candidates(self, text: str) -> Iterator[Candidate]:
        if os.path.lexists(text):
            yield Candidate("a file", f"./{text}", lambda: source.read(text))
        repository = self._find_repository(is_needed=not os.path.lexists(text))
        if repository is None:
            return
        if find_path_separator(text) is not None:
            yield from self._find_path_candidates(repository, text)
            return
        if text.startswith("@") and parse_day(text[1:]):
            yield Candidate(
                "a day", "", lambda: self._read_published(repository, date.fromisoformat(text[1:]))
            )
            return
        commit = repository.resolve_object(text)
        if commit:
            yield Candidate(
                "a git revision", f"{text}^0", lambda: self._read_at_commit(repository, commit, text)
            )
        if is_version(text):
            found = self._find_version(repository, text)
            if found and not (commit and self._has_same_content(repository, commit, found[0])):
                clear = found[0].commit[:12]
                yield Candidate(
                    "a version of the list", clear, lambda: self._read_latest(repository, text, found)
                )

    def _find_repository(self, *, is_needed: bool) -> Repository | None:
        """Return the repository; None if git cannot read it and it is not needed."""
        try:
            return self.repository
        except ReadError:
            if is_needed:
                raise
            return None

    def _find_path_candidates(self, repository: Repository, text: str) -> Iterator[Candidate]:
        """Read `REV:path` and `:path` as git does: `./` is the folder of the list."""
        at = find_path_separator(text) or 0
        revision, path = text[:at], text[at + 1 :].removeprefix("" if at else "0:")
        if path.startswith(("./", "../")):
            path = Path(os.path.normpath(self._find_relative_root(repository) / path)).as_posix()
        if not revision:
            entry = repository.find_staged_entry(path or self.get_path_in(repository))
            if entry is None:
                raise ReadError(f"{text}: no such file in the index", _suggest_add(path))
            inside = path or self.get_path_in(repository)
            yield Candidate(
                "a file of the index", "", lambda: self._read_entry(repository, entry, text, "", inside)
            )
            return
        commit = repository.resolve_object(revision)
        if commit:
            yield Candidate(
                "a file of a git revision", "", lambda: self._read_at_commit(repository, commit, text, path)
            )

    def _find_relative_root(self, repository: Repository) -> Path:
        """Return the folder that `./` means: the current one, or that of a list in another repository."""
        root, here = resolve_path(repository.root), resolve_path(Path.cwd())
        return (here if here.is_relative_to(root) else self._folder).relative_to(root)

    def _read_at_commit(self, repository: Repository, commit: str, name: str, path: str = "") -> Source:
        inside = self.get_path_in(repository)
        wanted = path or inside
        entry = repository.find_entry(commit, wanted)
        if entry is None and not path:
            wanted = self._find_old_path(repository, commit) or inside
            entry = repository.find_entry(commit, wanted)
        if entry is None:
            message = f"{name}: commit {commit[:12]} has no file {wanted}"
            has_list = wanted != inside and repository.find_entry(commit, inside)
            hint = f"did you mean {name[: find_path_separator(name)]}:{inside}?" if has_list else ""
            raise NoRegistryError(message, hint)
        shown = name if ":" in name else f"{name}:{wanted}"
        return self._read_entry(repository, entry, shown, commit, wanted)

    def _read_entry(
        self, repository: Repository, entry: TreeEntry, name: str, commit: str, path: str
    ) -> Source:
        return Source(name, repository.read_content(entry, name), commit, path)

    def _find_old_path(self, repository: Repository, commit: str) -> str:
        """Return where the list was at a commit, if it has been moved since; empty if that is not known."""
        file_commits = self._list_file_commits(repository)
        paths = dict.fromkeys(
            path for each in file_commits for path in (each.path, each.renamed_from) if path
        )
        found = (path for path in paths if repository.find_entry(commit, path))
        return next(found, "") or repository.find_old_path(commit, self.get_path_in(repository))

    def _list_file_commits(self, repository: Repository) -> list[FileCommit]:
        """Return the commits of the list, also if it was moved and the move is not committed yet."""
        if repository.resolve_object("HEAD") is None:
            return []
        inside = self.get_path_in(repository)
        file_commits = list(iter_file_commits(repository, inside))
        old_path = "" if file_commits else repository.find_old_path("HEAD", inside)
        return list(iter_file_commits(repository, old_path)) if old_path else file_commits

    def _iter_file_headers(self, repository: Repository) -> Iterator[tuple[FileCommit, dict[str, str]]]:
        """Yield the commits after which the file exists, newest first, with the header of the file."""
        kept = [file_commit for file_commit in self._list_file_commits(repository) if file_commit.blob]
        blobs = [file_commit.blob for file_commit in kept if file_commit.blob]
        for file_commit, (_, content) in zip(kept, repository.read_contents(blobs), strict=True):
            yield file_commit, header.read_header(Source(file_commit.commit, content))

    def _find_version(self, repository: Repository, version: str) -> list[FileCommit]:
        """Return the latest commits in a row after which the list has a version, newest first.

        Raises:
            UsageError: the version was replaced, and used again later for other content.
        """
        found: list[FileCommit] = []
        left = False
        for file_commit, said in self._iter_file_headers(repository):
            if said.get("version") != version:
                left = bool(found)
            elif not left:
                found.append(file_commit)
            elif file_commit.blob != found[0].blob:
                message = (
                    f"version {version} is ambiguous: it was used in {file_commit.commit[:12]} and again in"
                )
                raise UsageError(f"{message} {found[0].commit[:12]}", "name the commit that you mean")
        return found

    def _read_latest(self, repository: Repository, version: str, found: list[FileCommit]) -> Source:
        """Return the latest revision of a version, and record whether others differ in content."""
        self._note_cut_off(repository, version)
        latest = self._read_file_commit(repository, found[0])
        others = [*islice(self._iter_other_contents(repository, latest, found), MAX_OTHERS)]
        if others:
            self.ambiguities.append(
                AmbiguousVersion(version, (*(each.name for each in reversed(others)), found[0].name))
            )
        return latest

    def _iter_other_contents(
        self, repository: Repository, latest: Source, found: list[FileCommit]
    ) -> Iterator[FileCommit]:
        """Yield the last step of each content that differs from the latest one, however it is written."""
        known, seen = [load_registry(latest)], {found[0].blob}
        for file_commit in found[1:]:
            if file_commit.blob in seen:
                continue
            seen.add(file_commit.blob)
            older = load_registry(self._read_file_commit(repository, file_commit))
            if isinstance(older, Registry) and all(
                isinstance(each, Registry) and diff(older, each) for each in known
            ):
                known.append(older)
                yield file_commit

    def _read_published(self, repository: Repository, day: date) -> Source:
        """Return the list as it was published on a day: the latest whose own date is not after it."""
        headers = self._iter_file_headers(repository)
        dated = [(said["date"], each) for each, said in headers if parse_day(said.get("date", ""))]
        published = [pair for pair in dated if pair[0] <= day.isoformat()]
        if not published:
            message = f"@{day}: this history has no revision dated on or before that day"
            if hint := repository.get_shallow_hint():
                raise ReadError(message, hint)
            raise NoRegistryError(message, f"the earliest is @{min(dated)[0]}" if dated else "")
        self._note_cut_off(repository, f"@{day}")
        return self._read_file_commit(repository, max(published, key=itemgetter(0))[1])

    def _note_cut_off(self, repository: Repository, name: str) -> None:
        if repository.get_shallow_hint():
            self.cut_off.append(name)

    def _read_file_commit(self, repository: Repository, file_commit: FileCommit) -> Source:
        return self._read_at_commit(repository, file_commit.commit, file_commit.commit[:12], file_commit.path)

    def _has_same_content(self, repository: Repository, commit: str, file_commit: FileCommit) -> bool:
        entry = repository.find_entry(commit, file_commit.path)
        return entry is not None and entry.blob == file_commit.blob

    def _resolve_commit(self, repository: Repository, text: str) -> str:
        commit = repository.resolve_object(text)
        if commit is None:
            raise self._build_not_found_error(text)
        return commit

    def _require_repository(self, text: str) -> Repository:
        if self.repository is None:
            raise self._build_not_found_error(text)
        return self.repository

    def _build_not_found_error(self, text: str) -> ReadError:
        if self.repository is None:
            why = "" if text.endswith(FILE_ENDINGS) else f", and {explain_missing(self._folder)}"
            hint = source.suggest_registry(Path(text)) or (why and "name a file with the earlier revision")
            return ReadError(f"{text}: no such file{why}", hint)
        if text.startswith("-"):
            return ReadError(f"{text}: a revision cannot start with a hyphen")
        if text.startswith("@") and text[1:2].isdecimal():
            return ReadError(f"{text}: this is not a valid date", "write it as @YYYY-MM-DD")
        return self._build_not_in_repository_error(self.repository, text)

    def _build_not_in_repository_error(self, repository: Repository, text: str) -> ReadError:
        hint = repository.get_shallow_hint() or source.suggest_registry(Path(text))
        if text.endswith(FILE_ENDINGS) and ":" not in text:
            return ReadError(f"{text}: no such file", hint)
        if repository.resolve_object("HEAD") is None:
            kind = NoRegistryError if text == "HEAD" else ReadError
            message = f"{text}: no such file, and the git repository has no commits yet"
            return kind(message, "commit the registry first")
        at = find_path_separator(text)
        revision = text if at is None else text[:at]
        hint = hint or self._suggest_known(revision) or "to list the revisions: subproc log"
        what = "file, git revision or version of the list" if at is None else f"git revision: {revision}"
        return ReadError(f"{text}: no such {what}", hint)

    def list_versions(self) -> list[str]:
        """Return the versions of the list in the history of its repository, the newest first."""
        kept = self._iter_file_headers(self.repository) if self.repository else ()
        return [said["version"] for _, said in kept if "version" in said]

    def _suggest_known(self, text: str) -> str:
        return suggest(text, [*self.list_versions(), *self._require_repository(text).list_refs()])


def _suggest_add(path: str) -> str:
    return f"git add {path}" if path and os.path.exists(path) else ""
