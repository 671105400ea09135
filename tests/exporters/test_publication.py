"""What the field `publish` of a list shows and hides, and the language of the list's texts, in every format."""

import json
from base64 import b64encode
from pathlib import Path

import pytest

from registry_text import HEAD
from subproc_cli.cli.main import main
from subproc_cli.exporters.formats import EXPORTERS
from subproc_cli.output.reproducible_zip import read_members
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

LIST = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2024-01-01
notice: {days: 77}
publish:
  fields: [x-ticket, reviewed]
  hide: [contact, retention_days, links, notice]
  logo: logo.svg
  intro: {en: Our services., de: Unsere Dienste.}
  legal_notice: https://example.com/legal
services:
  mail:
    name: Mail
    purpose: {en: SENDING, de: VERSAND}
    subjects: [{en: USERS, de: NUTZER}]
    condition: {en: CONSENT, de: ZUSTIMMUNG}
    sees: [{data: identity, when: {en: ASKED, de: GEFRAGT}, note: {en: PLAIN, de: OFFEN}}]
    processing: [US]
    entity: {name: Mail Inc., address: 1 Road}
    contact: HIDDEN-contact
    retention: {days: 88, note: HIDDEN-retention}
    links: {dpa: https://example.com/HIDDEN-links}
    notes: HIDDEN-notes
    reviewed: {date: 2024-01-01, by: SHOWN-reviewed}
    x-ticket: SHOWN-ticket
"""
FOR_PEOPLE = [exporter.name for exporter in EXPORTERS if exporter.is_translated and not exporter.is_internal]
PUBLIC = [exporter.name for exporter in EXPORTERS if not exporter.is_internal]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "registry.yaml").write_text(LIST, encoding="utf-8")
    (tmp_path / "logo.svg").write_text("<svg/>", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_export(name: str, *options: str) -> str:
    """Return all text of an export."""
    assert main(["export", name, "--at", "2024-06-01", "-o", "out", *options]) == 0
    content = Path("out").read_bytes()
    parts = read_members(content).values() if content[:2] == b"PK" else [content]
    return "".join(part.decode("utf-8", "replace") for part in parts)


@pytest.mark.parametrize("name", PUBLIC)
def test_export_for_the_public_holds_no_hidden_or_internal_field(name: str) -> None:
    text = write_export(name)
    assert [word for word in ("HIDDEN", "77 days", "88 days") if word in text] == []


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_hidden_field_is_never_reported_as_not_stated(name: str) -> None:
    shown = write_export(name)
    assert "data processing agreement" not in shown
    assert ("not published" in shown) == (name in ("annex-iii", "annex-iii-docx", "record", "record-docx"))


@pytest.mark.parametrize("name", ["page", "site"])
def test_published_internal_field_is_on_the_page(name: str) -> None:
    text = write_export(name)
    assert [word for word in ("SHOWN-reviewed", "SHOWN-ticket") if word not in text] == []


@pytest.mark.parametrize("name", FOR_PEOPLE)
@pytest.mark.parametrize(("language", "other"), [("en", 1), ("de", 0)])
def test_texts_are_in_the_language_of_the_export_alone(name: str, language: str, other: int) -> None:
    text = write_export(name, "--lang", language)
    pairs = (("SENDING", "VERSAND"), ("USERS", "NUTZER"), ("CONSENT", "ZUSTIMMUNG"), ("PLAIN", "OFFEN"))
    assert [pair[other] for pair in pairs if pair[other] in text] == []
    if not name.startswith("graph"):
        assert pairs[0][1 - other] in text


@pytest.mark.parametrize("name", ["csv", "csv-long", "json", "ndjson", "xlsx", "sqlite"])
def test_public_option_leaves_internal_and_hidden_fields_out(name: str) -> None:
    text = write_export(name, "--public")
    assert [word for word in ("HIDDEN", "77 days", "88 days") if word in text] == []


def test_text_that_lacks_the_language_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert "SENDING" in write_export("page", "--lang", "fr")
    assert (
        "registry.yaml states 6 texts in other languages than fr, one of which is used: "
        "publish.intro, services.mail.purpose, services.mail.condition, …" in capsys.readouterr().err
    )


def test_record_has_the_text_of_the_language_next_to_all_texts(capsys: pytest.CaptureFixture[str]) -> None:
    for options, purpose in (([], "SENDING"), (["--lang", "de"], "VERSAND")):
        assert main(["show", "mail", "-f", "json", *options]) == 0
        record = json.loads(capsys.readouterr().out)
        assert record["purpose"] == purpose
        assert record["purpose_by_language"] == {"en": "SENDING", "de": "VERSAND"}


def test_site_has_logo_intro_and_legal_notice() -> None:
    text = write_export("site", "--lang", "de")
    assert f'src="data:image/svg+xml;base64,{b64encode(b"<svg/>").decode()}" alt="Example GmbH"' in text
    assert '<p class="intro" dir="auto">Unsere Dienste.</p>' in text
    assert '<a href="https://example.com/legal" rel="noopener noreferrer">Impressum</a>' in text


def test_page_has_logo_intro_and_legal_notice() -> None:
    text = write_export("page")
    assert text.startswith("![Example GmbH](logo.svg)\n\n# ")
    assert "\n\nOur services.\n\n" in text
    assert text.endswith("- **Legal notice**: <https://example.com/legal>\n")


@pytest.mark.parametrize(
    ("logo", "problem"),
    [
        ("none.png", "none.png cannot be read: No such file or directory"),
        ("../logo.svg", "../logo.svg is not in the folder of the list"),
        ("registry.yaml", "registry.yaml is not an image: .gif, .jpeg, .jpg, .png, .svg, .webp"),
        (
            "data:image/png;base64,AAAA",
            "data:image/png;base64,AAAA is not an image: .gif, .jpeg, .jpg, .png, .svg, .webp",
        ),
        (
            "javascript:alert(1)//x.png",
            "javascript:alert(1)//x.png cannot be read: No such file or directory",
        ),
        ("//example.com/logo.svg", "//example.com/logo.svg is not in the folder of the list"),
        (
            "https://example.com/logo.svg",
            "https://example.com/logo.svg cannot be read: No such file or directory",
        ),
    ],
)
@pytest.mark.parametrize(("name", "image"), [("site", "<img"), ("page", "![")])
def test_logo_that_cannot_be_used_is_reported(
    name: str, image: str, logo: str, problem: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "registry.yaml").write_text(LIST.replace("logo.svg", logo), encoding="utf-8")
    assert image not in write_export(name)
    assert f"subproc: publish.logo: {problem}; the page has no logo\n" in capsys.readouterr().err


def test_page_encodes_the_name_of_the_logo(folder: Path) -> None:
    logo = "javascript:x (1).svg"
    (folder / logo).write_text("<svg/>", encoding="utf-8")
    (folder / "registry.yaml").write_text(LIST.replace("logo.svg", f'"{logo}"'), encoding="utf-8")
    assert write_export("page").startswith("![Example GmbH](javascript%3Ax%20%281%29.svg)\n\n# ")


@pytest.mark.parametrize(("name", "options"), [("csv", ["--lang", "en"]), ("xlsx", [])])
def test_table_for_people_has_the_published_fields_of_the_publisher(name: str, options: list[str]) -> None:
    text = write_export(name, "--public", *options)
    assert [word for word in ("x-ticket", "SHOWN-ticket") if word not in text] == []


def test_data_of_the_site_names_what_is_hidden(folder: Path) -> None:
    assert main(["export", "site", "--at", "2024-06-01", "--out", "public"]) == 0
    record = json.loads((folder / "public" / "registry.json").read_text("utf-8"))
    assert record["hidden"] == ["contact", "links", "notice", "retention"]
    assert {"contact", "retention", "dpa"} & {*record["services"][0]["not_stated"]} == set()


def test_feed_leaves_out_changes_of_hidden_fields(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "history").mkdir()
    new = LIST.replace("HIDDEN-contact", "HIDDEN-new").replace("days: 88", "days: 99")
    new = new.replace("VERSAND", "ZUSTELLUNG").replace("SENDING", "DELIVERY").replace("1.0.0", "1.1.0")
    (folder / "history" / "1.yaml").write_text(LIST, encoding="utf-8")
    (folder / "history" / "2.yaml").write_text(
        new.replace("2024-01-01\nn", "2024-02-01\nn"), encoding="utf-8"
    )
    assert main(["feed", "--folder", "history", "--lang", "de"]) == 0
    text = capsys.readouterr().out
    assert "Mail: der Zweck lautet „ZUSTELLUNG“, bisher „VERSAND“" in text
    assert [word for word in ("HIDDEN", "99 Tage", "99 days") if word in text] == []


@pytest.mark.parametrize("field", ["name", "sees", "processing", "role", "version"])
def test_field_that_every_published_list_needs_cannot_be_hidden(field: str) -> None:
    text = f"{HEAD}publish: {{hide: [{field}]}}\nservices: {{a: {{name: A}}}}\n"
    problems = load_registry(Source("list.yaml", text.encode()))
    assert not isinstance(problems, Registry)
    assert [problem.message for problem in problems] == [f"hide: {field} cannot be hidden"]
