"""A value is of the wrong type, or none of the words, dates, versions or ids that its field takes.

Why: A value that is read as something else says something else.

Bad:
    deepl: {name: DeepL, since: 2024-13-01, role: procesor}

Good:
    deepl: {name: DeepL, since: 2024-12-01, role: processor}
"""

from subproc_cli.diagnostics import INVALID_VALUE
from subproc_cli.rules.rule import Rule

RULE = Rule(INVALID_VALUE, __doc__ or "")
