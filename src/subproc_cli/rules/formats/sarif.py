"""SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from subproc_cli.rules.report import iter_with_fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
BASE = "SRCROOT"
"""The folder that files are named from; code scanning takes it for the top of the repository."""
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def build_log(
    problems: Sequence[Mapping[str, Any]], rules: Iterable[Mapping[str, Any]], version: str
) -> dict[str, Any]:
    """Return a SARIF log.

    Args:
        problems: the problems of `subproc/problems/1`.
        rules: the rules of `subproc/rules/1`, all of them.
        version: that of this program.
    """
    driver = {
        "name": "subproc",
        "version": version,
        "semanticVersion": version,
        "rules": [_build_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "The top folder of the repository."}}},
        "results": _build_results(problems),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _build_rule(rule: Mapping[str, Any]) -> dict[str, Any]:
    help_text = f"{rule['what']}\n\nWhy: {rule['why']}\n\nBad:\n{rule['bad']}\n\nGood:\n{rule['good']}"
    return {
        "id": rule["code"],
        "name": "".join(word.capitalize() for word in rule["name"].split("-")),
        "shortDescription": {"text": rule["what"].partition(". ")[0]},
        "fullDescription": {"text": rule["what"]},
        "help": {"text": help_text},
        "defaultConfiguration": {"level": _LEVELS[rule["severity"]]},
        "properties": {"tags": [rule["name"]]},
    }


def _build_results(problems: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    results = []
    for problem, fingerprint in iter_with_fingerprints(problems):
        results.append(
            {
                "ruleId": problem["code"],
                "level": _LEVELS[problem["severity"]],
                "message": {
                    "text": problem["message"] + (f" ({problem['hint']})" if problem["hint"] else "")
                },
                "locations": [{"physicalLocation": _build_location(problem["where"])}],
                "partialFingerprints": {"subproc/v1": fingerprint},
            }
        )
    return results


def _build_location(where: Mapping[str, Any]) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": to_uri(where["file"]), "uriBaseId": BASE}}
    if where["line"]:
        location["region"] = {"startLine": where["line"], "startColumn": where["column"]}
    return location


def to_uri(file: str) -> str:
    """Return a relative path as a URI reference, percent-encoded."""
    return quote(PurePath(file).as_posix().removeprefix("./"))
