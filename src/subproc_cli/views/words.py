"""Categories, places and fields in English words."""

from collections.abc import Iterable

from subproc_cli.enums import Activation, Basis, Role
from subproc_cli.law.places import WORLDWIDE
from subproc_cli.question.clauses import ADEQUATE, PERSONAL
from subproc_cli.registry.index import Index
from subproc_cli.registry.service import Entity, Processing, Service, Statement
from subproc_cli.words import listed

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
ROLES = {
    Role.SUBPROCESSOR: "subprocessor",
    Role.AFFILIATE: "affiliate (a group company that is a subprocessor)",
    Role.PROCESSOR: "processor for the publisher's own purposes",
    Role.CONTROLLER: "independent controller",
    Role.VENDOR: "vendor that sees no personal data",
}
ACTIVATIONS = {
    Activation.ALWAYS: "always",
    Activation.OPT_IN: "only after an opt-in",
    Activation.OPT_OUT: "until an opt-out",
}
BASES = {
    Basis.SCC: "standard contractual clauses (Art. 46 GDPR)",
    Basis.DPF: "EU-US Data Privacy Framework (Art. 45 GDPR)",
    Basis.ADEQUACY: "adequacy decision (Art. 45 GDPR)",
    Basis.BCR: "binding corporate rules (Art. 47 GDPR)",
    Basis.DEROGATION: "derogation (Art. 49 GDPR)",
}


def category(index: Index, key: str) -> str:
    """Return a category in words."""
    return "personal data" if key == PERSONAL else index.tree[key].label


def place(index: Index, name: str) -> str:
    """Return a place in words."""
    return "adequate countries" if name == ADEQUATE else index.gazetteer.label(name)


def places(index: Index, names: Iterable[str]) -> str:
    """Return places of which at least one is meant."""
    return listed((place(index, name) for name in names), "or")


_WITH_ARTICLE = frozenset(
    "EU EEA EFTA AE BS CD CF CG DO FK FO GB GM IO KM KY MH MP MV NL PH SB SC TC TF UM US VA VG VI".split()
)


def the(index: Index, name: str) -> str:
    """Return a place as it stands in a sentence: `the Netherlands`, `the whole world`."""
    if name == WORLDWIDE:
        return "the whole world"
    return f"the {place(index, name)}" if name in _WITH_ARTICLE else place(index, name)


def processing(index: Index, given: Processing) -> str:
    """Return where a service processes, with the conditions."""
    added = [text for text in (given.when and f"when {given.when}", given.note) if text]
    if given.how:
        added.insert(0, "remote access")
    return _with(places(index, given.place), added)


def statement(index: Index, given: Statement) -> str:
    """Return what a service sees, with the conditions."""
    label = category(index, given.data)
    text = f"part of: {label}" if given.extent == "partial" else label
    added = [f"may contain {listed(category(index, key) for key in given.may_contain)}"]
    added = added if given.may_contain else []
    added += [text for text in (given.when and f"when {given.when}", given.note) if text]
    return _with(text, added)


def never(index: Index, service: Service) -> str:
    """Return what a service never sees; *everything* beside something else means the rest."""
    labels = [category(index, key) for key in service.never_sees if key != "everything"]
    if "everything" in service.never_sees:
        labels.append("anything else" if service.sees or labels else "anything")
    return listed(labels, "or")


def entity(index: Index, given: Entity | None) -> str:
    """Return who stands behind a service, as far as it is stated."""
    if given is None:
        return ""
    known = [text for text in (given.name, given.address) if text]
    if given.country and not _ends_in(index, given.address or "", given.country):
        known.append(place(index, given.country))
    return ", ".join(known)


def _ends_in(index: Index, address: str, country: str) -> bool:
    tail = address.rpartition(",")[2].strip(" .")
    last = tail.rpartition(" ")[2]
    return country in (index.gazetteer.find(tail), index.gazetteer.code(last))


def use(service: Service) -> str:
    """Return who decides that a service is used, and when."""
    text = ACTIVATIONS[service.activation]
    return f"{text}: {service.condition}" if service.condition else text


def _with(text: str, added: list[str]) -> str:
    return f"{text} ({'; '.join(added)})" if added else text
