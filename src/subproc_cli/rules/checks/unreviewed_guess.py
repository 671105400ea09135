"""Something that subproc import guessed is still marked as guessed, or the publisher is still not stated.

Why: A guess that nobody has looked at is published as a fact, with every answer that rests on it.

Bad:
    processing: [US]  # guessed

Good:
    processing: [US]
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault, Route, dotted
from subproc_cli.enums import Severity
from subproc_cli.registry.comments import guesses
from subproc_cli.registry.models import NOBODY
from subproc_cli.rules.rule import Finding, Rule, Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every mark of a guess, and the placeholder that stands for a publisher."""
    registry = subject.index.registry
    marked = list(guesses(subject.index))
    for route in marked:
        key = str(route[1]) if route[:1] == ("services",) and len(route) > 1 else ""
        who = f"{registry.services[key].name}: " if key else ""
        message = f"{who}{_field(route)} is marked as guessed"
        yield Finding(route, message, "look at it, then remove the mark", key)
    if registry.publisher == NOBODY and ("publisher",) not in marked:
        yield Finding(("publisher",), "the publisher is not stated", "write whose list this is")


def _field(route: Route) -> str:
    return dotted(route[2:] if route[:1] == ("services",) else route) or "this"


RULE = Rule(Fault("SP110", "unreviewed-guess", Severity.WARNING), __doc__ or "", find)
