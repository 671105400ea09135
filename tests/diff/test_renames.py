"""Services that may be the same under another id: two lists in, the new id and the old one out."""

import pytest

from registry_text import listing
from subproc_cli.diff.renames import find_possible_renames

SAME = "processing: [DE]"


def find(old: str, new: str) -> list[tuple[str, str]]:
    before, after = listing(old), listing(new)
    return [*find_possible_renames(before, after, after.model.services)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Mail", "Example Mail"),
        ("Example Mail", "Mail"),
        ("Mail Pro", "Mail Business"),
        ("mail", "MAIL"),
    ],
)
def test_find_possible_renames_with_names_in_common_names_both_ids(old: str, new: str) -> None:
    found = find(f"  a: {{name: {old}, {SAME}}}\n", f"  b: {{name: {new}, {SAME}}}\n")
    assert found == [("b", "a")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: {name: Mail, processing: [DE]}", "b: {name: Chat, processing: [DE]}"),
        ("a: {name: Mail, processing: [DE]}", "b: {name: Mail, processing: [US]}"),
        ("a: {name: Mail}", "b: {name: Mail}"),
        ("a: {name: Mail, processing: [DE]}", "b: {name: Mail, processing: [DE], formerly: [a]}"),
    ],
)
def test_find_possible_renames_of_other_services_is_empty(old: str, new: str) -> None:
    assert find(f"  {old}\n", f"  {new}\n") == []


def test_find_possible_renames_with_one_entity_names_both_ids() -> None:
    old = "  a: {name: Mail, entity: {name: Example GmbH}}\n"
    new = "  b: {name: Mail Two, entity: {name: example gmbh}}\n"
    assert find(old, new) == [("b", "a")]


def test_find_possible_renames_of_a_service_that_stays_is_empty_until_it_ends() -> None:
    old = f"  a: {{name: Mail, {SAME}}}\n"
    new = f"  b: {{name: Mail, {SAME}}}\n"
    assert find(old, old + new) == []
    assert find(old, f"  a: {{name: Mail, {SAME}, until: 2024-09-01}}\n{new}") == [("b", "a")]
