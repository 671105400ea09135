"""Ask, check, compare and publish the registry of third-party services that see personal data.

The names in `__all__` are the public interface. Each is imported when it is first used (PEP 562), so that
`import subproc_cli`, and with it the command, starts without Pydantic and PyYAML. See `api`.
"""

from typing import TYPE_CHECKING, Any

from subproc_cli.version import __version__ as __version__

if TYPE_CHECKING:
    from subproc_cli.api import (
        Answer,
        Answers,
        Bump,
        Change,
        CheckResult,
        Customer,
        Direction,
        Finding,
        Level,
        Notice,
        Position,
        Problem,
        QuestionSyntaxError,
        ReadError,
        Registry,
        Severity,
        SubprocError,
        UsageError,
        Verdict,
        ask,
        check,
        compare,
        load,
        load_customers,
        plan_notices,
        required_bump,
    )

__all__ = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "CheckResult",
    "Customer",
    "Direction",
    "Finding",
    "Level",
    "Notice",
    "Position",
    "Problem",
    "QuestionSyntaxError",
    "ReadError",
    "Registry",
    "Severity",
    "SubprocError",
    "UsageError",
    "Verdict",
    "ask",
    "check",
    "compare",
    "load",
    "load_customers",
    "plan_notices",
    "required_bump",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from subproc_cli import api

    return getattr(api, name)
