"""The letter: a planned notice in, its words out."""

from pathlib import Path

import pytest

from lists import listing
from notices import NEW, OLD, SENT, customer, letter, planned
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Language
from subproc_cli.notice.plan import Notice, Request, plan
from subproc_cli.registry.index import Index
from subproc_cli.registry.load import load
from subproc_cli.registry.source import read
from subproc_cli.render.template import Templates
from subproc_cli.views.letter import Letter

STEPS = Path(__file__).parent.parent / "examples" / "caplena"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (
            "objection_days: 14, contact: privacy@example.com",
            "these changes by writing to privacy@example.com until the end of 23 April 2024.",
        ),
        ("contact: privacy@example.com", "to privacy@example.com before they take effect."),
        (
            "objection_days: 14",
            "to us (the list states no address for objections) until the end of 23 April",
        ),
        (
            "termination_days: 30",
            "If an objection cannot be met, you can terminate the contract within 30 days of our answer that it cannot be met.",
        ),
    ],
)
def test_how_to_object(terms: str, expected: str) -> None:
    assert expected in letter(planned(OLD, NEW, terms=terms, effective="2024-05-10"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("processing: [US], transfer: [scc]", "Transfer standard contractual clauses (Art. 46 GDPR)"),
        ("processing: [US]", "Transfer not stated in the list"),
        ("", "Transfer not stated in the list"),
        (
            "processing: [NO]",
            "Transfer no basis stated; every stated place of processing lies within the EEA",
        ),
        ("", "Who not stated in the list What for not stated in the list"),
        ("", "Which data not stated in the list Where not stated in the list"),
        ("sees: [content.text], never_sees: [everything]", "Which data texts Never anything else"),
        ("sees: [{data: usage, may_contain: [identity]}]", "(may contain identifying and contact data)"),
        ("processing: [{place: IN, how: remote-access}]", "Where India (remote access)"),
        ("since: 2024-07-01", "From when 1 July 2024"),  # announced for later than the rest
        ("since: 2024-04-01", "From when 10 May 2024"),
        ("activation: opt-in, condition: asked", "Used only after an opt-in (asked)"),
        ("role: affiliate", "Role affiliate (a group company that is a subprocessor)"),
    ],
)
def test_facts_of_a_new_service(fields: str, expected: str) -> None:
    assert expected in letter(planned(OLD, f"{OLD}  c: {{name: Gamma, {fields}}}\n"))


LAWS = "law: [eu-gdpr, ch-fadp]\nnotice: {days: 30}"


@pytest.mark.parametrize(
    ("told", "fields", "expected"),
    [
        # The law is the customer's own; if it is not known, each of the list's
        ("", "", "(Art. 28(2) GDPR; Art. 9(3) FADP and Art. 7 DPO)"),
        ("regime: uk-gdpr", "", "(Art. 28(2) UK GDPR)"),
        ("regime: ch-fadp, language: de", "", "(Art. 9 Abs. 3 DSG, Art. 7 DSV)"),
        ("regime: ch-fadp, language: fr", "", "(art. 9, al. 3, LPD et art. 7 OPDo)"),
        ("", "transfer: [scc]", "clauses (Art. 46 GDPR; Art. 16(2) FADP)"),
        ("regime: ch-fadp", "processing: [US], transfer: [dpf]", "Transfer not stated under Swiss law"),
        ("regime: uk-gdpr", "processing: [US], transfer: [dpf, scc]", "Transfer not stated under UK law"),
        ("regime: uk-gdpr, language: de", "processing: [US], transfer: [scc]", "nach britischem Recht nicht angegeben"),
        ("regime: uk-gdpr, language: fr", "processing: [US], transfer: [scc]", "indiqué au regard du droit britannique"),
        ("regime: ch-fadp", "processing: [US], transfer: [dpf, scc]", "Transfer standard contractual clauses (Art. 16(2) FADP)"),
        ("", "processing: [US], transfer: [dpf]", "EU-US Data Privacy Framework (Art. 45 GDPR) not stated under Swiss law"),
        ("regime: uk-gdpr", "processing: [BR], transfer: [adequacy]", "Transfer not stated under UK law"),
        ("regime: uk-gdpr", "processing: [AR], transfer: [adequacy]", "UK adequacy regulations (Chapter V UK GDPR)"),
        ("regime: uk-gdpr", "processing: [DE], transfer: [scc]", "Transfer covered by UK adequacy regulations"),
        ("regime: uk-gdpr", "transfer: [derogation]", "derogation (Art. 49 UK GDPR)"),
        ("regime: ch-fadp", "processing: [CH, DE]", "no basis stated; covered by finding of adequacy by the Federal Council (Art. 16(1) FADP)"),
        ("regime: ch-fadp", "processing: [CH]", "every stated place of processing lies within Switzerland"),
        ("regime: uk-gdpr", "processing: [GB]", "every stated place of processing lies within the United Kingdom"),
        ("regime: uk-gdpr", "processing: [CH]", "Transfer not stated in the list"),
        ("", "processing: [DE]", "every stated place of processing lies within the EEA"),
        ("", "processing: [CH]", "Transfer not stated in the list"),
    ],
)  # fmt: skip
def test_a_letter_speaks_of_the_law_of_its_customer(told: str, fields: str, expected: str) -> None:
    revisions = listing(OLD, head=LAWS), listing(f"{OLD}  c: {{name: Gamma, {fields}}}\n", head=LAWS)
    (notice,) = plan(revisions, diff(*revisions), Request(SENT), (customer(f"name: X, {told}"),)).notices
    assert expected in letter(notice)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("", "outside the EEA but held adequate."),
        ("regime: uk-gdpr", "outside the EEA but held adequate (judged by EU GDPR and Swiss FADP)."),
        ("regime: ch-fadp, language: de", "Neuseeland (maßgebliches Recht: DSGVO und DSG (Schweiz))."),
    ],
)
def test_a_letter_says_whose_law_holds_a_place_adequate(told: str, expected: str) -> None:
    rows = (f"  a: {{name: Alpha, processing: [{places}]}}\n" for places in ("DE", "DE, NZ"))
    old, new = (listing(row, head=LAWS) for row in rows)
    (notice,) = plan((old, new), diff(old, new), Request(SENT), (customer(f"name: X, {told}"),)).notices
    assert expected in letter(notice)


def test_the_parts_of_a_letter_stand_apart() -> None:
    old, new = listing(OLD, head="notice: {days: 30}"), listing(NEW, head="notice: {days: 10}")
    (notice,) = plan((old, new), diff(old, new), Request(SENT)).notices
    lines = Templates().render("txt", Letter(notice).record()).split("\n")
    titles = [number for number, each in enumerate(lines) if each.startswith("---")]
    assert [lines[number - 2] for number in titles] == [""] * len(titles)


@pytest.mark.parametrize(
    ("language", "subject", "opening"),
    [
        (
            Language.EN,
            "Change to the list of subprocessors of Example GmbH from",
            "change the terms of its list",
        ),
        (Language.DE, "Änderung der Liste der Unterauftragsverarbeiter von", "die Bedingungen der Liste"),
        (
            Language.FR,
            "Example GmbH : modification de la liste des sous-traitants ultérieurs à",
            "les conditions de sa liste",
        ),
    ],
)
def test_a_change_of_the_list_alone_is_none_of_its_services(
    language: Language, subject: str, opening: str
) -> None:
    old, new = listing(OLD, head="notice: {days: 30}"), listing(OLD, head="notice: {days: 10}")
    (notice,) = plan((old, new), diff(old, new), Request(SENT, language=language)).notices
    record = Letter(notice).record()
    assert subject in record["subject"]
    assert opening in record["letter"]["opening"]
    assert "28" not in record["letter"]["opening"]


def test_a_replacement_names_both() -> None:
    text = letter(planned(OLD, "  b: {name: Beta}\n  c: {name: Gamma, replaces: a}\n"))
    assert "Gamma replaces Alpha." in text
    assert "with the same data and the same places: Beta (1 service)." in text


def step(day: str) -> Index:
    loaded = load(read(str(STEPS / f"{day}.yaml")))
    assert isinstance(loaded, Index), loaded
    return loaded


def real() -> Notice:
    revisions = step("2023-05-24"), step("2024-04-09")
    (notice,) = plan(revisions, diff(*revisions), Request(SENT)).notices
    return notice


@pytest.mark.parametrize(
    "expected",
    [
        "Change of subprocessors of Caplena from 10 May 2024",
        "The change concerns 2 services.",
        "Sent on 9 April 2024 Takes effect on 10 May 2024 Objections until 9 May 2024",
        # Who, what for, which data, where, on what, from when
        "PostHog is new. Who PostHog Inc, 2261 Market Street #4008, San Francisco, CA 94114, United States",
        "What for Product analytics",
        "Which data name email address IP address actions performed (detailed use of the app)",
        "Never customer content (apart from what it is stated to see) Where Germany",
        "Who Microsoft Corporation, 925 Fourth Avenue, Suite 2900, Seattle, Washington 98104, US",
        "What for Access to language models of OpenAI, run by Microsoft",
        "part of: customer content (when some functions of the application are used; project data)",
        "Never name, email address or account data Where EU",
        "From when 10 May 2024",
        # What does not change, until when and where to object, which revisions
        "as before, with the same data and the same places: Google Cloud, Datadog, DeepL, Segment,",
        "You can object to these changes by writing to privacy@example.com until the end of 9 May 2024.",
        "version 4.0.0 of 24 May 2023 with version 6.0.0 of 9 April 2024",
    ],
)
def test_the_letter_of_a_real_step(expected: str) -> None:
    assert expected in letter(real())


def test_the_letter_does_not_name_a_retired_service() -> None:
    assert "Google Translate" not in letter(real())


def test_the_record() -> None:
    record = Letter(real()).record()
    assert (record["sent"], record["effective"], record["object_by"]) == (
        "2024-04-09",
        "2024-05-10",
        "2024-05-09",
    )
    assert (record["old"]["version"], record["new"]["version"]) == ("4.0.0", "6.0.0")
    assert [change["service"] for change in record["changes"]] == ["azure-openai-service", "posthog"]
    assert (record["customer"], record["language"], record["body"]) == (None, "en", "")
    assert record["subject"] == "Change of subprocessors of Caplena from 10 May 2024"
