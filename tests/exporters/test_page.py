"""The public list as Markdown: what is stated, what is not, and for whom the list does not say."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.exporters import annex_iii, page, record_docx
from subproc_cli.exporters.exporter import Export
from subproc_cli.output import markdown
from subproc_cli.registry.registry import Registry

DAY = date(2024, 3, 1)
TWO = listing(
    """\
  mail:
    name: Example Mail
    purpose: Newsletters
    activation: opt-in
    condition: newsletters are switched on
    sees:
      - identity.email
      - {data: usage.pages, extent: partial}
      - {data: telemetry.logs, may_contain: [content]}
    never_sees: [identity, everything]
    personal_data: yes
    processing: [DE, {place: US, when: support is asked, how: remote-access}]
    transfer: [{basis: dpf, until: 2027-05-01}, scc]
    entity: {name: Example Mail Ltd., country: IE}
    links: {dpa: "https://example.com/dpa"}
    x-owner: legal
  quiet: {name: Quiet}
  soon: {name: Soon, since: 2024-06-01}
  gone: {name: Gone, until: 2024-02-01}
""",
    head="notice: {days: 30, contact: privacy@example.com}",
)


def written(about: Registry, language: str = "en") -> str:
    return page.render(Export(about, about.find_services_in_use(DAY), DAY, language)).decode()


def test_page_of_two_services_is_this_document() -> None:
    assert (
        written(TWO)
        == """\
# Subprocessors of Example GmbH

Version 1.0.0 of 1 January 2024, as of 1 March 2024

The services of other companies that Example GmbH uses, and what each of them does with personal data.

## Upcoming changes

- **1 June 2024**: Soon will be used from this day on.

| Service | Purpose | Processing | Legal entity |
| --- | --- | --- | --- |
| **Example Mail** | Newsletters | Germany; United States (remote access; when support is asked) | Example Mail Ltd. |
| **Quiet** | not stated | not stated | not stated |
| **Soon** (announced: used from 1 June 2024) | not stated | not stated | not stated |

## How changes are announced

- **Announced before a change**: 30 days
- **Time to object**: not stated
- **Time to terminate if an objection cannot be met**: not stated
- **Objections to**: privacy@example.com

## Services

### Example Mail

Newsletters

- **Sees**:
  - email address
  - part of: pages visited
  - logs (may contain customer content)
- **Never sees**: identifying and contact data (except data that it is stated to see) or anything else
- **Personal data**: seen, according to the list
- **Processing**:
  - Germany
  - United States (remote access; when support is asked)
- **Transfers**:
  - EU-US Data Privacy Framework (Art. 45 GDPR), until 1 May 2027
  - standard contractual clauses (Art. 46(2)(c) GDPR)
- **Legal entity**: Example Mail Ltd.
- **Country**: Ireland
- **Role**: subprocessor
- **Used**: only after an opt-in (newsletters are switched on)
- **Data processing agreement**: <https://example.com/dpa>
- **x-owner**: legal

### Quiet

- **Role**: subprocessor
- **Used**: always

### Soon

**Announced: used from 1 June 2024**

- **Role**: subprocessor
- **Used**: always
- **In use from**: 1 June 2024

## What the list does not state

- **Address of the legal entity**: all services
- **Contact**: all services
- **Whose data it is**: all services
- **How long data is kept**: all services
- **Certifications**: all services
- **Further recipients**: all services
- **Start of use**: Example Mail and Quiet
- **Country of the legal entity**: Quiet and Soon
- **Which data it sees**: Quiet and Soon
- **Transfer basis**: Quiet and Soon
- **Data processing agreement**: Quiet and Soon

What is not stated is not known. “Not stated” never means “none”.
"""
    )


def test_page_in_german_and_french_has_the_same_facts() -> None:
    german, french = written(TWO, "de"), written(TWO, "fr")
    assert "# Unterauftragsverarbeiter von Example GmbH\n" in german
    assert "  - Vereinigte Staaten (Fernzugriff; Bedingung: support is asked)\n" in german
    assert "| **Quiet** | nicht angegeben | nicht angegeben | nicht angegeben |" in german
    assert "# Sous-traitants ultérieurs – Example GmbH\n" in french
    assert "UE–États-Unis (art. 45 du RGPD), jusqu’au 1er mai 2027\n" in french


@pytest.mark.parametrize(
    ("language", "first_day_without"),
    [
        ("en", "- **No longer used from**: 1 January 2027"),
        ("de", r"- **Nicht mehr im Einsatz ab**: 1\. Januar 2027"),
        ("fr", "- **N’est plus utilisé à compter du**\u00a0: 1er janvier 2027"),
    ],
)
def test_page_of_an_end_date_names_the_first_day_without_use(language: str, first_day_without: str) -> None:
    text = written(listing("  a: {name: A, until: 2027-01-01}\n"), language)
    assert first_day_without in text.splitlines()


def test_page_shows_a_missing_basis_only_for_transfers() -> None:
    inside = written(listing("  a: {name: A, processing: [DE, EU]}\n"))
    outside = written(listing("  a: {name: A, processing: [DE, CH]}\n"))
    assert "Transfer basis" not in inside
    assert "Transfer basis" in outside


def test_page_states_why_no_basis_is_needed() -> None:
    at_home = written(listing("  a: {name: A, processing: [DE]}\n"))
    assert "- **Transfers**: no basis stated; every stated place of processing lies within the EEA" in at_home
    adequate = written(listing("  a: {name: A, processing: [CH]}\n"))
    assert "- **Transfers**: no basis stated; covered by an adequacy decision (Art. 45 GDPR)" in adequate
    for needed in ("processing: [IN]", "processing: [unknown]"):
        assert "**Transfers**" not in written(listing(f"  a: {{name: A, {needed}}}\n"))


def test_page_states_how_the_laws_assess_a_place_that_no_decision_settles() -> None:
    text = "  a: {name: A, processing: [DE, IN, US], transfer: [dpf]}\n"
    lines = written(listing(text, head="law: [eu-gdpr, uk-gdpr]")).splitlines()
    assert [line.strip() for line in lines if "adequate" in line] == [
        "- India: not adequate under EU law and UK law",
        "- United States: whether it is adequate under UK law depends on what the list does not state",
    ]
    assert "  - India" in lines  # the places are read back by an import


def test_page_of_a_question_names_the_services_left_out() -> None:
    export = Export(
        TWO, {"mail": TWO.model.services["mail"]}, DAY, question="see email", unanswered=("quiet",)
    )
    text = page.render(export).decode()
    assert "Selected by the question: see email\n" in text
    assert "Left out because the list does not state enough to answer the question for them: Quiet\n" in text
    assert "Soon" not in text


def test_documents_of_a_question_name_it_and_the_services_left_out() -> None:
    export = Export(
        TWO, {"mail": TWO.model.services["mail"]}, DAY, question="see email", unanswered=("quiet",)
    )
    for blocks in (annex_iii.build_page(export), record_docx.build_page(export)):
        text = markdown.render(tuple(blocks), ":")
        assert "Selected by the question: see email\n" in text
        assert "for them: Quiet\n" in text


def test_page_of_a_hostile_text_escapes_it() -> None:
    fields = r'name: "<b>*x*\e[31m|\u202e", purpose: "# y\r\n- z", x-a: "[l](http://example.com)"'
    text = written(listing(f"  a: {{{fields}}}\n"))
    assert r"### \<b\>\*x\*\\x1b\[31m\|\\u202e" in text
    assert "\n\\# y  - z\n" in text
    assert r"- **x-a**: \[l\](http:<!-- -->//example.com)" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
