"""Which changes a customer is asked to authorise, and what the letter states of the others."""

import re
from datetime import date

import pytest

from notice_cases import SENT, customer, letter, plans
from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Level
from subproc_cli.notice.authorisation import needs_authorisation
from subproc_cli.notice.ledger.chain import Ledger
from subproc_cli.notice.ledger.events import build_letter_facts
from subproc_cli.notice.ledger.status import State, find_notices
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.templates import LetterRenderer
from subproc_cli.notice.plan import Notice, Request, plan
from subproc_cli.notice.selection import raise_changes

EU, UK = "eu-gdpr", "uk-gdpr"
TERMS = "days: 30, objection_days: 14, contact: privacy@example.com"
SPECIFIC = "name: Example Ltd, authorisation: specific"
CONDITION = "Subject to your authorisation, "


def _find_asked(old: str, new: str, laws: tuple[str, ...] = (EU,), day: date = SENT) -> set[str]:
    """Return the kinds of the changes of a service in the United States that have to be authorised."""
    revisions = (
        listing(f"  a: {{name: A, processing: [US], transfer: {old}}}\n"),
        listing(f"  a: {{name: A, processing: [US], transfer: {new}}}\n"),
    )
    changes = diff(*revisions)
    return {change.kind for change in changes if needs_authorisation(revisions, change, laws, day)}


def _plan(old: str, new: str, fields: str = SPECIFIC) -> Notice:
    [notice] = plans(old, new, customer(fields), terms=TERMS).notices
    return notice


def _plan_transfer(old: str, new: str) -> Notice:
    service = "  a: {{name: A, processing: [US], transfer: {}}}\n"
    return _plan(service.format(old), service.format(new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[dpf, scc]", "[scc]", set()),
        ("[scc]", "[{basis: scc, until: 2025-01-01}]", set()),
        ("[dpf]", "[scc]", {"basis-changed"}),
        ("[{basis: dpf, until: 2024-04-08}]", "[scc]", set()),
        ("[{basis: dpf, until: 2024-04-09}]", "[scc]", {"basis-changed"}),
        ("[scc]", "[{basis: scc, modules: [3]}]", {"basis-scope-changed"}),
    ],
)
def test_needs_authorisation_for_a_basis_that_is_replaced_and_not_for_one_that_ends(
    old: str, new: str, expected: set[str]
) -> None:
    assert _find_asked(old, new) == expected


def test_needs_authorisation_for_a_new_basis_depends_on_the_day_and_the_law_of_the_customer() -> None:
    last_day, next_day = date(2022, 12, 27), date(2022, 12, 28)
    assert _find_asked("[scc-legacy]", "[scc]", day=last_day) == {"basis-changed"}
    assert _find_asked("[scc-legacy]", "[scc]", day=next_day) == set()
    assert _find_asked("[dpf]", "[scc, uk-addendum]", (UK,)) == set()  # it was no basis under UK law


def test_letter_about_a_basis_that_is_given_up_states_it_as_a_fact() -> None:
    notice = _plan_transfer("[dpf, scc]", "[scc]")
    text = letter(notice)
    assert "From 10 May 2024, transfers involving A will no longer rely on the following: EU-US Data" in text
    assert "authoris" not in text
    assert Letter(notice).to_record()["authorisation"] == "general"


def test_letter_about_a_basis_that_ends_by_itself_names_the_day_after_its_end() -> None:
    text = letter(_plan_transfer("[{basis: dpf, until: 2024-04-20}, scc]", "[scc]"))
    assert "From 21 April 2024, transfers involving A will no longer rely on the following: EU-US" in text
    assert "Before EU-US Data Privacy Framework (Art. 45 GDPR), until 20 April 2024 standard" in text
    text = letter(_plan_transfer("[{basis: dpf, until: 2024-04-01}, scc]", "[scc]"))
    assert "Since 2 April 2024, transfers involving A have no longer relied on the following: EU-US" in text


def test_letter_about_a_basis_that_has_an_end_and_a_successor_names_both_days() -> None:
    text = letter(_plan_transfer("[{basis: dpf, until: 2024-04-20}]", "[scc]"))
    assert (
        "From 10 May 2024, transfers involving A will rely on the following: standard contractual clauses "
        "(Art. 46(2)(c) GDPR) (until 20 April 2024: EU-US Data Privacy Framework (Art. 45 GDPR))."
    ) in text
    assert "authoris" not in text


def test_letter_about_a_replaced_basis_asks_for_its_authorisation() -> None:
    text = letter(_plan_transfer("[dpf]", "[scc]"))
    assert f"{CONDITION}from 10 May 2024, transfers involving A will rely on the following: standard" in text


def test_letter_asks_only_for_what_can_be_authorised() -> None:
    old = "  a: {name: A, processing: [US], transfer: [dpf, scc]}\n"
    text = letter(_plan(old, "  a: {name: A, processing: [US], transfer: [scc]}\n  b: {name: B}\n"))
    assert f"- {CONDITION}from 10 May 2024, B will be engaged" in text
    assert "- From 10 May 2024, transfers involving A will no longer rely" in text


@pytest.mark.parametrize(("company", "is_asked"), [("X", False), ("Y", True)])
def test_letter_about_a_merge_asks_for_an_authorisation_if_it_is_into_another_company(
    company: str, is_asked: bool
) -> None:
    old = f"  a: {{name: A, entity: {{name: X}}}}\n  b: {{name: B, entity: {{name: {company}}}}}\n"
    new = f"  b: {{name: B, formerly: [a], entity: {{name: {company}}}, sees: [usage]}}\n"
    notice = _plan(old, new)
    told = build_letter_facts(notice, [""] * len((*notice.changes, *notice.informational_changes)))["told"]
    assert {each["kind"]: each["asked"] for each in told}["service-removed"] is is_asked
    text = letter(notice)
    sentence = f"{CONDITION}from 10 May 2024, A will be part of B and provided by another company: Y instead"
    assert (sentence in text) is is_asked


def test_letter_about_a_merge_into_another_company_alone_is_a_request() -> None:
    old = "  a: {name: A, entity: {name: X}}\n  b: {name: B, entity: {name: Y}}\n"
    notice = _plan(old, "  b: {name: B, formerly: [a], entity: {name: Y}}\n")
    assert Letter(notice).subject.startswith("Request for your authorisation")


@pytest.mark.parametrize(
    ("kind", "asked", "expected"),
    [
        ("service-removed", True, State.AWAITING_APPROVAL),
        ("basis-changed", True, State.AWAITING_APPROVAL),
        ("basis-changed", False, State.CLOSED),
        ("basis-changed", None, State.AWAITING_APPROVAL),  # recorded by an earlier version
        ("basis-removed", None, State.CLOSED),
    ],
)
def test_status_waits_for_the_authorisation_that_the_letter_asked_for(
    kind: str, asked: bool | None, expected: State
) -> None:
    told = {"service": "a", "name": "A", "kind": kind, "level": "notice", "text": ""}
    entry = {
        "event": "issued",
        "customer": "Example Ltd",
        "sent": "2024-04-09",
        "effective": "2024-05-10",
        "authorisation": "specific",
        "letter": "one",
        "hash": "line",
        "told": [told if asked is None else told | {"asked": asked}],
        "about": ["a"],
    }
    [notice] = find_notices(Ledger((entry,), "line"), date(2024, 4, 10))
    assert notice.services[0].state is expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2021-03-01", "1 March 2021"), ("2026-12-01", "5 August 2026")]
)
def test_letter_about_a_change_of_the_law_names_the_day_whose_law_was_applied(
    day: str, expected: str
) -> None:
    """The data on the law ends on 5 August 2026."""
    old, new = (
        listing("  a: {name: A, processing: [NZ]}\n", head=f"notice: {{{TERMS}}}", date=each)
        for each in ("2012-12-18", day)
    )
    changes = raise_changes(diff(old, new), Level.INFORM, ())
    [notice] = plan((old, new), changes, Request(new.model.date)).notices
    assert f"New Zealand is now adequate under EU law, which it was not before (law as of {expected})" in (
        letter(notice)
    )


def test_letter_lists_a_service_with_an_edited_note_as_unchanged_but_not_one_with_another_role() -> None:
    old = "  a: {name: A}\n  b: {name: B, notes: one}\n  c: {name: C, role: affiliate}\n"
    new = "  a: {name: A, sees: [usage]}\n  b: {name: B, notes: two}\n  c: {name: C, role: subprocessor}\n"
    notice = _plan(old, new, "name: X")
    assert notice.unchanged_services == ("b",)


def test_letter_ends_a_sentence_with_one_full_stop() -> None:
    old = "  a: {name: A, entity: {name: X B.V.}}\n"
    text = letter(_plan(old, "  a: {name: A, entity: {name: Y B.V.}}\n", "name: X"))
    assert "will be provided by Y B.V. instead of X B.V. Legal entity" in text


def test_letter_names_people_whose_data_is_no_longer_seen_in_one_sentence() -> None:
    """The change of the texts in other languages is no second one."""
    users, applicants = "{en: users, de: Nutzer}", "{en: applicants, de: Bewerber}"
    old = f"  a: {{name: A, subjects: [{users}, {applicants}]}}\n"
    notice = _plan(old, f"  a: {{name: A, subjects: [{users}]}}\n  b: {{name: B}}\n", "name: X, language: de")
    assert letter(notice).count("Bewerber") == 1


def test_letter_as_html_states_what_was_and_what_is_one_below_the_other() -> None:
    """Two columns next to the labels break words on a phone."""
    notice = _plan("  a: {name: A, processing: [DE]}\n", "  a: {name: A, processing: [US]}\n", "name: X")
    page = LetterRenderer().render("html", Letter(notice).to_record())
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)]
    position = rows.index(["Place", "of", "processing"])
    assert rows[position + 1 : position + 3] == [["Before", "Germany"], ["After", "United", "States"]]
