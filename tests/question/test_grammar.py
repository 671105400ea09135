"""The grammar names only what exists, and everything that exists is named."""

from collections.abc import Iterator
from datetime import date

from question_list import load_vendors
from subproc_cli.question.grammar import Call, Expression, ItemKind, load_grammar
from subproc_cli.question.islands import ISLAND_RULES
from subproc_cli.question.meanings import ACTIONS
from subproc_cli.question.vocabulary import Vocabulary

GRAMMAR = load_grammar()
PRODUCTIONS = [(rule, production) for rule in GRAMMAR for production in GRAMMAR.find_productions(rule)]
ITEMS = [item for _, production in PRODUCTIONS for item in production.items]


def iter_calls(meaning: Expression | None) -> Iterator[Call]:
    if isinstance(meaning, Call):
        yield meaning
        for argument in meaning.arguments:
            yield from iter_calls(argument)


def iter_numbers(meaning: Expression | None) -> Iterator[int]:
    if isinstance(meaning, int):
        yield meaning
    if isinstance(meaning, Call):
        for argument in meaning.arguments:
            yield from iter_numbers(argument)


def list_names(kind: ItemKind) -> set[str]:
    return {item.name for item in ITEMS if item.kind is kind}


def test_grammar_actions_are_those_of_the_table() -> None:
    used = {call.action for _, production in PRODUCTIONS for call in iter_calls(production.meaning)}
    assert used == {*ACTIONS, "each"}


def test_grammar_rules_that_are_named_exist() -> None:
    assert list_names(ItemKind.RULE) <= set(GRAMMAR)


def test_grammar_rules_are_all_named() -> None:
    named = {name.partition(".")[0] for name in list_names(ItemKind.RULE)}
    islands = {name.partition(".")[0] for name in ISLAND_RULES}
    assert {name.partition(".")[0] for name in GRAMMAR} == {GRAMMAR.start, *named, *islands}


def test_grammar_word_classes_are_those_that_are_looked_up() -> None:
    named = {name.partition(".")[0] for name in list_names(ItemKind.CLASS)}
    looked_up = Vocabulary(load_vendors(), date(2026, 1, 1)).finders
    assert named == {*GRAMMAR.verbs, *GRAMMAR.phrases, *looked_up}


def test_grammar_meaning_uses_items_of_its_line() -> None:
    wrong = [
        rule
        for rule, production in PRODUCTIONS
        if any(number > len(production.items) for number in iter_numbers(production.meaning))
    ]
    assert wrong == []


MEANINGFUL_WORDS = {"without_adequacy", "at_least"}
"""The actions that are given plain words."""


def test_grammar_meaning_is_not_that_of_a_plain_word() -> None:
    plain = {*GRAMMAR.verbs, *GRAMMAR.phrases}
    taken = [
        (rule, production.items[number - 1])
        for rule, production in PRODUCTIONS
        for number in (
            [production.meaning] if isinstance(production.meaning, int) else iter_numbers(production.meaning)
        )
        if MEANINGFUL_WORDS.isdisjoint(call.action for call in iter_calls(production.meaning))
    ]
    wrong = [
        rule
        for rule, item in taken
        if item.kind is ItemKind.WORD
        or (item.kind is ItemKind.CLASS and item.name.partition(".")[0] in plain)
    ]
    assert wrong == []


MAY_BE_MISSING = {"noun", "nouns", "no"}
"""The items whose meaning may be missing: everyone is asked then."""


def test_grammar_meaning_is_not_that_of_an_item_that_can_be_left_out() -> None:
    wrong = [
        (rule, production.items[number - 1].name)
        for rule, production in PRODUCTIONS
        for number in iter_numbers(production.meaning)
        if production.items[number - 1].is_optional
    ]
    assert {each for each in wrong if each[1] not in MAY_BE_MISSING} == set()


def test_grammar_words_are_folded() -> None:
    words = {word for item in ITEMS if item.kind is ItemKind.WORD for word in item.words}
    assert [word for word in sorted(words) if word != word.casefold()] == []


WHO_ITEMS = {"noun", "nouns", "NOUN", "for_whom", "services_and", "services_or"}
"""The items that say who is asked."""


FIELD_RULES = {"field_there", "no_field_there", "signed_field", "field_or_signed"}
"""The rules whose meaning is a field."""


CLAUSE_ITEMS = {
    "has": {"FIELD", *FIELD_RULES},
    "lacks": {"FIELD", "fields", *FIELD_RULES},
    "relies": {"BASIS", "bases", "bases_there"},
    "used-for": {"TYPE", "KNOWN_TYPE", "types", "SENDING"},
    "sees": {"DATA"},
    "sees-all": {"DATA"},
    "certified": {"CERT", "FRAMEWORK", "cert", "certs"},
    "kept-longer": {"DURATION"},
    "kept-shorter": {"DURATION"},
    "role": {"ROLE"},
    "group": {"GROUP"},
}
"""The items that can be the argument of a clause."""


ACTION_ITEMS = {
    "began_before": {"DATES", "AGO"},
    "added": {"DATES", "RECENT", "RECENTLY", "SUPERLATIVE_NEW", "AGO"},
    "ended": {"DATES"},
    "starts_in": {"DATES"},
    "in_use_since": {"DATES"},
    "in_use_within": {"DATES"},
    "outside": {"places", "VAGUE_AREA"},
    "inside": {"places", "in_places", "VAGUE_AREA"},
    "only_inside": {"places"},
    "at": {"locs", "out_locs", "only_locs", "to_locs", "from_places", "from_locs"},
    "stay": {"locs"},
    "kept_in": {"locs"},
    "data_kept_in": {"locs"},
}
"""The items that can be the last argument of an action."""


def iter_misplaced(rule: str, names: list[str], meaning: Expression | None) -> Iterator[str]:
    """Yield the calls of a line that are given another item than they need."""
    for call in (call for call in iter_calls(meaning) if call.arguments):
        first, last = call.arguments[0], call.arguments[-1]
        if call.action == "fact" and isinstance(last, int) and names[last - 1] != "SERVICE":
            yield f"{rule}: {call}"
        who = call.arguments[1] if call.action in {"query", "listing"} else None
        if isinstance(who, int) and names[who - 1] not in WHO_ITEMS:
            yield f"{rule}: {call}"
        if call.action == "one" and isinstance(first, int) and names[first - 1] != "SERVICE":
            yield f"{rule}: {call}"
        if isinstance(last, int) and names[last - 1] not in ACTION_ITEMS.get(call.action, {names[last - 1]}):
            yield f"{rule}: {call}"
        if call.action == "clause" and isinstance(last, int) and isinstance(first, str):
            base = names[last - 1].partition(".")[0]
            if base not in CLAUSE_ITEMS.get(first, {base}):
                yield f"{rule}: {call}"


def test_grammar_meaning_gives_each_action_an_item_of_its_kind() -> None:
    found = (
        iter_misplaced(rule, [item.name for item in production.items], production.meaning)
        for rule, production in PRODUCTIONS
    )
    assert [each for misplaced in found for each in misplaced] == []
