"""Finds and reads the list that a command is about."""

import os
import re
import shlex
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from subproc_cli.cli.console import to_stderr
from subproc_cli.diagnostics import MAX_PROBLEMS
from subproc_cli.errors import RefusedFault, SubprocError, UnreadableFault, UsageFault
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output.sanitize import visible
from subproc_cli.question.evaluator import ask
from subproc_cli.reference.categories import Tree
from subproc_cli.reference.geography import Gazetteer
from subproc_cli.registry import source
from subproc_cli.registry.comments import marks
from subproc_cli.registry.loader import Problems, load
from subproc_cli.registry.models import NOBODY, Service
from subproc_cli.registry.registry import Index
from subproc_cli.registry.source import NAME, STDIN
from subproc_cli.text import calendar_day, did_you_mean, first_listed, listed
from subproc_cli.yaml.source import Source

if TYPE_CHECKING:
    from typer import Context  # its type alone

    from subproc_cli.history.revisions import Doubt, Revisions


def open_list(name: str | None) -> Index:
    """Return the list of a file, or of the `registry.yaml` here or in the nearest parent folder.

    What is no file may name a revision of the list: a commit, a version, a day.

    Raises:
        UnreadableFault: there is none, or it has faults; all of them are told.
    """
    path = list_path(name)
    if path == STDIN or os.path.lexists(path):
        return opened(source.read(path))
    from subproc_cli.history.revisions import Revisions

    known = Revisions(nearest() or NAME)
    found = opened(known.read(path))
    warn_of_doubts(known)
    return found


def require_publisher(index: Index) -> None:
    """Refuse to speak in the name of a list that does not say whose it is.

    Raises:
        UsageFault: with where to write it.
    """
    if index.registry.publisher == NOBODY:
        where = index.where(("publisher",))
        raise UsageFault(f"{index.file} does not say whose list it is", f"write its publisher at {where}")


def refuse_two_lists(context: "Context", file: str | None, registry: str | None) -> None:
    """Refuse a list that is named as FILE beside one that is named as --registry (not by the environment).

    Raises:
        UsageFault: both are named.
    """
    source = context.get_parameter_source("registry")
    if file and source is not None and source.name == "COMMANDLINE":
        raise UsageFault(f"two lists are named: {file} and {registry}", "name each of them as a FILE")


def list_path(name: str | None) -> str:
    """Return the path of the list that a command is about.

    Raises:
        UnreadableFault: none is named, and there is none here or in a parent folder.
    """
    found = name or nearest()
    if found:
        return found
    hint = "begin one with subproc init, or name one with --registry FILE or SUBPROC_REGISTRY"
    raise UnreadableFault(f"there is no {NAME} here or in a parent folder", hint)


def opened(given: Source) -> Index:
    """Return the list that some bytes hold.

    Raises:
        UnreadableFault: it has faults; all of them are told.
    """
    read = load(given)
    if isinstance(read, Index):
        return read
    raise unusable(given.name, read)


def unusable(name: str, problems: Problems) -> UnreadableFault:
    """Return what is told of a file that has faults: all of them, as far as they are told one by one."""
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    if len(problems) > MAX_PROBLEMS:
        count = f"more than {MAX_PROBLEMS:,} problems"
    return UnreadableFault(f"{name} cannot be used: {count}", details=tuple(map(str, problems)))


def open_list_if_any(name: str | None) -> Index | None:
    """Return the list like `open_list`, or None if none is named and there is none."""
    return open_list(name) if name or nearest() else None


def nearest() -> str | None:
    """Return the path of the `registry.yaml` here or in the nearest parent folder, None if there is none."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / NAME).exists():
            return os.path.relpath(folder / NAME)
    return None


def named(path: str | None, option: str = "-r ") -> str:
    """Return what names a list in a command that is proposed: nothing for that which is found without."""
    return f" {option}{shlex.quote(path)}" if path and path != NAME and os.path.exists(path) else ""


def day_of(text: str | None, option: str = "--at") -> date:
    """Return the day of an option, today without one.

    Raises:
        UsageFault: the text is no day of the calendar.
    """
    if text is None:
        return date.today()  # noqa: DTZ011  the user's own day
    found = calendar_day(text)
    if found is None:
        raise UsageFault(f"{option}: {text!r} is no day of the calendar", "write it as YYYY-MM-DD")
    return found


def chosen(index: Index, day: date, *, every: bool) -> Mapping[str, Service]:
    """Return the services in use on a day, or all of them."""
    return index.registry.services if every else index.in_use(day)


def open_revisions(
    old: str, new: str | None, registry: str | None, *, certain_for: str = ""
) -> tuple[Index, Index]:
    """Return two revisions of a list; the later one is the list itself if it is not named.

    Args:
        old: the earlier revision.
        new: the later one.
        registry: the list.
        certain_for: the command that a version with two contents is refused for; any other only warns of it.

    Raises:
        UsageFault: both are to be read from standard input, or a name means two things.
        UnreadableFault: there is no such revision, or it has faults.
    """
    from subproc_cli.history.revisions import is_range

    both_named = new is not None or is_range(old)
    path = registry or nearest() or NAME if both_named else list_path(registry)
    known = revisions(path)
    before, after = known.pair(old, new)
    if certain_for and known.doubts:
        typed = shlex.join(["subproc", certain_for, old, *([new] if new else [])])
        raise _uncertain(known.doubts[0], f"{typed}{named(registry)}")
    warn_of_doubts(known)
    return opened(before), opened(after)


def warn_of_doubts(known: "Revisions") -> None:
    """Warn of versions that were read and that several revisions have whose content differs."""
    for doubt in dict.fromkeys(known.doubts):
        to_stderr(f"subproc: {doubt}; the last one is meant here, name a commit for another one")


def _uncertain(doubt: "Doubt", typed: str) -> UsageFault:
    by_itself = rf"(?<![\w/-]){re.escape(doubt.version)}(?!\.?[\w/-])"  # not in the name of a file
    ways = [re.sub(by_itself, commit, typed) for commit in doubt.commits]
    return UsageFault(f"{doubt}, so name the commit that is meant", listed(ways, "or"))


def revisions(path: str) -> "Revisions":
    """Return what finds revisions of a list; one on standard input is taken for the nearest of the folder."""
    from subproc_cli.history.revisions import Revisions

    return Revisions(path, nearest() or NAME)


def known_categories(tree: Tree, words: list[str], option: str = "") -> tuple[str, ...]:
    """Return the keys of data categories that are named by any of their words.

    Raises:
        UsageFault: one of them is not known.
    """
    return _known(tree, words, "{}{!r} is not a data category", option)


def known_places(gazetteer: Gazetteer, words: list[str]) -> tuple[str, ...]:
    """Return the canonical forms of places.

    Raises:
        UsageFault: one of them is not known.
    """
    return _known(gazetteer, words, "{}{!r} is not a place that is known")


def _known(vocabulary: Tree | Gazetteer, words: list[str], refusal: str, option: str = "") -> tuple[str, ...]:
    """Return what words stand for, each once."""
    found: list[str] = []
    for word in words:
        meant = vocabulary.find(word)
        if meant is None:
            raise UsageFault(refusal.format(option, word), vocabulary.proposal(word))
        found.append(meant)
    return tuple(dict.fromkeys(found))


def refuse_guesses(index: Index) -> None:
    """Refuse to tell customers as a fact what an import guessed.

    Raises:
        RefusedFault: with the first of the lines that are marked, and with what finds all.
    """
    found = marks(index)
    if found:
        places = [f"{index.file}:{each.number}" for each in found]
        message = f"{_counted(index, len(found))}: {first_listed(places)}"
        raise RefusedFault(message, f"look at each line and remove the mark; {_check(index)}")


def warn_of_guesses(index: Index) -> None:
    """Tell that answers may rest on what an import guessed."""
    found = marks(index)
    if found:
        told = f"{_counted(index, len(found))}: {_check(index)}"
        to_stderr(f"subproc: {visible(told)}")


def _counted(index: Index, count: int) -> str:
    lines = "1 line" if count == 1 else f"{count:,} lines"
    return f"{lines} of {index.file} {'is' if count == 1 else 'are'} marked as guessed and not looked at"


def _check(index: Index) -> str:
    return f"subproc check{named(index.file, '')} --select SP110"


def open_list_at(name: str | None, at: str | None) -> tuple[Index, date]:
    """Return the list and the day that it is asked about, today without one.

    Who asks a list about a day before it was published is warned: it need not be what held on that day. So is
    who asks one that an import guessed at.
    """
    index, day = open_list(name), day_of(at)
    if day < index.registry.date:
        told = f"{index.file} is of {index.registry.date}, so a service without a first day counts as in use"
        known = _is_published(name, day)
        then = f"as published then: --registry @{day}" if known else "nothing published by then is known here"
        to_stderr(f"subproc: {visible(told)} on {day} ({then})")
    warn_of_guesses(index)
    return index, day


def _is_published(name: str | None, day: date) -> bool:
    """Tell whether `--registry @DAY` finds what was published by a day, in the history of the same list."""
    from subproc_cli.history.revisions import Revisions

    here, path = nearest(), list_path(name)
    if here is None or path == STDIN or (os.path.exists(path) and not Path(path).samefile(here)):
        return False
    try:
        return bool(Revisions(here).read(f"@{day}"))
    except SubprocError:
        return False


Services = Mapping[str, Service]
_MOST_IDS = 5
"""Ids of services left out that are named; the question itself names all."""


def asked(
    index: Index, day: date, services: Services, question: str | None
) -> tuple[Services, tuple[str, ...]]:
    """Return the services that answer yes, and the ids of those about which the list is silent.

    Raises:
        QuestionFault: a word of the question is not understood.
    """
    if not question:
        return services, ()
    answers = ask(index, question, day, services)
    silent = tuple(each.key for each in answers.of(Verdict.UNKNOWN))
    return {each.key: each.service for each in answers.of(Verdict.YES)}, silent


def left_out(silent: tuple[str, ...]) -> str:
    """Return what is said of services that a question neither takes nor rules out; empty without any."""
    if not silent:
        return ""
    ids = ", ".join((*silent[:_MOST_IDS], *("…" for _ in silent[_MOST_IDS : _MOST_IDS + 1])))
    return f"{len(silent)} left out that cannot be ruled out ({ids})"


def warn(silent: tuple[str, ...]) -> None:
    """Tell beside a machine format which services were left out because the list does not say."""
    if silent:
        to_stderr(f"subproc: left out, because the list does not say: {', '.join(silent)}")


def _places(service: Service) -> str:
    return ", ".join(place for each in service.processing for place in each.place)


ORDERS: dict[str, Callable[[Service], tuple[bool, str]]] = {
    "name": lambda service: (False, service.name.casefold()),
    "purpose": lambda service: (not service.purpose, (service.purpose or "").casefold()),
    "place": lambda service: (not service.processing, _places(service)),
    "since": lambda service: (service.since is None, str(service.since)),
}
"""What services can be sorted by; what is not stated comes last."""
_ALSO = {"processing": "place"}
"""What a list calls an order."""


def in_order(services: Services, order: str | None) -> Services:
    """Return services in another order than that of the list.

    Raises:
        UsageFault: there is no such order.
    """
    if order is None:
        return services
    order = _ALSO.get(order, order)
    if order not in ORDERS:
        hint = did_you_mean(order, ORDERS) or f"there are {', '.join(ORDERS)}"
        raise UsageFault(f"--sort: there is no order {order!r}", hint)
    return dict(sorted(services.items(), key=lambda item: ORDERS[order](item[1])))
