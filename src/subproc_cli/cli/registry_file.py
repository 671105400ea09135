"""Finds and reads the list that a command is about."""

import os
import re
import shlex
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from subproc_cli.cli import progress
from subproc_cli.cli.console import print_stderr
from subproc_cli.diagnostics import MAX_PROBLEMS
from subproc_cli.errors import ReadError, RefusedError, SubprocError, UsageError
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.overview.filter import EVERYTHING, Filter
from subproc_cli.reference.categories import CategoryTree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry import source
from subproc_cli.registry.comments import find_guess_comments
from subproc_cli.registry.loader import Problems, load_registry
from subproc_cli.registry.models import NOBODY, Service
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import DEFAULT_NAME, STDIN
from subproc_cli.suggest import suggest
from subproc_cli.text import join_first_words, join_words, parse_day, suggest_day
from subproc_cli.yaml.source import Source

if TYPE_CHECKING:
    from typer import Context  # its type alone

    from subproc_cli.history.revision_names import AmbiguousVersion
    from subproc_cli.history.revisions import RevisionResolver


def open_registry(name: str | None) -> Registry:
    """Return the list of a file, or of the `registry.yaml` here or in the nearest parent folder.

    A name without such a file may mean a revision of the list: a commit, a version, a day.

    Raises:
        ReadError: there is none, or it has errors; all of them are reported.
    """
    path = find_registry_path(name)
    if path == STDIN or os.path.lexists(path):
        return load_valid_registry(source.read_registry(path))
    from subproc_cli.history.revisions import RevisionResolver

    resolver = RevisionResolver(find_nearest_registry() or DEFAULT_NAME)
    registry = load_valid_registry(resolver.read(path))
    warn_of_revisions(resolver)
    return registry


def require_publisher(registry: Registry) -> None:
    """Refuse a list without a publisher for output that names the publisher.

    Raises:
        UsageError: it says where to add the publisher.
    """
    if registry.model.publisher == NOBODY:
        position = registry.locate(("publisher",))
        raise UsageError(f"{registry.file}: the publisher is missing", f"add it at {position}")


def refuse_two_lists(context: "Context", file: str | None, registry: str | None) -> None:
    """Refuse a list that is named as FILE if another is named as --registry (not by the environment).

    Raises:
        UsageError: both are named.
    """
    source = context.get_parameter_source("registry")
    if file and source is not None and source.name == "COMMANDLINE":
        raise UsageError(
            f"two registries are named: {file} and {registry}", "use FILE or --registry, not both"
        )


def find_registry_path(name: str | None) -> str:
    """Return the path of the list that a command is about.

    Raises:
        ReadError: none is named, and there is none here or in a parent folder.
    """
    path = name or find_nearest_registry()
    if path:
        return path
    hint = "create one with subproc init, or name one with --registry FILE or SUBPROC_REGISTRY"
    raise ReadError(f"no {DEFAULT_NAME} in this folder or a parent folder", hint)


def load_valid_registry(file_source: Source) -> Registry:
    """Return the list that some bytes hold.

    Raises:
        ReadError: it has errors; all of them are reported.
    """
    progress.show_large_file(file_source.name, len(file_source.content))
    loaded = load_registry(file_source)
    if isinstance(loaded, Registry):
        return loaded
    raise build_unusable_error(file_source.name, loaded)


def build_unusable_error(name: str, problems: Problems) -> ReadError:
    """Return the report of a file that has errors: all of them, as far as they are reported one by one."""
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    if len(problems) > MAX_PROBLEMS:
        count = f"more than {MAX_PROBLEMS:,} problems"
    return ReadError(f"{name} cannot be used: {count}", details=tuple(map(str, problems)))


def open_registry_if_any(name: str | None) -> Registry | None:
    """Return the list like `open_list`, or None if none is named and there is none."""
    return open_registry(name) if name or find_nearest_registry() else None


def find_nearest_registry() -> str | None:
    """Return the path of the `registry.yaml` here or in the nearest parent folder, None if there is none."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / DEFAULT_NAME).exists():
            return os.path.relpath(folder / DEFAULT_NAME)
    return None


def format_registry_option(path: str | None, option: str = "-r ") -> str:
    """Return the option that names a list in a proposed command; empty if the list is found without it."""
    return f" {option}{shlex.quote(path)}" if path and path != DEFAULT_NAME and os.path.exists(path) else ""


def parse_day_option(text: str | None, option: str = "--at") -> date:
    """Return the day of an option, today without one.

    Raises:
        UsageError: the text is not a valid date.
    """
    if text is None:
        return datetime.now().astimezone().date()
    day = parse_day(text)
    if day is None:
        raise UsageError(f"{option}: {text!r} is not a valid date", suggest_day(text))
    return day


def select_services(registry: Registry, as_of: date, *, include_all: bool) -> Mapping[str, Service]:
    """Return the services in use on a day, or all of them."""
    return registry.model.services if include_all else registry.find_services_in_use(as_of)


def open_revisions(
    old: str, new: str | None, registry: str | None, *, strict_command: str = ""
) -> tuple[Registry, Registry]:
    """Return two revisions of a list; the later one is the list itself if it is not named.

    Args:
        old: the earlier revision.
        new: the later one.
        registry: the list.
        strict_command: the command that a version with two contents is refused for; any other only warns of
            it.

    Raises:
        UsageError: both are to be read from standard input, or a name means two things.
        ReadError: there is no such revision, or it has errors.
    """
    from subproc_cli.history.revision_names import is_range, split_range

    are_both_named = new is not None or is_range(old)
    path = (
        registry or find_nearest_registry() or DEFAULT_NAME
        if are_both_named
        else find_registry_path(registry)
    )
    resolver = get_revision_resolver(path)
    before, after = resolver.read_pair(old, new)
    if strict_command and resolver.ambiguities:
        command = shlex.join(["subproc", strict_command, old, *([new] if new else [])])
        raise _build_ambiguous_version_error(
            resolver.ambiguities[0], f"{command}{format_registry_option(registry)}"
        )
    if strict_command and resolver.cut_off:
        message = f"{resolver.cut_off[0]}: this clone may lack an earlier revision with the same version"
        raise ReadError(message, _FETCH_ALL)
    warn_of_revisions(resolver)
    if new is None and is_range(old) and split_range(old)[2] == "HEAD":
        _warn_of_uncommitted_changes(path, old, after)
    return load_valid_registry(before), load_valid_registry(after)


def _warn_of_uncommitted_changes(path: str, name: str, committed: Source) -> None:
    """Warn if a list has changed since the last commit, at which a range ends."""
    if not os.path.isfile(path):
        return
    contents = {each.replace(b"\r\n", b"\n") for each in (source.read(path).content, committed.content)}
    if len(contents) > 1:
        print_stderr(f"subproc: {path} has changes that are not committed, and {name} leaves them out")


_FETCH_ALL = "fetch the full history, in CI with fetch-depth: 0, or name the commit"
"""What to do in a shallow clone."""


def warn_of_revisions(resolver: "RevisionResolver") -> None:
    """Warn of revisions that may not be those that were meant."""
    for ambiguity in dict.fromkeys(resolver.ambiguities):
        print_stderr(f"subproc: {ambiguity}; using the last one, name a commit to use another")
    for name in dict.fromkeys(resolver.cut_off):
        print_stderr(
            f"subproc: {name} was looked up in a shallow clone, which may lack revisions: {_FETCH_ALL}"
        )
    for name in dict.fromkeys(resolver.diverged):
        print_stderr(
            f"subproc: {name} has changes to {resolver.path} that HEAD does not have, and they count as"
            f" undone; to leave them out: {name}...HEAD"
        )


def _build_ambiguous_version_error(ambiguity: "AmbiguousVersion", command: str) -> UsageError:
    pattern = rf"(?<![\w/-]){re.escape(ambiguity.version)}(?!\.?[\w/-])"  # not in the name of a file
    commands = [re.sub(pattern, commit, command) for commit in ambiguity.commits]
    return UsageError(f"{ambiguity}; name one commit", join_words(commands, "or"))


def get_revision_resolver(path: str) -> "RevisionResolver":
    """Return a resolver of revisions of a list; standard input counts as the nearest list of the folder."""
    from subproc_cli.history.revisions import RevisionResolver

    return RevisionResolver(path, find_nearest_registry() or DEFAULT_NAME)


def resolve_categories(category_tree: CategoryTree, words: list[str], option: str = "") -> tuple[str, ...]:
    """Return the keys of data categories that are named by any of their words.

    Raises:
        UsageError: one of them is not known.
    """
    return _resolve_words(
        category_tree, words, "{}{!r} is not a data category", "see: subproc categories", option
    )


def resolve_places(gazetteer: Gazetteer, words: list[str]) -> tuple[str, ...]:
    """Return the canonical forms of places.

    Raises:
        UsageError: one of them is not known.
    """
    return _resolve_words(gazetteer, words, "{}{!r} is not a known place", "see: subproc places")


def _resolve_words(
    vocabulary: CategoryTree | Gazetteer, words: list[str], message: str, see: str, option: str = ""
) -> tuple[str, ...]:
    """Return the meanings of words, without duplicates."""
    keys: list[str] = []
    for word in words:
        key = vocabulary.find(word)
        if key is None:
            raise UsageError(message.format(option, word), vocabulary.suggest(word) or see)
        keys.append(key)
    return tuple(dict.fromkeys(keys))


def refuse_guesses(registry: Registry) -> None:
    """Refuse to state to customers as a fact what an import guessed.

    Raises:
        RefusedError: it names the first marked lines, and the command that finds all of them.
    """
    guesses = find_guess_comments(registry)
    if guesses:
        positions = [f"{registry.file}:{guess.number}" for guess in guesses]
        message = f"{_format_guess_count(registry, len(guesses))}: {join_first_words(positions)}"
        accept = f"subproc accept{format_registry_option(registry.file)}"
        raise RefusedError(
            message,
            f"check each line, then remove its marker: {accept}; to list them: "
            f"{_format_check_command(registry)}",
        )


def warn_of_guesses(registry: Registry) -> None:
    """Warn that answers may rest on guesses of an import."""
    guesses = find_guess_comments(registry)
    if guesses:
        message = f"{_format_guess_count(registry, len(guesses))}: {_format_check_command(registry)}"
        print_stderr(f"subproc: {sanitize_line(message)}")


def _format_guess_count(registry: Registry, count: int) -> str:
    lines = "1 line" if count == 1 else f"{count:,} lines"
    return f"{lines} of {registry.file} {'is' if count == 1 else 'are'} marked as guessed and not reviewed"


def _format_check_command(registry: Registry) -> str:
    return f"subproc check{format_registry_option(registry.file, '')} --select SP110"


def open_registry_at(name: str | None, at: str | None) -> tuple[Registry, date]:
    """Return the list and the day that it is asked about, today without one.

    Who asks a list about a day before it was published is warned: it need not be what held on that day. So is
    who asks one that an import guessed at.
    """
    registry, as_of = open_registry(name), parse_day_option(at)
    if as_of < registry.model.date:
        message = (
            f"{registry.file} is dated {registry.model.date},"
            f" so a service without a start date counts as in use"
        )
        is_known = _is_published(name, as_of)
        advice = (
            f"to use the revision of that date: --registry @{as_of}"
            if is_known
            else "no revision of that date is known here"
        )
        print_stderr(f"subproc: {sanitize_line(message)} on {as_of} ({advice})")
    warn_of_guesses(registry)
    return registry, as_of


def _is_published(name: str | None, day: date) -> bool:
    """Return whether `--registry @DAY` finds what was published by a day, in the history of the same list."""
    from subproc_cli.history.revisions import RevisionResolver

    nearest_path, path = find_nearest_registry(), find_registry_path(name)
    if (
        nearest_path is None
        or path == STDIN
        or (os.path.exists(path) and not Path(path).samefile(nearest_path))
    ):
        return False
    try:
        return bool(RevisionResolver(nearest_path).read(f"@{day}"))
    except SubprocError:
        return False


Services = Mapping[str, Service]


def filter_by_question(
    registry: Registry, as_of: date, services: Services, question: str | None
) -> tuple[Services, Filter]:
    """Return the services that answer yes, and those left out because the list does not say.

    Raises:
        QuestionSyntaxError: a word of the question is not understood.
    """
    if not question:
        return services, EVERYTHING
    from subproc_cli.question.evaluator import ask  # most commands ask no question

    answers = ask(registry, question, as_of, services, is_stored=True)
    undecided_ids = tuple(answer.key for answer in answers.with_verdict(Verdict.UNKNOWN))
    chosen = {answer.key: answer.service for answer in answers.with_verdict(Verdict.YES)}
    return chosen, Filter(question, str(answers.question), undecided_ids)


def warn_of_left_out(undecided_ids: tuple[str, ...]) -> None:
    """Print next to a machine format which services were left out because the list does not say."""
    if undecided_ids:
        print_stderr(f"subproc: left out because the list does not state it: {', '.join(undecided_ids)}")


def _format_places(service: Service) -> str:
    return ", ".join(place for processing in service.processing for place in processing.place)


SORT_ORDERS: dict[str, Callable[[Service], tuple[bool, str]]] = {
    "name": lambda service: (False, service.name.casefold()),
    "purpose": lambda service: (not service.purpose, (service.purpose or "").casefold()),
    "place": lambda service: (not service.processing, _format_places(service)),
    "since": lambda service: (service.since is None, str(service.since)),
}
"""The columns that services can be sorted by; missing values come last."""
_ORDER_ALIASES = {"processing": "place"}
"""Other names for the columns to sort by."""


def sort_services(services: Services, order: str | None) -> Services:
    """Sort services by a column.

    Raises:
        UsageError: there is no such order.
    """
    if order is None:
        return services
    order = _ORDER_ALIASES.get(order, order)
    if order not in SORT_ORDERS:
        hint = suggest(order, SORT_ORDERS) or f"choose {', '.join(SORT_ORDERS)}"
        raise UsageError(f"--sort: unknown order {order!r}", hint)
    return dict(sorted(services.items(), key=lambda item: SORT_ORDERS[order](item[1])))
