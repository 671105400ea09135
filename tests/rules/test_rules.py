"""Every rule on the snippets of its case file: it finds the bad one, not the good ones, and can be suppressed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from registry_text import DATE, FILE, HEAD
from rows import for_rows
from subproc_cli import diagnostics
from subproc_cli.diagnostics import ErrorCode
from subproc_cli.diff.classify import diff
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules import checks
from subproc_cli.rules.checks import RULES, RULES_BY_CODE, RULES_BY_NAME
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import CheckResult, build_problem_report, run_rules
from subproc_cli.rules.rule import Baseline, Rule, RuleContext
from subproc_cli.yaml.source import Source

CASES = Path(__file__).parent / "cases"
BY_THE_READER = {"SP001", "SP002", "SP003", "SP004", "SP005", "SP006", "SP007", "SP008"}
OF_SUPPRESSIONS = {"SP901", "SP902", "SP903", "SP904"}


def case(rule: Rule) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CASES / f"{rule.name.replace('-', '_')}.yaml").read_text("utf-8"))
    return found


def read(text: str) -> Registry | Any:
    return load_registry(Source(FILE, (text if text.startswith("format:") else HEAD + text).encode()))


def check(rule: Rule, given: dict[str, Any], text: str) -> CheckResult:
    also = ("missing-location",) if rule.code in OF_SUPPRESSIONS else ()
    selection = Selection(select=(rule.name, *also))
    index = read(text)
    if not isinstance(index, Registry):
        return build_problem_report(index)
    against = None
    if "base" in given:
        base = read(given["base"])
        against = Baseline(base, diff(base, index), given.get("changelog"))
    day = given.get("at") or date.fromisoformat(DATE)
    ledger = tuple(
        {key: str(value) if key in {"day", "effective"} else value for key, value in entry.items()}
        for entry in given.get("ledger", ())
    )
    context = RuleContext(index, day, against)
    context.ledger = ledger
    return run_rules(context, selection)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_finds_its_bad_case_and_not_its_good_case(rule: Rule) -> None:
    given = case(rule)
    bad = [each for each in check(rule, given, given["bad"]).findings if each.rule is rule]
    assert len(bad) == given.get("count", 1)
    assert all(each.position.line >= 1 and each.message for each in bad)
    for name in ("good", "also_good"):
        if name in given:
            assert check(rule, given, given[name]).findings == ()
    for row in given.get("cases", ()):
        found = [each for each in check(rule, row, row["list"]).findings if each.rule is rule]
        assert [f"{each.severity} {each.position.path}" for each in found] == row["finds"], row
        if "messages" in row:
            assert [each.message for each in found] == row["messages"], row
    if rule.find:
        report = check(rule, given, given["suppressed"])
        assert (report.findings, {each.rule for each in report.suppressed}) == ((), {rule})


def test_rules_are_complete_and_in_order() -> None:
    files = {path.stem for path in Path(next(iter(checks.__path__))).glob("[!_]*.py")}
    assert {rule.name.replace("-", "_") for rule in RULES} == files == {path.stem for path in CASES.iterdir()}
    twice = [rule.name for rule in RULES if RULES_BY_CODE[rule.code] is not rule]
    assert twice == [], "another rule has the same code"
    assert [rule.code for rule in RULES] == sorted(RULES_BY_CODE)
    assert len(RULES_BY_NAME) == len(RULES_BY_CODE) == len(RULES)
    without = {rule.code for rule in RULES if rule.find is None}
    assert without == BY_THE_READER | OF_SUPPRESSIONS


@for_rows("rule", RULES)
def test_texts_of_a_rule_are_complete_sentences(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert ". " not in rule.summary  # a headline of one sentence
    assert rule.why.endswith(".")
    assert rule.details.endswith(".") or not rule.details


@for_rows("rule", RULES)
def test_examples_of_a_rule_are_different_yaml(rule: Rule) -> None:
    assert yaml.safe_load(rule.good)
    assert rule.bad != rule.good


def test_description_of_a_rule_names_what_it_needs() -> None:
    needs_both = RULES_BY_NAME["date-goes-back"]._replace(is_time_dependent=True, summary="A.", details="B.")
    assert needs_both.description == "A. Needs `--against`. Depends on the day of the check. B."


def test_rules_of_the_reader_have_its_error_codes() -> None:
    faults = {each.code: each for each in vars(diagnostics).values() if isinstance(each, ErrorCode)}
    assert {code: RULES_BY_CODE[code].error_code for code in sorted(BY_THE_READER | {"SP009"})} == faults
