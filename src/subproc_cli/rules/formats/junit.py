"""JUnit XML: a rule is a test case, and each of its findings a failure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from subproc_cli.output.sanitize import sanitize_xml


def render(problems: Sequence[Mapping[str, Any]], rules: Iterable[Mapping[str, Any]]) -> str:
    """Return a test suite from the problems of `subproc/problems/1` and the rules of `subproc/rules/1`."""
    cases = [(rule, [problem for problem in problems if problem["code"] == rule["code"]]) for rule in rules]
    failed = sum(1 for _, findings in cases if findings)
    suite = Element(
        "testsuite", name="subproc check", tests=str(len(cases)), failures=str(failed), errors="0"
    )
    for rule, findings in cases:
        case = SubElement(suite, "testcase", classname="subproc", name=f"{rule['code']} {rule['name']}")
        if findings:
            message = f"{len(findings)} found" if len(findings) > 1 else sanitize_xml(findings[0]["message"])
            failure = SubElement(case, "failure", message=message, type=rule["severity"])
            failure.text = "\n".join(sanitize_xml(_format_line(problem)) for problem in findings)
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _format_line(problem: Mapping[str, Any]) -> str:
    where = problem["where"]
    return f"{where['file']}:{where['line']}:{where['column']}: {problem['severity']}: {problem['message']}"
