"""French: one sentence for each kind of change, and the words of a letter; the placeholders are those of English.

Names and places stand behind a colon, so that no article and no gender has to be guessed. Terms as in the
French text of Regulation (EU) 2016/679 and of Implementing Decision (EU) 2021/914.
"""

SENTENCES: dict[str, str] = {
    "service-added": "{name} est un nouveau service",
    "service-removed": "{name} ne figure plus dans la liste",
    "service-retired": "{name} n’est plus utilisé à compter du {added}",
    "service-reactivated": "{name} continue d’être utilisé ; la fin prévue au {removed} est levée",
    "service-replaced": "{name} remplace {removed}",
    "id-changed": "{name} figure sous l’identifiant {added} au lieu de {removed}",
    "start-advanced": "{name} est utilisé plus tôt : {added} au lieu de {removed}",
    "start-delayed": "{name} est utilisé plus tard : {added} au lieu de {removed}",
    "end-delayed": "{name} prend fin plus tard : {added} au lieu de {removed}",
    "end-advanced": "{name} prend fin plus tôt : {added} au lieu de {removed}",
    "name-changed": "{removed} s’appelle désormais {added}",
    "entity-changed": "{name} est désormais fourni par {added} au lieu de {removed}",
    "entity-country-changed": "{name} : nouveau siège de l’entité juridique : {added} (auparavant : {removed})",
    "entity-parent-changed": "{name} : nouvelle société mère : {added} (auparavant : {removed})",
    "owner-country-changed": "{name} : la société mère est désormais établie à cet endroit : {added}, au lieu de {removed}",
    "entity-stated": "{name} : {field}, désormais indiqué : {added}",
    "entity-withdrawn": "{name} : {field}, n’est plus indiqué (auparavant : {removed})",
    "address-changed": "{name} : nouvelle adresse de l’entité juridique : {added} (auparavant : {removed})",
    "contact-changed": "{name} : nouveau contact : {added} (auparavant : {removed})",
    "service-type-changed": "{name} : le type de service est désormais {added} au lieu de {removed}",
    "became-subprocessor": "{name} : nouveau rôle : {added} (auparavant : {removed})",
    "ceased-subprocessor": "{name} : nouveau rôle : {added} (auparavant : {removed})",
    "purpose-changed": "{name} : la finalité est désormais « {added} », auparavant « {removed} »",
    "translation-changed": "{name} : {field} est désormais « {added} » au lieu de « {removed} »",
    "data-added": "{name} a désormais accès aux données suivantes : {added}",
    "special-data-added": "{name} a désormais accès à {special} : {added}",
    "data-removed": "{name} : l’accès aux données suivantes n’est plus indiqué : {removed}",
    "promise-made": "{name} : nouvel engagement d’absence d’accès aux données suivantes : {added}",
    "promise-dropped": "{name} : l’engagement d’absence d’accès est abandonné pour les données suivantes : {removed}",
    "data-possible": "{name} peut désormais avoir connaissance des données suivantes : {added}",
    "data-ruled-out": "{name} ne peut plus avoir connaissance des données suivantes : {removed}",
    "extent-widened": "{name} a désormais accès à la totalité, et non à une partie, des données suivantes : {added}",
    "extent-narrowed": "{name} n’a plus accès qu’à une partie des données suivantes : {removed}",
    "data-condition-changed": "{name} : {field} est « {added} », auparavant « {removed} »",
    "claim-changed": "{name} : accès déclaré à des données à caractère personnel : {added} (auparavant : {removed})",
    "training-allowed": "{name} : des modèles sont désormais entraînés avec davantage de données des clients : {added} au lieu de {removed}",
    "training-restricted": "{name} : des modèles sont désormais entraînés avec moins de données des clients : {added} au lieu de {removed}",
    "training-stated": "{name} : l’entraînement de modèles avec les données des clients est désormais indiqué : {added}",
    "training-withdrawn": "{name} : l’entraînement de modèles avec les données des clients n’est plus indiqué ; il était indiqué : {removed}",
    "subject-added": "{name} : nouvelle catégorie de personnes concernées : {added}",
    "subject-removed": "{name} : personnes qui ne sont plus concernées : {removed}",
    "place-added-outside": (
        "{name} : lieu de traitement supplémentaire hors de l’EEE, sans décision d’adéquation : {added}"
    ),
    "place-added-adequate": (
        "{name} : lieu de traitement supplémentaire hors de l’EEE, avec décision d’adéquation : {added}"
    ),
    "place-added-eea": "{name} : lieu de traitement supplémentaire dans l’EEE : {added}",
    "place-removed": "{name} : lieu de traitement supprimé : {removed}",
    "place-moved": "{name} : nouveau lieu de traitement : {added} (au lieu de : {removed})",
    "place-clearer": "{name} : lieu de traitement précisé : {added} (auparavant : {removed})",
    "place-vaguer": "{name} : lieu de traitement indiqué de manière moins précise : {added} (auparavant : {removed})",
    "place-stated": "{name} : le lieu de traitement est désormais indiqué : {added}",
    "place-withdrawn": "{name} : le lieu de traitement n’est plus indiqué (auparavant : {removed})",
    "place-condition-changed": "{name} : {field} est « {added} », auparavant « {removed} »",
    "basis-added": "{name} : fondement supplémentaire du transfert : {added}",
    "basis-removed": "{name} : fondement du transfert supprimé : {removed}",
    "basis-changed": "{name} : nouveau fondement du transfert : {added} (au lieu de : {removed})",
    "basis-extended": "{name} : {field} : désormais plus tard, {added} (auparavant : {removed})",
    "basis-shortened": "{name} : {field} : désormais plus tôt, {added} (auparavant : {removed})",
    "basis-scope-changed": "{name} : les limites du fondement du transfert sont désormais {added} au lieu de {removed}",
    "adequacy-lost": "{name} : le droit ne reconnaît plus un niveau de protection adéquat pour : {removed}",
    "adequacy-gained": "{name} : le droit reconnaît désormais un niveau de protection adéquat pour : {added}",
    "became-mandatory": "{name} : utilisation désormais : {added} (auparavant : {removed})",
    "became-optional": "{name} : utilisation désormais : {added} (auparavant : {removed})",
    "condition-changed": "{name} : la condition d’utilisation est « {added} », auparavant « {removed} »",
    "product-added": "{name} est désormais également utilisé pour : {added}",
    "product-removed": "{name} n’est plus utilisé pour : {removed}",
    "statement-products-changed": "{name} : ce qui est indiqué sur {field} concerne désormais {added} au lieu de {removed}",
    "onward-added": "{name} transmet désormais des données à : {added}",
    "onward-removed": "{name} ne transmet plus de données à : {removed}",
    "retention-changed": "{name} : l’indication de durée de conservation est « {added} », auparavant « {removed} »",
    "retention-extended": "{name} conserve désormais les données plus longtemps : {added} au lieu de {removed}",
    "retention-shortened": "{name} conserve désormais les données moins longtemps : {added} au lieu de {removed}",
    "dpa-changed": "{name} : {field} est désormais {added} au lieu de {removed}",
    "certification-added": "{name} : nouvelle certification : {added}",
    "certification-removed": "{name} : certification supprimée : {removed}",
    "notice-shortened": "{name} promet moins : {field} : {added} (auparavant : {removed})",
    "notice-lengthened": "{name} promet davantage : {field} : {added} (auparavant : {removed})",
    "publisher-changed": "{name} : nouvel éditeur : {added} (auparavant : {removed})",
    "law-changed": "{name} : droit applicable : {added} (auparavant : {removed})",
    "metadata-changed": "{name} : modification rédactionnelle : {field}",
    "unclassified-change": "{name} : modification, {field} : {added} (auparavant : {removed})",
}

OUTSIDE: dict[str, str] = {
    "open": (
        "{name} : lieu de traitement supplémentaire hors de l’EEE (l’existence d’une décision d’adéquation qui s’y "
        "applique dépend d’indications absentes de la liste) : {added}"
    ),
    "perhaps": (
        "{name} : lieu de traitement supplémentaire, peut-être hors de l’EEE (l’existence d’une décision d’adéquation "
        "qui s’y applique dépend d’indications absentes de la liste) : {added}"
    ),
    "near": "{name} : lieu de traitement supplémentaire dans l’EEE ou avec décision d’adéquation : {added}",
    "by law": "{name} : lieu de traitement supplémentaire hors de l’EEE ({verdicts}) : {added}",
}

VERDICTS: dict[str, str] = {
    "home": "pas de transfert au regard du {law}",
    "adequate": "adéquat au regard du {law}",
    "not adequate": "non adéquat au regard du {law}",
    "open": "non établi au regard du {law}",
}

BASES_UNNAMED = "{name} : le fondement du transfert a changé ; il n’est pas indiqué au regard du {under}"

LIST = "La liste"
"""Stands for the name of a service where the list itself changed."""

NOTHING = "non indiqué"

ENTRY = "la fiche d’un service qui n’est plus utilisé"
"""Stands for the field where a whole entry was edited."""

FIELDS: dict[str, str] = {
    "notice.days": "le délai de préavis en jours",
    "notice.objection_days": "le délai d’objection en jours",
    "notice.termination_days": "le délai de résiliation en jours",
    "notice.contact": "le contact",
    "purpose": "la finalité",
    "condition": "la condition d’utilisation",
    "retention": "la durée de conservation",
    "contact": "le contact",
    "entity.name": "le nom de l’entité juridique",
    "entity.country": "le siège de l’entité juridique",
    "entity.parent": "le nom de la société mère",
    "entity.address": "l’adresse de l’entité juridique",
    "never_sees": "les engagements d’absence d’accès",
    "personal_data": "l’accès déclaré à des données à caractère personnel",
    "since": "le premier jour d’utilisation",
    "transfer": "les indications relatives au transfert",
    "role": "le rôle",
    "links": "les liens",
    "notes": "les remarques",
    "source": "la source",
    "group": "la rubrique",
    "formerly": "les anciens identifiants",
    "replaces": "le service remplacé",
    "categories": "les catégories de données propres à l’éditeur",
    "policies": "les règles internes",
    "levels": "les niveaux des modifications",
    "severities": "les niveaux des règles de contrôle",
    "ignore": "les constats acceptés",
    "format": "le format du fichier",
    "entity.parent_country": "le pays de la société mère",
    "service_type": "le type de service",
    "model_training": "l’entraînement de modèles avec les données des clients",
    "purpose_by_language": "la finalité dans d’autres langues",
    "condition_by_language": "la condition d’utilisation dans d’autres langues",
    "subjects_by_language": "les personnes concernées dans d’autres langues",
    "retention_days": "la durée de conservation en jours",
    "retention_after": "le début de la durée de conservation",
    "retention_note": "la note sur la durée de conservation",
    "retention_note_by_language": "la note sur la durée de conservation dans d’autres langues",
    "dpa.signed": "la date de signature du contrat",
    "dpa.until": "le dernier jour du contrat",
    "dpa.url": "l’adresse du contrat",
    "reviewed": "la relecture",
    "contacts.privacy": "le contact pour la protection des données",
    "contacts.dpo": "le délégué à la protection des données",
    "contacts.representative": "le représentant",
    "publish": "ce que la page publique affiche",
}

OTHER_FIELD = "le champ {field}"

PARTS: dict[str, str] = {
    "levels": "le niveau de {part}",
    "sees": "la condition ou remarque relative à l’accès aux données suivantes : {part}",
    "processing": "la condition ou remarque relative au lieu de traitement {part}",
    "transfer": "le dernier jour du fondement du transfert « {part} »",
}

STATED = "{name} : indication ajoutée, {field} : {added}"

WITHDRAWN = "{name} : indication retirée, {field} (auparavant : {removed})"

ENDED = "{name} n’est plus utilisé à compter du {until}"

AFFILIATION = "{name} figure désormais comme {added} (auparavant : {removed}) ; dans les deux cas, un sous-traitant ultérieur"

CLAIMED = "{name} : caractère personnel déclaré des données « {field} », auxquelles il peut accéder : {added} (auparavant : {removed})"

JUDGED = "{text} (droit retenu : {laws})"

PRODUCTS = {
    "product-added": "{name} est désormais utilisé pour tous les produits",
    "product-removed": "{name} n’est plus utilisé pour tous les produits, mais seulement pour : {after}",
}

ALL_PRODUCTS = "tous les produits"

TRAINING = {
    "never": "jamais",
    "opt-in": "seulement avec l’accord du client",
    "opt-out": "sauf opposition du client",
    "yes": "oui",
}

YES_NO = {"yes": "oui", "no": "non", "depends": "dans certains cas"}

REGIMES = {"eu-gdpr": "RGPD", "uk-gdpr": "UK GDPR", "ch-fadp": "LPD (Suisse)"}

COUNTS = {
    "days": {"one": "{n} jour", "other": "{n} jours"},
    "business days": {"one": "{n} jour ouvrable", "other": "{n} jours ouvrables"},
    "weeks": {"one": "{n} semaine", "other": "{n} semaines"},
    "months": {"one": "{n} mois", "other": "{n} mois"},
    "services": {"one": "{n} service", "other": "{n} services"},
    "changes": {"one": "{n} modification", "other": "{n} modifications"},
}

LEVELS = {"notice": "soumise à préavis", "inform": "pour information", "editorial": "rédactionnelle"}

FEED = {
    "title": "{publisher} : modifications des sous-traitants ultérieurs",
    "first": "Version {version} : la première",
    "changed": "Version {version} : {changes}, {level}",
}

LETTER = {
    "not stated": "non indiqué dans la liste",
    "subject": "{publisher} : modification des sous-traitants ultérieurs à compter du {day}",
    "late subject": "{publisher} : modification des sous-traitants ultérieurs ayant pris effet le {day}",
    "list subject": "{publisher} : modification de la liste des sous-traitants ultérieurs à compter du {day}",
    "salutation": "Madame, Monsieur,",
    "to": "Destinataire :",
    "opening": (
        "{publisher} envisage de modifier les services qui traitent des données à caractère personnel pour le compte "
        "de ses clients. Nous vous en informons à l’avance afin que vous puissiez émettre des objections ({articles})."
    ),
    "late opening": (
        "{publisher} a déjà modifié les services qui traitent des données à caractère personnel pour le compte "
        "de ses clients. Nous vous en informons a posteriori afin que vous puissiez émettre des objections ({articles})."
    ),
    "partly late opening": (
        "{publisher} a déjà modifié une partie des services qui traitent des données à caractère personnel pour le compte "
        "de ses clients et envisage d’en modifier d’autres. Nous vous en informons afin que vous puissiez émettre des "
        "objections ({articles})."
    ),
    "list opening": (
        "{publisher} envisage de modifier les conditions de sa liste de sous-traitants ultérieurs et vous en informe "
        "à l’avance."
    ),
    "concerns": "La modification concerne {services}.",
    "amends": "Le présent avis modifie ce que notre avis du {day} indiquait au sujet de : {names}.",
    "sent": "Envoyé le",
    "effective": "Prise d’effet le",
    "late effective": "A pris effet le",
    "other days": "{day}, sauf autre date indiquée ci-dessous",
    "object by": "Objections jusqu’au",
    "object to": "Objections à adresser à",
    "who": "Entité juridique",
    "owner": "Société mère",
    "what for": "Finalité",
    "role": "Rôle",
    "used": "Utilisation",
    "ends": "N’est plus utilisé à compter du",
    "subjects": "Personnes concernées",
    "data": "Données",
    "never": "Aucun accès à",
    "where": "Lieu de traitement",
    "transfer": "Transfert",
    "onward": "Données transmises à",
    "retention": "Conservation",
    "certifications": "Certifications",
    "from": "À compter du",
    "contact": "Contact",
    "link dpa": "Contrat de sous-traitance",
    "link security": "Mesures de sécurité",
    "link subprocessors": "Ses propres sous-traitants",
    "link privacy": "Politique de confidentialité",
    "the list": "La liste elle-même",
    "informed": "Pour votre information",
    "unchanged title": "Ce qui ne change pas",
    "unchanged": (
        "Restent inchangés, avec les mêmes données et les mêmes lieux de traitement : {names} ({services})."
    ),
    "objection title": "Droit d’objection",
    "objection": "Vous pouvez émettre une objection à l’encontre de ces modifications {until}, en écrivant à {where}.",
    "late objection": "Vous pouvez émettre une objection à l’encontre de ces modifications en écrivant à {where}.",
    "until day": "jusqu’au {day} inclus",
    "until effect": "avant leur prise d’effet",
    "no contact": "notre adresse habituelle (la liste n’indique pas d’adresse pour les objections)",
    "termination": (
        "S’il ne peut être fait droit à une objection, vous pouvez résilier le contrat dans un délai de {days} à compter "
        "de notre réponse vous en informant."
    ),
    "urgent title": "Préavis réduit",
    "urgent": (
        "Les modifications prendront effet {short} plus tôt que ne le prévoit le délai de préavis de {days}. "
        "Motif : {reason}"
    ),
    "late urgent": (
        "Les modifications ont pris effet {short} plus tôt que ne le prévoit le délai de préavis de {days}. "
        "Motif : {reason}"
    ),
    "late partly urgent": (
        "Certaines modifications ont pris effet jusqu’à {short} plus tôt que ne le prévoit le délai de préavis de {days}."
    ),
    "partly urgent": (
        "Certaines modifications prendront effet jusqu’à {short} plus tôt que ne le prévoit le délai de préavis de {days}."
    ),
    "urgent reason": "Motif : {reason}",
    "gaps title": "Ce qui n’est pas encore connu",
    "gaps": "La liste n’indique pas les éléments suivants ; ils seront fournis dès qu’ils seront connus :",
    "gap": "{name} : {what}",
    "gap entity name": "l’entité juridique",
    "gap processing": "le lieu de traitement",
    "gap sees": "les données concernées",
    "gap purpose": "la finalité",
    "gap transfer": "le fondement du transfert vers un pays tiers",
    "gap contact": "une adresse pour les objections",
    "revisions": (
        "Le présent avis compare la version {old} du {old_day} à la version {new} du {new_day} de la liste ; "
        "les indications relatives à chaque service sont celles de la nouvelle version."
    ),
    "closing": "Veuillez agréer, Madame, Monsieur, l’expression de nos salutations distinguées.",
}
