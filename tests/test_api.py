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
    "CheckResult",
    "Customer",
    "Direction",
    "Finding",
    "Level",
    "Notice",
    "Position",
    "Problem",
    "QuestionSyntaxError",
    "ReadError",
    "Registry",
    "Severity",
    "SubprocError",
    "UsageError",
    "Verdict",
    "ask",
    "check",
    "compare",
    "load",
    "load_customers",
    "plan_notices",
    "required_bump",
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


def test_public_function_has_not_the_name_of_a_folder_or_module() -> None:
    folders = {path.stem for path in Path(subproc_cli.__file__).parent.iterdir()}
    assert folders.isdisjoint(NAMES)


def test_the_package_is_imported_without_what_it_offers() -> None:
    script = "import sys, subproc_cli; print('pydantic' in sys.modules, 'yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_plan_notices_with_customers_names_each_of_them(tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("name,days\nExample AG,60\n", encoding="utf-8")
    old, new = (
        subproc_cli.load(ROOT / f"examples/caplena/{day}.yaml") for day in ("2023-05-24", "2024-04-09")
    )
    (notice,) = subproc_cli.plan_notices(old, new, to=subproc_cli.load_customers(file))
    assert notice.customer
    assert (notice.customer.name, str(notice.terms.days)) == ("Example AG", "60 days")
    file.write_text("nme\nx\n", encoding="utf-8")
    with pytest.raises(subproc_cli.ReadError) as caught:
        subproc_cli.load_customers(file)
    assert "did you mean name?" in caught.value.details[0]


def test_load_takes_bytes_text_and_a_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "format: 1\npublisher: P\nversion: 1.0.0\ndate: 2024-01-01\nservices: {}\n"
    (tmp_path / "registry.yaml").write_text(text, encoding="utf-8")
    author = ("-c", "user.name=Example", "-c", "user.email=dev@example.com")
    for arguments in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "first"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)  # noqa: S607
    monkeypatch.chdir(tmp_path)
    loaded = [subproc_cli.load(each) for each in (text, text.encode(), "HEAD", Path("registry.yaml"))]
    assert {registry.model.version for registry in loaded} == {"1.0.0"}
    assert [bool(registry.commit) for registry in loaded] == [False, False, True, False]
