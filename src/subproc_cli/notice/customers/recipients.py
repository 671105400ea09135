"""The customers whom a change concerns: by their products, opt-in services and audiences."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from subproc_cli.deadlines.holidays import has_calendars, load_calendars, load_holiday_check
from subproc_cli.deadlines.periods import HolidayCheck, is_never_holiday
from subproc_cli.diagnostics import INVALID_VALUE, Position, Problem
from subproc_cli.diff.change import Change
from subproc_cli.enums import Activation, Level
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.notice.customers.customers import NATIONWIDE, Customer, Customers, load_customers
from subproc_cli.notice.customers.item_products import is_about_unused_products
from subproc_cli.registry import localize
from subproc_cli.registry.loader import Problems, sort_problems
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry
from subproc_cli.suggest import Suggester, find_nearest, suggest
from subproc_cli.text import fold, slugify
from subproc_cli.yaml.source import Source


class ExclusionReason(StrEnum):
    """Why a customer is not notified of a change."""

    PRODUCT = "product-not-used"
    FEATURE = "not-switched-on"
    AUDIENCE = "not-in-audience"
    ALREADY_NOTIFIED = "told-already"
    SETTING = "setting-of-the-list"


_ANNOUNCED_FIELDS = frozenset(
    (
        "publisher",
        "law",
        "notice.days",
        "notice.objection_days",
        "notice.termination_days",
        "notice.contact",
        "notice.on_silence",
        "notice.on_objection",
    )
)
"""The fields of the list that matter to customers; its other fields are settings."""


def is_setting(change: Change) -> bool:
    """Return whether a change is one of how the publisher keeps its list, which no letter is about."""
    return not change.service and change.field.removesuffix(localize.SUFFIX) not in _ANNOUNCED_FIELDS


class ExcludedChange(NamedTuple):
    """A change that a customer is not notified of, and why."""

    change: Change
    reason: ExclusionReason


class Audiences:
    """The answers to the audiences of customers, for the services of two revisions of a list.

    Args:
        revisions: the list that customers know, and the coming one.
        as_of: the day on whose facts and law the questions are answered.
    """

    def __init__(self, revisions: tuple[Registry, Registry], as_of: date) -> None:
        self.revisions = revisions
        self._as_of = as_of
        self._verdicts: dict[tuple[str, bool], Mapping[str, Verdict]] = {}

    def includes(self, question: str, key: str, *, is_coming: bool) -> bool:
        """Return whether a service of the coming list, or of the known one, may be meant by a question.

        Raises:
            QuestionSyntaxError: the coming list does not understand the question.
        """
        if (question, is_coming) not in self._verdicts:
            self._verdicts[question, is_coming] = self._answer(question, is_coming=is_coming)
        return self._verdicts[question, is_coming].get(key) is not Verdict.NO

    def _answer(self, question: str, *, is_coming: bool) -> Mapping[str, Verdict]:
        from subproc_cli.question.evaluator import ask  # most customers ask no question

        known, coming = self.revisions
        registry = coming if is_coming else known
        try:
            services = registry.model.services
            answers = ask(registry, question, self._as_of, services, is_stored=True).answers
        except QuestionSyntaxError:
            if is_coming:
                raise
            return {}  # a name that is new in the coming list: the known one does not say what it means
        not_asked = dict.fromkeys(services, Verdict.NO)  # of another role than the question is about
        return not_asked | {answer.key: answer.verdict for answer in answers}


def find_exclusion_reason(
    customer: Customer | None, change: Change, audiences: Audiences
) -> ExclusionReason | None:
    """Return why a change does not concern a customer; None if it does, or if the file does not say.

    A service concerns a customer if it did before the change or does after it, and a new one also
    if the one that it replaces did.
    """
    if customer is None or not change.service:
        return None
    old, new = (registry.model.services.get(change.service) for registry in audiences.revisions)
    if is_about_unused_products(customer, change, ((old, change.removed), (new, change.added))):
        return ExclusionReason.PRODUCT
    reasons = [
        find_unused_reason(customer, key, service)
        or _find_audience_reason(customer, key, audiences, is_coming=is_coming)
        for key, service, is_coming in _iter_affected_services(change, audiences.revisions)
    ]
    return reasons[0] if reasons and all(reasons) else None


def may_use(customer: Customer, key: str, service: Service, audiences: Audiences) -> bool:
    """Return whether a service of the coming list concerns a customer, or the file does not say."""
    return not (
        find_unused_reason(customer, key, service)
        or _find_audience_reason(customer, key, audiences, is_coming=True)
    )


def _iter_affected_services(
    change: Change, revisions: tuple[Registry, Registry]
) -> Iterator[tuple[str, Service, bool]]:
    """Yield the service of a change as it was and will be, and the one that it replaces.

    Each comes with its id, and with whether it is of the coming list.
    """
    old, new = (registry.model.services for registry in revisions)
    service = new.get(change.service)
    if service:
        yield change.service, service, True
    replaced = service.replaces if service and change.kind == "service-replaced" else None
    for key in filter(None, (change.service, replaced)):
        former = new[key].formerly if key in new else ()
        for old_key in (key, *former):
            if old_key in old:
                yield old_key, old[old_key], False


def find_unused_reason(customer: Customer, key: str, service: Service) -> ExclusionReason | None:
    """Return why a customer does not use a service: its products, or its opt-in services."""
    if service.products and customer.products is not None:
        used = {fold(product) for product in customer.products}
        if not used & {fold(product) for product in service.products}:
            return ExclusionReason.PRODUCT
    if service.activation is Activation.OPT_IN and customer.features is not None:
        switched_on = {slugify(feature) for feature in customer.features}
        if not switched_on & {key, slugify(service.name), *service.formerly}:
            return ExclusionReason.FEATURE
    return None


def _find_audience_reason(
    customer: Customer, key: str, audiences: Audiences, *, is_coming: bool
) -> ExclusionReason | None:
    if customer.audience is None or audiences.includes(customer.audience, key, is_coming=is_coming):
        return None
    return ExclusionReason.AUDIENCE


def load_recipients(
    source: Source, revisions: tuple[Registry, Registry], as_of: date, *, holidays: bool
) -> Customers | Problems:
    """Return the customers of a file, or all its problems, also those that only the lists show.

    Args:
        source: the file.
        revisions: the list that customers know, and the coming one.
        as_of: the day on which audiences are asked.
        holidays: whether public holidays count.
    """
    loaded = load_customers(source)
    if not isinstance(loaded, Customers):
        return loaded
    problems = [
        *find_unknown_names(loaded, revisions),
        *find_unreadable_audiences(loaded, revisions, as_of),
        *(find_unknown_calendars(loaded) if holidays and has_calendars() else ()),
    ]
    return sort_problems(problems) if problems else loaded


def find_unreadable_audiences(
    customers: Customers, revisions: tuple[Registry, Registry], as_of: date
) -> Iterator[Problem]:
    """Yield the audiences that the coming list does not understand as a question."""
    audiences = Audiences(revisions, as_of)
    for number, customer in enumerate(customers.customers):
        try:
            if customer.audience:
                audiences.includes(customer.audience, "", is_coming=True)
        except QuestionSyntaxError as error:
            position = customers.locate(number, "audience")
            yield Problem(INVALID_VALUE, f"audience: {error.message}", position, error.hint)


def find_unknown_names(customers: Customers, revisions: tuple[Registry, Registry]) -> Iterator[Problem]:
    """Yield the features that no list knows, and the products that look like a misspelt one of a list.

    A customer with a misspelt product or feature would not be notified, so these are errors.
    """
    services = [item for registry in revisions for item in registry.model.services.items()]
    features = {slugify(word) for key, service in services for word in (key, service.name, *service.formerly)}
    products = {product for _, service in services for product in service.products}
    for number, customer in enumerate(customers.customers):
        for item, feature in enumerate(customer.features or ()):
            if slugify(feature) not in features:
                hint = suggest(slugify(feature), features)
                position = customers.locate(number, "features", item)
                yield Problem(INVALID_VALUE, f"{feature!r} is not a service in the list", position, hint)
        for item, product in enumerate(customer.products or ()):
            similar = _find_similar_product(product, products)
            if similar:
                position = customers.locate(number, "products", item)
                message = f"{product!r} is not a product in the list"
                yield Problem(INVALID_VALUE, message, position, f"did you mean {similar}?")


def find_unknown_calendars(customers: Customers) -> Iterator[Problem]:
    """Yield the subdivisions that their countries do not have.

    Raises:
        UsageError: the package of holidays is not installed.
    """
    known = load_calendars()
    for number, customer in enumerate(customers.customers):
        country, subdivision = customer.country, customer.subdivision
        if not country or not subdivision or country not in known or subdivision == NATIONWIDE:
            continue
        if subdivision not in known[country]:
            hint = suggest(subdivision, known[country]) or f"known are {', '.join(known[country])}"
            message = f"{country} has no subdivision {subdivision!r}"
            yield Problem(INVALID_VALUE, message, customers.locate(number, "subdivision"), hint)


def get_holiday_check(customer: Customer) -> HolidayCheck:
    """Return the public holidays where a customer is; none if they, or its country, are not known."""
    if customer.country is None or not has_calendars() or customer.country not in load_calendars():
        return is_never_holiday
    subdivision = None if customer.subdivision == NATIONWIDE else customer.subdivision
    return load_holiday_check(customer.country, subdivision)


class UnusedProduct(NamedTuple):
    """A product of a service that no customer of the file uses under this name.

    Attributes:
        position: its place in the coming list.
        name: the name of the service.
        is_only_service: whether no other service of either list serves it, so that it may not be a product
            at all.
        hint: `did you mean …?` with a product that customers use; empty if none looks like it.
    """

    position: Position
    name: str
    product: str
    is_only_service: bool
    hint: str

    def format(self, file: str) -> str:
        """Return a message that no customer of a file uses the product."""
        unserved = ", and no other service serves it" if self.is_only_service else ""
        hint = f" ({self.hint})" if self.hint else ""
        missing = f"no customer of {file} uses the product {self.product!r}"
        return f"{self.position}: {self.name}: {missing}{unserved}{hint}"


def find_unused_products(
    excluded_changes: Iterable[ExcludedChange],
    customers: tuple[Customer, ...],
    revisions: tuple[Registry, Registry],
) -> Iterator[UnusedProduct]:
    """Yield products that no customer uses, although somebody is not notified because of them.

    Nobody is notified of a product that has one name in the list and another in the customers' file.
    """
    new = revisions[1]
    used = dict.fromkeys(product for customer in customers for product in customer.products or ())
    known, proposals, services_by_product = (
        {*map(fold, used)},
        Suggester(used),
        _group_services_by_product(revisions),
    )
    owed = (exclusion.change for exclusion in excluded_changes if exclusion.reason is ExclusionReason.PRODUCT)
    for key in dict.fromkeys(change.service for change in owed if change.level is Level.NOTICE):
        service = new.model.services.get(key)
        for at, product in enumerate(service.products if service else ()):
            if service and fold(product) not in known:
                is_only_service = services_by_product[fold(product)] <= {key, *service.formerly}
                position = new.locate(("services", key, "products", at))
                yield UnusedProduct(
                    position, service.name, product, is_only_service, proposals.suggest(product)
                )


def _group_services_by_product(revisions: tuple[Registry, Registry]) -> dict[str, set[str]]:
    """Return the ids of the services that serve each product."""
    services_by_product: dict[str, set[str]] = {}
    for registry in revisions:
        for key, service in registry.model.services.items():
            for product in service.products:
                services_by_product.setdefault(fold(product), set()).add(key)
    return services_by_product


def _find_similar_product(product: str, products: Iterable[str]) -> str | None:
    known = [*products]
    return None if fold(product) in map(fold, known) else find_nearest(product, known)
