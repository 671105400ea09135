"""What published pages write in ways of their own: footnotes, conditions, scopes, links below names, texts in data."""

from datetime import date

import pytest

from import_cases import Made, made
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.registry.models import Service

HEAD = "# Subprocessors\n\n| Subprocessor | Purpose | Location |\n| --- | --- | --- |\n"


def services_in(page: str, kind: InputFormat = InputFormat.MARKDOWN) -> dict[str, Service]:
    """Return the services of a page by their names."""
    return {each.name: each for each in made(page, kind).services.values()}


def places(service: Service) -> list[list[str]]:
    return [list(place.place) for place in service.processing]


def test_script_object_spread_after_a_place_leaves_the_place_open() -> None:
    script = (
        "export const subprocessors = [\n"
        "  {name: 'Alpha', purpose: 'Hosting', location: 'Germany', neverSees: 'email addresses', ...more},\n"
        "  {...more, name: 'Beta', purpose: 'Email', location: 'Germany'},\n"
        "];\n"
    )
    found = services_in(script, InputFormat.SCRIPT)
    assert places(found["Alpha"]) == [["DE", "unknown"]]
    assert found["Alpha"].purpose == "Hosting"
    assert found["Alpha"].never_sees == ()
    assert places(found["Beta"]) == [["DE"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Germany (storage)", [["DE", "unknown"]]),
        ("Germany (hosting), France (hosting)", [["DE", "FR", "unknown"]]),
        ("Germany (storage), USA", [["DE"], ["US"]]),
        ("EU-based", [["EU"]]),
        ("EU-first routing", [["EU", "unknown"]]),
        ("Global (United States)", [["worldwide"], ["US"]]),
        ("United States (with SCCs)", [["US"]]),
        ("Ireland (Microsoft)", [["IE"]]),
        ("Unión Europea", [["EU"]]),
        ("Estados Unidos / Unión Europea", [["US"], ["EU"]]),
    ],
)
def test_place_cell_is_read_as_far_as_it_says(text: str, expected: list[list[str]]) -> None:
    found = services_in(f"{HEAD}| Alpha | Hosting | {text} |\n")
    assert places(found["Alpha"]) == expected


def test_place_cell_with_a_basis_in_brackets_states_the_transfer() -> None:
    found = services_in(f"{HEAD}| Alpha | Hosting | Ireland (EU), US (with SCCs) |\n")
    assert [each.basis for each in found["Alpha"].transfer] == ["scc"]
    assert places(found["Alpha"]) == [["IE"], ["US"]]


@pytest.mark.parametrize("head", ["Used when", "Applies to", "Enabled when"])
def test_column_of_conditions_is_read_unless_there_is_none(head: str) -> None:
    page = (
        f"# Subprocessors\n\n| Subprocessor | Purpose | {head} |\n| --- | --- | --- |\n"
        "| Alpha | Hosting | All customers |\n| Beta | Email | Chat is switched on |\n"
    )
    found = services_in(page)
    assert [found[name].condition for name in ("Alpha", "Beta")] == [None, "Chat is switched on"]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            f"{HEAD}| Alpha* | Hosting | Germany |\n\n\\*Only for customers of the Pro plan.\n",
            "Only for customers of the Pro plan.",
        ),
        (
            f"# Subprocessors\n\nThese are only used if the chat is on.\n{HEAD.removeprefix('# Subprocessors')}| Alpha | Chat | Germany |\n",
            "These are only used if the chat is on.",
        ),
        (
            f"{HEAD}| Alpha | Hosting if electing to use the cloud | Germany |\n",
            "Hosting if electing to use the cloud",
        ),
    ],
)
def test_condition_in_a_footnote_a_lead_or_a_purpose_is_that_of_the_service(page: str, expected: str) -> None:
    assert services_in(page)["Alpha"].condition == expected


def test_condition_below_the_heading_of_a_group_is_that_of_its_services() -> None:
    page = (
        "# Subprocessors\n\n## Sign-on\n\n_(Used only if your own administrator enabled it.)_\n\n### Alpha\n\n- **Purpose:** Identity\n"
        "- **Location:** Germany\n\n## Hosting\n\n### Beta\n\n- **Purpose:** Servers\n- **Location:** Germany\n"
    )
    found = services_in(page)
    assert [bool(found[name].condition) for name in ("Alpha", "Beta")] == [True, False]


def test_name_cell_with_lines_of_links_is_named_by_its_first_line() -> None:
    page = (
        "<h1>Subprocessors</h1><table><tr><th>Vendor</th><th>Purpose</th></tr><tr><td><strong>Alpha GmbH</strong>"
        "<br><a href='https://alpha.example/privacy'>Privacy</a> &middot; <a href='https://alpha.example/dpa'>DPA</a>"
        "</td><td>Hosting</td></tr></table>"
    )
    found = services_in(page, InputFormat.HTML)
    links = found["Alpha GmbH"].links
    assert links is not None
    assert (links.privacy, links.dpa) == ("https://alpha.example/privacy", "https://alpha.example/dpa")


@pytest.mark.parametrize(
    "content",
    [
        "<h2>List</h2><table><tr><th>Subprocessor</th><th>Purpose</th></tr><tr><td>Alpha</td><td>Hosting</td></tr></table>",
        "## List\\n\\n| Subprocessor | Purpose |\\n| --- | --- |\\n| Alpha | Hosting |\\n",
    ],
)
def test_data_file_with_a_page_in_its_texts_is_read_as_that_page(content: str) -> None:
    data = f'title: "Subprocessors - Example GmbH"\nparts:\n  - kind: text\n    content: "{content}"\n'
    found = made(data, InputFormat.YAML)
    assert {each.name: each.purpose for each in found.services.values()} == {"Alpha": "Hosting"}
    assert found.read.model.publisher == "Example GmbH"


def test_yaml_list_of_texts_under_a_word_for_services_is_a_list_of_names() -> None:
    found = services_in(
        "title: About us\nsubprocessors:\n  - Alpha GmbH\n  - Beta\nteams: [Sales, Support]\n",
        InputFormat.YAML,
    )
    assert list(found) == ["Alpha GmbH", "Beta"]


def test_bullets_with_parts_between_dashes_state_place_purpose_and_basis() -> None:
    page = "# Subprocessors\n\nWe use these subprocessors:\n\n- Alpha - USA - Hosting - SCCs\n- Beta - Germany - Email\n"
    found = services_in(page)
    assert [(each.purpose, places(each)) for each in found.values()] == [
        ("Hosting", [["US"]]),
        ("Email", [["DE"]]),
    ]
    assert [each.basis for each in found["Alpha"].transfer] == ["scc"]


def test_sentence_that_only_introduces_bullets_is_not_their_group() -> None:
    found = made("# Subprocessors\n\nWe use these subprocessors:\n\n- Alpha: hosting\n- Beta: email\n")
    assert [each.group for each in found.services.values()] == [None, None]
    assert "#   We use these subprocessors" in found.text


def test_one_bold_name_below_each_heading_is_a_service() -> None:
    page = (
        "# Subprocessors\n\n## Hosting\n\n**Alpha GmbH**\n\nAlpha runs our servers in Germany.\n\n"
        "## Email\n\n**Beta Inc.**\n\nBeta sends our mail.\n"
    )
    assert [(each.name, each.group) for each in services_in(page).values()] == [
        ("Alpha GmbH", "Hosting"),
        ("Beta Inc.", "Email"),
    ]


def test_rows_with_a_section_of_a_longer_name_are_one_service() -> None:
    page = (
        f"{HEAD}| Alpha, Inc. | Calls | USA |\n| Beta LLC | Calendar | USA |\n\n## Details\n\n"
        "### 1. Alpha, Inc. (Alpha Voice)\n\n**Purpose:** Calls of all kinds\n\n**Contact:** privacy@alpha.example\n\n"
        "### 2. Beta LLC\n\n**Purpose:** Dates\n\n**Contact:** privacy@beta.example\n"
    )
    assert list(services_in(page)) == ["Alpha, Inc.", "Beta LLC"]


def test_certain_purpose_takes_precedence_over_a_category() -> None:
    script = "export const subprocessors = [{name: 'Alpha', category: 'infra', purpose: 'Hosting', region: 'Germany'}];"
    assert services_in(script, InputFormat.SCRIPT)["Alpha"].purpose == "Hosting"


@pytest.mark.parametrize(
    ("heads", "purpose"),
    [
        ("Subprocessor | Service type", "Hosting of the application"),
        ("CDN Provider | Description", "Hosting of the application"),
        ("Nombre | Actividad del subencargado", "Hosting of the application"),
        ("Fornitore | Ruolo", "Hosting of the application"),
    ],
)
def test_table_heads_of_further_kinds_are_read(heads: str, purpose: str) -> None:
    page = f"# Subprocessors\n\n| {heads} |\n| --- | --- |\n| Alpha | Hosting of the application |\n"
    assert {each.name: each.purpose for each in services_in(page).values()} == {"Alpha": purpose}


def test_table_below_a_heading_of_former_services_is_left_out_by_its_names_alone() -> None:
    page = f"{HEAD}| Alpha | Hosting | Germany |\n\n## Historical\n\n| Vendor | Period |\n| --- | --- |\n| Beta | until 2025 |\n"
    found = made(page)
    assert [each.name for each in found.services.values()] == ["Alpha"]
    assert [text.startswith("Vendor: Beta") for text in found.report.left_out] == [True]


def test_heading_that_says_where_services_operate_states_their_place() -> None:
    page = (
        "# Subprocessors\n\n## Subprocessors operating within the European Union\n\n"
        "- [Alpha](https://alpha.example). Login for users.\n- [Beta](https://beta.example). We use Beta for support.\n\n"
        "## Subprocessors operating outside the European Union\n\n"
        "- [Gamma](https://gamma.example). We use Gamma for email.\n- [Delta](https://delta.example). We use it for chat.\n"
    )
    found = services_in(page)
    assert {name: places(each) for name, each in found.items()} == {
        "Alpha": [["EU"]], "Beta": [["EU"]], "Gamma": [], "Delta": [],
    }  # fmt: skip


def test_form_with_fields_to_fill_in_is_refused() -> None:
    page = (
        "# Subprocessors of [COMPANY_NAME]\n\n**Cloud provider**\n\n- **Purpose**: Hosting\n- **Location**: [Specify]\n\n"
        "**[PAYMENT_PROCESSOR]**\n\n- **Purpose**: Payments\n- **Location**: [Specify regions]\n"
    )
    with pytest.raises(ReadError, match="a form with fields to fill in"):
        made(page)


@pytest.mark.parametrize(
    ("sentence", "publisher"),
    [
        ("A list of the subprocessors that Example may use.", "Example"),
        ("exampleHQ uses third party subprocessors to run exampleHQ.", "exampleHQ"),
        ("The subprocessors engaged by Example.io (the company) process data.", "Example.io"),
        ("If you have questions about Example's subprocessors, ask us.", "Example"),
        ("Example GmbH setzt die folgenden Unter-Auftragsverarbeiter ein.", "Example GmbH"),
        (
            "Example Services s.r.o. (“Example,” “we,” or “our”) and others may engage Sub-Processors.",
            "Example Services",
        ),
        ("Subprocessors process data on Example's behalf.", "Example"),
    ],
)
def test_publisher_is_found_in_a_sentence(sentence: str, publisher: str) -> None:
    found = made(f"{sentence}\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Alpha | Hosting |\n")
    assert found.read.model.publisher == publisher


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("Last updated: 5 December 2025", date(2025, 12, 5)),
        ("Effective date: 2025-10-25\n\nLast updated: 2026-01-17", date(2026, 1, 17)),
        ("Effective date: 2025-10-25", date(2025, 10, 25)),
    ],
)
def test_date_of_the_list_is_that_of_its_last_change(page: str, day: date) -> None:
    found: Made = made(
        f"# Subprocessors\n\n{page}\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Alpha | Hosting |\n"
    )
    assert found.read.model.date == day


def test_bullets_of_addresses_below_a_sentence_on_services_are_not_services() -> None:
    page = (
        f"{HEAD}| Alpha | Hosting | Germany |\n\nThe list of subprocessors is in two places:\n\n"
        "- <https://example.com/privacy> — section 5\n- <https://example.com/dpa> — section 9\n"
    )
    assert list(services_in(page)) == ["Alpha"]


def test_script_variable_with_the_title_of_a_page_is_not_a_service() -> None:
    script = (
        "export const metadata = {title: 'Subprocessors', description: 'The subprocessors of Example.'};\n"
        "export default () => (<main><h1>Subprocessors</h1><ul><li><strong>Alpha Inc.</strong> — Hosting</li>"
        "<li><strong>Beta LLC</strong> — Email</li></ul></main>);\n"
    )
    assert list(services_in(script, InputFormat.SCRIPT)) == ["Alpha Inc.", "Beta LLC"]


@pytest.mark.parametrize(
    "row",
    [
        "| Beta | Notifications *(not yet active — planned for later)* | USA |",
        "| Mail partner (TBD) | Email | USA |",
    ],
)
def test_row_in_brackets_as_not_yet_used_is_left_out(row: str) -> None:
    assert list(services_in(f"{HEAD}| Alpha | Hosting (not public) | Germany |\n{row}\n")) == ["Alpha"]


def test_table_whose_only_known_column_is_one_of_subprocessors_is_read() -> None:
    page = "# Vendors\n\n| Underbiträde | Kommentar om det |\n| --- | --- |\n| Alpha | Servrar |\n"
    assert list(services_in(page)) == ["Alpha"]


def test_label_of_two_words_with_a_slash_is_read_as_the_first() -> None:
    page = "# Sub-verwerkers\n\n| Sub-verwerker | Doel | Regio / doorgifte |\n| --- | --- | --- |\n| Alpha | Hosting | VS |\n"
    assert places(services_in(page)["Alpha"]) == [["US"]]


def test_data_with_addresses_and_elements_of_pages_states_links_and_texts() -> None:
    data = (
        '{"subprocessors": [{"name": "Alpha", "purpose": "Hosting", "location": "<div>Germany</div>",'
        ' "privacyUrl": "https://alpha.example/privacy", "more": ["https://alpha.example"]}]}'
    )
    found = services_in(data, InputFormat.JSON)["Alpha"]
    assert places(found) == [["DE"]]
    assert found.links is not None
    assert (found.links.privacy, found.links.website) == (
        "https://alpha.example/privacy",
        "https://alpha.example",
    )


def test_column_of_several_addresses_states_each_link() -> None:
    page = (
        "# Subprocessors\n\n| Subprocessor | Purpose | Website / Security URL |\n| --- | --- | --- |\n"
        "| Alpha | Hosting | https://alpha.example <br> https://alpha.example/security |\n"
    )
    links = services_in(page)["Alpha"].links
    assert links is not None
    assert (links.website, links.security) == ("https://alpha.example", "https://alpha.example/security")


def test_bullet_with_its_place_in_brackets_before_a_colon_states_the_place() -> None:
    page = "# Subprocessors\n\n- [Alpha](https://alpha.example) (France) : Servers, Backups\n- [Beta](https://beta.example) (USA): Email\n"
    assert [places(each) for each in services_in(page).values()] == [[["FR"]], [["US"]]]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (
            "SCCs per the DPA — not the Data Privacy Framework, of which it is no member, and names only adequacy",
            [],
        ),
        ("SCCs, no DPF", ["scc"]),
        ("Yes — Standard Contractual Clauses", ["scc"]),
    ],
)
def test_transfer_text_that_denies_a_basis_states_none_after_it(text: str, bases: list[str]) -> None:
    page = f"# Subprocessors\n\n| Subprocessor | Purpose | Transfer |\n| --- | --- | --- |\n| Alpha | Email | {text} |\n"
    assert [each.basis for each in services_in(page)["Alpha"].transfer] == bases


def test_purpose_with_a_condition_in_brackets_states_the_condition() -> None:
    found = services_in(f"{HEAD}| Alpha | SMS (when switched on in the settings) | USA |\n")
    assert found["Alpha"].condition == "SMS (when switched on in the settings)"


def test_name_with_a_company_and_its_product_in_brackets_states_the_company() -> None:
    found = made(f"{HEAD}| Alpha Software, Inc. (Lumo) | Errors | USA |\n").services
    assert [each.entity and each.entity.name for each in found.values()] == ["Alpha Software, Inc."]


def test_title_of_several_parts_names_the_publisher_in_the_last() -> None:
    found = made(
        "# Subprocessors and recipients — Example\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Alpha | Hosting |\n"
    )
    assert found.read.model.publisher == "Example"


def test_condition_in_brackets_of_a_denial_is_not_that_of_the_service() -> None:
    found = services_in(f"{HEAD}| Alpha | Calls. No recordings are kept (if not configured). | USA |\n")
    assert found["Alpha"].condition is None


def test_purpose_that_says_where_a_company_operates_states_no_place() -> None:
    page = "# Subprocessors\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Alpha | Payments, operating in Germany |\n"
    assert places(services_in(page)["Alpha"]) == []
