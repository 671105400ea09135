"""Several runs of `subproc notice` one after the other: what stays, what is recorded, and what is said."""

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

from ledger_lines import INITIAL_HASH, build_old_line, list_events, with_hash
from subproc_cli.cli.main import main
from subproc_cli.cli.registry_file import load_valid_registry
from subproc_cli.diff.classify import diff
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.plan import Request, plan
from subproc_cli.registry import source

HEAD = """\
format: 1
publisher: Example GmbH
version: {version}
date: {date}
notice: {{days: 30, contact: privacy@example.com}}
services:
  a: {{name: Alpha, purpose: {purpose}}}
"""
FACTS = "purpose: mail, sees: [identity.email], processing: [DE], entity: {name: B GmbH, address: 1 Road, country: DE}, contact: b@example.com"
BETA, GAMMA = (f"  {name[0].lower()}: {{name: {name}, {FACTS}}}\n" for name in ("Beta", "Gamma"))
LISTS = {
    "one.yaml": HEAD.format(version="1.0.0", date="2024-01-01", purpose="chat"),
    "two.yaml": HEAD.format(version="2.0.0", date="2024-04-01", purpose="chat") + BETA,
    "three.yaml": HEAD.format(version="3.0.0", date="2024-07-01", purpose="chat") + BETA + GAMMA,
    "inform.yaml": HEAD.format(version="1.1.0", date="2024-04-01", purpose="training"),
    "settings.yaml": HEAD.format(version="2.0.0", date="2024-04-01", purpose="chat")
    + "levels: {service-added: inform}\n",
}
EXAMPLE_AG, EXAMPLE_LTD, EXAMPLE_SA = (
    f"  - {{name: Example {form}, address: {form.lower()}@example.com}}\n" for form in ("AG", "Ltd", "SA")
)
FIRST = ("one.yaml", "two.yaml", "--sent", "2024-04-09")
SECOND = ("two.yaml", "three.yaml", "--sent", "2024-07-08")
SUB = "2024-07-08-2.0.0-to-3.0.0"
BOOKS = ("index.csv", "manifest.json", "new.yaml", "old.yaml")
"""What is in the folder of a run next to the letters."""


def warn(day: str) -> str:
    return f"subproc: --sent {day} is in the past; the letters state {day} as the day of sending\n"


PAST, LATER = warn("2024-04-09"), warn("2024-07-08")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in LISTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    name_customers(tmp_path, EXAMPLE_AG, EXAMPLE_LTD, EXAMPLE_SA)
    return tmp_path


def name_customers(folder: Path, *rows: str) -> None:
    (folder / "customers.yaml").write_text(f"customers:\n{''.join(rows)}", encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["notice", *arguments, "-c", "customers.yaml"])
    said = capsys.readouterr()
    return code, said.out, said.err


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(folder: Path) -> list[tuple[str, str, str]]:
    """Return customer, files and status of each row of an index, by customer; its files are there."""
    found = list(csv.DictReader((folder / "index.csv").read_text("utf-8").splitlines()))
    for row in found:
        for name in filter(None, row["files"].split("; ")):
            assert (folder / name).is_file()
    return sorted((row["customer"].removeprefix("Example "), row["files"], row["status"]) for row in found)


# No run replaces the letters of another


@pytest.mark.parametrize("name", ["index.csv", "manifest.json", "old.yaml"])
def test_notice_into_a_folder_with_a_link_that_leads_out_of_it_writes_nothing_there(
    name: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "letters").mkdir()
    (folder / "letters" / name).symlink_to(folder / "elsewhere")
    code, _, err = run(capsys, *FIRST, "--out", "letters")
    assert code == 2
    assert err.splitlines()[-1] == (
        f"subproc: letters/{name}: a symbolic link leads out of the folder (remove the link, or name another folder)"
    )
    assert not (folder / "elsewhere").exists()


@pytest.mark.parametrize("ledger", [[], ["--record", "sent.jsonl"]])
def test_notice_into_a_used_folder_keeps_its_letters(
    ledger: list[str], capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert run(capsys, *FIRST, "--out", "letters", *ledger)[0] == 0
    first = contents(folder / "letters")
    code, _, err = run(capsys, *SECOND, "--out", "letters", *ledger)
    sub = Path("letters", SUB)
    assert (code, err) == (
        0,
        f"subproc: letters contains letters of another run; the new letters go to {sub}\n{LATER}",
    )
    assert (folder / sub).stat().st_mode & 0o777 == 0o700
    after = contents(folder / "letters")
    assert {name: after[name] for name in first} == first
    assert sorted(set(after) - set(first)) == [
        f"{SUB}/{name}" for name in ("example-ag.txt", "example-ltd.txt", "example-sa.txt", *BOOKS)
    ]
    assert b"Gamma will be engaged" in after[f"{SUB}/example-ag.txt"]
    status = "issued" if ledger else "written"
    assert rows(folder / sub)[0] == ("AG", "example-ag.txt", status)


def test_notice_to_other_customers_keeps_the_first_index(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    name_customers(folder, EXAMPLE_AG)
    run(capsys, *FIRST, "--out", "letters")
    first = contents(folder / "letters")
    name_customers(folder, EXAMPLE_LTD)
    run(capsys, *SECOND, "--out", "letters")
    after = contents(folder / "letters")
    assert {name: after[name] for name in first} == first
    assert sorted(set(after) - set(first)) == [f"{SUB}/{name}" for name in ("example-ltd.txt", *BOOKS)]


@pytest.mark.slow
def test_notice_twice_the_same_writes_the_same_folder(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    run(capsys, *FIRST, "--out", "letters", "-f", "eml", "-f", "docx")
    first = contents(folder / "letters")
    code, _, err = run(capsys, *FIRST, "--out", "letters", "-f", "eml", "-f", "docx")
    assert (code, err, contents(folder / "letters")) == (0, PAST, first)


@pytest.mark.parametrize("name", ["example-ltd.txt", "index.csv"])
def test_notice_keeps_a_file_that_it_did_not_write(
    name: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "letters").mkdir()
    (folder / "letters" / name).write_text("mine\n", encoding="utf-8")
    assert run(capsys, *FIRST, "--out", "letters")[0] == 0
    assert (folder / "letters" / name).read_text("utf-8") == "mine\n"
    assert len(rows(folder / "letters" / "2024-04-09-1.0.0-to-2.0.0")) == 3


@pytest.mark.slow
def test_notice_into_a_used_subfolder_numbers_a_new_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    for version in ("one.yaml", "two.yaml"):
        text = (folder / version).read_text("utf-8").replace("Example GmbH", "Other GmbH")
        (folder / f"other-{version}").write_text(text, encoding="utf-8")
    run(capsys, *FIRST, "--out", "letters")
    other = ("other-one.yaml", "other-two.yaml", "--sent", "2024-04-09", "--out", "letters")
    for options in ([], ["--effective", "2024-06-01"]):
        assert run(capsys, *other, *options)[0] == 0
    found = [path.name for path in (folder / "letters").iterdir() if path.is_dir()]
    assert sorted(found) == ["2024-04-09-1.0.0-to-2.0.0", "2024-04-09-1.0.0-to-2.0.0-2"]


# A run that was killed is completed by the next one


def interrupt(folder: Path, missing: list[str]) -> None:
    """Leave what a killed run leaves: a manifest and an index of all letters, some of which are missing."""
    for name in missing:
        (folder / name).unlink()
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for letter in manifest["letters"]:
        letter["status"] = "planned"
        letter["files"] = [{**file, "sha256": None} for file in letter["files"]]
    (folder / "manifest.json").write_text(json.dumps({**manifest, "status": "writing"}), encoding="utf-8")
    index = (folder / "index.csv").read_text("utf-8")
    (folder / "index.csv").write_text(index.replace("issued", "planned"), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("lines", range(4))
@pytest.mark.parametrize("index", [False, True])
def test_index_after_a_killed_run_names_every_letter(
    lines: int,
    index: bool,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
) -> None:
    words = (*FIRST, "--out", "letters", "-f", "eml", "-f", "text", "--record", "sent.jsonl")
    run(capsys, *words)
    whole = contents(folder / "letters")
    ledger = (folder / "sent.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "sent.jsonl").write_bytes(b"".join(ledger[:lines]))
    names = [f"example-{form}.{ending}" for form in ("ag", "ltd", "sa") for ending in ("eml", "txt")]
    # the next letter may be there, or a part of it
    interrupt(folder / "letters", names[2 * lines + index :])
    assert run(capsys, *words)[0] == 0
    assert rows(folder / "letters") == [
        (form, f"example-{form.lower()}.eml; example-{form.lower()}.txt", "issued")
        for form in ("AG", "Ltd", "SA")
    ]
    after = contents(folder / "letters")
    del after["index.csv"], whole["index.csv"]  # it says why customers get no second letter
    manifests = [json.loads(found.pop("manifest.json")) for found in (after, whole)]
    assert manifests[0] == manifests[1]
    assert after == whole
    assert list_events(folder / "sent.jsonl") == [
        (f"Example {form}", "issued") for form in ("AG", "Ltd", "SA")
    ]


@pytest.mark.slow
def test_index_after_a_killed_run_on_another_day_names_every_letter(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    words = ("--out", "letters", "--record", "sent.jsonl")
    run(capsys, *FIRST, *words)
    ledger = (folder / "sent.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "sent.jsonl").write_bytes(ledger[0])
    interrupt(folder / "letters", ["example-ltd.txt"])
    run(capsys, "one.yaml", "two.yaml", "--sent", "2024-04-10", *words)
    sub = folder / "letters" / "2024-04-10-1.0.0-to-2.0.0"
    assert rows(sub) == [
        ("AG", "../example-ag.txt", "issued"),
        ("Ltd", "example-ltd.txt", "issued"),
        ("SA", "example-sa.txt", "issued"),
    ]
    before = contents(folder)
    run(capsys, "one.yaml", "two.yaml", "--sent", "2024-04-11", *words)
    assert contents(folder) == before
    name_customers(folder, EXAMPLE_AG, EXAMPLE_LTD, EXAMPLE_SA, "  - {name: Late, address: a@example.com}\n")
    run(capsys, "one.yaml", "two.yaml", "--sent", "2024-04-11", *words)
    assert ("AG", "../example-ag.txt", "issued-before") in rows(sub)
    assert ("Late", "late.txt", "issued") in rows(sub)


def test_index_marks_letters_of_an_earlier_run(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    words = (*FIRST, "--out", "letters", "--record", "sent.jsonl")
    name_customers(folder, EXAMPLE_AG)
    run(capsys, *words)
    name_customers(folder, EXAMPLE_AG, EXAMPLE_LTD)
    run(capsys, *words)
    assert rows(folder / "letters") == [
        ("AG", "example-ag.txt", "issued-before"),
        ("Ltd", "example-ltd.txt", "issued"),
    ]
    before = contents(folder)
    assert run(capsys, *words)[:2] == (0, "")
    assert contents(folder) == before


def test_index_has_status_as_its_last_column(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    run(capsys, *FIRST, "--out", "letters")
    head, first, *_ = (folder / "letters" / "index.csv").read_text("utf-8").splitlines()
    assert head == "customer,address,language,sent,effective,object_by,changes,files,left_out,status"
    assert first == (
        "Example AG,ag@example.com,en,2024-04-09,2024-05-10,,service-added b,example-ag.txt,,written"
    )


# Nobody is recorded as told who cannot be reached


@pytest.mark.slow
@pytest.mark.parametrize("form", ["eml", "text"])
def test_ledger_omits_a_customer_without_an_address(
    form: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    name_customers(folder, EXAMPLE_AG, "  - {name: Example Ltd}\n")
    words = (*FIRST, "--record", "sent.jsonl", "-f", form)
    code, _, err = run(capsys, *words, "--out", "letters")
    what = "mails" if form == "eml" else "letters"
    said = f"subproc: 1 of 2 {what} has no address, so it is not recorded as issued: Example Ltd\n"
    assert (code, err) == (0, PAST + said)
    assert [row[0::2] for row in rows(folder / "letters")] == [("AG", "issued"), ("Ltd", "no-address")]
    written = [("Example AG", "issued"), ("Example Ltd", "written")]
    assert list_events(folder / "sent.jsonl") == written
    run(capsys, *words, "--out", "letters")
    assert list_events(folder / "sent.jsonl") == written
    name_customers(folder, EXAMPLE_AG, EXAMPLE_LTD)
    assert run(capsys, *words, "--out", "more")[1].startswith("1 notice; 1 customer gets none")
    assert rows(folder / "more")[1][0::2] == ("Ltd", "issued")
    assert main(["notice", "--verify", "sent.jsonl"]) == 0


def test_ledger_of_one_customer_without_an_address_records_nothing_as_issued(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    name_customers(folder, "  - {name: Example Ltd}\n")
    code, _, err = run(capsys, *FIRST, "--record", "sent.jsonl", "-o", "letter.txt")
    assert code == 0
    assert "not recorded as issued: Example Ltd" in err
    assert list_events(folder / "sent.jsonl") == [("Example Ltd", "written")]


def test_ledger_line_without_an_address_counts_as_not_sent(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    name_customers(folder, EXAMPLE_AG)
    old, new = (load_valid_registry(source.read(name)) for name in FIRST[:2])
    customer = Customer.model_validate({"name": "Example AG", "address": ["ag@example.com"]})
    notice = plan((old, new), diff(old, new), Request(date(2024, 4, 9)), (customer,)).notices[0]
    line = json.loads(build_old_line(notice, b"the letter", INITIAL_HASH))
    for address, told in (("ag@example.com", True), (None, False)):
        (folder / "sent.jsonl").write_bytes(with_hash(line | {"address": address}))
        out = run(capsys, *FIRST, "--out", "more", "--record", "sent.jsonl")[1]
        assert out.startswith("1 notice;") != told


def test_dry_run_names_customers_without_an_address(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    name_customers(folder, EXAMPLE_AG, "  - {name: Example Ltd}\n")
    _, out, _ = run(capsys, *FIRST, "--dry-run")
    assert "\nWithout an address\n- Example Ltd\n\n" in out


# Why no letter is written


@pytest.mark.parametrize(
    ("new", "customers", "ledger", "err", "shown"),
    [
        (
            "inform.yaml",
            [EXAMPLE_AG],
            False,
            (
                "subproc: no change requires a notice; no letter was written\nfor information only, not part of a letter: Alpha: the purpose now reads “training” instead of “chat” (purpose-changed)\n"
                "subproc: to give notice of these changes too, add --level inform, or --also KIND:SERVICE for one of them\n"
            ),
            ["- Example AG: no change requires a notice", "For information only"],
        ),
        (
            "two.yaml",
            [EXAMPLE_AG, EXAMPLE_LTD],
            True,
            "subproc: no notice is due, so no letter was written: already notified: Example AG and Example Ltd\n",
            ["- Example AG: Beta (already notified)", "- Example Ltd: Beta (already notified)"],
        ),
        (
            "settings.yaml",
            [EXAMPLE_AG],
            False,
            "subproc: what requires a notice is a setting of the list, which no letter states: levels.service-added; no letter was written\n",
            ["- Example AG: the list (a setting, which no letter states)"],
        ),
    ],
)
def test_dry_run_and_real_run_give_the_same_reason_for_no_notice(
    new: str,
    customers: list[str],
    ledger: bool,
    err: str,
    shown: list[str],
    capsys: pytest.CaptureFixture[str],
    folder: Path,
) -> None:
    name_customers(folder, *customers)
    words = ["one.yaml", new, "--sent", "2024-04-09", "--out", "letters", "--record", "sent.jsonl"]
    if ledger:
        run(capsys, *words)
    assert run(capsys, *words) == (0, "", err)
    out = re.sub(r"\n  +", " ", run(capsys, *words, "--dry-run")[1])
    assert [each for each in shown if each not in out] == []


# An amended list


def test_letter_written_again_names_the_notice_that_it_amends(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    name_customers(folder, EXAMPLE_AG)
    run(capsys, *FIRST, "--out", "letters", "--record", "sent.jsonl")
    amended = (folder / "two.yaml").read_text("utf-8").replace("B GmbH,", "B GmbH, parent: Example Holding,")
    (folder / "two.yaml").write_text(amended, encoding="utf-8")
    words = ("one.yaml", "two.yaml", "--sent", "2024-04-16", "--record", "sent.jsonl")
    text = re.sub(r"\s+", " ", run(capsys, *words)[1])
    assert "This notice replaces what our notice of 9 April 2024 stated about Beta." in text
    assert "Owned by Stated before not stated in the list Stated now Example Holding" in text
