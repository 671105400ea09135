"""The registry in the file's own words, frozen. A missing field is *not stated*, never *none*."""

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from subproc_cli.enums import (
    Activation,
    Coverage,
    Level,
    PersonalData,
    ProcessingMode,
    Regime,
    Role,
    SeveritySetting,
    UnknownPolicy,
)
from subproc_cli.registry.field_types import (
    AsList,
    CategoryKey,
    ChangeKind,
    Country,
    Day,
    Id,
    NotEmpty,
    OwnCategoryKey,
    OwnKey,
    OwnPlace,
    Place,
    SkippedAfterErrors,
    Text,
    TransferBasis,
    Version,
    YesNo,
    accept_shorthand,
    validate_one_or_more,
)

Item = TypeVar("Item")
ListOf: TypeAlias = Annotated[tuple[Item, ...], AsList]
OneOrMore: TypeAlias = Annotated[tuple[Item, ...], BeforeValidator(validate_one_or_more)]


class Model(BaseModel):
    """A mapping of the file. Keys that begin with `x-` are the publisher's own and are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    __pydantic_extra__: dict[OwnKey, Any]

    @property
    def own(self) -> dict[str, Any]:
        """The publisher's own fields."""
        return self.model_extra or {}


class Statement(Model):
    """What a service sees: one category, and under which condition.

    Attributes:
        data: the category that is seen.
        may_contain: further categories that may turn up inside.
        extent: whether all of the category is seen, or some of it.
        when: the condition; it does not weaken the statement.
        note: anything else about it.
    """

    data: CategoryKey
    may_contain: ListOf[CategoryKey] = ()
    extent: Coverage = Coverage.FULL
    when: Text | None = None
    note: Text | None = None


class Processing(Model):
    """Where a service processes: somewhere within the given places.

    Attributes:
        place: countries and regions, of which at least one is meant.
        when: the condition under which it is there.
        how: `remote-access` if people look in from there, which is a transfer as well.
        note: anything else about it.
    """

    place: OneOrMore[Place]
    when: Text | None = None
    how: ProcessingMode | None = None
    note: Text | None = None


class Entity(Model):
    """The legal entity behind a service: the contracting party.

    Attributes:
        name: its name in full, with its legal form.
        address: its postal address.
        country: the country in which it sits.
        parent: the group or company that owns it.
    """

    name: Text | None = None
    address: Text | None = None
    country: Country | None = None
    parent: Text | None = None


class Transfer(Model):
    """What a transfer to a third country rests on (Chapter V GDPR).

    Attributes:
        basis: the safeguard, the decision or the exception.
        until: the last day on which it holds, such as that of a certification.
        note: anything else about it.
    """

    basis: TransferBasis
    until: Day | None = None
    note: Text | None = None


class Links(Model):
    """Where the service publishes more about itself.

    Attributes:
        website: its home page.
        privacy: its privacy notice.
        dpa: its data processing agreement (Art. 28 GDPR).
        security: its measures of security.
        subprocessors: its own list of subprocessors.
    """

    website: Text | None = None
    privacy: Text | None = None
    dpa: Text | None = None
    security: Text | None = None
    subprocessors: Text | None = None


class Service(Model):
    """One third-party service. A missing field is *not stated*, never *none*.

    Attributes:
        name: the name that customers know; two services may share it.
        formerly: earlier ids of the same service of the same company; nothing else makes a rename.
        replaces: the id of another company's service that this one takes over from.
        role: what it is in the GDPR's terms.
        purpose: what it is for.
        group: the heading that it is listed under.
        notes: anything else.
        products: which of the publisher's products it serves; all of them if missing.
        activation: who decides that it is used.
        condition: when it is used.
        sees: the data that it sees.
        never_sees: the data that it is promised never to see; dropping a promise is a widening.
        personal_data: what the publisher claims: whether it sees personal data.
        subjects: whose data it sees: users, respondents, visitors.
        processing: where it processes data.
        entity: the legal entity behind it.
        transfer: what transfers to third countries rest on.
        contact: whom to ask there about data protection.
        links: where it publishes more about itself.
        retention: how long it keeps data.
        certifications: its audits and certifications.
        onward: whom it passes data on to.
        since: the first day in use; announced if that is to come.
        until: the first day on which it is no longer in use.
        source: where the publisher states these facts.
    """

    name: Text
    formerly: ListOf[Id] = ()
    replaces: Id | None = None
    role: Role = Role.SUBPROCESSOR
    purpose: Text | None = None
    group: Text | None = None
    notes: Text | None = None
    products: ListOf[Text] = ()
    activation: Activation = Activation.ALWAYS
    condition: Text | None = None
    sees: ListOf[Annotated[Statement, accept_shorthand("data")]] = ()
    never_sees: ListOf[CategoryKey] = ()
    personal_data: YesNo | None = None
    subjects: ListOf[Text] = ()
    processing: ListOf[Annotated[Processing, accept_shorthand("place")]] = ()
    entity: Entity | None = None
    transfer: ListOf[Annotated[Transfer, accept_shorthand("basis")]] = ()
    contact: Text | None = None
    links: Links | None = None
    retention: Text | None = None
    certifications: ListOf[Text] = ()
    onward: ListOf[Text] = ()
    since: Day | None = None
    until: Day | None = None
    source: Text | None = None


FORMAT = 1
"""The newest format of the file that this program reads."""
SCHEMA = "subproc/registry/1"
"""The machine shape of a list, as `subproc export json` writes it and `subproc import` reads it."""
NOBODY = "not stated"
"""The publisher of an imported list that does not say whose it is; nothing is sent or published so."""


class NoticeTerms(Model):
    """What the publisher promises before a change; periods in days.

    Attributes:
        days: from the notice to the change.
        objection_days: from the notice to the last day to object.
        termination_days: to terminate after an objection that cannot be met.
        contact: where an objection goes.
    """

    days: int | None = Field(default=None, ge=0, le=3650, strict=True)
    objection_days: int | None = Field(default=None, ge=0, le=3650, strict=True)
    termination_days: int | None = Field(default=None, ge=0, le=3650, strict=True)
    contact: Text | None = None


class OwnCategory(Model):
    """A data category of the publisher's own, hung under one that exists.

    Attributes:
        label: what customers read.
        aliases: other words for it in questions.
        personal: whether it is personal data; as the category above it if missing.
    """

    label: Text
    aliases: ListOf[Text] = ()
    personal: PersonalData | None = None


class Policy(Model):
    """A house rule in the language of questions.

    Attributes:
        name: what to call it.
        forbid: a question that no service may answer with yes.
        require: a question that every service must answer with yes.
        unknown: what to make of a service of which the list does not say enough.
    """

    name: Text
    forbid: Text | None = None
    require: Text | None = None
    unknown: UnknownPolicy = UnknownPolicy.WARN


class Ignore(Model):
    """A finding that is accepted on purpose.

    Attributes:
        rule: the name of the rule.
        service: the id of the service; the list as a whole if missing.
        until: the last day on which it is accepted.
        reason: why.
    """

    rule: Text
    service: Id | None = None
    until: Day | None = None
    reason: Text | None = None


class RegistryModel(Model):
    """A published list of services, one revision of it.

    Attributes:
        format: the version of this file format.
        publisher: whose list this is.
        version: the version of the list: major.minor.patch, by what its changes mean to customers.
        date: the day on which this revision was published.
        law: the bodies of law whose adequacy decisions apply.
        notice: what the publisher promises before a change.
        categories: data categories of the publisher's own: content.topics hangs under content.
        regions: the publisher's own names for places.
        policies: house rules in the language of questions.
        levels: what a kind of change demands by this publisher's contracts, if not the default.
        severities: how bad the findings of a rule are to this publisher, or that it does not want them;
            for a change the stricter of the two revisions holds.
        ignore: findings that are accepted on purpose.
        services: the services by id, which stands for a service for ever.
    """

    format: int = Field(ge=1, strict=True)
    publisher: Text
    version: Version
    date: Day
    law: Annotated[ListOf[Regime], NotEmpty] = (Regime.EU_GDPR,)
    notice: NoticeTerms = Field(default_factory=NoticeTerms)
    categories: dict[OwnCategoryKey, OwnCategory] = {}
    regions: dict[OwnPlace, Annotated[ListOf[Place], NotEmpty]] = {}
    policies: ListOf[Policy] = ()
    levels: dict[ChangeKind, Level] = {}
    severities: dict[str, SeveritySetting] = {}
    ignore: ListOf[Ignore] = ()
    services: dict[Id, Annotated[Service, SkippedAfterErrors]]
