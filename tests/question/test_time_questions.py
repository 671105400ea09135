"""Questions for when a service began or ended: in, since, before, after or by a day, a month or a year."""

from datetime import date

from question_list import load_vendors
from rows import for_rows
from subproc_cli.question.parser import parse
from subproc_cli.question.query import normalize_query
from subproc_cli.question.reading import Reader

DAY = date(2026, 11, 29)


def read(question: str) -> str:
    return str(normalize_query(parse(load_vendors(), question, DAY)).predicate)


@for_rows(
    "question, reading",
    [
        ("were added in 2024", "added(2024-01-01, 2024-12-31)"),
        ("were added on 2024-02-01", "added(2024-02-01, 2024-02-01)"),
        ("were added since 2024", "added(2024-01-01)"),
        ("were added after 2024", "added(2025-01-01)"),
        ("were added after 2024-02-29", "added(2024-03-01)"),
        ("were added before 2024", "began-before(2024-01-01)"),
        ("were added by 2024-02-29", "began-before(2024-03-01)"),
        ("were added between 2024 and 2025", "added(2024-01-01, 2025-12-31)"),
        ("were added between 1 January and 31 March 2025", "added(2025-01-01, 2025-03-31)"),
        ("were added from January to March 2025", "added(2025-01-01, 2025-03-31)"),
        ("were added in the last 12 months", "added(2025-11-29, 2026-11-29)"),
        ("start in January 2027", "added(2027-01-01, 2027-01-31)"),
        ("will start in 2027", "announced() and began-before(2028-01-01) and not began-before(2027-01-01)"),
        ("were in use in 2024", "began-before(2025-01-01) and not ended(, 2024-01-01)"),
        ("have been used for more than five years", "began-before(2021-11-29) and in-use()"),
        ("ended in 2024", "ended(2024-01-01, 2025-01-01)"),
        ("ended on 2024-02-29", "ended(2024-02-29, 2024-03-01)"),
        ("ended since 2024", "ended(2024-01-01)"),
        ("ended after 2024", "ended(2025-01-01)"),
        ("ended before 2024", "ended(, 2024-01-01)"),
        ("ended by 2024-02-29", "ended(, 2024-03-01)"),
        ("ended until 2024-02-29", "ended(, 2024-03-01)"),
    ],
)
def test_parse_question_for_a_time_has_its_first_and_last_day(question: str, reading: str) -> None:
    assert read(question) == reading


@for_rows(
    "question, readings",
    [
        ("were added by 2024", ["began-before(2024-01-01)", "began-before(2025-01-01)"]),
        ("were added until 2024", ["began-before(2024-01-01)", "began-before(2025-01-01)"]),
        ("ended by 2024", ["ended(, 2024-01-01)", "ended(, 2025-01-01)"]),
        ("ended until June 2024", ["ended(, 2024-06-01)", "ended(, 2024-07-01)"]),
        ("are in use since 2024-01-01", ["added(2024-01-01)", "began-before(2024-01-02)"]),
        ("were added in the last year", ["added(2025-01-01, 2025-12-31)", "added(2025-11-29, 2026-11-29)"]),
    ],
)
def test_read_question_for_a_time_with_two_meanings_has_both(question: str, readings: list[str]) -> None:
    reading = Reader(load_vendors(), DAY).read(question)
    assert sorted(str(query.predicate) for query in reading.answered) == readings


@for_rows(
    "question",
    ["were added between 2025 and 2024", "were added between 30 February and 31 March 2025", "ended in 9999"],
)
def test_read_question_for_days_that_do_not_exist_has_no_meaning(question: str) -> None:
    assert not Reader(load_vendors(), DAY).read(question).answered
