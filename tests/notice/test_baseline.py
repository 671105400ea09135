"""A run that starts from a revision of which some customers never heard: refused, or they are told as well."""

import csv
from pathlib import Path

import pytest

from subproc_cli.cli.main import main

LIST = """\
format: 1
publisher: Example GmbH
version: {version}
date: {date}
notice: {{days: 30, contact: privacy@example.com}}
services:
  a: {{name: Alpha, purpose: chat}}
"""
FACTS = "purpose: mail, sees: [identity.email], processing: [DE], entity: {name: B GmbH, address: 1 Road, country: DE}, contact: b@example.com"
BETA, GAMMA, SURVEYS = (
    f"  b: {{name: Beta, {FACTS}}}\n",
    f"  c: {{name: Gamma, {FACTS}}}\n",
    f"  b: {{name: Beta, {FACTS}, products: [Surveys]}}\n",
)
AG, SA = (
    "  - {name: Example AG, address: a@example.com}\n",
    "  - {name: Example SA, address: s@example.com}\n",
)
FIRST = "notice one.yaml two.yaml --sent 2024-04-09 -c customers.yaml --record sent.jsonl --out letters"
SECOND = "notice two.yaml three.yaml --sent 2024-07-09 -c customers.yaml --record sent.jsonl --out letters"
THIRD = "notice three.yaml four.yaml --sent 2024-10-09 -c customers.yaml --record sent.jsonl --out letters"
SUB = Path("letters", "2024-07-09-2.0.0-to-3.0.0")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_lists(BETA)
    return tmp_path


def write_lists(beta: str) -> None:
    lists = {"one": "", "two": beta, "three": beta + GAMMA}
    for number, (name, services) in enumerate(lists.items(), 1):
        text = LIST.format(version=f"{number}.0.0", date=f"2024-0{3 * number - 2}-01") + services
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def write_fourth_list() -> None:
    text = Path("three.yaml").read_text("utf-8").replace("3.0.0", "4.0.0").replace("2024-07-01", "2024-10-01")
    Path("four.yaml").write_text(f"{text}  d: {{name: Delta, {FACTS}}}\n", encoding="utf-8")


def name_customers(*rows: str) -> None:
    Path("customers.yaml").write_text(f"customers:\n{''.join(rows)}", encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], command: str) -> tuple[int, str]:
    code = main(command.split())
    return code, capsys.readouterr().err


def test_latest_day_is_one_for_customers_who_start_from_different_revisions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name_customers(AG)
    assert run(capsys, FIRST)[0] == 0
    name_customers(AG, SA.replace("}", ", days: 90}"))
    options = "--catch-up --effective latest -f text"
    assert run(capsys, f"{SECOND} {options}")[0] == 0
    with (SUB / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["customer"] for row in rows if row["files"]} == {"Example AG", "Example SA"}
    assert {row["effective"] for row in rows} == {"2024-10-08"}


@pytest.mark.slow
def test_customer_who_was_never_notified_is_refused_and_caught_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name_customers(AG)
    assert run(capsys, FIRST)[0] == 0
    name_customers(AG, SA)
    ledger = Path("sent.jsonl").read_bytes()
    for command in (SECOND, f"{SECOND} --dry-run"):
        code, err = run(capsys, command)
        assert (code, err.splitlines()[0]) == (
            1,
            "Example SA: knows version 1.0.0; not notified of the changes of Beta up to 2.0.0",
        )
        assert "1 customer was not notified of all that version 2.0.0 lists" in err
        advice = (
            "add --catch-up to notify them now, or state dpa.date of a customer whose contract has this list"
        )
        assert advice in err
    assert (Path("sent.jsonl").read_bytes(), SUB.exists()) == (ledger, False)
    assert run(capsys, f"{SECOND} --catch-up")[0] == 0
    letters = {name: (SUB / f"example-{name}.txt").read_text("utf-8") for name in ("ag", "sa")}
    assert ["Beta will be engaged" in " ".join(text.split()) for text in letters.values()] == [False, True]
    assert ["Gamma will be engaged" in " ".join(text.split()) for text in letters.values()] == [True, True]
    assert "compares version 1.0.0" in " ".join(letters["sa"].split())
    (copy,) = SUB.glob("old-1.0.0-*.yaml")
    assert copy.read_bytes() == Path("one.yaml").read_bytes()
    for command in (SECOND, f"{SECOND} --catch-up"):  # nobody is told twice
        code, err = run(capsys, command)
        assert (code, "already notified: Example AG and Example SA" in err) == (0, True)


def test_customer_whose_contract_has_the_list_needs_no_notice_of_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name_customers(AG)
    run(capsys, FIRST)
    for day, code in (("2024-03-31", 1), ("2024-04-01", 0)):
        name_customers(AG, SA.replace("}", f", dpa: {{date: {day}}}}}"))
        assert run(capsys, SECOND)[0] == code


def test_customer_whose_contract_is_older_than_every_list_knows_the_first_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name_customers(AG)
    assert run(capsys, FIRST)[0] == 0
    name_customers(AG, SA.replace("}", ", dpa: {date: 2023-01-01}}"))
    code, err = run(capsys, SECOND)
    assert code == 1
    assert "Example SA: knows version 1.0.0" in err


@pytest.mark.parametrize("signed", ["2023-01-01", "2024-04-01"])
def test_customer_knows_the_later_of_its_last_notice_and_the_list_of_its_contract(
    signed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name_customers(AG.replace("}", f", dpa: {{date: {signed}}}}}"))
    assert run(capsys, FIRST)[0] == 0
    assert run(capsys, SECOND)[0] == 0


@pytest.mark.parametrize(("signed", "code"), [("2024-06-30", 1), ("2024-07-01", 0)])
def test_customer_whose_contract_has_a_list_without_notices_knows_it(
    signed: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    name_customers(AG, SA.replace("}", f", dpa: {{date: {signed}}}}}"))
    assert run(capsys, FIRST)[0] == 0
    write_fourth_list()
    name_customers(SA.replace("}", f", dpa: {{date: {signed}}}}}"))
    assert run(capsys, THIRD)[0] == code


def test_customers_who_are_caught_up_stay_in_the_order_of_their_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name_customers(AG)
    assert run(capsys, FIRST)[0] == 0
    rest = [f"  - {{name: Example {n}, products: [Forms], dpa: {{date: 2024-06-01}}}}\n" for n in "ZY"]
    gamma = GAMMA.replace("name: Gamma", "name: Gamma, products: [Surveys]")
    Path("three.yaml").write_text(Path("three.yaml").read_text("utf-8").replace(GAMMA, gamma), "utf-8")
    ag, sa = (
        row.replace("}", f", products: [Surveys], days: {days}}}") for row, days in ((AG, 90), (SA, 30))
    )
    name_customers(sa, rest[0], ag, rest[1])
    assert run(capsys, f"{SECOND} --catch-up")[0] == 0
    with (SUB / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["customer"].removeprefix("Example "), row["effective"]) for row in csv.DictReader(file)]
    assert rows == [("SA", "2024-08-09"), ("AG", "2024-10-08"), ("Z", ""), ("Y", "")]


def test_customer_whom_no_missed_change_concerns_is_not_held_up(capsys: pytest.CaptureFixture[str]) -> None:
    write_lists(SURVEYS)
    panels = SA.replace("}", ", products: [Panels]}")
    name_customers(AG, panels)
    assert run(capsys, f"{FIRST} --incomplete")[0] == 0
    assert run(capsys, SECOND)[0] == 0


@pytest.mark.slow
def test_customer_whose_mail_bounced_is_notified_of_the_same_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name_customers(AG, SA)
    run(capsys, FIRST)
    assert main(["respond", "Example SA", "bounce", "--on", "2024-04-10", "--record", "sent.jsonl"]) == 0
    code, err = run(capsys, SECOND)
    assert (code, "Example SA: knows version 1.0.0" in err) == (1, True)
    assert run(capsys, f"{FIRST} --sent 2024-04-11".replace(" --sent 2024-04-09", ""))[0] == 0
    assert run(capsys, SECOND)[0] == 0


def test_run_from_a_later_base_than_the_last_notice_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    name_customers(AG, SA)
    run(capsys, FIRST)
    write_fourth_list()
    code, err = run(capsys, THIRD)
    assert code == 1
    assert "Example AG: knows version 2.0.0; not notified of the changes of Gamma up to 3.0.0" in err
    assert run(capsys, f"{THIRD} --catch-up")[0] == 0
    rows = csv.DictReader(Path("letters", "2024-10-09-3.0.0-to-4.0.0", "index.csv").read_text().splitlines())
    assert [row["changes"] for row in rows] == ["service-added c; service-added d"] * 2


def test_missing_copy_of_a_revision_is_reported_with_the_command_to_type(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name_customers(AG)
    run(capsys, FIRST)
    for path in Path("letters").iterdir():
        path.unlink()
    name_customers(AG, SA)
    code, err = run(capsys, f"{SECOND} --catch-up")
    assert code == 1
    assert "Example SA: knows version 1.0.0; not notified of the changes of Beta up to 2.0.0" in err
    assert "start from the revision that they know: subproc notice 1.0.0" in err
    assert run(capsys, SECOND.replace("two.yaml", "one.yaml"))[0] == 0
