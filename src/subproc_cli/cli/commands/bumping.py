"""Finds the version that a list needs, and sets it in the file."""

import shlex
from datetime import date
from pathlib import Path

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.registry_file import named, open_revisions, opened
from subproc_cli.diff.bump import BumpView
from subproc_cli.diff.change import bump, next_version, numbers
from subproc_cli.diff.classify import diff
from subproc_cli.errors import UsageFault
from subproc_cli.registry import introspect, source
from subproc_cli.yaml.editor import Replace, edited
from subproc_cli.yaml.source import Source


def bumped(old: str, path: str) -> BumpView:
    """Compare a list with an earlier revision of it."""
    before, after = open_revisions(old, None, path)
    needed = bump(diff(before, after))
    known, given = before.registry.version, after.registry.version
    following = next_version(known, needed)
    return BumpView(needed, known, following, given, numbers(given) >= numbers(following), written=False)


def next_step(result: BumpView, old: str, path: str) -> str:
    """Return what to type next."""
    since = f"{shlex.quote(old)}{named(path)}"
    if result.written:
        return f"its entry in the changelog: subproc changelog {since} --update CHANGELOG.md"
    return f"what changed: subproc diff {since}" if result.enough else f"set it: subproc bump {since} --write"


def set_version(path: str, version: str, day: date) -> None:
    """Set version and date in a file; every other byte stays, and the result is read before it is kept.

    Raises:
        UsageFault: the list comes from standard input.
    """
    if path == source.STDIN:
        raise UsageFault("what comes from standard input cannot be written to", "name a file with --registry")
    given = source.read(path)
    edit = Replace({("version",): version, ("date",): day.isoformat()})
    content = edited(given, edit, field_order=introspect.names)
    opened(Source(path, content))
    replace_bytes(Path(path), given.content, content)
