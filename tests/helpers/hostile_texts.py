"""Lists whose every text is hostile, and what must not be found in anything that is made of them."""

import json
import unicodedata
from pathlib import Path
from typing import Any

from subproc_cli.registry.introspect import ValueKind, find_type, list_fields_of_kind

MARKUP = (
    "[red]x[/red] \x1b[38;5;99m \x1b]0;own\x07 <script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt; %0A::error::x "
    "[y](javascript:alert(1)) ![i](https://example.com/i.png) https://example.com/?a www.example.com | a | *_`~ {{ 7*7 }} "
    "@example/team \r\nBcc: a@example.com\r\n\r\n# INJECTED\n- INJECTED\n\n::error::INJECTED \u202e \u200b \u2066 \u0085 \u2028 \ufeff \u3164 "
    "\"'; DROP TABLE services; -- \\ </title></text></script>]]> --> ${x} $(x)"
)
"""Markup of every target, controls of a terminal, ends of lines and headers, characters that hide or turn text."""
FORMULA = "=cmd|' /C calc'!A0"
LONG = "x" * 10_000
TEXTS = {"markup": f"{FORMULA} {MARKUP}", "long": LONG}
PLAIN = "Plain"
_DECEIVING = frozenset(("Cc", "Cf", "Co", "Cs", "Zl", "Zp"))
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def raw(text: str) -> set[str]:
    """Return the characters of a text that could drive a terminal, or hide or turn what is read."""
    return {char for char in set(text) - {"\n"} if char in _BLANK or unicodedata.category(char) in _DECEIVING}


def key(text: str) -> str:
    """Return as much of a text as YAML takes for a key."""
    return text[:900]


def top(text: str) -> dict[str, Any]:
    """Return all fields of a list but its services."""
    return {
        "format": 1,
        "publisher": text,
        "version": "2.0.0",
        "date": "2024-02-01",
        "law": ["eu-gdpr", "ch-fadp"],
        "notice": {
            "days": 30,
            "objection_days": 30,
            "termination_days": 30,
            "contact": text,
            "on_silence": text,
            "on_objection": text,
        },
        "contacts": {
            kind: {"name": text, "address": text, "mail": text}
            for kind in ("privacy", "dpo", "representative")
        },
        "publish": {
            "fields": ["x-own"],
            "hide": ["group"],
            "logo": text,
            "intro": {"en": text, "de": text},
            "legal_notice": "javascript:alert(1)",
            "url": "javascript:alert(1)",
            "accent": "#0b7a75",
            "subscribe": "javascript:alert(2)",
            "not_stated": "once",
        },
        "categories": {"content.own": {"label": text, "aliases": [text], "personal": "yes"}},
        "regions": {key(text): ["US"]},
        "policies": [
            {"name": text, "forbid": "see email", "unknown": "warn"},
            {"name": text, "require": text},
        ],
        "levels": {"place-added-eea": "notice"},
        "severities": {"missing-dpa": "warning", key(text): "info"},
        "ignore": [
            {"rule": "missing-entity", "service": "plain", "until": "2031-01-01", "reason": text},
            {"rule": text, "reason": text},
        ],
        "x-own": {key(text): text},
    }


def service(text: str) -> dict[str, Any]:
    """Return a service with all fields: those of plain texts as the models have them, then all others."""
    names = list_fields_of_kind(("services", "a"), ValueKind.TEXT)
    return {name: text for name in sorted(names) if find_type(name) is str} | {
        "formerly": ["earlier"],
        "replaces": "old-one",
        "role": "subprocessor",
        "service_type": ["hosting"],
        "purpose": {"en": text, "de": text},
        "products": [text],
        "activation": "opt-in",
        "condition": {"en": text, "de": text},
        "sees": [
            {
                "data": "content.own",
                "may_contain": ["identity"],
                "extent": "partial",
                "when": {"en": text, "de": text},
                "note": {"en": text, "de": text},
                "products": [text],
            },
            {"data": "identity.email", "when": text},
            "special.health",
        ],
        "never_sees": ["payment"],
        "personal_data": False,
        "model_training": "opt-out",
        "subjects": [{"en": text, "de": text}],
        "processing": [
            {
                "place": [key(text), "US"],
                "when": {"en": text, "de": text},
                "how": "remote-access",
                "note": text,
                "products": [text],
            },
            "DE",
            "RU",
        ],
        "entity": {"name": text, "address": text, "country": "US", "parent": {"name": text, "country": "US"}},
        "transfer": [
            {
                "basis": "scc",
                "until": "2031-01-01",
                "note": {"en": text, "de": text},
                "places": ["US"],
                "modules": [2],
                "adapted": ["ch-fadp"],
                "covers": ["hr"],
                "products": [text],
            }
        ],
        "links": {
            "website": "javascript:alert(1)",
            "privacy": f"https://example.com/{text}",
            "dpa": 'https://example.com/"><script>alert(1)</script>',
            "security": text,
            "subprocessors": "data:text/html,<script>alert(1)</script>",
        },
        "dpa": {"signed": "2024-01-01", "until": "2031-01-01", "url": "javascript:alert(1)"},
        "retention": {"days": 30, "after": {"en": text, "de": text}, "note": {"en": text, "de": text}},
        "reviewed": {"date": "2024-01-01", "by": text},
        "certifications": [text],
        "onward": [text, "Plain"],
        "since": "2024-03-01",
        "until": "2031-01-01",
        "x-own": {key(text): [text]},
    }  # fmt: skip


def written(head: dict[str, Any], services: dict[str, dict[str, Any]]) -> str:
    """Return a list as YAML with a line for each field."""
    lines = [f"{key}: {json.dumps(value)}" for key, value in head.items()]
    lines.append("services:")
    for key, fields in services.items():
        lines += [f"  {key}:", *(f"    {name}: {json.dumps(value)}" for name, value in fields.items())]
    return "\n".join(lines) + "\n"


def fill(folder: Path, text: str) -> None:
    """Write lists, revisions, customers and pages that hold a text wherever they can."""
    plain = {"name": PLAIN, "purpose": "p", "sees": ["usage"], "processing": ["DE"]}
    old_one = {
        **service(text),
        "until": "2024-03-01",
        "formerly": [],
        "replaces": "plain",
        "name": f"{text} old",
    }
    gone = {**service(text), "formerly": [], "name": f"{text} gone"}
    del old_one["formerly"], gone["formerly"]
    head = top(text)
    old = {**head, "version": "1.0.0", "date": "2024-01-01", "publisher": PLAIN}
    before, after = ({"plain": plain, "old-one": old_one, "gone": gone}, {"plain": plain, "old-one": old_one, "hostile": service(text)})  # fmt: skip
    changed = {**after, "plain": {**plain, "purpose": text, "retention": text, "processing": ["US"]}}
    (folder / "history").mkdir()
    for name, found in (
        ("old", written(old, before)),
        ("registry", written(head, changed)),
        ("history/1", written(old, before)),
        ("history/2", written(head, changed)),
        ("broken", written({**head, key(text): text, "version": text, "law": [text]}, {"a": {"name": 1, key(text): text, "sees": [text], "processing": [text], "role": text, "since": text}, json.dumps(key(text)): {}})),
    ):  # fmt: skip
        (folder / f"{name}.yaml").write_text(found, encoding="utf-8")
    hidden = raw(text) | {"\n"}
    shown = "".join(char for char in text if char not in hidden).replace('"', '""')[:150]
    (folder / "customers.csv").write_text(
        f'name,address,language\n"{shown}",a@example.com,de\n"{shown}2",b@example.com,fr\nExample GmbH,c@example.com,\n',
        encoding="utf-8",
    )
    (folder / "hidden.csv").write_text(f"name,{json.dumps(text)}\n{json.dumps(text)},x\n", encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## The list\n", encoding="utf-8")
