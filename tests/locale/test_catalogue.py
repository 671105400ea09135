"""The files of the languages: each found in its folder, each with the texts and the values of English."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalogue_checks import collect_texts, find_placeholders, find_problems, use_language_folder
from registry_text import listing
from subproc_cli.enums import Activation, DpfCoverage, Level, Regime, Role
from subproc_cli.evaluation.transfer_outcomes import TransferStatus
from subproc_cli.locale import catalogue
from subproc_cli.locale.catalogue import (
    ENGLISH,
    CatalogueError,
    LanguageFile,
    Text,
    find_languages,
    load_catalogue,
)
from subproc_cli.notice.completeness import MissingField
from subproc_cli.notice.letters.sentences import LETTER_SECTIONS
from subproc_cli.overview.show import COUNTED
from subproc_cli.reference.categories import load_category_tree
from subproc_cli.reference.geography import UNKNOWN, WORLDWIDE, load_gazetteer
from subproc_cli.reference.laws import list_laws, load_law
from subproc_cli.registry.change_kinds import KINDS
from subproc_cli.registry.models import Links


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with copies of the files, where the program looks for languages."""
    with use_language_folder(tmp_path, monkeypatch):
        yield tmp_path


# Parity


@pytest.mark.parametrize("language", find_languages())
def test_language_file_has_the_texts_and_values_of_english(language: str) -> None:
    assert find_problems(language) == []


@pytest.mark.parametrize("language", find_languages())
def test_language_file_has_every_remark_of_a_region(language: str) -> None:
    file = LanguageFile(language)
    if language != ENGLISH and "fallback" not in file.head:  # the data has them in English
        keys = {remark.key for region in load_gazetteer() for remark in region.remarks}
        assert {f"region-remark.{key}" for key in keys} == set(file.get_section("region-remark"))


@pytest.mark.parametrize("language", find_languages())
def test_section_parsed_alone_equals_the_section_of_the_file(language: str) -> None:
    file = LanguageFile(language)
    whole = yaml.safe_load(file.path.read_bytes())
    assert tuple(whole) == file.section_names
    assert all(file.get_section(name) for name in whole)
    for part in file.section_names:
        parsed = file.get_section(part)
        assert parsed.keys() == dict(flatten(whole[part], f"{part}.")).keys()


def flatten(node: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        name = {"True": "yes", "False": "no"}.get(str(key), key)  # as YAML 1.1 reads these keys
        if isinstance(value, dict) and "other" not in value:
            yield from flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('closing: "Mit', 'closings: "Mit', "letter.closing: is missing"),
        ('closing: "Mit', 'closings: "Mit', "letter.closings: is no text of en.yaml"),
        ('salutation: "', 'salutation: "{nmae} ', "letter.salutation: has the values ['nmae'] instead of []"),
        ('concerns: "Betroffen: {services}."', 'concerns: "Betroffen."', "letter.concerns: has the values [] instead of ['services']"),
        ('day: {one: "{n} Tag", other: "{n} Tage"}', 'day: {other: "{n} Tage"}', "count.day: has the plural forms ['other'], and the language needs ['one', 'other']"),
        ('  closing: "Mit', '  closing: ""\n  closing: "Mit', "letter.closing: appears twice"),
        ('    process: "bearbeiten"\n', "", "words.ch-fadp: names other words than words.eu-gdpr"),
        ('  locale: "de_DE"', '  local: "de_DE"', "language.local: is unknown"),
        ('      objection: "Sie', '      objections: "Sie', "by-law: letter.objections: is no text of the file"),
    ],
)  # fmt: skip
def test_find_problems_of_a_wrong_text_names_file_and_id(
    folder: Path, old: str, new: str, problem: str
) -> None:
    file = folder / "de.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    assert f"de.yaml: {problem}" in find_problems("de")


def test_text_with_an_unknown_value_raises_an_error_with_file_and_id(folder: Path) -> None:
    file = folder / "de.yaml"
    file.write_text(file.read_text("utf-8").replace('concerns: "Betroffen', 'concerns: "{nmae}'), "utf-8")
    with pytest.raises(CatalogueError, match=r"de\.yaml: letter\.concerns: cannot fill .*nmae"):
        load_catalogue("de").text("letter.concerns", services="1 Dienst")


def test_english_file_has_a_text_for_every_closed_list() -> None:
    english = LanguageFile(ENGLISH)
    regions = {*load_gazetteer().regions, WORLDWIDE, UNKNOWN}
    rules = [rule for law in Regime for rules in load_law(law).bases.values() for rule in rules]
    expected: dict[str, Iterable[str]] = {
        "change": {kind.name for kind in KINDS},
        "role": set(Role),
        "activation": set(Activation),
        "level": set(Level),
        "place": regions,
        "category": {each.key for each in load_category_tree()},
        "missing": set(COUNTED),
        "link": set(Links.model_fields),
        "basis": {rule.name for rule in rules},
        "outcome": {*TransferStatus, "as-of"},
        "dpf-data": set(DpfCoverage),
        "laws": {f"{law}.{each}" for law in Regime for each in ("name", "in-a-sentence", "home")},
    }
    found = {text_id for section in expected for text_id in english.get_section(section)}
    wanted = {f"{section}.{key}" for section, keys in expected.items() for key in keys}
    assert wanted - found == set(), "texts that are missing"
    assert found - wanted == set(), "texts that nothing uses"
    terms = english.get_section("terms")
    for law in list_laws():
        numbers = {each.key for each in load_law(law).sensitive}
        assert f"terms.{law}.special" in terms
        assert {each.partition(f"{law}.")[2] for each in terms if f".{law}." in each} <= numbers | {"special"}
    gaps = {f"letter.gap-{each.name.lower().replace('_', '-')}" for each in MissingField}
    assert gaps <= english.get_section("letter").keys()


def test_change_sentences_name_the_service_and_known_values() -> None:
    for text_id, text in LanguageFile(ENGLISH).get_section("change").items():
        values = find_placeholders(text)
        assert values & {"name", "removed"}, text_id
        assert values <= {"name", "field", "removed", "added", "special", "under", "verdicts", "doubts"}, (
            text_id
        )


def test_french_file_has_no_breaking_space_before_punctuation() -> None:
    texts = collect_texts(
        LanguageFile("fr")
    )  # pages are rendered as HTML and Markdown, where lines are longer
    texts = {text_id: text for text_id, text in texts.items() if not text_id.startswith("page.")}
    assert [each for each, text in texts.items() if re.search(r"\w [:;»]|« ", str(text))] == []


def test_swiss_german_catalogue_has_no_sharp_s() -> None:
    swiss = load_catalogue("de-CH", "ch-fadp")
    texts = {each: swiss.get_template(each) for each in collect_texts(LanguageFile(ENGLISH))}
    assert [text_id for text_id, text in texts.items() if "ß" in str(text)] == []
    assert swiss.text("letter.closing") == "Mit freundlichen Grüssen"
    assert swiss.borrowed == set()


# A language more


def invent(text: Text) -> Text:
    """Return a text of the invented language, which counts as Polish does."""
    if isinstance(text, dict):
        return dict.fromkeys(("one", "few", "many", "other"), f"‹{text['other']}›")
    return f"‹{text}›"


def write_invented(folder: Path, leave_out: Callable[[str], bool] = lambda _: False) -> None:
    """Write the one file of an invented language."""
    data: dict[str, dict[str, Text]] = {"language": {"name": "Invented", "locale": "pl"}}
    for text_id, text in collect_texts(LanguageFile(ENGLISH)).items():
        section, _, key = text_id.partition(".")
        if not leave_out(text_id):
            data.setdefault(section, {})[key] = text if section == "grammar" else invent(text)
    (folder / "xx.yaml").write_text(yaml.safe_dump(data, allow_unicode=True, width=1000), "utf-8")


OLD = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2024-01-31
notice: {days: 30, objection_days: 14, contact: privacy@example.com}
services:
  alpha: {name: Alpha, purpose: mail, processing: [NL], sees: [identity.email], entity: {name: A BV, country: NL}}
"""
NEW = OLD.replace("1.0.0", "2.0.0").replace("2024-01", "2024-03").replace("[NL]", "[NL, US], transfer: [scc]")
PROGRAM = """
import sys
from pathlib import Path
from subproc_cli.locale import catalogue
catalogue.FOLDER = Path(sys.argv.pop(1))
from subproc_cli.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program on two revisions, with the languages of a folder."""
    work = folder / "work"
    (work / "lists").mkdir(parents=True, exist_ok=True)
    (work / "lists" / "1.yaml").write_text(OLD)
    (work / "lists" / "2.yaml").write_text(NEW)
    command = [sys.executable, "-c", PROGRAM, str(folder), *arguments]
    return subprocess.run(command, cwd=work, capture_output=True, text=True, check=False, encoding="utf-8")


PAGE = ("export", "page", "-r", "lists/2.yaml", "--lang", "xx")
FEED = ("feed", "--folder", "lists", "--lang", "xx")
LETTER = ("notice", "lists/1.yaml", "lists/2.yaml", "--sent", "2024-04-01", "--lang", "xx")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (PAGE, ("# ‹Subprocessors of Example GmbH›", "‹30 days›", "Stany Zjednoczone")),
        (FEED, ("‹Changes to the subprocessors of Example GmbH›", "‹Version 2.0.0: Alpha›")),
        (
            LETTER,
            ("‹Dear Sir or Madam,›", "‹From 2 maja 2024, Alpha will also process ‹personal data› in"),
        ),
    ],
)
def test_language_added_as_one_file_is_used_by_every_command(
    folder: Path, arguments: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    write_invented(folder)
    assert find_problems("xx") == []
    done = run(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [text for text in expected if text not in done.stdout] == [], done.stdout + done.stderr
    assert "xx.yaml" not in done.stderr


@pytest.mark.slow
def test_page_in_an_incomplete_language_falls_back_to_english(folder: Path) -> None:
    write_invented(folder, lambda text_id: text_id in ("page.title", "page.services", "letter.closing"))
    done = run(folder, *PAGE)
    assert (done.returncode, done.stderr) == (
        0,
        "subproc: xx.yaml lacks 2 texts: the English is used instead\n",
    )
    assert done.stdout.startswith("# Subprocessors of Example GmbH\n")


@pytest.mark.slow
def test_letter_in_an_incomplete_language_is_refused(folder: Path) -> None:
    write_invented(folder, lambda text_id: text_id in ("letter.closing", "page.title"))
    done = run(folder, *LETTER)
    assert (done.returncode, done.stdout) == (1, "")
    assert "xx.yaml: letter.closing" in done.stderr
    assert "page.title" not in done.stderr
    done = run(folder, *LETTER, "--incomplete")
    assert done.returncode == 0
    assert "\nKind regards\n" in done.stdout
    assert "subproc: xx.yaml lacks 1 text: the English is used instead\n" in done.stderr


@pytest.mark.slow
def test_letter_uses_only_texts_of_the_checked_sections(folder: Path) -> None:
    write_invented(folder, lambda text_id: text_id.partition(".")[0] not in LETTER_SECTIONS)
    assert "lacks" not in run(folder, *LETTER).stderr


@pytest.mark.slow
def test_lang_option_without_a_file_names_the_known_languages(folder: Path) -> None:
    done = run(folder, *PAGE)
    assert done.returncode == 2
    assert "'xx' is not one of 'de', 'de-CH', 'en', 'fr'" in done.stderr


def test_reworded_english_text_changes_no_other_language(folder: Path) -> None:
    file = folder / "en.yaml"
    before = load_catalogue("de").text("change.service-added", name="A")
    file.write_text(file.read_text("utf-8").replace('"{name} is new"', '"{name}: a new service"'), "utf-8")
    catalogue.clear_caches()
    assert load_catalogue("en").text("change.service-added", name="A") == "A: a new service"
    assert load_catalogue("de").text("change.service-added", name="A") == before


def test_fallback_text_of_a_variant_has_the_spelling_of_the_variant(folder: Path) -> None:
    (folder / "de-AT.yaml").write_text(
        "language: {name: x, locale: de_AT, fallback: de}\nletter: {closing: Servus}\n", "utf-8"
    )
    assert find_problems("de-AT") == []
    austrian = load_catalogue("de-AT")
    assert austrian.text("letter.closing") == "Servus"
    assert austrian.text("letter.link-security") == "Sicherheitsmaßnahmen"
    assert austrian.borrowed == set()
    assert load_catalogue("de-CH").text("letter.link-security") == "Sicherheitsmassnahmen"


def test_format_place_in_swiss_german_uses_the_locale() -> None:
    from subproc_cli.describe.wording import PageWording

    registry = listing("  {}\n")
    assert PageWording(registry, "de").format_place("BW") == "Botsuana"
    assert PageWording(registry, "de-CH").format_place("BW") == "Botswana"
