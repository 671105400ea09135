"""Words of lists in many languages: headers of columns, bases of transfers, and where they hold less than they seem."""

from datetime import date
from typing import Any

import pytest

from import_cases import made
from subproc_cli.errors import ReadError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.importers.text.places import parse_processing
from subproc_cli.yaml.source import Source


def read(name: str, content: str) -> ImportResult:
    return import_file(Source(name, content.encode()), InputFormat.AUTO, Labels())


def summarize(found: ImportResult, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(draft.first(field) for field in fields) for draft in found.drafts.values()]


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("Luogo di elaborazione", "processing"),
        ("Lugar de almacenamiento", "processing"),
        ("Emplacement des serveurs", "processing"),
        ("Local de hospedagem", "processing"),
        ("Plaats van opslag", "processing"),
        ("Plats för lagring", "processing"),
        ("Sted for databehandling", "processing"),
        ("Tietojen käsittelyn sijainti", "processing"),
        ("Miejsce przetwarzania danych", "processing"),
        ("Místo uložení dat", "processing"),
        ("Databehandlingsregion", "processing"),
        ("Paese del fornitore", "entity.country"),
        ("Pays du prestataire", "entity.country"),
        ("Sídlo společnosti", "entity.country"),
        ("Garanzie per il trasferimento", "transfer"),
        ("Garantías de transferencia", "transfer"),
        ("Juridisch kader", "transfer"),
        ("Rättslig grund för överföring", "transfer"),
        ("Overførselsgrundlag", "transfer"),
        ("Podstawa prawna przekazania", "transfer"),
        ("Záruky předání", "transfer"),
        ("Funktion og data", "purpose"),
        ("Datos que podría tratar", "sees"),
        ("Données possibles", "sees"),
        ("Unterauftragsverhältnisse", "name"),
    ],
)
def test_label_of_known_roots_means_a_field_as_a_guess(label: str, path: str) -> None:
    field = Labels().field(label)
    assert field is not None
    assert (field.path, field.certain) == (path, False)


@pytest.mark.parametrize(
    "label", ["Behandling", "Durata del trattamento", "Fornitore di altri dati", "Cookie"]
)
def test_label_with_a_word_beside_the_roots_means_no_place(label: str) -> None:
    field = Labels().field(label)
    assert field is None or field.path not in ("processing", "entity.country")


ITALIAN = """\
# Sub-responsabili

| Fornitore | Servizio | Luogo di elaborazione | Garanzie per il trasferimento |
|---|---|---|---|
| Alfa | Invio di email | Stati Uniti | Accordo art. 28 + Clausole Contrattuali Standard |
| Beta | Hosting | Germania | - |
"""


def test_table_in_italian_has_places_and_bases_of_transfers() -> None:
    found = read("lista.md", ITALIAN)
    assert [draft.first("processing") for draft in found.drafts.values()] == ["US", "DE"]
    assert [fact.value for fact in found.drafts["alfa"].facts("transfer")] == ["scc"]
    assert not found.drafts["beta"].facts("transfer")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("EU (Frankfurt, Ireland)", ["DE", "IE"]),
        ("Unione Europea — Francoforte (eu-central-1)", ["DE"]),
        ("EU (Germany) / US", ["DE", "US"]),
        ("EU/EEA (Ireland), USA", ["IE", "US"]),
        ("USA (RZ: Frankfurt)", ["US", ["DE", "unknown"]]),
        ("Stockholm (arn1)", ["SE"]),
        ("EUA / UE", ["US", "EU"]),
        ("USA (data center: Ireland)", ["US", "IE"]),
        ("Production deployments in Germany", ["DE"]),
        ("The split of roles is under review", []),
        ("United States; SCCs in place.", ["US"]),
        ("United States, with EU Standard Contractual Clauses", ["US"]),
        ("Ireland; ISO 27001; not used for model training", ["IE"]),
    ],
)
def test_place_with_towns_or_other_parts_names_its_countries(text: str, places: list[str]) -> None:
    facts = parse_processing(text).facts
    assert [fact.value["place"] if isinstance(fact.value, dict) else fact.value for fact in facts] == places


@pytest.mark.parametrize(
    "text",
    [
        "EU (Ireland, Zzyzx)",
        "EU (not Germany)",
        "Germany; support from India and Zzyzx; SCCs in place",
        "Germany; SCCs for Zzyzx",
        "Germany; no SCCs",
        "Germany; not used for model training in India",
    ],
)
def test_place_with_another_part_that_may_be_a_place_is_not_read(text: str) -> None:
    found = parse_processing(text)
    assert not found.facts
    assert found.partly


CHOSEN = """\
# Subprocessors of Example

## Core

| Subprocessor | Purpose | Location |
|---|---|---|
| Alpha | Hosting | Germany |

## Assistant

These providers are used **only** when a member chooses the assistant. Texts are not kept.

| Subprocessor | Purpose | Location |
|---|---|---|
| Beta | Drafts | United States; SCCs in place |
"""


def test_sentence_above_a_table_about_all_of_it_is_the_condition_of_its_rows() -> None:
    found = read("list.md", CHOSEN)
    alpha, beta = found.drafts.values()
    assert alpha.first("condition") is None
    assert beta.first("condition") == "These providers are used only when a member chooses the assistant."
    assert beta.first("transfer") == {"basis": "scc", "note": "SCCs in place"}


def test_sentence_above_a_table_about_something_else_is_no_condition() -> None:
    found = read("list.md", CHOSEN.replace("These providers are used", "Texts are stored"))
    assert not any(draft.first("condition") for draft in found.drafts.values())


BY_LANGUAGE = """\
const copy = {
  sl: { title: "Podobdelovalci", purpose: "Namen", region: "Regija" },
  en: { title: "Subprocessors", purpose: "Purpose", region: "Region" },
};
export default () => <table>{SUBPROCESSORS.map((item) => <tr><td>{item.name}</td></tr>)}</table>;
"""


def test_texts_of_a_page_by_language_are_not_services() -> None:
    with pytest.raises(ReadError, match="template"):
        read("page.tsx", BY_LANGUAGE)


ROWS = """\
const providers = [
  ['Alpha', 'Hébergement', 'Comptes'],
  ['Beta', 'Envoi de messages', 'Adresses'],
]
export default () => providers.map(([name, purpose, data]) => <h2 key={name}>{name}</h2>)
"""


def test_rows_that_a_script_takes_apart_by_names_have_these_as_headers() -> None:
    found = read("page.tsx", ROWS)
    assert summarize(found, "name", "purpose") == [("Alpha", "Hébergement"), ("Beta", "Envoi de messages")]


def test_rows_that_a_script_takes_apart_into_other_things_are_no_services() -> None:
    with pytest.raises(ReadError):
        read("page.tsx", ROWS.replace("[name, purpose, data]", "[a, b, c]").replace("{name}", "{a}"))


SHOWN = """\
const subprocessors = [
  { name: 'Alpha', purpose: 'Databas', location: 'USA', region: 'EU (Frankfurt)' },
  { name: 'Beta', purpose: 'Mejl', location: 'USA', region: 'USA' },
]
export default () => subprocessors.map((item) => (
  <dl><dt>Bolagsland</dt><dd>{item.location}</dd><dt>Databehandlingsregion</dt><dd>{item.region}</dd></dl>
))
"""


def test_label_that_a_script_shows_before_a_value_tells_what_its_key_means() -> None:
    found = read("page.tsx", SHOWN)
    where = [draft.first("processing") for draft in found.drafts.values()]
    assert where == [{"place": "DE", "note": "EU (Frankfurt)"}, "US"]
    assert summarize(found, "entity.country") == [("US",), ("US",)]


def test_keys_for_places_without_other_labels_are_both_places() -> None:
    found = read("page.tsx", SHOWN.replace("Bolagsland", "Info").replace("Databehandlingsregion", "Info"))
    alpha, _ = found.drafts.values()
    assert len(alpha.facts("processing")) > 1


BLANK_LINES = """\
# Subprocessors

<table>
  <tr><th>Name</th><th>Purpose</th><th>Corporate location</th></tr>
  <tr><td>Alpha Inc.</td><td>Mail</td>
    <td>

        1 Example Street<br>
        United States

    </td>
  </tr>
  <tr><td>Beta Inc.</td><td>Chat</td><td>Canada</td></tr>
</table>
"""


def test_table_in_html_with_blank_lines_is_read_to_its_end() -> None:
    found = read("list.md", BLANK_LINES)
    assert summarize(found, "name", "entity.country") == [("Alpha Inc.", "US"), ("Beta Inc.", "CA")]


EARLIER = """\
---
date: 2025-10-16
---
# Unterauftragnehmer

Dies sind die Unterauftragnehmer der **Beispiel GmbH, Musterweg 1**.

| Unterauftragsverhältnisse | Adresse | Rolle |
|---|---|---|
| Alpha GmbH | Musterweg 2, 12345 Musterstadt, Deutschland | Hosting |

## Frühere Versionen

- [Version 1.1 vom 01.07.2022](https://beispiel.example/1)
"""


def test_date_of_an_earlier_version_is_not_that_of_the_list() -> None:
    found = read("liste.md", EARLIER)
    assert found.dated == date(2025, 10, 16)
    assert found.title == "Beispiel GmbH"
    assert summarize(found, "name", "entity.country") == [("Alpha GmbH", "DE")]


STYLED = """\
<h1>Subencargados</h1><div class="table">
<div class="row head"><div>Proveedor</div><div>Función</div><div>Ubicación</div></div>
<div class="row"><div><b>Alfa Inc.</b></div><div>Envío de correos</div><div>Estados Unidos</div></div>
<div class="row"><div><b>Beta</b></div><div>Alojamiento</div><div>Irlanda</div></div>
</div>
"""


def test_elements_that_are_styled_as_a_table_are_read_as_one() -> None:
    found = read("lista.html", STYLED)
    assert summarize(found, "name", "purpose", "processing") == [
        ("Alfa Inc.", "Envío de correos", "US"),
        ("Beta", "Alojamiento", "IE"),
    ]


def test_elements_of_other_widths_below_a_header_are_no_table() -> None:
    uneven = STYLED.replace("<div>Alojamiento</div><div>Irlanda</div>", "<div>Alojamiento</div>")
    with pytest.raises(ReadError, match="no services found"):
        read("lista.html", uneven)


def test_brand_is_the_name_next_to_the_legal_person_and_the_kind_of_service() -> None:
    page = (
        "# Unterauftragsverarbeiter\n\n| Juristische Person | Marke | Dienst | Zweck |\n|---|---|---|---|\n"
        "| Alpha GmbH | Alpha | Cloud-Hosting | Betrieb |\n| Beta Inc. | Beta | Versand | E-Mails |\n"
    )
    found = made(page).services.values()
    assert [(each.name, each.entity and each.entity.name) for each in found] == [
        ("Alpha", "Alpha GmbH"),
        ("Beta", "Beta Inc."),
    ]
