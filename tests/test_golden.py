"""What the program prints for the commands of `golden/` is what is recorded there: see `golden/README.md`."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from golden.cases import KINDS, load_cases, read_groups
from golden.dumps import to_lines
from golden.masks import Masks
from golden.program import Program
from golden.record import Recorder, compare_case, find_stale, read_recording
from golden.transcript import Difference, Entry, compare, parse, render, show, summarize

CASES = load_cases()
MOST = 60
"""Lines of a difference that a failing test shows."""


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    recorder = Recorder(tmp_path_factory.mktemp("golden"), is_shared=True)
    yield recorder
    recorder.program.close()


def shorten(differences: list[Difference]) -> str:
    lines = show(differences)
    left_out = [f"({len(lines) - MOST} lines more)"] if len(lines) > MOST else []
    advice = (
        "see all: python tests/golden/record.py --diff; accept them: python tests/golden/record.py --write"
    )
    return "\n".join(["", *lines[:MOST], *left_out, advice])


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_program_run_again_prints_the_recording(name: str, recorder: Recorder) -> None:
    differences = compare_case(name, recorder.record(CASES[name]))
    assert not differences, shorten(differences)


@cache
def list_recorded_words() -> list[list[str]]:
    """Return the words of every command that is recorded and does more than show its help."""
    found = []
    for name in CASES:
        for entry in parse(read_recording(name, "machine")):
            for step in entry.head.split(" && "):
                words = re.sub(r"^(?:[A-Z_]+=(?:\"[^\"]*\"|\S*) +)+", "", step).split()[1:]
                if words and "--help" not in words:
                    found.append(words)
    return found


@pytest.mark.slow
def test_recordings_cover_every_command(recorder: Recorder) -> None:
    names = recorder.find_commands()
    assert {"which", "check", "notice", "export", "fmt"} <= set(names)
    missing = set(names) - {words[0] for words in list_recorded_words()}
    assert not missing, "add a line for each to tests/golden/commands.toml or a lists/*/case.toml"


@pytest.mark.slow
def test_recordings_cover_every_format(recorder: Recorder, tmp_path: Path) -> None:
    recorded = {(words[0], value) for words in list_recorded_words() for value in words[1:]}
    missing = []
    for command in recorder.find_commands():
        shown = recorder.program.run([command, "--help"], tmp_path).stdout.decode()
        choices = re.search(r"--format ((?:[a-z]+\|)+[a-z]+)", shown)
        formats = choices[1].split("|") if choices else []
        if command == "export":
            formats += re.findall(r"^  ([a-z][a-z-]+)  ", shown.partition("Formats:")[2], re.MULTILINE)
        defaults = {"text", "auto"}
        missing += [
            (command, each) for each in formats if each not in defaults and (command, each) not in recorded
        ]
    assert not missing


def test_recordings_have_no_stale_file() -> None:
    assert find_stale(CASES) == []


def test_groups_of_commands_are_all_used() -> None:
    named = {group for case in CASES.values() for group in case.settings.get("groups", ["list", "pair"])}
    assert named == set(read_groups())


@pytest.fixture(scope="module")
def forked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program = Program(tmp_path_factory.mktemp("forked"))
    yield program
    program.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["which", "see", "email"], ["which", "see", "hair"], ["list", "-f", "json"], ["nosuch"]],
)
def test_program_of_each_kind_ends_like_a_new_process(
    arguments: list[str], recorder: Recorder, forked: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "list"
    CASES["every-field"].build(folder)
    expected = Program(tmp_path, is_fresh=True).run(arguments, folder)
    assert forked.run(arguments, folder) == expected
    assert recorder.program.run(arguments, folder) == expected


@pytest.mark.slow
def test_shared_program_gives_each_command_its_own_environment_and_input(
    recorder: Recorder, tmp_path: Path
) -> None:
    CASES["every-field"].build(tmp_path / "list")
    given = tmp_path / "list" / "registry.yaml"
    read = recorder.program.run(["list", "-r", "-", "-f", "csv"], tmp_path, stdin=given)
    named = recorder.program.run(
        ["list", "-f", "csv"], tmp_path, environment={"SUBPROC_REGISTRY": str(given)}
    )
    assert read == named
    assert (read.code, read.stdout[:8]) == (0, b"service,")
    assert recorder.program.run(["list", "-f", "csv"], tmp_path).code == 3


def test_parse_of_a_rendered_recording_returns_it() -> None:
    entries = [
        Entry("subproc list", ("exit code 0", "standard output:", "  $ 5", "", "  6")),
        Entry("subproc bump", ()),
    ]
    assert parse(render(entries)) == entries


OLD = [Entry(f"subproc show {name}", ("exit code 0", f"  {name}", "  no data")) for name in "abcde"]
NEW = [entry._replace(lines=(*entry.lines[:2], "  never sees data")) for entry in OLD]


def test_show_of_one_difference_in_many_places_prints_it_once() -> None:
    differences = compare("text/x", render(OLD), render(NEW))
    assert show(differences) == [
        "text/x: $ subproc show a",
        "  exit code 0",
        "    a",
        "-   no data",
        "+   never sees data",
        "  (the same in 4 more places: text/x)",
    ]
    assert len([line for line in show(differences, is_complete=True) if line.startswith("+")]) == 5


def test_summarize_counts_changed_words_across_line_breaks() -> None:
    old = render(
        [
            Entry("subproc list", ("  the list says", "  it sees email")),
            Entry("subproc show", ("  it says so",)),
        ]
    )
    new = render(
        [
            Entry("subproc list", ("  the list states it", "  sees email")),
            Entry("subproc show", ("  it states so",)),
        ]
    )
    assert summarize(compare("text/x", old, new)) == ["    2  says  ->  states   (text/x)"]


def test_show_of_added_and_removed_commands_names_them() -> None:
    assert show(compare("text/x", render(OLD[:1]), render(OLD[1:2]))) == [
        "text/x: $ subproc show b",
        "+ (this command is not recorded)",
        "",
        "text/x: $ subproc show a",
        "- (this command is recorded and not run any more)",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("subproc 1.2.3\n", "subproc <version>\n"),
        ("version 1.2.3 of the list\n", "version 1.2.3 of the list\n"),
        ('{"name": "subproc", "version": "1.2.3"}', '{"name": "subproc", "version": "<version>"}'),
        ('{"name": "Example", "version": "1.2.3"}', '{"name": "Example", "version": "1.2.3"}'),
        ("/golden/work/registry.yaml:3:1\n", "<folder>/registry.yaml:3:1\n"),
    ],
)
def test_masks_hide_only_values_that_differ_between_runs(text: str, expected: str) -> None:
    assert Masks(Path("/golden/work"), "1.2.3").hide(text) == expected


def test_masks_of_a_ledger_hide_every_hash_but_the_first() -> None:
    line = f'{{"previous": "{"0" * 64}", "hash": "{"0a" * 32}", "recorded": "2026-11-29T18:28:05+00:00"}}'
    assert Masks.hide_chain(line) == f'{{"previous": "{"0" * 64}", "hash": "<hash>", "recorded": "<now>"}}'


def test_to_lines_escapes_invisible_characters() -> None:
    assert to_lines("a\u200cb\x1b[1m\r\nc") == ["a\\u200cb\\u001b[1m\\u000d", "c", "(no newline at the end)"]
    assert to_lines("") == []


def test_recordings_of_a_case_have_both_kinds() -> None:
    assert all(read_recording("every-field", kind) for kind in KINDS)
