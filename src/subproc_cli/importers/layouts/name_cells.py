"""Takes the name of a service out of a cell that holds more: links to documents, a tag below the name."""

from subproc_cli.importers import candidates, items, vocabulary
from subproc_cli.importers.blocks import TextRun, get_text
from subproc_cli.importers.text.entities import has_legal_form
from subproc_cli.importers.vocabulary import normalize


def find_name(runs: tuple[TextRun, ...]) -> str:
    """Return a text without links on lines of their own or in brackets; empty if it has none."""
    first, *below = candidates.split_lines(runs) or [()]
    bare = _without_linked_brackets(first)
    kept = [line for line in below if not _is_linked(line)]
    if kept == below and bare == first:
        return ""
    return get_text((*bare, *(run for line in kept for run in (TextRun("\n"), *line))))


def find_tag(runs: tuple[TextRun, ...]) -> str:
    """Return a line of one or two plain words below a line in bold; empty if there is anything else."""
    lines = candidates.split_lines(runs)
    match lines:
        case [name, line] if not any(run.link or run.strong for run in line if run.text.strip()):
            tag = get_text(line)
        case _:
            return ""
    is_place = items.is_place(tag) and (
        len(tag) > len("USA") or tag in vocabulary.load_words("places", "codes")
    )
    is_name = has_legal_form(tag) or is_place or any(map(str.isdigit, tag))
    is_bold = bool(name) and name[0].strong
    return tag if is_bold and len(tag.split()) <= _LONGEST_TAG and not is_name else ""


_LONGEST_TAG = 2


def _without_linked_brackets(runs: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    """Return a line without brackets at its end with a link to a document: `Acme (DPA)`."""
    match runs:
        case [_, *_, opening, link, closing]:
            before = runs[:-3]
        case _:
            return runs
    known = vocabulary.load_phrases("link_words")
    is_document = bool(link.link) and (candidates.is_document(link.text) or normalize(link.text) in known)
    opened = opening.text.rstrip()
    is_bracket = opened.endswith("(") and closing.text.strip() == ")" and not (opening.link or closing.link)
    return (*before, opening._replace(text=opened[:-1])) if is_document and is_bracket else runs


def _is_linked(line: tuple[TextRun, ...]) -> bool:
    return not any(char.isalnum() for run in line if not run.link for char in run.text)
