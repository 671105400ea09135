"""The list as a Fides manifest: a system for each service, its data in Fideslang (Ethyca, CC BY 4.0)."""

from collections.abc import Iterator
from typing import Any

from subproc_cli.law.crosswalk import counterpart
from subproc_cli.libyaml import yaml
from subproc_cli.publish.export import Export
from subproc_cli.registry.service import Service
from subproc_cli.render.visible import visible

_HEAD = (
    "# Data categories are those of Fideslang (Ethyca, CC BY 4.0). What it has no word for stands in the\n"
    "# descriptions. A list does not state uses of data: they are essential.service here.\n"
)
_USE = "essential.service"


def render(export: Export) -> bytes:
    """Return the manifest."""
    systems = [_system(export, key, service) for key, service in export.services.items()]
    text = yaml.safe_dump({"system": systems}, sort_keys=False, allow_unicode=True, width=100)
    return f"{_HEAD}{text}".encode()


def _system(export: Export, key: str, service: Service) -> dict[str, Any]:
    categories = [*dict.fromkeys(_categories(service))]
    system: dict[str, Any] = {
        "fides_key": key,
        "name": visible(service.name),
        "description": "; ".join(_described(export, service)),
        "system_type": "Service",
        "administrating_department": visible(export.about.registry.publisher),
        "privacy_declarations": [],
    }
    if categories:
        declaration = {"name": visible(service.purpose or service.name), "data_use": _USE}
        subjects = [_slug(each) for each in service.subjects]
        declared = declaration | {"data_categories": categories, "data_subjects": subjects}
        system["privacy_declarations"] = [declared]
    return system


def _categories(service: Service) -> Iterator[str]:
    for said in service.sees:
        found = counterpart(said.data).fideslang
        if found:
            yield found


def _described(export: Export, service: Service) -> Iterator[str]:
    gazetteer, tree = export.about.gazetteer, export.about.tree
    yield visible(service.purpose) if service.purpose else "purpose not stated"
    places = [" or ".join(map(gazetteer.label, said.place)) for said in service.processing]
    yield f"processes in {', '.join(places)}" if places else "place of processing not stated"
    if service.entity and service.entity.name:
        yield f"provided by {visible(service.entity.name)}"
    if service.never_sees:
        yield f"promised never to see: {', '.join(tree[key].label for key in service.never_sees)}"
    if not service.sees and not service.never_sees:
        yield "data not stated"


def _slug(subject: str) -> str:
    return "_".join(visible(subject).lower().split())
