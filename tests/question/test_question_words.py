"""The words for what was asked: as a noun in an answer, and as a question that can be typed again."""

from datetime import date

import pytest

from question_list import load_vendors
from registry_text import listing
from rows import for_rows
from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.question.criterion import CriterionFormatter
from subproc_cli.question.evaluator import ask
from subproc_cli.question.printer import Printer
from subproc_cli.question.query import And, Clause, Not, Or, Query, Question, Who

DAY = date(2026, 11, 29)
US, EMAIL, OPT_IN = (
    Clause("in", ("US",)),
    Clause("sees", ("identity.email",)),
    Clause("activation", ("opt-in",)),
)
ADDED = Clause("added", ("2024-01-01",))


def find_predicate(question: str) -> Question:
    return ask(load_vendors(), question, DAY).question


@for_rows(
    "question, text",
    [
        ("process only in the EU", "processing only in the EU"),
        ("do not process in the US or India", "no processing in the United States or India"),
        ("process in third countries", "processing in at least one place in third countries"),
        (
            "process in countries without an adequacy decision",
            "processing in at least one place in countries without an adequacy decision",
        ),
        (
            "process only in countries with an adequacy decision",
            "no processing in countries without an adequacy decision",
        ),
        ("are based outside the EU", "legal entity established outside the EU"),
        ("are based in the US or India", "legal entity established in the United States or India"),
        ("are not based in the US", "not: legal entity established in the United States"),
        ("are owned from the US", "owner established in the United States"),
        ("transfer data to the US", "transfers of data to the United States"),
        ("do not transfer data outside the EU", "no transfers of data to places outside the EU"),
        ("have remote access from India", "remote access from India"),
        ("see all payment data", "access to all of the following data: payment data"),
        ("have no DPA", "the list rules out the following: a link to its data processing agreement"),
        ("do not lack a DPA", "the list states a link to its data processing agreement"),
        ("serve product Insights", "use in Insights"),
        ("only serve product Insights", "use in Insights only"),
        ("rely only on SCCs", "reliance of transfers on standard contractual clauses only"),
        ("are used for errors", "use for errors"),
        ("pass data on to AWS", "onward transfer of data to Amazon Web Services"),
        ("pass data on to Zendesk Philippines Inc.", "onward transfer of data to Zendesk Philippines Inc."),
        ("are named Stripe or Zendesk", "name: Stripe or Zendesk"),
        ("process data of employees", "data of employees"),
        ("are in the group Infrastructure", "listed in the group Infrastructure"),
        ("belong to Amazon", "ownership by Amazon"),
        ("keep data for less than 30 days", "storage of data for less than 30 days"),
        ("ended before 2025", "end of use by 31 December 2024"),
        ("ended in 2025", "end of use from 1 January 2025 to 31 December 2025"),
        ("were added in 2025", "start of use from 1 January 2025 to 31 December 2025"),
        ("are announced", "announced, but not yet in use"),
        ("are retired", "no longer in use"),
        ("will end", "with a scheduled end of use"),
        (
            "see email or (process in India and are opt-in)",
            "access to email addresses, or [processing in at least one place in India, and also in use only if opted in]",
        ),
        (
            "not (see email and process in India)",
            "not: [access to email addresses, and also processing in at least one place in India]",
        ),
    ],
)
def test_criterion_of_each_clause_is_a_noun(question: str, text: str) -> None:
    assert (
        CriterionFormatter(load_vendors(), StatementFormatter("en")).format(find_predicate(question)) == text
    )


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("adequate", "processing in at least one place in adequate countries"),
        ("home", "processing in at least one place in countries to which nothing counts as transferred"),
    ],
)
def test_criterion_of_the_countries_of_a_law_names_them(place: str, text: str) -> None:
    formatter = CriterionFormatter(load_vendors(), StatementFormatter("en"))
    assert formatter.format(Clause("in", (place,))) == text
    assert formatter.format(Clause("in", (place, "IN"))) == f"{text} or India"


def test_criterion_of_three_parts_joins_them_in_their_order() -> None:
    formatter = CriterionFormatter(load_vendors(), StatementFormatter("en"))
    assert formatter.format(Or((OPT_IN, EMAIL, Clause("retired")))) == (
        "in use only if opted in, or access to email addresses, or no longer in use"
    )


@for_rows(
    "predicate, line",
    [
        (Clause("role", ("controller",)), "is Stripe a controller"),
        (Clause("role", ("affiliate",)), "is Stripe an affiliate"),
        (Clause("role", ("controller", "processor")), "is Stripe controllers or processors"),
        (OPT_IN, "is Stripe opt-in"),
        (ADDED, "was Stripe added since 2024-01-01"),
        (EMAIL, "does Stripe see email addresses"),
        (Not(EMAIL), "does Stripe not see email addresses"),
        (Not(OPT_IN), "is Stripe not opt-in"),
        (Not(ADDED), "does Stripe not (were added since 2024-01-01)"),
        (And((EMAIL, OPT_IN)), "does Stripe (see email addresses and are opt-in)"),
        (Or((EMAIL, US)), "does Stripe (see email addresses or process in the United States)"),
    ],
)
def test_format_query_about_one_service_inverts_the_verb(predicate: Question, line: str) -> None:
    query = Query("verdict", service="stripe", predicate=predicate)
    assert Printer(load_vendors()).format_query(query) == line


@for_rows(
    "query, line",
    [
        (Query("list", Who("controller", None, "controllers")), "list all controllers"),
        (Query("list", Who("", None, "vendors"), EMAIL), "which vendors see email addresses"),
        (Query("list", Who("", EMAIL, "vendors")), "list all vendors that see email addresses"),
        (Query("count", Who("controller", None, "controllers")), "how many controllers do you use"),
        (Query("count", predicate=EMAIL), "how many services see email addresses"),
        (
            Query("all", Who("", EMAIL, "vendors"), US),
            "all vendors that see email addresses process in the United States",
        ),
        (Query("none", Who("processor", None, "processors"), EMAIL), "no processors see email addresses"),
        (Query("facts", service="stripe", fact="places"), "show Stripe"),
    ],
)
def test_format_query_of_each_kind_names_who_is_asked(query: Query, line: str) -> None:
    assert Printer(load_vendors()).format_query(query) == line


@for_rows(
    "predicate, line",
    [
        (Not(US), "do not process in the United States"),
        (Not(Clause("outside", ("EU",))), "process only in the EU"),
        (Not(Clause("outside", ("adequate",))), "do not process in countries without an adequacy decision"),
        (Not(Clause("outside", ("home",))), "do not process in third countries"),
        (Not(Clause("lacks", ("dpa",))), "state a DPA"),
        (Not(Clause("has", ("dpa",))), "have no DPA"),
        (Not(Clause("sees", ("everything",))), "see nothing"),
        (Clause("sees", ("everything",)), "see any data"),
        (Clause("sees-all", ("everything",)), "see everything"),
        (Clause("sees-all", ("everything", "content")), "see everything except customer content"),
        (Not(Clause("will-end")), "not (will end)"),
        (Not(Clause("ended", ("2024-01-01",))), "not (ended since 2024-01-01)"),
        (Not(Not(EMAIL)), "see email addresses"),
        (Not(Or((EMAIL, US))), "do not see email addresses and do not process in the United States"),
        (And((Not(EMAIL), US)), "process in the United States and do not see email addresses"),
        (And((Not(Clause("has", ("dpa",))), Not(EMAIL), OPT_IN)), "are opt-in and have no DPA and do not see email addresses"),
        (Or((And((Not(EMAIL), US)), OPT_IN)), "(process in the United States and do not see email addresses) or are opt-in"),
        (Or((Not(Or((EMAIL, US))), OPT_IN)), "(do not see email addresses and do not process in the United States) or are opt-in"),
        (Clause("role", ("vendor",)), "have the role vendor"),
        (Clause("remote-in", ("worldwide",)), "have remote access"),
        (Clause("remote-in", ("IN",)), "have remote access from India"),
        (Clause("remote-outside", ("home",)), "have remote access from third countries"),
        (Clause("in", ("adequate", "US")), "process in adequate countries or the United States"),
        (Clause("based-in", ("NL", "DE")), "are based in the Netherlands or Germany"),
        (Clause("owned-outside", ("EU",)), "are owned from outside the EU"),
        (Clause("transfers-outside", ("adequate",)), "transfer data to countries without an adequacy decision"),
        (Clause("lacks", ("certifications",)), "lack certifications"),
        (Clause("has", ("onward",)), "have onward recipients"),
        (Clause("lacks", ("address",)), "lack an address"),
        (Clause("sees", ("identity.postal_address",)), "see postal addresses"),
        (Clause("sees", ("device.ip_address",)), "see IP addresses"),
        (Clause("sees", ("communications.email",)), "see email messages"),
        (Clause("used-for", ("customer-support",)), "are used for customer support"),
        (Clause("used-for", ("errors",)), "are used for errors"),
        (Clause("passes-to", ("Example GmbH",)), 'pass data on to "Example GmbH"'),
        (Clause("added", ("2024-02-01", "2024-02-29")), "were added in 2024-02"),
        (Clause("added", ("2024-01-01", "2024-12-31")), "were added in 2024"),
        (Clause("added", ("2024-02-02", "2024-02-02")), "were added on 2024-02-02"),
        (Clause("added", ("2024-02-02", "2024-02-29")), "were added between 2024-02-02 and 2024-02-29"),
        (Clause("added", ("2024-01-01", "2025-12-31")), "were added between 2024-01-01 and 2025-12-31"),
        (Clause("ended", ("2024-01-01",)), "ended since 2024-01-01"),
        (Clause("ended", ("2024-01-01", "2025-01-01")), "ended in 2024"),
        (Clause("ended", ("2024-01-31", "2024-02-01")), "ended on 2024-01-31"),
        (Clause("any"), "are in the list"),
        (Clause("unheard-of", ("a", "b")), "unheard-of(a, b)"),
    ],
)  # fmt: skip
def test_format_predicate_of_each_clause_is_plain_english(predicate: Question, line: str) -> None:
    assert Printer(load_vendors()).format_predicate(predicate) == line


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("in", "process in at least one place in the EU"),
        ("outside", "process in at least one place outside the EU"),
        ("based-in", "are based in the EU"),
    ],
)
def test_format_predicate_in_an_answer_says_how_places_are_counted(name: str, line: str) -> None:
    assert Printer(load_vendors(), is_explicit=True).format_predicate(Clause(name, ("EU",))) == line


OWN = listing(
    "  a: {name: Alpha}\n",
    head='regions: {"Zone 1": [NL], "Zone/2": [NL]}\ncategories: {content.topics: {label: Topics and themes},'
    " content.notes: {label: notes of sales, aliases: [sales notes]}}",
)


@pytest.mark.parametrize(
    ("predicate", "line"),
    [
        (Clause("in", ("Zone 1",)), 'process in "Zone 1"'),
        (Clause("in", ("Zone/2",)), 'process in "Zone/2"'),
        (Clause("sees", ("content.topics",)), 'see "Topics and themes"'),
        (Clause("sees", ("content.notes",)), "see notes of sales"),
        (Clause("sees", ("no.such",)), 'see "no.such"'),
    ],
)
def test_format_predicate_puts_names_of_the_list_in_quotes_where_they_need_them(
    predicate: Question, line: str
) -> None:
    assert Printer(OWN).format_predicate(predicate) == line
