"""What an export takes besides the list: address, logo, templates, customers and clauses of contracts."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from subproc_cli.errors import UsageError, WriteError
from subproc_cli.suggest import suggest

if TYPE_CHECKING:
    from datetime import date

    from subproc_cli.exporters.formats import Exporter
    from subproc_cli.notice.customers.customers import Customer
    from subproc_cli.registry.registry import Registry


_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def validate_url(text: str, option: str) -> str:
    """Return the address of a page on the web, or an empty text.

    Raises:
        UsageError: it is not such an address.
    """
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        is_complete = (
            parts.scheme in {"http", "https"} and text.isascii() and text.isprintable() and " " not in text
        )
    except ValueError:
        is_complete, host = False, ""
    if not (is_complete and _HOST.fullmatch(host)):
        raise UsageError(
            f"{option}: {text!r} is not a valid web address", "write it as https://example.com/page"
        )
    return text


def validate_clauses(clauses: str, registry: "Registry") -> str:
    """Return clauses for contracts with customers that a law of the list knows.

    Raises:
        UsageError: no law of the list knows them.
    """
    from subproc_cli.reference.laws import load_law

    annexes = (annex for law in registry.model.law for annex in load_law(law).annexes)
    known = dict.fromkeys(each.contract for each in annexes if each.contract)
    if clauses in known:
        return clauses
    hint = f"there are {', '.join(known)}" if known else "leave out --clauses"
    raise UsageError(f"--clauses: the laws of the list do not have the clauses {clauses!r}", hint)


def load_customers(name: str, registry: "Registry", as_of: "date") -> "tuple[Customer, ...]":
    """Return the customers of a file.

    Raises:
        ReadError: the file has errors; `details` lists all of them.
    """
    from subproc_cli.cli.registry_file import build_unusable_error
    from subproc_cli.notice.customers import customers, recipients
    from subproc_cli.registry import source
    from subproc_cli.registry.loader import sort_problems

    loaded = customers.load_customers(source.read(name))
    if not isinstance(loaded, customers.Customers):
        raise build_unusable_error(name, loaded)
    revisions = registry, registry
    problems = [
        *recipients.find_unknown_names(loaded, revisions),
        *recipients.find_unreadable_audiences(loaded, revisions, as_of),
    ]
    if problems:
        raise build_unusable_error(name, sort_problems(problems))
    return loaded.customers


def find_customer(name: str, file: str | None) -> "Customer":
    """Return the customer whose list is wanted.

    Raises:
        UsageError: no file of customers is named, or it does not have the customer.
        ReadError: the file has errors.
    """
    from subproc_cli.cli.registry_file import build_unusable_error
    from subproc_cli.notice.customers import customers
    from subproc_cli.registry import source
    from subproc_cli.suggest import suggest
    from subproc_cli.text import fold

    if file is None:
        raise UsageError("--customer needs the file of customers", "add --customers FILE")
    loaded = customers.load_customers(source.read(file))
    if not isinstance(loaded, customers.Customers):
        raise build_unusable_error(file, loaded)
    found = {fold(each.name): each for each in loaded.customers}
    if fold(name) not in found:
        known = [each.name for each in loaded.customers]
        raise UsageError(f"{file} has no customer {name!r}", suggest(name, known) or "see its field name")
    return found[fold(name)]


def restrict_to_customer(registry: "Registry", customer: "Customer", as_of: "date") -> "Registry":
    """Return the list as it applies to one customer.

    Raises:
        UsageError: the audience of the customer is not a question that the list understands.
    """
    from subproc_cli.errors import QuestionSyntaxError
    from subproc_cli.notice.customers.customer_list import select_for_customer

    try:
        return select_for_customer(registry, customer, as_of)
    except QuestionSyntaxError as error:
        raise UsageError(f"the audience of {customer.name}: {error.message}", error.hint) from None


_LOGO_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


def load_logo(list_name: "str | None", registry: "Registry") -> str:
    """Return the publisher's logo as a `data:` address; without a usable file print why, and return no text.

    The file has to be an image in the folder of the list or below, so that a list of somebody else cannot
    publish other files of this machine.
    """
    from base64 import b64encode

    from subproc_cli.cli.console import print_stderr
    from subproc_cli.cli.registry_file import find_registry_path
    from subproc_cli.output.sanitize import sanitize_line

    name = registry.model.publish.logo if registry.model.publish else None
    if not name:
        return ""
    folder = Path(find_registry_path(list_name)).parent.resolve()
    try:
        path = (folder / name).resolve()
        media_type = _LOGO_TYPES.get(path.suffix.lower())
        if media_type is None:
            problem = f"is not an image: {', '.join(_LOGO_TYPES)}"
        elif not path.is_relative_to(folder):
            problem = "is not in the folder of the list"
        else:
            return f"data:{media_type};base64,{b64encode(path.read_bytes()).decode()}"
    except (OSError, ValueError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    print_stderr(f"subproc: {sanitize_line(f'publish.logo: {name} {problem}; the page has no logo')}")
    return ""


def load_templates(folder: str) -> dict[str, str]:
    """Return the publisher's own templates by name.

    Raises:
        UsageError: the folder cannot be read, or has none.
    """
    from subproc_cli.exporters.site.page import TEMPLATE_NAMES

    hint = "write them: subproc export site --eject DIR"
    try:
        paths = [Path(folder) / name for name in TEMPLATE_NAMES]
        texts = {path.name: path.read_text(encoding="utf-8") for path in paths if path.is_file()}
    except OSError as error:
        raise UsageError(f"--template {folder}: cannot be read: {error.strerror}", hint) from None
    except UnicodeDecodeError as error:
        raise UsageError(f"--template {folder}: cannot be read: {error}") from None
    if not texts:
        raise UsageError(f"--template {folder}: has no {' or '.join(TEMPLATE_NAMES)}", hint)
    return texts


def eject_templates(exporter: "Exporter", folder: Path) -> None:
    """Write the templates to start from into a folder, which keeps every file that it has.

    Raises:
        UsageError: the format has none.
        WriteError: the folder cannot be written, or has one of the files already.
    """
    from subproc_cli.atomic_write import make_folder, write_text
    from subproc_cli.exporters.site.page import load_built_in

    if not exporter.has_template:
        raise UsageError(f"{exporter.name} has no template", "leave out --eject")
    for name in load_built_in():
        if os.path.lexists(folder / name):
            raise WriteError(f"{folder / name}: exists already", "name another folder")
    make_folder(folder)
    for name, text in load_built_in().items():
        write_text(folder / name, text)


_FORMATS_BY_WORD = {
    "excel": "xlsx",
    "exel": "xlsx",
    "xls": "xlsx",
    "html": "site",
    "web": "site",
    "markdown": "page",
    "md": "page",
    "graph": "graph-mermaid",
    "mermaid": "graph-mermaid",
    "dot": "graph-dot",
    "svg": "graph-dot",
    "word": "annex-iii-docx",
    "docx": "annex-iii-docx",
    "annex": "annex-iii",
    "jsonl": "ndjson",
    "jsonld": "dpv",
}
"""The formats by other words for what they are."""


def suggest_format(name: str, known: Iterable[str]) -> str:
    """Return the format that a word probably means, or all formats."""
    if name.casefold() == "pdf":
        return "print the page of subproc export site, or convert annex-iii-docx"
    found = _FORMATS_BY_WORD.get(name.casefold())
    if found:
        return f"did you mean {found}?"
    return suggest(name, known) or f"there are {', '.join(known)}"
