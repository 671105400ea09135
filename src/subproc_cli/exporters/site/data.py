"""The list as data next to the page: what the page says, without the places in the publisher's file."""

from typing import Any

from subproc_cli.describe.header import build_registry_record
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import find_visible_services
from subproc_cli.overview.show import build_service_record
from subproc_cli.registry.models import NoticeTerms


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
        "services": [
            {
                name: value
                for name, value in build_service_record(registry, key, service, export.as_of).items()
                if name != "where"
            }
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
