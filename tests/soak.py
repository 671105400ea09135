"""Live through invented years of a company, and compare what the program knows at the end with a plain model: `make soak`.

In a year, services are added, customers get their letters, runs are killed or repeated or left out, mails come back, and
customers object, withdraw and approve. In every other year or so the program sends the mails itself, to a server on this
machine that defers and refuses some of them and cuts connections. The model holds who was told of which service on which
day, and what they answered. It shares no code with the program. The same seed lives through the same years again.
"""

import argparse
import contextlib
import csv
import io
import json
import os
import random
import signal
import sys
import tempfile
from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from types import ModuleType
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent / "helpers"))

from mail_server import Handler, serving
from subproc_cli.cli.commands import send
from subproc_cli.cli.main import main as run_program
from subproc_cli.notice.ledger import ledger
from subproc_cli.notice.mailing import sending
from subproc_cli.notice.runs import run_files

LANGUAGES, LAWS = ("en", "de", "fr"), ("eu-gdpr", "uk-gdpr", "ch-fadp")
LIST_DAYS, LIST_OBJECTION_DAYS = 30, 20
WRITERS: list[tuple[ModuleType, str]] = [(run_files, "write_bytes"), (run_files, "write_text")]
"""The functions that write a run."""
SENDERS: list[tuple[ModuleType, str]] = [(sending, "write_bytes")]
"""The function that keeps a mail before it is handed over."""
NO_SUCH_USER, LATER = "550 no such user", "451 try again later"
SERVICE = """\
  {key}:
    name: {name}
    purpose: {name} for the customers of the publisher
    sees: [identity.email, content]
    processing: [DE]
    entity: {{name: {name} GmbH, address: "Musterstraße 1, 10115 Berlin, Germany", country: DE}}
    contact: privacy@{key}.example.com
    dpa: {{signed: 2023-06-01}}
"""


class Dice(random.Random):
    """Makes a year up."""


class Service(NamedTuple):
    """A service, and which customers it concerns."""

    key: str
    product: str | None
    is_optional: bool

    def to_yaml(self) -> str:
        text = SERVICE.format(key=self.key, name=self.key.capitalize())
        text += f"    products: [{self.product}]\n" if self.product else ""
        return text + ("    activation: opt-in\n" if self.is_optional else "")


class Customer:
    """A customer: its contract, its address, and what the model knows of it."""

    def __init__(self, number: int, dice: Dice) -> None:
        self.name = f"Customer {number:02}"
        self.days = dice.choice([30, 45, None, 60])
        self.objection_days = dice.choice([14, None, 21])
        self.product = ("Surveys", "Forms")[number % 2]  # no product is without a customer
        self.is_specific = dice.random() < 0.2
        self.language, self.law = dice.choice(LANGUAGES), dice.choice(LAWS)
        self.features: list[str] = []
        self.address: str | None = None if dice.random() < 0.15 else f"c{number}@example.com"
        self.told: dict[str, date] = {}
        self.returned: list[tuple[str, date]] = []
        self.objections: set[str] = set()
        self.approvals: set[str] = set()

    def is_concerned(self, service: Service) -> bool:
        return service.product in (None, self.product) and (
            not service.is_optional or service.key in self.features
        )

    def to_row(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "address": self.address,
            "language": self.language,
            "regime": self.law,
            "days": self.days,
            "objection_days": self.objection_days,
            "products": self.product,
            "features": "; ".join(self.features) or "none",
            "authorisation": "specific" if self.is_specific else "general",
        }


def find_last_day(start: date, days: int) -> date:
    """Return the last day of a period, which never ends at a weekend."""
    day = start + timedelta(days=days)
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


class Year:
    """A year in a folder of its own."""

    def __init__(self, seed: int) -> None:
        self.dice = Dice(seed)
        self.customers = [Customer(number, self.dice) for number in range(self.dice.randint(4, 20))]
        self.first = Service("hosting", None, is_optional=False)
        self.services = [self.first]
        self.released: list[int] = []
        self.events: Counter[str] = Counter()
        self.is_mailed = self.dice.random() < 0.5
        self.mail, self.server = Handler(), ""
        self.dead_addresses: set[str] = set()
        self.address_count = 0
        self.day = date(2024, 1, 5) + timedelta(days=self.dice.randint(0, 20))

    def live(self) -> None:
        with serving(self.mail) if self.is_mailed else contextlib.nullcontext("") as self.server:
            self.live_through_releases()
        self.compare()

    def live_through_releases(self) -> None:
        self.release()
        base, releases = 0, self.dice.randint(3, 7)
        for number in range(1, releases + 1):
            self.day += timedelta(days=self.dice.randint(20, 50))
            self.add_services()
            self.release()
            if number < releases and self.dice.random() < 0.2:
                self.events["release without letters"] += 1
                continue
            self.change_customers()
            is_first = not Path("sent.jsonl").exists() or not Path("sent.jsonl").stat().st_size
            # What the first run of all starts from is taken as known to everybody.
            self.send_letters(base if is_first or self.dice.random() < 0.5 else number - 1, number)
            base = number
            self.answer()

    # The list and the customers

    def add_services(self) -> None:
        for _ in range(self.dice.randint(1, 2)):
            product = self.dice.choice([None, None, "Surveys", "Forms"])
            service = Service(f"service{len(self.services)}", product, is_optional=self.dice.random() < 0.25)
            self.services.append(service)
            for customer in self.customers:
                if service.is_optional and self.dice.random() < 0.5:
                    customer.features.append(service.key)

    def release(self) -> None:
        number = len(self.released)
        head = f"format: 1\npublisher: Example GmbH\nversion: {number + 1}.0.0\ndate: {self.day}\nlaw: [eu-gdpr]\n"
        terms = f"notice: {{days: {LIST_DAYS}, objection_days: {LIST_OBJECTION_DAYS}, contact: privacy@example.com}}\n"
        services = "".join(service.to_yaml() for service in self.services)
        Path(f"{number}.yaml").write_text(f"{head}{terms}services:\n{services}", encoding="utf-8")
        self.released.append(len(self.services))

    def change_customers(self) -> None:
        """Give some customers an address, or another one after a mail came back."""
        for customer in self.customers:
            if (customer.address is None and self.dice.random() < 0.3) or (
                customer.returned and self.dice.random() < 0.5
            ):
                self.address_count += 1
                customer.address = f"new{self.address_count}@example.com"
        rows = [customer.to_row() for customer in self.customers]
        with Path("customers.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)

    # Letters

    def send_letters(self, old: int, new: int) -> None:
        folder = f"letters/{new}" if self.is_mailed else "letters"
        command = f"notice {old}.yaml {new}.yaml --sent {self.day} -c customers.csv --out {folder} -f text"
        words = [*command.split(), "--record", "sent.jsonl", "--catch-up", "-q"]
        words += ["-f", "eml"] if self.is_mailed else []
        self.run_and_kill_at_times(words, WRITERS)
        self.run(*words)
        if self.dice.random() < 0.3:
            self.events["run repeated"] += 1
            before = self.list_issued()
            self.run(*words)
            assert self.list_issued() == before, "a repeated run issues nothing"
        known = self.services[1 : self.released[new]]
        reached = self.send_mails(folder) if self.is_mailed else {each.name for each in self.customers}
        for customer in self.customers:
            if customer.address is not None and customer.name in reached:
                for service in known:
                    if customer.is_concerned(service) and service.key not in customer.told:
                        customer.told[service.key] = self.day
                        self.events["told"] += 1

    def send_mails(self, folder: str) -> set[str]:
        """Send the mails of a run until no more can be done, and return the customers who have theirs."""
        file = Path(folder, "manifest.json")
        letters = json.loads(file.read_bytes())["letters"] if file.exists() else []
        customers = {each["addresses"][0]: each["customer"] for each in letters if each["addresses"]}
        if not customers:
            return set()
        self.mail.mails.clear()
        self.mail.cut_after.clear()
        for address in customers:
            self.choose_answer(address)
        vars(send)["_now"] = lambda: datetime.combine(self.day, time(12)).astimezone()
        words = ["send", folder, "--smtp", self.server, "--security", "none", "--rate", "6000", "--yes"]
        words += ["--wait", "0", "--late", "--record", "sent.jsonl"]
        self.run_and_kill_at_times(words, SENDERS)
        results = {"": "to-send"}
        while {"to-send", "attempted"} & {*results.values()}:
            self.run(*words, "-q", codes=(0, 1))
            results = self.list_results(words)
            for customer in [name for name, result in results.items() if result == "attempted"]:
                # The publisher asks the customer whether the mail has come.
                if customer in {customers[each] for each in self.mail.recipients}:
                    self.events["mail marked"] += 1
                    on = ("--via", "mail", "--on", str(self.day))
                    self.run("send", folder, "--mark", customer, *on, "--record", "sent.jsonl", "-q")
                else:
                    self.events["mail retried"] += 1
                    self.run(*words, "-q", "--retry", customer, codes=(0, 1))
        assert len(self.mail.recipients) == len({*self.mail.recipients}), "nobody gets a mail twice"
        reached = {customers[address] for address in self.mail.recipients}
        refused = {customers[address] for address in customers if address in self.dead_addresses}
        assert reached == {*customers.values()} - refused
        assert {name for name, result in results.items() if result == "refused"} == refused
        for each in self.customers:
            if each.name in refused:
                each.returned.append(("", self.day))
        self.events["mail"] += len(reached)
        self.events["mail refused"] += len(refused)
        return reached

    def choose_answer(self, address: str) -> None:
        """Decide what the server makes of the next mails to an address."""
        chance = self.dice.random()
        if address in self.dead_addresses or chance < 0.06:
            self.dead_addresses.add(address)
            self.mail.answers[address] = [NO_SUCH_USER] * 20
        elif chance < 0.15:
            self.events["mail deferred"] += 1
            self.mail.answers[address] = [LATER]
        elif chance < 0.2:
            self.mail.cuts_before[address] = 1
        elif chance < 0.25:
            self.mail.cut_after.add(address)

    def list_results(self, words: list[str]) -> dict[str, str]:
        """Return what `send` would do for each customer."""
        record = json.loads(self.run(*words, "--dry-run", "-f", "json"))
        return {letter["customer"]: letter["result"] for letter in record["results"]}

    def run_and_kill_at_times(self, words: list[str], writers: list[tuple[ModuleType, str]]) -> None:
        while self.dice.random() < 0.3:
            self.events[f"{words[0]} killed"] += 1
            self.run_and_kill(words, writers)
            if Path("sent.jsonl").exists() and Path("sent.jsonl").stat().st_size:
                self.run("notice", "--verify", "sent.jsonl")

    def run_and_kill(self, words: list[str], writers: list[tuple[ModuleType, str]]) -> None:
        """Run a command in a child that kills itself before one of its writes."""
        where, left = self.dice.choice([None, *writers]), self.dice.randint(1, 12)

        def count(real: Any) -> Any:
            def wrapped(*values: Any, **options: Any) -> Any:
                nonlocal left
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*values, **options)

            return wrapped

        child = os.fork()
        if child:
            os.waitpid(child, 0)
            return
        if where is None:
            file = vars(ledger)["_File"]
            file.append = count(file.append)
        else:
            module, name = where
            vars(module)[name] = count(vars(module)[name])
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            sys.stdout = sys.stderr = nowhere
            os._exit(run_program(words))

    # Answers

    def answer(self) -> None:
        for customer in self.customers:
            last = [key for key, day in customer.told.items() if day == self.day]
            chance = self.dice.random()
            if last and chance < 0.1:
                self.respond(customer, "bounce", [], 1)
                customer.returned += [(key, self.day) for key in last]
                for key in last:
                    del customer.told[key]
                    customer.approvals.discard(key)
            elif last and chance < 0.3:
                key = self.dice.choice(last)
                self.respond(customer, "objection", [key], 3)
                customer.objections.add(key)
                customer.approvals.discard(key)
                if self.dice.random() < 0.4:
                    self.respond(customer, "withdrawal", [key], 5)
                    customer.objections.discard(key)
            elif last and customer.is_specific and chance < 0.7:
                key = self.dice.choice(last)
                self.respond(customer, "approval", [key], 4)
                customer.approvals.add(key)

    def respond(self, customer: Customer, answer: str, keys: list[str], later: int) -> None:
        self.events[answer] += 1
        named = [word for key in keys for word in ("--service", key)]
        day = str(self.day + timedelta(days=later))
        self.run("respond", customer.name, answer, *named, "--on", day, "--record", "sent.jsonl", "-q")

    # What the program knows

    def compare(self) -> None:
        self.run("notice", "--verify", "sent.jsonl", "--letters", "letters")
        status = json.loads(
            self.run(
                "status", "--record", "sent.jsonl", "--at", str(self.day + timedelta(days=9)), "-f", "json"
            )
        )
        told: Counter[tuple[str, str, str]] = Counter()
        objections: set[tuple[str, str]] = set()
        approvals: set[tuple[str, str]] = set()
        for notice in status["notices"]:
            for each in notice["services"]:
                key = notice["customer"], each["service"]
                if each["state"] != "not-reached":
                    told[(*key, notice["sent"])] += 1
                    self.check_periods(notice)
                if each["state"] == "objection":
                    objections.add(key)
                if each["state"] == "approved":
                    approvals.add(key)
        assert told == Counter(
            (customer.name, key, str(day))
            for customer in self.customers
            for key, day in customer.told.items()
        )
        assert objections == {
            (customer.name, key) for customer in self.customers for key in customer.objections
        }
        assert approvals == {
            (customer.name, key) for customer in self.customers for key in customer.approvals
        }

    def check_periods(self, notice: dict[str, Any]) -> None:
        customer = next(customer for customer in self.customers if customer.name == notice["customer"])
        sent, effective, object_by = (
            date.fromisoformat(notice[name]) for name in ("sent", "effective", "object_by")
        )
        assert object_by == find_last_day(sent, customer.objection_days or LIST_OBJECTION_DAYS)
        earliest = find_last_day(sent, customer.days or LIST_DAYS) + timedelta(days=1)
        assert effective >= max(earliest, object_by + timedelta(days=1))

    def list_issued(self) -> Counter[tuple[str, str]]:
        lines = [json.loads(line) for line in Path("sent.jsonl").read_bytes().splitlines()]
        return Counter((line["customer"], line["letter"]) for line in lines if line["event"] == "issued")

    def run(self, *words: str, codes: tuple[int, ...] = (0,)) -> str:
        out = io.TextIOWrapper(io.BytesIO(), "utf-8")
        errors = io.TextIOWrapper(io.BytesIO(), "utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            code = run_program([*words])
        for stream in (out, errors):
            stream.seek(0)
        assert code in codes, (words, code, errors.read()[-2000:])
        return out.read()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=1_000)
    parser.add_argument("--minutes", type=float, default=15, help="end after this time")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    end, events, lived = monotonic() + 60 * options.minutes, Counter[str](), 0
    for number in range(options.years):
        if monotonic() > end:
            break
        year = Year(options.seed + number)
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            try:
                year.live()
            except AssertionError:
                sys.stdout.write(f"the year of seed {options.seed + number} is wrong\n")
                raise
        events += year.events
        lived += 1
        if lived % 20 == 0:
            sys.stdout.write(f"{lived} years\n")
            sys.stdout.flush()
    counts = ", ".join(f"{name} {count:,}" for name, count in sorted(events.items()))
    sys.stdout.write(f"{lived} years from seed {options.seed}: {counts}\n")


if __name__ == "__main__":
    main()
