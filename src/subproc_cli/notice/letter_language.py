"""The sentences that a letter needs of its language: none goes out half in another one."""

from collections.abc import Iterable

from subproc_cli.errors import RefusedError
from subproc_cli.notice.letter_sentences import load_letter_formatter
from subproc_cli.notice.plan import Notice

LETTER_SECTIONS = (
    *("grammar", "laws", "terms", "articles", "category", "place", "place-in-a-sentence", "role"),
    *("activation", "statement", "count", "claim", "field", "field-part", "change-word", "letter"),
    *("letter-announced", "letter-begun", "letter-listed", "letter-data", "letter-field"),
    "letter-entry-field",
)
"""The sections of a language file that letters are made of."""


class MissingSentencesError(RefusedError):
    """A language lacks sentences of its letters; the details name the file and the id of each."""


def require_sentences(notices: Iterable[Notice]) -> None:
    """Stop where a letter would be written in a language that lacks sentences.

    Raises:
        MissingSentencesError: with each sentence that is missing.
    """
    missing: dict[str, None] = {}
    for language, laws in dict.fromkeys((notice.language, notice.laws) for notice in notices):
        catalogue = load_letter_formatter(language, laws).catalogue
        text_ids = catalogue.find_missing(LETTER_SECTIONS)
        missing |= dict.fromkeys(f"{catalogue.file.name}: {text_id}" for text_id in text_ids)
    if missing:
        hint = "add it to the file, or go ahead with --incomplete: the letter then has it in English"
        raise MissingSentencesError("the language of a letter lacks sentences", hint, tuple(missing))
