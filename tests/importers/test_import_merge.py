"""An import into a list that exists: new services, and facts where it is silent; all else stays."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from import_cases import TODAY, made
from registry_text import HEAD
from subproc_cli.errors import UsageError
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.import_file import import_file
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.importers.merge import MergeResult, merge_into_registry
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

LIST = f"""\
# Ours. Do not lose this line.
{HEAD}services:
  alpha:   # the first
    name: Alpha
    sees:
      - identity.email   # by contract
    processing: [EU]

  beta: {{name: Beta Ltd}}

# at the end
policies: []
"""
TABLE = """\
| Name | Purpose | Location of processing | Data | Corporate location | Foo |
|---|---|---|---|---|---|
| ALPHA | Hosting | US | email, name | Ireland | bar |
| beta ltd | Mail | Frankfurt, Germany | | | |
| Gamma | Chat | DE | | | |
"""


TABLE_HEAD = ("Name", "Purpose", "Location of processing", "Data", "Corporate location")


def merging(old: str, new: str = TABLE) -> MergeResult:
    source = Source("registry.yaml", old.encode())
    index = load_registry(source)
    assert isinstance(index, Registry), index
    imported = import_file(Source("page.md", new.encode()), InputFormat.AUTO, Labels())
    found = merge_into_registry(source, index, imported)
    after = load_registry(Source("registry.yaml", found.content))
    assert isinstance(after, Registry), after
    return found


def test_import_into_keeps_stated_fields_and_adds_missing_ones() -> None:
    found = merging(LIST)
    assert (
        found.content.decode()
        == f"""\
# Ours. Do not lose this line.
{HEAD}services:
  alpha:   # the first
    name: Alpha
    purpose: Hosting
    sees:
      - identity.email   # by contract
    processing: [EU]
    entity: {{country: IE}}

  beta: {{name: Beta Ltd, purpose: Mail, processing: [{{place: DE, note: "Frankfurt, Germany"}}]}}  # guessed

  gamma:
    name: Gamma
    service_type:
      - messaging  # guessed
    purpose: Chat
    processing: [DE]

# at the end
policies: []
"""
    )
    assert found.added == ("gamma",)
    assert found.filled == (
        ("alpha", "purpose"),
        ("alpha", "entity.country"),
        ("beta", "purpose"),
        ("beta", "processing"),
    )
    assert found.differing == (
        "alpha: processing: kept as in the registry; the file states US and the file does not state EU",
        "alpha: sees: kept as in the registry; the file states identity.name",
        'alpha: notes: kept as in the registry; the file states "Foo: bar"',
    )


def test_import_into_a_second_time_adds_nothing() -> None:
    once = merging(LIST).content
    twice = merging(once.decode())
    assert (twice.content, twice.added, twice.filled) == (once, (), ())


def test_import_into_keeps_line_endings_and_byte_order_mark() -> None:
    old = ("\ufeff" + LIST).replace("\n", "\r\n")
    found = merging(old)
    assert found.content.decode() == ("\ufeff" + merging(LIST).content.decode()).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("services", "end"),
    [
        ("services: {}\n", "services:\n\n  gamma:\n    name: Gamma\n"),
        ("services:\n  a:\n    name: A", "    name: A\n\n  gamma:\n    name: Gamma\n"),
        ("services:\n    a:\n        name: A\n", "        name: A\n\n    gamma:\n        name: Gamma\n"),
    ],
)
def test_import_into_adds_a_new_service_at_the_end(services: str, end: str) -> None:
    found = merging(HEAD + services, "| Name | Purpose |\n|---|---|\n| Gamma | |\n")
    assert found.content.decode().endswith(end)


def test_import_into_keeps_a_text_like_an_empty_mapping() -> None:
    old = f"{HEAD}services:\n  a:\n    name: A\n    notes: 'begin with services: {{}} and go on'\n"
    found = merging(old, "| Name | Purpose |\n|---|---|\n| Gamma | |\n")
    assert found.content.decode().startswith(old)


def test_import_into_with_a_taken_id_adds_a_numbered_one() -> None:
    old = f"{HEAD}services:\n  gamma:\n    name: Gamma\n"
    found = merging(old, "| Name | Purpose |\n|---|---|\n| Gamma | a |\n| Gamma | b |\n")
    assert (found.added, found.filled) == (("gamma-b",), (("gamma", "purpose"),))


def test_import_into_of_an_alias_twice_adds_nothing() -> None:
    page = "| Name | Purpose |\n|---|---|\n| Amazon Web Services | hosting |\n| AWS | mail |\n"
    once = merging(f"{HEAD}services:\n  aws: {{name: Amazon Web Services}}\n", page)
    assert (once.added, once.filled) == (("aws-2",), (("aws", "purpose"),))
    twice = merging(once.content.decode(), page)
    assert (twice.content, twice.added, twice.filled) == (once.content, (), ())


def test_import_into_matches_a_row_to_the_best_service_of_its_name() -> None:
    old = f"{HEAD}services:\n  a: {{name: Gamma, purpose: chat}}\n  b: {{name: Gamma, purpose: mail}}\n"
    found = merging(old, "| Name | Purpose |\n|---|---|\n| Gamma | mail |\n| Gamma | chat |\n")
    assert (found.added, found.filled, found.differing) == ((), (), ())


def test_import_into_skips_a_numbered_id_that_is_taken() -> None:
    old = f"{HEAD}services:\n  gamma: {{name: Gamma}}\n  gamma-2: {{name: Gamma Two}}\n"
    found = merging(old, "| Name | Purpose |\n|---|---|\n| Gamma | a |\n| Gamma | a |\n")
    assert found.added == ("gamma-3",)


def test_import_into_reports_a_match_with_another_name() -> None:
    found = merging(
        f"{HEAD}services:\n  pay: {{name: Quill Payments}}\n",
        "| Name | Purpose |\n|---|---|\n| Quill Payment | |\n",
    )
    assert found.differing == ("pay: Quill Payment in the file is matched to Quill Payments in the registry",)


NAMES = st.sampled_from(
    [
        "Amazon Web Services",
        "AWS",
        "aws",
        "Aws 2",
        "AWS, Inc.",
        "Gamma",
        "GAMMA Ltd",
        "!",
        "?",
        "Quill Payments",
        "Quill Payment",
    ]
)
CELLS = st.tuples(
    NAMES,
    st.sampled_from(["", "hosting", "mail"]),
    st.sampled_from(["", "DE", "US", "Germany, Zzyzx", "Frankfurt, Germany", "IE, DE"]),
    st.sampled_from(["", "email", "name, email", "no email", "shoe"]),
    st.sampled_from(["", "Ireland", "Japan"]),
)
LISTED = st.dictionaries(
    st.sampled_from(["aws", "aws-2", "aws-3", "amazon-web-services", "gamma", "gamma-2", "service", "pay"]),
    st.tuples(NAMES, st.sampled_from(["", "purpose: mail"]), st.sampled_from(["", "processing: [DE]"])),
    max_size=4,
)


@pytest.mark.slow
@given(LISTED, st.lists(CELLS, min_size=1, max_size=5))
@settings(max_examples=150)
def test_import_into_of_any_page_twice_adds_nothing(
    listed: dict[str, tuple[str, str, str]], rows: list[tuple[str, ...]]
) -> None:
    lines = [
        f"  {key}: {{{', '.join(filter(None, (f'name: {json.dumps(name)}', *facts)))}}}\n"
        for key, (name, *facts) in listed.items()
    ]
    old = f"{HEAD}services:{' {}' if not lines else ''}\n{''.join(lines)}"
    page = "".join(f"| {' | '.join(row)} |\n" for row in (TABLE_HEAD, ["---"] * len(TABLE_HEAD), *rows))
    once = merging(old, page)
    twice = merging(once.content.decode(), page)
    assert (twice.added, twice.filled, twice.content) == ((), (), once.content)


def test_import_into_reports_a_service_missing_from_the_file() -> None:
    old = f"{HEAD}services:\n  a:\n    name: A\n  b:\n    name: B\n    until: 2020-01-01\n"
    found = merging(old, "| Name | Purpose |\n|---|---|\n| Gamma | |\n")
    assert found.differing == ("a: is in the registry but not in the file",)


def test_import_into_an_inline_mapping_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot add a service to this layout"):
        merging(f"{HEAD}services: {{a: {{name: A}}}}\n")


def test_import_into_a_list_with_update_removes_guesses_that_have_lost_their_reason() -> None:
    old = made(
        "| Name | Purpose | Location |\n|---|---|---|\n| Alpha | Payments | Germany |\n| Beta | Hosting | France |\n"
    )
    assert [each.service_type for each in old.services.values()] == [("payments",), ("hosting",)]
    accepted = old.text.replace("- hosting  # guessed", "- hosting")
    source = Source("registry.yaml", accepted.encode())
    index = load_registry(source)
    assert isinstance(index, Registry)
    page = b"| Name | Purpose | Location |\n|---|---|---|\n| Alpha | Knitting | Germany |\n| Beta | Knitting | France |\n"
    imported = import_file(Source("file", page), InputFormat.MARKDOWN, Labels())
    found = merge_into_registry(source, index, imported, TODAY, update=True)
    after = load_registry(Source("registry.yaml", found.content))
    assert isinstance(after, Registry)
    assert [each.service_type for each in after.model.services.values()] == [(), ("hosting",)]
    assert "alpha: service_type: was guessed from what the file no longer states" in found.differing
    kept = merge_into_registry(source, index, imported, TODAY)
    assert not any("service_type" in each for each in kept.differing)


def test_import_into_a_list_with_update_writes_notes_in_the_order_of_the_file() -> None:
    head = "| Name | Purpose | Floor | Colour |\n|---|---|---|---|\n"
    old = made(f"{head}| Alpha | Hosting | 3 | Green |\n")
    written = old.text.replace("Floor: 3", "Ask Legal.\n      Floor: 3")
    source = Source("registry.yaml", written.encode())
    index = load_registry(source)
    assert isinstance(index, Registry)
    page = f"{head}| Alpha | Hosting | 4 | Green |\n".encode()
    imported = import_file(Source("file", page), InputFormat.MARKDOWN, Labels())
    found = merge_into_registry(source, index, imported, TODAY, update=True)
    after = load_registry(Source("registry.yaml", found.content))
    assert isinstance(after, Registry)
    assert after.model.services["alpha"].notes == "Ask Legal.\nFloor: 4\nColour: Green"
