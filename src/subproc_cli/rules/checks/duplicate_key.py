"""A key is given twice in one mapping.

Why: Most readers silently keep the last one, and the first statement is lost.

Bad:
    deepl: {name: DeepL, processing: [FI], processing: [US]}

Good:
    deepl: {name: DeepL, processing: [FI, US]}
"""

from subproc_cli.diagnostics import DUPLICATE_KEY
from subproc_cli.rules.rule import Rule

RULE = Rule(DUPLICATE_KEY, __doc__ or "")
