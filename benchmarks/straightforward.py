"""A short program that answers `which see email`, against which `cold_start.py` measures `subproc`.

It uses the libraries that `subproc` uses, each in the usual way. It knows a single question, no position in
the file and no law.

Usage: python benchmarks/straightforward.py see email
"""

from pathlib import Path
from typing import Any

import typer
import yaml
from pydantic import BaseModel, ConfigDict
from rich.console import Console
from rich.table import Table

CATEGORIES = {"email": ("identity.email", "identity", "everything")}
"""A category with all that include it."""
app = typer.Typer()


class Service(BaseModel):
    """The fields of a service that the answer needs."""

    model_config = ConfigDict(extra="allow")
    name: str
    purpose: str | None = None
    sees: list[str | dict[str, Any]] = []
    may_contain: list[str | dict[str, Any]] = []
    never_sees: list[str | dict[str, Any]] = []

    def find(self, field: str, names: tuple[str, ...]) -> str | None:
        """Return the first statement of a field that is about one of the categories."""
        items = (item if isinstance(item, str) else item.get("data", "") for item in getattr(self, field))
        return next((item for item in items if item in names), None)

    def answer(self, names: tuple[str, ...]) -> tuple[str, str]:
        """Return the verdict on a category and its reason."""
        if found := self.find("sees", names):
            return "yes", f"it sees {found}"
        if found := self.find("never_sees", names):
            return "no", f"it never sees {found}"
        if found := self.find("may_contain", names):
            return "unknown", f"what it sees may contain {found}"
        return "unknown", "nothing is stated"


class Registry(BaseModel):
    """The list."""

    model_config = ConfigDict(extra="allow")
    publisher: str
    version: str
    services: dict[str, Service]


@app.command()
def which(words: list[str], registry: Path = Path("registry.yaml")) -> None:
    """Show which services see a category of data."""
    loaded = Registry.model_validate(yaml.safe_load(registry.read_text("utf-8")))
    names = CATEGORIES[words[-1]]
    table = Table("service", "answer", "reason", title=f"{loaded.publisher} {loaded.version}")
    styles = {"yes": "bold", "unknown": "magenta", "no": "default"}
    for service in loaded.services.values():
        verdict, reason = service.answer(names)
        table.add_row(service.name, verdict, reason, style=styles[verdict])
    Console().print(table)


if __name__ == "__main__":
    app()
