"""Chooses the services that a command tells about: by a question, in an order."""

from collections.abc import Callable, Mapping
from datetime import date

from subproc_cli.cli.console import to_stderr
from subproc_cli.errors import UsageFault
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.question.evaluator import ask
from subproc_cli.registry.registry import Index
from subproc_cli.registry.service import Service
from subproc_cli.text import did_you_mean

Services = Mapping[str, Service]
_MOST_IDS = 5
"""Ids of services left out that are named; the question itself names all."""


def asked(
    index: Index, day: date, services: Services, question: str | None
) -> tuple[Services, tuple[str, ...]]:
    """Return the services that answer yes, and the ids of those about which the list is silent.

    Raises:
        QuestionFault: a word of the question is not understood.
    """
    if not question:
        return services, ()
    answers = ask(index, question, day, services)
    silent = tuple(each.key for each in answers.of(Verdict.UNKNOWN))
    return {each.key: each.service for each in answers.of(Verdict.YES)}, silent


def left_out(silent: tuple[str, ...]) -> str:
    """Return what is said of services that a question neither takes nor rules out; empty without any."""
    if not silent:
        return ""
    ids = ", ".join((*silent[:_MOST_IDS], *("…" for _ in silent[_MOST_IDS : _MOST_IDS + 1])))
    return f"{len(silent)} left out that cannot be ruled out ({ids})"


def warn(silent: tuple[str, ...]) -> None:
    """Tell beside a machine format which services were left out because the list does not say."""
    if silent:
        to_stderr(f"subproc: left out, because the list does not say: {', '.join(silent)}")


def _places(service: Service) -> str:
    return ", ".join(place for each in service.processing for place in each.place)


ORDERS: dict[str, Callable[[Service], tuple[bool, str]]] = {
    "name": lambda service: (False, service.name.casefold()),
    "purpose": lambda service: (not service.purpose, (service.purpose or "").casefold()),
    "place": lambda service: (not service.processing, _places(service)),
    "since": lambda service: (service.since is None, str(service.since)),
}
"""What services can be sorted by; what is not stated comes last."""
_ALSO = {"processing": "place"}
"""What a list calls an order."""


def in_order(services: Services, order: str | None) -> Services:
    """Return services in another order than that of the list.

    Raises:
        UsageFault: there is no such order.
    """
    if order is None:
        return services
    order = _ALSO.get(order, order)
    if order not in ORDERS:
        hint = did_you_mean(order, ORDERS) or f"there are {', '.join(ORDERS)}"
        raise UsageFault(f"--sort: there is no order {order!r}", hint)
    return dict(sorted(services.items(), key=lambda item: ORDERS[order](item[1])))
