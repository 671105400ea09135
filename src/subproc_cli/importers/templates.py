"""Recognizes templates: pages whose services are filled in from data that is elsewhere.

A placeholder, `{{ item.title }}`, is not the name of a service. A page that shows such marks somewhere in its
text is not a template: what counts is whether they replace names, or most of the other texts.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from subproc_cli.errors import ReadError
from subproc_cli.importers import vocabulary
from subproc_cli.importers.columns import Labels
from subproc_cli.importers.mapping import is_name_cell
from subproc_cli.importers.models import ABOVE, RawService, RawTable

_LONGEST_SHOWN = 60
_BRACKETED = re.compile(r"\[[^\[\]]+\]|<[^<>]+>|\{[^{}]+\}|\([^()]+\)")
"""A text that is nothing but brackets, as a form has them for what is to be written."""


_BLANK = re.compile(
    r"\[(?:[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5}"
    r"|(?:Specify|Insert|Your|Enter|Fill in|Company Name|Name of)\b[^\[\]\n]{0,60})\]"
)
"""A field of a form in brackets."""
_FEWEST_BLANKS = 3


class TemplateLanguage(NamedTuple):
    """A language of templates: what it is called, and what its placeholders and its loops look like.

    Attributes:
        name: what people call it.
        placeholder: a piece that a value replaces.
        loop: a piece that repeats others, with the data that it goes over as its first group.
        insertion: a piece that may insert a whole list.
    """

    name: str
    placeholder: re.Pattern[str] | None
    loop: re.Pattern[str] | None
    insertion: re.Pattern[str] | None


def _language(name: str, placeholder: str = "", loop: str = "", insertion: str = "") -> TemplateLanguage:
    patterns = (re.compile(each, re.IGNORECASE) if each else None for each in (placeholder, loop, insertion))
    return TemplateLanguage(name, *patterns)


_JSX = "JSX"
_LANGUAGES = (
    _language(
        "Hugo",
        loop=r"\{\{-?[ \t]{0,9}range[ \t]([^{}\n]{1,200}?)[ \t]{0,9}-?\}\}",
        insertion=r"\{\{[<%][^{}\n]{1,200}[>%]\}\}",
    ),
    _language("Handlebars", loop=r"\{\{~?#each[ \t]([^{}\n]{1,200}?)[ \t]{0,9}~?\}\}"),
    _language(
        "Liquid or Jinja",
        r"\{%[^%\n]{1,200}%\}",
        r"\{%-?[ \t]{0,9}for[ \t][^%\n]{1,100}?[ \t]in[ \t]([^%\n]{1,200}?)[ \t]{0,9}-?%\}",
    ),
    _language(
        "Svelte",
        r"\{[#/:@][a-z]+[^{}\n]{0,200}\}",
        r"\{#each[ \t]([^{}\n]{1,200}?)(?:[ \t]as[ \t][^{}\n]{0,100})?\}",
    ),
    _language("Vue", loop=r"\bv-for=[\"'][^\"'\n]{1,100}?[ \t](?:in|of)[ \t]([^\"'\n]{1,200})[\"']"),
    _language("Angular", loop=r"\*ngFor=[\"'][^\"'\n]{1,100}?[ \t]of[ \t]([^\"';\n]{1,200})"),
    _language(
        "PHP",
        r"<\?(?:php\b|=)[^>\n]{0,200}(?:\?>)?|\A[^<>\n]{0,100}\?>",
        r"<\?php[ \t]{1,9}foreach[ \t]{0,9}\([ \t]{0,9}([^\n]{1,100}?)[ \t]{1,9}as[ \t]",
        r"<\?(?:php\b|=)",
    ),
    _language(
        "EJS or ERB",
        r"<%[^\n]{0,200}?%>",
        r"<%[-=]?[ \t]{0,9}(?:for[ \t]{0,9}\([^\n]{1,100}?[ \t](?:of|in)[ \t]([\w.$\[\]'\"]{1,200})"
        r"|([\w.@$]{1,200}?)\.(?:each|forEach)\b)",
    ),
    _language("JavaScript", r"\$\{[^{}\n]{1,200}\}"),
    _language(_JSX, r"\A\{[A-Za-z_$][^{}\n]{0,200}\}\Z", r"\{[ \t]{0,9}([\w.$]{1,200}?)\.map[ \t]{0,9}\("),
    _language(
        "Razor",
        r"\A@[A-Za-z_]\w*(?:\.\w+|\([^()\n]{0,100}\))+\Z",
        r"@foreach[ \t]{0,9}\([^\n]{1,100}?[ \t]in[ \t]([^\n]{1,100}?)\)",
    ),
    _language("Vue, Angular, Handlebars or Jinja", r"\{\{[^{}\n]{1,200}\}\}"),
)
_MARK = re.compile(r"[{<>@]")
"""A character that every placeholder has."""
_INLINE = re.compile(r"\{[A-Za-z_$][^{}\n]{0,200}\}")
_MEMBER = re.compile(r"\{[A-Za-z_$][\w$]*(?:\.|\[|\()")


def refuse_template(found: RawTable, labels: Labels, text: str) -> None:
    """Refuse a file whose services are placeholders, or that has none but repeats something over data.

    Args:
        found: what was found in the file.
        labels: the labels that are known.
        text: the text of the file; empty if it is not a text.

    Raises:
        ReadError: it is a template.
    """
    language, loop, source = _loop(text)
    sample = _sample(found.entries, labels, repeats=language == _JSX)
    if sample:
        language = language or find_language(sample)
        message = f"the file is a template ({language}) that fills in its services with {_short(sample)}"
    elif found.entries and all(is_placeholder_row(entry, labels) for entry in found.entries):
        name = next(cell.text for cell in found.entries[0].cells if is_name_cell(cell, labels))
        message = f"the file is a form with fields to fill in, such as {_short(name)}"
        raise ReadError(message, "fill it in, then import it")
    elif len(blanks := _find_blanks(found)) >= _FEWEST_BLANKS:
        message = f"the file is a form with fields to fill in, such as {_short(blanks[0])}"
        raise ReadError(message, "fill it in, then import it")
    elif loop and not found.entries:
        fills = f"and {_short(loop)} may fill them in"
        message = f"no services found: the file is a template ({language}) {fills}"
    else:
        return
    hint = f"import its data{f' ({_short(source)})' if source else ''}, or the finished page"
    raise ReadError(message, f"{hint} saved in a browser")


def _find_blanks(found: RawTable) -> list[str]:
    """Return the fields to fill in that a page shows in its texts: `[COMPANY_NAME]`, `[Specify]`."""
    texts = [cell.text for entry in found.entries for cell in entry.cells if not cell.exact]
    return [blank for text in (*texts, *found.skipped) for blank in _BLANK.findall(text)]


def is_placeholder_row(entry: RawService, labels: Labels) -> bool:
    """Return whether a row only shows what to write: `[Company name]`, `Example Inc.` with `e.g. hosting`."""
    if any(cell.exact for cell in entry.cells):
        return False  # an export means what it says
    texts = [cell.text.strip() for cell in entry.cells if is_name_cell(cell, labels) and cell.text.strip()]
    others = [
        cell.text.strip()
        for cell in entry.cells
        if cell.text.strip() and cell.label != ABOVE and not is_name_cell(cell, labels)
    ]
    if not texts:
        return False
    name = texts[0]
    examples = sum(map(_is_example, others))
    if _is_example(name) or (examples and _is_made_up(name)):
        return True
    if _BRACKETED.fullmatch(name):
        is_label = labels.field(name[1:-1].strip()) is not None or _is_made_up(name)
        return is_label or any(map(_BRACKETED.fullmatch, others))
    return bool(others) and (
        (examples > 1 and examples == len(others))
        or all(labels.field(text) is not None for text in (name, *others))
    )


def _is_example(text: str) -> bool:
    """Return whether a text begins as an example of what to write does."""
    return text.casefold().startswith(_list_example_starts())


@cache
def _list_example_starts() -> tuple[str, ...]:
    words = [word.casefold() for word in vocabulary.load_words("template", "example")]
    return tuple(f"{word}{end}" for word in words for end in (" ", ",", ":"))


def _is_made_up(name: str) -> bool:
    return vocabulary.contains_words(name, "template", "names")


def find_language(text: str) -> str:
    """Return the language of templates in which most of a text is a placeholder, empty if it is not."""
    if not _MARK.search(text):
        return ""
    bare = text.strip()
    found = [each for each in _LANGUAGES if each.placeholder and each.placeholder.search(bare)]
    rest = bare
    for each in found:
        rest = each.placeholder.sub(" ", rest) if each.placeholder else rest
    return found[0].name if found and 2 * _letters(_INLINE.sub(" ", rest)) <= _letters(bare) else ""


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _sample(entries: Iterable[RawService], labels: Labels, *, repeats: bool) -> str:
    """Return a placeholder for a service, or for one of most of the texts; empty without one.

    Args:
        entries: the services.
        labels: the labels that are known.
        repeats: whether the file repeats something in braces, so that `{name}` is not a name either.
    """
    filled: list[str] = []
    for entry in entries:
        if any(cell.exact for cell in entry.cells):
            continue  # an export means what it says
        others = [
            cell.text.strip() for cell in entry.cells if cell.text.strip() and not is_name_cell(cell, labels)
        ]
        for name in (cell.text.strip() for cell in entry.cells if is_name_cell(cell, labels)):
            if find_language(name) and (repeats or _is_sure(name) or any(map(find_language, others))):
                return name
        filled += others
    held = [text for text in filled if find_language(text) and _is_sure(text)]
    return held[0] if len(held) > 1 and 2 * len(held) > len(filled) else ""


def _is_sure(name: str) -> bool:
    """Return whether a placeholder can be nothing else: `{code}` and `@acme.example` may be names."""
    return (
        not name.startswith(("{", "@"))
        or name.startswith(("{{", "{%", "{#", "{@"))
        or bool(_MEMBER.match(name))
    )


def _loop(text: str) -> tuple[str, str, str]:
    """Return the language of the first loop or insertion of a text, the piece itself, and its data."""
    for each in _LANGUAGES:
        match = each.loop.search(text) if each.loop else None
        if match:
            return each.name, match[0], next(filter(None, match.groups()), "")
    for each in _LANGUAGES:
        match = each.insertion.search(text) if each.insertion else None
        if match:
            return each.name, match[0], ""
    return "", "", ""


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_SHOWN else f"{flat[:_LONGEST_SHOWN].rstrip()} …"
