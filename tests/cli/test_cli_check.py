"""`subproc check` and `subproc rule` as they are typed."""

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from sarif_pydantic import Sarif

from subproc_cli.cli.main import main
from subproc_cli.rules.checks import RULES

ROOT = Path(__file__).parent.parent.parent
LIST = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2024-01-01
services:
  a: {name: "A%, <b>", purpose: sends mail, sees: [usage], processing: [DE, IN], entity: {name: Example Inc}}
  b: {name: B, purpose: sends mail, sees: [usage], processing: [DE], entity: {name: B Inc, address: x}}
"""
TEXT = """\
registry.yaml:6:77: error SP203 transfer-without-basis: A%, <b> processes in IN,
and no transfer basis is stated (Art. 44 GDPR) (add transfer: scc or bcr)

  6 | l, sees: [usage], processing: [DE, IN], entity: {name: Example Inc}}
    |                                    ^

registry.yaml:6:3: warning SP103 missing-address: A%, <b>: the address of its
legal entity is not stated (add entity.address)

  6 |   a: {name: "A%, <b>", purpose: sends mail, sees: [usage], processin
    |   ^

1 error, 1 warning and 0 infos.
"""
ONLY = ("--no-clock", "--ignore", "SP104,missing-dpa,missing-notice-terms")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "SUBPROC_REGISTRY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "registry.yaml").write_text(LIST, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_check_prints_findings_with_their_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", *ONLY) == (1, TEXT, "")


def test_check_of_the_shipped_registry_passes_and_counts_suppressions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, "check", str(ROOT / "registry.yaml"), "--at", "2026-11-23")
    assert (code, out) == (
        0,
        "Nothing found; 2 errors, 15 warnings and 29 infos suppressed (--no-suppressions\nshows them).\n",
    )
    code, out, _ = run(
        capsys, "check", str(ROOT / "registry.yaml"), "--no-clock", "--no-suppressions", "-f", "json"
    )
    found = [
        (each["name"], each["service"]) for each in json.loads(out)["problems"] if each["severity"] != "info"
    ]
    assert [service for name, service in found if name == "missing-location"] == [
        *("stripe", "logrocket", "close", "userpilot", "google-analytics", "linkedin-insight-tag")
    ]
    assert [service for name, service in found if name == "missing-entity"] == [
        *(
            "datadog",
            "customer-io",
            "logrocket",
            "close",
            "userpilot",
            "google-analytics",
            "linkedin-insight-tag",
        )
    ]
    assert ("claim-contradicted", "userpilot") in found
    assert ("transfer-without-basis", "intercom") in found


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--fail-on", "error"], 1),
        (["--fail-on", "never"], 0),
        (["--ignore", "SP203"], 1),
        (["--ignore", "SP203", "--fail-on", "error"], 0),
        (["--ignore", "SP2", "--ignore", "missing-address"], 0),
        (["--select", "SP5"], 0),
        (["--select", "missing-contact"], 0),
        (["--select", "missing-location", "--fail-on", "info"], 0),
        (["--select", "missing-address", "--fail-on", "info"], 1),
    ],
)
def test_check_select_and_fail_on_decide_the_exit_code(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "check", *ONLY, *arguments)[0] == code


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ('ignore = ["SP2"]\nfail-on = "error"', 0, ""),
        ('severities = {transfer-without-basis = "info", missing-address = "off"}', 0, ""),
        ('selct = ["SP1"]', 2, "tool.subproc: there is no setting selct (did you mean select?)"),
        ('select = "SP1"', 2, "tool.subproc.select should be a list of rules"),
        ('ignore = ["SP1", "mising-data"]', 2, "there is no rule 'mising-data' (did you mean missing-data?)"),
        ('severities = {missing-data = "fatal"}', 2, "'fatal' is not one of error, warning, info or off"),
        ('fail-on = "x"', 2, "'x' is not one of error, warning, info or never"),
        ("x = ", 2, "pyproject.toml: Invalid value"),
        ('ignore = ["SP203", "invalid-yaml"]', 2, "--ignore: invalid-yaml always applies (a list with such"),
        ('severities = {unknown-field = "off"}', 2, "tool.subproc.severities: unknown-field always applies"),
    ],
)
def test_check_reads_its_settings_from_pyproject(
    settings: str, code: int, said: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.subproc]\n{settings}\n", encoding="utf-8")
    found, _, err = run(capsys, "check", *ONLY)
    assert found == code
    assert said in err


def test_check_applies_the_severities_of_the_registry(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    text = LIST.replace(
        "services:", "severities: {missing-address: error, transfer-without-basis: off, x: info}\nservices:"
    )
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "check", *ONLY, "-f", "oneline")
    assert [line.split(": ")[1] for line in out.splitlines()] == [
        "error SP005 invalid-value",
        "error SP103 missing-address",
    ]


def test_check_of_many_findings_counts_them_by_rule(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    services = "".join(f"  s{each}: {{name: S{each}, processing: [US]}}\n" for each in range(7))
    (folder / "registry.yaml").write_text(
        f"{LIST.partition('services:')[0]}services:\n{services}", encoding="utf-8"
    )
    options = ("check", "--no-clock", "--select", "SP203,SP104,SP102", "-f", "text")
    out = run(capsys, *options)[1]
    assert out.split("\n\n")[-2:] == [
        "- SP203 transfer-without-basis: 7\n- SP102 missing-entity: 7\n- SP104 missing-contact: 7",
        "7 errors, 7 warnings and 7 infos.\n",
    ]
    assert "- SP203" not in run(capsys, *options, "--ignore", "SP102")[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tool = 1\n", ""),
        ("[tool]\nsubproc = 1\n", "tool.subproc should be a table"),
        ("a = " + "[" * 5000, "recursion"),
        ("a = " + "1" * 5000, "digits"),
        ("x" * (1024 * 1024 + 1), "is larger than 1 MiB"),
        ("\0", "pyproject.toml: "),
    ],
)
def test_check_with_invalid_settings_reports_the_error(
    text: str, told: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "check", "--fail-on", "never", "-q")
    assert code == (2 if told else 0)
    assert told in err
    assert "bug" not in err


def test_check_with_two_registries_is_an_error(
    capsys: pytest.CaptureFixture[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = run(capsys, "check", "registry.yaml", "-r", "another.yaml")
    assert (code, err.split(" (")[0]) == (
        2,
        "subproc: two registries are named: registry.yaml and another.yaml",
    )
    monkeypatch.setenv("SUBPROC_REGISTRY", str(folder / "another.yaml"))
    assert run(capsys, "check", "registry.yaml", "--fail-on", "never")[0] == 0


def test_check_of_an_invalid_registry_reports_findings(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "registry.yaml").write_text(LIST.replace("purpose", "purpos"), encoding="utf-8")
    code, out, err = run(capsys, "check", "-f", "oneline")
    assert (code, err) == (1, "")
    assert [line.split(": ")[1] for line in out.splitlines()] == ["error SP003 unknown-field"] * 2
    assert run(capsys, "check", "nowhere.yaml")[0] == 3


def git(*arguments: str) -> None:
    name = ("-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *name, *arguments], check=True, capture_output=True)


def test_check_against_a_revision_reports_findings_of_changes(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    git("init")
    code, _, err = run(capsys, "check", "--against", "HEAD", "--missing-base", "fail")
    assert code == 3
    assert "HEAD" in err
    code, out, _ = run(
        capsys,
        "check",
        "--against",
        "HEAD",
        "--missing-base",
        "empty",
        "--select",
        "SP1,SP3",
        "-f",
        "oneline",
    )
    assert (code, out.count("SP3")) == (1, 0)  # of a first revision nothing is to be told
    git("add", ".")
    git("commit", "-m", "x")
    (folder / "registry.yaml").write_text(LIST + "  c: {name: C}\n", encoding="utf-8")
    code, out, _ = run(capsys, "check", "--against", "HEAD", "--select", "SP3", "-f", "oneline")
    assert [line.split(" ")[2] for line in out.splitlines()] == ["SP301", "SP303", "SP307"]
    assert "raise it to 2.0.0" in run(capsys, "check", "--against", "HEAD", "--select", "SP301")[1]
    (folder / "registry.yaml").write_text(LIST, encoding="utf-8")
    assert run(capsys, "check", "--against", "HEAD", "--select", "SP3") == (0, "Nothing found.\n", "")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--at", "2024-01-02"], 1),
        (["--at", "2024-01-01"], 0),  # published twice on one day
        (["--no-clock"], 1),  # which day it is, nobody says
        (["--no-clock", "--missing-base", "empty", "--against", "HEAD"], 0),  # the first revision of all
    ],
)
def test_check_of_changed_services_with_the_old_date_is_a_finding(
    options: list[str], code: int, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    git("init")
    (folder / "before.yaml").write_text(LIST, encoding="utf-8")
    (folder / "registry.yaml").write_text(LIST + "  c: {name: C, since: 2024-02-02}\n", encoding="utf-8")
    assert run(capsys, "check", "--against", "before.yaml", "--select", "SP307", *options)[0] == code


def test_check_of_an_unused_suppression_of_a_date_rule_finds_nothing(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """What finds nothing today, or in this change, may find something in the next."""
    ignore = "ignore: [{rule: stale-list, reason: x}, {rule: version-not-raised, reason: x}]\n"
    (folder / "registry.yaml").write_text(LIST + ignore, encoding="utf-8")
    (folder / "before.yaml").write_text(LIST + ignore, encoding="utf-8")
    wanted = ("check", "--at", "2024-01-02", "--select", "SP3,SP404,SP9", "-f", "oneline")
    assert run(capsys, *wanted) == (0, "", "")
    assert run(capsys, *wanted, "--against", "before.yaml") == (0, "", "")


def test_check_of_a_first_revision_needs_no_start_dates(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    git("init")
    (folder / "registry.yaml").write_text("notice: {days: 30}\n" + LIST, encoding="utf-8")
    note = "subproc: registry.yaml is new: HEAD does not have this list, so no changes are checked\n"
    assert run(capsys, "check", "--against", "HEAD", "--select", "SP3") == (0, "Nothing found.\n", note)


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (["--ignore", "SP0"], ""),
        (["--ignore", "SP"], ""),
        (["--select", "SP3"], ""),
        ([], 'ignore = ["SP0"]'),
        ([], 'select = ["missing-location"]\nfail-on = "error"'),
    ],
)
@pytest.mark.parametrize("fault", ["services: [", "servces: {}\n", "categories: {x.y: {label: z}}\n"])
def test_check_of_an_invalid_registry_fails_with_any_selection(
    fault: str, arguments: list[str], settings: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.subproc]\n{settings}\n", encoding="utf-8")
    (folder / "registry.yaml").write_text(LIST + fault, encoding="utf-8")
    code, out, _ = run(capsys, "check", *arguments, "-f", "oneline")
    assert code == 1
    assert " error SP00" in out


def test_check_ignore_of_a_mandatory_rule_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "check", "--ignore", "SP001")
    assert (code, err.split(" (")[0]) == (2, "subproc: --ignore: SP001 always applies")


STRICT = ("version-not-raised", "change-without-changelog", "short-notice")


@pytest.mark.parametrize(
    ("base", "now", "expected"),
    [
        # What is checked does not switch off what checks it: the stricter of the two holds
        ({}, dict.fromkeys(STRICT, "off"), "error SP301, error SP303, error SP304"),
        ({}, dict.fromkeys(STRICT, "info"), "error SP301, error SP303, error SP304"),
        (dict.fromkeys(STRICT, "off"), {}, "error SP301, error SP303, error SP304"),
        (dict.fromkeys(STRICT, "off"), dict.fromkeys(STRICT, "off"), ""),
        (
            dict.fromkeys(STRICT, "info"),
            dict.fromkeys(STRICT, "warning"),
            "warning SP301, warning SP303, warning SP304",
        ),
        ({"short-notice": "warning"}, {"short-notice": "off"}, "error SP301, error SP303, warning SP304"),
    ],
)
def test_check_against_a_revision_applies_the_stricter_severity(
    base: dict[str, str], now: dict[str, str], expected: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    for name, severities, more in (
        ("before", base, ""),
        ("registry", now, "  c: {name: C, since: 2024-01-02}\n"),
    ):
        said = "".join(f"  {rule}: {chosen}\n" for rule, chosen in severities.items())
        head = f"notice: {{days: 30}}\n{'severities:' if said else ''}\n{said}"
        (folder / f"{name}.yaml").write_text(head + LIST + more, encoding="utf-8")
    wanted = ("check", "--against", "before.yaml", "--no-clock", "--fail-on", "info", "-f", "oneline")
    code, out, _ = run(capsys, *wanted, "--select", "SP301,SP303,SP304")
    assert (code, ", ".join(" ".join(line.split(" ")[1:3]) for line in out.splitlines())) == (
        int(bool(expected)),
        expected,
    )


def test_check_sarif_has_rules_positions_and_fingerprints(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "check", *ONLY, "-f", "sarif")[1]
    (found,) = Sarif.model_validate_json(out).runs
    rules = {rule.id: rule for rule in found.tool.driver.rules or []}
    assert len(rules) == len(RULES)
    assert all(rule.help and rule.help.text for rule in rules.values())
    assert [each.rule_id for each in found.results or []] == ["SP203", "SP103"]
    record = json.loads(out)
    location = record["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location == {
        "artifactLocation": {"uri": "registry.yaml", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 6, "startColumn": 77},
    }
    prints = [each["partialFingerprints"]["subproc/v1"] for each in record["runs"][0]["results"]]
    assert len(set(prints)) == 2


def test_check_sarif_names_the_file_by_a_relative_uri(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "ö list.yaml").write_text(LIST, encoding="utf-8")
    record = json.loads(run(capsys, "check", "./ö list.yaml", *ONLY, "-f", "sarif")[1])
    location = record["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "%C3%B6%20list.yaml", "uriBaseId": "SRCROOT"}


def test_check_github_annotations_start_with_errors(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """GitHub shows ten of them."""
    services = "".join(f"  a{number}: {{name: A}}\n" for number in range(12))
    text = LIST.partition("  a:")[0] + services + "  z: {name: Z, processing: [IN]}\n"
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    lines = run(capsys, "check", "--no-clock", "-f", "github")[1].splitlines()
    commands = [line.split(" ")[0] for line in lines if line.startswith("::")]
    order = ["::error", "::warning", "::notice"]
    assert commands == sorted(commands, key=order.index)
    assert set(commands) == set(order)


def test_check_in_ci_uses_the_format_of_the_system(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = run(capsys, "check", *ONLY)[1].splitlines()
    assert lines == [
        "::error file=registry.yaml,line=6,col=77,title=SP203 transfer-without-basis::A%25, <b> processes in IN, and no transfer basis is stated (Art. 44 GDPR)",
        "::warning file=registry.yaml,line=6,col=3,title=SP103 missing-address::A%25, <b>: the address of its legal entity is not stated",
        "1 error, 1 warning and 0 infos.",
    ]
    assert run(capsys, "check", *ONLY, "-f", "text")[1] == TEXT
    monkeypatch.delenv("GITHUB_ACTIONS")
    monkeypatch.setenv("GITLAB_CI", "true")
    found = json.loads(run(capsys, "check", *ONLY)[1])
    assert [each["severity"] for each in found] == ["major", "minor"]
    assert len({each["fingerprint"] for each in found}) == 2


def test_check_junit_has_one_case_for_each_rule(capsys: pytest.CaptureFixture[str]) -> None:
    suite = ET.fromstring(run(capsys, "check", *ONLY, "-f", "junit")[1]).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == (str(len(RULES)), "2")
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed == ["SP103 missing-address", "SP203 transfer-without-basis"]


def test_check_fix_and_add_ignore_edit_the_registry(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    text = LIST.replace("[DE, IN]", "[Germany, IN]  # ours").replace(", entity: {name: Example Inc}", "")
    text = text.replace("  a: {", "  a: {  # the first\n    ").replace(
        "[Germany, IN]  # ours}", "[Germany, IN]}"
    )
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "check", *ONLY, "--fix", "--add-ignore", "asked: twice")
    assert (code, err.splitlines()) == (
        0,
        ["subproc: 1 fixed in registry.yaml", "subproc: 2 suppressed in registry.yaml"],
    )
    after = (folder / "registry.yaml").read_text(encoding="utf-8")
    assert "[DE, IN]" in after
    assert "# the first" in after
    assert after.count("asked: twice") == 2
    assert (
        run(capsys, "check", *ONLY)[1]
        == "Nothing found; 1 error and 1 warning suppressed (--no-suppressions shows them).\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--add-ignore", ""], 2, "--add-ignore needs a reason"),
        (["--add-ignore", " "], 2, "--add-ignore needs a reason"),
        (["nowhere.yaml", "--fix"], 3, "nowhere.yaml: no such file"),
    ],
)
def test_check_fix_with_an_error_leaves_the_registry_unchanged(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    found, _, err = run(capsys, "check", *arguments)
    assert found == code
    assert said in err
    assert (folder / "registry.yaml").read_text(encoding="utf-8") == LIST


def test_check_ignores_a_suppression_inside_a_text(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    text = LIST.replace("purpose: sends mail", "purpose: 'a # subproc: ignore[transfer-without-basis] x'", 1)
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    assert "SP203" in run(capsys, "check", *ONLY)[1]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("a: {name: A}  # subproc: ignore[missing-location] x", []),
        ("a: {name: A}  # subproc: ignore[missing-dpa] x", ["SP101"]),
        (
            'a: {name: A, purpose: "x # subproc: ignore[missing-dpa] y"} # subproc: ignore[missing-location] x',
            [],
        ),
        ('a: {name: A, purpose: "x # subproc: ignore[missing-location] y"}', ["SP101"]),
        ("a:\n    name: A # subproc: ignore[missing-location] elsewhere", ["SP101", "SP901"]),
        (
            "a:  # subproc: ignore[missing-location] x\n    purpose: |  # subproc: ignore[vague-purpose] x\n      Letters\n    name: A",
            [],
        ),
        ("a: {name: A}  # subproc: ignore all of it", ["SP903", "SP101"]),
        ("a: {name: A}  # subproc: ignore[missing-location] until=20270101 x", ["SP903", "SP101"]),
        ("a: {name: A}  # subproc: ignore[missing-location, vague-purpose] x", ["SP901"]),
    ],
)
def test_check_applies_suppressions_in_comments(
    line: str, found: list[str], capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    text = LIST.partition("  a:")[0] + f"  {line}\n"
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    wanted = ("--select", "missing-location,vague-purpose,SP9", "--no-clock", "-f", "json")
    assert [each["code"] for each in json.loads(run(capsys, "check", *wanted)[1])["problems"]] == found


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("processing: [AU, DE, IN]", "A processes in AU and IN, and no transfer basis is stated"),
        (
            "processing: [worldwide]",
            "A: the place of processing is vague: worldwide; no transfer basis is stated",
        ),
        ("processing: [{place: [US, DE]}]", "is vague: US or DE; no transfer basis is stated"),
        ("processing: [{place: [US, DE]}], transfer: [dpf]", "is vague: US or DE ("),
        ("processing: [{place: [SE, FR]}]", "is vague: SE or FR ("),
        (
            "processing: [BR, US], transfer: [adequacy]",
            "BR under the FADP (ch-fadp): adequacy needs a decision, and none covers BR",
        ),
        (
            "processing: [US], transfer: [dpf]",
            "covers the transfer to US under the FADP (ch-fadp): dpf is not a basis of the FADP (",
        ),
        ("sees: [everything]", "A sees special categories of data, stated as everything (Art. 9 GDPR, "),
        (
            "sees: [{data: usage, may_contain: [special.health]}]",
            "A may see special categories of data, stated as health data (Art. 9 GDPR and Art. 5(c)(2) FADP)",
        ),
    ],
)
def test_check_message_names_the_places_and_the_missing_basis(
    service: str, said: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    head = LIST.partition("services:")[0]
    text = f"{head}law: [eu-gdpr, ch-fadp]\nservices:\n  a: {{name: A, {service}}}\n"
    (folder / "registry.yaml").write_text(text, encoding="utf-8")
    out = run(capsys, "check", "--no-clock", "--select", "SP108,SP203,SP204,SP210", "-f", "text")[1]
    assert said in " ".join(out.split())


def test_check_at_a_date_with_no_clock_applies_the_law_of_the_date(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """--no-clock leaves out rules; --at chooses the law."""
    Path("registry.yaml").write_text(
        LIST.partition("  a:")[0] + "  a: {name: A, processing: [BR], transfer: [adequacy]}\n",
        encoding="utf-8",
    )
    wanted = ("check", "--select", "SP204,SP404", "--fail-on", "info", "--no-clock")
    assert run(capsys, *wanted)[0] == 1
    assert run(capsys, *wanted, "--at", "2026-06-01")[0] == 0


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("SP203", 0, "SP203 transfer-without-basis\n"),
        ("sp203", 0, "SP203 transfer-without-basis\n"),
        (
            "transfer-without-basis",
            0,
            "Why: Data may be transferred to a third country only on a basis of the law",
        ),
        ("service-added", 0, "service-added\n============="),
        (
            "missing-locaton",
            2,
            "'missing-locaton' is not a rule or a kind of change (did you mean missing-location?)",
        ),
    ],
)
def test_rule_with_a_name_or_code_prints_its_manual(
    name: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, out, err = run(capsys, "rule", name)
    assert found == code
    assert said in out + err


@pytest.mark.parametrize(
    ("old", "new"), [("--no-ignores", "--no-suppressions"), ("--ignores", "--suppress")], ids=str
)
def test_check_option_with_its_former_name_works_and_prints_a_note(
    capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    list_file = str(ROOT / "registry.yaml")
    code, out, err = run(capsys, "check", list_file, "--no-clock", old)
    assert (code, out, err) == (
        *run(capsys, "check", list_file, "--no-clock", new)[:2],
        f"subproc: {old} has been renamed: use {new}\n",
    )
    assert run(capsys, "check", list_file, "--no-clock", "-q", old)[2] == ""
    assert old not in run(capsys, "check", "--help")[1]


def test_check_conflict_marker_is_reported_as_a_merge_conflict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "registry.yaml"
    file.write_text(
        "format: 1\n<<<<<<< HEAD\nversion: 1.0.0\n=======\nversion: 2.0.0\n>>>>>>> other\n", "utf-8"
    )
    code, output, _ = run(capsys, "check", str(file))
    assert code == 1
    assert f"{file}:2:1" in output.replace("\n", "")
    assert "merge conflict" in " ".join(output.split())


def test_check_in_a_subfolder_names_files_from_the_top_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "legal"
    folder.mkdir()
    (tmp_path / ".git").mkdir()
    (folder / "registry.yaml").write_text("format: 1\n", "utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)
    _, output, _ = run(capsys, "check", "-f", "github")
    assert "file=legal/registry.yaml" in output
