"""Ask, check, compare and publish the list of third-party services that see personal data.

The names in `__all__` are the public interface; each is loaded when it is asked for (see `api`).
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from subproc_cli.version import __version__ as __version__

if TYPE_CHECKING:
    from subproc_cli.api import (
        Answer,
        Answers,
        Bump,
        Change,
        Customer,
        Direction,
        Found,
        Index,
        Language,
        Level,
        Notice,
        Problem,
        QuestionFault,
        Report,
        Severity,
        SubprocError,
        UnreadableFault,
        UsageFault,
        Verdict,
        Where,
        ask,
        bump,
        check,
        customers,
        diff,
        load,
        notices,
    )

__all__ = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "Customer",
    "Direction",
    "Found",
    "Index",
    "Language",
    "Level",
    "Notice",
    "Problem",
    "QuestionFault",
    "Report",
    "Severity",
    "SubprocError",
    "UnreadableFault",
    "UsageFault",
    "Verdict",
    "Where",
    "ask",
    "bump",
    "check",
    "customers",
    "diff",
    "load",
    "notices",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is asked for, so that the command starts without it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from subproc_cli import api  # that is the point

    offered = getattr(api, name)
    room = sys.modules.get(f"{__name__}.{name}")
    if room:
        offered.__dict__ = room.__dict__
    return offered


class _Package(ModuleType):
    """The package, in which the public functions `diff` and `check` come before the rooms of that name.

    Each has the attributes of its room, so that `import subproc_cli.diff.compare as compare` finds the way.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in __all__ or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
