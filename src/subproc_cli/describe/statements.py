"""What a list states of a service, in the words of a language; countries and days through Babel."""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from subproc_cli.enums import Activation, Basis, Coverage, Regime, Role
from subproc_cli.locale import names
from subproc_cli.locale.catalogue import load_catalogue
from subproc_cli.reference.adequacy import NO_BASIS_NEEDED, AdequacyStatus, get_jurisdiction
from subproc_cli.reference.categories import covers
from subproc_cli.reference.geography import load_country_codes
from subproc_cli.registry.models import Entity, Processing, Service, Statement, Transfer
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_words

Laws: TypeAlias = tuple[str, ...]
EU_GDPR: Laws = (Regime.EU_GDPR,)


class StatementFormatter:
    """The words of one language for what a list states.

    Args:
        language: the language.
        law: the law in whose terms it is stated; without one, in the usual terms of the language.
        iso: whether days stay as the file has them, YYYY-MM-DD, instead of being written out.
    """

    def __init__(self, language: str, law: str = Regime.EU_GDPR, *, iso: bool = False) -> None:
        self.language = language
        self.catalogue = load_catalogue(language, law)
        self._iso = iso

    # Words

    def format_day(self, day: date) -> str:
        """Return a day: `2024-05-09`, or written out: `9 May 2024`, `9. Mai 2024`, `9 mai 2024`."""
        return day.isoformat() if self._iso else self.catalogue.format_day(day)

    def join_words(self, texts: Iterable[str], last: str = "and") -> str:
        """Return texts as people list them: `a, b and c`; `last` is `and` or `or`."""
        return join_words(texts, self.catalogue.text(f"grammar.{last}"), self._separator)

    @property
    def _separator(self) -> str:
        return self.catalogue.text("grammar.separator")

    def format_count(self, noun: str, number: int) -> str:
        """Return a number with its noun, such as `day`: `1 day`, `30 jours`."""
        return self.catalogue.text(f"count.{noun}", n=number)

    def format_role(self, role: Role) -> str:
        """Return what a service is in the GDPR's terms."""
        return self.catalogue.text(f"role.{role}")

    def format_activation(self, activation: Activation) -> str:
        """Return who decides that a service is used."""
        return self.catalogue.text(f"activation.{activation}")

    def format_legal_term(self, key: str, laws: Laws = EU_GDPR) -> str:
        """Return what some laws call something, with the articles: `derogation (Art. 49 GDPR)`."""
        articles: dict[str, list[str]] = {}
        for law in laws:
            term = self.catalogue.text(f"terms.{law}.{key}")
            articles.setdefault(term, []).append(self.catalogue.text(f"articles.{law}.{key}"))
        return self.join_words(f"{term} ({self._separator.join(each)})" for term, each in articles.items())

    def format_articles(self, laws: Laws) -> str:
        """Return where some laws ask for a notice."""
        return self._separator.join(self.catalogue.text(f"articles.{law}.notice") for law in laws)

    @property
    def remote_access(self) -> str:
        """What it is called that people look in from a place."""
        return self._format_text("remote-access")

    def format_category(self, registry: Registry, key: str) -> str:
        """Return a category in words; one of the publisher's own as the publisher labels it."""
        if key not in registry.category_tree:
            return key
        category = registry.category_tree[key]
        return category.label if category.own else self.catalogue.text(f"category.{key}")

    def format_place(self, registry: Registry, name: str) -> str:
        """Return a place in words: `Niederlande`, `EWR`; one of the publisher's own as it is written."""
        if f"place.{name}" in self.catalogue:
            return self.catalogue.text(f"place.{name}")
        if name in registry.gazetteer.regions:
            return name
        return names.get_country_name(name, self.catalogue.locale)

    def format_place_in_sentence(self, registry: Registry, name: str) -> str:
        """Return a place as it stands in a sentence: `the Netherlands`, `the whole world`."""
        if f"place-in-a-sentence.{name}" in self.catalogue:
            return self.catalogue.text(f"place-in-a-sentence.{name}")
        place = self.format_place(registry, name)
        has_article = name in self.catalogue.text("grammar.places-with-article").split()
        return self.catalogue.text("grammar.article", place=place) if has_article else place

    # Statements

    def format_statement(self, registry: Registry, statement: Statement) -> str:
        """Return what a service sees, with the conditions."""
        label = self.format_category(registry, statement.data)
        text = self._format_text("part", data=label) if statement.extent is Coverage.PARTIAL else label
        inside = self.join_words(self.format_category(registry, key) for key in statement.may_contain)
        added = [self._format_text("may-contain", data=inside)] if statement.may_contain else []
        added += self._collect_conditions(statement.when, statement.note, statement.products)
        return self._add_details(text, added)

    def format_never_sees(self, registry: Registry, service: Service) -> str:
        """Return what a service never sees; *everything* beside something else means the rest."""
        labels = [
            self._format_promise(registry, service, key) for key in service.never_sees if key != "everything"
        ]
        if "everything" in service.never_sees:
            labels.append(self._format_text("rest" if service.sees or labels else "anything"))
        return self.join_words(labels, "or") if labels else ""

    def _format_promise(self, registry: Registry, service: Service, key: str) -> str:
        """Return a promise; what is seen within it is stated more closely, and so goes before it."""
        label = self.format_category(registry, key)
        within = any(each.data != key and covers(key, each.data) for each in service.sees)
        return self._format_text("apart", data=label) if within else label

    def format_processing(self, registry: Registry, processing: Processing) -> str:
        """Return where a service processes, with the conditions."""
        added = [self.remote_access] if processing.how else []
        places = self.join_words((self.format_place(registry, name) for name in processing.place), "or")
        added += self._collect_conditions(processing.when, processing.note, processing.products)
        return self._add_details(places, added)

    def format_entity(self, registry: Registry, entity: Entity | None) -> str:
        """Return who stands behind a service, as far as it is stated."""
        if entity is None:
            return ""
        known = [text for text in (entity.name, entity.address) if text]
        if entity.country and not _ends_with_country(registry, entity.address or "", entity.country):
            known.append(self.format_place(registry, entity.country))
        return ", ".join(known)

    def format_owner(self, registry: Registry, entity: Entity | None) -> str:
        """Return the owner of a legal entity with the country of the owner, as far as it is stated."""
        if entity is None or not entity.parent:
            return ""
        country = entity.parent_country
        return f"{entity.parent}, {self.format_place(registry, country)}" if country else entity.parent

    def format_usage(self, service: Service) -> str:
        """Return who decides that a service is used, and when."""
        text = self.format_activation(service.activation)
        return self._format_text("use", text=text, condition=service.condition) if service.condition else text

    def format_bases(self, registry: Registry, service: Service, laws: Laws, as_of: date) -> list[str]:
        """Return what the transfers of a service rest on in the terms of some laws, and what is not stated.

        A law names a basis only if it knows it: a safeguard by its word, a decision where the law has one of
        its own on a stated place on the day. A law that knows none of those that are stated says so, unless
        it asks for none.

        Args:
            registry: the list.
            service: the service; nothing is returned if it states no basis.
            laws: the laws.
            as_of: decides which decisions there are.
        """
        named = {law: find_carrying_bases(registry, service, law, as_of) for law in laws}
        texts, left = [], []
        for transfer in service.transfer:
            knowing = tuple(law for law in laws if transfer.basis in named[law])
            if knowing:
                texts.append(self._format_basis(transfer, knowing))
            elif transfer.note:
                left.append(transfer.note)
        if not service.transfer:
            return texts
        outcomes = {law: _outcome(registry, service, law, as_of) for law in laws if not named[law]}
        covering = tuple(law for law, found in outcomes.items() if found is AdequacyStatus.ADEQUATE)
        if covering:
            texts.append(self._format_adequacy(covering))
        open_ = (law for law, found in outcomes.items() if found is AdequacyStatus.DEPENDS)
        texts += [self._add_details(self.format_not_stated_under(law), left) for law in open_]
        if not texts and all(found is AdequacyStatus.HOME for found in outcomes.values()):
            text = self._format_text("no-transfer", text=self._format_no_transfer(laws))
            texts.append(self._add_details(text, left))  # what is stated has nothing to carry
        return texts

    def format_transfers(self, registry: Registry, service: Service, laws: Laws, as_of: date) -> list[str]:
        """Return what the transfers of a service rest on, and where nothing is stated why nothing need be.

        Empty where a basis is needed and none is stated.
        """
        if service.transfer:
            return self.format_bases(registry, service, laws, as_of)
        if not service.processing or not all(_needs_no_basis(registry, service, law, as_of) for law in laws):
            return []
        inland = tuple(law for law in laws if _outcome(registry, service, law, as_of) is AdequacyStatus.HOME)
        abroad = tuple(
            law for law in laws if law not in inland and as_of >= get_jurisdiction(law).known_since
        )
        texts = [
            *([self._format_adequacy(abroad)] if abroad else ()),
            *([self._format_no_transfer(inland)] if inland else ()),
        ]
        if not texts:
            return []
        return [self._format_text("no-basis", text=self._separator.join(texts))]

    def format_not_stated_under(self, law: str) -> str:
        """Return that what is stated is nothing under a law: `not stated under UK law`."""
        return self._format_text("not-stated-under", law=self.format_law(law))

    def format_unnamed_basis(self, laws: Laws) -> str:
        """Return instead of a basis that none of some laws knows one: a noun, as a sentence needs it."""
        return self.join_words(self._format_text("unnamed", law=self.format_law(law)) for law in laws)

    def format_law(self, law: str) -> str:
        """Return the name of a law in a sentence: `UK law`."""
        return self.catalogue.text(f"laws.{law}.in-a-sentence")

    def format_home_area(self, laws: Laws) -> str:
        """Return where nothing is transferred under some laws: `the EEA`."""
        return self.join_words(self.catalogue.text(f"laws.{law}.home") for law in laws)

    def _format_basis(self, transfer: Transfer, laws: Laws) -> str:
        """Return a basis in the terms of laws that know it, with its last day and its note."""
        text = self.format_legal_term(transfer.basis, laws)
        if transfer.until:
            text += f", {self._format_text('until', day=self.format_day(transfer.until))}"
        return self._add_details(text, [transfer.note] if transfer.note else [])

    def _format_adequacy(self, laws: Laws) -> str:
        return self._format_text("covered", act=self.format_legal_term(Basis.ADEQUACY, laws))

    def _format_no_transfer(self, laws: Laws) -> str:
        return self._format_text("within", area=self.format_home_area(laws))

    def _collect_conditions(self, when: str | None, note: str | None, products: tuple[str, ...]) -> list[str]:
        customers = self._format_text("for-products", products=self.join_words(products)) if products else ""
        return [text for text in (customers, when and self._format_text("when", text=when), note) if text]

    def _add_details(self, text: str, added: list[str]) -> str:
        return f"{text} ({self._separator.join(added)})" if added else text

    def _format_text(self, key: str, **values: object) -> str:
        return self.catalogue.text(f"statement.{key}", **values)


def find_named_bases(registry: Registry, service: Service, law: str, as_of: date) -> frozenset[Basis]:
    """Return the stated bases that a law has a name for, where the service is.

    A decision is on places, the framework on companies: a seat in the country is enough for it, and where
    neither is stated it still says which country is meant.
    """
    stated = {given.basis for given in service.transfer}
    places = frozenset().union(*_find_countries(registry, service, as_of))
    seat = service.entity.country if service.entity else None
    everywhere = frozenset(load_country_codes())
    companies = places | ({seat} if seat else set()) or everywhere
    if not places and registry.model.law == (law,):
        places = everywhere  # whatever the place is, the list can mean no other law
    known = get_jurisdiction(law)
    return known.find_recognized_bases(stated - {Basis.DPF}, places, as_of) | known.find_recognized_bases(
        stated & {Basis.DPF}, companies, as_of
    )


def find_carrying_bases(registry: Registry, service: Service, law: str, as_of: date) -> frozenset[Basis]:
    """Return the stated bases that a law has a name for and that carry a transfer under it.

    Where every stated place is at home under the law, nothing is transferred. The seat of a company leaves
    that open if the law asks for a basis to send data there.
    """
    seat = service.entity.country if service.entity else None
    is_open = seat is not None and get_jurisdiction(law).assess(seat, (), as_of) not in NO_BASIS_NEEDED
    if not is_open and _outcome(registry, service, law, as_of) is AdequacyStatus.HOME:
        return frozenset()
    return find_named_bases(registry, service, law, as_of)


def _outcome(index: Registry, service: Service, law: str, day: date) -> AdequacyStatus:
    """Return what a law holds of all places of a service together, without a safeguard of its own."""
    known = get_jurisdiction(law)
    stated = {given.basis for given in service.transfer}
    found = {
        known.assess(each, stated, day) for place in _find_countries(index, service, day) for each in place
    }
    if found == {AdequacyStatus.HOME}:
        return AdequacyStatus.HOME
    if day < known.known_since:
        return AdequacyStatus.UNKNOWN
    return AdequacyStatus.ADEQUATE if found and found <= NO_BASIS_NEEDED else AdequacyStatus.DEPENDS


def _needs_no_basis(registry: Registry, service: Service, law: str, as_of: date) -> bool:
    """Return whether a law never asks for a basis where a service processes."""
    known = get_jurisdiction(law)
    return all(
        known.needs_no_basis(each, as_of)
        for place in _find_countries(registry, service, as_of)
        for each in place
    )


def _find_countries(registry: Registry, service: Service, as_of: date) -> list[frozenset[str]]:
    """Return for each place of a service the countries of which one is meant."""
    return [
        frozenset().union(*(registry.gazetteer.get_countries(name, as_of) for name in place.place))
        for place in service.processing
    ]


def _ends_with_country(registry: Registry, address: str, country: str) -> bool:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    return country in (registry.gazetteer.find(tail), registry.gazetteer.find_code(last))
