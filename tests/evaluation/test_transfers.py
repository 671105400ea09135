"""The judgement on a transfer: a law, a place, what a list states, a day."""

from datetime import date
from pathlib import Path

import pytest

from registry_text import listing
from subproc_cli.evaluation.stated_transfers import list_stated_bases
from subproc_cli.evaluation.transfer_outcomes import (
    Importer,
    Outcome,
    Proposal,
    Remark,
    RemarkKind,
    StatedBasis,
)
from subproc_cli.evaluation.transfer_texts import format_remark
from subproc_cli.evaluation.transfers import assess_place, propose_bases
from subproc_cli.overview.places import PlacesReport
from subproc_cli.question.evaluator import ask
from subproc_cli.reference import laws
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.reference.laws import list_laws, load_law
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import RuleContext

EU, UK, CH = "eu-gdpr", "uk-gdpr", "ch-fadp"
DAY = "2026-08-01"


def assess(
    law: str, country: str, *bases: str | StatedBasis, day: str = DAY, importer: Importer | None = None
) -> Outcome:
    stated = [StatedBasis(each) if isinstance(each, str) else each for each in bases]
    return assess_place(load_law(law), country, stated, date.fromisoformat(day), importer)


def list_missing(outcome: Outcome) -> list[str]:
    return [
        f"{basis.stated.word}: {each.need} {each.value}" for basis in outcome.bases for each in basis.missing
    ]


def list_not_stated(outcome: Outcome) -> list[str]:
    return [
        f"{basis.stated.word}: {each.need} {each.value}"
        for basis in outcome.bases
        for each in basis.not_stated
    ]


def list_accepted(outcome: Outcome) -> list[str]:
    return [each.stated.word for each in outcome.accepted_bases]


def list_remarks(outcome: Outcome) -> list[str]:
    return [f"{each.kind} {each.value}" for each in outcome.remarks]


# Places


@pytest.mark.parametrize(
    ("law", "country", "stated", "day", "expected"),
    [
        (EU, "DE", "", DAY, "not-transferred"),
        (EU, "NO", "", DAY, "not-transferred"),
        (EU, "RE", "", DAY, "not-transferred"),
        (EU, "GI", "", "2020-12-31", "not-transferred"),
        (EU, "GI", "", "2021-01-01", "not-adequate"),
        (EU, "GB", "", "2020-12-31", "not-transferred"),
        (EU, "GB", "", "2021-01-01", "not-transferred"),  # the bridge
        (EU, "GB", "", "2021-06-28", "adequate"),
        (EU, "CH", "", DAY, "adequate"),
        (EU, "IN", "", DAY, "not-adequate"),
        (EU, "IN", "adequacy", DAY, "not-adequate"),
        (EU, "IN", "scc", DAY, "not-adequate"),  # a safeguard does not make a place adequate
        (EU, "NC", "", DAY, "not-adequate"),
        (EU, "SJ", "", DAY, "depends"),
        (EU, "US", "", DAY, "depends"),
        (EU, "US", "dpf", DAY, "adequate"),
        (EU, "US", "adequacy", DAY, "adequate"),
        (EU, "US", "dpf-uk", DAY, "depends"),
        (EU, "US", "adequacy", "2015-10-05", "adequate"),
        (EU, "US", "adequacy", "2015-10-06", "not-adequate"),
        (EU, "US", "adequacy", "2016-07-12", "adequate"),
        (EU, "US", "adequacy", "2020-07-15", "adequate"),
        (EU, "US", "adequacy", "2020-07-16", "not-adequate"),
        (EU, "US", "dpf", "2023-07-09", "not-adequate"),
        (EU, "US", "dpf", "2023-07-10", "adequate"),
        (EU, "BR", "adequacy", "2026-01-25", "not-adequate"),
        (EU, "BR", "adequacy", "2026-01-26", "adequate"),
        (EU, "KR", "", DAY, "depends"),
        (EU, "KR", "adequacy", DAY, "adequate"),
        (EU, "US", "", "2000-07-25", "unknown"),
        (EU, "DE", "", "2000-07-25", "unknown"),
        (UK, "GB", "", DAY, "not-transferred"),
        (UK, "DE", "", DAY, "adequate"),
        (UK, "RE", "", DAY, "adequate"),
        (UK, "GI", "", DAY, "adequate"),
        (UK, "SJ", "", DAY, "depends"),
        (UK, "BR", "adequacy", DAY, "not-adequate"),
        (UK, "US", "dpf", DAY, "depends"),
        (UK, "US", "dpf-uk", DAY, "depends"),
        (UK, "US", "dpf adequacy", DAY, "depends"),
        (UK, "US", "dpf dpf-uk", DAY, "adequate"),
        (UK, "US", "dpf dpf-uk", "2023-10-11", "not-adequate"),
        (UK, "DE", "", "2020-12-31", "unknown"),
        (CH, "CH", "", DAY, "not-transferred"),
        (CH, "DE", "", DAY, "adequate"),
        (CH, "KR", "adequacy", DAY, "not-adequate"),
        (CH, "JP", "adequacy", DAY, "not-adequate"),
        (CH, "FO", "", DAY, "adequate"),
        (CH, "US", "dpf", DAY, "depends"),
        (CH, "US", "dpf-ch", DAY, "adequate"),
        (CH, "US", "dpf-ch", "2024-09-14", "not-adequate"),
        (CH, "CH", "", "2023-08-31", "unknown"),
    ],
)  # fmt: skip
def test_assess_place_on_a_day_returns_one_of_five_outcomes(
    law: str, country: str, stated: str, day: str, expected: str
) -> None:
    assert assess(law, country, *stated.split(), day=day).status == expected


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        (EU, {"BR", "CA", "FO", "JP", "KR", "US", "SJ"}),
        (UK, {"CA", "FO", "JP", "KR", "US", "SJ"}),
        (CH, {"CA", "US", "SJ"}),
    ],
)
def test_assess_place_that_depends_differs_by_law(law: str, expected: set[str]) -> None:
    found = {country for country in load_country_codes() if assess(law, country).status == "depends"}
    assert found == expected


def test_assess_place_of_an_adequate_place_names_the_decision() -> None:
    found = assess(EU, "US", "dpf")
    assert [each.number for each in found.decisions] == ["(EU) 2023/1795"]
    assert [each.number for each in found.bases[0].decisions] == ["(EU) 2023/1795"]
    assert "Implementing Decision (EU) 2023/1795" in found.decisions[0].source


def test_assess_place_that_depends_names_the_possible_decision() -> None:
    assert [each.number for each in assess(UK, "US", "dpf").decisions] == ["SI 2023/1028"]


def test_assess_place_after_the_known_dates_is_unknown() -> None:
    before, after = assess(EU, "IN", day="2026-08-05"), assess(EU, "IN", day="2026-08-06")
    assert (before.status, before.remarks) == ("not-adequate", ())
    assert (after.status, after.last_known_status) == ("unknown", "not-adequate")
    assert list_remarks(after) == ["after-known-until 2026-08-05"]
    assert after.needs_basis


@pytest.mark.parametrize(("country", "status"), [("CH", "adequate"), ("CA", "depends")])
def test_assess_place_after_the_known_dates_keeps_a_decision(country: str, status: str) -> None:
    found = assess(EU, country, day="2027-01-01")
    assert found.status == found.last_known_status == status
    assert list_remarks(found) == ["after-known-until 2026-08-05"]


def test_assess_place_at_home_after_the_known_dates_has_no_remark() -> None:
    assert assess(EU, "DE", day="2027-01-01").remarks == ()


@pytest.mark.parametrize(
    ("law", "country", "stated", "remarks"),
    [
        (EU, "NC", "", ["unsettled FR"]),
        (UK, "NC", "", ["unsettled FR"]),
        (EU, "SJ", "", ["part NO"]),
        (EU, "US", "dpf", ["doubt dpf-appeal", "doubt dpf-ftc-independence", "doubt dpf-edpb-letter"]),
        (EU, "BR", "", ["doubt br-eea"]),
        (UK, "FO", "", ["medium-certainty DPA 2018 Sch. 21"]),
        (EU, "AW", "", []),
    ],
)
def test_assess_place_with_unsettled_law_has_a_remark(
    law: str, country: str, stated: str, remarks: list[str]
) -> None:
    assert list_remarks(assess(law, country, *stated.split())) == remarks


def test_assess_place_with_a_doubt_has_a_remark_from_its_date() -> None:
    assert list_remarks(assess(EU, "US", "dpf", day="2025-10-30")) == []
    assert list_remarks(assess(EU, "US", "dpf", day="2025-10-31")) == ["doubt dpf-appeal"]


# Recipients


@pytest.mark.parametrize(
    ("importer", "remarks"),
    [
        (Importer(country="FR"), []),
        (Importer(country="US"), ["importer-abroad US"]),
        (Importer(country="DE", parent_country="US"), ["parent-abroad US"]),
    ],
)
def test_assess_place_at_home_of_a_foreign_importer_has_a_remark(
    importer: Importer, remarks: list[str]
) -> None:
    found = assess(EU, "DE", importer=importer)
    assert found.status == "not-transferred"
    assert list_remarks(found) == remarks


def test_assess_place_of_an_organisation_uses_decisions_on_it() -> None:
    office = Importer(organisation="EPO")
    assert assess(EU, "DE", importer=office).status == "adequate"
    assert [each.number for each in assess(EU, "DE", importer=office).decisions] == ["(EU) 2025/1382"]
    assert assess(EU, "DE", importer=office, day="2025-07-14").status == "not-adequate"
    assert assess(UK, "DE", importer=office).status == "not-adequate"


# Bases


@pytest.mark.parametrize(
    ("where", "stated", "day", "accepted", "missing"),
    [
        # The Commission's clauses
        ((EU, "IN"), "scc", DAY, ["scc"], []),
        ((EU, "IN"), "scc", "2021-06-26", [], ["scc: begins 2021-06-27"]),
        ((UK, "IN"), "scc", DAY, [], ["scc: with uk-addendum"]),
        ((UK, "IN"), "uk-addendum", DAY, [], ["uk-addendum: with scc"]),
        ((UK, "IN"), "scc uk-addendum", DAY, ["scc", "uk-addendum"], []),
        ((UK, "IN"), "scc", "2022-03-20", [], ["scc: begins 2022-03-21"]),
        ((CH, "IN"), "scc", DAY, [], ["scc: adapted ch-fadp"]),
        # The sets before them
        ((EU, "IN"), "scc-legacy", "2022-12-27", ["scc-legacy"], []),
        ((EU, "IN"), "scc-legacy", "2022-12-28", [], ["scc-legacy: ended 2022-12-27"]),
        ((UK, "IN"), "scc-legacy", "2024-03-21", ["scc-legacy"], []),
        ((UK, "IN"), "scc-legacy", "2024-03-22", [], ["scc-legacy: ended 2024-03-21"]),
        ((CH, "IN"), "scc-legacy", DAY, [], ["scc-legacy: unknown-word scc-legacy"]),
        # The agreements of the United Kingdom
        ((UK, "IN"), "idta", "2022-03-21", ["idta"], []),
        ((UK, "IN"), "idta", "2022-03-20", [], ["idta: begins 2022-03-21"]),
        ((EU, "IN"), "idta", DAY, [], ["idta: unknown-word idta"]),
        ((CH, "IN"), "idta uk-addendum", DAY, [], ["idta: unknown-word idta", "uk-addendum: unknown-word uk-addendum"]),
        # Binding corporate rules
        ((EU, "IN"), "bcr", DAY, ["bcr"], []),
        ((UK, "IN"), "bcr", DAY, [], ["bcr: instead bcr-uk"]),
        ((UK, "IN"), "bcr-uk", DAY, ["bcr-uk"], []),
        ((CH, "IN"), "bcr", DAY, ["bcr"], []),
        ((EU, "IN"), "bcr-uk", DAY, [], ["bcr-uk: unknown-word bcr-uk"]),
        # Frameworks
        ((EU, "US"), "dpf", DAY, ["dpf"], []),
        ((EU, "IN"), "dpf", DAY, [], ["dpf: decision IN"]),
        ((EU, "CH"), "dpf", DAY, [], ["dpf: instead adequacy"]),
        ((UK, "US"), "dpf", DAY, [], ["dpf: with dpf-uk"]),
        ((UK, "US"), "dpf-uk", DAY, [], ["dpf-uk: with dpf"]),
        ((UK, "US"), "adequacy", DAY, [], ["adequacy: instead dpf-uk"]),
        ((UK, "IN"), "dpf dpf-uk", DAY, [], ["dpf: decision IN", "dpf-uk: decision IN"]),
        ((CH, "US"), "dpf", DAY, [], ["dpf: instead dpf-ch"]),
        ((CH, "US"), "dpf-ch", DAY, ["dpf-ch"], []),
        ((EU, "US"), "dpf-uk dpf-ch", DAY, [], ["dpf-uk: unknown-word dpf-uk", "dpf-ch: unknown-word dpf-ch"]),
        # Decisions
        ((EU, "BR"), "adequacy", DAY, ["adequacy"], []),
        ((UK, "BR"), "adequacy", DAY, [], ["adequacy: decision BR"]),
        ((CH, "KR"), "adequacy", DAY, [], ["adequacy: decision KR"]),
        ((EU, "DE"), "adequacy", DAY, [], ["adequacy: decision DE"]),
        ((EU, "GB"), "adequacy", "2021-06-27", [], ["adequacy: decision GB"]),  # the bridge is no decision
        ((EU, "GB"), "adequacy", "2021-06-28", ["adequacy"], []),
        # The rest
        ((EU, "IN"), "code-of-conduct certification", DAY, ["code-of-conduct", "certification"], []),
        ((CH, "IN"), "treaty notified-clauses", DAY, ["treaty", "notified-clauses"], []),
        ((EU, "IN"), "treaty", DAY, [], ["treaty: unknown-word treaty"]),
        ((UK, "IN"), "derogation", DAY, ["derogation"], []),
        ((UK, "IN"), "derogation", "2020-12-31", [], ["derogation: law-unknown 2021-01-01"]),
    ],
)  # fmt: skip
def test_assess_place_with_a_basis_accepts_it_or_names_what_is_missing(
    where: tuple[str, str], stated: str, day: str, accepted: list[str], missing: list[str]
) -> None:
    found = assess(*where, *stated.split(), day=day)
    assert list_accepted(found) == accepted
    assert list_missing(found) == missing


@pytest.mark.parametrize(
    ("law", "country", "basis", "day", "missing"),
    [
        (CH, "IN", StatedBasis("scc", adapted=("ch-fadp",)), DAY, []),
        (CH, "IN", StatedBasis("scc", adapted=("uk-gdpr",)), DAY, ["scc: adapted ch-fadp"]),
        (EU, "IN", StatedBasis("scc", until=date(2026, 8, 1)), DAY, []),
        (EU, "IN", StatedBasis("scc", until=date(2026, 7, 31)), DAY, ["scc: lapsed 2026-07-31"]),
        (EU, "IN", StatedBasis("scc", places=("US", "IN")), DAY, []),
        (EU, "IN", StatedBasis("scc", places=("US",)), DAY, ["scc: place IN"]),
        (UK, "RE", StatedBasis("idta", places=("FR",)), DAY, []),  # a territory goes with its state
        (EU, "IN", StatedBasis("scc", modules=("two", "three")), DAY, []),
        (EU, "IN", StatedBasis("scc", modules=("five",)), DAY, ["scc: module one, two, three, four"]),
        (EU, "IN", StatedBasis("scc", signed=date(2021, 6, 27)), DAY, []),
        (EU, "IN", StatedBasis("scc", signed=date(2021, 6, 26)), DAY, ["scc: contract-since 2021-06-27"]),
        (EU, "IN", StatedBasis("scc-legacy", signed=date(2021, 9, 26)), "2022-01-01", []),
        (EU, "IN", StatedBasis("scc-legacy", signed=date(2021, 9, 27)), "2022-01-01", ["scc-legacy: contract-until 2021-09-26"]),
        (UK, "IN", StatedBasis("scc-legacy", signed=date(2022, 9, 21)), "2023-01-01", []),
        (UK, "IN", StatedBasis("scc-legacy", signed=date(2022, 9, 22)), "2023-01-01", ["scc-legacy: contract-until 2022-09-21"]),
    ],
)  # fmt: skip
def test_assess_place_with_details_of_a_basis_uses_them(
    law: str, country: str, basis: StatedBasis, day: str, missing: list[str]
) -> None:
    found = assess(law, country, basis, day=day)
    assert list_missing(found) == missing
    assert bool(found.accepted_bases) is not bool(missing)


def test_list_stated_bases_names_modules_as_laws_do() -> None:
    registry = listing(
        "  a: {name: A, transfer: [{basis: scc, modules: [1, 4]}, {basis: scc, modules: [2, 3]}]}\n"
    )
    bases = list_stated_bases(
        registry.model.services["a"],
        load_law(EU),
        frozenset,
        read_on=date.fromisoformat(DAY),
    )
    assert [basis.modules for basis in bases] == [("one", "four"), ("two", "three")]


def test_assess_place_of_an_importer_under_the_law_rejects_clauses() -> None:
    assert list_missing(assess(EU, "IN", "scc", importer=Importer(is_under_law=True))) == [
        "scc: importer importer-under-law"
    ]
    assert list_accepted(assess(EU, "IN", "scc", importer=Importer(is_under_law=False))) == ["scc"]
    assert list_accepted(assess(EU, "IN", "scc", importer=Importer(is_under_law=None))) == ["scc"]


@pytest.mark.parametrize(
    ("covers", "receives", "missing", "not_stated"),
    [
        ((), (), [], ["dpf: covers hr", "dpf: covers non-hr"]),
        ((), ("hr",), [], ["dpf: covers hr"]),
        (("hr", "non-hr"), (), [], []),
        (("non-hr",), (), [], ["dpf: covers hr"]),
        (("non-hr",), ("non-hr",), [], []),
        (("non-hr",), ("hr",), ["dpf: covers hr"], []),
    ],
)
def test_assess_place_under_a_framework_checks_the_covered_data(
    covers: tuple[str, ...], receives: tuple[str, ...], missing: list[str], not_stated: list[str]
) -> None:
    found = assess(EU, "US", StatedBasis("dpf", covers=covers), importer=Importer(receives=receives))
    assert list_missing(found) == missing
    assert list_not_stated(found) == not_stated
    assert found.status == ("depends" if missing else "adequate")


def test_assess_place_with_clauses_without_a_date_accepts_them() -> None:
    found = assess(EU, "IN", "scc-legacy", day="2022-01-01")
    assert list_accepted(found) == ["scc-legacy"]
    assert list_not_stated(found) == ["scc-legacy: contract-until 2021-09-26"]
    assert list_not_stated(assess(EU, "IN", "scc-legacy", day="2021-09-26")) == []


def test_assess_place_with_a_lapsed_framework_depends() -> None:
    assert assess(EU, "US", StatedBasis("dpf", until=date(2026, 7, 31))).status == "depends"


def test_assess_place_with_an_addendum_to_lapsed_clauses_accepts_none() -> None:
    lapsed = StatedBasis("scc", until=date(2026, 7, 31))
    assert list_accepted(assess(UK, "IN", lapsed, "uk-addendum")) == []


@pytest.mark.parametrize(
    ("where", "stated", "needs", "carried", "alone"),
    [
        ((EU, "DE"), "", False, True, False),
        ((EU, "CH"), "", False, True, False),
        ((EU, "CH"), "derogation", False, True, False),
        ((EU, "IN"), "", True, False, False),
        ((EU, "US"), "", True, False, False),
        ((EU, "IN"), "scc", True, True, False),
        ((EU, "IN"), "derogation", True, True, True),
        ((EU, "IN"), "derogation scc", True, True, False),
        ((UK, "IN"), "derogation scc", True, True, True),  # scc alone is nothing there
        ((CH, "IN"), "derogation", True, True, True),
    ],
)
def test_assess_place_reports_whether_a_basis_is_needed_and_present(
    where: tuple[str, str], stated: str, *, needs: bool, carried: bool, alone: bool
) -> None:
    found = assess(*where, *stated.split())
    assert (found.needs_basis, found.is_carried, found.is_last_resort_alone) == (needs, carried, alone)


# Proposals


@pytest.mark.parametrize(
    ("law", "country", "expected"),
    [
        (EU, "IN", ["scc", "bcr", "code-of-conduct", "certification"]),
        (EU, "US", ["dpf", "scc", "bcr", "code-of-conduct", "certification"]),
        (EU, "KR", ["adequacy", "scc", "bcr", "code-of-conduct", "certification"]),
        (UK, "IN", ["scc uk-addendum", "idta", "bcr-uk", "code-of-conduct", "certification"]),
        (UK, "US", ["dpf dpf-uk", "scc uk-addendum", "idta", "bcr-uk", "code-of-conduct", "certification"]),
        (CH, "IN", ["scc (ch-fadp)", "bcr", "code-of-conduct", "certification", "treaty", "notified-clauses"]),
        (CH, "US", ["dpf-ch", "scc (ch-fadp)", "bcr", "code-of-conduct", "certification", "treaty", "notified-clauses"]),
    ],
)  # fmt: skip
def test_propose_bases_returns_what_the_law_accepts_for_the_place(
    law: str, country: str, expected: list[str]
) -> None:
    def show(proposal: Proposal) -> str:
        return " ".join(proposal.words) + (f" ({proposal.adapted})" if proposal.adapted else "")

    assert list(map(show, propose_bases(load_law(law), country, date.fromisoformat(DAY)))) == expected


# Another law

INVENTED = """\
name: Data Protection Act of the Cook Islands
short: DPA
authority: the Commissioner
source: Act 1 of 2020
home: [{place: CK, source: Act 1}]
known_since: 2020-01-01
known_until: 2030-12-31
bases:
  adequacy: [{name: list, kind: decision, article: Art. 1, since: 2020-01-01, source: Act 1}]
  pearl-seal: [{name: pearl-seal, kind: decision, article: Art. 1, since: 2022-01-01, source: Act 2}]
  scc: [{name: scc, article: Art. 2, since: 2020-01-01, adapted: ck-dpa, source: Act 1}]
decisions:
  - {places: [EU], since: 2021-01-01, number: List 1, source: List 1}
  - {places: [US], since: 2022-01-01, limited_to: recipients, scope: sealed, stated_as: [pearl-seal], number: List 2, source: List 2}
territories:
  NU: [{state: CK, since: 2020-01-01, source: Act 1}]
"""


def test_load_law_of_a_new_file_applies_it(tmp_path: Path) -> None:
    (tmp_path / "ck-dpa.yaml").write_text(INVENTED)
    assert list_laws(tmp_path) == ("ck-dpa",)
    law, day = load_law("ck-dpa", tmp_path), date(2025, 1, 1)

    def judge(country: str, *stated: StatedBasis) -> Outcome:
        return assess_place(law, country, stated, day)

    assert judge("CK").status == "not-transferred"
    assert judge("NU").status == "not-transferred"
    assert judge("RE").status == "adequate"  # as France is
    assert judge("NO").status == "not-adequate"
    assert judge("US", StatedBasis("dpf")).status == "depends"
    assert judge("US", StatedBasis("pearl-seal")).status == "adequate"
    assert list_missing(judge("NO", StatedBasis("scc"), StatedBasis("bcr"))) == [
        "scc: adapted ck-dpa",
        "bcr: unknown-word bcr",
    ]
    assert judge("NO", StatedBasis("scc", adapted=("ck-dpa",))).is_carried


def test_a_list_can_be_asked_and_checked_under_a_law_that_is_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ck-dpa.yaml").write_text(INVENTED)
    monkeypatch.setattr(laws, "FOLDER", tmp_path)
    registry = listing(
        "  a: {name: A, sees: [identity], processing: [CK, NU]}\n"
        "  b: {name: B, sees: [identity], processing: [NO]}\n"
        "  c: {name: C, sees: [identity], processing: [NO], transfer: [scc]}\n"
        "  d: {name: D, sees: [identity], processing: [NO], transfer: [{basis: scc, adapted: ck-dpa}]}\n",
        head="law: [ck-dpa]",
    )
    day = date(2025, 1, 1)
    answers = ask(registry, "process outside adequate countries", day, registry.model.services).answers
    assert [str(each.verdict) for each in answers] == ["no", "yes", "yes", "yes"]
    found = run_rules(RuleContext(registry, day), Selection(select=("SP203", "SP204"))).findings
    advice = "add transfer: scc (adapted to ck-dpa), for example transfer: [{basis: scc, adapted: ck-dpa}]"
    assert [(each.message, each.hint) for each in found] == [
        ("B processes in NO, and no transfer basis is stated (DPA)", advice),
        (
            "C: no stated basis covers the transfer to NO under the DPA (ck-dpa): scc must be adapted to ck-dpa",
            advice,
        ),
    ]
    record = PlacesReport(registry.gazetteer, ("ck-dpa",), day, ("FR",)).to_record()
    assert record["countries"][0]["by_law"][0]["status"] == "adequate"


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (RemarkKind.IMPORTER_ABROAD, "GB", "the recipient is established in United Kingdom (Art. 1)"),
        (
            RemarkKind.PARENT_ABROAD,
            "US",
            "the owner of the recipient is established in United States (Art. 1)",
        ),
        (RemarkKind.MEDIUM_CERTAINTY, "x", "sources differ on the decision x (Art. 1)"),
        (RemarkKind.DOUBT, "x", "the decision is in doubt: x (Art. 1)"),
    ],
)
def test_format_remark_names_countries_and_the_source(kind: RemarkKind, value: str, expected: str) -> None:
    assert format_remark(load_law("eu-gdpr"), Remark(kind, value, "Art. 1")) == expected
    assert f"{format_remark(load_law('eu-gdpr'), Remark(kind, value))} (Art. 1)" == expected
