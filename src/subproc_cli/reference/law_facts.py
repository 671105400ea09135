"""The facts of a law, as rows of its file: bases, decisions, articles and annexes."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from subproc_cli.reference import geography
from subproc_cli.reference.geography import DateRange

ADEQUACY = "adequacy"
"""How a list states that a decision covers a service, unless the decision has its own word."""


class BasisKind(StrEnum):
    """What a transfer basis is.

    Attributes:
        DECISION: it says that a decision on the place covers the service.
        SAFEGUARD: it carries a transfer to any place.
        EXCEPTION: it carries single transfers.
    """

    DECISION = "decision"
    SAFEGUARD = "safeguard"
    EXCEPTION = "exception"


class TransferBasisRule(NamedTuple):
    """The meaning of a word of the field `transfer` under a law, for a period.

    Attributes:
        word: the word.
        name: the id of its name in the catalogue.
        article: where the law has it.
        kind: what it is.
        date_range: the days on which it can be relied on.
        needed_words: the words that must be stated as well.
        replacing_words: the words that the law asks for in place of this one, which then carries nothing.
        named_by: the word of another basis, whose name includes this one; mostly empty.
        adapted: the law to which the clauses must be adapted; empty if they need not be.
        covers: the kinds of data of which a list may state that the basis covers them.
        modules: the modules of the clauses that can be used.
        former_word: the word of the clauses that lists meant by this word before `first_contract_day`; mostly
            empty.
        first_contract_day: the first day on which a contract with the clauses could be concluded.
        last_contract_day: the last one.
        excluded_importers: the kinds of recipients for which it does not exist.
        is_last_resort: whether it must not be the rule.
        guidance: where that is written.
        requirement: what the law asks for beyond the word, as a noun; mostly empty.
        source: the article or act.
        certainty: `high`, or `medium` where sources differ.
    """

    word: str
    name: str
    article: str
    kind: BasisKind
    date_range: DateRange
    needed_words: tuple[str, ...]
    replacing_words: tuple[str, ...]
    named_by: str
    adapted: str
    covers: tuple[str, ...]
    modules: tuple[str, ...]
    former_word: str
    first_contract_day: date | None
    last_contract_day: date | None
    excluded_importers: tuple[str, ...]
    is_last_resort: bool
    guidance: str
    requirement: str
    source: str
    certainty: str


class Doubt(NamedTuple):
    """What may end a decision, from a day on."""

    key: str
    since: date
    text: str
    source: str
    certainty: str


class Decision(NamedTuple):
    """An act that finds places, or an international organisation, adequate.

    Attributes:
        places: codes of countries, or regions; empty for an organisation.
        organisation: the key of the organisation; empty for places.
        date_range: from the first day on which it was applied to the last one, as the act sets it.
        replaced_on: the day from which a later act on its duration counts; None if there is none.
        scope: what it covers, if not everything.
        is_limited: whether it covers some recipients only.
        stated_as: the words with which a list states that a service is one of those recipients.
        is_transfer: False if data sent there counts as not transferred.
        number: the number of the act.
        number_certainty: the certainty of the number alone.
        source: the act, with what became of it.
        certainty: `high`, or `medium` where sources differ.
        doubts: what may end it.
    """

    places: tuple[str, ...]
    organisation: str
    date_range: DateRange
    replaced_on: date | None
    scope: str
    is_limited: bool
    stated_as: tuple[str, ...]
    is_transfer: bool
    number: str
    number_certainty: str
    source: str
    certainty: str
    doubts: tuple[Doubt, ...]

    def is_in_force(self, day: date) -> bool:
        """Return whether the act applies on a day, by the law of that day."""
        return self.date_range.includes(day) and (self.replaced_on is None or day < self.replaced_on)

    def covers_place(self, country: str, day: date) -> bool:
        """Return whether a country is one of the places, or a state of one of the regions, on a day."""
        return country in self.places or any(
            country in region.get_states(day)
            for place in self.places
            if (region := geography.load_gazetteer().regions.get(place))
        )


class Provision(NamedTuple):
    """A provision of a law: a duty or a definition.

    Attributes:
        key: its id: of articles the duty (`notice`), of sensitive data the number of the law's list.
        article: the article.
        categories: of sensitive data the categories that fall under it.
        date_range: the days on which it is in force.
        source: the article or act.
        certainty: `high`, or `medium` where sources differ.
    """

    key: str
    article: str
    categories: tuple[str, ...]
    date_range: DateRange
    source: str
    certainty: str


class Annex(NamedTuple):
    """A list of subprocessors that clauses ask for.

    Attributes:
        key: its id in the catalogue.
        basis: the word of the transfer basis with which the clauses are used; empty for a contract.
        adapted: the law to which the clauses are adapted, if it is asked for with that only.
        modules: the modules that have it; empty for all.
        contract: the id of clauses that are not a transfer basis; empty for a basis.
        clause: the clause that refers to it.
        option: the option of the clause; empty if it has none.
        source: the act.
        certainty: `high`, or `medium` where only a secondary source was read.
    """

    key: str
    basis: str
    adapted: str
    modules: tuple[str, ...]
    contract: str
    clause: str
    option: str
    source: str
    certainty: str


class Home(NamedTuple):
    """A place that a law treats differently, with the source."""

    place: str
    source: str


def _parse_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def parse_basis(word: str, row: Mapping[str, Any]) -> TransferBasisRule:
    """Return a version of a basis."""
    return TransferBasisRule(
        word=word,
        name=row["name"],
        article=row["article"],
        kind=BasisKind(row.get("kind", BasisKind.SAFEGUARD)),
        date_range=geography.parse_date_range(row),
        needed_words=tuple(row.get("with", ())),
        replacing_words=tuple(row.get("instead", ())),
        named_by=row.get("named_by", ""),
        adapted=row.get("adapted", ""),
        covers=tuple(row.get("covers", ())),
        modules=tuple(row.get("modules", ())),
        former_word=row.get("formerly", ""),
        first_contract_day=_parse_day(row.get("contracts_since")),
        last_contract_day=_parse_day(row.get("contracts_until")),
        excluded_importers=tuple(row.get("not_for", ())),
        is_last_resort=row.get("last_resort") == "true",
        guidance=row.get("guidance", ""),
        requirement=row.get("requires", ""),
        source=row["source"],
        certainty=row.get("certainty", "high"),
    )


def iter_decisions(row: Mapping[str, Any]) -> Iterator[Decision]:
    """Yield the decisions of a law: each act followed by those that extend it."""
    for each in row["decisions"]:
        yield from _iter_versions(each)
    for organisation, decisions in row.get("organisations", {}).items():
        for each in decisions:
            yield from _iter_versions({"organisation": organisation, **each})


def _iter_versions(row: Mapping[str, Any]) -> Iterator[Decision]:
    shared = {key: row[key] for key in _SHARED_BY_RENEWALS if key in row}
    renewals = [{**shared, **each} for each in row.get("renewals", ())]
    versions = [row, *renewals]
    for version, following in zip(versions, [*renewals, {}], strict=True):
        yield _parse_decision(version, _parse_day(following.get("since")))


_SHARED_BY_RENEWALS = ("places", "organisation", "limited_to", "stated_as", "effect")
"""The values that an act takes over from the act that it extends."""


def _parse_decision(row: Mapping[str, Any], replaced_on: date | None) -> Decision:
    return Decision(
        places=tuple(row.get("places", ())),
        organisation=row.get("organisation", ""),
        date_range=geography.parse_date_range(row),
        replaced_on=replaced_on,
        scope=row.get("scope", ""),
        is_limited=row.get("limited_to") == "recipients",
        stated_as=tuple(row.get("stated_as", (ADEQUACY,))),
        is_transfer=row.get("effect") != "no-transfer",
        number=row["number"],
        number_certainty=row.get("number_certainty", "high"),
        source=row["source"],
        certainty=row.get("certainty", "high"),
        doubts=tuple(map(_parse_doubt, row.get("doubts", ()))),
    )


def _parse_doubt(row: Mapping[str, str]) -> Doubt:
    since = date.fromisoformat(row["since"])
    return Doubt(row["id"], since, row["text"], row["source"], row.get("certainty", "high"))


def parse_provision(key: str, row: Mapping[str, Any]) -> Provision:
    """Return where a law has something."""
    return Provision(
        key=key,
        article=row["article"],
        categories=tuple(row.get("categories", ())),
        date_range=geography.parse_date_range(row),
        source=row["source"],
        certainty=row.get("certainty", "high"),
    )


def parse_annex(row: Mapping[str, Any]) -> Annex:
    """Return a list of subprocessors that clauses ask for."""
    return Annex(
        key=row["id"],
        basis=row.get("basis", ""),
        adapted=row.get("adapted", ""),
        modules=tuple(row.get("modules", ())),
        contract=row.get("contract", ""),
        clause=row.get("clause", ""),
        option=row.get("option", ""),
        source=row["source"],
        certainty=row.get("certainty", "high"),
    )
