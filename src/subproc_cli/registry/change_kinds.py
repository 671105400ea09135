"""The kinds of change, as a table."""

from subproc_cli.enums import Direction, Level
from subproc_cli.registry.change_kind import ChangeArea, ChangeKind

_WIDER, _NARROWER, _CLEARER = Direction.WIDER, Direction.NARROWER, Direction.CLEARER
_VAGUER, _SHIFTED, _UNDECIDED, _NEUTRAL = (
    Direction.VAGUER,
    Direction.SHIFTED,
    Direction.UNDECIDED,
    Direction.NEUTRAL,
)
_A = ChangeArea
_INFORM = Level.INFORM

_MATCHED = "customers match services by name, so they have to know"
_ANOTHER = "notice where the service has another name as well: nothing shows that it is the same party"
_CURRENT = "EDPB Opinion 22/2024: kept current for the controller"
_CHAIN = "EDPB Opinion 22/2024: a controller has to know the whole chain of processors"
_STAYS = "inform where no law of the list calls it a transfer: none begins"
_WITHIN = (
    "no transfer begins under the laws of the list; contracts may promise more, hence the field `levels`"
)
_TO_LIGHT = "notice where a law of the list calls it a transfer, which comes to light"
_ALTERNATIVE = "notice where no alternative at home, or adequate, is left: a transfer comes to light"

KINDS: tuple[ChangeKind, ...] = (
    ChangeKind("service-added", _A.EXISTENCE, _WIDER, "a new id, also when announced", "service-removed"),
    ChangeKind("service-removed", _A.EXISTENCE, _NARROWER, "an id is gone", "service-added"),
    ChangeKind("service-retired", _A.EXISTENCE, _NARROWER, "`until` is set", "service-reactivated"),
    ChangeKind("service-reactivated", _A.EXISTENCE, _WIDER, "`until` is removed", "service-retired"),
    ChangeKind(
        "service-replaced",
        _A.EXISTENCE,
        _WIDER,
        "a new id whose `replaces` names one that is gone or has an end",
        waiver="the reverse is an addition and a removal, because the old id has no `replaces`",
    ),
    ChangeKind(
        "id-changed",
        _A.EXISTENCE,
        _NEUTRAL,
        "a new id whose `formerly` names the old one",
        waiver="the reverse is an addition and a removal, because nothing links the ids",
    ),
    ChangeKind("start-advanced", _A.EXISTENCE, _WIDER, "`since` becomes earlier", "start-delayed"),
    ChangeKind("start-delayed", _A.EXISTENCE, _NARROWER, "`since` becomes later", "start-advanced"),
    ChangeKind("end-delayed", _A.EXISTENCE, _WIDER, "`until` becomes later", "end-advanced"),
    ChangeKind("end-advanced", _A.EXISTENCE, _NARROWER, "`until` becomes earlier", "end-delayed"),
    ChangeKind(
        "name-changed",
        _A.IDENTITY,
        _NEUTRAL,
        "the same service, or own category, under another name",
        "name-changed",
        deviation=_MATCHED,
        level=_INFORM,
    ),
    ChangeKind("entity-changed", _A.IDENTITY, _SHIFTED, "another contracting party", "entity-changed"),
    ChangeKind(
        "entity-country-changed",
        _A.IDENTITY,
        _SHIFTED,
        "the party is established in another country",
        "entity-country-changed",
    ),
    ChangeKind("entity-parent-changed", _A.IDENTITY, _SHIFTED, "another owner", "entity-parent-changed"),
    ChangeKind(
        "owner-country-changed",
        _A.IDENTITY,
        _SHIFTED,
        "the owner of the party is established elsewhere",
        "owner-country-changed",
    ),
    ChangeKind(
        "entity-stated",
        _A.IDENTITY,
        _CLEARER,
        "the party was not stated before",
        "entity-withdrawn",
        deviation=_ANOTHER,
    ),
    ChangeKind(
        "owner-stated",
        _A.IDENTITY,
        _UNDECIDED,
        "an owner is stated for the first time, which may be a takeover (EDPB Opinion 22/2024)",
        "entity-withdrawn",
        deviation=_CHAIN,
        level=Level.NOTICE,
    ),
    ChangeKind("entity-withdrawn", _A.IDENTITY, _VAGUER, "the party is no longer stated", "entity-stated"),
    ChangeKind(
        "address-changed",
        _A.IDENTITY,
        _NEUTRAL,
        "the address of the party",
        "address-changed",
        deviation=_CURRENT,
        level=_INFORM,
    ),
    ChangeKind(
        "contact-changed",
        _A.IDENTITY,
        _NEUTRAL,
        "the contact of the service or of the list",
        "contact-changed",
        deviation=_CURRENT,
        level=_INFORM,
    ),
    ChangeKind(
        "service-type-changed",
        _A.IDENTITY,
        _NEUTRAL,
        "another kind of service",
        "service-type-changed",
        deviation="customers look services up by their kind, so they are informed",
        level=_INFORM,
    ),
    ChangeKind(
        "became-subprocessor", _A.ROLE, _WIDER, "it was not a subprocessor before", "ceased-subprocessor"
    ),
    ChangeKind(
        "ceased-subprocessor", _A.ROLE, _SHIFTED, "it is now listed in another role", "became-subprocessor"
    ),
    ChangeKind("purpose-changed", _A.PURPOSE, _UNDECIDED, "free text: read this", "purpose-changed"),
    ChangeKind(
        "translation-changed",
        _A.PURPOSE,
        _UNDECIDED,
        "a text in one of several languages: read this",
        "translation-changed",
    ),
    ChangeKind("data-added", _A.DATA, _WIDER, "data is seen that was not seen before", "data-removed"),
    ChangeKind(
        "special-data-added",
        _A.DATA,
        _WIDER,
        "the same for data that a law of the list calls sensitive",
        "data-removed",
    ),
    ChangeKind("data-removed", _A.DATA, _NARROWER, "data is no longer stated to be seen", "data-added"),
    ChangeKind(
        "promise-made", _A.DATA, _NARROWER, "data is now promised never to be seen", "promise-dropped"
    ),
    ChangeKind(
        "promise-dropped", _A.DATA, _WIDER, "data is no longer promised never to be seen", "promise-made"
    ),
    ChangeKind("data-possible", _A.DATA, _WIDER, "further data may be contained", "data-ruled-out"),
    ChangeKind("data-ruled-out", _A.DATA, _NARROWER, "some data can no longer be contained", "data-possible"),
    ChangeKind("extent-widened", _A.DATA, _WIDER, "seen in part before, in full now", "extent-narrowed"),
    ChangeKind("extent-narrowed", _A.DATA, _NARROWER, "seen in full before, in part now", "extent-widened"),
    ChangeKind(
        "data-condition-changed",
        _A.DATA,
        _UNDECIDED,
        "the condition or note on a statement: read this",
        "data-condition-changed",
    ),
    ChangeKind(
        "data-condition-dropped",
        _A.DATA,
        _WIDER,
        "what was seen under a condition is seen without one",
        "data-condition-added",
    ),
    ChangeKind(
        "data-condition-added",
        _A.DATA,
        _NARROWER,
        "what was seen without a condition is seen under one",
        "data-condition-dropped",
    ),
    ChangeKind(
        "claim-changed",
        _A.DATA,
        _SHIFTED,
        "`personal_data`, or `personal` of an own category that it sees: the publisher's own claim",
        "claim-changed",
        deviation="inform where nothing was claimed before: what is seen is judged by itself",
    ),
    ChangeKind(
        "training-allowed",
        _A.DATA,
        _WIDER,
        "models are trained with more of customers' data, in the order `never`, `opt-in`, `opt-out`, `yes`",
        "training-restricted",
    ),
    ChangeKind(
        "training-restricted",
        _A.DATA,
        _NARROWER,
        "models are trained with less of customers' data, in the order `yes`, `opt-out`, `opt-in`, `never`",
        "training-allowed",
    ),
    ChangeKind(
        "training-stated",
        _A.DATA,
        _CLEARER,
        "whether models are trained with customers' data was not stated before",
        "training-withdrawn",
        deviation="notice unless the new value is `never`: customers did not know of the training",
    ),
    ChangeKind(
        "training-withdrawn",
        _A.DATA,
        _VAGUER,
        "whether models are trained with customers' data is no longer stated",
        "training-stated",
    ),
    ChangeKind("subject-added", _A.SUBJECTS, _WIDER, "data of more kinds of people", "subject-removed"),
    ChangeKind("subject-removed", _A.SUBJECTS, _NARROWER, "data of fewer kinds of people", "subject-added"),
    ChangeKind(
        "place-added-outside",
        _A.PLACES,
        _WIDER,
        "to a third country that is not certainly adequate",
        "place-removed",
    ),
    ChangeKind("place-added-adequate", _A.PLACES, _WIDER, "to a third country, adequate", "place-removed"),
    ChangeKind(
        "place-added-eea",
        _A.PLACES,
        _WIDER,
        "to a place where nothing is transferred under the laws of the list",
        "place-removed",
        deviation=_WITHIN,
        level=_INFORM,
    ),
    ChangeKind("place-removed", _A.PLACES, _NARROWER, "a place is gone", "place-added-outside"),
    ChangeKind(
        "place-moved",
        _A.PLACES,
        _SHIFTED,
        "all places were replaced by others",
        "place-moved",
        deviation=_STAYS,
    ),
    ChangeKind(
        "place-clearer",
        _A.PLACES,
        _CLEARER,
        "a place within the former one, or only remote access to it",
        "place-vaguer",
        deviation=_ALTERNATIVE,
    ),
    ChangeKind(
        "place-vaguer",
        _A.PLACES,
        _VAGUER,
        "a wider place that contains the former one, or more than remote access to it",
        "place-clearer",
    ),
    ChangeKind(
        "place-stated", _A.PLACES, _CLEARER, "not stated before", "place-withdrawn", deviation=_TO_LIGHT
    ),
    ChangeKind("place-withdrawn", _A.PLACES, _VAGUER, "no longer stated", "place-stated"),
    ChangeKind(
        "place-condition-changed",
        _A.PLACES,
        _UNDECIDED,
        "the condition or note on a place: read this",
        "place-condition-changed",
    ),
    ChangeKind(
        "place-condition-dropped",
        _A.PLACES,
        _WIDER,
        "processing at a place had a condition, and has none now",
        "place-condition-added",
    ),
    ChangeKind(
        "place-condition-added",
        _A.PLACES,
        _NARROWER,
        "processing at a place had no condition, and has one now",
        "place-condition-dropped",
    ),
    ChangeKind("basis-added", _A.TRANSFER, _NARROWER, "a further transfer basis", "basis-removed"),
    ChangeKind("basis-removed", _A.TRANSFER, _WIDER, "a transfer basis is gone", "basis-added"),
    ChangeKind("basis-changed", _A.TRANSFER, _SHIFTED, "another transfer basis instead", "basis-changed"),
    ChangeKind(
        "basis-extended", _A.TRANSFER, _NARROWER, "it ends later, or no longer has an end", "basis-shortened"
    ),
    ChangeKind(
        "basis-shortened", _A.TRANSFER, _WIDER, "it ends earlier, or now has an end", "basis-extended"
    ),
    ChangeKind(
        "basis-scope-changed",
        _A.TRANSFER,
        _SHIFTED,
        "the places, modules, laws, data or products that a transfer basis covers",
        "basis-scope-changed",
    ),
    ChangeKind("adequacy-lost", _A.TRANSFER, _WIDER, "the law changed, not the list", "adequacy-gained"),
    ChangeKind("adequacy-gained", _A.TRANSFER, _NARROWER, "the law changed, not the list", "adequacy-lost"),
    ChangeKind(
        "adequacy-doubted",
        _A.TRANSFER,
        _UNDECIDED,
        "a decision on adequacy that a service relies on may end",
        waiver="the reverse raises no doubt",
        deviation="the decision is still in force",
        level=Level.EDITORIAL,
    ),
    ChangeKind(
        "became-mandatory",
        _A.ACTIVATION,
        _WIDER,
        "in the order `opt-in`, `opt-out`, `always`",
        "became-optional",
    ),
    ChangeKind(
        "became-optional",
        _A.ACTIVATION,
        _NARROWER,
        "in the order `always`, `opt-out`, `opt-in`",
        "became-mandatory",
    ),
    ChangeKind("condition-changed", _A.ACTIVATION, _UNDECIDED, "free text: read this", "condition-changed"),
    ChangeKind("product-added", _A.PRODUCTS, _WIDER, "serves a further product", "product-removed"),
    ChangeKind("product-removed", _A.PRODUCTS, _NARROWER, "no longer serves a product", "product-added"),
    ChangeKind(
        "statement-products-changed",
        _A.PRODUCTS,
        _SHIFTED,
        "other products that a statement about data or a place concerns",
        "statement-products-changed",
    ),
    ChangeKind(
        "onward-added",
        _A.ONWARD,
        _WIDER,
        "passes data on to someone else",
        "onward-removed",
        deviation=_CHAIN,
        level=Level.NOTICE,
    ),
    ChangeKind("onward-removed", _A.ONWARD, _NARROWER, "no longer passes data on", "onward-added"),
    ChangeKind("retention-changed", _A.TERMS, _UNDECIDED, "free text: read this", "retention-changed"),
    ChangeKind(
        "retention-extended",
        _A.TERMS,
        _WIDER,
        "data is kept for more days",
        "retention-shortened",
        deviation="a controller fixes how long its data is kept (Art. 28(3)(g) GDPR)",
        level=Level.NOTICE,
    ),
    ChangeKind(
        "retention-shortened",
        _A.TERMS,
        _NARROWER,
        "data is kept for fewer days",
        "retention-extended",
    ),
    ChangeKind(
        "dpa-changed", _A.TERMS, _UNDECIDED, "the contract with the service: read this", "dpa-changed"
    ),
    ChangeKind("certification-added", _A.TERMS, _NARROWER, "a further audit", "certification-removed"),
    ChangeKind("certification-removed", _A.TERMS, _WIDER, "an audit is gone", "certification-added"),
    ChangeKind(
        "notice-shortened",
        _A.LIST,
        _WIDER,
        "the period of notice is shorter, or no longer stated",
        "notice-lengthened",
    ),
    ChangeKind(
        "notice-lengthened",
        _A.LIST,
        _NARROWER,
        "the period of notice is longer, or stated for the first time",
        "notice-shortened",
    ),
    ChangeKind("publisher-changed", _A.LIST, _SHIFTED, "another publisher", "publisher-changed"),
    ChangeKind("law-changed", _A.LIST, _SHIFTED, "other laws apply to the publisher", "law-changed"),
    ChangeKind(
        "metadata-changed",
        _A.METADATA,
        _NEUTRAL,
        "`links`, `notes`, `source`, `group`, `reviewed`, `x-…`",
        "metadata-changed",
    ),
    ChangeKind(
        "unclassified-change",
        _A.TERMS,
        _UNDECIDED,
        "a change that no other kind explains: read this",
        "unclassified-change",
    ),
)

KINDS_BY_NAME: dict[str, ChangeKind] = {kind.name: kind for kind in KINDS}
FIRST_USE_KINDS = frozenset(("service-added", "service-replaced", "start-advanced"))
"""Kinds of change after which a service begins on its `since`."""
START_KINDS = FIRST_USE_KINDS | {"service-reactivated"}
"""The kinds after which a service is used from its `since` on."""
