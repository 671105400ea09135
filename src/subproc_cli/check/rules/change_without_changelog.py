"""The list changed, and CHANGELOG.md beside it has no entry for its version.

Needs --against. subproc changelog --update CHANGELOG.md writes the entry.

Why: Customers read what changed in words, not in two files.

Bad:
    version: 5.0.0    # and no heading with 5.0.0 in CHANGELOG.md

Good:
    version: 5.0.0    # and in CHANGELOG.md: ## [5.0.0] - 2024-02-18
"""

import re
from collections.abc import Iterator

from subproc_cli.check.rule import Finding, Rule, Subject
from subproc_cli.enums import Severity
from subproc_cli.problem import Fault


def find(subject: Subject) -> Iterator[Finding]:
    """Yield a version that the changelog does not know."""
    against = subject.against
    if not against or against.first or not against.published:
        return
    version = subject.index.registry.version
    heading = rf"^#+\s*\[?v?{re.escape(version)}\]?(\s|$)"
    if not re.search(heading, against.changelog or "", re.MULTILINE):
        message = f"CHANGELOG.md has no entry for version {version}"
        hint = "subproc changelog OLD --update CHANGELOG.md"
        yield Finding(("version",), message, hint)


RULE = Rule(Fault("SP303", "change-without-changelog", Severity.ERROR), __doc__ or "", find, against=True)
