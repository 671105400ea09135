"""How long the page of many services takes in Chromium: to load, and for each filter, search and order.

A time ends when the browser has laid out and painted the page. The median of some rounds is printed.

Usage: PYTHONPATH=tests/helpers python benchmarks/public_page.py [SERVICES]
"""

import statistics
import sys
import tempfile
from pathlib import Path

from chromium import PROGRAM, Browser
from machine import described
from many_services import AS_OF, build_registry
from subproc_cli.exporters import site
from subproc_cli.exporters.exporter import Export

ROUNDS = 5
LOADED = """new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"""
CHANGED = """new Promise((done) => {{
  const field = document.getElementById("{field}");
  field.value = "{value}";
  const start = performance.now();
  field.dispatchEvent(new Event("input", {{bubbles: true}}));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
}})"""
STEPS = (
    ("_filter-data", "identity.email"),
    ("_filter-place", "outside-eea"),
    ("_filter-type", "payments"),
    ("_filter-role", "subprocessor"),
    ("_search", "mail"),
    ("_sort", "name"),
)


def main() -> None:
    """Print the times in milliseconds."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    if not PROGRAM:
        sys.exit("there is no Chromium on this machine")
    registry = build_registry(number)
    page = site.render(Export(registry, registry.find_services_in_use(AS_OF), AS_OF))
    print(described())
    print(f"{number} services, {len(page):,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.html"
        path.write_bytes(page)
        with Browser(Path(folder) / "profile") as browser:
            browser.width(1280)
            times: dict[str, list[float]] = {}
            for _ in range(ROUNDS):
                browser.open(path)
                times.setdefault("load", []).append(browser.run(LOADED))
                for field, value in STEPS:
                    for asked in (value, ""):
                        name = f"{field.removeprefix('_')} {asked or 'cleared'}"
                        step = CHANGED.format(field=field, value=asked)
                        times.setdefault(name, []).append(browser.run(step))
    for name, found in times.items():
        print(f"{name:<32} {statistics.median(found):8.0f} ms   (most: {max(found):.0f})")


if __name__ == "__main__":
    main()
