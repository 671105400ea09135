"""The words of the language: verbs and their synonyms, and what may follow them."""

from collections.abc import Iterable

from subproc_cli.enums import Activation, Basis, Role
from subproc_cli.registry.field_table import FACTS
from subproc_cli.text import stem

EVERYONE = frozenset(
    "service services vendor vendors provider providers supplier suppliers recipient recipients company "
    "companies tool tools".split()
)
"""Nouns for all that a list names, whatever their role."""
ROLES = {
    "subprocessor": Role.SUBPROCESSOR,
    "sub-processor": Role.SUBPROCESSOR,
    "processor": Role.PROCESSOR,
    "controller": Role.CONTROLLER,
    "affiliate": Role.AFFILIATE,
}
"""Nouns for those of one role."""
ROLES |= {f"{noun}s": role for noun, role in ROLES.items()}
SUB = "sub"
"""Written apart from `processor`, it belongs to it."""
RELATIVES = frozenset(["that", "which", "who"])
"""Behind a noun, the words after them say which are meant."""
REQUESTS = frozenset("which what who list show find give me count".split())
COUNTS = (("how", "many"), ("number", "of"))
EITHER = "either"
PAIR = frozenset(["both", EITHER])
NEITHER = "neither"
THERE = "there"
ONE = frozenset(["a", "an"])
ALL = frozenset("all every each".split())
"""Quantifiers that nothing may be left out of."""
EVERYTHING = "everything"
SOME = frozenset(["some"])
EXISTENTIAL = frozenset([THERE, "any", "anything", "anyone", "anybody"])
OPENERS = (
    REQUESTS
    | EVERYONE
    | ROLES.keys()
    | ALL
    | PAIR
    | EXISTENTIAL
    | frozenset("how many number of our the ones that they".split())
)
"""What may open a question or a clause; not all of it without a meaning."""
AUXILIARIES = frozenset(["do", "does", "can"])
MODALS = frozenset(["could", "may", "might", "will", "would"])
"""What may be, or will be, is another question than what is."""
LEADING = OPENERS | AUXILIARIES | MODALS
"""What may precede a verb."""
FUTURE = frozenset(["will", "would"])
NEGATED_MODALS = {"won't": "will", "wouldn't": "would", "couldn't": "could"}
NEGATIONS = frozenset(
    "not never no neither don't doesn't cannot can't isn't aren't dont doesnt cant".split()
) | frozenset(NEGATED_MODALS)
NEGATED_ARE = {"isn't": "is", "aren't": "are"}
AND = frozenset(("and", "but"))
OR = frozenset(("or",))
NOR = frozenset(("nor",))
NOISE = frozenset("a an the any of my our your their its".split())
"""Words that no meaning is lost with, before what is named."""
WHOSE = NOISE | frozenset(
    "customer customers customers' customer's user users users' user's people people's".split()
)
"""The same before data: whose data a list speaks of goes without saying."""

THE = frozenset(["the"])

SEE = frozenset(
    "see sees access accesses receive receives get gets read reads know knows obtain obtains".split()
)
PROCESS = frozenset("process processes store stores".split())
STORE = frozenset(["store", "stores"])
HOST = frozenset(["host", "hosts"])
SEND = frozenset(["send", "sends"])
TRANSFER = frozenset(["transfer", "transfers"]) | SEND
PARTICIPLES = {
    "processed": "process", "stored": "store", "hosted": "host", "transferred": "transfer", "sent": "send",
}  # fmt: skip
"""Before a place, where something is done; before data, what was done once."""
READ = frozenset(["read", "reads"])
NOUNS = frozenset(["basis", "bases", "mechanism", "mechanisms"])
"""What makes a noun of `transfer` before it."""
LACK = frozenset(["lack", "lacks", "miss", "misses"])
MISSING = frozenset(["missing", "lacking"])
STATE = frozenset(["state", "states"])
WITH = frozenset(["with"])
WITHOUT = frozenset(["without"])
HAVE = frozenset(["have", "has", "having"]) | WITH
SERVE = frozenset(["serve", "serves"])
BEFORE_PRODUCT = frozenset(["the", "our", "your", "product", "products"])
RELY = frozenset(["rely", "relies", "rest", "rests", "use", "uses"])
ON = frozenset(["on", "upon"])
CERTIFIED = frozenset(["under", "for", "to", "with"])
"""The words between `certified` and the framework."""
NAMED = frozenset(["named", "called"])
ARE = frozenset(["are", "is", "be", "isn't", "aren't"])
BASED = frozenset(["based", "established", "incorporated", "headquartered", "seated"])
HOSTED = frozenset(["hosted", "stored", "processed"])
LOCATED = "located"
"""Of a company its seat, of data its place: two meanings."""
SINCE = frozenset(["since"])
BEFORE = frozenset(["before"])
WHEN = SINCE | BEFORE | frozenset("on in at as during until till by after from between for".split())
"""Before a day on which, or since which, something is so."""
ADDED = frozenset("added introduced listed new".split())
VERBS = frozenset().union(
    SEE, PROCESS, HOST, TRANSFER, PARTICIPLES, LACK, STATE, HAVE, WITHOUT, SERVE, RELY, NAMED, ARE, SINCE
)
BARE = frozenset(
    "see access receive get read know obtain process store host transfer send lack miss state have serve "
    "rely rest use be".split()
)
"""Verbs that `do not` may govern from afar: `do not see email or process …`."""
PRESENT = {
    "saw": "see", "accessed": "access", "received": "receive", "got": "get", "knew": "know",
    "obtained": "obtain", "had": "have", "lacked": "lack", "relied": "rely", "served": "serve",
    "was": "is", "were": "are", "wasn't": "isn't", "weren't": "aren't", "did": "do", "didn't": "don't",
    "hadn't": "have not",
}  # fmt: skip
"""Verbs of the past, with what they are today."""
PAST = frozenset(PRESENT)
BEEN = "been"
PERFECT = frozenset(
    [BEEN, *"had seen accessed received got known obtained processed stored hosted transferred sent".split()]
)
"""Behind `have`, what was so once."""

THIRD = {"has": "have", "is": "are", "relies": "rely"} | {
    verb: verb.removesuffix(ending)
    for verb in sorted(VERBS)
    for ending in ("s", "es")
    if verb.removesuffix(ending) in BARE and verb.removesuffix(ending) != verb
}
"""Verbs of one service, with the form that goes with several."""
OF_ONE = {bare: verb for verb, bare in THIRD.items()}

ENDS = AND | OR | NOR | WITH | WITHOUT
"""The words that end a free text of the user, unless they are in quotes."""
RESERVED = LEADING | NEGATIONS | AND | OR | NOR | VERBS | PAST
"""Words that are never the name of anything, unless they are in quotes."""

FUNCTIONS = frozenset(
    "sees sees-all in outside based-in based-outside transfers-in transfers-outside has lacks role "
    "activation product named since relies relies-only certified".split()
)

ONLY = frozenset("only solely exclusively".split())
QUANTITIES = ONLY | ALL | PAIR | SOME
"""Words that say how much of something is meant."""
IN = frozenset(["in", "inside", "within"])
OUTSIDE = frozenset(["outside", "beyond"])
TOWARDS = frozenset(["to", "into"])
"""Before a place that data is transferred to, as much as `in`."""
SEATS = frozenset(map(stem, ("headquarters", "seat", "registered office", "registered seat")))
COMPANIES = frozenset(map(stem, ("company", "firm", "entity", "vendor", "based", "headquartered")))
"""Behind a place, its companies: `US companies`, `EU-based`."""
PEOPLES = {
    "american": "US", "australian": "AU", "austrian": "AT", "belgian": "BE", "brazilian": "BR",
    "british": "GB", "canadian": "CA", "chinese": "CN", "czech": "CZ", "danish": "DK", "dutch": "NL",
    "estonian": "EE", "finnish": "FI", "french": "FR", "german": "DE", "indian": "IN", "irish": "IE",
    "israeli": "IL", "italian": "IT", "japanese": "JP", "norwegian": "NO", "polish": "PL",
    "portuguese": "PT", "russian": "RU", "spanish": "ES", "swedish": "SE", "swiss": "CH", "ukrainian": "UA",
}  # fmt: skip
"""Companies are of a country by these words too."""
PERSONAL = frozenset(
    stem(words)
    for words in (
        "personal",
        "personal data",
        "personal information",
        "pii",
        "personally identifiable information",
    )
)
ADEQUATE = frozenset(
    stem(words)
    for words in (
        "adequate",
        "adequate countries",
        "adequate jurisdictions",
        "countries with adequacy",
        "countries with an adequacy decision",
    )
)
THIRD_COUNTRIES = frozenset((stem("third countries"),))


_FIELD_WORDS = {name: row.fact.words for name, row in FACTS.items() if row.fact}
FIELDS = {stem(word): field for field, words in _FIELD_WORDS.items() for word in words.split("|")}
HELD = {word: field for word, field in FIELDS.items() if field != "data"}
"""What a service can have; what data it has is what it sees."""

_BASIS_WORDS = {
    Basis.SCC: "scc|standard contractual clauses|standard clauses|model clauses",
    Basis.DPF: "dpf|data privacy framework|eu-us data privacy framework|privacy framework",
    Basis.ADEQUACY: "adequacy|adequacy decision",
    Basis.BCR: "bcr|binding corporate rules",
    Basis.DEROGATION: "derogation|art. 49|article 49",
    Basis.DPF_UK: "dpf-uk|uk extension|uk extension to the data privacy framework|uk-us data bridge",
    Basis.DPF_CH: "dpf-ch|swiss-us data privacy framework",
    Basis.SCC_LEGACY: "scc-legacy|old standard contractual clauses",
    Basis.UK_ADDENDUM: "uk-addendum|uk addendum",
    Basis.IDTA: "idta|international data transfer agreement",
    Basis.BCR_UK: "bcr-uk|uk binding corporate rules",
    Basis.CODE_OF_CONDUCT: "code-of-conduct|code of conduct",
    Basis.CERTIFICATION: "certification-mechanism|certification mechanism",
    Basis.TREATY: "treaty|international treaty",
    Basis.NOTIFIED_CLAUSES: "notified-clauses|notified clauses",
}
BASES = {stem(word): basis for basis, words in _BASIS_WORDS.items() for word in words.split("|")}
RELIED_ON = BASES | {stem(Basis.CERTIFICATION): Basis.CERTIFICATION}
"""The bases after `rely on`. Elsewhere a certification is an audit."""

_KIND_WORDS: dict[tuple[tuple[str, str], ...], str] = {
    (("activation", Activation.OPT_IN),): "opt-in|opted in",
    (("activation", Activation.OPT_OUT),): "opt-out",
    (("activation", Activation.OPT_IN), ("activation", Activation.OPT_OUT)): "optional|voluntary",
    (("activation", Activation.ALWAYS),): "always|always on|always used|used always|mandatory|always in use",
    (("role", Role.SUBPROCESSOR),): "subprocessor|sub-processor",
    (("role", Role.AFFILIATE),): "affiliate|group company",
    (("role", Role.PROCESSOR),): "processor",
    (("role", Role.CONTROLLER),): "controller|independent controller",
    (("role", Role.VENDOR),): "vendor",
}
KINDS = {stem(word): kinds for kinds, words in _KIND_WORDS.items() for word in words.split("|")}
"""What a service can be: a word with the clauses of which one is meant."""


def _written(tables: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for words in tables for word in words.split("|"))


FIELD_WORDS = _written(_FIELD_WORDS.values())
BASIS_WORDS = _written(_BASIS_WORDS.values())
KIND_WORDS = (*_written(_KIND_WORDS.values()), "based", "named", "certified")
"""The same as they are written, to be proposed."""

EXAMPLES = (
    "see email",
    "process outside the EU",
    "are based in the US",
    "lack a processing location",
    "see email and do not see customer content",
)
