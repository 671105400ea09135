"""What a change says: where it stands, what is gone and new, and what the whole field said and says now."""

import pytest

from registry_text import listing
from subproc_cli.diagnostics import format_path
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff

ROWS = [
    ("", "until: 2024-06-30", ["service-retired until: nothing -> 2024-06-30"]),
    ("until: 2024-06-30", "", ["service-reactivated until: 2024-06-30 -> nothing"]),
    ("until: 2024-06-30", "until: 2024-09-30", ["end-delayed until: 2024-06-30 -> 2024-09-30"]),
    ("since: 2024-06-30", "since: 2024-05-31", ["start-advanced since: 2024-06-30 -> 2024-05-31"]),
    ("since: 2024-06-30", "", ["start-advanced since: 2024-06-30 -> nothing"]),
    (
        "entity: {name: Old GmbH}",
        "entity: {name: New GmbH}",
        ["entity-changed entity.name: Old GmbH -> New GmbH"],
    ),
    ("entity: {parent: A}", "entity: {parent: B}", ["entity-parent-changed entity.parent: A -> B"]),
    (
        "",
        "entity: {name: New GmbH, country: DE}",
        ["entity-stated entity.country: nothing -> DE", "entity-stated entity.name: nothing -> New GmbH"],
    ),
    (
        "entity: {name: New GmbH, parent: A}",
        "entity: {name: New GmbH}",
        ["entity-withdrawn entity.parent: A -> nothing"],
    ),
    (
        "entity: {name: A, address: A}",
        "entity: {name: A, address: B}",
        ["address-changed entity.address: A -> B"],
    ),
    ("entity: {name: A}", "entity: {name: A, address: B}", ["address-changed entity.address: nothing -> B"]),
    (
        "contact: a@example.com",
        "contact: b@example.com",
        ["contact-changed contact: a@example.com -> b@example.com"],
    ),
    ("contact: a@example.com", "", ["contact-changed contact: a@example.com -> nothing"]),
    ("formerly: [old-1]", "formerly: [old-2]", ["metadata-changed formerly: old-1 -> old-2"]),
    ("role: vendor", "role: subprocessor", ["became-subprocessor role: vendor -> subprocessor"]),
    ("purpose: a", "purpose: b", ["purpose-changed purpose: a -> b"]),
    (
        "model_training: never",
        "model_training: opt-out",
        ["training-allowed model_training: never -> opt-out"],
    ),
    (
        "model_training: yes",
        "model_training: opt-in",
        ["training-restricted model_training: yes -> opt-in"],
    ),
    ("", "model_training: never", ["training-stated model_training: nothing -> never"]),
    ("model_training: never", "", ["training-withdrawn model_training: never -> nothing"]),
    ("purpose: a", "", ["purpose-changed purpose: a -> nothing"]),
    ("activation: opt-out", "", ["became-mandatory activation: opt-out -> always"]),
    ("", "condition: b", ["condition-changed condition: nothing -> b"]),
    ("products: [A]", "products: [A, B]", ["product-added products: nothing -> B of A -> A + B"]),
    ("products: [A]", "", ["product-added products: nothing -> nothing of A -> nothing"]),
    ("onward: [A, A]", "onward: [A, B, B]", ["onward-added onward: nothing -> B of A + A -> A + B + B"]),
    ("", "products: [A]", ["product-removed products: nothing -> nothing of nothing -> A"]),
    (
        "products: [A, B]",
        "products: [B, C]",
        [
            "product-added products: nothing -> C of A + B -> B + C",
            "product-removed products: A -> nothing of A + B -> B + C",
        ],
    ),
    (
        "onward: [A, B]",
        "onward: [B, C]",
        [
            "onward-added onward: nothing -> C of A + B -> B + C",
            "onward-removed onward: A -> nothing of A + B -> B + C",
        ],
    ),
    (
        "certifications: [A]",
        "certifications: [A, B]",
        ["certification-added certifications: nothing -> B of A -> A + B"],
    ),
    (
        "subjects: [users, visitors]",
        "subjects: [users]",
        ["subject-removed subjects: visitors -> nothing of users + visitors -> users"],
    ),
    (
        "sees: [usage, identity.email]",
        "sees: [usage, content]",
        [
            "data-added sees: nothing -> content of usage + identity.email -> usage + content",
            "data-removed sees: identity.email -> nothing of usage + identity.email -> usage + content",
        ],
    ),
    (
        "never_sees: [content, usage]",
        "never_sees: [usage, identity]",
        [
            "promise-dropped never_sees: content -> nothing of content + usage -> usage + identity",
            "promise-made never_sees: nothing -> identity of content + usage -> usage + identity",
        ],
    ),
    (
        "sees: [usage, content], never_sees: [usage]",
        "sees: [usage, content], never_sees: [content]",
        [
            "data-added sees: nothing -> usage of usage + content -> usage + content",
            "unclassified-change never_sees: nothing -> content of usage -> content",
        ],
    ),
    ("personal_data: no", "personal_data: yes", ["claim-changed personal_data: no -> yes"]),
    ("personal_data: yes", "", ["claim-changed personal_data: yes -> nothing"]),
    (
        "sees: [{data: usage, when: a}]",
        "sees: [{data: usage, when: b}]",
        ["data-condition-changed sees.usage: a -> b"],
    ),
    (
        "processing: [EU]",
        "processing: [EU, {place: [IN, US], how: remote-access}]",
        [
            "place-added-outside processing: nothing -> IN|US (remote-access) of EU -> EU + IN|US (remote-access)"
        ],
    ),
    (
        "processing: [FI, US]",
        "processing: [FI, IN]",
        [
            "place-added-outside processing: nothing -> IN of FI + US -> FI + IN",
            "place-removed processing: US -> nothing of FI + US -> FI + IN",
        ],
    ),
    (
        "processing: [FI]",
        "processing: [{place: FI, when: asked}]",
        ["place-condition-added processing.FI: nothing -> asked"],
    ),
    ("transfer: [scc]", "transfer: [scc, bcr]", ["basis-added transfer: nothing -> bcr of scc -> scc + bcr"]),
    (
        "transfer: [scc, bcr]",
        "transfer: [scc]",
        ["basis-removed transfer: bcr -> nothing of scc + bcr -> scc"],
    ),
    (
        "transfer: [scc, bcr]",
        "transfer: [dpf, bcr]",
        ["basis-changed transfer: scc -> dpf of scc + bcr -> dpf + bcr"],
    ),
    (
        "transfer: [dpf]",
        "transfer: [{basis: dpf, until: 2027-05-01}]",
        ["basis-shortened transfer.dpf: nothing -> 2027-05-01"],
    ),
    ("links: {dpa: a}", "links: {dpa: b}", ["metadata-changed links: dpa: a -> dpa: b"]),
    ("links: {dpa: a}", "", ["metadata-changed links: dpa: a -> nothing"]),
    ("x-a: ä", "x-a: {b: ö}", ['metadata-changed x-a: "ä" -> {"b": "ö"}']),
    (
        "sees: [{data: usage, x-a: 1}]",
        "sees: [content]",
        [
            "data-added sees: nothing -> content of usage -> content",
            "data-removed sees: usage -> nothing of usage -> content",
            "metadata-changed sees.usage.x-a: 1 -> nothing",
        ],
    ),
    (
        "notes: a, group: c",
        "group: d",
        ["metadata-changed group: c -> d", "metadata-changed notes: a -> nothing"],
    ),
]


def side(values: tuple[str, ...]) -> str:
    return " + ".join(values) or "nothing"


def told(change: Change) -> str:
    said = f"{change.kind} {change.field}: {side(change.removed)} -> {side(change.added)}"
    if (change.before, change.after) == (change.removed, change.added):
        return said
    return f"{said} of {side(change.before)} -> {side(change.after)}"


@pytest.mark.parametrize(("old", "new", "expected"), ROWS)
def test_change_of_a_field_has_old_and_new_values(old: str, new: str, expected: list[str]) -> None:
    revisions = (listing(f"  example: {{name: Example.io, {fields}}}\n") for fields in (old, new))
    assert [told(change) for change in diff(*revisions)] == expected


LIST_ROWS = [
    ("notice: {days: 30}", "notice: {days: 10}", ["notice-shortened notice.days: 30 -> 10"]),
    ("notice: {days: 30}", "", ["notice-shortened notice.days: 30 -> nothing"]),
    ("", "notice: {termination_days: 14}", ["notice-lengthened notice.termination_days: nothing -> 14"]),
    (
        "notice: {contact: a@example.com}",
        "notice: {contact: b@example.com}",
        ["contact-changed notice.contact: a@example.com -> b@example.com"],
    ),
    ("", "notice: {contact: b@example.com}", ["contact-changed notice.contact: nothing -> b@example.com"]),
    ("law: [eu-gdpr]", "law: [eu-gdpr, uk-gdpr]", ["law-changed law: eu-gdpr -> eu-gdpr + uk-gdpr"]),
    ("x-a: [1]", "x-a: true", ["metadata-changed x-a: [1] -> true"]),
    ("", "levels: {place-stated: inform}", ["notice-shortened levels.place-stated: notice -> inform"]),
    ("levels: {place-moved: notice}", "", ["notice-shortened levels.place-moved: notice -> inform"]),
    ("levels: {place-removed: notice}", "", ["notice-shortened levels.place-removed: notice -> inform"]),
    (
        "levels: {place-removed: editorial}",
        "",
        ["metadata-changed levels: place-removed: editorial -> nothing"],
    ),
    (
        "policies: [{name: p, forbid: see email}]",
        "policies: [{name: p, forbid: see content}]",
        ["metadata-changed policies: p.forbid: see email -> p.forbid: see content"],
    ),
    (
        "policies: [{name: p, forbid: see email}]",
        "",
        ["metadata-changed policies: p: name: p, forbid: see email, unknown: warn -> nothing"],
    ),
    (
        "",
        "ignore: [{rule: missing-location, service: example}]",
        [
            "metadata-changed ignore: nothing -> missing-location example: rule: missing-location, service: example"
        ],
    ),
    (
        "ignore: [{rule: missing-location, service: example}]",
        "ignore: [{rule: missing-location, service: example, reason: r}]",
        ["metadata-changed ignore: nothing -> missing-location example.reason: r"],
    ),
    (
        "ignore: [{rule: missing-location, service: example}]",
        "ignore: [{rule: missing-location, service: example}, {rule: missing-location, service: other}]",
        [
            "metadata-changed ignore: nothing -> missing-location other: rule: missing-location, service: other"
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), LIST_ROWS)
def test_change_of_a_field_of_the_list_has_old_and_new_values(
    old: str, new: str, expected: list[str]
) -> None:
    revisions = (listing("  example: {name: Example.io}\n", head=head) for head in (old, new))
    found = diff(*revisions)
    assert [told(change) for change in found] == expected
    assert {change.service for change in found} == {""}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "  b: {name: B}\n", "service-added : nothing -> B"),
        ("", "  b: {name: B, until: 2020-01-01}\n", "metadata-changed : nothing -> B"),
        ("  b: {name: B, until: 2020-01-01}\n", "", "metadata-changed : B -> nothing"),
        ("  b: {name: B}\n", "  c: {name: B, formerly: [b]}\n", "id-changed formerly: b -> c"),
        ("  b: {name: B}\n", "  b: {name: C}\n", "name-changed name: B -> C"),
        ("  b: {name: B}\n", "  b: {name: B, formerly: [c]}\n", "metadata-changed formerly: nothing -> c"),
    ],
)
def test_change_of_an_added_or_removed_service_has_its_values(old: str, new: str, expected: str) -> None:
    (change,) = diff(*(listing(f"  a: {{name: A}}\n{services}") for services in (old, new)))
    assert told(change) == expected


def test_change_of_one_of_two_equal_suppressions_is_found() -> None:
    findings = "ignore: [{rule: missing-location, reason: a}, {rule: missing-location, reason: b}]"
    old, new = (listing("  a: {name: A}\n", head=head) for head in (findings, findings.replace("b}", "c}")))
    (change,) = diff(old, new)
    assert "missing-location again.reason: b" in change.removed[0]
    assert change.kind == "metadata-changed"
    assert diff(old, old) == ()


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        (
            "sees: [{data: identity.email, when: a}]",
            "sees: [usage, {data: identity.email, when: b}]",
            {".sees", ".sees[1]"},
        ),
        ("processing: [FI]", "processing: [{place: FI, when: a}]", {".processing[0]"}),
        (
            "transfer: [scc, dpf]",
            "transfer: [scc, {basis: dpf, until: 2027-05-01, note: a}]",
            {".transfer[1].until", ".transfer[1]"},
        ),
        (
            "entity: {country: DE, x-a.b: 1}",
            "entity: {country: US, x-a.b: 2}",
            {".entity.country", ".entity.x-a.b"},
        ),
        ("sees: [{data: usage, x-a: 1}]", "sees: [{data: usage, x-a: 2}]", {".sees"}),
        ("links: {dpa: a}", "links: {dpa: b}", {".links"}),
    ],
)
def test_change_of_a_field_has_its_path_in_the_document(old: str, new: str, paths: set[str]) -> None:
    before, after = (listing(f"  a: {{name: A, {fields}}}\n") for fields in (old, new))
    routes = [change.path for change in diff(before, after)]
    assert {format_path(route) for route in routes} == {f"services.a{path}" for path in paths}
    assert [after.locate(route).path for route in routes] == [format_path(route) for route in routes]


def test_change_of_a_field_of_the_list_has_its_path() -> None:
    heads = ("notice: {days: 30}", "notice: {days: 10}\nlevels: {place-removed: notice}\nx-a.b: 1")
    before, after = (listing("  a: {name: A}\n", head=head) for head in heads)
    routes = [format_path(change.path) for change in diff(before, after)]
    assert routes == ["notice.days", "levels.place-removed", "x-a.b"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{en: A, de: X}", "{en: A, de: Y}", "translation-changed notice: de: X -> de: Y"),
        ("{en: A, de: X}", "{en: A}", "translation-changed notice: de: X -> "),
        ("{en: A}", "{en: A, de: X}", "translation-changed editorial:  -> de: X"),
        ("{en: A, de: X}", "{en: B, de: X}", "unclassified-change notice: A -> B"),
    ],
)
def test_diff_of_a_translation_of_a_term_names_its_language(old: str, new: str, expected: str) -> None:
    lists = (listing("  a: {name: A}\n", head=f"notice: {{on_silence: {text}}}") for text in (old, new))
    (change,) = diff(*lists)
    values = f"{', '.join(change.removed)} -> {', '.join(change.added)}"
    assert f"{change.kind} {change.level}: {values}" == expected


def test_diff_of_a_term_in_further_languages_is_one_change() -> None:
    texts = ("Silence is consent.", "{en: Silence is no consent., de: Schweigen ist keine Zustimmung.}")
    old, new = (listing("  a: {name: A}\n", head=f"notice: {{on_silence: {text}}}") for text in texts)
    (change,) = diff(old, new)
    assert change.field == "notice.on_silence"
    assert change.before == ("Silence is consent.",)
    assert change.after == ("Silence is no consent.",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{basis: scc, modules: [2]}", "{basis: scc, modules: [3]}", "basis-scope-changed transfer.scc: modules: 2 -> modules: 3"),
        ("{basis: scc, places: [US]}", "{basis: scc, places: [US, IN]}", "basis-scope-changed transfer.scc: places: US -> places: IN, US"),
        ("{basis: scc, until: 2026-01-01}", "{basis: scc, until: 2027-01-01}", "basis-extended transfer.scc: 2026-01-01 -> 2027-01-01"),
        ("{basis: scc, note: {en: A, de: X}}", "{basis: scc, note: {en: A, de: Y}}", "translation-changed transfer: de: X -> de: Y"),
    ],
)  # fmt: skip
def test_diff_of_a_basis_names_what_is_gone_and_new(old: str, new: str, expected: str) -> None:
    fields = "  a: {{name: A, processing: [US, IN], transfer: [dpf, {}]}}\n"
    (change,) = diff(listing(fields.format(old)), listing(fields.format(new)))
    values = f"{', '.join(change.removed)} -> {', '.join(change.added)}"
    assert f"{change.kind} {change.field}: {values}" == expected
    assert change.path[:4] == ("services", "a", "transfer", 1)


def test_diff_of_an_own_field_compares_its_value_and_not_its_order() -> None:
    old, new, other = (
        listing(f"  a: {{name: A, x-a: {value}}}\n")
        for value in ("{b: 1, c: [2]}", "{c: [2], b: 1}", "{b: true, c: [2]}")
    )
    assert diff(old, new) == ()
    assert [change.field for change in diff(old, other)] == ["x-a"]
