"""The JSON Schema (2020-12) of the file, read from the models, so that an editor completes and explains.

A schema knows structure, not meaning: whether a category exists or an id refers to a service is for `load`
and `check`. Titles and descriptions are those of the models and their fields.
"""

from enum import Enum
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from subproc_cli.enums import DescribedEnum, ModelTraining
from subproc_cli.locale.catalogue import find_base_languages
from subproc_cli.reference import categories, geography
from subproc_cli.reference.laws import list_laws
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry import field_forms, field_types, models
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.registry.introspect import find_mapping_form, list_file_fields
from subproc_cli.registry.models import RegistryModel, Service

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string", "pattern": r"\S"}
OWN_FIELDS: Schema = {"^x-": {"description": "A field of the publisher's own; it is kept and shown."}}
_WORD = r"[^\x00-/:-`{-\x7f]+"
"""What an id is made of: of ASCII, lower-case letters and digits."""
_INTEGER: Schema = {"type": "integer"}


def build_schema() -> Schema:
    """Return the schema of the file."""
    return build_model_schema(
        RegistryModel, "A list of third-party services", "The file format of subproc, version 1."
    )


def build_model_schema(model: type[BaseModel], title: str, description: str) -> Schema:
    """Return the schema of a file that a model reads."""
    definitions: dict[str, Schema] = {}
    top = _build_object_schema(model, definitions)
    head = {"$schema": DIALECT, "title": title, "description": description}
    return {**head, **top, "$defs": {name: definitions[name] for name in sorted(definitions)}}


def _build_vocabulary_schema(known: list[str], pattern: str, description: str) -> Schema:
    """Return the schema of a word that is built in or the publisher's own."""
    return {"description": description, "anyOf": [{"enum": known}, {"type": "string", "pattern": pattern}]}


def _build_category_schema() -> Schema:
    keys = sorted(category.key for category in categories.load_category_tree())
    return _build_vocabulary_schema(
        keys, r"^[a-z0-9_]+(\.[a-z0-9_]+)*$", "A data category; see: subproc categories"
    )


def _build_place_schema() -> Schema:
    known = [geography.WORLDWIDE, *geography.load_gazetteer().regions, *geography.load_country_codes()]
    return _build_vocabulary_schema(known, r"\S", "A country or a region; see: subproc places")


def _build_processing_place_schema() -> Schema:
    description = "A place, or `unknown` for one of which nothing is known"
    return {"description": description, "anyOf": [{"const": geography.UNKNOWN}, {"$ref": "#/$defs/place"}]}


def _build_country_schema() -> Schema:
    return _build_vocabulary_schema(
        list(geography.load_country_codes()), r"\S", "A country, as its ISO 3166-1 code"
    )


def _build_field_schema() -> Schema:
    known = dict.fromkeys((*Service.model_fields, *RegistryModel.model_fields))
    return _build_vocabulary_schema([*known], "^x-", "A field of a service or of the list")


def _build_hidden_field_schema() -> Schema:
    fields = dict.fromkeys((*Service.model_fields, *RegistryModel.model_fields))
    known = [name for name in fields if name not in models.ALWAYS_PUBLISHED]
    return _build_vocabulary_schema(known, "^x-", "A field that a list can leave out of what it publishes")


def _build_local_text_schema() -> Schema:
    by_language = {
        "type": "object",
        "description": "Texts by language",
        "propertyNames": {"pattern": f"^({'|'.join(find_base_languages())})(-[A-Z]{{2}})?$"},
        "additionalProperties": _TEXT,
        "minProperties": 1,
    }
    return {"description": "A text, or texts by language", "anyOf": [_TEXT, by_language]}


def _build_service_type_schema() -> Schema:
    types = load_service_types()
    labels = [each.labels["en"] for each in types.values()]
    return {"enum": [*types], "enumDescriptions": [label[0].upper() + label[1:] for label in labels]}


_SHARED = {
    field_types.CategoryKey: ("category", _build_category_schema),
    field_types.Place: ("place", _build_place_schema),
    field_types.ProcessingPlace: ("processing_place", _build_processing_place_schema),
    field_types.Country: ("country", _build_country_schema),
    field_forms.LocalText: ("local_text", _build_local_text_schema),
    models.FieldName: ("field", _build_field_schema),
    models.HiddenFieldName: ("hidden_field", _build_hidden_field_schema),
}
"""What is defined once and referred to, because it is long."""


def _build_enum_schema(kind: type[Enum]) -> Schema:
    found: Schema = {"enum": [each.value for each in kind]}
    if issubclass(kind, DescribedEnum):
        found["enumDescriptions"] = [each.description for each in kind]
    return found


def _build_training_schema() -> Schema:
    """Return the schema of a word that YAML 1.1 may read as a truth value: `yes`."""
    words = [*ModelTraining, ModelTraining.YES]
    return {
        "enum": [*map(str, ModelTraining), True],
        "enumDescriptions": [word.description for word in words],
    }


_PLAIN: dict[Any, Schema] = {
    field_types.Text: _TEXT,
    field_types.Day: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    field_types.Version: {"type": "string", "pattern": r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$"},
    field_types.YesNo: {"enum": ["yes", "no", True, False]},
    field_types.Id: {"type": "string", "pattern": f"^{_WORD}(-{_WORD})*$"},
    field_types.OwnCategoryKey: {"type": "string", "pattern": r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"},
    field_types.OwnPlace: {"type": "string"},
    field_types.ChangeKind: {"enum": list(KINDS_BY_NAME)},
    field_types.ServiceTypeKey: _build_service_type_schema(),
    field_types.LawKey: {"enum": list(list_laws())},
    field_types.Training: _build_training_schema(),
    str: {"type": "string"},
    int: _INTEGER,
}


def _build_class_schema(kind: Any, definitions: dict[str, Schema]) -> Schema:
    return _build_enum_schema(kind) if issubclass(kind, Enum) else _build_reference(kind, definitions)


def _build_type_schema(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type of the models; what is shared goes to the definitions."""
    if annotation in _SHARED:
        name, make = _SHARED[annotation]
        definitions.setdefault(name, make())
        return {"$ref": f"#/$defs/{name}"}
    if annotation in _PLAIN:
        return dict(_PLAIN[annotation])
    if isinstance(annotation, type):
        return _build_class_schema(annotation, definitions)
    if get_origin(annotation) is Annotated:
        return _build_annotated_schema(annotation, definitions)
    if get_origin(annotation) is dict:
        return _build_mapping_schema(annotation, definitions)
    found, _ = get_args(annotation)  # a field without a value is one that is left out
    return _allow_null(_build_type_schema(found, definitions))


def _build_annotated_schema(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    given = [each for each in annotation.__metadata__ if isinstance(each, WithJsonSchema)]
    return dict(given[0].json_schema or {}) if given else _build_marked_schema(annotation, definitions)


def _build_marked_schema(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type by the marks that the models put on it."""
    form = find_mapping_form(annotation)
    if form:
        return {"anyOf": [_TEXT, _build_reference(form.model, definitions)]}
    bare = annotation.__origin__
    if bare is int:
        bounds = [
            limit
            for each in annotation.__metadata__
            if isinstance(each, FieldInfo)
            for limit in each.metadata
        ]
        return _INTEGER | _build_bounds(bounds)
    if get_origin(bare) is tuple:
        items = _build_type_schema(get_args(bare)[0], definitions)
        many, some = {"type": "array", "items": items}, {"minItems": 1}
        if field_types.AsList not in annotation.__metadata__:
            return {"anyOf": [items, many | some]}
        return many | some if field_types.NotEmpty in annotation.__metadata__ else many
    if not issubclass(bare, BaseModel) or field_types.SkippedAfterErrors in annotation.__metadata__:
        return _build_type_schema(bare, definitions)
    name, hint = next(iter(_get_type_hints(bare).items()))  # a bare text is the first field
    word = _build_type_schema(hint, definitions)
    word = word["anyOf"][0] if "anyOf" in word else word
    return {"anyOf": [word, _build_reference(bare, definitions)], "description": f"in short its field {name}"}


def _build_mapping_schema(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    key, value = get_args(annotation)
    return {
        "type": "object",
        "propertyNames": _build_type_schema(key, definitions),
        "additionalProperties": _build_type_schema(value, definitions),
    }


def _build_reference(model: type[BaseModel], definitions: dict[str, Schema]) -> Schema:
    name = get_definition_name(model)
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = {"title": model.model_config["title"], **_build_object_schema(model, definitions)}
    return {"$ref": f"#/$defs/{name}"}


def get_definition_name(model: type[BaseModel]) -> str:
    """Return the key of a model in the schema: its title, `notice` or `own_category`."""
    return str(model.model_config["title"]).lower().replace(" ", "_")


def _build_object_schema(model: type[BaseModel], definitions: dict[str, Schema]) -> Schema:
    properties = {}
    hints = _get_type_hints(model)
    for name in list_file_fields(model):
        field = model.model_fields[name]
        found = _build_type_schema(hints[name], definitions) | _build_bounds(field.metadata)
        described = {"allOf": [found]} if "$ref" in found else found
        properties[name] = {"description": field.description or "", **described}
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": OWN_FIELDS,
        "additionalProperties": False,
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
    }


def _get_type_hints(model: type[BaseModel]) -> dict[str, Any]:
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _build_bounds(metadata: list[Any]) -> Schema:
    words = (("ge", "minimum"), ("le", "maximum"), ("min_length", "minItems"))
    return {name: getattr(each, word) for each in metadata for word, name in words if hasattr(each, word)}


def _allow_null(schema: Schema) -> Schema:
    if "type" in schema:
        return schema | {"type": [schema["type"], "null"]}
    if "enum" in schema:
        words = schema.get("enumDescriptions")
        more = {"enumDescriptions": [*words, "not stated"]} if words else {}
        return schema | {"enum": [*schema["enum"], None]} | more
    return {"anyOf": [schema, {"type": "null"}]}
