"""The contents of the list changed, and its version did not.

Needs --against.

Why: Who refers to a version must find the same contents under it.

Bad:
    version: 4.0.0    # as before, with one more service

Good:
    version: 5.0.0
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.diff.change import bump, next_version
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield a version that stands for two contents."""
    against = subject.against
    if against and against.published and subject.index.registry.version == against.base.registry.version:
        needed = next_version(against.base.registry.version, bump(against.published))
        message = f"the list changed, but its version is still {against.base.registry.version}"
        yield Finding(("version",), message, f"raise it to {needed}: subproc bump --write")


RULE = Rule(Fault("SP301", "version-not-raised", Severity.ERROR), __doc__ or "", find, against=True)
