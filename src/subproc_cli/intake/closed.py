"""Reads fields with a closed list of values: role, activation, transfer bases, yes and no."""

from subproc_cli.intake import lexicon, splitting
from subproc_cli.intake.lexicon import normal
from subproc_cli.intake.reading import Fact, Reading, kept


def one_of(path: str, text: str) -> Reading:
    """Return the value of a field such as `role` that a text names, or the text."""
    known = lexicon.keyed(path)
    exact = known.get(normal(text))
    if exact:
        return Reading((Fact(path, exact),))
    held = (
        []
        if lexicon.denies(text)
        else [value for phrase, value in known.items() if lexicon.holds(normal(text), (phrase,))]
    )
    if len(set(held)) == 1:
        return Reading((Fact(path, held[0], guessed=True),), text)
    return kept(text)


def transfer(text: str) -> Reading:
    """Return the bases of transfer that a text names, or the text."""
    known = lexicon.keyed("transfer")
    facts, rest = [], []
    for piece in splitting.pieces(text):
        exact = known.get(normal(piece))
        held = (
            []
            if lexicon.denies(piece)
            else [basis for phrase, basis in known.items() if lexicon.holds(normal(piece), (phrase,))]
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
        if text.strip().casefold() in lexicon.words(value):
            return Reading((Fact(path, value),))
    return kept(text)
