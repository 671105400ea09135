"""Guesses fields of a service from texts that are about something else: headings, purposes, running text."""

import re
from collections.abc import Iterable

from subproc_cli.enums import Basis, Role
from subproc_cli.importers import vocabulary
from subproc_cli.importers.columns import FieldMatch
from subproc_cli.importers.draft import Draft
from subproc_cli.importers.models import ABOVE, FIRST, RUNNING, Cell
from subproc_cli.importers.text import (
    access,
    keywords,
    open_places,
    place_parts,
    places,
    split,
    use_conditions,
    values,
)
from subproc_cli.importers.text.parsed import Fact
from subproc_cli.importers.vocabulary import normalize
from subproc_cli.reference.service_types import find_service_type, load_service_types

Fields = Iterable[tuple[Cell, FieldMatch | None]]
_WORDS_OF_LISTS = re.compile(r"\b(?:our|list of|the|unsere|nos|and subsidiaries)\b", re.IGNORECASE)
_LONGEST_PURPOSE = 200
"""Maximum number of characters of a purpose in which the kinds of a service are looked for."""
_OPERATING = re.compile(r"\boperat(?:es?|ing)\b", re.IGNORECASE)
"""In a heading above services it says where they process; in a sentence it may be about their business."""
_CHOICES = frozenset(("opt-in", "opt-out"))


def infer_from_words(draft: Draft, cell: Cell, path: str) -> None:
    """Add statements on personal data as a whole, and on who decides on the use."""
    may_say_personal = (cell.label == ABOVE or path == access.SEES) and not cell.exact
    if may_say_personal and vocabulary.contains_words(cell.text, "data", "personal"):
        if cell.label == ABOVE and _is_plain_heading(cell.text):
            guess(draft, "personal_data", "no" if vocabulary.contains_negation(cell.text) else "yes")
        elif path == access.SEES and not _may_be_of_nobody(cell.text):
            guess(draft, "personal_data", "yes")
    if cell.label == ABOVE or path == "products":
        _infer_from_heading(draft, cell)
    is_about_use = cell.label in (FIRST, RUNNING) or path in ("", "purpose", "name", "notes")
    if is_about_use and not cell.exact:
        for sentence in split.split_sentences(cell.text):
            if cell.label in (FIRST, RUNNING):
                _choice(draft, sentence)
            _condition(draft, sentence)


def infer_type(draft: Draft, fields: Iterable[tuple[Cell, FieldMatch | None]]) -> None:
    """Guess from its purpose what kind a service is of, and from its texts whether it trains models."""
    if any(cell.exact for cell, _ in fields):
        return
    for purpose in draft.facts("purpose") if not draft.facts("service_type") else ():
        pieces = split.split_pieces(str(purpose.value)) if len(str(purpose.value)) <= _LONGEST_PURPOSE else []
        for each in dict.fromkeys(filter(None, map(_find_type, pieces))):
            draft.add(Fact("service_type", each, guessed=True))
    for cell, field in fields:
        if (field.path if field else "") in ("", "purpose", "notes"):
            for sentence in split.split_sentences(cell.text):
                _training(draft, sentence)


def _find_type(piece: str) -> str | None:
    """Return the kind of service that a piece of a purpose means: `Hosting`, `Hosting of the platform`."""
    if known := find_service_type(piece):
        return known
    head = _OBJECT.split(piece, maxsplit=1)[0]
    kind = load_service_types().get(find_service_type(head) or "")
    # With another object a synonym may have another meaning: `Delivery of messages` does not mean logistics.
    is_own_word = kind and normalize(head) in map(normalize, (kind.key, *kind.labels.values()))
    return kind.key if kind and is_own_word else None


_OBJECT = re.compile(r"\s+(?:of|von|der|des|de|du)\s+", re.IGNORECASE)
"""Words between a kind of service and what it is done with."""


def infer_purpose(draft: Draft, fields: Fields) -> None:
    """Take the heading above a service as its purpose if it is a kind of service, and none is stated."""
    if draft.facts("purpose"):
        return
    for cell, _ in fields:
        kinds = (cell.text, *split.split_pieces(cell.text)) if cell.label == ABOVE else ()
        if len(cell.text.split()) <= _LONGEST_KIND and any(map(find_service_type, kinds)):
            guess(draft, "purpose", " ".join(cell.text.split()))


_LONGEST_KIND = 6
"""Maximum number of words of a heading that is a kind of service, such as `Hosting & infrastructure`."""


def _training(draft: Draft, sentence: str) -> None:
    """Guess whether models are trained: `never` only from a sentence without a condition or an exception."""
    stated = [value for value in ("never", "yes") if vocabulary.contains_words(sentence, "training", value)]
    if not stated:
        return
    limits = ("conditions",), ("exceptions",), ("use_conditions", "only")
    denials = vocabulary.build_pattern("negations").findall(sentence)
    if len(denials) > 1 or any(vocabulary.build_pattern(*route).search(sentence) for route in limits):
        return  # `not used for training unless you agree`
    guess(draft, "model_training", stated[0])


def infer_places(draft: Draft, fields: Iterable[tuple[Cell, FieldMatch | None]]) -> None:
    """Guess the places of a service from sentences on its hosting, if no text is about its places."""
    about = ("", "purpose", "notes")
    fields = [(cell, field) for cell, field in fields if not cell.exact]
    texts = [cell.text for cell, field in fields if (field.path if field else "") in about]
    above = [_OPERATING.sub("located", cell.text) for cell, _ in fields if cell.label == ABOVE]
    texts += filter(open_places.find_hosting, above)
    if draft.facts(places.PATH) or places.PATH in draft.stated or sum(map(len, texts)) > values.MAX_READ:
        return
    found = [open_places.find_hosting(text) for text in texts]
    if all(facts or not places.names_any(text) for text, facts in zip(texts, found, strict=True)):
        for facts in found:
            for fact in facts:
                draft.add(fact)


def infer_bases(draft: Draft, fields: Iterable[tuple[Cell, FieldMatch | None]]) -> None:
    """Guess the bases of transfers from brackets after places, such as `United States (SCCs)`."""
    fields = list(fields)
    texts = [cell.text for cell, field in fields if field and field.path == places.PATH and not cell.exact]
    if "transfer" not in draft.stated and not draft.facts("transfer"):
        _infer_stated_bases(draft, fields)
    for text in texts if "transfer" not in draft.stated else ():
        for inside in split.split_brackets(text)[1]:
            for fact in keywords.find_basis(inside):
                draft.add(fact._replace(guessed=True))
        for part in place_parts.split_parts(text)[1]:
            for fact in keywords.parse_transfer_bases(part).facts:
                draft.add(fact._replace(guessed=True))


def _infer_stated_bases(draft: Draft, fields: Fields) -> None:
    """Guess the bases of transfers from sentences such as `Transfers outside the EEA are based on SCCs`."""
    texts = [
        cell.text
        for cell, field in fields
        if not cell.exact
        and (cell.label in (FIRST, RUNNING) or (field and field.path in ("purpose", "notes")))
        and len(cell.text) <= values.MAX_READ
    ]
    for sentence in (each for text in texts for each in split.split_sentences(text)):
        bare = _OUTSIDE.sub(" ", sentence)
        if vocabulary.contains_negation(bare) or len(sentence.split()) > _LONGEST_STATEMENT:
            continue
        for piece in _PARTS.split(bare):
            for fact in keywords.parse_transfer_bases(piece).facts:
                basis = fact.value["basis"] if isinstance(fact.value, dict) else fact.value
                if basis != Basis.ADEQUACY:
                    draft.add(Fact("transfer", {"basis": basis, "note": sentence}, guessed=True))


_LONGEST_STATEMENT = 40
_PARTS = re.compile(r"[;(]")
_OUTSIDE = re.compile(r"\b(?:outside|außerhalb|ausserhalb|hors|buiten|fuera|fuori)\b", re.IGNORECASE)
"""Words that deny a place, not the basis of a transfer to it."""


def _infer_from_heading(draft: Draft, cell: Cell) -> None:
    """Guess from the heading above a service, or from its products, when and in which role it is used."""
    kinds = ("optional", "headings") if cell.label == ABOVE else ("optional",)
    if any(vocabulary.build_pattern("use_conditions", kind).search(cell.text) for kind in kinds):
        guess(draft, "activation", "opt-in")
    if use_conditions.states_condition(cell.text):
        guess(draft, "condition", " ".join(cell.text.split()))
    role = keywords.parse_choice("role", _WORDS_OF_LISTS.sub(" ", cell.text)) if cell.label == ABOVE else None
    if role and [fact.value for fact in role.facts if not fact.guessed] == [Role.AFFILIATE]:
        # Other words, such as `Vendors`, are stated about subprocessors as well
        guess(draft, "role", Role.AFFILIATE)


def _may_be_of_nobody(text: str) -> bool:
    """Return whether a text that speaks of personal data denies it, or speaks of data that is anonymous."""
    return vocabulary.contains_negation(text) or vocabulary.contains_words(text, "data", "anonymous")


def _is_plain_heading(text: str) -> bool:
    """Return whether a heading that denies something says no more than that no personal data is seen."""
    if not vocabulary.contains_negation(text):
        return True
    rest, denials = vocabulary.build_pattern("negations").subn(" ", text)
    plain = vocabulary.load_phrases("data", "no_access") | vocabulary.load_phrases("services")
    return denials == 1 and plain.issuperset(normalize(rest).split())


def _choice(draft: Draft, sentence: str) -> None:
    """Guess from a sentence that a service is opt-in or opt-out, under the condition that it states."""
    words = normalize(sentence)
    for phrase, activation in vocabulary.index_phrases("activation").items():
        if activation in _CHOICES and " " in phrase and vocabulary.contains_phrase(words, (phrase,)):
            guess(draft, "activation", activation)
            guess(draft, "condition", sentence)


def _condition(draft: Draft, sentence: str) -> None:
    """Guess the condition of the use of a service: `Loads only after consent`, `Analytics (optional)`."""
    is_all = normalize(sentence) in vocabulary.load_phrases("use_conditions", "headings")
    if use_conditions.is_optional(sentence):
        guess(draft, "activation", "opt-in")
    for purpose in draft.facts("purpose") if is_all else ():
        if purpose.guessed and purpose.value == sentence:
            draft.drop(purpose)
    bare, inside = split.split_brackets(sentence)
    openings = {normalize(text.split(maxsplit=1)[0]) for text in inside}
    begins = bool(openings & vocabulary.load_phrases("use_conditions", "begins"))
    begins = begins and not vocabulary.contains_negation(bare)
    if begins or use_conditions.states_condition(sentence):
        guess(draft, "condition", " ".join(sentence.split()))


def guess(draft: Draft, path: str, value: str) -> None:
    """Add a guessed value to a field that has none."""
    if draft.first(path) is None:
        draft.add(Fact(path, value, guessed=True))
