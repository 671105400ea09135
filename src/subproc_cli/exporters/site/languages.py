"""Which texts of a page are in another language than the page, because the list states them in no other."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from subproc_cli.registry.field_forms import choose_text
from subproc_cli.registry.localize import SUFFIX
from subproc_cli.registry.parts import Model


class Passage(NamedTuple):
    """A piece of a text; the language is empty if it is that of the page, or not known."""

    text: str
    language: str = ""


def find_foreign_texts(part: Any, language: str) -> dict[str, str]:
    """Return the texts of a part of a list that it does not state in a language, each with its own language.

    The language of a text that the list states without a language is not known.
    """
    return dict(_iter_foreign_texts(part, language))


def _iter_foreign_texts(part: Any, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, tuple):
        for item in part:
            yield from _iter_foreign_texts(item, language)
    if not isinstance(part, Model):
        return
    for name, value in vars(part).items():
        if not name.endswith(SUFFIX):
            yield from _iter_foreign_texts(value, language)
            continue
        is_list = isinstance(getattr(part, name.removesuffix(SUFFIX)), tuple)
        for texts in value.values() if is_list else [value]:
            if texts and not {language, language.partition("-")[0]} & texts.keys():
                text = choose_text(texts, language)
                yield text, next(each for each, stated in texts.items() if stated == text)


def split_passages(text: str, languages: Mapping[str, str]) -> tuple[Passage, ...]:
    """Return a text in pieces, so that those in another language can be marked.

    Args:
        text: such as *logs (when the switch is on)*, which contains a text of the list.
        languages: the texts that can be in it, each with its language.
    """
    if not languages:
        return (Passage(text),)
    texts = "|".join(map(re.escape, sorted(languages, key=len, reverse=True)))
    pieces = re.split(rf"(?<!\w)({texts})(?!\w)", text)
    return tuple(
        Passage(piece, languages[piece] if at % 2 else "") for at, piece in enumerate(pieces) if piece
    )
