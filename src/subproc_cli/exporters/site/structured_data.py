"""The list for search engines and programs, in the page itself: schema.org, and the vocabulary of DPV."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters import dpv
from subproc_cli.exporters.exporter import Export
from subproc_cli.output.sanitize import sanitize_data, sanitize_line
from subproc_cli.registry.models import Service


class SafeText(str):
    """A text that the page contains as it is: a style, a script or data that cannot end its element."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the text, as templates ask for it."""
        return str(self)


_SCHEMA_ORG = "https://schema.org"


def build_structured_data(
    export: Export,
    wording: PageWording,
    services: Mapping[str, Service],
    files: Mapping[str, str],
    page_url: str,
) -> tuple[SafeText, ...]:
    """Return the data blocks of the page.

    Args:
        export: the list.
        wording: the words.
        services: the services that the page shows.
        files: the media type of each file next to the page, by name.
        page_url: the address of the page; empty if it is not known.
    """
    model = export.registry.model
    dataset = {
        "@context": _SCHEMA_ORG,
        "@type": "Dataset",
        "name": wording.format_text("title", publisher=model.publisher),
        "description": wording.format_text("intro", publisher=model.publisher),
        "creator": {"@type": "Organization", "name": model.publisher},
        "inLanguage": export.language,
        "version": model.version,
        "dateModified": model.date.isoformat(),
        **({"url": page_url} if page_url else {}),
        **_build_distribution(page_url, files),
        "hasPart": [*_iter_services(wording, services)],
    }
    in_one_language = {
        key: service.model_copy(update={"purpose_by_language": {}}) for key, service in services.items()
    }
    vocabulary = json.loads(dpv.render(export._replace(services=in_one_language)))
    return _to_script(dataset), _to_script(vocabulary)


def _build_distribution(page_url: str, files: Mapping[str, str]) -> dict[str, Any]:
    found = [
        {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": urljoin(page_url, name)}
        for name, media_type in files.items()
    ]
    return {"distribution": found} if found else {}


def _iter_services(wording: PageWording, services: Mapping[str, Service]) -> Iterator[dict[str, Any]]:
    for key, service in services.items():
        entity = service.entity
        provider = {
            "@type": "Organization",
            "name": entity and entity.name,
            "address": entity
            and (entity.address or (entity.country and wording.format_place(entity.country))),
        }
        stated = {name: value for name, value in provider.items() if value}
        optional = {
            "description": service.purpose,
            "provider": stated if len(stated) > 1 else None,
            "url": service.links and service.links.website,
        }
        part = {"@type": "Service", "@id": f"#{key}", "name": service.name}
        yield part | {name: value for name, value in optional.items() if value}


def _to_script(record: Any) -> SafeText:
    """Return data as JSON that cannot end the element that contains it."""
    text = json.dumps(sanitize_data(record, sanitize_line), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return SafeText(text)
