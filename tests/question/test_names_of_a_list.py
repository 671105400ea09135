"""The names of a list and the words for places, as a question may spell them."""

from datetime import date

import pytest

from registry_text import listing
from rows import for_rows
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.list_names import ListNames
from subproc_cli.question.parser import parse
from subproc_cli.question.query import normalize_query
from subproc_cli.question.vocabulary import Vocabulary

DAY = date(2026, 11, 29)
LIST = listing(
    """\
  example-cloud:
    name: Example Cloud Hosting
    formerly: [oldname]
    entity: {name: Widget Works GmbH, country: DE, parent: {name: Big Corp Holding, country: US}}
    products: [Forms, Surveys Pro]
    group: Core Services
    subjects: [survey authors]
    certifications: [ISO 27001, SOC 2 Type II, Example Seal]
    onward: [Side Data Ltd]
  example-mail: {name: Example Mail, purpose: Sends newsletters to readers, onward: [example-cloud]}
  openthing: {name: OpenThing, certifications: [ISO/IEC 27701]}
  us-post: {name: U.S. Post}
  c3: {name: C3}
  data: {name: Data, purpose: Sends emails and tickets}
  plus: {name: "+"}
  hosting: {name: Hosting Support}
""",
    head="regions: {only: [CH], Zone: [NL, BE], Zone Two: [FR]}",
)


@for_rows(
    "name, service",
    [
        ("Example Cloud Hosting", "example-cloud"),
        ("example cloud", "example-cloud"),
        ("example-cloud", "example-cloud"),
        ("Cloud Hosting", "example-cloud"),
        ("oldname", "example-cloud"),
        ("Widget Works GmbH", "example-cloud"),
        ('"Example Cloud"', "example-cloud"),
        ("OpenThing", "openthing"),
        ("open thing", "openthing"),
        ("US Post", "us-post"),
        ("U.S. Post", "us-post"),
        ("C3", "c3"),
        ("Data", "data"),
        ('"+"', "plus"),
        ("Hosting", "hosting"),
    ],
)
def test_parse_question_finds_a_service_by_each_of_its_names(name: str, service: str) -> None:
    assert parse(LIST, f"does {name} see email", DAY).service == service


@for_rows("name", ["Example", "Cloud", "Widget Works", "GmbH", "Post", '"+ x"', '"Cloud Mail"', "op enthing"])
def test_parse_question_with_a_part_of_a_name_that_is_not_its_own_is_refused(name: str) -> None:
    with pytest.raises(QuestionSyntaxError):
        parse(LIST, f"does {name} see email", DAY)


def test_parse_question_with_a_name_of_two_services_proposes_both_in_quotes() -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(LIST, "does Example see email", DAY)
    assert caught.value.proposals == (
        'does "Example Cloud Hosting" see email',
        'does "Example Mail" see email',
    )


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Example Mial", ('"Example Mail"',)),
        ("OpenTing", ('"OpenThing"',)),
        ("example", ('"Example Cloud Hosting"', '"Example Mail"')),
        ("exampel hosting", ()),
        ("C4", ()),
        ("completely other", ()),
    ],
)
def test_find_near_services_returns_those_whose_names_are_misspelt(
    words: str, names: tuple[str, ...]
) -> None:
    assert ListNames(LIST).find_near_services(words) == names


@pytest.mark.parametrize(
    ("name", "samples"),
    [
        ("SERVICE", ("Example Cloud Hosting", "Example Mail", "OpenThing")),
        ("PRODUCT", ('"Forms"', '"Surveys Pro"')),
        ("GROUP", ('"Core Services"',)),
        ("CERT", ("ISO 27001", "ISO 27701", "SOC 2")),
        ("NAME", ('"Side Data Ltd"', '"example-cloud"')),
        ("DATA", ()),
    ],
)
def test_list_samples_returns_at_most_three_names_of_a_class(name: str, samples: tuple[str, ...]) -> None:
    assert ListNames(LIST).list_samples(name) == samples


@pytest.mark.parametrize(
    ("word", "is_found"),
    [
        ("newsletters", True),
        ("newsletter", True),
        ("core", True),
        ("reader", True),
        ("news", False),
        ("letters", False),
        ("to", False),
        ("services", False),
    ],
)
def test_has_purpose_word_finds_whole_words_in_any_number(word: str, is_found: bool) -> None:
    assert ListNames(LIST).has_purpose_word(word) is is_found


@pytest.mark.parametrize(
    ("words", "is_found"), [("emails and tickets", True), ("email and ticket", True), ("ails and", False)]
)
def test_has_purpose_phrase_finds_words_next_to_each_other(words: str, is_found: bool) -> None:
    assert ListNames(LIST).has_purpose_phrase(words) is is_found


@for_rows(
    "question, reading",
    [
        ("pass data on to Side Data Ltd", 'passes-to("Side Data Ltd")'),
        ("pass data on to Example Mail", 'passes-to("example-mail")'),
        ("serve product forms", 'product("Forms")'),
        ("serve Surveys Pro", 'product("Surveys Pro")'),
        ("are in the group core services", 'group("Core Services")'),
        ("process data of survey author", 'subject("survey authors")'),
        ("process data of employees", 'subject("employees")'),
        ("belong to Big", 'owned-by("Big Corp Holding")'),
        ("belong to Big Corp", 'owned-by("Big Corp Holding")'),
        ("belong to big corp holding", 'owned-by("Big Corp Holding")'),
        ("have an ISO certificate", 'certified("ISO")'),
        ("have SOC", 'certified("SOC")'),
        ("have SOC2 Type 2", 'certified("SOC 2 Type II")'),
        ("have a SOC 2 report", 'certified("SOC 2")'),
        ("are certified under the Example Seal", 'certified("Example Seal")'),
        ("are certified under ISO/IEC 27701", 'certified("ISO 27701")'),
        ("are used for newsletters", 'used-for("newsletters")'),
        ("process in Zone", "in(Zone)"),
        ("process in zone two", 'in("Zone Two")'),
        ('process in "only"', "in(only)"),
        ("process in DE", "in(DE)"),
        ("process in IN", "in(IN)"),
        ("process in the us", "in(US)"),
        ("process in the U.S.", "in(US)"),
        ("process in uk", "in(GB)"),
        ("process in the world", "in(worldwide)"),
        ("are german", "based-in(DE)"),
        ("are Germans", "based-in(DE)"),
        ("Swiss companies", "based-in(CH)"),
        ("DE based companies", "based-in(DE)"),
        ("US companies", "based-in(US)"),
        ("are based in Germany and process there", "based-in(DE) and in(DE)"),
        ("process in Frankfurt, Germany", "in(DE)"),
        ("Q1: see email", "sees(identity.email)"),
        ("3.2) see email", "sees(identity.email)"),
        ("(12) see email", "sees(identity.email)"),
        ("7. see email", "sees(identity.email)"),
        ("(3) see email", "sees(identity.email)"),
        ("b) see email", "sees(identity.email)"),
        ("Question 12: see email", "sees(identity.email)"),
        ("Dear Example team, which vendors see email?", "sees(identity.email)"),
        ("send emails", 'used-for("email-delivery")'),
        ("payment processors", 'used-for("payments")'),
    ],
)
def test_parse_question_reads_names_places_and_labels(question: str, reading: str) -> None:
    assert str(normalize_query(parse(LIST, question, DAY)).predicate) == reading


@for_rows(
    "question, words",
    [
        ("serve product Surveys", "Surveys"),
        ("are in the group Core", "Core"),
        ("belong to Corp Holding", "Corp Holding"),
        ("pass data on to Side Data", "Side Data"),
        ("are used for with", "with"),
        ("process in de", "de"),
        ("process in in", "in"),
        ("DE companies", "companies"),
        ("PROCESS IN IN", "IN"),
        ("process in Germany or France and are based there", "there"),
        ("sees(no.such)", "sees(no.such)"),
    ],
)
def test_parse_question_with_another_spelling_points_at_it(question: str, words: str) -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(LIST, question, DAY)
    error = caught.value
    assert question[error.start : error.end] == words


@for_rows(
    "question, proposals",
    [
        ("process in Berlin", ("which process in Germany",)),
        ("process in Bavaria", ("which process in Germany",)),
        ("process in eu-central-1", ("which process in Germany",)),
        ("process in EMEA", ("which process in Europe, Asia or Africa",)),
        ("are in Zone", ('which process in "Zone"', 'which are based in "Zone"')),
        (
            "have HIPAA",
            (
                "which are certified under ISO 27001",
                "which are certified under ISO 27701",
                "which are certified under SOC 2",
            ),
        ),
    ],
)
def test_parse_question_with_a_narrower_name_proposes_what_the_list_knows(
    question: str, proposals: tuple[str, ...]
) -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(LIST, question, DAY)
    assert caught.value.proposals == proposals


def test_parse_question_about_a_certification_where_none_is_named_proposes_to_ask_for_any() -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(listing("  a: {name: Alpha}\n"), "are certified under ISO 27001", DAY)
    assert caught.value.proposals == ("which have certifications",)


@for_rows(
    "text",
    [
        "sees()", "sees(identity.email, identity.name)", "in()", "in(Atlantis)", "has(no.such)", "relies(no-such)",
        "relies()", "added(yesterday)", "added(2024-02-30)", "added()", "added(2024-01-01, 2024-02-01, 2024-03-01)",
        "ended(x)", "began-before(2024)", "kept-longer(many)", "kept-longer(30, 40)", "kept-shorter(-1)", "role(chief)",
        "role()", "activation(sometimes)", "retired(x)", "trains(x)", "product()", "group(a, b)", "named()", "sees-all()",
    ],
)  # fmt: skip
def test_read_clause_with_a_wrong_argument_returns_nothing(text: str) -> None:
    assert Vocabulary(LIST, DAY).read_clause(text) is None


def test_parse_clause_with_a_wrong_argument_is_refused_as_a_whole() -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(LIST, "see email or in(Atlantis)", DAY)
    assert caught.value.message == "'in(Atlantis)' is not understood here"


@for_rows(
    "text, reading",
    [
        ("sees(email)", "sees(identity.email)"),
        ("sees(personal)", "sees(personal)"),
        ("only-sees(identity.email, names)", "only-sees(identity.email, identity.name)"),
        ("sees-all(everything, content)", "sees-all(everything, content)"),
        ("in(Germany, adequate)", "in(DE, adequate)"),
        ("based-in(DE, FR, IT)", "based-in(DE, FR, IT)"),
        ("outside(home)", "outside(home)"),
        ("lacks(dpa)", "lacks(dpa)"),
        ("relies(SCCs)", "relies(scc)"),
        ("relies-only(dpf, scc)", "relies-only(dpf, scc)"),
        ("added(2024-01-01, 2024-02-01)", "added(2024-01-01, 2024-02-01)"),
        ("since(2024-01-01)", "added(2024-01-01)"),
        ("ended(2024-01-01)", "ended(2024-01-01)"),
        ("ended(, 2024-01-01)", "ended(, 2024-01-01)"),
        ("began-before(2024-01-01)", "began-before(2024-01-01)"),
        ("kept-longer(30)", "kept-longer(30)"),
        ("role(controller, affiliate)", "role(affiliate, controller)"),
        ("activation(opt-in)", "activation(opt-in)"),
        ("retired()", "retired()"),
        ("trains()", "trains()"),
        ("any()", "any()"),
        ('product("A, b")', 'product("A, b")'),
        ("product-only(Forms, Surveys)", "product-only(Forms, Surveys)"),
        ('named("c3", "plus")', 'named("c3", "plus")'),
    ],
)
def test_parse_clause_in_the_formal_notation_is_read(text: str, reading: str) -> None:
    assert str(normalize_query(parse(LIST, text, DAY)).predicate) == reading
