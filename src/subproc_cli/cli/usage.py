"""Words a fault of the command line: what is wrong with it, and what to type instead."""

import shlex
from collections.abc import Iterator
from datetime import date
from typing import Any

from typer.exceptions import TyperException

from subproc_cli.cli import completion
from subproc_cli.cli.help import TYPED, label
from subproc_cli.text import calendar_day, stem

_SAMPLES = {
    "QUESTION...": "see email",
    "FIELD": "purpose 'Machine translation'",
    "FORMAT": "page",
    "NAME": "'Example Mail'",
    "FILE": "subprocessors.html",
}
"""What could be typed for an argument that is missing."""
_MISSING = "Missing "
_UNKNOWN = "No such option: "
_EXTRA = "Got unexpected extra argument"


def told(fault: TyperException) -> str:
    """Return what is wrong with a command line, and what to type instead."""
    said = fault.format_message().replace(": Value error, ", ": ", 1)  # a word of the library's own
    context = getattr(fault, "ctx", None)
    if context is None:
        return said
    if said.startswith(_MISSING):
        return f"{said.removesuffix('.')} (for example: {_completed(context)})"
    if said.startswith(_UNKNOWN):
        hint = _instead_of_option(context, getattr(fault, "option_name", ""))
        return f"{fault.message} ({hint})" if hint else said
    if said.startswith(_EXTRA):
        return f"{said} ({_instead_of_words(context, said.rpartition('(')[2].rstrip(')'))})"
    return said


def _completed(context: Any) -> str:
    """Return what was typed, with a sample for each argument and option that is missing."""
    typed = [*context.meta.get(TYPED, ())]
    missing = [each for each in context.command.params if each.required and each.name not in context.params]
    samples = [*_samples(context, missing, typed)]
    return " ".join((context.command_path, shlex.join(typed), *samples)).replace("  ", " ")


def _samples(context: Any, missing: list[Any], typed: list[str]) -> Iterator[str]:
    for each in missing:
        name = label(each)
        sample = _SAMPLES.get(name, name)
        if name == "DATE":  # one that stands there without its option is taken for it
            day = next(filter(calendar_day, typed), None)
            typed[:] = [word for word in typed if word != day]
            sample = day or date.today().isoformat()  # noqa: DTZ011  the user's own day
        elif name.startswith("ID"):
            sample = next(iter(completion.ids(context, "")), "ID")
        yield f"{each.opts[0]} {sample}" if each.param_type_name == "option" else sample


def _instead_of_option(context: Any, name: str) -> str:
    """Return what to type instead of an option that there is not; nothing if nothing is near."""
    from subproc_cli.question.vocabulary import FIELDS

    word, options = name.lstrip("-"), _options(context)
    if context.parent is None:
        return f"options stand behind the command: {_turned(context)}"
    choices = getattr(getattr(options.get("--format"), "type_descriptor", None), "choices", None)
    if word in map(str, choices or ()):
        return f"write -f {word}"
    meant = f"--{FIELDS.get(stem(word))}"
    return f"did you mean {meant}?" if meant in options else ""


def _options(context: Any) -> dict[str, Any]:
    return {name: each for each in context.command.params for name in each.opts}


def _turned(context: Any) -> str:
    """Return what was typed with the command before its options."""
    typed = [*context.meta.get(TYPED, ())]
    found = next((word for word in typed if word in context.command.list_commands(context)), None)
    typed = [word for word in typed if word != found]
    return f"{context.command_path} {found or 'COMMAND'} {shlex.join(typed)}"


def _instead_of_words(context: Any, words: str) -> str:
    """Return what to type instead of words that a command has no place for."""
    typed = context.meta.get(TYPED, ())
    if "--where" in _options(context) and not any(word.startswith("--where") for word in typed):
        return f'choose services with --where "{_question(words)}"'
    return "put a text of several words in quotes"


def _question(words: str) -> str:
    """Return the question that somebody means who types some words alone."""
    from subproc_cli.question import vocabulary
    from subproc_cli.reference import categories, geography

    if stem(words) in vocabulary.KINDS:
        return f"are {words}"
    if categories.built_in().find(words):
        return f"see {words}"
    return f"process in {words}" if geography.built_in().find(words) else words
