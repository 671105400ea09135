"""One service in full: `subproc show`."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from subproc_cli.describe import explanations
from subproc_cli.describe.header import list_line, list_record, where_record
from subproc_cli.enums import Activation, Extent
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.attributes import FIELDS
from subproc_cli.output.document import (
    Block,
    Fact,
    Facts,
    Heading,
    Page,
    Paragraph,
    Span,
    Tone,
    counted,
    line,
    strong,
)
from subproc_cli.reference.categories import ROOT
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Index, State, state
from subproc_cli.text import listed

_TONES = {"Known": Tone.PLAIN, "Promised": Tone.PLAIN, "Not stated": Tone.UNKNOWN}
_FACTS = "facts (purpose, places, legal entity, transfer basis, contact ...)"
"""What is counted, with examples: those that are missing stand below by name."""
NOT_STATED = Span("not stated", Tone.UNKNOWN)


def service_record(index: Index, key: str, service: Service, day: date) -> dict[str, Any]:
    """Return what a list states of a service, in the canonical spelling; what it leaves out is only named.

    The role and the activation have defaults that mean something, so they are always in it.
    """
    stated = service.model_dump(mode="json", exclude_defaults=True)
    return {
        "service": key,
        "state": str(state(service, day)),
        "name": service.name,
        "role": str(service.role),
        "activation": str(service.activation),
        **stated,
        "not_stated": not_stated(service),
        "where": where_record(index.where(("services", key))),
    }


def not_stated(service: Service) -> list[str]:
    """Return the facts that the list leaves out; what is always used needs no condition."""
    missing = [field for field, (_, given) in FIELDS.items() if not given(service)]
    if service.activation is Activation.ALWAYS and "condition" in missing:
        missing.remove("condition")
    return missing


class ServiceView(NamedTuple):
    """Everything that the list says of one service, and what it does not say."""

    about: Index
    key: str
    service: Service
    day: date

    def page(self) -> Page:
        """Return a card: what is known, what is promised and what is not stated."""
        parts = {
            "Known": [*self._facts()],
            "Promised": [("Never sees", _one(explanations.ENGLISH.never(self.about, self.service)))],
            "Not stated": [("Facts", self._missing()), ("Data", self._silent())],
        }
        blocks: list[Block] = [
            Heading(line(strong(self.service.name)), 1),
            list_line(self.about, self.day),
            Paragraph(line(strong("At a glance"), f": {self._glance()}")),
        ]
        for title, given in parts.items():
            facts = tuple(
                Fact(Span(name, Tone.STRONG), tuple(line(text) for text in texts))
                for name, texts in given
                if texts
            )
            if facts:
                blocks += [Heading(line(Span(title, _TONES[title]))), Facts(facts)]
        return tuple(blocks)

    def _glance(self) -> str:
        known = sum(bool(given(self.service)) for _, given in FIELDS.values())
        promised = len(self.service.never_sees)
        parts = (
            f"{known} of {known + len(not_stated(self.service))} {_FACTS} stated",
            counted(promised, "promise") if promised else "no promise",
            self._extent(),
        )
        return "; ".join(parts)

    def _extent(self) -> str:
        """Return of how much data the list says whether it is seen."""
        silent = self._open
        if silent:
            count = "any" if silent == (ROOT,) else counted(len(silent), "kind of", "kinds of")
            return f"nothing said of {count} data"
        if any(each.data == ROOT and each.extent is Extent.FULL for each in self.service.sees):
            return "sees all data but what it promises not to" if self.service.never_sees else "sees all data"
        return "of each kind of data it is said whether it is seen"

    def _missing(self) -> list[str]:
        missing = [explanations.FIELDS[field] for field in not_stated(self.service)]
        return [listed(missing)] if missing else []

    def _silent(self) -> list[str]:
        labels = [explanations.name_category(self.about, key) for key in self._open]
        return [listed(labels)] if labels else []

    @property
    def _open(self) -> tuple[str, ...]:
        return data_access.silent(data_access.statements(self.service), self.about.tree)

    def _facts(self) -> Iterator[tuple[str, list[str]]]:
        index, service, say = self.about, self.service, explanations.ENGLISH
        yield "Id", [self.key]
        yield "State", [self._state()]
        yield "Role", [say.role(service.role)]
        yield "Purpose", _one(service.purpose)
        yield "Group", _one(service.group)
        yield "Products", list(service.products)
        yield "Used", [say.use(service)]
        yield "Sees", [say.statement(index, each) for each in service.sees]
        yield "Claim", _one(_claim(service))
        yield "Whose data", list(service.subjects)
        yield "Processing", [say.processing(index, each) for each in service.processing]
        yield "Entity", _one(say.entity(index, service.entity))
        yield "Owned by", _one(service.entity.parent if service.entity else None)
        yield "Transfers", say.bases(index, service, index.registry.law, self.day)
        yield "Contact", _one(service.contact)
        yield "Links", _links(service)
        yield "Retention", _one(service.retention)
        yield "Certified", list(service.certifications)
        yield "Passes on to", list(service.onward)
        yield "Formerly", list(service.formerly)
        yield "Replaces", _one(service.replaces)
        yield "Notes", _one(service.notes)
        yield "Source", _one(service.source)
        for key, value in service.own.items():
            yield key, [str(value)]
        yield "In the file", [str(index.where(("services", self.key)))]

    def _state(self) -> str:
        since = f", since {self.service.since}" if self.service.since else ""
        until = f", no longer used from {self.service.until}" if self.service.until else ""
        now = state(self.service, self.day)
        return f"{'in use' if now is State.IN_USE else now}{since}{until}"

    def record(self) -> dict[str, Any]:
        """Return `subproc/service/1`."""
        return {
            "schema": "subproc/service/1",
            "at": self.day.isoformat(),
            "registry": list_record(self.about),
            **service_record(self.about, self.key, self.service, self.day),
            "data_not_stated": list(self._open),
        }

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each fact."""
        yield "fact", "value"
        yield "Name", self.service.name
        never = explanations.ENGLISH.never(self.about, self.service)
        for name, texts in (*self._facts(), ("Never sees", _one(never))):
            for text in texts:
                yield name, text


def _one(text: str | None) -> list[str]:
    return [text] if text else []


def _claim(service: Service) -> str:
    if service.personal_data is None:
        return ""
    return "sees personal data" if service.personal_data else "sees no personal data"


def _links(service: Service) -> list[str]:
    if service.links is None:
        return []
    return [f"{name}: {url}" for name, url in service.links if isinstance(url, str)]
