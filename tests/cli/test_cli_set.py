"""`set` for the parts of a text: languages, days, owners and contracts, with the comments of the file."""

from pathlib import Path

import pytest

from registry_text import HEAD
from subproc_cli.cli.main import main
from subproc_cli.registry.introspect import list_leaf_fields

LIST = """\
services:
  a:
    name: A
    purpose: Mail  # why
    retention: as long as needed # kept
    entity: {name: X, parent: Owner} # who
  b:
    name: B
    purpose: {en: Mail, de: Post}
    retention: 30 days
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "registry.yaml"
    path.write_text(HEAD + LIST, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("a purpose.de Post", "    purpose: {en: Mail, de: Post}  # why"),
        ("b purpose.fr Courrier", "    purpose: {en: Mail, de: Post, fr: Courrier}"),
        ("b purpose.de Brief", "    purpose: {en: Mail, de: Brief}"),
        ("a condition.de-CH Wenn", "    condition: {de-CH: Wenn}"),
        ("a retention.days 30", "    retention: {note: as long as needed, days: 30} # kept"),
        ("a retention.note.de lang", "    retention: {note: {en: as long as needed, de: lang}} # kept"),
        ("b retention.days 30", "    retention: {days: 30}"),
        ("a entity.parent.country US", "    entity: {name: X, parent: {name: Owner, country: US}} # who"),
        ("a dpa.signed 2026-01-01", "    dpa: {signed: 2026-01-01}"),
        ("a reviewed.date 2026-01-01", "    reviewed: {date: 2026-01-01}"),
    ],
)
def test_set_of_a_part_keeps_the_text_and_the_comment(arguments: str, line: str, file: Path) -> None:
    assert main(["set", *arguments.split()]) == 0
    assert line in file.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            "a retention.dayz 30",
            "there is no field 'retention.dayz' of a service (did you mean retention.days?)",
        ),
        ("a dpa.sigend x", "did you mean dpa.signed?"),
        ("a days 30", "did you mean retention.days?"),
        ("a purpose.xx x", "one of purpose.de, purpose.en, purpose.fr"),
        ("a purpose.en x", "purpose is one text, and the list does not state its language"),
        ("b purpose x", "purpose is stated by language (set purpose.en or purpose.de, or remove it first"),
        ("b entity.parent.country US", "the field name is missing"),
    ],
)
def test_set_that_is_refused_names_what_to_type(
    arguments: str, message: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["set", *arguments.split()]) == 2
    assert message in capsys.readouterr().err
    assert file.read_text("utf-8") == HEAD + LIST


def test_parts_of_texts_are_proposed() -> None:
    proposed = {*list_leaf_fields(("services", ""))}
    assert {"purpose", "purpose.de", "retention.days", "entity.parent.country", "dpa.signed"} <= proposed
    assert "entity" not in proposed


def test_set_unset_names_a_comment_that_it_leaves_behind(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A comment above a field would read as if it belonged to the next one."""
    text = HEAD + LIST.replace("    retention: as", "    # asked on 2026-01-01\n    retention: as")
    file.write_text(text, encoding="utf-8")
    assert main(["set", "a", "retention", "--unset"]) == 0
    assert "# asked on 2026-01-01" in file.read_text(encoding="utf-8")
    line = text.split("\n").index("    # asked on 2026-01-01") + 1
    note = f"subproc: registry.yaml:{line}: the comment above retention is kept; see if it is still right\n"
    assert note in capsys.readouterr().err
    assert main(["set", "a", "purpose", "--unset"]) == 0
    assert "comment" not in capsys.readouterr().err


def test_set_of_a_text_with_a_hyphen_names_what_to_put_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["set", "a", "purpose", "- mail"]) == 2
    assert "put -- before a text that starts with a hyphen" in capsys.readouterr().err
    assert main(["set", "a", "purpose", "--", "- mail"]) == 0
