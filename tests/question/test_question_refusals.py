"""What a refused question says: the words that are not understood, where they are, and what to type instead."""

from datetime import date

import pytest

from question_list import load_vendors
from registry_text import listing
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.parser import find_other_readings, parse
from subproc_cli.question.reading import Reader
from subproc_cli.question.refusal import build_refusal_record
from subproc_cli.registry.registry import Registry

DAY = date(2026, 11, 29)


def refuse(text: str, registry: Registry | None = None) -> QuestionSyntaxError:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(registry or load_vendors(), text, DAY)
    return caught.value


@pytest.mark.parametrize(
    ("text", "message", "words"),
    [
        ("which services see emial addresses", "'emial' is not understood here", "emial"),
        ("do not(see emial)", "'emial' is not understood here", "emial"),
        ("see (names and (email or phoen))", "'phoen' is not understood here", "phoen"),
        ("process in Atlantis", "'Atlantis' is not understood here", "Atlantis"),
        ("see email --json", "'json' is not understood here", "json"),
        ("are in Germany", "this has more than one meaning", "are in Germany"),
        ("email", "this is not a whole question", "email"),
        ("are compliant", "this cannot be asked in these words", "are compliant"),
        ("there is a nice vendor", "this cannot be asked in these words", "there is a nice vendor"),
        ("is there any safe vendor", "this cannot be asked in these words", "is there any safe vendor"),
    ],
)
def test_parse_refused_question_points_at_the_words_that_are_meant(
    text: str, message: str, words: str
) -> None:
    error = refuse(text)
    assert (error.message, text[error.start : error.end]) == (message, words)


@pytest.mark.parametrize(("text", "end"), [("see email and", 13), ("see email,  ", 10), ("see", 3)])
def test_parse_question_that_breaks_off_points_after_its_last_word(text: str, end: int) -> None:
    error = refuse(text)
    assert error.message.startswith("the question breaks off after ")
    assert (error.start, error.end) == (end, end)


@pytest.mark.parametrize("text", ["", "  \n", "?", "''"])
def test_parse_empty_question_shows_an_example(text: str) -> None:
    error = refuse(text)
    assert (error.message, error.hint) == ("the question is empty", "for example: see email")
    assert (error.start, error.end, error.proposals) == (0, 0, ())


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("see emial", "ask 'see email'"),
        ("are in Germany", "ask 'which process in Germany' or 'which are based in Germany'"),
        (
            "which vendors are hosted by Example Corp",
            "for example: 'which see personal data', 'which process outside the EU', 'which lack a DPA'",
        ),
    ],
)
def test_parse_refused_question_hints_at_what_to_type(text: str, hint: str) -> None:
    assert refuse(text).hint == hint


def test_parse_question_with_many_meanings_proposes_four_and_counts_the_others() -> None:
    error = refuse("are located in the US and are in Germany and are in France")
    assert len(error.proposals) == 4
    assert error.hint.startswith(f"ask '{error.proposals[0]}' or '{error.proposals[1]}' or ")
    assert error.hint.endswith(f"'{error.proposals[3]}' (and 4 more)")


@pytest.mark.parametrize(
    ("text", "is_ambiguous"), [("are in Germany", True), ("see emial", False), ("see email and", False)]
)
def test_parse_refused_question_is_ambiguous_if_it_has_several_meanings(
    text: str, is_ambiguous: bool
) -> None:
    assert refuse(text).is_ambiguous is is_ambiguous


def test_parse_question_of_the_most_characters_is_read_and_of_one_more_refused() -> None:
    assert str(parse(load_vendors(), f"{'see email':<10000}", DAY).predicate) == "sees(identity.email)"
    error = refuse(f"{'see email':<10001}")
    assert error.message == "a question of more than 10,000 characters is not read"
    assert (error.start, error.end) == (0, 0)


def test_read_question_of_the_most_words_is_read_and_of_one_more_refused() -> None:
    reader = Reader(load_vendors(), DAY)
    assert len(reader.read(f"see{' ?' * 298} email").sentence) == 300
    text = f"see{' ?' * 299} email"
    with pytest.raises(QuestionSyntaxError, match="a question of more than 300 words is not read") as caught:
        reader.read(text)
    assert (caught.value.start, caught.value.end, caught.value.hint) == (0, len(text), "")


def test_parse_question_with_brackets_in_brackets_without_end_is_refused() -> None:
    text = f"{'(' * 140}see email{')' * 140}"
    error = refuse(text)
    assert error.message == "is nested too deeply"
    assert (error.start, error.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "message", "name"),
    [
        ("does Example see email", "the list does not name 'Example'", "Example"),
        ("is Example Cloud based in the US", "the list does not name 'Example Cloud'", "Example Cloud"),
        ("does exampletool see email", "the list does not name 'exampletool'", "exampletool"),
        ('does "example cloud" see email', "the list does not name 'example cloud'", '"example cloud"'),
    ],
)
def test_parse_question_about_a_service_that_is_not_listed_names_it(
    text: str, message: str, name: str
) -> None:
    error = refuse(text, listing("  a: {name: Alpha}\n"))
    assert error.message == message
    assert name in text[error.start : error.end]


def test_parse_question_of_a_list_for_facts_points_at_the_whole_question() -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(load_vendors(), "where is Zendesk hosted", DAY, is_stored=True)
    error = caught.value
    assert (error.text, error.start, error.end) == ("where is Zendesk hosted", 0, 23)
    assert error.hint == "for example: process only in the EU"


def test_refusal_record_has_the_words_their_place_and_the_reading_of_each_proposal() -> None:
    record = build_refusal_record(load_vendors(), refuse("which see emial"), DAY)
    assert record["registry"]["version"] == "1.0.0"
    assert {name: value for name, value in record.items() if name != "registry"} == {
        "schema": "subproc/refusal/1",
        "question": "which see emial",
        "asked_on": "2026-11-29",
        "error": "'emial' is not understood here",
        "kind": "not-understood",
        "at": "emial",
        "position": {"start": 10, "end": 15},
        "hint": "ask 'which see email'",
        "proposals": ["which see email"],
        "readings": [{"question": "which see email", "reading": "sees(identity.email)"}],
    }


def test_refusal_record_of_a_question_with_several_meanings_has_a_reading_for_each() -> None:
    record = build_refusal_record(load_vendors(), refuse("are in Germany"), DAY)
    assert record["kind"] == "ambiguous"
    assert [each["reading"] for each in record["readings"]] == ["in(DE)", "based-in(DE)"]


def test_refusal_record_has_no_reading_for_a_command() -> None:
    error = refuse("see email and where is Zendesk hosted")
    record = build_refusal_record(load_vendors(), error, DAY)
    commands = [each for each in record["readings"] if each["question"].startswith("subproc ")]
    assert [each["reading"] for each in commands] == [None] * len(commands)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("keep data in the EU", ("which process in the EU", "which process only in the EU")),
        (
            "were added by 2024",
            ("which were in use before 2024-01-01", "which were in use before 2025-01-01"),
        ),
        ("see email", ()),
        ("see emails", ()),  # none of its meanings is the documented one
        ("see emial", ()),
    ],
)
def test_find_other_readings_of_a_question_of_a_list_puts_the_documented_one_first(
    text: str, lines: tuple[str, ...]
) -> None:
    assert find_other_readings(load_vendors(), text, DAY) == lines
