"""The public interface: its names, and the examples of its manual."""

import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest

import subproc_cli
from subproc_cli import api

ROOT = Path(__file__).parent.parent
NAMES = [
    "Answer",
    "Answers",
    "Bump",
    "Change",
    "Customer",
    "Direction",
    "Found",
    "Index",
    "Language",
    "Level",
    "Notice",
    "Problem",
    "QuestionFault",
    "Report",
    "Severity",
    "SubprocError",
    "UnreadableFault",
    "UsageFault",
    "Verdict",
    "Where",
    "ask",
    "bump",
    "check",
    "customers",
    "diff",
    "load",
    "notices",
]


def test_the_public_names_are_these() -> None:
    assert subproc_cli.__all__ == api.__all__ == NAMES
    assert all(getattr(subproc_cli, name) is getattr(api, name) for name in NAMES)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(subproc_cli, "nothing")  # noqa: B009  that it is not there is the point


def test_every_public_function_has_its_manual() -> None:
    assert all(getattr(api, name).__doc__ for name in NAMES)


NAMED = "## The names\n\n| name | what it is |\n| --- | --- |\n"


def test_the_manual_tells_every_name() -> None:
    """The table at its end is written anew by UPDATE_DOCS=1."""
    rows = (f"| `{name}` | {summary(getattr(api, name))} |" for name in NAMES)
    file = ROOT / "docs" / "api.md"
    before = file.read_text(encoding="utf-8").partition("\n## The names\n")[0]
    made = f"{before.rstrip()}\n\n{NAMED}" + "\n".join(rows) + "\n"
    if os.environ.get("UPDATE_DOCS"):
        file.write_text(made, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == made


def summary(given: object) -> str:
    return " ".join((given.__doc__ or "").strip().partition("\n\n")[0].split()).replace("|", "\\|")


def test_the_examples_of_the_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, "api.md", None, 0)
    result = doctest.DocTestRunner().run(examples)
    assert result.attempted > 15
    assert result.failed == 0


@pytest.mark.parametrize(
    "script",
    [
        "import subproc_cli.diff.classify, subproc_cli.rules.engine; print(subproc_cli.diff, subproc_cli.rules)",
        "from subproc_cli import check, diff; import subproc_cli.diff.compare; print(diff, check)",
        "import subproc_cli.diff.compare as c; from subproc_cli import diff; print(c.compare, diff)",
        "from subproc_cli import check; import subproc_cli.rules.engine as r; print(check, r.run)",
        "import subproc_cli; print(subproc_cli.diff, subproc_cli.diff.compare.compare)",
    ],
)
def test_functions_come_before_the_rooms_of_their_name_and_lead_into_them(script: str) -> None:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.count("<function ") == 2


def test_the_package_is_imported_without_what_it_offers() -> None:
    script = "import sys, subproc_cli; print('pydantic' in sys.modules, 'yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_customers_are_told_by_name(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("name,days\nExample AG,60\n", encoding="utf-8")
    old, new = (
        subproc_cli.load(ROOT / f"examples/caplena/{day}.yaml") for day in ("2023-05-24", "2024-04-09")
    )
    (notice,) = subproc_cli.notices(old, new, to=subproc_cli.customers(file))
    assert notice.customer
    assert (notice.customer.name, notice.terms.days) == ("Example AG", 60)
    file.write_text("nme\nx\n", encoding="utf-8")
    with pytest.raises(subproc_cli.UnreadableFault) as caught:
        subproc_cli.customers(file)
    assert "did you mean name?" in caught.value.details[0]
