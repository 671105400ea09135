"""Whether a service is always used: what names, badges, columns and sentences say of it."""

from import_cases import made
from rows import for_rows
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.registry.models import Service

HEAD = "# Subprocessors\n\n| Subprocessor | Purpose |\n|---|---|\n"


def only(page: str, kind: InputFormat = InputFormat.MARKDOWN) -> Service:
    """Return the one service of a page."""
    (service,) = made(page, kind).services.values()
    return service


@for_rows(
    "cell",
    [
        "Alpha (optional)",
        "Alpha – optional",
        "Alpha [opt-in]",
        "Alpha (optionnel)",
        "Alpha (fakultativ)",
    ],
)
def test_name_with_the_word_optional_is_an_opt_in_without_it(cell: str) -> None:
    alpha = only(f"{HEAD}| {cell} | Chat |\n")
    assert (alpha.name, alpha.activation) == ("Alpha", "opt-in")


def test_name_with_a_condition_in_brackets_states_the_condition() -> None:
    alpha = only(f"{HEAD}| Alpha (if enabled) | Chat |\n")
    assert (alpha.name, alpha.condition) == ("Alpha", "if enabled")


def test_badge_after_a_name_is_no_part_of_it() -> None:
    page = (
        "<h1>Subprocessors</h1><table><tr><th>Subprocessor</th><th>Purpose</th></tr>"
        '<tr><td>Alpha <span class="badge">Optional</span></td><td>Chat</td></tr></table>'
    )
    alpha = only(page, InputFormat.HTML)
    assert (alpha.name, alpha.activation) == ("Alpha", "opt-in")


def test_name_that_ends_in_another_word_stays_whole() -> None:
    alpha = only(f"{HEAD}| Alpha – Core | Chat |\n")
    assert (alpha.name, alpha.activation, alpha.condition) == ("Alpha – Core", "always", None)


@for_rows(
    "header, cell, activation",
    [
        ("Optional", "Yes", "opt-in"),
        ("Optional", "No", "always"),
        ("Optional", "Yes (off by default)", "opt-in"),
        ("Required?", "Yes", "always"),
        ("Required?", "No", "opt-in"),
        ("Mandatory", "no", "opt-in"),
        ("Opt-out", "Yes", "opt-out"),
        ("Opt-in", "✓", "opt-in"),
        ("Erforderlich", "nein", "opt-in"),
        ("Facultatif", "oui", "opt-in"),
        ("Optional", "Optional", "opt-in"),
        ("Optional", "Required", "always"),
    ],
)
def test_answer_under_a_header_is_read_by_what_the_header_asks(
    header: str, cell: str, activation: str
) -> None:
    page = f"| Subprocessor | Purpose | {header} |\n|---|---|---|\n| Alpha | Chat | {cell} |\n"
    assert only(page).activation == activation


@for_rows(
    "purpose",
    [
        "Chat, if you enable it",
        "Chat where the customer has enabled it",
        "Maps, when the map module is in use",
        "Used if Customer elects to send text messages",
        "Chat, sofern aktiviert",
        "Zahlung (falls vom Kunden gebucht)",
        "Newsletter, nur bei Nutzung der Funktion",
        "Chat, si vous activez le module",
        "Vidéo (en cas d'utilisation du module)",
    ],
)
def test_condition_in_a_sentence_is_guessed(purpose: str) -> None:
    assert only(f"{HEAD}| Alpha | {purpose} |\n").condition == purpose


@for_rows(
    "purpose",
    [
        "Sends mail when an order is placed",
        "Decides if a login is fraud",
        "Keeps logs even if they are disabled",
        "Versand von Nachrichten, wenn ein Auftrag eingeht",
        "Envoie un message lorsque la commande part",
        "Stores the email address and an optional phone number",
    ],
)
def test_sentence_about_anything_but_the_use_of_the_service_is_no_condition(purpose: str) -> None:
    alpha = only(f"{HEAD}| Alpha | {purpose} |\n")
    assert (alpha.activation, alpha.condition) == ("always", None)


@for_rows(
    "purpose",
    ["Chat. Facultatif.", "Optionales Modul für Chat", "Chat (optionale Funktion)", "Chat, customer-enabled"],
)
def test_purpose_that_calls_the_service_optional_is_an_opt_in(purpose: str) -> None:
    assert only(f"{HEAD}| Alpha | {purpose} |\n").activation == "opt-in"
