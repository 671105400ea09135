"""The Atom feed of a list, held against the rules of RFC 4287."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from subproc_cli.enums import Level
from subproc_cli.exporters import feed as atom
from subproc_cli.exporters.feed_entries import FeedAddresses, FeedSelection, build_feed
from subproc_cli.history.git import FileCommit
from subproc_cli.history.timeline import Snapshot, iter_history, list_folder_snapshots

ROOT = Path(__file__).parent.parent.parent
REAL = ROOT / "examples" / "caplena"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LIST = "format: 1\npublisher: {publisher}\nversion: {version}\ndate: {date}\nservices:\n  a: {{{fields}}}\n"


def stand(version: str, day: str, fields: str, publisher: str = "Example GmbH") -> Snapshot:
    text = LIST.format(version=version, date=day, fields=fields, publisher=publisher)
    return Snapshot(FileCommit("", day, "registry.yaml", "", ""), text.encode())


def written(*stands: Snapshot, since: date | None = None, page: str = "", url: str = "") -> ET.Element:
    found = build_feed(iter_history(stands), FeedSelection(since), FeedAddresses(page, url))
    assert found
    return ET.fromstring(atom.render(found))


def test_feed_of_two_revisions_is_this_document() -> None:
    first = stand("1.0.0", "2024-01-01", "name: A, processing: [EU]")
    second = stand("2.0.0", "2024-02-01", "name: A, processing: [US]")
    found = build_feed(
        iter_history([first, second]),
        addresses=FeedAddresses("https://example.com/", "https://example.com/feed.xml"),
    )
    assert found
    assert (
        re.sub(r"urn:uuid:[0-9a-f-]{36}<", "urn:uuid:UUID<", atom.render(found))
        == """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>urn:uuid:UUID</id>
  <title>Changes to the subprocessors of Example GmbH</title>
  <updated>2024-02-01T00:00:00Z</updated>
  <author><name>Example GmbH</name></author>
  <link rel="self" type="application/atom+xml" href="https://example.com/feed.xml"/>
  <link rel="alternate" type="text/html" href="https://example.com/"/>
  <generator>subproc</generator>
  <entry>
    <id>urn:uuid:UUID</id>
    <title>Version 2.0.0: A</title>
    <published>2024-02-01T00:00:00Z</published>
    <updated>2024-02-01T00:00:00Z</updated>
    <category term="notice"/>
    <link rel="alternate" type="text/html" href="https://example.com/#a"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><ul>\
<li>A now processes in the United States instead of the EU</li></ul></div></content>
  </entry>
  <entry>
    <id>urn:uuid:UUID</id>
    <title>Version 1.0.0: the first revision</title>
    <published>2024-01-01T00:00:00Z</published>
    <updated>2024-01-01T00:00:00Z</updated>
    <link rel="alternate" type="text/html" href="https://example.com/"/>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><ul><li>A</li></ul></div></content>
  </entry>
</feed>
"""
    )


def assert_valid(root: ET.Element) -> None:
    """Hold a feed against section 4 of RFC 4287."""
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):  # 4.1.1, 4.1.2: exactly one of each
            assert len(element.findall(ATOM + name)) == 1, name
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated") or ""
        )  # 3.3
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", element.findtext(f"{ATOM}id") or "")
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates)
    assert (root.findtext(f"{ATOM}author/{ATOM}name") or "").strip()  # 4.1.1: an author, or one in each entry
    ids = [element.findtext(f"{ATOM}id") for element in (root, *root.iter(f"{ATOM}entry"))]
    assert len(set(ids)) == len(ids)  # 4.2.6: an id is never used twice
    for entry in root.iter(f"{ATOM}entry"):
        contents = entry.findall(f"{ATOM}content")
        assert [len(contents), contents[0].get("type")] == [1, "xhtml"]  # 4.1.3.3: one div, and nothing else
        assert [child.tag for child in contents[0]] == [f"{XHTML}div"]


def test_feed_of_the_example_history_is_valid_and_newest_first() -> None:
    found = build_feed(iter_history(list_folder_snapshots(REAL)))
    assert found
    root = ET.fromstring(atom.render(found))
    assert_valid(root)
    days = [element.text or "" for element in root.iter(f"{ATOM}updated")]
    assert days[0] == days[1] == "2024-04-09T00:00:00Z"
    assert days[1:] == sorted(days[1:], reverse=True)
    assert len(days) == 8


@pytest.mark.parametrize(
    "publisher", ['"Ex & <b> \\u202e \\ufffe \\x1b[31m ]]>"', "株式会社", '"' + "ä" * 300 + '"']
)
def test_feed_of_a_hostile_publisher_escapes_it(publisher: str) -> None:
    root = written(stand("1.0.0", "2024-01-01", "name: '<script>&'", publisher))
    assert_valid(root)
    assert [each.text for each in root.iter(f"{XHTML}li")] == ["<script>&"]
    assert list(root.iter("script")) == list(root.iter(f"{XHTML}script")) == []


def test_feed_of_a_restored_revision_has_a_new_entry() -> None:
    one, other = (stand(v, "2024-01-01", f"name: A, purpose: {v}") for v in ("1.0.0", "2.0.0"))
    root = written(one, other, one)
    assert_valid(root)
    ids = [entry.findtext(f"{ATOM}id") or "" for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)


def test_feed_of_an_unchanged_revision_has_no_entry() -> None:
    one = stand("1.0.0", "2024-01-01", "name: A")
    same = stand("1.0.0", "2024-01-01", "name: 'A'")
    broken = Snapshot(one.file_commit, b"format: [")
    assert len(list(written(one, same, broken).iter(f"{ATOM}entry"))) == 1
    assert build_feed(iter_history([broken])) is None


def test_feed_in_another_language_has_the_same_ids() -> None:
    english, german = (
        build_feed(iter_history(list_folder_snapshots(REAL)), language=each) for each in ("en", "de")
    )
    assert english
    assert german
    assert [each.id for each in english.entries] == [each.id for each in german.entries]
    assert german.title == "Änderungen bei den Unterauftragsverarbeitern von Caplena"
    assert german.entries[1].title == "Version 5.0.0: Azure OpenAI Service"
    assert german.entries[1].points == (
        "Azure OpenAI Service wird ab dem 9. März 2024 als neuer Unterauftragsverarbeiter eingesetzt",
    )
    assert ' xml:lang="de">' in atom.render(german)


def test_feed_since_a_date_keeps_ids_and_date() -> None:
    every, later = (
        build_feed(iter_history(list_folder_snapshots(REAL)), FeedSelection(since))
        for since in (None, date(2024, 2, 7))
    )
    assert every
    assert later
    assert later.entries == every.entries[:2]
    assert later.updated == every.updated


NOTICE = """\
format: 1
publisher: Example GmbH
version: {}.0.0
date: 2026-0{}-02
notice: {{days: 30, objection_days: 14, contact: privacy@example.com}}
services:
{}"""


def noticed(*services: str) -> list[Snapshot]:
    return [
        Snapshot(FileCommit("", "", "registry.yaml", "", ""), NOTICE.format(n, n, text).encode())
        for n, text in enumerate(services, 1)
    ]


def entries(selection: FeedSelection, *services: str) -> list[str]:
    found = build_feed(iter_history(noticed(*services)), selection)
    assert found
    return [each.title for each in found.entries]


ALPHA = "  a: {name: Alpha, sees: [usage]}\n"
BETA = "  b: {name: Beta, purpose: Mail, sees: [identity.email], processing: [DE], contact: b@example.com}\n"


def test_feed_of_a_new_service_states_its_facts_and_how_to_object() -> None:
    found = build_feed(iter_history(noticed(ALPHA, ALPHA + BETA)))
    assert found
    [newest, _] = found.entries
    assert newest.title == "Version 2.0.0: Beta"
    assert newest.points == ("From 5 March 2026, Beta will be engaged as a new subprocessor",)
    assert [text.partition(",")[0] for text in newest.terms] == [
        "Takes effect on 5 March 2026",
        "You can object by writing to privacy@example.com until the end of 16 February 2026 (your local time)",
    ]
    facts = dict(newest.new_services[0].facts)
    assert facts["Purpose"] == ("Mail",)
    assert facts["Place of processing"] == ("Germany",)


def test_feed_of_a_dated_service_takes_effect_on_its_day() -> None:
    found = build_feed(iter_history(noticed(ALPHA, ALPHA + BETA.replace("{", "{since: 2026-06-01, "))))
    assert found
    assert found.entries[0].points == ("From 1 June 2026, Beta will be engaged as a new subprocessor",)
    assert found.entries[0].terms[0].startswith("Takes effect on 1 June 2026,")


@pytest.mark.parametrize(
    ("second", "terms"),
    [
        (BETA, "Takes effect on 5 March 2026, unless your contract"),
        (BETA.replace("{", "{since: 2026-06-01, "), "Takes effect on 5 March 2026, unless this entry, your"),
    ],
)
def test_feed_states_that_a_change_has_another_day(second: str, terms: str) -> None:
    wider = ALPHA.replace("usage", "usage, payment")
    found = build_feed(iter_history(noticed(ALPHA, wider + second)))
    assert found
    assert found.entries[0].terms[0].startswith(terms)


def test_feed_of_shortened_periods_has_the_earlier_periods() -> None:
    first, second = noticed(ALPHA, ALPHA + BETA)
    assert second.content
    shorter = second.content.replace(b"days: 30, objection_days: 14", b"days: 14, objection_days: 10")
    found = build_feed(iter_history([first, second._replace(content=shorter)]))
    assert found
    assert [text.partition(",")[0] for text in found.entries[0].terms] == [
        "Takes effect on 5 March 2026",
        "You can object by writing to privacy@example.com until the end of 16 February 2026 (your local time)",
    ]


def test_feed_omits_hidden_fields_of_a_new_service() -> None:
    hidden = "publish: {hide: [contact]}\nservices:"
    first, second = (
        each._replace(content=each.content.replace(b"services:", hidden.encode()))
        for each in noticed(ALPHA, ALPHA + BETA)
        if each.content
    )
    found = build_feed(iter_history([first, second]))
    assert found
    assert "b@example.com" not in atom.render(found)


@pytest.mark.parametrize(
    ("selection", "titles"),
    [
        (
            FeedSelection(),
            ["Version 3.0.0: Beta", "Version 2.0.0: Beta", "Version 1.0.0: the first revision"],
        ),
        (FeedSelection(level=Level.NOTICE), ["Version 2.0.0: Beta", "Version 1.0.0: the first revision"]),
        (FeedSelection(question="see usage"), ["Version 1.0.0: the first revision"]),
        (
            FeedSelection(level=Level.EDITORIAL),
            [
                "Version 4.0.0: Beta",
                "Version 3.0.0: Beta",
                "Version 2.0.0: Beta",
                "Version 1.0.0: the first revision",
            ],
        ),
    ],
)
def test_feed_has_the_selected_changes(selection: FeedSelection, titles: list[str]) -> None:
    more = BETA.replace("Mail", "Mail and chat")
    grouped = more.replace("purpose", "group: Mail, purpose")
    never = [text.replace("contact:", "never_sees: [usage], contact:") for text in (BETA, more, grouped)]
    assert entries(selection, ALPHA, *(ALPHA + text for text in never)) == titles


def test_feed_title_names_three_services_and_counts_the_others() -> None:
    many = "".join(f"  {key}: {{name: {key.upper()}}}\n" for key in "vwxyz")
    title = entries(FeedSelection(), ALPHA, ALPHA + many)[0]
    assert title == "Version 2.0.0: V, W, X and 2 further services"


def run(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "subproc_cli", *arguments], cwd=folder, capture_output=True, check=False
    )


@pytest.mark.slow
def test_feed_of_git_and_of_a_folder_are_the_same(tmp_path: Path) -> None:
    script = ["/bin/sh", str(ROOT / "examples" / "history.sh"), str(tmp_path / "repo")]
    subprocess.run(script, check=True, capture_output=True)
    from_git = run("feed", folder=tmp_path / "repo")
    assert from_git.stdout.startswith(b"<?xml")
    assert from_git.stdout == run("feed", "--folder", str(REAL)).stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--url", "example.com"], 2, "--url: 'example.com' is not a valid web address"),
        (["--url", "https://ex ample.com"], 2, "is not a valid web address"),
        (["--page", "javascript:alert(1)"], 2, "--page: 'javascript:alert(1)' is not a valid web address"),
        (["--since", "2024-13-01"], 2, "--since: '2024-13-01' is not a valid date"),
        (["--folder", "tests"], 3, "tests: no registry (*.yaml) in this folder"),
    ],
)
def test_feed_with_an_error_prints_its_message(arguments: list[str], code: int, message: str) -> None:
    done = run("feed", *arguments)
    assert (done.returncode, done.stdout) == (code, b"")
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
