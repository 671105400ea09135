"""Mails that are sent: their final headers, which are to be sent, and what is reported of each."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from subproc_cli.errors import RefusedError, UsageError
from subproc_cli.notice.formats.outgoing import Headers, build_message
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.mailing.delivery_report import DeliveryReport
from subproc_cli.notice.mailing.sending import (
    NO_ADDRESS,
    NOT_TRIED,
    SENT_BEFORE,
    TO_SEND,
    Result,
    list_letters,
    require_sender,
    select_letters,
)
from subproc_cli.output import terminal

NOW = datetime(2024, 4, 9, 12, 30, tzinfo=UTC)
DRAFT = b"""\
From: privacy@example.com\r
To: ag@example.com\r
Cc: copy@example.com\r
Subject: Changes\r
Date: Mon, 01 Jan 2024 00:00:00 +0000\r
Message-ID: <1@example.com>\r
X-Unsent: 1\r
\r
The letter.\r
"""


def read_message(headers: Headers, draft: bytes = DRAFT, to: str = "") -> tuple[str, EmailMessage]:
    sender, content = build_message(draft, headers, NOW, to)
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return sender, message


def list_headers(message: EmailMessage) -> dict[str, list[str]]:
    return {
        name: [str(value) for value in message.get_all(name, [])] for name in dict.fromkeys(message.keys())
    }


def test_build_message_of_a_draft_has_the_headers_of_a_mailing_once() -> None:
    sender, message = read_message(Headers())
    assert sender == "privacy@example.com"
    assert list_headers(message) == {
        "To": ["ag@example.com"],
        "Cc": ["copy@example.com"],
        "Subject": ["Changes"],
        "Message-ID": ["<1@example.com>"],
        "From": ["privacy@example.com"],
        "Reply-To": ["privacy@example.com"],
        "Date": ["Tue, 09 Apr 2024 12:30:00 +0000"],
        "List-Id": ["<subprocessor-notices.example.com>"],
        "Auto-Submitted": ["auto-generated"],
    }
    assert message.get_content().strip() == "The letter."


def test_build_message_prefers_what_the_sender_chooses() -> None:
    headers = Headers("legal@example.org", "Example Legal", "dpo@example.org", "notices.example.org")
    sender, message = read_message(headers)
    assert sender == "legal@example.org"
    assert message["From"] == "Example Legal <legal@example.org>"
    assert (message["Reply-To"], message["List-Id"]) == ("dpo@example.org", "<notices.example.org>")


def test_build_message_of_a_trial_goes_to_nobody_else() -> None:
    _, message = read_message(Headers(), to="me@example.com")
    assert (message.get_all("To"), message["Cc"]) == (["me@example.com"], None)


def test_build_message_without_any_sender_is_empty() -> None:
    draft = DRAFT.replace(b"From: privacy@example.com\r\n", b"")
    assert build_message(draft, Headers(), NOW) == ("", b"")


def build_letter(
    customer: str | None, *addresses: str, name: str = "a.eml", content: bytes = DRAFT
) -> dict[str, Any]:
    file = {"name": name, "sha256": sha256(content).hexdigest()}
    return {
        "customer": customer,
        "addresses": [*addresses],
        "cc": ["copy@example.com"],
        "language": "de",
        "files": [file],
    }


AG = build_letter("Example AG", "ag@example.com", "dpo@example.com")
SA = build_letter("Example SA")
RESULTS = (
    Result(AG, str(EventKind.SENT), 250, "250 OK", ("dpo@example.com (550 gone)",)),
    Result(AG, str(EventKind.DEFERRED), 451, "451 later"),
    Result(AG, str(EventKind.REFUSED), 550, "550 no"),
    Result(AG, str(EventKind.ATTEMPTED), 0, "the connection was cut"),
    Result(SA, NO_ADDRESS),
    Result(build_letter(None, "all@example.com"), NOT_TRIED),
    Result(AG, SENT_BEFORE),
    Result(AG, TO_SEND),
)
REPORT = DeliveryReport(Path("letters"), RESULTS)


def test_delivery_as_text_names_each_letter_that_is_not_with_its_customer() -> None:
    lines = terminal.render(REPORT.to_document(), 200, colour=False).splitlines()
    assert lines[0] == (
        "1 sent, 1 deferred, 1 refused, 1 may be delivered, 1 no address, 1 not tried, 1 sent before, 1 to send"
    )
    assert [line.split() for line in lines[1:6] if "example.com" in line] == [
        ["Example", "AG", "de", "ag@example.com,", "dpo@example.com"]
    ]
    at = lines.index("Not sent")
    assert lines[at:] == [
        "Not sent",
        "- Example AG: deferred (451 later); run the command again to try it again",
        "- Example AG: refused (550 no); correct the address and run subproc notice again, or add --retry CUSTOMER",
        "- Example AG: may be delivered (the connection was cut); the server did not confirm it: ask the customer, then --mark or --retry it",
        "- Example SA: no address; send it by other means, then --mark it",
        "- all customers: not tried; run the command again",
        "",
        "Not accepted by the server",
        "- Example AG: dpo@example.com (550 gone); the other addresses have the mail; correct these in the file of customers",
    ]
    assert REPORT.describe_failures() == "5 letters not sent"
    assert DeliveryReport(Path("letters"), RESULTS[:1]).describe_failures() == ""


def test_delivery_of_a_notice_to_all_names_all_customers() -> None:
    report = DeliveryReport(Path("x"), (Result(build_letter(None, "all@example.com"), TO_SEND),))
    row = terminal.render(report.to_document(), 80, colour=False).splitlines()[-1]
    assert row.split() == ["all", "customers", "de", "all@example.com"]


def test_delivery_of_no_letters_says_so() -> None:
    assert terminal.render(DeliveryReport(Path("x"), ()).to_document(), 80, colour=False).startswith(
        "no letters\n"
    )


def test_delivery_as_record_and_rows_has_the_answer_of_the_server() -> None:
    record = REPORT.to_record()
    assert (record["schema"], record["run"]) == ("subproc/delivery/1", "letters")
    assert record["results"][0] == {
        "customer": "Example AG",
        "addresses": ["ag@example.com", "dpo@example.com"],
        "cc": ["copy@example.com"],
        "result": "sent",
        "code": 250,
        "answer": "250 OK",
        "unreached": ["dpo@example.com (550 gone)"],
    }
    assert (record["results"][4]["code"], record["results"][4]["answer"]) == (None, None)
    assert [*REPORT.to_rows()][:2] == [
        ("customer", "addresses", "cc", "result", "code", "answer"),
        ("Example AG", "ag@example.com; dpo@example.com", "copy@example.com", "sent", "250", "250 OK"),
    ]
    assert [*REPORT.to_rows()][6][0] == ""


def write_run(folder: Path, *letters: dict[str, Any]) -> dict[str, Any]:
    for letter in letters:
        (folder / letter["files"][0]["name"]).write_bytes(DRAFT)
    return {"letters": [*letters]}


@pytest.mark.parametrize(
    ("event", "retried", "result"),
    [
        ("", (), TO_SEND),
        ("sent", (), SENT_BEFORE),
        ("sent", ("example ag",), SENT_BEFORE),
        ("refused", (), "refused"),
        ("refused", ("example ag",), TO_SEND),
        ("attempted", (), "attempted"),
        ("attempted", ("Example AG",), TO_SEND),
        ("deferred", (), TO_SEND),
        ("issued", (), TO_SEND),
    ],
)
def test_letter_is_sent_unless_it_may_have_arrived(
    event: str, retried: tuple[str, ...], result: str, tmp_path: Path
) -> None:
    entry = {"customer": "Example AG", "event": event, "letter": AG["files"][0]["sha256"]}
    found = list_letters(tmp_path, write_run(tmp_path, AG, SA), (entry,) if event else (), retried)
    assert [(each.letter["customer"], each.result) for each in found] == [
        ("Example AG", result),
        ("Example SA", NO_ADDRESS),
    ]


def test_run_with_a_changed_letter_or_without_mails_is_refused(tmp_path: Path) -> None:
    manifest = write_run(tmp_path, AG)
    (tmp_path / "a.eml").write_bytes(DRAFT + b"x")
    with pytest.raises(RefusedError, match="the run has letters that were changed") as caught:
        list_letters(tmp_path, manifest, (), ())
    assert caught.value.hint == "write it again"
    assert caught.value.details == (f"{tmp_path}/a.eml: is not as it was written",)
    manifest = write_run(tmp_path, build_letter("Example AG", "ag@example.com", name="a.txt"))
    with pytest.raises(RefusedError, match=f"{tmp_path}: the run has no mails") as caught:
        list_letters(tmp_path, manifest, (), ())
    assert caught.value.hint == "write it with subproc notice -f eml"


def test_select_letters_of_an_unknown_customer_suggests_one() -> None:
    assert select_letters([AG, SA], ["EXAMPLE SA"], "--mark") == [SA]
    for name, hint in (("Exmple SA", "did you mean Example SA?"), ("zzz", "see the manifest of the run")):
        with pytest.raises(UsageError, match=f"--mark: the run has no letter to '{name}'") as caught:
            select_letters([AG, SA], [name], "--mark")
        assert caught.value.hint == hint


def test_mails_without_a_sender_are_refused_with_the_option_that_names_one(tmp_path: Path) -> None:
    manifest = write_run(tmp_path, AG)
    assert require_sender(tmp_path, manifest, Headers(), NOW) == "privacy@example.com"
    (tmp_path / "a.eml").write_bytes(DRAFT.replace(b"From:", b"X-From:"))
    assert require_sender(tmp_path, manifest, Headers("legal@example.com"), NOW) == "legal@example.com"
    with pytest.raises(UsageError, match="the mails have no sender") as caught:
        require_sender(tmp_path, manifest, Headers(), NOW)
    assert caught.value.hint == "name it: --from privacy@example.com"
