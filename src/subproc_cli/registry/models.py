"""The registry in the file's own words, frozen. A missing field is *not stated*, never *none*."""

import re
from typing import Annotated

from pydantic import AfterValidator, AliasPath, Field

from subproc_cli.enums import (
    DEFAULT_LAW,
    Activation,
    Coverage,
    DpfCoverage,
    Level,
    NotStated,
    PersonalData,
    ProcessingMode,
    Role,
    SeveritySetting,
    UnknownPolicy,
)
from subproc_cli.registry.field_forms import LocalText, LocalTexts, LocalTextsOfItems, get_no_texts
from subproc_cli.registry.field_types import (
    INVALID,
    CategoryKey,
    ChangeKind,
    Country,
    Day,
    Days,
    Id,
    LawKey,
    ModuleNumber,
    NotEmpty,
    OwnCategoryKey,
    OwnPlace,
    Place,
    ProcessingPlace,
    ServiceTypeKey,
    SkippedAfterErrors,
    Text,
    Training,
    TransferBasis,
    Version,
    YesNo,
    accept_shorthand,
    make_error,
)
from subproc_cli.registry.parts import (
    Contacts,
    Dpa,
    Ignore,
    ListOf,
    Model,
    NoticeTerms,
    OneOrMore,
    ParentName,
    RetentionText,
    Review,
    add_languages,
)
from subproc_cli.suggest import suggest

_PRODUCTS = "The products whose customers this concerns; all products of the service if missing."


class Statement(Model, title="Statement"):
    """What a service sees: one category, and under which condition."""

    data: CategoryKey = Field(description="The category that is seen.")
    may_contain: ListOf[CategoryKey] = Field(
        default=(), description="Further categories that the data may contain."
    )
    extent: Coverage = Field(
        default=Coverage.FULL, description="Whether all of the category is seen, or some of it."
    )
    when: LocalText | None = Field(
        default=None, description="The condition. It does not weaken the statement."
    )
    when_by_language: LocalTexts = add_languages("when")
    note: LocalText | None = Field(default=None, description="Anything else about it.")
    note_by_language: LocalTexts = add_languages("note")
    products: ListOf[Text] = Field(default=(), description=_PRODUCTS)


class Processing(Model, title="Processing"):
    """Where a service processes: somewhere within the given places."""

    place: OneOrMore[ProcessingPlace] = Field(
        description="Countries and regions. The service processes in at least one of them. `unknown` is a "
        "place of which nothing is known, such as the rest of a text that an import does not understand."
    )
    when: LocalText | None = Field(default=None, description="The condition under which it processes there.")
    when_by_language: LocalTexts = add_languages("when")
    how: ProcessingMode | None = Field(
        default=None,
        description="`remote-access` if people access the data from there, which is a transfer as well.",
    )
    note: LocalText | None = Field(default=None, description="Anything else about it.")
    note_by_language: LocalTexts = add_languages("note")
    products: ListOf[Text] = Field(default=(), description=_PRODUCTS)


class Entity(Model, title="Entity"):
    """The legal entity of a service: the contracting party."""

    name: Text | None = Field(default=None, description="Its name in full, with its legal form.")
    address: Text | None = Field(default=None, description="Its postal address.")
    country: Country | None = Field(default=None, description="The country in which it is established.")
    parent: ParentName | None = Field(default=None, description="The group or company that owns it.")
    parent_country: Country | None = Field(
        default=None,
        validation_alias=AliasPath("parent", "country"),
        description="The country in which its owner is established.",
    )


class Transfer(Model, title="Transfer"):
    """What a transfer to a third country relies on (Chapter V GDPR)."""

    basis: TransferBasis = Field(description="The safeguard, the decision or the exception.")
    until: Day | None = Field(
        default=None, description="The last day on which it applies, such as the last day of a certification."
    )
    note: LocalText | None = Field(default=None, description="Anything else about it.")
    note_by_language: LocalTexts = add_languages("note")
    places: ListOf[Place] = Field(
        default=(), description="The places that it covers; all places outside the home area if missing."
    )
    modules: ListOf[ModuleNumber] = Field(
        default=(), description="For `scc`: the modules of the clauses that are used, 1 to 4."
    )
    adapted: OneOrMore[LawKey] = Field(
        default=(), description="For `scc`: the laws to which the clauses are adapted, by their keys."
    )
    covers: OneOrMore[DpfCoverage] = Field(
        default=(), description="For `dpf`, `dpf-uk` and `dpf-ch`: the data that the certification covers."
    )
    products: ListOf[Text] = Field(default=(), description=_PRODUCTS)


class Links(Model, title="Links"):
    """Where the service publishes more about itself."""

    website: Text | None = Field(default=None, description="Its home page.")
    privacy: Text | None = Field(default=None, description="Its privacy notice.")
    dpa: Text | None = Field(default=None, description="Its data processing agreement (Art. 28 GDPR).")
    security: Text | None = Field(default=None, description="Its security measures.")
    subprocessors: Text | None = Field(default=None, description="Its own list of subprocessors.")


class Service(Model, title="Service"):
    """One third-party service. A missing field is *not stated*, never *none*."""

    name: Text = Field(description="The name that customers know. Two services may share it.")
    formerly: ListOf[Id] = Field(
        default=(),
        description="Earlier ids of the same service of the same company. Only this makes a rename or merge.",
    )
    replaces: Id | None = Field(
        default=None, description="The id of another company's service that this one takes over from."
    )
    role: Role = Field(default=Role.SUBPROCESSOR, description="Its role in the terms of the GDPR.")
    service_type: OneOrMore[ServiceTypeKey] = Field(
        default=(), description="What kind of service it is, such as `hosting` or `analytics`."
    )
    purpose: LocalText | None = Field(default=None, description="What it is used for.")
    purpose_by_language: LocalTexts = add_languages("purpose")
    group: Text | None = Field(default=None, description="The heading that it is listed under.")
    notes: Text | None = Field(default=None, description="Anything else. Notes are internal.")
    products: ListOf[Text] = Field(
        default=(), description="Which of the publisher's products it serves; all of them if missing."
    )
    activation: Activation = Field(
        default=Activation.ALWAYS, description="Who decides that the service is used."
    )
    condition: LocalText | None = Field(default=None, description="When it is used.")
    condition_by_language: LocalTexts = add_languages("condition")
    sees: ListOf[Annotated[Statement, accept_shorthand("data")]] = Field(
        default=(), description="The data that it sees."
    )
    never_sees: ListOf[CategoryKey] = Field(
        default=(),
        description="The data that the publisher promises it never sees. Dropping a promise is a widening.",
    )
    personal_data: YesNo | None = Field(
        default=None, description="Whether it sees personal data, as the publisher claims."
    )
    model_training: Training | None = Field(
        default=None, description="Whether it trains models with customers' data."
    )
    subjects: ListOf[LocalText] = Field(
        default=(), description="Whose data it sees: users, respondents, visitors."
    )
    subjects_by_language: LocalTextsOfItems = add_languages("subjects")
    processing: ListOf[Annotated[Processing, accept_shorthand("place")]] = Field(
        default=(), description="Where it processes data."
    )
    entity: Entity | None = Field(default=None, description="The legal entity that provides it.")
    transfer: ListOf[Annotated[Transfer, accept_shorthand("basis")]] = Field(
        default=(), description="What transfers to third countries rely on."
    )
    contact: Text | None = Field(default=None, description="Its contact for data protection.")
    links: Links | None = Field(default=None, description="Where it publishes more about itself.")
    dpa: Dpa | None = Field(default=None, description="The contract with it (Art. 28(4) GDPR).")
    retention: RetentionText | None = Field(default=None, description="How long it keeps data.")
    retention_days: Days | None = Field(
        default=None,
        validation_alias=AliasPath("retention", "days"),
        description="How many days it keeps data.",
    )
    retention_after: LocalText | None = Field(
        default=None,
        validation_alias=AliasPath("retention", "after"),
        description="The event from which these days count.",
    )
    retention_after_by_language: LocalTexts = Field(
        default_factory=get_no_texts,
        validation_alias=AliasPath("retention", "after"),
        description="The texts of `retention_after` by language, where the file states more than one.",
    )
    retention_note: LocalText | None = Field(
        default=None,
        validation_alias=AliasPath("retention", "note"),
        description="Anything else about how long it keeps data.",
    )
    retention_note_by_language: LocalTexts = Field(
        default_factory=get_no_texts,
        validation_alias=AliasPath("retention", "note"),
        description="The texts of `retention_note` by language, where the file states more than one.",
    )
    certifications: ListOf[Text] = Field(default=(), description="Its audits and certifications.")
    onward: ListOf[Text] = Field(default=(), description="The recipients that it passes data on to.")
    since: Day | None = Field(
        default=None, description="The first day of use. Until then the service is announced."
    )
    until: Day | None = Field(default=None, description="The first day on which it is no longer used.")
    reviewed: Annotated[Review, accept_shorthand("date")] | None = Field(
        default=None, description="When a person last read its texts, and in which role."
    )
    source: Text | None = Field(
        default=None, description="Where the publisher states these facts. The source is internal."
    )


FORMAT = 1
"""The newest format of the file that this program reads."""
SCHEMA = "subproc/registry/1"
"""The machine shape of a list, as `subproc export json` writes it and `subproc import` reads it."""
NOBODY = "not stated"
"""The publisher of an imported list that does not name one; nothing is sent or published that way."""


def _validate_field_name(value: str) -> str:
    """Accept a field of a service or of the list, as machine formats name it, or an `x-` field."""
    known = (*Service.model_fields, *RegistryModel.model_fields)
    if value.startswith("x-") or value in known:
        return value
    raise make_error(INVALID, f"there is no field {value}", suggest(value, known))


ALWAYS_PUBLISHED = frozenset(
    (
        *("name", "role", "products", "activation", "sees", "never_sees", "processing", "since", "until"),
        *("format", "publisher", "version", "date", "law", "categories", "regions", "services"),
    )
)
"""Fields that cannot be hidden: filters and figures need them, or a missing value has a meaning."""


def _validate_hidden_field_name(value: str) -> str:
    if value in ALWAYS_PUBLISHED:
        raise make_error(INVALID, f"{value} cannot be hidden", "every published list needs it: remove it")
    return value


def _validate_colour(value: str) -> str:
    if re.fullmatch("#[0-9A-Fa-f]{6}", value):
        return value.lower()
    raise make_error(INVALID, f"{value} is not a colour", "write six hexadecimal digits: '#0b7a75'")


FieldName = Annotated[Text, AfterValidator(_validate_field_name)]
Colour = Annotated[Text, AfterValidator(_validate_colour)]
HiddenFieldName = Annotated[FieldName, AfterValidator(_validate_hidden_field_name)]


class Publication(Model, title="Publication"):
    """What the public page of the list shows."""

    fields: ListOf[FieldName] = Field(
        default=(), description="Internal fields that are published: `notes`, `source`, fields of your own."
    )
    hide: ListOf[HiddenFieldName] = Field(
        default=(), description="Fields that are not published. Some are always published, such as `sees`."
    )
    logo: Text | None = Field(default=None, description="The file of a logo, relative to the list.")
    intro: LocalText | None = Field(default=None, description="A text that introduces the list.")
    intro_by_language: LocalTexts = add_languages("intro")
    legal_notice: Text | None = Field(default=None, description="The address of the legal notice.")
    url: Text | None = Field(
        default=None, description="The address of the published list, which letters and feeds name."
    )
    accent: Colour | None = Field(
        default=None, description="The colour of links and marks, such as `#0b7a75`; adjusted for contrast."
    )
    subscribe: Text | None = Field(
        default=None, description="The mail or web address at which readers subscribe to changes."
    )
    not_stated: NotStated = Field(
        default=NotStated.ONCE, description="Whether the page names what the list does not state."
    )


class OwnCategory(Model, title="Own category"):
    """A data category of the publisher's own, below one that exists."""

    label: Text = Field(description="What customers read.")
    aliases: ListOf[Text] = Field(default=(), description="Other words for it in questions.")
    personal: PersonalData | None = Field(
        default=None,
        description="Whether it is personal data. If missing, the value of the category above it applies.",
    )


class Policy(Model, title="Policy"):
    """A house rule in the language of questions."""

    name: Text = Field(description="Its label.")
    forbid: Text | None = Field(default=None, description="A question that no service may answer with yes.")
    require: Text | None = Field(
        default=None, description="A question that every service must answer with yes."
    )
    unknown: UnknownPolicy = Field(
        default=UnknownPolicy.WARN,
        description="How to treat a service about which the list does not state enough.",
    )


class RegistryModel(Model, title="List"):
    """A published list of services, one revision of it."""

    format: int = Field(ge=1, strict=True, description="The version of this file format.")
    publisher: Text = Field(description="The company whose list this is.")
    version: Version = Field(
        description="The version of the list: major.minor.patch, by what its changes mean to customers."
    )
    date: Day = Field(description="The day on which this revision was published.")
    law: Annotated[ListOf[LawKey], NotEmpty] = Field(
        default=(DEFAULT_LAW,), description="The data protection laws that apply to the publisher."
    )
    notice: NoticeTerms = Field(
        default=NoticeTerms.model_construct(), description="What the publisher promises before a change."
    )
    contacts: Contacts | None = Field(default=None, description="The publisher's contacts.")
    publish: Publication | None = Field(default=None, description="What the public page shows.")
    categories: dict[OwnCategoryKey, OwnCategory] = Field(
        default_factory=dict,
        description="Data categories of the publisher's own: content.topics is below content.",
    )
    regions: dict[OwnPlace, Annotated[ListOf[Place], NotEmpty]] = Field(
        default={}, description="The publisher's own names for places."
    )
    policies: ListOf[Policy] = Field(
        default=(),
        description="The publisher's own rules, each a question.",
    )
    levels: dict[ChangeKind, Level] = Field(
        default_factory=dict,
        description="What a kind of change requires under this publisher's contracts, if not the default.",
    )
    severities: dict[str, SeveritySetting] = Field(
        default_factory=dict,
        description=(
            "The severity of a rule's findings for this publisher, or `off`. "
            "For a change the stricter of the two revisions applies."
        ),
    )
    ignore: ListOf[Ignore] = Field(default=(), description="Findings that are accepted on purpose.")
    services: dict[Id, Annotated[Service, SkippedAfterErrors]] = Field(
        description="The services by id. An id always means the same service."
    )
