"""JUnit XML: a rule is a test case, which fails if one of its findings makes the check fail."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from subproc_cli.output.sanitize import sanitize_xml


def render(
    problems: Iterable[tuple[Mapping[str, Any], bool]],
    suppressed: Sequence[Mapping[str, Any]],
    rules: Iterable[Mapping[str, Any]],
) -> str:
    """Return a test suite.

    A finding below the severity that makes the check fail is output of its test case. A test case that has
    only suppressed findings is skipped.

    Args:
        problems: the problems of `subproc/problems/1`, and whether each makes the check fail.
        suppressed: the suppressed problems.
        rules: the rules of `subproc/rules/1`, all of them.
    """
    pairs = list(problems)
    cases = [_build_case(rule, pairs, suppressed) for rule in rules]
    failed = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failed), "errors": "0", "skipped": str(skipped)}
    suite = Element("testsuite", {"name": "subproc check", **counts})
    suite.extend(cases)
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _build_case(
    rule: Mapping[str, Any],
    problems: Sequence[tuple[Mapping[str, Any], bool]],
    suppressed: Sequence[Mapping[str, Any]],
) -> Element:
    case = Element("testcase", classname="subproc", name=f"{rule['code']} {rule['name']}")
    found = [(problem, fails) for problem, fails in problems if problem["code"] == rule["code"]]
    failures = [problem for problem, fails in found if fails]
    others = [problem for problem, fails in found if not fails]
    accepted = [problem for problem in suppressed if problem["code"] == rule["code"]]
    if failures:
        message = f"{len(failures)} found" if len(failures) > 1 else sanitize_xml(failures[0]["message"])
        SubElement(case, "failure", message=message, type=rule["severity"]).text = _format_lines(failures)
    elif accepted and not others:
        SubElement(case, "skipped", message=f"{len(accepted)} suppressed")
    if others:
        SubElement(case, "system-out").text = _format_lines(others)
    return case


def _format_lines(problems: Iterable[Mapping[str, Any]]) -> str:
    return "\n".join(sanitize_xml(_format_line(problem)) for problem in problems)


def _format_line(problem: Mapping[str, Any]) -> str:
    where = problem["where"]
    return f"{where['file']}:{where['line']}:{where['column']}: {problem['severity']}: {problem['message']}"
