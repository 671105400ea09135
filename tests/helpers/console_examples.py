"""The commands of the documents: with what they print in console blocks, alone in sh blocks."""

import re
import shlex
from collections.abc import Callable, Iterator
from typing import NamedTuple

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_SCRIPT = re.compile(r"```sh\n(.*?)```", re.DOTALL)


class Command(NamedTuple):
    """A command as a document shows it, and the lines that it shows below."""

    words: list[str]
    typed: str
    shown: str


def commands(document: str) -> Iterator[Command]:
    """Yield the commands of a document, in their order."""
    for block in _BLOCK.findall(document):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            typed, _, shown = part.partition("\n")
            words = shlex.split(typed, comments=True)
            yield Command(words, typed, shown)


def scripted(document: str) -> Iterator[list[str]]:
    """Yield the words of every `subproc` line in the blocks that show no output."""
    for block in _SCRIPT.findall(document):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["subproc"]:
                yield words


def rewritten(document: str, run: Callable[[list[str]], str]) -> str:
    """Return a document with what its commands print now below each of them."""

    def block(found: re.Match[str]) -> str:
        parts = re.split(r"^\$ ", found[1], flags=re.MULTILINE)[1:]
        texts = []
        for part in parts:
            typed = part.partition("\n")[0]
            texts.append(f"$ {typed}\n{run(shlex.split(typed, comments=True))}")
        return "```console\n" + "".join(texts) + "```"

    return _BLOCK.sub(block, document)
