"""What people say that has no one meaning here, or none, and what they can say instead."""

from subproc_cli.enums import Basis
from subproc_cli.question import lexicon
from subproc_cli.words import fold, stem

NONE_OR_SOME = (
    "this does not say whether services are looked for that do, or that do not",
    "say 'is there any service that …', or 'which services do not …'",
)
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
PLACES = {
    **dict.fromkeys(
        ("europe", "emea", "european", "european countries", "european country"), "say EU or EEA"
    ),
    **dict.fromkeys(("england", "scotland", "wales", "northern ireland"), "say United Kingdom"),
    **dict.fromkeys(("africa", "america", "north america", "south america", "latin america"), _REGION),
    **dict.fromkeys(("asia", "apac", "asia pacific", "middle east", "scandinavia", "nordics"), _REGION),
}
"""Words for places that no law draws the border of, or that lie within a country."""
UNKNOWN_PLACE = "name a country, not a city, a state or a region of a cloud; or a region: subproc places"

_STATES = frozenset(["announced", "retired", "active", "inactive", "planned", "former"])
_OFF = frozenset(["switched", "turned", "disabled", "deactivated", "off"])
_COMPLIANT = frozenset(["compliant", "compliance", "gdpr", "secure", "safe", "lawful", "legal"])
_VERBS_OF_FACTS = {
    **dict.fromkeys(("unknown", "undisclosed", "unspecified", "unstated", "unclear", "missing"), "lack"),
    **dict.fromkeys(("signed", "concluded", "executed"), "have"),
}
"""What to say of a fact instead of a word before it."""
_LINKS = frozenset(("privacy policy", "privacy notice", "website", "home page"))
_PAPERS = frozenset(("report", "certificate", "certification", "attestation"))
_STANDARDS = frozenset(("iso", "soc", "pci", "hipaa", "c5"))


def data(words: str) -> str:
    """Return what to say instead of a stem that means one of several kinds of data; mostly nothing."""
    if words == "nothing":
        return "say 'do not see anything'"
    owner = _owner(words)
    if owner in _OTHERS:
        return "say 'personal data'; a question does not ask whose it is"
    if owner not in _OWNERS:
        return ""
    content = f"'customer content' for what {_OWNERS[owner]} upload"
    return f"say 'personal data', {content}, or 'data' for anything at all"


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


def kind(phrase: str) -> str:
    """Return what to say instead of something that a service cannot be here; mostly nothing."""
    words = fold(phrase).split()
    if not _STATES.isdisjoint(words):
        return "announced and retired services: subproc list --all, and --at DATE for another day"
    if not _OFF.isdisjoint(words):
        return "say 'are opt-out', or 'are optional' for opt-in too"
    if words[:1] == ["european"]:
        return "say 'are based in the EU' or 'are based in the EEA'"
    if not _COMPLIANT.isdisjoint(words):
        return "a list states no judgement; ask for what it states: 'have certifications', 'have a DPA'"
    if words[1:] and words[-1] == "certified":
        return f"say 'are certified under {phrase.rpartition(' ')[0]}'"
    return ""


def fact(phrase: str) -> str:
    """Return what to say instead of something that a service cannot have here; mostly nothing."""
    words = phrase.split()
    ends = [" ".join(words[begun:]) for begun in range(len(words))]
    basis = next((each for each in (*ends, *words) if stem(each) in lexicon.BASES), "")
    if basis:
        dpf = lexicon.BASES[stem(basis)] is Basis.DPF
        return f"say 'rely on {basis}'" + (f", or 'are certified under {basis}'" if dpf else "")
    field = next((each for each in ends[1:] if stem(each) in lexicon.FIELDS), "")
    verb = _VERBS_OF_FACTS.get(fold(words[0])) if field else None
    if verb:
        return f"say '{verb} a {stem(field)}'"
    if words and fold(words[0]) in _STANDARDS:
        named = " ".join(words[:-1] if stem(words[-1]) in _PAPERS else words)
        return f"say 'are certified under {named}'"
    return "the links of a service: subproc show ID" if stem(phrase) in _LINKS else ""
