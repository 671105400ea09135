"""The answers of a mail server, and what becomes of a mail after each."""

import socket
from collections.abc import Iterator
from contextlib import closing
from threading import Thread

import pytest

from mail_server import Handler, serving
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.mailing.smtp import ConnectionFailedError, MailServer, Outcome, Security, Transport

pytest.importorskip("aiosmtpd.controller")

A, B = "a@example.com", "b@example.com"
GONE, LATER = "550 no such  user", "451 try again later"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Handler, MailServer]]:
    handler = Handler()
    with serving(handler) as address:
        host, port = address.split(":")
        yield handler, MailServer(host, int(port), Security.NONE)


def deliver(
    running: tuple[Handler, MailServer], *recipients: str, is_retried: bool = False, **answers: str
) -> tuple[Outcome, int]:
    """Return what becomes of a mail whose recipients get some answers, and how often its attempt was recorded."""
    handler, server = running
    handler.answers = {f"{name}@example.com": [answer] for name, answer in answers.items()}
    attempts: list[None] = []
    with closing(Transport(server)) as transport:
        outcome = transport.deliver(
            "legal@example.com",
            recipients,
            b"Subject: x\r\n\r\ny\r\n",
            lambda: attempts.append(None),
            is_retried=is_retried,
        )
    return outcome, len(attempts)


def test_mail_that_the_server_takes_is_sent_to_all_recipients(running: tuple[Handler, MailServer]) -> None:
    running[0].mails.clear()
    (kind, code, answer, unreached), attempts = deliver(running, A, B, b="251 will forward")
    assert (kind, code, answer, unreached, attempts) == (EventKind.SENT, 250, "250 queued as 1", (), 1)
    ((sender, recipients, _),) = running[0].mails
    assert (sender, recipients[0]) == ("legal@example.com", A)


@pytest.mark.parametrize(("answer", "kind"), [(GONE, EventKind.REFUSED), (LATER, EventKind.DEFERRED)])
def test_mail_whose_only_recipient_is_not_accepted_is_not_attempted(
    answer: str, kind: EventKind, running: tuple[Handler, MailServer]
) -> None:
    words = " ".join(answer.split())
    assert deliver(running, A, a=answer) == (Outcome(kind, int(answer[:3]), words), 0)


@pytest.mark.parametrize("is_retried", [False, True])
@pytest.mark.parametrize(
    ("answer", "words"), [(GONE, "550 no such user"), ("500 not understood", "500 not understood")]
)
def test_mail_to_several_of_whom_one_is_refused_goes_to_the_others(
    answer: str, words: str, is_retried: bool, running: tuple[Handler, MailServer]
) -> None:
    outcome, attempts = deliver(running, A, B, is_retried=is_retried, b=answer)
    assert (outcome.kind, outcome.unreached, attempts) == (EventKind.SENT, (f"{B} ({words})",), 1)


def test_mail_to_several_of_whom_one_is_deferred_waits_if_it_is_tried_again(
    running: tuple[Handler, MailServer],
) -> None:
    assert deliver(running, A, B, is_retried=True, b=LATER) == (Outcome(EventKind.DEFERRED, 451, LATER), 0)
    outcome, attempts = deliver(running, A, B, b=LATER)
    assert (outcome.kind, outcome.unreached, attempts) == (EventKind.SENT, (f"{B} ({LATER})",), 1)


def test_mail_that_nobody_accepts_has_the_worst_answer_and_all_words(
    running: tuple[Handler, MailServer],
) -> None:
    outcome, _ = deliver(running, A, B, a=LATER, b="550 gone")
    assert (outcome.kind, outcome.code, outcome.answer) == (
        EventKind.REFUSED,
        550,
        "550 try again later; gone",
    )


def connect(server: MailServer) -> tuple[str, str]:
    """Return the error and the hint of a server that cannot be used."""
    with closing(Transport(server)) as transport, pytest.raises(ConnectionFailedError) as caught:
        transport.deliver("legal@example.com", [A], b"", lambda: None)
    return str(caught.value), caught.value.hint


def test_server_without_encryption_is_refused_with_the_option_to_use(
    running: tuple[Handler, MailServer],
) -> None:
    server = running[1]._replace(security=Security.STARTTLS)
    message, hint = connect(server)
    assert message.startswith(f"{server.host}:{server.port}: STARTTLS extension not supported")
    assert hint == "use --security tls, or --security none for a server of this machine"


def test_server_that_cannot_be_reached_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert connect(MailServer("127.0.0.1", port, Security.NONE)) == (
        f"127.0.0.1:{port}: cannot be reached: Connection refused",
        "what was sent is recorded; run the command again to send the rest",
    )


def test_server_that_refuses_the_connection_is_quoted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def refuse() -> None:
            connection, _ = server.accept()
            connection.sendall(b"554 no \xffservice here\r\n")
            connection.close()

        thread = Thread(target=refuse)
        thread.start()
        port = server.getsockname()[1]
        message, _ = connect(MailServer("127.0.0.1", port, Security.NONE))
        thread.join()
    assert message == f"127.0.0.1:{port}: refused the connection: 554 no \ufffdservice here"


def test_answer_without_a_reply_code_defers_the_mail(running: tuple[Handler, MailServer]) -> None:
    assert deliver(running, A, a="abc") == (Outcome(EventKind.DEFERRED, -1, "no reply code"), 0)


def test_server_that_cuts_the_connection_before_the_mail_gets_it_again(
    running: tuple[Handler, MailServer],
) -> None:
    handler, _ = running
    handler.mails.clear()
    handler.cuts_before[A] = 1
    outcome, attempts = deliver(running, A)
    assert (outcome.kind, attempts, handler.recipients) == (EventKind.SENT, 1, [A])


def test_server_that_cuts_the_connection_twice_before_the_mail_defers_it(
    running: tuple[Handler, MailServer],
) -> None:
    handler, _ = running
    handler.mails.clear()
    handler.cuts_before[A] = 2
    outcome, attempts = deliver(running, A)
    assert (outcome.kind, outcome.code, attempts, handler.recipients) == (EventKind.DEFERRED, 0, 0, [])
    assert outcome.answer.startswith("the connection was cut: ")


def test_server_that_cuts_the_connection_after_the_mail_leaves_it_attempted(
    running: tuple[Handler, MailServer],
) -> None:
    handler, _ = running
    handler.cut_after = {A}
    outcome, attempts = deliver(running, A)
    handler.cut_after = set()
    assert (outcome.kind, outcome.code, attempts) == (EventKind.ATTEMPTED, 0, 1)
    assert outcome.answer.startswith("the connection was cut: ")
