"""The JSON Schema of the file: what `load` accepts validates, what is wrong in structure does not."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from registry_text import FILE, HEAD
from subproc_cli.enums import Activation, Basis, Role
from subproc_cli.notice.customers import customers
from subproc_cli.notice.customers.customers import CustomerFile, Customers
from subproc_cli.output import json as rendered
from subproc_cli.registry.introspect import list_file_fields
from subproc_cli.registry.json_schema import build_model_schema, build_schema
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml import reader
from subproc_cli.yaml.source import Source

ROOT = Path(__file__).parent.parent.parent
LISTS = [ROOT / "registry.yaml", *sorted((ROOT / "examples" / "caplena").glob("*.yaml"))]


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    made = build_schema()
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def data(content: bytes) -> Any:
    read, problems = reader.parse(Source(FILE, content))
    assert read, problems
    return read.data


def one(fields: str) -> bytes:
    return f"{HEAD}services:\n  a: {{{fields}}}\n".encode()


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.name)
def test_shipped_lists_are_valid_and_name_the_schema(file: Path, validator: Draft202012Validator) -> None:
    assert list(validator.iter_errors(data(file.read_bytes()))) == []
    first = file.read_text(encoding="utf-8").splitlines()[0]
    start, _, named = first.partition("=")
    assert start == "# yaml-language-server: $schema"
    assert (file.parent / named).resolve() == ROOT / "registry.schema.json"


GOOD = [
    "name: A",
    "name: A, formerly: [b], replaces: c, role: vendor, purpose: x, group: x, notes: x, products: [x, y]",
    "name: A, activation: opt-in, condition: x, personal_data: no, subjects: [users], retention: a day",
    "name: A, personal_data: true",
    "name: A, sees: [everything, {data: content, may_contain: [identity], extent: partial, when: x}]",
    "name: A, never_sees: [identity.email]",
    "name: A, processing: [NL, Holland, worldwide, unknown, EU, {place: US, when: x, how: remote-access, note: x}]",
    "name: A, processing: [{place: [SE, FR]}]",
    "name: A, entity: {name: A, address: x, country: Germany, parent: x}, contact: x",
    "name: A, transfer: [scc, {basis: dpf, until: 2027-05-01, note: x}]",
    "name: A, links: {website: x, privacy: x, dpa: x, security: x, subprocessors: x}",
    "name: A, certifications: [x], onward: [x], since: 2024-01-01, until: 2025-01-01, source: x",
    "name: A, x-own: {any: [1, 2]}, entity: {x-own: null}",
    "name: A, purpose: null, entity: null, role: subprocessor, since: null, processing: []",
    "name: Ä, sees: [{data: content, when: null}]",
]


@pytest.mark.parametrize("fields", GOOD)
def test_schema_accepts_what_the_loader_accepts(fields: str, validator: Draft202012Validator) -> None:
    assert isinstance(load_registry(Source(FILE, one(fields))), Registry)
    assert list(validator.iter_errors(data(one(fields)))) == []


BAD = [
    "nmae: A",
    "name: A, zebra: 1",
    "name: A, X-own: 1",
    "name: 3",
    "name: ''",
    "name: [A]",
    "name: null",
    "name: A, role: procesor",
    "name: A, role: null",
    "name: A, personal_data: maybe",
    "name: A, since: 1.2.2024",
    "name: A, sees: content",
    "name: A, sees: [{when: x}]",
    "name: A, sees: [{data: content, wen: x}]",
    "name: A, sees: [[content]]",
    "name: A, sees: null",
    "name: A, sees: [{data: content, extent: half}]",
    "name: A, never_sees: [{data: content}]",
    "name: A, processing: NL",
    "name: A, processing: [{place: []}]",
    "name: A, processing: [{how: remote-access}]",
    "name: A, processing: [{place: NL, how: fax}]",
    "name: A, entity: Example GmbH",
    "name: A, entity: {contry: NL}",
    "name: A, transfer: [dfp]",
    "name: A, links: {privcy: x}",
    "name: A, dpa: {signed: soon}",
    "name: A, reviewed: {by: me}",
    "name: A, formerly: [Old Co]",
]


@pytest.mark.parametrize("fields", BAD)
def test_schema_rejects_what_the_loader_rejects(fields: str, validator: Draft202012Validator) -> None:
    assert not isinstance(load_registry(Source(FILE, one(fields))), Registry)
    assert list(validator.iter_errors(data(one(fields)))) != []


@pytest.mark.parametrize(
    ("lines", "sound"),
    [
        ("law: [uk-gdpr]\nlevels: {place-added-eea: notice}\nservices: {}", True),
        ("notice: {days: 0, objection_days: 30, termination_days: 3650, contact: x}\nservices: {}", True),
        ("categories: {content.x: {label: x, aliases: [y], personal: depends}}\nservices: {}", True),
        ("regions: {zone: [NL, EU]}\nservices: {}", True),
        ("policies: [{name: x, forbid: see email, unknown: fail}]\nservices: {}", True),
        ("ignore: [{rule: x, service: a, until: 2024-01-01, reason: x}]\nservices: {}", True),
        ("publish: {fields: [notes, x-ticket], hide: [contact, x-list]}\nservices: {}", True),
        ("publish: {hide: [name]}\nservices: {}", False),
        ("publish: {hide: [nmae]}\nservices: {}", False),
        ("publish: {fields: [nmae]}\nservices: {}", False),
        ("x-own: 1\nservices: {ä-1: {name: A}}", True),
        ("service: {}", False),
        ("services:", False),
        ("services: [a]", False),
        ("services: {My Co.: {name: A}}", False),
        ("services: {a_b: {name: A}}", False),
        ("services: {a--b: {name: A}}", False),
        ("services: {'!': {name: A}}", False),
        ("services: {a: x}", False),
        ("law: [eu-gpdr]\nservices: {}", False),
        ("levels: {x: nootice}\nservices: {}", False),
        ("notice: {days: -1}\nservices: {}", False),
        ("notice: {days: '30'}\nservices: {}", False),
        ("notice: {days: 4000}\nservices: {}", False),
        ("categories: {Content.x: {label: x}}\nservices: {}", False),
        ("categories: {content.y: {}}\nservices: {}", False),
    ],
)
def test_schema_and_loader_agree_on_the_settings(
    lines: str,
    sound: bool,
    validator: Draft202012Validator,
) -> None:
    content = f"{HEAD}{lines}\n".encode()
    assert isinstance(load_registry(Source(FILE, content)), Registry) is sound
    assert (list(validator.iter_errors(data(content))) == []) is sound


def test_schema_describes_every_field_and_value() -> None:
    made = build_schema()
    properties = made["$defs"]["service"]["properties"]
    assert list(properties) == list_file_fields(Service)
    for each in (made, *(found for found in made["$defs"].values() if "properties" in found)):
        silent = [name for name, field in each["properties"].items() if not field["description"]]
        assert silent == []
    for name, words in (("role", Role), ("activation", Activation)):
        assert properties[name]["enum"] == [str(word) for word in words]
        assert len(properties[name]["enumDescriptions"]) == len(words)
    bases = made["$defs"]["transfer"]["properties"]["basis"]
    assert dict(zip(bases["enum"], bases["enumDescriptions"], strict=True))[Basis.SCC].startswith("Standard")


@pytest.mark.docs
def test_shipped_schema_is_generated() -> None:
    """`subproc schema -o registry.schema.json` writes the same."""
    file, text = ROOT / "registry.schema.json", rendered.render(build_schema())
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(text, encoding="utf-8")
    written = file.read_text(encoding="utf-8")
    assert written == text
    assert json.loads(written)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("", False),
        ("{name: A}", True),
        (
            "{name: A, address: a@example.com, language: de, country: DE, days: 30, products: [x], features: []}",
            True,
        ),
        (
            "{name: A, regime: ch-fadp, country: DE, subdivision: BY, objection_days: 1, termination_days: 1, x-own: 1}",
            True,
        ),
        ("{nam: A}", False),
        ("{name: A, address: []}", False),
        ("{name: A, address: [a@example.com, b@example.com]}", True),
        ("{name: A, language: 7}", False),
        ("{name: A, days: '30'}", True),
        ("{name: A, days: soon}", False),
    ],
)
def test_schema_and_loader_agree_on_customers(text: str, *, valid: bool) -> None:
    made = build_model_schema(CustomerFile, "x", "x")
    Draft202012Validator.check_schema(made)
    content = f"customers: [{text}]".encode()
    assert (not list(Draft202012Validator(made).iter_errors(data(content)))) is valid
    assert isinstance(customers.load_customers(Source("c.yaml", content)), Customers) is valid


def test_loader_knows_more_of_languages_than_the_schema() -> None:
    """The schema does not list the languages of the world, in which a letter falls back to another one."""
    content = b"customers: [{name: A, language: xx}]"
    assert not isinstance(customers.load_customers(Source("c.yaml", content)), Customers)
