"""The kinds of input that are fuzzed: how each is made up, and what has to hold for every one.

Inputs are built from the grammar of questions, the models of the files and the words of the importers, and part of them
is then changed in a few places. A check returns whether an input was accepted, and fails if the program does something
else than accept it or refuse it with an error that names its place.
"""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from email.policy import default
from html import escape
from typing import Any, NamedTuple

from hypothesis import strategies as st

from import_cases import made
from question_strategies import CATEGORIES, questions
from registry_mutations import mutated
from registry_strategies import IDS, Data, in_blocks, registries, texts
from registry_text import FILE, HEAD, listing
from subproc_cli.diff.classify import diff
from subproc_cli.errors import QuestionSyntaxError, SubprocError
from subproc_cli.importers import vocabulary
from subproc_cli.importers.input_format import InputFormat
from subproc_cli.notice.customers import customers
from subproc_cli.notice.customers.csv_table import Cell
from subproc_cli.notice.customers.customers import Customer, Customers, list_columns
from subproc_cli.notice.customers.mail_address import find_address_error
from subproc_cli.notice.formats.eml import render as render_mail
from subproc_cli.notice.ledger import chain
from subproc_cli.notice.ledger.chain import INITIAL_HASH, Ledger
from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.ledger.events import build_letter_event, build_letter_facts
from subproc_cli.notice.plan import Request, plan
from subproc_cli.question.answers import Answers
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

DAY = date(2024, 6, 1)


class Kind(NamedTuple):
    """A kind of input.

    Attributes:
        inputs: the strategy that makes inputs up.
        check: returns whether an input was accepted.
        least: the share of the inputs that is accepted at least. It is less than one: some have to be refused.
        examples: inputs that are always tried.
    """

    inputs: st.SearchStrategy[Any]
    check: Callable[[Any], bool]
    least: float
    examples: tuple[Any, ...] = ()


# Questions

LIST = listing(
    "  a: {name: Alpha, sees: [identity.email], processing: [DE], products: [Surveys]}\n"
    "  b: {name: Beta, processing: [US], transfer: [scc], entity: {country: US}, since: 2024-01-01}\n"
)
OBJECTS = {
    "see": [
        *("email", "names", "email or name", "(email and name) but not content", "personal data", "invoices"),
    ],
    "process": [
        *("in the EU", "outside the EEA", "only in Germany or France", "in US"),
        "email outside adequate countries",
    ],
    "are": [
        *("based in the US", "subprocessors", "opt-in", "in use since 2024", "not vendors", "named Beta"),
        "US companies",
    ],
    "lack": ["a processing location", "a purpose and a DPA", "an entity", "data"],
    "have": ["access to email", "a DPA", "no address", "their seat in Germany"],
    "serve": ["Surveys", "product Surveys"],
    "rely": ["on the DPF", "only on SCC", "on adequacy or BCR"],
}
"""What may follow a verb."""
GRAMMAR = load_grammar()
WORDS = st.sampled_from(
    [
        *(verb for verbs in GRAMMAR.verbs.values() for verb in verbs),
        *(phrase for phrases in GRAMMAR.phrases.values() for phrase in phrases),
        *("not", "never", "no", "and", "or", "(", ")", ",", '"', "only", "in"),
    ]
)


@st.composite
def spoken_questions(draw: st.DrawFn) -> str:
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


FORMAL = questions().map(str)
QUESTIONS = st.one_of(
    FORMAL, FORMAL, spoken_questions(), mutated(FORMAL, CATEGORIES, most=1), st.text(max_size=20)
)


def _ask(text: str) -> Answers | QuestionSyntaxError:
    try:
        return ask(LIST, text, DAY)
    except QuestionSyntaxError as error:
        return error


def check_question(text: str) -> bool:
    """Check that an error points into the question, and that the reading of a question is read back."""
    answers = _ask(text)
    if isinstance(answers, QuestionSyntaxError):
        assert 0 <= answers.start <= answers.end <= len(text) + 1
        return False
    again = Reader(LIST, DAY).read(str(answers.question)).answered
    assert [query.predicate for query in again] == [normalize(answers.question)]
    assert {answer.key for answer in answers.answers} <= set(LIST.model.services)
    return True


# Lists

KEYS = ("x-a", *RegistryModel.model_fields, *Service.model_fields, *IDS)
WHOLE_LISTS = texts(registries())
LISTS = WHOLE_LISTS | mutated(WHOLE_LISTS, KEYS, most=3)


def check_list(text: str) -> bool:
    source = Source(FILE, text.encode())
    found = load_registry(source)
    if not isinstance(found, Registry):
        lines = len(re.split(r"\r\n|[\n\r]", text))
        assert found
        for problem in found:
            assert problem.message
            assert problem.position.file == FILE
            assert 0 <= problem.position.line <= lines
        return False
    assert all(finding.message for finding in run_rules(RuleContext(found, DAY), Selection()).findings)
    assert ask(found, "see email and process outside adequate countries", DAY)
    assert diff(found, found) == ()
    again = load_registry(Source(FILE, format_source(source, found).content))
    assert isinstance(again, Registry)
    assert diff(found, again) == ()
    return bool(found.model.services)


# Addresses

LOCAL = st.text(st.sampled_from("abz09!#$%&'*+/=?^_`{|}~-"), min_size=1, max_size=20)
LABEL = st.from_regex(r"[abz09]([abz09-]{0,9}[abz09])?", fullmatch=True)
PLAIN_ADDRESSES = st.builds(
    lambda local, domain, top: f"{'.'.join(local)}@{'.'.join([*domain, top])}",
    st.lists(LOCAL, min_size=1, max_size=3),
    st.lists(LABEL, min_size=1, max_size=3),
    st.sampled_from(["com", "example", "xn--p1ai", "9", "b_c"]),
)
MAIL_CHARACTERS = st.sampled_from("az09@.[]()<>\"\\',;:=?!+-_ \t\r\n\0ü\u3002%")
ADDRESSES = st.one_of(
    PLAIN_ADDRESSES,
    PLAIN_ADDRESSES,
    st.text(MAIL_CHARACTERS, max_size=30),
    st.builds(
        lambda text, at, more: text[:at] + more + text[at:],
        PLAIN_ADDRESSES,
        st.integers(0, 60),
        st.text(MAIL_CHARACTERS, max_size=5),
    ),
)


def check_address(text: str) -> bool:
    """Check that a mail to an accepted address names this address and no other."""
    if find_address_error(text):
        return False
    notice = {"customer": {"addresses": [text]}, "subject": "x", "sent": "2024-04-09", "language": "en"}
    mail = message_from_bytes(render_mail(notice, "x", "<p>x</p>", text), policy=default)
    assert len(mail.keys()) == len({*mail.keys()})
    for name in ("To", "From"):
        (address,) = mail[name].addresses
        assert (address.addr_spec, address.display_name, mail[name].defects) == (text, "", ())
    return True


# Customers

LINE = st.sampled_from(["Example AG", "A & B", "Musterstraße 1", "NO", "1e3", "a: b", "# x", "=1+1", "é"])
PERIOD = st.sampled_from([0, 14, 30, 60, 3650, "10 business days", "2 weeks", "6 months"])
DATE = st.dates(date(1990, 1, 1), date(2050, 1, 1)).map(str)
MAIL = st.sampled_from(["privacy@example.com", "a.b+c@example.org", "x@mail.example.net"])
CUSTOMER_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "address": st.lists(MAIL, min_size=1, max_size=3, unique=True),
    "cc": st.lists(MAIL, min_size=1, max_size=2, unique=True),
    "contact": LINE,
    "language": st.sampled_from(["en", "de", "fr", "de-CH", "es"]),
    "country": st.sampled_from(["DE", "Germany", "US", "CH", "Norway"]),
    "subdivision": st.sampled_from(["BY", "none"]),
    "regime": st.sampled_from(["eu-gdpr", "uk-gdpr", "ch-fadp"]),
    "authorisation": st.sampled_from(["general", "specific"]),
    "days": PERIOD,
    "objection_days": PERIOD,
    "termination_days": PERIOD,
    "counted_from": st.sampled_from(["sending", "receipt"]),
    "receipt_after": PERIOD,
    "dpa": st.fixed_dictionaries({}, optional={"number": LINE, "date": DATE}).filter(bool),
    "on_silence": LINE,
    "on_objection": LINE,
    "products": st.lists(LINE, max_size=3),
    "features": st.lists(LINE, max_size=2),
    "audience": questions().map(str),
}
assert ["name", *CUSTOMER_FIELDS] == [*Customer.model_fields]


@st.composite
def customer_files(draw: st.DrawFn) -> tuple[str, str]:
    """A file of customers of any fields, as YAML or as CSV."""
    rows: list[Data] = []
    for number in range(draw(st.integers(1, 3))):
        chosen = draw(st.sets(st.sampled_from([*CUSTOMER_FIELDS]), max_size=8))
        row = {name: draw(CUSTOMER_FIELDS[name]) for name in CUSTOMER_FIELDS if name in chosen}
        if "country" not in row:
            row.pop("subdivision", None)
        if row.get("counted_from") != "receipt":
            row.pop("receipt_after", None)
        rows.append({"name": f"{draw(LINE)} {number}", **row})
    if draw(st.booleans()):
        return "c.yaml", in_blocks({"customers": rows}, ["", '"'], brackets=draw(st.booleans()))
    return "c.csv", _to_table(rows)


def _to_table(rows: list[Data]) -> str:
    flat = [
        {name: value for name, value in row.items() if name != "dpa"}
        | {f"dpa.{name}": value for name, value in row.get("dpa", {}).items()}
        for row in rows
    ]
    columns = {name: cell for name, cell in list_columns().items() if any(name in row for row in flat)}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in flat:
        lists = {
            name: "; ".join(row[name]) or "none"
            for name in columns
            if columns[name] is Cell.LIST and name in row
        }
        writer.writerow([(row | lists).get(name, "") for name in columns])
    return out.getvalue()


CUSTOMER_FILES = customer_files() | customer_files().flatmap(
    lambda file: st.tuples(st.just(file[0]), mutated(st.just(file[1]), (*Customer.model_fields, "x-a")))
)


def check_customers(file: tuple[str, str]) -> bool:
    name, text = file
    found = customers.load_customers(Source(name, text.encode()))
    if isinstance(found, Customers):
        assert found.customers
        assert all(customer.name.strip() for customer in found.customers)
        return True
    assert found
    assert all(problem.message and problem.position.file == name for problem in found)
    return False


# Ledgers

OLD = listing("  a: {name: A}\n", head="notice: {days: 30}")
NEW = listing("  a: {name: A}\n  b: {name: B}\n", head="notice: {days: 30}", date="2024-02-01")


def write_ledger(names: list[str]) -> str:
    """Return the ledger of the letters to some customers, a line each."""
    recipients = tuple(Customer.model_validate({"name": name}) for name in names)
    lines, previous = [], INITIAL_HASH
    for notice in plan((OLD, NEW), diff(OLD, NEW), Request(date(2024, 2, 1)), recipients).notices:
        facts = build_letter_facts(notice, ["B will be engaged"])
        event = build_letter_event(EventKind.ISSUED, facts, {"txt": "0" * 64})
        named = {**event, "customer": notice.customer and notice.customer.name}
        line, entry = chain.build_line(named, previous, "2024-02-01T12:00:00+00:00")
        lines.append(line)
        previous = entry["hash"]
    return b"".join(lines).decode()


WHOLE_LEDGERS = st.lists(
    st.integers(1, 99).map("Example {} AG".format), min_size=1, max_size=4, unique=True
).map(write_ledger)
LEDGERS = WHOLE_LEDGERS.flatmap(
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


def check_ledger(ledger: tuple[str, str]) -> bool:
    written, content = (text.encode() for text in ledger)
    found = chain.parse_ledger(content)
    if isinstance(found, Ledger):
        assert content == b"".join(written.splitlines(keepends=True)[: len(found.entries)])
        return bool(found.entries)
    assert 1 <= found.line <= content.count(b"\n") + 1
    return False


# Suppressions

RULE_NAMES = [rule.name for rule in RULES]
FOUND = ("missing-location", "missing-entity", "missing-data", "missing-purpose")
"""What is wrong with a service that states only its name."""
NOTES = st.builds(
    lambda rules, until, why: f"# subproc: ignore[{', '.join(rules)}]{until} {why}",
    st.lists(st.sampled_from(FOUND) | st.sampled_from(RULE_NAMES), min_size=1, max_size=3),
    st.sampled_from(["", " until=2027-01-31", " until=2024-01-01", " until=soon"]),
    st.sampled_from(["", "the vendor publishes none", "# subproc: ignore[missing-data] twice", '"']),
)
COMMENTS = st.one_of(
    NOTES,
    mutated(NOTES, ("until=2027-01-31", "ignore[missing-entity]")),
    st.text(max_size=80).map("# {}".format),
)
ABOUT_COMMENTS = {name for name in RULE_NAMES if "suppression" in name}


def check_comment(comment: str) -> bool:
    """Check that a comment suppresses findings and changes nothing else."""
    text = f"{HEAD}services:\n  a: {{name: A}}  {' '.join(comment.split())}\n"
    found = load_registry(Source(FILE, text.encode()))
    if not isinstance(found, Registry):
        return False
    report = run_rules(RuleContext(found, DAY), Selection())
    without = run_rules(RuleContext(found, DAY), Selection(apply_suppressions=False))
    bare = {finding.rule.name for finding in without.findings}
    assert {finding.rule.name for finding in report.suppressed} <= bare
    names = {finding.rule.name for finding in (*report.findings, *report.suppressed)}
    assert names - ABOUT_COMMENTS == bare - ABOUT_COMMENTS
    assert all(finding.message for finding in report.findings)
    return bool(report.suppressed)


# Pages

FIELDS = vocabulary.load_file("labels.yaml")
GLUE = (", ", "; ", " and ", " or ", " if ", " (", ") ", " partially ", " except for ", " not ", ". ", "\n")


def list_phrases(known: Any) -> list[str]:
    """Return all texts of a data file."""
    if isinstance(known, str):
        return [known]
    parts = [*known, *known.values()] if isinstance(known, dict) else known
    return [text for part in parts for text in list_phrases(part)]


PARTS = ("nouns", "joined", "around")
"""Words of which a label consists, and which are not labels by themselves."""
LABELS = {
    path: [path, *list_phrases([texts for kind, texts in known.items() if kind not in PARTS])]
    for path, known in FIELDS.items()
}
PHRASES = st.sampled_from(list_phrases(vocabulary.load_words("data", "sure"))) | st.sampled_from(
    list_phrases(vocabulary.load_file("words.yaml"))
)
Rows = list[tuple[str, ...]]


@st.composite
def tables(draw: st.DrawFn, *among: str) -> Rows:
    """A table of a few fields under many labels, whose cells say few things in many ways, about one service."""
    fields = draw(st.lists(st.sampled_from(among), min_size=1, max_size=2))
    labels = st.sampled_from([label for path in fields for label in LABELS[path]])
    heads = draw(st.lists(labels, min_size=2, max_size=5))
    said = st.sampled_from(draw(st.lists(PHRASES, min_size=1, max_size=3)))
    cells = st.lists(said | st.sampled_from(GLUE), min_size=1, max_size=5).map("".join)
    rows = draw(st.lists(st.tuples(*[cells] * len(heads)), min_size=1, max_size=3))
    return [("Name", *heads), *(("Alpha", *row) for row in rows)]


TABLES = (
    tables(*(field for field in FIELDS if field not in ("name", "until")))  # one column has the name
    | tables("sees")
    | tables("sees", "never_sees")
)


def to_csv(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def to_html(rows: Rows) -> str:
    lines = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def to_markdown(rows: Rows) -> str:
    cells = [[re.sub(r"([|*_\\`<\[])", r"\\\1", cell).replace("\n", "<br>") for cell in row] for row in rows]
    lines = [cells[0], ["---"] * len(cells[0]), *cells[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


RENDERERS = {InputFormat.CSV: to_csv, InputFormat.HTML: to_html, InputFormat.MARKDOWN: to_markdown}
WHOLE_PAGES = st.builds(
    lambda kind, rows: (kind, RENDERERS[kind](rows)), st.sampled_from([*RENDERERS]), TABLES
)
PAGES = WHOLE_PAGES | WHOLE_PAGES.flatmap(
    lambda page: st.tuples(st.just(page[0]), mutated(st.just(page[1]), ("Name", "<td>", "|"), most=3))
)


def check_page(page: tuple[InputFormat, str]) -> bool:
    """Check that a page is imported as a list that loads, or refused with a documented error."""
    kind, text = page
    try:
        return bool(made(text, kind).services)
    except SubprocError:
        return False


KINDS = {
    "questions": Kind(
        QUESTIONS,
        check_question,
        0.3,
        ("(" * 200, "not " * 200 + "see email", "see email and " * 200 + "see email", 'named "-"'),
    ),
    "lists": Kind(LISTS, check_list, 0.5),
    "customers": Kind(CUSTOMER_FILES, check_customers, 0.4),
    "addresses": Kind(
        ADDRESSES,
        check_address,
        0.3,
        ("x@[y.z", "a#@(c)a.b", "!@[1.2.3.4]", "=?utf-8?q?a?=@b.example", "a" * 190 + "@b.ex"),
    ),
    "ledgers": Kind(LEDGERS, check_ledger, 0.3),
    "comments": Kind(
        COMMENTS,
        check_comment,
        0.2,
        ("# subproc: ignore[", "# subproc: ignore[a,b,,]] until= until=2024-01-01"),
    ),
    "pages": Kind(PAGES, check_page, 0.5),
}
