"""Texts of a list in one language."""

import pytest

from registry_text import listing
from subproc_cli.registry.localize import add_translations, localize

DAYS = "30 days after the end of use"


@pytest.mark.parametrize(
    ("stated", "english", "german"),
    [
        (
            "{days: 30, after: {en: the end of use, de: Ende der Nutzung}}",
            DAYS,
            "30 Tage ab: Ende der Nutzung",
        ),
        ("{days: 30, after: the end of use}", DAYS, "30 Tage ab: the end of use"),
        ("{after: {de: Ende der Nutzung}}", "after Ende der Nutzung", "ab: Ende der Nutzung"),
        (
            "{days: 1, after: {en: use, de: Nutzung}, note: {en: backups, de: Sicherungen}}",
            "1 day after use (backups)",
            "1 Tag ab: Nutzung (Sicherungen)",
        ),
        (
            "{note: {en: as long as needed, de: so lange wie nötig}}",
            "as long as needed",
            "so lange wie nötig",
        ),
        ("as long as needed", "as long as needed", "as long as needed"),
    ],
)
def test_localize_of_a_retention_has_the_texts_of_the_language(
    stated: str, english: str, german: str
) -> None:
    service = listing(f"  a: {{name: A, retention: {stated}}}\n").model.services["a"]
    assert service.retention == english
    assert localize(service, "en").retention == english
    assert localize(service, "de").retention == german


@pytest.mark.parametrize(
    ("stated", "other", "german"),
    [
        ("purpose: chat", "purpose: {en: chat, de: Chat}", "Chat"),
        ("purpose: {en: chat, fr: chat}", "purpose: {en: chat, de: Chat}", "Chat"),
        ("purpose: {en: chat, de: Schwatz}", "purpose: {en: chat, de: Chat}", "Schwatz"),
        ("purpose: chat", "purpose: {en: mail, de: Post}", "chat"),
        ("purpose: chat", "purpose: chat", "chat"),
    ],
)
def test_add_translations_adds_those_of_the_same_text(stated: str, other: str, german: str) -> None:
    old, new = (listing(f"  a: {{name: A, {each}}}\n").model.services["a"] for each in (stated, other))
    assert localize(add_translations(old, new), "de").purpose == german
