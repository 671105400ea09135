"""A long list of invented services, for pictures and measurements: `python tests/helpers/many_services.py 60`."""

import sys
from datetime import date

from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.yaml.source import Source

AS_OF = date(2026, 11, 29)
_FIRST = [
    "Nord",
    "Alpen",
    "Blau",
    "Rot",
    "Kiefer",
    "Linden",
    "Mond",
    "Fluss",
    "Eisen",
    "Silber",
    "Quell",
    "Wind",
    "Stein",
    "Wolken",
    "Morgen",
]
_SECOND = ["mail", "cloud", "desk", "pay", "track", "store", "graph", "call", "form", "index"]
_LEGAL = {"DE": "GmbH", "IE": "Ltd.", "US": "Inc.", "FR": "SAS", "NL": "B.V.", "IN": "Pvt. Ltd.", "CH": "AG"}
_KINDS = (
    ("hosting", "Runs the servers and stores the backups of the platform", "[everything]", "Infrastructure"),
    ("email-delivery", "Sends e-mails to users", "[identity.name, identity.email]", "Communication"),
    ("customer-support", "Chat and tickets of the support team", "[identity.email, communications.chat]", ""),
    (
        "payments",
        "Processes card payments",
        "[payment.card, {data: identity.email, when: an invoice is sent}]",
        "",
    ),
    ("analytics", "Measures how the product is used", "[usage.pages, usage.actions]", "Product"),
    (
        "ai",
        "Writes summaries of texts",
        "[{data: content.text, when: the summary is switched on}]",
        "Product",
    ),
    (
        "monitoring",
        "Reports errors of the application",
        "[{data: telemetry.logs, may_contain: [content]}]",
        "",
    ),
)
_PLACES = (
    "[DE]",
    "[EU]",
    "[IE, {place: US, how: remote-access, when: support is needed}]",
    "[US]",
    "[IN]",
    "[CH]",
)
_ROLES = ("subprocessor", "subprocessor", "subprocessor", "affiliate", "controller", "vendor")


def build_text(number: int) -> str:
    """Return a list of a number of services in YAML; the same number always gives the same text."""
    head = """\
format: 1
publisher: Example GmbH
version: 7.2.0
date: 2026-11-20
law: [eu-gdpr]
notice: {days: 30, objection_days: 30, termination_days: 30, contact: privacy@example.com}
contacts: {privacy: {name: Privacy team, mail: privacy@example.com}}
services:
"""
    return head + "".join(_build_service(at) for at in range(number))


def _build_service(at: int) -> str:
    country = [*_LEGAL][at % len(_LEGAL)]
    kind, purpose, sees, group = _KINDS[at % len(_KINDS)]
    name = f"{_FIRST[at % len(_FIRST)]}{_SECOND[at // len(_FIRST) % len(_SECOND)]}"
    name += f" {at // 150}" if at >= len(_FIRST) * len(_SECOND) else ""
    key = f"s{at}"
    lines = [f"name: {name}", f"service_type: {kind}", f"purpose: {purpose}", f"role: {_ROLES[at % 6]}"]
    lines += [
        f"sees: {sees}",
        f"entity: {{name: {name} {_LEGAL[country]}, address: Example Street {at}, country: {country}}}",
    ]
    if at % 9 != 4:
        lines.append(f"processing: {_PLACES[at % len(_PLACES)]}")
    if _PLACES[at % len(_PLACES)] not in ("[DE]", "[EU]", "[CH]"):
        lines.append("transfer: [{basis: dpf}, {basis: scc, modules: [3]}]" if at % 2 else "transfer: [scc]")
    if group:
        lines.append(f"group: {group}")
    if at % 4 == 1:
        lines += ["activation: opt-in", "condition: the customer switches it on"]
    if at % 5 == 0:
        lines.append(
            "never_sees: [payment.card, special.health]"
            if kind != "payments"
            else "never_sees: [special.health]"
        )
    if at % 3 == 0:
        lines += [
            "contact: privacy@example.com",
            "links: {dpa: https://example.com/dpa}",
            "retention: {days: 30, after: the contract ends}",
        ]
    if at % 7 == 2:
        lines.append("products: [Surveys]")
    if at % 29 == 10:
        lines.append("since: 2027-01-15")
    if at % 29 == 20:
        lines.append("until: 2027-02-01")
    return f"  {key}:\n" + "".join(f"    {line}\n" for line in lines)


def build_registry(number: int) -> Registry:
    """Return such a list."""
    loaded = load_registry(Source("registry.yaml", build_text(number).encode()))
    assert isinstance(loaded, Registry), loaded
    return loaded


if __name__ == "__main__":
    sys.stdout.write(build_text(int(sys.argv[1])))
