"""A file in, everything that is wrong with it out: line, column, code, message and hint."""

from typing import TypeAlias

import pytest

from registry_text import HEAD
from rows import for_rows
from subproc_cli.errors import UsageError
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

Row: TypeAlias = tuple[int, int, str, str, str]
BRACES = "write its fields in braces, such as {{name: {}}}"
ID = "is not an id: lower-case letters, digits and hyphens"
ROLES = "is not one of subprocessor, affiliate, processor, controller or vendor"
MAPPING = "write its fields below it, each with a colon"
NUMBER = "write digits without quotes"
BRACKETS = "put it in brackets: [ … ]"
ITEMS = f"begin each item with a hyphen, or {BRACKETS}"
EMPTY = f"{MAPPING}, or {{}} if there are none"
KIND = "'data-aded' is not a kind of change"
CATEGORY_KEY = "write a built-in category, a dot and a word in lower case: content.topics"


def check(text: str, rows: list[Row]) -> None:
    """Compare the problems of a file with rows of line, column, code, a part of the message, hint."""
    found = load_registry(Source("test.yaml", text.encode()))
    assert not isinstance(found, Registry)
    shown = [(*each.position[:3], each.error_code.code, each.hint) for each in found]
    assert shown == [("test.yaml", line, column, code, hint) for line, column, code, _, hint in rows]
    for problem, (_, _, _, part, _) in zip(found, rows, strict=True):
        assert part in problem.message


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        # Fields
        ("nmae: x", [(6, 3, "SP004", "name is missing", ""), (6, 7, "SP003", "nmae", "did you mean name?")]),
        ("name: A, zebra: 1", [(6, 16, "SP003", "there is no field zebra", "")]),
        # A field of a part, written beside the part
        ("name: A, website: x", [(6, 16, "SP003", "there is no field website", "write it below links")]),
        ("name: A, country: DE", [(6, 16, "SP003", "there is no field country", "write it below entity")]),
        (
            "name: A, <<: {purpose: x}",
            [(6, 16, "SP003", "merge keys (<<) are not read", "write the fields out")],
        ),
        # A number is quoted as it is written, not as it is read
        ("name: 1e3", [(6, 13, "SP005", "but 1e3 is read as a number", "put it in quotes")]),
        ("name: 1.10", [(6, 13, "SP005", "but 1.10 is read as a number", "put it in quotes")]),
        ("name: A, prossesing: [NL]", [(6, 16, "SP003", "prossesing", "did you mean processing?")]),
        ("name: A, X-own: 1", [(6, 16, "SP003", "there is no field X-own", "")]),
        ("name: A, links: {privcy: x}", [(6, 24, "SP003", "privcy", "did you mean privacy?")]),
        ("name: A, sees: [{data: identity, wen: x}]", [(6, 40, "SP003", "wen", "did you mean when?")]),
        ("name: A, sees: [{when: x}]", [(6, 23, "SP004", "the field data is missing", "")]),
        ("name: A, name: B", [(6, 16, "SP002", "'name' is given twice", "keep one of the two")]),
        # Texts
        (
            "name: 3",
            [(6, 13, "SP005", "name should be a text, but 3 is read as a number", "put it in quotes")],
        ),
        ("name: A, notes: true", [(6, 23, "SP005", "true is read as a yes/no", "put it in quotes")]),
        ("name: ''", [(6, 13, "SP005", "name is empty", "write a text or leave the field out")]),
        ("name: [A]", [(6, 7, "SP005", "name should be a text, not a list", "")]),
        # Closed lists
        ("name: A, role: procesor", [(6, 22, "SP005", f"'procesor' {ROLES}", "did you mean processor?")]),
        ("name: A, role: NO", [(6, 22, "SP005", f"'NO' {ROLES}", "")]),
        ("name: A, transfer: [dfp]", [(6, 27, "SP005", "basis: 'dfp'", "did you mean dpf?")]),
        ("name: A, transfer: [uk-dpf]", [(6, 27, "SP005", "'uk-dpf' is not one of", "did you mean dpf-uk?")]),
        ("name: A, transfer: [Swiss DPF]", [(6, 27, "SP005", "'Swiss DPF' is", "did you mean dpf-ch?")]),
        ("name: A, transfer: [addendum]", [(6, 27, "SP005", "'addendum' is", "did you mean uk-addendum?")]),
        ("name: A, transfer: [uk scc]", [(6, 27, "SP005", "'uk scc' is not one of", "state it in a note")]),
        ("name: A, transfer: [uk-dfp]", [(6, 27, "SP005", "'uk-dfp' is not one of", "state it in a note")]),
        (
            "name: A, transfer: [{basis: scc, modules: [2, 5]}]",
            [(6, 53, "SP005", "modules should be at most 4", "")],
        ),
        (
            "name: A, transfer: [{basis: dpf, covers: nonhr}]",
            [(6, 48, "SP005", "covers: 'nonhr' is not one of hr or non-hr", "did you mean non-hr?")],
        ),
        (
            "name: A, transfer: [{basis: scc, places: [Germny]}]",
            [(6, 49, "SP008", "'Germny' is not a known place", "did you mean Germany?")],
        ),
        ("name: A, service_type: hostng", [(6, 30, "SP005", "not a service type", "did you mean hosting?")]),
        (
            "name: A, service_type: [helpdesk]",
            [(6, 31, "SP005", "a word for customer-support", "write its key: customer-support")],
        ),
        ("name: A, service_type: []", [(6, 16, "SP005", "service_type is empty", "name at least one")]),
        (
            "name: A, model_training: no",
            [(6, 32, "SP005", "'no' is not one of never", "did you mean never?")],
        ),
        ("name: A, model_training: optin", [(6, 32, "SP005", "'optin' is not", "did you mean opt-in?")]),
        (
            "name: A, purpose: {de: Zweck, xx: A}",
            [
                (
                    6,
                    37,
                    "SP005",
                    "'xx' is not a language: de, en or fr, or with a region as in de-CH",
                    "write a text, or texts by language: {en: …, de: …}",
                )
            ],
        ),
        ("name: A, purpose: {DE: Zweck}", [(6, 26, "SP005", "'DE' is not a language", "did you mean de?")]),
        (
            "name: A, purpose: {}",
            [(6, 16, "SP005", "purpose is empty", "write a text, or texts by language: {en: …, de: …}")],
        ),
        ("name: A, purpose: {de: 3}", [(6, 30, "SP005", "de should be a text", "put it in quotes")]),
        ("name: A, subjects: [{de: 3}]", [(6, 32, "SP005", "de should be a text", "put it in quotes")]),
        (
            "name: A, sees: [{data: content, when: {xx: A}}]",
            [
                (
                    6,
                    46,
                    "SP005",
                    "'xx' is not a language",
                    "write a text, or texts by language: {en: …, de: …}",
                )
            ],
        ),
        ("name: A, retention: {dyas: 3}", [(6, 28, "SP003", "there is no field dyas", "did you mean days?")]),
        (
            "name: A, retention: {days: -3}",
            [(6, 34, "SP005", "days should be a whole number", "write digits without quotes")],
        ),
        (
            "name: A, retention: {}",
            [(6, 16, "SP005", "retention is empty", "write a text, or a mapping of days, after, note")],
        ),
        ("name: A, retention: 30", [(6, 27, "SP005", "should be a text, but 30", "put it in quotes")]),
        (
            "name: A, entity: {parent: {name: B, contry: US}}",
            [(6, 43, "SP003", "there is no field contry", "did you mean country?")],
        ),
        ("name: A, entity: {parent: {country: US}}", [(6, 25, "SP004", "the field name is missing", "")]),
        (
            "name: A, dpa: {signed: 2024}",
            [(6, 30, "SP005", "signed: 2024 is not a valid date", "write it as YYYY-MM-DD")],
        ),
        ("name: A, reviewed: {by: me}", [(6, 16, "SP004", "the field date is missing", "")]),
        (
            "name: A, reviewed: {dat: 2024-01-01}",
            [
                (6, 16, "SP004", "the field date is missing", ""),
                (6, 27, "SP003", "there is no field dat", "did you mean date?"),
            ],
        ),
        (
            "name: A, purpose_by_language: {de: A}",
            [(6, 16, "SP003", "no field purpose_by_language", "state it in purpose")],
        ),
        ("name: A, transfer: [derogations]", [(6, 27, "SP005", "'derogations' is not one of", "")]),
        (
            "name: A, transfer: [adequcy]",
            [(6, 27, "SP005", "'adequcy' is not one of", "did you mean adequacy?")],
        ),
        ("name: A, personal_data: maybe", [(6, 31, "SP005", "neither yes nor no", "write yes or no")]),
        # Days
        ("name: A, since: 2024-13-01", [(6, 23, "SP005", "2024-13-01 is not a valid date", "")]),
        ("name: A, since: 2023-02-29", [(6, 23, "SP005", "2023-02-29 is not a valid date", "")]),
        ("name: A, until: 1.2.2024", [(6, 23, "SP005", "is not a valid date", "did you mean 2024-02-01?")]),
        ("name: A, until: 20240101", [(6, 23, "SP005", "is not a valid date", "write it as YYYY-MM-DD")]),
        ("name: A, until: 2024-W01-1", [(6, 23, "SP005", "is not a valid date", "write it as YYYY-MM-DD")]),
        # Categories and places
        ("name: A, sees: [identity.emial]", [(6, 23, "SP007", "emial", "did you mean identity.email?")]),
        ("name: A, sees: [emial]", [(6, 23, "SP007", "emial", "did you mean identity.email?")]),
        (
            "name: A, sees: [email]",
            [(6, 23, "SP007", "'email' is a word for", "write its key: identity.email")],
        ),
        ("name: A, never_sees: [zebra]", [(6, 29, "SP007", "'zebra'", "see: subproc categories")]),
        ("name: A, processing: [Norwey]", [(6, 29, "SP008", "'Norwey'", "did you mean Norway?")]),
        (
            "name: A, processing: [NL, XX]",
            [(6, 33, "SP008", "'XX' is not a known place", "see: subproc places")],
        ),
        ("name: A, processing: [{place: [EU, X]}]", [(6, 42, "SP008", "'X'", "see: subproc places")]),
        ("name: A, processing: [{place: []}]", [(6, 30, "SP005", "place is empty", "name at least one")]),
        ("name: A, entity: {country: EU}", [(6, 34, "SP008", "one country", "write its ISO 3166-1 code")]),
        # Structures
        ("name: A, processing: NO", [(6, 28, "SP005", "a list, not a text", "put it in brackets: [NO]")]),
        ("name: A, sees: {data: identity}", [(6, 16, "SP005", "a list, not a mapping", ITEMS)]),
        (
            "name: A, entity: Example GmbH",
            [(6, 24, "SP005", "entity should be a mapping", BRACES.format("Example GmbH"))],
        ),
        ("name: A, sees: [[identity]]", [(6, 23, "SP005", "sees should be a mapping", MAPPING)]),
        ("name: A, formerly: [Old Co]", [(6, 27, "SP005", f"'Old Co' {ID}", "did you mean old-co?")]),
    ],
)
def test_load_registry_with_errors_in_a_service_reports_each(fields: str, rows: list[Row]) -> None:
    check(f"{HEAD}services:\n  a: {{{fields}}}\n", rows)


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("service: {}", [(1, 1, "SP004", "services", ""), (5, 1, "SP003", "", "did you mean services?")]),
        ("services:", [(5, 10, "SP005", "services is empty", EMPTY)]),
        ("services: [a]", [(5, 1, "SP005", "services should be a mapping", MAPPING)]),
        (
            "services:\n  a:\n  b: x",
            [(6, 5, "SP005", "a is empty", EMPTY), (7, 6, "SP005", "b", BRACES.format("x"))],
        ),
        # The id of a service
        ("services:\n  My Co.: {name: A}", [(6, 3, "SP005", f"'My Co.' {ID}", "did you mean my-co?")]),
        ("services:\n  a_b: {name: A}", [(6, 3, "SP005", f"'a_b' {ID}", "did you mean a-b?")]),
        ("services:\n  '!': {name: A}", [(6, 3, "SP005", ID, "an id is made of letters and digits")]),
        ("services:\n  a: {name: A}\n  a: {name: B}", [(7, 3, "SP002", "line 6", "keep one of the two")]),
        # The rest of the top level
        ("law: [eu-gpdr]\nservices: {}", [(5, 7, "SP005", "law: 'eu-gpdr'", "did you mean eu-gdpr?")]),
        (
            "law: []\nservices: {}",
            [(5, 1, "SP005", "law is empty", "name at least one, or leave the field out")],
        ),
        (
            "levels: {data-added: nootice}\nservices: {}",
            [(5, 22, "SP005", "nootice", "did you mean notice?")],
        ),
        ("levels: {data-aded: notice}\nservices: {}", [(5, 10, "SP005", KIND, "did you mean data-added?")]),
        (
            "levels: {nonsense: notice}\nservices: {}",
            [(5, 10, "SP005", "'nonsense'", "see: subproc diff --kinds")],
        ),
        ("notice: {days: -1}\nservices: {}", [(5, 16, "SP005", "days", NUMBER)]),
        ("notice: {days: '30'}\nservices: {}", [(5, 16, "SP005", "days", NUMBER)]),
        ("ignore: [{rule: x, untl: x}]\nservices: {}", [(5, 20, "SP003", "untl", "did you mean until?")]),
        # The publisher's own words
        (
            "regions:\n  x: []\nservices: {}",
            [(6, 3, "SP005", "x is empty", "name at least one, or leave the field out")],
        ),
        (
            "categories:\n  Content.x: {label: x}\n  content.y: {}\n  content: {lable: x}\nservices: {}",
            [
                (6, 3, "SP005", "'Content.x' is not a category key", CATEGORY_KEY),
                (7, 3, "SP004", "label is missing", ""),
                (8, 3, "SP004", "label is missing", ""),
                (8, 13, "SP003", "there is no field lable", "did you mean label?"),
            ],
        ),
        (
            "categories:\n  contnt.x: {label: X}\n  usage.y: {label: Y}\n  device: {label: D}\nservices: {}",
            [
                (6, 3, "SP007", "is below contnt, which is not a category", "did you mean content?"),
                (8, 3, "SP005", "device: is a built-in category already", ""),
            ],
        ),
        (
            "services:\n  '': {name: A}\n  a: &a {name: A, sees: [x]}\n  b: *a",
            [
                (6, 3, "SP005", "a key is empty", "write a text or leave the field out"),
                (7, 26, "SP007", "'x' is not a data category", "see: subproc categories"),
            ],
        ),
        (
            "categories:\n  content.k: {label: topics, aliases: [subjects]}\n  content.l: {label: The Topic}\n  content.m: {label: m, aliases: [x, subject]}\nservices: {}",
            [
                (7, 22, "SP005", "label: 'The Topic' means content.k already", "choose another word"),
                (8, 38, "SP005", "aliases: 'subject' means content.k already", "choose another word"),
            ],
        ),
        (
            "categories:\n  content.office: {label: address}\n  content.x: {label: x, aliases: [mail]}\n  identity.emails: {label: all mail}\n  content.email: {label: kept}\nservices: {}",
            [
                (
                    6,
                    27,
                    "SP005",
                    "label: 'address' means identity.postal_address already",
                    "choose another word",
                ),
                (8, 3, "SP005", "identity.emails: reads like identity.email", "choose another key"),
            ],
        ),
        (
            "regions:\n  EU-West: [NL]\n  eu west: [US]\n  The EU West: [FR]\nservices: {}",
            [
                (7, 3, "SP005", "'eu west' reads like EU-West", "choose another name"),
                (8, 3, "SP005", "'The EU West' reads like EU-West", "choose another name"),
            ],
        ),
        (
            "regions:\n  EU: [NL]\n  Holland: [NL]\n  zone: [Nethrlands]\nservices: {}",
            [
                (6, 3, "SP005", "'EU' is a place already", "choose another name for your own region"),
                (7, 3, "SP005", "'Holland' is a place already", "choose another name for your own region"),
                (8, 10, "SP008", "'Nethrlands'", "did you mean Netherlands?"),
            ],
        ),
    ],
)
def test_load_registry_with_errors_in_the_settings_reports_each(lines: str, rows: list[Row]) -> None:
    check(f"{HEAD}{lines}\n", rows)


NO_TEXT = "write a text, or texts by language: {en: …, de: …}"
LANGUAGES = "de, en or fr, or with a region as in de-CH"
VALUES = [
    ("sees: ", "sees is empty", "write a list, [] if there are none, or leave the field out"),
    ("sees: usage", "sees should be a list, not a text", "put it in brackets: [usage]"),
    ("sees: {}", "sees should be a list, not a mapping", ITEMS),
    ("sees: 3", "sees should be a list, not a number", BRACKETS),
    ("sees: 2024-01-01", "sees should be a list, not a text", "put it in brackets: [2024-01-01]"),
    ("sees: true", "sees should be a list, not a yes/no value", BRACKETS),
    ("onward: ", "onward is empty", "write a list, [] if there are none, or leave the field out"),
    ("service_type: zebra", "service_type: 'zebra' is not a service type", "see the field service_type in docs/fields.md"),
    ("service_type: Hosting", "service_type: 'Hosting' is a word for hosting", "write its key: hosting"),
    ("since: 2024-02-30", "since: 2024-02-30 is not a valid date: day is out of range for month", ""),
    ("since: soon", "since: 'soon' is not a valid date", "write it as YYYY-MM-DD"),
    ("personal_data: 3", "personal_data: 3 is neither yes nor no", "write yes or no"),
    ("entity: {country: EU}", "country: 'EU' is not one country", "write its ISO 3166-1 code"),
    ("entity: {country: Atlantis}", "country: 'Atlantis' is not a known place", "see: subproc places"),
    ("sees: [zebras]", "data: 'zebras' is not a data category", "see: subproc categories"),
    ("model_training: false", "model_training: 'no' is not one of never, opt-in, opt-out or yes", "did you mean never?"),
    ("purpose: {de_CH: a}", f"de_CH: 'de_CH' is not a language: {LANGUAGES}", "did you mean de?"),
    ("purpose: {deutsch: a}", f"deutsch: 'deutsch' is not a language: {LANGUAGES}", "did you mean de?"),
    ("purpose: {zz: a}", f"zz: 'zz' is not a language: {LANGUAGES}", NO_TEXT),
    ("purpose: {de-ch: a}", f"de-ch: 'de-ch' is not a language: {LANGUAGES}", "did you mean de?"),
    ("contact: {a: b}", "contact should be a text, not a mapping", ""),
    ("contact: [a]", "contact should be a text, not a list", ""),
    ("retention: {}", "retention is empty", "write a text, or a mapping of days, after, note"),
    ("retention: {days: 40000}", "days should be at most 36,500", ""),
    ("replaces: '?'", "replaces: '?' is not an id: lower-case letters, digits and hyphens", "an id is made of letters and digits"),
    ("links: x", "links should be a mapping of fields", MAPPING),
]  # fmt: skip
HEADS = [
    ("version: 1.0", "version: 1.0 is not a version", "write three numbers: major.minor.patch"),
    ("format: 2", "format 2 is newer than this program, which reads up to 1", "update subproc-cli"),
    ("format: x", "format should be a whole number, not negative", NUMBER),
    ("law: [mars]", "law: 'mars' is not one of ch-fadp, eu-gdpr or uk-gdpr", ""),
    ("law: [uk-gpdr]", "law: 'uk-gpdr' is not one of ch-fadp, eu-gdpr or uk-gdpr", "did you mean uk-gdpr?"),
    ("publish: {hide: [name]}", "hide: name cannot be hidden", "every published list needs it: remove it"),
    ("publish: {hide: [nmae]}", "hide: there is no field nmae", "did you mean name?"),
    ("publish: {accent: red}", "accent: red is not a colour", "write six hexadecimal digits: '#0b7a75'"),
    ("regions: {EU: [DE]}", "EU: 'EU' is a place already", "choose another name for your own region"),
]


def read_problems(text: str) -> list[tuple[str, str]]:
    found = load_registry(Source("test.yaml", text.encode()))
    assert not isinstance(found, Registry)
    return [(problem.message, problem.hint) for problem in found]


@for_rows("field, message, hint", VALUES)
def test_load_registry_with_a_wrong_value_of_a_service_has_one_whole_message(
    field: str, message: str, hint: str
) -> None:
    assert read_problems(f"{HEAD}services:\n  a:\n    name: A\n    {field}\n") == [(message, hint)]


@for_rows("field, message, hint", HEADS)
def test_load_registry_with_a_wrong_value_of_the_list_has_one_whole_message(
    field: str, message: str, hint: str
) -> None:
    key = field.partition(":")[0]
    head = [line for line in HEAD.splitlines() if not line.startswith(f"{key}:")]
    text = "\n".join([*head, field, "services: {a: {name: A}}", ""])
    assert read_problems(text) == [(message, hint)]


SERVICES = "{foo: {name: Foo}, foo-2: {name: foo}, bar: {name: B}, other: {name: Bar}, solo: {name: Solo}}"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("foo", "foo"),  # an id names one service, whatever the names are
        ("foo-2", "foo-2"),
        ("Solo", "solo"),
        ("SOLO", "solo"),
        ("Foo", "2 services in test.yaml are called 'Foo' (say which by its id: foo or foo-2)"),
        ("Bar", "2 services in test.yaml are called 'Bar' (say which by its id: bar or other)"),
    ],
)
def test_find_service_with_a_shared_name_is_ambiguous(word: str, found: str) -> None:
    index = load_registry(Source("test.yaml", f"{HEAD}services: {SERVICES}\n".encode()))
    assert isinstance(index, Registry)
    try:
        said, _ = index.find_service(word)
    except UsageError as fault:
        said = f"{fault.message} ({fault.hint})"
    assert said == found


def test_load_registry_with_an_inner_byte_order_mark_is_an_error() -> None:
    text = f"\ufeff# Ours\n{HEAD}services:\n"
    assert isinstance(
        load_registry(Source("list.yaml", f"{text}  a: {{name: 'A\ufeff B'}}\n".encode())), Registry
    )
    found = load_registry(Source("list.yaml", f"\n\ufeff{HEAD}services: {{}}\n".encode()))
    assert not isinstance(found, Registry)
    assert [(each.error_code.code, *each.position[1:3]) for each in found] == [("SP001", 2, 1)]
    assert found[0].message.startswith("the character U+FEFF starts a line")


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("line", ["# a comment{}services: {{}}", "publisher: 'Example{} GmbH'", "é{}: 1"])
def test_load_registry_with_an_invisible_line_ending_is_an_error(end: str, line: str) -> None:
    found = load_registry(Source("list.yaml", f"format: 1\n{line.format(end)}\nversion: 1.0.0\n".encode()))
    assert not isinstance(found, Registry)
    assert [(each.error_code.code, *each.position[1:3]) for each in found] == [
        ("SP001", 2, line.index("{") + 1)
    ]
    assert f"U+{ord(end):04X} ends a line" in found[0].message
    escaped = HEAD.replace("Example GmbH", f'"Example\\u{ord(end):04x}GmbH"')
    read = load_registry(Source("list.yaml", f"{escaped}services: {{}}\n".encode()))
    assert isinstance(read, Registry)
    assert read.model.publisher == f"Example{end}GmbH"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.md", "# Subprocessors\n\n| Name |\n| --- |\n", "this is a Markdown page, not a list"),
        ("PAGE.MD", "Our *subprocessors*: a, b\n", "this is a Markdown page, not a list"),
        ("page.html", "<p>x</p>", "this is an HTML page, not a list"),
        ("list.yaml", "\n<!DOCTYPE html>\n<p>x</p>", "this is an HTML page, not a list"),
        ("list.csv", "name,place\nA,NL\n", "this is a table in CSV, not a list"),
        ("list.json", '{"services_used": []}', "this is JSON of another kind, not a list"),
        ("list.json", "[1]", "this is JSON of another kind, not a list"),
        ("page.docx", "PK\x03\x04", "this is a Word document, not a list"),
        # What is a list, however it is called, is told its own faults
        ("list.md", "format: 1\n", "the field publisher is missing"),
        ("list.json", '{"format": 1}', "the field publisher is missing"),
        ("list.json", '{"format": 1', "these braces are not closed"),
        ("list.yaml", "# Subprocessors\n\ntext\n", "the file is not a mapping of fields"),
        ("list.md", "", "the file is empty"),
        (
            "list.yaml",
            "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
            "this is a pointer of Git LFS, not the file itself",
        ),
    ],
)
def test_load_registry_of_another_file_type_names_the_type(name: str, content: str, told: str) -> None:
    found = load_registry(Source(name, content.encode()))
    assert not isinstance(found, Registry)
    assert found[0].message == told
    assert found[0].position.file == name
    hint = {"page.docx": "save it as HTML, and import that with subproc import"}
    hint |= {"list.yaml": "git lfs pull"} if "LFS" in told else {}
    known = hint.get(name, f"make a list of it: subproc import {name}")
    assert (found[0].hint == known) == told.startswith("this is")
