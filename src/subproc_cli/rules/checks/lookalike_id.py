"""The rule lookalike-id (SP213)."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from subproc_cli.characters import find_script
from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext

_LOOKALIKES = str.maketrans(
    "10" + "аеорсухіјѕһԁԛԝ" + "αορνικυ",  # digits, Cyrillic, Greek
    "lo" + "aeopcyxijshdqw" + "aopviku",
)
"""Letters and digits that look like a Latin letter in many fonts, and that letter; an id has no capitals."""
_SCRIPTS = frozenset(("LATIN", "CYRILLIC", "GREEK"))
"""Scripts with letters of one shape; in no language does a word mix them."""
_WORD = re.compile(r"[^\W_]+")


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every id that looks like an earlier one, or has a word with letters of two scripts."""
    first_ids: dict[str, str] = {}
    for key in context.registry.model.services:
        first = first_ids.setdefault(_build_skeleton(key), key)
        scripts = next(filter(None, map(_find_mixed_scripts, _WORD.findall(key))), ())
        if first != key:
            yield RawFinding(("services", key), f"the id {key} looks like the id {first}", _HINT, key)
        elif scripts:
            message = f"the id {key} has {' and '.join(scripts)} letters in one word"
            yield RawFinding(("services", key), message, _HINT, key)


_HINT = "choose an id that nobody takes for another one"


def _build_skeleton(text: str) -> str:
    """Return a text that all texts have in common that look like it."""
    return normalize("NFKC", text).translate(_LOOKALIKES).casefold()


def _find_mixed_scripts(word: str) -> list[str]:
    """Return the names of the scripts of a word if it mixes them; none if it does not."""
    found = sorted({find_script(char) for char in word} & _SCRIPTS)
    return [name.title() for name in found] if len(found) > 1 else []


RULE = Rule(
    ErrorCode("SP213", "lookalike-id", Severity.WARNING),
    summary="An id looks like another one, or mixes letters of two scripts.",
    details="1 and 0 look like l and o. Latin, Cyrillic and Greek share the shape of many letters.",
    why=(
        "Commands, policies and `replaces` name a service by its id. A reader who takes one id for the other "
        "sees or changes the wrong service."
    ),
    bad="paypal: {name: PayPal}\npaypa1: {name: PayPal}",
    good="paypal: {name: PayPal}\npaypal-eu: {name: PayPal EU}",
    find=find,
)
