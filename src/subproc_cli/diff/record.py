"""The shapes of the records of changes and of their kinds."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from subproc_cli.describe.header import PositionRecord, RevisionRecord
from subproc_cli.enums import Bump, Direction, Level
from subproc_cli.output.record import describe_field, one_of
from subproc_cli.registry.change_kind import ChangeArea
from subproc_cli.registry.change_kinds import KINDS_BY_NAME

LevelName = Annotated[str, one_of(Level)]
"""A level, highest first."""


class ChangeRecord(TypedDict):
    """One change between two revisions."""

    kind: Annotated[str, one_of(KINDS_BY_NAME), describe_field("The kind of the change.")]
    level: Annotated[LevelName, describe_field("What the change requires of the publisher.")]
    direction: Annotated[
        str, one_of(Direction), describe_field("Which way the change goes for the people whose data it is.")
    ]
    service: Annotated[
        str | None, describe_field("The id of the service; null if the change concerns the whole list.")
    ]
    name: Annotated[
        str | None, describe_field("The name of the service; null if the change concerns the whole list.")
    ]
    field: Annotated[
        str | None,
        describe_field(
            "The field of the service or of the list; null if the change concerns the whole entry."
        ),
    ]
    before: Annotated[
        list[str], describe_field("All values of the field in the older revision, if the field is a list.")
    ]
    after: Annotated[
        list[str], describe_field("All values of the field in the newer revision, if the field is a list.")
    ]
    removed: Annotated[list[str], describe_field("The values that this change removes.")]
    added: Annotated[list[str], describe_field("The values that this change adds.")]
    text: Annotated[str, describe_field("The change as a sentence, without its full stop.")]
    fingerprint: Annotated[
        str,
        describe_field("Twelve hexadecimal digits that are equal wherever the same change is found again."),
    ]


class LocatedChangeRecord(ChangeRecord):
    """One change between two revisions, and its position."""

    where: Annotated[
        PositionRecord,
        describe_field("The position in the newer revision, or in the older one for a service that is gone."),
    ]


class ChangesRecord(TypedDict):
    """The record `subproc/changes/1`."""

    schema: Annotated[Literal["subproc/changes/1"], describe_field("The name and number of this record.")]
    old: Annotated[RevisionRecord, describe_field("The older revision.")]
    new: Annotated[RevisionRecord, describe_field("The newer revision.")]
    level: Annotated[
        LevelName | None, describe_field("The highest level of all changes; null if there is none.")
    ]
    bump: Annotated[
        str, one_of(Bump), describe_field("Which number of the version has to go up for these changes.")
    ]
    changes: Annotated[list[LocatedChangeRecord], describe_field("The changes, the highest level first.")]


class BumpRecord(TypedDict):
    """The record `subproc/bump/1`."""

    schema: Annotated[Literal["subproc/bump/1"], describe_field("The name and number of this record.")]
    needed: Annotated[str, one_of(Bump), describe_field("Which number of the version has to go up.")]
    known: Annotated[str, describe_field("The version of the older revision.")]
    following: Annotated[str, describe_field("The version that the changes require.")]
    given: Annotated[str, describe_field("The version that the file stated when it was read.")]
    enough: Annotated[bool, describe_field("Whether that version is the required one or a later one.")]
    written: Annotated[bool, describe_field("Whether the command wrote the required version to the file.")]


class KindFields(TypedDict):
    """One kind of change."""

    kind: Annotated[str, describe_field("The name of the kind.")]
    area: Annotated[str, one_of(ChangeArea), describe_field("What a change of this kind concerns.")]
    level: Annotated[LevelName, describe_field("The level, unless the list sets another one.")]
    effect: Annotated[
        str, one_of(Direction), describe_field("Which way a change goes for the people whose data it is.")
    ]
    when: Annotated[str, describe_field("The condition under which a change is of this kind.")]
    mirror: Annotated[
        str | None,
        describe_field("The kind of the same change in the opposite direction; null if there is none."),
    ]
    waiver: Annotated[str | None, describe_field("Why there is no such opposite kind; null if there is one.")]
    deviation: Annotated[
        str | None,
        describe_field("Why the level can differ from what area and effect give; null if it never does."),
    ]


class KindRecord(KindFields):
    """The record `subproc/kind/1`."""

    schema: Annotated[Literal["subproc/kind/1"], describe_field("The name and number of this record.")]


class KindsRecord(TypedDict):
    """The record `subproc/kinds/1`."""

    schema: Annotated[Literal["subproc/kinds/1"], describe_field("The name and number of this record.")]
    kinds: Annotated[list[KindFields], describe_field("All kinds of change.")]
