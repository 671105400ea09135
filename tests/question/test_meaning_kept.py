"""A refusal proposes no line that has lost a word of the question; negations and laws decide what is read."""

import re
from itertools import product

import pytest

from registry_text import listing
from subproc_cli.errors import QuestionSyntaxError
from subproc_cli.question import grammar
from subproc_cli.question.evaluator import ask
from subproc_cli.rules.config import Selection
from subproc_cli.rules.engine import run_rules
from subproc_cli.rules.rule import RuleContext

LIST = listing("  a: {name: A, processing: [GB], certifications: [ISO 27001, SOC 2]}\n")


def read(text: str) -> str:
    return str(grammar.parse(text, LIST.category_tree, LIST.gazetteer, LIST.model.services))


def proposals(text: str) -> list[str]:
    with pytest.raises(QuestionSyntaxError) as caught:
        read(text)
    return list(caught.value.proposals)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("process in only the EU", ["process only in the EU"]),
        ("do not process in only the EU", ["do not process only in the EU"]),
        ("are based in solely the EU", ["are based only in the EU"]),
        ("process outside only the EU", []),
        ("see nothing but email", []),
        ("only see email", []),
        ("see name only", []),
        ("have only ISO 27001", []),
        ("have every certification", []),
        ("rely on DPF and only DPF", []),
        ("only see email and process in the US", []),
        ("not all located in the EU", []),
        ("do not process all email in the EU", []),
        ("have only SCCs", ["rely only on SCCs"]),
    ],
)
def test_a_refusal_proposes_only_lines_that_keep_the_refused_word(text: str, lines: list[str]) -> None:
    assert proposals(text) == lines


KINDS = {
    "only": "only solely exclusively",
    "all": "all every each everything",
    "not": "not no never neither nothing don't doesn't aren't isn't",
}
VERBS = ("see {}", "have {}", "process in {}", "rely on {}", "are {}", "do not see {}", "only have {}")
WORDS = ("only", "all", "every", "nothing but", "no")
NAMES = ("email", "ISO 27001", "the EU", "DPF", "opt-in", "the EU in 2024")


def count_words(text: str) -> dict[str, int]:
    words = re.findall(r"[\w']+", text.casefold())
    counts = {kind: sum(word in names.split() for word in words) for kind, names in KINDS.items()}
    return counts | {word: words.count(word) for word in words if word.isdecimal()}


@pytest.mark.parametrize("verb", VERBS)
def test_no_proposal_loses_a_quantifier_a_negation_or_a_number(verb: str) -> None:
    for word, name in product(WORDS, NAMES):
        text = verb.format(f"{word} {name}")
        try:
            read(text)
        except QuestionSyntaxError as error:
            if "claim" in error.message or "two negations" in error.message:  # lines that spell the word out
                continue
            for line in error.proposals:
                kept, wanted = count_words(line), count_words(text)
                assert all(kept.get(key, 0) >= count for key, count in wanted.items()), (text, line)


@pytest.mark.parametrize("verb", ["do not see", "never see"])
def test_a_negation_before_verbs_with_and_is_refused_with_each_meaning(verb: str) -> None:
    lines = proposals(f"{verb} email and process in the US")
    assert [read(line) for line in lines] == [
        "not sees(identity.email) and not in(US)",
        "not sees(identity.email) and in(US)",
        "not (sees(identity.email) and in(US))",
    ]
    assert lines[:2] == [
        f"{verb} email and do not process in the US",
        f"{verb} email but process in the US",
    ]


def test_a_negation_before_verbs_of_one_service_is_refused_with_the_form_of_one() -> None:
    assert proposals("does not see email and process in the US")[:2] == [
        "does not see email and does not process in the US",
        "does not see email but processes in the US",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "do not see email but process in the US",
        "does not see email and processes in the US",
        "do not see email and that process in the US",
        "(do not see email) and process in the US",
    ],
)
def test_a_verb_with_a_form_of_its_own_is_not_denied(text: str) -> None:
    assert read(text) == "not sees(identity.email) and in(US)"


@pytest.mark.parametrize(
    ("law", "text", "lines"),
    [
        ("uk-gdpr", "process in third countries", ["process outside {uk}", "process outside {eea}"]),
        (
            "uk-gdpr",
            "do not process in third countries",
            ["do not process outside {uk}", "do not process outside {eea}"],
        ),
        (
            "uk-gdpr",
            "process only in the third countries",
            ["process only outside {uk}", "process only outside {eea}"],
        ),
        (
            "uk-gdpr",
            "transfer data to third countries",
            ["transfer data outside {uk}", "transfer data outside {eea}"],
        ),
        ("ch-fadp", "are based in third countries", ["are based outside {ch}", "are based outside {eea}"]),
        ("eu-gdpr, uk-gdpr", "process in third countries", ["process outside {eea}", "process outside {uk}"]),
    ],
)
def test_third_countries_of_another_law_are_refused_with_the_areas(
    law: str, text: str, lines: list[str]
) -> None:
    registry = listing("  a: {name: A, processing: [GB]}\n", head=f"law: [{law}]")
    with pytest.raises(QuestionSyntaxError) as caught:
        ask(registry, text, registry.model.date)
    places = {"uk": "the United Kingdom", "eea": "the EEA", "ch": "Switzerland"}
    assert list(caught.value.proposals) == [line.format(**places) for line in lines]


def test_third_countries_under_the_gdpr_of_the_eu_lie_outside_the_eea() -> None:
    assert read("process in third countries") == "outside(EEA)"


def test_a_policy_on_third_countries_under_uk_law_is_refused() -> None:
    head = "law: [uk-gdpr]\npolicies:\n- {name: p, require: do not process in third countries}"
    registry = listing("  a: {name: A, processing: [GB]}\n", head=head)
    messages = [
        found.message for found in run_rules(RuleContext(registry, registry.model.date), Selection()).findings
    ]
    assert any("third countries depends on the law" in message for message in messages), messages
