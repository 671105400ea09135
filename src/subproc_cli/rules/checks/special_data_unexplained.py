"""A service sees special categories of data or may see them, without a note or a condition.

A wider category counts as well, such as everything, for what no closer statement speaks of: the answer to
who sees special data is yes for it too.

Why: Their processing is forbidden unless an exception holds (Art. 9 GDPR), and Annex I.B of the
standard contractual clauses asks for the safeguards.

Bad:
    lab: {name: Lab, sees: [special.health]}

Good:
    lab: {name: Lab, sees: [{data: special.health, note: encrypted with a key that the customer holds}]}
"""

from collections.abc import Iterator

from subproc_cli.diagnostics import Fault
from subproc_cli.enums import Severity
from subproc_cli.evaluation.data_access import statements
from subproc_cli.reference.categories import Tree, covers, depth
from subproc_cli.rules.rule import Finding, Rule, Subject
from subproc_cli.text import listed


def find(subject: Subject) -> Iterator[Finding]:
    """Yield every statement about special data that explains nothing."""
    tree = subject.index.tree
    for key, service in subject.personal.items():
        said = {each.category for each in statements(service)}
        for position, statement in enumerate(service.sees):
            if statement.note or statement.when:
                continue
            for verb, stated in (("sees", (statement.data,)), ("may see", statement.may_contain)):
                labels = [tree[each].label for each in stated if _is_special(each, said, tree)]
                if labels:
                    message = f"{service.name} {verb} special categories of data, stated as {listed(labels)}"
                    hint = "add a note on the exception and the safeguards, or never_sees: [special]"
                    yield Finding(("services", key, "sees", position), message, hint, key)


def _is_special(stated: str, said: set[str], tree: Tree) -> bool:
    """Tell whether data of Art. 9 GDPR lies under a category, of which nothing else says more closely."""
    special = [leaf for leaf in tree.leaves_under(stated) if tree[leaf].special]
    return any(stated == _closest(leaf, said) for leaf in special)


def _closest(leaf: str, said: set[str]) -> str:
    return max((each for each in said if covers(each, leaf)), key=depth)


RULE = Rule(Fault("SP210", "special-data-unexplained", Severity.WARNING), __doc__ or "", find)
