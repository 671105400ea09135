"""Domains, measures and notices next to services are none, and lists in further languages are read."""

import pytest

from import_cases import made
from subproc_cli.importers.input_format import InputFormat

TABLE = "| Vendor Name | Location | Purpose |\n| --- | --- | --- |\n| Acme | Germany | Hosting |\n"
LIST = "# Subprocessors\n\n| Subprocessor | Purpose |\n| --- | --- |\n| Example Cloud (EC) | Hosting |\n\n"


def names(page: str) -> list[str]:
    return [each.name for each in made(page, InputFormat.MARKDOWN).services.values()]


@pytest.mark.parametrize(
    "more",
    [
        "## Payment processor\n\n* *.example.com\n",
        "## Payment processor\n\n* cdn.pay.example.com\n",
        (
            "## Data\n\nFor data sent to vendors, we apply two enforcement layers:\n\n"
            "- **Local redaction.** Secrets are removed.\n- **Outer redaction.** Bodies are cleaned.\n"
        ),
        "## Agreements\n\n| Subprocessor | DPA available | SOC 2 |\n| --- | --- | --- |\n| EC | Yes | Yes |\n",
    ],
)
def test_import_reads_no_further_service_next_to_a_list(more: str) -> None:
    assert names(LIST + more) == ["Example Cloud (EC)"]


def test_import_reads_the_list_of_today_below_a_notice_of_updates() -> None:
    lead = "# Sub-processors\n\n## Updates to this page\n\nExample may use the following Sub-processors:\n\n"
    assert names(lead + TABLE) == ["Acme"]


@pytest.mark.parametrize(
    "sentence",
    ["We no longer use the following", "From May we will use the following", "We added the following"],
)
def test_import_leaves_out_a_list_of_changes_below_a_notice_of_updates(sentence: str) -> None:
    assert names(f"{LIST}## Updates to this page\n\n{sentence} sub-processors:\n\n{TABLE}") == [
        "Example Cloud (EC)"
    ]


@pytest.mark.parametrize(
    "heads",
    [
        "ספק | שירות | מיקום עיבוד",
        "子处理商名称 | 处理说明 | 处理地点",
        "постачальник | мета обробки | країна",
        "πάροχος | σκοπός | χώρα",
        "furnizor | scop | țara",
        "szolgáltató | cél | ország",
        "مزود الخدمة | الغرض | الموقع",
    ],
)
def test_import_reads_the_heads_of_tables_in_further_languages(heads: str) -> None:
    page = f"# Subprocessors\n\n| {heads} |\n| --- | --- | --- |\n| Acme | Hosting | Germany |\n"
    (service,) = made(page, InputFormat.MARKDOWN).services.values()
    assert (service.name, service.purpose) == ("Acme", "Hosting")
    assert [each.place for each in service.processing or ()] == [("DE",)]


def test_import_reads_no_service_from_a_japanese_heading_about_changes() -> None:
    cards = "".join(
        f"### {name}\n\n**目的：** Hosting\n\n**国：** Germany\n\n" for name in ("Acme", "Ferox", "Umbra")
    )
    notice = "### サブプロセッサの変更について\n\n- メールで通知します\n- 解約できます\n"
    assert names(f"# Subprocessors\n\n{cards}{notice}") == ["Acme", "Ferox", "Umbra"]
