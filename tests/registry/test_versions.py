"""Which version follows, how a claim is judged, and where a leaf stands: the small steps of a comparison."""

import pytest

from registry_text import listing
from subproc_cli.diff.change import bump, compute_next_version
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Bump
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation.data_access import EffectiveAccess, collect_claims, resolve_access
from subproc_cli.question import grammar
from subproc_cli.question.reader import MAX_DEPTH

LIST = listing("  a: {name: A}\n")


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


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ("", EffectiveAccess.SILENT),
        ("sees: [identity.email]", EffectiveAccess.SEEN),
        ("sees: [identity]", EffectiveAccess.SEEN),
        ("sees: [{data: identity, extent: partial}]", EffectiveAccess.PART),
        ("sees: [{data: identity.email, extent: partial}]", EffectiveAccess.PART),
        ("sees: [{data: telemetry, may_contain: [identity]}]", EffectiveAccess.POSSIBLE),
        ("sees: [identity.email], never_sees: [identity.email]", EffectiveAccess.DISPUTED),
        ("never_sees: [identity]", EffectiveAccess.NEVER),
    ],
)
def test_resolve_access_of_a_category_returns_its_access(fields: str, where: EffectiveAccess) -> None:
    service = listing(f"  a: {{name: A, {fields}}}\n").model.services["a"]
    assert resolve_access(collect_claims(service), "identity.email") is where


@pytest.mark.parametrize(("depth", "fine"), [(MAX_DEPTH, True), (MAX_DEPTH + 1, False)])
def test_parse_question_at_the_depth_limit_is_accepted_or_refused(depth: int, *, fine: bool) -> None:
    text = "(" * depth + "see email" + ")" * depth
    if fine:
        assert str(grammar.parse(text, LIST.category_tree, LIST.gazetteer)) == "sees(identity.email)"
        return
    with pytest.raises(QuestionSyntaxError, match=f"nested more than {MAX_DEPTH} levels"):
        grammar.parse(text, LIST.category_tree, LIST.gazetteer)
