"""Which rules run, by what the user and the list say.

That holds for a list that can be read: what is wrong with another one is always told (`run.unreadable`).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from subproc_cli.enums import Gravity
from subproc_cli.errors import UsageFault
from subproc_cli.rules.checks import BY_CODE, BY_NAME, OF_THE_READER, RULES
from subproc_cli.rules.rule import Rule
from subproc_cli.text import did_you_mean


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
