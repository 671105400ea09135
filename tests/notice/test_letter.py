"""The letter: a planned notice in, its words out."""

import re
from datetime import date
from pathlib import Path

import pytest

from notice_cases import NEW, OLD, SENT, customer, letter, planned, plans
from registry_text import listing
from subproc_cli.diff.change import Change
from subproc_cli.diff.classify import diff
from subproc_cli.enums import Level
from subproc_cli.locale.catalogue import find_languages
from subproc_cli.notice.customers.customers import Customer
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.templates import LetterRenderer
from subproc_cli.notice.plan import NoHistory, Notice, Request, plan
from subproc_cli.notice.selection import raise_changes
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.source import read

STEPS = Path(__file__).parent.parent.parent / "examples" / "caplena"


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (
            "objection_days: 14, contact: privacy@example.com",
            "these changes by writing to privacy@example.com until the end of 23 April 2024 (your local time).",
        ),
        ("contact: privacy@example.com", "to privacy@example.com before they take effect."),
        (
            "objection_days: 14",
            "to us (the list does not state an address for objections) until the end of 23 April 2024 (your local time)",
        ),
        (
            "termination_days: 30",
            "If we cannot accommodate your objection, you may terminate the contract within 30 days after we inform you of this.",
        ),
    ],
)
def test_letter_says_how_to_object(terms: str, expected: str) -> None:
    assert expected in letter(planned(OLD, NEW, terms=terms, effective="2024-05-10"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("processing: [US], transfer: [scc]", "Transfer standard contractual clauses (Art. 46(2)(c) GDPR)"),
        ("processing: [US]", "Transfer not stated in the list"),
        ("", "Transfer not stated in the list"),
        (
            "processing: [NO]",
            "Transfer no basis stated; every stated place of processing lies within the EEA",
        ),
        ("", "Legal entity not stated in the list Purpose not stated in the list"),
        ("", "Categories of data not stated in the list Place of processing not stated in the list"),
        ("sees: [content.text], never_sees: [everything]", "Categories of data texts No access to anything else"),
        ("sees: [{data: usage, may_contain: [identity]}]", "(may contain identifying and contact data)"),
        ("processing: [{place: IN, how: remote-access}]", "Place of processing India (remote access)"),
        ("since: 2024-07-01", "In use from 1 July 2024"),  # announced for later than the rest
        ("since: 2024-04-01", "In use from 1 April 2024"),
        ("activation: opt-in, condition: asked", "Use only after an opt-in (asked)"),
        ("subjects: [users, visitors]", "Data subjects users visitors Categories of data"),
        ("entity: {name: B, parent: Example Holding}", "Legal entity B Owned by Example Holding Purpose"),
        ("onward: [a, Example Archive]", "Passes data on to Alpha Example Archive In use from"),  # the name, not the id
        ("retention: 30 days, certifications: [ISO 27001, SOC 2]", "Retention 30 days Certifications ISO 27001 SOC 2"),
        ("links: {dpa: a.example/dpa, website: a.example}", "Processing agreement a.example/dpa What is not known"),
        ("service_type: [hosting, ai]", "Service type hosting artificial intelligence"),
        ("model_training: never", "Model training never"),
        ("role: affiliate", "Role affiliate (a group company that is a subprocessor)"),
    ],
)  # fmt: skip
def test_letter_lists_the_facts_of_a_new_service(fields: str, expected: str) -> None:
    assert expected in letter(planned(OLD, f"{OLD}  c: {{name: Gamma, {fields}}}\n"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("entity: {parent: B}", "entity: {parent: C}", "names C instead of B. Owned by Before B After C"),
        ("onward: [B]", "onward: [B, C]", "From 10 May 2024, Alpha will also pass data on to C."),
        ("onward: [B]", "onward: [B, C]", "Passes data on to Before B After B C"),
    ],
)  # fmt: skip
def test_letter_of_changed_parents_or_recipients_names_them(old: str, new: str, expected: str) -> None:
    head = "notice: {days: 30}\nlevels: {onward-added: notice}"
    first, second = (listing(f"  a: {{name: Alpha, {each}}}\n", head=head) for each in (old, new))
    (notice,) = plan((first, second), diff(first, second), Request(SENT)).notices
    assert expected in letter(notice)


GAMMA = "  g: {{name: Gamma, since: {since}}}\n"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            (
                "Change of subprocessors of Example GmbH that took effect on 1 April 2024",
                "has already changed the services",
                "Took effect on 1 April 2024 Obj",
                "The changes took effect 39 days earlier than the period of notice of 30 days allows.",
                "- Since 1 April 2024, Gamma has been engaged as a new subprocessor.",
                "You can object to these changes by writing to us (the list does not state an address for objections). This",
            ),
        ),
        (
            "de",
            (
                "Zum 1. April 2024 wirksam gewordene Änderung bei den Unterauftragsverarbeitern von Example GmbH",
                "bereits Änderungen vorgenommen",
                "Wirksam seit 1. April 2024 Einspruch",
                "Die Änderungen sind 39 Tage früher wirksam geworden, als es",
                "- Gamma wird seit dem 1. April 2024 als neuer Unterauftragsverarbeiter eingesetzt.",
                "Sie können gegen die Änderungen Einspruch erheben; bitte richten Sie ihn an uns",
            ),
        ),
        (
            "fr",
            (
                "modification des sous-traitants ultérieurs ayant pris effet le 1er avril 2024",
                "a déjà modifié les services",
                "A pris effet le 1er avril 2024 Objections",
                "Les modifications ont pris effet 39 jours plus tôt que",
                "- Depuis le 1er avril 2024, Gamma intervient comme nouveau sous-traitant ultérieur.",
                "émettre une objection à l’encontre de ces modifications en écrivant à",
            ),
        ),
    ],
)
def test_letter_of_a_past_change_uses_the_past_tense(language: str, expected: tuple[str, ...]) -> None:
    terms = "notice: {days: 30}"
    old, new = listing(OLD, head=terms), listing(OLD + GAMMA.format(since="2024-04-01"), head=terms)
    request = Request(SENT, None, language, "the old one failed")
    (notice,) = plan((old, new), diff(old, new), request).notices
    text = letter(notice)
    assert [each for each in expected if each not in text] == []


def test_letter_of_a_change_on_the_day_of_sending_uses_the_future_tense() -> None:
    text = letter(planned(OLD, OLD + GAMMA.format(since="2024-04-09"), reason="the old one failed"))
    assert "Takes effect on 9 April 2024" in text
    assert "took effect" not in text


def test_letter_of_past_and_future_changes_says_both() -> None:
    both = f"{OLD}  g: {{name: Gamma, since: 2024-04-01}}\n  d: {{name: Delta, since: 2024-06-01}}\n"
    text = letter(planned(OLD, both, reason="the old one failed"))
    assert "has already changed some of the services that process personal data on behalf of" in text
    assert "Took effect on 1 April 2024, unless another day is named below" in text
    assert "- Since 1 April 2024, Gamma has been engaged as a new subprocessor." in text
    assert "- From 1 June 2024, Delta will be engaged as a new subprocessor." in text


@pytest.mark.parametrize(
    ("effective", "day", "short"), [("2024-04-20", "From 20 April 2024", 20), ("", "From 9 April 2024", 31)]
)
def test_urgent_letter_of_a_started_service_keeps_other_dates(effective: str, day: str, short: int) -> None:
    new = "  a: {name: Alpha, sees: [usage], purpose: b}\n  b: {name: Beta, role: vendor}\n"
    new += "  g: {name: Gamma, since: 2020-03-01}\n"
    old = OLD.replace("Alpha", "Alpha, purpose: a")
    notice = planned(old, new, effective=effective, reason="Emergency")
    text = letter(notice)
    assert notice is not None
    assert notice.early_services == ()
    assert "has already changed some of the services" in text
    assert f"- {day}, Alpha will also have access to the following data: usage" in text
    assert f"- {day}, the purpose of Alpha will read" in text
    assert "- Since 1 March 2020, Gamma has been engaged as a new subprocessor." in text
    assert "In use from 1 March 2020" in text
    assert "Some of the changes took effect up to 1531 days earlier" in text
    assert f"Some of the changes will take effect up to {short} days earlier" in text


def test_urgent_letter_keeps_the_date_of_informational_changes() -> None:
    old = OLD.replace("Alpha", "Alpha, purpose: a")
    new = OLD.replace("Alpha", "Alpha, purpose: b") + "  g: {name: Gamma, since: 2024-04-01}\n"
    text = letter(planned(old, new, reason="Emergency"))
    assert "The changes took effect 39 days earlier" in text
    assert "- From 9 April 2024, the purpose of Alpha will read “b”" in text


def test_urgent_letter_of_changed_terms_has_no_past_date() -> None:
    old = listing(OLD, head="notice: {days: 30}")
    new = listing(OLD + "  g: {name: Gamma, since: 2024-04-01}\n", head="notice: {days: 10}")
    (notice,) = plan((old, new), diff(old, new), Request(SENT, reason="Emergency")).notices
    assert (
        "- From 9 April 2024, the period of notice will be 10 days instead of 30 days, unless your"
        in letter(notice)
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("processing: [DE]", "processing: [IN]", "A: in the new version of the list, places of processing: India instead of Germany."),
        ("", "sees: [special.health]", "A: newly stated in the new version of the list, data: health data."),
        ("role: vendor", "", "A: in the new version of the list, role: "),
        ("products: [x]", "", "A: an edit in the new version of the list, products."),
    ],
)  # fmt: skip
def test_letter_of_a_service_that_ends_first_announces_no_later_change(
    old: str, new: str, expected: str
) -> None:
    text = letter(planned(f"  a: {{name: A, {old}}}\n", f"  a: {{name: A, until: 2024-04-20, {new}}}\n"))
    assert f"- {expected}" in text
    assert "10 May 2024, A will" not in text
    assert "- From 20 April 2024, A will no longer be used." in text
    assert "No longer used from 20 April 2024" in text


@pytest.mark.parametrize(
    ("language", "end"),
    [
        ("en", "No longer used from 20 April 2024"),
        ("de", "Nicht mehr eingesetzt ab 20. April 2024"),
        ("fr", "N’est plus utilisé à compter du 20 avril 2024"),
    ],
)
def test_letter_of_a_new_service_that_ends_first_names_only_its_end(language: str, end: str) -> None:
    old, new = (
        listing(text, head="notice: {days: 30}")
        for text in (OLD, f"{OLD}  c: {{name: Gamma, until: 2024-04-20}}\n")
    )
    (notice,) = plan((old, new), diff(old, new), Request(SENT, None, language)).notices
    gamma = next(each for each in Letter(notice).parts["services"] if each["id"] == "c")
    assert end in letter(notice)
    assert [*filter(re.compile("10.*2024").search, gamma["changes"])] == []
    assert not {"From when", "Einsatz ab", "À compter du"} & {fact["name"] for fact in gamma["facts"]}


@pytest.mark.parametrize(("until", "is_gap"), [("2024-09-30", True), ("2024-12-31", False)])
def test_letter_of_a_later_service_checks_its_basis_at_its_start(until: str, *, is_gap: bool) -> None:
    service = f"since: 2024-11-01, processing: [IN], transfer: [{{basis: scc, until: {until}}}]"
    text = letter(planned(OLD, f"{NEW}  c: {{name: Gamma, {service}}}\n"))
    assert "In use from 1 November 2024" in text
    assert ("Gamma: the basis of the transfer to a third country" in text) == is_gap
    assert ("standard contractual clauses" in text) != is_gap


def test_letter_of_a_service_that_starts_later_says_so() -> None:
    later = NEW + GAMMA.format(since="2024-07-01")
    text = letter(planned(OLD, later))
    assert "Takes effect on 10 May 2024, unless another day is named below" in text
    assert "- From 1 July 2024, Gamma will be engaged as a new subprocessor." in text
    assert "Takes effect on 10 May 2024 Obj" in letter(planned(OLD, NEW))


class Amended(NoHistory):
    def find_earlier_notice(self, customer: Customer | None, change: Change) -> date | None:
        del customer, change
        return date(2024, 2, 2)


def test_letter_that_amends_an_earlier_one_names_it() -> None:
    old, new = (listing(text, head="notice: {days: 30}") for text in (OLD, NEW))
    (notice,) = plan((old, new), diff(old, new), Request(SENT), history=Amended()).notices
    assert "This notice replaces what our notice of 2 February 2024 stated about Alpha." in letter(notice)
    assert "amends" not in letter(planned(OLD, NEW))


def test_letter_that_amends_an_earlier_one_on_the_list_itself_names_it() -> None:
    old, new = (listing(OLD, head=f"notice: {{days: {days}}}") for days in (30, 20))
    (notice,) = plan((old, new), diff(old, new), Request(SENT), history=Amended()).notices
    assert "This notice replaces what our notice of 2 February 2024 stated about the list itself." in letter(
        notice
    )


LAWS = "law: [eu-gdpr, ch-fadp]\nnotice: {days: 30}"


@pytest.mark.parametrize(
    ("told", "fields", "expected"),
    [
        # The law is the customer's own; if it is not known, each of the list's
        ("", "", "(Art. 28(2) GDPR; Art. 9(3) FADP and Art. 7 DPO)"),
        ("regime: uk-gdpr", "", "(Art. 28(2) UK GDPR)"),
        ("regime: ch-fadp, language: de", "", "(Art. 9 Abs. 3 DSG und Art. 7 DSV)"),
        ("regime: ch-fadp, language: fr", "", "(art. 9, al. 3, LPD et art. 7 OPDo)"),
        ("", "transfer: [{basis: scc, adapted: ch-fadp}]", "clauses (Art. 46(2)(c) GDPR; Art. 16(2)(d) FADP)"),
        ("regime: ch-fadp", "processing: [US], transfer: [dpf]", "Transfer not stated under Swiss law"),
        ("regime: uk-gdpr", "processing: [US], transfer: [dpf, scc]", "Transfer not stated under UK law"),
        ("regime: uk-gdpr, language: de", "processing: [US], transfer: [scc]", "keine Grundlage nach britischem Recht angegeben"),
        ("regime: uk-gdpr, language: fr", "processing: [US], transfer: [scc]", "indiqué au regard du droit britannique"),
        ("regime: ch-fadp", "processing: [US], transfer: [dpf, {basis: scc, adapted: ch-fadp}]", "Transfer standard contractual clauses (Art. 16(2)(d) FADP), adapted to Swiss law"),
        ("", "processing: [US], transfer: [dpf]", "EU-US Data Privacy Framework (Art. 45 GDPR) not stated under Swiss law"),
        ("regime: uk-gdpr", "processing: [BR], transfer: [adequacy]", "Transfer not stated under UK law"),
        ("regime: uk-gdpr", "processing: [AR], transfer: [adequacy]", "UK adequacy regulations (Art. 45 UK GDPR)"),
        ("regime: uk-gdpr", "processing: [DE], transfer: [scc]", "Transfer covered by UK adequacy regulations"),
        ("regime: uk-gdpr", "transfer: [derogation]", "derogation (Art. 49 UK GDPR)"),
        ("regime: ch-fadp", "processing: [CH, DE]", "no basis stated; Germany: covered by a finding of adequacy by the Federal Council (Art. 16(1) FADP)"),
        ("regime: ch-fadp", "processing: [CH]", "every stated place of processing lies within Switzerland"),
        ("regime: uk-gdpr", "processing: [GB]", "every stated place of processing lies within the United Kingdom"),
        ("regime: uk-gdpr", "processing: [CH]", "Transfer no basis stated; covered by UK adequacy regulations (Art. 45 UK GDPR)"),
        ("", "processing: [DE]", "every stated place of processing lies within the EEA"),
        ("", "processing: [CH]", "covered by an adequacy decision (Art. 45 GDPR); every stated place of processing lies within Switzerland"),
        ("", "processing: [IN]", "Transfer not stated in the list"),
    ],
)  # fmt: skip
def test_letter_cites_the_law_of_the_customer(told: str, fields: str, expected: str) -> None:
    revisions = listing(OLD, head=LAWS), listing(f"{OLD}  c: {{name: Gamma, {fields}}}\n", head=LAWS)
    (notice,) = plan(revisions, diff(*revisions), Request(SENT), (customer(f"name: X, {told}"),)).notices
    assert expected in letter(notice)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "",
            "- Alpha: New Zealand is now adequate under EU law, which it was not before (law as of 19 December 2012)",
        ),
        (
            "regime: uk-gdpr",
            "New Zealand is now adequate under EU law, which it was not before (law as of 19 December 2012).",
        ),
        (
            "regime: uk-gdpr, language: de",
            "nach EU-Recht nun ein angemessenes Schutzniveau, anders als zuvor (Rechtsstand 19. Dezember 2012): Neuseeland.",
        ),
    ],
)
def test_letter_on_adequacy_names_the_law(told: str, expected: str) -> None:
    head = "notice: {days: 30}\nlevels: {adequacy-gained: notice}"
    rows = "  a: {name: Alpha, processing: [NZ]}\n"
    old, new = (listing(rows, head=head, date=day) for day in ("2012-12-18", "2012-12-19"))
    (notice,) = plan((old, new), diff(old, new), Request(SENT), (customer(f"name: X, {told}"),)).notices
    assert expected in letter(notice)


@pytest.mark.parametrize("place", ["IN", "JP", "NZ", "US", "worldwide", "NO"])
@pytest.mark.parametrize("language", find_languages())
def test_letter_of_a_new_place_does_not_mention_adequacy(language: str, place: str) -> None:
    rows = (f"  a: {{name: Alpha, processing: [{places}]}}\n" for places in ("DE", f"DE, {place}"))
    old, new = (listing(row, head="notice: {days: 30}\nlevels: {place-added-eea: notice}") for row in rows)
    (notice,) = plan((old, new), diff(old, new), Request(SENT, language=language)).notices
    (sentence,) = Letter(notice).parts["services"][0]["changes"]
    assert not re.search(r"adequa|angemessen|adéqua", sentence, re.IGNORECASE)


def test_letter_has_a_blank_line_before_each_title() -> None:
    old, new = listing(OLD, head="notice: {days: 30}"), listing(NEW, head="notice: {days: 10}")
    (notice,) = plan((old, new), diff(old, new), Request(SENT)).notices
    lines = LetterRenderer().render("txt", Letter(notice).to_record()).split("\n")
    titles = [number for number, each in enumerate(lines) if each.startswith("---")]
    assert [lines[number - 2] for number in titles] == [""] * len(titles)


@pytest.mark.parametrize(
    ("language", "subject", "opening"),
    [
        (
            "en",
            "Change to the list of subprocessors of Example GmbH from",
            "change the terms of its list",
        ),
        ("de", "Änderung der Liste der Unterauftragsverarbeiter von", "die Bedingungen der Liste"),
        (
            "fr",
            "Example GmbH : modification de la liste des sous-traitants ultérieurs à",
            "les conditions de sa liste",
        ),
    ],
)
def test_letter_of_changed_terms_only_names_no_services(language: str, subject: str, opening: str) -> None:
    old, new = listing(OLD, head="notice: {days: 30}"), listing(OLD, head="notice: {days: 10}")
    (notice,) = plan((old, new), diff(old, new), Request(SENT, language=language)).notices
    record = Letter(notice).to_record()
    assert subject in record["subject"]
    assert opening in record["letter"]["opening"]
    assert "28" not in record["letter"]["opening"]


def test_letter_of_a_replacement_names_both_services() -> None:
    text = letter(planned(OLD, "  b: {name: Beta}\n  c: {name: Gamma, replaces: a}\n"))
    assert "- From 10 May 2024, Gamma will replace Alpha." in text
    assert "with the same data and the same places of processing: Beta (1 service)." in text


def step(day: str) -> Registry:
    loaded = load_registry(read(str(STEPS / f"{day}.yaml")))
    assert isinstance(loaded, Registry), loaded
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
        "From 10 May 2024, PostHog will be engaged as a new subprocessor. Legal entity PostHog Inc, 2261 Market Street #4008, San Francisco, CA 94114, United States",
        "Purpose Product analytics",
        "Categories of data name email address IP address actions performed (detailed use of the app)",
        "No access to customer content (except data that it is stated to see) Place of processing Germany",
        "Legal entity Microsoft Corporation, 925 Fourth Avenue, Suite 2900, Seattle, Washington 98104, US",
        "Purpose Access to language models of OpenAI, run by Microsoft",
        "part of: customer content (when some functions of the application are used; project data)",
        "No access to name, email address or account data Place of processing EU",
        "In use from 10 May 2024",
        # What does not change, until when and where to object, which revisions
        "remain unchanged, with the same data and the same places of processing: Google Cloud, Datadog, DeepL, Segment,",
        "You can object to these changes by writing to privacy@example.com until the end of 9 May 2024 (your local time).",
        "version 4.0.0 of 24 May 2023 with version 6.0.0 of 9 April 2024",
    ],
)
def test_letter_of_the_example_history_has_these_sentences(expected: str) -> None:
    assert expected in letter(real())


def test_letter_of_the_example_history_omits_a_retired_service() -> None:
    assert "Google Translate" not in letter(real())


def test_letter_record_has_dates_versions_and_changes() -> None:
    record = Letter(real()).to_record()
    assert (record["sent"], record["effective"], record["object_by"]) == (
        "2024-04-09",
        "2024-05-10",
        "2024-05-09",
    )
    assert (record["old"]["version"], record["new"]["version"]) == ("4.0.0", "6.0.0")
    assert [change["service"] for change in record["changes"]] == ["azure-openai-service", "posthog"]
    assert (record["customer"], record["language"], record["body"]) == (None, "en", "")
    assert record["subject"] == "Change of subprocessors of Caplena from 10 May 2024"


TERMS = (
    "days: 30, objection_days: 14, contact: privacy@example.com,"
    " on_silence: {en: The change then applies, de: Die Änderung gilt dann}, on_objection: We look for a solution."
)


def _letter_to(fields: str, old: str, new: str, terms: str = TERMS) -> str:
    [notice] = plans(old, new, customer(f"name: X, {fields}"), terms=terms).notices
    return letter(notice)


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("en", ["Request for your authorisation", "asks you for your prior authorisation (Art. 28(2) GDPR)", "Planned from 10 May 2024",
                "- Subject to your authorisation, from 10 May 2024, Gamma will be engaged", "Silence is not authorisation"]),
        ("de", ["Bitte um Genehmigung", "um Ihre vorherige Genehmigung (Art. 28 Abs. 2 DSGVO)", "Geplant ab 10. Mai 2024",
                "- Vorbehaltlich Ihrer Genehmigung: Gamma wird ab dem 10. Mai 2024", "Schweigen gilt nicht als Genehmigung"]),
        ("fr", ["demande d’autorisation", "sollicite votre autorisation préalable (art. 28, par. 2, du RGPD)", "Prévu à compter du 10 mai 2024",
                "Sous réserve de votre autorisation, à compter du 10 mai 2024, Gamma", "Votre silence ne vaut pas autorisation"]),
    ],
)  # fmt: skip
def test_letter_under_a_specific_authorisation_asks_for_it(language: str, parts: list[str]) -> None:
    text = _letter_to(f"language: {language}, authorisation: specific", OLD, f"{OLD}  c: {{name: Gamma}}\n")
    text = text.replace("\u00a0", " ")
    assert [part for part in parts if part not in text] == []
    assert [
        word for word in ("Takes effect", "can object", "Einspruch", "objection", "applies") if word in text
    ] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"a": "contact: a@example.com"}, {"a": "contact: b@example.com"}),
        ({"a": "", "b": ""}, {"a": ""}),
        ({"a": ""}, {"a": "until: 2024-06-01"}),
    ],
)
def test_letter_under_a_specific_authorisation_without_a_wider_change_asks_for_nothing(
    old: dict[str, str], new: dict[str, str]
) -> None:
    """Changes of a lower level, of which a notice is given all the same."""
    lists = [
        listing("".join(f"  {key}: {{name: {key.upper()}, {fields}}}\n" for key, fields in each.items()),
                head=f"notice: {{{TERMS}}}")
        for each in (old, new)
    ]  # fmt: skip
    changes = raise_changes(diff(*lists), Level.INFORM, ())
    reader = customer("name: X, authorisation: specific")
    [notice] = plan((lists[0], lists[1]), changes, Request(SENT), (reader,)).notices
    text = letter(notice)
    assert Letter(notice).subject.startswith("Change of subprocessors of ")
    assert "authorisation" not in text
    assert "giving you the opportunity to object" in text


def test_letter_under_a_specific_authorisation_does_not_ask_it_for_terms_of_the_list() -> None:
    old = listing("  a: {name: A}\n", head=f"notice: {{{TERMS}}}")
    new = listing("  a: {name: A}\n", head=f"notice: {{{TERMS}}}".replace("days: 30", "days: 20"))
    reader = customer("name: X, authorisation: specific")
    [notice] = plan((old, new), diff(old, new), Request(SENT), (reader,)).notices
    assert [change.kind for change in notice.changes] == ["notice-shortened"]
    assert "authoris" not in letter(notice)


def test_letter_under_a_specific_authorisation_does_not_ask_it_for_a_change_of_the_law() -> None:
    """A decision on adequacy falls whatever the customer answers."""
    service = "  a: {name: A, processing: [US], transfer: [scc, adequacy]}\n"
    old, new = (
        listing(service, head=f"notice: {{{TERMS}}}", date=day) for day in ("2015-10-05", "2015-10-06")
    )
    reader = customer("name: X, authorisation: specific")
    [notice] = plan((old, new), diff(old, new), Request(SENT), (reader,)).notices
    assert [change.kind for change in notice.changes] == ["adequacy-lost"]
    text = letter(notice)
    assert "the United States is no longer adequate under EU law" in text
    assert "authoris" not in text


def test_letter_under_a_specific_authorisation_states_what_ends_without_a_condition() -> None:
    text = _letter_to("authorisation: specific", "  a: {name: A}\n  b: {name: B}\n",
                      "  a: {name: A, until: 2024-06-01}\n  b: {name: B, processing: [IN]}\n  c: {name: C}\n")  # fmt: skip
    assert "For your information ---------------------- - " not in text
    assert "From 1 June 2024, A will no longer be used" in text
    assert "authorisation, from 1 June 2024" not in text


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("language: en", "If you do not object in time: The change then applies. If you object: We look for a solution."),
        ("language: de", "Ohne fristgerechten Einspruch: Die Änderung gilt dann. Bei einem Einspruch: We look"),
        ("on_silence: It counts as consent", "in time: It counts as consent. If you object: We look"),
    ],
)  # fmt: skip
def test_letter_states_what_follows_silence_and_an_objection(fields: str, expected: str) -> None:
    assert expected in _letter_to(fields, OLD, NEW)


@pytest.mark.parametrize(
    ("dpa", "expected"),
    [
        ("{number: A-7, date: 2023-05-25}", "under your data processing agreement A-7 of 25 May 2023."),
        ("{number: A-7}", "under your data processing agreement A-7."),
        ("{date: 2023-05-25}", "under your data processing agreement of 25 May 2023."),
    ],
)
def test_letter_names_the_agreement_of_the_customer(dpa: str, expected: str) -> None:
    assert expected in _letter_to(f"dpa: {dpa}", OLD, NEW)


@pytest.mark.parametrize(
    ("dpa", "expected"),
    [
        ("{signed: 2024-01-02}", "Contract with the service in place, signed on 2 January 2024 (Art. 28(4) GDPR)"),
        ("{url: example.com/dpa}", "Contract with the service in place (Art. 28(4) GDPR)"),
        ("{until: 2024-12-31}", "Contract with the service in place, in force until 31 December 2024 (Art. 28(4)"),
    ],
)  # fmt: skip
def test_letter_states_the_contract_with_a_service(dpa: str, expected: str) -> None:
    assert expected in _letter_to("language: en", OLD, f"{OLD}  c: {{name: Gamma, dpa: {dpa}}}\n")


def test_letter_omits_a_contract_with_a_service_that_has_ended() -> None:
    text = _letter_to("language: en", OLD, f"{OLD}  c: {{name: Gamma, dpa: {{until: 2024-05-01}}}}\n")
    assert "Contract with the service" not in text


def test_letter_of_a_new_basis_names_only_the_bases_of_the_law_of_its_reader() -> None:
    old = "  a: {name: A, processing: [US], transfer: [dpf, dpf-uk]}\n"
    new = "  a: {name: A, processing: [US], transfer: [{basis: scc, adapted: ch-fadp}, uk-addendum]}\n"
    text = _letter_to("regime: uk-gdpr", old, new)
    assert (
        "will rely on the following: UK Addendum to the standard contractual clauses (Art. 46(2)(d) UK GDPR)"
        " (until now: UK Extension to the EU-US Data Privacy Framework (Art. 45 UK GDPR))."
    ) in text
    assert "not stated under" not in text
    assert "adapted to Swiss law" not in text


def test_letter_of_a_basis_instead_of_one_of_another_law_states_that_its_law_knew_none() -> None:
    old = "  a: {name: A, processing: [US], transfer: [dpf]}\n"
    text = _letter_to("regime: uk-gdpr", old, old.replace("dpf", "idta"))
    assert "(until now: a basis that is not stated under UK law)." in text


def test_letter_to_a_customer_omits_unchanged_services_that_it_does_not_use() -> None:
    old = "  a: {name: A, processing: [DE]}\n  b: {name: B, activation: opt-in}\n  c: {name: C}\n"
    text = _letter_to("features: []", old, old.replace("[DE]", "[US]"))
    assert "the same places of processing: C (1 service)" in text


def _ask_for_approval(old: str, new: str) -> str:
    sides = listing(old, head=f"notice: {{{TERMS}}}"), listing(new, head=f"notice: {{{TERMS}}}")
    reader = customer("name: X, authorisation: specific")
    [notice] = plan(sides, diff(*sides), Request(SENT, reason="Emergency"), (reader,)).notices
    return letter(notice)


def test_letter_about_begun_changes_does_not_state_that_they_wait_for_an_authorisation() -> None:
    old = "  a: {name: A, processing: [DE]}\n"
    text = _ask_for_approval(old, f"{old}  b: {{name: B, since: 2024-04-01}}\n")
    assert "already been changed without your prior authorisation. " in text
    assert "Silence is not authorisation. " in text
    assert "do not apply" not in text
    assert "The reason: Emergency. " in text


def test_letter_about_begun_and_coming_changes_asks_for_the_authorisation_of_both() -> None:
    old = "  a: {name: A, processing: [DE]}\n"
    new = "  a: {name: A, processing: [US], transfer: [dpf]}\n  b: {name: B, since: 2024-04-01}\n"
    text = _ask_for_approval(old, new)
    assert "without your prior authorisation, and further changes are intended." in text
    assert "Subject to your authorisation, from 9 April 2024, A will process" in text
    assert "the changes that are subject to it do not apply to the processing of your data." in text


def test_letter_states_changes_for_information_under_the_same_authorisation() -> None:
    old = "  a: {name: A, processing: [DE], purpose: Mail}\n  b: {name: B}\n  c: {name: C}\n"
    new = "  a: {name: A, processing: [DE, FR], purpose: Post}\n  b: {name: B, until: 2024-09-01}\n"
    text = _ask_for_approval(old, f"{new}  c: {{name: C}}\n  d: {{name: D, since: 2024-07-01}}\n")
    information = text.partition("For your information")[2].partition("What does not change")[0]
    assert information.count("Subject to your authorisation, ") == 2
    assert "Subject to your authorisation, from 1 July 2024, A will also process" in information
    assert "From 1 September 2024, B will no longer be used" in information


def test_letter_under_a_specific_authorisation_records_its_own_sentences() -> None:
    old = "  a: {name: A, processing: [DE], purpose: Mail}\n"
    new = "  a: {name: A, processing: [US], purpose: Post}\n"
    [notice] = plans(old, new, customer("name: X, authorisation: specific"), terms=TERMS).notices
    record = Letter(notice).to_record()
    asked, *others = [change["text"] for change in record["changes"]]
    assert asked.startswith("Subject to your authorisation, from 10 May 2024, A will process")
    assert f"{asked}." in [f"{text}." for text in record["letter"]["services"][0]["changes"]]
    assert others == record["letter"]["informed"]["items"]
    assert others == [
        "Subject to your authorisation, from 10 May 2024, the purpose of A will read “Post” (until now: “Mail”)"
    ]


def test_letter_of_a_new_role_does_not_state_that_use_begins() -> None:
    old = "  a: {name: A, role: controller, since: 2023-01-01}\n"
    text = _letter_to("language: en", old, old.replace("role: controller, ", ""))
    assert "will act in another role" in text
    assert "In use from" not in text


def test_letter_of_a_withdrawn_announcement_names_its_day() -> None:
    both = "  a: {name: A, processing: [DE]}\n  b: {name: B, since: 2024-06-01}\n"
    text = _letter_to("language: en", both, "  a: {name: A, processing: [US]}\n")
    assert (
        "- B, which was announced for 1 June 2024, is no longer listed in the new version of the list."
        in text
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "- From 10 May 2024, the purpose of A will read “Post” (until now: “Mail”). What"),
        ("de", "Der Zweck von A lautet ab dem 10. Mai 2024 „Briefe“ (bisher: „Post“). Was"),
    ],
)
def test_letter_states_a_changed_text_once_and_in_its_language(language: str, expected: str) -> None:
    old = "  a: {name: A, purpose: {en: Mail, de: Post}}\n  b: {name: B, processing: [DE]}\n  c: {name: C}\n"
    new = (
        "  a: {name: A, purpose: {en: Post, de: Briefe}}\n  b: {name: B, processing: [US]}\n  c: {name: C}\n"
    )
    assert expected in _letter_to(f"language: {language}", old, new)


def test_letter_of_a_change_shows_both_sides() -> None:
    old, new = (
        "  a: {name: A, processing: [DE], retention: 30 days}\n",
        "  a: {name: A, processing: [DE, IN]}\n",
    )
    text = _letter_to("language: en", old, new)
    assert "Place of processing Before Germany After Germany India" in text
    assert "Retention Before 30 days After not stated in the list" in text


def test_letter_of_a_new_publisher_is_signed_by_the_known_one() -> None:
    old = listing("  a: {name: A}\n", head="notice: {days: 30}")
    revisions = old, old.with_model(old.model.model_copy(update={"publisher": "Other SE"}))
    [notice] = plan(revisions, diff(*revisions), Request(SENT), None).notices
    text = letter(notice)
    assert text.startswith("New publisher of the list of subprocessors from 10 May 2024: Other SE instead of")
    assert "it does not change the parties to your contract" in text
    assert "will be published by" not in text  # the opening states it
    assert text.endswith(f"Kind regards {revisions[0].model.publisher}")


def test_letter_that_corrects_a_notice_shows_what_it_stated() -> None:
    head = "notice: {days: 30, contact: privacy@example.com}"
    old, told, corrected = (
        listing(f"  a: {{name: A}}\n{rows}", head=head)
        for rows in (
            "",
            "  b: {name: B, processing: [DE], sees: [usage]}\n",
            "  b: {name: B, processing: [US], sees: [usage], transfer: [scc]}\n",
        )
    )

    class Told(NoHistory):
        def find_earlier_notice(self, customer: Customer | None, change: Change) -> date | None:
            assert (customer, change.service) == (None, "b")
            return date(2024, 2, 2)

        def load_earlier_list(self, customer: Customer | None, change: Change) -> Registry | None:
            assert (customer, change.service) == (None, "b")
            return told

    [notice] = plan((old, corrected), diff(old, corrected), Request(SENT), None, Told()).notices
    text = letter(notice)
    assert "This notice replaces what our notice of 2 February 2024 stated about B. The dates in this" in text
    assert "Place of processing Stated before Germany Stated now United States" in text
    assert "Categories of data " in text


@pytest.mark.parametrize(
    ("old", "new", "added", "has_sides"),
    [
        ("purpose: chat", "purpose: {en: chat, de: Gespräche}", "der Zweck in weiteren Sprachen (Gespräche).", False),
        ("sees: [{data: usage, when: x}]", "sees: [{data: usage, when: {en: x, de: bei Bedarf}}]", "in weiteren Sprachen (bei Bedarf).", False),
        ("retention: {days: 9, note: x}", "retention: {days: 9, note: {en: x, de: Kopien}}", "in weiteren Sprachen (Kopien).", False),
        ("subjects: [users]", "subjects: [{en: users, de: Nutzer}]", "in weiteren Sprachen (Nutzer).", False),
        ("purpose: {en: chat, de: Chat}", "purpose: {en: chat, de: Gespräche}", "Gespräche (bisher Chat).", True),
    ],
)  # fmt: skip
def test_letter_on_an_added_translation_states_it_and_shows_no_earlier_text(
    old: str, new: str, added: str, *, has_sides: bool
) -> None:
    lists = [listing(f"  a: {{name: A, {each}}}\n", head=f"notice: {{{TERMS}}}") for each in (old, new)]
    changes = raise_changes(diff(*lists), Level.EDITORIAL, ())
    reader = customer("name: X, language: de")
    [notice] = plan((lists[0], lists[1]), changes, Request(SENT), (reader,)).notices
    text = letter(notice)
    assert added in text
    assert (" Bisher " in text) is has_sides


def test_letter_names_contacts_and_the_published_list_of_the_coming_revision() -> None:
    head = "notice: {days: 30}\n"
    more = (
        "contacts: {privacy: {mail: privacy@example.com}, dpo: {name: The Officer, mail: dpo@example.com}}\n"
        "publish: {url: https://example.com/subprocessors}"
    )
    old, new = listing(OLD, head=head), listing(NEW, head=head + more)
    (notice,) = plan((old, new), diff(old, new), Request(SENT)).notices
    facts = {fact["name"]: fact["values"] for fact in Letter(notice).parts["dates"]}
    assert facts["Published list"] == ["https://example.com/subprocessors"]
    assert [value for values in facts.values() for value in values if "dpo@" in value] == [
        "The Officer, dpo@example.com"
    ]
    assert "https://example.com/subprocessors" not in letter(planned(OLD, NEW))
