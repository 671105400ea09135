"""The HTML page of a list: what it holds, what it may load, and the folder around it."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from datetime import date, timedelta
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from registry_text import listing
from subproc_cli.describe.wording import PageWording
from subproc_cli.errors import UsageError
from subproc_cli.exporters import annex_iii, record_docx, site
from subproc_cli.exporters import page as markdown_page
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.exporters.regions import RegionClassifier
from subproc_cli.exporters.site.branding import adjust_contrast
from subproc_cli.exporters.site.filters import build_filters
from subproc_cli.exporters.site.languages import split_passages
from subproc_cli.exporters.site.rows import ServiceTable, build_tables
from subproc_cli.history.timeline import HistoryEntry, iter_history, list_folder_snapshots
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.output.document import Paragraph, make_line
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

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
    return tuple(iter_history(list_folder_snapshots(ROOT / "examples" / "caplena")))


class Read(HTMLParser):
    """Reads a page: its elements with their attributes, and the texts of its style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {"style": "", "script": "", "title": "", "data": ""}
        self.text = ""
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = "data" if tag == "script" and attrs else tag
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
    assert "url(" not in page.inside["style"]


def test_site_has_one_row_with_an_anchor_for_each_service() -> None:
    page = read(export(TWO))
    ids = [a["id"] for tag, a in page.elements if tag == "tr" and "id" in a]
    assert ids == ["mail", "quiet"]
    assert {f"#{key}" for key in ids} <= {a.get("href") for tag, a in page.elements if tag == "a"}
    every = [a["id"] for _, a in page.elements if "id" in a]
    assert len(set(every)) == len(every)
    assert not [a["href"] for tag, a in page.elements if tag == "a" and (a["href"] or "")[1:] not in every]


def build(given: Export) -> list[ServiceTable]:
    wording, services = PageWording(given.registry, given.language), given.services
    filters = build_filters(given, wording, RegionClassifier(given.registry, given.as_of), services)
    return [*build_tables(given, wording, services, filters)]


def test_site_filters_offer_data_and_places_with_their_services() -> None:
    given = export(TWO)
    wording, sides = PageWording(TWO, "en"), RegionClassifier(TWO, DAY)
    data, places = build_filters(given, wording, sides, given.services)
    ((mail, quiet),) = (group.rows for group in build(given)[0].groups)
    mail_data, mail_places = mail.verdicts.split()
    quiet_data, quiet_places = quiet.verdicts.split()
    asked = dict(zip((each.value for each in data.choices), mail_data, strict=True))
    assert (asked["identity.email"], asked["identity.name"], asked["identity"]) == ("y", "n", "y")
    assert asked["personal"] == "y"
    assert {*quiet_data} == {"o"}
    found = zip((each.label for each in places.choices), mail_places, quiet_places, strict=True)
    assert [*found] == [
        ("outside the EEA", "y", "o"),
        ("only within the EEA", "n", "o"),
        ("Germany", "y", "o"),
        ("United States", "y", "o"),
    ]
    assert [(place.text, place.tone) for place in mail.places] == [
        ("Germany", "home"),
        ("United States (remote access)", "open"),
    ]
    assert quiet.places == ()


def test_site_filters_of_products_types_and_roles() -> None:
    services = """\
  a: {name: A, products: [Surveys], service_type: hosting}
  b: {name: B, service_type: payments, role: vendor}
  c: {name: C, products: [Panels]}
"""
    given = export(listing(services))
    wording, sides = PageWording(given.registry, "en"), RegionClassifier(given.registry, DAY)
    filters = build_filters(given, wording, sides, given.services)
    assert [each.name for each in filters] == ["data", "product", "type", "role"]  # no place is stated
    verdicts = {
        row.name: row.verdicts.split()[1:]
        for table in build(given)
        for group in table.groups
        for row in group.rows
    }
    # products in alphabetical order; types by their label; a service without products serves all of them
    assert verdicts == {"A": ["ny", "yn", "yn"], "C": ["yn", "oo", "yn"], "B": ["yy", "ny", "ny"]}


def test_site_separates_subprocessors_and_groups() -> None:
    services = """\
  a: {name: A, group: Tools}
  b: {name: B, role: controller}
  c: {name: C}
  d: {name: D, group: Tools, role: affiliate}
"""
    found = [
        (table.title, [(group.title, [row.name for row in group.rows]) for group in table.groups])
        for table in build(export(listing(services)))
    ]
    assert found == [
        ("Subprocessors", [("", ["C"]), ("Tools", ["A", "D"])]),
        ("Other services", [("", ["B"])]),
    ]


def test_site_names_what_is_not_stated_once_or_not_at_all() -> None:
    once = read(export(TWO)).text
    assert once.count("certifications") == 1
    assert "all services" in once
    leave_out = listing("  a: {name: A}\n", head="publish: {not_stated: leave-out}")
    text = read(export(leave_out)).text
    assert "not stated" not in text.lower().replace("what is not stated is not known. “not stated” never", "")
    assert "What is not stated is not known. “Not stated” never means “none”." in text


def find_safeguards(fields: str, law: str, language: str = "en") -> tuple[str, ...]:
    about = listing(f"  a: {{name: A, {fields}}}\n", head=f"law: [{law}]")
    (table,) = build(export(about, language))
    return table.groups[0].rows[0].safeguards


@pytest.mark.parametrize(
    ("law", "place", "language", "expected"),
    [
        ("eu-gdpr", "DE", "en", "no transfer under EU law: places within the EEA"),
        ("eu-gdpr", "DE", "de", "keine Übermittlung nach EU-Recht: Orte im EWR"),
        ("eu-gdpr", "DE", "fr", "aucun transfert au regard du droit de l’UE\u00a0: lieux situés dans l’EEE"),
        ("uk-gdpr", "GB", "en", "no transfer under UK law: places within the United Kingdom"),
        ("ch-fadp", "CH", "en", "no transfer under Swiss law: places within Switzerland"),
        ("ch-fadp", "CH", "de", "keine Bekanntgabe ins Ausland nach Schweizer Recht: Orte in der Schweiz"),
        (
            "ch-fadp",
            "CH",
            "fr",
            "aucune communication à l’étranger au regard du droit suisse\u00a0: lieux situés en Suisse",
        ),
    ],
)
def test_site_states_that_nothing_is_transferred_at_home(
    law: str, place: str, language: str, expected: str
) -> None:
    assert find_safeguards(f"processing: [{place}], entity: {{country: {place}}}", law, language) == (
        expected,
    )


def test_site_states_for_each_law_whether_there_is_a_transfer() -> None:
    assert find_safeguards("processing: [DE], entity: {country: DE}", "eu-gdpr, uk-gdpr") == (
        "no transfer under EU law: places within the EEA",
        "adequacy under UK law",
    )


@pytest.mark.parametrize(
    ("language", "abroad", "stated"),
    [
        (
            "en",
            "the recipient is established in the United States",
            "no transfer stated: places within the EEA",
        ),
        ("de", "Sitz des Empfängers: Vereinigte Staaten", "keine Übermittlung angegeben: Orte im EWR"),
        ("fr", "siège du destinataire : États-Unis", "aucun transfert indiqué : lieux situés dans l’EEE"),
    ],
)
def test_site_denies_no_transfer_if_the_recipient_may_be_abroad(
    language: str, abroad: str, stated: str
) -> None:
    unknown = find_safeguards("processing: [DE]", "eu-gdpr", language)
    american = find_safeguards("processing: [DE], entity: {country: US}", "eu-gdpr", language)
    assert [text.replace("\u00a0", " ") for text in (*unknown, *american)] == [stated, abroad, stated]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No services are listed."),
        ("de", "Es sind keine Dienste aufgeführt."),
        ("fr", "Aucun service n’est indiqué."),
    ],
)
def test_site_and_documents_without_services_state_it(language: str, text: str) -> None:
    given = export(listing("  gone: {name: Gone, until: 2024-02-01}\n"), language)
    for render in (site.render, markdown_page.render, annex_iii.render):
        assert text in render(given).decode()
    assert Paragraph(make_line(text)) in record_docx.build_page(given)


def test_site_links_the_mail_of_a_contact() -> None:
    contact = "{name: Privacy team, address: 'Beispielweg 1, 10115 Berlin', mail: privacy@example.com}"
    text = site.render(export(listing("  a: {name: A}\n", head=f"contacts: {{dpo: {contact}}}"))).decode()
    assert (
        "<bdi>Privacy team</bdi>, <bdi>Beispielweg 1</bdi>, <bdi>10115 Berlin</bdi>, "
        '<a href="mailto:privacy@example.com">privacy@example.com</a>' in text
    )


def test_site_shows_upcoming_changes_with_day_and_period() -> None:
    services = """\
  soon: {name: Soon, since: 2024-06-01}
  going: {name: Going, until: 2024-05-01}
  here: {name: Here, since: 2024-01-01}
"""
    registry = listing(services, head="notice: {objection_days: 30, contact: privacy@example.com}")
    page = read(export(registry))
    assert "1 May 2024" in page.text
    assert page.text.index("Going will no longer be used") < page.text.index("Soon will be used")
    assert "Here will" not in page.text
    assert "Time to object: 30 days from the notice." in page.text
    assert "mailto:privacy@example.com" in {a.get("href") for tag, a in page.elements if tag == "a"}


def test_site_shows_changes_that_customers_can_object_to(history: tuple[HistoryEntry, ...]) -> None:
    entry = next(
        each for each in history[::-1] if each.old and any(c.level == "notice" for c in each.changes)
    )
    assert entry.new
    announced = entry.new.model.date
    during, after = (announced + timedelta(days=days) for days in (3, 60))
    texts = [read(real(history, day)).text for day in (during, after)]
    assert ["Upcoming changes" in text for text in texts] == [True, False]
    assert "For a notice sent on that day, the time to object ends on" in texts[0]


def test_site_changes_are_by_year_and_like_ones_are_joined(history: tuple[HistoryEntry, ...]) -> None:
    text = read(real(history, date(2024, 6, 1))).text
    years = [text.index(f"{year} ") for year in (2024, 2023, 2022) if f"{year} " in text]
    assert years == sorted(years)
    assert all(f"Version {number}.0.0" in text for number in (6, 5, 4))
    joined = [
        line for line in text.splitlines() if line.endswith("access to personal data is now stated: yes.")
    ]
    assert all(" and " in line for line in joined)


@pytest.mark.slow
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
        "de": "PostHog ist ein neuer Dienst.",
        "de-CH": "PostHog ist ein neuer Dienst.",
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
    assert tags.count("script") == 3  # two of them are data
    assert "img" not in tags
    assert not ("b" in tags[:-1] and "x" in tags)
    assert r"<script>alert(1)</script>\u202e" in page.text
    assert "</style><img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %}" in page.text
    links = [a["href"] for tag, a in page.elements if tag == "a" and a.get("rel")]
    assert links == ['https://example.com/?a="><script>']


@pytest.mark.slow
def test_site_folder_has_page_feed_and_data(history: tuple[HistoryEntry, ...]) -> None:
    given = real(history, DAY)._replace(url="https://example.com/privacy/list.html")
    files = site.render_files(given)
    downloads = ["annex-iii.docx", "list.csv", "list.jsonld", "list.xlsx", "registry.json"]
    assert sorted(files) == sorted(["feed.xml", "index.html", *downloads])
    german = site.render_files(given._replace(language="de"))
    assert [b'lang="de"' in german[name] for name in ("feed.xml", "index.html")] == [True, True]
    assert (
        b'rel="self" type="application/atom+xml" href="https://example.com/privacy/feed.xml"'
        in files["feed.xml"]
    )
    page = Read(files["index.html"].decode())
    hrefs = [a.get("href") for _, a in page.elements]
    assert {"feed.xml", *downloads, "https://example.com/privacy/list.html"} <= set(hrefs)
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
    assert "feed.xml" not in files
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


@pytest.mark.slow
def test_site_in_several_languages_links_them() -> None:
    exporter = next(each for each in EXPORTERS if each.name == "site")
    given = export(TWO)._replace(languages=("en", "de"), url="https://example.com/list/")
    files = exporter.render_files(given)
    assert {"index.html", "index.de.html", "annex-iii.docx", "annex-iii.de.docx", "list.csv"} <= {*files}
    english, german = (Read(files[name].decode()) for name in ("index.html", "index.de.html"))
    for page, other, name in ((english, "de", "index.de.html"), (german, "en", "index.html")):
        links = [a.get("href") for tag, a in page.elements if tag == "a" and a.get("hreflang") == other]
        assert links == [name]
    canonical = [a["href"] for tag, a in german.elements if tag == "link" and a.get("rel") == "canonical"]
    assert canonical == ["https://example.com/list/index.de.html"]
    assert "Unterauftragsverarbeiter" in german.text


def test_site_has_structured_data() -> None:
    page = site.render(export(TWO)).decode()
    dataset, vocabulary = (
        json.loads(part.partition("</script>")[0])
        for part in page.split('<script type="application/ld+json">')[1:]
    )
    assert (dataset["@type"], dataset["creator"]["name"]) == ("Dataset", "Example GmbH")
    assert [part["name"] for part in dataset["hasPart"]] == ["Example Mail", "Quiet"]
    assert "dpv" in vocabulary["@context"]


def test_site_links_a_page_and_a_mail_to_subscribe() -> None:
    for address, href in (
        ("privacy@example.com", "mailto:privacy@example.com"),
        ("https://example.com/subscribe", "https://example.com/subscribe"),
    ):
        page = read(export(listing("  a: {name: A}\n", head=f"publish: {{subscribe: '{address}'}}")))
        assert href in {a.get("href") for tag, a in page.elements if tag == "a"}


@pytest.mark.parametrize("colour", ["#ffff00", "#000000", "#0b7a75", "#ffffff"])
def test_accent_can_be_read_on_light_and_dark(colour: str) -> None:
    light, dark = adjust_contrast(colour, "light"), adjust_contrast(colour, "dark")
    assert sum(int(light[at : at + 2], 16) for at in (1, 3, 5)) < 510
    assert sum(int(dark[at : at + 2], 16) for at in (1, 3, 5)) > 255
    page = site.render(export(listing("  a: {name: A}\n", head=f"publish: {{accent: '{colour}'}}"))).decode()
    assert f"--accent: {light}" in page
    assert f"--accent: {dark}" in page


def test_own_template_replaces_a_block_and_keeps_the_policy() -> None:
    templates = {
        "page.html": '{% extends "subproc/page.html" %}{% block end %}<p>Imprint of {{ list.publisher }}</p>{% endblock %}',
        "style.css": ".list { color: red; } </style><script>",
    }
    page = read(export(TWO)._replace(templates=templates))
    assert "Imprint of Example GmbH" in page.text
    assert "What is not stated" not in page.text
    assert [tag for tag, _ in page.elements].count("script") == 3
    policy = next(a["content"] for tag, a in page.elements if tag == "meta" and a.get("http-equiv")) or ""
    assert b64encode(sha256(page.inside["style"].encode()).digest()).decode() in policy


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if %}", "page.html:1"),
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ list.__class__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ 1 + 'a' }}", "unsupported operand"),
        ("{% for each in range(999999) %}{% endfor %}", "Range too big"),
        ("{% include 'page.html' %}", "recursion"),
    ],
)
def test_own_template_that_is_wrong_is_reported(template: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        site.render(export(TWO)._replace(templates={"page.html": template}))


def test_site_read_by_import_has_the_names_and_companies_of_the_list() -> None:
    about = listing(
        """\
  nordmail: {name: Nordmail, group: Post, purpose: Newsletters, entity: {name: Nordmail Ltd.}, processing: [US, DE]}
  windpay: {name: Windpay, activation: opt-in, purpose: Payments, entity: {name: Windpay GmbH}, processing: [DE]}
"""
    )
    page = site.render(export(about))
    drafts = import_file(Source("index.html", page), InputFormat.AUTO, Labels()).drafts
    assert {key: (draft.name, draft.first("entity.name")) for key, draft in drafts.items()} == {
        "nordmail": ("Nordmail", "Nordmail Ltd."),
        "windpay": ("Windpay", "Windpay GmbH"),
    }
    assert drafts["nordmail"].first("group") == "Post"


def test_site_marks_the_language_of_a_purpose_that_is_not_that_of_the_page() -> None:
    about = listing(
        "  a: {name: A, purpose: {en: Hosting of data, de: Betrieb}}\n"
        "  b: {name: B, purpose: {fr: Envoi de messages}}\n"
        "  c: {name: C, purpose: Statistics}\n"
    )
    exporter = next(each for each in EXPORTERS if each.name == "site")
    page = exporter.render(export(about, "de")).decode()
    assert page.count(' lang="fr"') == 1
    assert re.search(r' lang="fr" dir="auto" data-label="[^"]*">Envoi de messages<', page)
    assert ' lang="en"' not in page


def test_site_marks_the_language_of_conditions_notes_and_the_introduction() -> None:
    about = listing(
        "  a:\n    name: A\n    condition: {fr: sur demande}\n    subjects: [{fr: visiteurs}, clients]\n"
        "    sees: [{data: identity.email, when: {fr: un message part}, note: {fr: par lots}}]\n"
        "    processing: [{place: US, when: {en: support is needed, de: bei Bedarf}}]\n",
        head="publish: {intro: {fr: Nos services.}}\n",
    )
    page = site.render(export(about, "de")).decode()
    marked = set(re.findall(r'lang="fr"(?: dir="auto")?>([^<]*)<', page))
    assert marked == {"Nos services.", "sur demande", "visiteurs", "un message part", "par lots"}
    assert re.search(r'E-Mail-Adresse \([^<]*<span lang="fr" dir="auto">un message part</span>', page)
    assert page.count('lang="de"') == 1  # the page itself
    assert 'lang="en"' not in page


def test_site_marks_a_foreign_text_only_as_a_whole_and_the_longest_first() -> None:
    languages = {"par lots": "fr", "par lots entiers": "fr", "lot": "en"}
    assert split_passages("x (par lots entiers; par lots)", languages) == (
        ("x (", ""),
        ("par lots entiers", "fr"),
        ("; ", ""),
        ("par lots", "fr"),
        (")", ""),
    )
    assert split_passages("Allotment", languages) == (("Allotment", ""),)


def test_site_shows_the_condition_of_a_service_that_is_always_used() -> None:
    page = site.render(export(listing("  a: {name: A, condition: only on public pages}\n"))).decode()
    assert "only on public pages" in page
