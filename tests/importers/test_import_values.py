"""What the cells of a list say becomes fields: names with companies in them, transfers, conditions, publishers."""

import pytest

from import_cases import made
from subproc_cli.importers.publisher import find_publisher
from subproc_cli.importers.text.company_names import parse_company_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alpha, Inc.", ("Alpha, Inc.", "", "")),
        ("Alpha Mail (Alpha, Inc.)", ("Alpha Mail", "Alpha, Inc.", "")),
        ("Alpha, Inc. d/b/a Mailer", ("Mailer", "Alpha, Inc.", "")),
        ("Alpha Inc. (Also known as mailer.io)", ("mailer.io", "Alpha Inc.", "")),
        ("Alpha GmbH – Mailer, Weg 1, 10115 Berlin", ("Mailer", "Alpha GmbH", "Weg 1, 10115 Berlin")),
        (
            "Alpha, Inc., 1 Main St, Springfield, USA",
            ("Alpha, Inc.", "Alpha, Inc.", "1 Main St, Springfield, USA"),
        ),
        ("Alpha (US)", ("Alpha (US)", "", "")),
        ("Alpha\nAlpha, Inc.\nused on request", ("Alpha", "Alpha, Inc.", "")),
        ("Alpha Web\nServices", ("Alpha Web Services", "", "")),
        ("Alpha, Beta and Gamma", ("Alpha, Beta and Gamma", "", "")),
    ],
)
def test_name_of_a_company_is_taken_apart(text: str, expected: tuple[str, str, str]) -> None:
    assert parse_company_name(text) == expected


def test_address_in_a_column_of_companies_is_taken_out_of_the_name() -> None:
    found = made(
        "| Name | Legal entity | Purpose |\n|---|---|---|\n| Alpha | Alpha GmbH, Weg 1, 10115 Berlin | a |\n"
    )
    entity = found.services["alpha"].entity
    assert entity
    assert (entity.name, entity.address) == ("Alpha GmbH", "Weg 1, 10115 Berlin")


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("EU-US DPF, UK Extension and Swiss-US DPF", ["dpf", "dpf-uk", "dpf-ch"]),
        ("Standard Data Protection Clauses (Art. 46 para. 2 lit. c GDPR)", ["scc"]),
        ("SCCs and UK Addendum", ["scc", "uk-addendum"]),
        ("UK IDTA", ["idta"]),
        ("Art. 45 GDPR", ["adequacy"]),
        ("EU-US Data Privacy Framework (Art. 45 GDPR)", ["dpf"]),
        ("No transfer", []),
        ("No transfer to China; SCC for the US", ["scc"]),
        ("SCCs; not DPF; BCR", ["scc", "bcr"]),
        ("We rely on none of these mechanisms: DPF; SCCs", []),
    ],
)
def test_transfer_in_the_words_of_the_law_is_read(text: str, bases: list[str]) -> None:
    found = made(f"| Name | Transfer mechanism |\n|---|---|\n| Alpha | {text} |\n")
    assert [each.basis for each in found.services["alpha"].transfer] == bases


@pytest.mark.parametrize(
    ("purpose", "bases"),
    [
        ("Hosting. Transfers outside the EEA are based on SCCs.", ["scc"]),
        ("Hosting. EU data centres where possible; SCC's otherwise.", ["scc"]),
        ("Hosting. SCCs are not needed.", []),
        ("Hosting.", []),
    ],
)
def test_transfer_in_a_sentence_is_guessed_with_the_sentence(purpose: str, bases: list[str]) -> None:
    found = made(f"| Name | Purpose |\n|---|---|\n| Alpha | {purpose} |\n")
    transfers = found.services["alpha"].transfer
    assert [each.basis for each in transfers] == bases
    assert all(each.note and each.note in purpose for each in transfers)


def test_answer_to_a_question_about_places_is_no_place() -> None:
    page = "| Name | Purpose | Country | Country is EU |\n|---|---|---|---|\n| Alpha | Mail | USA | no |\n"
    assert [list(each.place) for each in made(page).services["alpha"].processing] == [["US"]]


@pytest.mark.parametrize(
    ("purpose", "activation", "condition"),
    [
        ("Analytics (optional)", "opt-in", None),
        ("Analytics. Loads only after consent.", "always", "Loads only after consent."),
        ("Chat. Used only if enabled by the customer.", "always", "Used only if enabled by the customer."),
        ("Analytics", "always", None),
    ],
)
def test_condition_of_use_in_a_purpose_is_guessed(
    purpose: str, activation: str, condition: str | None
) -> None:
    alpha = made(f"| Name | Purpose |\n|---|---|\n| Alpha | {purpose} |\n").services["alpha"]
    assert (alpha.activation, alpha.condition) == (activation, condition)


@pytest.mark.parametrize(
    ("cell", "website"),
    [
        ("alpha.example", "https://alpha.example"),
        ("https://alpha.example", "https://alpha.example"),
        ("Available on request", None),
    ],
)
def test_website_is_an_address_or_stays_text(cell: str, website: str | None) -> None:
    links = made(f"| Name | Website |\n|---|---|\n| Alpha | {cell} |\n").services["alpha"].links
    assert (links.website if links else None) == website


@pytest.mark.parametrize(
    ("titles", "texts", "publisher"),
    [
        (["Acme Subprocessors"], [], "Acme"),
        (["Infrastructure & data centers"], [], ""),
        (["Subprocessors"], ['Acme, Inc. ("Acme") uses certain subprocessors.'], "Acme, Inc."),
        (["Subprocessors"], ["List of subprocessors used by Acme:"], "Acme"),
        (["Subprocessors"], ["The subprocessors Acme has engaged are these."], "Acme"),
        (["Subprocessors"], ["We use these subprocessors."], ""),
    ],
)
def test_publisher_is_found_in_titles_and_sentences(
    titles: list[str], texts: list[str], publisher: str
) -> None:
    assert find_publisher(titles, texts) == publisher


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Latest update: 2021-03-01", "2021-03-01"),
        ("Last modified: 2024/04/03", "2024-04-03"),
        ("최종 업데이트: 2026년 04월 23일", "2026-04-23"),
        ("Updated: 18-11-2020", "2020-11-18"),
        ("Dernière mise à jour : 1ᵉʳ mai 2026", "2026-05-01"),
    ],
)
def test_date_of_the_list_is_read_as_people_write_it(line: str, date: str) -> None:
    assert (
        str(made(f"{line}\n\n| Name | Purpose |\n|---|---|\n| Alpha | Hosting |\n").read.model.date) == date
    )


def test_date_in_the_text_goes_before_that_of_the_front_matter() -> None:
    page = "---\nupdated: 2024-08-02\n---\n\nLast update: 2025-08-11\n\n| Name | Purpose |\n|---|---|\n| Alpha | a |\n"
    assert str(made(page).read.model.date) == "2025-08-11"


@pytest.mark.parametrize(
    ("purpose", "types", "training"),
    [
        ("Hosting", ["hosting"], None),
        ("Error tracking", ["monitoring"], None),
        ("Knitting", None, None),
        ("Language models. Data is not used for training", None, "never"),
        ("Language models. Data is not used for training unless you opt in", None, None),
        ("Language models, if enabled not used to train", None, None),
    ],
)
def test_import_guesses_the_type_and_training_from_the_purpose(
    purpose: str, types: list[str] | None, training: str | None
) -> None:
    found = made(f"| Name | Purpose |\n|---|---|\n| Alpha | {purpose} |\n")
    service = found.services["alpha"]
    if types is not None:
        assert list(service.service_type) == types
        assert f"- {types[0]}  # guessed" in found.block
    assert service.model_training == training


@pytest.mark.parametrize(
    ("lines", "service_type", "purpose"),
    [
        ("- **Purpose**: Sends mails\n- **Service type**: email delivery", ["email-delivery"], "Sends mails"),
        ("- **Service type**: email delivery", ["email-delivery"], "email delivery"),
        ("- **Service type**: Sends letters on paper", [], "Sends letters on paper"),
    ],
)
def test_import_service_type_without_a_purpose_is_the_purpose(
    lines: str, service_type: list[str], purpose: str
) -> None:
    page = f"# Subprocessors\n\n## Example Post\n\n{lines}\n- **Location**: Germany\n"
    post = made(page).services["example-post"]
    assert (list(post.service_type), post.purpose) == (service_type, purpose)


def test_import_label_of_other_companies_names_no_service() -> None:
    page = (
        "# Subprocessors\n\n## Example Post\n\n- **Purpose**: Mails\n- **Own subprocessors**: Example Host\n"
    )
    services = made(page).services
    assert list(services) == ["example-post"]
    assert services["example-post"].notes == "Own subprocessors: Example Host"


@pytest.mark.parametrize(
    "name", ["Example Inc. (USA)", "Example Inc., USA", "Example Inc. - United States", "Example Inc. (US)"]
)
def test_import_name_with_a_country_states_it_as_a_guess(name: str) -> None:
    page = "# Subprocessors\n\n| {head} | Purpose |\n|---|---|\n| {name} | Support |\n| Ferox | Mail |\n"
    affiliate = made(page.format(head="Affiliate", name=name)).services["example-inc"]
    assert affiliate.name == "Example Inc."
    assert [place.place for place in affiliate.processing] == [("US",)]
    vendor = made(page.format(head="Vendor", name=name)).services["example-inc"]
    assert (vendor.name, vendor.processing, vendor.entity and vendor.entity.country) == (
        "Example Inc.",
        (),
        "US",
    )


def test_import_name_with_a_product_after_a_dash_is_that_product() -> None:
    page = "| Vendor | Purpose |\n|---|---|\n| Example Inc. - Ferox | Mail |\n"
    [service] = made(page).services.values()
    assert service.name == "Ferox"
