"""Draws what the program prints, for the README: python docs/pictures/draw.py."""

import re
import sys
from datetime import date
from io import StringIO
from pathlib import Path

from rich.console import Console  # a picture of a terminal
from rich.text import Text

from subproc_cli.output import terminal
from subproc_cli.question.evaluator import ask
from subproc_cli.question.report import AnswersReport
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read

ROOT = Path(__file__).parent.parent.parent
DAY = date(2026, 11, 23)
WIDTH = 80
PICTURES = {"email": "see email", "outside": "process outside the EU"}


def drawn(name: str) -> str:
    """Return a question and its answers as SVG, as they look in a terminal."""
    index = load_registry(read(str(ROOT / "registry.yaml")))
    assert isinstance(index, Registry)
    question = PICTURES[name]
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, highlight=False)
    console.print(Text(f"$ subproc which {question}\n", "bold"))
    page = AnswersReport(ask(index, question, DAY)).to_document()
    console.print(Text.from_ansi(terminal.render(page, WIDTH)))
    picture = console.export_svg(title="subproc", unique_id=f"subproc-{name}")
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)  # no font from elsewhere


def main() -> None:
    """Draw all pictures in the folder of this file."""
    for name in PICTURES:
        Path(__file__).with_name(f"{name}.svg").write_text(drawn(name), encoding="utf-8")
        sys.stdout.write(f"{name}.svg\n")


if __name__ == "__main__":
    main()
