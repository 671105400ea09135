"""A year of an invented company with 120 customers: what the program knows at the end agrees with a model of its own.

The model is plain: for each customer it holds the day on which it was told of each service, and the dates that its
contract gives. It shares no code with the program.
"""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from subproc_cli.cli.main import main

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

COUNT = 120
LANGUAGES, LAWS = ("en", "de", "fr"), ("eu-gdpr", "uk-gdpr", "ch-fadp")
DAYS, OBJECTION_DAYS = (30, 45, None, 60), (14, None, 21)
LIST_DAYS, LIST_OBJECTION_DAYS = 30, 20
SPECIFIC, ASSISTED = 11, (0, 5)
"""The contract with a specific authorisation, and those that have switched the assistant on."""
WITHOUT_ADDRESS = tuple(range(7, COUNT, 26))
NEVER_REACHED = WITHOUT_ADDRESS[3:]
BOUNCING = (20, 21, 22, 23, 24)
OBJECTING = {31: "mail", 32: "mail", 40: "backup", 41: "backup", 42: "backup"}
WITHDRAWN = (32, 42)


class Contract(NamedTuple):
    number: int

    @property
    def days(self) -> int | None:
        return DAYS[self.number % 4]

    @property
    def objection_days(self) -> int | None:
        return OBJECTION_DAYS[self.number % 3]

    @property
    def product(self) -> str:
        return "Surveys" if self.number % 2 == 0 else "Forms"


class Told(NamedTuple):
    """What the model knows of one letter about one service."""

    customer: int
    service: str
    day: date


def contract(customer: int) -> Contract:
    return Contract(customer % 12)


def name(customer: int) -> str:
    return f"Customer {customer:03}"


def last_day(start: date, days: int) -> date:
    """Return the last day of a period, which never ends at a weekend."""
    day = start + timedelta(days=days)
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def service(key: str, title: str, country: str, more: str = "") -> str:
    city = {"DE": "10115 Berlin, Germany", "IE": "Dublin 2, Ireland"}[country]
    return f"""\
  {key}:
    name: {title}
    purpose: {title} for the customers of the publisher
    sees: [identity.email, content]
    processing: [{country}]
    entity: {{name: {title} GmbH, address: "Musterstraße 1, {city}", country: {country}}}
    contact: privacy@{key}.example.com
    dpa: {{signed: 2025-06-01}}
{more}"""


HOSTING, MAIL = service("hosting", "Hosting", "DE"), service("mail", "Mail", "DE")
SURVEY = service("survey", "Survey", "DE", "    products: [Surveys]\n")
BACKUP, CORRECTED = service("backup", "Backup", "DE"), service("backup", "Backup", "IE")
SEARCH, ASSISTANT = (
    service("search", "Search", "DE"),
    service("assistant", "Assistant", "DE", "    activation: opt-in\n"),
)
RELEASES = {
    "1.0.0": ("2025-12-01", HOSTING),
    "2.0.0": ("2026-01-12", HOSTING + MAIL),
    "3.0.0": ("2026-03-02", HOSTING + MAIL + SURVEY),
    "4.0.0": ("2026-04-20", HOSTING + MAIL + SURVEY + BACKUP),
    "4.0.1": ("2026-05-04", HOSTING + MAIL + SURVEY + CORRECTED),
    "5.0.0": ("2026-08-03", HOSTING + MAIL + SURVEY + CORRECTED + SEARCH),
    "6.0.0": ("2026-10-05", HOSTING + MAIL + SURVEY + CORRECTED + SEARCH + ASSISTANT),
}


def write_lists() -> None:
    for version, (day, services) in RELEASES.items():
        head = f"format: 1\npublisher: Example GmbH\nversion: {version}\ndate: {day}\nlaw: [eu-gdpr]\n"
        terms = f"notice: {{days: {LIST_DAYS}, objection_days: {LIST_OBJECTION_DAYS}, contact: privacy@example.com}}\n"
        Path(f"{version}.yaml").write_text(f"{head}{terms}services:\n{services}", encoding="utf-8")


def write_customers(
    without_address: tuple[int, ...], moved: tuple[int, ...] = (), *, is_autumn: bool = False
) -> None:
    rows = []
    for customer in range(COUNT):
        terms = contract(customer)
        row: dict[str, Any] = {
            "name": name(customer),
            "address": f"c{customer}{'-new' if customer in moved else ''}@example.com",
            "language": LANGUAGES[terms.number % 3],
            "regime": LAWS[terms.number // 3 % 3],
            "days": terms.days,
            "objection_days": terms.objection_days,
            "products": terms.product,
            "features": "assistant" if is_autumn and terms.number in ASSISTED else "none",
            "authorisation": "specific" if terms.number == SPECIFIC else "general",
        }
        rows.append(row | ({"address": None} if customer in without_address else {}))
    with Path("customers.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def words(old: str, new: str, day: str, *more: str) -> list[str]:
    command = f"notice {old}.yaml {new}.yaml --sent {day} -c customers.csv --out letters -f text --record sent.jsonl"
    return [*command.split(), *more]


KILLED = """
import os, resource, signal, sys
from subproc_cli.cli.main import main
from subproc_cli.notice.ledger import ledger
from subproc_cli.notice.runs import run_files
where, step = sys.argv[1], int(sys.argv[2])
def count(real, is_counted=lambda *_: True):
    def wrapped(*given, **options):
        global step
        step -= is_counted(*given)
        if step == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **options)
    return wrapped
if where == "letter":
    run_files.write_into = count(run_files.write_into, lambda folder, name, *_: name != "index.csv")
elif where == "line":
    ledger._File.append = count(ledger._File.append)
elif where == "index":
    run_files.write_into = count(run_files.write_into, lambda folder, name, *_: name == "index.csv")
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (step, step))
sys.exit(main(sys.argv[3:]))
"""


def run_child(where: str, step: int, command: list[str]) -> int:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, where, str(step), *command], check=False, capture_output=True
    )
    return done.returncode


def verify() -> None:
    assert main(["notice", "--verify", "sent.jsonl"]) == 0


def respond(customer: int, *answer: str) -> None:
    assert main(["respond", name(customer), *answer, "--record", "sent.jsonl", "--quiet"]) == 0


class Model:
    """What the company knows of its own letters."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.returned: set[Told] = set()

    def tell(self, service: str, day: str, customers: list[int]) -> None:
        self.told += [Told(customer, service, date.fromisoformat(day)) for customer in customers]

    def list_reached(self) -> Counter[Told]:
        return Counter(told for told in self.told if told not in self.returned)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Model]:
    """Return the folder of the company after a year, and the model of it."""
    folder, before = tmp_path_factory.mktemp("year"), Path.cwd()
    os.chdir(folder)
    try:
        return folder, live_through_the_year()
    finally:
        os.chdir(before)


def live_through_the_year() -> Model:
    model = Model()
    write_lists()
    for live_through in (january, march, april, may, october):
        live_through(model)
    return model


EVERYBODY = [*range(COUNT)]
REACHABLE = [customer for customer in EVERYBODY if customer not in NEVER_REACHED]


def january(model: Model) -> None:
    """A new service: the run is killed in every phase, and repeated."""
    write_customers(WITHOUT_ADDRESS)
    command = words("1.0.0", "2.0.0", "2026-01-12")
    for where, step in (
        ("index", 1),
        ("letter", 3),
        ("letter", 50),
        ("line", 67),
        ("line", 68),
        ("index", 2),
    ):
        assert run_child(where, step, command) < 0
        if Path("sent.jsonl").exists() and Path("sent.jsonl").stat().st_size:
            verify()
    assert main(command) == 0
    model.tell("mail", "2026-01-12", [each for each in EVERYBODY if each not in WITHOUT_ADDRESS])


def march(model: Model) -> None:
    """A service of one product: some have an address by now, and missed the letter of January; the disk is full."""
    write_customers(NEVER_REACHED)
    command = words("2.0.0", "3.0.0", "2026-03-02")
    assert main(command) == 1
    assert main([*command, "--dry-run", "-q"]) == 1
    limit = Path("sent.jsonl").stat().st_size + 30_000
    assert run_child("disk", limit, [*command, "--catch-up"]) == 2
    verify()
    assert main([*command, "--catch-up"]) == 0
    found = [each for each in WITHOUT_ADDRESS if each not in NEVER_REACHED]
    model.tell("mail", "2026-03-02", found)
    with_surveys = [
        each for each in EVERYBODY if contract(each).product == "Surveys" and each not in NEVER_REACHED
    ]
    model.tell("survey", "2026-03-02", with_surveys)
    for customer, about in OBJECTING.items():
        if about == "mail":
            respond(customer, "objection", "--service", "mail", "--on", "2026-01-20")


def april(model: Model) -> None:
    """An urgent service, two weeks before it is needed: some mails come back, and are sent to another address."""
    command = words("3.0.0", "4.0.0", "2026-04-20", "--effective", "2026-05-04", "--catch-up")
    assert main(command) == 1
    assert main([*command, "--urgent", "the earlier vendor stops"]) == 0
    model.tell("backup", "2026-04-20", REACHABLE)
    for customer in BOUNCING:
        respond(customer, "bounce", "--on", "2026-04-21")
        model.returned.add(Told(customer, "backup", date(2026, 4, 20)))
    write_customers(NEVER_REACHED, BOUNCING)
    again = words(
        "3.0.0",
        "4.0.0",
        "2026-04-22",
        "--effective",
        "2026-05-04",
        "--urgent",
        "the earlier vendor stops",
        "--catch-up",
    )
    assert main(again) == 0
    model.tell("backup", "2026-04-22", list(BOUNCING))
    for customer, about in OBJECTING.items():
        if about == "backup":
            respond(customer, "objection", "--service", "Backup", "--on", "2026-04-28", "--note", "too soon")


def may(model: Model) -> None:
    """A correction: the place of the urgent service was wrong."""
    command = words("3.0.0", "4.0.1", "2026-05-04", "--catch-up")
    assert main(command) == 0
    model.tell("backup corrected", "2026-05-04", REACHABLE)
    for customer in WITHDRAWN:
        respond(customer, "withdrawal", "--on", "2026-05-11")


def october(model: Model) -> None:
    """A moved base: nobody was told of the release of August, and the run starts from it."""
    write_customers(NEVER_REACHED, BOUNCING, is_autumn=True)
    command = words("5.0.0", "6.0.0", "2026-10-05")
    assert main(command) == 1
    assert main([*command, "--catch-up"]) == 0
    model.tell("search", "2026-10-05", REACHABLE)
    assisted = [each for each in REACHABLE if contract(each).number in ASSISTED]
    model.tell("assistant", "2026-10-05", assisted)
    for customer in EVERYBODY:
        if contract(customer).number == SPECIFIC and customer not in NEVER_REACHED:
            respond(customer, "approval", "--service", "search", "--on", "2026-10-12")


def read_status(capsys: pytest.CaptureFixture[str], day: str = "2026-11-23") -> dict[str, Any]:
    assert main(["status", "--record", "sent.jsonl", "--at", day, "-f", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.fixture
def status(
    year: tuple[Path, Model], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    monkeypatch.chdir(year[0])
    capsys.readouterr()
    return read_status(capsys)


def list_told(status: dict[str, Any]) -> Counter[Told]:
    """Return what the program says that customers were told of, in the words of the model."""
    found: Counter[Told] = Counter()
    for notice in status["notices"]:
        is_correction = notice["new"]["version"] == "4.0.1"
        for each in notice["services"]:
            if each["state"] != "not-reached":
                key = (
                    f"{each['service']} corrected"
                    if is_correction and each["service"] == "backup"
                    else each["service"]
                )
                found[Told(int(notice["customer"].split()[1]), key, date.fromisoformat(notice["sent"]))] += 1
    return found


def test_year_tells_everybody_of_everything_once(year: tuple[Path, Model], status: dict[str, Any]) -> None:
    told, expected = list_told(status), year[1].list_reached()
    assert sorted(expected - told) == []  # nobody is not told
    assert sorted(told - expected) == []  # nobody is told twice, or without need
    assert max(told.values()) == 1


def test_year_keeps_every_period_unless_a_reason_is_given(status: dict[str, Any]) -> None:
    for notice in status["notices"]:
        terms = contract(int(notice["customer"].split()[1]))
        sent, effective = (date.fromisoformat(notice[field]) for field in ("sent", "effective"))
        object_by = last_day(sent, terms.objection_days or LIST_OBJECTION_DAYS)
        assert date.fromisoformat(notice["object_by"]) == object_by
        earliest = last_day(sent, terms.days or LIST_DAYS) + timedelta(days=1)
        if notice["new"]["version"] == "4.0.0":
            assert effective == date(2026, 5, 4)  # urgent, with its reason
        else:
            assert effective >= max(earliest, object_by + timedelta(days=1))


def test_year_ends_with_the_objections_that_were_not_withdrawn(status: dict[str, Any]) -> None:
    open_objections = {
        (int(notice["customer"].split()[1]), each["service"])
        for notice in status["notices"]
        for each in notice["services"]
        if each["state"] == "objection"
    }
    assert open_objections == {item for item in OBJECTING.items() if item[0] not in WITHDRAWN}


def test_year_ends_with_the_customers_who_were_never_reached(status: dict[str, Any]) -> None:
    assert {row["customer"] for row in status["not_reached"]} == {name(each) for each in NEVER_REACHED}


def test_year_asks_a_specific_authorisation_for_each_approval(status: dict[str, Any]) -> None:
    states: Counter[tuple[str, str]] = Counter()
    for notice in status["notices"]:
        if notice["authorisation"] == "specific":
            states.update((each["service"], each["state"]) for each in notice["services"])
    specific = [
        each for each in range(COUNT) if contract(each).number == SPECIFIC and each not in NEVER_REACHED
    ]
    assert states["search", "approved"] == len(specific)
    assert states["mail", "awaiting-approval"] == len(specific) - sum(each in OBJECTING for each in specific)


def test_year_leaves_a_ledger_that_proves_each_letter(
    year: tuple[Path, Model], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(year[0])
    assert main(["notice", "--verify", "sent.jsonl", "--letters", "letters"]) == 0
    lines = [json.loads(line) for line in Path("sent.jsonl").read_bytes().splitlines()]
    issued = Counter((line["customer"], line["letter"]) for line in lines if line["event"] == "issued")
    assert max(issued.values()) == 1
    assert len(issued) == len({(told.customer, told.day) for told in year[1].told})
    runs = [Path("letters"), *(path for path in Path("letters").iterdir() if path.is_dir())]
    for run in runs:
        manifest = json.loads((run / "manifest.json").read_bytes())
        assert manifest["status"] == "complete"
        rows = list(csv.DictReader((run / "index.csv").read_text("utf-8").splitlines()))
        assert len(rows) == COUNT
        assert not [row for row in rows if row["status"] == "planned"]
    capsys.readouterr()


def test_year_tells_nobody_twice_when_every_run_is_repeated(
    year: tuple[Path, Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(year[0])
    before = Path("sent.jsonl").read_bytes()
    assert main(words("5.0.0", "6.0.0", "2026-10-06", "--catch-up")) == 0
    after = Path("sent.jsonl").read_bytes()
    assert after.startswith(before)
    new = [json.loads(line)["event"] for line in after[len(before) :].splitlines()]
    assert set(new) <= {"written"}  # only for those without an address
