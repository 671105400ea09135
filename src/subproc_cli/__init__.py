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
        Changes,
        CheckResult,
        Customer,
        Direction,
        Evidence,
        Finding,
        Gap,
        Level,
        Notice,
        Notices,
        Period,
        PeriodUnit,
        Position,
        QuestionSyntaxError,
        ReadError,
        RefusedError,
        Regime,
        Registry,
        RegistryModel,
        Service,
        Severity,
        SubprocError,
        Terms,
        UsageError,
        Verdict,
        ask,
        check,
        compare,
        export,
        export_bytes,
        load,
        load_customers,
        plan_notices,
    )

__all__ = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "Changes",
    "CheckResult",
    "Customer",
    "Direction",
    "Evidence",
    "Finding",
    "Gap",
    "Level",
    "Notice",
    "Notices",
    "Period",
    "PeriodUnit",
    "Position",
    "QuestionSyntaxError",
    "ReadError",
    "RefusedError",
    "Regime",
    "Registry",
    "RegistryModel",
    "Service",
    "Severity",
    "SubprocError",
    "Terms",
    "UsageError",
    "Verdict",
    "ask",
    "check",
    "compare",
    "export",
    "export_bytes",
    "load",
    "load_customers",
    "plan_notices",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from subproc_cli import api

    return getattr(api, name)
