"""The option `--lang`, and what is reported where a language lacks texts."""

from collections.abc import Iterable
from typing import Any

import typer

from subproc_cli.cli import completion
from subproc_cli.locale.catalogue import Catalogue, find_languages


def make_language_option(help_text: str) -> Any:
    """Return the option `--lang`: one of the languages that have a file."""
    return typer.Option(
        "--lang",
        metavar="|".join(find_languages()),
        parser=_parse_language,
        autocompletion=completion.complete_languages,
        help=help_text,
    )


def _parse_language(text: str) -> str:
    languages = find_languages()
    if text not in languages:
        raise typer.BadParameter(f"{text!r} is not one of {', '.join(map(repr, languages))}.")
    return text


def report_borrowed_texts(catalogues: Iterable[Catalogue]) -> None:
    """Print to standard error how many texts are in English because their language lacks them."""
    from subproc_cli.cli.console import print_stderr
    from subproc_cli.output.document import format_count

    borrowed: dict[str, set[str]] = {}
    for catalogue in catalogues:
        borrowed.setdefault(catalogue.file.name, set()).update(catalogue.borrowed)
    for name, text_ids in borrowed.items():
        if text_ids:
            count = format_count(len(text_ids), "text")
            print_stderr(f"subproc: {name} lacks {count}: the English is used instead")
