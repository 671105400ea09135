"""The rule change-without-changelog (SP303)."""

import re
from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import join_first_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield a version that the changelog does not know."""
    against = context.baseline
    if not against or against.is_first or not against.published_changes:
        return
    version = context.registry.model.version
    heading = rf"^#+\s*\[?v?{re.escape(version)}(?![\w.+-])"
    if not re.search(heading, against.changelog or "", re.MULTILINE):
        message = f"CHANGELOG.md has no entry for version {version}"
        hint = "subproc changelog OLD --update CHANGELOG.md"
        yield RawFinding(("version",), message, hint)
    for statements, what in (
        (against.unreported, "lacks:"),
        (against.outdated, "reports something that is not a change:"),
    ):
        if statements:
            message = f"the entry for version {version} in CHANGELOG.md {what} {join_first_words(statements)}"
            hint = "edit it, or delete it and run subproc changelog OLD --update CHANGELOG.md"
            yield RawFinding(("version",), message, hint)


RULE = Rule(
    ErrorCode("SP303", "change-without-changelog", Severity.ERROR),
    summary=(
        "The list changed, but `CHANGELOG.md` in its folder has no entry for the version, or an incomplete "
        "one."
    ),
    details=(
        "`subproc changelog --update CHANGELOG.md` writes the entry. An entry that it wrote must report each "
        "change of the level `notice` or `inform`, and nothing else. An entry in your own words must name "
        "the service."
    ),
    why="Customers read a description of the changes; they do not compare two files.",
    bad="version: 5.0.0    # and no heading with 5.0.0 in CHANGELOG.md",
    good="version: 5.0.0    # and in CHANGELOG.md: ## [5.0.0] - 2024-02-18",
    find=find,
    needs_baseline=True,
)
