"""Any words and bytes in, nothing out but an answer or a documented fault.

What goes in is valid and then changed in a few places, so that a good part of it is read; how large a part is
asserted (`test_strategies_of_this_file_produce_accepted_inputs`). Each example is bound in time, and the reader in memory.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from email import message_from_bytes
from email.policy import default
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import pytest
from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st

from question_strategies import CATEGORIES, questions
from registry_mutations import mutated
from registry_strategies import IDS, registries, texts
from registry_text import FILE, HEAD, listing
from subproc_cli.diff.classify import diff
from subproc_cli.errors import QuestionSyntaxError, SubprocError
from subproc_cli.history.revisions import RevisionResolver
from subproc_cli.notice import chain, customers
from subproc_cli.notice.chain import INITIAL_HASH, Ledger
from subproc_cli.notice.customers import Customer, Customers
from subproc_cli.notice.event_kinds import EventKind
from subproc_cli.notice.events import build_letter_event, build_letter_facts
from subproc_cli.notice.formats.eml import render as render_mail
from subproc_cli.notice.mail_address import find_address_error, is_address
from subproc_cli.notice.plan import Request, plan
from subproc_cli.question.evaluator import ask
from subproc_cli.question.grammar import load_grammar
from subproc_cli.question.query import normalize
from subproc_cli.question.reading import Reader
from subproc_cli.registry.formatter import format_source
from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.models import RegistryModel, Service
from subproc_cli.registry.registry import Registry
from subproc_cli.rules.checks import RULES
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import RuleContext
from subproc_cli.yaml.source import Source

if TYPE_CHECKING:
    from subproc_cli.question.answers import Answers

ROOT = Path(__file__).parent.parent.parent
LIST = listing(
    "  a: {name: Alpha, sees: [identity.email], processing: [DE], products: [Surveys]}\n"
    "  b: {name: Beta, processing: [US], transfer: [scc], entity: {country: US}, since: 2024-01-01}\n"
)
DAY = date(2024, 6, 1)
SECONDS = 10
"""Time of the processor for one example: a hundred times what the slowest takes."""
Given = ParamSpec("Given")


def in_time(test: Callable[Given, None]) -> Callable[Given, None]:
    """Bound the time that the processor spends on one example."""

    @wraps(test)
    def bound(*args: Given.args, **kwargs: Given.kwargs) -> None:
        start = time.process_time()
        test(*args, **kwargs)
        assert time.process_time() - start < SECONDS

    return bound


# Questions

OBJECTS = {
    "see": [
        "email",
        "names",
        "email or name",
        "(email and name) but not content",
        "personal data",
        "invoices",
    ],
    "process": [
        "in the EU",
        "outside the EEA",
        "only in Germany or France",
        "email outside adequate countries",
        "in US",
    ],
    "are": [
        "based in the US",
        "subprocessors",
        "opt-in",
        "in use since 2024",
        "not vendors",
        "named Beta",
        "US companies",
    ],
    "lack": ["a processing location", "a purpose and a DPA", "an entity", "data"],
    "have": ["access to email", "a DPA", "no address", "their seat in Germany"],
    "serve": ["Surveys", "product Surveys"],
    "rely": ["on the DPF", "only on SCC", "on adequacy or BCR"],
}
"""What may stand behind a verb."""
GRAMMAR = load_grammar()
WORDS = st.sampled_from(
    [
        *(verb for verbs in GRAMMAR.verbs.values() for verb in verbs),
        *(phrase for phrases in GRAMMAR.phrases.values() for phrase in phrases),
        "not",
        "never",
        "no",
        "and",
        "or",
        "(",
        ")",
        ",",
        '"',
        "only",
        "in",
    ]
)


@st.composite
def said(draw: st.DrawFn) -> str:
    """A question in words of the language: clauses, and a few words that do not fit."""
    clauses = []
    for verb in draw(st.lists(st.sampled_from([*OBJECTS]), min_size=1, max_size=3)):
        words = draw(st.sampled_from(["", "do not ", "not (", "services that "]))
        clauses.append(f"{words}{verb} {draw(st.sampled_from(OBJECTS[verb]))}{')' if '(' in words else ''}")
    joined = draw(st.sampled_from([" and ", " or ", " but ", ", and "])).join(clauses).split()
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(joined)))
        joined[at : at + draw(st.integers(0, 1))] = draw(st.lists(WORDS | st.text(max_size=4), max_size=1))
    return draw(st.sampled_from(["", "which services "])) + " ".join(joined)


ASKED = questions().map(str)
SAID = ASKED | said() | mutated(ASKED, CATEGORIES) | st.text(max_size=60)


def understood(text: str) -> bool:
    with suppress(QuestionSyntaxError):
        return bool(ask(LIST, text, DAY))
    return False


@given(SAID)
@example("(" * 200)
@example("not " * 200 + "see email")
@example("see email and " * 200 + "see email")
@in_time
def test_ask_of_any_text_answers_or_reports_an_error(text: str) -> None:
    answered: Answers | None = None
    refused: QuestionSyntaxError | None = None
    try:
        answered = ask(LIST, text, DAY)
    except QuestionSyntaxError as fault:
        refused = fault
    event("understood" if answered else "refused")
    if refused:
        assert 0 <= refused.start <= refused.end <= len(text) + 1
    if answered:
        again = Reader(LIST, DAY).read(str(answered.question)).answered
        assert [query.predicate for query in again] == [normalize(answered.question)]
        assert {each.key for each in answered.answers} <= set(LIST.model.services)


# Lists

SHIPPED = (ROOT / "registry.yaml").read_text(encoding="utf-8")
KEYS = ("x-a", *RegistryModel.model_fields, *Service.model_fields, *IDS)
LISTS = mutated(texts(registries()) | st.just(SHIPPED), KEYS, most=3)


def with_services(text: str) -> bool:
    found = load_registry(Source(FILE, text.encode()))
    return isinstance(found, Registry) and bool(found.model.services)


@given(LISTS)
@in_time
def test_load_registry_of_any_text_returns_a_registry_or_errors(text: str) -> None:
    source = Source(FILE, text.encode())
    found = load_registry(source)
    if isinstance(found, Registry):
        event("read")
        assert all(each.message for each in run_rules(RuleContext(found, DAY), Selection()).findings)
        assert ask(found, "see email and process outside adequate countries", DAY)
        assert diff(found, found) == ()
        again = load_registry(Source(FILE, format_source(source, found).content))
        assert isinstance(again, Registry)
        assert diff(found, again) == ()
    else:
        event("refused")
        lines = len(re.split(r"\r\n|[\n\r]", text))
        assert found
        assert all(
            each.message and each.position.file == FILE and 0 <= each.position.line <= lines for each in found
        )


@given(st.binary(max_size=200) | st.builds(lambda text, at: text.encode()[at:], LISTS, st.integers(0, 9)))
@in_time
def test_load_registry_of_any_bytes_returns_a_registry_or_errors(content: bytes) -> None:
    assert isinstance(load_registry(Source(FILE, content)), Registry | tuple)


# Customers

CUSTOMERS = {
    "c.yaml": """\
customers:
  - name: Example AG
    address: privacy@example.com
    language: de
    country: Germany
    subdivision: BY
    days: 60
    objection_days: 30
    products: [Surveys, Forms]
    features: []
    regime: ch-fadp
  - {name: Example Ltd, x-number: 7}
  - {name: Example SA, language: fr, country: FR, termination_days: 14}
""",
    "c.csv": """\
Name,Address,Language,Country,Subdivision,Days,Objection days,Products,Features,Regime
Example AG,privacy@example.com,de,Germany,BY,60,30,Surveys; Forms,none,ch-fadp
Example Ltd,,,,,,,,,
"Example, SA",,fr,FR,,,,"a; ""b"" c",,
""",
}
FILES = st.sampled_from([*CUSTOMERS]).flatmap(
    lambda name: st.tuples(st.just(name), mutated(st.just(CUSTOMERS[name]), (*Customer.model_fields, "x-a")))
)


LOCAL = st.text(st.sampled_from("abz09!#$%&'*+/=?^_`{|}~-"), min_size=1, max_size=40)
LABEL = st.text(st.sampled_from("abz09_-"), min_size=1, max_size=20)
PLAIN = st.builds(
    lambda local, domain: f"{'.'.join(local)}@{'.'.join(domain)}",
    st.lists(LOCAL, min_size=1, max_size=3),
    st.lists(LABEL, min_size=2, max_size=4),
)
MAIL = st.sampled_from("az09@.[]()<>\"\\',;:=?!+-_ \t\r\n\0ü\u3002%")
ADDRESSES = st.one_of(
    PLAIN,
    PLAIN,
    st.text(MAIL, max_size=30),
    st.builds(lambda text, at, more: text[:at] + more + text[at:], PLAIN, st.integers(0, 60), st.text(MAIL)),
)


@given(ADDRESSES, ADDRESSES)
@example("x@[y.z", "a#@(c)a.b")
@example("!@[1.2.3.4]", "=?utf-8?q?a?=@b.example")
@example("a" * 190 + "@b.ex", "privacy@example.com")
@in_time
def test_mail_to_any_accepted_address_keeps_the_address(first: str, second: str) -> None:
    usable = [text for text in (first, second) if find_address_error(text) is None]
    event(f"accepted: {len(usable)}")
    for text in usable:
        notice = {"customer": {"addresses": [text]}, "subject": "x", "sent": "2024-04-09", "language": "en"}
        mail = message_from_bytes(render_mail(notice, "x", "<p>x</p>", text), policy=default)
        assert len(mail.keys()) == len({*mail.keys()})
        for name in ("To", "From"):
            (address,) = mail[name].addresses
            assert (address.addr_spec, address.display_name, mail[name].defects) == (text, "", ())


def with_customers(file: tuple[str, str]) -> bool:
    return isinstance(customers.load_customers(Source(file[0], file[1].encode())), Customers)


@given(FILES | st.tuples(st.sampled_from([*CUSTOMERS]), st.text(max_size=200)))
@in_time
def test_load_customers_of_any_text_returns_customers_or_errors(file: tuple[str, str]) -> None:
    name, text = file
    found = customers.load_customers(Source(name, text.encode()))
    if isinstance(found, Customers):
        event(f"read {name}")
        assert 1 <= len(found.customers) <= text.count("\n") + 1
        assert all(each.name.strip() for each in found.customers)
    else:
        event(f"refused {name}")
        assert found
        assert all(each.message and each.position.file == name for each in found)


# The ledger


OLD = listing("  a: {name: A}\n", head="notice: {days: 30}")
NEW = listing("  a: {name: A}\n  b: {name: B}\n", head="notice: {days: 30}", date="2024-02-01")


def recorded(names: list[str]) -> str:
    """Return the ledger of the letters to some customers, a line each."""
    customers = tuple(Customer.model_validate({"name": name}) for name in names)
    lines, previous = [], INITIAL_HASH
    for notice in plan((OLD, NEW), diff(OLD, NEW), Request(date(2024, 2, 1)), customers).notices:
        facts = build_letter_facts(notice, ["B will be engaged"])
        event = build_letter_event(EventKind.ISSUED, facts, {"txt": "0" * 64})
        named = {**event, "customer": notice.customer and notice.customer.name}
        line, entry = chain.build_line(named, previous, "2024-02-01T12:00:00+00:00")
        lines.append(line)
        previous = entry["hash"]
    return b"".join(lines).decode()


WHOLE = st.lists(st.integers(1, 99).map("Example {} AG".format), min_size=1, max_size=4, unique=True).map(
    recorded
)
LEDGERS = WHOLE.flatmap(
    lambda text: st.tuples(
        st.just(text),
        st.one_of(
            st.just(text),
            st.integers(0, 4).map(lambda lines: "".join(text.splitlines(keepends=True)[:lines])),
            st.text(max_size=20).map(text.__add__),
            mutated(st.just(text), ("hash", "previous")),
        ),
    )
)
"""What was written, and what is read."""


def with_entries(texts: tuple[str, str]) -> bool:
    found = chain.parse_ledger(texts[1].encode())
    return isinstance(found, Ledger) and bool(found.entries)


@given(LEDGERS)
@in_time
def test_parse_ledger_of_any_text_is_intact_or_names_a_line(texts: tuple[str, str]) -> None:
    written, content = (text.encode() for text in texts)
    found = chain.parse_ledger(content)
    if isinstance(found, Ledger):
        event("whole")
        assert content == b"".join(written.splitlines(keepends=True)[: len(found.entries)])
    else:
        event("broken")
        assert 1 <= found.line <= content.count(b"\n") + 1


# Suppressions

RULE_NAMES = [rule.name for rule in RULES]
FOUND = ("missing-location", "missing-entity", "missing-data", "missing-purpose")
"""What is wrong with a service that states its name alone."""
NOTES = st.builds(
    lambda rules, until, why: f"# subproc: ignore[{', '.join(rules)}]{until} {why}",
    st.lists(st.sampled_from(FOUND) | st.sampled_from(RULE_NAMES), min_size=1, max_size=3),
    st.sampled_from(["", " until=2027-01-31", " until=2024-01-01", " until=soon"]),
    st.sampled_from(["", "the vendor publishes none", "# subproc: ignore[missing-data] twice", '"']),
)
COMMENTS = NOTES | mutated(NOTES, ("until=2027-01-31", "ignore[missing-entity]"))


def noted(comment: str) -> str:
    return f"{HEAD}services:\n  a: {{name: A}}  {' '.join(comment.split())}\n"


def suppressing(comment: str) -> bool:
    found = load_registry(Source(FILE, noted(comment).encode()))
    return isinstance(found, Registry) and bool(run_rules(RuleContext(found, DAY), Selection()).suppressed)


@given(COMMENTS | st.text(max_size=80).map("# {}".format))
@example("# subproc: ignore[")
@example("# subproc: ignore[a,b,,]] until= until=2024-01-01")
@in_time
def test_run_rules_with_any_comment_changes_only_suppressions(comment: str) -> None:
    found = load_registry(Source(FILE, noted(comment).encode()))
    if not isinstance(found, Registry):
        event("no comment any more")
        return
    report = run_rules(RuleContext(found, DAY), Selection())
    event(f"{len(report.suppressed)} suppressed")
    bare = {
        each.rule.name
        for each in run_rules(RuleContext(found, DAY), Selection(apply_suppressions=False)).findings
    }
    about_comments = {name for name in RULE_NAMES if "suppression" in name}
    assert {each.rule.name for each in report.suppressed} <= bare
    assert {
        each.rule.name for each in (*report.findings, *report.suppressed)
    } - about_comments == bare - about_comments
    assert all(each.message for each in report.findings)


# How much of it is read


@pytest.mark.parametrize(
    ("strategy", "is_read", "least"),
    [
        (SAID, understood, 0.2),
        (LISTS, with_services, 0.1),
        (FILES, with_customers, 0.1),
        (ADDRESSES, is_address, 0.1),
        (LEDGERS, with_entries, 0.1),
        (COMMENTS, suppressing, 0.1),
    ],
    ids=["questions", "lists", "customers", "addresses", "ledgers", "comments"],
)
def test_strategies_of_this_file_produce_accepted_inputs(
    strategy: st.SearchStrategy[Any], is_read: Callable[[Any], bool], least: float
) -> None:
    counted: list[bool] = []

    @settings(max_examples=200, database=None, derandomize=True)
    @given(strategy)
    def count(each: Any) -> None:
        counted.append(is_read(each))

    count()
    assert least <= sum(counted) / len(counted) < 1, f"{sum(counted)} of {len(counted)}"


# Memory

BOMBS = {
    "aliases of aliases": "a0: &a0 [x]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)),
    "brackets": "a: " + "[" * 200_000,
    "dashes": "- " * 100_000,
    "keys": "? " * 50_000,
    "a long text": f"a: {'x' * 8_000_000}",
    "a text that is not closed": '"' + "x" * 4_000_000,
    "many services": "services:\n" + "".join(f"  s{n}: {{nam: {n}}}\n" for n in range(5_000)),
    "a key again and again": "a: 1\n" * 20_000,
    "anchors": "".join(f"- &a{n} x\n" for n in range(30_000)),
    "a number": f"a: {'9' * 1_000_000}",
}
CHILD = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from subproc_cli.notice.customers import load_customers
from subproc_cli.registry.loader import load_registry
from subproc_cli.yaml.source import Source
content = sys.stdin.buffer.read()
found = [load_registry(Source("a.yaml", content)), *(load_customers(Source(name, content)) for name in ("c.yaml", "c.csv"))]
assert all(isinstance(each, tuple) and each for each in found), found
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process this way")
@pytest.mark.parametrize("name", BOMBS)
def test_load_registry_of_a_bomb_stays_within_memory_and_time(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=BOMBS[name].encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]


# Revisions


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository")
    (folder / "registry.yaml").write_text(f"{HEAD}services: {{}}\n", encoding="utf-8")
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *words], cwd=folder, check=True)
    return folder


WORD = st.text(st.sampled_from("HEAD@{}~^:./-0123456789ab-@é \x00\n"), max_size=12)
REVISIONS = st.sampled_from(
    ["HEAD", "@2024-01-01", "1.0.0", ":registry.yaml", "HEAD:registry.yaml", "HEAD..HEAD", "registry.yaml"]
)


@given(WORD | mutated(REVISIONS, ("HEAD",), most=1))
@example("--output=x")
@example("-n")
@example("HEAD:../../etc/passwd")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@in_time
def test_resolver_of_any_name_reads_or_reports_an_error(
    repository: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    assume(word != "-")  # standard input
    monkeypatch.chdir(repository)
    before = sorted(path.name for path in repository.rglob("*") if path.is_file())
    with suppress(SubprocError):
        RevisionResolver("registry.yaml").read_pair(word, None)
        event("read")
    assert sorted(path.name for path in repository.rglob("*") if path.is_file()) == before
