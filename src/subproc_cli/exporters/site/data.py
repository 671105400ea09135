"""The list as data next to the page: the content of the page, without positions in the publisher's file."""

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

from subproc_cli.describe.header import RevisionRecord, build_registry_record
from subproc_cli.enums import Regime
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.facts import find_missing_facts
from subproc_cli.exporters.published import find_visible_services
from subproc_cli.output.record import Day, describe_field, one_of
from subproc_cli.overview.record import PublishedServiceRecord
from subproc_cli.overview.show import build_service_record
from subproc_cli.registry.parts import NoticeTerms


@with_config(ConfigDict(extra="allow"))  # the publisher's own fields
class PublishedTermsRecord(TypedDict):
    """What the publisher promises before a change; periods in days."""

    days: Annotated[int | None, describe_field("From the notice to the change; null if not stated.")]
    objection_days: Annotated[
        int | None, describe_field("From the notice to the last day to object; null if not stated.")
    ]
    termination_days: Annotated[
        int | None, describe_field("To terminate after an objection that fails; null if not stated.")
    ]
    contact: Annotated[str | None, describe_field("Where an objection goes; null if not stated.")]


@with_config(ConfigDict(extra="allow"))  # the publisher's own fields
class ListRecord(TypedDict):
    """The record `subproc/list/1`."""

    schema: Annotated[Literal["subproc/list/1"], describe_field("The name and number of this record.")]
    at: Annotated[Day, describe_field("The day that decides which services are in use.")]
    registry: Annotated[RevisionRecord, describe_field("The revision of the list.")]
    law: Annotated[
        list[Annotated[str, one_of(Regime)]], describe_field("The laws whose adequacy decisions apply.")
    ]
    notice: Annotated[PublishedTermsRecord, describe_field("What the publisher promises before a change.")]
    question: Annotated[
        str | None, describe_field("The question that chose the services; null if all are shown.")
    ]
    unanswered: Annotated[
        list[str],
        describe_field(
            "The ids of services left out because the list does not answer the question for them."
        ),
    ]
    hidden: Annotated[
        list[str], describe_field("The fields that the publisher does not publish, whether stated or not.")
    ]
    services: Annotated[
        list[PublishedServiceRecord], describe_field("The services, without their positions in the file.")
    ]


def build_record(export: Export) -> dict[str, Any]:
    """Return `subproc/list/1`; what is not stated is null, or named in `not_stated`."""
    registry = export.registry
    return {
        "schema": "subproc/list/1",
        "at": export.as_of.isoformat(),
        "registry": build_registry_record(registry),
        "law": [str(each) for each in registry.model.law],
        "notice": _build_notice_record(registry.model.notice),
        "question": export.question or None,
        "unanswered": list(export.unanswered),
        "hidden": sorted(export.hidden_fields),
        "services": [
            {
                name: value
                for name, value in build_service_record(registry, key, service, export.as_of).items()
                if name != "where"
            }
            | {"not_stated": find_missing_facts(service, export.hidden_fields)}
            for key, service in find_visible_services(export).items()
        ],
        **registry.model.own,
    }


def _build_notice_record(notice: NoticeTerms) -> dict[str, Any]:
    return {
        "days": notice.days,
        "objection_days": notice.objection_days,
        "termination_days": notice.termination_days,
        "contact": notice.contact,
        **notice.own,
    }
