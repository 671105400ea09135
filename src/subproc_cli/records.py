"""The records in JSON: a table of them, and the JSON Schema (2020-12) of each, generated from its shape.

A shape is next to the code that builds the record: a `TypedDict`, or a Pydantic model for what the
file states. A schema accepts fields that it does not know, because new fields come without a new number of
the record.
"""

from importlib import import_module
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from subproc_cli.registry import json_schema
from subproc_cli.registry.json_schema import Schema
from subproc_cli.registry.parts import NoticeTerms


class Record(NamedTuple):
    """One record.

    Attributes:
        name: its name, as `subproc/NAME/1`.
        shape: the module and the name of its shape.
        title: what it is, in a few words.
        command: the command that prints or writes it.
        items: the field whose items are the lines of NDJSON; empty if the record is one line.
    """

    name: str
    shape: str
    title: str
    command: str
    items: str = ""

    @property
    def schema_name(self) -> str:
        """The value of its field `schema`."""
        return f"subproc/{self.name}/1"


RECORDS = (
    Record("answers", "question.record:AnswersRecord", "The answers to a question", "which", "answers"),
    Record("refusal", "question.refusal:RefusalRecord", "A question that is refused", "which"),
    Record("services", "overview.record:ServicesRecord", "Services of a list", "list", "services"),
    Record("service", "overview.record:ServiceRecord", "One service", "show"),
    Record("matrix", "overview.matrix:MatrixRecord", "Which service sees which data", "matrix", "services"),
    Record("problems", "rules.report:ProblemsRecord", "The findings of a check", "check"),
    Record("rules", "rules.manual:RulesRecord", "All rules", "rule", "rules"),
    Record("rule", "rules.manual:RuleRecord", "One rule", "rule NAME"),
    Record("changes", "diff.record:ChangesRecord", "The changes between two revisions", "diff", "changes"),
    Record("kinds", "diff.record:KindsRecord", "All kinds of change", "diff --kinds", "kinds"),
    Record("kind", "diff.record:KindRecord", "One kind of change", "rule NAME"),
    Record("bump", "diff.record:BumpRecord", "The version that the changes require", "bump"),
    Record("log", "history.report:LogRecord", "The history of a list", "log", "entries"),
    Record("notices", "notice.record:NoticesRecord", "The notices to customers", "notice"),
    Record(
        "audience", "notice.record:AudienceRecord", "Who gets a notice and who does not", "notice --dry-run"
    ),
    Record(
        "sent", "notice.proof_record:LedgerLineRecord", "A ledger line of earlier versions", "notice --verify"
    ),
    Record("event", "notice.proof_record:EventRecord", "A line of the ledger of notices", "notice --record"),
    Record("person", "notice.proof_record:PersonRecord", "A name next to the ledger", "notice --record"),
    Record("run", "notice.proof_record:RunRecord", "The manifest of a run", "notice --out"),
    Record("status", "notice.proof_record:StatusRecord", "The state of all notices", "status"),
    Record("delivery", "notice.proof_record:DeliveryRecord", "What became of mails", "send"),
    Record("registry", "exporters.json:RegistryRecord", "A list with all that it states", "export json"),
    Record("list", "exporters.site.data:ListRecord", "The published list as data", "export site"),
    Record("intake", "importers.report:ImportRecord", "The report of an import", "import --report json"),
    Record(
        "categories",
        "overview.categories:CategoriesRecord",
        "The data categories",
        "categories",
        "categories",
    ),
    Record("places", "overview.place_records:PlacesRecord", "The regions and countries", "places"),
)

_DERIVED = frozenset(("title", "description", "additionalProperties"))
"""What Pydantic derives from Python for a part of a record: from names, docstrings and settings."""


def build_schema(record: Record) -> Schema:
    """Return the JSON Schema of a record."""
    generated = _load_adapter(record).json_schema(
        mode="serialization", schema_generator=_RecordSchemaGenerator
    )
    definitions = {
        _format_name(name): {key: value for key, value in part.items() if key not in _DERIVED}
        for name, part in generated.pop("$defs", {}).items()
    }
    properties = generated["properties"]
    schema = {
        "$schema": json_schema.DIALECT,
        "$id": f"urn:subproc:{record.name}:1",
        "title": record.title,
        "description": f"The record {record.schema_name}. Ignore fields that you do not know.",
        **generated,
        "properties": {"schema": properties["schema"], **properties},
        "required": ["schema", *(name for name in generated["required"] if name != "schema")],
        **({"$defs": definitions} if definitions else {}),
    }
    renamed: Schema = _rename_references(schema)
    return renamed


def find_record(name: str) -> Record | None:
    """Return a record by its name, or by its full name `subproc/NAME/1`; None if there is none."""
    return next((record for record in RECORDS if name in {record.name, record.schema_name}), None)


def _load_adapter(record: Record) -> TypeAdapter[Any]:
    module, _, name = record.shape.partition(":")
    NoticeTerms.model_rebuild()  # a list has it as a default, which is made before the model is built
    return TypeAdapter(getattr(import_module(f"subproc_cli.{module}"), name))


def _format_name(name: str) -> str:
    """Return the name of a part of a record from that of its shape: `PositionRecord` is a `Position`."""
    return name.removesuffix("Record").removesuffix("Fields")


def _rename_references(value: Any) -> Any:
    if isinstance(value, list):
        return [_rename_references(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _format_name(item) if key == "$ref" else _rename_references(item) for key, item in value.items()
    }


class _RecordSchemaGenerator(GenerateJsonSchema):
    """Pydantic's generator without what it derives from the names and docstrings of Python.

    A field of the file that is not stated is left out of a record, so here it is optional and never null.
    """

    def field_title_should_be_set(self, _: Any) -> bool:
        """Return no: the title would repeat the name."""
        return False

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        """Return the schema of a part of a record."""
        found = super().typed_dict_schema(schema)
        if not hasattr(schema.get("cls"), "__pydantic_config__"):
            found.pop("additionalProperties", None)  # it comes from the model around the part
        return _clean_object(found)

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of a part of the file; the fields that a record adds come first."""
        found = _clean_object(super().model_schema(schema))
        shapes = [base for base in schema["cls"].__mro__ if base.__name__.endswith("Record")]
        names = {name for shape in shapes for name in shape.__annotations__}
        added = {name: field for name, field in found["properties"].items() if name in names}
        return found | {"properties": added | found["properties"]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of a field of the file; only a default that means something is written out."""
        inner = schema["schema"]
        if inner["type"] == "nullable":
            return self.generate_inner(inner["schema"])
        found = super().default_schema(schema)
        return found if _is_stated(found.get("default")) else self.generate_inner(inner)


def _clean_object(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Return the schema of a mapping; where it accepts further fields, these are the publisher's own."""
    own = {"patternProperties": json_schema.OWN_FIELDS} if schema.get("additionalProperties") is True else {}
    return {key: value for key, value in schema.items() if key not in _DERIVED} | own


def _is_stated(value: Any) -> bool:
    return any(map(_is_stated, value.values())) if isinstance(value, dict) else value not in (None, [], {})
