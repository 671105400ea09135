"""Lists whose cells are paragraphs, whose names have lines, and whose scripts show a page around them."""

from datetime import date

from rows import for_rows
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.formats import script_page
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.pipeline import ImportResult
from subproc_cli.importers.publisher import find_publisher
from subproc_cli.importers.text import places
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.yaml.source import Source

CELLS = ["Subprocessor", "Country", "Transfer mechanism", "Purpose", "Data processed"]
ALPHA = [
    "Alpha PBC",
    "USA",
    "Standard Contractual Clauses",
    "Text generation",
    "Prompts, profile data, and the voice of your brand",
]
BETA = [
    "Beta Inc.",
    "USA",
    "Standard Contractual Clauses / UK Addendum",
    "Billing",
    "Name, email, and the data of events",
]
SCRIPT = """
export const metadata = { title: "Subprocesadores · Examplia" };
const rows: { name: string; purpose: string; region: string }[] = [
  { name: "Alpha", purpose: "Hosting", region: "Germany" },
  { name: "Beta", purpose: "Email", region: "France" },
];
export default () => (
  <Layout title="Lista de Subprocesadores" date="1 de mayo de 2026">
    <h1>Subprocesadores</h1>
    <p>Examplia recurre a estos proveedores{" "}<strong>en nombre de</strong> sus clientes.</p>
    {rows.map((row) => <Row key={row.name} {...row} />)}
  </Layout>
);
"""


def made(page: str, kind: InputFormat) -> ImportResult:
    return import_file(Source("page", page.encode()), kind, Labels())


def test_paragraphs_below_paragraphs_of_headers_are_rows() -> None:
    cells = "".join(f"<p>{cell}</p>" for cell in (*CELLS, *ALPHA, *BETA))
    page = f"<h1>Subprocessors</h1><h2>1. Current Subprocessors</h2>{cells}<h2>2. Changes</h2><p>None.</p>"
    found = made(page, InputFormat.HTML).drafts
    assert [(draft.name, draft.first("purpose")) for draft in found.values()] == [
        ("Alpha PBC", "Text generation"),
        ("Beta Inc.", "Billing"),
    ]


def test_paragraphs_that_do_not_fill_their_rows_are_not_read() -> None:
    cells = "".join(f"<p>{cell}</p>" for cell in (*CELLS, *ALPHA, *BETA[:-1]))
    table = (
        "<table><tr><th>Subprocessor</th><th>Purpose</th></tr><tr><td>Gamma</td><td>Mail</td></tr></table>"
    )
    assert list(made(f"<h1>Subprocessors</h1>{cells}<h2>More</h2>{table}", InputFormat.HTML).drafts) == [
        "gamma"
    ]


def test_bullets_below_kinds_of_services_of_a_list_are_services() -> None:
    page = "# List of Subprocessors\n\n### Payment Processing\n\n- **Alpha** - Payments\n\n### Analytics\n\n- **Beta**\n"
    found = made(page, InputFormat.MARKDOWN).drafts
    assert [(draft.name, draft.first("purpose")) for draft in found.values()] == [
        ("Alpha", "Payments"),
        ("Beta", "Analytics"),
    ]


def test_bullets_below_kinds_of_services_of_another_page_are_not() -> None:
    page = "# Our subprocessors and you\n\n### Analytics\n\n- **Your data**\n- **Page views**\n\n## Subprocessors\n\n- **Alpha** — mail\n"
    assert list(made(page, InputFormat.MARKDOWN).drafts) == ["alpha"]


@for_rows(
    "cell, name, entity",
    [
        ("Alpha<br><small>Alpha Mail Inc. (EU Cloud)</small>", "Alpha", "Alpha Mail Inc."),
        (
            "Alpha<br><small>Gestora Exemplo de Pagamentos S.A.</small>",
            "Alpha",
            "Gestora Exemplo de Pagamentos S.A.",
        ),
        ("Alpha<br><small>Alpha (entity to be confirmed)</small>", "Alpha", None),
    ],
)
def test_line_below_a_name_is_its_company(cell: str, name: str, entity: str | None) -> None:
    table = (
        f"<table><tr><th>Subprocessor</th><th>Purpose</th></tr><tr><td>{cell}</td><td>Mail</td></tr></table>"
    )
    (draft,) = made(f"<h1>Subprocessors</h1>{table}", InputFormat.HTML).drafts.values()
    assert (draft.name, draft.first("entity.name")) == (name, entity)


@for_rows("name", ["Example S.A.", "Example S.p.A.", "Example s.r.o.", "Example sp. z o.o.", "Example B.V."])
def test_legal_form_with_points_is_one(name: str) -> None:
    assert has_legal_form(name)


def test_script_has_the_date_and_publisher_of_the_page_that_it_shows() -> None:
    found = made(SCRIPT, InputFormat.SCRIPT)
    assert list(found.drafts) == ["alpha", "beta"]
    assert (found.dated, found.title) == (date(2026, 5, 1), "Examplia")


def test_read_page_of_a_script_returns_titles_and_sentences() -> None:
    shown = script_page.read_page(
        "<h1>Vendors</h1><p>We use <b>these</b> vendors every day.</p><p>{row.name}</p>"
    )
    assert shown == (("Vendors",), ("We use these vendors every day.",))


@for_rows(
    "texts, expected",
    [
        (
            ["Contact us at privacy@examplecloud.com.", "Example Cloud was founded by two people."],
            "Example Cloud",
        ),
        (["Contact us at privacy@getexamplify.com.", "This page is by Examplify."], "Examplify"),
        (["Contact us at someone@gmail.com.", "Gmail is a service."], ""),
        (["Questions go to privacy@alpha.com.", "Alpha is a service."], ""),
        (["Your own key (Bring Your Own Key) goes to the provider."], ""),
        (["This page lists the providers engaged by Examplify (Example Digital Limited)."], "Examplify"),
        (["In connection with providing the Examplify Service, we engage these subprocessors."], "Examplify"),
    ],
)
def test_find_publisher_in_sentences_and_mailboxes(texts: list[str], expected: str) -> None:
    assert find_publisher((), texts, services=frozenset(("alpha",))) == expected


@for_rows(
    "text, expected",
    [
        ("EU Only (GDPR-compliant)", ["EU"]),
        ("EUA / rede global", ["US", "worldwide"]),
        ("globales Netz", ["worldwide"]),
        ("Global (edge)", ["worldwide"]),
        ("VS (Privacy Shield)", ["US"]),
        ("EE.UU. (con SCCs UE→US)", ["US"]),
        ("EU-compliant", []),
        ("Outside EU", []),
    ],
)
def test_places_next_to_laws_and_networks(text: str, expected: list[str]) -> None:
    values = [fact.value for fact in places.parse_processing(text).facts]
    assert [value["place"] if isinstance(value, dict) else value for value in values] == expected


def test_sentence_that_leads_to_another_page_is_no_purpose() -> None:
    page = (
        "# Subprocessors\n\n- **Alpha** – For more information see the page of Alpha.\n- **Beta** – Mail.\n"
    )
    found = made(page, InputFormat.MARKDOWN).drafts
    assert [draft.first("purpose") for draft in found.values()] == [None, "Mail"]


@for_rows(
    "cell, name, address, website",
    [
        ("Alpha alpha.example", "Alpha", None, "https://alpha.example"),
        ("Alpha, Inc. 1 Example Street, Springfield", "Alpha, Inc.", "1 Example Street, Springfield", None),
        (
            "Alpha GmbH 2 Example Road, Springfield alpha.example",
            "Alpha GmbH",
            "2 Example Road, Springfield",
            "https://alpha.example",
        ),
        ("Alpha Inc. 24", "Alpha Inc. 24", None, None),
        ("alpha.example", "alpha.example", None, None),
    ],
)
def test_name_address_and_domain_in_one_cell_are_taken_apart(
    cell: str, name: str, address: str | None, website: str | None
) -> None:
    head = "| Entity Legal Name, Registered Address and Website | Processing Activity |\n|---|---|\n"
    (draft,) = made(f"# Subprocessors\n\n{head}| {cell} | Mail |\n", InputFormat.MARKDOWN).drafts.values()
    found = (draft.name, draft.first("entity.address"), draft.first("links.website"))
    assert found == (name, address, website)


def test_header_of_websites_alone_is_none_of_names() -> None:
    assert (field := Labels().field("Company website")) is None or field.path != "name"
