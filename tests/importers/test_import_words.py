"""Words of lists in many languages: headers of columns, bases of transfers, and where they hold less than they seem."""

from typing import Any

import pytest

from subproc_cli.importers import formats
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.yaml.source import Source


def read(name: str, content: str) -> ImportResult:
    return formats.import_file(Source(name, content.encode()), InputFormat.AUTO, Labels())


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
