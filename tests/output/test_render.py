"""Every format shows a text as a text: what could drive a terminal, a page or a spreadsheet is escaped."""

import json as standard_json
import re
from collections import Counter
from csv import reader
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subproc_cli.characters import unescape
from subproc_cli.diagnostics import Position
from subproc_cli.diff.classify import diff
from subproc_cli.diff.report import ChangesReport
from subproc_cli.notice.plan import Request, plan
from subproc_cli.notice.report import NoticePlanReport
from subproc_cli.output import csv, html, json, markdown, terminal, unified_diff
from subproc_cli.output.document import (
    Bullets,
    Code,
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Report,
    Span,
    Style,
    Table,
    emphasize,
    make_line,
    mark_code,
)
from subproc_cli.output.sanitize import is_deceptive, sanitize_line, sanitize_xml
from subproc_cli.output.terminal import measure_width
from subproc_cli.overview.categories import CategoriesReport
from subproc_cli.overview.list import ServicesReport
from subproc_cli.overview.matrix import MatrixReport
from subproc_cli.overview.places import PlacesReport
from subproc_cli.overview.show import ServiceReport
from subproc_cli.question.evaluator import ask
from subproc_cli.question.report import AnswersReport
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read
from subproc_cli.rules.formats import github
from subproc_cli.rules.formats.github import Annotation

ROOT = Path(__file__).parent.parent.parent
DAY = date(2024, 5, 1)
STYLE = re.compile("\x1b\\[[0-9;]*m")


def paragraph(said: str) -> Page:
    return (Paragraph(make_line(said)),)


def everywhere(said: str) -> Page:
    """Return a page with a text in every block."""
    return (
        Heading(make_line(emphasize(said)), 1),
        Paragraph(make_line("It says ", emphasize(said), ".")),
        Bullets((make_line(said), make_line("next"))),
        Facts((Fact(Span(said, Style.STRONG), (make_line(said), make_line("next"))),)),
        Table(("A", "B"), ((make_line(said), make_line("next")),)),
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Example GmbH, 東京 – “x”", "Example GmbH, 東京 – “x”"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x9b31m", r"\x9b31m"),  # the same in one character
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("[red]x[/red]", "[red]x[/red]"),
        (":smile:", ":smile:"),
        ("a\r\nb", "a b"),
        ("a\rb", "a b"),
        ("x\u202egpj.exe", r"x\u202egpj.exe"),
        ("a\u200bb\u2066c", r"a\u200bb\u2066c"),
        ("a\u2028b", r"a\u2028b"),
        ("\ufeffa", r"\ufeffa"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),  # a tag: an invisible letter
        ("\x00\x7f", r"\x00\x7f"),
        ("a\u3164b\u115f\u2800", r"a\u3164b\u115f\u2800"),  # letters and signs that are blank
    ],
)
def test_render_as_text_and_terminal_escapes_control_characters(said: str, shown: str) -> None:
    assert terminal.render(paragraph(said), 80, colour=False) == f"{shown}\n"
    assert STYLE.sub("", terminal.render(paragraph(said), 80)) == f"{shown}\n"
    assert STYLE.sub("", terminal.render(everywhere(said), 80)) == terminal.render(
        everywhere(said), 80, colour=False
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Example GmbH (DE), a-b, x.y", "Example GmbH (DE), a-b, x.y"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("&lt;", r"\&lt;"),
        ("a | b", r"a \| b"),
        ("[here](javascript:x)", r"\[here\](javascript:x)"),
        ("![x](y)", r"!\[x\](y)"),
        ("**a** _b_ ~~c~~ `d`", r"\*\*a\*\* \_b\_ \~\~c\~\~ \`d\`"),
        ("a\\|b", r"a\\\|b"),
        ("# a", r"\# a"),
        ("- a", r"\- a"),
        ("+ a", r"\+ a"),
        ("1. a", r"1\. a"),
        ("2) a", r"2\) a"),
        ("> a", r"\> a"),
        ("a\r\n\r\n# b", r"a    \# b"),
        ("\x1b[31m", r"\\x1b\[31m"),
        ("\ud800\u202e", r"\\ud800\\u202e"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("***", r"\*\*\*"),
        ("-5 to +5", "-5 to +5"),
        ("https://example.com/a_b", r"https:<!-- -->//example.com/a\_b"),
        ("WWW.example.com, www.example.com", "WWW<!-- -->.example.com, www<!-- -->.example.com"),
        ("fixes #9, octo/repo#5", r"fixes \#<!-- -->9, octo/repo\#<!-- -->5"),
        ("gh-12, !12, ~bug, C#", r"gh-<!-- -->12, !<!-- -->12, \~<!-- -->bug, C\#"),
        ("octo/repo@0deadbeef", "octo/repo@0<!-- -->deadbeef"),
        ("d41d8cd98f00b204e9800998ecf8427e0a1b2c3d", "d<!-- -->41d8cd98f00b204e9800998ecf8427e0a1b2c3d"),
        ("20240315, 030 1234567, facade, effaced1x", "20240315, 030 1234567, facade, effaced1x"),
        ("@team and privacy@example.com", "@<!-- -->team and privacy@example.com"),
        ("$x$", r"\$x\$"),
        ("** x**", r"\*\* x\*\*"),
    ],
)
def test_render_as_markdown_escapes_markup(said: str, shown: str) -> None:
    assert markdown.render(paragraph(said)) == f"{shown}\n"


JOINED = [
    "داده‌پردازی",  # Persian: a non-joiner
    "می‌خواهم API‌ها",  # and between a foreign word and an ending
    "ශ්‍රී ලංකා",  # Sinhala: a joiner after a virama
    "അവന്‍ നന്മ",  # Malayalam: also at the end of a word
    "র‍্যাব",  # Bengali: also before a virama
    "👩‍💻 👩🏽‍🚀 👨‍👩‍👧",
    "🏳️‍🌈 ❤️‍🔥 🙂‍↔️",  # behind the sign that asks for colour
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿",  # flags that are spelled with tags
]


@pytest.mark.parametrize("said", JOINED)
def test_render_in_every_format_keeps_a_joiner_needed_for_spelling(said: str) -> None:
    assert sanitize_line(said) == said
    assert said in terminal.render(paragraph(said), 80, colour=False)
    assert said in STYLE.sub("", terminal.render(paragraph(said), 80))
    assert said in markdown.render(paragraph(said))
    assert said in html.render(paragraph(said))
    assert csv.render([(said,)]) == f"{said}\n"
    assert said in json.render({"said": said})
    assert sanitize_xml(said) == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Str\u200cipe", r"Str\u200cipe"),
        ("Str\u200dipe", r"Str\u200dipe"),
        ("\u200cStripe\u200d", r"\u200cStripe\u200d"),
        ("П\u200dриват", r"П\u200dриват"),
        ("東\u200d京", r"東\u200d京"),
        ("a\u200d👩", r"a\u200d👩"),
        ("👩\u200dx", r"👩\u200dx"),
        ("👩\u200c💻", r"👩\u200c💻"),
        ("داده\u200c\u200cپردازی", r"داده\u200c\u200cپردازی"),
        ("داده\u200c", r"داده\u200c"),
        ("داده\u200bپردازی", r"داده\u200bپردازی"),
        ("ශ්\u202eරී", r"ශ්\u202eරී"),
        ("🏴\U000e0067\U000e0062", r"🏴\U000e0067\U000e0062"),  # without the tag that ends it
        ("😀\U000e0067\U000e0062\U000e0073\U000e007f", r"😀\U000e0067\U000e0062\U000e0073\U000e007f"),
    ],
)
def test_sanitize_line_escapes_a_needless_joiner(said: str, shown: str) -> None:
    assert sanitize_line(said) == shown
    assert unescape(shown) == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (r"\u200c", r"\x5cu200c"),
        ("\u202e", r"\u202e"),
        (r"\x5cu202e", r"\x5cx5cu202e"),
        (r"C:\temp \d+ \u20", r"C:\temp \d+ \u20"),  # no escape has this form
        ("\\\u200b", r"\\u200b"),
    ],
)
def test_sanitize_line_of_a_text_like_an_escape_escapes_its_backslash(said: str, shown: str) -> None:
    assert sanitize_line(said) == shown
    assert unescape(shown) == said


@given(st.text(st.sampled_from("ax5cu20e\\\u200c\u200d\u202e\u06cc\u0dca🏴\U000e0067\U000e007f")))
def test_unescape_of_sanitize_line_returns_the_text(said: str) -> None:
    assert unescape(sanitize_line(said)) == said


def test_render_of_file_lines_keeps_their_own_escapes() -> None:
    line_of_file = r'name: "a\u202e" # ' + "\u202e"
    assert unified_diff.render("", line_of_file, "x.yaml").splitlines()[-1] == r'+name: "a\u202e" # \u202e'
    assert markdown.render((Code((line_of_file,)),)).splitlines()[1] == r'name: "a\u202e" # \u202e'


def test_render_as_markdown_keeps_the_shape_of_a_table() -> None:
    table = Table(("A|B", "C"), ((make_line("a|b\nc"), make_line(emphasize("d"))),))
    assert markdown.render((table,)) == "| A\\|B | C |\n| --- | --- |\n| a\\|b c | **d** |\n"


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\" onload='x' &amp;", "&quot; onload=&#x27;x&#x27; &amp;amp;"),
        ("\x1b\u202e\ud800\r\n", r"\x1b\u202e\ud800  "),
    ],
)
def test_render_as_html_escapes_markup(said: str, shown: str) -> None:
    rendered = html.render(everywhere(said))
    assert f"<p>It says <strong>{shown}</strong>.</p>" in rendered
    assert said not in rendered


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Example GmbH", "Example GmbH"),
        ('a,b "c"', 'a,b "c"'),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("a=b", "a=b"),
        (" =1+1", "' =1+1"),
        ("'=1+1", "''=1+1"),
        ("'a", "'a"),
        ("\t=1+1", "' =1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM(1)", "'＠SUM(1)"),
        ("a\r\nb", "a  b"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\ud800\u202e", r"\ud800\u202e"),
        ("", ""),
    ],
)
def test_render_as_csv_escapes_formulas(said: str, shown: str) -> None:
    rendered = csv.render([("head", "next"), (said, "next")])
    assert list(reader(StringIO(rendered, newline=""))) == [["head", "next"], [shown, "next"]]
    assert rendered.count("\n") == 2


@pytest.mark.parametrize(
    "said",
    [
        "\x1b[31m",
        "[red]x[/red]",
        "<b>",
        "=1+1",
        'a"b\\c',
        "a\r\nb",
        "\u202e\u200b",
        "\ud800",
        "\x7f\x85\x9b31m\u3164\U000e0041",
        "東京",
        "x" * 10_000,
    ],
)
def test_render_as_json_returns_the_same_text(said: str) -> None:
    rendered = json.render({"said": said})
    assert standard_json.loads(rendered) == {"said": said}
    assert [char for char in rendered if char != "\n" and is_deceptive(char)] == []
    assert rendered.encode().decode() == rendered  # no lone surrogate is left


@pytest.mark.parametrize("said", ["x" * 10_000, "東京" * 5_000, "é" * 10_000, "a " * 5_000])
@pytest.mark.parametrize("width", [40, 80])
def test_render_of_a_long_word_wraps_it_completely(said: str, width: int) -> None:
    lines = terminal.render(paragraph(said), width, colour=False).splitlines()
    assert max(map(measure_width, lines)) <= width
    assert "".join(lines).replace(" ", "") == said.replace(" ", "")
    assert markdown.render(paragraph(said)) == f"{said.strip()}\n"
    assert csv.render([(said,)]) == f"{said}\n"


@pytest.mark.parametrize(
    ("said", "width"),
    [("abc", 3), ("東京", 4), ("e\u0301", 1), ("ｆ", 2), ("ﾊ", 1), (r"\x1b", 4), ("می‌شد", 4)],
)
def test_measure_width_of_a_text_counts_terminal_columns(said: str, width: int) -> None:
    assert measure_width(said) == width


def test_render_of_wide_characters_aligns_the_columns() -> None:
    table = Table(("A", "B"), ((make_line("東京"), make_line("x")), (make_line("abcd"), make_line("x"))))
    assert terminal.render((table,), 80, colour=False) == "A     B\n東京  x\nabcd  x\n"


@pytest.mark.parametrize("space", ["\xa0", "\u202f"])
def test_render_of_a_fixed_space_breaks_no_line_there(space: str) -> None:
    assert terminal.render(paragraph(f"one two{space}three"), 10, colour=False) == f"one\ntwo{space}three\n"


def test_render_of_an_indented_cell_indents_each_of_its_lines() -> None:
    table = Table(("A",), ((make_line("  one two three"),),))
    assert terminal.render((table,), 10, colour=False) == "A\n  one two\n  three\n"


def test_render_of_a_table_longer_than_the_screen_repeats_the_header() -> None:
    table = Table(("A",), tuple((make_line(str(number)),) for number in range(4)))
    assert terminal.render((table,), 80, 3, colour=False).split() == ["A", "0", "1", "A", "2", "3"]


def test_render_of_a_word_wider_than_its_column_breaks_it() -> None:
    table = Table(("A", "B"), ((make_line("x" * 30), make_line("y" * 30)),))
    shown = terminal.render((table,), 40, colour=False)
    assert shown.count("x") == 30
    assert shown.count("y") == 30
    assert "…" not in shown


def test_render_of_no_table_rows_shows_the_header() -> None:
    assert terminal.render((Table(("A", "B"), ()),), 80, colour=False) == "A  B\n"


@pytest.mark.parametrize("width", [24, 40, 60])
def test_render_of_two_columns_of_long_words_fits_the_width(width: int) -> None:
    table = Table(("A", "B", "C"), ((make_line("x" * 50), make_line("y" * 50), make_line("z")),))
    shown = terminal.render((table,), width, colour=False)
    assert max(map(measure_width, shown.splitlines())) <= width
    assert (shown.count("y"), shown.count("z")) == (50, 1)


@pytest.mark.parametrize("term", ["dumb", "xterm"])
def test_render_of_a_width_ignores_the_terminal_type(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    assert terminal.render(paragraph("x" * 100), 120) == f"{'x' * 100}\n"


@pytest.mark.parametrize("term", ["dumb", "", "xterm-256color"])
def test_render_of_colors_ignores_the_terminal_type(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    assert terminal.render((Paragraph(make_line(emphasize("x"))),), 80) == "\x1b[1mx\x1b[0m\n"


def test_render_of_github_annotations_has_no_escape_sequence() -> None:
    where = Position("a,b:\x1b.yaml", 3, 5)
    shown = github.render([Annotation("warning", where, "a: \x1b[31m", "100 %\r\nnext \x1b[0m \u202e")])
    assert shown == (
        r"::warning file=a%2Cb%3A\x1b.yaml,line=3,col=5,title=a%3A \x1b[31m::100 %25%0Anext \x1b[0m \u202e"
        "\n"
    )


def index(path: str) -> Registry:
    loaded = load_registry(read(str(ROOT / path)))
    assert isinstance(loaded, Registry), loaded
    return loaded


def views() -> dict[str, Report]:
    """Return every view that there is, of a real list."""
    old, new = index("registry.yaml"), index("examples/caplena/2024-04-09.yaml")
    services, changes = old.model.services, diff(old, new)
    planned = plan((old, new), changes, Request(DAY, DAY))
    return {
        "list": ServicesReport(old, services, DAY),
        "which": AnswersReport(ask(old, "see email and process outside the EU", DAY, services)),
        "why": AnswersReport(ask(old, "see email", DAY, services), why=True, explain=True),
        "matrix": MatrixReport(old, services, DAY),
        "leaves": MatrixReport(old, services, DAY, leaves=True),
        "changes": ChangesReport(old, new, changes),
        "no changes": ChangesReport(old, old, ()),
        "audience": NoticePlanReport(planned, (old, new)),
        "categories": CategoriesReport(old.category_tree),
        "places": PlacesReport(old.gazetteer, old.model.law, DAY),
        **{key: ServiceReport(old, key, service, DAY) for key, service in services.items()},
    }


VIEWS = views()


@pytest.mark.slow
@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("name", VIEWS)
def test_render_of_every_report_fits_the_width_and_keeps_every_word(name: str, width: int) -> None:
    page = VIEWS[name].to_document()
    folded, whole = terminal.render(page, width, colour=False), terminal.render(page, 10_000, colour=False)
    assert [each for each in folded.splitlines() if measure_width(each) > width] == []
    letters = re.sub(r"[\s=]+", "", folded)
    assert Counter(re.sub(r"[\s=]+", "", whole)) - Counter(letters) == Counter()
    assert [
        word for word in re.split(r"[\s=]+", whole) if len(word) < width // 4 and word not in letters
    ] == []


@pytest.mark.parametrize("name", VIEWS)
def test_to_rows_of_every_report_has_rows_of_equal_length(name: str) -> None:
    rows, record = list(VIEWS[name].to_rows()), VIEWS[name].to_record()
    assert {len(row) for row in rows} == {len(rows[0])}
    assert isinstance(record, dict)
    assert re.fullmatch(r"subproc/[a-z]+/1", record["schema"])


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.com/dpa?a=1#b", "<https://example.com/dpa?a=1#b>"),
        ("http://example.com", "<http://example.com>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://example.com/> <b>", r"https:<!-- -->//example.com/\> \<b\>"),
        ("https://example.com/a|b", r"https:<!-- -->//example.com/a\|b"),
        ("https://example.com@evil.example/`x`", r"https:<!-- -->//example.com@evil.example/\`x\`"),
    ],
)
def test_render_as_markdown_makes_a_link_only_of_a_safe_address(address: str, written: str) -> None:
    assert markdown.render((Paragraph(make_line(Span(address, Style.LINK))),)) == f"{written}\n"


def test_code_marked_in_a_text_of_the_program_is_code_in_markdown_and_keeps_its_marks_at_a_terminal() -> None:
    page = (Paragraph(mark_code("Set `since_*`, or `--at`.")),)
    assert markdown.render(page) == "Set `since_*`, or `--at`.\n"
    assert terminal.render(page, 80, colour=False).strip() == "Set `since_*`, or `--at`."
