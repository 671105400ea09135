"""What a list states, in German."""

AND, OR = "und", "oder"

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

BASES = {
    "scc": "Standardvertragsklauseln (Art. 46 DSGVO)",
    "dpf": "EU-US-Datenschutzrahmen (Art. 45 DSGVO)",
    "adequacy": "Angemessenheitsbeschluss (Art. 45 DSGVO)",
    "bcr": "verbindliche interne Datenschutzvorschriften (Art. 47 DSGVO)",
    "derogation": "Ausnahme für bestimmte Fälle (Art. 49 DSGVO)",
}

TEXTS = {
    "use": "{text} ({condition})",
    "part": "teilweise: {data}",
    "may contain": "kann enthalten: {data}",
    "when": "unter der Bedingung: {text}",
    "remote access": "Fernzugriff",
    "rest": "alle übrigen Daten",
    "anything": "sämtliche Daten",
    "apart": "{data} (soweit nicht als gesehen angegeben)",
    "until": "bis {day}",
    "within the EEA": "keine Grundlage angegeben; alle angegebenen Verarbeitungsorte liegen im EWR",
}
