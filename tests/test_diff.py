"""What changed between two lists, and what each change demands: lists in, kinds and levels out."""

from string import Formatter

import pytest

from lists import FILE, HEAD, listing
from subproc_cli.diff.change import highest
from subproc_cli.diff.classify import diff
from subproc_cli.diff.kinds import KINDS
from subproc_cli.notice.wording.en import SENTENCES
from subproc_cli.registry.index import Index
from subproc_cli.registry.load import load
from subproc_cli.registry.source import Source

OWN = "categories:\n  content.text.topics: {label: topics}\nregions:\n  zone-1: [NL]\n"

FIELDS = [
    # Order, formatting and other ways of writing are no change
    ("sees: [usage, content]", "sees: [content, usage]", []),
    ("sees: [usage]", "sees: [{data: usage, extent: full}]", []),
    ("sees: [identity]", "sees: [identity, identity.email]", []),
    ("sees: [content.text]", "sees: [content.text, content.text.topics]", []),
    ("processing: [NL, US]", "processing: [US, NL]", []),
    ("processing: [NL]", "processing: [Netherlands]", []),
    ("processing: [NL]", "processing: [{place: NL}]", []),
    ("processing: [{place: [SE, FR]}]", "processing: [{place: [France, Sweden]}]", []),
    ("transfer: [scc, dpf]", "transfer: [{basis: dpf}, scc]", []),
    ("purpose: chat", 'purpose: "chat"', []),
    ("role: subprocessor, activation: always", "", []),  # the defaults, written out
    # Time and name
    ("", "until: 2024-06-01", ["service-retired"]),
    ("until: 2024-06-01", "", ["service-reactivated"]),
    ("until: 2024-06-01", "until: 2024-07-01", ["end-delayed"]),
    ("until: 2024-07-01", "until: 2024-06-01", ["end-advanced"]),
    ("since: 2024-07-01", "since: 2024-06-01", ["start-advanced"]),
    ("since: 2024-06-01", "since: 2024-07-01", ["start-delayed"]),
    ("", "since: 2023-01-01", ["metadata-changed"]),  # a day of the past is put on record
    # Who
    ("entity: {name: A GmbH}", "entity: {name: B GmbH}", ["entity-changed"]),
    ("entity: {country: DE}", "entity: {country: US}", ["entity-country-changed"]),
    ("entity: {parent: A Inc}", "entity: {parent: B Inc}", ["entity-parent-changed"]),
    ("", "entity: {name: A GmbH, country: DE}", ["entity-stated"]),
    ("entity: {name: A GmbH}", "", ["entity-withdrawn"]),
    ("entity: {address: A 1}", "entity: {address: B 2}", ["address-changed"]),
    ("contact: a@example.com", "contact: b@example.com", ["contact-changed"]),
    ("role: vendor", "role: affiliate", ["became-subprocessor"]),
    ("role: affiliate", "role: controller", ["ceased-subprocessor"]),
    ("purpose: chat", "purpose: chat and mail", ["purpose-changed"]),
    # Which data, leaf by leaf
    ("sees: [usage]", "sees: [usage, content]", ["data-added"]),
    ("never_sees: [usage]", "sees: [usage]", ["data-added"]),
    ("sees: [usage]", "sees: [usage, special.health]", ["special-data-added"]),
    ("sees: [usage, content]", "sees: [usage]", ["data-removed"]),
    ("sees: [usage]", "sees: [usage.pages], never_sees: [usage]", ["data-removed"]),
    ("sees: [usage]", "sees: [content]", ["data-added", "data-removed"]),
    ("", "never_sees: [content]", ["promise-made"]),
    ("never_sees: [content]", "", ["promise-dropped"]),
    ("sees: [usage]", "sees: [{data: usage, may_contain: [content]}]", ["data-possible"]),
    ("sees: [{data: usage, may_contain: [content]}]", "sees: [usage]", ["data-ruled-out"]),
    ("sees: [{data: usage, extent: partial}]", "sees: [usage]", ["extent-widened"]),
    ("sees: [usage]", "sees: [{data: usage, extent: partial}]", ["extent-narrowed"]),
    ("sees: [usage]", "sees: [{data: usage, when: asked}]", ["data-condition-changed"]),
    ("personal_data: no", "personal_data: yes", ["claim-changed"]),
    ("subjects: [users]", "subjects: [users, visitors]", ["subject-added"]),
    ("subjects: [users, visitors]", "subjects: [users]", ["subject-removed"]),
    # Where, by the countries that the places stand for
    ("processing: [FI]", "processing: [FI, US]", ["place-added-outside"]),
    ("processing: [FI]", "processing: [FI, {place: IN, how: remote-access}]", ["place-added-outside"]),
    ("processing: [FI]", "processing: [FI, CH]", ["place-added-adequate"]),
    ("processing: [FI]", "processing: [FI, SE]", ["place-added-eea"]),
    ("processing: [FI, US]", "processing: [FI, IN]", ["place-added-outside", "place-removed"]),
    ("processing: [FI]", "processing: [US]", ["place-moved"]),
    ("processing: [EU]", "processing: [BE]", ["place-clearer"]),
    ("processing: [BE]", "processing: [EU]", ["place-vaguer"]),
    ("processing: [EU]", "processing: [BE, US]", ["place-added-outside", "place-clearer"]),
    ("", "processing: [FI]", ["place-stated"]),
    ("processing: [FI]", "", ["place-withdrawn"]),
    ("processing: [FI]", "processing: [{place: FI, when: asked}]", ["place-condition-changed"]),
    # On which terms
    ("transfer: [scc]", "transfer: [scc, dpf]", ["basis-added"]),
    ("transfer: [scc, dpf]", "transfer: [scc]", ["basis-removed"]),
    ("transfer: [scc]", "transfer: [dpf]", ["basis-changed"]),
    ("activation: opt-in", "activation: opt-out", ["became-mandatory"]),
    ("", "activation: opt-in", ["became-optional"]),
    ("condition: asked", "condition: told", ["condition-changed"]),
    ("products: [A]", "products: [A, B]", ["product-added"]),
    ("", "products: [A]", ["product-removed"]),
    ("onward: [A GmbH]", "onward: [A GmbH, B GmbH]", ["onward-added"]),
    ("onward: [A GmbH]", "", ["onward-removed"]),
    ("retention: 30 days", "retention: 90 days", ["retention-changed"]),
    ("certifications: [A]", "certifications: [A, B]", ["certification-added"]),
    ("certifications: [A]", "", ["certification-removed"]),
    ("links: {dpa: a.example}", "links: {dpa: b.example}", ["metadata-changed"]),
    ("notes: a, source: b, group: c", "notes: b, source: b, group: d", ["metadata-changed"] * 2),
    ("x-owner: {__team: a}", "x-owner: {__team: b}", ["metadata-changed"]),
    ("transfer: [{basis: dpf, until: 2027-01-01}]", "transfer: [dpf]", ["unclassified-change"]),
]
SERVICES = [
    ("  a: {name: A}\n  b: {name: B}\n", "  b: {name: B}\n\n  # a comment\n  a:\n    name: 'A'\n", []),
    ("  a: {name: A}\n", "  a: {name: A}\n  b: {name: B, since: 2025-01-01}\n", ["service-added"]),
    ("  a: {name: A}\n  b: {name: B}\n", "  a: {name: A}\n", ["service-removed"]),
    ("  a: {name: A}\n", "  b: {name: B, replaces: a}\n", ["service-replaced"]),
    ("  a: {name: A}\n", "  b: {name: A}\n", ["service-added", "service-removed"]),  # never a rename
    ("  a: {name: A}\n", "  b: {name: A, formerly: [a]}\n", ["id-changed"]),
    ("  a: {name: A}\n", "  b: {name: A, formerly: [a], sees: [usage]}\n", ["data-added", "id-changed"]),
    ("  a: {name: A}\n", "  a: {name: A}\n  b: {name: B, formerly: [a]}\n", ["service-added"]),
    ("  a: {name: A}\n", "  a: {name: a}\n", ["name-changed"]),
    ("  a: {name: A}\n  b: {name: A}\n", "  a: {name: A}\n  b: {name: A, sees: [usage]}\n", ["data-added"]),
]
HEADS = [
    ("law: [eu-gdpr, ch-fadp]", "law: [ch-fadp, eu-gdpr]", []),
    ("notice: {days: 30}", "notice: {days: 14}", ["notice-shortened"]),
    ("notice: {objection_days: 30}", "", ["notice-shortened"]),
    ("notice: {days: 14}", "notice: {days: 30}", ["notice-lengthened"]),
    ("law: [eu-gdpr]", "law: [eu-gdpr, uk-gdpr]", ["law-changed"]),
    ("x-__team: a", "x-__team: b", ["metadata-changed"]),
]


def dated(day: str, fields: str = "", publisher: str = "Example GmbH") -> Index:
    head = HEAD.replace("2024-01-01", day).replace("Example GmbH", publisher)
    loaded = load(Source(FILE, f"{head}services:\n  a: {{name: A, {fields}}}\n".encode()))
    assert isinstance(loaded, Index), loaded
    return loaded


DPF, SHIELD = "processing: [US], transfer: [dpf]", "processing: [US], transfer: [adequacy]"
LISTS = [
    (dated("2024-01-01"), dated("2024-02-01"), []),  # the date is bookkeeping
    (dated("2024-01-01"), dated("2024-01-01", publisher="Sample GmbH"), ["publisher-changed"]),
    (dated("2023-07-09", DPF), dated("2023-07-10", DPF), ["adequacy-gained"]),  # the DPF begins
    (dated("2020-07-16", SHIELD), dated("2020-07-17", SHIELD), ["adequacy-lost"]),  # the Privacy Shield falls
]


def one(fields: str, head: str = "") -> Index:
    return listing(f"  example: {{name: Example.io, {fields}}}\n", head=head)


def kinds(old: Index, new: Index) -> list[str]:
    return sorted(change.kind for change in diff(old, new))


@pytest.mark.parametrize(("old", "new", "expected"), FIELDS)
def test_fields(old: str, new: str, expected: list[str]) -> None:
    assert kinds(one(old, OWN), one(new, OWN)) == expected
    assert diff(one(new, OWN), one(new, OWN)) == ()


@pytest.mark.parametrize(("old", "new", "expected"), SERVICES)
def test_services(old: str, new: str, expected: list[str]) -> None:
    assert kinds(listing(old), listing(new)) == expected


@pytest.mark.parametrize(("old", "new", "expected"), HEADS)
def test_the_list(old: str, new: str, expected: list[str]) -> None:
    assert kinds(one("", old), one("", new)) == expected


@pytest.mark.parametrize(("old", "new", "expected"), LISTS)
def test_dates_and_publisher(old: Index, new: Index, expected: list[str]) -> None:
    assert kinds(old, new) == expected


def test_every_kind_is_in_the_tables() -> None:
    shown = {
        kind for table in (FIELDS, SERVICES, HEADS, LISTS) for *_, expected in table for kind in expected
    }
    assert shown == {kind.name for kind in KINDS}


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        # Places are judged as sets
        ("processing: [EU]", "processing: [BE]", "inform"),
        ("processing: [BE]", "processing: [EU]", "notice"),
        ("processing: [US]", "processing: [EU]", "inform"),
        ("processing: [FI]", "processing: [SE]", "inform"),
        ("processing: [FI]", "processing: [US]", "notice"),
        ("processing: [FI]", "processing: [FI, NO]", "inform"),  # the EEA is wider than the EU
        ("processing: [FI]", "processing: [FI, CH]", "notice"),
        ("", "processing: [FI]", "inform"),
        ("", "processing: [FI, US]", "notice"),  # a transfer comes to light
        ("processing: [FI]", "", "notice"),
        # Who is no processor for the customer
        ("role: affiliate, processing: [FI]", "role: affiliate, processing: [US]", "notice"),
        ("role: controller, processing: [FI]", "role: controller, processing: [US]", "inform"),
        ("role: vendor, sees: [usage]", "role: vendor, sees: [everything]", "inform"),
        ("role: subprocessor", "role: controller", "notice"),
        # The rest follows from area and effect
        ("never_sees: [usage]", "", "notice"),
        ("purpose: chat", "purpose: mail", "inform"),
        ("onward: []", "onward: [B GmbH]", "inform"),
        ("notes: a", "notes: b", "editorial"),
    ],
)
def test_levels(old: str, new: str, level: str) -> None:
    assert highest(diff(one(old), one(new))) == level


@pytest.mark.parametrize(
    ("override", "level"),
    [
        ("", "inform"),
        ("levels: {place-added-eea: notice}", "notice"),
        ("levels: {place-added-eea: editorial}", "editorial"),
        ("levels: {place-added-outside: notice}", "inform"),
    ],
)
def test_a_list_may_set_another_level(override: str, level: str) -> None:
    changes = diff(one("processing: [FI]", override), one("processing: [FI, SE]", override))
    assert [str(change.level) for change in changes] == [level]


def test_a_change_names_the_widest_categories_that_changed() -> None:
    added, removed = diff(one("sees: [usage]"), one("sees: [usage.pages, identity.email, content]"))
    assert added.added == ("identity.email", "content")
    assert removed.removed == ("usage.actions", "usage.session_recording", "usage.acquisition")


def test_the_most_demanding_change_comes_first() -> None:
    changes = diff(one("notes: a, purpose: a"), one("notes: b, purpose: b, sees: [usage]"))
    assert [change.kind for change in changes] == ["data-added", "purpose-changed", "metadata-changed"]


def test_every_kind_has_a_sentence_that_can_be_filled_in() -> None:
    assert SENTENCES.keys() == {kind.name for kind in KINDS}
    for name, text in SENTENCES.items():
        asked = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
        assert asked & {"name", "removed"}, name
        assert asked <= {"name", "removed", "added", "field"}, name


def test_a_fingerprint_is_of_the_change_not_of_what_stands_around_it() -> None:
    old, new = "processing: [FI]", "processing: [FI, US]"
    (alone,) = diff(one(old), one(new))
    (added,) = [each for each in diff(one(old), one(f"{new}, purpose: a")) if each.field == "processing"]
    (more,) = [each for each in diff(one(old), one("processing: [FI, US, IN]")) if "US" in each.added]
    assert alone.fingerprint == added.fingerprint == more.fingerprint == "7828dfe65a09"


def test_different_changes_have_different_fingerprints() -> None:
    before = "".join(f"  {key}: {{name: A, sees: [usage], processing: [FI]}}\n" for key in "ab")
    after = "".join(f"  {key}: {{name: B, never_sees: [content], processing: [US, IN]}}\n" for key in "ab")
    changes = diff(listing(before), listing(after))
    assert len({change.fingerprint for change in changes}) == len(changes) == 8
