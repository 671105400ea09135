"""Transfer bases inside a clause: `on the DPF`, `only on adequacy`, `on SCC only`."""

from subproc_cli.question import vocabulary
from subproc_cli.question.lists import ListReader
from subproc_cli.question.query import Clause, Question
from subproc_cli.suggest import SURE, suggest
from subproc_cli.text import stem


class Bases:
    """Reads what transfers rest on."""

    def __init__(self, reader: ListReader) -> None:
        self._reader = reader

    def relied_on(self, *, only: bool = False) -> Question:
        """Read what comes after `rely`, or after `only rely`."""
        reader = self._reader
        only = reader.take(vocabulary.ONLY) or only
        reader.skip(vocabulary.ON)
        only = reader.take(vocabulary.ONLY) or only
        bases = reader.listed(self.basis)
        if not reader.take(vocabulary.ONLY) and not only:
            return bases
        if not isinstance(bases, Clause):
            raise reader.fault("'only' takes one transfer basis")
        return Clause("relies-only", bases.arguments)

    def basis(self, *, only: bool = False) -> Question:
        """Read one basis, perhaps as the only one."""
        self._reader.skip(vocabulary.ON)
        found = self._reader.found(lambda phrase: vocabulary.RELIED_ON.get(stem(phrase)))
        if found is None:
            raise self._reader.unknown("a transfer basis", _nearest)
        return Clause("relies-only" if only else "relies", (found,))


def _nearest(word: str) -> str:
    return suggest(word, vocabulary.BASIS_WORDS, SURE)
