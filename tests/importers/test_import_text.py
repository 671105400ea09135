"""What single texts of a list are read as: places, data, days, entities; and what is left alone."""

from typing import Any

import pytest

from subproc_cli.importers import columns
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.text import access, dates, entities, keywords, places, values
from subproc_cli.importers.text.parsed import ParsedValue

GUESS = "guessed: "


def said(reading: ParsedValue) -> list[str]:
    """Return the facts of a reading as `NL` or `guessed: US when chosen`, and its rest as `kept: …`."""
    told = [f"{GUESS if fact.guessed else ''}{_value(fact.value)}" for fact in reading.facts]
    return [*told, *([f"kept: {reading.rest}"] if reading.rest else [])]


def _value(value: Any) -> str:
    if isinstance(value, str):
        return value
    main = value.get("place", value.get("data", value.get("basis")))
    told = f" when {value['when']}" if "when" in value else ""
    partly = " partial" if "extent" in value else ""
    how = f" {value['how']}" if "how" in value else ""
    return ("|".join(main) if isinstance(main, list) else main) + partly + how + told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Netherlands.", ["NL"]),
        ("European Union", ["EU"]),
        ("Ireland / EU", ["IE", "EU"]),
        ("United States, France,\nSwitzerland, and Japan", ["US", "FR", "CH", "JP"]),
        ("Bosnia and Herzegovina, Germany", ["BA", "DE"]),
        ("Deutschland, Vereinigte Staaten", ["DE", "US"]),
        ("États-Unis et Irlande", ["US", "IE"]),
        ("weltweit", ["worldwide"]),
        ("EU/EEA", ["EEA"]),
        ("Germany (EU)", ["DE"]),
        ("Frankfurt, Germany (EU)", ["guessed: DE"]),
        ("DE, US", ["DE", "US"]),
        # Understood, but a person has to look
        ("Frankfurt, Germany", ["guessed: DE"]),
        ("Atlanta, Georgia, USA", ["guessed: US"]),
        ("CA, USA", ["guessed: US"]),
        ("Hosted in Germany", ["guessed: DE"]),
        ("US or EU", ["guessed: US|EU"]),
        ("Global, including USA", ["guessed: worldwide", "guessed: US"]),
        ("EU with controlled transfers to US", ["guessed: EU", "guessed: US"]),
        ("USA (US cloud) or Germany (EU cloud)", ["guessed: US when US cloud", "guessed: DE when EU cloud"]),
        ("Remote access from India", ["guessed: IN remote-access"]),
        ("NO", ["guessed: NO"]),
        # A name of several words, also with a comma
        ("Taiwan, Province of China", ["TW"]),
        ("Taiwan, Province of China, Japan", ["TW", "JP"]),
        ("Korea, Republic of", ["KR"]),
        ("Korea, Democratic People's Republic of", ["KP"]),
        # A country that shares its name with a state of the US
        ("Georgia", ["guessed: GE|US"]),
        ("Georgia, Armenia", ["guessed: GE|US", "AM"]),
        ("Atlanta, Georgia", ["guessed: US"]),
        ("Tbilisi, Georgia", ["guessed: GE"]),
        # A town only says where in a country that is named
        ("Amsterdam (NL) and London (UK)", ["guessed: NL", "guessed: GB"]),
        ("San Francisco, CA", ["guessed: US"]),
        ("Germany (Frankfurt)", ["guessed: DE"]),
        ("Germany (eu-central-1)", ["guessed: DE"]),
        ("EU (Frankfurt)", ["guessed: DE"]),
        # Without its country a town is that country or, as others have its name, any other
        ("Frankfurt", ["guessed: DE|unknown"]),
        ("Germany, Krakow", ["guessed: DE", "guessed: PL|unknown"]),
        ("London", ["guessed: CA|GB|unknown"]),
        ("Germany, us-east-1", ["guessed: DE", "guessed: US"]),
        # Names of countries in other languages
        ("Estados Unidos", ["US"]),
        ("Irland och Sverige", ["guessed: IE", "guessed: SE"]),
        ("대한민국", ["KR"]),
        # Brackets that name one more place
        ("Ireland (and Oregon)", ["guessed: IE", "guessed: US|unknown"]),
        ("United States (global)", ["guessed: US", "guessed: worldwide"]),
        ("EU, mainly Germany", ["guessed: EU", "guessed: DE"]),
        ("🇩🇪 Germany, 🇺🇸", ["DE", "US"]),
        ("🇩🇪 Frankfurt", ["guessed: DE"]),
        # Remote access from the places that follow, not from those before
        (
            "Germany, with backups in Ireland and remote access from India",
            ["guessed: DE", "guessed: IE", "guessed: IN remote-access"],
        ),
        ("Germany, India (remote access)", ["DE", "guessed: IN remote-access"]),
        # Never guessed at
        ("No", ["kept: No"]),
        ("N/A", ["kept: N/A"]),
        ("NA", ["kept: NA"]),
        ("TBD", ["kept: TBD"]),
        ("Varies", ["kept: Varies"]),
        ("Europe", ["Europe"]),
        ("in it", ["kept: in it"]),
        ("EU (no transfers to the US)", ["kept: EU (no transfers to the US)"]),
        ("Outside the EU (United States)", ["US"]),
        ("Hors UE (États-Unis)", ["US"]),
        ("Outside the EU (Germany)", ["kept: Outside the EU (Germany)"]),
        ("not outside the EU", ["kept: not outside the EU"]),
        ("EU, ohne Ungarn", ["kept: EU, ohne Ungarn"]),
        ("depends on the customer: US", ["kept: depends on the customer: US"]),
        ("Headquartered in the US", ["kept: Headquartered in the US"]),
        ("", []),
    ],
)
def test_parse_processing_returns_the_places(text: str, expected: list[str]) -> None:
    assert said(places.parse_processing(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        # A word that is not understood may be one more place
        "Germany, Zzyzx",
        "United Kingdom, Bangalore and Zzyzx",
        "Vienna, Virginia",
        "Krakow, Germany",
        "India, Zzyzx, Germany",
        "Zzyzx, Germany",
        "Germany (Zzyzx)",
        "Irlanda, Zzyzx, Dublin",
        "EU (London)",
        # It is said that places are left out
        "Germany and others",
        "Germany, …",
        "Germany ...",
        "Germany+",
        "Germany and all regions",
        "Germany (and all regions)",
        "Primarily Germany",
        "e.g. Germany",
        # Denied, limited, under a condition, of another time
        "Germany, not the US",
        "EU, no processing in the US",
        "US, except California",
        "Germany, apart from backups",
        "France; other regions on request",
        "US, if enabled",
        "Germany, formerly US",
        "~~US~~ Germany",
        "Germany?",
        # Whose remote access it is, is open
        "Germany; remote support",
        "Remote access from India, hosting in Germany",
    ],
)
def test_parse_processing_of_a_partly_known_text_keeps_the_text(text: str) -> None:
    assert places.parse_processing(text) == ParsedValue((), text, partly=True)


@pytest.mark.parametrize("text", ["Varies", "N/A", "TBD", "Customer's choice", "in it"])
def test_parse_processing_without_a_place_keeps_the_text(text: str) -> None:
    assert places.parse_processing(text) == ParsedValue((), text)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("California", ["California"]),
        ("Germany, California", [None, "California"]),
        ("NO", [None]),  # a code that may be a word: nothing is lost by it
    ],
)
def test_parse_processing_of_a_guess_has_its_words_as_note(text: str, notes: list[str | None]) -> None:
    values = [fact.value for fact in places.parse_processing(text).facts]
    assert [value["note"] if isinstance(value, dict) else None for value in values] == notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Germany", ["DE"]),
        ("Dublin, Ireland", ["guessed: IE", "kept: Dublin, Ireland"]),
        ("Springfield, Ireland", ["guessed: IE", "kept: Springfield, Ireland"]),
        ("Springfield, Ireland, and Germany", ["kept: Springfield, Ireland, and Germany"]),
        ("EU", ["kept: EU"]),
        ("Germany, Ireland", ["kept: Germany, Ireland"]),
    ],
)
def test_parse_country_returns_country_or_guess(text: str, expected: list[str]) -> None:
    assert said(places.parse_country(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Your name, email address and IP address.",
            ["identity.name", "identity.email", "device.ip_address"],
        ),
        ("Name, E-Mail-Adresse, Zahlungsdaten", ["identity.name", "identity.email", "payment"]),
        (
            "nom, adresse e-mail et coordonnées bancaires",
            ["identity.name", "identity.email", "payment.bank_account"],
        ),
        ("pages you have visited", ["guessed: usage.pages"]),
        ("partially browsing behaviour", ["guessed: usage.pages partial"]),
        ("texts, if translation is on", ["guessed: content.text when translation is on"]),
        (
            "payment details (including card numbers, which we do not store)",
            ["payment", "guessed: payment.card"],
        ),
        ("name, shoe size", ["identity.name", "kept: shoe size"]),
        # An everyday word inside of other words names nothing
        ("domain name", ["kept: domain name"]),
        ("the action plan of the company", ["kept: the action plan of the company"]),
        ("may contain email", ["kept: may contain email"]),
        ("no personal data, not even email", ["kept: no personal data, not even email"]),
        # What is denied is not seen, and what stands before it only where another thing is denied
        *(
            (text, [f"{GUESS}account", f"kept: {text}"])
            for text in (
                "Account data. No cardholder data.",
                "Account data, audit blogs. No cardholder data.",
                "account data\nno card numbers\nemail",
            )
        ),
        ("email (not phone)", [f"{GUESS}identity.email", "kept: email (not phone)"]),
        *(
            (text, [f"kept: {text}"])
            for text in (
                "Card numbers (never)",
                "Card numbers. Never stored.",
                "Card numbers\nare not seen",
                "Does not include\ncard numbers",
                "Email, phone. None of this is shared.",
                "Email, excl. phone",
                "Email with the exception of work email",
                "Account data without card numbers",
            )
        ),
        ("data", ["kept: data"]),
    ],
)
def test_parse_sees_returns_the_categories(text: str, expected: list[str]) -> None:
    assert said(access.parse_sees(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("email", ["identity.email"]),
        ("Your name, email and phone number", ["identity.name", "identity.email", "identity.phone"]),
        # A guessed promise keeps its words
        ("any other data", ["guessed: everything", "kept: any other data"]),
        ("name, shoe size", ["identity.name", "kept: name, shoe size"]),
        # An exception below what is promised is a statement, which decides there as the closer one
        *(
            (text, ["guessed: content", "guessed: content.metadata partial", f"kept: {text}"])
            for text in (
                "content (except for topics)",
                "content, other than topics",
                "content with the exception of topics",
                "Your content, but topics",
                "content save for topics",
                "content, only topics",
            )
        ),
        (
            "content (except topics), email",
            [
                "guessed: content",
                "guessed: identity.email",
                "guessed: content.metadata partial",
                "kept: content (except topics), email",
            ],
        ),
        # Every other exception voids the promise: not understood, elsewhere, as wide, conditional, on its own
        *(
            (text, [f"kept: {text}"])
            for text in (
                "email, except for shoe sizes",
                "content, except for topics and shoe sizes",
                "email (except for support tickets)",
                "email except email",
                "name, but not email",
                "name (other than initials), email",
                "content (except when you share topics)",
                "content, unless you share topics",
                "content without topics",
                "Customer content. Except for topics.",
                "Only email",
            )
        ),
        # Where data is does not limit the promise, and what else is denied neither
        (
            "Any of the data you upload through Acme.",
            [f"{GUESS}content", "kept: Any of the data you upload through Acme."],
        ),
        (
            "Your name. The data will NOT be sold to Acme.",
            ["identity.name", "kept: Your name. The data will NOT be sold to Acme."],
        ),
        # Words that are not understood may limit the promise
        *(
            (text, [f"kept: {text}"])
            for text in (
                "IP address on free plans",
                "email (on free plans)",
                "email, on request",
                "some email",
                "Name. Not on free plans.",
                "Name. This does not apply to free plans.",
                "Name. Unless you opt in.",
                "all other data, shoe size",
            )
        ),
        ("email if you opt out", ["kept: email if you opt out"]),
        ("The data will NOT be used", ["kept: The data will NOT be used"]),
    ],
)
def test_parse_never_sees_returns_the_categories(text: str, expected: list[str]) -> None:
    assert said(access.parse_never_sees(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-11-27", "2022-11-27"),
        ("June 8, 2023", "2023-06-08"),
        ("May, 15, 2025", "2025-05-15"),
        ("3. März 2024", "2024-03-03"),
        ("5 mai 2023", "2023-05-05"),
        ("24.05.2023", "2023-05-24"),
        ("24/12/2023", "2023-12-24"),
        ("24\N{NON-BREAKING HYPHEN}12\N{NON-BREAKING HYPHEN}2023", "2023-12-24"),
        ("2023\N{HYPHEN}12\N{HYPHEN}24", "2023-12-24"),
        ("2022-11-027", None),
        ("2024-02-30", None),
        ("03/04/2023", None),
        ("Novemebr 5, 2021", None),
        ("31.12.24", None),
        ("soon", None),
    ],
)
def test_parse_day_of_each_notation_returns_the_date(text: str, expected: str | None) -> None:
    found = dates.parse_day(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Last updated: June 8, 2023", "2023-06-08"),
        ("Stand: 3. März 2024", "2024-03-03"),
        ("Last updated: 2024\N{NON-BREAKING HYPHEN}03\N{NON-BREAKING HYPHEN}05", "2024-03-05"),
        ("founded 2001-01-01", None),
        ("updated 2022-11-027", None),
    ],
)
def test_find_list_date_returns_the_stated_date(text: str, expected: str | None) -> None:
    found = dates.find_list_date(text)
    assert (found.isoformat() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "name", "address", "country"),
    [
        (
            "Example GmbH, Musterweg 1, Musterstadt, Germany",
            "Example GmbH",
            "Musterweg 1, Musterstadt, Germany",
            "DE",
        ),
        (
            "Example, Inc., 1 Main St, Springfield, IL 62701",
            "Example, Inc.",
            "1 Main St, Springfield, IL 62701",
            "US",
        ),
        ("Alpha, 1 Main Street", "Alpha", "1 Main Street", None),
        ("1 Main Street, Dublin 2, Ireland.", None, "1 Main Street, Dublin 2, Ireland", "IE"),
        ("Musterweg 1, 12345 Musterstadt", None, "Musterweg 1, 12345 Musterstadt", None),
    ],
)
def test_parse_address_returns_name_address_and_country(
    text: str, name: str | None, address: str, country: str | None
) -> None:
    found = {fact.path: fact.value for fact in entities.parse_address(text, "Alpha").facts}
    assert found.get("entity.name") == name
    assert found["entity.address"] == address
    assert found.get("entity.country") == country


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SCC", ["scc"]),
        ("Standardvertragsklauseln, DPF", ["scc", "dpf"]),
        ("EU SCCs (module 3)", ["guessed: scc"]),
        ("DPF, expired", ["guessed: dpf", "kept: expired"]),
        ("no SCC", ["kept: no SCC"]),
        ("see our website", ["kept: see our website"]),
        (
            "United States: whether it is adequate under UK law depends on what the list does not state",
            [
                "kept: United States: whether it is adequate under UK law depends on what the list does not state"
            ],
        ),
        ("India: not adequate under EU law", ["kept: India: not adequate under EU law"]),
        (
            "no basis stated; adequacy decision of the EU",
            ["kept: no basis stated; adequacy decision of the EU"],
        ),
        (
            "keine Grundlage angegeben; Angemessenheitsbeschluss",
            ["kept: keine Grundlage angegeben; Angemessenheitsbeschluss"],
        ),
        (
            "aucun fondement indiqué ; décision d'adéquation",
            ["kept: aucun fondement indiqué ; décision d'adéquation"],
        ),
    ],
)
def test_parse_transfer_bases_returns_the_bases(text: str, expected: list[str]) -> None:
    assert said(keywords.parse_transfer_bases(text)) == expected


@pytest.mark.parametrize(
    ("label", "path", "certain"),
    [
        ("Name of Sub-Processor", "name", True),
        ("Sub-processors", "name", True),
        ("Location of Processing", "processing", True),
        ("LOCATION(S)", "processing", False),
        ("Corporate Location", "entity.country", True),
        ("Has access to", "sees", True),
        ("Does not have access to", "never_sees", True),
        ("Hat keinen Zugriff auf", "never_sees", True),
        ("N’a pas accès à", "never_sees", True),
        ("Zweck der Verarbeitung", "purpose", True),
        ("Finalité du traitement", "purpose", True),
        ("entity.country", "entity.country", True),
        ("serviceName", "name", True),
        ("Main purpose of use", "purpose", False),
    ],
)
def test_labels_of_a_known_heading_return_its_field(label: str, path: str, certain: bool) -> None:
    assert Labels().field(label) == (path, certain)


@pytest.mark.parametrize(
    "label",
    [
        "Name of Cookie",
        "Reason for hope",
        "",
        "No location of any kind",
        "Foo",
        "We told you why, and it is long enough",
    ],
)
def test_labels_of_an_unknown_heading_return_none(label: str) -> None:
    assert Labels().field(label) is None


def test_labels_with_a_mapping_prefer_it() -> None:
    labels = Labels({"Location": "entity.country", "serviceName": "group", "Foo": "purpose"})
    assert labels.field("location") == ("entity.country", True)
    assert labels.field("serviceName") == ("group", True)
    assert labels.unused == ("Foo",)


def test_labels_have_a_reader_for_every_field() -> None:
    assert set(columns.list_paths()) - {"id"} == set(values.READERS)
