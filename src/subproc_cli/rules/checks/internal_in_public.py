"""The rule internal-in-public (SP601)."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from subproc_cli.diagnostics import ErrorCode, FieldPath
from subproc_cli.enums import Severity
from subproc_cli.registry.internal import (
    find_hidden_fields,
    find_published_fields,
    iter_public_texts,
)
from subproc_cli.rules.rule import RawFinding, Rule, RuleContext

_STANDARDS = "ISO|IEC|SOC|DIN|NIST|FIPS|PCI|DSS|SHA|AES|RSA|UTF|CVE|GPT|TLS|BSI|ISAE|SSAE|COVID|RFC|ITU"
_PATTERNS = {
    "a remark that it is not for the public": re.compile(
        r"\bconfidential\b(?! comput)|\b(?:for )?internal (?:use )?only\b|\bfor internal use\b"
        r"|\b(?:do not|don't|not to be) (?:publish|share|forward|disclose)\w*|\bvertraulich\b|\bnur intern\b"
        r"|\bnicht (?:veröffentlichen|weitergeben)\b|\bconfidentiel\w*"
        r"|\b(?:à )?usage interne\b|\bne pas (?:publier|diffuser)\b",
        re.IGNORECASE,
    ),
    "a task that is still to be done": re.compile(r"\b(?:TODO|FIXME|TBD|TBC|XXX)\b|\?\?\?"),
    "a price": re.compile(
        r"(?:€|\$|£|\b(?:EUR|USD|CHF|GBP)\b) ?\d[\d.,' ]*|\b\d[\d.,']* ?(?:€|£|(?:EUR|USD|CHF|GBP)\b)"
    ),
    "the number of a ticket": re.compile(rf"\b(?!(?:{_STANDARDS})-)[A-Z]{{3,10}}-\d{{2,6}}\b"),
    "a detail of a contract": re.compile(
        r"\b(?:re)?negotiat\w+|\bcost cent(?:er|re)\b|\bcontract (?:no|number)\b|\bpurchase order\b"
        r"|\bKostenstelle\b|\bVertragsnummer\b|\bcentre de coûts\b|\bnuméro de contrat\b",
        re.IGNORECASE,
    ),
    "an address of an internal system": re.compile(
        r"\b(?:localhost|127\.0\.0\.1|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)\b"
        r"|\b[\w-]+(?:\.[\w-]+)*\.(?:local|internal|intranet|corp|lan)\b|\b(?:jira|confluence|intranet|wiki)\.[\w.-]+"
        r"|\b[\w-]+\.(?:atlassian\.net|sharepoint\.com)\b|\b(?:docs|drive)\.google\.com\b|\bslack\.com/archives\b",
        re.IGNORECASE,
    ),
    "a secret": re.compile(
        r"\b(?:password|passwort|mot de passe|api[ -]?key|secret|token) ?[:=] ?\S+", re.IGNORECASE
    ),
    "the mail address of a person": re.compile(r"\b[a-z]{2,}\.[a-z]{2,}@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
}
"""The patterns of internal texts. They are narrow, so that a finding is worth reading."""
_EXEMPT = {
    "address": frozenset(("the number of a ticket",)),  # a postcode such as FIN-00100
    "certifications": frozenset(("the number of a ticket",)),
    "contact": frozenset(("the mail address of a person",)),
    "contacts": frozenset(("the mail address of a person",)),
    "policies": frozenset(_PATTERNS),  # policies are not published
    "ignore": frozenset(_PATTERNS),
    "severities": frozenset(_PATTERNS),
}
"""The patterns that are usual in a field."""


def find(context: RuleContext) -> Iterator[RawFinding]:
    """Yield every text that would be published and looks internal."""
    find_matches = cache(_find_matches)  # services share many of their texts
    model = context.registry.model
    hidden, shown = find_hidden_fields(model), find_published_fields(model)
    head = model.model_copy(update={"services": {}})
    for path, text in iter_public_texts(head, (), hidden, shown):
        if matches := find_matches(text):
            yield from _iter_findings(path, matches, "the list", "")
    for key, service in context.current_services.items():
        for path, text in iter_public_texts(service, ("services", key), hidden, shown):
            if matches := find_matches(text):
                yield from _iter_findings(path, matches, service.name, key)


Matches: TypeAlias = tuple[tuple[str, str], ...]
"""Each pattern that a text matches, with what matches."""


def _iter_findings(path: FieldPath, matches: Matches, name: str, key: str) -> Iterator[RawFinding]:
    """Yield the first match that is unusual in a field."""
    exempt = frozenset[str]().union(*(_EXEMPT.get(str(step), ()) for step in path))
    for what, found in matches:
        if what not in exempt:
            field = next(str(step) for step in reversed(path) if isinstance(step, str))
            message = f"{name}: {field} would be published and looks internal: {found!r} is {what}"
            yield RawFinding(path, message, "move it to notes, which are internal", key)
            return


def _find_matches(text: str) -> Matches:
    found = ((what, pattern.search(text)) for what, pattern in _PATTERNS.items())
    return tuple((what, match[0].strip()) for what, match in found if match)


RULE = Rule(
    ErrorCode("SP601", "internal-in-public", Severity.WARNING),
    summary="A text that would be published looks internal, such as a price or the number of a ticket.",
    why=(
        "Everything except internal fields appears on the public page, in its data and in letters to "
        "customers. A remark that was meant for colleagues cannot be taken back."
    ),
    bad='mail: {name: Example Mail, purpose: "newsletters, EUR 900 a year, see PRIV-231"}',
    good='mail: {name: Example Mail, purpose: newsletters, notes: "EUR 900 a year, see PRIV-231"}',
    find=find,
    details=(
        "The rule reads all fields that the list publishes, also those that the field `publish` names, and "
        "knows remarks in English, German and French."
    ),
)
