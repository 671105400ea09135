"""The list as data beside the page: what the page says, without the places in the publisher's file."""

from typing import Any

from subproc_cli.describe.header import list_record
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.published import published
from subproc_cli.overview.show import service_record
from subproc_cli.registry.models import NoticeTerms


def record(export: Export) -> dict[str, Any]:
    """Return `subproc/list/1`; what is not stated is null, or named in `not_stated`."""
    about = export.about
    return {
        "schema": "subproc/list/1",
        "at": export.day.isoformat(),
        "registry": list_record(about),
        "law": [str(each) for each in about.registry.law],
        "notice": _notice(about.registry.notice),
        "question": export.where or None,
        "unanswered": list(export.silent),
        "services": [
            {
                name: value
                for name, value in service_record(about, key, service, export.day).items()
                if name != "where"
            }
            for key, service in published(export).items()
        ],
        **about.registry.own,
    }


def _notice(notice: NoticeTerms) -> dict[str, Any]:
    return {
        "days": notice.days,
        "objection_days": notice.objection_days,
        "termination_days": notice.termination_days,
        "contact": notice.contact,
        **notice.own,
    }
