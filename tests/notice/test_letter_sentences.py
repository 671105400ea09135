"""A change and two days in, the sentence of a letter out: true as it is written on the day it is sent."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from test_diff_kinds import LIST_ROWS, OWN, ROWS, SERVICES

from catalogue_checks import find_placeholders, use_language_folder
from notice_cases import customer, letter
from registry_text import HEAD, listing
from rows import for_rows
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Regime
from subproc_cli.locale.catalogue import ENGLISH, LanguageFile, find_languages, load_catalogue
from subproc_cli.notice.customers.recipients import is_setting
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.sentences import (
    LETTER_SECTIONS,
    LetterChangeFormatter,
    MissingSentencesError,
    load_letter_formatter,
    require_sentences,
)
from subproc_cli.notice.plan import Request, plan
from subproc_cli.registry.change_kinds import KINDS
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.models import RegistryModel
from subproc_cli.registry.parts import NoticeTerms
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

VALUES = {"name", "day", "added", "removed", "after", "until", "field", "special", "data", "role"}
"""What a sentence about a change is filled with; a language has words of its own besides."""
EU = (Regime("eu-gdpr"),)
SECTIONS = ("announced", "begun", "listed")
SENT, COMING, PAST = date(2024, 4, 9), date(2024, 5, 10), date(2024, 4, 1)
DAYS = {
    "en": ("From 10 May 2024", "ince 1 April 2024|On 1 April 2024"),
    "de": ("[Aa]b dem 10. Mai 2024", "(eit dem|am) 1. April 2024"),
    "fr": ("à compter du 10 mai 2024", "epuis le 1er avril 2024|Le 1er avril 2024"),
}


def texts(language: str, section: str) -> dict[str, str]:
    """Return the texts of a section by the part of their ids after it."""
    english = LanguageFile(ENGLISH).get_section(section)
    catalogue = load_catalogue(language)
    return {each.removeprefix(f"{section}."): str(catalogue.get_template(each)) for each in english}


def sentence_values(text: str) -> set[str]:
    return find_placeholders(text) & VALUES


def told(
    language: str,
    old: Registry,
    new: Registry,
    *,
    effective: date = COMING,
    laws: tuple[Regime, ...] = EU,
) -> list[str]:
    said = LetterChangeFormatter(load_letter_formatter(language, laws), (old, new), laws, SENT, effective)
    return [said.format_change(change) for change in diff(old, new) if not is_setting(change)]


def service(old: str, new: str) -> tuple[Registry, Registry]:
    before, after = (listing(f"  a: {{name: A, {fields}}}\n", head=OWN) for fields in (old, new))
    return before, after


# The tables


@pytest.mark.parametrize("language", find_languages())
@for_rows("kind", [kind.name for kind in KINDS])
def test_announced_of_every_kind_has_a_sentence(language: str, kind: str) -> None:
    sections = [each for each in SECTIONS if kind in texts(language, f"letter-{each}")]
    assert sections in (["announced", "begun"], ["listed"]), f"{language}.yaml has {kind} in {sections}"


@pytest.mark.parametrize("language", find_languages())
def test_announced_and_begun_sentences_have_the_same_keys_and_values(language: str) -> None:
    announced, begun = texts(language, "letter-announced"), texts(language, "letter-begun")
    assert list(announced) == list(begun)
    for key, text in announced.items():
        assert sentence_values(text) == sentence_values(begun[key])
        assert {"day", "added", "until"} & sentence_values(text), key
        assert text != begun[key]


def test_announced_in_english_is_in_the_future_tense() -> None:
    for key, text in texts("en", "letter-announced").items():
        assert re.search(r"\b(will|may)\b|\bis no longer listed$", text), key
        assert not re.search(r"\bnow (?!:)(?!\()|\bis (new|provided|promised)\b|\bhas\b(?! access)", text), (
            key
        )
    for key, text in texts("en", "letter-begun").items():
        assert re.search(r"\b(has|have) |\breplaced\b", text), key
        assert not re.search(r"\bwill\b", text), key


@pytest.mark.parametrize("language", find_languages())
@pytest.mark.parametrize("section", SECTIONS)
def test_sentences_have_at_most_two_colons(language: str, section: str) -> None:
    """Values and the condition of an authorisation can add one: more than that nobody reads at once."""
    for key, text in texts(language, f"letter-{section}").items():
        assert text.count(":") <= 2, (key, text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_announced_sentences_follow_the_condition_of_an_authorisation(language: str) -> None:
    """*Subject to your authorisation, A: from …* is no sentence."""
    for key, text in texts(language, "letter-announced").items():
        assert not re.match(r"\{name\}\s?:", text), (key, text)


# Every example of a kind


def examples() -> Iterator[tuple[Registry, Registry]]:
    for old, new, _ in ROWS:
        yield service(old, new)
    for old, new, _ in LIST_ROWS:
        yield listing("  a: {name: A}\n", head=old), listing("  a: {name: A}\n", head=new)
    for old, new, _ in SERVICES:
        yield listing(f"  {old}\n"), listing(f"  {new}\n")
    for law in ("2012-12-18", "2012-12-19"), ("2012-12-19", "2012-12-18"):
        first, second = (listing("  a: {name: A, processing: [NZ]}\n", date=day) for day in law)
        yield first, second
    doubted = "  a: {name: A, processing: [US], transfer: [dpf]}\n"
    yield listing(doubted, date="2025-10-30"), listing(doubted, date="2025-10-31")
    yield listing("  a: {name: A}\n"), listing("  a: {name: A}\n", head="law: [uk-gdpr]")


EXAMPLES = [*examples()]


def test_examples_show_every_kind() -> None:
    shown = {change.kind for old, new in EXAMPLES for change in diff(old, new)}
    assert shown | {"publisher-changed"} == {kind.name for kind in KINDS}


@pytest.mark.slow
@pytest.mark.parametrize("language", find_languages())
def test_announced_of_every_example_names_its_date(language: str) -> None:
    said, (coming, begun) = texts(language, "letter-listed"), DAYS[language.partition("-")[0]]
    for old, new in EXAMPLES:
        for effective, pattern in ((COMING, coming), (PAST, begun)):
            announced = LetterChangeFormatter(
                load_letter_formatter(language, EU), (old, new), EU, SENT, effective
            )
            for change in diff(old, new):
                text = announced.format_change(change)
                assert "{" not in text
                assert "}" not in text
                dated = announced.find_effective_day(change) == effective and not is_listed(said, text)
                assert not dated or re.search(pattern, text, re.IGNORECASE), (change.kind, text)


def is_listed(said: dict[str, str], text: str) -> bool:
    """Return whether a text may be one of what the new version of the list says, which has no day."""
    patterns = (re.sub(r"\\\{\w+\\\}", ".*", re.escape(each)) for each in said.values())
    return any(re.fullmatch(pattern, text, re.DOTALL) for pattern in patterns)


@pytest.mark.slow
def test_letters_use_only_texts_of_the_checked_sections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with use_language_folder(tmp_path, monkeypatch):
        (tmp_path / "xx.yaml").write_text("language: {name: x, locale: pl}\n")
        for laws in ((Regime("eu-gdpr"),), (Regime("ch-fadp"),), (Regime("uk-gdpr"), Regime("ch-fadp"))):
            for effective in (COMING, PAST):
                for old, new in EXAMPLES:
                    told("xx", old, new, effective=effective, laws=laws)
            used = load_letter_formatter("xx", laws).catalogue.borrowed
            assert {text_id.partition(".")[0] for text_id in used} <= {*LETTER_SECTIONS}


def test_letter_in_a_language_that_lacks_sentences_is_refused_with_each_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = service("processing: [DE]", "processing: [DE, IN]")
    with use_language_folder(tmp_path, monkeypatch):
        (tmp_path / "xx.yaml").write_text("language: {name: x, locale: pl}\n")
        notices = plan((old, new), diff(old, new), Request(SENT, COMING, "xx")).notices
        with pytest.raises(MissingSentencesError, match="the language of a letter lacks sentences") as caught:
            require_sentences(notices)
    assert "xx.yaml: letter-announced.place-added-outside" in caught.value.details
    assert caught.value.hint.startswith("add it to the file, or go ahead with --incomplete")


# Single sentences


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("processing: [DE]", "processing: [DE, US]", "From 10 May 2024, A will also process personal data in the United States"),
        ("processing: [DE]", "processing: [DE, {place: IN, how: remote-access}]", "From 10 May 2024, A will also have remote access to personal data from India"),
        ("processing: [DE, {place: IN, how: remote-access}]", "processing: [DE]", "From 10 May 2024, A will no longer have remote access to personal data from India"),
        ("role: vendor, processing: [DE]", "role: vendor, processing: [DE, US]", "From 10 May 2024, A will also process data in the United States"),
        ("", "sees: [special.health]", "From 10 May 2024, A will also have access to special categories of data (Art. 9 GDPR): health data"),
        ("never_sees: [payment.card]", "", "From 10 May 2024, we will no longer undertake that A never has access to the following data: payment card"),
        ("activation: opt-in", "", "From 10 May 2024, A will be used as follows: always (until now: only after an opt-in)"),
        ("entity: {name: B SAS}", "entity: {name: C Inc}", "From 10 May 2024, A will be provided by C Inc instead of B SAS"),
        ("entity: {country: FR}", "entity: {country: US}", "From 10 May 2024, the legal entity of A will be established in the United States instead of France"),
        ("purpose: a", "purpose: b", "From 10 May 2024, the purpose of A will read “b” (until now: “a”)"),
        # The list says more or less, or names somebody else: nobody knows since when that is so
        ("entity: {parent: B}", "entity: {parent: C}", "A: as the owner of the legal entity, the new version of the list names C instead of B"),
        ("", "entity: {name: B GmbH}", "A: the new version of the list also states the legal entity: B GmbH"),
        ("", "purpose: b", "A: the new version of the list also states the purpose: b"),
        ("condition: a", "", "A: the new version of the list no longer states the condition of use (until now: a)"),
        ("processing: [EU]", "processing: [BE]", "A: the new version of the list states the place of processing more precisely: Belgium instead of the EU"),
        ("transfer: [{basis: scc, places: [IN]}], processing: [IN, US]", "transfer: [{basis: scc, places: [IN, US]}], processing: [IN, US]",
         ("For A, the new version of the list states the limits of the transfer basis “standard contractual clauses (Art. 46(2)(c) GDPR)” "
         "differently: for India and the United States (until now: for India)")),
        ("sees: [{data: usage, products: [B]}], products: [B, C]", "sees: [usage], products: [B, C]",
         "A: in the new version of the list, the statement about usage of the product applies to all products instead of B"),
        ("onward: [B]", "onward: [B, C]", "From 10 May 2024, A will also pass data on to C"),
        ("personal_data: no", "", "A: whether it has access to personal data is stated as “not stated” in the new version of the list (until now: “no”)"),
    ],
)  # fmt: skip
def test_announced_of_a_future_change_is_in_the_future_tense(old: str, new: str, expected: str) -> None:
    assert expected in told("en", *service(old, new))


@pytest.mark.parametrize(
    ("language", "coming", "begun"),
    [
        (
            "en",
            "From 10 May 2024, A will also have access to the following data: email address",
            "Since 1 April 2024, A has also had access to the following data: email address",
        ),
        (
            "de",
            "A erhält ab dem 10. Mai 2024 auch Zugriff auf folgende Daten: E-Mail-Adresse",
            "A hat seit dem 1. April 2024 auch Zugriff auf folgende Daten: E-Mail-Adresse",
        ),
        (
            "fr",
            "À compter du 10 mai 2024, A aura également accès aux données suivantes\xa0: adresse électronique",
            "Depuis le 1er avril 2024, A a également accès aux données suivantes\xa0: adresse électronique",
        ),
    ],
)
def test_announced_of_a_past_date_is_in_the_past_tense(language: str, coming: str, begun: str) -> None:
    revisions = service("", "sees: [identity.email]")
    assert told(language, *revisions) == [coming]
    assert told(language, *revisions, effective=PAST) == [begun]
    assert told(language, *revisions, effective=SENT)[0].split()[0] == coming.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The day that the list itself states comes before that of the letter, in either tense
        ("", "until: 2024-06-30", ["From 30 June 2024, A will no longer be used"]),
        ("", "until: 2024-04-01", ["Since 1 April 2024, A has no longer been used"]),
        ("until: 2024-06-30", "until: 2024-07-31", ["From 31 July 2024, A will no longer be used, later than listed until now (30 June 2024)"]),
        ("since: 2024-06-30", "since: 2024-06-01", ["From 1 June 2024, A will be used, earlier than listed until now (30 June 2024)"]),
        ("since: 2024-06-30", "since: 2024-07-01", ["Only from 1 July 2024, A will be used, later than listed until now (30 June 2024)"]),
        ("until: 2024-06-30", "", ["A will stay in use: its end, listed until now for 30 June 2024, is withdrawn"]),
        ("until: 2024-02-01", "", ["From 10 May 2024, A will be used again; according to the list, its use ended on 1 February 2024"]),
    ],
)  # fmt: skip
def test_announced_of_a_change_with_its_own_date_names_it(old: str, new: str, expected: list[str]) -> None:
    assert told("en", *service(old, new)) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("since: 2024-07-01", "From 1 July 2024, B will be engaged as a new subprocessor"),
        ("since: 2024-04-01", "Since 1 April 2024, B has been engaged as a new subprocessor"),
        ("replaces: a", "From 10 May 2024, B will replace A"),
        ("replaces: a, since: 2024-04-01", "On 1 April 2024, B replaced A"),
        ("role: affiliate", "From 10 May 2024, B will be engaged as a new subprocessor"),
        ("role: controller", "From 10 May 2024, B will be used as a further service (role: independent controller)"),
        ("role: vendor, since: 2024-03-01", "Since 1 March 2024, B has been used as a further service (role: vendor that sees no personal data)"),
    ],
)  # fmt: skip
def test_announced_of_a_new_service_names_its_start(row: str, expected: str) -> None:
    kept = "" if "replaces" in row else "  a: {name: A}\n"
    old, new = listing("  a: {name: A}\n"), listing(f"{kept}  b: {{name: B, {row}}}\n")
    assert told("en", old, new) == [expected]


GONE = listing("  b: {name: B}\n")


@pytest.mark.parametrize(
    ("until", "language", "expected"),
    [
        ("", "en", "A is no longer listed in the new version of the list"),
        ("", "de", "A wird in der neuen Fassung der Liste nicht mehr aufgeführt"),
        ("", "fr", "A ne figure plus dans la nouvelle version de la liste"),
        (", until: 2024-06-30", "en", "From 30 June 2024, A will no longer be used; it is no longer listed"),
        (", until: 2024-02-01", "en", "Since 1 February 2024, A has no longer been used; it is no longer listed"),
        (", until: 2024-06-30", "de", "A wird ab dem 30. Juni 2024 nicht mehr eingesetzt und nicht mehr aufgeführt"),
    ],
)  # fmt: skip
def test_announced_of_a_deleted_entry_states_only_a_known_end(
    until: str, language: str, expected: str
) -> None:
    old = listing(f"  a: {{name: A{until}}}\n  b: {{name: B}}\n")
    assert told(language, old, GONE) == [expected]


@pytest.mark.parametrize(
    ("until", "language", "expected"),
    [
        ("", "en", "In the new version of the list, A is listed as part of B"),
        (", until: 2024-06-30", "en", "In the new version of the list, A is listed as part of B"),
        ("", "de", "A wird in der neuen Fassung der Liste als Teil von B aufgeführt"),
        ("", "fr", "Dans la nouvelle version de la liste, A est intégré à B"),
    ],
)
def test_announced_of_a_merged_service_names_the_one_that_it_is_part_of(
    until: str, language: str, expected: str
) -> None:
    old = listing(f"  a: {{name: A{until}}}\n  b: {{name: B}}\n")
    assert expected in told(language, old, listing("  b: {name: B, formerly: [a]}\n"))


@pytest.mark.parametrize(
    ("regime", "expected"),
    [
        (
            "ch-fadp",
            (
                "For A, the new version of the list states the limits of the transfer basis “standard contractual clauses"
                " (Art. 16(2)(d) FADP)” differently: not stated (until now: adapted to Swiss law)"
            ),
        ),
        (
            "uk-gdpr",
            (
                "A: the new version of the list changes what it states about a transfer basis that is not sufficient"
                " under UK law"
            ),
        ),
    ],
)
def test_listed_of_the_limits_of_a_basis_names_it_only_where_the_law_accepts_it(
    regime: str, expected: str
) -> None:
    new = "processing: [US], transfer: [scc]"
    sides = service("processing: [US], transfer: [{basis: scc, adapted: ch-fadp}]", new)
    assert told("en", *sides, laws=(Regime(regime),)) == [expected]


def test_announced_of_the_first_basis_does_not_call_it_a_further_one() -> None:
    sides = service("processing: [DE]", "processing: [IN], transfer: [scc]")
    assert (
        "From 10 May 2024, transfers involving A will rely on the following: "
        "standard contractual clauses (Art. 46(2)(c) GDPR)"
    ) in told("en", *sides)


def test_announced_of_a_merge_names_another_company_and_what_was_stated_before() -> None:
    old = listing("  a: {name: A, sees: [usage], entity: {name: X}}\n  b: {name: B, entity: {name: Y}}\n")
    new = listing("  b: {name: B, formerly: [a], sees: [usage], entity: {name: Y}}\n")
    sentences = told("en", old, new)
    assert (
        "From 10 May 2024, A will be part of B and provided by another company: Y instead of X" in sentences
    )
    assert any(each.endswith(": usage of the product (previously stated for A)") for each in sentences)


@pytest.mark.parametrize(
    ("language", "laws", "expected"),
    [
        ("de", EU, "A wird personenbezogene Daten ab dem 10. Mai 2024 an einem weiteren Ort verarbeiten: Indien"),
        ("de", (Regime("ch-fadp"),), "A wird Personendaten ab dem 10. Mai 2024 an einem weiteren Ort bearbeiten: Indien"),
        ("de", (Regime("eu-gdpr"), Regime("ch-fadp")), "A wird personenbezogene Daten ab dem 10. Mai 2024 an einem weiteren Ort verarbeiten: Indien"),
        ("fr", (Regime("ch-fadp"),), "À compter du 10 mai 2024, A traitera des données personnelles dans un lieu supplémentaire\xa0: Inde"),
    ],
)  # fmt: skip
def test_announced_under_swiss_law_only_uses_its_terms(
    language: str, laws: tuple[Regime, ...], expected: str
) -> None:
    assert told(language, *service("processing: [DE]", "processing: [DE, IN]"), laws=laws) == [expected]


def test_letter_under_swiss_law_keeps_the_words_of_the_publisher() -> None:
    terms = "notice: {days: 30, objection_days: 14, contact: privacy@example.com}"
    old = listing("  a: {name: A}\n", head=terms)
    place = 'entity: {name: Verarbeiter GmbH, address: "Große Straße 1, Übermittlung"}'
    row = f"name: Einspruch, purpose: personenbezogene Daten, processing: [DE], sees: [usage], {place}"
    new = listing(f"  a: {{name: A}}\n  b: {{{row}}}\n", head=terms)
    to = customer("name: X, language: de, regime: ch-fadp")
    (notice,) = plan((old, new), diff(old, new), Request(SENT), (to,)).notices
    text = letter(notice)
    assert "Zweck personenbezogene Daten" in text
    assert "Verarbeiter GmbH, Große Straße 1, Übermittlung" in text
    assert "Einspruch wird ab dem 10. Mai 2024 als neuer Unterauftragsbearbeiter eingesetzt." in text
    assert (
        "Sie können den Änderungen bis zum Ablauf des 23. April 2024 (Ihre Ortszeit) widersprechen;" in text
    )
    assert "Mit freundlichen Grüssen" in text


# What the list says as a whole


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{en: A, de: X}", "{en: B, de: Y}", "Y (bisher X)"),
        ("{en: A, de: X}", "{en: A, de: Y}", "Y (bisher X)"),
    ],
)
def test_letter_quotes_a_term_in_its_own_language(old: str, new: str, expected: str) -> None:
    lists = [listing("  a: {name: A}\n", head=f"notice: {{on_silence: {text}}}") for text in (old, new)]
    (text,) = told("de", *lists)
    assert expected in text.replace("„", "").replace("“", "")


def test_letter_quotes_the_items_of_a_field_in_its_own_language() -> None:
    found = told(
        "de", *service("subjects: [{en: users, de: Nutzer}]", "subjects: [{en: visitors, de: Gäste}]")
    )
    assert [text for text in found if "Gäste" in text]
    assert [text for text in found if "Nutzer" in text]
    assert not [text for text in found if "users" in text or "visitors" in text]


def test_letter_of_another_role_of_a_subprocessor_says_that_it_remains_one() -> None:
    raised = "levels: {metadata-changed: notice}"
    old, new = (
        listing(f"  a: {{name: A, role: {role}}}\n", head=raised) for role in ("subprocessor", "affiliate")
    )
    (text,) = told("en", old, new)
    assert text.startswith("A is listed as affiliate (a group company that is a subprocessor) instead of")
    assert text.endswith("; either way it is a subprocessor")


LIST_FIELDS: dict[str, tuple[str, str, bool]] = {
    "publisher": ("publisher: Example GmbH", "publisher: Other GmbH", True),
    "law": ("law: [eu-gdpr]", "law: [eu-gdpr, uk-gdpr]", True),
    "notice.days": ("notice: {days: 30}", "notice: {days: 20}", True),
    "notice.objection_days": ("notice: {objection_days: 30}", "notice: {objection_days: 20}", True),
    "notice.termination_days": ("notice: {termination_days: 30}", "notice: {termination_days: 20}", True),
    "notice.contact": ("notice: {contact: a@example.com}", "notice: {contact: b@example.com}", True),
    "notice.on_silence": ("notice: {on_silence: One}", "notice: {on_silence: Two}", True),
    "notice.on_objection": ("notice: {on_objection: {en: One}}", "notice: {on_objection: {en: Two}}", True),
    "contacts": ("contacts: {dpo: {name: Ann}}", "contacts: {dpo: {name: Ben}}", False),
    "publish": ("publish: {intro: One}", "publish: {intro: Two}", False),
    "categories": ("categories: {content.x: {label: one}}", "categories: {content.x: {label: two, personal: no}}", False),
    "regions": ("regions: {zone-1: [NL]}", "regions: {zone-1: [NL, BE]}", False),
    "policies": ("policies: [{name: p, forbid: see email}]", "policies: [{name: p, forbid: see phone}]", False),
    "levels": ("levels: {purpose-changed: inform}", "levels: {purpose-changed: notice}", False),
    "severities": ("severities: {missing-contact: off}", "severities: {missing-contact: error}", False),
    "ignore": ("ignore: [{rule: missing-contact}]", "ignore: [{rule: missing-contact, reason: x}]", False),
    "x-own": ("x-own: a", "x-own: b", False),
}  # fmt: skip
NOT_COMPARED = {"format", "version", "date", "services", "notice"}


def test_list_fields_cover_every_field_of_the_list() -> None:
    terms = (name for name in NoticeTerms.model_fields if not name.endswith("_by_language"))
    fields = {*RegistryModel.model_fields, *(f"notice.{name}" for name in terms)}
    assert fields == {*LIST_FIELDS} - {"x-own"} | NOT_COMPARED


@pytest.mark.parametrize("language", find_languages())
@for_rows("field", LIST_FIELDS)
def test_letter_never_mentions_a_setting_of_the_list(field: str, language: str) -> None:
    before, after, is_told = LIST_FIELDS[field]
    raised = ", ".join(f"{kind}: notice" for kind in ("name-changed", "contact-changed", "notice-lengthened"))
    everything = f"{raised}, metadata-changed: notice, unclassified-change: notice, claim-changed: notice"
    old, new = (_list(each, everything, field) for each in (before, after))
    request = Request(SENT, COMING, language)
    changes = diff(old, new)
    found = plan((old, new), changes, request)
    assert not any(change.service for change in changes)
    assert bool(changes) == (field != "regions")  # what a service says by it is a change of the service
    assert len(found.notices) == is_told
    if not is_told:
        assert [str(each.reason) for each in found.iter_excluded_changes()] == ["setting-of-the-list"] * len(
            changes
        )


def _list(line: str, levels: str, field: str) -> Registry:
    head = line if field == "levels" else f"{line}\nlevels: {{{levels}}}"
    text = HEAD.replace("publisher: Example GmbH\n", "") if field == "publisher" else HEAD
    made = load_registry(Source("list.yaml", f"{text}{head}\nservices:\n  a: {{name: A}}\n".encode()))
    assert isinstance(made, Registry), made
    return made


def test_letter_of_a_raised_purpose_change_omits_the_setting() -> None:
    terms = "notice: {days: 30}"
    old = listing("  a: {name: A, purpose: tickets}\n", head=terms)
    new = listing("  a: {name: A, purpose: training}\n", head=f"{terms}\nlevels: {{purpose-changed: notice}}")
    for language in find_languages():
        (notice,) = plan((old, new), diff(old, new), Request(SENT, language=language)).notices
        text = letter(notice)
        assert "training" in text
        assert "purpose-changed" not in text
        assert Letter(notice).parts["informed"] is None
