"""The registry in the file's own words, frozen. A missing field is *not stated*, never *none*."""

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from subproc_cli.enums import (
    Activation,
    Basis,
    Extent,
    Gravity,
    How,
    Level,
    Personal,
    Regime,
    Role,
    Tolerance,
)
from subproc_cli.registry.fields import (
    AsList,
    CategoryKey,
    ChangeKind,
    Country,
    Day,
    Id,
    OwnCategoryKey,
    OwnKey,
    OwnPlace,
    Place,
    Text,
    Version,
    YesNo,
    one_or_more,
    short,
)

FORMAT = 1
"""The newest format of the file that this program reads."""

Item = TypeVar("Item")
Many: TypeAlias = Annotated[tuple[Item, ...], AsList]
OneOrMore: TypeAlias = Annotated[tuple[Item, ...], BeforeValidator(one_or_more)]


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
    """

    data: CategoryKey
    may_contain: Many[CategoryKey] = ()
    extent: Extent = Extent.FULL
    when: Text | None = None
    note: Text | None = None


class Processing(Model):
    """Where a service processes: somewhere within the given places.

    Attributes:
        place: countries and regions, of which at least one is meant.
        when: the condition under which it is there.
        how: `remote-access` if people look in from there, which is a transfer as well.
    """

    place: OneOrMore[Place]
    when: Text | None = None
    how: How | None = None
    note: Text | None = None


class Entity(Model):
    """The legal entity behind a service: the contracting party."""

    name: Text | None = None
    address: Text | None = None
    country: Country | None = None
    parent: Text | None = None


class Transfer(Model):
    """What a transfer to a third country rests on (Chapter V GDPR); `until` is the last day."""

    basis: Basis
    until: Day | None = None
    note: Text | None = None


class Links(Model):
    """Where the service publishes more about itself."""

    website: Text | None = None
    privacy: Text | None = None
    dpa: Text | None = None
    security: Text | None = None
    subprocessors: Text | None = None


class Service(Model):
    """One third-party service."""

    name: Text
    formerly: Many[Id] = ()
    replaces: Id | None = None
    role: Role = Role.SUBPROCESSOR
    purpose: Text | None = None
    group: Text | None = None
    notes: Text | None = None
    products: Many[Text] = ()
    activation: Activation = Activation.ALWAYS
    condition: Text | None = None
    sees: Many[Annotated[Statement, short("data")]] = ()
    never_sees: Many[CategoryKey] = ()
    personal_data: YesNo | None = None
    subjects: Many[Text] = ()
    processing: Many[Annotated[Processing, short("place")]] = ()
    entity: Entity | None = None
    transfer: Many[Annotated[Transfer, short("basis")]] = ()
    contact: Text | None = None
    links: Links | None = None
    retention: Text | None = None
    certifications: Many[Text] = ()
    onward: Many[Text] = ()
    since: Day | None = None
    until: Day | None = None
    source: Text | None = None


class Notice(Model):
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
    """A data category of the publisher's own, hung under one that exists."""

    label: Text
    aliases: Many[Text] = ()
    personal: Personal | None = None


class Policy(Model):
    """A house rule in the language of questions."""

    name: Text
    forbid: Text | None = None
    require: Text | None = None
    unknown: Tolerance = Tolerance.WARN


class Ignore(Model):
    """A finding that is accepted on purpose."""

    rule: Text
    service: Id | None = None
    until: Day | None = None
    reason: Text | None = None


class Registry(Model):
    """A published list of services, one revision of it."""

    format: int = Field(ge=1, strict=True)
    publisher: Text
    version: Version
    date: Day
    law: Many[Regime] = (Regime.EU_GDPR,)
    notice: Notice = Notice()
    categories: dict[OwnCategoryKey, OwnCategory] = {}
    regions: dict[OwnPlace, Many[Place]] = {}
    policies: Many[Policy] = ()
    levels: dict[ChangeKind, Level] = {}
    severities: dict[str, Gravity] = {}
    ignore: Many[Ignore] = ()
    services: dict[Id, Service]
