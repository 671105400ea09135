"""What is next to services on a page, or next to the text that is read, is neither lost nor taken for one."""

import pytest

from import_cases import made
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.registry.models import Service


def read(page: str, kind: InputFormat = InputFormat.MARKDOWN) -> dict[str, Service]:
    return {each.name: each for each in made(page, kind).services.values()}


SECTIONS = """
# Subprocessors

## Alpha

**What they do:** Hosting
**Where:** Germany

## Beta

Beta B.V., Keizersgracht 1, Amsterdam

**What they do:** Log search
**Where:** Ireland

"""


@pytest.mark.parametrize(
    "section",
    [
        "## Security\n\nEverything is encrypted.\n",
        "## Datenschutz\n\nDaten werden verschlüsselt.\n",
        "## Backups\n\nWe back up each day.\n",
        "## Payments\n\nOur customers pay by card.\n",
    ],
)
def test_import_does_not_read_a_section_on_the_publisher_as_a_service(section: str) -> None:
    assert list(read(SECTIONS + section)) == ["Alpha", "Beta"]


def test_import_prefers_a_labelled_purpose_to_the_first_line_of_a_section() -> None:
    assert read(SECTIONS)["Beta"].purpose == "Log search"


ANNEX = (
    "**Name:** Alpha SAS\n**Address:** 8 rue de Rivoli, 75008 Paris, France\n"
    "**Contact person's name, position and contact details:** dpo@alpha.example\n"
    "**Description of processing:** Hosting\n"
)


def test_import_reads_the_labels_of_annex_iii() -> None:
    lead = "## Annex III: List of sub-processors\n\nThe controller has authorised these sub-processors:\n\n"
    page = f"{lead}1. {ANNEX}\n2. {ANNEX.replace('Alpha', 'Beta').replace('alpha', 'beta')}"
    services = read(page.replace("\n**", "\n   **"))
    assert services["Alpha SAS"].contact == "dpo@alpha.example"
    assert services["Alpha SAS"].entity
    assert services["Alpha SAS"].entity.address == "8 rue de Rivoli, 75008 Paris, France"


@pytest.mark.parametrize("head", ["Approved", "Authorised", "Genehmigt"])
@pytest.mark.parametrize("answer", ["No", "Pending"])
def test_import_omits_a_service_that_is_not_approved(head: str, answer: str) -> None:
    page = f"| Vendor | Country | {head} |\n|---|---|---|\n| Alpha | Ireland | Yes |\n| Beta | USA | {answer} |\n"
    found = made(page, InputFormat.MARKDOWN)
    assert [each.name for each in found.services.values()] == ["Alpha"]
    assert any("Beta" in text for text in found.report.left_out)


def test_import_reads_certifications_and_no_answer_as_one() -> None:
    page = "Name,Purpose,Certified\nAlpha,Hosting,ISO 27001\nBeta,Mail,No\nGamma,Chat,in progress (planned)\n"
    services = read(page, InputFormat.CSV)
    assert [list(each.certifications) for each in services.values()] == [["ISO 27001"], [], []]
    assert "No" in str(services["Beta"].notes)


def test_import_json_with_numbers_of_rows_takes_ids_from_names() -> None:
    page = '[{"id": 1, "name": "Alpha", "purpose": "Hosting"}, {"id": 2, "name": "Beta", "purpose": "Mail"}]'
    assert list(made(page, InputFormat.JSON).services) == ["alpha", "beta"]


def test_import_reads_company_and_condition_below_a_name_as_what_they_are() -> None:
    rows = [
        "<th><a href='#a'>Alpha</a><span>Alpha Software Inc</span></th>",
        "<th><a href='#b'>Beta</a><span>Beta</span></th>",
        "<th><a href='#c'>Gamma</a><span>until an opt-out in the settings</span></th>",
        "<th><b>De</b><span>lta</span></th>",
    ]
    body = "".join(f"<tr>{name}<td>Hosting</td><td>Germany</td></tr>" for name in rows)
    page = f"<table><tr><th>Service</th><th>Purpose</th><th>Place</th></tr>{body}</table>"
    services = read(page, InputFormat.HTML)
    assert list(services) == ["Alpha", "Beta", "Gamma", "Delta"]
    assert services["Alpha"].entity
    assert services["Alpha"].entity.name == "Alpha Software Inc"
    assert "until an opt-out in the settings" in str(services["Gamma"].notes)


def test_import_reads_a_row_that_spans_all_but_one_column_as_a_group() -> None:
    heads = "<tr><th>Service</th><th>Purpose</th><th>Place</th><th>Data</th><th>Details</th></tr>"
    rows = "<tr><th colspan=4>With access</th></tr><tr><td>Alpha</td><td>Hosting</td><td>Germany</td><td></td><td>x</td></tr>"
    services = read(f"<table>{heads}{rows}</table>", InputFormat.HTML)
    assert [(each.name, each.group) for each in services.values()] == [("Alpha", "With access")]


BOLD = "<p><strong>{name}</strong><br>Purpose: {purpose}<br>Location: {place}</p>"


def test_import_reads_bold_names_above_labelled_lines_and_keeps_what_is_none() -> None:
    services = (("Alpha", "Hosting", "Germany"), ("Beta", "Search", "same as Alpha"), ("Gamma", "Chat", "US"))
    page = "".join(BOLD.format(name=name, purpose=purpose, place=place) for name, purpose, place in services)
    found = made(
        f"<h2>Sub-processors</h2>{page}<p><strong>Effective date</strong><br>1 May 2026</p>", InputFormat.HTML
    )
    assert [(each.name, each.purpose) for each in found.services.values()] == [
        ("Alpha", "Hosting"),
        ("Beta", "Search"),
        ("Gamma", "Chat"),
    ]
    assert any("Effective date" in text for text in found.report.skipped)


def test_import_reads_a_second_column_with_repeated_texts_as_purposes() -> None:
    page = (
        "Sub-processor,Service,Country\nAlpha Ltd,Mail,Ireland\nBeta Inc,Mail,Ireland\nGamma,Maps,Ireland\n"
    )
    services = read(page, InputFormat.CSV)
    assert {name: each.purpose for name, each in services.items()} == {
        "Alpha Ltd": "Mail",
        "Beta Inc": "Mail",
        "Gamma": "Maps",
    }


def test_import_of_regions_in_a_further_sentence_leaves_the_places_open() -> None:
    page = "We use these subprocessors:\n\n- **Alpha** (Chicago, USA) — hosting. Regions: fra, ams.\n- **Beta** — mail, Germany. Not for tests.\n"
    services = read(page)
    assert [place.place for place in services["Alpha"].processing] == [("US", "unknown")]
    assert [place.place for place in services["Beta"].processing] == [("DE",)]
    assert services["Beta"].purpose == "mail"
