"""Code quality reports of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from subproc_cli.rules.report import iter_with_fingerprints

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def build_report(problems: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a report from the problems of `subproc/problems/1`; every fingerprint is unique."""
    issues = []
    for problem, fingerprint in iter_with_fingerprints(problems):
        where = problem["where"]
        issues.append(
            {
                "type": "issue",
                "check_name": problem["name"],
                "description": f"{problem['code']} {problem['name']}: {problem['message']}",
                "categories": ["Compatibility"],
                "severity": _SEVERITIES[problem["severity"]],
                "fingerprint": sha256(fingerprint.encode()).hexdigest(),
                "location": {
                    "path": where["file"].removeprefix("./"),
                    "lines": {"begin": max(1, where["line"])},
                },
            }
        )
    return issues
