"""What a list states of a service, in the words of a language; countries and days through Babel."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Any, TypeAlias

from subproc_cli.enums import Activation, Basis, Extent, Language, Regime, Role
from subproc_cli.locale import names
from subproc_cli.reference.adequacy import SETTLED, Outcome, jurisdiction
from subproc_cli.reference.categories import covers
from subproc_cli.reference.geography import country_codes
from subproc_cli.registry.models import Entity, Processing, Service, Statement, Transfer
from subproc_cli.registry.registry import Index
from subproc_cli.text import listed

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
        self._said: Any = import_module(f"subproc_cli.locale.statements_{language}")

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

    def bases(self, index: Index, service: Service, laws: Laws, day: date) -> list[str]:
        """Return what the transfers of a service rest on in the terms of some laws, and what is not stated.

        A law names a basis only if it knows it: a safeguard by its word, a decision where the law has one of
        its own on a stated place on the day. A law that knows none of those that are stated says so, unless
        it asks for none.

        Args:
            index: the list.
            service: the service; nothing is returned if it states no basis.
            laws: the laws.
            day: decides which decisions there are.
        """
        named = {law: named_bases(index, service, law, day) for law in laws}
        texts, left = [], []
        for given in service.transfer:
            knowing = tuple(law for law in laws if given.basis in named[law])
            if knowing:
                texts.append(self._basis(given, knowing))
            elif given.note:
                left.append(given.note)
        if not service.transfer:
            return texts
        outcomes = {law: _outcome(index, service, law, day) for law in laws if not named[law]}
        covering = tuple(law for law, found in outcomes.items() if found is Outcome.ADEQUATE)
        if covering:
            texts.append(self._covered(covering))
        open_ = (law for law, found in outcomes.items() if found is Outcome.DEPENDS)
        texts += [self._with(self.not_stated_under(law), left) for law in open_]
        if not texts and all(found is Outcome.HOME for found in outcomes.values()):
            texts.append(self._within(laws))  # a decision that is stated has nothing to carry
        return texts

    def transfers(self, index: Index, service: Service, laws: Laws, day: date) -> list[str]:
        """Return what the transfers of a service rest on, and where nothing is stated why nothing need be.

        Empty where a basis is needed and none is stated.
        """
        if service.transfer:
            return self.bases(index, service, laws, day)
        if not service.processing or not all(_is_near(index, service, law, day) for law in laws):
            return []
        inland = tuple(law for law in laws if _outcome(index, service, law, day) is Outcome.HOME)
        abroad = tuple(law for law in laws if law not in inland and day >= jurisdiction(law).known_since)
        texts = [*([self._covered(abroad)] if abroad else ()), *([self._within(inland)] if inland else ())]
        if not texts:
            return []
        return [self._text("no basis", text=self._said.ALSO.join(texts))]

    def not_stated_under(self, law: Regime) -> str:
        """Return that what is stated is nothing under a law: `not stated under UK law`."""
        return self._text("not stated under", law=self.law(law))

    def unnamed(self, laws: Laws) -> str:
        """Return instead of a basis that none of some laws knows one: a noun, as a sentence needs it."""
        return self.listed(self._text("unnamed", law=self.law(law)) for law in laws)

    def law(self, given: Regime) -> str:
        """Return the name of a law in a sentence: `UK law`."""
        return str(self._said.LAWS[given])

    def home(self, laws: Laws) -> str:
        """Return where nothing is transferred under some laws: `the EEA`."""
        return self.listed(str(self._said.HOMES[law]) for law in laws)

    def _basis(self, given: Transfer, laws: Laws) -> str:
        """Return a basis in the terms of laws that know it, with its last day and its note."""
        text = self.legal(given.basis, laws)
        if given.until:
            text += f", {self._text('until', day=self.day(given.until))}"
        return self._with(text, [given.note] if given.note else [])

    def _covered(self, laws: Laws) -> str:
        return self._text("covered", act=self.legal(Basis.ADEQUACY, laws))

    def _within(self, laws: Laws) -> str:
        return self._text("within", area=self.home(laws))

    def _conditions(self, when: str | None, note: str | None) -> list[str]:
        return [text for text in (when and self._text("when", text=when), note) if text]

    def _with(self, text: str, added: list[str]) -> str:
        return f"{text} ({self._said.ALSO.join(added)})" if added else text

    def _text(self, key: str, **values: object) -> str:
        return str(self._said.TEXTS[key]).format(**values)


def named_bases(index: Index, service: Service, law: Regime, day: date) -> frozenset[Basis]:
    """Return the stated bases that a law has a name for, where the service is.

    A decision is on places, the framework on companies: a seat in the country is enough for it, and where
    neither is stated it still says which country is meant.
    """
    stated = {given.basis for given in service.transfer}
    places = frozenset().union(*_reach(index, service, day))
    seat = service.entity.country if service.entity else None
    everywhere = frozenset(country_codes())
    companies = places | ({seat} if seat else set()) or everywhere
    if not places and index.registry.law == (law,):
        places = everywhere  # whatever the place is, the list can mean no other law
    known = jurisdiction(law)
    return known.named(stated - {Basis.DPF}, places, day) | known.named(stated & {Basis.DPF}, companies, day)


def _outcome(index: Index, service: Service, law: Regime, day: date) -> Outcome:
    """Return what a law holds of all places of a service together, without a safeguard of its own."""
    known = jurisdiction(law)
    stated = {given.basis for given in service.transfer}
    found = {known.outcome(each, stated, day) for place in _reach(index, service, day) for each in place}
    if found == {Outcome.HOME}:
        return Outcome.HOME
    if day < known.known_since:
        return Outcome.UNKNOWN
    return Outcome.ADEQUATE if found and found <= SETTLED else Outcome.DEPENDS


def _is_near(index: Index, service: Service, law: Regime, day: date) -> bool:
    """Return whether a law never asks for a basis where a service processes."""
    known = jurisdiction(law)
    return all(known.is_near(each, day) for place in _reach(index, service, day) for each in place)


def _reach(index: Index, service: Service, day: date) -> list[frozenset[str]]:
    """Return for each place of a service the countries of which one is meant."""
    return [
        frozenset().union(*(index.gazetteer.countries(name, day) for name in place.place))
        for place in service.processing
    ]


def _ends_in(index: Index, address: str, country: str) -> bool:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    return country in (index.gazetteer.find(tail), index.gazetteer.code(last))
