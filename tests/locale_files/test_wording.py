"""Every kind of change and every part of a letter, in every language, with the same placeholders."""

import re
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import subproc_cli
from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.diff.kinds import KINDS
from subproc_cli.diff.sentences import load_formatter
from subproc_cli.enums import Activation, Basis, Language, Level, Regime, Role
from subproc_cli.locale import names
from subproc_cli.notice.completeness import MissingField
from subproc_cli.reference import categories
from subproc_cli.reference.adequacy import get_jurisdiction
from subproc_cli.reference.geography import WORLDWIDE, load_gazetteer

OTHERS = [Language.DE, Language.FR]
TABLES = ["SENTENCES", "LETTER", "FEED", "FIELDS", "PARTS", "PRODUCTS"]
PACKAGE = Path(subproc_cli.__file__).parent
PARAMETERS = re.compile(r"\{(\w+)\}")


def words(language: Language) -> ModuleType:
    return import_module(f"subproc_cli.locale.changes_{language}")


def placeholders(text: str) -> set[str]:
    return {name.removesuffix("_dative") for name in PARAMETERS.findall(text)}


@pytest.mark.parametrize("language", Language)
def test_every_kind_is_worded(language: Language) -> None:
    assert list(words(language).SENTENCES) == [kind.name for kind in KINDS]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("table", TABLES)
def test_a_language_has_the_texts_of_english_with_the_same_placeholders(
    table: str, language: Language
) -> None:
    english, other = (getattr(words(each), table) for each in (Language.EN, language))
    assert list(other) == list(english)
    assert {key: placeholders(text) for key, text in other.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", OTHERS)
def test_what_a_list_states_has_the_texts_of_english_with_the_same_placeholders(language: Language) -> None:
    english, other = (
        import_module(f"subproc_cli.locale.statements_{each}").TEXTS for each in (Language.EN, language)
    )
    assert {key: placeholders(text) for key, text in other.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    "name",
    ["STATED", "WITHDRAWN", "AFFILIATION", "CLAIMED", "ENDED", "JUDGED", "OTHER_FIELD", "BASES_UNNAMED"],
)
def test_every_further_sentence_has_its_placeholders(name: str, language: Language) -> None:
    english, other = (getattr(words(each), name) for each in (Language.EN, language))
    assert placeholders(other) == placeholders(english)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", ["OUTSIDE", "VERDICTS"])
def test_every_sentence_on_a_place_outside_has_its_placeholders(name: str, language: Language) -> None:
    english, other = (getattr(words(each), name) for each in (Language.EN, language))
    assert {key: placeholders(text) for key, text in other.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", Language)
def test_every_closed_list_is_worded(language: Language) -> None:
    stated = import_module(f"subproc_cli.locale.statements_{language}")
    assert set(stated.ROLES) == set(Role)
    assert set(stated.ACTIVATIONS) == set(Activation)
    legal = {*Basis, "special"}
    assert set(stated.TERMS) == legal
    assert set(stated.ARTICLES) == set(Regime)
    for law, said in stated.ARTICLES.items():  # a word that a law does not know has no article of it
        assert {"notice", "special", Basis.ADEQUACY, *get_jurisdiction(Regime(law)).bases} <= set(said)
        assert set(said) <= legal | {"notice"}
    assert all(set(own) <= legal for own in stated.OWN_TERMS.values())
    assert set(stated.PLACES) == {*load_gazetteer().regions, WORLDWIDE}
    said = words(language)
    assert set(said.LEVELS) == set(Level)
    assert set(stated.HOMES) == set(stated.LAWS) == set(said.REGIMES) == set(Regime)
    assert {f"gap {lack.name.lower().replace('_', ' ')}" for lack in MissingField} <= set(said.LETTER)


UK, CH = (Regime.UK_GDPR,), (Regime.CH_FADP,)
BOTH = (Regime.EU_GDPR, Regime.CH_FADP)


@pytest.mark.parametrize(
    ("language", "key", "laws", "expected"),
    [
        (Language.EN, "scc", UK, "standard contractual clauses (Art. 46 UK GDPR)"),
        (Language.EN, "dpf", UK, "UK Extension to the EU-US Data Privacy Framework (Chapter V UK GDPR)"),
        (Language.EN, "dpf", CH, "Swiss-US Data Privacy Framework (Art. 16(1) FADP)"),
        (Language.EN, "special", CH, "sensitive personal data (Art. 5(c) FADP)"),
        # A term that laws share is said once; what each calls its own way is said of each
        (Language.EN, "scc", BOTH, "standard contractual clauses (Art. 46 GDPR; Art. 16(2) FADP)"),
        (Language.DE, "bcr", BOTH, "verbindliche interne Datenschutzvorschriften (Art. 47 DSGVO; Art. 16 Abs. 2 DSG)"),
        (Language.DE, "dpf", BOTH, "Datenschutzrahmen EU-USA (Art. 45 DSGVO) und Datenschutzrahmen Schweiz-USA (Art. 16 Abs. 1 DSG)"),
        (Language.FR, "derogation", CH, "dérogation (art. 17 LPD)"),
    ],
)  # fmt: skip
def test_each_law_has_its_own_terms_and_articles(
    language: Language, key: str, laws: tuple[Regime, ...], expected: str
) -> None:
    assert load_formatter(language).format_legal_term(key, laws) == expected


def test_no_line_of_french_breaks_before_a_sign() -> None:
    texts = tuple((PACKAGE / "locale").glob("*_fr.py"))
    assert len(texts) == 3
    assert [
        each for file in texts for each in re.findall(r".* [:;»].*|.*« .*", file.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_category_is_labelled(language: Language) -> None:
    assert list(names.load_category_labels(language)) == [
        category.key for category in categories.load_category_tree()
    ]


@pytest.mark.parametrize(
    ("language", "day", "days", "both", "place"),
    [
        (Language.EN, "1 May 2024", ["1 day", "30 days"], "a, b and c", "Netherlands"),
        (Language.DE, "1. Mai 2024", ["1 Tag", "30 Tage"], "a, b und c", "Niederlande"),
        (Language.FR, "1er mai 2024", ["1 jour", "30 jours"], "a, b et c", "Pays-Bas"),
    ],
)
def test_days_numbers_lists_and_countries(
    language: Language, day: str, days: list[str], both: str, place: str
) -> None:
    phrases = load_formatter(language)
    assert phrases.format_day(date(2024, 5, 1)) == day
    assert [phrases.format_count("days", number) for number in (1, 30)] == days
    assert phrases.join_words("abc") == both
    assert phrases.format_place(listing("  a: {name: A}\n"), "NL") == place


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.DE, "Kundeninhalte"),
        (Language.FR, "contenu des clients"),
    ],
)
def test_the_publishers_own_words_stay_as_they_are(language: Language, expected: str) -> None:
    head = "categories: {content.topics: {label: topics}}\nregions: {zone-1: [NL]}"
    index, phrases = listing("  a: {name: A}\n", head=head), load_formatter(language)
    assert phrases.format_category(index, "content.topics") == "topics"
    assert phrases.format_place(index, "zone-1") == "zone-1"
    assert phrases.format_category(index, "content") == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "",
            "processing: [{place: [SE, FR], how: remote-access}]",
            "angegeben: Frankreich oder Schweden (Fernzugriff)",
        ),
        ("processing: [EU]", "processing: [US]", "neuer Verarbeitungsort: Vereinigte Staaten (statt: EU)"),
        (
            "transfer: [scc]",
            "transfer: [dpf]",
            "Datenschutzrahmen EU-USA (Art. 45 DSGVO) (statt: Standardvertragsklauseln",
        ),
        (
            "transfer: [{basis: dpf, until: 2027-05-01}]",
            "transfer: [{basis: dpf, until: 2026-05-01}]",
            "Übermittlungsgrundlage „Datenschutzrahmen EU-USA (Art. 45 DSGVO)“: nun früher, 1. Mai 2026 (bisher: 1. Mai 2027)",
        ),
        ("", "until: 2024-06-30", "wird ab dem 30. Juni 2024 nicht mehr eingesetzt"),
        (
            "sees: [usage]",
            "sees: [{data: usage, extent: partial}]",
            "nur noch Zugriff auf einen Teil der Daten: Nutzung",
        ),
        (
            "",
            "sees: [{data: telemetry.logs, may_contain: [content]}]",
            "kann neu Kenntnis erhalten von: Kundeninhalte",
        ),
        ("personal_data: no", "personal_data: yes", "betroffen sind: ja (bisher: nein)"),
        ("products: [A]", "", "wird nun für alle Produkte eingesetzt"),
        ("", "products: [A, B]", "nicht mehr für alle Produkte eingesetzt, nur noch für: A und B"),
        ("", "entity: {name: B GmbH}", "das Unternehmen, nun angegeben: B GmbH"),
        (
            "entity: {country: DE}",
            "",
            "der Sitz des Unternehmens, nicht mehr angegeben (bisher: Deutschland)",
        ),
        ("entity: {country: DE}", "entity: {country: US}", "Vereinigte Staaten (bisher: Deutschland)"),
        ("", "notes: x", "redaktionell geändert: die Anmerkungen"),
    ],
)
def test_changes_in_german(old: str, new: str, expected: str) -> None:
    before, after = (listing(f"  a: {{name: A, {fields}}}\n") for fields in (old, new))
    told = [
        load_formatter(Language.DE).format_change((before, after), change) for change in diff(before, after)
    ]
    assert any(expected in text and text.startswith("A") for text in told), told


@pytest.mark.parametrize(
    ("language", "gone", "ended"),
    [
        (Language.EN, "A is no longer listed", "A is no longer used from 30 June 2024 on"),
        (Language.DE, "A wird nicht mehr aufgeführt", "A wird ab dem 30. Juni 2024 nicht mehr eingesetzt"),
        (Language.FR, "A ne figure plus dans la liste", "A n’est plus utilisé à compter du 30 juin 2024"),
    ],
)
def test_sentence_of_a_deleted_entry_states_no_end_that_the_list_does_not(
    language: Language, gone: str, ended: str
) -> None:
    new = listing("  b: {name: B}\n")
    for until, expected in (("", gone), (", until: 2024-06-30", ended)):
        old = listing(f"  a: {{name: A{until}}}\n  b: {{name: B}}\n")
        (change,) = diff(old, new)
        assert load_formatter(language).format_change((old, new), change) == expected
