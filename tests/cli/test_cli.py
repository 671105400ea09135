"""The command line: arguments and files in, exit code, output and the lines of the fault out."""

import csv
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from errno import ENOSPC
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple, TypeAlias
from unittest.mock import Mock

import pytest

from registry_text import HEAD
from subproc_cli.cli import commands
from subproc_cli.cli.app import COMMANDS
from subproc_cli.cli.main import main
from subproc_cli.cli.wrapping import wrap_text
from subproc_cli.registry import source

REAL = Path(__file__).parent.parent.parent / "registry.yaml"
NEXT = REAL.parent / "examples" / "caplena" / "2024-04-09.yaml"
TOP = f"{HEAD}services:\n"
ALPHA = "  alpha: {name: Alpha, sees: [identity.email], never_sees: [everything]}\n"
SMALL = f"{TOP}{ALPHA}  beta: {{name: Beta}}\n"
FILES = {
    "registry.yaml": SMALL.encode(),
    "real.yaml": REAL.read_bytes(),
    "next.yaml": NEXT.read_bytes(),
    "notice.yaml": SMALL.replace("Beta}", "Beta, processing: [US]}").encode(),
    "inform.yaml": SMALL.replace("Beta}", "Beta, purpose: chat}").encode(),
    "empty.yaml": b"",
    "binary.yaml": b"\x7fELF\x00\x00",
    "latin1.yaml": "publisher: Müller GmbH\n".encode("latin-1"),
    "tab.yaml": f"{TOP}\talpha: {{name: Alpha}}\n".encode(),
    "twice.yaml": f"{SMALL}  beta: {{name: Again}}\n".encode(),
    "field.yaml": f"{TOP}  alpha: {{name: Alpha, purpos: chat}}\n".encode(),
    "date.yaml": f"{TOP}  alpha: {{name: Alpha, since: 2024-13-01}}\n".encode(),
    "hostile.yaml": f'{TOP}  alpha: {{name: A, "\\e[31mx": 1}}\n'.encode(),
}
CALLS = {
    "which see email and process outside the EU -r real.yaml": "answers",
    "list -r real.yaml": "services",
    "show intercom -r real.yaml": "service",
    "matrix -r real.yaml": "matrix",
    "diff real.yaml next.yaml": "changes",
    "notice real.yaml next.yaml --effective 2030-01-01 --sent 2029-11-01 --incomplete": "notices",
    "categories -r real.yaml": "categories",
    "places -r real.yaml": "places",
}


class Result(NamedTuple):
    code: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    for name in ("SUBPROC_REGISTRY", "SUBPROC_DEBUG", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin)))
        code = main(arguments)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "\x1b" not in err
        return Result(code, out, err)

    return go


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "schema"), CALLS.items())
@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_output_of_every_command_exists_in_every_format(
    run: Run, arguments: str, schema: str, form: str
) -> None:
    result = run(*arguments.split(), "-f", form)
    assert (result.code, result.err) == (0, "")
    assert len(result.out.splitlines()) > 1
    if form == "json":
        assert json.loads(result.out)["schema"] == f"subproc/{schema}/1"


@pytest.mark.parametrize("arguments", [call for call in CALLS if not call.startswith("notice")])
def test_csv_of_every_command_has_rows_of_equal_length(run: Run, arguments: str) -> None:
    rows = list(csv.reader(run(*arguments.split(), "-f", "csv").out.splitlines()))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize(
    ("rows", "keys", "row"),
    [
        ("answers", "question reading kind understood at registry asked", "service name verdict because"),
        ("changes", "old new level bump", "kind level direction service name field text fingerprint"),
    ],
)
def test_json_of_a_command_has_the_documented_keys(run: Run, rows: str, keys: str, row: str) -> None:
    (arguments,) = (call for call, schema in CALLS.items() if schema == rows)
    record = json.loads(run(*arguments.split(), "-f", "json").out)
    assert record.keys() == {"schema", rows, *keys.split()}
    assert set(row.split()) <= record[rows][0].keys()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ("list -r missing.yaml", 3, "subproc: missing.yaml: no such file"),
        ("list -r folder", 3, "subproc: folder: there is no registry.yaml and no YAML file in this folder"),
        ("list -r empty.yaml", 3, "empty.yaml:1:1: SP001 invalid-yaml: the file is empty"),
        ("list -r binary.yaml", 3, "binary.yaml:1:5: SP001 invalid-yaml: this is a binary file"),
        ("list -r latin1.yaml", 3, "latin1.yaml:1:13: SP001 invalid-yaml: the byte 0xfc is not UTF-8"),
        ("list -r tab.yaml", 3, "tab.yaml:6:1: SP001 invalid-yaml: YAML requires spaces"),
        ("list -r twice.yaml", 3, "twice.yaml:8:3: SP002 duplicate-key: 'beta' is given twice"),
        ("list -r field.yaml", 3, "field.yaml:6:24: SP003 unknown-field: there is no field purpos (did"),
        (
            "list -r date.yaml",
            3,
            "date.yaml:6:31: SP005 invalid-value: since: 2024-13-01 is not a valid date",
        ),
        ("list -r hostile.yaml", 3, r"there is no field \x1b[31mx"),
        ("diff nowhere", 3, "subproc: nowhere: no such file"),
        (
            "list --at 2024-02-30",
            2,
            "--at: '2024-02-30' is not a valid date (there is no such day in the calendar)",
        ),
        ("list --nothing", 2, "subproc: No such option: --nothing"),
        ("lists", 2, "subproc: there is no command 'lists' (did you mean list?)"),
        ("wich see email", 2, "subproc: there is no command 'wich' (did you mean which?)"),
        (
            "what services see email",
            2,
            "subproc: there is no command 'what' (to ask a question: subproc which what services see email)",
        ),
        ("xyzzy", 2, "subproc: there is no command 'xyzzy' (see: subproc --help)"),
        ("--verson", 2, "subproc: No such option: --verson (did you mean --version?)"),
        ("places XX", 2, "subproc: 'XX' is not a known place (see: subproc places)"),
        (
            "places --law uk-gdrp",
            2,
            "subproc: 'uk-gdrp' is not a law or a known place (did you mean uk-gdpr?)",
        ),
        ("places --law XX", 2, "subproc: 'XX' is not a law or a known place (see: subproc places --law)"),
        ("help wich", 2, "subproc: there is no command 'wich' (did you mean which?)"),
        ("-r x list", 2, "No such option: -r (put options after the command: subproc list -r x)"),
        ("which see email --csv", 2, "subproc: No such option: --csv (write -f csv)"),
        ("add X --location EU", 2, "subproc: No such option: --location (did you mean --processing?)"),
        ("which", 2, "Missing argument 'QUESTION...' (for example: subproc which see email)"),
        ("set alpha", 2, "(for example: subproc set alpha purpose 'Machine translation')"),
        ("send", 2, "Missing argument 'RUN' (for example: subproc send letters)"),
        ("respond", 2, "Missing argument 'CUSTOMER' (for example: subproc respond 'Example AG' objection)"),
        ("respond A", 2, "|withdrawal' (for example: subproc respond A objection)"),
        ("export page -f json", 2, "-f (write the format without an option: subproc export page)"),
        ("check --fail-on warn", 2, "'never' (did you mean warning?)"),
        ("ask see email", 2, "no command 'ask' (did you mean which?)"),
        ("lint", 2, "there is no command 'lint' (did you mean check?)"),
        ("remove alpha", 2, "there is no command 'remove' (did you mean retire?)"),
        ("version", 2, "there is no command 'version' (did you mean --version?)"),
        ("export excel", 2, "there is no format 'excel' (did you mean xlsx?)"),
        ("export cvs", 2, "there is no format 'cvs' (did you mean csv?)"),
        ("export nothing", 2, "there is no format 'nothing' (there are site, page, "),
        ("list --lang german", 2, "'fr' (did you mean de?)"),
        ("set alpha --unset", 2, "(for example: subproc set alpha --unset purpose)"),
        ("add X --id Alpha", 2, "'Alpha' is not a valid id (did you mean alpha?)"),
        ("list registry.yaml", 2, "(name the registry with -r: subproc list -r registry.yaml)"),
        ("which registry.yaml see names", 2, "with -r: subproc which see names -r registry.yaml)"),
        ("which see email --at 1.8.2022", 2, "is not a valid date (did you mean 2022-08-01?)"),
        ("which see email --at 8/1/2022", 2, "is not a valid date (write it as YYYY-MM-DD)"),
        ("list -r https://example.com/list", 3, "(save the web page, and convert it: subproc import FILE)"),
        ("import https://example.com/list", 3, "is a web address, not a file (save the page"),
        ("list -o nowhere/list.txt", 2, "(create its folder: mkdir -p nowhere)"),
        ("export site --out registry.yaml", 2, "registry.yaml is a file (name another folder)"),
        ("retire", 2, "Missing argument 'ID' (for example: subproc retire alpha --until 20"),
        ("retire alpha", 2, "Missing option '--until' (for example: subproc retire alpha --until 20"),
        ("retire alpha 2030-12-31", 2, "(for example: subproc retire alpha --until 2030-12-31)"),
        ("export", 2, "Missing argument 'FORMAT' (for example: subproc export page)"),
        ("list opt-in", 2, '(opt-in) (filter services with --where "are opt-in")'),
        ("list email", 2, '(email) (filter services with --where "see email")'),
        ("matrix Germany", 2, '(Germany) (filter services with --where "process in Germany")'),
        ("add Example Mail", 2, "extra argument(s) (Mail) (put several words in quotes)"),
        ("list -f xml", 2, "subproc: Invalid value for '--format' / '-f': 'xml' is not one of 'text', "),
        ("list -f jsn", 2, "'ndjson', 'csv', 'markdown' (did you mean json?)"),
        ("respond A objecton", 2, "subproc: 'objecton' is not one of 'objection', 'acknowledgement', "),
        (
            "init x.yaml --notice-days ten",
            2,
            "'--notice-days': this is not a whole number (write it in digits",
        ),
        ("status", 3, "subproc: sent.jsonl: no such file (name the ledger with --record FILE"),
        ("show alfa", 2, "subproc: there is no service 'alfa' in registry.yaml (did you mean alpha?)"),
        ("places Germoney", 2, "subproc: 'Germoney' is not a known place (did you mean Germany?)"),
        ("diff - -", 2, "subproc: only one of two revisions can come from standard input"),
        (
            "notice registry.yaml notice.yaml",
            2,
            "subproc: the effective date cannot be calculated: no notice",
        ),
        ("list -o nowhere/list.txt", 2, "subproc: nowhere/list.txt: cannot be written: No such file"),
    ],
)
def test_command_with_an_error_exits_with_its_code_and_one_message(
    run: Run, arguments: str, code: int, told: str
) -> None:
    result = run(*arguments.split())
    assert (result.code, result.out) == (code, "")
    assert [line for line in result.err.splitlines() if told in line], result.err
    assert len([line for line in result.err.splitlines() if line.startswith("subproc: ")]) == 1


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("which see email", "type it without quotes: subproc which see email"),
        ("see email", "to ask a question: subproc which see email"),
        ("email", "see: subproc --help"),
        (" ", "see: subproc --help"),
    ],
)
def test_words_in_quotes_instead_of_a_command_name_what_to_type(run: Run, words: str, hint: str) -> None:
    result = run(words)
    assert result.code == 2
    assert result.err == f"subproc: there is no command {words!r} ({hint})\n"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("example", "did you mean mail, cloud or chat?"),
        ("Cloud", ""),
        ("example cloud gmbh", "did you mean cloud?"),
        ("mail", ""),
        ("the old one", "did you mean chat?"),
        ("zzz", "see: subproc list --all"),
        ("", "see: subproc list --all"),
    ],
)
def test_show_with_part_of_a_name_finds_or_suggests_the_service(run: Run, word: str, hint: str) -> None:
    services = "mail: {name: Example Mail}, cloud: {name: Example Cloud}"
    chat = "chat: {name: Example Chat, formerly: [the-old-one]}"
    Path("named.yaml").write_text(f"{HEAD}services: {{{services}, {chat}}}\n", encoding="utf-8")
    result = run("show", word, "-r", "named.yaml")
    assert (result.code, result.err) == (
        (2, f"subproc: there is no service {word!r} in named.yaml ({hint})\n") if hint else (0, "")
    )


def test_which_with_an_unknown_word_prints_a_caret_below_it(run: Run) -> None:
    assert run("which", "see", "emial", "and", "name").err.splitlines() == [
        "subproc: 'emial' is not understood here (ask 'see email and name')",
        "  see emial and name",
        "      ^^^^^",
        "    subproc which see email and name",
    ]


@pytest.mark.parametrize("question", ["see " + "x" * 9_000, "(" * 9_000 + "see email", "see email or " * 900])
def test_which_with_an_error_in_a_long_question_shows_only_its_part(run: Run, question: str) -> None:
    result = run("which", question)
    assert (result.code, result.out) == (2, "")
    assert "^" in result.err.splitlines()[2]
    assert all(len(line) < 500 for line in result.err.splitlines())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("which see phone --fail-on yes", 0),  # Alpha: no, Beta: unknown
        ("which see phone --fail-on unknown", 1),
        ("which see email --fail-on yes --quiet", 1),
        ("diff registry.yaml notice.yaml --fail-on notice", 1),
        ("diff registry.yaml inform.yaml --fail-on notice --quiet", 1),  # nobody has reviewed the new purpose
        ("diff registry.yaml inform.yaml --fail-on inform", 1),
    ],
)
def test_fail_on_of_a_command_decides_the_exit_code(run: Run, arguments: str, code: int) -> None:
    result = run(*arguments.split())
    assert (result.code, result.err) == (code, "")
    assert bool(result.out) is ("--quiet" not in arguments)


def test_output_option_with_a_failing_write_keeps_the_old_file(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path("folder/list.csv")
    assert run("list", "-f", "csv", "-o", str(file)) == (0, "", "")
    before = file.read_text()
    assert before.splitlines()[1].startswith("alpha,Alpha,")
    monkeypatch.setattr(os, "fsync", Mock(side_effect=OSError(ENOSPC, "No space left")))
    result = run("list", "-f", "json", "-o", str(file))
    assert result == (2, "", f"subproc: {file}: cannot be written: No space left\n")
    assert (file.read_text(), list(file.parent.iterdir())) == (before, [file])


def test_main_after_an_unexpected_error_prints_one_line_and_exits_70(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "read_registry", Mock(side_effect=RuntimeError("lost")))
    result = run("list")
    assert (result.code, result.err.splitlines()[0]) == (70, "subproc: this is a bug: RuntimeError: lost")
    monkeypatch.setattr(source, "read_registry", Mock(side_effect=KeyboardInterrupt))
    assert run("list") == (130, "", "")


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ("", "", False),
        ("--color always", "", True),
        ("", "FORCE_COLOR", True),
        ("", "FORCE_COLOR NO_COLOR", False),
        ("--color never", "FORCE_COLOR", False),
        ("-f json --color always", "", False),
    ],
)
def test_color_option_and_environment_switch_colors(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: str, environment: str, *, coloured: bool
) -> None:
    for name in environment.split():
        monkeypatch.setenv(name, "1")
    assert ("\x1b[" in run("list", *arguments.split()).out) is coloured


def test_registry_option_and_parent_folders_locate_the_registry(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alpha = run("list", "-f", "csv").out
    assert run("list", "-f", "csv", "-r", "-", stdin=SMALL.encode()).out == alpha
    monkeypatch.chdir(tmp_path / "folder")
    assert run("list", "-f", "csv").out == alpha  # in a parent folder
    (tmp_path / "registry.yaml").unlink()
    result = run("list")
    assert result.code == 3
    assert result.err.startswith(
        "subproc: no registry.yaml in this folder or a parent folder (create one with subproc init"
    )
    monkeypatch.setenv("SUBPROC_REGISTRY", str(tmp_path / "notice.yaml"))
    assert "beta,Beta,in-use,subprocessor,,always,US" in run("list", "-f", "csv").out
    assert "beta,Beta,in-use,subprocessor,chat" in run("list", "-f", "csv", "-r", "../inform.yaml").out


def test_each_module_of_commands_has_a_row_in_the_help() -> None:
    modules = {path.stem for path in Path(commands.__file__).parent.glob("[!_]*.py")}
    assert {module.removesuffix("_") for module in modules} == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_starts_with_its_usage(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: subproc {command} ")


@pytest.mark.parametrize("arguments", ["help", "help which", ""])
def test_help_command_prints_the_same_as_the_help_option(run: Run, arguments: str) -> None:
    name = arguments.removeprefix("help").split()
    assert run(*arguments.split())[1:] == run(*name, "--help")[1:]


def test_message_at_a_narrow_terminal_wraps_between_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run("show", "alfa").err.split()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "dumb")
    for columns in (20, 40, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        told = run("show", "alfa").err
        assert told.split() == said
        assert max(map(len, told.splitlines())) <= columns
    monkeypatch.setenv("COLUMNS", "40")
    lines = run("which", "see email and " * 9 + "see emial").err.splitlines()
    text, caret = next(pair for pair in itertools.pairwise(lines) if pair[1].strip("^ ") == "")
    assert text[caret.index("^") :] == "emial"
    assert max(map(len, (text, caret))) <= 40


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("subproc: short", ["subproc: short"]),
        (
            "subproc: there is no service here (see: subproc list --all)",
            ["subproc: there is no service", "  here", "  (see: subproc list --all)"],
        ),
        (
            "  write it: subproc fmt registry.yaml; or not",
            ["  write it:", "    subproc fmt registry.yaml;", "    or not"],
        ),
        (
            "now send: subproc notice old.yaml --out letters",
            ["now send:", "  subproc notice old.yaml --out letters"],
        ),
        (
            "a-word-that-is-longer-than-the-terminal is whole",
            ["a-word-that-is-longer-than-the-terminal", "  is whole"],
        ),
        ("(brackets that are longer than a line)", ["(brackets that are longer than", "  a line)"]),
        ("two\nlines", ["two", "lines"]),
    ],
)
def test_wrap_text_breaks_lines_at_the_width(text: str, lines: list[str]) -> None:
    assert wrap_text(text, 30).split("\n") == lines


@pytest.fixture
def process() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "subproc_cli", "show", "google-cloud", "-r", str(REAL)]
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with subprocess.Popen(command, env=bare, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        yield started


@pytest.mark.slow
def test_show_without_a_locale_prints_unicode_text(process: "subprocess.Popen[bytes]") -> None:
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert rb"Sir John Rogerson's Quay" in out


@pytest.mark.slow
def test_command_whose_pipe_is_closed_exits_without_an_error(process: "subprocess.Popen[bytes]") -> None:
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", 0)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("list --columns data,processing --sort name", 0, "Service  Data"),
        ("list --columns name,id", 0, "Service  Id\nAlpha    alpha\nBeta     beta\n"),
        ("list --where see email", 2, "extra argument(s) (email) (put several words in quotes)"),
        (
            "list --columns contry",
            2,
            "--columns: there is no column 'contry' (did you mean country?)",
        ),
        ("list --columns entty", 2, "did you mean entity?"),
        ("list --columns sees,never_sees --sort processing", 0, "Service  Data"),
        ("list --columns place,activation,entity.country", 0, "Service  Processing  Used    Country"),
        ("categories email account -f csv", 0, "\nidentity.email,email address,"),
        ("categories account -f csv", 0, "\naccount.credentials,"),
        ("categories emial", 2, "'emial' is not a data category (did you mean email?)"),
        ("show alpha beta", 0, "\nBeta\n===="),
        ("show alpha beta -f csv", 0, "service,name,state,"),
        ("show alpha beta -f json", 0, '"schema": "subproc/services/1"'),
        ("show alpha gamma", 2, "there is no service 'gamma'"),
        ("list --sort nme", 2, "--sort: unknown order 'nme' (did you mean name?)"),
        ("list --where frobnicate", 2, "is not understood here"),
        ("matrix --where frobnicate", 2, "is not understood here"),
    ],
)
def test_list_with_columns_sort_and_filters_prints_them(
    run: Run, arguments: str, code: int, said: str
) -> None:
    result = run(*arguments.split())
    assert result.code == code
    assert said in result.out + result.err


def test_where_option_keeps_services_that_answer_yes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "-r", str(REAL), "--where", "process outside the EU", "-f", "csv"]) == 0
    said = capsys.readouterr()
    assert [row.split(",")[0] for row in said.out.splitlines()] == ["service", "intercom"]
    assert "left out because the list does not state it: stripe, logrocket" in said.err
    for command in ("list", "matrix"):
        assert main([command, "-r", str(REAL), "--where", "process outside the EU"]) == 0
        said = capsys.readouterr()
        told = "1 service. Not shown, but cannot be ruled out: Stripe, LogRocket, "
        assert told in " ".join(said.out.split())
        assert said.err == ""
    assert main(["list", "-r", str(REAL), "--sort", "place", "-f", "csv"]) == 0
    order = [row.split(",")[0] for row in capsys.readouterr().out.splitlines()]
    assert order[1:4] == ["datadog", "customer-io", "deepl"]
    assert order[-1] == "linkedin-insight-tag"
    assert main(["list", "-r", str(REAL), "--where", "process outside the EU", "--sort", "nme"]) == 2
    assert capsys.readouterr().err == "subproc: --sort: unknown order 'nme' (did you mean name?)\n"


def test_list_ends_with_the_number_of_services(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "-r", str(REAL)]) == 0
    told = "12 services. 1 retired: subproc list --all."
    assert " ".join(capsys.readouterr().out.split()).endswith(told)
    assert main(["list", "-r", str(REAL), "--all"]) == 0
    told = "13 services."
    assert " ".join(capsys.readouterr().out.split()).endswith(told)


@pytest.mark.parametrize("command", [["which", "see", "email"], ["list"], ["matrix"], ["show", "stripe"]])
def test_at_option_before_the_first_revision_prints_a_note(
    capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "-r", str(REAL), "--at", "2022-08-01"]) == 0
    assert "so a service without a start date counts as in use on 2022-08-01 (" in capsys.readouterr().err
    assert main([*command, "-r", str(REAL), "--at", "2023-05-24"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("number", [12, 60])
def test_matrix_has_one_row_for_each_service(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    services = "".join(
        f"  service-{each:02}: {{name: Service {each:02}, sees: [identity.email]}}\n"
        for each in range(number)
    )
    file = tmp_path / "registry.yaml"
    file.write_text(
        f"format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n{services}",
        encoding="utf-8",
    )
    for options in ([], ["--columns", "email,name,content"], ["--sort", "name"]):
        assert main(["matrix", "-r", str(file), *options]) == 0
        lines = capsys.readouterr().out.splitlines()
        tables = 1 if "--columns" in options else 3  # all kinds of data do not fit into one of 80 columns
        assert sum(line.startswith("Service ") for line in lines) == tables * (number + 1)  # with the headers
        assert max(map(len, lines)) <= 80
        assert lines[-1] == f"{number} services."
        if "--columns" in options:
            assert [line.split()[:4] for line in lines if line.startswith("Number of ")] == [
                ["Number", "of", "yes", str(number)],
                ["Number", "of", "?", "0"],
            ]
        assert sum(line.startswith("yes: it sees this data;") for line in lines) == 1
    assert main(["matrix", "-r", str(file), "--columns", "email,name", "-f", "csv"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == (
        "service,name,identity.email,identity.name,at,version,question,reading,cannot_be_ruled_out"
    )
    assert rows[1].startswith("service-00,Service 00,yes,unknown,")
    assert main(["matrix", "-r", str(file), "--columns", "emial"]) == 2
    assert "'emial' is not a data category (did you mean email?)" in capsys.readouterr().err


def test_places_lists_the_countries_that_a_law_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "--at", "2024-06-01"]) == 0
    out = capsys.readouterr().out
    assert "\nCH     Switzerland" in out
    assert "Afghanistan" not in out
    said = " ".join(out.split())
    assert said.endswith(
        "195 other countries: not adequate under any law, and not in a region that a treaty defines."
    )
    assert main(["places", "AF"]) == 0
    assert "Afghanistan" in capsys.readouterr().out
    assert main(["places", "-f", "csv"]) == 0
    assert "Afghanistan" in capsys.readouterr().out


def test_list_of_an_entity_without_a_name_shows_its_country(run: Run, tmp_path: Path) -> None:
    text = (
        "  a: {name: A, entity: {country: US}}\n  b: {name: B, entity: {address: 1 Road}}\n  c: {name: C}\n"
    )
    (tmp_path / "registry.yaml").write_text(f"{TOP}{text}", encoding="utf-8")
    for form in ("text", "markdown"):
        said = run("list", "--columns", "entity", "-f", form).out
        assert said.count("not stated (in US)") == 1
        assert "Span" not in said


def test_matrix_option_with_its_former_name_works_and_prints_a_note(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["matrix", "-r", str(REAL), "--every-category", "-f", "csv"]) == 0
    expected = capsys.readouterr().out
    assert main(["matrix", "-r", str(REAL), "--all", "-f", "csv"]) == 0
    captured = capsys.readouterr()
    assert captured.out == expected
    assert captured.err == "subproc: --all has been renamed: use --every-category\n"
