"""The settings of `check` in `[tool.subproc]` of the nearest pyproject.toml."""

import os
import tomllib
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.enums import Gravity
from subproc_cli.errors import UsageFault
from subproc_cli.registry import source
from subproc_cli.rules.checks import BY_CODE, BY_NAME, OF_THE_READER, RULES
from subproc_cli.rules.rule import Rule
from subproc_cli.text import did_you_mean, listed


class Selection(NamedTuple):
    """Which rules run, and how bad their findings are.

    Attributes:
        select: codes, beginnings of codes, or names of rules; empty for all.
        ignore: the same for rules that do not run.
        severities: other severities than the rules' own, by name.
        clock: whether rules that depend on the day run.
        suppressed: whether suppressions hold.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Gravity] = {}
    clock: bool = True
    suppressed: bool = True

    def runs(self, rule: Rule) -> bool:
        """Tell whether a rule runs."""
        wanted = not self.select or _named(rule, self.select)
        off = self.severities.get(rule.name) is Gravity.OFF
        return wanted and not off and not _named(rule, self.ignore) and (self.clock or not rule.clock)


def known(words: Collection[str], option: str) -> None:
    """Refuse words that select no rule.

    Raises:
        UsageFault: with the nearest rule.
    """
    for word in words:
        if not word or not _meant(word):
            hint = did_you_mean(word, [*BY_NAME, *BY_CODE]) or "see: subproc rule --all"
            raise UsageFault(f"{option}: there is no rule {word!r}", hint)


def avoidable(words: Collection[str], option: str) -> None:
    """Refuse words that select no rule, or only rules that always hold.

    Raises:
        UsageFault: it says what is to be done instead.
    """
    known(words, option)
    for word in words:
        if _meant(word) <= set(OF_THE_READER):
            hint = "a list with such a fault cannot be read, so nothing else of it is checked: mend it"
            raise UsageFault(f"{option}: {word} always holds", hint)


def _meant(word: str) -> set[Rule]:
    return {rule for rule in RULES if _named(rule, (word,))}


def _named(rule: Rule, words: Iterable[str]) -> bool:
    return any(rule.code.startswith(word.upper()) or rule.name == word.lower() for word in words)


MAX_BYTES = 1024 * 1024
"""Largest pyproject.toml that is read."""


class FailOn(StrEnum):
    """From which severity on findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


SETTINGS = ("select", "ignore", "severities", "fail-on")


def read(path: Path) -> dict[str, Any]:
    """Return the table tool.subproc of the nearest pyproject.toml.

    Raises:
        UsageFault: the file cannot be read, or says something that there is not.
    """
    for folder in Path(os.path.realpath(path)).parents:
        file = folder / "pyproject.toml"
        if os.path.isfile(file):
            return _valid(file, _table(file))
    return {}


def _table(file: Path) -> Any:
    given = source.read(str(file)).content
    if len(given) > MAX_BYTES:
        raise UsageFault(f"{file}: is larger than {MAX_BYTES >> 20} MiB")
    try:
        tool = tomllib.loads(given.decode("utf-8")).get("tool", {})
    except (ValueError, RecursionError) as fault:  # TOML, UTF-8, numbers of many digits; deep nesting
        raise UsageFault(f"{file}: {fault}") from None
    return tool.get("subproc", {}) if isinstance(tool, dict) else {}


def _valid(file: Path, found: Any) -> dict[str, Any]:
    where = f"{file}: tool.subproc"
    if not isinstance(found, dict):
        raise UsageFault(f"{where} should be a table")
    for key, value in found.items():
        if key not in SETTINGS:
            raise UsageFault(f"{where}: there is no setting {key}", did_you_mean(key, SETTINGS))
        if key in ("select", "ignore") and not (
            isinstance(value, list) and all(isinstance(x, str) for x in value)
        ):
            raise UsageFault(f"{where}.{key} should be a list of rules")
        if key == "fail-on" and value not in tuple(FailOn):
            raise UsageFault(f"{where}.fail-on: {value!r} is not one of {listed(FailOn, 'or')}")
        if key == "severities":
            _valid_severities(f"{where}.severities", value)
    return found


def _valid_severities(where: str, given: Any) -> None:
    if not isinstance(given, dict):
        raise UsageFault(f"{where} should be a table of rules")
    avoidable([*given], where)
    for name, value in given.items():
        if value not in tuple(Gravity):
            raise UsageFault(f"{where}.{name}: {value!r} is not one of {listed(Gravity, 'or')}")
