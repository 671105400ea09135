"""Imports a registry as `subproc export json` writes it: nothing is guessed and nothing is lost."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from subproc_cli.errors import ReadError
from subproc_cli.importers.draft import LISTS, MAPPINGS, Draft
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.importers.statistics import ImportSummary
from subproc_cli.importers.text.parsed import Fact
from subproc_cli.registry.file_form import to_file_form
from subproc_cli.registry.introspect import list_file_fields
from subproc_cli.registry.models import FORMAT, SCHEMA, RegistryModel, Service
from subproc_cli.yaml.layout import format_scalar, format_value


def is_registry(data: Any) -> bool:
    """Return whether plain data is a registry in the machine format."""
    return isinstance(data, dict) and str(data.get("schema", "")).startswith("subproc/registry/")


def parse_export(file: str, data: dict[str, Any]) -> ImportResult:
    """Return the services of a registry, with everything that is above them.

    Raises:
        ReadError: it is of a newer shape, has no services, or a field that the format does not have.
    """
    if data["schema"] != SCHEMA:
        raise ReadError(f"the schema is {data['schema']}; this version reads {SCHEMA}", "update subproc-cli")
    services = _by_id(data.get("services"))
    _only_known(data, ("schema", *RegistryModel.model_fields), "it")
    for key, service in services.items():
        _only_known(service, Service.model_fields, key)
        if not isinstance(service.get("name"), str):
            raise ReadError(f"{key} has no name")
    drafts = {key: _draft(to_file_form(Service, service)) for key, service in services.items()}
    report = ImportSummary(file, len(drafts), (), (), ())
    return ImportResult(
        drafts, report, "", None, tuple(_head(to_file_form(RegistryModel, {**data, "services": {}})))
    )


_OF_LIST = ("publisher", "version", "date")
_OF_LINE = ("service", "state", "as_of")
_DEFINITIONS = ("categories", "regions")


def is_stream(data: Any) -> bool:
    """Return whether plain data is the lines of `subproc export ndjson`, or the only one."""
    lines, required = data if isinstance(data, list) else [data], {*_OF_LIST, *_OF_LINE, "name"}
    return bool(lines) and all(isinstance(line, dict) and required <= line.keys() for line in lines)


def parse_stream(file: str, lines: list[dict[str, Any]]) -> ImportResult:
    """Return the services of lines of JSON, with what the lines say of their list.

    Raises:
        ReadError: the lines are those of several lists, or have a field that the format does not have.
    """
    lists = {(line.get("file", ""), *(line[name] for name in _OF_LIST)) for line in lines}
    if len(lists) > 1:
        raise ReadError(f"it contains {len(lists)} lists", "import one list at a time")
    record: dict[str, Any] = {"schema": SCHEMA, **{name: lines[0][name] for name in _OF_LIST}, "services": {}}
    for line in lines:
        for name in _DEFINITIONS:
            record.setdefault(name, {}).update(line.get(name, {}))
        left_out = {*_OF_LIST, *_OF_LINE, *_DEFINITIONS, "file"}
        record["services"][line["service"]] = {
            name: value for name, value in line.items() if name not in left_out
        }
    return parse_export(file, record)


def render_definitions(definitions: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the lines that define categories and regions of the publisher's own."""
    if not definitions:
        return ()
    _format, *lines = _head(to_file_form(RegistryModel, {**definitions, "services": {}}))
    return tuple(lines)


def _only_known(data: dict[str, Any], known: Iterable[str], what: str) -> None:
    strange = [key for key in data if key not in known and not key.startswith("x-")]
    if strange:
        raise ReadError(f"{what} has the field {strange[0]!r}, which is not part of {SCHEMA}")


def _by_id(services: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(services, dict) or not all(isinstance(each, dict) for each in services.values()):
        raise ReadError("the file has no services")
    return services


def _head(data: dict[str, Any]) -> Iterator[str]:
    """Yield the lines above the services, in the order of the file format."""
    yield f"format: {format_value(data.get('format', FORMAT))}"
    known = [key for key in list_file_fields(RegistryModel) if key not in ("format", "services")]
    for key in [*known, *(key for key in data if key.startswith("x-"))]:
        value = data.get(key)
        if not _is_empty(key, value):
            yield f"{format_scalar(key)}: {format_value(_kept(key, value), key)}"


def _draft(service: dict[str, Any]) -> Draft:
    draft = Draft()
    order = [key for key in list_file_fields(Service) if key in service]
    for key in [*order, *(key for key in service if key.startswith("x-"))]:
        for fact in _facts(key, service[key]):
            draft.add(fact)
    return draft


def _facts(key: str, value: Any) -> Iterator[Fact]:
    if _is_empty(key, value):
        return
    if key in LISTS and isinstance(value, list):
        yield from (Fact(key, _bare(each)) for each in value)
    elif key in MAPPINGS and isinstance(value, dict):
        for name, each in value.items():
            if not _is_empty(name, each):
                yield Fact(f"{key}.{name}", _kept(name, each))
    else:
        yield Fact(key, _kept(key, value))


def _is_empty(key: str, value: Any) -> bool:
    """Return whether a field holds nothing; one of the publisher's own may hold that on purpose."""
    return not key.startswith("x-") and value in (None, [], {})


def _kept(key: str, value: Any) -> Any:
    return value if key.startswith("x-") else _bare(value)


def _bare(value: Any) -> Any:
    """Return a value without the fields that hold nothing, and a statement of one category as that."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _kept(key, each) for key, each in value.items() if not _is_empty(key, each)}
    if kept.get("extent") == "full":
        del kept["extent"]
    if len(kept) == 1 and next(iter(kept)) in ("data", "place", "basis"):
        only = next(iter(kept.values()))
        return (
            only[0] if isinstance(only, list) and len(only) == 1 else only if isinstance(only, str) else kept
        )
    return kept
