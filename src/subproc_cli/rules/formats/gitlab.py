"""Code quality reports of GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from subproc_cli.rules.report import numbered

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def record(problems: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a report from the problems of `subproc/problems/1`; every fingerprint is there once."""
    found = []
    for each, fingerprint in numbered(problems):
        where = each["where"]
        found.append(
            {
                "type": "issue",
                "check_name": each["name"],
                "description": f"{each['code']} {each['name']}: {each['message']}",
                "categories": ["Compatibility"],
                "severity": _SEVERITIES[each["severity"]],
                "fingerprint": sha256(fingerprint.encode()).hexdigest(),
                "location": {
                    "path": where["file"].removeprefix("./"),
                    "lines": {"begin": max(1, where["line"])},
                },
            }
        )
    return found
