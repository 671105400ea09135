"""The rule special-data-unexplained (SP210)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.data_access import collect_claims
from subproc_cli.reference.categories import CategoryTree, covers, get_depth
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import join_words


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every statement about special data that explains nothing."""
    tree = context.registry.category_tree
    for key, service in context.personal_data_services.items():
        claimed_categories = {each.category for each in collect_claims(service)}
        for position, statement in enumerate(service.sees):
            if statement.note or statement.when:
                continue
            for verb, categories in (("sees", (statement.data,)), ("may see", statement.may_contain)):
                labels = [
                    tree[each].label for each in categories if _is_special(each, claimed_categories, tree)
                ]
                if labels:
                    message = (
                        f"{service.name} {verb} special categories of data, stated as {join_words(labels)}"
                    )
                    hint = "add a note on the exception and the safeguards, or never_sees: [special]"
                    yield RawFinding(("services", key, "sees", position), message, hint, key)


def _is_special(category: str, claimed_categories: set[str], tree: CategoryTree) -> bool:
    """Return whether data of Art. 9 GDPR lies under a category, of which nothing else says more closely."""
    special = [leaf for leaf in tree.find_leaves(category) if tree[leaf].special]
    return any(category == _find_closest(leaf, claimed_categories) for leaf in special)


def _find_closest(leaf: str, claimed_categories: set[str]) -> str:
    return max((category for category in claimed_categories if covers(category, leaf)), key=get_depth)


RULE = Rule(
    ErrorCode("SP210", "special-data-unexplained", Severity.WARNING),
    summary="A service sees or may see special categories of data, without a note or a condition.",
    details=(
        "A wider category such as everything counts as well, for the special categories that no more "
        "specific statement covers: such a service also sees special data in the answers to questions."
    ),
    why=(
        "The processing of special categories is prohibited unless an exception applies (Art. 9 GDPR), and "
        "Annex I.B of the standard contractual clauses asks for the safeguards."
    ),
    bad="lab: {name: Lab, sees: [special.health]}",
    good=(
        "lab: {name: Lab, sees: [{data: special.health, note: encrypted with a key that the customer holds}]}"
    ),
    find=find,
)
