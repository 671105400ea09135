"""Every change as a sentence: what a service said, what it says now, and what readers are told."""

import pytest

from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import ChangesReport, format_change
from subproc_cli.output import terminal

OWN = "regions:\n  zone-1: [NL]\n"
AFFILIATE = "affiliate (a group company that is a subprocessor)"
LAST_DAY = "the last day of the transfer basis “EU-US Data Privacy Framework (Art. 45 GDPR)”"
SENTENCES = [
    ("", "purpose: chat", "Example.io: the purpose is now stated: chat"),
    ("purpose: chat", "", "Example.io: the purpose is no longer stated; it was: chat"),
    ("purpose: chat", "purpose: mail", "Example.io: the purpose now reads “mail” instead of “chat”"),
    ("", "retention: 30 days", "Example.io: the retention period is now stated: 30 days"),
    ("", "entity: {country: DE}", "Example.io: the country of the legal entity is now stated: Germany"),
    ("entity: {name: A GmbH}", "", "Example.io: the legal entity is no longer stated; it was: A GmbH"),
    ("", "personal_data: yes", "Example.io: access to personal data is now stated: yes"),
    (
        "personal_data: no",
        "personal_data: yes",
        "Example.io: access to personal data is now stated as “yes” instead of “no”",
    ),
    ("products: [A]", "", "Example.io now serves all products"),
    (
        "purpose: chat",
        "purpose: {en: chat, de: Chat}",
        "Example.io: the purpose in other languages is now stated: de: Chat",
    ),
    (
        "sees: [{data: usage, when: a}]",
        "sees: [{data: usage, when: {en: a, de: b}}]",
        "Example.io: the condition or note on seeing usage of the product in other languages is now stated: de: b",
    ),
    (
        "transfer: [{basis: scc, note: a}]",
        "transfer: [{basis: scc, note: {en: a, de: b}}]",
        "Example.io: the note on a transfer basis in other languages is now stated: de: b",
    ),
    ("", "products: [A, B]", "Example.io no longer serves all products, only A and B"),
    ("since: 2024-06-30", "", "Example.io: the first day of use is no longer stated; it was: 2024-06-30"),
    (
        "sees: [{data: usage, when: a}]",
        "sees: [{data: usage, when: b}]",
        "Example.io: the condition of seeing usage of the product now reads “b” instead of “a”",
    ),
    (
        "sees: [{data: usage, note: a}]",
        "sees: [{data: usage, note: b}]",
        "Example.io: the note on seeing usage of the product now reads “b” instead of “a”",
    ),
    (
        "sees: [{data: usage, when: x, note: a}]",
        "sees: [{data: usage, when: x, note: b}]",
        (
            "Example.io: the condition or note on seeing usage of the product now reads “b and x” instead of"
            " “a and x”"
        ),
    ),
    (
        "sees: [usage]",
        "sees: [usage], never_sees: [usage]",
        "Example.io: the data that it is listed as never seeing changed from not stated to usage of the product",
    ),
    (
        "processing: [NL]",
        "processing: [{place: NL, when: asked}]",
        "Example.io: the condition of processing in the Netherlands is new: “asked”",
    ),
    (
        "role: subprocessor",
        "role: affiliate",
        f"Example.io is now listed as {AFFILIATE} instead of subprocessor; either way it is a subprocessor",
    ),
    (
        "sees: [identity]",
        "sees: [identity, account.user_id, device.browser]",
        "Example.io now sees user id, also pseudonymous; and browser",
    ),
    (
        "transfer: [{basis: dpf, until: 2027-01-01}]",
        "transfer: [{basis: dpf, until: 2028-01-01}]",
        f"Example.io: {LAST_DAY} is now later: 2028-01-01 instead of 2027-01-01",
    ),
    (
        "transfer: [dpf]",
        "transfer: [{basis: dpf, until: 2027-01-01}]",
        f"Example.io: {LAST_DAY} is now stated: 2027-01-01",
    ),
    (
        "transfer: [{basis: dpf, until: 2023-12-31}], processing: [US]",
        "transfer: [scc], processing: [US]",
        (
            "Example.io: transfers rely on standard contractual clauses (Art. 46(2)(c) GDPR)"
            " instead of EU-US Data Privacy Framework (Art. 45 GDPR)"
        ),
    ),
    (
        "sees: [{data: usage, products: [B]}], products: [B, C]",
        "sees: [usage], products: [B, C]",
        "Example.io: the statement about usage of the product now applies to all products instead of B",
    ),
    (
        "transfer: [dpf]",
        "transfer: [{basis: dpf, note: a}]",
        "Example.io: an edit to the statements on transfers",
    ),
    ("links: {dpa: a}", "links: {dpa: b}", "Example.io: an edit to the links"),
    ("x-__team: a", "x-__team: b", "Example.io: an edit to the field x-__team"),
    ('"x-{0}": a', '"x-{0}": b', "Example.io: an edit to the field x-{0}"),
    ("entity: {x-a.b: 1}", "entity: {x-a.b: 2}", "Example.io: an edit to the field entity.x-a.b"),
    (
        "processing: [NL]",
        "processing: [{place: [NL, FR], how: remote-access}]",
        "Example.io now processes in France or the Netherlands (remote access) instead of the Netherlands",
    ),
    (
        "processing: [NL]",
        "processing: [NL, {place: IN, how: remote-access}]",
        "Example.io is now also accessed remotely from India: not adequate under EU law",
    ),
    (
        "processing: [NL, {place: [IN, US], how: remote-access}]",
        "processing: [NL]",
        "Example.io is no longer accessed remotely from India or the United States",
    ),
    ("until: 2030-01-01", "", "Example.io: the end of its use on 2030-01-01 is withdrawn"),  # still in use
    (
        "processing: [zone-1]",
        "processing: [US]",
        "Example.io now processes in the United States instead of zone-1",
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), SENTENCES)
def test_sentence_of_a_change_names_service_and_values(old: str, new: str, expected: str) -> None:
    assert _sentences(old, new, OWN, OWN) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "notice: {days: 30}",
            "notice: {days: 14}",
            "The list promises less: the period of notice in days is now 14 instead of 30",
        ),
        ("notice: {days: 30}", "", "The list: the period of notice in days is no longer stated; it was: 30"),
        (
            "levels: {place-removed: notice}",
            "",
            "The list promises less: the level of place-removed is now inform instead of notice",
        ),
    ],
)
def test_sentence_of_a_change_of_the_list_names_its_values(old: str, new: str, expected: str) -> None:
    assert _sentences("", "", old, new) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("z: {name: Z}", "b: {name: B, formerly: [a, z]}", "Z is now listed as part of B"),
        ("z: {name: Z}", "a: {name: A, formerly: [z]}", "Z is now listed as part of A"),
        ("z: {name: A}", "a: {name: A, formerly: [z]}", "A is now listed as part of A (a)"),
        ("z: {name: Z, until: 2030-01-01}", "a: {name: A, formerly: [z]}", "Z is now listed as part of A"),
        ("z: {name: Z}", "a: {name: A}", "Z is no longer listed"),
        (
            "z: {name: Z, entity: {name: Example Inc}}",
            "a: {name: A, formerly: [z], entity: {name: Other Ltd}}",
            "Z is now listed as part of A, whose company is another one: Other Ltd instead of Example Inc",
        ),
    ],
)
def test_sentence_of_a_merged_service_names_the_one_that_it_is_part_of(
    old: str, new: str, expected: str
) -> None:
    before, after = listing(f"  a: {{name: A}}\n  {old}\n"), listing(f"  {new}\n")
    found = {change.kind: format_change(before, after, change) for change in diff(before, after)}
    assert found["service-removed"] == expected


def test_sentence_of_a_merge_names_what_was_stated_of_the_other_service() -> None:
    old = listing("  a: {name: A, sees: [usage]}\n  z: {name: Z, sees: [identity.name], processing: [DE]}\n")
    new = listing("  a: {name: A, formerly: [z], sees: [usage, identity.name, payment], processing: [DE]}\n")
    found = {change.kind: format_change(old, new, change) for change in diff(old, new)}
    assert found["data-added"] == "A now sees name and payment data (previously stated for Z: name)"
    assert found["place-stated"].endswith(" (previously stated for Z)")


@pytest.mark.parametrize(
    ("company", "level"), [("Other Ltd", "notice"), ("Example  INC", "inform"), ("", "inform")]
)
def test_merge_into_a_service_of_another_company_requires_a_notice(company: str, level: str) -> None:
    old = listing("  a: {name: A}\n  z: {name: Z, entity: {name: Example Inc}}\n")
    entity = f", entity: {{name: {company}}}" if company else ""
    new = listing(f"  a: {{name: A, formerly: [z]{entity}}}\n")
    assert [str(change.level) for change in diff(old, new) if change.kind == "service-removed"] == [level]


def test_sentence_of_a_free_text_change_asks_to_read_it() -> None:
    old, new = (listing(f"  a: {{name: A, purpose: {purpose}}}\n") for purpose in ("chat", "mail"))
    shown = terminal.render(ChangesReport(old, new, diff(old, new)).to_document(), 200, colour=False)
    assert (
        "- A: the purpose now reads “mail” instead of “chat” (read this: a program cannot judge it)\n"
        in shown
    )


def test_sentence_of_a_moved_category_uses_its_label() -> None:
    own = "categories:\n  {}.topics: {{label: topics}}\n"
    heads = own.format("content"), own.format("usage")
    found = _sentences("never_sees: [content]", "never_sees: [content]", *heads)
    assert found == ["Example.io is no longer listed as never seeing the following data: topics"]


def test_sentence_of_a_claim_about_a_category_uses_its_label() -> None:
    own = "categories:\n  content.topics: {{label: topics, personal: {}}}\n"
    assert _sentences("sees: [content]", "sees: [content]", own.format("no"), own.format("depends")) == [
        "Example.io: whether topics, which it may see, is personal data is now stated as “in some cases” instead of “no”"
    ]


def test_sentence_of_a_changed_label_names_both_labels() -> None:
    own = "categories:\n  content.topics: {{label: {}}}\n"
    found = _sentences("", "", own.format("topics"), own.format("health records"))
    assert found == ["topics is now called health records"]


def _sentences(old: str, new: str, head: str, new_head: str) -> list[str]:
    before, after = (
        listing(f"  example: {{name: Example.io, {fields}}}\n", head=top)
        for fields, top in ((old, head), (new, new_head))
    )
    return [format_change(before, after, change) for change in diff(before, after)]


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("basis: scc, places: [US]", "for the United States"),
        ("basis: scc, modules: [2]", "module 2"),
        ("basis: scc, adapted: ch-fadp", "adapted to Swiss law"),
        ("basis: scc, products: [Surveys]", "for customers of Surveys"),
        ("basis: dpf, covers: hr", "certified for human resources data"),
    ],
)
def test_sentence_of_a_limit_of_a_basis_names_it_on_either_side(limit: str, words: str) -> None:
    basis = limit.partition(",")[0].removeprefix("basis: ")
    old, new = f"processing: [US], transfer: [{basis}]", f"processing: [US], transfer: [{{{limit}}}]"
    changed = "Example.io: the limits of the transfer basis have changed"
    assert _sentences(old, new, "", "") == [f"{changed}: {words} instead of not stated"]
    assert _sentences(new, old, "", "") == [f"{changed}: not stated instead of {words}"]
