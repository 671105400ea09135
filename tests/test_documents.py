"""The documents that are generated say what the code says."""

from pathlib import Path

from subproc_cli.render import markdown
from subproc_cli.views.kinds import KindsView
from subproc_cli.views.rules import RulesView

ROOT = Path(__file__).parent.parent


def test_the_manual_of_changes_is_generated_from_the_table() -> None:
    """Written anew by: subproc diff --kinds -f markdown -o docs/changes.md."""
    written = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    assert written == markdown.render(KindsView(manual=True).page())


def test_the_manual_of_rules_is_generated_from_the_rules() -> None:
    """Written anew by: subproc rule --all -f markdown -o docs/rules.md."""
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == markdown.render(RulesView(manual=True).page())
