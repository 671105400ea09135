"""What the judgement on a transfer returns, in English sentences without their full stops."""

from collections.abc import Iterator
from datetime import date

from subproc_cli.evaluation.transfer_outcomes import BasisOutcome, Missing, Need, Outcome, Remark, RemarkKind
from subproc_cli.locale import names
from subproc_cli.reference.law_facts import Decision
from subproc_cli.reference.laws import Law

_MISSING = {
    Need.UNKNOWN_WORD: "{word} is not a basis of the {law}",
    Need.LAW_UNKNOWN: "the data on the {law} begins on {value}",
    Need.BEGINS: "{word} can be relied on since {value} only",
    Need.ENDED: "{word} could be relied on until {value} only",
    Need.LAPSED: "{word} ended on {value}",
    Need.WITH: "{word} needs {value} as well",
    Need.INSTEAD: "{word} does not count, and {value} is needed instead",
    Need.PLACE: "{word} is stated for other places",
    Need.DECISION: "{word} needs a decision, and none covers {value}",
    Need.ADAPTED: "{word} must be adapted to {value}",
    Need.COVERS: "{word} does not cover {value} data",
    Need.MODULE: "{word} needs one of the modules {value}",
    Need.CONTRACT_SINCE: "{word} can be agreed since {value} only, and the contract is older",
    Need.CONTRACT_UNTIL: "{word} could be agreed until {value} only, and the contract is later",
    Need.IMPORTER: "{word} is not for a recipient whose processing is itself under the {law}",
}
_REMARKS = {
    RemarkKind.AFTER_KNOWN_UNTIL: "the data on the {law} ends on {value}; a later act may change this",
    RemarkKind.UNSETTLED: (
        "the rules of {country} apply there; whether data sent there is transferred is unsettled"
    ),
    RemarkKind.PART: "only a part of it shares the law of {country}",
    RemarkKind.IMPORTER_ABROAD: "the recipient is established in {country}",
    RemarkKind.PARENT_ABROAD: "the owner of the recipient is established in {country}",
    RemarkKind.DOUBT: "the decision is in doubt: {doubt}",
    RemarkKind.MEDIUM_CERTAINTY: "sources differ on the decision {value}",
}
_OF_COUNTRIES = frozenset(
    (RemarkKind.UNSETTLED, RemarkKind.PART, RemarkKind.IMPORTER_ABROAD, RemarkKind.PARENT_ABROAD)
)
_OF_PLACES = frozenset((RemarkKind.AFTER_KNOWN_UNTIL, RemarkKind.UNSETTLED, RemarkKind.PART))

_EXPLAINED = frozenset((Need.WITH, Need.INSTEAD, Need.ADAPTED))
"""The needs of which the law file says in words what they ask for."""


def format_missing(law: Law, word: str, missing: Missing) -> str:
    """Return why a law does not accept a word of `transfer`."""
    return _MISSING[missing.need].format(law=law.short, word=word, value=missing.value)


def list_problems(law: Law, outcome: BasisOutcome) -> list[str]:
    """Return why a law does not accept a stated basis; empty if it does."""
    requirement = outcome.rule.requirement if outcome.rule else ""
    explanation = f" ({requirement})" if requirement else ""
    return [
        f"{format_missing(law, outcome.stated.word, each)}{explanation if each.need in _EXPLAINED else ''}"
        for each in outcome.missing
    ]


def format_remark(law: Law, remark: Remark) -> str:
    """Return a remark, with its source if it has one."""
    country = names.get_country_name(remark.value) if remark.kind in _OF_COUNTRIES else ""
    doubts = {each.key: each.text for decision in law.decisions for each in decision.doubts}
    text = _REMARKS[remark.kind].format(
        law=law.short, value=remark.value, country=country, doubt=doubts.get(remark.value, remark.value)
    )
    return f"{text} ({remark.source})" if remark.source else text


def format_horizon(law: Law) -> str:
    """Return the remark that the data on a law ends, and that a later act may change what follows from it."""
    return format_remark(law, Remark(RemarkKind.AFTER_KNOWN_UNTIL, law.known_until.isoformat()))


def format_decision(law: Law, decision: Decision) -> str:
    """Return which decision makes a place adequate, and that it is listed as certified where that counts."""
    limit = ", under which it is listed as certified" if decision.is_limited else ""
    return f"adequate under the {law.short} by decision {decision.number}{limit}"


def iter_place_remarks(law: Law, outcome: Outcome) -> Iterator[str]:
    """Yield why how a law assesses a place is not plain or may change."""
    return (format_remark(law, each) for each in outcome.remarks if each.kind in _OF_PLACES)


def format_source(law: Law, day: date) -> str:
    """Return where a law has its rule on transfers on a day."""
    article = law.find_article("transfers", day)
    return article.article if article else law.short
