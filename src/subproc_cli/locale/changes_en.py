"""English: one sentence for each kind of change, without its subject's name.

`{name}` is the service; `{removed}` is what is gone, `{added}` what is new; `{field}` is the name of a field;
`{special}` is what the law calls the data that it protects most, with its article.
"""

SENTENCES: dict[str, str] = {
    "service-added": "{name} is new",
    "service-removed": "{name} is no longer listed",
    "service-retired": "{name} is no longer used from {added} on",
    "service-reactivated": "{name} is used again; its end on {removed} is lifted",
    "service-replaced": "{name} replaces {removed}",
    "id-changed": "{name} is kept under the id {added} instead of {removed}",
    "start-advanced": "{name} starts earlier: {added}, not {removed}",
    "start-delayed": "{name} starts later: {added}, not {removed}",
    "end-delayed": "{name} ends later: {added}, not {removed}",
    "end-advanced": "{name} ends earlier: {added}, not {removed}",
    "name-changed": "{removed} is now called {added}",
    "entity-changed": "{name} is provided by {added} instead of {removed}",
    "entity-country-changed": "{name}: the legal entity now sits in {added} instead of {removed}",
    "entity-parent-changed": "{name} is owned by {added} instead of {removed}",
    "owner-country-changed": "{name}: the owner of the legal entity is now established in {added} instead of {removed}",
    "entity-stated": "{name}: {field} is now stated: {added}",
    "entity-withdrawn": "{name}: {field} is no longer stated; it was: {removed}",
    "address-changed": "{name}: the address of the legal entity is now {added} instead of {removed}",
    "contact-changed": "{name}: the contact is now {added} instead of {removed}",
    "service-type-changed": "{name}: the kind of service is now {added} instead of {removed}",
    "became-subprocessor": "{name} is now listed as {added} instead of {removed}",
    "ceased-subprocessor": "{name} goes on as {added} instead of {removed}",
    "purpose-changed": "{name}: the purpose now reads “{added}” instead of “{removed}”",
    "translation-changed": "{name}: {field} now reads “{added}” instead of “{removed}”",
    "data-added": "{name} now sees {added}",
    "special-data-added": "{name} now sees {special}: {added}",
    "data-removed": "{name} is no longer stated to see {removed}",
    "promise-made": "{name} is now promised never to see {added}",
    "promise-dropped": "{name} is no longer promised never to see {removed}",
    "data-possible": "{name} may now come to see {added}",
    "data-ruled-out": "{name} can no longer come to see {removed}",
    "extent-widened": "{name} now sees all of {added}, not only a part",
    "extent-narrowed": "{name} now sees only a part of {removed}",
    "data-condition-changed": "{name}: {field} now reads “{added}” instead of “{removed}”",
    "claim-changed": "{name}: whether it sees personal data is now stated as “{added}” instead of “{removed}”",
    "training-allowed": "{name}: models are now trained with more data of customers: {added} instead of {removed}",
    "training-restricted": "{name}: models are now trained with less data of customers: {added} instead of {removed}",
    "training-stated": "{name}: whether models are trained with data of customers is now stated: {added}",
    "training-withdrawn": "{name}: whether models are trained with data of customers is no longer stated; it was: {removed}",
    "subject-added": "{name} now sees data of {added}",
    "subject-removed": "{name} no longer sees data of {removed}",
    "place-added-outside": "{name} now processes in {added} as well, outside the EEA and not adequate",
    "place-added-adequate": "{name} now processes in {added} as well, outside the EEA but held adequate",
    "place-added-eea": "{name} now processes in {added} as well, within the EEA",
    "place-removed": "{name} no longer processes in {removed}",
    "place-moved": "{name} now processes in {added} instead of {removed}",
    "place-clearer": "{name}: the place of processing is more precise now, {added} instead of {removed}",
    "place-vaguer": "{name}: the place of processing is less precise now, {added} instead of {removed}",
    "place-stated": "{name}: the place of processing is stated now, {added}",
    "place-withdrawn": "{name}: the place of processing is no longer stated; it was {removed}",
    "place-condition-changed": "{name}: {field} now reads “{added}” instead of “{removed}”",
    "basis-added": "{name}: transfers now also rest on {added}",
    "basis-removed": "{name}: transfers no longer rest on {removed}",
    "basis-changed": "{name}: transfers rest on {added} instead of {removed}",
    "basis-extended": "{name}: {field} is now later, {added} instead of {removed}",
    "basis-shortened": "{name}: {field} is now earlier, {added} instead of {removed}",
    "basis-scope-changed": "{name}: the limits of the transfer basis are now {added} instead of {removed}",
    "adequacy-lost": "{name}: {removed} is no longer held adequate by the law",
    "adequacy-gained": "{name}: {added} is now held adequate by the law",
    "became-mandatory": "{name} is now used {added} instead of {removed}",
    "became-optional": "{name} is now used {added} instead of {removed}",
    "condition-changed": "{name}: the condition of its use now reads “{added}” instead of “{removed}”",
    "product-added": "{name} now serves {added} as well",
    "product-removed": "{name} no longer serves {removed}",
    "statement-products-changed": "{name}: what is stated on {field} now concerns {added} instead of {removed}",
    "onward-added": "{name} now passes data on to {added}",
    "onward-removed": "{name} no longer passes data on to {removed}",
    "retention-changed": "{name}: the retention period now reads “{added}” instead of “{removed}”",
    "retention-extended": "{name} now keeps data longer: {added} instead of {removed}",
    "retention-shortened": "{name} now keeps data for a shorter time: {added} instead of {removed}",
    "dpa-changed": "{name}: {field} is now {added} instead of {removed}",
    "certification-added": "{name} is now certified: {added}",
    "certification-removed": "{name} is no longer certified: {removed}",
    "notice-shortened": "{name} promises less: {field} is now {added} instead of {removed}",
    "notice-lengthened": "{name} promises more: {field} is now {added} instead of {removed}",
    "publisher-changed": "{name} is published by {added} instead of {removed}",
    "law-changed": "{name} is judged by {added} instead of {removed}",
    "metadata-changed": "{name}: an edit to {field}",
    "unclassified-change": "{name}: {field} changed from {removed} to {added}",
}

OUTSIDE: dict[str, str] = {
    "open": (
        "{name} now processes in {added} as well, outside the EEA; whether that is adequate depends on what the list "
        "does not state"
    ),
    "perhaps": (
        "{name} now processes in {added} as well, perhaps outside the EEA; whether that is adequate depends on what "
        "the list does not state"
    ),
    "near": "{name} now processes in {added} as well, within the EEA or held adequate",
    "by law": "{name} now processes in {added} as well, outside the EEA: {verdicts}",
}
"""Instead of the two sentences on a place outside the EEA, where it is not settled for all laws together."""

VERDICTS: dict[str, str] = {
    "home": "no transfer under {law}",
    "adequate": "adequate under {law}",
    "not adequate": "not adequate under {law}",
    "open": "not settled under {law}",
}
"""What a law holds of a place."""

BASES_UNNAMED = "{name}: what transfers rest on has changed; it is not stated under {under}"
"""Instead of a sentence that names transfer bases, where the reader's law knows none of them."""

LIST = "The list"
"""Stands for the name of a service where the list itself changed."""

NOTHING = "not stated"
"""Stands for a value that is missing on one side."""

ENTRY = "the entry of a service that is no longer used"
"""Stands for the field where a whole entry was edited."""

FIELDS: dict[str, str] = {
    "notice.days": "the period of notice in days",
    "notice.objection_days": "the period to object in days",
    "notice.termination_days": "the period to terminate in days",
    "notice.contact": "the contact",
    "purpose": "the purpose",
    "condition": "the condition of its use",
    "retention": "the retention period",
    "contact": "the contact",
    "entity.name": "the legal entity",
    "entity.country": "the country of the legal entity",
    "entity.parent": "the owner of the legal entity",
    "entity.address": "the address of the legal entity",
    "never_sees": "what it is promised never to see",
    "personal_data": "whether it sees personal data",
    "since": "its first day of use",
    "transfer": "what is said of transfers",
    "role": "its role",
    "links": "the links",
    "notes": "the notes",
    "source": "the source",
    "group": "the heading that it is listed under",
    "formerly": "its earlier ids",
    "replaces": "what it replaces",
    "categories": "the words for the publisher's own categories",
    "policies": "the house rules",
    "levels": "the levels of changes",
    "severities": "the severities of rules",
    "ignore": "the accepted findings",
    "format": "the format of the file",
    "entity.parent_country": "the country of the owner",
    "service_type": "the kind of service",
    "model_training": "whether models are trained with data of customers",
    "purpose_by_language": "the purpose in other languages",
    "condition_by_language": "the condition of its use in other languages",
    "subjects_by_language": "whose data it is, in other languages",
    "retention_days": "the retention period in days",
    "retention_after": "the start of the retention period",
    "retention_note": "the note on the retention period",
    "retention_note_by_language": "the note on the retention period in other languages",
    "dpa.signed": "the day on which the contract was signed",
    "dpa.until": "the last day of the contract",
    "dpa.url": "the address of the contract",
    "reviewed": "the review",
    "contacts.privacy": "the contact for data protection",
    "contacts.dpo": "the data protection officer",
    "contacts.representative": "the representative",
    "publish": "what the public page shows",
}

OTHER_FIELD = "the field {field}"

PARTS: dict[str, str] = {
    "levels": "the level of {part}",
    "sees": "the condition or note on seeing {part}",
    "processing": "the condition or note on processing in {part}",
    "transfer": "the last day of the transfer basis “{part}”",
}
"""A part of a field in a sentence: `levels.service-added`, `sees.content`."""

STATED = "{name}: {field} is now stated: {added}"
"""Instead of the sentence of a kind that speaks of both sides, where nothing was stated before."""

WITHDRAWN = "{name}: {field} is no longer stated; it was: {removed}"
"""The same where nothing is stated now."""

ENDED = "{name} is no longer used from {until} on"
"""Instead of the sentence of a service that is gone, where the older list states its end."""

AFFILIATION = "{name} is now listed as {added} instead of {removed}; either way it is a subprocessor"
"""Instead of the sentence of an edit, where it is one of the role."""

JUDGED = "{text} (judged by {laws})"
"""Added to a sentence about what a law holds adequate, where that is not the law of the reader."""

CLAIMED = "{name}: whether {field}, which it may see, is personal data is now stated as “{added}” instead of “{removed}”"
"""The same where the claim is about a category of the publisher's own."""

PRODUCTS = {
    "product-added": "{name} now serves all products",
    "product-removed": "{name} no longer serves all products, only {after}",
}
"""Where it is all products that a service serves now, or served before."""

ALL_PRODUCTS = "all products"

TRAINING = {
    "yes": "yes",
    "never": "never",
    "opt-in": "only where the customer agrees",
    "opt-out": "unless the customer objects",
}

YES_NO = {"yes": "yes", "no": "no", "depends": "in some cases"}

REGIMES = {"eu-gdpr": "EU GDPR", "uk-gdpr": "UK GDPR", "ch-fadp": "Swiss FADP"}

COUNTS = {
    "days": {"one": "{n} day", "other": "{n} days"},
    "business days": {"one": "{n} business day", "other": "{n} business days"},
    "weeks": {"one": "{n} week", "other": "{n} weeks"},
    "months": {"one": "{n} month", "other": "{n} months"},
    "services": {"one": "{n} service", "other": "{n} services"},
    "changes": {"one": "{n} change", "other": "{n} changes"},
}

LEVELS = {"notice": "subject to prior notice", "inform": "for information", "editorial": "editorial"}

FEED = {
    "title": "Changes of the subprocessors of {publisher}",
    "first": "Version {version}: the first revision",
    "changed": "Version {version}: {changes}, {level}",
}

LETTER = {
    "not stated": "not stated in the list",
    "subject": "Change of subprocessors of {publisher} from {day}",
    "late subject": "Change of subprocessors of {publisher} that took effect on {day}",
    "list subject": "Change to the list of subprocessors of {publisher} from {day}",
    "salutation": "Dear Sir or Madam,",
    "to": "To:",
    "opening": (
        "{publisher} intends to change the services that process personal data on behalf of its customers, "
        "and informs you in advance so that you can object ({articles})."
    ),
    "late opening": (
        "{publisher} has already changed the services that process personal data on behalf of its customers, "
        "and informs you afterwards so that you can object ({articles})."
    ),
    "partly late opening": (
        "{publisher} has already changed some of the services that process personal data on behalf of its customers, "
        "intends to change others, and informs you so that you can object ({articles})."
    ),
    "list opening": (
        "{publisher} intends to change the terms of its list of subprocessors, and informs you in advance."
    ),
    "concerns": "The change concerns {services}.",
    "amends": "This notice amends what our notice of {day} said of {names}.",
    "sent": "Sent on",
    "effective": "Takes effect on",
    "late effective": "Took effect on",
    "other days": "{day}, unless another day is named below",
    "object by": "Objections until",
    "object to": "Objections to",
    "who": "Who",
    "owner": "Owned by",
    "what for": "What for",
    "role": "Role",
    "used": "Used",
    "ends": "No longer used from",
    "subjects": "Whose data",
    "data": "Which data",
    "never": "Never",
    "where": "Where",
    "transfer": "Transfer",
    "onward": "Passes data on to",
    "retention": "Retention",
    "certifications": "Certifications",
    "from": "From when",
    "contact": "Contact",
    "link dpa": "Processing agreement",
    "link security": "Security measures",
    "link subprocessors": "Its own subprocessors",
    "link privacy": "Privacy notice",
    "the list": "The list itself",
    "informed": "For your information",
    "unchanged title": "What does not change",
    "unchanged": (
        "The list names the following as before, with the same data and the same places: {names} ({services})."
    ),
    "objection title": "How to object",
    "objection": "You can object to these changes by writing to {where} {until}.",
    "late objection": "You can object to these changes by writing to {where}.",
    "until day": "until the end of {day}",
    "until effect": "before they take effect",
    "no contact": "us (the list states no address for objections)",
    "termination": (
        "If an objection cannot be met, you can terminate the contract within {days} of our answer that it cannot be met."
    ),
    "urgent title": "Short notice",
    "urgent": (
        "The changes will take effect {short} earlier than the period of notice of {days} allows. The reason: {reason}"
    ),
    "late urgent": (
        "The changes took effect {short} earlier than the period of notice of {days} allows. The reason: {reason}"
    ),
    "late partly urgent": (
        "Some of the changes took effect up to {short} earlier than the period of notice of {days} allows."
    ),
    "partly urgent": (
        "Some of the changes will take effect up to {short} earlier than the period of notice of {days} allows."
    ),
    "urgent reason": "The reason: {reason}",
    "gaps title": "What is not known yet",
    "gaps": "The list does not state the following; it will be supplied as soon as it is known:",
    "gap": "{name}: {what}",
    "gap entity name": "the legal entity",
    "gap processing": "the place of processing",
    "gap sees": "which data",
    "gap purpose": "the purpose",
    "gap transfer": "what the transfer to a third country rests on",
    "gap contact": "an address for objections",
    "revisions": (
        "This notice compares version {old} of {old_day} with version {new} of {new_day} of the list; "
        "the particulars of each service are those of the new version."
    ),
    "closing": "Kind regards",
}
