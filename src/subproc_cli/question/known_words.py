"""The words of questions for roles, uses, transfer bases, fields, peoples and standards: tables, no rules."""

from subproc_cli.enums import Activation, Basis, Role
from subproc_cli.registry.field_table import FACTS
from subproc_cli.text import stem

PERSONAL_WORDS = frozenset(
    map(
        stem,
        [
            "personal data",
            "personal information",
            "pii",
            "personally identifiable information",
            "personal details",
            "personal identifiable information",
            "person related data",
            "gdpr data",
        ],
    )
)

FIELD_WORDS = tuple(word for row in FACTS.values() if row.fact for word in row.fact.words.split("|"))
FIELDS = {stem(word): name for name, row in FACTS.items() if row.fact for word in row.fact.words.split("|")}
BASIS_NAMES = ("SCCs", "SCC", "DPF", "BCRs", "BCR")
"""Bases as they are written in capitals."""
_LABELS = {
    "transfer": "transfer basis",
    "processing": "processing location",
    "certifications": "certifications",
    "subjects": "data subjects",
    "onward": "onward recipients",
    "parent": "parent company",
    "dpa": "DPA",
    "signed_dpa": "signed DPA",
    "entity": "legal entity",
    "retention": "retention period",
    "since": "start date",
    "data": "statement of data",
}
FIELD_LABELS = {
    name: _LABELS.get(name, row.fact.words.split("|")[0]) for name, row in FACTS.items() if row.fact
}
"""The words for a field in a question, without an article."""
FIELD_NAMES = tuple(name for name in FIELD_LABELS if stem(name) in FIELDS)
"""Fields that a question can call by their name."""

_WORDS_OF_BASES = {
    Basis.SCC: "scc|sccs|standard contractual clauses|standard clauses|model clauses|eu sccs|"
    "contractual clauses|standard data protection clauses|eu standard contractual clauses",
    Basis.DPF: "dpf|data privacy framework|eu us data privacy framework|eu us dpf|privacy framework",
    Basis.ADEQUACY: "adequacy|adequacy decision|adequacy decisions|an adequacy decision",
    Basis.BCR: "bcr|bcrs|binding corporate rules",
    Basis.DPF_UK: "dpf uk|uk extension|uk extension to the dpf|data bridge|uk us data bridge",
    Basis.DPF_CH: "dpf ch|swiss us dpf|swiss us data privacy framework|swiss dpf",
    Basis.UK_ADDENDUM: "uk addendum|international data transfer addendum|addendum",
    Basis.IDTA: "idta|international data transfer agreement",
    Basis.CODE_OF_CONDUCT: "code of conduct|approved code of conduct|codes of conduct",
    Basis.CERTIFICATION: "approved certification|certification mechanism|approved certification mechanism",
    Basis.DEROGATION: "derogation under art. 49|derogations under art. 49|derogation under article 49|"
    "derogations under article 49|art. 49 derogation|art. 49 derogations|article 49 derogation|"
    "article 49 derogations|"
    "derogation|art. 49|article 49|derogations|exception|exceptions",
}
BASIS_WORDS = tuple(word for words in _WORDS_OF_BASES.values() for word in words.split("|"))
BASES = {stem(str(basis)): str(basis) for basis in Basis if basis is not Basis.CERTIFICATION} | {
    stem(word): str(basis) for basis, words in _WORDS_OF_BASES.items() for word in words.split("|")
}
BASIS_LABELS = {
    "scc": "SCCs",
    "dpf": "the DPF",
    "adequacy": "adequacy",
    "bcr": "BCRs",
    "derogation": "a derogation",
    "dpf-uk": "the UK extension",
    "dpf-ch": "the Swiss-US DPF",
    "uk-addendum": "the UK addendum",
    "idta": "the IDTA",
    "code-of-conduct": "a code of conduct",
    "certification": "an approved certification",
}

_WORDS_OF_USES = {
    (
        Activation.OPT_IN,
    ): "opt in|opted in|opt ins|only after an opt in|after an opt in|only after opt in|only on opt in",
    (Activation.OPT_OUT,): "opt out|opted out|opt outs",
    (Activation.OPT_IN, Activation.OPT_OUT): "optional|voluntary",
    (
        Activation.ALWAYS,
    ): "always on|always used|used always|mandatory|always in use|always|required|always active|"
    "compulsory|obligatory|unavoidable|indispensable|non optional|always involved|used in any case|"
    "used in all cases|"
    "used for every customer|used for all customers|always enabled|permanently active",
}
USE_WORDS = tuple(word for words in _WORDS_OF_USES.values() for word in words.split("|"))
USES = {tuple(words.split()): kinds for kinds, each in _WORDS_OF_USES.items() for words in each.split("|")}

SERVICE_NOUNS = {
    "service": "services", "vendor": "vendors", "provider": "providers", "supplier": "suppliers",
    "company": "companies", "tool": "tools", "partner": "partners", "recipient": "recipients",
    "third party": "third parties", "service provider": "service providers",
    "third party vendor": "third party vendors", "app": "apps",
    "third party service": "third party services", "third party provider": "third party providers",
    "third party tool": "third party tools", "external service": "external services",
    "organisation": "organisations", "external provider": "external providers",
    "software vendor": "software vendors", "organization": "organizations",
    "cloud service": "cloud services",
    "entity": "entities", "legal entity": "legal entities", "system": "systems",
    "third party company": "third party companies",
    "external party": "external parties", "third party supplier": "third party suppliers", "firm": "firms",
    "third party application": "third party applications", "application": "applications",
    "contractor": "contractors", "processing partner": "processing partners",
    "business partner": "business partners", "third party processor": "third parties",
    "third party organisation": "third parties", "third party organization": "third parties",
    "outside party": "external parties", "external company": "external companies",
    "entry": "services", "external supplier": "external suppliers", "external vendor": "external vendors",
}  # fmt: skip
"""Nouns for every service in use, whatever its role, with what is printed for them."""
ROLES = {
    "subprocessor": Role.SUBPROCESSOR, "sub processor": Role.SUBPROCESSOR,
    "sub contractor": Role.SUBPROCESSOR, "subcontractor": Role.SUBPROCESSOR, "sub": Role.SUBPROCESSOR,
    "third party subprocessor": Role.SUBPROCESSOR, "third party sub processor": Role.SUBPROCESSOR,
    "subservice organization": Role.SUBPROCESSOR, "sub service organization": Role.SUBPROCESSOR,
    "subservice organisation": Role.SUBPROCESSOR, "sub service organisation": Role.SUBPROCESSOR,
    "subservice provider": Role.SUBPROCESSOR, "sub service provider": Role.SUBPROCESSOR,
    "fourth party": Role.SUBPROCESSOR, "further processor": Role.SUBPROCESSOR,
    "processor": Role.PROCESSOR, "data processor": Role.PROCESSOR,
    "controller": Role.CONTROLLER, "independent controller": Role.CONTROLLER,
    "data controller": Role.CONTROLLER, "affiliate": Role.AFFILIATE,
    "intra group subprocessor": Role.AFFILIATE, "intra group sub processor": Role.AFFILIATE,
    "group entity": Role.AFFILIATE, "affiliated company": Role.AFFILIATE,
    "group company": Role.AFFILIATE, "subsidiary": Role.AFFILIATE,
}  # fmt: skip
ROLE_NOUNS: dict[str, str] = {
    Role.SUBPROCESSOR: "subprocessors",
    Role.PROCESSOR: "processors",
    Role.CONTROLLER: "controllers",
    Role.AFFILIATE: "affiliates",
}
NOUN_WORDS = (*SERVICE_NOUNS, *SERVICE_NOUNS.values(), *ROLES, *(f"{each}s" for each in ROLES))
STATES = {
    "announced": "announced", "planned": "announced", "upcoming": "announced", "future": "announced",
    "retired": "retired", "former": "retired", "ended": "retired", "discontinued": "retired",
    "past": "retired", "previous": "retired", "decommissioned": "retired",
}  # fmt: skip

PEOPLES = {
    "american": "US", "australian": "AU", "austrian": "AT", "belgian": "BE", "brazilian": "BR",
    "british": "GB", "bulgarian": "BG", "canadian": "CA", "chinese": "CN", "croatian": "HR",
    "cypriot": "CY", "czech": "CZ", "danish": "DK", "dutch": "NL", "estonian": "EE", "finnish": "FI",
    "french": "FR", "german": "DE", "greek": "GR", "hungarian": "HU", "icelandic": "IS", "indian": "IN",
    "irish": "IE", "israeli": "IL", "italian": "IT", "japanese": "JP", "korean": "KR", "latvian": "LV",
    "lithuanian": "LT", "maltese": "MT", "mexican": "MX", "norwegian": "NO", "philippine": "PH",
    "filipino": "PH", "polish": "PL", "portuguese": "PT", "romanian": "RO", "russian": "RU",
    "singaporean": "SG", "slovak": "SK", "slovenian": "SI", "spanish": "ES", "swedish": "SE", "swiss": "CH",
    "turkish": "TR", "ukrainian": "UA", "african": "Africa", "asian": "Asia", "nordic": "Nordics",
}  # fmt: skip
"""Companies are of a country by these words."""
WORD_CODES = frozenset(
    [
        "in",
        "is",
        "no",
        "be",
        "it",
        "at",
        "to",
        "do",
        "so",
        "am",
        "as",
        "by",
        "my",
        "me",
        "us",
        "or",
        "an",
        "id",
        "ad",
        "al",
        "ai",
        "la",
        "li",
        "pa",
        "pe",
        "co",
        "de",
        "es",
        "et",
        "hr",
    ]
)
"""Codes of countries that are words or names of something else: read as a country in capitals only."""
FREE_CODES = frozenset(("us", "uk", "eu", "eea", "usa", "uae"))
"""Codes that are read in small letters, and before a noun: `US companies`."""

STANDARDS = (
    "ISO 27001", "ISO 27017", "ISO 27018", "ISO 27701", "ISO 9001", "ISO 22301", "ISO 42001", "SOC 1",
    "SOC 2", "SOC 3", "PCI DSS", "HIPAA", "HITRUST", "FedRAMP", "TISAX", "C5", "BSI C5", "CSA STAR",
    "Cyber Essentials", "Cyber Essentials Plus", "ENS", "HDS", "TISAX AL3", "NIST", "IRAP",
    "StateRAMP", "SecNumCloud", "EU Cloud Code of Conduct", "EuroPriSe", "Privacy Shield",
)  # fmt: skip
"""Certifications that people ask for, so that one that no service names is refused by name."""

SUBJECTS = (
    "employees", "customers", "users", "visitors", "respondents", "applicants", "children", "patients",
    "members", "contacts", "subscribers", "students", "guests", "end users", "business contacts", "minors",
    "job applicants", "prospects", "staff", "website visitors", "job candidates", "candidates", "consumers",
)  # fmt: skip
LEADING_NOISE = frozenset(
    [
        "a",
        "an",
        "the",
        "our",
        "your",
        "their",
        "its",
        "any",
        "my",
        "no",
        "only",
        "and",
        "or",
        "of",
        "in",
        "outside",
    ]
)
"""Words that begin no name of a field, a basis, a kind of service or a certification."""
COMMON_NAME_PARTS = frozenset(
    [
        "data",
        "cloud",
        "support",
        "the",
        "email",
        "mail",
        "web",
        "services",
        "service",
        "company",
        "group",
        "inc",
        "ltd",
        "gmbh",
        "emea",
        "eu",
        "us",
        "uk",
        "ai",
    ]
)
"""Words that name no service alone, though they are part of a name."""
COMMON_PURPOSE_WORDS = frozenset(
    [
        "with",
        "that",
        "this",
        "from",
        "into",
        "their",
        "them",
        "and",
        "other",
        "through",
        "which",
        "used",
        "using",
        "service",
        "services",
        "data",
        "company",
        "list",
        "name",
        "show",
        "tell",
        "find",
        "give",
    ]
)
"""Words of purposes that are not a use of a service."""
