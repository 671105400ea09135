"""The forms of regular verbs, and of the irregular ones that questions use."""

from functools import cache

_IRREGULAR = {
    "see": "seen", "get": "got", "read": "read", "hold": "held", "keep": "kept", "send": "sent",
    "know": "known", "give": "given", "have": "had", "leave": "left", "run": "run", "take": "taken",
    "be": "been", "go": "gone", "begin": "begun", "sit": "sat", "rest": "rested",
}  # fmt: skip


@cache
def list_verb_forms(verbs: tuple[str, ...], form: str) -> dict[str, list[tuple[str, ...]]]:
    """Return folded verbs in one form: b bare, s third person, p participle, g gerund."""
    inflect = {"s": _to_third, "p": _to_participle, "g": _to_gerund}.get(form, str)
    found: dict[str, list[tuple[str, ...]]] = {}
    for verb in verbs:
        first, *rest = verb.split()
        bare_be = first == "be" and form == "b"
        for head in (inflect(first), *(["are"] if bare_be else [])):
            found.setdefault(head, []).append((head, *rest))
    return found


def _to_third(verb: str) -> str:
    if verb in ("have", "be", "do", "go"):
        return {"have": "has", "be": "is", "do": "does", "go": "goes"}[verb]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "x", "ch", "sh")) else f"{verb}s"


def _to_participle(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    if verb in ("transfer", "permit", "ship", "stop", "transmit", "commit"):
        return f"{verb}{verb[-1]}ed"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def _to_gerund(verb: str) -> str:
    if verb in ("get", "run", "transfer", "permit", "ship", "begin", "stop", "sit", "transmit", "commit"):
        return f"{verb}{verb[-1]}ing"
    return f"{verb[:-1]}ing" if verb.endswith("e") and verb not in ("see", "be") else f"{verb}ing"


def to_bare(word: str) -> str:
    """Return the bare form of a regular verb in the third person or the gerund."""
    if word in ("does", "has"):
        return {"does": "do", "has": "have"}[word]
    if word.endswith("ing"):
        return {"handling": "handle", "processing": "process", "taking": "take", "writing": "write"}.get(
            word, word[:-3]
        )
    if word.endswith(("sses", "shes", "ches")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
