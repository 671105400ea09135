"""The words of the language: verbs and their synonyms, and what may stand behind them."""

from subproc_cli.enums import Activation, Basis, Role
from subproc_cli.words import stem

OPENERS = frozenset(
    "which what who whose list show find give me count how many number of our the there all any one ones "
    "that anything anyone anybody anywhere service services subprocessors vendors providers suppliers "
    "recipients companies tools".split()
)
EXISTENTIAL = frozenset(["there", "any", "anything", "anyone", "anybody"])
AUXILIARIES = frozenset(["do", "does", "did", "can", "could", "may", "might", "will", "would"])
NEGATIONS = frozenset(
    "not never no don't doesn't didn't cannot can't won't isn't aren't dont doesnt cant".split()
)
NEGATED_ARE = frozenset(("isn't", "aren't"))
AND = frozenset(("and", "but"))
OR = frozenset(("or",))
NOISE = frozenset(
    "a an the any some all every of my our your their its customer customers customers' customer's user "
    "users users' user's people people's".split()
)

SEE = frozenset(
    "see sees seen access accesses receive receives get gets read reads know knows obtain obtains".split()
)
PROCESS = frozenset(
    "process processes processed store stores stored host hosts hosted transfer transfers transferred "
    "send sends sent".split()
)
NOUNS = frozenset(["basis", "bases", "mechanism", "mechanisms"])
"""What makes a noun of `transfer` before it."""
LACK = frozenset(["lack", "lacks", "miss", "misses", "without"])
STATE = frozenset(["state", "states"])
HAVE = frozenset(["have", "has", "having", "with"])
SERVE = frozenset(["serve", "serves"])
BEFORE_PRODUCT = frozenset(["the", "our", "your", "product", "products"])
RELY = frozenset(["rely", "relies", "rest", "rests", "use", "uses"])
CERTIFIED = frozenset(["under", "for", "to", "with"])
"""What stands between `certified` and the framework."""
NAMED = frozenset(["named", "called"])
ARE = frozenset(["are", "is", "be", "isn't", "aren't"])
BASED = frozenset(["based", "established", "incorporated", "headquartered", "seated"])
LOCATED = frozenset(["located", "hosted", "stored", "processed"])
VERBS = SEE | PROCESS | LACK | STATE | HAVE | SERVE | RELY | NAMED | ARE | {"since"}

RESERVED = OPENERS | AUXILIARIES | NEGATIONS | AND | OR | VERBS
"""Words that are never the name of anything, unless they stand in quotes."""

FUNCTIONS = frozenset(
    "sees in outside based-in based-outside lacks role activation product named since relies "
    "relies-only".split()
)

ONLY = frozenset("only solely exclusively".split())
IN = frozenset(["in", "inside", "within"])
OUTSIDE = frozenset(["outside", "beyond"])
TOWARDS = frozenset(["to", "into"])
"""Before a place that data is transferred to, as much as `in`."""
VAGUE_PLACES = frozenset(["europe", "emea", "european countries"])
SEATS = frozenset(map(stem, ("headquarters", "seat", "registered office", "registered seat")))
COMPANIES = frozenset(map(stem, ("company", "firm", "entity", "vendor", "based", "headquartered")))
"""Behind a place, its companies: `US companies`, `EU-based`."""
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

UNCLEAR = {
    stem(
        words
    ): f"say 'personal data', 'customer content' for what {whose} upload, or 'data' for anything at all"
    for words, whose in (
        ("customer data", "customers"),
        ("data of customers", "customers"),
        ("client data", "clients"),
    )
}
"""What people say and mean one of several things by, with what to say instead."""
STATES = frozenset(["announced", "retired", "active", "inactive", "planned", "former"])

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
    "onward": "onward|onward recipient|onward processor|recipient",
    "since": "since|start date|start",
}
FIELDS = {stem(word): field for field, words in _FIELD_WORDS.items() for word in words.split("|")}

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
    (("activation", Activation.ALWAYS),): "always|always on|always used|mandatory|always in use",
    (("role", Role.SUBPROCESSOR),): "subprocessor|sub-processor",
    (("role", Role.AFFILIATE),): "affiliate|group company",
    (("role", Role.PROCESSOR),): "processor",
    (("role", Role.CONTROLLER),): "controller|independent controller",
    (("role", Role.VENDOR),): "vendor",
}
KINDS = {stem(word): kinds for kinds, words in _KIND_WORDS.items() for word in words.split("|")}
"""What a service can be: a word with the clauses of which one is meant."""

EXAMPLES = (
    "see email",
    "process outside the EU",
    "are based in the US",
    "lack a processing location",
    "see email and do not see customer content",
)
