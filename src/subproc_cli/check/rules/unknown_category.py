"""A data category is neither built in nor the publisher's own.

Why: Nobody could tell what the service sees; subproc categories lists the words.

Bad:
    deepl: {name: DeepL, sees: [identity.emial]}

Good:
    deepl: {name: DeepL, sees: [identity.email]}
"""

from subproc_cli.check.rule import Rule
from subproc_cli.problem import UNKNOWN_CATEGORY

RULE = Rule(UNKNOWN_CATEGORY, __doc__ or "")
