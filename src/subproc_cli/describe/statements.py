"""The statements of a list on a service, in one language; Babel provides countries and days."""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from subproc_cli.describe.transfers import TransferFormatter
from subproc_cli.enums import Activation, Coverage, Role
from subproc_cli.locale import names
from subproc_cli.locale.catalogue import USUAL_LAW, load_catalogue
from subproc_cli.reference.categories import covers
from subproc_cli.registry.models import Entity, Processing, Service, Statement
from subproc_cli.registry.registry import Registry
from subproc_cli.text import join_words

Laws: TypeAlias = tuple[str, ...]
"""The keys of laws."""


class StatementFormatter:
    """The statements of a list in one language.

    Args:
        language: the language.
        law: the law in whose terms it is stated; without one, in the usual terms of the language.
        iso: whether days stay as the file has them, YYYY-MM-DD, instead of being written out.
    """

    def __init__(self, language: str, law: str = USUAL_LAW, *, iso: bool = False) -> None:
        self.language = language
        self.catalogue = load_catalogue(language, law)
        self.transfers = TransferFormatter(self)
        self._iso = iso

    # Words

    def format_day(self, day: date) -> str:
        """Return a day: `2024-05-09`, or written out: `9 May 2024`, `9. Mai 2024`, `9 mai 2024`."""
        return day.isoformat() if self._iso else self.catalogue.format_day(day)

    def join_words(self, texts: Iterable[str], last: str = "and") -> str:
        """Return texts as people list them: `a, b and c`; `last` is `and` or `or`."""
        words = [*texts]
        if len(words) <= 1:
            return "".join(words)
        return join_words(words, self.catalogue.text(f"grammar.{last}"), self._separator)

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

    @property
    def remote_access(self) -> str:
        """The label of remote access."""
        return self._format_text("remote-access")

    def format_category(self, registry: Registry, key: str) -> str:
        """Return a category in words; one of the publisher's own as the publisher labels it."""
        if key not in registry.category_tree:
            return key
        category = registry.category_tree[key]
        return category.label if category.own else self.catalogue.text(f"category.{key}")

    def format_place(self, registry: Registry, name: str) -> str:
        """Return a place in words: `Niederlande`, `EWR`; one of the publisher's own as it is written."""
        region = registry.gazetteer.regions.get(name)
        if f"place.{name}" in self.catalogue and not (region and region.own):
            return self.catalogue.text(f"place.{name}")
        if region:
            return name
        return names.get_country_name(name, self.catalogue.locale)

    def format_place_in_sentence(self, registry: Registry, name: str) -> str:
        """Return a place as it is written in a sentence: `the Netherlands`, `the whole world`."""
        region = registry.gazetteer.regions.get(name)
        if f"place-in-a-sentence.{name}" in self.catalogue and not (region and region.own):
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
        """Return what a service never sees; *everything* next to something else means the rest."""
        labels = [
            self._format_promise(registry, service, key) for key in service.never_sees if key != "everything"
        ]
        if "everything" in service.never_sees:
            labels.append(self._format_text("rest" if service.sees or labels else "anything"))
        return self.join_words(labels, "or") if labels else ""

    def _format_promise(self, registry: Registry, service: Service, key: str) -> str:
        """Return a promise. A more specific statement on data that is seen takes precedence over it."""
        label = self.format_category(registry, key)
        within = any(each.data != key and covers(key, each.data) for each in service.sees)
        return self._format_text("apart", data=label) if within else label

    def format_processing(self, registry: Registry, processing: Processing) -> str:
        """Return where a service processes, with the conditions."""
        added = [self.remote_access] if processing.how else []
        if len(processing.place) == 1:
            added = [*self._list_members(registry, processing.place[0]), *added]
            places = self.format_place(registry, processing.place[0])
        else:
            places = self.format_places(registry, processing.place)
        added += self._collect_conditions(processing.when, processing.note, processing.products)
        return self._add_details(places, added)

    def format_places(self, registry: Registry, names: Iterable[str]) -> str:
        """Return places as alternatives, with what each region of the publisher's own means."""
        places = (
            self._add_details(self.format_place(registry, name), self._list_members(registry, name))
            for name in names
        )
        return self.join_words(places, "or")

    def _list_members(self, registry: Registry, name: str) -> list[str]:
        """Return which places a region of the publisher's own means: nobody else knows it by its name."""
        members = registry.model.regions.get(name)
        if not members:
            return []
        return [self.join_words((self.format_place(registry, each) for each in members), "or")]

    def format_entity(self, registry: Registry, entity: Entity | None) -> str:
        """Return the company behind a service, as far as it is stated."""
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

    def _collect_conditions(self, when: str | None, note: str | None, products: tuple[str, ...]) -> list[str]:
        customers = self._format_text("for-products", products=self.join_words(products)) if products else ""
        return [text for text in (customers, when and self._format_condition(when), note) if text]

    def _format_condition(self, text: str) -> str:
        """Return a condition in the publisher's words, with a *when* unless it begins with such a word."""
        first = text.split(maxsplit=1)[0].casefold()
        is_complete = first in self.catalogue.text("evidence.without-when").split()
        return text if is_complete else self._format_text("when", text=text)

    def _add_details(self, text: str, added: list[str]) -> str:
        return f"{text} ({self._separator.join(added)})" if added else text

    def _format_text(self, key: str, **values: object) -> str:
        return self.catalogue.text(f"statement.{key}", **values)


def _ends_with_country(registry: Registry, address: str, country: str) -> bool:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    return country in (registry.gazetteer.find(tail), registry.gazetteer.find_code(last))
