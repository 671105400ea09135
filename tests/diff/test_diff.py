"""What a change demands, in which order changes come, and what they are told apart by."""

import pytest

from registry_text import listing
from subproc_cli.diff.change import bump, compute_next_version, find_highest_level
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Bump
from subproc_cli.registry.registry import Registry


def one(fields: str, head: str = "") -> Registry:
    name = "" if fields.startswith("name:") else "name: Example.io, "
    return listing(f"  example: {{{name}{fields}}}\n", head=head)


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
        ("role: vendor, processing: [FI]", "role: controller, processing: [US]", "inform"),
        # A party that comes with another name may be another one
        ("", "entity: {name: Example Inc}", "inform"),
        ("name: EXAMPLE.IO", "entity: {name: Example Inc}", "inform"),
        ("name: Sample", "entity: {name: Example Inc}", "notice"),
        ("name: Sample, entity: {name: Example Inc}", "entity: {name: Example Inc, country: US}", "inform"),
        # The rest follows from area and effect
        ("never_sees: [usage]", "", "notice"),
        ("purpose: chat", "purpose: mail", "inform"),
        ("onward: []", "onward: [B GmbH]", "notice"),
        ("retention: 30 days", "retention: 5 years", "notice"),
        ("entity: {name: A}", "entity: {name: A, parent: B}", "notice"),
        ("processing: [{place: DE, when: a}]", "processing: [DE]", "notice"),
        ("processing: [DE]", "processing: [{place: DE, when: a}]", "inform"),
        ("notes: a", "notes: b", "editorial"),
        ("", "model_training: never", "inform"),
        ("", "model_training: opt-in", "notice"),
        # A text in another language is no news to anybody; one that is withdrawn or changed is
        ("purpose: a", "purpose: {en: a, de: b}", "editorial"),
        ("purpose: {en: a, de: b}", "purpose: {en: a, de: c}", "inform"),
        ("purpose: {en: a, de: b}", "purpose: a", "inform"),
        ("sees: [{data: usage, when: a}]", "sees: [{data: usage, when: {en: a, de: b}}]", "editorial"),
        ("sees: [{data: usage, when: {en: a, de: b}}]", "sees: [{data: usage, when: a}]", "inform"),
    ],
)
def test_diff_of_two_places_or_facts_has_the_expected_level(old: str, new: str, level: str) -> None:
    assert find_highest_level(diff(one(old), one(new))) == level


def test_diff_of_a_category_that_moved_reports_the_more_demanding_of_two_changes() -> None:
    old = one("sees: [usage], never_sees: [content.topics]", "categories: {content.topics: {label: topics}}")
    new = one("", "categories: {usage.topics: {label: topics}}")
    dropped, removed = diff(old, new)
    assert (dropped.kind, dropped.level) == ("promise-dropped", "notice")
    assert "usage.topics" in dropped.removed  # seen as usage, or promised as content: the list cannot tell
    assert removed.kind == "data-removed"
    assert "usage.topics" not in removed.removed


@pytest.mark.parametrize(
    ("override", "level"),
    [
        ("", "inform"),
        ("levels: {place-added-eea: notice}", "notice"),
        ("levels: {place-added-eea: editorial}", "editorial"),
        ("levels: {place-added-outside: notice}", "inform"),
    ],
)
def test_diff_applies_the_levels_of_the_list(override: str, level: str) -> None:
    changes = diff(one("processing: [FI]", override), one("processing: [FI, SE]", override))
    assert [str(change.level) for change in changes] == [level]


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("", "levels: {place-added-eea: notice}", "notice"),
        ("levels: {place-added-eea: notice}", "", "notice"),  # what customers were promised holds
        ("levels: {place-added-eea: notice}", "levels: {place-added-eea: editorial}", "notice"),
        ("", "levels: {place-added-eea: editorial}", "inform"),
    ],
)
def test_diff_ignores_a_level_lowered_in_the_same_revision(old: str, new: str, level: str) -> None:
    changes = diff(one("processing: [FI]", old), one("processing: [FI, SE]", new))
    (place,) = [change for change in changes if change.kind == "place-added-eea"]
    assert place.level == level


@pytest.mark.parametrize(
    ("old", "new", "needed", "version"),
    [
        ("", "sees: [usage]", "major", "2.0.0"),
        ("", "purpose: a", "minor", "1.3.0"),
        ("", "notes: a", "patch", "1.2.4"),
        ("", "", "none", "1.2.3"),
    ],
)
def test_bump_of_a_change_gives_the_next_version(old: str, new: str, needed: str, version: str) -> None:
    found = bump(diff(one(old), one(new)))
    assert (str(found), compute_next_version("1.2.3", found)) == (needed, version)


EEA_NOTICE = "levels: {place-added-eea: notice}"
CONDITION_NOTICE = "levels: {place-condition-changed: notice}"
DATA_NOTICE = "levels: {data-added: notice}"


@pytest.mark.parametrize(
    ("old", "new", "head", "kind", "level"),
    [
        # A change holds the level of what it claims
        ("processing: [DE]", "processing: [FR]", EEA_NOTICE, "place-moved", "notice"),
        ("", "processing: [DE]", EEA_NOTICE, "place-stated", "notice"),
        ("processing: [US]", "processing: [FR, CH]", "", "place-moved", "notice"),
        (
            "processing: [DE]",
            "processing: [{place: DE, when: a}]",
            CONDITION_NOTICE,
            "place-condition-added",
            "notice",
        ),
        ("processing: [DE]", "processing: [US]", EEA_NOTICE, "place-moved", "notice"),
        (
            "processing: [DE]",
            "processing: [FR]",
            "levels: {place-added-outside: notice}",
            "place-moved",
            "inform",
        ),
        (
            "processing: [DE]",
            "processing: [FR]",
            "levels: {place-added-eea: editorial}",
            "place-moved",
            "inform",
        ),
        ("processing: [DE]", "processing: [US]", "levels: {place-moved: inform}", "place-moved", "inform"),
        (
            "processing: [DE]",
            "processing: [FR]",
            "levels: {place-moved: inform, place-added-eea: notice}",
            "place-moved",
            "notice",
        ),
        # What a list sets itself holds for services on their own, too
        ("role: controller", "role: controller, sees: [usage]", DATA_NOTICE, "data-added", "notice"),
        (
            "role: controller",
            "role: controller, sees: [special.health]",
            DATA_NOTICE,
            "special-data-added",
            "notice",
        ),
        (
            "role: vendor",
            "role: vendor, sees: [usage]",
            "levels: {data-removed: notice}",
            "data-added",
            "inform",
        ),
        (
            "role: controller, processing: [DE]",
            "role: controller, processing: [FR]",
            EEA_NOTICE,
            "place-moved",
            "notice",
        ),
        # Judged closer than its kind
        ("personal_data: no", "personal_data: yes", "", "claim-changed", "notice"),
        ("personal_data: no", "", "", "claim-changed", "notice"),
        ("", "personal_data: no", "", "claim-changed", "inform"),
        # A certification, renewed or not
        (
            "transfer: [{basis: dpf, until: 2024-05-01}]",
            "transfer: [{basis: dpf, until: 2025-05-01}]",
            "",
            "basis-extended",
            "inform",
        ),
        (
            "transfer: [{basis: dpf, until: 2024-05-01}]",
            "transfer: [{basis: dpf, until: 2024-04-01}]",
            "",
            "basis-shortened",
            "notice",
        ),
        # People who look in are not storage
        ("processing: [US]", "processing: [{place: US, how: remote-access}]", "", "place-clearer", "inform"),
        ("processing: [{place: US, how: remote-access}]", "processing: [US]", "", "place-vaguer", "notice"),
    ],
)
def test_diff_of_one_change_has_its_kind_and_level(
    old: str, new: str, head: str, kind: str, level: str
) -> None:
    found = diff(one(old, head), one(new, head))
    assert [(change.kind, str(change.level)) for change in found] == [(kind, level)]


@pytest.mark.parametrize("role", ["vendor", "controller"])
def test_diff_of_a_replaced_subprocessor_is_a_notice(role: str) -> None:
    old, other = "  a: {name: A}\n", "  a: {name: A, role: vendor}\n"
    new = f"  b: {{name: B, replaces: a, role: {role}}}\n"
    (replaced,) = diff(listing(old), listing(new))
    assert (replaced.kind, replaced.level) == ("service-replaced", "notice")
    (replaced,) = diff(listing(other), listing(new))
    assert (replaced.kind, replaced.level) == ("service-replaced", "inform")


def test_diff_of_data_added_while_a_role_ends_stays_a_notice() -> None:
    changes = diff(one("sees: [usage]"), one("role: vendor, sees: [usage, content]"))
    assert {change.kind: change.level for change in changes} == {
        "data-added": "notice",
        "ceased-subprocessor": "notice",
    }


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # Where the alternative at home falls away, a transfer comes to light
        ("[{place: [DE, CN]}]", "[CN]", "notice place-clearer"),
        ("[{place: [DE, CN]}]", "[DE]", "inform place-clearer"),
        ("[{place: [DE, CN]}]", "[DE, CN]", "notice place-clearer"),
        ("[{place: [DE, CN]}]", "[{place: CN, how: remote-access}]", "notice place-clearer"),
        ("[{place: [DE, CN, IN]}]", "[{place: [CN, IN]}]", "notice place-clearer"),
        ("[{place: [DE, FR, CN]}]", "[{place: [DE, CN]}]", "inform place-clearer"),
        ("[{place: [DE, CH]}]", "[CH]", "notice place-clearer"),
        ("[{place: [CH, CN]}]", "[CN]", "notice place-clearer"),
        ("[{place: [CH, CN]}]", "[CH]", "inform place-clearer"),
        ("[{place: [US, CN]}]", "[CN]", "inform place-clearer"),  # outside before, and outside now
        ("[worldwide]", "[US]", "notice place-clearer"),
        ("[worldwide]", "[EU]", "inform place-clearer"),
        ("[EU]", "[BE]", "inform place-clearer"),
        # also where the wider place stays
        ("[{place: [DE, CN]}]", "[{place: [DE, CN]}, CN]", "notice place-clearer"),
        ("[{place: [DE, CN]}]", "[{place: [DE, CN]}, DE]", "inform place-clearer"),
        (
            "[CN, {place: [DE, CN]}]",
            "[CN, {place: [DE, CN]}, {place: CN, how: remote-access}]",
            "inform place-clearer",
        ),
        ("[CN, {place: [DE, CN, US]}]", "[CN, {place: [CN, US]}]", "inform place-clearer"),
        ("[{place: [DE, CN]}, {place: [US, CN]}]", "[{place: [US, CN]}, CN]", "notice place-clearer"),
        # What only several places cover together is certain with none of them
        (
            "[{place: [DE, US]}, {place: [FR, CN]}]",
            "[{place: [DE, US]}, {place: [FR, CN]}, {place: [US, CN]}]",
            "notice place-added-outside",
        ),
        (
            "[{place: [DE, US]}, {place: [FR, CN]}, {place: [US, CN]}]",
            "[{place: [DE, US]}, {place: [FR, CN]}]",
            "inform place-removed",
        ),
        (
            "[{place: [DE, US]}, {place: [FR, CN]}]",
            "[{place: [DE, US]}, {place: [FR, CN]}, {place: [DE, CN]}]",
            "inform place-clearer",
        ),
        ("[DE, FR]", "[DE, FR, {place: [DE, FR]}]", "inform place-clearer"),
        ("[US, CN]", "[US, CN, {place: [US, CN]}]", "inform place-clearer"),
    ],
)
def test_diff_from_a_possible_to_a_certain_transfer_is_a_notice(old: str, new: str, expected: str) -> None:
    (change,) = diff(one(f"processing: {old}"), one(f"processing: {new}"))
    assert f"{change.level} {change.kind}" == expected


def test_diff_of_a_clarified_transfer_has_the_level_of_an_added_place() -> None:
    levels = "levels: {place-added-outside: notice, place-clearer: inform}"
    places = "processing: [{place: [DE, CN]}]", "processing: [CN]"
    (change,) = diff(*(one(each, levels) for each in places))
    assert change.level == "notice"
    (change,) = diff(*(one(f"role: vendor, {each}") for each in places))
    assert change.level == "inform"


RETIRED = "until: 2020-01-01"


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        (RETIRED, f"{RETIRED}, sees: [everything]", "editorial"),
        (f"{RETIRED}, processing: [FI]", f"{RETIRED}, processing: [US]", "editorial"),
        (RETIRED, "until: 2023-12-31", "editorial"),  # a day of the past, corrected
        (RETIRED, "until: 2024-01-02", "notice"),  # used again, from tomorrow's view
        (RETIRED, "", "notice"),
        (f"{RETIRED}, sees: [usage]", "until: 2024-01-02, sees: [everything]", "notice"),
        ("until: 2024-06-30", "until: 2024-06-30, sees: [everything]", "notice"),  # in use until then
        ("", f"{RETIRED}, sees: [everything]", "notice"),  # in use when the old list was published
    ],
)
def test_diff_of_a_retired_service_is_editorial(old: str, new: str, level: str) -> None:
    assert find_highest_level(diff(one(old), one(new))) == level


@pytest.mark.parametrize(
    ("old", "new", "date", "expected"),
    [
        # Who is used between the two dates is used, however late the newer list is dated
        ("", "b: {name: B, since: 2024-03-02, until: 2098-12-31}", "2099-01-01", "notice service-added"),
        ("", "b: {name: B, until: 2024-01-02}", "2024-01-02", "notice service-added"),
        ("", "b: {name: B, until: 2024-01-01}", "2099-01-01", "editorial metadata-changed"),
        (
            "b: {name: B}",
            "c: {name: C, replaces: b, until: 2098-12-31}",
            "2099-01-01",
            "notice service-replaced",
        ),
        (
            "b: {name: B, until: 2020-01-01}",
            "b: {name: B, until: 2098-12-31}",
            "2099-01-01",
            "notice end-delayed",
        ),
        (
            "b: {name: B, until: 2020-01-01}",
            "b: {name: B, until: 2023-12-31}",
            "2099-01-01",
            "editorial end-delayed",
        ),
    ],
)
def test_diff_of_a_service_used_between_the_dates_counts_it(
    old: str, new: str, date: str, expected: str
) -> None:
    before, after = (f"  a: {{name: A}}\n{f'  {text}' if text else ''}\n" for text in (old, new))
    (change,) = diff(listing(before), listing(after, date=date))
    assert f"{change.level} {change.kind}" == expected


def test_diff_of_adequacy_ignores_a_retired_service() -> None:
    text = "  a: {name: A, processing: [US], transfer: [dpf], until: 2023-07-10}\n"
    assert diff(listing(text, date="2023-07-09"), listing(text, date="2023-07-10")) == ()


def test_diff_of_data_names_the_widest_categories() -> None:
    added, removed = diff(one("sees: [usage]"), one("sees: [usage.pages, identity.email, content]"))
    assert added.added == ("identity.email", "content")
    assert removed.removed == (
        "usage.actions",
        "usage.session_recording",
        "usage.acquisition",
        "usage.searches",
        "usage.logins",
    )


def test_diff_sorts_changes_by_level() -> None:
    changes = diff(one("notes: a, purpose: a"), one("notes: b, purpose: b, sees: [usage]"))
    assert [change.kind for change in changes] == ["data-added", "purpose-changed", "metadata-changed"]


def test_diff_sorts_changes_of_the_list_before_services() -> None:
    old, new = one("sees: [usage]", "notice: {days: 30}"), one("sees: [content]", "notice: {days: 10}")
    assert [change.service for change in diff(old, new)] == ["", "example", "example"]


def test_diff_sorts_changes_of_one_level_by_the_new_list() -> None:
    old = "".join(f"  {key}: {{name: A, purpose: a}}\n" for key in "abcd")
    new = "".join(f"  {key}: {{name: A, purpose: b}}\n" for key in "dxba")
    changes = diff(listing(old), listing(new))
    assert [change.service for change in changes] == ["x", "d", "b", "c", "a"]  # c is gone, at its old place


def test_fingerprint_of_a_change_ignores_other_changes() -> None:
    old, new = "processing: [FI]", "processing: [FI, US]"
    (alone,) = diff(one(old), one(new))
    (added,) = [each for each in diff(one(old), one(f"{new}, purpose: a")) if each.field == "processing"]
    (more,) = [each for each in diff(one(old), one("processing: [FI, US, IN]")) if "US" in each.added]
    assert alone.fingerprint == added.fingerprint == more.fingerprint == "7828dfe65a09"


def test_fingerprints_of_different_changes_differ() -> None:
    before = "".join(f"  {key}: {{name: A, sees: [usage], processing: [FI]}}\n" for key in "ab")
    after = "".join(f"  {key}: {{name: B, never_sees: [content], processing: [US, IN]}}\n" for key in "ab")
    changes = diff(listing(before), listing(after))
    assert len({change.fingerprint for change in changes}) == len(changes) == 8


def test_diff_of_one_condition_on_two_items_is_two_changes() -> None:
    fields = "sees: [{{data: usage, when: {0}}}, {{data: content, when: {0}}}], "
    fields += "processing: [{{place: FI, when: {0}}}, {{place: SE, when: {0}}}]"
    changes = diff(one(fields.format("a")), one(fields.format("b")))
    assert [change.field for change in changes] == [
        "sees.content",
        "sees.usage",
        "processing.FI",
        "processing.SE",
    ]
    assert len({change.fingerprint for change in changes}) == 4


@pytest.mark.parametrize(
    ("version", "needed", "following"),
    [
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("9.9.9", Bump.MAJOR, "10.0.0"),
    ],
)
def test_compute_next_version_of_a_bump_returns_it(version: str, needed: Bump, following: str) -> None:
    assert compute_next_version(version, needed) == following


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("", "personal_data: yes", "inform"),  # stated for the first time
        ("", "personal_data: no", "inform"),
        ("personal_data: no", "personal_data: yes", "notice"),
        ("personal_data: yes", "personal_data: no", "notice"),
        ("personal_data: yes", "", "notice"),
    ],
)
def test_diff_of_a_claim_has_its_level(old: str, new: str, level: str) -> None:
    before, after = (listing(f"  a: {{name: A, {fields}}}\n") for fields in (old, new))
    (change,) = diff(before, after)
    assert (change.kind, change.level) == ("claim-changed", level)


def test_diff_of_added_and_removed_services_names_them() -> None:
    before, after = listing("  a: {name: Alpha}\n"), listing("  b: {name: Beta}\n")
    assert sorted((change.kind, change.name) for change in diff(before, after)) == [
        ("service-added", "Beta"),
        ("service-removed", "Alpha"),
    ]
    assert bump(diff(before, after)) is Bump.MAJOR
