"""`subproc send` against a real mail server on this machine: each mail once, and its result in the ledger."""

import json
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from ledger_lines import list_events
from mail_server import Handler, serving
from subproc_cli.cli.main import main

controller = pytest.importorskip("aiosmtpd.controller")
smtp = pytest.importorskip("aiosmtpd.smtp")

pytestmark = pytest.mark.slow

LIST = """\
format: 1
publisher: Example GmbH
version: {version}
date: {date}
notice: {{days: 30, objection_days: 14, contact: privacy@example.com}}
services:
  a: {{name: Alpha, purpose: chat}}
"""
BETA = "  b: {name: Beta, purpose: mail, sees: [identity.email], processing: [DE], entity: {name: B GmbH, address: 1 Road, country: DE}, contact: b@example.com}\n"


def today() -> str:
    """Return the day of the moment: midnight may pass while tests run."""
    return datetime.now().astimezone().date().isoformat()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("SUBPROC_SMTP", "SUBPROC_SMTP_USER", "SUBPROC_SMTP_PASSWORD", "SUBPROC_LEDGER"):
        monkeypatch.delenv(name, raising=False)
    Path("one.yaml").write_text(LIST.format(version="1.0.0", date="2024-01-01"), encoding="utf-8")
    Path("two.yaml").write_text(LIST.format(version="2.0.0", date="2024-04-01") + BETA, encoding="utf-8")
    write_run(3)
    capsys.readouterr()
    return tmp_path


def write_run(count: int, folder: str = "letters", *options: str) -> None:
    rows = "".join(
        f"  - {{name: Customer {n}, address: c{n}@example.com, language: {'en' if n % 2 else 'de'}}}\n"
        for n in range(1, count + 1)
    )
    Path("customers.yaml").write_text(f"customers:\n{rows}", encoding="utf-8")
    words = (
        f"notice one.yaml two.yaml --sent {today()} -c customers.yaml --out {folder} -f eml -f text".split()
    )
    assert main([*words, *options]) == 0


def send(capsys: pytest.CaptureFixture[str], smtp: str, *words: str) -> tuple[int, str, str]:
    options = ["--smtp", smtp, "--security", "none", "--rate", "6000", "--yes"]
    options += [] if "--wait" in words else ["--wait", "0"]
    code = main(["send", "letters", *options, *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def results() -> dict[str, str]:
    """Return the last event of each customer in the ledger."""
    return {str(name).removeprefix("Customer "): kind for name, kind in list_events(Path("sent.jsonl"))}


def test_send_delivers_each_mail_once_with_true_headers(capsys: pytest.CaptureFixture[str]) -> None:
    handler = Handler()
    with serving(handler) as server:
        code, out, err = send(
            capsys,
            server,
            "--from",
            "legal@example.com",
            "--from-name",
            "Müller & Co",
            "--reply-to",
            "dpo@example.com",
        )
        assert (code, out.splitlines()[0], err) == (0, "3 sent", "")
        assert send(capsys, server)[1].splitlines()[0] == "3 sent-before".replace("-", " ")
    assert handler.recipients == ["c1@example.com", "c2@example.com", "c3@example.com"]
    sender, _, content = handler.mails[0]
    mail = message_from_bytes(content, policy=default)
    assert sender == "legal@example.com"
    assert str(mail["From"]) == "Müller & Co <legal@example.com>"
    assert (mail["Reply-To"], mail["To"]) == ("dpo@example.com", "c1@example.com")
    assert mail["List-Id"] == "<subprocessor-notices.example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Unsent"] is None
    assert mail["Date"].datetime.date().isoformat() == today()
    drafts = [
        message_from_bytes(path.read_bytes(), policy=default)
        for path in sorted(Path("letters").glob("*.eml"))
    ]
    sent = [message_from_bytes(mail[2], policy=default) for mail in handler.mails]
    assert [mail["Message-ID"] for mail in sent] == [draft["Message-ID"] for draft in drafts]
    for draft, mail in zip(drafts, sent, strict=True):
        assert [part.get_content() for part in draft.iter_parts()] == [
            part.get_content() for part in mail.iter_parts()
        ]
    assert len({each["Message-ID"] for each in sent}) == 3


def test_send_records_answer_and_mail_so_that_both_can_be_verified(
    capsys: pytest.CaptureFixture[str],
) -> None:
    handler = Handler()
    with serving(handler) as server:
        send(capsys, server)
    lines = [json.loads(line) for line in Path("sent.jsonl").read_bytes().splitlines()]
    assert [line["event"] for line in lines] == ["attempted", "sent"] * 3
    assert [line["code"] for line in lines if line["event"] == "sent"] == [250] * 3
    assert {(line["channel"], line["run"]) for line in lines} == {("mail", "letters")}
    assert "queued as 1" not in Path("sent.jsonl").read_text("utf-8")
    assert "queued as 1" in Path("sent.people.jsonl").read_text("utf-8")
    assert main(["notice", "--verify", "sent.jsonl", "--letters", "letters"]) == 0
    mail = Path("letters", "sent", "customer-1.eml")
    assert (
        mail.read_bytes().replace(b"\r\n", b"\n").rstrip()
        == handler.mails[0][2].replace(b"\r\n", b"\n").rstrip()
    )
    mail.write_bytes(mail.read_bytes() + b" ")
    capsys.readouterr()
    assert main(["notice", "--verify", "sent.jsonl", "--letters", "letters"]) == 1
    assert "the mail to Customer 1" in capsys.readouterr().err


def test_send_of_a_refused_address_sends_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    handler = Handler()
    handler.answers["c2@example.com"] = ["550 5.1.1 no such user"]
    with serving(handler) as server:
        code, out, err = send(capsys, server)
        assert code == 1
        assert "Customer 2: refused (550 5.1.1 no such user)" in " ".join(out.split())
        assert err == "subproc: 1 letter not sent\n"
        assert send(capsys, server)[0] == 1  # not tried again by itself
        assert handler.recipients == ["c1@example.com", "c3@example.com"]
        assert send(capsys, server, "--retry", "Customer 2")[0] == 0
    assert handler.recipients == ["c1@example.com", "c3@example.com", "c2@example.com"]
    assert results() == {"1": "sent", "2": "sent", "3": "sent"}


def test_send_to_a_greylisting_server_is_completed_by_the_next_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    handler = Handler()
    for number in (1, 2, 3):
        handler.answers[f"c{number}@example.com"] = ["451 4.7.1 greylisted, try again later"]
    with serving(handler) as server:
        assert send(capsys, server)[0] == 1
        assert results() == dict.fromkeys("123", "deferred")
        assert send(capsys, server)[0] == 0
    assert results() == dict.fromkeys("123", "sent")
    assert len(handler.recipients) == 3


def test_send_waits_for_a_greylisting_server_within_the_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    handler = Handler()
    handler.answers["c1@example.com"] = ["451 4.7.1 try again later", "450 4.2.0 still greylisted"]
    handler.answers["c2@example.com"] = ["550 no such user"]
    with serving(handler) as server:
        code, _, err = send(capsys, server, "--wait", "12")
    assert code == 1
    assert "subproc: 1 mail is deferred; it is sent again at " in err
    assert [seconds for seconds in waited if seconds > 1] == [300, 300]
    assert handler.recipients == ["c3@example.com", "c1@example.com"]
    assert results() == {"1": "sent", "2": "refused", "3": "sent"}


def test_send_stops_waiting_at_its_limit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    handler = Handler()
    handler.answers["c1@example.com"] = ["451 later"] * 9
    with serving(handler) as server:
        code, out, _ = send(capsys, server, "--wait", "10")
    assert code == 1
    assert "Customer 1: deferred (451 later); run the command again to try it again" in " ".join(out.split())
    assert len(handler.answers["c1@example.com"]) == 6


def test_send_reports_the_addresses_of_a_customer_that_are_not_accepted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    rows = "customers:\n  - {name: Customer 1, address: [a@example.com, b@example.com], cc: c@example.com}\n"
    Path("customers.yaml").write_text(rows, encoding="utf-8")
    words = f"notice one.yaml two.yaml --sent {today()} -c customers.yaml --out letters -f eml".split()
    shutil.rmtree("letters")
    assert main(words) == 0
    capsys.readouterr()
    handler = Handler()
    handler.answers = {"b@example.com": ["550 no such user"] * 2, "c@example.com": ["450 later"]}
    with serving(handler) as server:
        code, out, _ = send(capsys, server, "-f", "json", "--wait", "5")
    assert code == 0
    assert handler.recipients == ["a@example.com", "c@example.com"]
    assert json.loads(out)["results"][0]["unreached"] == ["b@example.com (550 no such user)"]
    assert "not accepted: b@example.com (550 no such user)" in Path("sent.people.jsonl").read_text("utf-8")


def test_send_again_keeps_a_copy_of_each_mail_that_was_handed_over(
    capsys: pytest.CaptureFixture[str],
) -> None:
    handler = Handler()
    handler.cut_after.add("c2@example.com")
    with serving(handler) as server:
        assert send(capsys, server)[0] == 1
        handler.cut_after.clear()
        assert send(capsys, server, "--retry", "Customer 2")[0] == 0
    copies = sorted(path.name for path in Path("letters", "sent").iterdir())
    assert copies == ["customer-1.eml", "customer-2-2.eml", "customer-2.eml", "customer-3.eml"]
    assert main(["notice", "--verify", "sent.jsonl", "--letters", "letters"]) == 0


def test_send_after_a_cut_before_the_mail_sends_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    handler = Handler()
    handler.cuts_before["c2@example.com"] = 1
    with serving(handler) as server:
        assert send(capsys, server)[0] == 0
    assert handler.recipients == ["c1@example.com", "c2@example.com", "c3@example.com"]


def test_send_after_a_cut_during_the_mail_never_sends_it_twice(capsys: pytest.CaptureFixture[str]) -> None:
    handler = Handler()
    handler.cut_after.add("c2@example.com")
    with serving(handler) as server:
        code, out, _ = send(capsys, server)
        assert code == 1
        assert "Customer 2: may be delivered" in " ".join(out.split())
        assert results() == {"1": "sent", "2": "attempted", "3": "sent"}
        assert send(capsys, server)[0] == 1
        assert handler.recipients.count("c2@example.com") == 1
    assert main(["send", "letters", "--mark", "customer 2", "--via", "phone"]) == 0
    assert results() == dict.fromkeys("123", "sent")


def test_send_to_a_server_that_is_gone_keeps_the_rest_for_later(capsys: pytest.CaptureFixture[str]) -> None:
    handler = Handler()
    with serving(handler) as server:
        pass
    code, out, err = send(capsys, server)
    assert code == 1
    assert "3 not tried" in out
    assert "cannot be reached" in err
    with serving(handler) as server:
        assert send(capsys, server)[0] == 0
    assert len(handler.mails) == 3


KILLED = """
import os, signal, sys
from subproc_cli.notice.mailing import smtp
from subproc_cli.cli.main import main
real, step = smtp.Transport._hand_over, int(sys.argv[1])
def hand_over(self, content):
    global step
    step -= 1
    if step == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    outcome = real(self, content)
    if step == 1 and sys.argv[2] == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return outcome
smtp.Transport._hand_over = hand_over
main(sys.argv[3:])
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_send_that_was_killed_is_resumed_and_nobody_gets_two(
    moment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = Handler()
    with serving(handler) as server:
        words = ["send", "letters", "--smtp", server, "--security", "none", "--rate", "6000", "--yes"]
        done = subprocess.run(
            [sys.executable, "-c", KILLED, "2", moment, *words], check=False, capture_output=True
        )
        assert done.returncode < 0, done.stderr
        assert send(capsys, server)[0] == 1
        uncertain = [name for name, kind in results().items() if kind == "attempted"]
        assert len(uncertain) == 1
        for number in "123":
            assert handler.recipients.count(f"c{number}@example.com") <= 1
        code, out, _ = send(capsys, server, "--retry", f"Customer {uncertain[0]}")
        assert (code, out.splitlines()[0]) == (
            0,
            "2 sent before, 1 sent" if uncertain != ["1"] else "1 sent, 2 sent before",
        )
    assert results() == dict.fromkeys("123", "sent")


def test_send_of_many_mails_reaches_each_once(capsys: pytest.CaptureFixture[str]) -> None:
    for path in (*Path("letters").glob("*"),):
        path.unlink()
    write_run(120)
    capsys.readouterr()
    handler = Handler()
    handler.answers["c77@example.com"] = ["450 later"]
    handler.answers["c99@example.com"] = ["550 never"]
    with serving(handler) as server:
        code, out, _ = send(capsys, server, "-f", "json")
        assert code == 1
        assert {each["result"] for each in json.loads(out)["results"]} == {"sent", "deferred", "refused"}
        assert send(capsys, server)[0] == 1
    assert sorted(handler.recipients) == sorted(f"c{n}@example.com" for n in range(1, 121) if n != 99)


def make_certificate(folder: Path) -> tuple[str, ssl.SSLContext]:
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run(command.split(), check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return str(certificate), context


class Login:
    """Accepts one login."""

    def __call__(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        del server, session, envelope, mechanism
        return smtp.AuthResult(success=(data.login, data.password) == (b"me", b"secret"), handled=False)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_send_over_tls_verifies_the_server_and_logs_in(
    security: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    certificate, context = make_certificate(folder)
    handler = Handler()
    login = {"authenticator": Login(), "auth_required": True}
    options = (
        {"ssl_context": context}
        if security == "tls"
        else {"tls_context": context, "require_starttls": True, **login}
    )
    words = ["--from", "privacy@example.com", "--security", security]

    def attempt(server: str, *more: str) -> tuple[int, str]:
        return send(capsys, server, *words, *more)[::2]

    if security == "starttls":
        monkeypatch.setenv("SUBPROC_SMTP_USER", "me")
        monkeypatch.setenv("SUBPROC_SMTP_PASSWORD", "wrong")
    with serving(handler, **options) as server:
        assert attempt(server)[0] == 1  # nobody vouches for the certificate
        assert handler.mails == []
        if security == "starttls":
            code, err = attempt(server, "--ca-file", certificate)
            assert (code, "the login was refused" in err) == (1, True)
        monkeypatch.setenv("SUBPROC_SMTP_PASSWORD", "secret")
        assert attempt(server, "--ca-file", certificate)[0] == 0
    assert len(handler.mails) == 3


def test_send_takes_the_password_from_the_keyring(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    passwords = "{('subproc', 'me'): 'secret'}"
    module = f"def get_password(*key):\n    return {passwords}.get(key)\n"
    (folder / "keyring.py").write_text(module, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "keyring", raising=False)
    certificate, context = make_certificate(folder)
    handler = Handler()
    options = {
        "tls_context": context,
        "require_starttls": True,
        "authenticator": Login(),
        "auth_required": True,
    }
    words = ["--from", "privacy@example.com", "--security", "starttls", "--ca-file", certificate]
    with serving(handler, **options) as server:
        monkeypatch.setenv("SUBPROC_SMTP_USER", "you")
        code, _, err = send(capsys, server, *words)
        assert (code, err) == (
            2,
            "subproc: the keyring has no password of 'you' (type: keyring set subproc you)\n",
        )
        monkeypatch.setenv("SUBPROC_SMTP_USER", "me")
        assert send(capsys, server, *words)[0] == 0
    assert len(handler.mails) == 3


def test_send_with_starttls_to_a_server_without_it_sends_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    handler = Handler()
    with serving(handler) as server:
        code, _, err = send(capsys, server, "--security", "starttls")
    assert (code, handler.mails) == (1, [])
    assert "STARTTLS" in err


def test_send_to_me_is_in_no_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    handler = Handler()
    with serving(handler) as server:
        code, out, _ = send(capsys, server, "--to-me", "me@example.com")
    assert (code, out.splitlines()[0]) == (0, "2 sent")
    assert handler.recipients == ["me@example.com"] * 2
    mails = [message_from_bytes(content, policy=default) for _, _, content in handler.mails]
    assert {mail["Content-Language"] for mail in mails} == {"en", "de"}
    assert {mail["To"] for mail in mails} == {"me@example.com"}
    assert not Path("sent.jsonl").exists()


def test_send_dry_run_connects_to_nothing_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    assert main(["send", "letters", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("3 to send\n")
    assert re.search("^ *customer +language +addresses$", out, re.MULTILINE)
    assert "c2@example.com" in out
    assert main(["send", "letters", "--dry-run", "-f", "csv"]) == 0
    head, first, *_ = capsys.readouterr().out.splitlines()
    assert head.startswith("customer,addresses,cc,result,code,answer")
    assert first.startswith("Customer 1,c1@example.com,,to-send,,")
    assert sorted(folder.rglob("*")) == before


def damage() -> None:
    letter = Path("letters", "customer-1.txt")
    letter.write_text(letter.read_text("utf-8") + "x", encoding="utf-8")


def interrupt() -> None:
    manifest = Path("letters", "manifest.json")
    manifest.write_text(manifest.read_text("utf-8").replace('"complete"', '"writing"'), encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "prepare", "code", "message"),
    [
        ([], damage, 1, "letters/customer-1.txt: is not as it was written"),
        ([], interrupt, 3, "letters: the run was interrupted (repeat its subproc notice command first)"),
        (["--from", "nobody"], None, 2, "--from: 'nobody' is not a mail address"),
        (["--list-id", "a\nBcc: b"], None, 2, r"--list-id: 'a\nBcc: b' is not a List-Id"),
        (["--smtp", "host:65536"], None, 2, "--smtp: '65536' is not a port (write HOST or HOST:PORT)"),
        (["--smtp", "user:hidden@host"], None, 2, "--smtp: write the server alone, as HOST or HOST:PORT"),
        (["--ca-file", "nothing.pem"], None, 3, "nothing.pem: cannot be read: No such file or directory"),
        (["--ca-file", "one.yaml"], None, 3, "one.yaml: holds no certificate"),
        (["--smtp", "host:smtp"], None, 2, "--smtp: 'smtp' is not a port (write HOST or HOST:PORT)"),
        (
            ["--retry", "Custmer 1"],
            None,
            2,
            "--retry: the run has no letter to 'Custmer 1' (did you mean Customer 1?)",
        ),
        (
            ["--mark", "Customer 1"],
            None,
            2,
            "--mark needs --via (name how the letters were sent: --via post)",
        ),
        (["--via", "post"], None, 2, "--via and --on need --mark"),
    ],
)
def test_send_that_cannot_be_right_is_refused(
    words: list[str],
    prepare: Callable[[], None] | None,
    code: int,
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if prepare:
        prepare()
    found, _, err = send(capsys, "127.0.0.1:9", *words)
    assert found == code
    assert message in err
    assert "hidden" not in err
    assert not Path("sent.jsonl").exists() or Path("sent.jsonl").read_bytes() == b""


def test_send_of_a_folder_without_a_run_names_those_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    Path("all").mkdir()
    Path("letters").rename("all/letters")
    assert main(["send", "all", "--dry-run"]) == 3
    assert "name one of its runs: all/letters" in capsys.readouterr().err


def test_send_on_another_day_than_the_letters_state_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "notice",
        "one.yaml",
        "two.yaml",
        "--sent",
        "2024-04-09",
        "-c",
        "customers.yaml",
        "--out",
        "past",
        "-f",
        "eml",
    ]
    assert main(words) == 0
    capsys.readouterr()
    assert main(["send", "past", "--dry-run"]) == 1
    assert (
        f"the letters state 2024-04-09 as the day of sending, and today is {today()}"
        in capsys.readouterr().err
    )
    assert main(["send", "past", "--dry-run", "--late"]) == 0


def test_send_without_yes_asks_and_where_nobody_can_answer_refuses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["send", "letters", "--smtp", "127.0.0.1:9", "--security", "none"]) == 2
    assert "nobody can be asked whether to send (add --yes" in capsys.readouterr().err
