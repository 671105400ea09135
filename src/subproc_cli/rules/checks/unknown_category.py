"""A data category is neither built in nor the publisher's own.

Why: Nobody could tell what the service sees; subproc categories lists the words.

Bad:
    deepl: {name: DeepL, sees: [identity.emial]}

Good:
    deepl: {name: DeepL, sees: [identity.email]}
"""

from subproc_cli.diagnostics import UNKNOWN_CATEGORY
from subproc_cli.rules.rule import Rule

RULE = Rule(UNKNOWN_CATEGORY, __doc__ or "")
