"""Hands mails over to a mail server by SMTP submission (RFC 6409): the only module with a network."""

import smtplib
import ssl
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.errors import ReadError, SubprocError
from subproc_cli.notice.ledger.event_kinds import EventKind

TIMEOUT = 60.0
"""Seconds after which a server that does not answer counts as unreachable."""
PERMANENT = 500
"""Lowest reply code of a permanent refusal."""
ACCEPTED, FORWARDED = 250, 251
"""Reply codes of a server that takes a mail or an address."""
_ANSWER_LENGTH = 500


class Security(StrEnum):
    """How the connection is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class MailServer(NamedTuple):
    """A mail server and its login.

    Attributes:
        host: its name.
        port: its port.
        security: how the connection is encrypted.
        user: the name of the login; empty for none.
        password: the password of the login.
        ca_file: a file of certificates to trust instead of those of the system.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""
    ca_file: str | None = None

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class ConnectionFailedError(SubprocError):
    """The mail server cannot be used; nothing more is sent."""

    exit_code = 1


class Outcome(NamedTuple):
    """What a server made of a mail.

    Attributes:
        kind: sent, deferred, refused, or attempted where its answer is not known.
        code: its reply code; 0 if there is none.
        answer: its words.
        unreached: the addresses that it did not accept although it accepted others, each with its answer.
    """

    kind: EventKind
    code: int
    answer: str
    unreached: tuple[str, ...] = ()


class Transport:
    """A connection that is opened when it is needed, and again after it was cut.

    Args:
        server: the mail server.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None

    def _get_client(self) -> smtplib.SMTP:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _connect(self) -> smtplib.SMTP:
        """Return a connection that is encrypted and logged in.

        Raises:
            ConnectionFailedError: the server does not answer, cannot encrypt, or refuses the login.
            ReadError: the file of certificates cannot be read.
        """
        server, client = self._server, None
        context = _create_context(server.ca_file)
        try:
            client = _open_client(server, context)
            if server.security is Security.STARTTLS:
                client.starttls(context=context)
            client.ehlo_or_helo_if_needed()
            if server.user:
                client.login(server.user, server.password)
        except (OSError, smtplib.SMTPException) as error:
            if client is not None:
                client.close()
            raise _build_failure(server, error) from None
        return client

    def deliver(
        self,
        sender: str,
        recipients: Sequence[str],
        content: bytes,
        record_attempt: Callable[[], None],
        *,
        is_retried: bool = False,
    ) -> Outcome:
        """Send a mail, and return the answer of the server.

        Args:
            sender: the address that it comes from.
            recipients: the addresses that it goes to.
            content: the mail.
            record_attempt: is called before the mail itself is handed over: if nothing is heard of it after
                that, it may have been delivered.
            is_retried: whether the mail is sent again if it is deferred. Then an address that is not
                accepted for now defers the mail for all; otherwise the mail goes to the others.

        Raises:
            ConnectionFailedError: the server cannot be reached any more.
        """
        unreached: tuple[str, ...] = ()
        for is_last in (False, True):
            client = self._get_client()
            try:
                refusal, unreached = self._address(client, sender, recipients, is_retried=is_retried)
            except (OSError, smtplib.SMTPServerDisconnected) as error:
                self.close()  # cut before the mail was handed over: it is safe to try again
                if is_last:
                    return Outcome(EventKind.DEFERRED, 0, f"the connection was cut: {error}")
                continue
            if refusal:
                return refusal
            break
        record_attempt()
        return self._hand_over(content)._replace(unreached=unreached)

    def _address(
        self, client: smtplib.SMTP, sender: str, recipients: Sequence[str], *, is_retried: bool
    ) -> tuple[Outcome | None, tuple[str, ...]]:
        """Name sender and recipients to the server.

        Returns:
            Its refusal, None if it accepts a recipient; and the recipients that it does not accept.
        """
        code, answer = client.mail(sender)
        if code != ACCEPTED:
            return self._reset(code, answer), ()
        replies = [(recipient, *client.rcpt(recipient)) for recipient in recipients]
        missed = [reply for reply in replies if reply[1] not in {ACCEPTED, FORWARDED}]
        deferred = [reply for reply in missed if reply[1] < PERMANENT] if is_retried else []
        if len(missed) < len(replies) and not deferred:
            return None, tuple(f"{address} ({_format_answer(code, text)})" for address, code, text in missed)
        reported = deferred or missed
        codes, answers = [code for _, code, _ in reported], [answer for _, _, answer in reported]
        return self._reset(max(codes), b"; ".join(answers)), ()

    def _reset(self, code: int, answer: bytes) -> Outcome:
        if self._client is not None:
            try:
                self._client.rset()
            except (OSError, smtplib.SMTPException):
                self.close()
        return _build_outcome(code, answer)

    def _hand_over(self, content: bytes) -> Outcome:
        try:
            code, answer = self._get_client().data(content)
        except smtplib.SMTPDataError as error:  # the server did not want the mail: nothing was handed over
            return self._reset(error.smtp_code, _to_bytes(error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(EventKind.ATTEMPTED, 0, f"the connection was cut: {error}")
        if code == ACCEPTED:
            return Outcome(EventKind.SENT, code, _format_answer(code, answer))
        return self._reset(code, answer)

    def close(self) -> None:
        """Close the connection."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except (OSError, smtplib.SMTPException):
                client.close()


def _create_context(ca_file: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:  # ssl.SSLError is one
        reason = (
            "holds no certificate" if isinstance(error, ssl.SSLError) else f"cannot be read: {error.strerror}"
        )
        raise ReadError(f"{ca_file}: {reason}", "name a file of certificates: --ca-file FILE.pem") from None


def _open_client(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    if server.security is Security.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    return smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)


def _build_failure(server: MailServer, error: Exception) -> ConnectionFailedError:
    """Return why a server cannot be used, and what to do."""
    match error:
        case smtplib.SMTPNotSupportedError():
            hint = "use --security tls, or --security none for a server of this machine"
            return ConnectionFailedError(f"{server}: {error}", hint)
        case smtplib.SMTPAuthenticationError():
            answer = _format_answer(error.smtp_code, error.smtp_error)
            hint = "check user and password; nothing was sent"
            return ConnectionFailedError(f"{server}: the login was refused: {answer}", hint)
        case smtplib.SMTPResponseException():
            answer = _format_answer(error.smtp_code, error.smtp_error)
            hint = "what was sent is recorded; run the command again to send the rest"
            return ConnectionFailedError(f"{server}: refused the connection: {answer}", hint)
        case _:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            hint = "what was sent is recorded; run the command again to send the rest"
            return ConnectionFailedError(f"{server}: cannot be reached: {reason}", hint)


def _build_outcome(code: int, answer: bytes) -> Outcome:
    kind = EventKind.REFUSED if code >= PERMANENT else EventKind.DEFERRED
    return Outcome(kind, code, _format_answer(code, answer))


def _to_bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()


def _format_answer(code: int, answer: bytes | str) -> str:
    text = " ".join(_to_bytes(answer).decode("utf-8", "replace").split())
    if code < 0:  # smtplib found no reply code
        return f"no reply code {text}".strip()[:_ANSWER_LENGTH]
    return f"{code} {text}"[:_ANSWER_LENGTH]
