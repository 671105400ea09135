"""The HTML page of a list: what it holds, what it may load, and the folder around it."""

import json
import subprocess
import sys
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from registry_text import listing
from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters import site
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.exporters.site.cards import build_data_choices, build_place_choices, iter_cards
from subproc_cli.exporters.site.charts import build_data_bars, build_place_bars
from subproc_cli.history.timeline import HistoryEntry, iter_folder_snapshots, iter_history
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.registry.registry import Registry

ROOT = Path(__file__).parent.parent.parent
DAY = date(2024, 3, 1)
TWO = listing(
    """\
  mail:
    name: Example Mail
    sees: [identity.email]
    never_sees: [everything]
    processing: [DE, {place: US, how: remote-access}]
  quiet: {name: Quiet}
"""
)


def export(about: Registry, language: str = "en") -> Export:
    return Export(about, about.find_services_in_use(DAY), DAY, language)


def real(moments: tuple[HistoryEntry, ...], day: date) -> Export:
    about = moments[-1].new
    assert about
    return Export(about, about.find_services_in_use(day), day, history=moments)


@pytest.fixture(scope="module")
def history() -> tuple[HistoryEntry, ...]:
    return tuple(iter_history(iter_folder_snapshots(ROOT / "examples" / "caplena")))


class Read(HTMLParser):
    """Reads a page: its elements with their attributes, and the texts of its style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {"style": "", "script": "", "title": ""}
        self.text = ""
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self._open in self.inside:
            self.inside[self._open] += data
        else:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._open = ""


def read(given: Export) -> Read:
    return Read(site.render(given).decode())


def test_site_policy_allows_only_its_own_style_and_script() -> None:
    page = read(export(TWO))
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and a.get("http-equiv")) or ""
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    hashes = {
        name: f"'sha256-{b64encode(sha256(page.inside[name].encode()).digest()).decode()}'"
        for name in ("style", "script")
    }
    assert rules == {
        "default-src": "'none'",
        "style-src": hashes["style"],
        "script-src": hashes["script"],
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_site_has_no_external_resource_and_no_inline_handler(history: tuple[HistoryEntry, ...]) -> None:
    page = read(real(history, DAY))
    assert not [tag for tag, attributes in page.elements if "src" in attributes or "style" in attributes]
    assert not [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    links = {a.get("href") for tag, a in page.elements if tag == "link"}
    assert links == {"data:,"}
    assert "url(" not in page.inside["style"].replace("url(#_", "")


def test_site_has_one_card_with_an_anchor_for_each_service() -> None:
    page = read(export(TWO))
    ids = [a["id"] for tag, a in page.elements if tag == "article"]
    assert ids == ["mail", "quiet"]
    assert {f"#{key}" for key in ids} <= {a.get("href") for tag, a in page.elements if tag == "a"}
    every = [a["id"] for _, a in page.elements if "id" in a]
    assert len(set(every)) == len(every)
    assert not [a["href"] for tag, a in page.elements if tag == "a" and (a["href"] or "")[1:] not in every]


def test_site_filters_offer_data_and_places_with_their_services() -> None:
    given = export(TWO)
    wording, sides = PageWording(TWO, "en"), RegionClassifier(TWO, DAY)
    data, places = build_data_choices(given, wording), build_place_choices(wording, sides, given.services)
    mail, quiet = iter_cards(given, given.services, data, places)
    asked = {each.label: mail.data_codes[each.number] for each in data}
    assert (asked["email address"], asked["name"], asked["identifying and contact data"]) == ("y", "n", "y")
    assert asked["personal data"] == "y"
    assert set(quiet.data_codes) == {"o"}
    assert {
        each.label: (mail.place_codes[each.number], quiet.place_codes[each.number]) for each in places
    } == {
        "outside the EEA": ("y", "o"),
        "only within the EEA": ("n", "o"),
        "Germany": ("y", "o"),
        "United States": ("y", "o"),
    }
    tones = [(chip.text, chip.tone) for chip in mail.badges]
    assert tones == [("Germany", "home"), ("United States", "open")]
    assert [(chip.text, chip.meaning) for chip in quiet.badges] == [("place of processing", "not stated")]


def test_site_bars_count_services_and_unstated_places() -> None:
    services = "  a: {name: A, processing: [DE]}\n  b: {name: B, processing: [DE, US]}\n  c: {name: C}\n"
    given = export(listing(services))
    wording = PageWording(given.registry, "en")
    rows = [(bar.label, bar.meaning, *bar.counts) for bar in build_place_bars(given, wording, given.services)]
    assert rows == [
        ("Germany", "not transferred under EU law", "2"),
        (
            "United States",
            "whether it is adequate under EU law depends on what the list does not state",
            "1",
        ),
        ("not stated", "", "1"),
    ]
    first = build_data_bars(export(TWO), wording, TWO.model.services)[0]
    assert (first.label, first.counts) == ("identifying and contact data", ("1", "1"))
    assert [(part.tone, part.start, part.length) for part in first.parts] == [
        ("seen", "0.00%", "50.00%"),
        ("unstated", "50.00%", "50.00%"),
    ]


def test_site_changes_are_those_of_one_year_or_the_last_revision(history: tuple[HistoryEntry, ...]) -> None:
    recent, later = (read(real(history, day)).text for day in (date(2024, 6, 1), date(2026, 1, 1)))
    assert "Changes in the year before 1 June 2024" in recent
    assert [f"Version {number}.0.0" in recent for number in (6, 5, 4)] == [True, True, False]
    assert "None. The last revision before that year:" in later
    assert "PostHog is new." in later
    assert "Version 5.0.0" not in later


def test_site_changes_end_with_the_exported_revision(history: tuple[HistoryEntry, ...]) -> None:
    third = history[2].new
    assert third
    given = Export(third, third.find_services_in_use(DAY), date(2022, 12, 1), history=history)
    text = read(given).text
    assert f"Version {third.model.version}" in text
    assert "Version 6.0.0" not in text
    assert b"6.0.0" not in site.render_files(given)["feed.xml"]


@pytest.mark.parametrize("language", find_languages())
def test_site_changes_are_translated(language: str, history: tuple[HistoryEntry, ...]) -> None:
    news = {
        "en": "PostHog is new.",
        "de": "PostHog wird neu eingesetzt.",
        "de-CH": "PostHog wird neu eingesetzt.",
        "fr": "PostHog est un nouveau service.",
    }
    text = read(real(history, date(2024, 6, 1))._replace(language=language)).text
    assert news[language] in text


HOSTILE = listing(
    r"""  a:
    name: "<script>alert(1)</script>\u202e"
    purpose: "</style><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %}"
    links: {website: "javascript:alert(1)", dpa: "https://example.com/?a=\"><script>"}
    x-b: "<b>"
""",
    head="notice: {contact: '<x>'}",
)


def test_site_of_a_hostile_text_escapes_it() -> None:
    page = read(export(HOSTILE))
    tags = [tag for tag, _ in page.elements]
    assert tags.count("script") == 1
    assert "img" not in tags
    assert not ("b" in tags[:-1] and "x" in tags)
    assert r"<script>alert(1)</script>\u202e" in page.text
    assert "</style><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %}" in page.text
    links = [a["href"] for tag, a in page.elements if tag == "a" and a.get("rel")]
    assert links == ['https://example.com/?a="><script>']


def test_site_folder_has_page_feed_and_data(history: tuple[HistoryEntry, ...]) -> None:
    given = real(history, DAY)._replace(url="https://example.com/privacy/list.html")
    files = site.render_files(given)
    assert sorted(files) == ["feed.xml", "index.html", "registry.json"]
    german = site.render_files(given._replace(language="de"))
    assert [b'lang="de"' in german[name] for name in ("feed.xml", "index.html")] == [True, True]
    assert (
        b'rel="self" type="application/atom+xml" href="https://example.com/privacy/feed.xml"'
        in files["feed.xml"]
    )
    page = Read(files["index.html"].decode())
    hrefs = [a.get("href") for _, a in page.elements]
    assert {"feed.xml", "registry.json", "https://example.com/privacy/list.html"} <= set(hrefs)
    written = json.loads(files["registry.json"])
    assert written["notice"] == {
        "days": 30,
        "objection_days": 30,
        "termination_days": None,
        "contact": "privacy@example.com",
    }
    assert [each["service"] for each in written["services"]] == [*given.services]
    assert b"yaml" not in files["registry.json"]  # no path of the publisher's machine


def test_site_without_a_history_has_no_feed() -> None:
    files = site.render_files(export(TWO))
    assert sorted(files) == ["index.html", "registry.json"]
    assert b"feed.xml" not in files["index.html"]


@pytest.mark.slow
def test_site_of_the_same_list_twice_has_the_same_bytes() -> None:
    command = [sys.executable, "-m", "subproc_cli", "export", "site", "--at", "2024-03-01"]
    outputs = {
        subprocess.run(
            [*command, "--history", "examples/caplena"],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "012"
    }
    assert len(outputs) == 1
