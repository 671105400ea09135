"""The registry in the file's own words, frozen. A missing field is *not stated*, never *none*."""

from typing import Annotated

from pydantic import Field

from subproc_cli.enums import (
    Gravity,
    Level,
    Personal,
    Regime,
    Tolerance,
)
from subproc_cli.registry.field_types import (
    ChangeKind,
    Day,
    Filled,
    Id,
    OneOfMany,
    OwnCategoryKey,
    OwnPlace,
    Place,
    Text,
    Version,
)
from subproc_cli.registry.service import Many, Model, Service

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
    aliases: Many[Text] = ()
    personal: Personal | None = None


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
    unknown: Tolerance = Tolerance.WARN


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


class Registry(Model):
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
    law: Annotated[Many[Regime], Filled] = (Regime.EU_GDPR,)
    notice: NoticeTerms = NoticeTerms()
    categories: dict[OwnCategoryKey, OwnCategory] = {}
    regions: dict[OwnPlace, Annotated[Many[Place], Filled]] = {}
    policies: Many[Policy] = ()
    levels: dict[ChangeKind, Level] = {}
    severities: dict[str, Gravity] = {}
    ignore: Many[Ignore] = ()
    services: dict[Id, Annotated[Service, OneOfMany]]
