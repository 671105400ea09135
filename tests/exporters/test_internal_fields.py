"""Internal fields (`x-…`, `notes`, `source`) reach nobody outside unless they are named."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pyarrow.parquet import read_table

from registry_text import listing
from subproc_cli.cli.main import main
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.history.public import iter_public_entries
from subproc_cli.history.report import LogReport, build_log_entry
from subproc_cli.history.timeline import iter_history, list_folder_snapshots
from subproc_cli.output.reproducible_zip import read_members
from subproc_cli.registry.internal import (
    collect_own_fields,
    collect_own_names,
    find_file_key,
    is_internal,
    strip_fields,
    strip_internal,
)
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read
from subproc_cli.yaml.source import Source

LIST = """\
format: 1
publisher: Example GmbH
version: {version}
date: {date}
x-list: SECRET-list{number}
notice: {{days: 30, x-terms: SECRET-terms{number}}}
categories: {{content.topics: {{label: topics, x-word: SECRET-word{number}}}}}
policies: [{{name: SECRET-rule{number}, forbid: see email, x-rule: SECRET-own-rule{number}}}]
ignore: [{{rule: missing-dpa, reason: SECRET-reason{number}, x-ignore: SECRET-ignore{number}}}]
services:
  mail:
    name: Example Mail
    purpose: {purpose}
    notes: SECRET-notes{number}
    source: SECRET-source{number}
    x-ticket: SECRET-ticket{number}
    dpa: {{signed: 2021-07-0{number}, url: "https://example.com/SECRET-dpa{number}"}}
    x-nest: {{SECRET-key{number}: [SECRET-inside{number}]}}
    sees: [{{data: identity.email, note: in headers, x-sees: SECRET-sees{number}}}]
    processing: [{{place: US, x-place: SECRET-place{number}}}]
    transfer: [{{basis: scc, note: module 3, x-basis: SECRET-basis{number}}}]
    entity: {{name: Example Mail Ltd., x-entity: SECRET-entity{number}}}
    links: {{dpa: "https://example.com/dpa", x-link: SECRET-link{number}}}
"""
NAMES = (
    *("notes", "source", "x-list", "x-terms", "x-ticket", "x-nest", "x-sees", "x-place", "x-basis"),
    *("x-entity", "x-link"),
)
"""What is internal of what is published."""
SERVICE = ("notes", "source", "ticket", "key", "inside", "sees", "place", "basis", "entity", "link")
"""The secrets of a service."""
PUBLIC = [each.name for each in EXPORTERS if not each.is_internal]
COMPLETE = [each.name for each in EXPORTERS if each.is_internal]


REVISIONS = (("1.0.0", "mail"), ("1.1.0", "newsletters"), ("1.1.1", "newsletters"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Revisions of a list: in the second the purpose and all secrets change, in the third the secrets alone."""
    (tmp_path / "history").mkdir()
    for number, (version, purpose) in enumerate(REVISIONS, 1):
        text = LIST.format(version=version, date=f"2024-0{number}-01", purpose=purpose, number=number)
        (tmp_path / "history" / f"{number}.yaml").write_text(text, encoding="utf-8")
        (tmp_path / "registry.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def everything(path: Path) -> str:
    """Return all text of a file or of the files of a folder, also of those in archives."""
    if path.is_dir():
        return "".join(map(everything, sorted(path.iterdir())))
    content = path.read_bytes()
    if content[:4] == b"PAR1":
        return str(read_table(BytesIO(content)).to_pylist())
    parts = read_members(content).values() if content[:2] == b"PK" else [content]
    return "".join(each.decode("utf-8", "replace") for each in parts)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_export_has_no_internal_field(folder: Path, name: str) -> None:
    assert main(["export", name, "--at", "2024-03-01", "-o", "out"]) == 0
    text = everything(folder / "out")
    assert "SECRET" not in text
    assert not [each for each in NAMES if each.startswith("x-") and each in text]


@pytest.mark.parametrize("name", COMPLETE)
def test_internal_export_has_every_internal_field(folder: Path, name: str) -> None:
    assert main(["export", name, "-o", "out"]) == 0
    text = everything(folder / "out")
    assert [each for each in SERVICE if f"SECRET-{each}3" not in text] == []


def test_site_with_a_history_has_no_internal_field(folder: Path) -> None:
    assert main(["export", "site", "--history", "history", "--at", "2024-03-01", "--out", "public"]) == 0
    assert sorted(each.name for each in (folder / "public").iterdir()) == [
        *(
            "annex-iii.docx",
            "feed.xml",
            "index.html",
            "list.csv",
            "list.jsonld",
            "list.xlsx",
            "registry.json",
        ),
    ]
    text = everything(folder / "public")
    assert "newsletters” instead of “mail”" in text
    assert not [
        each
        for each in ("SECRET", "the notes", "the source", "house rules", "the policies", *NAMES[2:])
        if each in text
    ]


def test_feed_has_no_internal_field(folder: Path) -> None:
    assert main(["feed", "--folder", "history", "-o", "feed.xml"]) == 0
    text = everything(folder / "feed.xml")
    assert [f"<title>Version {version}" in text for version in ("1.0.0", "1.1.0", "1.1.1")] == [
        True,
        True,
        False,
    ]
    assert "Version 1.1.0: Example Mail" in text
    assert not [
        each for each in ("SECRET", "notes", "x-ticket", "house rules", "the policies") if each in text
    ]


@pytest.mark.parametrize(
    ("revisions", "points"),
    [
        (
            ("1", "2"),
            ["- Example Mail: the purpose now reads “newsletters” instead of “mail” (inform)."],
        ),
        (("2", "3"), ["- Internal fields or house rules were edited."]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_changelog_names_no_internal_field(
    revisions: tuple[str, str], points: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["changelog", *(f"history/{each}.yaml" for each in revisions)]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("- ")] == points


@pytest.mark.parametrize("name", ["page", "site"])
def test_field_option_publishes_the_named_fields(folder: Path, name: str) -> None:
    typed = [word for each in NAMES for word in ("--field", each)]
    assert main(["export", name, "--at", "2024-03-01", "-o", "out", *typed]) == 0
    text = everything(folder / "out")
    assert [each for each in (*SERVICE, "list", "terms") if f"SECRET-{each}3" not in text] == []
    assert not [each for each in ("word", "rule", "reason", "ignore") if f"SECRET-{each}" in text]


@pytest.mark.parametrize("name", ["page", "site"])
def test_contract_is_published_only_if_it_is_named(folder: Path, name: str) -> None:
    texts = []
    for options in ([], ["--field", "dpa"]):
        assert main(["export", name, "--at", "2024-03-01", "-o", "out", *options]) == 0
        texts.append(everything(folder / "out"))
    assert ["3 July 2021" in text for text in texts] == [False, True]
    assert all("https://example.com/dpa" in text for text in texts)  # the link for customers is public


@pytest.mark.parametrize("name", ["fides", "cyclonedx"])
def test_field_option_adds_fields_to_formats_for_programs(folder: Path, name: str) -> None:
    assert main(["export", name, "-o", "out", "--field", "notes,x-ticket"]) == 0
    text = everything(folder / "out")
    assert ["SECRET-notes3" in text, "SECRET-ticket3" in text, "SECRET-source3" in text] == [
        True,
        True,
        False,
    ]


def test_field_option_publishes_no_other_field_on_the_site(folder: Path) -> None:
    typed = ["--history", "history", "--at", "2024-03-01", "--out", "public", "--field", "x-ticket"]
    assert main(["export", "site", *typed]) == 0
    service = json.loads((folder / "public" / "registry.json").read_text("utf-8"))["services"][0]
    assert [name for name in service if is_internal(name)] == ["x-ticket"]
    assert service["sees"] == [{"data": "identity.email", "note": "in headers"}]
    text = everything(folder / "public")
    assert "an edit to the field x-ticket" in text
    # On the page, in its data, in CSV and in two sheets of Excel
    assert text.count("SECRET-") == text.count("SECRET-ticket3") == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["page", "--field", "note"], "--field: 'note' is not an internal field (did you mean notes?)"),
        (
            ["page", "--field", "purpose"],
            "is not an internal field (there are dpa, reviewed, notes, source and x-…)",
        ),
        (["csv", "--field", "notes"], "csv already includes every field (leave out --field)"),
        (["record", "--field", "notes"], "record never includes internal fields (leave out --field)"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_field_option_with_an_invalid_name_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err


@pytest.mark.usefixtures("folder")
def test_field_option_with_an_unused_field_suggests_another(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "page", "--field", "x-tiket"]) == 0
    expected = "subproc: --field: there is no x-tiket in registry.yaml (did you mean x-ticket?)\n"
    assert capsys.readouterr().err == expected


def test_internal_history_has_every_change(folder: Path) -> None:
    moments = tuple(iter_history(list_folder_snapshots(folder / "history")))
    fields = {
        each["field"]
        for each in LogReport(tuple(map(build_log_entry, moments))).to_record()["entries"][0]["changes"]
    }
    assert {"notes", "source", "x-ticket", "sees.identity.email.x-sees", "policies"} <= fields
    assert [len(each.changes) for each in iter_public_entries(moments)] == [0, 1, 0]
    assert [each.field for each in [*iter_public_entries(moments, {"x-sees"})][2].changes] == [
        "sees.identity.email.x-sees"
    ]


def test_strip_internal_changes_nothing_else() -> None:
    text = LIST.format(version="1.0.0", date="2024-01-01", purpose="mail", number=1)
    whole = load_registry(Source("list.yaml", text.encode()))
    bare = load_registry(Source("list.yaml", "".join(_without_secrets(text)).encode()))
    assert isinstance(whole, Registry)
    assert isinstance(bare, Registry)
    house = {"policies", "ignore", "severities"}
    stripped = vars(strip_internal(bare.model))
    assert not any(stripped[name] for name in house)
    assert {name: value for name, value in vars(bare.model).items() if name not in house} == {
        name: value for name, value in stripped.items() if name not in house
    }
    mail = strip_internal(whole.model).services["mail"]
    assert mail == bare.model.services["mail"]
    assert mail.model_fields_set == bare.model.services["mail"].model_fields_set
    assert collect_own_names(strip_internal(whole.model, {"x-link"})) == {"x-link"}
    assert collect_own_names(whole.model) >= {each for each in NAMES if each.startswith("x-")}


def _without_secrets(text: str) -> list[str]:
    """Return the lines of a list without the fields that are internal."""
    kept = []
    for line in text.splitlines(keepends=True):
        if line.strip().startswith("dpa:"):
            continue
        head, mark, _ = line.partition(", x-")
        ends = {"sees": "}]", "processing": "}]", "transfer": "}]", "policies": "}]", "ignore": "}]"}
        if mark:
            key = line.strip().partition(":")[0]
            kept.append(f"{head}{'}}' if key == 'categories' else ends.get(key, '}')}\n")
        elif not line.strip().startswith(("x-", "notes:", "source:")):
            kept.append(line)
    return kept


def test_publish_page_names_the_internal_fields_of_each_format() -> None:
    text = (Path(__file__).parent.parent.parent / "docs" / "publish.md").read_text("utf-8")
    rows = {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| `")}
    told = {name.strip("` ") for names in rows for name in names.split(",")}
    assert {each.name for each in EXPORTERS} <= told
    for each in EXPORTERS:
        [row] = [line for names, line in rows.items() if f"`{each.name}`" in names]
        expected = "all" if each.is_internal else "with `--field`" if each.accepts_fields else "never"
        assert row.split("|")[2].strip() == expected, each.name


def test_page_of_the_shipped_list_names_no_source(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    about = read(str(root / "registry.yaml"))
    assert main(["export", "page", "-r", str(root / "registry.yaml"), "-o", str(tmp_path / "page.md")]) == 0
    assert b"source:" in about.content
    assert "**Source**" not in (tmp_path / "page.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("retention_days", "retention"),
        ("retention_after_by_language", "retention"),
        ("purpose_by_language", "purpose"),
        ("entity.country", "entity"),
        ("notice.days", "notice"),
        ("x-ticket", "x-ticket"),
    ],
)
def test_find_file_key_of_a_field_is_the_key_that_states_it(field: str, key: str) -> None:
    assert find_file_key(field) == key


def test_strip_fields_removes_every_field_that_is_read_from_a_key() -> None:
    text = "  a: {name: A, purpose: {en: chat, de: Chat}, retention: {days: 30, note: x}, x-a: 1}\n"
    service = listing(text).model.services["a"]
    assert strip_fields(service, frozenset(["contact"])) is service
    stripped = strip_fields(service, frozenset(["purpose", "retention"]))
    assert not any(
        value for name, value in vars(stripped).items() if name.startswith(("purpose", "retention"))
    )
    assert (stripped.name, stripped.own) == ("A", {"x-a": 1})
    assert {"name", "x-a"} <= stripped.model_fields_set
    assert "purpose" not in stripped.model_fields_set


def test_collect_own_fields_returns_each_with_its_path_and_all_values() -> None:
    text = "  a: {name: A, x-a: 1, sees: [{data: usage, x-b: 2}, {data: content, x-b: 3}], links: {dpa: u, x-c: 4}}\n"
    own = collect_own_fields(listing(text).model.services["a"])
    assert own == {"x-a": [1], "sees.x-b": [2, 3], "links.x-c": [4]}
