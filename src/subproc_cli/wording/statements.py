"""What a list states of a service, in the words of a language; countries and days through Babel."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Any, TypeAlias

from subproc_cli.enums import Activation, Extent, Language, Regime, Role
from subproc_cli.law import names
from subproc_cli.law.categories import covers
from subproc_cli.registry.index import Index
from subproc_cli.registry.service import Entity, Processing, Service, Statement, Transfer
from subproc_cli.verdict import Verdict
from subproc_cli.words import listed

Laws: TypeAlias = tuple[Regime, ...]
EU_GDPR: Laws = (Regime.EU_GDPR,)


class Statements:
    """The words of one language for what a list states.

    Args:
        language: the language.
        iso: whether days stay as the file has them, YYYY-MM-DD, instead of being written out.
    """

    def __init__(self, language: Language, *, iso: bool = False) -> None:
        self.language = language
        self._iso = iso
        self._said: Any = import_module(f"subproc_cli.wording.{language}")

    # Words

    def day(self, given: date) -> str:
        """Return a day: `2024-05-09`, or written out: `9 May 2024`, `9. Mai 2024`, `9 mai 2024`."""
        return given.isoformat() if self._iso else names.day(given, self.language)

    def listed(self, texts: Iterable[str], last: str = "and") -> str:
        """Return texts as people list them: `a, b and c`; `last` is `and` or `or`."""
        return listed(texts, self._said.OR if last == "or" else self._said.AND, self._said.ALSO)

    def role(self, given: Role) -> str:
        """Return what a service is in the GDPR's terms."""
        return str(self._said.ROLES[given])

    def activation(self, given: Activation) -> str:
        """Return who decides that a service is used."""
        return str(self._said.ACTIVATIONS[given])

    def legal(self, key: str, laws: Laws = EU_GDPR) -> str:
        """Return what some laws call something, with the articles: `derogation (Art. 49 GDPR)`."""
        articles: dict[str, list[str]] = {}
        for law in laws:
            term = self._said.OWN_TERMS.get(law, {}).get(key, self._said.TERMS[key])
            articles.setdefault(term, []).append(self._said.ARTICLES[law][key])
        return self.listed(f"{term} ({self._said.ALSO.join(each)})" for term, each in articles.items())

    def articles(self, laws: Laws) -> str:
        """Return where some laws ask for a notice."""
        return str(self._said.ALSO.join(self._said.ARTICLES[law]["notice"] for law in laws))

    @property
    def remote_access(self) -> str:
        """What it is called that people look in from a place."""
        return self._text("remote access")

    def category(self, index: Index, key: str) -> str:
        """Return a category in words; one of the publisher's own as the publisher labels it."""
        if key not in index.tree:
            return key
        category = index.tree[key]
        if self.language is Language.EN or category.own:
            return category.label
        return names.categories(self.language)[key]

    def place(self, index: Index, name: str) -> str:
        """Return a place in words: `Niederlande`, `EWR`; one of the publisher's own as it is written."""
        known: dict[str, str] = self._said.PLACES
        if name in known:
            return known[name]
        return name if name in index.gazetteer.regions else names.country(name, self.language)

    def the(self, index: Index, name: str) -> str:
        """Return a place as it stands in a sentence: `the Netherlands`, `the whole world`."""
        if name in self._said.IN_A_SENTENCE:
            return str(self._said.IN_A_SENTENCE[name])
        place = self.place(index, name)
        return f"the {place}" if name in self._said.WITH_ARTICLE else place

    # Statements

    def statement(self, index: Index, given: Statement) -> str:
        """Return what a service sees, with the conditions."""
        label = self.category(index, given.data)
        text = self._text("part", data=label) if given.extent is Extent.PARTIAL else label
        inside = self.listed(self.category(index, key) for key in given.may_contain)
        added = [self._text("may contain", data=inside)] if given.may_contain else []
        return self._with(text, [*added, *self._conditions(given.when, given.note)])

    def never(self, index: Index, service: Service) -> str:
        """Return what a service never sees; *everything* beside something else means the rest."""
        labels = [self._promised(index, service, key) for key in service.never_sees if key != "everything"]
        if "everything" in service.never_sees:
            labels.append(self._text("rest" if service.sees or labels else "anything"))
        return self.listed(labels, "or") if labels else ""

    def _promised(self, index: Index, service: Service, key: str) -> str:
        """Return a promise; what is seen within it is stated more closely, and so goes before it."""
        label = self.category(index, key)
        within = any(each.data != key and covers(key, each.data) for each in service.sees)
        return self._text("apart", data=label) if within else label

    def processing(self, index: Index, given: Processing) -> str:
        """Return where a service processes, with the conditions."""
        added = [self.remote_access] if given.how else []
        places = self.listed((self.place(index, name) for name in given.place), "or")
        return self._with(places, [*added, *self._conditions(given.when, given.note)])

    def entity(self, index: Index, given: Entity | None) -> str:
        """Return who stands behind a service, as far as it is stated."""
        if given is None:
            return ""
        known = [text for text in (given.name, given.address) if text]
        if given.country and not _ends_in(index, given.address or "", given.country):
            known.append(self.place(index, given.country))
        return ", ".join(known)

    def use(self, service: Service) -> str:
        """Return who decides that a service is used, and when."""
        text = self.activation(service.activation)
        return self._text("use", text=text, condition=service.condition) if service.condition else text

    def basis(self, given: Transfer, laws: Laws = EU_GDPR) -> str:
        """Return what a transfer rests on, with its last day and its note."""
        text = self.legal(given.basis, laws)
        if given.until:
            text += f", {self._text('until', day=self.day(given.until))}"
        return self._with(text, [given.note] if given.note else [])

    def home(self, laws: Laws) -> str:
        """Return where data does not leave home; what several laws have in common is the EEA."""
        return str(self._said.HOMES[laws[0] if len(laws) == 1 else Regime.EU_GDPR])

    def transfers(self, service: Service, leaves: Verdict, laws: Laws) -> list[str]:
        """Return what the transfers of a service rest on; without a word, whether any is stated at all.

        Args:
            service: the service.
            leaves: whether it processes in what is a third country to one of the laws.
            laws: the laws.
        """
        if not service.transfer and leaves is Verdict.NO:
            return [self._text("at home", area=self.home(laws))]
        return [self.basis(each, laws) for each in service.transfer]

    def _conditions(self, when: str | None, note: str | None) -> list[str]:
        return [text for text in (when and self._text("when", text=when), note) if text]

    def _with(self, text: str, added: list[str]) -> str:
        return f"{text} ({self._said.ALSO.join(added)})" if added else text

    def _text(self, key: str, **values: object) -> str:
        return str(self._said.TEXTS[key]).format(**values)


def _ends_in(index: Index, address: str, country: str) -> bool:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    return country in (index.gazetteer.find(tail), index.gazetteer.code(last))
