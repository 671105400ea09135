"""The settings of `check` in `[tool.subproc]` of the nearest pyproject.toml."""

import os
import tomllib
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.enums import SeveritySetting
from subproc_cli.errors import UsageError
from subproc_cli.registry import source
from subproc_cli.rules.checks import READER_RULES, RULES, RULES_BY_CODE, RULES_BY_NAME
from subproc_cli.rules.rule import Rule
from subproc_cli.suggest import suggest
from subproc_cli.text import join_words


class Selection(NamedTuple):
    """Which rules run, and how bad their findings are.

    Attributes:
        select: codes, beginnings of codes, or names of rules; empty for all.
        ignore: the same for rules that do not run.
        severities: other severities than the rules' own, by name.
        run_time_dependent: whether rules that depend on the day run.
        apply_suppressions: whether suppressions hold.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, SeveritySetting] = {}
    run_time_dependent: bool = True
    apply_suppressions: bool = True

    def runs(self, rule: Rule) -> bool:
        """Return whether a rule runs."""
        is_selected = not self.select or _is_matched(rule, self.select)
        is_off = self.severities.get(rule.name) is SeveritySetting.OFF
        return (
            is_selected
            and not is_off
            and not _is_matched(rule, self.ignore)
            and (self.run_time_dependent or not rule.is_time_dependent)
        )


def validate_selectors(selectors: Collection[str], option: str) -> None:
    """Refuse words that select no rule.

    Raises:
        UsageError: with the nearest rule.
    """
    for selector in selectors:
        if not selector or not _find_matching_rules(selector):
            hint = suggest(selector, [*RULES_BY_NAME, *RULES_BY_CODE]) or "see: subproc rule --all"
            raise UsageError(f"{option}: there is no rule {selector!r}", hint)


def validate_ignores(selectors: Collection[str], option: str) -> None:
    """Refuse words that select no rule, or only rules that cannot be ignored.

    Raises:
        UsageError: it says what to do instead.
    """
    validate_selectors(selectors, option)
    for selector in selectors:
        if _find_matching_rules(selector) <= set(READER_RULES):
            hint = "a list with such an error cannot be read, so nothing else can be checked: fix it"
            raise UsageError(f"{option}: {selector} always applies", hint)


def _find_matching_rules(selector: str) -> set[Rule]:
    return {rule for rule in RULES if _is_matched(rule, (selector,))}


def _is_matched(rule: Rule, selectors: Iterable[str]) -> bool:
    return any(
        rule.code.startswith(selector.upper()) or rule.name == selector.lower() for selector in selectors
    )


MAX_BYTES = 1024 * 1024
"""Largest pyproject.toml that is read."""


class FailOn(StrEnum):
    """The lowest severity that makes the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


SETTINGS = ("select", "ignore", "severities", "fail-on")


def read_settings(path: Path) -> dict[str, Any]:
    """Return the table tool.subproc of the nearest pyproject.toml.

    Raises:
        UsageError: the file cannot be read, or has an unknown setting or rule.
    """
    for folder in Path(os.path.realpath(path)).parents:
        file = folder / "pyproject.toml"
        if os.path.isfile(file):
            return _validate_settings(file, _read_table(file))
    return {}


def _read_table(file: Path) -> Any:
    content = source.read(str(file)).content
    if len(content) > MAX_BYTES:
        raise UsageError(f"{file}: is larger than {MAX_BYTES >> 20} MiB")
    try:
        tool = tomllib.loads(content.decode("utf-8")).get("tool", {})
    except (ValueError, RecursionError) as error:  # TOML, UTF-8, numbers of many digits; deep nesting
        raise UsageError(f"{file}: {error}") from None
    return tool.get("subproc", {}) if isinstance(tool, dict) else {}


def _validate_settings(file: Path, settings: Any) -> dict[str, Any]:
    location = f"{file}: tool.subproc"
    if not isinstance(settings, dict):
        raise UsageError(f"{location} should be a table")
    for key, value in settings.items():
        if key not in SETTINGS:
            raise UsageError(f"{location}: there is no setting {key}", suggest(key, SETTINGS))
        if key in ("select", "ignore") and not (
            isinstance(value, list) and all(isinstance(x, str) for x in value)
        ):
            raise UsageError(f"{location}.{key} should be a list of rules")
        if key == "fail-on" and value not in tuple(FailOn):
            raise UsageError(f"{location}.fail-on: {value!r} is not one of {join_words(FailOn, 'or')}")
        if key == "severities":
            _validate_severities(f"{location}.severities", value)
    return settings


def _validate_severities(location: str, severities: Any) -> None:
    if not isinstance(severities, dict):
        raise UsageError(f"{location} should be a table of rules")
    validate_ignores([*severities], location)
    for name, value in severities.items():
        if value not in tuple(SeveritySetting):
            raise UsageError(
                f"{location}.{name}: {value!r} is not one of {join_words(SeveritySetting, 'or')}"
            )
