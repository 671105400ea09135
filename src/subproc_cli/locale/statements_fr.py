"""What a list states, in French."""

AND, OR, ALSO = "et", "ou", " ; "

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

TERMS = {
    "scc": "clauses contractuelles types",
    "dpf": "cadre de protection des données UE–États-Unis",
    "adequacy": "décision d’adéquation",
    "bcr": "règles d’entreprise contraignantes",
    "derogation": "dérogation pour des situations particulières",
    "dpf-uk": "extension britannique du cadre de protection des données UE-États-Unis",
    "dpf-ch": "cadre de protection des données Suisse-États-Unis",
    "scc-legacy": "anciennes clauses contractuelles types",
    "uk-addendum": "addendum britannique aux clauses contractuelles types",
    "idta": "accord international de transfert de données (Royaume-Uni)",
    "bcr-uk": "règles d’entreprise contraignantes britanniques",
    "code-of-conduct": "code de conduite approuvé",
    "certification": "mécanisme de certification approuvé",
    "treaty": "traité international",
    "notified-clauses": "clauses contractuelles communiquées",
    "special": "des catégories particulières de données",
}

OWN_TERMS = {
    "uk-gdpr": {
        "dpf": "extension au Royaume-Uni du cadre de protection des données UE–États-Unis",
        "adequacy": "réglementation d’adéquation du Royaume-Uni",
    },
    "ch-fadp": {
        "dpf": "cadre de protection des données Suisse–États-Unis",
        "adequacy": "niveau de protection adéquat constaté par le Conseil fédéral",
        "derogation": "dérogation",
        "special": "des données personnelles sensibles",
    },
}

ARTICLES = {
    "eu-gdpr": {
        "notice": "art. 28, par. 2, du RGPD",
        "scc": "art. 46 du RGPD",
        "dpf": "art. 45 du RGPD",
        "adequacy": "art. 45 du RGPD",
        "bcr": "art. 47 du RGPD",
        "derogation": "art. 49 du RGPD",
        "special": "art. 9 du RGPD",
    },
    "uk-gdpr": {
        "notice": "art. 28, par. 2, du UK GDPR",
        "scc": "art. 46 du UK GDPR",
        "dpf": "chapitre V du UK GDPR",
        "adequacy": "chapitre V du UK GDPR",
        "bcr": "art. 47 du UK GDPR",
        "derogation": "art. 49 du UK GDPR",
        "special": "art. 9 du UK GDPR",
    },
    "ch-fadp": {
        "notice": "art. 9, al. 3, LPD et art. 7 OPDo",
        "scc": "art. 16, al. 2, LPD",
        "dpf": "art. 16, al. 1, LPD",
        "adequacy": "art. 16, al. 1, LPD",
        "bcr": "art. 16, al. 2, LPD",
        "derogation": "art. 17 LPD",
        "special": "art. 5, let. c, LPD",
    },
}

TEXTS = {
    "use": "{text} ({condition})",
    "part": "en partie : {data}",
    "may contain": "contenu possible : {data}",
    "when": "à la condition suivante : {text}",
    "remote access": "accès à distance",
    "rest": "toute autre donnée",
    "anything": "toute donnée",
    "apart": "{data} (sauf accès indiqué ci-dessus)",
    "until": "jusqu’au {day}",
    "no basis": "aucun fondement indiqué ; {text}",
    "no transfer": "aucun transfert : {text}",
    "within": "tous les lieux de traitement indiqués se situent {area}",
    "covered": "couvert par : {act}",
    "not stated under": "non indiqué au regard du {law}",
    "unnamed": "non indiqué au regard du {law}",
}

HOMES = {
    "eu-gdpr": "dans l’EEE",
    "uk-gdpr": "au Royaume-Uni",
    "ch-fadp": "en Suisse",
}

LAWS = {
    "eu-gdpr": "droit de l’UE",
    "uk-gdpr": "droit britannique",
    "ch-fadp": "droit suisse",
}
