"""A real mail server on this machine, which answers as it is told to."""

import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Handler:
    """Keeps the mails that it gets, and answers as it is told to."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.answers: dict[str, list[str]] = {}
        self.cuts_before: Counter[str] = Counter()
        self.cut_after: set[str] = set()

    @property
    def recipients(self) -> list[str]:
        return [address for _, addresses, _ in self.mails for address in addresses]

    async def accept_recipient(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        del session, options
        if self.cuts_before[address]:
            self.cuts_before[address] -= 1
            server.transport.abort()
        answers = self.answers.get(address)
        if answers:
            return answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def accept_mail(self, server: Any, session: Any, envelope: Any) -> str:
        del session
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        if self.cut_after & {*envelope.rcpt_tos}:
            server.transport.abort()
        return f"250 queued as {len(self.mails)}"


for hook, method in {"RCPT": Handler.accept_recipient, "DATA": Handler.accept_mail}.items():
    setattr(Handler, f"handle_{hook}", method)  # the names that aiosmtpd looks for


@contextmanager
def serving(handler: Handler, **options: Any) -> Iterator[str]:
    from aiosmtpd.controller import Controller  # test_send is skipped without it

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port, **options)
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop()
