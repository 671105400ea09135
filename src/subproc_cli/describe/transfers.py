"""The bases of the transfers of a service, in one language and in the terms of each law.

A law names a decision, a framework or a safeguard only if it has one that covers the place on the day, and
if the list states what it needs. What is stated about a place is an outcome of `evaluation.transfers`,
in the same words everywhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from subproc_cli.evaluation.service_transfers import PlaceAssessment, ServiceAssessment, assess_service
from subproc_cli.evaluation.transfer_outcomes import TransferStatus
from subproc_cli.locale.catalogue import Catalogue, load_catalogue
from subproc_cli.reference.law_facts import ADEQUACY, Doubt, Provision, TransferBasisRule
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.models import Service, Transfer
from subproc_cli.registry.registry import Registry


class Words(Protocol):
    """The words of a language that texts on transfers need."""

    language: str
    catalogue: Catalogue

    def format_day(self, day: date) -> str:
        """Return a day."""

    def format_place(self, registry: Registry, name: str) -> str:
        """Return a place in a list."""

    def format_place_in_sentence(self, registry: Registry, name: str) -> str:
        """Return a place in a sentence."""

    def join_words(self, texts: Iterable[str], last: str = "and") -> str:
        """Return texts as people list them."""


class LegalName(NamedTuple):
    """A term of a law, and its article."""

    name: str
    article: str


class TransferFormatter:
    """Texts on transfers in the words of one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    # Laws

    def format_law(self, law: str) -> str:
        """Return the name of a law in a sentence: `UK law`."""
        return self._words.catalogue.text(f"laws.{law}.in-a-sentence")

    def format_laws(self, laws: Iterable[str]) -> str:
        """Return the names of laws in a sentence: `EU law, UK law and Swiss law`."""
        *first, last = [*map(self.format_law, laws)] or [""]
        text = self._words.catalogue.text
        others = text("statement.law-comma").join(first)
        return text("statement.law-and").join(filter(None, (others, last)))

    def format_articles(self, key: str, laws: Iterable[str], day: date) -> str:
        """Return the articles of a duty under laws on a day: `Art. 28(2) GDPR`; empty if there are none."""
        found = (load_law(law).find_article(key, day) for law in laws)
        return self._join(self._format_article(each.article) for each in found if each)

    def format_names(self, names: Iterable[LegalName]) -> str:
        """Return names with their articles, each name once: `derogation (Art. 49 GDPR)`."""
        return self._words.join_words(self.list_names(names))

    def list_names(self, names: Iterable[LegalName]) -> list[str]:
        """Return names with their articles, each name once."""
        articles: dict[str, dict[str, None]] = {}
        for name, article in names:
            articles.setdefault(name, {})[article] = None
        return [f"{name} ({self._join(each)})" for name, each in articles.items()]

    def name_sensitive_data(
        self, laws: Iterable[str], categories: Sequence[str], day: date
    ) -> Iterator[LegalName]:
        """Yield what laws call the data that they protect most, as far as categories belong to it."""
        for law in laws:
            known = load_law(law)
            found = [each for key in categories for each in known.find_sensitive(key, day)]
            for provision in dict.fromkeys(found or known.sensitive):
                article = self._format_article(provision.article)
                yield LegalName(self.name_provision(law, provision), article)

    def name_provision(self, law: str, provision: Provision) -> str:
        """Return what a law calls sensitive data, by the number of its list or in general."""
        own = f"terms.{law}.{provision.key}"
        return self._words.catalogue.text(own if own in self._words.catalogue else f"terms.{law}.special")

    def name_basis(self, rule: TransferBasisRule) -> LegalName:
        """Return what a law calls a basis."""
        return LegalName(self._words.catalogue.text(f"basis.{rule.name}"), self._format_article(rule.article))

    def _name_covering_act(self, rule: TransferBasisRule) -> LegalName:
        """Return what a law calls a basis, as it follows *covered by*."""
        text_id = f"basis-in-a-sentence.{rule.name}"
        name = self.name_basis(rule)
        catalogue = self._words.catalogue
        return name._replace(name=catalogue.text(text_id)) if text_id in catalogue else name

    def _format_article(self, article: str) -> str:
        """Return an article in the language, or as in the law file if the language has no other form."""
        text_id = f"article.{article}"
        found = self._words.catalogue.find_own(text_id)
        return article if found is None else self._words.catalogue.text(text_id)

    def format_doubt(self, doubt: Doubt) -> str:
        """Return what may end a decision, with its source: `appeal C-703/25 P … (OJ C/2025/6610)`."""
        text_id = f"doubt.{doubt.key}"
        found = self._words.catalogue.find_own(text_id)
        text = doubt.text if found is None else self._words.catalogue.text(text_id)
        return f"{text} ({doubt.source})"

    # Outcomes

    def format_outcome(self, assessments: Iterable[PlaceAssessment]) -> str:
        """Return how laws assess one place: `adequate under EU law and not adequate under Swiss law`."""
        laws_by_text: dict[tuple[str, date | None], list[str]] = {}
        for place in assessments:
            status, day = place.status, None
            if status is TransferStatus.UNKNOWN:
                day = place.law.known_since
            elif place.is_dated:
                day = place.law.known_until
            laws_by_text.setdefault((status, day), []).append(place.law.key)
        texts = [self._format_status(status, laws, day) for (status, day), laws in laws_by_text.items()]
        if _CLAUSES.isdisjoint(status for status, _ in laws_by_text):
            return self._words.join_words(texts)
        return self._join(texts)

    def _format_status(self, status: str, laws: Sequence[str], day: date | None) -> str:
        catalogue = load_catalogue(self._words.language, laws[0] if len(laws) == 1 else "")
        text = catalogue.text(
            f"outcome.{status}", law=self.format_laws(laws), day=self._words.format_day(day) if day else ""
        )
        if day is None or status == TransferStatus.UNKNOWN:
            return text
        return catalogue.text("outcome.as-of", text=text, day=self._words.format_day(day))

    # Bases

    def format_bases(
        self, registry: Registry, service: Service, laws: Sequence[str], as_of: date
    ) -> list[str]:
        """Return the bases of the transfers of a service in the terms of laws, and what is not stated.

        A law under which a place has neither a basis nor a decision says so.

        Args:
            registry: the list.
            service: the service; nothing is returned if it states no basis.
            laws: the keys of the laws.
            as_of: the day.
        """
        if not service.transfer:
            return []
        return self._format_assessed_bases(registry, service, _assess_all(registry, service, laws, as_of))

    def format_transfers(
        self, registry: Registry, service: Service, laws: Sequence[str], as_of: date
    ) -> list[str]:
        """Return the bases of the transfers of a service, and how the laws assess the places.

        If no basis is stated, return why none is needed; empty if one is needed.
        """
        assessments = _assess_all(registry, service, laws, as_of)
        if service.transfer:
            texts = self._format_assessed_bases(registry, service, assessments)
            return [*texts, *self._iter_outcomes(registry, assessments)]
        known = [each for each in assessments if not each.is_unknown]
        if not service.processing or any(not place.is_carried for each in known for place in each.places):
            return []
        texts = [*self._iter_needless(registry, known), *self._iter_unknown(assessments)]
        return [self._format_text("no-basis", text=self._join(texts))] if texts else []

    def _iter_needless(self, registry: Registry, assessments: Sequence[ServiceAssessment]) -> Iterator[str]:
        """Yield why no basis is needed: what covers the places, or that they are at home."""
        yield from self._iter_covered(registry, [each for each in assessments if not each.is_home])
        at_home = [each for each in assessments if each.is_home]
        if at_home:
            # The recipient first: that every place is at home would reassure more than it may
            yield from self.format_recipients(registry, at_home)
            yield from self.iter_within(registry, at_home)

    def _format_assessed_bases(
        self, registry: Registry, service: Service, assessments: Sequence[ServiceAssessment]
    ) -> list[str]:
        known = [each for each in assessments if not each.is_unknown]
        texts, notes = [], []
        for position, transfer in enumerate(service.transfer):
            found = [*self._iter_basis(registry, service, position, known)]
            texts += found
            if transfer.note and not found:
                notes.append(self._format_text("note-of-list", note=transfer.note))
        texts += self._iter_covered(registry, known)
        texts += [self._add_details(text, notes) for text in self._iter_not_stated(registry, known)]
        if not texts and known and all(each.is_home for each in known):
            # What is stated carries nothing, so its notes are all that is left of it
            text = self._format_text("no-transfer", text=self._join(self.iter_within(registry, known)))
            texts = [self._add_details(text, notes), *self.format_recipients(registry, known)]
        return [*texts, *self._iter_unknown(assessments)]

    def _iter_basis(
        self, registry: Registry, service: Service, position: int, assessments: Sequence[ServiceAssessment]
    ) -> Iterator[str]:
        """Yield a basis in the terms of the laws that accept it, once for the same places."""
        transfer = service.transfer[position]
        names_by_places: dict[str, list[LegalName]] = {}
        for assessment in assessments:
            rule = assessment.find_rule(position)
            if rule and not _is_named_by_another(service, assessment, position):
                places = self._format_covered_places(registry, assessment, position)
                names_by_places.setdefault(places, []).append(self.name_basis(rule))
        for places, names in names_by_places.items():
            included = [*_iter_included(service, position, assessments)]
            parts = [self.format_names(names), *self._iter_details(transfer)]
            for other, laws in included:
                # Clauses may be adapted to one law and named by the instrument of another
                adapted = tuple(law for law in other.adapted if law in laws)
                parts += self._iter_details(other.model_copy(update={"adapted": adapted}))
            ends = [each.until for each in (transfer, *(other for other, _ in included)) if each.until]
            if ends:
                parts.append(self._format_text("until", day=self._words.format_day(min(ends))))
            if places:
                parts.append(self._format_text("for-places", places=places))
            text = ", ".join(dict.fromkeys(parts))
            yield self._add_details(text, [transfer.note] if transfer.note else [])

    def _format_covered_places(self, registry: Registry, assessment: ServiceAssessment, position: int) -> str:
        """Return for which places a basis carries a transfer; empty for all of those abroad."""
        covered, abroad = assessment.find_covered_places(position), assessment.places_abroad
        if len(covered) == len(abroad):
            return ""
        if covered:
            return self._words.join_words(
                self._format_places_in_sentence(registry, each.names) for each in covered
            )
        country = assessment.recipient
        return self._words.format_place_in_sentence(registry, country) if country else ""

    def _iter_details(self, transfer: Transfer) -> Iterator[str]:
        if transfer.modules:
            modules = self._words.join_words(map(str, transfer.modules))
            yield self._format_text("modules", n=len(transfer.modules), modules=modules)
        if transfer.adapted:
            yield self.format_adaptation(transfer.adapted)
        if transfer.covers:
            covered = (self._words.catalogue.text(f"dpf-data.{each}") for each in transfer.covers)
            yield self._format_text("covers", data=self._words.join_words(covered))

    def _iter_covered(self, registry: Registry, assessments: Sequence[ServiceAssessment]) -> Iterator[str]:
        """Yield the decisions that cover places for which no basis need be stated."""
        names_by_places: dict[str, list[LegalName]] = {}
        for assessment in assessments:
            covered = [
                each
                for each in assessment.places_abroad
                if each.status is TransferStatus.ADEQUATE and not each.has_stated_decision
            ]
            rule = assessment.law.find_basis(ADEQUACY, assessment.day)
            if covered and rule:
                is_whole = len(covered) == len(assessment.places)
                names = (self._format_places(registry, each.names) for each in covered)
                places = "" if is_whole else self._words.join_words(names)
                names_by_places.setdefault(places, []).append(self._name_covering_act(rule))
        for places, legal_names in names_by_places.items():
            text = self._format_text("covered", act=self.format_names(legal_names))
            yield self._format_text("at-place", place=places, text=text) if places else text

    def _iter_not_stated(self, registry: Registry, assessments: Iterable[ServiceAssessment]) -> Iterator[str]:
        """Yield the laws under which a place has neither a basis nor a decision."""
        for assessment in assessments:
            lacking = [each for each in assessment.places if not each.is_carried]
            if not assessment.places and not assessment.others:
                yield self.format_not_stated_under(assessment.law.key)
            if lacking:
                text = self.format_not_stated_under(assessment.law.key)
                if len(lacking) < len(assessment.places_abroad):
                    names = (self._format_places_in_sentence(registry, each.names) for each in lacking)
                    text += f", {self._format_text('for-places', places=self._words.join_words(names))}"
                yield text

    def _iter_outcomes(self, registry: Registry, assessments: Sequence[ServiceAssessment]) -> Iterator[str]:
        """Yield what the laws say about each place that no decision settles."""
        known = [each for each in assessments if not each.is_unknown]
        for places in zip(*(each.places for each in known), strict=True):
            unsettled = [each for each in places if each.status in _UNSETTLED]
            if unsettled:
                place = self._format_places(registry, places[0].names)
                yield self._format_text("at-place", place=place, text=self.format_outcome(unsettled))

    def _iter_unknown(self, assessments: Sequence[ServiceAssessment]) -> Iterator[str]:
        """Yield the laws whose data does not cover the day."""
        for assessment in assessments:
            if assessment.is_unknown:
                yield self._format_status(
                    TransferStatus.UNKNOWN, [assessment.law.key], assessment.law.known_since
                )

    def format_recipients(
        self, registry: Registry, assessments: Iterable[ServiceAssessment]
    ) -> Iterator[str]:
        """Yield the remark that the recipient is abroad although every place is at home: maybe a transfer."""
        for country in dict.fromkeys(each.recipient for each in assessments if each.recipient):
            place = self._words.format_place_in_sentence(registry, country)
            yield self._format_text("recipient-abroad", place=place)

    def format_not_stated_under(self, law: str) -> str:
        """Return the sentence that a basis has no effect under a law: `not stated under UK law`."""
        return self._format_text("not-stated-under", law=self.format_law(law))

    def format_unnamed_basis(self, laws: Iterable[str]) -> str:
        """Return the text in place of a basis that no law knows: a noun, as a sentence needs it."""
        return self._words.join_words(self._format_text("unnamed", law=self.format_law(law)) for law in laws)

    def format_adaptation(self, laws: Iterable[str]) -> str:
        """Return the sentence that clauses are adapted to laws: `adapted to Swiss law`."""
        return self._format_text("adapted", laws=self.format_laws(laws))

    def format_home_area(self, laws: Iterable[str]) -> str:
        """Return where nothing is transferred under some laws: `the EEA`."""
        return self._words.join_words(self._words.catalogue.text(f"laws.{law}.home") for law in laws)

    def iter_within(self, registry: Registry, assessments: Sequence[ServiceAssessment]) -> Iterator[str]:
        """Yield that every place is at home under some laws, or which ones an act treats so."""
        laws = [each.law.key for each in assessments if not each.is_treated_as_home]
        if laws:
            count = max(len(each.places) for each in assessments)
            yield self._format_text("within", n=count, area=self.format_home_area(laws))
        for place in (place for each in assessments for place in each.places if place.is_treated_as_home):
            names, text = self._format_places(registry, place.names), self.format_outcome([place])
            yield self._format_text("at-place", place=names, text=text)

    def _format_places(self, registry: Registry, names: Iterable[str]) -> str:
        return self._words.join_words((self._words.format_place(registry, name) for name in names), "or")

    def _format_places_in_sentence(self, registry: Registry, names: Iterable[str]) -> str:
        places = (self._words.format_place_in_sentence(registry, name) for name in names)
        return self._words.join_words(places, "or")

    def _add_details(self, text: str, details: Sequence[str]) -> str:
        return f"{text} ({self._join(details)})" if details else text

    def _join(self, texts: Iterable[str]) -> str:
        return self._words.catalogue.text("grammar.separator").join(dict.fromkeys(texts))

    def _format_text(self, key: str, **values: object) -> str:
        return self._words.catalogue.text(f"statement.{key}", **values)


def _is_named_by_another(service: Service, assessment: ServiceAssessment, position: int) -> bool:
    """Return whether the name of another basis, for the same places, says all of a basis but its details."""
    other = assessment.find_naming_position(position)
    covered = assessment.find_covered_places
    return other != position and not service.transfer[position].note and covered(position) == covered(other)


def _iter_included(
    service: Service, position: int, assessments: Sequence[ServiceAssessment]
) -> Iterator[tuple[Transfer, tuple[str, ...]]]:
    """Yield the bases that the name of a basis includes, with the laws under which it does."""
    for other, transfer in enumerate(service.transfer):
        laws = tuple(
            each.law.key
            for each in assessments
            if _is_named_by_another(service, each, other) and each.find_naming_position(other) == position
        )
        if laws:
            yield transfer, laws


_CLAUSES = frozenset((TransferStatus.DEPENDS, TransferStatus.UNKNOWN))
"""The outcomes whose texts are sentences with a verb, after which *and* would go on with the sentence."""
_UNSETTLED = frozenset((TransferStatus.NOT_ADEQUATE, TransferStatus.DEPENDS))


def _assess_all(
    registry: Registry, service: Service, laws: Iterable[str], as_of: date
) -> list[ServiceAssessment]:
    return [assess_service(registry, service, law, as_of) for law in laws]
