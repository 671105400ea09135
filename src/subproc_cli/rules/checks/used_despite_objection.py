"""The rule used-despite-objection (SP309)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Activation, Severity
from subproc_cli.notice.ledger.responses import find_missing_approvals, iter_open_objections
from subproc_cli.registry.registry import State, get_state
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import join_first_words

_HINT = "settle it, record the answer with subproc respond, or suppress this if the customer is left out"


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every service in use that a customer objected to, or has not approved as its contract requires.

    A service counts as in use from the day that the notice names, if that is later.
    """
    today = context.as_of.isoformat()
    entries = [entry for entry in context.ledger if entry.get("day", "") <= today]
    effective = {entry.get("hash"): entry.get("effective") or "" for entry in entries}
    objections: dict[str, list[str]] = {}
    for customer, key, decision in iter_open_objections(entries):
        if all(effective.get(digest, "") <= today for digest in decision.notices):
            objections.setdefault(key, []).append(f"{customer} objected on {decision.day}")
    unapproved: dict[str, list[str]] = {}
    for (customer, key), entry in find_missing_approvals(entries).items():
        if entry["effective"] <= today:
            unapproved.setdefault(key, []).append(customer)
    for key, service in context.registry.model.services.items():
        is_in_use = get_state(service, context.as_of) is State.IN_USE
        if not is_in_use or service.activation is Activation.OPT_IN:
            continue
        for known_key in (key, *service.formerly):
            if known_key in objections:
                message = f"{service.name} is in use although {join_first_words(objections[known_key])}"
                yield RawFinding(("services", key), message, _HINT, key)
            if known_key in unapproved:
                names = join_first_words(unapproved[known_key])
                message = f"{service.name} is in use without the specific authorisation of {names}"
                yield RawFinding(("services", key), message, _HINT, key)


RULE = Rule(
    ErrorCode("SP309", "used-despite-objection", Severity.ERROR),
    summary="A service is in use although a customer objected, or has not given its specific authorisation.",
    why="With a specific authorisation a subprocessor needs the prior authorisation of the controller, and "
    "with a general one the controller can object (Art. 28(2) GDPR).",
    bad="a: {name: A, since: 2024-02-01}    # and the ledger has an objection to it",
    good="a: {name: A, since: 2024-02-01, activation: opt-in}",
    find=find,
    details="Needs `--ledger`, which names the ledger of `subproc notice --record`. Only customers with a "
    "specific authorisation must authorise each service. A service that is used only after an opt-in is not "
    "reported.",
    is_time_dependent=True,
)
