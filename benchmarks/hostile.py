"""Texts that are made to cost much: four times the text may take eight times the time, and no more.

Each row is read in two lengths, and the ratio of their times is printed; 4 is linear. What takes less than a
twentieth of a second says nothing and hurts nobody. Exits with 1 if a ratio is above 8.

Usage: python benchmarks/hostile.py
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from machine import described
from subproc_cli.cli.main import main as run_command
from subproc_cli.diff.changelog_file import find_insert_point
from subproc_cli.errors import QuestionSyntaxError, SubprocError
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.importers import pipeline
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.notice.customers import customers
from subproc_cli.notice.ledger import chain
from subproc_cli.output.markdown import escape_block
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.question.reading import Reader
from subproc_cli.registry.comments import find_guessed_fields
from subproc_cli.registry.header import read_header
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.suppressions import find_suppressions
from subproc_cli.yaml.source import Source

MOST = 8
LEAST_SECONDS = 0.05
DAY = date(2026, 1, 31)
ONE = "format: 1\npublisher: Example\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n  a: {name: A}\n"


def read_question(text: str) -> None:
    """Read a question that begins like one and goes on with a text."""
    registry = load_registry(Source("registry.yaml", ONE.encode()))
    assert isinstance(registry, Registry)
    with suppress(QuestionSyntaxError):
        Reader(registry, DAY).read(f"see email{text}")


def read_suppression(text: str) -> None:
    """Find the suppressions and the guessed fields of a list with a long comment."""
    line = text.replace("\n", " ")
    registry = load_registry(Source("registry.yaml", f"{ONE}# subproc: ignore[x] {line}\n".encode()))
    if isinstance(registry, Registry):
        find_suppressions(registry)
        find_guessed_fields(registry)


READERS: dict[str, Callable[[str], object]] = {
    "question": read_question,
    "suppression": read_suppression,
    "customers": lambda text: customers.load_customers(Source("a.csv", f"name,address\n{text}".encode())),
    "ledger": lambda text: chain.parse_ledger(text.encode()),
    "changelog": lambda text: find_insert_point(f"# Changelog\n\n## {text}", "1.0.0"),
    "revision": lambda text: RevisionResolver("registry.yaml").read(text),
    "list": lambda text: load_registry(Source("registry.yaml", f"{ONE}{text}".encode())),
    "head of a list": lambda text: read_header(Source("registry.yaml", text.encode())),
    "text for Markdown": escape_block,
    "text for a terminal": sanitize_line,
}
UNITS = [*" \t\n#a([]{\"'\\`*_|<&@-.:^~é\u0301\u202e"]
UNITS += [
    "# ",
    " #",
    "a ",
    ": ",
    "1.",
    "www.",
    "http://",
    "..",
    "@{",
    "{'a':",
    '{"a":',
    "see email and ",
    "not ",
]
UNITS += ["name,", "name;a\n", " # subproc:", " # subproc: ignore", " # subproc: ignore[", " # guessed"]
UNITS += ["## [1.0.0]", "\\[1", "- ", "a: b\n"]

PAGES = {
    InputFormat.HTML: [
        ("<h2>Subprocessors</h2>", "<ul><li>a: b"),
        ("<h2>Acme</h2>", "<p>Purpose: x</p>"),
        ("", "<b>Acme Inc</b><br>"),
        ("", "<h2>Name Inc"),
        ("", "<script "),
        ("", '<script type="application/json">'),
        ("<table>", "<tr><td rowspan=1000 colspan=1000>a"),
        ("", "<!--"),
    ],
    InputFormat.MARKDOWN: [
        ("We use these subprocessors:\n\n", "- A\n  - B: x\n"),
        ("", "_a"),
        ("", "[a]("),
        ("", "*"),
        ("", "|"),
        ("", "**Acme** "),
        ("## Acme\n\n", "Purpose: x\n\n"),
        ("", "A\n\n"),
    ],
    InputFormat.SCRIPT: [
        ("", "= ["),
        ("", "/*["),
        ("", "({a:"),
        ("", "return "),
        ("", 'const a = "x"\n'),
        ("", "const a = ['x'];\n"),
    ],
    InputFormat.CSV: [("Name,Purpose\n", '"a,')],
}
STATEMENTS = ["sees: [{}]", "never_sees: [{}]", "sees: [{{data: content, may_contain: [{}]}}]"]
STATEMENTS += ["sees: [{0}], never_sees: [{0}]"]


def import_page(kind: InputFormat, text: str) -> None:
    """Import a page, and write and read the list that it becomes."""
    imported = import_file(Source("page", text.encode()), kind, Labels(None))
    load_registry(Source("registry.yaml", pipeline.render_registry(imported, "", DAY).encode()))


def check_statements(statement: str, categories: str) -> None:
    """Check a list that says the same again and again."""
    path = Path("registry.yaml")
    content = ONE.replace("{name: A}", f"{{name: A, {statement.format(categories)}}}")
    path.write_text(content, "utf-8")
    run_command(["check", str(path), "-o", "out"])


class Work(NamedTuple):
    """A text that is read in several lengths."""

    name: str
    read: Callable[[str], object]
    unit: str
    before: str = ""
    size: int = 10_000

    def run(self, times: int) -> None:
        """Read so many times the short text; it may be refused."""
        with suppress(SubprocError):
            self.read(self.before + self.unit * (self.size // len(self.unit) * times))


def works() -> Iterator[Work]:
    """Yield what is measured."""
    for name, read in READERS.items():
        yield from (Work(name, read, unit) for unit in UNITS)
    for kind, pages in PAGES.items():
        for before, unit in pages:
            yield Work(f"page ({kind.value})", partial(import_page, kind), unit, before, 15_000)
    for category in ("usage", "identity.email", "special.health"):
        for statement in STATEMENTS:
            unit = f"{category},"
            yield Work(
                f"check of {statement}", partial(check_statements, statement), unit, "", 2_000 * len(unit)
            )


def measured(work: Work, times: int) -> float:
    """Return the processor time of a piece of work."""
    begun = time.process_time()
    work.run(times)
    return time.process_time() - begun


def main() -> int:
    """Measure row by row, and print the ratio of each that takes long enough."""
    print(f"four times the text, ratio of processor times; {described('pyyaml')}")
    gc.disable()  # as the program does
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for work in works():
            if measured(work, 4) < LEAST_SECONDS:
                continue
            few, many = (min(measured(work, times) for _ in "123") for times in (1, 4))
            ratio = many / few
            worst = max(worst, ratio if many > 8 * few + LEAST_SECONDS else 0)
            print(f"{ratio:6.1f}  {many:7.3f} s  {work.name} of {(work.before + work.unit)[:60]!r}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
