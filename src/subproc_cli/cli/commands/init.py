"""`subproc init`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.commands.import_ import begun_with
from subproc_cli.cli.console import asked, put_bytes, to_stderr
from subproc_cli.cli.editing import plain, refuse_faults
from subproc_cli.cli.options import QuietOption
from subproc_cli.cli.registry_file import named
from subproc_cli.enums import Regime
from subproc_cli.errors import UsageFault
from subproc_cli.notice.mail_address import is_address
from subproc_cli.output.sanitize import visible
from subproc_cli.reference import categories, geography
from subproc_cli.registry.source import STDIN
from subproc_cli.registry.template import Start, fresh


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to begin.")] = "registry.yaml",
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Whose list it is.")
    ] = None,
    notice_days: Annotated[
        int | None, typer.Option("--notice-days", metavar="N", help="Days from a notice to the change.")
    ] = None,
    objection_days: Annotated[
        int | None, typer.Option("--objection-days", metavar="N", help="Days to object.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="TEXT", help="Where an objection goes.")
    ] = None,
    law: Annotated[
        list[Regime] | None,
        typer.Option(
            "--law", metavar="LAW", help="eu-gdpr, uk-gdpr or ch-fadp; may be repeated. [default: eu-gdpr]"
        ),
    ] = None,
    services: Annotated[
        list[str] | None, typer.Option("--service", metavar="NAME", help="A first service.")
    ] = None,
    page: Annotated[
        str | None,
        typer.Option("--page", metavar="FILE", help="A page or a table that names the first services."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Its day. [default: today]")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Begin a list. At a terminal, what is not given is asked for.

    \b
    subproc init
    subproc init --publisher "Example GmbH" --notice-days 30
    subproc init --publisher "Example GmbH" --page subprocessors.html
    """
    from subproc_cli.cli.editing import plain
    from subproc_cli.cli.registry_file import day_of
    from subproc_cli.registry.template import Start

    notice = plain({"days": notice_days, "objection_days": objection_days, "contact": contact})
    start = Start(
        publisher=publisher or "",
        day=day_of(day, "--date"),
        law=tuple(str(each) for each in law or [Regime.EU_GDPR]),
        notice=notice,
        services=tuple({"name": name} for name in services or []),
    )
    begin(file, start, page, ask=publisher is None, quiet=quiet)


SCHEMA = "registry.schema.json"
DAYS = 30
"""The commonest period of notice in lists of this kind."""


def begin(file: str, start: Start, page: str | None, *, ask: bool, quiet: bool) -> None:
    """Write a list that begins; `-` is standard output.

    Args:
        file: where to; nothing stands there.
        start: what is known of it.
        page: a page or a table that names the first services.
        ask: whether to ask at the terminal for the rest.
        quiet: whether to tell nothing.

    Raises:
        UsageFault: there is such a file already, or the list would have faults.
    """
    if file != STDIN:
        _refuse_to_overwrite(file)
        if Path(file).with_name(SCHEMA).is_file():
            start = start._replace(schema=SCHEMA)
    if ask:
        start = _completed(start)
        page = page or _page()
    if ask and not page:
        start = start._replace(services=(*start.services, *_asked_services()))
    made = fresh(file, start)
    refuse_faults(made)
    if page:
        made = begun_with(made, page)
    if file == STDIN:
        put_bytes(made.content, None)
        return
    replace_bytes(Path(file), None, made.content)
    if not quiet:
        step = "subproc check" if page or start.services else "subproc add NAME"
        to_stderr(visible(f"{file}: begun; go on with: {step}{named(file)}"))


def _refuse_to_overwrite(file: str) -> None:
    if os.path.exists(file):
        raise UsageFault(f"{file} is there already", "go on with: subproc add NAME, or name another file")


def _completed(start: Start) -> Start:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageFault("init needs --publisher NAME where nobody can be asked", "see: subproc init --help")
    while not (publisher := asked("Whose list is it?")):
        to_stderr("  a list needs a publisher")
    days = start.notice.get("days")
    if days is None:
        days = _number(f"Days of notice before a change? [{DAYS}]")
    objection = start.notice.get("objection_days")
    if objection is None:
        objection = _number(f"Days to object? [{DAYS}]")
    contact = start.notice.get("contact") or _address()
    periods = plain({"days": days, "objection_days": objection, "contact": contact or None})
    notice = {**start.notice, **periods}
    return start._replace(publisher=publisher, notice=notice)


def _asked_services() -> Iterator[dict[str, Any]]:
    to_stderr("Now the services, one by one; an empty name ends the list, an empty answer is: not stated.")
    while name := asked("Name of a service:"):
        yield plain(
            {
                "name": name,
                "purpose": asked("  What is it for?") or None,
                "sees": _words("  What does it see? Such as email, content:", _category),
                "processing": _words("  Where does it process? Such as NL, EU:", _place),
            }
        )


def _number(question: str) -> int:
    while True:
        answer = asked(question) or str(DAYS)
        if answer.isdecimal():
            return int(answer)
        to_stderr("  write a number of days")


def _address() -> str:
    """Ask where objections go, until it is a mail address, a web page or nothing."""
    while answer := asked("Where do objections go? An address, or nothing:"):
        if is_address(answer) or answer.startswith(("https://", "http://")):
            break
        to_stderr("  write an address, such as privacy@example.com or https://example.com/object")
    return answer


def _page() -> str:
    """Ask for a page until there is such a file, or nothing."""
    question = "A page or a table that names the services? Its file, or nothing:"
    while (answer := asked(question)) and not os.path.isfile(answer):
        to_stderr(visible(f"  {answer}: no such file"))
    return answer


def _words(question: str, known: Callable[[str], str]) -> list[str]:
    """Ask for words with commas until each of them is known."""
    while True:
        words = [word.strip() for word in asked(question).split(",") if word.strip()]
        wrong = [(word, hint) for word in words if (hint := known(word))]
        if not wrong:
            return words
        for word, hint in wrong:
            to_stderr(visible(f"  {word!r} is not known ({hint})"))


def _category(word: str) -> str:
    """Return what to type instead of a word that is no category; nothing if it is one."""
    tree = categories.built_in()
    if word in tree or tree.find(word):
        return ""
    return tree.proposal(word) or "see: subproc categories"


def _place(word: str) -> str:
    """Return what to type instead of a word that is no place; nothing if it is one."""
    gazetteer = geography.built_in()
    return "" if gazetteer.find(word) else gazetteer.proposal(word) or "see: subproc places"
