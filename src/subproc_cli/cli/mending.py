"""Mends findings in the file, or accepts them there, before a check is told."""

from collections.abc import Callable, Iterator

from subproc_cli.cli.checking import Checked, Wish, checked
from subproc_cli.cli.editing import checked as sound
from subproc_cli.cli.editing import keep
from subproc_cli.cli.output import to_stderr
from subproc_cli.errors import UnreadableFault, UsageFault
from subproc_cli.registry.edit import Append, Edit, Put, edited
from subproc_cli.registry.source import STDIN, Source


def run(wish: Wish, *, fix: bool, reason: str | None) -> None:
    """Write the one right text of each finding that has one, then accept the rest with a reason.

    Raises:
        UsageFault: the reason is empty, or the list comes from standard input.
        UnreadableFault: the file is no list that could be mended.
    """
    if reason is not None and not reason.strip():
        raise UsageFault("--add-ignore needs a reason", "say why the findings are accepted")
    if fix:
        _keep(checked(wish), "mended", lambda found: [*_fixes(found)])
    if reason:
        _keep(checked(wish), "accepted", lambda found: [*_accepted(found, reason.strip())])


def _keep(found: Checked, done: str, edits_of: Callable[[Checked], list[Edit]]) -> None:
    if found.path == STDIN:
        raise UsageFault("standard input cannot be mended", "name the file")
    if found.listed is None:
        raise UnreadableFault(f"{found.path} cannot be mended: it is no sound list", "see: subproc check")
    edits = edits_of(found)
    if edits:
        content = edited(found.source, *edits)
        sound(Source(found.source.name, content))
        keep(found.path, found.source, content, dry_run=False)
    to_stderr(f"subproc: {len(edits) or 'nothing'} {done} in {found.path}")


def _fixes(found: Checked) -> Iterator[Edit]:
    for each in found.report.found:
        if each.fix is not None:
            yield Put(each.route, each.fix)


def _accepted(found: Checked, reason: str) -> Iterator[Edit]:
    """Yield an entry of `ignore` for each rule and service; findings about suppressions are not accepted."""
    pairs = dict.fromkeys((each.rule.name, each.service) for each in found.report.found if each.rule.find)
    for rule, service in pairs:
        about = {"service": service} if service else {}
        yield Append(("ignore",), {"rule": rule, **about, "reason": reason})
