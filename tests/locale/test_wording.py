"""What a list states and what changes in it, in the words of each language and law."""

from datetime import date

import pytest

from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.diff.sentences import ChangeFormatter
from subproc_cli.enums import Regime

UK, CH = (Regime.UK_GDPR,), (Regime.CH_FADP,)
BOTH = (Regime.EU_GDPR, Regime.CH_FADP)


@pytest.mark.parametrize(
    ("language", "key", "laws", "expected"),
    [
        ("en", "scc", UK, "standard contractual clauses (Art. 46 UK GDPR)"),
        ("en", "dpf", UK, "UK Extension to the EU-US Data Privacy Framework (Chapter V UK GDPR)"),
        ("en", "dpf", CH, "Swiss-US Data Privacy Framework (Art. 16(1) FADP)"),
        ("en", "special", CH, "sensitive personal data (Art. 5(c) FADP)"),
        # A term that laws share is said once; what each calls its own way is said of each
        ("en", "scc", BOTH, "standard contractual clauses (Art. 46 GDPR; Art. 16(2) FADP)"),
        ("de", "bcr", BOTH, "verbindliche interne Datenschutzvorschriften (Art. 47 DSGVO; Art. 16 Abs. 2 DSG)"),
        ("de", "dpf", BOTH, "Datenschutzrahmen EU-USA (Art. 45 DSGVO) und Datenschutzrahmen Schweiz-USA (Art. 16 Abs. 1 DSG)"),
        ("fr", "derogation", CH, "dérogation (art. 17 LPD)"),
    ],
)  # fmt: skip
def test_format_legal_term_uses_the_terms_of_each_law(
    language: str, key: str, laws: tuple[Regime, ...], expected: str
) -> None:
    assert ChangeFormatter(language).format_legal_term(key, laws) == expected


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
