"""No word of a question is thrown away: each one changes the reading, or is refused with what can be asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_text import listing
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.evaluation.verdict import Verdict
from subproc_cli.question import grammar
from subproc_cli.question.evaluator import ask

DAY = date(2026, 6, 1)
LIST = listing(
    """\
  aws: {name: AWS, sees: [content], certifications: [ISO 27001, SOC 2 Type II], products: [Forms]}
  stripe: {name: Stripe, role: controller, sees: [payment], certifications: [PCI DSS]}
"""
)


def parse(text: str) -> str:
    return str(grammar.parse(text, LIST.category_tree, LIST.gazetteer, LIST.model.services))


def refused(text: str) -> QuestionSyntaxError:
    with pytest.raises(QuestionSyntaxError) as caught:
        ask(LIST, text, DAY)
    return caught.value


TWO_MEANINGS = [
    # all of data that is named, before a place
    (
        "process all personal data in the EU",
        "all",
        ["process personal data only in the EU"],
    ),
    (
        "see everything in the EU",
        "everything",
        ["process only in the EU", "see everything and process in the EU"],
    ),
    ("send all data to the US", "all", ["send data only to the US"]),
    # data in a place: there too, or nowhere else
    ("store data in Germany", "store", ["process data in Germany", "process data only in Germany"]),
    (
        "do not store personal data in Germany",
        "store",
        ["do not process personal data in Germany", "do not process personal data only in Germany"],
    ),
    # what is denied, and a place
    (
        "process no personal data in the US",
        "in",
        ["do not process personal data in the US", "process no personal data and process in the US"],
    ),
    # how far a word goes
    (
        "see all content and usage data",
        "all",
        ["see all content and all usage data", "see all content and see usage data"],
    ),
    ("only see email in the EU", "only", ["see email only in the EU"]),
    (
        "either see email or see phone and are opt-in",
        "and",
        ["(either see email or see phone) and are opt-in", "either see email or (see phone and are opt-in)"],
    ),
    (
        "see email or process in the US, and are opt-in",
        "and",
        [
            "(see email or process in the US) and are opt-in",
            "see email or (process in the US and are opt-in)",
        ],
    ),
    # addresses or messages
    (
        "who can read our emails?",
        "emails",
        ["who can read our email addresses", "who can read our email messages"],
    ),
    ("do not see e-mails", "e-mails", ["do not see email addresses", "do not see email messages"]),
    ("see names or mail", "mail", ["see names or email addresses", "see names or email messages"]),
    ("read email", "email", ["read email addresses", "read email messages"]),
    ("send our emails", "emails", ["see our email addresses", "see our email messages"]),
    # a use, or data
    ("who processes payments", "payments", ["who processes payment data"]),
    ("never host customer content in the US", "host", ["never see customer content in the US"]),
    ("transfer email addresses", "transfer", ["see email addresses"]),
    # the company, or the processing
    ("are located in Germany", "located", ["process in Germany", "are based in Germany"]),
    (
        "who is not located in Germany",
        "located",
        ["who does not process in Germany", "who is not based in Germany"],
    ),
    ("aren't in the EU", "in", ["do not process in the EU", "aren't based in the EU"]),
    (
        "are any subprocessors located outside the EU",
        "located",
        ["do any subprocessors process outside the EU", "are any subprocessors based outside the EU"],
    ),
    (
        "vendors outside the EU",
        "outside",
        ["vendors that process outside the EU", "vendors that are based outside the EU"],
    ),
    # neither, or not both
    (
        "who does not see names and phone numbers",
        "and",
        ["who sees neither names nor phone numbers", "who does not see both names and phone numbers"],
    ),
    (
        "which never process in the US and the UK",
        "and",
        ["which process in neither the US nor the UK", "which never process in both the US and the UK"],
    ),
    (
        "aren't opt-in and vendors",
        "and",
        ["are neither opt-in nor vendors", "aren't both opt-in and vendors"],
    ),
    ("have no DPA and purpose", "and", ["have neither DPA nor purpose", "do not have both DPA and purpose"]),
    (
        "see email without a DPA and a contact",
        "and",
        ["see email with neither a DPA nor a contact", "see email without both a DPA and a contact"],
    ),
    ("do not see no email", "no", ["do not see email"]),
    # a claim, or a list
    (
        "do all subprocessors have a DPA",
        "all",
        ["which subprocessors have a DPA", "which subprocessors do not have a DPA"],
    ),
    ("are all vendors opt-in", "all", ["which services are opt-in", "which services are not opt-in"]),
    ("not every vendor sees email", "every", ["which services see email", "which services do not see email"]),
    # of whom
    (
        "see email and which processors see names",
        "processors",
        ["see email and are processors and see names"],
    ),
    (
        "are opt-in or vendors with a DPA",
        "vendors",
        ["are opt-in or that with a DPA", "are opt-in or are vendors with a DPA"],
    ),
]
"""Questions with the word that makes two of them, and the lines that ask what may be meant."""


@pytest.mark.parametrize(("text", "word", "lines"), TWO_MEANINGS)
def test_a_question_of_two_meanings_is_refused_with_both(text: str, word: str, lines: list[str]) -> None:
    fault = refused(text)
    assert fault.text[fault.start : fault.end] == word
    assert list(fault.proposals) == lines
    assert all(f"'{line}'" in fault.hint for line in lines)


NOT_ASKED = [
    ("only see email", "only", []),
    ("see only email", "only", []),
    ("see email only", "only", []),
    ("see nothing but email", "nothing", []),
    ("only have access to credentials", "only", []),
    ("only have SCCs", "only", ["rely only on SCCs"]),
    ("have only a DPA", "only", []),
    ("only serve Forms", "only", []),
    ("serve only Forms", "only", []),
    ("only lack a DPA", "only", []),
    ("state only a purpose", "only", []),
    ("are only opt-in", "only", []),
    ("are certified only under ISO 27001", "only", []),
    ("are in use since 2024 only", "only", []),
    ("process only usage data", "only", []),
    ("have all certifications", "all", []),
    ("process in all third countries", "all", []),
    ("process in some third countries", "some", ["process in third countries"]),
    ("rely on each of the SCCs", "each", []),
    ("may see email", "may", ["see email"]),
    ("could not see email", "could", ["do not see email"]),
    ("will process in the US", "will", ["process in the US"]),
    ("won't see email", "won't", ["do not see email"]),
    ("who saw email", "saw", ["who see email"]),
    ("processed email", "processed", ["process email"]),
    (
        "neither see email and process in the US",
        "neither",
        ["neither see email nor process in the US", "do not see email but process in the US"],
    ),
    ("see both names or email", "both", ["see names or email", "see both names and email"]),
    ("see either names and email", "either", ["see names and email", "see either names or email"]),
    # another question would be asked without the word
    ("do not see only email", "only", []),
    ("do not only see email", "only", []),
    ("do not see some data", "some", []),
    ("only rely on SCCs or the DPF", "", []),
]
"""Questions with a word that says how much, which cannot be asked, and the nearest lines that can."""


@pytest.mark.parametrize(("text", "word", "lines"), NOT_ASKED)
def test_a_word_that_cannot_be_asked_is_refused_with_the_nearest_lines(
    text: str, word: str, lines: list[str]
) -> None:
    fault = refused(text)
    assert fault.text[fault.start : fault.end] == word
    assert list(fault.proposals) == lines


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # a proposal keeps what is denied
        ("have no ISO 27001 certification", "are not certified under ISO 27001"),
        ("does not have a SOC 2 report", "are not certified under SOC 2"),
        ("have not signed SCCs", "do not rely on SCCs"),
        ("see email without an ISO 27001 certificate", "see email and are not certified under ISO 27001"),
        ("see email without content", "see email and do not see content"),
        ("process nothing in the US", "do not process anything in the US"),
        ("are not ISO 27001 certified", "are not certified under ISO 27001"),
        ("aren't European companies", "are not based in the EU"),
        ("process in third countries without an adequacy decision", "process outside adequate countries"),
        # and the day
        ("were added after 2025-06-30", "are in use since 2025-07-01"),
        ("were added after 2025-12", "are in use since 2026-01"),
        ("were added before 2025", "are in use before 2025"),
        ("were added on 2024-02-28", "are in use since 2024-02-28 and are not in use since 2024-02-29"),
        ("which were added in 2025-06", "which are in use since 2025-06 and are not in use since 2025-07"),
        ("are new after 2022", "are in use since 2023"),
        ("were in use before 2022", "are in use before 2022"),
    ],
)
def test_a_proposal_keeps_what_is_denied_and_the_day(text: str, line: str) -> None:
    assert refused(text).proposals[0] == line


@pytest.mark.parametrize(
    "text", ["have signed no DPA", "were not added after 2024", "see HR data", "see age"]
)
def test_where_no_proposal_would_keep_the_meaning_there_is_none(text: str) -> None:
    assert refused(text).proposals == ()


def test_what_is_wrong_besides_is_said_where_no_line_can_be_asked() -> None:
    fault = refused("are located in London")
    assert (fault.proposals, fault.hint) == ((), "besides, 'London' is not a known place")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("are certified under SOC 2", 'certified("SOC 2")'),
        ("are certified under SOC2", 'certified("SOC 2 Type II")'),
        ("are certified under soc 2 type 2", 'certified("SOC 2 Type II")'),
        ("are certified under ISO/IEC 27001", 'certified("ISO 27001")'),
        ("are not certified under ISO27001", 'not certified("ISO 27001")'),
        ("are certified under the DPF", 'certified("DPF")'),
    ],
)
def test_a_certification_is_known_in_other_spellings(text: str, reading: str) -> None:
    assert parse(text) == reading
    assert parse(reading) == reading


def test_a_certification_that_no_service_names_is_refused_with_those_that_are_named() -> None:
    fault = refused("are not certified under FedRAMP")
    assert fault.message == "no service of the list names the certification 'FedRAMP'"
    assert fault.proposals[:2] == ("are not certified under ISO 27001", "are not certified under PCI DSS")


# What the words come to


@pytest.mark.parametrize(
    ("fields", "question", "verdict"),
    [
        ("sees: [everything]", "see everything", Verdict.YES),
        ("sees: [content]", "see everything", Verdict.UNKNOWN),
        ("sees: [content], never_sees: [payment]", "see everything", Verdict.NO),
        ("sees: [content.text]", "see all content", Verdict.UNKNOWN),
        ("sees: [content]", "see all content", Verdict.YES),
        ("sees: [content], never_sees: [payment]", "do not see everything", Verdict.YES),
        # a vendor sees no personal data, unless something is said of it
        ("role: vendor", "see personal data", Verdict.NO),
        ("role: vendor", "see email", Verdict.NO),
        ("role: vendor", "see content", Verdict.UNKNOWN),
        ("role: vendor, sees: [identity]", "see email", Verdict.YES),
        ("role: processor", "see personal data", Verdict.UNKNOWN),
        # where nothing leaves there is no transfer basis, as no other is relied on
        ("processing: [DE]", "have a transfer basis", Verdict.NO),
        ("processing: [US]", "have a transfer basis", Verdict.UNKNOWN),
        ("", "have a transfer basis", Verdict.UNKNOWN),
        # nouns
        ("role: vendor, sees: [content]", "which subprocessors see content", Verdict.NO),
        ("role: affiliate, sees: [content]", "which subprocessors see content", Verdict.YES),
        ("role: vendor, sees: [content]", "which vendors see content", Verdict.YES),
    ],
)
def test_what_a_word_comes_to(fields: str, question: str, verdict: Verdict) -> None:
    index = listing(f"  a: {{name: A, {fields}}}\n")
    (answer,) = ask(index, question, DAY, index.model.services).answers
    assert answer.verdict is verdict
    assert answer.result.evidence


PASSED_ON = listing(
    """\
  far: {name: Far, processing: [US]}
  near: {name: Near, processing: [DE], onward: [Far]}
  nearer: {name: Nearer, processing: [DE], onward: [near]}
  ring: {name: Ring, processing: [DE], onward: [ring, Elsewhere]}
  plain: {name: Plain, processing: [DE]}
"""
)


@pytest.mark.parametrize(
    ("question", "yes", "unknown"),
    [
        ("transfer data to the US", "far near nearer", "ring"),
        ("transfer data outside the EU", "far near nearer", "ring"),
        ("do not transfer data to the US", "plain", "ring"),
        ("only transfer data within the EU", "plain", "ring"),
        ("process in the US", "far", ""),
    ],
)
def test_data_is_transferred_to_where_it_is_passed_on_as_well(question: str, yes: str, unknown: str) -> None:
    found = ask(PASSED_ON, question, DAY)
    assert " ".join(each.key for each in found.with_verdict(Verdict.YES)) == yes
    assert " ".join(each.key for each in found.with_verdict(Verdict.UNKNOWN)) == unknown


# Every word counts

PLAIN = [
    "see customer content",
    "do not see customer content or usage data",
    "see customer content, usage data or payment data",
    "process in the EU",
    "process outside the EU or the UK",
    "process only in the EU",
    "transfer data to the US",
    "process usage data in the US",
    "are based in the US",
    "are US companies",
    "are opt-in",
    "are subprocessors",
    "have a DPA and a contact",
    "have no certifications",
    "lack a purpose",
    "state a purpose or a DPA",
    "rely on SCCs",
    "rely only on the DPF",
    "are certified under ISO 27001",
    "are certified under the DPF",
    "serve product Forms",
    "named Stripe",
    "are in use since 2024-01-01",
    "which services see customer content and process in the US",
    "which subprocessors do not process in the US",
    "is there any vendor that sees usage data without a DPA",
]
"""Questions without a word that says how much."""
COUNTING = (
    "all every each everything only solely no not never none neither without nothing most many few several one "
    "two half more less except besides almost mostly mainly partly primarily sometimes always still just even "
    "also too again currently already yet alone entirely else other will would may might could should must did"
)
"""Words that change what is asked, wherever they stand."""


ONLY = ("only", "solely", "everything")
"""Words that change nothing where only one place or basis is meant already."""


@pytest.mark.parametrize("word", COUNTING.split())
def test_a_word_that_is_put_in_changes_the_reading_or_is_refused(word: str) -> None:
    for text in PLAIN:
        words, reading = text.split(), parse(text)
        if word in ONLY and "only" in words:
            continue
        for at in range(len(words) + 1):
            longer = " ".join([*words[:at], word, *words[at:]])
            try:
                assert parse(longer) != reading, longer
            except QuestionSyntaxError as fault:
                for line in fault.proposals:
                    parse(line)


@pytest.mark.parametrize("text", [text for text, *_ in (*TWO_MEANINGS, *NOT_ASKED)])
def test_every_proposal_can_be_asked_and_is_another_question(text: str) -> None:
    readings = [parse(line) for line in refused(text).proposals]
    assert len(set(readings)) == len(readings)


TYPED = (
    "see process store host send transfer rely are is have lack in outside only all every everything any some "
    "no not never neither nor either both and or but email emails content data personal the our of on with "
    "without EU US Germany SCCs DPF DPA opt-in subprocessors vendors which that do does located based since 2024 "
    "( ) , customer payments named Stripe certified under SOC2 may will was"
)


@given(st.lists(st.sampled_from(TYPED.split()), min_size=1, max_size=12).map(" ".join))
def test_whatever_is_typed_is_read_or_refused_with_lines_that_can_be_asked(text: str) -> None:
    try:
        parse(text)
    except QuestionSyntaxError as fault:
        for line in fault.proposals:
            parse(line)
            for kept in ("2024", "Stripe", "SOC2"):
                assert line.count(kept) == text.count(kept) or kept == "SOC2"
