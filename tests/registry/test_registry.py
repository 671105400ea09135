"""Lookups in a list: a service by what a person types."""

import pytest

from registry_text import listing
from subproc_cli.errors import UsageError

LIST = listing(
    "  one: {name: Example Mail}\n  two: {name: Example Chat}\n  three: {name: Example Host}\n"
    "  four: {name: Example Pay, formerly: [pay]}\n  five: {name: Twin}\n  six: {name: twin}\n"
)


@pytest.mark.parametrize(("word", "key"), [("one", "one"), ("example mail", "one"), ("EXAMPLE CHAT", "two")])
def test_find_service_by_id_or_name(word: str, key: str) -> None:
    assert LIST.find_service(word) == (key, LIST.model.services[key])


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("example", "there is no service 'example' in test.yaml", "did you mean one, two or three?"),
        ("Host", "there is no service 'Host' in test.yaml", "did you mean three?"),
        ("Exmple Mail", "there is no service 'Exmple Mail' in test.yaml", "did you mean one?"),
        ("zzzzzzz", "there is no service 'zzzzzzz' in test.yaml", "see: subproc list --all"),
        ("twin", "2 services in test.yaml are called 'twin'", "say which by its id: five or six"),
    ],
)
def test_find_service_that_is_not_one_names_those_that_are_meant(word: str, message: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        LIST.find_service(word)
    assert (str(caught.value), caught.value.hint) == (message, hint)
