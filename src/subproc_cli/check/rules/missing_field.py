"""A field that every list or service must have is missing.

Why: Without publisher, version and date a list cannot be referred to; without a name, a service cannot.

Bad:
    deepl: {purpose: translation}

Good:
    deepl: {name: DeepL, purpose: translation}
"""

from subproc_cli.check.rule import Rule
from subproc_cli.problem import MISSING_FIELD

RULE = Rule(MISSING_FIELD, __doc__ or "")
