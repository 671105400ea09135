"""`subproc show`: what is known of a service, what is promised, and what the list leaves open."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.exporters.exporter import Export
from subproc_cli.exporters.site.data import build_record
from subproc_cli.output import markdown
from subproc_cli.overview.list import ServicesReport
from subproc_cli.overview.show import ServiceReport
from subproc_cli.question.evaluator import ask
from subproc_cli.question.report import AnswersReport

DAY = date(2024, 1, 1)
FACTS = "facts (purpose, places, legal entity, transfer basis, contact ...)"


def shown(fields: str) -> str:
    index = listing(f"  example: {{name: Example.io, {fields}}}\n")
    view = ServiceReport(index, "example", index.model.services["example"], DAY)
    return markdown.render(view.to_document())


def test_show_of_a_basis_that_a_law_of_the_list_knows_names_it_once() -> None:
    index = listing("  a: {name: A, processing: [US], transfer: [idta, treaty]}\n", head="law: [uk-gdpr]")
    page = markdown.render(ServiceReport(index, "a", index.model.services["a"], DAY).to_document())
    assert page.count("International Data Transfer Agreement") == 1
    assert "An international treaty (treaty)" in page  # a basis of another law


def test_show_counts_stated_promised_and_missing_facts() -> None:
    text = shown(
        "purpose: chat, sees: [identity.email, {data: content, extent: partial}], never_sees: [identity, payment],"
        " transfer: [{basis: dpf, until: 2027-05-01, note: certified}], activation: opt-in, condition: asked"
    )
    assert (
        f"4 of 15 {FACTS} stated; 2 kinds of data listed as never seen; no statement on 13 kinds of data\n"
        in text
    )
    known, promised, open_ = (part.split("\n## ")[0] for part in text.split("\n## ")[1:])
    assert "- **Used**: only after an opt-in (asked)\n" in known
    assert "  - email address\n  - part of: customer content\n" in known
    assert "EU-US Data Privacy Framework (Art. 45 GDPR), until 2027-05-01 (certified)\n" in known
    said = "identifying and contact data (except data that it is stated to see) or payment data"
    assert promised == f"Promised\n\n- **Never sees**: {said}\n"
    assert "- **Facts**: a place of processing, the name of its legal entity" in open_
    assert "- **Data**: account data, usage of the product, device data, location, communications" in open_


def test_show_of_a_promise_for_the_rest_lists_no_open_data() -> None:
    text = shown("sees: [identity.email], never_sees: [everything]")
    assert (
        f"1 of 14 {FACTS} stated; all other data listed as never seen; a statement on each kind of data\n"
        in text
    )
    assert "- **Never sees**: anything else\n" in text
    assert "**Data**" not in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("sees: [everything]", "no data listed as never seen; sees all data"),
        (
            "sees: [everything], never_sees: [payment.card]",
            "1 kind of data listed as never seen; sees all data except what is listed as never seen",
        ),
        (
            "sees: [{data: everything, extent: partial}]",
            "no data listed as never seen; a statement on each kind of data",
        ),
    ],
)
def test_show_of_a_service_that_sees_everything_says_so(fields: str, said: str) -> None:
    assert f"{said}\n" in shown(fields)


def test_show_of_a_service_with_only_a_name_lists_everything_as_open() -> None:
    text = shown("")
    assert f"0 of 14 {FACTS} stated; no data listed as never seen; no statement on any data\n" in text
    assert "- **Data**: everything\n" in text
    assert "## Promised" not in text


def test_show_record_names_the_data_not_stated() -> None:
    index = listing("  example: {name: Example.io, sees: [identity], never_sees: [content, payment.card]}\n")
    record = ServiceReport(index, "example", index.model.services["example"], DAY).to_record()
    assert {"account", "payment.invoices"} <= set(record["data_not_stated"])
    assert not {"identity", "content", "payment", "payment.card"} & set(record["data_not_stated"])


def test_records_of_a_service_have_role_and_activation() -> None:
    about = listing("  a: {name: A}\n  b: {name: B, role: vendor, activation: opt-in}\n")
    services = about.model.services
    records = [
        ServicesReport(about, services, DAY).to_record()["services"],
        [ServiceReport(about, key, service, DAY).to_record() for key, service in services.items()],
        AnswersReport(ask(about, "see email", DAY, services)).to_record()["answers"],
        build_record(Export(about, services, DAY))["services"],
    ]
    for found in records:
        assert [(each["role"], each["activation"]) for each in found] == [
            ("subprocessor", "always"),
            ("vendor", "opt-in"),
        ]
