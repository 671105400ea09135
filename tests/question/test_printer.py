"""Questions as trees, printed in words that are read back."""

import pytest

from registry_text import listing
from subproc_cli.question.printer import Printer
from subproc_cli.question.query import And, Clause, Not, Or, Query, Question

LIST = listing("  a: {name: A}\n", head="regions: {only: [CH], Zone: [NL]}")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("DE", "which are based in Germany"),
        ("EU", "which are based in the EU"),
        ("US", "which are based in the United States"),
        ("Zone", 'which are based in "Zone"'),
        ("only", 'which are based in "only"'),
    ],
)
def test_format_query_puts_own_regions_in_quotes(place: str, line: str) -> None:
    assert Printer(LIST).format_query(Query("list", predicate=Clause("based-in", (place,)))) == line


NAMES = listing(
    "  a: {name: Alpha}\n  b: {name: Beta}\n  c: {name: or not}\n",
    head="categories: {content.topics: {label: Topics and themes}}",
)
PAYMENT, US, INDIA = Clause("sees", ("payment",)), Clause("in", ("US",)), Clause("in", ("IN",))


@pytest.mark.parametrize(
    ("predicate", "line"),
    [
        (Clause("named", ("a", "b")), 'are named "Alpha" or "Beta"'),
        (Clause("named", ("c",)), 'are named "or not"'),
        (Clause("role", ("controller",)), "are controllers"),
        (Clause("role", ("controller", "processor")), "are controllers or processors"),
        (Clause("activation", ("opt-in", "opt-out")), "are optional"),
        (Clause("activation", ("always",)), "are always on"),
        (Clause("activation", ("always", "opt-in")), "are always on or opt-in"),
        (Clause("sees", ("identity.email",)), "see email addresses"),
        (Clause("sees", ("content.topics",)), 'see "Topics and themes"'),
        (Clause("sees", ("personal",)), "see personal data"),
        (Clause("sees-all", ("payment",)), "see all payment data"),
        (Clause("only-sees", ("identity.name", "identity.email")), "see only names and email addresses"),
        (Clause("in", ("EU", "US")), "process in the EU or the United States"),
        (Clause("outside", ("EU",)), "process outside the EU"),
        (Clause("has", ("dpa",)), "have a DPA"),
        (Clause("lacks", ("purpose",)), "lack a purpose"),
        (Clause("relies", ("scc",)), "rely on SCCs"),
        (Clause("relies-only", ("scc", "dpf")), "rely only on SCCs and the DPF"),
        (Clause("used-for", ("hosting",)), "are used for hosting"),
        (Clause("certified", ("ISO 27001",)), "are certified under ISO 27001"),
        (Clause("passes-to", ("b",)), 'pass data on to "Beta"'),
        (Clause("group", ("Sales",)), 'are in the group "Sales"'),
        (Clause("product", ("Forms",)), 'serve "Forms"'),
        (Clause("product-only", ("Forms",)), 'only serve "Forms"'),
        (Clause("subject", ("employees",)), "process data of employees"),
        (Clause("owned-by", ("Amazon",)), 'belong to "Amazon"'),
        (Clause("added", ("2024-01-01",)), "were added since 2024-01-01"),
        (Clause("added", ("2024-01-01", "2024-02-01")), "were added between 2024-01-01 and 2024-02-01"),
        (Clause("ended", ("2024-01-01", "2024-02-02")), "ended between 2024-01-01 and 2024-02-01"),
        (Clause("ended", ("", "2024-01-01")), "ended before 2024-01-01"),
        (Clause("began-before", ("2024-01-01",)), "were in use before 2024-01-01"),
        (Clause("kept-longer", ("30",)), "keep data for more than 30 days"),
        (Clause("kept-shorter", ("30",)), "keep data for less than 30 days"),
        (Clause("announced"), "are announced"),
        (Clause("retired"), "are retired"),
        (Clause("in-use"), "are in use"),
        (Clause("will-end"), "will end"),
        (Clause("trains"), "train AI on our data"),
        (Not(PAYMENT), "do not see payment data"),
        (And((PAYMENT, US)), "see payment data and process in the United States"),
        (Or((PAYMENT, Not(US))), "see payment data or do not process in the United States"),
        (And((PAYMENT, Or((US, INDIA)))), "see payment data and (process in the United States or process in India)"),
    ],
)  # fmt: skip
def test_format_query_of_each_clause_is_a_plain_question(predicate: Question, line: str) -> None:
    assert Printer(NAMES).format_query(Query("list", predicate=predicate)) == f"which {line}"


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (Query("list", predicate=Not(Or((PAYMENT, US)))), "which do not see payment data and do not process in the United States"),
        (Query("list", predicate=Not(And((PAYMENT, US)))), "which not (see payment data and process in the United States)"),
        (Query("list", predicate=Not(Not(PAYMENT))), "which see payment data"),
        (Query("list", service="a", predicate=PAYMENT), "does Alpha see payment data"),
        (Query("list", service="a", predicate=Not(PAYMENT)), "does Alpha not see payment data"),
        (Query("facts", service="a", fact="all"), "show Alpha"),
        (Query("all", predicate=PAYMENT), "all services see payment data"),
        (Query("none", predicate=PAYMENT), "no services see payment data"),
        (Query("count", predicate=PAYMENT), "how many services see payment data"),
    ],
)  # fmt: skip
def test_format_query_of_each_kind_is_a_plain_question(query: Query, line: str) -> None:
    assert Printer(NAMES).format_query(query) == line
