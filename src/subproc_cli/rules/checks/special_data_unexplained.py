"""The rule special-data-unexplained (SP210)."""

from collections.abc import Iterator

from subproc_cli.diagnostics import ErrorCode
from subproc_cli.enums import Severity
from subproc_cli.evaluation.data_access import collect_claims
from subproc_cli.reference.categories import CategoryTree, covers, get_depth
from subproc_cli.reference.law_facts import Provision
from subproc_cli.reference.laws import Law
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext
from subproc_cli.text import join_words

_SPECIAL = "special"
"""The category of what is special under every law."""


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every statement about special data without a note or a condition."""
    tree = context.registry.category_tree
    for key, service in context.personal_data_services.items():
        claimed_categories = {each.category for each in collect_claims(service)}
        for position, statement in enumerate(service.sees):
            if statement.note or statement.when:
                continue
            for verb, categories in (("sees", (statement.data,)), ("may see", statement.may_contain)):
                sensitive = [
                    each for each in categories if _is_sensitive(context, each, claimed_categories, tree)
                ]
                if sensitive:
                    labels = join_words(tree[each].label for each in sensitive)
                    promised = [_SPECIAL if _has_special(each, tree) else each for each in sensitive]
                    kind = (
                        "special categories of data" if _SPECIAL in promised else "specially protected data"
                    )
                    message = f"{service.name} {verb} {kind}, stated as {labels}"
                    articles = join_words(_iter_articles(context, sensitive))
                    hint = (
                        "add a note on the exception and the safeguards, or never_sees: "
                        f"[{', '.join(dict.fromkeys(promised))}]"
                    )
                    path = ("services", key, "sees", position)
                    yield RawFinding(path, f"{message} ({articles})" if articles else message, hint, key)


def _is_sensitive(
    context: RuleContext, category: str, claimed_categories: set[str], tree: CategoryTree
) -> bool:
    """Return whether a law of the list protects a category that nothing else specifies further."""
    protected = [
        leaf
        for leaf in tree.find_leaves(category)
        if tree[leaf].special or any(_find_provisions(context, law, category) for law in context.laws)
    ]
    return any(category == _find_closest(leaf, claimed_categories) for leaf in protected)


def _find_provisions(context: RuleContext, law: Law, category: str) -> list[Provision]:
    """Return what a category as a whole falls under: a wide one is not protected for what it includes."""
    found = law.find_sensitive(category, context.as_of)
    return [each for each in found if any(covers(key, category) for key in each.categories)]


def _iter_articles(context: RuleContext, categories: list[str]) -> Iterator[str]:
    """Yield the articles of the laws of the list that protect categories, or their special parts."""
    articles = (
        provision.article
        for law in context.laws
        for category in categories
        for provision in (
            _find_provisions(context, law, category) or law.find_sensitive(_SPECIAL, context.as_of)
        )
    )
    yield from dict.fromkeys(articles)


def _has_special(category: str, tree: CategoryTree) -> bool:
    return any(tree[leaf].special for leaf in tree.find_leaves(category))


def _find_closest(leaf: str, claimed_categories: set[str]) -> str:
    return max((category for category in claimed_categories if covers(category, leaf)), key=get_depth)


RULE = Rule(
    ErrorCode("SP210", "special-data-unexplained", Severity.WARNING),
    summary="A service sees or may see specially protected data, without a note or a condition.",
    details=(
        "The laws of the list decide what is protected: special categories and criminal convictions under "
        "the GDPR and the UK GDPR, sensitive personal data under Swiss law. A wider category such as "
        "`everything` includes the special categories, except those about which the list states something "
        "more specific."
    ),
    why=(
        "The processing of special categories is prohibited unless an exception applies (Art. 9 GDPR). The "
        "processing of data on criminal convictions is restricted (Art. 10 GDPR). Swiss law protects "
        "sensitive personal data (Art. 5(c) FADP). Annex I.B of the standard contractual clauses asks for "
        "the safeguards."
    ),
    bad="lab: {name: Lab, sees: [special.health]}",
    good=(
        "lab: {name: Lab, sees: [{data: special.health, note: encrypted with a key that the customer holds}]}"
    ),
    find=find,
)
