"""English words: what questions and answers name, and what a list states."""

from subproc_cli.describe.statements import Statements
from subproc_cli.enums import ADEQUATE, PERSONAL, Language
from subproc_cli.registry.registry import Index

ENGLISH = Statements(Language.EN, iso=True)
"""What a list states, with days as the file has them."""
FIELDS = {
    "processing": "a place of processing",
    "entity": "the name of its legal entity",
    "address": "the address of its legal entity",
    "country": "the country of its legal entity",
    "data": "which data it sees",
    "purpose": "a purpose",
    "condition": "the condition under which it is used",
    "transfer": "a transfer basis",
    "contact": "a contact",
    "dpa": "a link to its data processing agreement",
    "subjects": "whose data it is",
    "retention": "how long it keeps data",
    "certifications": "certifications",
    "onward": "whom it passes data on to",
    "since": "since when it is in use",
}


def category(index: Index, key: str) -> str:
    """Return a category in words; a question can ask for personal data as well."""
    return "personal data" if key == PERSONAL else ENGLISH.category(index, key)


def place(index: Index, name: str) -> str:
    """Return a place as it stands in a sentence; a question can ask for adequate countries as well."""
    return "adequate countries" if name == ADEQUATE else ENGLISH.the(index, name)
