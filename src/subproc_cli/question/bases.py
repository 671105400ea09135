"""Transfer bases inside a clause: `on the DPF`, `only on adequacy`, `on SCC only`."""

from subproc_cli.question import lexicon
from subproc_cli.question.clauses import Clause, Question
from subproc_cli.question.lists import ListReader
from subproc_cli.words import SURE, did_you_mean, stem


class Bases:
    """Reads what transfers rest on."""

    def __init__(self, reader: ListReader) -> None:
        self._reader = reader

    def relied_on(self, *, only: bool = False) -> Question:
        """Read what comes after `rely`, or after `only rely`."""
        reader = self._reader
        only = reader.take(lexicon.ONLY) or only
        reader.skip(lexicon.ON)
        only = reader.take(lexicon.ONLY) or only
        bases = reader.listed(self.basis)
        if not reader.take(lexicon.ONLY) and not only:
            return bases
        if not isinstance(bases, Clause):
            raise reader.fault("'only' takes one transfer basis")
        return Clause("relies-only", bases.arguments)

    def basis(self, *, only: bool = False) -> Question:
        """Read one basis, perhaps one beside which there is no other."""
        self._reader.skip(lexicon.ON)
        found = self._reader.found(lambda phrase: lexicon.BASES.get(stem(phrase)))
        if found is None:
            raise self._reader.unknown("a transfer basis", _nearest)
        return Clause("relies-only" if only else "relies", (found,))


def _nearest(word: str) -> str:
    return did_you_mean(word, lexicon.BASIS_WORDS, SURE)
