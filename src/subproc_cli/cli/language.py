"""The option `--lang`, and what is reported where a language lacks texts."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from subproc_cli.cli import completion
from subproc_cli.locale.catalogue import Catalogue, find_languages

if TYPE_CHECKING:
    from subproc_cli.notice.plan import Plan
    from subproc_cli.registry.models import Service
    from subproc_cli.registry.registry import Registry

_NAMED_FIELDS = 3
"""Maximum number of fields that a warning names."""


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


def make_languages_option(help_text: str) -> Any:
    """Return the option `--lang` with one or several languages, with commas between them."""
    return typer.Option(
        "--lang",
        metavar="|".join(find_languages()),
        parser=lambda text: ",".join(
            dict.fromkeys(_parse_language(each.strip()) for each in text.split(","))
        ),
        autocompletion=completion.complete_languages,
        help=help_text,
    )


ListLanguageOption = Annotated[
    str | None,
    make_language_option(
        "Language of texts that the list states in several languages. [default: en, or the first one]"
    ),
]


def choose_language(
    registry: "Registry", services: "Mapping[str, Service]", language: str | None
) -> "Mapping[str, Service]":
    """Return services with their texts in a language, and report the texts that are missing in it."""
    if language is None:
        return services
    from subproc_cli.registry.localize import localize

    report_texts_in_other_languages(registry, services, language)
    return {key: localize(service, language) for key, service in services.items()}


def report_texts_in_other_languages(
    registry: "Registry", services: "Mapping[str, Service]", language: str
) -> None:
    """Print to standard error which texts of the list are in another language because it lacks one."""
    from subproc_cli.cli.console import print_stderr
    from subproc_cli.output.document import format_count
    from subproc_cli.output.sanitize import sanitize_line
    from subproc_cli.registry.localize import find_texts_without

    paths = find_texts_without(registry.model.model_copy(update={"services": dict(services)}), language)
    if paths:
        more = ", …" if len(paths) > _NAMED_FIELDS else ""
        count = format_count(len(paths), "text")
        message = (
            f"{registry.file} states {count} in other languages than {language}, one of which is used: "
            f"{', '.join(paths[:_NAMED_FIELDS])}{more}"
        )
        print_stderr(f"subproc: {sanitize_line(message)}")


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


def report_letters_in_other_languages(notice_plan: "Plan", new: "Registry") -> None:
    """Print which texts of the changed services are not in the language of a letter."""
    services = new.model.services
    keys: dict[str, set[str]] = {}
    for notice in notice_plan.notices:
        keys.setdefault(notice.language, set()).update(change.service for change in notice.changes)
    for language, changed in keys.items():
        letters = {key: service for key, service in services.items() if key in changed}
        report_texts_in_other_languages(new, letters, language)
