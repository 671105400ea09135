"""The frame of a site around a page, and what it says of the publisher."""

from datetime import date

from import_cases import made
from rows import for_rows
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.publisher import find_publisher
from subproc_cli.yaml.source import Source

TABLE = "<table><tr><th>Subprocessor</th><th>Purpose</th></tr><tr><td>Alpha</td><td>Hosting</td></tr></table>"


def skipped(page: str) -> str:
    return "\n".join(made(page, InputFormat.HTML).report.skipped)


@for_rows(
    "frame",
    [
        "<nav><a href='/a'>Frame Home</a> <a href='/b'>Frame Prices</a></nav>",
        "<div role='navigation'>Frame</div>",
        "<footer><p>Frame</p></footer>",
        "<div class='site' role='contentinfo'>Frame</div>",
        "<div id='cookie-banner'>Frame: we use cookies. <button>Accept all</button></div>",
        "<div class='cc cookie_consent'>Frame</div>",
        "<a href='#main'>Skip to content of the Frame</a>",
    ],
)
def test_frame_of_a_site_is_not_kept(frame: str) -> None:
    page = f"<body>{frame}<h1>Subprocessors</h1><p>Kept text.</p>{TABLE}</body>"
    assert "Frame" not in skipped(page)
    assert "Kept text." in skipped(page)


@for_rows(
    "part",
    [
        "<div class='cookie-notice'><h1>Kept</h1></div>",
        "<article><p>Text</p><footer>Kept</footer></article>",
        "<a href='#main'>Kept</a>",
        "<footer><a href='/x'>Frame</a><p>Kept: some places are outside the EU.</p></footer>",
    ],
)
def test_part_that_belongs_to_the_page_is_kept(part: str) -> None:
    texts = skipped(f"<body>{part}{TABLE}</body>")
    assert "Kept" in texts
    assert "Frame" not in texts


def test_date_in_the_foot_of_a_site_is_that_of_the_list() -> None:
    foot = (
        "<footer><ul><li><a href='/x'>Frame</a></li></ul>Last updated: 5 May 2026<p>© 2026 Frame</p></footer>"
    )
    found = made(f"<body>{TABLE}{foot}</body>", InputFormat.HTML)
    assert (found.read.model.date, "Frame" in "".join(found.report.skipped)) == (date(2026, 5, 5), False)


def test_table_in_an_element_named_after_cookies_is_read() -> None:
    assert list(made(f"<div class='cookie-notice'>{TABLE}</div>", InputFormat.HTML).services) == ["alpha"]


@for_rows(
    "head, foot, publisher",
    [
        ("<title>Subprocessors - Legal - Acme</title>", "", "Acme"),
        ("<title>Subprocessor List · Acme Docs</title>", "", "Acme"),
        ("<title>Auftragsverarbeitungsvertrag (AVV) — Acme-Systems</title>", "", "Acme-Systems"),
        ("<title>Subprocessors — acme</title>", "", "Acme"),
        ("<meta property='og:site_name' content='Acme'>", "", "Acme"),
        ("<meta property='og:site_name' content='GitHub'>", "", ""),
        ("", "<footer>© 2024-2026 Acme GmbH. Alle Rechte vorbehalten.</footer>", "Acme GmbH"),
        ("", "<footer>Copyright © 2026 by Acme, Inc. All rights reserved.</footer>", "Acme, Inc."),
        ("", "<p>Made in a small town.</p>", ""),
    ],
)
def test_publisher_is_found_in_the_head_and_the_foot_of_a_site(head: str, foot: str, publisher: str) -> None:
    page = f"<html><head>{head}</head><body>{TABLE}{foot}</body></html>"
    found = import_file(Source("page.html", page.encode()), InputFormat.HTML, Labels())
    assert found.title == publisher


@for_rows(
    "text, publisher",
    [
        ("Die Acme GmbH (nachfolgend „wir“) setzt folgende Unterauftragsverarbeiter ein:", "Acme GmbH"),
        ("La société Acme SAS (ci-après « nous ») fait appel aux sous-traitants suivants :", "Acme SAS"),
        ("At Acme, we work with third parties.", "Acme"),
        ("We, Acme Ltd., use the following subprocessors:", "Acme Ltd."),
        ("This page lists the sub-processors that help Acme provide its service.", "Acme"),
        ("These vendors help us provide our service.", ""),
        ("At home, we use subprocessors.", ""),
        ("Estos subencargados tratan datos por cuenta de Acme:", "Acme"),
        ("The service providers Acme uses to host data.", "Acme"),
    ],
)
def test_publisher_is_found_in_a_sentence(text: str, publisher: str) -> None:
    assert find_publisher(["Subprocessors"], [text]) == publisher


@for_rows(
    "title",
    ["Welcome to our Subprocessors", "Data Processing Agreement: Annex III – List of Sub-processors"],
)
def test_title_without_a_company_names_no_publisher(title: str) -> None:
    assert find_publisher([title], []) == ""


def test_publisher_is_found_in_the_front_matter() -> None:
    assert find_publisher(["Subprocessors"], [], front="title: Subprocessors\ncompany: Acme") == "Acme"
    assert find_publisher(["Subprocessors"], [], front="author: Jo Example") == ""
