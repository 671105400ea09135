"""What a list states, in English."""

AND, OR, ALSO = "and", "or", "; "
"""What stands between words, and between parts of a sentence."""

PLACES = {
    "EU": "EU",
    "EEA": "EEA",
    "EFTA": "EFTA",
    "worldwide": "worldwide",
}

IN_A_SENTENCE = {"worldwide": "the whole world"}
"""Places that have another name in a sentence than in a list."""

WITH_ARTICLE = frozenset(
    (
        *("EU", "EEA", "EFTA", "AE", "BS", "CD", "CF", "CG", "DO", "FK", "FO", "GB", "GM", "IO", "KM", "KY"),
        *("MH", "MP", "MV", "NL", "PH", "SB", "SC", "TC", "TF", "UM", "US", "VA", "VG", "VI"),
    )
)
"""Places that have an article in a sentence."""

ROLES = {
    "subprocessor": "subprocessor",
    "affiliate": "affiliate (a group company that is a subprocessor)",
    "processor": "processor for the publisher's own purposes",
    "controller": "independent controller",
    "vendor": "vendor that sees no personal data",
}

ACTIVATIONS = {
    "always": "always",
    "opt-in": "only after an opt-in",
    "opt-out": "until an opt-out",
}

TERMS = {
    "scc": "standard contractual clauses",
    "dpf": "EU-US Data Privacy Framework",
    "adequacy": "adequacy decision",
    "bcr": "binding corporate rules",
    "derogation": "derogation",
    "dpf-uk": "UK Extension to the EU-US Data Privacy Framework",
    "dpf-ch": "Swiss-US Data Privacy Framework",
    "scc-legacy": "earlier standard contractual clauses",
    "uk-addendum": "UK Addendum to the standard contractual clauses",
    "idta": "UK International Data Transfer Agreement",
    "bcr-uk": "UK binding corporate rules",
    "code-of-conduct": "approved code of conduct",
    "certification": "approved certification mechanism",
    "treaty": "international treaty",
    "notified-clauses": "notified contractual clauses",
    "special": "special categories of data",
}
"""What the law calls the bases of a transfer, and the data that it protects most."""

OWN_TERMS = {
    "uk-gdpr": {
        "dpf": "UK Extension to the EU-US Data Privacy Framework",
        "adequacy": "UK adequacy regulations",
    },
    "ch-fadp": {
        "dpf": "Swiss-US Data Privacy Framework",
        "adequacy": "finding of adequacy by the Federal Council",
        "derogation": "exception",
        "special": "sensitive personal data",
    },
}
"""What a law calls otherwise."""

ARTICLES = {
    "eu-gdpr": {
        "notice": "Art. 28(2) GDPR",
        "scc": "Art. 46 GDPR",
        "dpf": "Art. 45 GDPR",
        "adequacy": "Art. 45 GDPR",
        "bcr": "Art. 47 GDPR",
        "derogation": "Art. 49 GDPR",
        "special": "Art. 9 GDPR",
    },
    "uk-gdpr": {
        "notice": "Art. 28(2) UK GDPR",
        "scc": "Art. 46 UK GDPR",
        "dpf": "Chapter V UK GDPR",
        "adequacy": "Chapter V UK GDPR",
        "bcr": "Art. 47 UK GDPR",
        "derogation": "Art. 49 UK GDPR",
        "special": "Art. 9 UK GDPR",
    },
    "ch-fadp": {
        "notice": "Art. 9(3) FADP and Art. 7 DPO",
        "scc": "Art. 16(2) FADP",
        "dpf": "Art. 16(1) FADP",
        "adequacy": "Art. 16(1) FADP",
        "bcr": "Art. 16(2) FADP",
        "derogation": "Art. 17 FADP",
        "special": "Art. 5(c) FADP",
    },
}
"""Where each law says it, and where it asks for the notice.

Sources: Regulation (EU) 2016/679; UK GDPR, with the same numbers but for adequacy, where the Data (Use and
Access) Act 2025, Sch. 7, puts Art. 45A in the place of Art. 45: hence its chapter; Federal Act on Data
Protection (FADP, SR 235.1) and Data Protection Ordinance (DPO, SR 235.11). Art. 7 DPO is about a general
authorisation: the processor informs of intended changes, and the controller may object.
"""

TEXTS = {
    "use": "{text} ({condition})",
    "part": "part of: {data}",
    "may contain": "may contain {data}",
    "when": "when {text}",
    "remote access": "remote access",
    "rest": "anything else",
    "anything": "anything",
    "apart": "{data} (apart from what it is stated to see)",
    "until": "until {day}",
    "no basis": "no basis stated; {text}",
    "no transfer": "no transfer: {text}",
    "within": "every stated place of processing lies within {area}",
    "covered": "covered by {act}",
    "not stated under": "not stated under {law}",
    "unnamed": "a basis that is not stated under {law}",
}

HOMES = {
    "eu-gdpr": "the EEA",
    "uk-gdpr": "the United Kingdom",
    "ch-fadp": "Switzerland",
}
"""Where nothing is transferred under a law."""

LAWS = {
    "eu-gdpr": "EU law",
    "uk-gdpr": "UK law",
    "ch-fadp": "Swiss law",
}
"""A law in a sentence, behind *under*."""
