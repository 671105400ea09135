"""Data inside a clause: `email`, `all customer content`, `(email and name) but not content`."""

from collections.abc import Iterator

from subproc_cli.enums import PERSONAL
from subproc_cli.question import suggestions, vocabulary
from subproc_cli.question.areas import Areas
from subproc_cli.question.lists import ListReader
from subproc_cli.question.query import Clause, Not, Question
from subproc_cli.question.refusal import Line, Refusal
from subproc_cli.reference.categories import ROOT, CategoryTree
from subproc_cli.suggest import SURE, suggest
from subproc_cli.text import ARTICLES, fold, stem

_SOME_OF, _ALL_OF = "sees", "sees-all"
ANYTHING = Clause(_SOME_OF, (ROOT,))
EVERYTHING = Clause(_ALL_OF, (ROOT,))
NOTHING = Not(ANYTHING)

_EMAIL = "identity.email"
_MAILS = frozenset(("emails", "e mails", "mails", "mail"))
_MAIL = frozenset(("email", "e mail"))
"""What is an address, unless it is read, sent or hosted."""
_ADDRESSES_OR_MESSAGES = ("email addresses", "email messages")
_PAYMENTS = frozenset(("payment", "payments"))
"""What is a service as well as data, where it is processed."""
_ONLY = "'only' is understood of places and transfer bases"
_WORLDWIDE = "name the area that matters: 'process outside the EEA'"
_A_PLACE = "for a place, say 'process in …' or 'process outside …'"
_PREPOSITIONS = vocabulary.IN | vocabulary.OUTSIDE


class Data:
    """Reads kinds of data, and how much of them: some of it, or all of it."""

    def __init__(self, reader: ListReader, tree: CategoryTree, areas: Areas) -> None:
        self._reader = reader
        self._tree = tree
        self._areas = areas
        self._verb_at = 0
        self._members: list[tuple[int, int | None, int | None]] = []
        """Where each member of the list begins, the word for all of it is, and what denies it."""

    def read(self, verb_at: int) -> Question:
        """Read a list of data after a verb."""
        reader = self._reader
        self._verb_at, self._members = verb_at, []
        if reader.word in vocabulary.ONLY:
            raise reader.fault(_ONLY, "", *reader.without(reader.at))
        question = reader.listed(self._member)
        first = next((member for member in self._members if member[1] is not None), None)
        if first is not None:
            after = self._members[self._members.index(first) + 1 :]
            plain = [begun for begun, all_at, denial in after if all_at is None and denial == first[2]]
            if plain:
                raise self._how_far(plain, first[1] or 0)
        return question

    def key(self, name: str) -> Question:
        """Read a category as it prints, for a clause of that name."""
        found = self._reader.found(self.find)
        if found is None:
            raise self._reader.unknown("a data category", self._tree.suggest)
        return Clause(name, (found,))

    def find(self, phrase: str) -> str | None:
        """Return the category that a phrase names, whatever else it may mean."""
        return PERSONAL if stem(phrase) in vocabulary.PERSONAL else self._tree.find(phrase)

    def alone(self, data: Question) -> Question:
        """Return data that no place follows."""
        if _holds(data, Clause(_ALL_OF, (PERSONAL,))):
            all_at = next(all_at for _, all_at, _ in self._members if all_at is not None)
            line = self._reader.instead((all_at, all_at + 1, ""))
            raise self._reader.fault_at(all_at, "nobody sees all personal data that there is", "", line)
        return data

    def is_open(self) -> bool:
        """Return whether a place after the data just read may mean something else than both together."""
        return any(all_at is not None or denial != self._reader.denial for _, all_at, denial in self._members)

    def _member(self) -> Question:
        reader = self._reader
        begun, all_at, some_at, found = reader.at, None, None, reader.phrase(self._key)
        while found is None:
            if reader.word in vocabulary.ALL | vocabulary.SOME and (all_at, some_at) != (None, None):
                raise reader.quantity()
            all_at = reader.at if reader.word in vocabulary.ALL else all_at
            some_at = reader.at if reader.word in vocabulary.SOME else some_at
            if not reader.take(vocabulary.ALL | vocabulary.SOME | vocabulary.WHOSE | frozenset(("of",))):
                break
            found = reader.phrase(self._key)
        if found is None:
            raise self._unknown()
        if reader.word_at(reader.at - 1) == vocabulary.EVERYTHING:
            if (all_at, some_at) != (None, None):
                raise reader.fault_at(begun, f"{reader.text_at(begun)!r} is not understood here")
            all_at = reader.at - 1
        if some_at is not None and (reader.denials or self._areas.ahead()):
            raise reader.fault_at(some_at, "'some' is not understood here", "", *reader.without(some_at))
        if all_at is not None and reader.denial is not None and reader.word_at(reader.denial) == "no":
            raise self._none_of_all(all_at, reader.denial)
        self._members.append((begun, all_at, reader.denial))
        return Clause(_SOME_OF if all_at is None else _ALL_OF, (found,))

    def _key(self, phrase: str) -> str | None:
        """Return the category that a phrase names; refuse a phrase that has other meanings as well."""
        words, found = fold(phrase).split(), self.find(phrase)
        own = found is not None and found in self._tree and self._tree[found].own
        if own:
            return found
        if words[:1] and words[0] in vocabulary.ALL:
            return None
        bare = [word for word in words if word not in ARTICLES]
        self._refuse_senses(phrase, " ".join(bare), found)
        hint, meant = ("", ()) if found else suggestions.data(stem(phrase))
        if hint:
            at, count = self._reader.at, self._reader.count(phrase)
            lines = (self._reader.instead((at, at + count, each)) for each in meant)
            raise self._reader.fault(f"{phrase!r} may mean one of several things", hint, *lines)
        return found

    def _refuse_senses(self, phrase: str, bare: str, found: str | None) -> None:
        """Refuse words that are two kinds of data, or a use as well as data."""
        reader = self._reader
        verb = reader.word_at(self._verb_at)
        used = verb in vocabulary.HOST | vocabulary.TRANSFER
        at, end = reader.at, reader.at + reader.count(phrase)
        while at < end and reader.word_at(at) in ARTICLES:
            at += 1
        if found in (_EMAIL, None) and (
            bare in _MAILS or (bare in _MAIL and (verb in vocabulary.READ or used))
        ):
            shown = " ".join(map(reader.text_at, range(at, end)))
            message = f"{shown!r} may be addresses or messages"
            if used:
                message = (
                    f"to {_bare(verb)} {shown} is a use; a question asks who sees addresses, or messages"
                )
            lines = (reader.instead(*self._seen(), (at, end, each)) for each in _ADDRESSES_OR_MESSAGES)
            raise reader.fault_at(at, message, "", *lines)
        if bare in _PAYMENTS and verb in vocabulary.PROCESS | vocabulary.HOST | vocabulary.TRANSFER:
            line = reader.instead(*self._seen(), (at, end, "payment data"))
            raise reader.fault_at(
                at, f"to {_bare(verb)} payments is a use; a question asks for data", "", line
            )

    def _seen(self) -> list[tuple[int, int, str]]:
        """Return the changes that make `see` of a verb that is a use as well: `host files in the EU`."""
        reader, verb = self._reader, self._reader.word_at(self._verb_at)
        if verb not in vocabulary.HOST | vocabulary.TRANSFER:
            return []
        towards = reader.until(vocabulary.TOWARDS)
        place = [] if towards is None else [(towards, towards + 1, "in")]
        return [(self._verb_at, self._verb_at + 1, _see(verb)), *place]

    # What is refused

    def _unknown(self) -> Refusal:
        reader, phrase = self._reader, self._reader.ahead()
        what = "a data category"
        if reader.word == "nothing" and reader.peek(1) in vocabulary.AND:  # nothing but texts
            return reader.fault(_ONLY, "", reader.instead((reader.at, reader.at + 2, "")))
        if reader.word == "nothing" and not reader.denials:
            verb_at = reader.at - 1
            denied = f"do not {_bare(reader.word_at(verb_at))} anything"
            line = reader.instead((verb_at, reader.at + 1, denied))
            return reader.fault("'nothing' may mean one of several things", "say 'do not see anything'", line)
        if self._areas.worldwide(phrase):
            return reader.unknown(what, self._nearest, _WORLDWIDE)
        if self._areas.known(phrase):
            return reader.unknown(what, self._nearest, _A_PLACE)
        if suggestions.belongs(phrase):
            line = reader.instead((reader.at, reader.at + 1, ""))
            return reader.unknown(what, self._nearest, suggestions.belongs(phrase), line)
        return reader.unknown(what, self._nearest)

    def _nearest(self, phrase: str) -> str:
        """Return `did you mean …?` for a misspelt category or preposition; a word for a fact is not one."""
        if any(stem(word) in vocabulary.FIELDS for word in phrase.split()):
            return ""
        found = self._tree.suggest(phrase) or suggest(phrase, _PREPOSITIONS, SURE)
        if found or stem(phrase) == fold(phrase):
            return found
        found = self._tree.suggest(stem(phrase))  # `emials` is as near to `emails` as `emial` is to `email`
        return f"{found.removesuffix('?')}s?" if found else ""

    def _none_of_all(self, all_at: int, denial: int) -> Refusal:
        """Return the fault of `see no all data`, `have no access to everything`."""
        reader, verb = self._reader, self._reader.word_at(denial - 1)
        noun = reader.word_at(all_at) == vocabulary.EVERYTHING
        return reader.fault_at(
            all_at,
            f"'no' and {reader.word_at(all_at)!r} leave open whether nothing is meant, or not all of it",
            "",
            Line(
                reader.instead((all_at, all_at + 1, "anything" if noun else "any")),
                instead_of=reader.word_at(all_at),
            ),
            reader.instead((denial - 1, denial + 1, f"do not {_bare(verb)}")),
        )

    def _how_far(self, plain: list[int], all_at: int) -> Refusal:
        """Return the fault of `see all content and usage data`."""
        reader = self._reader
        word, verb = reader.word_at(all_at), _see(reader.word_at(self._verb_at))
        every = "all" if word == vocabulary.EVERYTHING else word
        return reader.fault_at(
            all_at,
            f"{word!r} leaves open how far it goes",
            "",
            reader.instead(*((at, at, every) for at in plain)),
            reader.instead(*((at, at, verb) for at in plain)),
        )

    def with_place(self) -> Refusal:
        """Return the fault of a place after data that is all of it, or denied."""
        reader = self._reader
        apart = [] if reader.denials else [reader.instead((reader.at, reader.at, "and process"))]
        verb_at, verb = self._verb_at, reader.word_at(self._verb_at)
        all_at = next((each for _, each, _ in self._members if each is not None), None)
        lines = [] if verb in vocabulary.TRANSFER else apart
        if all_at is None:
            if reader.word_at(verb_at + 1) == "no":
                lines.insert(0, reader.instead((verb_at, verb_at + 2, f"do not {_bare(verb)}")))
            return reader.fault("the place may belong to what is denied, or not", "", *lines)
        only = [] if reader.word in vocabulary.ONLY else [(reader.at, reader.at, "only")]
        noun = reader.word_at(all_at) == vocabulary.EVERYTHING
        if verb not in vocabulary.TRANSFER and (noun or _is_generic(reader.said(all_at))):
            process = reader.instead((verb_at, reader.at, "process only" if only else "process"))
        else:
            process = reader.instead((all_at, all_at + 1, "data" if noun else ""), *only)
        message = f"{reader.word_at(all_at)!r} leaves open what is in the place"
        # a negation would cover what is seen as well: not all of it there, or not seen at all
        meant = [] if reader.denials else [Line(process, instead_of=reader.word_at(all_at))]
        return reader.fault_at(all_at, message, "", *meant, *lines)

    def used(self) -> Refusal:
        """Return the fault of data that is sent or hosted: what a service is used for cannot be asked."""
        reader, verb = self._reader, self._reader.word_at(self._verb_at)
        message = f"to {_bare(verb)} data is a use; a question asks who sees it, or where it is processed"
        return reader.fault_at(self._verb_at, message, "", reader.instead(*self._seen()))

    def kept(self, place_at: int) -> Refusal:
        """Return the fault of `store data in Germany`: some of it, or all of it.

        Args:
            place_at: where the preposition is.
        """
        reader = self._reader
        verb = reader.word_at(self._verb_at)
        process = (self._verb_at, self._verb_at + 1, "process" if verb == "store" else "processes")
        return reader.fault_at(
            self._verb_at,
            "this does not say whether a place among others is meant, or no other place",
            "",
            reader.instead(process),
            reader.instead(process, (place_at, place_at, "only")),
        )


def _bare(verb: str) -> str:
    return vocabulary.THIRD.get(verb, verb)


def _see(verb: str) -> str:
    return "sees" if verb in vocabulary.THIRD else "see"


def _is_generic(said: str) -> bool:
    """Return whether words mean data in general: `all our data`."""
    return stem(said).split()[-1:] == ["data"] and len(set(stem(said).split()) - vocabulary.ALL - {"of"}) == 1


def _holds(question: Question, clause: Clause) -> bool:
    return question == clause or any(_holds(part, clause) for part in _parts(question))


def _parts(question: Question) -> Iterator[Question]:
    if isinstance(question, Not):
        yield question.part
    elif not isinstance(question, Clause):
        yield from question.parts
