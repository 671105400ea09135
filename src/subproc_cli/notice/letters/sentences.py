"""The sentences of a letter on changes: in the future tense until they take effect, then in the past."""

from collections.abc import Callable, Iterable
from datetime import date

from subproc_cli.describe.statements import Laws
from subproc_cli.diff.adequacy import find_moved_laws
from subproc_cli.diff.change import Change
from subproc_cli.diff.merges import format_merge_target
from subproc_cli.diff.sentence_cases import (
    ALL_PRODUCTS_KINDS,
    BASIS_KINDS,
    BASIS_PART_KINDS,
    find_field_part,
    is_about_remote_access,
)
from subproc_cli.diff.sentence_values import ValueFormatter
from subproc_cli.diff.sentences import (
    KINDS_WITH_EMPTY_SIDES,
    ChangeFormatter,
)
from subproc_cli.diff.translations import TRANSLATION_KIND, has_texts, iter_texts
from subproc_cli.enums import SUBPROCESSORS, Role
from subproc_cli.errors import RefusedError
from subproc_cli.locale.catalogue import USUAL_LAW, find_letter_language
from subproc_cli.notice.effective_days import find_effective_day, find_last_day_of_bases, is_past_end
from subproc_cli.notice.plan import Notice
from subproc_cli.reference.laws import load_law
from subproc_cli.registry.change_kind import ADEQUACY_KINDS
from subproc_cli.registry.localize import find_texts_without
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

_KINDS_WITH_EMPTY_SIDES = KINDS_WITH_EMPTY_SIDES | {"claim-changed"}
"""Kinds whose sentence in a letter has words for a side that states nothing."""


LETTER_SECTIONS = (
    *(
        "grammar",
        "laws",
        "terms",
        "basis",
        "outcome",
        "dpf-data",
        "category",
        "place",
        "place-in-a-sentence",
        "role",
    ),
    *(
        "activation",
        "statement",
        "count",
        "period",
        "training",
        "claim",
        "field",
        "field-part",
        "change-word",
        "letter",
    ),
    *("letter-announced", "letter-begun", "letter-listed", "letter-data", "letter-field"),
    "letter-entry-field",
)
"""The sections of a language file that letters are made of."""


def load_letter_formatter(language: str, laws: Laws) -> ChangeFormatter:
    """Return the texts of a language, in the terms of the law if the letter is under one law only."""
    law = laws[0] if len(laws) == 1 else USUAL_LAW
    return ChangeFormatter(find_letter_language(language, law), law)


class MissingSentencesError(RefusedError):
    """A language lacks sentences of its letters; the details name the file and the id of each."""


def require_sentences(notices: Iterable[Notice]) -> None:
    """Stop where a letter would be written in a language that lacks sentences.

    Raises:
        MissingSentencesError: with each sentence that is missing.
    """
    missing: dict[str, None] = {}
    for language, laws in dict.fromkeys((notice.language, notice.laws) for notice in notices):
        catalogue = load_letter_formatter(language, laws).catalogue
        text_ids = catalogue.find_missing(LETTER_SECTIONS)
        missing |= dict.fromkeys(f"{catalogue.file.name}: {text_id}" for text_id in text_ids)
    if missing:
        hint = "add it to the file, or go ahead with --incomplete: the letter then contains it in English"
        raise MissingSentencesError("the language of a letter lacks sentences", hint, tuple(missing))


def require_texts(notices: Iterable[Notice], new: Registry) -> None:
    """Stop where a letter would have texts of the list in another language, since the list lacks its own.

    Raises:
        MissingSentencesError: with each text that is missing.
    """
    missing: dict[str, None] = {}
    services: dict[str, set[str]] = {}
    for notice in notices:
        services.setdefault(notice.language, set()).update(change.service for change in notice.changes)
    for language, keys in services.items():
        stated = {key: each for key, each in new.model.services.items() if key in keys}
        model = new.model.model_copy(update={"services": stated, "publish": None})
        missing |= dict.fromkeys(
            f"{path}: no text in {language}" for path in find_texts_without(model, language)
        )
    if missing:
        hint = f"add it to {new.file}, or go ahead with --incomplete: the letter then has another language"
        raise MissingSentencesError("a letter would mix languages", hint, tuple(missing))


class LetterChangeFormatter:
    """The changes of one notice in words.

    Args:
        formatter: the words of its language.
        revisions: the two lists that the changes lie between.
        laws: those of the reader.
        sent: the day on which the letter goes out.
        effective: the day from which the changes apply that have no day of their own.
    """

    def __init__(
        self,
        formatter: ChangeFormatter,
        revisions: tuple[Registry, Registry],
        laws: Laws,
        sent: date,
        effective: date,
    ) -> None:
        self._formatter = formatter
        self._catalogue = formatter.catalogue
        self._revisions = revisions
        self._laws = laws
        self._sent = sent
        self._effective = effective

    def find_effective_day(self, change: Change) -> date:
        """Return the day on which a change takes effect: the list's own where it states one."""
        return find_effective_day(self._revisions, change, self._effective)

    def has_taken_effect(self, change: Change) -> bool:
        """Return whether a change takes effect before the letter goes out."""
        return self.find_effective_day(change) < self._sent

    def is_announced(self, change: Change) -> bool:
        """Return whether a change lies ahead, and is stated with its day."""
        return self._choose_text(change).startswith("letter-announced.")

    def format_change(self, change: Change) -> str:
        """Return a change as a sentence without its full stop, true on the day on which it is sent."""
        old, new = self._revisions
        catalogue, formatter = self._catalogue, self._formatter
        service, gone = (registry.model.services.get(change.service) for registry in (new, old))
        values = _LetterValueFormatter(formatter, self._laws, change, iso=False)
        field = self._find_text("letter-field", change) or values.format_field((new, old), change)
        is_about_basis = change.kind in BASIS_KINDS | BASIS_PART_KINDS
        unnamed = is_about_basis and not values.has_known_basis((old, new), change)
        basis_text = "bases-unnamed" if change.kind in BASIS_KINDS else "basis-insufficient"
        is_of_products = change.kind == "statement-products-changed"
        nothing = catalogue.text(f"change-word.{'all-products' if is_of_products else 'nothing'}")
        text = catalogue.text(
            f"letter-listed.{basis_text}" if unnamed else self._choose_text(change),
            name=change.name or formatter.list_name,
            under=formatter.transfers.format_laws(self._laws),
            judges=formatter.transfers.format_laws(self._find_judging_laws(change)),
            day=formatter.format_day(self.find_effective_day(change)),
            doubts=formatter.format_doubts((old, new), change),
            law_day=formatter.format_day(self._find_law_day(change)),
            field=field,
            entry_field=self._find_text("letter-entry-field", change) or field,
            role=formatter.format_role(service.role) if service else "",
            data=catalogue.text(
                f"letter-data.{'any' if service and service.role is Role.VENDOR else 'personal'}"
            ),
            special=self._format_sensitive_data(change),
            removed=values.format_values((old, new), change, change.removed) or nothing,
            added=values.format_values((new, old), change, change.added) or nothing,
            after=values.format_values((new, old), change, change.after),
            until=self._format_last_day(change, gone),
            since=formatter.format_day(gone.since) if gone and gone.since else "",
            target=format_merge_target(new, change),
            **(formatter.list_companies((old, new), change) if change.kind == "service-removed" else {}),
        )
        return formatter.add_earlier_statements(text, (old, new), change, values)

    def _find_judging_laws(self, change: Change) -> Laws:
        """Return the laws of the list, not of the reader, whose change the sentence is about."""
        return find_moved_laws(self._revisions, change) if change.kind in ADEQUACY_KINDS else ()

    def _find_law_day(self, change: Change) -> date:
        """Return the day whose law was applied: that of the list, or the last one known of its laws."""
        horizons = (load_law(law).known_until for law in self._find_judging_laws(change))
        return min((self._revisions[1].model.date, *horizons))

    def _format_last_day(self, change: Change, gone: Service | None) -> str:
        """Return when the use of a service ends, or the last day of a transfer basis that is replaced."""
        last_day = find_last_day_of_bases(self._revisions, change, self._effective)
        day = last_day or (gone.until if gone else None)
        return self._formatter.format_day(day) if day else ""

    def _find_text(self, section: str, change: Change) -> str:
        """Return the text of a section for the field of a change; empty if it has none."""
        text_id = f"{section}.{change.field}"
        return self._catalogue.text(text_id) if text_id in self._catalogue else ""

    def _choose_text(self, change: Change) -> str:
        """Return the id of the sentence of a change."""
        key = self._choose_key(change)
        if f"letter-listed.{key}" not in self._catalogue:
            if is_past_end(self._revisions, change, self._effective):
                return f"letter-listed.{_choose_listed_key(change)}"
            text_id = f"letter-{'begun' if self.has_taken_effect(change) else 'announced'}.{key}"
        else:
            text_id = f"letter-listed.{key}"
        if change.kind in _KINDS_WITH_EMPTY_SIDES or (change.removed and change.added):
            return text_id
        if not self._formatter.names_both_sides(text_id):
            return text_id
        of_list = "" if change.service else ".list"
        return f"letter-listed.{'withdrawn' if change.removed else 'stated'}{of_list}"

    def _choose_key(self, change: Change) -> str:
        """Return the name of the sentence of a change: that of its kind, or of a case of its kind."""
        new = self._revisions[1].model.services
        if is_about_remote_access(change):
            return f"place-{'added' if change.added else 'removed'}.remote"
        case = ""
        match change.kind:
            case "service-added" if new[change.service].role not in SUBPROCESSORS:
                case = "other"
            case "service-removed":
                case = self._find_case_of_removal(change)
            case "service-reactivated" if date.fromisoformat(change.removed[0]) > self._sent:
                case = "before-its-end"
            case "contact-changed" if not change.service:
                case = "list"
            case kind if kind in BASIS_KINDS:
                case = self._find_case_of_bases(change)
            case "claim-changed" if find_field_part(change):
                case = "part"
            case "metadata-changed" if change.field == "role":
                case = "role"
            case kind if kind in ALL_PRODUCTS_KINDS and not (change.removed or change.added):
                case = "all"
            case _:
                pass
        return f"{change.kind}.{case}" if case else change.kind

    def _find_case_of_bases(self, change: Change) -> str:
        """Return how the bases of transfers change: first ones are added, or earlier ones had an end."""
        if change.kind == "basis-added":
            return "" if change.before else "first"
        has_end = find_last_day_of_bases(self._revisions, change, self._effective)
        return "ended" if change.kind == "basis-changed" and has_end else ""

    def _find_case_of_removal(self, change: Change) -> str:
        """Return how a service is no longer listed: as a part of another one, ended or never begun."""
        old, new = self._revisions
        service = old.model.services[change.service]
        if format_merge_target(new, change):
            is_elsewhere = self._formatter.list_companies(self._revisions, change)
            return "merged-elsewhere" if is_elsewhere else "merged"
        if service.until:
            return "until"
        return "announced" if service.since and service.since > self._sent else ""

    def _format_sensitive_data(self, change: Change) -> str:
        """Return the terms of the laws for the data that they protect most, without duplicates."""
        if change.kind != "special-data-added":
            return ""
        transfers = self._formatter.transfers
        day = self._revisions[1].model.date
        names = [*transfers.name_sensitive_data(self._laws, change.added, day)]
        groups = (transfers.format_names(each for each in names if each.name == name) for name, _ in names)
        return self._catalogue.text("letter.special-and").join(dict.fromkeys(groups))


def _choose_listed_key(change: Change) -> str:
    """Return the name of the sentence that states a change of the list only, and no day of it."""
    if change.kind in ("service-added", "service-replaced"):
        return f"{change.kind}.listed"
    if change.added and change.removed:
        return "entry-changed"
    return "entry-added" if change.added else "entry-removed" if change.removed else "entry"


class _LetterValueFormatter(ValueFormatter):
    """The values of a change as a letter states them: periods with their unit, services by their names."""

    @property
    def _formatters(self) -> dict[str, Callable[[tuple[Registry, Registry], str], str]]:
        periods = ("notice.days", "notice.objection_days", "notice.termination_days")
        return {
            **super()._formatters,
            **dict.fromkeys(periods, lambda _, value: self._formatter.format_count("day", int(value))),
            "onward": lambda sides, value: format_recipient(sides[0], value),
        }

    def format_values(self, sides: tuple[Registry, Registry], change: Change, values: tuple[str, ...]) -> str:
        """Return the values as people list them; of texts by language, those of the letter's own."""
        language = self._formatter.language
        if change.kind == TRANSLATION_KIND and has_texts(change, language):
            values = tuple(iter_texts(values, language))
        return super().format_values(sides, change, values)

    def _list_bases(self, sides: tuple[Registry, Registry], values: tuple[str, ...]) -> list[str]:
        """Return the bases that the reader's laws know; a basis of another law is of no use to the reader."""
        texts = super()._list_bases(sides, values)
        unnamed = self._formatter.transfers.format_unnamed_basis(self._laws)
        return [text for text in texts if text != unnamed] or texts


def format_recipient(registry: Registry, value: str) -> str:
    """Return the name of an onward recipient if it is a service of the list."""
    service = registry.model.services.get(value)
    return service.name if service else value
