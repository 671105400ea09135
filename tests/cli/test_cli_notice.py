"""`subproc notice` as it is typed: what is written, what is refused, and what stays as it was."""

import csv
import json
import multiprocessing
import re
from email import message_from_string
from pathlib import Path

import pytest

from ledger_lines import list_events
from subproc_cli.cli.main import main

STEPS = Path(__file__).parent.parent.parent / "examples" / "caplena"
OLD, NEW = str(STEPS / "2023-05-24.yaml"), "contacts-stated.yaml"
SENT = ("--sent", "2024-04-09")
CUSTOMERS = """\
customers:
  - {name: Example AG, address: privacy@example.com, language: de, country: DE, subdivision: BE, days: 60}
  - {name: Exemple SA, address: donnees@example.org, language: fr, country: FR, subdivision: none, objection_days: 30}
  - {name: Example Ltd, address: dpo@example.net, regime: uk-gdpr, features: []}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "customers.yaml").write_text(CUSTOMERS, encoding="utf-8")
    published = (STEPS / "2024-04-09.yaml").read_text(encoding="utf-8")
    stated = re.sub(
        r"(    name: (?:Azure OpenAI Service|PostHog)\n)", r"\1    contact: dpo@example.com\n", published
    )
    (tmp_path / NEW).write_text(stated, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["notice", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def send(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    return run(capsys, OLD, NEW, *SENT, "-c", "customers.yaml", *arguments)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.slow
def test_notice_out_writes_letters_and_an_index(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    formats = [word for form in ("text", "eml", "docx", "html") for word in ("-f", form)]
    code, out, _ = send(capsys, "--out", "letters", "--holidays", *formats)
    assert (code, out.splitlines()[0]) == (0, "3 notices; every customer gets one")
    written = contents(folder / "letters")
    names = "example-ag", "example-ltd", "exemple-sa"
    endings = "docx", "eml", "html", "txt"
    assert sorted(written) == sorted(
        [
            *("index.csv", "manifest.json", "new.yaml", "old.yaml"),
            *(f"{name}.{ending}" for name in names for ending in endings),
        ]
    )
    rows = list(csv.DictReader(written["index.csv"].decode().splitlines()))
    assert [(row["customer"], row["effective"], row["object_by"]) for row in rows] == [
        ("Example AG", "2024-06-11", "2024-05-10"),  # 60 days end on a Saturday; Ascension Day ends 30
        ("Exemple SA", "2024-05-11", "2024-05-10"),
        ("Example Ltd", "2024-05-10", "2024-05-09"),
    ]
    assert "(Art. 28(2) UK GDPR)" in " ".join(written["example-ltd.txt"].decode().split())
    send(capsys, "--out", "again", "--holidays", *formats)
    assert contents(folder / "again") == written


def test_notice_dry_run_writes_no_file(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    before = contents(folder)
    code, out, _ = send(capsys, "--out", "letters", "--record", "sent.jsonl", "--dry-run")
    assert (code, contents(folder)) == (0, before)
    assert "Example AG   de        2024-06-11" in out


def test_notice_dry_run_as_json_or_csv_lists_the_customers(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(send(capsys, "--dry-run", "-f", "json")[1])
    assert (found["schema"], [each["customer"] for each in found["told"]]) == (
        "subproc/audience/1",
        ["Example AG", "Exemple SA", "Example Ltd"],
    )
    rows = list(csv.DictReader(send(capsys, "--dry-run", "-f", "csv")[1].splitlines()))
    assert [row["effective"] for row in rows] == [each["effective"] for each in found["told"]]
    assert send(capsys, "--dry-run", "-f", "eml")[1].startswith(
        "3 notices; "
    )  # a letter, and so none is shown


def test_notice_as_json_has_every_letter(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = send(capsys, "-f", "json")
    found = json.loads(out)
    assert found["schema"] == "subproc/notices/1"
    assert [each["customer"]["name"] for each in found["notices"]] == [
        "Example AG",
        "Exemple SA",
        "Example Ltd",
    ]
    assert "Sehr geehrte Damen und Herren," in found["notices"][0]["body"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--effective", "2024-06-10"], 1, "Example AG: 60 days of notice, 1 day too few; the earliest day is"),
        (["--effective", "2024-04-01"], 2, "--effective 2024-04-01 comes before the day on which the notice is sent"),
        ([], 2, "there are several letters to write (name a folder: --out DIR)"),
        (["--out", "letters", "-o", "x"], 2, "--output and --out cannot be used together"),
        (["--out", OLD], 2, "2023-05-24.yaml is a file (name another folder)"),
        (["--out", "customers.yaml"], 2, "customers.yaml: is the file of --customers, which a letter cannot replace"),
        (["--out", "letters", "--template", "nowhere"], 2, "--template nowhere: cannot be read: No such file or directory (subproc notice --eject DIR"),
        (["--out", "letters", "-f", "eml", "--from", "a\nBcc: b"], 2, r"--from: 'a\nBcc: b' is not a mail address"),
        (["--out", "letters", "-f", "eml", "--from", "x@[y.z"], 2, "'x@[y.z' is not a mail address: its domain is in"),
        (["--out", "letters", "-f", "eml", "--from", "A <a@b.example>"], 2, "(write only the address: a@b.example)"),
        (["--out", "letters", "--record", OLD], 1, "2023-05-24.yaml:1: the line is not an entry of a ledger"),
        (["--out", "letters", "-f", "csv"], 2, "-f csv lists the recipients and is not a format for letters (add --dry-run"),
        (["--verify", "sent.jsonl"], 2, "OLD and --verify cannot be used together (choose one)"),
        (["--lang", "xx"], 2, "'xx' is not one of"),
    ],
)  # fmt: skip
def test_notice_with_an_error_changes_no_file(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    before = contents(folder)
    found, out, err = send(capsys, *arguments)
    assert (found, out) == (code, "")
    assert said in err
    assert {name: content for name, content in contents(folder).items() if name != "letters"} == before


@pytest.mark.parametrize(
    ("contact", "sender"),
    [
        ("privacy@example.com", "privacy@example.com"),
        ("x@[y", None),
        ("a#@(c)a.b", None),
        ("!@[1.2.3.4]", None),
    ],
)
def test_notice_mail_sender_is_the_contact_if_it_is_an_address(
    contact: str, sender: str | None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(NEW).read_text("utf-8")
    assert "contact: privacy@example.com" in text
    new = text.replace("contact: privacy@example.com", f"contact: '{contact}'")
    (folder / "new.yaml").write_text(new, "utf-8")
    code, out, err = run(capsys, OLD, "new.yaml", *SENT, "-f", "eml", "--incomplete")
    mail = message_from_string(out)
    assert (code, mail["From"]) == (0, sender)
    assert mail["X-Unsent"] == "1"
    told = f"subproc: notice.contact: {contact!r} is not a mail address: "
    assert err.startswith(told) == (sender is None)
    assert ("; the mails have no sender (" in err) == (sender is None)


def test_notice_urgent_states_the_reason_in_the_letter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, OLD, NEW, *SENT, "--effective", "2024-05-01", "--urgent", "the host closes")
    text = " ".join(out.split())
    assert code == 0
    assert (
        "take effect 9 days earlier than the period of notice of 30 days allows. The reason: the host" in text
    )


def test_notice_with_missing_facts_is_refused_or_lists_them(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    head = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nnotice: {days: 30}\nservices:\n"
    (folder / "old.yaml").write_text(f"{head}  a: {{name: Alpha}}\n", encoding="utf-8")
    (folder / "new.yaml").write_text(f"{head}  a: {{name: Alpha}}\n  b: {{name: Beta}}\n", encoding="utf-8")
    code, out, err = run(capsys, "old.yaml", "new.yaml", *SENT)
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        "new.yaml:5:1: Example GmbH: add notice.contact",
        "new.yaml:8:3: Beta: add entity.name",
        "new.yaml:8:3: Beta: add entity.address",
        "new.yaml:8:3: Beta: add entity.country",
        "new.yaml:8:3: Beta: add contact",
        "new.yaml:8:3: Beta: add processing",
        "new.yaml:8:3: Beta: add sees",
        "new.yaml:8:3: Beta: add purpose",
        "subproc: the notice lacks information that customers need in order to object (add it to the registry, or add --incomplete: the letter then states what is not known)",
    ]
    code, out, _ = run(capsys, "old.yaml", "new.yaml", *SENT, "--incomplete", "--lang", "de")
    assert code == 0
    assert "- Beta: das Unternehmen\n- Beta: die Anschrift des Unternehmens\n" in out


def test_notice_recorded_in_the_ledger_is_not_sent_again(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    first = run(capsys, OLD, NEW, *SENT, "--record", "sent.jsonl", "--quiet")
    assert (first, len((folder / "sent.jsonl").read_bytes().splitlines())) == ((0, "", ""), 1)
    code, out, err = run(capsys, OLD, NEW, *SENT, "--record", "sent.jsonl")
    assert (code, out) == (0, "")
    assert "no notice is due" in err
    code, out, _ = run(capsys, OLD, NEW, *SENT, "--record", "sent.jsonl", "--again")
    assert "PostHog will be engaged as a new subprocessor" in out
    assert run(capsys, "--verify", "sent.jsonl")[1].startswith("sent.jsonl: 2 lines, chain intact")


def test_notice_recorded_under_the_same_version_is_not_sent_again(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    old = (STEPS / "2023-05-24.yaml").read_text(encoding="utf-8")
    (folder / "new.yaml").write_text(old.replace("processing: [FI]", "processing: [US]"), encoding="utf-8")
    for number, said in enumerate(("Change of subprocessors", "")):
        code, out, err = run(capsys, OLD, "new.yaml", *SENT, "--incomplete", "--record", "sent.jsonl")
        assert (code, out[:23]) == (0, said)
        assert ("subproc: both revisions have version 4.0.0: " in err) == (not number)


EV = "  ev: {{name: Ev, purpose: chat, sees: [{sees}], processing: [{place}], transfer: [scc], entity: {{name: {who}, address: 1 Road, country: DE}}, contact: ev@example.com, notes: {notes}}}\n"
USAGE = {"sees": "usage", "place": "DE", "who": "Ev GmbH", "notes": "a"}
HEALTH = {"sees": "special.health, content", "place": "CN", "who": "Ev Ltd", "notes": "a"}


@pytest.mark.parametrize(
    ("amended", "lines"),
    [
        ([USAGE, HEALTH], 2),  # under one version: customers were told of usage in Germany alone
        ([HEALTH, USAGE, HEALTH], 3),  # what they were told last was less
        ([USAGE, USAGE | {"notes": "b"}], 1),  # no letter states it
    ],
)
def test_notice_of_amended_facts_is_sent_again(
    capsys: pytest.CaptureFixture[str], folder: Path, amended: list[dict[str, str]], lines: int
) -> None:
    head = NOBODYS.format(publisher="Example GmbH") + "  b: {name: B}\n"
    (folder / "old.yaml").write_text(head)
    for given in amended:
        (folder / "new.yaml").write_text(head + EV.format(**given))
        assert run(capsys, "old.yaml", "new.yaml", *SENT, "--record", "sent.jsonl")[0] == 0
        assert run(capsys, "old.yaml", "new.yaml", *SENT, "--record", "sent.jsonl")[1] == ""
    assert len((folder / "sent.jsonl").read_bytes().splitlines()) == lines


@pytest.mark.slow
def test_notice_after_an_interrupted_run_writes_the_rest(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    send(capsys, "--out", "all", "--record", "all.jsonl")
    whole = (folder / "all.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "sent.jsonl").write_bytes(whole[0])
    (folder / "all.people.jsonl").rename(folder / "sent.people.jsonl")
    code, out, _ = send(capsys, "--out", "rest", "--record", "sent.jsonl")
    assert (code, out.splitlines()[0]) == (0, "2 notices; 1 customer gets none")
    assert "Example AG: Azure OpenAI Service and PostHog (already notified)" in out
    names = [name for name, _ in list_events(folder / "sent.jsonl")]
    assert names == ["Example AG", "Exemple SA", "Example Ltd"]
    assert (folder / "rest" / "exemple-sa.txt").read_bytes() == (
        folder / "all" / "exemple-sa.txt"
    ).read_bytes()


INC, COMMA = "{name: Acme Inc, address: a@example.com}", "{name: 'Acme, Inc.', address: b@example.com}"
ACME, ACMES, SWAPPED = (f"customers: [{each}]" for each in (INC, f"{INC}, {COMMA}", f"{COMMA}, {INC}"))


@pytest.mark.parametrize(
    ("later", "code", "said"),
    [
        (ACMES, 0, "1 file written, and index.csv."),
        (
            SWAPPED,
            2,
            (
                f"{Path('letters', 'acme-inc.txt')}: is the letter to 'Acme Inc', as index.csv says"
                " (name another folder: --out DIR)"
            ),
        ),
    ],
)
def test_notice_never_replaces_the_letter_to_another_customer(
    later: str, code: int, said: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "customers.yaml").write_text(ACME, encoding="utf-8")
    send(capsys, "--out", "letters", "--record", "sent.jsonl")
    first = (folder / "letters" / "acme-inc.txt").read_bytes()
    (folder / "customers.yaml").write_text(later, encoding="utf-8")
    found, out, err = send(capsys, "--out", "letters", "--record", "sent.jsonl")
    assert found == code
    assert said in out + err
    assert (folder / "letters" / "acme-inc.txt").read_bytes() == first
    assert (folder / "letters" / "acme-inc-2.txt").exists() == (not code)


LEDGER = ": is the ledger of --record, which a letter cannot replace (name another one)\n"
READ = ": is the file of --customers, "


@pytest.mark.parametrize("stands", [False, True])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--record sent.jsonl -o sent.jsonl", "sent.jsonl" + LEDGER),
        ("--record sent.jsonl -o ./letters/../sent.jsonl", "./letters/../sent.jsonl" + LEDGER),
        ("--record sent.jsonl -o link", "link" + LEDGER),
        ("--record link -o sent.jsonl", "sent.jsonl" + LEDGER),
        ("--record sent.jsonl -o sent.jsonl --dry-run", "sent.jsonl" + LEDGER),
        ("--record letters/index.csv --out letters", "letters/index.csv" + LEDGER),
        ("--record letters/notice.txt --out letters", "letters/notice.txt" + LEDGER),
        ("--record letters/NOTICE.md --out letters -f text -f markdown", "letters/notice.md" + LEDGER),
        ("--record sent.jsonl --out linked", "linked/notice.txt" + LEDGER),
        ("--record letters --out letters", "letters" + LEDGER),
        ("-c customers.yaml --record letters/exemple-sa.txt --out letters", "letters/exemple-sa.txt" + LEDGER),
        ("-c customers.yaml --record customers.yaml --out letters", f"--record customers.yaml{READ}not a ledger (name another file)\n"),
        ("-c customers.yaml -f json -o customers.yaml", f"customers.yaml{READ}which a letter cannot replace (name another one)\n"),
        ("-c letters/index.csv --out letters", f"letters/index.csv{READ}which a letter cannot replace (name another one)\n"),
        ("--template mine -o mine/letter.txt.j2", "mine/letter.txt.j2: is a template, which a letter cannot replace (name another one)\n"),
        ("--template mine --record mine/letter.md.j2", "--record mine/letter.md.j2: is a template, not a ledger (name another file)\n"),
        ("--template mine --record mine/own.txt.j2", "--record mine/own.txt.j2: is a template, not a ledger (name another file)\n"),
    ],
)  # fmt: skip
def test_notice_output_that_is_an_input_or_a_ledger_is_refused(
    arguments: str,
    said: str,
    stands: bool,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
) -> None:
    for name in ("letters", "mine", "linked"):
        (folder / name).mkdir()
    (folder / "letters" / "index.csv").write_text("name\nExample AG\n", encoding="utf-8")
    (folder / "mine" / "own.txt.j2").write_text("", encoding="utf-8")
    (folder / "link").symlink_to("sent.jsonl")
    (folder / "linked" / "notice.txt").symlink_to("../sent.jsonl")
    if stands:
        (folder / "sent.jsonl").write_bytes(b"")
    before = sorted((str(path), path.is_file() and path.read_bytes()) for path in folder.rglob("*"))
    assert run(capsys, OLD, NEW, *SENT, *arguments.split()) == (2, "", f"subproc: {said}")
    after = sorted((str(path), path.is_file() and path.read_bytes()) for path in folder.rglob("*"))
    assert after == before


@pytest.mark.parametrize(
    "arguments",
    [
        "--record letters/sent.jsonl --out letters",
        "--record sent.jsonl -o letter.txt",
        "--record sent.txt -o -",
        "-c customers.yaml --record letters/sent.csv --out letters",
        "--template mine --record sent.jsonl --out mine",
    ],
)
def test_notice_output_next_to_its_inputs_is_written(
    arguments: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "letters").mkdir()
    assert run(capsys, "--eject", "mine")[0] == 0
    assert run(capsys, OLD, NEW, *SENT, *arguments.split())[0] == 0
    record = arguments.split()[arguments.split().index("--record") + 1]
    assert run(capsys, "--verify", record)[0] == 0


def test_notice_verify_of_a_changed_ledger_names_the_line(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    send(capsys, "--out", "letters", "--record", "sent.jsonl")
    whole = (folder / "sent.jsonl").read_bytes()
    first, second, *rest = whole.splitlines(keepends=True)
    (folder / "sent.jsonl").write_bytes(b"".join([first, second.replace(b"PostHog", b"Example"), *rest]))
    code, out, err = run(capsys, "--verify", "sent.jsonl")
    assert (code, out) == (1, "")
    assert err.startswith("subproc: sent.jsonl:2: the line was changed after it was written")
    (folder / "sent.jsonl").write_bytes(whole[:-10])
    assert send(capsys, "--out", "more", "--record", "sent.jsonl")[0] == 1
    assert (folder / "sent.jsonl").read_bytes() == whole[:-10]
    assert not (folder / "more").exists()


def _record(name: str) -> None:
    main(["notice", OLD, NEW, *SENT, "--record", "sent.jsonl", "--again", "-o", name])


@pytest.mark.slow
def test_notice_of_four_processes_writes_one_ledger_chain(capsys: pytest.CaptureFixture[str]) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_record, args=(f"{number}.txt",)) for number in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    assert run(capsys, "--verify", "sent.jsonl")[1].startswith("sent.jsonl: 4 lines, chain intact")


@pytest.mark.slow
def test_notice_eject_writes_templates_that_are_used(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert run(capsys, "--eject", "mine")[0] == 0
    same = run(capsys, OLD, NEW, *SENT, "--template", "mine")[1]
    assert same == run(capsys, OLD, NEW, *SENT)[1]
    (folder / "mine" / "letter.txt.j2").write_text("Own: {{ notice.subject }}", encoding="utf-8")
    assert run(capsys, OLD, NEW, *SENT, "--template", "mine")[1].startswith("Own: Change of subprocessors")
    (folder / "mine" / "letter.md.j2").write_bytes(b" " * 1_000_001)
    code, _, err = run(capsys, OLD, NEW, *SENT, "--template", "mine")
    assert (code, err) == (2, "subproc: --template mine: letter.md.j2 is larger than 1,000,000 bytes\n")
    code, _, err = run(capsys, "--eject", "new", "--verify", "sent.jsonl")
    assert code == 2
    assert "--verify and --eject cannot be used together" in err
    code, _, err = run(capsys, "--eject", "mine")
    assert code == 2
    assert "exists already" in err
    assert (folder / "mine" / "letter.txt.j2").read_text(encoding="utf-8") == "Own: {{ notice.subject }}"


def test_notice_with_invalid_customers_reports_every_error(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "customers.yaml").write_text(
        "customers:\n  - {name: A, language: xx}\n  - {name: B, address: x}\n", encoding="utf-8"
    )
    code, out, err = send(capsys, "--out", "letters")
    assert (code, out) == (3, "")
    assert err.splitlines() == [
        "customers.yaml:2:25: SP005 invalid-value: language: 'xx' is not a language (letters are written in de, de-CH, en and fr)",
        "customers.yaml:3:24: SP005 invalid-value: address: 'x' is not a mail address (write one address: privacy@example.com)",
        "subproc: customers.yaml cannot be used: 2 problems",
    ]
    assert not (folder / "letters").exists()


NOBODYS = """\
format: 1
publisher: {publisher}
version: 1.0.0
date: 2024-01-01
notice: {{days: 30, contact: privacy@example.com}}
services:
"""
MARKED = "  a:\n    name: A  # guessed\n    notes: |-\n      b  # guessed\n    sees:\n      - identity.email  # guessed\n"
BEGINS = "  a: {name: A, purpose: mail, sees: [identity.email], processing: [DE], entity: {name: A GmbH, address: 1 Road, country: DE}, contact: a@example.com, since: 2024-06-01}\n"


def test_notice_and_export_without_a_publisher_are_refused(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "old.yaml").write_text(NOBODYS.format(publisher="not stated") + "  b: {name: B}\n")
    (folder / "new.yaml").write_text(NOBODYS.format(publisher="not stated") + "  b: {name: B}\n" + BEGINS)
    refused = "subproc: new.yaml: the publisher is missing (add it at new.yaml:2:12)\n"
    assert run(capsys, "old.yaml", "new.yaml", "--incomplete") == (2, "", refused)
    for form, code in {"page": 2, "site": 2, "annex-iii": 2, "json": 0, "csv": 0}.items():
        assert main(["export", form, "-r", "new.yaml"]) == code
        assert capsys.readouterr().err == (refused if code else "")


GUESSED = """\
subproc: 4 lines of new.yaml are marked as guessed and not reviewed: new.yaml:3, new.yaml:4, new.yaml:9 and 1 more \
(check each line, then remove its marker: subproc accept -r new.yaml; to list them: \
subproc check new.yaml --select SP110)
"""
WARNED = """\
subproc: 4 lines of new.yaml are marked as guessed and not reviewed: subproc check new.yaml --select SP110
"""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["notice", "old.yaml", "new.yaml", "--incomplete", "--urgent", "x"], 1, GUESSED),
        (["export", "page", "-r", "new.yaml"], 1, GUESSED),
        (["export", "site", "-r", "new.yaml"], 1, GUESSED),
        (["export", "annex-iii", "-r", "new.yaml"], 1, GUESSED),
        (["export", "record", "-r", "new.yaml"], 1, GUESSED),
        (["notice", "old.yaml", "new.yaml", "--dry-run"], 1, GUESSED),
        (["export", "json", "-r", "new.yaml"], 0, WARNED),
        (["which", "see", "email", "-r", "new.yaml"], 0, WARNED),
        (["list", "-r", "new.yaml"], 0, WARNED),
        (["show", "b", "-r", "new.yaml"], 0, WARNED),
        (["matrix", "-r", "new.yaml"], 0, WARNED),
        # The list that customers know is as it is
        (["notice", "new.yaml", "old.yaml", "--dry-run"], 0, ""),
        (["list", "-r", "old.yaml"], 0, ""),
    ],
)
def test_notice_and_export_of_guessed_values_are_refused(
    capsys: pytest.CaptureFixture[str], folder: Path, words: list[str], code: int, said: str
) -> None:
    told = NOBODYS.format(publisher="Example GmbH") + "  b: {name: B, purpose: 'a # guessed'}\n"
    (folder / "old.yaml").write_text(told)
    guessed = re.sub(r"(?m)^(version.*|date.*|services:)$", r"\1  # guessed", told)
    (folder / "new.yaml").write_text(guessed.replace("services:  # guessed", "services:") + MARKED)
    assert (main(words), capsys.readouterr().err) == (code, said)


SERVED = "  {key}: {{name: {name}, purpose: mail, sees: [usage], processing: [DE], products: {products}, entity: {{name: A GmbH, address: 1 Road, country: DE}}, contact: a@example.com}}\n"
ALONE = "new.yaml:8:{column}: Ev: no customer of customers.yaml uses the product '{product}', and no other service serves it{hint}\n"
USERS = "customers: [{name: A, products: [Surveys]}, {name: B, products: [Panels]}]"
UNHEARD = """\
subproc: no customer uses this product, so nobody would be notified \
(use the product names of customers.yaml, leave out products to mean all of them, or add --incomplete)
"""


@pytest.mark.parametrize(
    ("before", "products", "customers", "said"),
    [
        ("", "[All]", USERS, ALONE.format(column=77, product="All", hint="")),
        ("", "[Surveys, Panel]", USERS, ALONE.format(column=86, product="Panel", hint=" (did you mean Panels?)")),
        ("[Surveys]", "[All]", USERS, ALONE.format(column=77, product="All", hint="")),
        ("[All]", "[All, Forms]", USERS, "".join(
            ALONE.format(column=column, product=product, hint="") for column, product in ((77, "All"), (82, "Forms"))
        )),
        # Somebody uses it, or nobody is passed over
        ("", "[surveys]", USERS, ""),
        ("", "[Surveys, Panels]", USERS, ""),
        ("", "[All, Surveys, Panels]", USERS, ""),
        ("", "[All]", "customers: [{name: A}, {name: B}]", ""),
        ("[All]", "[Surveys, Panels]", USERS, ""),
    ],
)  # fmt: skip
def test_notice_of_a_product_without_customers_is_refused(
    capsys: pytest.CaptureFixture[str], folder: Path, before: str, products: str, customers: str, said: str
) -> None:
    (folder / "customers.yaml").write_text(customers)
    head = NOBODYS.format(publisher="Example GmbH") + "  b: {name: B, products: [Surveys, Panels]}\n"
    old = SERVED.format(key="ev", name="Ev", products=before) if before else ""
    (folder / "old.yaml").write_text(head + old)
    (folder / "new.yaml").write_text(head + SERVED.format(key="ev", name="Ev", products=products))
    words = ["old.yaml", "new.yaml", *SENT, "-c", "customers.yaml"]
    code, out, err = run(capsys, *words, "--dry-run")
    assert (code, err) == ((1, said + UNHEARD) if said else (0, err))  # as the run below
    assert re.fullmatch(
        r"\d notices?; (every customer gets one|\d customers? gets? none)", out.splitlines()[0]
    )
    code, out, err = run(capsys, *words, "--out", "letters")
    assert (code, err) == ((1, said + UNHEARD) if said else (0, err))
    assert (folder / "letters").exists() == (not said)
    assert run(capsys, *words, "--out", "letters", "--incomplete")[0] == 0


def test_notice_of_a_known_product_without_customers_is_a_warning(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "customers.yaml").write_text(USERS)
    head = NOBODYS.format(publisher="Example GmbH") + "  b: {name: B, products: [Forms]}\n"
    (folder / "old.yaml").write_text(head)
    (folder / "new.yaml").write_text(head + SERVED.format(key="ev", name="Ev", products="[Forms]"))
    code, out, err = run(capsys, "old.yaml", "new.yaml", *SENT, "-c", "customers.yaml", "--out", "letters")
    assert (code, out) == (0, "")
    assert err.startswith(
        "subproc: new.yaml:8:77: Ev: no customer of customers.yaml uses the product 'Forms'\n"
    )


LATE = """\
new.yaml:7:158: A: starts on {since} in the list, on {effective} in the notice{to}
subproc: a service starts before its notice period ends \
(subproc set a since {effective} -r new.yaml; or add --urgent REASON: the notice then gives the date in the list)
"""


@pytest.mark.parametrize(
    ("since", "customers", "effective", "to", "true"),
    [
        ("2024-05-20", True, "2024-06-11", " to Example AG", ["2024-05-20", "2024-05-20", "2024-05-20"]),
        ("2024-05-01", False, "2024-05-10", " to all customers", ["2024-05-01"]),
        ("2024-03-01", False, "2024-05-10", " to all customers", ["2024-03-01"]),  # before the notice
    ],
)
def test_notice_effective_after_the_start_of_a_service_is_reported(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    since: str,
    customers: bool,
    effective: str,
    to: str,
    true: list[str],
) -> None:
    (folder / "old.yaml").write_text(NOBODYS.format(publisher="Example GmbH") + "  b: {name: B}\n")
    new = NOBODYS.format(publisher="Example GmbH") + BEGINS.replace("2024-06-01", since) + "  b: {name: B}\n"
    (folder / "new.yaml").write_text(new)
    words = ["old.yaml", "new.yaml", *SENT, *(["-c", "customers.yaml"] if customers else [])]
    said = LATE.format(since=since, effective=effective, to=to)
    assert run(capsys, *words, "--out", "letters", "--record", "sent.jsonl") == (1, "", said)
    assert not (folder / "sent.jsonl").exists()
    assert not (folder / "letters").exists()
    code, out, _ = run(capsys, *words, "--dry-run")
    assert code == 1  # as the run
    assert "Begins sooner" in out
    code, _, _ = run(capsys, *words, "--out", "letters", "--urgent", "the old one failed")
    assert code == 0
    rows = csv.DictReader((folder / "letters" / "index.csv").read_text().splitlines())
    assert [row["effective"] for row in rows] == true
    letters = [path.read_text() for path in (folder / "letters").glob("*.txt")]
    assert sum("the old one failed" in each for each in letters) == 1


@pytest.mark.parametrize(
    ("without", "forms", "said"),
    [
        (0, ["eml"], ""),
        (1, ["eml", "text"], "subproc: 1 of 3 mails has no address: Example AG\n"),
        (
            3,
            ["eml"],
            "subproc: 3 of 3 mails have no address: Example AG, Exemple SA and Example Ltd\n",
        ),
        (3, ["html"], ""),  # no mail
    ],
)
def test_notice_of_mails_without_an_address_is_reported(
    capsys: pytest.CaptureFixture[str], folder: Path, without: int, forms: list[str], said: str
) -> None:
    few = re.sub(r"address: [^,]*, ", "", CUSTOMERS, count=without) if without else CUSTOMERS
    (folder / "customers.yaml").write_text(few, encoding="utf-8")
    code, _, err = send(capsys, "--out", "letters", *[word for form in forms for word in ("-f", form)])
    past = "subproc: --sent 2024-04-09 is in the past; the letters state 2024-04-09 as the day of sending\n"
    assert (code, err) == (0, past + said)


def test_notice_effective_before_the_start_is_refused(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "old.yaml").write_text(NOBODYS.format(publisher="Example GmbH") + "  b: {name: B}\n")
    (folder / "new.yaml").write_text(NOBODYS.format(publisher="Example GmbH") + "  b: {name: B}\n" + BEGINS)
    code, _, said = run(capsys, "old.yaml", "new.yaml", *SENT, "--effective", "2024-04-20", "--urgent", "x")
    assert code == 2
    assert (
        "--effective 2024-04-20: the services begin on 2024-06-01, as the list says, and not before" in said
    )
    assert run(capsys, "old.yaml", "new.yaml", *SENT, "--effective", "2024-06-01")[0] == 0
