"""The page in a real browser: search, filters, keyboard, phone, colours, and no request to anybody."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chromium import PROGRAM, Browser
from registry_text import listing
from subproc_cli.exporters import site
from subproc_cli.exporters.exporter import Export
from subproc_cli.history.timeline import iter_history, list_folder_snapshots
from subproc_cli.locale.catalogue import find_languages

DAY = date(2024, 6, 1)
FOUR = listing(
    """\
  zeta: {name: Zeta Mail, purpose: Newsletters, sees: [identity.email], processing: [US]}
  quiet: {name: Quiet}
  alpha: {name: Älpha, sees: [payment.card], never_sees: [everything], processing: [DE]}
  beta: {name: Beta, sees: [identity.email], processing: [EU], entity: {name: Beta Ltd.}}
"""
)
WANTED = bool(os.environ.get("CI_BROWSER"))

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (PROGRAM or WANTED), reason="there is no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert PROGRAM, "CI_BROWSER is set, and there is no Chromium"
    with Browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of four services, the real list in each language, and one of long words."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "four.html").write_bytes(site.render(Export(FOUR, FOUR.find_services_in_use(DAY), DAY)))
    moments = tuple(
        iter_history(list_folder_snapshots(Path(__file__).parent.parent.parent / "examples" / "caplena"))
    )
    about = moments[-1].new
    assert about
    for language in find_languages():
        given = Export(about, about.find_services_in_use(DAY), DAY, language, history=moments)
        (folder / f"{language}.html").write_bytes(site.render(given))
    word = "x" * 200
    long = listing(f"  {word[:60]}: {{name: {word}, purpose: {word}, processing: [US], contact: {word}}}\n")
    (folder / "long.html").write_bytes(site.render(Export(long, long.find_services_in_use(DAY), DAY)))
    return folder


@pytest.fixture
def four(browser: Browser, pages: Path) -> Browser:
    browser.logged.clear()
    browser.requested.clear()
    browser.width(1280)
    browser.medium()
    browser.open(pages / "four.html")
    return browser


SHOWN = """[...document.querySelectorAll('tr.row')].filter(row => row.offsetParent)
    .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top).map(row => row.id)"""

WAIT = "new Promise(done => setTimeout(done, 50))"


def choose(browser: Browser, control: str, option: str) -> None:
    found = browser.run(
        f"""(() => {{
            const control = document.getElementById("{control}");
            const option = [...control.options].find(each => each.textContent === "{option}");
            control.value = option.value;
            control.dispatchEvent(new Event("input", {{bubbles: true}}));
            return option.value;
        }})()"""
    )
    assert found is not None


def status(browser: Browser) -> str:
    return str(browser.run("document.getElementById('_shown').textContent"))


def focused(browser: Browser) -> str:
    return str(browser.run("document.activeElement.id || document.activeElement.getAttribute('href')"))


def test_site_search_by_keyboard_filters_the_rows(four: Browser) -> None:
    four.run("document.getElementById('_services').focus()")
    four.press("Tab")
    assert focused(four) == "_search"
    four.type("ALPHA")  # accents and case do not count
    assert four.run(SHOWN) == ["alpha"]
    assert status(four) == "1 of 4 services shown"
    four.type(" nothing")
    assert four.run(SHOWN) == []
    assert status(four) == "No service matches."
    four.run("document.getElementById('_sort').focus()")
    four.press("Tab")
    assert focused(four) == "_clear"
    four.press("Enter", "\r")
    four.run(WAIT)
    assert four.run(SHOWN) == ["zeta", "quiet", "alpha", "beta"]
    assert status(four) == "All services shown (4)"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("beta ltd", ["beta"]),  # the company
        ("newsletters", ["zeta"]),  # the purpose
        ("email", []),  # data is asked for by its filter, which knows what cannot be ruled out
        ("stated", []),
        ("subprocessor", []),
    ],
)
def test_site_search_finds_names_companies_and_purposes_only(
    four: Browser, text: str, found: list[str]
) -> None:
    four.run("document.getElementById('_search').focus()")
    four.type(text)
    assert four.run(SHOWN) == found


def test_site_filter_keeps_services_that_cannot_be_ruled_out(four: Browser) -> None:
    choose(four, "_filter-data", "email address")
    assert four.run(SHOWN) == ["zeta", "beta", "quiet"]  # who says so first
    assert status(four) == "3 of 4 services shown · for 1 of them it cannot be ruled out"
    choose(four, "_filter-place", "outside the EEA")
    assert four.run(SHOWN) == ["zeta", "quiet"]
    hits = "[...document.querySelectorAll('.hit')].map(hit => hit.textContent)"
    assert four.run(hits) == ["cannot be ruled out: Sees email address, Processes outside the EEA"]


def test_site_filters_are_in_the_address(four: Browser, pages: Path) -> None:
    choose(four, "_filter-data", "email address")
    four.run("document.getElementById('_search').focus()")
    four.type("mail")
    address = str(four.run("location.search"))
    assert address == "?q=mail&data=identity.email"
    four.run("history.replaceState(null, '', location.pathname)")
    four.call("Page.navigate", url=f"{(pages / 'four.html').as_uri()}{address}")
    four.run("new Promise(done => setTimeout(done, 500))")
    assert four.run(SHOWN) == ["zeta"]
    assert four.run("document.getElementById('_filter-data').value") == "identity.email"


def test_site_details_open_by_key_and_all_at_once(four: Browser) -> None:
    opened = "[...document.querySelectorAll('tr.row details[open]')].length"
    four.run("document.querySelector('tr.row summary').focus()")
    four.press("Enter", "\r")
    assert four.run(opened) == 1
    label = "document.getElementById('_open').textContent"
    four.run("document.getElementById('_open').click()")
    assert (four.run(opened), four.run(label)) == (4, "Hide all details")
    four.run("document.getElementById('_open').click()")
    assert (four.run(opened), four.run(label)) == (0, "Show all details")


@pytest.mark.parametrize("address", ["#%E0%A4%A", "#nothing", "#_top"])
def test_site_link_to_nothing_is_no_error(four: Browser, address: str) -> None:
    four.run(f"location.hash = '{address}'")
    four.run(WAIT)
    assert four.logged == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("by name", ["alpha", "beta", "quiet", "zeta"]),
        ("by place", ["beta", "alpha", "zeta", "quiet"]),  # EU, Germany, United States, not stated
        ("as listed", ["zeta", "quiet", "alpha", "beta"]),
    ],
)
def test_site_sort_orders_the_rows(four: Browser, order: str, expected: list[str]) -> None:
    choose(four, "_sort", order)
    assert four.run(SHOWN) == expected


def test_site_link_to_a_hidden_row_shows_it_and_keeps_the_filter(four: Browser) -> None:
    choose(four, "_filter-place", "only within the EEA")
    assert "zeta" not in four.run(SHOWN)
    four.run("location = '#zeta'")
    four.run(WAIT)
    assert "zeta" in four.run(SHOWN)
    assert four.run("document.querySelector('#zeta details').open")
    assert four.run("document.getElementById('_filter-place').value") == "inside-eea"


def test_site_requests_no_other_resource(four: Browser, pages: Path) -> None:
    choose(four, "_filter-data", "email address")
    for language in find_languages():
        four.open(pages / f"{language}.html")
    assert four.logged == []
    assert {url.partition("#")[0] for url in four.requested} == {
        (pages / name).as_uri() for name in ("four.html", *(f"{each}.html" for each in find_languages()))
    }


def test_site_without_script_shows_every_row_and_no_control(four: Browser, pages: Path) -> None:
    four.width(1280)
    four.call("Emulation.setScriptExecutionDisabled", value=True)
    four.open(pages / "four.html")
    shown = four.run(SHOWN)
    names = "[...document.querySelectorAll('tr.row')].filter(row => row.checkVisibility()).map(row => row.textContent)"
    rows = four.run(names)
    controls = four.run(
        "['_search', '_sort', '_open'].filter(id => document.getElementById(id).checkVisibility())"
    )
    four.call("Emulation.setScriptExecutionDisabled", value=False)
    assert shown == ["zeta", "quiet", "alpha", "beta"]
    assert [name in row for name, row in zip(("Zeta Mail", "Quiet", "Älpha", "Beta"), rows, strict=True)] == [
        True
    ] * 4
    assert controls == []


@pytest.mark.parametrize("name", ["four", "en", "de", "fr", "long"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_site_at_any_width_has_no_horizontal_overflow(
    four: Browser, pages: Path, name: str, width: int
) -> None:
    four.width(width)
    four.open(pages / f"{name}.html")
    wide = """[...document.querySelectorAll("body *:not(.away, .away *, .skip, thead, thead *)")]
        .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
        .map(each => each.outerHTML.slice(0, 80))"""
    assert four.run("document.documentElement.scrollWidth") <= width
    assert four.run(wide) == []


CONTRAST = """(() => {
  const channel = (value) => (value /= 255) <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const ground = (each) => {
    for (; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
  };
  const poor = [];
  for (const each of document.querySelectorAll("body *")) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || each.closest("[hidden], .away, svg, script, option")) continue;
    const text = light(parse(getComputedStyle(each).color)), behind = light(ground(each));
    const ratio = (Math.max(text, behind) + .05) / (Math.min(text, behind) + .05);
    if (ratio < 4.5) poor.push([each.className, ratio, each.textContent.slice(0, 40)]);
  }
  return poor;
})()"""


@pytest.mark.parametrize("dark", [False, True])
def test_site_texts_have_enough_contrast(four: Browser, pages: Path, *, dark: bool) -> None:
    """WCAG 2.2, criterion 1.4.3: at least 4.5 to 1."""
    four.medium(dark=dark)
    four.open(pages / "en.html")
    choose(four, "_filter-data", "email address")
    assert four.run("getComputedStyle(document.body).backgroundColor") == (
        "rgb(18, 21, 26)" if dark else "rgb(244, 245, 247)"
    )
    assert four.run(CONTRAST) == []


def test_site_controls_have_labels_and_a_minimum_size(four: Browser) -> None:
    """WCAG 2.2, criteria 4.1.2 and 2.5.8."""
    labels = "[...document.querySelectorAll('input, select')].map(each => each.labels.length)"
    assert {*four.run(labels)} == {1}
    sizes = """[...document.querySelectorAll("input, select, button, summary")].filter(each => each.offsetParent)
        .map(each => each.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"""
    assert min(four.run(sizes)) >= 24


def test_site_print_shows_the_list_without_controls(four: Browser) -> None:
    four.medium(media="print")
    text = four.run("document.body.innerText")
    assert "Zeta Mail" in text
    assert "Search" not in text
    assert four.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
