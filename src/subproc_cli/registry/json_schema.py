"""The JSON Schema (2020-12) of the file, read from the models, so that an editor completes and explains.

A schema knows structure, not meaning: whether a category exists or an id points somewhere is for
`load` and `check`. What is described stands in the docstrings of the models.
"""

import re
from enum import Enum
from inspect import cleandoc
from typing import Annotated, Any, TypeAlias, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from subproc_cli.enums import CHANGE_KINDS
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.reference import categories, geography
from subproc_cli.registry import field_types
from subproc_cli.registry.models import RegistryModel

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Schema = {"type": "string", "pattern": r"\S"}
_OWN: Schema = {"^x-": {"description": "A field of the publisher's own; it is kept and shown."}}
_WORD = r"[^\x00-/:-`{-\x7f]+"
"""What an id is made of: of ASCII, lower-case letters and digits."""
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


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


def _build_country_schema() -> Schema:
    return _build_vocabulary_schema(
        list(geography.load_country_codes()), r"\S", "A country, as its ISO 3166-1 code"
    )


_SHARED = {
    field_types.CategoryKey: ("category", _build_category_schema),
    field_types.Place: ("place", _build_place_schema),
    field_types.Country: ("country", _build_country_schema),
}
"""What is defined once and referred to, because it is long."""

_PLAIN: dict[Any, Schema] = {
    field_types.Text: _TEXT,
    field_types.Day: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    field_types.Version: {"type": "string", "pattern": r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$"},
    field_types.YesNo: {"enum": ["yes", "no", True, False]},
    field_types.Id: {"type": "string", "pattern": f"^{_WORD}(-{_WORD})*$"},
    field_types.OwnCategoryKey: {"type": "string", "pattern": r"^[a-z0-9_]+(\.[a-z0-9_]+)*$"},
    field_types.OwnPlace: {"type": "string"},
    field_types.Language: {"enum": list(find_languages())},
    field_types.ChangeKind: {"enum": list(CHANGE_KINDS)},
    str: {"type": "string"},
    int: {"type": "integer"},
}


def _build_type_schema(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    """Return the schema of a type of the models; what is shared goes to the definitions."""
    if annotation in _SHARED:
        name, make = _SHARED[annotation]
        definitions.setdefault(name, make())
        return {"$ref": f"#/$defs/{name}"}
    if annotation in _PLAIN:
        return dict(_PLAIN[annotation])
    if isinstance(annotation, type):
        return (
            _build_enum_schema(annotation)
            if issubclass(annotation, Enum)
            else _build_reference(annotation, definitions)
        )
    if get_origin(annotation) is Annotated:
        return _build_annotated_schema(annotation, definitions)
    if get_origin(annotation) is dict:
        return _build_mapping_schema(annotation, definitions)
    found, _ = get_args(annotation)  # a field without a value is one that is left out
    return _allow_null(_build_type_schema(found, definitions))


def _build_annotated_schema(annotation: Any, definitions: dict[str, Schema]) -> Schema:
    bare = annotation.__origin__
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


def _build_enum_schema(kind: type[Enum]) -> Schema:
    said = _parse_attribute_descriptions(kind)
    found: Schema = {"enum": [each.value for each in kind]}
    if said:
        found["enumDescriptions"] = [said[each.name] for each in kind]
    return found


def _build_reference(model: Any, definitions: dict[str, Schema]) -> Schema:
    name = model.__name__.lower()
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _build_object_schema(model, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _build_object_schema(model: type[BaseModel], definitions: dict[str, Schema]) -> Schema:
    said, properties = _parse_attribute_descriptions(model), {}
    for name, hint in _get_type_hints(model).items():
        found = _build_type_schema(hint, definitions) | _build_bounds(model.model_fields[name].metadata)
        properties[name] = (
            {"description": said.get(name, ""), **found}
            if "$ref" not in found
            else {"description": said.get(name, ""), "allOf": [found]}
        )
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": _OWN,
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


def _parse_attribute_descriptions(kind: type) -> dict[str, str]:
    """Return what the docstring of a class says of each of its attributes."""
    found = _ATTRIBUTE.findall(cleandoc(kind.__doc__ or "").partition("Attributes:\n")[2])
    return {name: _capitalize(" ".join(text.split())) for name, text in found}


def _capitalize(text: str) -> str:
    return text[0].upper() + text[1:]
