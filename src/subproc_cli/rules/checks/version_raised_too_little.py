"""The version went up by less than the changes need, or went down.

Needs --against. A change that demands a notice needs a major bump, one that informs a minor one, an
edit a patch.

Why: The version tells customers what a change means for them.

Bad:
    version: 4.0.1    # after 4.0.0, with one more service

Good:
    version: 5.0.0
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.diff.change import bump, next_version, numbers
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield a version below the one that the changes need."""
    against = subject.against
    if not against:
        return
    known, given = against.base.registry.version, subject.index.registry.version
    needed = next_version(known, bump(against.published))
    if given != known and numbers(given) < numbers(needed):
        message = f"the version went from {known} to {given}, but the changes need {needed}"
        yield Finding(("version",), message, f"raise it to {needed}: subproc bump --write")


RULE = Rule(Fault("SP302", "version-raised-too-little", Severity.ERROR), __doc__ or "", find, against=True)
