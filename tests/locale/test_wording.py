"""What a list states and what changes in it, in the words of each language and law."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.reference.laws import load_law


@pytest.mark.parametrize(
    ("language", "word", "laws", "expected"),
    [
        ("en", "idta", ["uk-gdpr"], "International Data Transfer Agreement (Art. 46(2)(d) UK GDPR)"),
        # A term that laws share is said once
        ("en", "scc", ["eu-gdpr", "ch-fadp"], "standard contractual clauses (Art. 46(2)(c) GDPR; Art. 16(2)(d) FADP)"),
        ("de", "bcr", ["eu-gdpr", "ch-fadp"], "verbindliche interne Datenschutzvorschriften (Art. 46 Abs. 2 Buchst. b und 47 DSGVO; Art. 16 Abs. 2 Bst. e DSG)"),
        ("de", "derogation", ["eu-gdpr", "ch-fadp"], "Ausnahme für bestimmte Fälle (Art. 49 DSGVO) und Ausnahme (Art. 17 DSG)"),
        ("fr", "derogation", ["ch-fadp"], "dérogation (art. 17 LPD)"),
    ],
)  # fmt: skip
def test_each_law_has_its_own_terms_and_articles(
    language: str, word: str, laws: list[str], expected: str
) -> None:
    transfers = ChangeFormatter(language).transfers
    rules = (load_law(law).find_basis(word, date(2026, 6, 1)) for law in laws)
    assert transfers.format_names(transfers.name_basis(rule) for rule in rules if rule) == expected


@pytest.mark.parametrize(
    ("language", "laws", "category", "expected"),
    [
        ("en", ["eu-gdpr"], "special.health", "special categories of data (Art. 9 GDPR)"),
        ("en", ["eu-gdpr"], "criminal", "data on criminal convictions and offences (Art. 10 GDPR)"),
        ("en", ["ch-fadp"], "criminal", "sensitive personal data (Art. 5(c)(5) FADP)"),
        ("de", ["uk-gdpr"], "special", "besondere Kategorien personenbezogener Daten (Art. 9 UK GDPR)"),
        ("fr", ["ch-fadp"], "special.health", "des données personnelles sensibles (art. 5, let. c, ch. 2, LPD)"),
    ],
)  # fmt: skip
def test_each_law_names_the_data_that_it_protects_most(
    language: str, laws: list[str], category: str, expected: str
) -> None:
    transfers = ChangeFormatter(language).transfers
    names = transfers.name_sensitive_data(laws, [category], date(2026, 6, 1))
    assert transfers.format_names(names) == expected


@pytest.mark.parametrize(
    ("language", "day", "days", "both", "place"),
    [
        ("en", "1 May 2024", ["1 day", "30 days"], "a, b and c", "Netherlands"),
        ("de", "1. Mai 2024", ["1 Tag", "30 Tage"], "a, b und c", "Niederlande"),
        ("fr", "1er mai 2024", ["1 jour", "30 jours"], "a, b et c", "Pays-Bas"),
    ],
)
def test_change_formatter_formats_dates_numbers_lists_and_countries(
    language: str, day: str, days: list[str], both: str, place: str
) -> None:
    phrases = ChangeFormatter(language)
    assert phrases.format_day(date(2024, 5, 1)) == day
    assert [phrases.format_count("day", number) for number in (1, 30)] == days
    assert phrases.join_words("abc") == both
    assert phrases.format_place(listing("  a: {name: A}\n"), "NL") == place


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("de", "Kundeninhalte"),
        ("fr", "contenu des clients"),
    ],
)
def test_change_formatter_keeps_the_own_words_of_the_publisher(language: str, expected: str) -> None:
    head = "categories: {content.topics: {label: topics}}\nregions: {zone-1: [NL]}"
    index, phrases = listing("  a: {name: A}\n", head=head), ChangeFormatter(language)
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
            "kann nun auch Kenntnis erlangen von: Kundeninhalte",
        ),
        ("personal_data: no", "personal_data: yes", "betroffen sind: ja (bisher: nein)"),
        ("products: [A]", "", "wird nun für alle Produkte eingesetzt"),
        ("", "products: [A, B]", "nicht mehr für alle Produkte eingesetzt, nur noch für: A und B"),
        ("", "entity: {name: B GmbH}", "nun angegeben: das Unternehmen (B GmbH)"),
        (
            "entity: {country: DE}",
            "",
            "nicht mehr angegeben: der Sitz des Unternehmens (bisher: Deutschland)",
        ),
        ("entity: {country: DE}", "entity: {country: US}", "Vereinigte Staaten (bisher: Deutschland)"),
        ("", "notes: x", "redaktionell geändert: die Anmerkungen"),
    ],
)
def test_format_change_in_german_is_a_sentence(old: str, new: str, expected: str) -> None:
    before, after = (listing(f"  a: {{name: A, {fields}}}\n") for fields in (old, new))
    told = [ChangeFormatter("de").format_change((before, after), change) for change in diff(before, after)]
    assert any(expected in text and text.startswith("A") for text in told), told


@pytest.mark.parametrize(
    ("language", "gone", "ended"),
    [
        ("en", "A is no longer listed", "A is no longer used from 30 June 2024 on"),
        ("de", "A wird nicht mehr aufgeführt", "A wird ab dem 30. Juni 2024 nicht mehr eingesetzt"),
        ("fr", "A ne figure plus dans la liste", "A n’est plus utilisé à compter du 30 juin 2024"),
    ],
)
def test_format_change_of_a_deleted_entry_states_only_a_known_end(
    language: str, gone: str, ended: str
) -> None:
    new = listing("  b: {name: B}\n")
    for until, expected in (("", gone), (", until: 2024-06-30", ended)):
        old = listing(f"  a: {{name: A{until}}}\n  b: {{name: B}}\n")
        (change,) = diff(old, new)
        assert ChangeFormatter(language).format_change((old, new), change) == expected
