"""A service that is described in full, in two ways in; whether that is the same change out."""

from typing import TYPE_CHECKING

import pytest

from registry_text import listing, load_complete_list
from rows import for_rows
from subproc_cli.diff import fingerprint
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.notice.ledger.sent_index import SentIndex
from subproc_cli.registry.field_row import FieldRow
from subproc_cli.registry.field_table import SERVICE_FIELDS
from subproc_cli.registry.models import Service

if TYPE_CHECKING:
    from subproc_cli.notice.ledger.chain import Entries

FIRST = "name: Ev, purpose: chat, sees: [usage], processing: [DE], entity: {name: Ev GmbH}"
A = "  a: {name: A}\n"
OWN = "categories: {content.own: {label: notes}}\nregions: {Our place: [DE, FR]}"


def added(fields: str, head: str = "") -> Change:
    (change,) = diff(listing(A, head=head), listing(f"{A}  ev: {{{fields}}}\n", head=head))
    return change


@pytest.mark.parametrize("row", [row for row in SERVICE_FIELDS if "." not in row.path and row.path != "name"])
def test_fingerprint_has_exactly_the_fields_that_are_announced(row: FieldRow) -> None:
    full = load_complete_list()
    service = full.model.services["a"]
    without = service.model_copy(
        update={row.path: Service.model_fields[row.path].get_default(call_default_factory=True)}
    )
    contents = {fingerprint.build_content(full, each) for each in (service, without)}
    assert (len(contents) == 2) is row.is_announced


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sees: [usage]", "sees: [special.health, content]"),
        ("sees: [usage]", "sees: [usage, content]"),
        ("sees: [usage]", "sees: [{data: usage, may_contain: [content]}]"),
        ("sees: [usage]", "sees: [{data: usage, extent: partial}]"),
        ("sees: [usage]", "sees: [{data: usage, when: asked}]"),
        ("sees: [usage]", "sees: [{data: usage, note: all of it}]"),
        ("sees: [usage]", "never_sees: [usage]"),
        ("processing: [DE]", "processing: [DE, CN]"),
        ("processing: [DE]", "processing: [{place: [DE, CN]}]"),
        ("processing: [DE]", "processing: [{place: DE, how: remote-access}]"),
        ("processing: [DE]", "processing: [{place: DE, when: asked}]"),
        ("entity: {name: Ev GmbH}", "entity: {name: Ev Ltd}"),
        ("entity: {name: Ev GmbH}", "entity: {name: Ev GmbH, country: CN}"),
        ("entity: {name: Ev GmbH}", "entity: {name: Ev GmbH, address: Berlin}"),
        ("entity: {name: Ev GmbH}", "entity: {name: Ev GmbH, parent: Ev Ltd}"),
        ("purpose: chat", "purpose: profiles"),
        *(
            ("purpose: chat", f"purpose: chat, {more}")
            for more in (
                "role: affiliate",
                "activation: opt-in",
                "condition: asked",
                "personal_data: yes",
                "subjects: [children]",
                "transfer: [scc]",
                "transfer: [{basis: scc, until: 2027-01-01}]",
                "contact: a@example.com",
                "onward: [Other GmbH]",
                "since: 2024-05-01",
                "until: 2027-05-01",
            )
        ),
    ],
)
def test_fingerprint_of_an_added_service_depends_on_its_facts(before: str, after: str) -> None:
    assert added(FIRST).fingerprint != added(FIRST.replace(before, after)).fingerprint


@pytest.mark.parametrize(
    ("fields", "before", "after"),
    [
        ("sees", "[usage, content]", "[content, usage, usage]"),
        ("sees", "[usage]", "[{data: usage, extent: full}]"),
        ("sees", "[{data: usage, may_contain: [content, identity]}]", "[{data: usage, may_contain: [identity, content]}]"),
        ("sees", "[{data: usage, when: a b}, {data: usage, when: c}]", "[{data: usage, when: c}, {data: usage, when: 'a  b'}]"),
        ("sees", "[usage]", "[{data: usage, x-own: 1}]"),
        ("processing", "[DE, FR]", "[FR, Germany]"),
        ("processing", "[{place: [DE, FR]}]", "[{place: [FR, DE]}]"),
        ("processing", "[Our place]", "[{place: [FR, DE]}]"),
        ("transfer", "[scc, dpf]", "[{basis: dpf}, scc]"),
        ("subjects", "[users, children]", "[children, users]"),
        ("onward", "[A GmbH, B GmbH]", "[B GmbH, A GmbH]"),
        ("role", "subprocessor", "subprocessor, activation: always"),
        ("purpose", "chat", "chat, group: A, notes: B, source: C, x-own: D, links: {website: 'https://example.com'}"),
        ("purpose", "chat", "chat, products: [Surveys], retention: a year, certifications: [ISO 27001]"),
    ],
)  # fmt: skip
def test_fingerprint_ignores_order_and_notation(fields: str, before: str, after: str) -> None:
    first, second = (added(f"name: Ev, {fields}: {given}", OWN) for given in (before, after))
    assert first.fingerprint == second.fingerprint


@pytest.mark.parametrize(
    ("given", "before", "after"),
    [
        ("processing: [Our place]", "[DE, FR]", "[DE, CN]"),
        ("sees: [content.own]", "label: notes", "label: diagnoses"),
        ("never_sees: [content.own]", "label: notes", "label: drafts"),
        ("sees: [{data: usage, may_contain: [content.own]}]", "label: notes", "label: diagnoses"),
    ],
)
def test_fingerprint_depends_on_the_meaning_of_own_words(given: str, before: str, after: str) -> None:
    first, second = (added(f"name: Ev, {given}", head) for head in (OWN, OWN.replace(before, after)))
    assert first.fingerprint != second.fingerprint


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("service-added", A, f"{A}  ev: {{name: Ev, %s}}\n"),
        ("service-replaced", A, "  ev: {name: Ev, replaces: a, %s}\n"),
        ("service-reactivated", "  ev: {name: Ev, until: 2023-01-01, %s}\n", "  ev: {name: Ev, %s}\n"),
        ("became-subprocessor", "  ev: {name: Ev, role: vendor, %s}\n", "  ev: {name: Ev, %s}\n"),
    ],
)
def test_fingerprint_of_a_kind_that_describes_the_service_has_its_facts(
    kind: str, old: str, new: str
) -> None:
    assert kind in fingerprint.FULL_CONTENT_KINDS
    first, second = (
        next(each for each in diff(listing(old.replace("%s", "sees: [usage]")), listing(new % sees)) if each.kind == kind)
        for sees in ("sees: [usage]", "sees: [content]")
    )  # fmt: skip
    assert first.fingerprint != second.fingerprint
    assert first.topic_key == second.topic_key


WIDE, NARROW = added("name: Ev, sees: [special.health]"), added("name: Ev, sees: [usage]")
OTHERS = diff(listing("  a: {name: A, purpose: a}\n"), listing("  a: {name: A, purpose: b}\n"))
BACK = diff(listing("  a: {name: A, purpose: a}\n"), listing("  a: {name: A, purpose: c}\n"))
SEEN = diff(listing(A), listing("  a: {name: A, processing: [FI]}\n"))
PARTS = diff(
    listing("  a: {name: A, sees: [usage], processing: [EU, UK]}\n"),
    listing("  a: {name: A, sees: [usage, content, special.health], processing: [DE, UK, US, CH]}\n"),
)


@pytest.mark.parametrize(
    ("letters", "told", "untold"),
    [
        ([[WIDE], [NARROW]], [NARROW], [WIDE]),
        ([[WIDE], [NARROW], [WIDE]], [WIDE], [NARROW]),
        ([OTHERS, BACK], BACK, OTHERS),
        ([OTHERS, [WIDE]], [*OTHERS, WIDE], BACK),  # what is about something else takes nothing back
        ([PARTS[:1], PARTS[1:]], PARTS, SEEN),  # nor do the parts of a field
        ([PARTS[1:], PARTS[:1]], PARTS, SEEN),
        ([], [], [WIDE]),
    ],
)
def test_sent_index_remembers_the_last_notification(
    letters: list[list[Change]], told: list[Change], untold: list[Change]
) -> None:
    new = {"version": "1.0.0", "date": "2024-02-01", "sha256": "0" * 64}
    entries: Entries = tuple(
        {
            "customer": None,
            "about": [each.topic_key for each in changes],
            "changes": [each.fingerprint for each in changes],
            "new": new,
        }
        for changes in letters
    )
    memory = SentIndex(entries)
    known = listing(A)
    assert [memory.is_notified(None, each, known) for each in told] == [True] * len(told)
    assert [memory.is_notified(None, each, known) for each in untold] == [False] * len(untold)


@for_rows("fields, expected", [
    ("", "f6b47d52561d"),
    (", purpose: '  chat  and mail '", "ac65eebf441f"),
    (", sees: [{data: usage, may_contain: [content.own], when: asked}], never_sees: [content.own]", "aea2ad5ddb87"),
    (", processing: [Our place, {place: US, how: remote-access}]", "5035d6c22955"),
    (", entity: {name: Ev GmbH, country: DE, parent: Ev Ltd}, transfer: [{basis: scc, modules: [2, 3]}]", "2ded3fc2c6e0"),
])  # fmt: skip
def test_fingerprint_of_a_new_service_stays_what_ledgers_have_recorded(fields: str, expected: str) -> None:
    assert added(f"name: Ev{fields}", OWN).fingerprint == expected
