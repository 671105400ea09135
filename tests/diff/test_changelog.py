"""An entry goes into a changelog and changes nothing else there; one that lacks a change is found."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from registry_text import HEAD
from subproc_cli.cli.main import main
from subproc_cli.diff.changelog_file import find_insert_point, insert_entry, parse_entries, parse_statements
from subproc_cli.diff.changelog_gaps import is_generated_entry

ENTRY = "## [2.0.0] - 2024-02-01\n\n### Added\n\n- Beta is new (notice).\n"
OLD = f"{HEAD}services:\n  a: {{name: Alpha, purpose: chat, processing: [DE]}}\n"
NEW = OLD.replace("1.0.0", "2.0.0") + "  b: {name: Beta}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    return tmp_path


LINES = st.sampled_from(
    [
        "# Changelog",
        "## The list",
        "## The tool",
        "## [Unreleased]",
        "## [1.0.0] - 2024-01-01",
        "### [1.0.0]",
        "- first  ",
        "",
        "   ",
        "\ta\x0cb \u2028 c\u0085 d\x1c\x0b",
        "café \ufeff\0",
        "a\rb",
    ]
)
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.text(CHARACTERS),
    st.builds(
        lambda mark, lines, last: mark + "".join(line + ending for line, ending in lines) + last,
        st.sampled_from(["", "\ufeff"]),
        st.lists(
            st.tuples(LINES | st.text(CHARACTERS, max_size=8), st.sampled_from(["\n", "\r\n", "\r"])),
            max_size=9,
        ),
        LINES,
    ),
)


@pytest.mark.slow
@given(TEXTS)
@example("# Changelog\r\n\r\n## [1.0.0] - 2024-01-01\r\n\r\n- first\r\n")
@example("\ufeff## [1.0.0]\n")
@example("\ufeff")
@example("- no line ending")
@example("- two spaces  \n\n\n")
@example("a\x0cb \u2028c\u0085d\n## [1.0.0]\n\x1e")
def test_insert_entry_changes_nothing_except_the_inserted_text(text: str) -> None:
    place = find_insert_point(text, "2.0.0")
    assume(not place.version_exists)
    entry = re.sub("^##", "#" * place.level, ENTRY, flags=re.MULTILINE)
    new = insert_entry(text, entry, place.offset)
    end = place.offset + len(new) - len(text)
    inserted = new[place.offset : end]
    assert new[: place.offset] + new[end:] == text
    endings = set(re.findall(r"\r\n|\n|\r", inserted.strip("\r\n")))
    assert len(endings) == 1
    assert inserted.strip("\r\n") == entry.strip("\n").replace("\n", *endings)
    before = text[: place.offset].removeprefix("\ufeff")
    blank = r"(\A|[\r\n])[ \t]*(\r\n|\n|\r)(\r\n|\n|\r)?\Z"
    assert not before or re.search(blank, before + inserted[: inserted.index("#")])
    assert any(mark in text for mark in ("```", "~~~", "<!--")) or "Beta is new (notice)." in parse_entries(
        new
    ).get("2.0.0", ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# Changelog\r\n\r\n", b"## [1.0.0] - 2024-01-01\r\n\r\n- first\r\n"),
        (
            b"# Changelog\r\n\r\n",
            b"## [1.0.0]\r\n\r\n- a\x0cb \xe2\x80\xa8c\xc2\x85d\r\n- two spaces  \r\n- no end",
        ),
        (b"\xef\xbb\xbf# Changelog\n\n", b"## 1.0.0\n\n- old\n\n\n\n"),
        (b"\xef\xbb\xbf", b"## 1.0.0\n"),
        (b"# A\r\n\r\n", b"## [1.0.0]\nmixed\n"),
        (b"## The list\n\n", b"## The tool\n\n### 1.0.0\n"),
        (b"# Changelog\r\r", b"## [1.0.0]\r\r- first\r"),
        (b"# Changelog\n\n<!--\n## [2.0.0]\n-->\n\n", b"## [1.0.0]\n"),
        (b"a <!-- b --> <!--\n## [2.0.0]\n--> c\n\n", b"## [1.0.0]\n"),
        (b"~~~\n```\n## [2.0.0]\n~~~\n\n", b"## [1.0.0]\n"),
        (b"", b"## [1.0.0]\n\n- `<!--` starts a comment\n\n<!-- no end\n"),
    ],
)
def test_changelog_update_changes_no_other_byte(
    before: bytes, after: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "NEWS.md").write_bytes(before + after)
    assert main(["changelog", "old.yaml", "new.yaml", "--update", "NEWS.md"]) == 0
    new = (folder / "NEWS.md").read_bytes()
    assert new.startswith(before)
    assert new.endswith(after)
    inserted = new[len(before) : len(new) - len(after)]
    ending = next((each for each in (b"\r\n", b"\r") if each in before), b"\n")
    assert inserted.split(ending)[1:4] == [b"", b"#" * inserted.index(b" ") + b"# Added", b""]
    assert inserted.endswith(b"- Beta is new (notice)." + ending + ending)
    assert not re.search(rb"[\r\n]", inserted.replace(ending, b""))
    assert capsys.readouterr().err == "NEWS.md: added the entry for 2.0.0\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Changelog", "# Changelog\n\nE\n"),
        ("# Changelog\r\n", "# Changelog\r\n\r\nE\r\n"),
        ("# Changelog\n\n", "# Changelog\n\nE\n"),
        ("# Changelog\n  \n", "# Changelog\n  \nE\n"),
        ("## 1.0.0\n", "E\n\n## 1.0.0\n"),
        ("- x\n## 1.0.0\n", "- x\n\nE\n\n## 1.0.0\n"),
        ("## Unreleased\n\n- x\n\n## 1.0.0\n", "## Unreleased\n\n- x\n\nE\n\n## 1.0.0\n"),
        ("```\n## 1.0.0\n```\n## 0.9.0\n", "```\n## 1.0.0\n```\n\nE\n\n## 0.9.0\n"),
        ("", "E\n"),
    ],
)
def test_entry_has_one_blank_line_around_it(text: str, expected: str) -> None:
    assert insert_entry(text, "E\n", find_insert_point(text, "2.0.0").offset) == expected


@pytest.mark.parametrize(
    ("heading", "taken"),
    [
        ("## [2.0.0] - 2024-02-01", True),
        ("## 2.0.0", True),
        ("## v2.0.0 (2024-02-01)", True),
        ("## [2.0.0](https://example.com/2.0.0)", True),
        ("# 2.0.0", True),
        ("## 2.0.0 (unreleased)", True),
        ("## 12.0.0", False),
        ("## 2.0.01", False),
        ("## 2.0.0-rc.1", False),
        ("## 2.0.0.1", False),
        ("```\n## 2.0.0\n```", False),
    ],
)
def test_version_is_taken_if_a_heading_begins_with_it(heading: str, taken: bool) -> None:
    text = f"# Changelog\r\n\r\n{heading}\r\n\r\n- x\r\n"
    assert find_insert_point(text, "2.0.0").version_exists == taken
    assert ("2.0.0" in parse_entries(text)) == taken


def test_parse_statements_of_different_markup_are_equal() -> None:
    wrapped = "### Added\n\n* Beta \\_1\\_\n  is new\n  (notice).\n+ Gamma\n\n<!-- Delta -->\n[2.0.0]: https://example.com\n"
    assert parse_statements(wrapped) == ("Beta _1_ is new (notice).", "Gamma")
    assert parse_statements("- Beta _1_ is new (notice).\n\n1. Gamma") == (
        "Beta _1_ is new (notice).",
        "Gamma",
    )


GENERATED = "- Beta is new (notice).\n"
AMENDED = NEW.replace("Beta}", "Beta}\n  c: {name: Gamma}")


@pytest.mark.parametrize(
    ("entry", "new", "missing"),
    [
        (GENERATED, NEW, []),
        (GENERATED.replace("- ", "* ").replace(" is new", "\n  is new"), NEW, []),
        ("We now use Beta for our mail.\n", NEW, []),
        ("- BETA, for mail\n", NEW, []),
        ("", NEW, ["missing: Beta is new"]),
        ("- Alphabeta, Betamax and B\n", NEW, ["missing: Beta is new"]),
        ("<!-- Beta -->\n", NEW, ["missing: Beta is new"]),
        ("[Beta]: https://example.com\n", NEW, ["missing: Beta is new"]),
        (f"{GENERATED}- Old words.\n", AMENDED, ["missing: Gamma is new"]),
        (f"{GENERATED}- And Gamma.\n", AMENDED, []),
        (f"{GENERATED}- Gamma is new (notice).\n- x\n", NEW, ["outdated: Gamma is new"]),
        (
            f"{GENERATED}- Alpha: now also processes in France (notice).\n- x\n",
            NEW.replace("[DE]", "[DE, IN]"),
            ["missing: Alpha ", "outdated: Alpha: now also processes in France"],
        ),
        (f"{GENERATED}- Beta costs more.\n", f"{NEW}notice: {{days: 14}}\n", ["missing: "]),
        (f"{GENERATED}- Our notices come 14 days before.\n", f"{NEW}notice: {{days: 14}}\n", []),
        (GENERATED, f"{NEW}ignore: [{{rule: missing-dpa, reason: x}}]\n", []),  # nothing that is published
    ],
)
def test_changelog_update_with_an_entry_reports_what_it_lacks(
    entry: str, new: str, missing: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        f"# Changelog\n\n## [2.0.0] - 2024-02-01\n\n### Added\n\n{entry}\n## [1.0.0]\n\n- Gamma and Beta.\n"
    )
    (folder / "NEWS.md").write_text(text, encoding="utf-8")
    (folder / "new.yaml").write_text(new, encoding="utf-8")
    assert main(["changelog", "old.yaml", "new.yaml", "--update", "NEWS.md"]) == (1 if missing else 0)
    assert (folder / "NEWS.md").read_text("utf-8") == text
    *details, last = capsys.readouterr().err.splitlines()
    assert [line.startswith(start) for line, start in zip(details, missing, strict=True)] == [True] * len(
        missing
    )
    assert "; nothing was written" in last
    assert (": the entry for 2.0.0 " in last) == bool(missing)


@pytest.mark.parametrize(
    ("entry", "new", "expected"),
    [
        (GENERATED, AMENDED, ["Beta is new (notice).", "Gamma is new (notice)."]),
        (f"{GENERATED}- Gamma is new (notice).\n", NEW, ["Beta is new (notice)."]),
        (
            "- Alpha: now also processes in France (notice).\n",
            f"{NEW}notice: {{days: 14}}\n",
            ["Beta is new (notice).", "The list: the period of notice in days is now stated: 14 (inform)."],
        ),
    ],
)
def test_changelog_update_renews_an_entry_of_its_own(
    entry: str, new: str, expected: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reviewer asks for one more service, and the version is raised already."""
    ending = "\r\n" if new == AMENDED else "\n"
    before, after = "# Changelog\n\nOur words.\n\n", "\n[2.0.0]: https://example.com\n\n## [1.0.0]\n\n- x  \n"
    text = f"{before}## [2.0.0] - 2024-01-30\n\n### Added\n\n{entry}{after}".replace("\n", ending)
    (folder / "NEWS.md").write_bytes(text.encode())
    (folder / "new.yaml").write_text(new, encoding="utf-8")
    assert main(["changelog", "old.yaml", "new.yaml", "--update", "NEWS.md"]) == 0
    assert capsys.readouterr().err == "NEWS.md: renewed the entry for 2.0.0\n"
    renewed = (folder / "NEWS.md").read_bytes().decode()
    heading = "## [2.0.0] - 2024-01-01\n"
    assert renewed.startswith(f"{before}{heading}".replace("\n", ending))
    assert renewed.endswith(f").\n{after}".replace("\n", ending))
    assert sorted(parse_entries(renewed)["2.0.0"]) == expected
    assert main(["changelog", "old.yaml", "new.yaml", "--update", "NEWS.md"]) == 0
    assert (folder / "NEWS.md").read_bytes().decode() == renewed


def test_changelog_update_leaves_an_entry_that_is_not_the_newest(folder: Path) -> None:
    text = f"## 3.0.0\n\n- x\n\n## 2.0.0\n\n{GENERATED}"
    (folder / "NEWS.md").write_text(text, encoding="utf-8")
    (folder / "new.yaml").write_text(AMENDED, encoding="utf-8")
    assert main(["changelog", "old.yaml", "new.yaml", "--update", "NEWS.md"]) == 1
    assert (folder / "NEWS.md").read_text(encoding="utf-8") == text


def test_changelog_update_counts_what_it_finds(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "NEWS.md").write_text("## 2.0.0\n\n- X is new (notice).\n\nOurs.\n", encoding="utf-8")
    (folder / "new.yaml").write_text(AMENDED, encoding="utf-8")
    assert main(["changelog", "old.yaml", "new.yaml", "--update", "NEWS.md"]) == 1
    assert capsys.readouterr().err == (
        "missing: Beta is new\n"
        "missing: Gamma is new\n"
        "outdated: X is new\n"
        "subproc: NEWS.md: the entry for 2.0.0 lacks 2 changes and reports 1 change that this revision does not"
        " make; nothing was written (edit the entry, or delete it and run the command again)\n"
    )


@pytest.mark.parametrize(
    "name", ["A_b*c", "<!-- x -->", "@team", "1. x", "a\\b", "#4", "日本", "[x]: y", "# x"]
)
def test_entry_of_a_name_with_markup_lacks_nothing(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "new.yaml").write_text(NEW.replace("{name: Beta}", f"{{name: '{name}'}}"), encoding="utf-8")
    for _ in range(2):
        assert main(["changelog", "old.yaml", "new.yaml", "--update", "NEWS.md"]) == 0
    assert capsys.readouterr().err.endswith("NEWS.md already has an entry for 2.0.0; nothing was written\n")


def test_entry_has_a_merged_service_under_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    merged = NEW.replace("  b: {name: Beta}\n", "").replace("name: Alpha", "name: Alpha, formerly: [b]")
    (folder / "old.yaml").write_text(NEW, encoding="utf-8")
    (folder / "new.yaml").write_text(merged.replace("2.0.0", "2.1.0"), encoding="utf-8")
    assert main(["changelog", "old.yaml", "new.yaml"]) == 0
    assert capsys.readouterr().out == (
        "## [2.1.0] - 2024-01-01\n\n### Changed\n\n- Beta is now listed as part of Alpha (inform).\n"
        "- Alpha: an edit to earlier ids (editorial).\n"
    )


def check(capsys: pytest.CaptureFixture[str]) -> list[str]:
    code = main(["check", "new.yaml", "--against", "old.yaml", "--select", "SP303", "-f", "oneline"])
    found = capsys.readouterr().out.splitlines()
    assert code == bool(found)
    return [line.partition("change-without-changelog: ")[2] for line in found]


@pytest.mark.parametrize(
    ("changelog", "new", "expected"),
    [
        ("## 2.0.0\n\n- Beta is new (notice).\n", NEW, []),
        ("\ufeff## [2.0.0](https://example.com)\r\n\r\n- Beta is new (notice).\r\n", NEW, []),
        ("## 2.0.0\n\n- Beta\n", NEW, []),
        (
            "## 2.0.0\n\n- Beta is new (notice).\n",
            AMENDED,
            ["the entry for version 2.0.0 in CHANGELOG.md lacks: Gamma is new"],
        ),
        (
            "## 2.0.0\n\n- Beta is new (notice).\n- Gamma is new (notice).\n",
            NEW,
            ["the entry for version 2.0.0 in CHANGELOG.md reports something that is not a change: Gamma is new"],
        ),
        ("## 2.0.0\n\n- Beta is new (notice).\n", NEW.replace("Alpha,", "Alpha, links: {dpa: 'https://a.example'},"), []),
        ("## 1.0.0\n\n- Beta is new (notice).\n", NEW, ["CHANGELOG.md has no entry for version 2.0.0"]),
        # Several versions since: each of their entries reports a step
        ("## 2.0.0\n\n- Gamma is new (notice).\n\n## 1.1.0\n\n- Beta is new (notice).\n", AMENDED, []),
        (
            "## 2.0.0\n\n- Beta is new (notice).\n\n## 1.1.0\n\n- Delta.\n",
            AMENDED,
            ["the entry for version 2.0.0 in CHANGELOG.md lacks: Gamma is new"],
        ),
    ],
)  # fmt: skip
def test_check_finds_an_entry_that_lacks_a_change(
    changelog: str, new: str, expected: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "new.yaml").write_text(new, encoding="utf-8")
    (folder / "CHANGELOG.md").write_bytes(changelog.encode())
    found = check(capsys)
    assert [line.partition(" (")[0] for line in found] == expected


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        ("# Changelog\n\n## The list\n\n### 1.0.0\n\n- Beta is new.\n", ["1.0.0"]),
        (
            "## The list\n\n### 1.0.0\n\n- Beta is new.\n\n## Product\n\n### 7.0.0\n\n- Faster.\n",
            ["1.0.0"],
        ),
        (
            "## Product\n\n### 7.0.0\n\n- Faster.\n\n## The list\n\n### 1.0.0\n\n- Beta is new.\n",
            ["1.0.0"],
        ),
    ],
)
def test_parse_entries_reads_the_part_about_the_list_up_to_its_end(text: str, versions: list[str]) -> None:
    assert [*parse_entries(text)] == versions
    assert parse_entries(text)["1.0.0"] == ("Beta is new.",)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (("Beta", "Beta"), True),
        (("### Added", "### Mine"), False),
        (("\n\n###", "\n### Mine\n\n###"), False),
        (("- Beta", "- We hired.\n- Beta"), False),
        (("- Beta", "<!-- x -->\n- Beta"), False),
        (("- Beta", "~~~\nx\n~~~\n- Beta"), False),
        (("- Beta is new (notice).", ""), False),
    ],
)
def test_entry_is_generated_only_if_every_line_is(*, edit: tuple[str, str], expected: bool) -> None:
    assert is_generated_entry(ENTRY.replace(*edit)) is expected
