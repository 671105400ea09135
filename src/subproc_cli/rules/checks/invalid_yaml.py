"""The file is no YAML that can be read.

Wrong syntax or encoding, more than one document, nesting or aliases beyond bounds, a tag of YAML's own.

Why: What cannot be read says nothing; and a file that is read in two ways says two things.

Bad:
    services: {deepl: {name: DeepL: translation}}

Good:
    services: {deepl: {name: "DeepL: translation"}}
"""

from subproc_cli.diagnostics import INVALID_YAML
from subproc_cli.rules.rule import Rule

RULE = Rule(INVALID_YAML, __doc__ or "")
