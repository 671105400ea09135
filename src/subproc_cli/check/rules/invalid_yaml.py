"""The file is no YAML that can be read.

Wrong syntax or encoding, more than one document, nesting or aliases beyond bounds, a tag of YAML's own.

Why: What cannot be read says nothing; and a file that is read in two ways says two things.

Bad:
    services: {deepl: {name: DeepL: translation}}

Good:
    services: {deepl: {name: "DeepL: translation"}}
"""

from subproc_cli.check.rule import Rule
from subproc_cli.problem import INVALID_YAML

RULE = Rule(INVALID_YAML, __doc__ or "")
