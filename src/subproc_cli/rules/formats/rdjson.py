"""Diagnostics of reviewdog: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from collections.abc import Mapping, Sequence
from typing import Any

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def build_report(problems: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a diagnostic result from the problems of `subproc/problems/1`."""
    return {"source": {"name": "subproc"}, "diagnostics": [_build_diagnostic(each) for each in problems]}


def _build_diagnostic(problem: Mapping[str, Any]) -> dict[str, Any]:
    where = problem["where"]
    location: dict[str, Any] = {"path": where["file"].removeprefix("./")}
    if where["line"]:
        location["range"] = {"start": {"line": where["line"], "column": where["column"]}}
    hint = f" ({problem['hint']})" if problem["hint"] else ""
    return {
        "message": f"{problem['message']}{hint}",
        "location": location,
        "severity": _SEVERITIES[problem["severity"]],
        "code": {"value": f"{problem['code']} {problem['name']}"},
    }
