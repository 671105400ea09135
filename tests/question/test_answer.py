"""An answer as it goes into a mail, and the words for what was asked."""

import re
from datetime import date

import pytest

from question_list import load_vendors
from subproc_cli.describe.statements import StatementFormatter
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.output import terminal
from subproc_cli.question.answer import format_answer
from subproc_cli.question.criterion import CriterionFormatter
from subproc_cli.question.evaluator import ask
from subproc_cli.question.query import Clause
from subproc_cli.question.report import AnswersReport

DAY = date(2026, 11, 29)


def answer(question: str, language: str = "en") -> list[str]:
    return format_answer(ask(load_vendors(), question, DAY), language).splitlines()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "According to the list of Example Ltd, version 1.0.0 of 1 November 2026, the following holds for 1 of 14"
                " services as of 29 November 2026: processing in at least one place in India."
            ),
        ),
        (
            "de",
            (
                "Laut der Liste von Example Ltd, Version 1.0.0 vom 1. November 2026, gilt zum 29. November 2026 für 1 von"
                " 14 Diensten: Verarbeitung an mindestens einem Ort in folgendem Gebiet: Indien."
            ),
        ),
        (
            "fr",
            (
                "Selon la liste publiée par Example Ltd, version 1.0.0 du 1er novembre 2026, ce qui suit vaut au"
                " 29 novembre 2026 pour 1 des 14 services\u00a0: traitement en au moins un lieu situé dans\u00a0: Inde."
            ),
        ),
    ],
)
def test_format_answer_names_list_version_and_day_in_each_language(language: str, expected: str) -> None:
    assert answer("process in India", language)[0] == expected


def test_format_answer_of_a_list_names_the_yes_and_the_unknown_services_with_reasons() -> None:
    lines = answer("process in the US")
    assert "- Cloudflare: processes in the United States; transfers rely on the EU-US DPF" in lines
    start = lines.index("It cannot be ruled out for:")
    assert lines[start + 1] == "- Twilio SendGrid: the list does not state where it processes"
    assert lines[-1].startswith("It does not hold for the other ")


def test_format_answer_without_a_yes_says_what_the_no_rests_on() -> None:
    lines = answer("are controllers and are affiliates")
    assert "holds for none of the 14 services" in lines[0]
    assert "This rests on what the list states:" in lines
    assert any(line.startswith("- Stripe: is listed as an independent controller") for line in lines)


def test_format_answer_of_a_broken_claim_names_the_counterexamples() -> None:
    lines = answer("all services are based in Germany")
    assert "the following does not hold for every one of the 14 services" in lines[0]
    assert "It does not hold for:" in lines
    assert any(line.startswith("- Amazon Web Services: its legal entity is established in") for line in lines)


def test_format_answer_of_a_broken_denial_names_the_counterexamples() -> None:
    lines = answer("no subprocessor sees customer content")
    start = lines.index("It holds for:")
    assert lines[start + 1].startswith("- Amazon Web Services: sees customer content")


def test_ask_a_denial_answers_for_each_service_whether_it_does_not() -> None:
    answers = ask(load_vendors(), "no service sees payment data", DAY)
    verdicts = {each.key: each.verdict for each in answers.answers}
    assert (verdicts["stripe"], verdicts["sentry"]) == (Verdict.NO, Verdict.UNKNOWN)
    assert (answers.claim, str(answers.question)) == (Verdict.NO, "not sees(payment)")


def test_format_answer_for_one_service_says_what_it_rests_on() -> None:
    lines = answer("does Sentry process in Germany")
    assert "the following holds for Sentry" in lines[0]
    assert lines[-1] == "- Sentry: processes in Germany"


def test_format_answer_of_facts_lists_them() -> None:
    assert answer("where is Zendesk hosted")[-1] == "- Processing: Ireland; Philippines (remote access)"


QUESTIONS = """\
process only in the EU
do not process in the US or India
process in third countries
process in countries without an adequacy decision
are based outside the EU
are owned from the United States
transfer data to the United States
do not transfer data outside the EU
have remote access from India
see all payment data
see only names
have a purpose
have no DPA
lack a DPA
do not lack a DPA
are controllers
are opt-in
serve product Insights
only serve product Insights
rely on SCCs
rely only on SCCs
are certified under ISO 27001
are used for hosting
train AI on our data
pass data on to AWS
process data of employees
are in the group Infrastructure
vendors except Stripe
belong to Amazon
keep data for more than 30 days
keep data for less than 30 days
were added since 2024-01-01
were added in 2025
were in use before 2024
ended in 2025
ended before 2025
ended since 2025
are announced
are retired
are in use
will end
(see email or process in the US) and not (see email and process in the US)
"""


@pytest.mark.slow
@pytest.mark.parametrize("language", find_languages())
def test_criterion_of_every_kind_of_clause_uses_texts_of_the_language(language: str) -> None:
    words = StatementFormatter(language)
    words.catalogue.borrowed.clear()
    formatter = CriterionFormatter(load_vendors(), words)
    predicates = [ask(load_vendors(), question, DAY).question for question in QUESTIONS.splitlines()]
    texts = [formatter.format(predicate) for predicate in predicates]
    assert len(set(texts)) == len(texts)
    assert words.catalogue.borrowed == set()


def test_criterion_of_a_negation_of_several_parts_is_in_brackets() -> None:
    predicate = ask(load_vendors(), "not (see email and process in the US)", DAY).question
    text = CriterionFormatter(load_vendors(), StatementFormatter("en")).format(predicate)
    assert text.count("[") == text.count("]") == 1


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("identity",), "access to all of the following data: identifying and contact data"),
        (
            ("identity", "identity.email", "identity.name"),
            "access to all of the following data: identifying and contact data; except email addresses and names",
        ),
    ],
)
def test_criterion_of_all_data_names_the_exceptions(arguments: tuple[str, ...], text: str) -> None:
    formatter = CriterionFormatter(load_vendors(), StatementFormatter("en"))
    assert formatter.format(Clause("sees-all", arguments)) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (
            "are controllers or are affiliates",
            "listed as an independent controller, or listed as an affiliate (a group company that is a subprocessor)",
        ),
        ("are opt-in", "in use only if opted in"),
        ("see only names and email", "access to no other data than names and email addresses"),
        ("process in the EU or the US", "processing in at least one place in the EU or the United States"),
        ("have a purpose", "the list states a purpose"),
        ("lack a purpose", "the list does not state a purpose"),
        ("rely on SCCs", "reliance of transfers on standard contractual clauses"),
        ("are certified under ISO 27001", "certification: ISO 27001"),
        ("are used for hosting", "use for hosting"),
        ("were added since 2024-01-01", "in use from 1 January 2024 or later"),
        ("were added in January 2024", "start of use from 1 January 2024 to 31 January 2024"),
        ("ended in January 2024", "end of use from 1 January 2024 to 31 January 2024"),
        ("ended before 2024", "end of use by 31 December 2023"),
        ("were in use before 2024", "in use before 1 January 2024"),
        ("keep data for more than 30 days", "storage of data for more than 30 days"),
        ("do not see payment data", "no access to payment data"),
        ("do not train AI on our data", "not: training of models on customers’ data"),
        (
            "are in use and (see email or process in India)",
            "in use, and also [access to email addresses, or processing in at least one place in India]",
        ),
    ],
)
def test_criterion_states_what_was_asked(question: str, text: str) -> None:
    predicate = ask(load_vendors(), question, DAY).question
    assert CriterionFormatter(load_vendors(), StatementFormatter("en")).format(predicate) == text


def test_ask_for_only_personal_data_leaves_open_what_may_be_none() -> None:
    answers = ask(load_vendors(), "see only personal data", DAY).answers
    verdicts = {each.key: str(each.verdict) for each in answers}
    assert {key: verdicts[key] for key in ("aws", "hetzner", "slack")} == {
        "aws": "unknown",  # content is personal data in some cases only
        "hetzner": "unknown",
        "slack": "no",  # a vendor that sees none
    }


def test_answers_as_rows_name_service_verdict_reason_and_question() -> None:
    head, *rows = AnswersReport(ask(load_vendors(), "process in India", DAY)).to_rows()
    assert head == ("service", "name", "verdict", "because", "where", "at", "version", "question", "reading")
    (found,) = (row for row in rows if row[2] == "yes")
    assert found[1] == load_vendors().get_label(found[0])
    assert "India" in found[3]
    assert found[5:] == ("2026-11-29", "1.0.0", "process in India", "in(IN)")


def test_answers_for_one_fact_of_a_service_show_that_fact_alone() -> None:
    text = terminal.render(
        AnswersReport(ask(load_vendors(), "where is Zendesk hosted", DAY)).to_document(), 100, colour=False
    )
    assert re.search("^ *Processing +Ireland\n +Philippines \\(remote access\\)$", text, re.MULTILINE)
    assert "Purpose" not in text
