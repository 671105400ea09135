"""Mends findings in the file, or accepts them there, before a check is told."""

from collections.abc import Iterator

from subproc_cli.cli.commands.checking import Checked, Wish, checked
from subproc_cli.cli.console import to_stderr
from subproc_cli.cli.editing import keep, refuse_faults
from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.registry import introspect
from subproc_cli.registry.source import STDIN
from subproc_cli.yaml.editor import Append, Edit, Replace, edited
from subproc_cli.yaml.source import Source


def run(wish: Wish, *, fix: bool, reason: str | None) -> None:
    """Write the one right text of each finding that has one, then accept the rest with a reason.

    Raises:
        UsageFault: the reason is empty, or the list comes from standard input.
        UnreadableFault: the file is no list that could be mended.
    """
    if reason is not None and not reason.strip():
        raise UsageFault("--add-ignore needs a reason", "say why the findings are accepted")
    if fix:
        found = _sound(checked(wish))
        fixes = {each.route: each.fix for each in found.report.found if each.fix is not None}
        _keep(found, "mended", Replace(fixes), len(fixes))
    if reason:
        found = _sound(checked(wish))
        entries = tuple(_accepted(found, reason.strip()))
        _keep(found, "accepted", Append(("ignore",), entries), len(entries))


def _sound(found: Checked) -> Checked:
    if found.path == STDIN:
        raise UsageFault("standard input cannot be mended", "name the file")
    if found.listed is None:
        raise UnreadableFault(f"{found.path} cannot be mended: it is no sound list", "see: subproc check")
    return found


def _keep(found: Checked, done: str, edit: Edit, count: int) -> None:
    if count:
        content = edited(found.source, edit, field_order=introspect.names)
        refuse_faults(Source(found.source.name, content))
        keep(found.path, found.source, content, dry_run=False)
    to_stderr(f"subproc: {count or 'nothing'} {done} in {found.path}")


def _accepted(found: Checked, reason: str) -> Iterator[dict[str, str]]:
    """Yield an entry of `ignore` for each rule and service; findings about suppressions are not accepted."""
    pairs = dict.fromkeys((each.rule.name, each.service) for each in found.report.found if each.rule.find)
    for rule, service in pairs:
        about = {"service": service} if service else {}
        yield {"rule": rule, **about, "reason": reason}
