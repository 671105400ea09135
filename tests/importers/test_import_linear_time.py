"""Pages that are made to cost much are read in time that grows as they do."""

from contextlib import suppress
from time import process_time

import pytest

from import_cases import made
from subproc_cli.errors import SubprocError
from subproc_cli.importers.input_format import InputFormat

KINDS = {
    "html": InputFormat.HTML,
    "md": InputFormat.MARKDOWN,
    "js": InputFormat.SCRIPT,
    "csv": InputFormat.CSV,
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "before", "unit"),
    [
        ("html", "<h2>Subprocessors</h2>", "<ul><li>a: b"),
        ("html", "<h2>Acme</h2>", "<p>Purpose: x</p>"),
        ("html", "", "<b>Acme Inc</b><br>"),
        ("html", "", "<h2>Name Inc"),
        ("html", "", "<script "),
        ("html", "", '<script type="application/json">'),
        ("html", "<table>", "<tr><td rowspan=1000 colspan=1000>a"),
        ("html", "", "<!--"),
        ("md", "We use these subprocessors:\n\n", "- A\n  - B: x\n"),
        ("md", "", "_a"),
        ("md", "", "[a]("),
        ("md", "", "*"),
        ("md", "", "|"),
        ("md", "", "**Acme** "),
        ("md", "## Acme\n\n", "Purpose: x\n\n"),
        ("md", "", "A\n\n"),
        ("js", "", "= ["),
        ("js", "", "/*["),
        ("js", "", "({a:"),
        ("js", "", "return "),
        ("js", "", 'const a = "x"\n'),
        ("js", "", "const a = ['x'];\n"),
        ("csv", "Name,Purpose\n", '"a,'),
    ],
)
def test_import_of_a_hostile_page_takes_time_that_grows_as_the_page_does(
    kind: str, before: str, unit: str
) -> None:
    times = []
    for size in (15_000, 60_000):
        text = before + unit * (size // len(unit))
        start = process_time()
        with suppress(SubprocError):
            made(text, KINDS[kind])
        times.append(process_time() - start)
    assert times[1] < 8 * times[0] + 0.5
