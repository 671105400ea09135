"""Pages become lists: tables, headings with labels, bullets; in Markdown and in HTML."""

import pytest

from import_cases import made
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat

TABLE = """\
---
title: Example Subprocessors
---

**Last updated: June 8, 2023**

| Name of Sub-Processor | Purpose | Location | Corporate Location | Colour |
|---|---|---|---|---|
| Alpha Cloud | Hosting | Frankfurt, Germany,<br/>Ireland | United States | blue |
| Beta | Mail | Varies | No | |

| Name of Cookie | Reason |
|---|---|
| `_a` | To count. |
"""


def test_import_page_with_a_table_reads_rows_and_report() -> None:
    found = made(TABLE)
    assert (
        found.text
        == """\
# Imported by subproc from file.
# Check every line that is marked as guessed, then remove the marker: subproc accept.
# Text that could not be read is in the notes of its service.
# Column "Location": processing
# Text that belongs to no service:
#   title: Example Subprocessors
#   Last updated: June 8, 2023
#   Name of Cookie | Reason
#   _a | To count.
format: 1
publisher: Example  # guessed
version: 1.0.0  # guessed
date: 2023-06-08  # guessed

services:
  alpha-cloud:
    name: Alpha Cloud
    service_type:
      - hosting  # guessed
    purpose: Hosting
    notes: "Colour: blue"
    processing:
      - {place: DE, note: "Frankfurt, Germany, Ireland"}  # guessed
      - {place: IE, note: "Frankfurt, Germany, Ireland"}  # guessed
    entity: {country: US}

  beta:
    name: Beta
    purpose: Mail
    notes: |-
      Location: Varies
      Corporate Location: No
"""
    )
    assert [count[:6] for count in found.report.counts] == [
        ("Name of Sub-Processor", "name", 2, 0, 0, 0),
        ("Purpose", "purpose", 2, 0, 0, 0),
        ("Location", "processing", 0, 1, 1, 0),
        ("Corporate Location", "entity.country", 1, 0, 1, 0),
        ("Colour", "", 0, 0, 1, 1),
        ("(inferred)", "service_type", 0, 1, 0, 0),
    ]
    assert found.report.skipped == (
        "title: Example Subprocessors",
        "Last updated: June 8, 2023",
        "Name of Cookie | Reason\n_a | To count.",
    )


SECTIONS = """\
# Third-party services

We choose with care.

## With access to PII

### Alpha

Answers *every* question. Since ever.

* **Has access to:** Your name, email address and the colour of your hat.
* **Does not have access to:** Your phone number.

*Processing location:* Ireland / EU

*Legal address*: Alpha Example Ltd., 1 Main Street, Dublin 2, Ireland

Beta

Draws charts.

* **Has access to:** pages you visited

### Gamma

Keeps everything. You can opt-out in your settings.

## Contact

Write to us.
"""


def test_import_page_with_headings_and_labels_reads_services() -> None:
    found = made(SECTIONS)
    assert (
        found.block
        == """\
  alpha:
    name: Alpha
    purpose: Answers every question.  # guessed
    group: With access to PII
    notes: |-
      Since ever.
      Has access to: Your name, email address and the colour of your hat.
    sees: [identity.name, identity.email]
    never_sees: [identity.phone]
    personal_data: yes  # guessed
    processing: [IE, EU]
    entity:
      name: Alpha Example Ltd.  # guessed
      address: 1 Main Street, Dublin 2, Ireland
      country: IE  # guessed

  beta:
    name: Beta  # guessed
    purpose: Draws charts.  # guessed
    group: With access to PII
    sees:
      - {data: usage.pages, note: pages you visited}  # guessed
    personal_data: yes  # guessed

  gamma:
    name: Gamma
    purpose: Keeps everything.  # guessed
    group: With access to PII
    notes: You can opt-out in your settings.
    activation: opt-out  # guessed
    condition: You can opt-out in your settings.  # guessed
    personal_data: yes  # guessed
"""
    )
    assert found.report.remarks == (
        "Beta: read as a service although it is plain text, not a heading",
        "Gamma: read as a service because the neighbouring sections are services",
    )
    assert found.report.skipped == ("Third-party services", "We choose with care.", "Contact", "Write to us.")


BULLETS = """\
# Example subprocessors

We use some. These subprocessors are all located in the United States:

* [Alpha](https://alpha.example/privacy). Hosting. Since 2020.
* **Beta**: mail
* Gamma – chat

These subprocessors are not located in the EU:

- Delta

Our offices:

- Berlin
"""


def test_import_page_with_bullets_takes_the_place_of_their_sentence() -> None:
    found = made(BULLETS)
    place = "{place: US, note: These subprocessors are all located in the United States}  # guessed"
    group = "group: These subprocessors are all located in the United States"
    assert (
        found.block
        == f"""\
  alpha:
    name: Alpha
    service_type:
      - hosting  # guessed
    purpose: Hosting  # guessed
    {group}
    notes: Since 2020.
    processing:
      - {place}
    links:
      privacy: https://alpha.example/privacy  # guessed

  beta:
    name: Beta
    purpose: mail  # guessed
    {group}
    processing:
      - {place}

  gamma:
    name: Gamma
    service_type:
      - messaging  # guessed
    purpose: chat  # guessed
    {group}
    processing:
      - {place}

  delta:
    name: Delta
    group: These subprocessors are not located in the EU
"""
    )
    assert found.report.skipped == ("Example subprocessors", "We use some.", "Our offices:", "Berlin")


def test_import_html_with_merged_cells_and_unclosed_tags_is_read() -> None:
    page = """\
<!doctype html><title>Liste der Unterauftragsverarbeiter der Beispiel GmbH</title>
<style>p { color: red }</style>
<table><caption>Stand</caption><tr><th>Unterauftragsverarbeiter<th>Zweck<th>Verarbeitungsort
<tr><td colspan=3>Betrieb
<tr><td>Alpha<td rowspan=2>Hosting &amp; Mail<td>Deutschland<script>alert(1)</script>
<tr><td>Beta<table><tr><td>inner<td>table</table><td>Österreich; Schweiz
</table>
<dl><dt>Fragen<dd>an uns</dl>
"""
    found = made(page, InputFormat.HTML)
    assert (
        found.block
        == """\
  alpha:
    name: Alpha
    service_type:
      - hosting  # guessed
    purpose: Hosting & Mail
    group: Betrieb
    processing: [DE]

  beta-inner-table:
    name: |-
      Beta
      inner
      table
    service_type:
      - hosting  # guessed
    purpose: Hosting & Mail
    group: Betrieb
    processing: [AT, CH]
"""
    )
    assert found.report.skipped == ("Stand", "Fragen: an uns")
    assert found.read.model.publisher == "Beispiel GmbH"


def test_import_html_with_cards_reads_their_labels() -> None:
    page = """\
<main><div><h3><a href="https://alpha.example/">Alpha</a></h3><p>Hosting</p>
<dl><dt>Location</dt><dd>Ireland</dd><dt>Contact</dt><dd>privacy@alpha.example</dd></dl></div>
<div><h3>Beta</h3><p>Mail</p><table><tr><td>Location<td>Japan<tr><td>Shoe size<td>44</table>
<p><b>Location:</b> Japan</p></div></main>
"""
    assert (
        made(page, InputFormat.HTML).block
        == """\
  alpha:
    name: Alpha
    service_type:
      - hosting  # guessed
    purpose: Hosting  # guessed
    processing:
      - IE  # guessed
    contact: privacy@alpha.example
    links:
      website: https://alpha.example/  # guessed

  beta:
    name: Beta
    purpose: Mail  # guessed
    notes: "Shoe size: 44"
    processing:
      - JP  # guessed
"""
    )


def test_import_page_joins_a_row_and_a_section_of_one_name() -> None:
    page = """\
| Service | Processing location | Country |
|---|---|---|
| Alpha | EU | not stated |
| Beta | US | Japan |

### Alpha

- **Sees**:
  - name
  - email (may contain phone)
- **Never sees**: special data
"""
    found = made(page)
    assert (
        found.block
        == """\
  alpha:
    name: Alpha
    notes: "Sees: email (may contain phone)"
    sees: [identity.name, identity.email]
    never_sees: [special]
    processing: [EU]

  beta:
    name: Beta
    processing: [US]
    entity:
      country: JP  # guessed
"""
    )
    assert found.report.remarks == ("Alpha: a table row and a section are read as one service",)


def test_import_page_with_a_table_of_entities_names_services() -> None:
    page = "| Entity Name | Entity Type | Country |\n|---|---|---|\n| Alpha Ltd | Affiliate | Ireland |\n"
    assert (
        made(page).block
        == """\
  alpha-ltd:
    name: Alpha Ltd
    role: affiliate  # guessed
    processing:
      - IE  # guessed
    entity: {name: Alpha Ltd}
"""
    )


REMARKS = """\
<h2>{heading}</h2><p>We use third parties.</p><dl>{dated}<dt>International transfers</dt><dd>Based on SCCs.</dd></dl>
<h2>Sub-processors</h2><table><tr><th>Name</th><th>Purpose</th></tr><tr><td>Ferox</td><td>Hosting</td></tr></table>
"""


@pytest.mark.parametrize("heading", ["Our promise", "Transfers", "How we transfer data", "Contact"])
@pytest.mark.parametrize("dated", ["", "<dt>Last updated</dt><dd>2 May 2026</dd>"])
def test_import_page_takes_no_service_from_a_section_about_the_publisher(heading: str, dated: str) -> None:
    found = made(REMARKS.format(heading=heading, dated=dated), InputFormat.HTML)
    assert list(found.services) == ["ferox"]
    assert "International transfers: Based on SCCs." in found.report.skipped


def test_import_page_with_sections_of_one_label_reads_services() -> None:
    page = "## Ferox\n\n**DPA**: x\n\n## Quill\n\n**DPA**: y\n"
    assert list(made(page).services) == ["ferox", "quill"]


def test_import_page_takes_no_services_from_sentences() -> None:
    page = "Our service provider lets us:\n\n- Speed up your searches.\n- Send you more emails.\n\nWe use these vendors:\n\n- Ferox\n"
    assert list(made(page).services) == ["ferox"]


def test_import_page_takes_no_services_from_a_table_of_counts() -> None:
    page = (
        "<table><tr><th>Place<th>Services<tr><td>EU<td>3</table><h2>Alpha<a href='#'>#</a></h2>Location: EU"
    )
    found = made(page, InputFormat.HTML)
    assert list(found.services) == ["alpha"]
    assert found.report.skipped == ("Place | Services\nEU | 3",)


def test_import_page_with_a_name_twice_numbers_the_ids() -> None:
    found = made("| Name | Purpose |\n|---|---|\n| Alpha | a |\n| ALPHA | a |\n| ! | c |\n")
    assert list(found.services) == ["alpha", "alpha-2", "service"]
    assert found.report.remarks == (
        "ALPHA: gets the id alpha-2, because alpha is taken or not a valid id",
        "!: gets the id service, because its name is taken or not a valid id",
    )


def test_import_of_one_name_with_several_purposes_makes_ids_without_regard_to_order() -> None:
    rows = ["| Alpha | Hosting of files |", "| Alpha | Email |"]
    ids = {
        tuple(made("\n".join(("| Name | Purpose |", "|---|---|", *order))).services)
        for order in (rows, rows[::-1])
    }
    assert ids == {("alpha-hosting-of-files", "alpha-email"), ("alpha-email", "alpha-hosting-of-files")}


def test_import_page_with_mapped_columns_applies_the_mapping() -> None:
    page = "| Name | Sitz der Firma | Key |\n|---|---|---|\n| Alpha | Japan | The Key |\n"
    found = made(page, mapped={"sitz der firma": "entity.country", "Key": "id", "Foo": "purpose"})
    assert found.block == "  the-key:\n    name: Alpha\n    entity: {country: JP}\n"
    assert "there is no column or label 'Foo'" in found.report.remarks


@pytest.mark.parametrize(
    "page", ["Just text.\n", "# Title\n\n- a\n- b\n", "| Name of Cookie | Reason |\n|---|---|\n| a | b |\n"]
)
def test_import_page_without_services_is_an_error(page: str) -> None:
    with pytest.raises(ReadError, match="no services found"):
        made(page)
