"""A field that every list or service must have is missing.

Why: Without publisher, version and date a list cannot be referred to; without a name, a service cannot.

Bad:
    deepl: {purpose: translation}

Good:
    deepl: {name: DeepL, purpose: translation}
"""

from subproc_cli.diagnostics import MISSING_FIELD
from subproc_cli.rules.rule import Rule

RULE = Rule(MISSING_FIELD, __doc__ or "")
