"""What a run warns of before it writes letters."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.notice.letters.renderer import OutputOptions
from subproc_cli.notice.plan import Request, plan
from subproc_cli.notice.report import NoticePlanReport
from subproc_cli.notice.runs.readiness import (
    describe_backdating,
    iter_ambiguities,
    iter_possible_renames,
    suggest_after_dry_run,
    suggest_after_letters,
)

OLD = listing("  a: {name: Alpha}\n", date="2024-04-01")


@pytest.mark.parametrize("sent", [date(2024, 4, 1), date(2024, 4, 2)])
def test_describe_backdating_from_the_day_of_the_list_on_is_empty(sent: date) -> None:
    assert describe_backdating(sent, OLD) == ""


def test_describe_backdating_before_the_day_of_the_list_names_both_days() -> None:
    assert describe_backdating(date(2024, 3, 31), OLD) == (
        "--sent 2024-03-31 is before 2024-04-01, the date of the old revision; the letters state 2024-03-31"
    )


TERMS = "notice: {days: 30, contact: privacy@example.com}"
FACTS = "purpose: mail, sees: [identity.email], processing: [DE], entity: {name: B GmbH, address: 1 Road, country: DE}, contact: b@example.com"
BETA = f"  b: {{name: Beta, {FACTS}}}\n"
OPTIONS = OutputOptions(("text",), None, None, None, None, None, incomplete=False)
ARGUMENTS = ("one.yaml", "my list.yaml", "--dry-run")


def view(service: str, effective: date | None = None) -> NoticePlanReport:
    revisions = tuple(
        listing(text, head=TERMS) for text in ("  a: {name: A}\n", f"  a: {{name: A}}\n{service}")
    )
    old, new = revisions
    request = Request(date(2024, 4, 9), effective)
    return NoticePlanReport(plan((old, new), diff(old, new), request, None), (old, new))


@pytest.mark.parametrize(
    ("service", "effective", "line"),
    [
        ("", None, ""),
        (BETA, date(2024, 4, 20), "a notice period is too short: choose a later --effective, or add --urgent REASON"),
        (BETA.replace("name: Beta", "name: Beta, since: 2024-04-20"), None, "a service starts too early: set a later since in the registry, or add --urgent REASON"),
        (BETA.replace("purpose: mail, ", ""), None, "information is missing: add it to the registry, or add --incomplete"),
        (BETA, None, "write the letters: subproc notice one.yaml 'my list.yaml' --out letters --record sent.jsonl"),
    ],
)  # fmt: skip
def test_suggest_after_dry_run_names_what_stops_the_letters_or_writes_them(
    service: str, effective: date | None, line: str
) -> None:
    found = suggest_after_dry_run(view(service, effective), OPTIONS, ARGUMENTS, is_urgent=False)
    assert found == line


def test_suggest_after_dry_run_keeps_what_the_user_decided() -> None:
    early = view(
        BETA.replace("name: Beta, ", "name: Beta, since: 2024-04-20, ").replace("purpose: mail, ", "")
    )
    options = OPTIONS._replace(folder="mine", ledger_file="mine.jsonl", incomplete=True)
    words = ("--out", "mine", "--record", "mine.jsonl")
    assert suggest_after_dry_run(early, options, words, is_urgent=True) == (
        "write the letters: subproc notice --out mine --record mine.jsonl"
    )


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (OPTIONS, "write one letter per customer and record it: -c FILE --out letters --record sent.jsonl"),
        (OPTIONS._replace(file="x.txt"), "not recorded: add --record sent.jsonl to record which letters are issued"),
        (OPTIONS._replace(folder="x"), "not recorded: add --record sent.jsonl to record which letters are issued"),
        (OPTIONS._replace(ledger_file="my sent.jsonl"), "send the letters; to check the ledger: subproc notice --verify 'my sent.jsonl'"),
        (OPTIONS._replace(ledger_file="s.jsonl", folder="x", output_formats=("text", "eml")), "send the mails: subproc send x --dry-run; to check the ledger: subproc notice --verify s.jsonl"),
    ],
)  # fmt: skip
def test_suggest_after_letters_names_the_next_step(options: OutputOptions, line: str) -> None:
    assert suggest_after_letters(options) == line


def test_ambiguities_of_a_run_are_an_equal_version_and_a_contact_that_is_not_an_address() -> None:
    new = listing(BETA, head="notice: {days: 30, contact: 'write to a@b'}")
    found = [*iter_ambiguities((OLD, new), OPTIONS._replace(output_formats=("eml",)))]
    assert found == [
        "both revisions have version 1.0.0: the letter cannot distinguish them; raise the version with subproc bump",
        (
            "notice.contact: 'write to a@b' is not a mail address; the mails have no sender "
            "(write one address: privacy@example.com, or use --from)"
        ),
    ]
    chosen = OPTIONS._replace(output_formats=("eml",), sender="a@example.com")
    for options in (OPTIONS, chosen):
        assert [*iter_ambiguities((OLD, new), options)] == found[:1]


def test_possible_rename_names_both_services_and_what_to_write() -> None:
    old, new = (
        listing(f"  {key}: {{name: Beta Mail, {FACTS}}}\n", head=TERMS) for key in ("beta", "beta-mail")
    )
    found = plan((old, new), diff(old, new), Request(date(2024, 4, 9)), None)
    assert [*iter_possible_renames(found, (old, new))] == [
        (
            "test.yaml:7:3: Beta Mail may be Beta Mail under another id; if it is the same service, write "
            "formerly: [beta]: the letters announce a new service otherwise"
        )
    ]
