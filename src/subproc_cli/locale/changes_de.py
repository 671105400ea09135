"""German: one sentence for each kind of change, and the words of a letter; the placeholders are those of English.

Names and places stand behind a colon, so that no article and no case has to be guessed. Terms as in the
German text of Regulation (EU) 2016/679 and of Implementing Decision (EU) 2021/914.
"""

SENTENCES: dict[str, str] = {
    "service-added": "{name} wird neu eingesetzt",
    "service-removed": "{name} wird nicht mehr aufgeführt",
    "service-retired": "{name} wird ab dem {added} nicht mehr eingesetzt",
    "service-reactivated": "{name} wird weiter eingesetzt; das Ende zum {removed} entfällt",
    "service-replaced": "{name} ersetzt {removed}",
    "id-changed": "{name} wird unter der Kennung {added} statt {removed} geführt",
    "start-advanced": "{name} wird früher eingesetzt: ab dem {added} statt ab dem {removed}",
    "start-delayed": "{name} wird später eingesetzt: ab dem {added} statt ab dem {removed}",
    "end-delayed": "{name} endet später: {added} statt {removed}",
    "end-advanced": "{name} endet früher: {added} statt {removed}",
    "name-changed": "{removed} heißt jetzt {added}",
    "entity-changed": "{name} wird von {added} statt von {removed} erbracht",
    "entity-country-changed": "{name}: neuer Sitz des Unternehmens: {added} (bisher: {removed})",
    "entity-parent-changed": "{name}: neue Muttergesellschaft: {added} (bisher: {removed})",
    "owner-country-changed": "{name}: Die Muttergesellschaft sitzt nun in {added} statt in {removed}",
    "entity-stated": "{name}: {field}, nun angegeben: {added}",
    "entity-withdrawn": "{name}: {field}, nicht mehr angegeben (bisher: {removed})",
    "address-changed": "{name}: neue Anschrift des Unternehmens: {added} (bisher: {removed})",
    "contact-changed": "{name}: neuer Kontakt: {added} (bisher: {removed})",
    "service-type-changed": "{name}: Die Art des Dienstes ist nun {added} statt {removed}",
    "became-subprocessor": "{name}: neue Rolle: {added} (bisher: {removed})",
    "ceased-subprocessor": "{name}: neue Rolle: {added} (bisher: {removed})",
    "purpose-changed": "{name}: der Zweck lautet „{added}“, bisher „{removed}“",
    "translation-changed": "{name}: {field} lautet nun „{added}“ statt „{removed}“",
    "data-added": "{name} hat neu Zugriff auf: {added}",
    "special-data-added": "{name} hat neu Zugriff auf {special}: {added}",
    "data-removed": "{name}: ein Zugriff wird nicht mehr angegeben auf: {removed}",
    "promise-made": "{name}: neu zugesagt wird, dass kein Zugriff erfolgt auf: {added}",
    "promise-dropped": "{name}: nicht mehr zugesagt wird, dass kein Zugriff erfolgt auf: {removed}",
    "data-possible": "{name} kann neu Kenntnis erhalten von: {added}",
    "data-ruled-out": "{name} kann keine Kenntnis mehr erhalten von: {removed}",
    "extent-widened": "{name} hat Zugriff auf sämtliche statt nur einen Teil der Daten: {added}",
    "extent-narrowed": "{name} hat nur noch Zugriff auf einen Teil der Daten: {removed}",
    "data-condition-changed": "{name}: {field} lautet „{added}“, bisher „{removed}“",
    "claim-changed": "{name}: Angabe, ob personenbezogene Daten betroffen sind: {added} (bisher: {removed})",
    "training-allowed": "{name}: Modelle werden nun mit mehr Kundendaten trainiert: {added} statt {removed}",
    "training-restricted": "{name}: Modelle werden nun mit weniger Kundendaten trainiert: {added} statt {removed}",
    "training-stated": "{name}: Ob Modelle mit Kundendaten trainiert werden, ist nun angegeben: {added}",
    "training-withdrawn": "{name}: Ob Modelle mit Kundendaten trainiert werden, ist nicht mehr angegeben; angegeben war: {removed}",
    "subject-added": "{name}: neue Kategorie betroffener Personen: {added}",
    "subject-removed": "{name}: nicht mehr betroffene Personen: {removed}",
    "place-added-outside": (
        "{name}: weiterer Verarbeitungsort außerhalb des EWR ohne Angemessenheitsbeschluss: {added}"
    ),
    "place-added-adequate": (
        "{name}: weiterer Verarbeitungsort außerhalb des EWR mit Angemessenheitsbeschluss: {added}"
    ),
    "place-added-eea": "{name}: weiterer Verarbeitungsort innerhalb des EWR: {added}",
    "place-removed": "{name}: entfallener Verarbeitungsort: {removed}",
    "place-moved": "{name}: neuer Verarbeitungsort: {added} (statt: {removed})",
    "place-clearer": "{name}: genauere Angabe des Verarbeitungsorts: {added} (bisher: {removed})",
    "place-vaguer": "{name}: weniger genaue Angabe des Verarbeitungsorts: {added} (bisher: {removed})",
    "place-stated": "{name}: der Verarbeitungsort wird nun angegeben: {added}",
    "place-withdrawn": "{name}: der Verarbeitungsort wird nicht mehr angegeben (bisher: {removed})",
    "place-condition-changed": "{name}: {field} lautet „{added}“, bisher „{removed}“",
    "basis-added": "{name}: weitere Grundlage der Übermittlung: {added}",
    "basis-removed": "{name}: entfallene Grundlage der Übermittlung: {removed}",
    "basis-changed": "{name}: neue Grundlage der Übermittlung: {added} (statt: {removed})",
    "basis-extended": "{name}: {field}: nun später, {added} (bisher: {removed})",
    "basis-shortened": "{name}: {field}: nun früher, {added} (bisher: {removed})",
    "basis-scope-changed": "{name}: Die Grenzen der Transfergrundlage sind nun {added} statt {removed}",
    "adequacy-lost": "{name}: kein angemessenes Schutzniveau nach geltendem Recht mehr für: {removed}",
    "adequacy-gained": "{name}: nach geltendem Recht nun angemessenes Schutzniveau für: {added}",
    "became-mandatory": "{name}: Einsatz nun: {added} (bisher: {removed})",
    "became-optional": "{name}: Einsatz nun: {added} (bisher: {removed})",
    "condition-changed": "{name}: die Bedingung des Einsatzes lautet „{added}“, bisher „{removed}“",
    "product-added": "{name} wird nun auch eingesetzt für: {added}",
    "product-removed": "{name} wird nicht mehr eingesetzt für: {removed}",
    "statement-products-changed": "{name}: Die Angabe zu {field} betrifft nun {added} statt {removed}",
    "onward-added": "{name} gibt Daten nun weiter an: {added}",
    "onward-removed": "{name} gibt Daten nicht mehr weiter an: {removed}",
    "retention-changed": "{name}: die Angabe zur Speicherdauer lautet „{added}“, bisher „{removed}“",
    "retention-extended": "{name} speichert Daten nun länger: {added} statt {removed}",
    "retention-shortened": "{name} speichert Daten nun kürzer: {added} statt {removed}",
    "dpa-changed": "{name}: {field} ist nun {added} statt {removed}",
    "certification-added": "{name}: neue Zertifizierung: {added}",
    "certification-removed": "{name}: entfallene Zertifizierung: {removed}",
    "notice-shortened": "{name} sagt weniger zu: {field}: {added} (bisher: {removed})",
    "notice-lengthened": "{name} sagt mehr zu: {field}: {added} (bisher: {removed})",
    "publisher-changed": "{name}: neuer Herausgeber: {added} (bisher: {removed})",
    "law-changed": "{name}: maßgebliches Recht: {added} (bisher: {removed})",
    "metadata-changed": "{name}: redaktionell geändert: {field}",
    "unclassified-change": "{name}: {field} geändert von {removed} in {added}",
}

OUTSIDE: dict[str, str] = {
    "open": (
        "{name}: weiterer Verarbeitungsort außerhalb des EWR (ob ein Angemessenheitsbeschluss gilt, hängt von "
        "Angaben ab, die in der Liste fehlen): {added}"
    ),
    "perhaps": (
        "{name}: weiterer Verarbeitungsort, möglicherweise außerhalb des EWR (ob ein Angemessenheitsbeschluss gilt, "
        "hängt von Angaben ab, die in der Liste fehlen): {added}"
    ),
    "near": "{name}: weiterer Verarbeitungsort innerhalb des EWR oder mit Angemessenheitsbeschluss: {added}",
    "by law": "{name}: weiterer Verarbeitungsort außerhalb des EWR ({verdicts}): {added}",
}

VERDICTS: dict[str, str] = {
    "home": "keine Übermittlung nach {law}",
    "adequate": "angemessen nach {law}",
    "not adequate": "nicht angemessen nach {law}",
    "open": "nicht geklärt nach {law}",
}

BASES_UNNAMED = (
    "{name}: die Grundlage der Übermittlung hat sich geändert; sie ist nach {under} nicht angegeben"
)

LIST = "Die Liste"
"""Stands for the name of a service where the list itself changed."""

NOTHING = "nicht angegeben"

ENTRY = "der Eintrag eines nicht mehr eingesetzten Dienstes"
"""Stands for the field where a whole entry was edited."""

FIELDS: dict[str, str] = {
    "notice.days": "die Ankündigungsfrist in Tagen",
    "notice.objection_days": "die Einspruchsfrist in Tagen",
    "notice.termination_days": "die Kündigungsfrist in Tagen",
    "notice.contact": "der Kontakt",
    "purpose": "der Zweck",
    "condition": "die Bedingung des Einsatzes",
    "retention": "die Speicherdauer",
    "contact": "der Kontakt",
    "entity.name": "das Unternehmen",
    "entity.country": "der Sitz des Unternehmens",
    "entity.parent": "die Muttergesellschaft",
    "entity.address": "die Anschrift des Unternehmens",
    "never_sees": "die Zusagen, worauf kein Zugriff erfolgt,",
    "personal_data": "die Angabe, ob personenbezogene Daten betroffen sind",
    "since": "der erste Tag des Einsatzes",
    "transfer": "die Angaben zur Übermittlung",
    "role": "die Rolle",
    "links": "die Verweise",
    "notes": "die Anmerkungen",
    "source": "die Quelle",
    "group": "die Überschrift, unter der er geführt wird",
    "formerly": "die früheren Kennungen",
    "replaces": "die Angabe, was ersetzt wird",
    "categories": "die eigenen Datenkategorien des Herausgebers",
    "policies": "die Hausregeln",
    "levels": "die Stufen der Änderungen",
    "severities": "die Stufen der Prüfregeln",
    "ignore": "die hingenommenen Befunde",
    "format": "das Format der Datei",
    "entity.parent_country": "das Land der Muttergesellschaft",
    "service_type": "die Art des Dienstes",
    "model_training": "ob Modelle mit Kundendaten trainiert werden",
    "purpose_by_language": "der Zweck in weiteren Sprachen",
    "condition_by_language": "die Bedingung des Einsatzes in weiteren Sprachen",
    "subjects_by_language": "die betroffenen Personen in weiteren Sprachen",
    "retention_days": "die Speicherdauer in Tagen",
    "retention_after": "der Beginn der Speicherdauer",
    "retention_note": "die Anmerkung zur Speicherdauer",
    "retention_note_by_language": "die Anmerkung zur Speicherdauer in weiteren Sprachen",
    "dpa.signed": "der Tag der Unterzeichnung des Vertrags",
    "dpa.until": "der letzte Tag des Vertrags",
    "dpa.url": "die Adresse des Vertrags",
    "reviewed": "die Prüfung",
    "contacts.privacy": "der Kontakt für den Datenschutz",
    "contacts.dpo": "der Datenschutzbeauftragte",
    "contacts.representative": "der Vertreter",
    "publish": "was die öffentliche Seite zeigt",
}

OTHER_FIELD = "das Feld {field}"

PARTS: dict[str, str] = {
    "levels": "die Stufe von {part}",
    "sees": "die Bedingung oder Anmerkung zum Zugriff auf {part}",
    "processing": "die Bedingung oder Anmerkung zum Verarbeitungsort {part}",
    "transfer": "der letzte Tag der Übermittlungsgrundlage „{part}“",
}

STATED = "{name}: {field}, nun angegeben: {added}"

WITHDRAWN = "{name}: {field}, nicht mehr angegeben (bisher: {removed})"

ENDED = "{name} wird ab dem {until} nicht mehr eingesetzt"

AFFILIATION = (
    "{name} wird nun geführt als {added} (bisher: {removed}); beides ist ein Unterauftragsverarbeiter"
)

CLAIMED = (
    "{name}: Angabe, ob es sich bei „{field}“, worauf zugegriffen werden kann, um personenbezogene Daten handelt: {added} "
    "(bisher: {removed})"
)

JUDGED = "{text} (maßgebliches Recht: {laws})"

PRODUCTS = {
    "product-added": "{name} wird nun für alle Produkte eingesetzt",
    "product-removed": "{name} wird nicht mehr für alle Produkte eingesetzt, nur noch für: {after}",
}

ALL_PRODUCTS = "alle Produkte"

TRAINING = {
    "never": "nie",
    "opt-in": "nur mit Zustimmung des Kunden",
    "opt-out": "sofern der Kunde nicht widerspricht",
    "yes": "ja",
}

YES_NO = {"yes": "ja", "no": "nein", "depends": "in manchen Fällen"}

REGIMES = {"eu-gdpr": "DSGVO", "uk-gdpr": "UK GDPR", "ch-fadp": "DSG (Schweiz)"}

COUNTS = {
    "days": {"one": "{n} Tag", "other": "{n} Tage"},
    "days_dative": {"one": "{n} Tag", "other": "{n} Tagen"},
    "business days": {"one": "{n} Arbeitstag", "other": "{n} Arbeitstage"},
    "business days_dative": {"one": "{n} Arbeitstag", "other": "{n} Arbeitstagen"},
    "weeks": {"one": "{n} Woche", "other": "{n} Wochen"},
    "weeks_dative": {"one": "{n} Woche", "other": "{n} Wochen"},
    "months": {"one": "{n} Monat", "other": "{n} Monate"},
    "months_dative": {"one": "{n} Monat", "other": "{n} Monaten"},
    "services": {"one": "{n} Dienst", "other": "{n} Dienste"},
    "changes": {"one": "{n} Änderung", "other": "{n} Änderungen"},
}

LEVELS = {"notice": "ankündigungspflichtig", "inform": "zur Kenntnis", "editorial": "redaktionell"}

FEED = {
    "title": "Änderungen der Unterauftragsverarbeiter von {publisher}",
    "first": "Version {version}: die erste Fassung",
    "changed": "Version {version}: {changes}, {level}",
}

LETTER = {
    "not stated": "in der Liste nicht angegeben",
    "subject": "Änderung der Unterauftragsverarbeiter von {publisher} zum {day}",
    "late subject": "Zum {day} wirksam gewordene Änderung der Unterauftragsverarbeiter von {publisher}",
    "list subject": "Änderung der Liste der Unterauftragsverarbeiter von {publisher} zum {day}",
    "salutation": "Sehr geehrte Damen und Herren,",
    "to": "An:",
    "opening": (
        "{publisher} beabsichtigt Änderungen bei den Diensten, die personenbezogene Daten im Auftrag der Kunden "
        "verarbeiten. Hierüber unterrichten wir Sie vorab, damit Sie gegen die Änderungen Einspruch erheben können "
        "({articles})."
    ),
    "late opening": (
        "{publisher} hat bei den Diensten, die personenbezogene Daten im Auftrag der Kunden verarbeiten, bereits "
        "Änderungen vorgenommen. Hierüber unterrichten wir Sie nachträglich, damit Sie gegen die Änderungen Einspruch "
        "erheben können ({articles})."
    ),
    "partly late opening": (
        "{publisher} hat bei den Diensten, die personenbezogene Daten im Auftrag der Kunden verarbeiten, bereits "
        "Änderungen vorgenommen und beabsichtigt weitere. Hierüber unterrichten wir Sie, damit Sie gegen die Änderungen "
        "Einspruch erheben können ({articles})."
    ),
    "list opening": (
        "{publisher} beabsichtigt, die Bedingungen der Liste der Unterauftragsverarbeiter selbst zu ändern. Hierüber "
        "unterrichten wir Sie vorab."
    ),
    "concerns": "Betroffen: {services}.",
    "amends": "Diese Mitteilung ändert die Angaben unserer Mitteilung vom {day} zu: {names}.",
    "sent": "Versandt am",
    "effective": "Wirksam ab",
    "late effective": "Wirksam seit",
    "other days": "{day}, soweit unten kein anderer Tag genannt ist",
    "object by": "Einspruch bis",
    "object to": "Einspruch an",
    "who": "Unternehmen",
    "owner": "Muttergesellschaft",
    "what for": "Zweck",
    "role": "Rolle",
    "used": "Einsatz",
    "ends": "Nicht mehr eingesetzt ab",
    "subjects": "Betroffene Personen",
    "data": "Daten",
    "never": "Kein Zugriff auf",
    "where": "Verarbeitungsort",
    "transfer": "Übermittlung",
    "onward": "Weitergabe an",
    "retention": "Speicherdauer",
    "certifications": "Zertifizierungen",
    "from": "Einsatz ab",
    "contact": "Kontakt",
    "link dpa": "Auftragsverarbeitungsvertrag",
    "link security": "Sicherheitsmaßnahmen",
    "link subprocessors": "Eigene Unterauftragsverarbeiter",
    "link privacy": "Datenschutzhinweise",
    "the list": "Die Liste selbst",
    "informed": "Zu Ihrer Information",
    "unchanged title": "Was sich nicht ändert",
    "unchanged": (
        "Unverändert bleiben, mit denselben Daten und denselben Verarbeitungsorten: {names} ({services})."
    ),
    "objection title": "Einspruch",
    "objection": "Sie können gegen die Änderungen {until} Einspruch erheben; richten Sie ihn an {where}.",
    "late objection": "Sie können gegen die Änderungen Einspruch erheben; richten Sie ihn an {where}.",
    "until day": "bis zum Ablauf des {day}",
    "until effect": "bis zu ihrem Wirksamwerden",
    "no contact": "uns (die Liste nennt keine Adresse für Einsprüche)",
    "termination": (
        "Kann einem Einspruch nicht abgeholfen werden, können Sie den Vertrag innerhalb von {days_dative} kündigen, "
        "nachdem wir Ihnen dies mitgeteilt haben."
    ),
    "urgent title": "Verkürzte Frist",
    "urgent": (
        "Die Änderungen werden {short} früher wirksam, als es die Ankündigungsfrist von {days_dative} vorsieht. "
        "Begründung: {reason}"
    ),
    "late urgent": (
        "Die Änderungen sind {short} früher wirksam geworden, als es die Ankündigungsfrist von {days_dative} vorsieht. "
        "Begründung: {reason}"
    ),
    "late partly urgent": (
        "Ein Teil der Änderungen ist bis zu {short} früher wirksam geworden, als es die Ankündigungsfrist von {days_dative} vorsieht."
    ),
    "partly urgent": (
        "Ein Teil der Änderungen wird bis zu {short} früher wirksam, als es die Ankündigungsfrist von {days_dative} vorsieht."
    ),
    "urgent reason": "Begründung: {reason}",
    "gaps title": "Was noch nicht bekannt ist",
    "gaps": "Folgende Angaben enthält die Liste nicht; sie werden nachgereicht, sobald sie bekannt sind:",
    "gap": "{name}: {what}",
    "gap entity name": "das Unternehmen",
    "gap processing": "der Verarbeitungsort",
    "gap sees": "die betroffenen Daten",
    "gap purpose": "der Zweck",
    "gap transfer": "die Grundlage der Übermittlung in ein Drittland",
    "gap contact": "eine Adresse für Einsprüche",
    "revisions": (
        "Dieser Mitteilung liegt der Vergleich der Fassung {old} vom {old_day} mit der Fassung {new} vom {new_day} "
        "der Liste zugrunde; die Angaben zu den einzelnen Diensten sind die der neuen Fassung."
    ),
    "closing": "Mit freundlichen Grüßen",
}
