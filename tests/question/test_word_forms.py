"""The forms of verbs that follow from the bare one."""

import pytest

from subproc_cli.question.word_forms import list_verb_forms, to_bare


@pytest.mark.parametrize(
    ("verb", "third", "participle", "gerund"),
    [
        ("process", "processes", "processed", "processing"),
        ("store", "stores", "stored", "storing"),
        ("see", "sees", "seen", "seeing"),
        ("have", "has", "had", "having"),
        ("carry", "carries", "carried", "carrying"),
        ("employ", "employs", "employed", "employing"),
        ("ship", "ships", "shipped", "shipping"),
        ("stop", "stops", "stopped", "stopping"),
        ("transfer", "transfers", "transferred", "transferring"),
        ("transmit", "transmits", "transmitted", "transmitting"),
        ("permit", "permits", "permitted", "permitting"),
        ("commit", "commits", "committed", "committing"),
        ("run", "runs", "run", "running"),
        ("begin", "begins", "begun", "beginning"),
        ("reach", "reaches", "reached", "reaching"),
        ("go", "goes", "gone", "going"),
        ("take", "takes", "taken", "taking"),
    ],
)
def test_list_verb_forms_follow_from_the_bare_form(
    verb: str, third: str, participle: str, gerund: str
) -> None:
    forms = {form: [*list_verb_forms((verb,), form)] for form in "spg"}
    assert forms == {"s": [third], "p": [participle], "g": [gerund]}


def test_list_verb_forms_of_several_words_inflects_the_first() -> None:
    assert list_verb_forms(("pass on",), "s") == {"passes": [("passes", "on")]}
    assert [*list_verb_forms(("be based",), "b")] == ["be", "are"]


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("does", "do"),
        ("has", "have"),
        ("handling", "handle"),
        ("processing", "process"),
        ("taking", "take"),
        ("writing", "write"),
        ("seeing", "see"),
        ("processes", "process"),
        ("reaches", "reach"),
        ("stores", "store"),
        ("access", "access"),
        ("see", "see"),
    ],
)
def test_to_bare_of_the_third_person_and_the_gerund(word: str, bare: str) -> None:
    assert to_bare(word) == bare
