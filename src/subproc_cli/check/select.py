"""Which rules run, by what the user and the list say."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from subproc_cli.check.all_rules import BY_CODE, BY_NAME, RULES
from subproc_cli.check.rule import Rule
from subproc_cli.enums import Gravity
from subproc_cli.errors import UsageFault
from subproc_cli.words import did_you_mean


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
        if not word or not any(_named(rule, (word,)) for rule in RULES):
            hint = did_you_mean(word, [*BY_NAME, *BY_CODE]) or "see: subproc rule --all"
            raise UsageFault(f"{option}: there is no rule {word!r}", hint)


def _named(rule: Rule, words: Iterable[str]) -> bool:
    return any(rule.code.startswith(word.upper()) or rule.name == word.lower() for word in words)
