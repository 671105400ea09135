"""The text that answers a question in a mail: each kind of question, and what its answer rests on."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.question.answer import format_answer
from subproc_cli.question.evaluator import ask

DAY = date(2026, 11, 29)
LIST = listing(
    "  a: {name: Alpha, sees: [identity.email], processing: [US, IN], transfer: [dpf, scc], since: 2024-01-01,"
    " entity: {country: US, parent: {name: Example Group, country: US}}}\n"
    "  b: {name: Beta, role: controller, never_sees: [identity], processing: [DE], purpose: Hosting}\n"
    "  c: {name: Gamma, role: controller}\n"
    "  d: {name: Delta, role: vendor, until: 2027-01-01, activation: opt-in, purpose: Hosting}\n"
)
OF_LIST = "The list of Example GmbH, version 1.0.0 of 1 January 2024,"
ACCORDING = "According to the list of Example GmbH, version 1.0.0 of 1 January 2024, the following"
AS_OF = "as of 29 November 2026"
ALPHA = (
    "- Alpha: sees email addresses; places of processing: United States; India;"
    " transfers rely on the EU-US DPF and standard contractual clauses"
)
GAMMA = "- Gamma: the list does not state whether it sees email addresses"


def answer(question: str) -> list[str]:
    text = format_answer(ask(LIST, question, DAY), "en")
    assert text.endswith("\n")
    return text.splitlines()


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "see email",
            [
                f"{ACCORDING} holds for 1 of 4 services {AS_OF}: access to email addresses.",
                "",
                "It holds for:",
                ALPHA,
                "",
                "It cannot be ruled out for:",
                GAMMA,
                "",
                "It does not hold for the other 2 services.",
            ],
        ),
        (
            "which controllers see email",
            [
                f"{ACCORDING} is certain for none of the 2 controllers {AS_OF}: access to email addresses.",
                "",
                "It cannot be ruled out for:",
                GAMMA,
                "",
                "It does not hold for the other service.",
            ],
        ),
        (
            "are opt-out",
            [
                f"{ACCORDING} holds for none of the 4 services {AS_OF}: in use unless opted out.",
                "",
                "This rests on what the list states:",
                "- Alpha, Beta and Gamma: always in use (default: the list says nothing else)",
                "- Delta: in use only if opted in",
            ],
        ),
        (
            "list all services",
            [
                f"{OF_LIST} names 4 services {AS_OF}.",
                ALPHA.replace("sees email addresses; ", ""),
                "- Beta: Hosting; place of processing: Germany",
                "- Gamma",
                "- Delta: Hosting",
            ],
        ),
        (
            "list all controllers that have a purpose",
            [
                f"{ACCORDING} holds for 1 of 2 controllers {AS_OF}: the list states a purpose.",
                "",
                "It holds for:",
                "- Beta: the list states a purpose; place of processing: Germany",
                "",
                "It cannot be ruled out for:",
                "- Gamma: the list does not state a purpose",
            ],
        ),
        (
            "process in the US",
            [
                f"{ACCORDING} holds for 1 of 4 services {AS_OF}: processing in at least one place in the United States.",
                "",
                "It holds for:",
                "- Alpha: processes in the United States; transfers rely on the EU-US DPF and standard contractual clauses",
                "",
                "It cannot be ruled out for:",
                "- Gamma: the list does not state where it processes",
                "- Delta: the list does not state where it processes",
                "",
                "It does not hold for the other service.",
            ],
        ),
        (
            "rely on SCCs",
            [
                f"{ACCORDING} holds for 1 of 4 services {AS_OF}: reliance of transfers on standard contractual clauses.",
                "",
                "It holds for:",
                (
                    "- Alpha: transfers rely on the EU-US DPF and standard contractual clauses;"
                    " places of processing: United States; India"
                ),
            ],
        ),
    ],
)
def test_format_answer_of_a_list_names_the_yes_and_the_unknown(question: str, lines: list[str]) -> None:
    assert answer(question)[: len(lines)] == lines


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "all controllers see email",
            [
                f"{ACCORDING} does not hold for every one of the 2 controllers {AS_OF}: access to email addresses.",
                "",
                "It does not hold for:",
                "- Beta: listed as never seeing identifying and contact data",
                "",
                "The list does not state enough to confirm it for:",
                GAMMA,
            ],
        ),
        (
            "no service sees email",
            [
                f"{ACCORDING} holds for at least one of the 4 services {AS_OF}: access to email addresses.",
                "",
                "It holds for:",
                "- Alpha: sees email addresses",
                "",
                "It cannot be ruled out for:",
                GAMMA,
            ],
        ),
        (
            "no controller sees email",
            [
                (
                    f"{OF_LIST} does not state enough to say that the following holds for none of the 2 controllers"
                    f" {AS_OF}: access to email addresses."
                ),
                "",
                "It cannot be ruled out for:",
                GAMMA,
            ],
        ),
        (
            "all services are in use",
            [
                f"{ACCORDING} holds for all 4 services {AS_OF}: in use.",
                "",
                "This rests on what the list states:",
                "- Alpha: its start date: 1 January 2024",
                "- Beta, Gamma and Delta: no end date is listed",
            ],
        ),
        (
            "all services are in the list",
            [
                f"{ACCORDING} holds for all 4 services {AS_OF}: listed.",
                "",
                "This rests on what the list states:",
                "- Alpha and Gamma",
                "- Beta and Delta: Hosting",
            ],
        ),
        (
            "all services that see email process in the US",
            [
                (
                    f"{OF_LIST} does not state enough to say whether the following holds for all 2 services with the"
                    f" following: access to email addresses {AS_OF}: processing in at least one place in the United States."
                ),
                "",
                "The list does not state enough to confirm it for:",
                "- Gamma: the list does not state where it processes",
            ],
        ),
    ],
)
def test_format_answer_of_a_claim_names_what_breaks_it_and_what_is_open(
    question: str, lines: list[str]
) -> None:
    assert answer(question) == lines


@pytest.mark.parametrize(
    ("name", "head", "line"),
    [
        ("Alpha", f"{ACCORDING} holds for Alpha", ALPHA),
        (
            "Beta",
            f"{ACCORDING} does not hold for Beta",
            "- Beta: listed as never seeing identifying and contact data",
        ),
        ("Gamma", f"{OF_LIST} does not state enough to say whether the following holds for Gamma", GAMMA),
    ],
)
def test_format_answer_for_one_service_is_yes_no_or_open(name: str, head: str, line: str) -> None:
    assert answer(f"does {name} see email") == [
        f"{head} {AS_OF}: access to email addresses.",
        "",
        "This rests on what the list states:",
        line,
    ]


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("where is Alpha hosted", ["- Processing: United States; India"]),
        ("who owns Alpha", ["- Owned by: Example Group, United States"]),
        ("when was Alpha added", ["- In use from: 1 January 2024"]),
        ("what is Delta used for", ["- Purpose: Hosting", "- Used: only after an opt-in"]),
        ("what does Alpha see", ["- Sees: email address"]),
    ],
)
def test_format_answer_of_a_part_of_a_service_lists_its_fields(question: str, lines: list[str]) -> None:
    head, empty, *found = answer(question)
    assert head.startswith(f"{OF_LIST} states the following about ")
    assert head.endswith(f" {AS_OF}:")
    assert empty == ""
    assert found == lines


def test_format_answer_of_a_part_that_is_not_stated_says_so() -> None:
    assert answer("where is Gamma hosted") == [f"{OF_LIST} does not state this about Gamma {AS_OF}."]


def test_format_answer_of_all_that_is_known_of_a_service_lists_every_field() -> None:
    assert answer("show Delta")[2:] == [
        "- Name: Delta",
        "- Role: vendor that sees no personal data",
        "- Purpose: Hosting",
        "- Used: only after an opt-in",
        "- No longer used from: 1 January 2027",
    ]


ONE_CONTROLLER = listing(
    "  a: {name: Alpha, role: controller, sees: [payment], never_sees: [identity],"
    " purpose: {en: Billing, de: Abrechnung}, processing: [{place: DE, when: {en: at night, de: nachts}}]}\n"
    "  b: {name: Beta, purpose: Hosting}\n"
)


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        ("which controllers see payment", "en", "the following holds for the only controller as of"),
        ("which controllers see email", "en", "the following does not hold for the only controller as of"),
        ("which controllers see health", "en", "the following is not certain for the only controller as of"),
        ("do all controllers see payment", "en", "the following holds for the only controller as of"),
        ("do all controllers see email", "en", "the following does not hold for the only controller as of"),
        (
            "do all controllers see health",
            "en",
            "does not state enough to say whether the following holds for the only controller as of",
        ),
        ("does no controller see payment", "en", "the following holds for the only controller as of"),
        ("does no controller see email", "en", "the following does not hold for the only controller as of"),
        (
            "does no controller see health",
            "en",
            "does not state enough to say that the following does not hold for the only controller as of",
        ),
        ("list controllers", "en", "names 1 controller as of"),
        ("keep data longer than 1 day", "en", "storage of data for more than 1 day."),
        ("keep data less than 2 days", "en", "storage of data for less than 2 days."),
        ("keep data longer than 1 day", "de", "Speicherung von Daten für mehr als 1 Tag."),
        ("keep data less than 1 day", "fr", "conservation des données pendant moins de 1 jour."),
        (
            "which controllers see email",
            "de",
            "gilt zum 29. November 2026 für den einzigen Verantwortlichen nicht:",
        ),
        (
            "which controllers see email",
            "fr",
            "ne vaut pas au 29 novembre 2026 pour l’unique responsable du traitement\N{NO-BREAK SPACE}:",
        ),
    ],
)
def test_format_answer_about_one_is_in_the_singular(question: str, language: str, text: str) -> None:
    assert text in format_answer(ask(ONE_CONTROLLER, question, DAY), language).splitlines()[0]


@pytest.mark.parametrize(
    ("question", "language", "line"),
    [
        ("list controllers", "en", "- Alpha: Billing; place of processing: Germany (at night)"),
        ("list controllers", "de", "- Alpha: Abrechnung; Verarbeitungsort: Deutschland (Bedingung: nachts)"),
        ("what does Alpha do", "en", "- Purpose: Billing"),
        ("what does Alpha do", "de", "- Zweck: Abrechnung"),
    ],
)
def test_format_answer_has_the_texts_of_the_list_in_its_language(
    question: str, language: str, line: str
) -> None:
    assert line in format_answer(ask(ONE_CONTROLLER, question, DAY), language).splitlines()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "in folgendem Gebiet: Länder ohne Angemessenheitsbeschluss."),
        ("fr", "situé dans\N{NO-BREAK SPACE}: pays sans décision d’adéquation."),
    ],
)
def test_format_answer_names_countries_after_a_colon_without_case_or_article(
    language: str, text: str
) -> None:
    line = format_answer(ask(ONE_CONTROLLER, "process in inadequate countries", DAY), language).splitlines()[
        0
    ]
    assert line.endswith(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the list does not state a link to its data processing agreement."),
        ("de", "nicht angegeben: Link zum Auftragsverarbeitungsvertrag."),
        ("fr", "la liste n’indique pas\N{NO-BREAK SPACE}: lien vers le contrat de sous-traitance."),
    ],
)
def test_format_answer_about_a_missing_fact_names_it_in_the_language(language: str, text: str) -> None:
    assert format_answer(ask(LIST, "which lack a DPA", DAY), language).splitlines()[0].endswith(text)


@pytest.mark.parametrize(
    ("question", "language", "text"),
    [
        ("rely on SCCs or the DPF", "de", "Übermittlung auf Grundlage von: Standardvertragsklauseln oder"),
        ("rely only on SCCs", "fr", "uniquement sur\N{NO-BREAK SPACE}: clauses contractuelles types."),
    ],
)
def test_format_answer_about_transfer_bases_names_them_in_its_language(
    question: str, language: str, text: str
) -> None:
    assert text in format_answer(ask(LIST, question, DAY), language).splitlines()[0]


@pytest.mark.parametrize(
    ("language", "question", "reason"),
    [
        ("de", "which controllers process in Germany", "Deutschland (Bedingung: nachts)"),
        ("en", "which controllers process in Germany", "Germany (at night)"),
        ("de", "process data of visitors", "Besucher"),
    ],
)
def test_answer_in_a_language_has_the_texts_of_the_list_in_it(
    language: str, question: str, reason: str
) -> None:
    about = listing(
        "  a: {name: Alpha, role: controller, subjects: [{en: visitors, de: Besucher}],"
        " processing: [{place: DE, when: {en: at night, de: nachts}}]}\n"
    )
    assert reason in format_answer(ask(about, question, DAY), language)
