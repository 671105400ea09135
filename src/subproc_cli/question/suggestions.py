"""What people say that has no one meaning here, or none, and what they can say instead."""

from collections.abc import Iterator

from subproc_cli.enums import Basis
from subproc_cli.question import vocabulary
from subproc_cli.question.refusal import Line
from subproc_cli.reference.geography import normalize_name
from subproc_cli.text import ARTICLES, fold, stem

_OWNERS = {
    **dict.fromkeys(("customer", "end customer", "client"), "customers"),
    **dict.fromkeys(("user", "end user", "people", "person"), "users"),
}
"""Whose data may be what they upload, or what is known of them."""
_OTHERS = frozenset(
    ("employee", "staff", "visitor", "subscriber", "applicant", "patient", "student", "consumer", "children")
)
_DATA = frozenset(["data", "information"])
_OF = frozenset(["of", "about", "from"])

_REGION = "name its countries, or a region that subproc places shows"
_UNION = ("say EU or EEA", ("the EU", "the EEA"))
_KINGDOM = ("say United Kingdom", ("the United Kingdom",))
PLACES: dict[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("europe", "emea", "european", "european countries", "european country"), _UNION),
    **dict.fromkeys(("england", "scotland", "wales", "northern ireland"), _KINGDOM),
    **dict.fromkeys(("africa", "america", "north america", "south america", "latin america"), (_REGION, ())),
    **dict.fromkeys(("asia", "apac", "asia pacific", "middle east", "scandinavia", "nordics"), (_REGION, ())),
}
"""Words for places without a border in law, or within a country: what to say, and the places."""
UNKNOWN_PLACE = "name a country, not a city, a state or a region of a cloud; or a region: subproc places"

_STATES = frozenset(["announced", "retired", "active", "inactive", "planned", "former"])
_OFF = frozenset(["switched", "turned", "disabled", "deactivated", "off"])
_COMPLIANT = frozenset(["compliant", "compliance", "gdpr", "secure", "safe", "lawful"])
_VERBS_OF_FACTS = {
    **dict.fromkeys(("unknown", "undisclosed", "unspecified", "unstated", "unclear", "missing"), "lack"),
    **dict.fromkeys(("signed", "concluded", "executed"), "have"),
}
"""What to say of a fact instead of a word before it."""
_LINKS = frozenset(("privacy policy", "privacy notice", "website", "home page"))
_PAPERS = frozenset(("report", "certificate", "certification", "attestation"))
_DROPPED = frozenset(_VERBS_OF_FACTS) | _PAPERS | frozenset(stem(each) + "s" for each in _PAPERS)
"""What may go next to a transfer basis without a change of meaning."""
_STANDARDS = frozenset(("iso", "soc", "pci", "hipaa", "c5"))


def place(phrase: str) -> tuple[str, tuple[str, ...]]:
    """Return what to say instead of a place without a border in law, and the places; mostly nothing."""
    return PLACES.get(normalize_name(phrase), ("", ()))


def data(words: str) -> tuple[str, tuple[str, ...]]:
    """Return what to say instead of a stem that means several kinds of data, and what each is called."""
    owner = _owner(words)
    if owner in _OTHERS:
        return "say 'personal data'; a question does not ask whose it is", ("personal data",)
    if owner not in _OWNERS:
        return "", ()
    content = f"'customer content' for what {_OWNERS[owner]} upload"
    hint = f"say 'personal data', {content}, or 'data' for anything at all"
    return hint, ("personal data", "customer content", "data")


def belongs(phrase: str) -> str:
    """Return what to say of a phrase that begins with the people whose data it is; mostly nothing."""
    first = stem(phrase.partition(" ")[0])
    return "a question does not ask whose data it is" if first in _OTHERS or first in _OWNERS else ""


def _owner(words: str) -> str:
    """Return whose data is meant by `customer data` or `data of customers`."""
    first, _, rest = words.partition(" ")
    if first in _DATA:
        preposition, _, owner = rest.partition(" ")
        return owner if preposition in _OF else ""
    owner, _, last = words.rpartition(" ")
    return owner if last in _DATA else ""


def kind(phrase: str) -> tuple[str, tuple[Line, ...]]:
    """Return what to say instead of something that a service cannot be here, and clauses; mostly nothing."""
    words = fold(phrase).split()
    if not _STATES.isdisjoint(words):
        return "announced and retired services: subproc list --all, and --at DATE for another day", ()
    if not _OFF.isdisjoint(words):
        return "", (Line("are opt-out"), Line("are optional", note="for opt-in too"))
    if words[:1] == ["european"] and not words[2:]:  # European companies, but no longer name
        return "", (Line("are based in the EU"), Line("are based in the EEA"))
    if not _COMPLIANT.isdisjoint(words):
        return "a list states no judgement; ask for what it states: 'have certifications', 'have a DPA'", ()
    if words[1:] and words[-1] == "certified":
        return "", (Line(f"are certified under {phrase.rpartition(' ')[0]}"),)
    return "", ()


def fact(phrase: str) -> tuple[str, tuple[Line, ...]]:
    """Return what to say instead of a fact that a service cannot have here, and clauses; mostly nothing."""
    words = [word for word in phrase.split() if fold(word) not in ARTICLES]
    basis = next((each for each in _runs(words) if stem(each) in vocabulary.BASES), "")
    if basis and _DROPPED.issuperset(map(fold, set(words) - set(basis.split()))):
        dpf = vocabulary.BASES[stem(basis)] is Basis.DPF
        return "", (Line(f"rely on {basis}"), *([Line(f"are certified under {basis}")] if dpf else []))
    verb, field = _VERBS_OF_FACTS.get(fold(words[0])) if words else None, " ".join(words[1:])
    if verb and stem(field) in vocabulary.FIELDS:
        return "", (Line(f"{verb} a {field}"),)
    if words and fold(words[0]) in _STANDARDS:
        named = " ".join(words[:-1] if stem(words[-1]) in _PAPERS else words)
        return "", (Line(f"are certified under {named}"),)
    return ("the links of a service: subproc show ID", ()) if stem(phrase) in _LINKS else ("", ())


def _runs(words: list[str]) -> Iterator[str]:
    """Yield the runs of some words, the longest first."""
    for length in range(len(words), 0, -1):
        for begun in range(len(words) - length + 1):
            yield " ".join(words[begun : begun + length])
