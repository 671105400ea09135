"""What is proposed for a question that is not understood: misspelt words corrected, and the parts that are understood."""

from datetime import date

import pytest

from question_list import load_vendors
from rows import for_rows
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question.parser import find_other_readings, parse
from subproc_cli.question.query import normalize_query

DAY = date(2026, 11, 29)


@for_rows(
    "text, proposals",
    [
        ("see emial", ["see email"]),
        ("see emial or Tickets", ["see email or Tickets"]),
        ("(see names) or process in Germny", ["(see names) or process in Germany"]),
        ("see creditcard and adresses", ["see credit card and addresses"]),
        ("pass data on to Stirpe", ["pass data on to Stripe"]),
        ("rely on the DPFF", ["rely on the DPF"]),
        ("are certified under ISO 27001 and encyrpted", ["which are certified under ISO 27001"]),
        ("see email -f json --all", ["see email"]),
        ("see email --at 2024-01-01", ["see email"]),
        ("see email --format=json", ["see email"]),
        ("number of vendors really seeing email", ["how many vendors see email addresses"]),
        ("number of controllers really having a DPA", ["how many controllers have a DPA"]),
        ("which vendors, when asked, see email", ["which vendors see email addresses"]),
        ("do vendors without hesitation see email", ["which vendors do not see email addresses"]),
        ("vendors that never ever see email", ["which vendors do not see email addresses"]),
        ("who sees them really", ["which see any data"]),
        ("really show Stripe", ["subproc show stripe"]),
        ("see email and,", ["which see email addresses"]),
        ("process in Atlantis", ["process in the EU", "process in the US"]),
        ("never see hair colour", ["never see email addresses", "never see personal data", "never see customer content"]),
        ('see "xyz"', []),
        ("see 12", []),
        ("who prevents access to email", []),
        ("see email from 2024 xyz", []),
        ("Hello. Which vendors see email? Where is data hosted? Thanks.", ["which vendors see email addresses"]),
        ("We ask. Is data kept in the EU?", ["which process in the EU", "which process only in the EU"]),
        ("Please send the list. Best regards", []),
        ("does xyzzy see email", ["which see email addresses"]),
        ("is Xyzzy based in the US", ["which are based in the United States"]),
        (
            "are based in the US or India and not in the UK",
            [
                "which are based in the United States or India and are not based in the United Kingdom",
                "which are based in the United States or India and do not process in the United Kingdom",
            ],
        ),
        (
            "see emails and process in the US",
            [
                "which see email addresses and process in the United States",
                "which see email messages and process in the United States",
            ],
        ),
    ],
    parts=4,
)  # fmt: skip
def test_parse_question_that_is_not_understood_proposes(text: str, proposals: list[str]) -> None:
    with pytest.raises(QuestionSyntaxError) as caught:
        parse(load_vendors(), text, DAY)
    assert list(caught.value.proposals) == proposals


@pytest.mark.parametrize(
    ("text", "reading", "lines"),
    [
        ("see recordings", "sees(usage.session_recording)", 3),
        ("see metadata", "sees(content.metadata)", 2),
        ("do not see metadata", "not sees(content.metadata)", 2),
        (
            "see email and name or content",
            "sees(content) or (sees(identity.email) and sees(identity.name))",
            2,
        ),
        ("do not see email and name", "not sees(identity.email) or not sees(identity.name)", 2),
        ("keep data in the EU", "in(EU)", 2),
        ("keep email in the EU", "in(EU) and sees(identity.email)", 2),
        ("are in Germany", "in(DE)", 2),
        ("were added by 2024", "began-before(2024-01-01)", 2),
        ("see no email in the US", "not in(US) or not sees(identity.email)", 2),
    ],
)
def test_parse_stored_question_with_two_meanings_has_the_documented_one(
    text: str, reading: str, lines: int
) -> None:
    query = parse(load_vendors(), text, DAY, is_stored=True)
    assert str(normalize_query(query).predicate) == reading
    found = find_other_readings(load_vendors(), text, DAY)
    assert len(found) == lines
    assert normalize_query(parse(load_vendors(), found[0], DAY)).predicate == normalize_query(query).predicate
    with pytest.raises(QuestionSyntaxError):
        parse(load_vendors(), text, DAY)
