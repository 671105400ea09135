"""Reads fields with a closed list of values: role, activation, transfer bases, yes and no."""

from subproc_cli.importers import vocabulary
from subproc_cli.importers.text import split
from subproc_cli.importers.text.parsed import Fact, Reading, kept
from subproc_cli.importers.vocabulary import normal


def one_of(path: str, text: str) -> Reading:
    """Return the value of a field such as `role` that a text names, or the text."""
    known = vocabulary.keyed(path)
    exact = known.get(normal(text))
    if exact:
        return Reading((Fact(path, exact),))
    held = (
        []
        if vocabulary.denies(text)
        else [value for phrase, value in known.items() if vocabulary.holds(normal(text), (phrase,))]
    )
    if len(set(held)) == 1:
        return Reading((Fact(path, held[0], guessed=True),), text)
    return kept(text)


def transfer(text: str) -> Reading:
    """Return the bases of transfer that a text names, or the text."""
    known = vocabulary.keyed("transfer")
    facts, rest = [], []
    for piece in split.pieces(text):
        exact = known.get(normal(piece))
        held = (
            []
            if vocabulary.denies(piece)
            else [basis for phrase, basis in known.items() if vocabulary.holds(normal(piece), (phrase,))]
        )
        if exact:
            facts.append(Fact("transfer", exact))
        elif held:
            facts += [
                Fact("transfer", {"basis": basis, "note": piece}, guessed=True)
                for basis in dict.fromkeys(held)
            ]
        else:
            rest.append(piece)
    if rest:  # what was not understood may limit or end the basis
        facts = [fact._replace(guessed=True) for fact in facts]
    return Reading(tuple(facts), "; ".join(rest))


def yes_no(path: str, text: str) -> Reading:
    """Return yes or no, or the text if it is neither."""
    for value in ("yes", "no"):
        if text.strip().casefold() in vocabulary.words(value):
            return Reading((Fact(path, value),))
    return kept(text)
