"""The shapes of the records of services.

The fields that the file can state come from its model. Only the schemas need these classes, and Pydantic
takes time to build them, so the commands do not import them.
"""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from subproc_cli.describe.header import PositionRecord, RevisionRecord
from subproc_cli.enums import Activation, Role
from subproc_cli.output.record import Day, describe_field, one_of
from subproc_cli.overview.filter import FilterRecord
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import State


class PublishedServiceRecord(Service):
    """A service in a record: what the list states about it, and what it leaves out.

    The fields that the file can have come from the model of the file. Those that the list leaves out are
    missing, except the role and the activation, whose defaults mean something.
    """

    role: Annotated[Role, describe_field("The role of the service under the GDPR.")]
    activation: Annotated[Activation, describe_field("Who decides that the service is used.")]
    service: Annotated[str, describe_field("The id of the service.")]
    state: Annotated[
        str, one_of(State), describe_field("Whether the service is in use on that day, or before or after.")
    ]
    not_stated: Annotated[
        list[str], describe_field("The facts that the list does not state about the service.")
    ]


class ListedServiceRecord(PublishedServiceRecord):
    """The same with the position in the file."""

    where: Annotated[PositionRecord, describe_field("The position of the service in the file.")]


class ServiceRecord(ListedServiceRecord):
    """The record `subproc/service/1`."""

    schema_: Annotated[
        Literal["subproc/service/1"], Field(alias="schema", description="The name and number of this record.")
    ]
    at: Annotated[Day, describe_field("The day for which the state is given.")]
    registry: Annotated[RevisionRecord, describe_field("The revision of the list.")]
    data_not_stated: Annotated[
        list[str],
        describe_field("The categories of which the list does not state whether the service sees them."),
    ]


class ServicesRecord(TypedDict):
    """The record `subproc/services/1`."""

    schema: Annotated[Literal["subproc/services/1"], describe_field("The name and number of this record.")]
    at: Annotated[Day, describe_field("The day that decides which services are in use.")]
    registry: Annotated[RevisionRecord, describe_field("The revision of the list.")]
    where: NotRequired[
        Annotated[FilterRecord, describe_field("The question that chose the services, if there was one.")]
    ]
    services: Annotated[list[ListedServiceRecord], describe_field("The services, in the list's order.")]
