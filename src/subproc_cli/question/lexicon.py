"""The words of the language: verbs and their synonyms, and what may stand behind them."""

from subproc_cli.enums import Activation, Basis, Role
from subproc_cli.words import stem

OPENERS = frozenset(
    "which what who whose list show find give me all services service subprocessors vendors "
    "providers ones that there".split()
)
AUXILIARIES = frozenset("do does did can could may might will would".split())
NEGATIONS = frozenset(
    "not never don't doesn't didn't cannot can't won't isn't aren't dont doesnt cant no".split()
)
NEGATED_ARE = frozenset(("isn't", "aren't"))
AND = frozenset(("and", "but"))
OR = frozenset(("or",))
NOISE = frozenset(
    "a an the any some all every of my our your their its customer customers customers' customer's "
    "user users users' user's people people's".split()
)

SEE = frozenset(
    "see sees seen access accesses receive receives get gets read reads know knows obtain obtains".split()
)
PROCESS = frozenset("process processes processed store stores stored host hosts hosted".split())
LACK = frozenset("lack lacks miss misses without".split())
STATE = frozenset("state states".split())
HAVE = frozenset("have has having with".split())
SERVE = frozenset("serve serves".split())
RELY = frozenset("rely relies rest rests".split())
NAMED = frozenset("named called".split())
ARE = frozenset("are is be isn't aren't".split())
BASED = frozenset("based established incorporated headquartered seated".split())
LOCATED = frozenset("located hosted stored processed".split())
VERBS = SEE | PROCESS | LACK | STATE | HAVE | SERVE | RELY | NAMED | ARE | {"since"}

FUNCTIONS = frozenset(
    "sees in outside based-in based-outside lacks role activation product named since relies relies-only".split()
)

IN = frozenset("in inside within".split())
OUTSIDE = frozenset("outside beyond".split())
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

_ACTIVATION_WORDS = {
    Activation.OPT_IN: "opt-in|opted in",
    Activation.OPT_OUT: "opt-out",
    Activation.ALWAYS: "always|always on|always used|mandatory|always in use",
}
ACTIVATIONS = {stem(w): kind for kind, words in _ACTIVATION_WORDS.items() for w in words.split("|")}
OPTIONAL = frozenset(("optional", "voluntary"))

_ROLE_WORDS = {
    Role.SUBPROCESSOR: "subprocessor|sub-processor",
    Role.AFFILIATE: "affiliate|group company",
    Role.PROCESSOR: "processor",
    Role.CONTROLLER: "controller|independent controller",
    Role.VENDOR: "vendor",
}
ROLES = {stem(word): role for role, words in _ROLE_WORDS.items() for word in words.split("|")}

EXAMPLES = (
    "see email",
    "process outside the EU",
    "are based in the US",
    "lack a processing location",
    "see email and do not see customer content",
)
