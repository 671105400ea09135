"""A field is not one of the format, and does not begin with x-.

Why: A misspelt field would be passed over, and what it states would count as not stated.

Bad:
    deepl: {name: DeepL, procesing: [FI]}

Good:
    deepl: {name: DeepL, processing: [FI], x-owner: legal}
"""

from subproc_cli.diagnostics import UNKNOWN_FIELD
from subproc_cli.rules.rule import Rule

RULE = Rule(UNKNOWN_FIELD, __doc__ or "")
