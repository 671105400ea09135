"""Every kind of change: what a service said, what it says now, and the kinds that follow."""

import re

import pytest

from registry_text import FILE, listing
from rows import for_rows
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import KindReport
from subproc_cli.enums import Direction
from subproc_cli.output import terminal
from subproc_cli.registry import change_kinds
from subproc_cli.yaml.source import Source

EU_ONLY = "processing: [EU]"
OWN = "categories:\n  content.text.topics: {label: topics}\nregions:\n  zone-1: [NL]\n"

ROWS = [
    ("entity: {name: A}", "entity: {name: A, parent: B}", ["owner-stated"]),
    # written differently, and the same
    ("processing: [NL, DE]", "processing: [Germany, Netherlands]", []),
    ("sees: [identity.email]", "sees: [{data: identity.email, extent: full}]", []),
    ("sees: [identity, identity.email]", "sees: [identity]", []),
    ("never_sees: [identity, content]", "never_sees: [content, identity]", []),
    ("processing: [{place: [SE, FR]}]", "processing: [{place: [FR, SE]}]", []),
    ("transfer: [scc]", "transfer: [{basis: scc}]", []),
    ("transfer: [scc, dpf]", "transfer: [{basis: dpf}, scc]", []),
    ("sees: [content.text]", "sees: [content.text, content.text.topics]", []),
    ("processing: [NL]", "processing: [{place: NL}]", []),
    ("processing: [zone-1]", "processing: [NL]", []),  # another name for the same countries
    ("processing: [zone-1]", "processing: [NL, zone-1, {place: NL}]", []),
    ("processing: [{place: [SE, FR]}, DE]", "processing: [DE, {place: [FR, SE]}]", []),
    ("purpose: chat", 'purpose: "chat"', []),
    ("role: subprocessor, activation: always", "", []),  # the defaults, written out
    # time
    ("", "until: 2024-06-30", ["service-retired"]),
    ("until: 2024-06-30", "", ["service-reactivated"]),
    ("until: 2024-06-30", "until: 2024-09-30", ["end-delayed"]),
    ("until: 2024-06-30", "until: 2024-05-31", ["end-advanced"]),
    ("since: 2024-06-30", "since: 2024-05-31", ["start-advanced"]),
    ("since: 2024-06-30", "since: 2024-09-30", ["start-delayed"]),
    ("since: 2020-01-01", "since: 2020-02-01", ["metadata-changed"]),
    ("", "since: 2023-01-01", ["metadata-changed"]),  # a day of the past is put on record
    ("since: 2024-06-30", "", ["start-advanced"]),
    # identity
    ("entity: {name: Old GmbH}", "entity: {name: New GmbH}", ["entity-changed"]),
    ("entity: {country: DE}", "entity: {country: US}", ["entity-country-changed"]),
    ("entity: {country: DE}", "entity: {country: Germany}", []),
    ("entity: {parent: A}", "entity: {parent: B}", ["entity-parent-changed"]),
    ("", "entity: {name: New GmbH, country: DE}", ["entity-stated"] * 2),
    ("entity: {name: New GmbH}", "", ["entity-withdrawn"]),
    ("entity: {address: A}", "entity: {address: B}", ["address-changed"]),
    ("contact: a@example.com", "contact: b@example.com", ["contact-changed"]),
    # role, purpose, use, terms
    ("role: vendor", "role: subprocessor", ["became-subprocessor"]),
    ("", "role: controller", ["ceased-subprocessor"]),
    ("role: affiliate", "role: controller", ["ceased-subprocessor"]),
    ("role: vendor", "role: controller", ["unclassified-change"]),
    ("role: subprocessor", "role: affiliate", ["metadata-changed"]),  # a subprocessor, too
    ("purpose: a", "purpose: b", ["purpose-changed"]),
    ("activation: opt-in", "activation: opt-out", ["became-mandatory"]),
    ("activation: opt-out", "", ["became-mandatory"]),
    ("", "activation: opt-in", ["became-optional"]),
    ("condition: a", "condition: b", ["condition-changed"]),
    ("products: [A]", "products: [A, B]", ["product-added"]),
    ("products: [A]", "", ["product-added"]),
    ("", "products: [A]", ["product-removed"]),
    ("products: [A]", "products: [B]", ["product-added", "product-removed"]),
    ("onward: [A]", "onward: [B]", ["onward-added", "onward-removed"]),
    ("retention: 30 days", "retention: 90 days", ["retention-extended"]),
    ("retention: 2 months after use", "retention: 2 weeks after use", ["retention-shortened"]),
    ("retention: 30 days", "retention: 5 years at most", ["retention-changed"]),
    ("retention: {days: 30}", "retention: {days: 90}", ["retention-extended"]),
    ("retention: {days: 90}", "retention: {days: 30, note: backups}", ["retention-shortened"]),
    ("retention: 30 days", "retention: {days: 90}", ["retention-changed"]),
    ("retention: 30 days", "retention: {days: 30}", ["metadata-changed"]),
    ("", "service_type: hosting", ["service-type-changed"]),
    ("service_type: [hosting, ai]", "service_type: [ai, hosting]", []),
    ("service_type: hosting", "service_type: [analytics]", ["service-type-changed"]),
    ("model_training: never", "model_training: opt-out", ["training-allowed"]),
    ("model_training: yes", "model_training: opt-in", ["training-restricted"]),
    ("", "model_training: never", ["training-stated"]),
    ("model_training: never", "", ["training-withdrawn"]),
    ("entity: {parent: A}", "entity: {parent: {name: A, country: US}}", ["entity-stated"]),
    (
        "entity: {parent: {name: A, country: DE}}",
        "entity: {parent: {name: A, country: US}}",
        ["owner-country-changed"],
    ),
    ("dpa: {signed: 2024-01-01}", "dpa: {signed: 2024-02-01}", ["dpa-changed"]),
    ("", "dpa: {signed: 2024-01-01, url: x}", ["dpa-changed"] * 2),
    ("reviewed: 2023-01-01", "reviewed: 2024-01-01", ["metadata-changed"]),
    ("purpose: {en: a, de: b}", "purpose: {en: a, de: c}", ["translation-changed"]),
    ("purpose: {en: a, de: b}", "purpose: {en: c, de: b}", ["purpose-changed", "metadata-changed"]),
    ("subjects: [{en: users, de: Nutzer}]", "subjects: [{en: users, de: Kunden}]", ["translation-changed"]),
    (
        "sees: [{data: usage, when: {en: a, de: b}}]",
        "sees: [{data: usage, when: {en: a, de: c}}]",
        ["translation-changed"],
    ),
    (
        "sees: [{data: usage, when: {en: a, de: b}}]",
        "sees: [{data: usage, when: {en: c, de: b}}]",
        ["data-condition-changed"],
    ),
    ("sees: [{data: usage, products: [A]}]", "sees: [usage]", ["statement-products-changed"]),
    ("processing: [NL]", "processing: [{place: NL, products: [A]}]", ["statement-products-changed"]),
    ("transfer: [scc]", "transfer: [{basis: scc, modules: [2]}]", ["basis-scope-changed"]),
    (
        "transfer: [{basis: scc, places: [US]}]",
        "transfer: [{basis: scc, places: [IN]}]",
        ["basis-scope-changed"],
    ),
    ("transfer: [dpf]", "transfer: [{basis: dpf, covers: hr}]", ["basis-scope-changed"]),
    (
        "transfer: [{basis: scc, note: {en: a, de: b}}]",
        "transfer: [{basis: scc, note: {en: a, de: c}}]",
        ["translation-changed"],
    ),
    ("certifications: [A]", "certifications: [B]", ["certification-added", "certification-removed"]),
    ("subjects: [users]", "subjects: [users, visitors]", ["subject-added"]),
    ("subjects: [users, visitors]", "subjects: [users]", ["subject-removed"]),
    # data
    ("sees: [identity.email]", "sees: [identity.email, identity.name]", ["data-added"]),
    ("never_sees: [identity.email]", "sees: [identity.email]", ["data-added"]),
    ("", "sees: [special.health]", ["special-data-added"]),
    ("sees: [usage]", "sees: [usage, special.health]", ["special-data-added"]),
    ("sees: [usage]", "sees: [usage.pages], never_sees: [usage]", ["data-removed"]),
    ("sees: [usage]", "sees: [content]", ["data-added", "data-removed"]),
    ("sees: [identity.email]", "", ["data-removed"]),
    ("sees: [identity.email]", "never_sees: [identity.email]", ["data-removed"]),
    ("", "never_sees: [content]", ["promise-made"]),
    ("never_sees: [content]", "", ["promise-dropped"]),
    ("sees: [telemetry.logs]", "sees: [{data: telemetry.logs, may_contain: [identity]}]", ["data-possible"]),
    ("sees: [{data: telemetry.logs, may_contain: [identity]}]", "sees: [telemetry.logs]", ["data-ruled-out"]),
    ("sees: [{data: usage, extent: partial}]", "sees: [usage]", ["extent-widened"]),
    ("sees: [usage]", "sees: [{data: usage, extent: partial}]", ["extent-narrowed"]),
    ("sees: [{data: usage, when: a}]", "sees: [{data: usage, when: b}]", ["data-condition-changed"]),
    ("sees: [usage]", "sees: [{data: usage, when: asked}]", ["data-condition-added"]),
    ("sees: [{data: usage, when: asked}]", "sees: [usage]", ["data-condition-dropped"]),
    (
        "sees: [{data: usage, when: asked}]",
        "sees: [{data: usage, when: sent}]",
        ["data-condition-changed"],
    ),
    # what may be contained, or is seen in part, takes nothing from what is seen in full
    ("sees: [identity]", "sees: [identity, {data: usage, may_contain: [identity.email]}]", ["data-added"]),
    ("sees: [usage]", "sees: [usage, {data: usage.pages, extent: partial}]", []),
    (
        "never_sees: [usage], sees: [{data: device, may_contain: [usage.pages]}]",
        "never_sees: [usage], sees: [device]",
        ["data-ruled-out"],
    ),
    (
        "sees: [everything], never_sees: [identity]",
        "sees: [everything, {data: usage, may_contain: [identity.email]}], never_sees: [identity]",
        ["data-possible"],
    ),
    # a promise beside a statement about the same: the list cannot tell, and that is no less
    ("never_sees: [usage]", "sees: [usage], never_sees: [usage]", ["data-possible"]),
    (
        "sees: [{data: device, may_contain: [usage]}]",
        "sees: [device, usage], never_sees: [usage]",
        ["unclassified-change"],
    ),
    ("personal_data: no", "personal_data: yes", ["claim-changed"]),
    # places
    (EU_ONLY, "processing: [EU, IN]", ["place-added-outside"]),
    (EU_ONLY, "processing: [EU, US]", ["place-added-outside"]),
    (EU_ONLY, "processing: [EU, CH]", ["place-added-adequate"]),
    ("processing: [DE]", "processing: [DE, FR]", ["place-added-eea"]),
    ("processing: [DE, FR]", "processing: [DE]", ["place-removed"]),
    ("processing: [FI]", "processing: [FI, {place: IN, how: remote-access}]", ["place-added-outside"]),
    ("processing: [US]", "processing: [US, {place: US, how: remote-access}]", ["place-clearer"]),
    (
        "processing: [FI, {place: IN, how: remote-access}]",
        "processing: [FI, IN]",
        ["place-vaguer"],  # storage holds access
    ),
    ("processing: [US]", "processing: [{place: US, how: remote-access}]", ["place-clearer"]),
    (
        "processing: [EU]",
        "processing: [{place: [DE, FR], how: remote-access}, {place: IN, how: remote-access}]",
        ["place-added-outside", "place-clearer"],
    ),
    ("processing: [FI, US]", "processing: [FI, IN]", ["place-added-outside", "place-removed"]),
    (EU_ONLY, "processing: [BE, US]", ["place-added-outside", "place-clearer"]),
    ("processing: [FI]", "processing: [US]", ["place-moved"]),
    ("processing: [US]", EU_ONLY, ["place-moved"]),
    (EU_ONLY, "processing: [BE]", ["place-clearer"]),
    (EU_ONLY, "processing: [EU, BE]", ["place-clearer"]),
    ("processing: [BE]", EU_ONLY, ["place-vaguer"]),
    ("processing: [EU, BE]", EU_ONLY, ["place-vaguer"]),
    (EU_ONLY, "processing: [worldwide]", ["place-vaguer"]),
    ("", EU_ONLY, ["place-stated"]),
    (EU_ONLY, "", ["place-withdrawn"]),
    (EU_ONLY, "processing: [{place: EU, how: remote-access}]", ["place-clearer"]),
    ("processing: [{place: EU, when: a}]", "processing: [{place: EU, when: b}]", ["place-condition-changed"]),
    ("processing: [FI]", "processing: [{place: FI, when: asked}]", ["place-condition-added"]),
    ("processing: [{place: FI, when: asked}]", "processing: [FI]", ["place-condition-dropped"]),
    ("processing: [FI]", "processing: [{place: FI, note: asked}]", ["place-condition-changed"]),
    (
        "processing: [{place: NL, when: a}, {place: zone-1, when: b}]",
        "processing: [{place: NL, when: a}]",
        ["place-condition-changed"],
    ),
    # transfer
    ("transfer: [scc]", "transfer: [scc, bcr]", ["basis-added"]),
    ("transfer: [scc, bcr]", "transfer: [scc]", ["basis-removed"]),
    ("transfer: [scc]", "transfer: [dpf]", ["basis-changed"]),
    (
        "transfer: [{basis: dpf, until: 2027-05-01}]",
        "transfer: [{basis: dpf, until: 2028-05-01}]",
        ["basis-extended"],
    ),
    ("transfer: [{basis: dpf, until: 2027-05-01}]", "transfer: [dpf]", ["basis-extended"]),
    ("transfer: [dpf, scc]", "transfer: [scc, {basis: dpf, until: 2027-05-01}]", ["basis-shortened"]),
    ("transfer: [dpf]", "transfer: [{basis: dpf, note: a}]", ["metadata-changed"]),
    (
        "transfer: [dpf, {basis: scc, until: 2027-05-01, note: a}]",
        "transfer: [bcr, {basis: scc, until: 2028-05-01, note: b}]",
        ["basis-changed", "basis-extended", "metadata-changed"],
    ),
    # the rest
    ("notes: a", "notes: b", ["metadata-changed"]),
    ("links: {dpa: a}", "links: {dpa: b}", ["metadata-changed"]),
    ("x-__owner: a", "x-__owner: b", ["metadata-changed"]),
    ("x-a: 1", "x-a: true", ["metadata-changed"]),
    ("x-a: 1", "x-a: 1.0", ["metadata-changed"]),
    ("x-a: {b: 1, c: 2}", "x-a: {c: 2, b: 1}", []),
    ("sees: [usage]", "sees: [{data: usage, x-a: 1}]", ["metadata-changed"]),
    ("sees: [{data: usage, x-a: 1}]", "sees: [content]", ["data-added", "data-removed", "metadata-changed"]),
    ("processing: [{place: NL, x-a: 1}]", "processing: [{place: zone-1, x-a: 2}]", ["metadata-changed"] * 2),
    ("transfer: [{basis: scc, x-a: 1}]", "transfer: [{basis: scc, x-a: 2}]", ["metadata-changed"]),
    ("entity: {name: A, x-b: 1}", "entity: {name: B, x-b: 2}", ["entity-changed", "metadata-changed"]),
    # Two statements of the same category, in any order, each with fields of its own
    (
        "sees: [{data: usage, x-a: 1}, {data: usage, x-a: 2}]",
        "sees: [{data: usage, x-a: 2}, {data: usage, x-a: 1}]",
        [],
    ),
    (
        "sees: [{data: usage, x-a: 1}, {data: usage, x-a: 3}]",
        "sees: [{data: usage, x-a: 2}, {data: usage, x-a: 3}]",
        ["metadata-changed"],
    ),
    ("sees: [{data: usage, x-a: 1}, {data: usage, x-a: 1}]", "sees: [{data: usage, x-a: 1}]", []),
    ("", "entity: {x-b: 1}", ["metadata-changed"]),
    ("links: {x-b: 1}", "", ["metadata-changed"]),
    ("onward: [x-a]", "onward: [x-b]", ["onward-added", "onward-removed"]),  # a name, not a field
    ("x-owner: {__team: a}", "x-owner: {__team: b}", ["metadata-changed"]),
    ("notes: a, source: b, group: c", "notes: b, source: b, group: d", ["metadata-changed"] * 2),
    ("products: [__a]", "products: [__a, __b]", ["product-added"]),
]


def changes(old: str, new: str, head: str = "", new_head: str | None = None) -> tuple[Change, ...]:
    revisions = (
        listing(f"  example: {{name: Example.io, {fields}}}\n", head=top)
        for fields, top in ((old, head), (new, head if new_head is None else new_head))
    )
    return diff(*revisions)


@for_rows("old, new, expected", ROWS)
def test_diff_of_a_field_has_the_kinds_of_the_table(old: str, new: str, expected: list[str]) -> None:
    assert [change.kind for change in changes(old, new, OWN)] == expected
    assert changes(old, old, OWN) == changes(new, new, OWN) == ()


DENIED = "never_sees: [usage]"
CONTRADICTIONS = [
    ("sees: [usage]", f"sees: [usage], {DENIED}", "data-added"),
    (
        "sees: [{data: usage, extent: partial}]",
        f"sees: [{{data: usage, extent: partial}}], {DENIED}",
        "data-added",
    ),
    ("sees: [special.health]", "sees: [special.health], never_sees: [special.health]", "special-data-added"),
    (
        "sees: [everything, {data: device, may_contain: [usage]}]",
        f"sees: [everything, {{data: device, may_contain: [usage]}}], {DENIED}",
        "data-added",
    ),
]


@pytest.mark.parametrize(("seen", "disputed", "back"), CONTRADICTIONS)
def test_diff_of_a_contradiction_is_unclassified(seen: str, disputed: str, back: str) -> None:
    """It takes nothing from what is seen, so that way is no mirror: only where it ends, something is known."""
    assert [change.kind for change in changes(seen, disputed)] == ["unclassified-change"]
    assert [change.kind for change in changes(disputed, seen)] == [back]


CONTENT, USAGE = (f"categories:\n  {top}.topics: {{label: topics}}\n" for top in ("content", "usage"))
OWN_WORDS = [
    # Regions by what they stand for
    ("processing: [zone-1]", "regions: {zone-1: [NL]}", "regions: {zone-1: [US]}", ["place-moved"]),
    ("processing: [zone-1]", "regions: {zone-1: [NL]}", "regions: {zone-1: [DE, NL]}", ["place-vaguer"]),
    ("processing: [zone-1, FI]", "regions: {zone-1: [EU]}", "regions: {zone-1: [NL]}", ["place-clearer"]),
    (
        "processing: [zone-2]",
        "regions: {zone-1: [NL], zone-2: [zone-1]}",
        "regions: {zone-1: [US], zone-2: [zone-1]}",
        ["place-moved"],
    ),
    ("processing: [FI]", "regions: {zone-1: [NL]}", "regions: {zone-1: [US]}", []),  # nobody is there
    ("processing: [zone-1]", "regions: {zone-1: [EU]}", "regions: {zone-1: [EU, NL]}", []),
    # Categories by the leaves that they stand for
    ("sees: [content]", CONTENT, USAGE, ["data-removed"]),
    ("sees: [usage]", CONTENT, USAGE, ["data-added"]),
    ("never_sees: [content]", CONTENT, USAGE, ["promise-dropped"]),
    ("never_sees: [everything]", CONTENT, USAGE, []),
    ("sees: [content]", CONTENT, "", []),
    ("", CONTENT, CONTENT.replace("label: topics", "label: themes"), ["name-changed"]),
    ("", CONTENT, CONTENT.replace("topics}", "topics, aliases: [a]}"), ["metadata-changed"]),
    (
        "",
        CONTENT.replace("topics}", "topics, aliases: [a]}"),
        CONTENT.replace("topics}", "topics, aliases: [a, b]}"),
        ["metadata-changed"],
    ),
    ("", CONTENT, CONTENT.replace("label: topics", "label: topics, personal: yes"), ["unclassified-change"]),
    ("", CONTENT, CONTENT.replace("label: topics", "label: topics, x-a: 1"), ["metadata-changed"]),
]


@pytest.mark.parametrize(("fields", "old", "new", "expected"), OWN_WORDS)
def test_diff_of_own_words_has_the_kind_of_its_effect_on_services(
    fields: str, old: str, new: str, expected: list[str]
) -> None:
    assert [change.kind for change in changes(fields, fields, old, new)] == expected


FOO = "categories: {usage.foo: {label: topics}}"
HEALTH = "categories: {special.health.x: {label: topics}}"
PERSONAL, HARMLESS = (
    f"categories: {{usage.foo: {{label: topics, personal: {claim}}}, usage.foo.x: {{label: x}}}}"
    for claim in ("yes", "no")
)
OWN_CATEGORIES = [
    # Under another built-in category it is not the same, whatever its label says
    (
        "sees: [usage.foo]",
        FOO,
        "sees: [special.health.x]",
        HEALTH,
        ["notice special-data-added", "inform data-removed"],
    ),
    (
        "sees: [usage.foo]",
        FOO,
        "sees: [{data: special.health.x, extent: partial}]",
        HEALTH,
        ["notice special-data-added", "inform data-removed"],
    ),
    (
        "sees: [usage.foo]",
        FOO,
        "sees: [{data: usage, may_contain: [special.health.x]}]",
        HEALTH,
        ["notice data-added", "notice data-possible"],
    ),
    (
        "sees: [special.health.x]",
        HEALTH,
        "sees: [usage.foo]",
        FOO,
        ["notice data-added", "inform data-removed"],
    ),
    (
        "never_sees: [usage.foo]",
        FOO,
        "never_sees: [special.health.x]",
        HEALTH,
        ["notice promise-dropped", "inform promise-made"],
    ),
    ("sees: [everything]", FOO, "sees: [everything]", HEALTH, []),
    ("sees: [usage.foo]", FOO, "sees: [usage.bar]", FOO.replace("foo", "bar"), []),
    # nor with another claim about it
    (
        "sees: [usage.foo]",
        HARMLESS,
        "sees: [usage.bar]",
        PERSONAL.replace("foo", "bar"),
        ["notice data-added", "inform data-removed"],
    ),
    # What is claimed of a category is claimed of who sees it, and told once
    ("sees: [usage]", HARMLESS, "sees: [usage]", PERSONAL, ["notice claim-changed"]),
    ("sees: [usage.foo.x]", HARMLESS, "sees: [usage.foo.x]", PERSONAL, ["notice claim-changed"]),
    ("sees: [usage]", PERSONAL, "sees: [usage]", HARMLESS, ["notice claim-changed"]),
    (
        "sees: [usage]",
        HARMLESS,
        "sees: [{data: usage, extent: partial}]",
        PERSONAL,
        ["notice claim-changed", "inform extent-narrowed"],
    ),
    ("", HARMLESS, "sees: [usage.foo]", PERSONAL, ["notice data-added", "inform unclassified-change"]),
    ("never_sees: [usage]", HARMLESS, "never_sees: [usage]", PERSONAL, ["inform unclassified-change"]),
    (
        "role: vendor, sees: [usage]",
        HARMLESS,
        "role: vendor, sees: [usage]",
        PERSONAL,
        ["inform claim-changed"],
    ),
    # What an own category leaves of the one above it is seen, or promised, as well
    (
        "never_sees: [special.health]",
        "",
        "sees: [special.health], never_sees: [special.health.x]",
        HEALTH,
        ["notice special-data-added"],
    ),
    (
        "",
        HEALTH,
        "sees: [special.health], never_sees: [special.health.x]",
        HEALTH,
        ["notice special-data-added", "inform promise-made"],
    ),
    ("never_sees: [usage.foo]", HARMLESS, "never_sees: [usage.foo.x]", HARMLESS, ["notice promise-dropped"]),
    (
        "never_sees: [usage.foo]",
        HARMLESS,
        "sees: [usage.bar], never_sees: [usage.bar.x]",
        HARMLESS.replace("foo", "bar"),
        ["notice data-added"],
    ),
    ("sees: [special.health]", "", "sees: [special.health]", HEALTH, []),
    ("sees: [special.health]", HEALTH, "sees: [special.health]", "", []),
    # Customers read the label
    ("sees: [usage]", FOO, "sees: [usage]", FOO.replace("topics", "health records"), ["inform name-changed"]),
]


@pytest.mark.parametrize(("old", "head", "new", "new_head", "expected"), OWN_CATEGORIES)
def test_diff_of_own_categories_depends_on_parent_and_claim(
    old: str, head: str, new: str, new_head: str, expected: list[str]
) -> None:
    found = changes(old, new, head, new_head)
    assert [f"{change.level} {change.kind}" for change in found] == expected


def test_diff_of_a_renamed_category_key_is_empty() -> None:
    own = "categories:\n  content.{0}: {{label: topics}}\n  content.{0}.short: {{label: short topics}}\n"
    heads = own.format("topics"), own.format("themes")
    assert changes("sees: [content.topics]", "sees: [content.themes]", *heads) == ()
    assert changes("never_sees: [content.topics.short]", "never_sees: [content.themes.short]", *heads) == ()


def test_diff_of_a_renamed_key_with_a_new_condition_is_the_condition() -> None:
    own = "categories:\n  content.{}: {{label: topics}}\n"
    said = "sees: [{{data: content.{0}, when: {0}}}]"
    (change,) = changes(*map(said.format, ("topics", "themes")), *map(own.format, ("topics", "themes")))
    assert (change.kind, change.removed, change.added) == ("data-condition-changed", ("topics",), ("themes",))


def test_diff_of_a_redefined_region_names_its_members() -> None:
    heads = ("regions: {zone-1: [EU, CH]}", "regions: {zone-1: [US]}")
    (change,) = changes("processing: [zone-1]", "processing: [zone-1]", *heads)
    assert (change.removed, change.added) == (("CH|EU",), ("US",))
    assert change.before == change.after == ("zone-1",)


LIST_ROWS = [
    ("notice: {days: 30}", "notice: {days: 10}", "notice-shortened"),
    ("notice: {days: 30}", "", "notice-shortened"),
    ("notice: {objection_days: 10}", "notice: {objection_days: 14}", "notice-lengthened"),
    ("notice: {contact: a@example.com}", "notice: {contact: b@example.com}", "contact-changed"),
    ("law: [eu-gdpr]", "law: [eu-gdpr, uk-gdpr]", "law-changed"),
    ("x-__team: a", "x-__team: b", "metadata-changed"),
    ("x-a: 1", "x-a: true", "metadata-changed"),
    ("notice: {days: 30, x-a: 1}", "notice: {days: 30, x-a: 2}", "metadata-changed"),
    ("levels: {place-removed: notice}", "", "notice-shortened"),  # no notice, where there was one
    ("levels: {service-added: inform}", "levels: {service-added: notice}", "notice-lengthened"),
    ("levels: {service-added: notice}", "", "metadata-changed"),  # it is a notice anyway
    ("levels: {place-removed: editorial}", "", "metadata-changed"),
    # A kind whose level depends on the case is told in advance in some cases
    ("", "levels: {place-stated: inform}", "notice-shortened"),
    ("levels: {place-stated: inform}", "", "notice-lengthened"),
    ("levels: {place-moved: notice}", "", "notice-shortened"),
    ("", "levels: {place-moved: notice}", "notice-lengthened"),
    ("levels: {claim-changed: notice}", "levels: {claim-changed: editorial}", "notice-shortened"),
    ("levels: {place-moved: inform}", "levels: {place-moved: editorial}", "metadata-changed"),
]


@pytest.mark.parametrize(("old", "new", "kind"), LIST_ROWS)
def test_diff_of_a_field_of_the_list_has_its_kind(old: str, new: str, kind: str) -> None:
    found = changes("", "", old, new)
    assert [(change.kind, change.service) for change in found] == [(kind, "")]


SERVICES = [
    ("a: {name: A}", "b: {name: A}", ["service-added b", "service-removed a"]),  # never a rename
    ("a: {name: A}", "b: {name: B, replaces: a}", ["service-replaced b"]),
    (
        "a: {name: A}",
        "a: {name: A, until: 2024-06-30}\n  b: {name: B, replaces: a}",
        ["service-replaced b", "service-retired a"],
    ),
    (
        "a: {name: A, until: 2024-06-30}",
        "a: {name: A, until: 2024-06-30}\n  b: {name: B, replaces: a}",
        ["service-replaced b"],
    ),
    ("a: {name: A}", "a: {name: A}\n  b: {name: B, replaces: a}", ["service-added b"]),  # both go on
    (
        "a: {name: A}",
        "b: {name: B, replaces: a, until: 2020-01-01}",
        ["service-removed a", "metadata-changed b"],
    ),
    (
        "a:\n    name: A\n    purpose: chat and mail",
        "a:\n    name: A\n    purpose: |\n      chat\n      and mail",
        [],
    ),
    ('a: {name: "Caf\\u00e9"}', 'a: {name: "Cafe\\u0301"}', []),  # one letter or two, and the same
    (
        "a: {name: A, until: 2020-01-01}",
        "a: {name: A, until: 2020-01-01}\n  b: {name: B, replaces: a}",
        ["service-added b"],  # what it is said to replace ended long ago
    ),
    (
        "a: {name: A}",
        "b: {name: A, formerly: [a]}\n  c: {name: C, replaces: a}",  # which goes on, as b
        ["service-added c", "id-changed b"],
    ),
    ("a: {name: A}", "b: {name: A, formerly: [a]}", ["id-changed b"]),
    ("a: {name: A}", "b: {name: A, formerly: [z, a]}", ["id-changed b"]),  # the one that there was
    (
        "a: {name: A}",
        "z: {name: A, formerly: [a], until: 2024-06-30}\n  b: {name: B, replaces: z}",
        ["service-replaced b", "service-retired z", "id-changed z"],
    ),
    ("a: {name: A}", "b: {name: B, formerly: [a]}", ["name-changed b", "id-changed b"]),
    ("a: {name: A}\n  z: {name: Z}", "b: {name: A, formerly: [a, z]}", ["service-removed z", "id-changed b"]),
    ("a: {name: A}", "a: {name: A}\n  b: {name: B, since: 2030-01-01}", ["service-added b"]),
    ("a: {name: A}", "a: {name: A}\n  b: {name: B, until: 2020-01-01}", ["metadata-changed b"]),
    ("a: {name: A}\n  b: {name: B, until: 2020-01-01}", "a: {name: A}", ["metadata-changed b"]),
    ("a: {name: A}\n  b: {name: B}", "b: {name: B}\n  a: {name: A}", []),
    ("a: {name: A}\n  b: {name: B}", "b: {name: B}\n\n  # a comment\n  a:\n    name: 'A'", []),
    ("a: {name: A}\n  b: {name: B}", "a: {name: A}", ["service-removed b"]),
    ("a: {name: A}", "b: {name: A, formerly: [a], sees: [usage]}", ["data-added b", "id-changed b"]),
    ("a: {name: A}", "a: {name: A}\n  b: {name: B, formerly: [a]}", ["service-added b"]),
    ("a: {name: A}", "a: {name: a}", ["name-changed a"]),
    (
        "a: {name: A and B, sees: [usage], processing: [FI]}",  # one row for two, later split
        "a: {name: A, sees: [usage], processing: [FI]}\n  b: {name: B, sees: [usage], processing: [FI]}",
        ["service-added b", "name-changed a"],
    ),
    (
        "a: {name: A}\n  b: {name: B}\n  c: {name: C, processing: [FI]}",  # a column for the whole list
        "a: {name: A, processing: [FI]}\n  b: {name: B, processing: [US]}\n  c: {name: C, processing: [FI]}",
        ["place-stated b", "place-stated a"],
    ),
    (
        "a: {name: A, group: Mail}\n  b: {name: B, group: Chat}\n  c: {name: C}",  # a section that moved
        "c: {name: C}\n  b: {name: B, group: Chat}\n  a: {name: A, group: Post}",
        ["metadata-changed a"],
    ),
    ("a: {name: A}\n  b: {name: A}", "a: {name: A}\n  b: {name: A, sees: [usage]}", ["data-added b"]),
]


def test_diff_of_a_moved_service_is_empty() -> None:
    away = listing("  b: {name: B}\n")
    before, back = (
        listing(f"  {text}\n") for text in ("a: {name: A}\n  b: {name: B}", "b: {name: B}\n  a: {name: A}")
    )
    found = [diff(*pair) for pair in ((before, away), (away, back), (before, back))]
    assert [[f"{change.kind} {change.service}" for change in each] for each in found] == [
        ["service-removed a"],
        ["service-added a"],
        [],
    ]


@pytest.mark.parametrize(("old", "new", "expected"), SERVICES)
def test_diff_of_added_and_removed_services_has_their_kinds(old: str, new: str, expected: list[str]) -> None:
    found = diff(listing(f"  {old}\n"), listing(f"  {new}\n"))
    assert [f"{change.kind} {change.service}" for change in found] == expected


LAPSED = "[{basis: adequacy, until: 2020-07-14}]"
LAPSING = "[{basis: dpf, until: 2025-01-01}]"


@pytest.mark.parametrize(
    ("place", "transfer", "before", "after", "expected"),
    [
        ("US", "[dpf, adequacy]", "2015-10-05", "2015-10-06", ["adequacy-lost a US"]),  # Safe Harbour falls
        (
            "US",
            "[dpf, adequacy]",
            "2020-07-15",
            "2020-07-16",
            ["adequacy-lost a US"],
        ),  # the Privacy Shield falls
        ("US", "[dpf, adequacy]", "2023-07-09", "2023-07-10", ["adequacy-gained a US"]),  # the DPF begins
        ("US", "[scc]", "2023-07-09", "2023-07-10", []),
        ("US", "[dpf]", "2025-10-30", "2025-10-31", ["adequacy-doubted a US"]),  # the appeal is published
        ("US", "[dpf]", "2025-10-31", "2025-10-30", []),
        ("US", "[dpf]", "2025-10-31", "2026-06-28", []),
        ("US", "[scc]", "2025-10-30", "2025-10-31", []),  # nothing rests on the decision
        ("BR", "[adequacy]", "2026-01-25", "2026-01-26", ["adequacy-gained a BR"]),
        # a certification lapses, and the law stays where it is
        ("US", LAPSING, "2024-12-01", "2025-02-01", []),
        ("US", LAPSING, "2025-02-01", "2024-12-01", []),
        ("US", LAPSING, "2023-07-09", "2023-07-10", ["adequacy-gained a US"]),
        ("US", LAPSING, "2023-07-09", "2025-02-01", []),  # begun and lapsed since
        # a basis that had lapsed before the law changed carries nothing, also next to one that applies
        ("US", LAPSED, "2020-07-15", "2020-07-16", []),
        ("US", f"[{LAPSED[1:-1]}, scc]", "2020-07-15", "2020-07-16", []),
        (
            "US",
            f"[{LAPSED[1:-1]}, dpf]".replace("14", "15"),
            "2020-07-15",
            "2020-07-16",
            ["adequacy-lost a US"],
        ),
        ("US", "[{basis: dpf, until: 2023-07-09}]", "2023-07-09", "2023-07-10", []),
        (
            "US",
            LAPSING.replace("dpf", "adequacy").replace("2025", "2020"),
            "2020-01-01",
            "2020-07-17",
            ["adequacy-lost a US"],
        ),
    ],
)
def test_diff_between_two_dates_reports_changed_adequacy(
    place: str, transfer: str, before: str, after: str, expected: list[str]
) -> None:
    assert moved(place, transfer, before, after) == expected


@pytest.mark.parametrize(
    ("law", "place", "before", "after", "expected"),
    [
        (
            "[eu-gdpr, ch-fadp]",
            "GB",
            "2023-06-01",
            "2023-10-01",
            [],
        ),  # from the day on which Swiss law is known
        ("[eu-gdpr, ch-fadp]", "GB", "2023-10-01", "2023-06-01", []),
        ("[ch-fadp]", "GB", "2023-06-01", "2023-10-01", []),
        (
            "[eu-gdpr, ch-fadp]",
            "KR",
            "2021-12-16",
            "2021-12-17",
            [],
        ),  # whether Swiss law follows is not known
        ("[eu-gdpr]", "KR", "2021-12-16", "2021-12-17", ["adequacy-gained a KR"]),
        ("[eu-gdpr, ch-fadp]", "KR", "2021-12-17", "2021-12-16", ["adequacy-lost a KR"]),
    ],
)
def test_diff_of_adequacy_outside_the_known_dates_is_empty(
    law: str, place: str, before: str, after: str, expected: list[str]
) -> None:
    assert moved(place, "[adequacy]", before, after, f"law: {law}") == expected


def test_diff_of_a_partial_decision_without_a_basis_is_empty() -> None:
    assert moved("KR", "[]", "2021-12-16", "2021-12-17", "law: [eu-gdpr]") == []


def moved(place: str, transfer: str, before: str, after: str, head: str = "") -> list[str]:
    text = (
        f"  ended: {{name: E, processing: [{place}], transfer: {transfer}, until: 2014-01-01}}\n"
        f"  a: {{name: A, processing: [{place}], transfer: {transfer}}}\n"
    )
    old, new = (listing(text, head=head, date=day) for day in (before, after))
    found = diff(old, new)
    assert {each.field for each in found} <= {"processing"}
    return [f"{each.kind} {each.service} {' '.join((*each.removed, *each.added))}" for each in found]


def test_diff_of_a_new_adequate_place_is_only_the_added_place() -> None:
    old = listing("  a: {name: A, processing: [FI], transfer: [dpf]}\n", date="2023-07-09")
    new = listing("  a: {name: A, processing: [FI, US], transfer: [dpf]}\n", date="2023-07-10")
    assert [change.kind for change in diff(old, new)] == ["place-added-adequate"]


@pytest.mark.parametrize(
    ("before", "after", "first", "then", "kind"),
    [
        # What the old list promised is what counts, though the day has passed when the new one is published
        ("2024-01-01", "2024-03-15", "since: 2024-03-01", "since: 2024-02-15", "start-advanced"),
        ("2024-01-01", "2024-03-15", "since: 2024-02-15", "since: 2024-03-01", "start-delayed"),
        ("2024-01-01", "2024-03-15", "", "since: 2024-03-01", "start-delayed"),
        ("2024-01-01", "2024-03-15", "since: 2024-03-31", "", "start-advanced"),
        ("2024-01-01", "2024-03-15", "since: 2024-03-01", "", "metadata-changed"),  # begun as promised
        ("2024-01-01", "2024-03-15", "since: 2023-03-01", "since: 2023-02-15", "metadata-changed"),
        ("2024-01-01", "2024-03-15", "", "since: 2024-01-01", "metadata-changed"),
        ("2024-01-01", "2024-03-15", "since: 2023-03-01", "since: 2024-01-02", "start-delayed"),
    ],
)
def test_diff_of_a_start_date_is_judged_by_the_old_list(
    before: str, after: str, first: str, then: str, kind: str
) -> None:
    old, new = (
        listing(f"  a: {{name: A, {fields}}}\n", date=day) for fields, day in ((first, before), (then, after))
    )
    assert [change.kind for change in diff(old, new)] == [kind]


def test_diff_of_another_publisher_is_publisher_changed() -> None:
    old = listing("  a: {name: A}\n")
    new = old.with_source(Source(FILE, b""), old.model.model_copy(update={"publisher": "Sample GmbH"}))
    (change,) = diff(old, new)
    assert (change.kind, change.removed, change.added) == (
        "publisher-changed",
        ("Example GmbH",),
        ("Sample GmbH",),
    )


def test_kinds_have_a_row_in_the_tables_of_this_file() -> None:
    shown = {kind for _, _, expected in ROWS for kind in expected}
    shown |= {kind for _, _, kind in LIST_ROWS}
    shown |= {row.split()[0] for _, _, expected in SERVICES for row in expected}
    shown |= {"adequacy-lost", "adequacy-gained", "adequacy-doubted"}
    assert change_kinds.KINDS_BY_NAME.keys() == shown | {"publisher-changed"}


def test_kinds_have_a_mirror_or_a_waiver() -> None:
    for kind in change_kinds.KINDS:
        assert bool(kind.mirror) != bool(kind.waiver), kind.name
        assert not kind.mirror or kind.mirror in change_kinds.KINDS_BY_NAME, kind.name
    assert len(change_kinds.KINDS_BY_NAME) == len(change_kinds.KINDS)


def test_diff_of_a_redefined_region_next_to_a_new_category_is_a_moved_place() -> None:
    before = "regions: {zone-1: [NL]}"
    after = "regions: {zone-1: [US]}\ncategories: {content.topics: {label: topics}}"
    (change,) = changes("processing: [zone-1]", "processing: [zone-1]", before, after)
    assert (change.kind, change.removed, change.added) == ("place-moved", ("NL",), ("US",))


@for_rows("old, new, expected", ROWS)
def test_diff_in_reverse_has_the_mirrored_kinds(old: str, new: str, expected: list[str]) -> None:
    back = sorted(change.kind for change in changes(new, old, OWN))
    mirrors = sorted(change_kinds.KINDS_BY_NAME[kind].mirror for kind in expected)
    general = {"place-added-adequate": "place-added-outside", "place-added-eea": "place-added-outside"}
    special = {"special-data-added": "data-added"}
    alike = {**general, **special}
    assert [alike.get(kind, kind) for kind in back] == mirrors


def test_owner_stated_for_the_first_time_is_undecided() -> None:
    (change,) = changes("entity: {name: Example Ltd}", "entity: {name: Example Ltd, parent: Example Group}")
    assert (change.kind, change.direction) == ("owner-stated", Direction.UNDECIDED)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("start-advanced", {"Mirror": "start-delayed", "Wording": "{name}"}),
        ("service-replaced", {"Mirror": "none", "No mirror because": "the reverse is", "Wording": "{name} replaces {removed}"}),
    ],
)  # fmt: skip
def test_kind_report_has_a_mirror_or_the_reason_why_there_is_none(
    name: str, expected: dict[str, str]
) -> None:
    kind = change_kinds.KINDS_BY_NAME[name]
    lines = terminal.render(KindReport(kind).to_document(), 400, colour=False).splitlines()
    facts = dict(re.split(" {2,}", line.strip(), maxsplit=1) for line in lines if line.startswith("  "))
    assert facts["When"] == kind.when
    assert ("No mirror because" in facts) == ("No mirror because" in expected)
    for head, text in expected.items():
        assert facts[head].startswith(text)
