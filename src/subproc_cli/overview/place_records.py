"""The record `subproc/places/1`: its shape, for JSON Schema and the reference."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from subproc_cli.evaluation.transfer_outcomes import RemarkKind, TransferStatus
from subproc_cli.output.record import Day, describe_field, one_of


class LawRecord(TypedDict):
    """One law."""

    law: Annotated[str, describe_field("The key, as in the field `law`.")]
    name: Annotated[str, describe_field("The English name.")]
    home: Annotated[list[str], describe_field("The places to which nothing is transferred under it.")]
    known_since: Annotated[Day, describe_field("The first day for which the data on it is complete.")]
    known_until: Annotated[Day, describe_field("The last day for which the data on it is complete.")]
    source: Annotated[str, describe_field("The act.")]


class DoubtRecord(TypedDict):
    """Something that may end a decision."""

    id: Annotated[str, describe_field("The id.")]
    since: Annotated[Day, describe_field("The day since which it may.")]
    text: Annotated[str, describe_field("What it is.")]
    source: Annotated[str, describe_field("Where the law says so.")]
    certainty: Annotated[str, describe_field("`high`, or `medium` where sources differ.")]


class DecisionRecord(TypedDict):
    """One decision on a country."""

    number: Annotated[str, describe_field("The number of the act.")]
    since: Annotated[Day | None, describe_field("The first day on which it was applied.")]
    until: Annotated[Day | None, describe_field("The last day; null if it has none.")]
    scope: Annotated[str | None, describe_field("What it covers; null if everything.")]
    some_recipients: Annotated[bool, describe_field("Whether it covers some recipients only.")]
    stated_as: Annotated[list[str], describe_field("The values of `transfer` that rely on it.")]
    source: Annotated[str, describe_field("The act.")]
    certainty: Annotated[str, describe_field("`high`, or `medium` where sources differ.")]
    number_certainty: Annotated[
        str, describe_field("That of the number alone: `high`, or `medium` if unread.")
    ]
    doubts: Annotated[list[DoubtRecord], describe_field("What may end it.")]
    in_force: Annotated[bool, describe_field("Whether it is in force on the day.")]


class RemarkRecord(TypedDict):
    """Something to know about a status."""

    kind: Annotated[str, one_of(RemarkKind), describe_field("The kind of the remark.")]
    value: Annotated[str, describe_field("What it is about: a day, a country, or the id of a doubt.")]
    source: Annotated[str | None, describe_field("Where that is written; null if nowhere.")]


class CountryUnderLawRecord(TypedDict):
    """What a law states about a country, for a service without a transfer basis."""

    law: Annotated[str, describe_field("The key of the law.")]
    status: Annotated[str, one_of(TransferStatus), describe_field("How the law assesses the country.")]
    last_known_status: Annotated[
        str,
        one_of(TransferStatus),
        describe_field("The status on the last day for which the data of the law is complete."),
    ]
    part_of: Annotated[
        str | None, describe_field("The state whose law a territory shares; null for a state of its own.")
    ]
    remarks: Annotated[list[RemarkRecord], describe_field("Further remarks.")]
    decisions: Annotated[list[DecisionRecord], describe_field("All decisions on it, the latest first.")]


class RegionRecord(TypedDict):
    """One region."""

    place: Annotated[str, describe_field("The name to write in a list.")]
    label: Annotated[str, describe_field("The English name.")]
    members: Annotated[list[str], describe_field("The codes of its countries on that day.")]
    territories: Annotated[
        list[str], describe_field("The codes of its territories that are not states of their own.")
    ]
    source: Annotated[str, describe_field("The source of its membership.")]


class CountryRecord(TypedDict):
    """One country."""

    place: Annotated[str, describe_field("The ISO 3166-1 code.")]
    label: Annotated[str, describe_field("The English name.")]
    within: Annotated[list[str], describe_field("The regions that it belongs to on that day.")]
    adequate: Annotated[
        list[str], describe_field("The adequacy decisions for it that are in force on that day.")
    ]
    by_law: Annotated[list[CountryUnderLawRecord], describe_field("How each law assesses it.")]


class PlacesRecord(TypedDict):
    """The record `subproc/places/1`."""

    schema: Annotated[Literal["subproc/places/1"], describe_field("The name and number of this record.")]
    at: Annotated[Day, describe_field("The day whose regions and decisions are shown.")]
    laws: Annotated[list[LawRecord], describe_field("The laws.")]
    regions: Annotated[list[RegionRecord], describe_field("The regions.")]
    countries: Annotated[list[CountryRecord], describe_field("The countries, by their codes.")]
