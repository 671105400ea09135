"""The rule invalid-yaml (SP001)."""

from subproc_cli.diagnostics import INVALID_YAML
from subproc_cli.rules.rule import Rule

RULE = Rule(
    INVALID_YAML,
    summary="The file is not valid YAML.",
    details=(
        "The cause is a syntax or encoding error, more than one document, too deep nesting, too many "
        "aliases, or a tag."
    ),
    why=(
        "A file that cannot be read answers no question, and a file that two programs read differently "
        "gives two answers."
    ),
    bad="services: {deepl: {name: DeepL: translation}}",
    good='services: {deepl: {name: "DeepL: translation"}}',
)
