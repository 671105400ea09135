"""The words of the language: verbs and their synonyms, and what may stand behind them."""

from collections.abc import Iterable

from subproc_cli.enums import Activation, Basis, Role
from subproc_cli.words import stem

OPENERS = frozenset(
    "which what who whose list show find give me count how many number of our the there all any one ones "
    "that they both either anything anyone anybody anywhere service services subprocessors vendors providers "
    "suppliers recipients companies tools".split()
)
PAIR = frozenset(["both", "either"])
THERE = "there"
ONE = frozenset(["a", "an"])
EXISTENTIAL = frozenset([THERE, "any", "anything", "anyone", "anybody"])
AUXILIARIES = frozenset(["do", "does", "can", "could", "may", "might", "will", "would"])
LEADING = OPENERS | AUXILIARIES
"""What may stand before a verb."""
NEGATIONS = frozenset(
    "not never no neither don't doesn't cannot can't won't isn't aren't dont doesnt cant".split()
)
NEGATED_ARE = frozenset(("isn't", "aren't"))
AND = frozenset(("and", "but"))
OR = frozenset(("or",))
NOR = frozenset(("nor",))
NOISE = frozenset(
    "a an the any some all every of my our your their its customer customers customers' customer's user "
    "users users' user's people people's both either".split()
)
THE = frozenset(["the"])

SEE = frozenset(
    "see sees seen access accesses receive receives get gets read reads know knows obtain obtains".split()
)
PROCESS = frozenset(
    "process processes processed store stores stored host hosts hosted transfer transfers transferred "
    "send sends sent".split()
)
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
"""What stands between `certified` and the framework."""
NAMED = frozenset(["named", "called"])
ARE = frozenset(["are", "is", "be", "isn't", "aren't"])
BASED = frozenset(["based", "established", "incorporated", "headquartered", "seated"])
LOCATED = frozenset(["located", "hosted", "stored", "processed"])
SINCE = frozenset(["since"])
BEFORE = frozenset(["before"])
WHEN = SINCE | BEFORE | frozenset("on in at as during until till by after from between for".split())
"""Before a day on which, or since which, something is so."""
ADDED = frozenset("added introduced listed new".split())
VERBS = SEE | PROCESS | LACK | STATE | HAVE | WITHOUT | SERVE | RELY | NAMED | ARE | SINCE
BARE = frozenset(
    "see access receive get read know obtain process store host transfer send lack miss state have serve "
    "rely rest use be".split()
)
"""Verbs that `do not` may govern from afar: `do not see email or process …`."""
PAST = frozenset(
    "did didn't was were wasn't weren't saw accessed received got knew obtained had hadn't lacked relied "
    "served".split()
)
BEEN = "been"
PERFECT = frozenset(
    [BEEN, *"had seen accessed received got known obtained processed stored hosted transferred sent".split()]
)
"""Behind `have`, what was so once."""

ENDS = AND | OR | NOR | WITH | WITHOUT
"""What a text of the user's own ends before, unless it stands in quotes."""
RESERVED = OPENERS | AUXILIARIES | NEGATIONS | AND | OR | NOR | VERBS | PAST
"""Words that are never the name of anything, unless they stand in quotes."""

FUNCTIONS = frozenset(
    "sees in outside based-in based-outside has lacks role activation product named since relies "
    "relies-only certified".split()
)

ONLY = frozenset("only solely exclusively".split())
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


_FIELD_WORDS = {
    "processing": "processing|processing location|processing place|place of processing|location|place|"
    "data processing location|place",
    "entity": "entity|legal entity|entity name|contracting party|company|name of entity",
    "address": "address|legal address|postal address",
    "country": "country|entity country|country of entity|seat",
    "data": "data|data category|data categories|statement of data|statement on data",
    "purpose": "purpose|description",
    "condition": "condition",
    "transfer": "transfer|transfer basis|basis|transfer mechanism|safeguard|legal basis for transfer",
    "contact": "contact|contact person|contact point",
    "dpa": "dpa|data processing agreement|contract|link to the dpa|agreement",
    "subjects": "subject|data subject|categories of data subjects",
    "retention": "retention|retention period|storage period",
    "certifications": "certification|audit|certificate",
    "onward": "onward|onward recipient|onward processor|recipient|subprocessor|sub-processor|"
    "sub-subprocessor|further processor",
    "since": "since|start date|start",
}
FIELDS = {stem(word): field for field, words in _FIELD_WORDS.items() for word in words.split("|")}
HELD = {word: field for word, field in FIELDS.items() if field != "data"}
"""What a service can have; what data it has is what it sees."""

_BASIS_WORDS = {
    Basis.SCC: "scc|standard contractual clauses|standard clauses|model clauses",
    Basis.DPF: "dpf|data privacy framework|eu-us data privacy framework|privacy framework",
    Basis.ADEQUACY: "adequacy|adequacy decision",
    Basis.BCR: "bcr|binding corporate rules",
    Basis.DEROGATION: "derogation|art. 49|article 49",
}
BASES = {stem(word): basis for basis, words in _BASIS_WORDS.items() for word in words.split("|")}

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
KIND_WORDS = (*_written(_KIND_WORDS.values()), "based", "named")
"""The same as they are written, to be proposed."""

EXAMPLES = (
    "see email",
    "process outside the EU",
    "are based in the US",
    "lack a processing location",
    "see email and do not see customer content",
)
