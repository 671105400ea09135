"""Valid texts that go wrong in a few places, so that a good part of them is still read."""

from collections.abc import Sequence

from hypothesis import strategies as st

ODD = (
    "",
    "~",
    "NO",
    "true",
    "-1",
    "1e3",
    "2024-13-01",
    "[]",
    "{}",
    "[x]",
    "x: y",
    "|",
    "&a",
    "*a",
    "!!x",
    "#",
    '"',
    "'",
    "\t",
)
"""What a value may be that somebody forgot, mistyped, or pasted."""
CHARACTERS = st.characters(exclude_categories=["Cs"])


@st.composite
def mutated(
    draw: st.DrawFn, texts: st.SearchStrategy[str], keys: Sequence[str] = ("x-a", "name"), most: int = 2
) -> str:
    """A text with up to so many lines, values or characters changed."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, most))):
        change = draw(st.sampled_from([_delete, _repeat, _swap, _set, _insert, _replace, _character]))
        text = change(draw, text, keys)
    return text


def _at(draw: st.DrawFn, lines: list[str]) -> int:
    return draw(st.integers(0, len(lines) - 1))


def _delete(draw: st.DrawFn, text: str, keys: Sequence[str]) -> str:
    del keys
    lines = text.split("\n")
    del lines[_at(draw, lines)]
    return "\n".join(lines)


def _repeat(draw: st.DrawFn, text: str, keys: Sequence[str]) -> str:
    del keys
    lines = text.split("\n")
    lines.insert(_at(draw, lines), lines[_at(draw, lines)])
    return "\n".join(lines)


def _swap(draw: st.DrawFn, text: str, keys: Sequence[str]) -> str:
    del keys
    lines = text.split("\n")
    one, other = _at(draw, lines), _at(draw, lines)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _set(draw: st.DrawFn, text: str, keys: Sequence[str]) -> str:
    """Give a line with a colon another value: an odd one, or that of another line."""
    del keys
    lines = text.split("\n")
    at = _at(draw, lines)
    key, colon, _ = lines[at].partition(": ")
    values = [value for line in lines for _, _, value in (line.partition(": "),) if value]
    if colon:
        lines[at] = f"{key}: {draw(st.sampled_from([*ODD, *values]))}"
    return "\n".join(lines)


def _insert(draw: st.DrawFn, text: str, keys: Sequence[str]) -> str:
    """Put a field above a line, as deep as that."""
    lines = text.split("\n")
    at = _at(draw, lines)
    depth = len(lines[at]) - len(lines[at].lstrip(" "))
    value = draw(st.sampled_from([*ODD, "x", "[US]", "{name: x}"]))
    lines.insert(at, f"{' ' * depth}{draw(st.sampled_from(keys))}: {value}")
    return "\n".join(lines)


def _replace(draw: st.DrawFn, text: str, keys: Sequence[str]) -> str:
    """Put a word of the text, or a key, in the place of another word."""
    words = text.split(" ")
    words[_at(draw, words)] = draw(st.sampled_from([*words, *keys]))
    return " ".join(words)


def _character(draw: st.DrawFn, text: str, keys: Sequence[str]) -> str:
    del keys
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(CHARACTERS) + text[at + draw(st.integers(0, 1)) :]
