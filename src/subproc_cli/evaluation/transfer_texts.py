"""What the judgement on a transfer returns, in English sentences without their full stops."""

from datetime import date

from subproc_cli.evaluation.transfer_outcomes import BasisOutcome, Missing, Need, Remark, RemarkKind
from subproc_cli.locale import names
from subproc_cli.locale.catalogue import ENGLISH, Catalogue, load_catalogue
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
    RemarkKind.IMPORTER_ABROAD: "the recipient is established in {country}",
    RemarkKind.PARENT_ABROAD: "the owner of the recipient is established in {country}",
    RemarkKind.DOUBT: "the decision is in doubt: {doubt}",
    RemarkKind.MEDIUM_CERTAINTY: "sources differ on the decision {value}",
}
OF_PLACES = frozenset((RemarkKind.AFTER_KNOWN_UNTIL, RemarkKind.UNSETTLED, RemarkKind.PART))
"""The remarks that answers show, so that they are in the catalogue of each language."""

_EXPLAINED = frozenset((Need.WITH, Need.INSTEAD, Need.ADAPTED))
"""The needs that the law file explains in words."""


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
    """Return a remark in English, with its source if it has one."""
    if remark.kind in OF_PLACES:
        return format_place_remark(load_catalogue(ENGLISH), law.key, remark)
    doubts = {each.key: each.text for decision in law.decisions for each in decision.doubts}
    text = _REMARKS[remark.kind].format(
        value=remark.value,
        country=names.get_country_name(remark.value),
        doubt=doubts.get(remark.value, remark.value),
    )
    return f"{text} ({remark.source})" if remark.source else text


def format_place_remark(catalogue: Catalogue, law: str, remark: Remark) -> str:
    """Return a remark of `OF_PLACES` in a language, with its source if it has one."""
    values: dict[str, str] = {}
    if remark.kind is RemarkKind.AFTER_KNOWN_UNTIL:
        day = date.fromisoformat(remark.value)
        values["law"] = catalogue.text(f"laws.{law}.in-a-sentence")
        values["day"] = remark.value if catalogue.language == ENGLISH else catalogue.format_day(day)
    else:
        values["country"] = names.get_country_name(remark.value, catalogue.locale)
    text = catalogue.text(f"place-remark.{remark.kind}", **values)
    return f"{text} ({remark.source})" if remark.source else text


def format_horizon(law: Law) -> str:
    """Return the remark that the data on a law ends, and that a later act may change what follows from it."""
    return format_remark(law, Remark(RemarkKind.AFTER_KNOWN_UNTIL, law.known_until.isoformat()))


def format_region_remark(catalogue: Catalogue, key: str, text: str, source: str) -> str:
    """Return the remark on a country that is not simply outside a region; the data file has it in English."""
    text_id = f"region-remark.{key}"
    found = catalogue.find_own(text_id)
    return f"{text if found is None else catalogue.text(text_id)} ({source})"


def format_source(law: Law, day: date) -> str:
    """Return where a law has its rule on transfers on a day."""
    article = law.find_article("transfers", day)
    return article.article if article else law.short
