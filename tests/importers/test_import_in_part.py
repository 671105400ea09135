"""What an import understands in part only is not stated, is marked, and makes no answer more certain."""

import csv
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from import_cases import Made, made
from subproc_cli import Verdict, ask
from subproc_cli.cli.main import main
from subproc_cli.importers.input_format import InputFormat

DAY = date(2026, 1, 31)
QUESTIONS = ("process only in the EU", "process outside the EU", "process outside adequate countries")
PLACES = st.sampled_from(
    [
        *(
            "Germany",
            "Ireland",
            "US",
            "United States",
            "India",
            "UK",
            "South Africa",
            "New Zealand",
            "EU",
            "EEA",
        ),
        *(
            "worldwide",
            "Georgia",
            "California",
            "Isle of Man",
            "Bosnia and Herzegovina",
            "DE",
            "IN",
            "NO",
            "CA",
        ),
        *("Taiwan, Province of China", "Korea, Republic of", "Papua New Guinea", "Northern Ireland"),
        *(
            "New South Wales, Australia",
            "Frankfurt",
            "Dublin",
            "Atlanta",
            "Deutschland",
            "Suisse",
            "Hong Kong",
        ),
    ]
)
GLUE = st.sampled_from(
    [
        *(
            ", ",
            " and ",
            " or ",
            "; ",
            "/",
            " (",
            ") ",
            "\n",
            " & ",
            " - ",
            " to ",
            "(and ",
            " with backups in ",
        ),
        *(
            " with remote access from ",
            " including ",
            " mainly ",
            " hosted in ",
            " not ",
            " except ",
            " only ",
        ),
        *(" all ", " region ", " data center in ", " if ", " and all regions ", "primarily ", "EU (", "no "),
    ]
)
CELLS = st.lists(PLACES | GLUE, min_size=1, max_size=7).map("".join) | st.lists(
    PLACES, min_size=1, max_size=4
).map(", ".join)


def table(*rows: tuple[str, ...]) -> Made:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return made(out.getvalue(), InputFormat.CSV)


def verdicts(cell: str, label: str, other: str) -> list[Verdict]:
    """Return what the list that a table becomes answers to each question."""
    index = table(("Name", label, "Hosting location"), ("Alpha", cell, other)).read
    answers = [ask(index, question, at=DAY) for question in QUESTIONS]
    return [next(each for each in Verdict if answer.with_verdict(each)) for answer in answers]


@pytest.mark.slow
@given(
    CELLS,
    st.integers(0, 20),
    st.sampled_from(["Zzyzx", "zzyzx", "Genmark Islands", "12"]),
    st.sampled_from(["Processing location", "Location"]),
    st.sampled_from(["", "Germany", "Varies"]),
)
@example("India, Germany", 0, "Zzyzx", "Location", "")
@example("Germany, not the US", 1, "zzyzx", "Location", "")
@settings(max_examples=150)
def test_import_with_a_garbled_place_never_answers_with_more_certainty(
    cell: str, at: int, garbage: str, label: str, other: str
) -> None:
    words = [*re.finditer(r"[\w.'’-]+", cell), *re.finditer(r"\Z", cell)]
    word = words[at % len(words)]
    garbled = cell[: word.start()] + garbage + cell[word.end() :]
    before, after = verdicts(cell, label, other), verdicts(garbled, label, other)
    assert all(new in (old, Verdict.UNKNOWN) for old, new in zip(before, after, strict=True)), garbled


def test_import_of_a_place_in_part_marks_the_field_and_keeps_the_text() -> None:
    found = table(("Name", "Processing location"), ("Alpha", "Germany, Zzyzx"))
    assert found.block == (
        '  alpha:\n    name: Alpha\n    notes: "Processing location: Germany, Zzyzx"\n'
        '    processing:\n      - {place: [DE, unknown], note: "Germany, Zzyzx"}  # guessed\n'
    )
    assert found.report.remarks == (
        "Alpha: processing is stated as open because Processing location is only partly understood: Germany, Zzyzx",
    )


def test_import_of_two_places_with_one_unknown_states_both_as_possible() -> None:
    found = table(("Name", "Processing location", "Data center"), ("Alpha", "Germany", "Krakow, Zzyzx"))
    assert [place.place for place in found.services["alpha"].processing] == [("DE", "PL", "unknown")]
    assert found.services["alpha"].notes == "Data center: Krakow, Zzyzx\nProcessing location: Germany"


@pytest.mark.parametrize("text", ["Germany, not Zzyzx", "EU, except Zzyzx and Germany", "Zzyzx"])
def test_import_of_places_that_are_denied_or_unknown_states_none(text: str) -> None:
    assert not table(("Name", "Processing location"), ("Alpha", text)).services["alpha"].processing


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("We only host in Dublin, Ireland", [("IE",)]),
        ("Data is stored in Germany", [("DE",)]),
        ("Runs our data centres in Switzerland. Support from India", []),
        ("Not hosted in Germany", []),
    ],
)
def test_import_reads_hosting_out_of_a_purpose(text: str, places: list[tuple[str, ...]]) -> None:
    found = table(("Name", "Purpose"), ("Alpha", text))
    assert [place.place for place in found.services["alpha"].processing] == places


def test_import_of_a_town_and_its_country_in_two_columns_reads_both() -> None:
    found = table(("Name", "Location", "Country"), ("Alpha", "Boston", "United States"))
    assert [place.place for place in found.services["alpha"].processing] == [("US",)]
    assert "# guessed" in found.block


def test_import_of_a_place_next_to_an_empty_answer_states_it() -> None:
    found = table(("Name", "Processing location", "Data center"), ("Alpha", "Germany", "N/A"))
    assert [place.place for place in found.services["alpha"].processing] == [("DE",)]


@pytest.mark.parametrize(
    ("label", "text", "lines"),
    [
        ("Data", "Account data. No cardholder data.", ["sees:", "  - account  # guessed"]),
        ("Data", "No cards, no email", ["sees:", "  []  # guessed"]),
        ("Does not have access to", "email (on free plans)", ["never_sees:", "  []  # guessed"]),
    ],
)
def test_import_of_data_in_part_marks_the_field(label: str, text: str, lines: list[str]) -> None:
    block = table(("Name", label), ("Alpha", text)).block
    assert [line[4:] for line in block.splitlines()[3:]] == lines
    assert f"{label}: {text}" in block


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Services without access to PII", False),
        ("Services that do not process personal data", False),
        ("Services with access to PII", True),
        ("Services that see personal data except emails", None),
        ("Services that do not only process personal data", None),
    ],
)
def test_import_heading_on_personal_data_is_read_only_as_a_whole(heading: str, expected: object) -> None:
    page = f"# Page\n\n## {heading}\n\n### Alpha\n\n- **Purpose**: mail\n"
    assert made(page).services["alpha"].personal_data is expected


def test_notice_of_a_partly_read_place_is_refused_until_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = "| Name | Processing location |\n|---|---|\n| Alpha | {} |\n"
    for name, place in (("old", "Germany"), ("new", "Germany, Zzyzx")):
        Path(f"{name}.md").write_text(page.format(place), "utf-8")
        arguments = ["--publisher", "P", "--date", "2026-01-31", "-o", f"{name}.yaml", "-q"]
        assert main(["import", f"{name}.md", *arguments]) == 0
    looked_at = Path("new.yaml").read_text("utf-8").replace("1.0.0  # guessed", "1.0.1")
    Path("new.yaml").write_text(looked_at.replace("2026-01-31  # guessed", "2026-01-31"), "utf-8")
    capsys.readouterr()
    assert main(["notice", "old.yaml", "new.yaml", "--incomplete", "--effective", "2027-01-01"]) == 1
    assert "1 line of new.yaml is marked as guessed and not reviewed" in capsys.readouterr().err
    assert main(["set", "alpha", "processing", "[DE, PL]", "-r", "new.yaml"]) == 0
    assert "# guessed" not in Path("new.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    "cell",
    [
        "Germany*",
        "Germany **",
        "Germany, France*",
        "*Germany",
        "Germany*, France",
        "Germany (a)",
        "Germany [b]",
        "Germany a",
    ],
)
def test_import_of_a_place_with_the_mark_of_a_footnote_is_open(cell: str) -> None:
    assert verdicts(cell, "Processing location", "")[0] is Verdict.UNKNOWN


@pytest.mark.parametrize("cell", ["**Germany**", "*Germany* and *France*", "* Germany\n* France"])
def test_import_of_a_place_with_stars_of_emphasis_reads_it(cell: str) -> None:
    assert verdicts(cell, "Processing location", "")[0] is Verdict.YES


@pytest.mark.parametrize(
    "cell",
    [
        "Germany for EU customers",
        "Germany (European customers)",
        "Germany (storage only)",
        "Germany (primary)",
        "primary: EU",
    ],
)
def test_import_of_a_place_that_is_limited_to_a_part_is_open(cell: str) -> None:
    assert verdicts(cell, "Processing location", "")[0] is Verdict.UNKNOWN


@pytest.mark.parametrize(
    "cell", ["Germany (customer data)", "Germany (primary), Ireland (backup)", "Germany (EU only)"]
)
def test_import_of_a_place_with_a_remark_that_leaves_nothing_out_reads_it(cell: str) -> None:
    assert verdicts(cell, "Processing location", "")[0] is Verdict.YES


@pytest.mark.parametrize("countries", ["['Ireland', ...others]", "['Ireland', backup]"])
def test_import_of_a_script_with_code_among_places_states_them_as_open(countries: str) -> None:
    text = f"const subprocessors = [{{ name: 'Alpha', purpose: 'Hosting', countries: {countries} }}];"
    places = made(text, InputFormat.SCRIPT).services["alpha"].processing
    assert [place.place for place in places] == [("IE", "unknown")]
