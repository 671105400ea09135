"""Small mappings of the file, and the base that all its mappings share.

A field with a `validation_alias` is not a key of the file. It is a second reading of the key that the alias
names (see `field_forms`).
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from subproc_cli.registry.field_forms import LocalText, LocalTexts, MappingForm, get_no_texts, read_mapping
from subproc_cli.registry.field_types import (
    AsList,
    Country,
    Day,
    Days,
    Id,
    OwnKey,
    Text,
    validate_one_or_more,
)

Item = TypeVar("Item")
ListOf: TypeAlias = Annotated[tuple[Item, ...], AsList]
OneOrMore: TypeAlias = Annotated[tuple[Item, ...], BeforeValidator(validate_one_or_more)]
Period: TypeAlias = Annotated[int, Field(ge=0, le=3650, strict=True)]
"""A period of notice in days."""


class Model(BaseModel):
    """A mapping of the file. Keys that begin with `x-` are the publisher's own and are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    __pydantic_extra__: dict[OwnKey, Any]

    fields_by_word: ClassVar[Mapping[str, str]] = {}
    """What else people call a field, without spaces and hyphens, for suggestions."""

    @property
    def own(self) -> dict[str, Any]:
        """The publisher's own fields."""
        return self.model_extra or {}


def add_languages(field: str) -> Any:
    """Return the field that holds the texts by language of another field of the model."""
    description = f"The texts of `{field}` by language, where the file states more than one."
    return Field(default_factory=get_no_texts, validation_alias=field, description=description)


class Parent(Model, title="Parent"):
    """The group or company that owns the legal entity."""

    name: Text = Field(description="Its name.")
    country: Country | None = Field(default=None, description="The country in which it is established.")


ParentName = Annotated[
    str, read_mapping(Parent, lambda parent: str(parent.name)), MappingForm(Parent, "name")
]


class Retention(Model, title="Retention"):
    """How long a service keeps data, so that it can be compared."""

    days: Days | None = Field(default=None, description="How many days.")
    after: LocalText | None = Field(
        default=None, description="The event from which the days count, such as the end of the contract."
    )
    after_by_language: LocalTexts = add_languages("after")
    note: LocalText | None = Field(default=None, description="Anything else about it.")
    note_by_language: LocalTexts = add_languages("note")


def _compose_retention(retention: Retention) -> str:
    """Return a period as a text: `30 days after the end of the contract (backups: 90 days)`."""
    days = retention.days
    counted = "" if days is None else f"{days} day{'' if days == 1 else 's'}"
    after = f"after {retention.after}" if retention.after else ""
    period = f"{counted} {after}".strip()
    if period and retention.note:
        return f"{period} ({retention.note})"
    return period or retention.note or ""


RetentionText = Annotated[
    str, read_mapping(Retention, _compose_retention), MappingForm(Retention, note_field="note")
]


class Dpa(Model, title="Contract"):
    """The contract with the service (Art. 28(4) GDPR)."""

    signed: Day | None = Field(default=None, description="The day on which it was signed.")
    until: Day | None = Field(default=None, description="The last day on which it applies.")
    url: Text | None = Field(default=None, description="Where the contract is.")


class Review(Model, title="Review"):
    """That a person has read what a program cannot judge, such as purposes and conditions."""

    date: Day = Field(description="The day of the review.")
    by: Text | None = Field(default=None, description="The role of the person, such as privacy team.")


class Contact(Model, title="Contact"):
    """A person, a team or a company that can be reached."""

    name: Text | None = Field(default=None, description="Its name.")
    address: Text | None = Field(default=None, description="Its postal address.")
    mail: Text | None = Field(default=None, description="Its email address.")


class Contacts(Model, title="Contacts"):
    """The publisher's contacts, which the record of processing names (Art. 30(2) GDPR)."""

    privacy: Contact | None = Field(default=None, description="The contact for data protection.")
    dpo: Contact | None = Field(default=None, description="The data protection officer (Art. 37 GDPR).")
    representative: Contact | None = Field(
        default=None, description="The representative of a publisher outside the law's area (Art. 27 GDPR)."
    )


class Ignore(Model, title="Ignore"):
    """A finding that is accepted on purpose."""

    rule: Text = Field(description="The name of the rule.")
    service: Id | None = Field(
        default=None, description="The id of the service; the list as a whole if missing."
    )
    until: Day | None = Field(default=None, description="The last day on which it is accepted.")
    reason: Text | None = Field(default=None, description="Why it is accepted.")


class NoticeTerms(Model, title="Notice"):
    """What the publisher promises before a change; periods in days."""

    days: Period | None = Field(default=None, description="From the notice to the change.")
    objection_days: Period | None = Field(
        default=None, description="From the notice to the last day to object."
    )
    termination_days: Period | None = Field(
        default=None, description="To terminate after an objection that the publisher cannot meet."
    )
    contact: Text | None = Field(default=None, description="Where an objection goes.")
    on_silence: LocalText | None = Field(
        default=None, description="What happens if a customer does not object in time."
    )
    on_silence_by_language: LocalTexts = add_languages("on_silence")
    on_objection: LocalText | None = Field(default=None, description="What happens if a customer objects.")
    on_objection_by_language: LocalTexts = add_languages("on_objection")
