"""Messages about an invalid command line: what is wrong with it, and what to type instead."""

import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from typer.exceptions import TyperException

from subproc_cli.cli import completion
from subproc_cli.cli.help import TYPED_ARGUMENTS, get_metavar
from subproc_cli.suggest import suggest
from subproc_cli.text import parse_day, stem

_SAMPLES = {
    "QUESTION...": "see email",
    "FIELD": "purpose 'Machine translation'",
    "FORMAT": "page",
    "NAME": "'Example Mail'",
    "FILE": "subprocessors.html",
    "RUN": "letters",
    "CUSTOMER": "'Example AG'",
}
"""Sample values for missing arguments."""
_MISSING = "Missing "
_UNKNOWN = "No such option: "
_EXTRA = "Got unexpected extra argument"
_NOT_INTEGER = "Input should be a valid integer, unable to parse string as an integer"
_NOT_A_CHOICE = re.compile(r"(?P<where>.*: )'(?P<word>.*)' is not one of (?P<choices>'.*')\.?")


def format_usage_error(error: TyperException) -> str:
    """Return what is wrong with a command line, and what to type instead."""
    message = error.format_message().replace(": Value error, ", ": ", 1)  # a word of the library's own
    context = getattr(error, "ctx", None)
    if context is None:
        return message
    if message.startswith(_MISSING):
        what = message.partition(". Choose from")[0].removesuffix(".")
        return f"{what} (for example: {_complete_command(context)})"
    if message.startswith(_UNKNOWN):
        hint = _suggest_for_option(context, getattr(error, "option_name", ""))
        return f"{error.message} ({hint})" if hint else message
    if message.startswith(_EXTRA):
        return f"{message} ({_suggest_for_words(context, message.rpartition('(')[2].rstrip(')'))})"
    return _format_invalid_value(message)


def _format_invalid_value(message: str) -> str:
    if message.endswith(_NOT_INTEGER):
        return message.replace(_NOT_INTEGER, "this is not a whole number (write it in digits, such as 30)")
    found = _NOT_A_CHOICE.fullmatch(message)
    if not found:
        return message
    from subproc_cli.locale.catalogue import find_languages  # only for an error
    from subproc_cli.locale.names import suggest_language
    from subproc_cli.reference.laws import suggest_choice

    choices = found["choices"].strip("'").split("', '")
    hint = suggest_choice(found["word"], choices)
    if choices == [*find_languages()]:
        hint = suggest_language(found["word"], choices) or hint
    where = "" if "|" in found["where"] else found["where"]  # an argument is named by its choices
    text = f"{where}'{found['word']}' is not one of {found['choices']}"
    return f"{text} ({hint})" if hint else text


def _complete_command(context: Any) -> str:
    """Return what was typed, with a sample for each argument and option that is missing."""
    typed = [*context.meta.get(TYPED_ARGUMENTS, ())]
    missing = [
        parameter
        for parameter in context.command.params
        if parameter.required and parameter.name not in context.params
    ]
    samples = [*_iter_samples(context, missing, typed)]
    return " ".join((context.command_path, shlex.join(typed), *samples)).replace("  ", " ")


def _iter_samples(context: Any, missing: list[Any], typed: list[str]) -> Iterator[str]:
    for parameter in missing:
        name = get_metavar(parameter)
        sample = _SAMPLES.get(name, name)
        if name == "FIELD" and "--unset" in typed:
            sample = "purpose"
        if name == "DATE":  # a day that was typed without its option is meant for it
            day = next(filter(parse_day, typed), None)
            typed[:] = [word for word in typed if word != day]
            sample = day or datetime.now().astimezone().date().isoformat()
        elif "|" in name:
            sample = name.partition("|")[0]
        elif name.startswith("ID"):
            sample = next(iter(completion.complete_service_ids(context, "")), "ID")
        yield f"{parameter.opts[0]} {sample}" if parameter.param_type_name == "option" else sample


def _suggest_for_option(context: Any, name: str) -> str:
    """Return what to type instead of an option that does not exist; empty if none is similar."""
    from subproc_cli.question.known_words import FIELDS

    word, options = name.lstrip("-"), _get_options(context)
    if not word.strip():
        return "put -- before a text that starts with a hyphen"
    if context.parent is None:
        return suggest(name, options) or f"put options after the command: {_move_command_first(context)}"
    if name in {"-f", "--format"} and "FORMAT" in map(get_metavar, context.command.params):
        return f"write the format without an option: {context.command_path} page"
    if name in _get_options(context.parent):
        return f"put it before the command: {context.parent.command_path} {name} {context.info_name}"
    choices = getattr(getattr(options.get("--format"), "type_descriptor", None), "choices", None)
    if word in map(str, choices or ()):
        return f"write -f {word}"
    option = f"--{FIELDS.get(stem(word))}"
    return f"did you mean {option}?" if option in options else suggest(name, options)


def _get_options(context: Any) -> dict[str, Any]:
    return {name: parameter for parameter in context.command.params for name in parameter.opts}


def _move_command_first(context: Any) -> str:
    """Return what was typed with the command before its options."""
    typed = [*context.meta.get(TYPED_ARGUMENTS, ())]
    command = next((word for word in typed if word in context.command.list_commands(context)), None)
    typed = [word for word in typed if word != command]
    return f"{context.command_path} {command or 'COMMAND'} {shlex.join(typed)}"


def _suggest_for_words(context: Any, words: str) -> str:
    """Return what to type instead of extra words after a command."""
    typed = context.meta.get(TYPED_ARGUMENTS, ())
    if words.endswith((".yaml", ".yml")) and "--registry" in _get_options(context):
        return f"name the registry with -r: {context.command_path} -r {shlex.quote(words)}"
    if "--where" in _get_options(context) and not any(word.startswith("--where") for word in typed):
        return f'filter services with --where "{_suggest_question(words)}"'
    return "put several words in quotes"


def _suggest_question(words: str) -> str:
    """Return the question that somebody probably means by some words alone."""
    from subproc_cli.question import known_words
    from subproc_cli.reference import categories, geography

    if (
        tuple(words.casefold().replace("-", " ").split()) in known_words.USES
        or stem(words) in known_words.ROLES
    ):
        return f"are {words}"
    if categories.load_category_tree().find(words):
        return f"see {words}"
    return f"process in {words}" if geography.load_gazetteer().find(words) else words
