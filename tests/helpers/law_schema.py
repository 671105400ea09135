"""The shape of a law file, checked more strictly than the program reads it, with the line of each fault."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from subproc_cli.reference import categories, data_files, geography

Certainty = Literal["high", "medium"]
Text = Annotated[str, Field(min_length=1)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FieldPath = tuple[str | int, ...]


def _check_country(value: str) -> str:
    if value not in geography.load_country_codes():
        raise ValueError(f"{value} is not the code of a country")
    return value


def _check_place(value: str) -> str:
    return value if value in geography.load_gazetteer().regions else _check_country(value)


def _check_category(value: str) -> str:
    if value not in categories.load_category_tree():
        raise ValueError(f"{value} is not a category of data")
    return value


Country = Annotated[str, BeforeValidator(_check_country)]
Place = Annotated[str, BeforeValidator(_check_place)]
Category = Annotated[str, BeforeValidator(_check_category)]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Fact(Row):
    source: Text
    certainty: Certainty = "high"


class Dated(Fact):
    since: date
    until: date | None = None

    @model_validator(mode="after")
    def check_order(self) -> "Dated":
        if self.until and self.until < self.since:
            raise ValueError(f"until {self.until} is before since {self.since}")
        return self


class HomeRow(Row):
    place: Place
    source: Text


class BasisRow(Dated):
    name: Id
    article: Text
    kind: Literal["decision", "safeguard", "exception"] = "safeguard"
    with_: list[Id] = Field(default=[], alias="with")
    instead: list[Id] = []
    named_by: Id | None = None
    adapted: Id | None = None
    covers: list[Id] = []
    modules: list[Literal["one", "two", "three", "four"]] = []
    contracts_since: date | None = None
    contracts_until: date | None = None
    formerly: str = ""
    not_for: list[Literal["importer-under-law"]] = []
    last_resort: Literal["true"] | None = None
    guidance: Text | None = None
    requires: Text | None = None

    @model_validator(mode="after")
    def check_reasons(self) -> "BasisRow":
        if (self.with_ or self.instead) and not self.requires:
            raise ValueError("a basis that carries nothing alone says what the law requires")
        if bool(self.last_resort) is not bool(self.guidance):
            raise ValueError("a last resort needs its guidance, and nothing else has one")
        return self


class DoubtRow(Fact):
    id: Id
    since: date
    text: Text


class VersionRow(Dated):
    number: Text
    number_certainty: Certainty = "high"
    scope: Text | None = None
    doubts: list[DoubtRow] = []


class DecisionRow(VersionRow):
    places: list[Place] = Field(min_length=1)
    limited_to: Literal["recipients"] | None = None
    stated_as: list[Id] = Field(default=["adequacy"], min_length=1)
    effect: Literal["no-transfer"] | None = None
    renewals: list[VersionRow] = []

    @model_validator(mode="after")
    def check_limits(self) -> "DecisionRow":
        if self.limited_to and not self.scope:
            raise ValueError("a decision for some recipients says for which in its scope")
        if not self.limited_to and self.stated_as != ["adequacy"]:
            raise ValueError("only a decision for some recipients has words of its own")
        return self

    @model_validator(mode="after")
    def check_renewals(self) -> "DecisionRow":
        for one, other in pairwise((self, *self.renewals)):
            if one.until is None or other.since > one.until or (other.until and other.until <= one.until):
                raise ValueError(f"the act of {other.since} does not extend the one of {one.since}")
        return self


class ProvisionRow(Dated):
    article: Text


class SensitiveRow(ProvisionRow):
    id: Id
    categories: list[Category]


class AnnexRow(Fact):
    id: Id
    basis: Id | None = None
    adapted: Id | None = None
    modules: list[Literal["one", "two", "three", "four"]] = []
    contract: Id | None = None
    clause: Text | None = None
    option: Text | None = None

    @model_validator(mode="after")
    def check_clauses(self) -> "AnnexRow":
        if (self.basis is None) is (self.contract is None):
            raise ValueError("an annex belongs to a basis or to a contract")
        return self


class TerritoryRow(Fact):
    state: Country
    status: Literal["part", "depends", "unsettled", "outside"] = "part"
    since: date | None = None
    until: date | None = None
    note: Text | None = None
    text: Text | None = None


class LawFile(Row):
    name: Text
    short: Text
    aliases: list[Text] = []
    authority: Text
    source: Text
    home: list[HomeRow] = Field(min_length=1)
    adequate_before: list[HomeRow] = []
    known_since: date
    known_until: date
    bases: dict[Id, Annotated[list[BasisRow], Field(min_length=1)]]
    decisions: list[DecisionRow]
    organisations: dict[str, list[VersionRow]] = {}
    sensitive: list[SensitiveRow] = []
    articles: dict[Id, ProvisionRow] = {}
    annexes: list[AnnexRow] = []
    territories: dict[Country, list[TerritoryRow]] = {}


def find_faults(path: Path) -> list[str]:
    """Return what is wrong with a law file: `eu-gdpr.yaml:12: bases.scc.0.since: ...`."""
    node = yaml.compose(path.read_text(), yaml.BaseLoader)
    try:
        law = LawFile.model_validate(data_files.read_path(path))
    except ValidationError as error:
        found = [(tuple(each["loc"]), each["msg"]) for each in error.errors()]
    else:
        found = list(_iter_inconsistencies(law))
    return [
        f"{path.name}:{_find_line(node, at)}: {'.'.join(map(str, at))}: {message}" for at, message in found
    ]


def _find_line(node: Any, path: FieldPath) -> int:
    """Return the line of the last part of a path that exists."""
    line = int(node.start_mark.line) + 1
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
            if not pairs:
                return line
            line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[int(part)]
            line = node.start_mark.line + 1
    return line


def _iter_inconsistencies(law: LawFile) -> Iterator[tuple[FieldPath, str]]:
    """Yield what is wrong between the rows."""
    if law.known_until < law.known_since:
        yield ("known_until",), "is before known_since"
    for word, versions in law.bases.items():
        yield from _iter_basis_faults(law, word, versions)
    for number, decision in enumerate(law.decisions):
        yield from _iter_decision_faults(law, number, decision)
    for number, annex in enumerate(law.annexes):
        if annex.basis and annex.basis not in law.bases:
            yield ("annexes", number), f"{annex.basis} is not a basis of this law"
    for key in ("notice", "objection", "record", "record-transfers", "contact", "transfers"):
        if key not in law.articles:
            yield ("articles",), f"{key} is missing"


def _iter_basis_faults(law: LawFile, word: str, versions: list[BasisRow]) -> Iterator[tuple[FieldPath, str]]:
    for number, each in enumerate(versions):
        for needed in (*each.with_, *each.instead, *([each.named_by] if each.named_by else ())):
            if needed not in law.bases:
                yield ("bases", word, number), f"{needed} is not a basis of this law"
    for number, (one, other) in enumerate(pairwise(versions), start=1):
        if one.until is None or (other.since - one.until).days != 1:
            yield ("bases", word, number, "since"), "does not follow the version before"


def _iter_decision_faults(
    law: LawFile, number: int, decision: DecisionRow
) -> Iterator[tuple[FieldPath, str]]:
    if decision.since < law.known_since:
        yield ("decisions", number, "since"), "is before known_since"
    for word in decision.stated_as:
        if word not in law.bases or law.bases[word][0].kind != "decision":
            yield ("decisions", number), f"{word} is not a basis of the kind decision"
