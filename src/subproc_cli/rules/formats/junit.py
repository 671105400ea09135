"""JUnit XML: a rule is a test case, and each of its findings a failure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from subproc_cli.output.sanitize import xml_text


def render(problems: Sequence[Mapping[str, Any]], rules: Iterable[Mapping[str, Any]]) -> str:
    """Return a test suite from the problems of `subproc/problems/1` and the rules of `subproc/rules/1`."""
    cases = [(rule, [each for each in problems if each["code"] == rule["code"]]) for rule in rules]
    failed = sum(1 for _, found in cases if found)
    suite = Element(
        "testsuite", name="subproc check", tests=str(len(cases)), failures=str(failed), errors="0"
    )
    for rule, found in cases:
        case = SubElement(suite, "testcase", classname="subproc", name=f"{rule['code']} {rule['name']}")
        if found:
            message = f"{len(found)} found" if len(found) > 1 else xml_text(found[0]["message"])
            failure = SubElement(case, "failure", message=message, type=rule["severity"])
            failure.text = "\n".join(xml_text(_line(each)) for each in found)
    suites = Element("testsuites")
    suites.append(suite)
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _line(each: Mapping[str, Any]) -> str:
    where = each["where"]
    return f"{where['file']}:{where['line']}:{where['column']}: {each['severity']}: {each['message']}"
