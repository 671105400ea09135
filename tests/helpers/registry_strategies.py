"""Lists for tests, of every field that the format has: strategies that walk the models themselves.

A field of a model that nothing here can make up is a `LookupError`, so a new one is generated or noticed.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import cycle
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import settings
from hypothesis import strategies as st
from pydantic import BaseModel, BeforeValidator
from yaml import SafeDumper

from question_strategies import questions
from subproc_cli.reference.categories import ROOT, get_parent, load_category_tree
from subproc_cli.reference.laws import list_laws
from subproc_cli.reference.service_types import load_service_types
from subproc_cli.registry import field_forms, field_types, models, parts
from subproc_cli.registry.change_kinds import KINDS_BY_NAME
from subproc_cli.registry.introspect import find_mapping_form, list_file_fields
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.models import Policy, RegistryModel, Service
from subproc_cli.registry.parts import Ignore, Model
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.checks import RULES
from subproc_cli.yaml.layout import format_scalar, format_value
from subproc_cli.yaml.libyaml import yaml
from subproc_cli.yaml.source import Source

Data = dict[str, Any]
"""A mapping as plain data, as YAML and JSON hold it."""

IDS = ("a", "b-2", "c", "größe")
CATEGORIES = (
    *("identity", "identity.email", "content", "content.text", "usage", "telemetry.logs", "everything"),
    *("payment.card", "special", "special.health", "device.ip_address"),
)
OWN_CATEGORIES = ("content.topics", "content.topics.names", "own")
PLACES = ("DE", "FR", "NO", "US", "CH", "GB", "EU", "EEA", "worldwide")
OWN_REGIONS = ("zone-1", "zone 2")
"""The second may hold the first."""
TEXTS = (
    *(
        "A",
        "Example GmbH",
        "NO",
        "on",
        "true",
        "~",
        "1e3",
        "0x1F",
        "2024-01-01",
        "-",
        "- a",
        "a: b",
        "# x",
        "a # b",
    ),
    *(
        "=1+1",
        "'=1",
        "'",
        '"',
        "a; b",
        "[ISO]",
        "{a}",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "|",
        ">",
        " padded ",
        "two\nlines",
    ),
    *(
        "<b>&amp;",
        "a | b",
        "**a**",
        "x,y",
        "not stated",
        "https://example.com/a?b=c#d",
        "\u202etxt",
        "\x1b[31m",
        "é",
        "e\u0301",
    ),
)
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), min_size=1, max_size=6
).filter(str.strip)
TEXT = st.sampled_from(TEXTS) | ANY_TEXT
DAY = st.sampled_from(["2023-05-01", "2024-01-01", "2024-03-01", "2024-09-30"]) | st.dates(
    date(1990, 1, 1)
).map(str)
OWN = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=3,
)
"""What the publisher's own fields hold."""
OWN_KEYS = ("x-a", "x-Note 2")
_MOST = 10
"""Most fields of a mapping beside those that it must have: small lists are fast, and many make up for it."""

VALUES: dict[Any, st.SearchStrategy[Any]] = {
    field_types.Text: TEXT,
    field_types.Day: DAY,
    field_types.Version: st.sampled_from(["1.0.0", "1.0.1", "1.1.0", "2.0.0", "10.20.30"]),
    field_types.YesNo: st.sampled_from([True, False, "yes", "no"]),
    field_types.Id: st.sampled_from(IDS),
    field_types.CategoryKey: st.sampled_from([*CATEGORIES, *OWN_CATEGORIES]),
    field_types.Place: st.sampled_from([*PLACES, "Netherlands", *OWN_REGIONS]),
    field_types.ProcessingPlace: st.sampled_from([*PLACES, "Netherlands", "unknown", *OWN_REGIONS]),
    field_types.Country: st.sampled_from(["DE", "US", "NO", "Ireland"]),
    field_types.OwnCategoryKey: st.sampled_from(OWN_CATEGORIES),
    field_types.ChangeKind: st.sampled_from(list(KINDS_BY_NAME)),
    field_types.OwnPlace: st.sampled_from(OWN_REGIONS),
    field_types.LawKey: st.sampled_from(list_laws()),
    field_types.ServiceTypeKey: st.sampled_from([*load_service_types()]),
    field_types.ModuleNumber: st.integers(1, 4),
    field_types.Days: st.integers(0, 36_500),
    parts.Period: st.integers(0, 90),
    field_forms.LocalText: TEXT
    | st.dictionaries(st.sampled_from(["en", "de", "fr", "de-CH"]), TEXT, min_size=1, max_size=3),
    models.Colour: st.sampled_from(["#0b7a75", "#FFFF00"]),
    models.FieldName: st.sampled_from(["notes", "source", "group", "x-a"]),
    models.HiddenFieldName: st.sampled_from(["retention", "entity", "group", "notice"]),
}
"""How each kind of value is made up."""

_REGION = st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)
_QUESTION = questions((*CATEGORIES,), (*PLACES,)).map(str)
_RULE = st.sampled_from([rule.name for rule in RULES])
FIELDS: dict[tuple[type[BaseModel], str], st.SearchStrategy[Any]] = {
    (RegistryModel, "format"): st.just(1),
    (RegistryModel, "services"): st.dictionaries(
        st.sampled_from(IDS), st.deferred(lambda: mapping(Service)), min_size=1, max_size=3
    ),
    (RegistryModel, "severities"): st.dictionaries(
        _RULE, st.sampled_from(["error", "warning", "info", "off"]), max_size=2
    ),
    (RegistryModel, "regions"): st.fixed_dictionaries(
        {}, optional={"zone-1": _REGION, "zone 2": _REGION | st.just(["zone-1", "JP"])}
    ),
    **{(Policy, name): _QUESTION for name in ("forbid", "require")},
    (Ignore, "rule"): _RULE,
}
"""Fields whose values are of a narrower kind than their type says."""


def hints(model: type[BaseModel]) -> dict[str, Any]:
    """Return the fields of a model with all that their types say."""
    found = get_type_hints(model, include_extras=True)
    return {name: found[name] for name in model.model_fields}


def mapping(model: type[Model]) -> st.SearchStrategy[Data]:
    """Return a strategy of a mapping of the file: what it must have, some of the rest, in any order."""
    return _mapping(model)


@cache
def _mapping(model: type[BaseModel]) -> st.SearchStrategy[Data]:
    made = {name: field(model, name) for name in list_file_fields(model)}
    must = [name for name, field in model.model_fields.items() if field.is_required()]
    rest = [name for name in made if name not in must] + [*OWN_KEYS]

    @st.composite
    def build(draw: st.DrawFn) -> Data:
        chosen = draw(st.permutations(rest))[: draw(st.integers(0, _MOST))]
        return {name: draw(made.get(name, OWN)) for name in draw(st.permutations(chosen + must))}

    return build()


def field(model: type[BaseModel], name: str) -> st.SearchStrategy[Any]:
    """Return a strategy of the values of a field; `LookupError` if it is not known how to make one up."""
    return FIELDS[model, name] if (model, name) in FIELDS else value(hints(model)[name])


def value(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy of the values that a type allows.

    Raises:
        LookupError: it is not known how to make one up.
    """
    if hint in VALUES:
        return VALUES[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return value(next(each for each in inner if each is not NoneType))
    if origin is Annotated:
        form = find_mapping_form(hint)
        return TEXT | _mapping(form.model).filter(bool) if form else _annotated(*inner)
    if origin in (tuple, dict):
        return _several(origin, inner)
    return _plain(hint)


def _several(origin: Any, inner: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if origin is tuple:
        return st.lists(value(inner[0]), max_size=3)
    return st.dictionaries(value(inner[0]), value(inner[1]), max_size=2)


def _plain(hint: Any) -> st.SearchStrategy[Any]:
    if isinstance(hint, type) and issubclass(hint, Model):
        return mapping(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from([str(each) for each in hint])
    raise LookupError(f"no strategy for {hint}")


def _annotated(bare: Any, *said: Any) -> st.SearchStrategy[Any]:
    if any(
        isinstance(each, BeforeValidator) and each.func is field_types.validate_one_or_more for each in said
    ):
        items = value(get_args(bare)[0])
        return items | st.lists(items, min_size=1, max_size=3)
    if field_types.NotEmpty in said:
        return st.lists(value(get_args(bare)[0]), min_size=1, max_size=3)
    if isinstance(bare, type) and issubclass(bare, Model):  # may be written as a bare word
        [word] = [name for name, field in bare.model_fields.items() if field.is_required()]
        words = mapping(bare).map(lambda made: made[word]).filter(lambda made: isinstance(made, str))
        return words | mapping(bare)
    return value(bare)


def registries() -> st.SearchStrategy[Data]:
    """Return a strategy of whole lists as plain data, which load without a fault."""
    return mapping(RegistryModel).map(settled)


def settled(data: Data) -> Data:
    """Return a list in which everything that is referred to is there: own words, and ids of services."""
    services, words = data["services"], set(_words(data))
    for key, service in services.items():
        if service.get("replaces", key) == key or service["replaces"] not in services:
            service.pop("replaces", None)
        if "formerly" in service:
            service["formerly"] = [each for each in service["formerly"] if each not in services]
    given = data.get("categories", {})
    used = {above for key in OWN_CATEGORIES if key in words or key in given for above in _line(key)}
    regions = {key: ["FI"] for key in OWN_REGIONS if key in words and key not in data.get("regions", {})}
    own = {
        "categories": {key: _named(key, given.get(key, {})) for key in [*given, *sorted(used - {*given})]},
        "regions": data.get("regions", {}) | regions,
    }
    return data | {field: words for field, words in own.items() if words}


def _named(key: str, row: Data) -> Data:
    """Return a category of the publisher's own whose words mean nothing else."""
    aliases = [f"{each} ({key} {number})" for number, each in enumerate(row.get("aliases", ()))]
    return row | {"label": f"{row.get('label', 'own')} ({key})"} | ({"aliases": aliases} if aliases else {})


def _words(given: Any) -> Iterator[str]:
    """Yield every text of a list, but for keys."""
    if isinstance(given, str):
        yield given
    for each in given.values() if isinstance(given, dict) else given if isinstance(given, list) else ():
        yield from _words(each)


def _line(key: str) -> Iterator[str]:
    """Yield a category of the publisher's own and those above it that are."""
    above: str | None = key
    while above is not None and above != ROOT and above not in load_category_tree():
        yield above
        above = get_parent(above)


# As text

FILE = "registry.yaml"
FEWER = settings(max_examples=settings().max_examples // 3)
"""For a law that is tried for each of several fields or formats."""
_WORD = re.compile(r"(?!(?:true|false|null)$)[A-Za-z](?:[A-Za-z .-]*[A-Za-z])?", re.IGNORECASE)
"""What reads as a text without quotes, whatever reads it."""
_UNUSUAL = re.compile(r"[^\n -~\U00010000-\U0010ffff]")
_STYLES = ("", '"', "'", "|", ">")


@st.composite
def texts(draw: st.DrawFn, lists: st.SearchStrategy[Data]) -> str:
    """A list as YAML: in blocks, in blocks with a line for each service, or all of it in brackets."""
    data = draw(lists)
    layout = draw(st.sampled_from(["blocks", "lines", "brackets", "json"]))
    if layout == "lines":
        return in_lines(data)
    if layout == "json":
        found = json.dumps(data, ensure_ascii=False, indent=draw(st.sampled_from([None, 1, 2])))
        return _UNUSUAL.sub(
            lambda char: char[0] if char[0].isprintable() else f"\\u{ord(char[0]):04x}", found
        )
    styles = draw(st.lists(st.sampled_from(_STYLES), min_size=1, max_size=4))
    return in_blocks(data, styles, brackets=layout == "brackets", indent=draw(st.integers(2, 4)))


def in_lines(data: Data) -> str:
    """Return a list as YAML with a line for each field of the list and each service."""
    services = [
        f"  {format_scalar(key)}: {format_value(each, key)}" for key, each in data["services"].items()
    ]
    head = [f"{key}: {format_value(each, key)}" for key, each in data.items() if key != "services"]
    return "\n".join([*head, "services:", *services, ""])


def in_blocks(data: Data, styles: list[str], *, brackets: bool = False, indent: int = 2) -> str:
    """Return a list as PyYAML writes it, its texts in the given styles by turns, where they fit."""
    turn = cycle(styles)

    class Dumper(SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            del data
            return True

    def represented(dumper: Any, text: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=_fitting(text, next(turn)))

    Dumper.add_representer(str, represented)
    return str(
        yaml.dump(
            data,
            Dumper=Dumper,
            sort_keys=False,
            allow_unicode=True,
            default_flow_style=brackets,
            indent=indent,
        )
    )


def _fitting(text: str, style: str) -> str:
    """Return a style in which a text is not taken for something else; PyYAML writes YAML 1.1."""
    if not style:
        return style if _WORD.fullmatch(text) else '"'
    lines = text.split("\n")
    return style if all(each and each == each.strip() and each.isprintable() for each in lines) else '"'


def loaded(text: str, file: str = FILE) -> Registry:
    """Return the index of a list that has no fault."""
    found = load_registry(Source(file, text.encode()))
    assert isinstance(found, Registry), (found, text)
    return found
