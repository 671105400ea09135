"""What a list states, in German."""

AND, OR, ALSO = "und", "oder", "; "

PLACES = {
    "EU": "EU",
    "EEA": "EWR",
    "EFTA": "EFTA",
    "worldwide": "weltweit",
}

IN_A_SENTENCE: dict[str, str] = {}

WITH_ARTICLE: frozenset[str] = frozenset()

ROLES = {
    "subprocessor": "Unterauftragsverarbeiter",
    "affiliate": "verbundenes Unternehmen als Unterauftragsverarbeiter",
    "processor": "Auftragsverarbeiter für eigene Zwecke des Herausgebers",
    "controller": "eigenständiger Verantwortlicher",
    "vendor": "Dienstleister ohne Zugriff auf personenbezogene Daten",
}

ACTIVATIONS = {
    "always": "immer",
    "opt-in": "nur nach Aktivierung (Opt-in)",
    "opt-out": "bis zur Abwahl (Opt-out)",
}

TERMS = {
    "scc": "Standardvertragsklauseln",
    "dpf": "Datenschutzrahmen EU-USA",
    "adequacy": "Angemessenheitsbeschluss",
    "bcr": "verbindliche interne Datenschutzvorschriften",
    "derogation": "Ausnahme für bestimmte Fälle",
    "dpf-uk": "britische Erweiterung des EU-US Data Privacy Framework",
    "dpf-ch": "Swiss-US Data Privacy Framework",
    "scc-legacy": "frühere Standardvertragsklauseln",
    "uk-addendum": "britisches Addendum zu den Standardvertragsklauseln",
    "idta": "International Data Transfer Agreement (Vereinigtes Königreich)",
    "bcr-uk": "britische verbindliche interne Datenschutzvorschriften",
    "code-of-conduct": "genehmigte Verhaltensregeln",
    "certification": "genehmigter Zertifizierungsmechanismus",
    "treaty": "völkerrechtlicher Vertrag",
    "notified-clauses": "mitgeteilte Vertragsklauseln",
    "special": "besondere Kategorien personenbezogener Daten",
}

OWN_TERMS = {
    "uk-gdpr": {
        "dpf": "Erweiterung des Datenschutzrahmens EU-USA auf das Vereinigte Königreich",
        "adequacy": "Angemessenheitsregelungen des Vereinigten Königreichs",
    },
    "ch-fadp": {
        "dpf": "Datenschutzrahmen Schweiz-USA",
        "adequacy": "Feststellung angemessenen Schutzes durch den Bundesrat",
        "special": "besonders schützenswerte Personendaten",
    },
}

ARTICLES = {
    "eu-gdpr": {
        "notice": "Art. 28 Abs. 2 DSGVO",
        "scc": "Art. 46 DSGVO",
        "dpf": "Art. 45 DSGVO",
        "adequacy": "Art. 45 DSGVO",
        "bcr": "Art. 47 DSGVO",
        "derogation": "Art. 49 DSGVO",
        "special": "Art. 9 DSGVO",
    },
    "uk-gdpr": {
        "notice": "Art. 28 Abs. 2 UK GDPR",
        "scc": "Art. 46 UK GDPR",
        "dpf": "Kapitel V UK GDPR",
        "adequacy": "Kapitel V UK GDPR",
        "bcr": "Art. 47 UK GDPR",
        "derogation": "Art. 49 UK GDPR",
        "special": "Art. 9 UK GDPR",
    },
    "ch-fadp": {
        "notice": "Art. 9 Abs. 3 DSG, Art. 7 DSV",
        "scc": "Art. 16 Abs. 2 DSG",
        "dpf": "Art. 16 Abs. 1 DSG",
        "adequacy": "Art. 16 Abs. 1 DSG",
        "bcr": "Art. 16 Abs. 2 DSG",
        "derogation": "Art. 17 DSG",
        "special": "Art. 5 Bst. c DSG",
    },
}

TEXTS = {
    "use": "{text} ({condition})",
    "part": "teilweise: {data}",
    "may contain": "möglicher Inhalt: {data}",
    "when": "unter der Bedingung: {text}",
    "remote access": "Fernzugriff",
    "rest": "alle übrigen Daten",
    "anything": "sämtliche Daten",
    "apart": "{data} (soweit oben kein Zugriff angegeben ist)",
    "until": "bis {day}",
    "no basis": "keine Grundlage angegeben; {text}",
    "no transfer": "keine Übermittlung: {text}",
    "within": "alle angegebenen Verarbeitungsorte liegen {area}",
    "covered": "erfasst von: {act}",
    "not stated under": "nach {law} nicht angegeben",
    "unnamed": "nach {law} nicht angegeben",
}

HOMES = {
    "eu-gdpr": "im EWR",
    "uk-gdpr": "im Vereinigten Königreich",
    "ch-fadp": "in der Schweiz",
}

LAWS = {
    "eu-gdpr": "EU-Recht",
    "uk-gdpr": "britischem Recht",
    "ch-fadp": "Schweizer Recht",
}
