"""The commands that edit a list, typed as a user types them: init, add, set, retire, fmt, schema."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from registry_text import HEAD
from subproc_cli.cli.main import main

ROOT = Path(__file__).parent.parent.parent
LIST = """\
format: 1
publisher: Example GmbH
version: 1.0.0
date: 2024-01-01
services:
  # the first
  mail:
    name: Example Mail
    sees: [identity.email]  # to send to
    processing:
      - NL
      - {place: US, how: remote-access}
    entity: {country: NL}
"""
CHAT = """\
  example-chat:
    name: Example Chat
    sees: [communications.chat, identity.name]
    processing: [DE]
    entity: {country: DE}
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    found = tmp_path / "registry.yaml"
    found.write_text(LIST, encoding="utf-8")
    return found


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        (["set", "mail", "name", "Mail: it"], "name: Example Mail", 'name: "Mail: it"'),
        (["set", "Example Mail", "entity.country", "Ireland"], "{country: NL}", "{country: IE}"),
        (["set", "mail", "entity.name", "A Ltd."], "{country", "{name: A Ltd., country"),
        (["set", "mail", "sees", "name"], "[identity.email]", "[identity.name]"),
        (["set", "mail", "sees", "--add", "name"], "email]", "email, identity.name]"),
        (
            ["set", "mail", "sees", "--add", "name, chat"],
            "email]",
            "email, identity.name, communications.chat]",
        ),
        (["set", "mail", "sees", "name, chat"], "[identity.email]", "[identity.name, communications.chat]"),
        (
            ["set", "mail", "certifications", "ISO 27001, SOC 2"],
            "NL}\n",
            'NL}\n    certifications: ["ISO 27001, SOC 2"]\n',
        ),
        (["set", "mail", "transfer", "scc,dpf"], "NL}\n", "NL}\n    transfer: [scc, dpf]\n"),
        (
            ["set", "mail", "processing", "--remove", "USA,NL"],
            "    processing:\n      - NL\n      - {place: US, how: remote-access}\n",
            "",
        ),
        (["set", "mail", "sees", "--add", "content", "--remove", "email"], "identity.email", "content"),
        (["set", "mail", "processing", "--remove", "Netherlands"], "      - NL\n", ""),
        (["set", "mail", "processing", "--remove", "USA"], "      - {place: US, how: remote-access}\n", ""),
        (
            ["set", "mail", "processing", "--add", "{place: UK, when: x}"],
            "access}\n",
            "access}\n      - {place: GB, when: x}\n",
        ),
        (["set", "mail", "entity", "--unset"], "    entity: {country: NL}\n", ""),
        (["set", "mail", "sees", "--remove", "email"], "    sees: [identity.email]  # to send to\n", ""),
        (["retire", "mail", "--until", "2024-06-01"], "NL}\n", "NL}\n    until: 2024-06-01\n"),
        (
            ["add", "Example Chat", "--sees", "chat,name", "--processing", "Germany", "--country", "DE"],
            "{country: NL}\n",
            "{country: NL}\n" + CHAT,
        ),
    ],
)
def test_edit_changes_only_the_lines_of_the_field(
    capsys: pytest.CaptureFixture[str], file: Path, arguments: list[str], old: str, new: str
) -> None:
    code, out, err = run(capsys, *arguments, "--diff")
    assert (code, err, file.read_text("utf-8")) == (0, "", LIST)
    assert out.startswith("--- a/registry.yaml\n+++ b/registry.yaml\n@@ ")
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (0, "", 1)
    assert file.read_text("utf-8") == LIST.replace(old, new)
    file.write_text(LIST, encoding="utf-8")
    assert run(capsys, *arguments, "--quiet") == (0, "", "")
    assert file.read_text("utf-8") == LIST.replace(old, new)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (
            ["set", "notice.days", "30"],
            "(it is a field of the list: write notice: {days: 30} into registry.yaml, before services)",
        ),
        (
            ["set", "contacts.dpo.mail", "dpo@example.com"],
            "(it is a field of the list: write contacts: {dpo: {mail: dpo@example.com}} into registry.yaml, before",
        ),
        (["set", "publisher", "x"], "write publisher: x into registry.yaml, which has publisher in line "),
        (
            ["set", "services", "x"],
            "there is no service 'services' in registry.yaml (see: subproc list --all)",
        ),
        (["set", "mial", "name", "x"], "there is no service 'mial' in registry.yaml (did you mean mail?)"),
        (["set", "name", "mail", "x"], "'name' in registry.yaml (did you mean: subproc set mail name …?)"),
        (["set", "entity.name", "Example Mail", "x"], "did you mean: subproc set mail entity.name …?"),
        (["set", "mail", "processing", "Ireland, Germny"], "did you mean Germany?"),
        (["fmt", "registry.yaml", "-r", "nope"], "two registries are named: registry.yaml and nope"),
        (["set", "mail", "country", "DE"], "(did you mean entity.country?)"),
        (["set", "mail", "dpa", "https://example.com"], "dpa consists of several fields (set one of dpa."),
        (["set", "mail", "location", "DE"], "(did you mean processing?)"),
        (
            ["set", "mail", "entity.zzz", "x"],
            "(one of entity.name, entity.address, entity.country, entity.parent)",
        ),
        (["set", "mail", "prupose", "x"], "there is no field 'prupose' of a service (did you mean purpose?)"),
        (["set", "mail", "entity.contry", "x"], "(did you mean entity.country?)"),
        (["set", "mail", "id", "x"], "an id never changes"),
        (["set", "mail", "entity", "x"], "set one of entity.name, entity.address"),
        (["set", "mail", "name"], "set needs a VALUE, --add or --remove, or --unset"),
        (["set", "mail", "name", "--add", "x"], "name is not a list"),
        (["set", "mail", "sees", "--remove", "content"], "(it contains identity.email)"),
        (["set", "mail", "sees", "[content"], "is not valid YAML"),
        (["set", "mail", "name", "--unset"], "SP004 missing-field"),
        (["set", "mail", "processing", "Norwey"], "did you mean Norway?"),
        (["set", "mail", "role", "procesor"], "did you mean processor?"),
        (["set", "mail", "since", "soon"], "write it as YYYY-MM-DD"),
        (["retire", "mail", "--until", "2024-13-01"], "is not a valid date"),
        (["add", "MAIL"], "the id mail already exists, at registry.yaml:7:3"),
        (["add", "!!"], "choose one with --id: letters, digits and hyphens"),
        (["add", "x", "--id", "A B"], "did you mean a-b?"),
        (["add", "x", "--sees", "emial"], "'emial' is not a data category (did you mean identity.email?)"),
        (["init", "--publisher", "x"], "registry.yaml: the file already exists"),
        (["init", "new.yaml"], "init needs --publisher NAME if there is no terminal to ask at"),
        (["init", "new.yaml", "--publisher", " "], "publisher is empty"),
    ],
)
def test_edit_with_an_error_leaves_the_file_unchanged(
    capsys: pytest.CaptureFixture[str], file: Path, arguments: list[str], part: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert part in err
    assert [each.name for each in file.parent.iterdir()] == ["registry.yaml"]
    assert file.read_text("utf-8") == LIST


def test_edit_without_effect_reports_the_current_value(capsys: pytest.CaptureFixture[str]) -> None:
    for typed, told in (
        ("name|Example Mail", "name is already Example Mail"),
        ("sees|email", "sees is already email"),
        ("sees|--add|email", "sees already contains email"),
        ("retention|--unset", "retention is not stated"),
    ):
        said = f"mail: nothing to change: {told}, in registry.yaml\n"
        assert run(capsys, "set", "mail", *typed.split("|")) == (0, "", said)
    until = ("retire", "mail", "--until", "2024-06-01")
    assert run(capsys, *until) == (0, "", "mail: no longer in use from 2024-06-01, in registry.yaml\n")
    told = "mail: nothing to change: already no longer in use from 2024-06-01, in registry.yaml\n"
    assert run(capsys, *until) == (0, "", told)


def test_fmt_with_a_file_ignores_the_environment_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUBPROC_REGISTRY", "nope")
    assert run(capsys, "fmt", "registry.yaml", "--check") == (0, "", "")


def test_edit_of_an_invalid_registry_is_refused(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_text(LIST.replace("NL}", "XX}"), encoding="utf-8")
    assert run(capsys, "retire", "mail", "--until", "2024-06-01")[0] == 3
    assert run(capsys, "fmt")[0] == 3


def test_edit_with_a_hostile_name_escapes_it(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    hostile = "\x1b[31mA\u202e\r\n=1"
    _, out, _ = run(capsys, "set", "mail", "name", hostile, "--diff")
    assert '+    name: "\\u001b[31mA\\u202e\\r\\n=1"\n' in out
    assert run(capsys, "add", hostile, "--id", "x")[0] == 0
    assert hostile.encode() not in file.read_bytes()
    assert run(capsys, "show", "x")[0] == 0


def test_fmt_reports_and_writes_the_canonical_form(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert run(capsys, "fmt", "--check") == (0, "", "")
    file.write_text(LIST.replace("- NL", "- Holland"), encoding="utf-8")
    said = "registry.yaml:11: services.mail.processing[0]: Holland is NL\nsubproc: registry.yaml: 1 change"
    assert run(capsys, "fmt", "--check") == (1, "", f"{said} needed\n")
    assert run(capsys, "fmt", "--check", "--quiet", "registry.yaml", "registry.yaml") == (1, "", "")
    code, out, err = run(capsys, "fmt", "--diff")
    assert (code, err) == (0, "")
    assert "\n-      - Holland\n+      - NL\n" in out
    assert run(capsys, "fmt") == (0, "", f"{said}\n")
    assert file.read_text("utf-8") == LIST


@pytest.mark.slow
def test_fmt_and_set_of_standard_input_write_to_standard_output(file: Path) -> None:
    text = LIST.replace("- NL", "- Holland")
    command = [sys.executable, "-m", "subproc_cli"]
    for arguments in (["fmt", "-"], ["set", "-r", "-", "mail", "processing", "--remove", "USA"]):
        done = subprocess.run(
            [*command, *arguments], input=text.encode(), capture_output=True, check=True, cwd=file.parent
        )
        lines = done.stdout.decode().splitlines()
        assert ("      - NL" in lines) == (arguments[0] == "fmt")
        assert len(lines) == len(text.splitlines()) - (arguments[0] == "set")


def test_init_with_all_options_asks_nothing(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    (file.parent / "registry.schema.json").write_text("{}", encoding="utf-8")
    file.unlink()
    options = ["--notice-days", "30", "--contact", "privacy@example.com", "--date", "2024-01-01"]
    services = ["--service", "Example Mail", "--service", "Example Mail"]
    code, out, err = run(capsys, "init", "--publisher", "Example: GmbH", *options, *services)
    assert (code, out, err) == (0, "", "registry.yaml: created; next: subproc check\n")
    assert file.read_text("utf-8") == (
        "# yaml-language-server: $schema=registry.schema.json\n"
        "# A field that is missing means: not stated. It never means: none.\n"
        "# Words for data: subproc categories. Words for places: subproc places.\n"
        'format: 1\npublisher: "Example: GmbH"\nversion: 1.0.0\ndate: 2024-01-01\nlaw: [eu-gdpr]\n'
        "notice: {days: 30, contact: privacy@example.com}\n\n"
        "services:\n  example-mail:\n    name: Example Mail\n  example-mail-2:\n    name: Example Mail\n"
    )
    assert run(capsys, "fmt", "--check")[0] == 0
    assert run(capsys, "init", "new.yaml", "--publisher", "Example GmbH", "--quiet") == (0, "", "")


@pytest.mark.parametrize(
    ("contact", "code"),
    [
        ("foo", 2),
        ("privacy@example", 2),
        ("https://example.com/object", 0),
        ("Data protection office <privacy@example.com>", 0),
    ],
)
def test_init_with_a_contact_needs_a_mail_or_web_address(
    contact: str, code: int, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.unlink()
    done, _, err = run(capsys, "init", "--publisher", "Example GmbH", "--contact", contact)
    assert (done, file.exists()) == (code, code == 0)
    if code:
        assert err == (
            f"subproc: --contact {contact!r} is not a mail or web address (for example: --contact"
            " privacy@example.com or --contact https://example.com/object)\n"
        )


@pytest.mark.parametrize(
    ("word", "law"),
    [("gdpr", "eu-gdpr"), ("DSGVO", "eu-gdpr"), ("uk", "uk-gdpr"), ("nFADP", "ch-fadp"), ("lgpd", "")],
)
def test_init_with_another_name_of_a_law_proposes_its_key(
    word: str, law: str, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.unlink()
    code, _, err = run(capsys, "init", "--publisher", "Example GmbH", "--law", word)
    assert code == 2
    assert ("did you mean" in err) == bool(law)
    assert not law or f"(did you mean {law}?)" in err


@pytest.mark.slow
def test_init_at_a_terminal_asks_for_each_field(file: Path) -> None:
    file.unlink()
    typed = [
        "",
        "Example GmbH",
        "14",
        "10",
        "30",
        "privacy@example.com",
        "nowhere.html",
        "",
        "Example Mail",
        "Sending mail",
        "emial",
        "email, name",
        "NL",
        "",
    ]
    ours, theirs = pty.openpty()
    os.write(ours, "".join(f"{line}\n" for line in typed).encode())
    command = [sys.executable, "-m", "subproc_cli", "init"]
    done = subprocess.run(command, stdin=theirs, capture_output=True, check=True, text=True, cwd=file.parent)
    os.close(theirs)
    os.close(ours)
    assert done.stdout == ""
    assert done.stderr.endswith("registry.yaml: created; next: subproc check\n")
    for said in (
        "'emial' is not known (did you mean email?)",
        "enter an address",
        "nowhere.html: no such file",
    ):
        assert said in done.stderr
    assert file.read_text("utf-8").endswith(
        "notice: {days: 14, objection_days: 10, contact: privacy@example.com}\n\nservices:\n  example-mail:\n    name: Example Mail\n"
        "    purpose: Sending mail\n    sees: [identity.email, identity.name]\n    processing: [NL]\n"
    )


def test_init_with_a_page_imports_its_services(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.unlink()
    page = file.with_name("page.md")
    page.write_text("| Name | Location |\n| --- | --- |\n| Example Mail | Germany |\n", encoding="utf-8")
    code, _, err = run(
        capsys, "init", "--publisher", "Example GmbH", "--notice-days", "30", "--page", str(page)
    )
    assert code == 0
    assert "1 value of the list is marked as guessed" in err
    text = file.read_text("utf-8")
    assert "notice: {days: 30}" in text
    assert "  example-mail:\n    name: Example Mail\n    processing:\n      - DE  # guessed\n" in text
    file.unlink()
    assert run(capsys, "init", "--publisher", "Example GmbH", "--page", "nowhere.md")[0] == 3
    assert not file.exists()
    services = ("--service", "example mail", "--service", "Example Chat")
    _, _, err = run(capsys, "init", "--publisher", "Example GmbH", *services, "--page", str(page))
    assert "- example-mail: processing was not stated and is added\n" in err
    assert "- example-chat: is in the registry but not in the file\n" in err


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("add", "Example Chat", "--processing", "Atlantis"), "services.example-chat.processing[0]"),
        (("set", "example-host", "processing", "Atlantis"), "services.example-host.processing[0]"),
    ],
)
def test_refused_edit_names_the_field_and_no_line_that_the_file_does_not_have(
    arguments: tuple[str, ...], field: str, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    service = "services:\n  example-host:\n    name: Example Host\n    processing: [NL]\n"
    file.write_text(f"{HEAD}{service}", encoding="utf-8")
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert err.startswith(
        f"registry.yaml: {field}: SP008 unknown-place: place: 'Atlantis' is not a known place"
    )
    assert "registry.yaml: this edit would make the registry invalid; nothing was written" in err


def test_init_with_a_dated_page_takes_the_date_of_the_page(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    page = file.with_name("page.md")
    page.write_text("Last updated: 3 March 2025\n\n| Name |\n| --- |\n| Example Mail |\n", encoding="utf-8")
    options = ("init", "--publisher", "Example GmbH", "--page", str(page), "-q")
    for extra, day in (((), "2025-03-03"), (("--date", "2026-01-31"), "2026-01-31")):
        file.unlink()
        assert run(capsys, *options, *extra) == (0, "", "")
        assert f"\ndate: {day}\n" in file.read_text("utf-8")


def test_schema_with_output_writes_the_printed_schema(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    target = file.with_name("registry.schema.json")
    assert run(capsys, "schema", "-o", str(target)) == (0, "", "")
    assert run(capsys, "schema")[1] == target.read_text("utf-8")
