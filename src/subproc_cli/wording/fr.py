"""What a list states, in French."""

AND, OR = "et", "ou"

PLACES = {
    "EU": "UE",
    "EEA": "EEE",
    "EFTA": "AELE",
    "worldwide": "monde entier",
}

IN_A_SENTENCE: dict[str, str] = {}

WITH_ARTICLE: frozenset[str] = frozenset()

ROLES = {
    "subprocessor": "sous-traitant ultérieur",
    "affiliate": "société du groupe agissant comme sous-traitant ultérieur",
    "processor": "sous-traitant pour les finalités propres de l’éditeur",
    "controller": "responsable du traitement indépendant",
    "vendor": "prestataire sans accès à des données à caractère personnel",
}

ACTIVATIONS = {
    "always": "toujours",
    "opt-in": "seulement après activation (opt-in)",
    "opt-out": "jusqu’à désactivation (opt-out)",
}

BASES = {
    "scc": "clauses contractuelles types (art. 46 du RGPD)",
    "dpf": "cadre de protection des données UE–États-Unis (art. 45 du RGPD)",
    "adequacy": "décision d’adéquation (art. 45 du RGPD)",
    "bcr": "règles d’entreprise contraignantes (art. 47 du RGPD)",
    "derogation": "dérogation pour des situations particulières (art. 49 du RGPD)",
}

TEXTS = {
    "use": "{text} ({condition})",
    "part": "en partie : {data}",
    "may contain": "peut contenir : {data}",
    "when": "à la condition suivante : {text}",
    "remote access": "accès à distance",
    "rest": "toute autre donnée",
    "anything": "toute donnée",
    "apart": "{data} (hormis ce qui est indiqué comme vu)",
    "until": "jusqu’au {day}",
    "within the EEA": "aucun fondement indiqué ; tous les lieux de traitement indiqués se situent dans l’EEE",
}
