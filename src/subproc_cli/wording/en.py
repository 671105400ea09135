"""What a list states, in English."""

AND, OR = "and", "or"

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

BASES = {
    "scc": "standard contractual clauses (Art. 46 GDPR)",
    "dpf": "EU-US Data Privacy Framework (Art. 45 GDPR)",
    "adequacy": "adequacy decision (Art. 45 GDPR)",
    "bcr": "binding corporate rules (Art. 47 GDPR)",
    "derogation": "derogation (Art. 49 GDPR)",
}

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
    "within the EEA": "no basis stated; every stated place of processing lies within the EEA",
}
