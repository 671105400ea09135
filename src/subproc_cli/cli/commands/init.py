"""`subproc init`."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.commands.import_ import add_imported_services, read_page
from subproc_cli.cli.console import print_stderr, prompt, write_output_bytes
from subproc_cli.cli.editing import drop_empty, ensure_valid
from subproc_cli.cli.options import QuietOption
from subproc_cli.cli.registry_file import format_registry_option
from subproc_cli.enums import DEFAULT_LAW, Regime
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers.mail_address import is_address
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.reference import categories, geography
from subproc_cli.registry.source import STDIN
from subproc_cli.registry.template import NewRegistry, create_registry
from subproc_cli.text import join_words

HELP = """Create a registry. Without --publisher, ask for the details at the terminal.

\b
subproc init
subproc init --publisher "Example GmbH" --notice-days 30
subproc init --publisher "Example GmbH" --page subprocessors.html
"""


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to create.")] = "registry.yaml",
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="The publisher of the list.")
    ] = None,
    notice_days: Annotated[
        int | None, typer.Option("--notice-days", metavar="N", help="Days from notice to change.")
    ] = None,
    objection_days: Annotated[
        int | None, typer.Option("--objection-days", metavar="N", help="Days to object.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="TEXT", help="Where customers send objections.")
    ] = None,
    law: Annotated[
        list[Regime] | None,
        typer.Option(
            "--law", metavar="LAW", help=f"{join_words(Regime, 'or')}; repeatable. [default: {DEFAULT_LAW}]"
        ),
    ] = None,
    services: Annotated[
        list[str] | None, typer.Option("--service", metavar="NAME", help="Add this service; repeatable.")
    ] = None,
    page: Annotated[
        str | None,
        typer.Option("--page", metavar="FILE", help="Import the first services from this web page or table."),
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="The date of the list. [default: the date of the page, or today]"
        ),
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc init`.

    Raises:
        UsageError: the contact is neither a mail nor a web address, or the file already exists.
    """
    from subproc_cli.cli.editing import drop_empty
    from subproc_cli.cli.registry_file import parse_day_option
    from subproc_cli.registry.template import NewRegistry

    if contact is not None and not _is_contact(contact):
        raise UsageError(
            f"--contact {contact!r} is not a mail or web address",
            "for example: --contact privacy@example.com or --contact https://example.com/object",
        )
    notice = drop_empty({"days": notice_days, "objection_days": objection_days, "contact": contact})
    new_registry = NewRegistry(
        publisher=publisher or "",
        day=parse_day_option(day, "--date"),
        law=tuple(str(each) for each in law or [Regime(DEFAULT_LAW)]),
        notice=notice,
        services=tuple({"name": name} for name in services or []),
    )
    write_new_registry(file, new_registry, page, ask=publisher is None, has_day=day is not None, quiet=quiet)


SCHEMA_FILE = "registry.schema.json"
DEFAULT_DAYS = 30
"""The commonest period of notice in lists of this kind."""


def write_new_registry(
    file: str, new_registry: NewRegistry, page: str | None, *, ask: bool, has_day: bool, quiet: bool
) -> None:
    """Write a new list; `-` is standard output.

    Args:
        file: where to; nothing exists there.
        new_registry: what is known about it.
        page: a page or a table that names the first services.
        ask: whether to ask at the terminal for the rest.
        has_day: whether the day is decided; otherwise a day that the page gives comes before it.
        quiet: whether to print nothing.

    Raises:
        UsageError: there is such a file already, or the list would have errors.
    """
    if file != STDIN:
        _refuse_to_overwrite(file)
        if Path(file).with_name(SCHEMA_FILE).is_file():
            new_registry = new_registry._replace(schema=SCHEMA_FILE)
    if ask:
        new_registry = _ask_missing(new_registry)
        page = page or _ask_page()
    if ask and not page:
        new_registry = new_registry._replace(services=(*new_registry.services, *_ask_services()))
    imported = read_page(page) if page else None
    if imported and imported.dated and not has_day:
        new_registry = new_registry._replace(day=imported.dated)
    file_source = create_registry(file, new_registry)
    ensure_valid(None, file_source)
    if imported:
        file_source = add_imported_services(file_source, imported, quiet=quiet)
    if file == STDIN:
        write_output_bytes(file_source.content, None)
        return
    replace_bytes(Path(file), None, file_source.content)
    if not quiet:
        next_step = "subproc check" if page or new_registry.services else "subproc add NAME"
        print_stderr(sanitize_line(f"{file}: created; next: {next_step}{format_registry_option(file)}"))


def _refuse_to_overwrite(file: str) -> None:
    if os.path.exists(file):
        raise UsageError(
            f"{file}: the file already exists", "add services with subproc add NAME, or name another file"
        )


def _ask_missing(new_registry: NewRegistry) -> NewRegistry:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(
            "init needs --publisher NAME if there is no terminal to ask at", "see: subproc init --help"
        )
    while not (publisher := prompt("Publisher of the list:")):
        print_stderr("  the publisher is required")
    days = new_registry.notice.get("days")
    if days is None:
        days = _ask_number(f"Days of notice before a change? [{DEFAULT_DAYS}]")
    objection = new_registry.notice.get("objection_days")
    if objection is None:
        objection = _ask_number(f"Days to object? [{DEFAULT_DAYS}]")
    contact = new_registry.notice.get("contact") or _ask_contact()
    periods = drop_empty({"days": days, "objection_days": objection, "contact": contact or None})
    notice = {**new_registry.notice, **periods}
    return new_registry._replace(publisher=publisher, notice=notice)


def _ask_services() -> Iterator[dict[str, Any]]:
    print_stderr("Now add the services. Press Enter at the name to finish, at another question to skip it.")
    while name := prompt("Name of the service:"):
        yield drop_empty(
            {
                "name": name,
                "purpose": prompt("  What is it for?") or None,
                "sees": _ask_words("  What does it see? Such as email, content:", _suggest_category),
                "processing": _ask_words("  Where does it process? Such as NL, EU:", _suggest_place),
            }
        )


def _ask_number(question: str) -> int:
    while True:
        answer = prompt(question) or str(DEFAULT_DAYS)
        if answer.isdecimal():
            return int(answer)
        print_stderr("  enter a number of days")


def _ask_contact() -> str:
    """Ask for the address for objections, until the answer is a mail address, a web page or empty."""
    while answer := prompt("Where do customers send objections? An address, or Enter to skip:"):
        if _is_contact(answer):
            break
        print_stderr("  enter an address, such as privacy@example.com or https://example.com/object")
    return answer


def _is_contact(text: str) -> bool:
    """Return whether a text has a mail or web address, also with a name: `Office <dpo@example.com>`."""
    words = [word.strip("<>()[],;") for word in text.split()]
    return any(is_address(word) or word.startswith(("https://", "http://")) for word in words)


def _ask_page() -> str:
    """Ask for a page, until the answer is a file that exists, or empty."""
    question = "Import the services from a web page or table? File, or Enter to skip:"
    while (answer := prompt(question)) and not os.path.isfile(answer):
        print_stderr(sanitize_line(f"  {answer}: no such file"))
    return answer


def _ask_words(question: str, suggest_word: Callable[[str], str]) -> list[str]:
    """Ask for words with commas, until each of them is known."""
    while True:
        words = [word.strip() for word in prompt(question).split(",") if word.strip()]
        unknown = [(word, hint) for word in words if (hint := suggest_word(word))]
        if not unknown:
            return words
        for word, hint in unknown:
            print_stderr(sanitize_line(f"  {word!r} is not known ({hint})"))


def _suggest_category(word: str) -> str:
    """Return what to type instead of a word that is not a category; nothing if it is one."""
    category_tree = categories.load_category_tree()
    if word in category_tree or category_tree.find(word):
        return ""
    return category_tree.suggest(word) or "see: subproc categories"


def _suggest_place(word: str) -> str:
    """Return what to type instead of a word that is not a place; nothing if it is one."""
    gazetteer = geography.load_gazetteer()
    return "" if gazetteer.find(word) else gazetteer.suggest(word) or "see: subproc places"
