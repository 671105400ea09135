"""Names and products in a question; one that the list does not have is refused."""

from collections.abc import Mapping

from subproc_cli.facts import stated
from subproc_cli.question import lexicon
from subproc_cli.question.clauses import Clause, Question
from subproc_cli.question.reader import Reader
from subproc_cli.registry.service import Service
from subproc_cli.words import SURE, did_you_mean, fold


class Names:
    """Reads the user's own text, and holds it against all services of the list, those of another day too."""

    def __init__(self, reader: Reader, services: Mapping[str, Service]) -> None:
        self._reader = reader
        self._services = services

    def named(self) -> Question:
        """Read the name of a service, or some words of it."""
        name, services = self._text("a name"), self._services
        if services and not any(stated.is_named(name, *each) for each in services.items()):
            known = (word for key, service in services.items() for word in (service.name, key))
            hint = did_you_mean(name, known, SURE) or "see: subproc list --all"
            raise self._reader.fault(f"no service of the list is named {name!r}", hint)
        return self._taken("named")

    def product(self) -> Question:
        """Read the name of a product; where the list names none, every service serves it."""
        self._reader.skip(lexicon.BEFORE_PRODUCT)
        name = self._text("a product")
        known = sorted({product for each in self._services.values() for product in each.products})
        if known and fold(name) not in map(fold, known):
            hint = did_you_mean(name, known, SURE) or f"the list names {', '.join(known)}"
            raise self._reader.fault(f"no service of the list names the product {name!r}", hint)
        return self._taken("product")

    def _text(self, what: str) -> str:
        words = self._reader.ahead()
        if not words.strip():
            raise self._reader.fault(f"expected {what}")
        return words

    def _taken(self, clause: str) -> Question:
        return Clause(clause, (self._reader.rest(),))
