"""The answers as they are printed at a terminal: what was understood, who was asked, the numbers and the reasons."""

from datetime import date

import pytest

from question_list import load_vendors
from registry_text import listing
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.output import terminal
from subproc_cli.question.evaluator import ask
from subproc_cli.question.report import AnswersReport

DAY = date(2026, 11, 29)
LIST = listing(
    "  a: {name: Alpha, sees: [identity.email], processing: [IN], certifications: [ISO 27001], onward: [Beta]}\n"
    "  b: {name: Beta, role: controller, never_sees: [identity], processing: [DE, {place: US, how: remote-access}]}\n"
    "  c: {name: Gamma, role: controller}\n"
    "  d: {name: Delta, role: vendor, until: 2027-01-01, links: {dpa: 'https://example.com/dpa'}}\n"
)


def show(question: str, verdicts: tuple[Verdict, ...] = (), columns: tuple[str, ...] = ()) -> list[str]:
    report = AnswersReport(ask(LIST, question, DAY), verdicts=verdicts, columns=columns)
    text = terminal.render(report.to_document(), 200, colour=False)
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("process outside the EU", "process in at least one place outside the EU"),
        ("vendors that see email", "see email addresses"),
        ("which controllers see email", "controllers that see email addresses"),
        ("how many controllers see email", "controllers that see email addresses"),
        ("how many controllers do you have", "how many controllers do you use"),
        ("list all services", "list all services"),
        ("all controllers see email", "all controllers see email addresses"),
        ("no service sees email", "no services see email addresses"),
        ("does Alpha see email", "does Alpha see email addresses"),
    ],
)
def test_report_says_in_english_how_the_question_was_understood(question: str, understood: str) -> None:
    assert f"Understood as: {understood}" in show(question)
    assert f"Asked: {question}" in show(question)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("which controllers see email", "Asked of the 2 controllers (2 other services left out)"),
        ("all services that are in use have a DPA", "Asked of the 4 services"),
        (
            "all services that process in the US have a DPA",
            "Asked of the 3 services (1 other service left out)",
        ),
        ("which affiliates see email", "Asked of no affiliates (4 other services left out)"),
        ("do all affiliates see email", "Yes: there was none to ask"),
    ],
)
def test_report_of_a_role_or_a_restriction_counts_who_was_asked_and_left_out(
    question: str, line: str
) -> None:
    assert line in show(question)


def test_report_of_a_question_to_everyone_does_not_count_who_was_asked() -> None:
    assert not any(line.startswith("Asked of") for line in show("see email"))


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("how many services see email", "1 of 4; 1 cannot be ruled out"),
        ("how many controllers do you have", "2 controllers"),
        ("all services are in use", "Yes: all 4 that were asked"),
        ("all services see email", "No: 2 of 4 do not (Beta and Delta); 1 cannot be ruled out (Gamma)"),
        ("no service sees email", "No: 1 of 4 do (Alpha); 1 cannot be ruled out (Gamma)"),
        (
            "all services have a purpose",
            "Cannot be ruled out: 4 cannot be ruled out (Alpha, Beta, Gamma and Delta)",
        ),
        ("no service has the role affiliate", "Yes: all 4 that were asked"),
    ],
)
def test_report_of_a_count_or_a_claim_has_one_line_with_the_result(question: str, line: str) -> None:
    assert line in show(question)


def test_report_groups_the_services_by_their_answer() -> None:
    lines = show("see email")
    start = lines.index("Yes (1)")
    assert lines[start : start + 9] == [
        "Yes (1)",
        "  Alpha  sees email addresses",
        "",
        "Cannot be ruled out (1)",
        "  Gamma  the list does not state whether it sees email addresses",
        "",
        "No (2)",
        "  Beta   listed as never seeing identifying and contact data",
        "  Delta  is listed as a vendor that sees no personal data",
    ]


def test_report_of_chosen_answers_names_the_unknown_that_are_not_shown() -> None:
    lines = show("see email", verdicts=(Verdict.YES,))
    assert "Yes (1)" in lines
    assert "No (2)" not in lines
    assert "Not shown: Cannot be ruled out (1): Gamma; No (2)." in lines
    assert "Not shown: Yes (1); No (2)." in show("see email", verdicts=(Verdict.UNKNOWN,))
    assert not any(line.startswith("Not shown") for line in show("see email"))


def test_report_with_columns_is_a_table_for_each_answer() -> None:
    lines = show("see email", columns=("purpose", "processing"))
    start = lines.index("Yes (1)")
    assert lines[start + 1 : start + 3] == [
        "Service  Purpose     Processing  Because",
        "Alpha    not stated  IN          sees email addresses",
    ]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("where is Alpha hosted", ["  Processing  India"]),
        (
            "where does Beta process data",
            ["  Processing  Germany", "              United States (remote access)"],
        ),
        ("what does Alpha see", ["  Sees  email address"]),
        ("who owns Alpha", ["not stated"]),
        ("what certifications does Alpha have", ["  Certified  ISO 27001"]),
        ("to whom does Alpha pass data", ["  Passes on to  Beta"]),
    ],
)
def test_report_of_a_part_of_a_service_shows_that_part_alone(question: str, rows: list[str]) -> None:
    lines = [line for line in show(question) if line]
    name = next(line for line in lines if line in {"Alpha", "Beta"})
    assert lines[lines.index(name) + 1 :] == rows


def test_record_of_the_answers_has_question_reading_and_each_answer_with_its_place() -> None:
    answers = ask(LIST, "which controllers see email", DAY)
    record = AnswersReport(answers, verdicts=(Verdict.NO,), columns=("role",)).to_record()
    assert (record["kind"], record["at"]) == ("list", "2026-11-29")
    assert (record["question"], record["reading"]) == ("which controllers see email", "sees(identity.email)")
    assert record["understood"] == "controllers that see email addresses"
    assert (record["asked"], record["not_shown"]) == (["b", "c"], {"yes": [], "unknown": ["c"]})
    (answer,) = record["answers"]
    assert (answer["service"], answer["name"], answer["verdict"]) == ("b", "Beta", "no")
    assert (answer["role"], answer["activation"]) == ("controller", "always")
    assert answer["columns"] == {"role": "controller"}
    assert [each["text"] for each in answer["because"]] == [
        "listed as never seeing identifying and contact data"
    ]
    assert answer["because"][0]["where"]["line"] == 8


def test_record_of_a_claim_has_its_verdict_and_one_of_a_list_has_none() -> None:
    claim = AnswersReport(ask(LIST, "all services are in use", DAY)).to_record()
    assert (claim["kind"], claim["verdict"]) == ("claim", "yes")
    found = AnswersReport(ask(LIST, "see email", DAY)).to_record()
    assert {"verdict", "not_shown", "horizon"}.isdisjoint(found)


def test_answers_beyond_the_known_law_name_the_law_and_its_last_day() -> None:
    report = AnswersReport(ask(load_vendors(), "process outside adequate countries", date(2090, 1, 1)))
    (horizon,) = report.to_record()["horizon"]
    assert horizon["law"] == "eu-gdpr"
    text = terminal.render(report.to_document(), 200, colour=False)
    sentence = f"The data on EU law ends on {horizon['known_until']}; a later act may change this."
    assert text.splitlines().count(sentence) == 1
    early = AnswersReport(ask(load_vendors(), "process outside adequate countries", date(2026, 1, 1)))
    assert "horizon" not in early.to_record()


def test_report_with_every_statement_shows_each_with_its_place() -> None:
    report = AnswersReport(ask(LIST, "see email and process in India", DAY), why=True, explain=True)
    lines = terminal.render(report.to_document(), 200, colour=False).splitlines()
    (understood,) = (line for line in lines if line.startswith("Understood as: "))
    assert understood.endswith(" (read as sees(identity.email) and in(IN))")
    start = lines.index("Yes (1)")
    assert [line.rstrip() for line in lines[start + 1 : start + 3]] == [
        "  Alpha  sees email addresses (test.yaml:7:27)",
        "         processes in India (test.yaml:7:57)",
    ]
