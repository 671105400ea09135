"""A place is neither a country nor a region that is known.

Why: Nobody could tell on which side of a border it lies; subproc places lists the words.

Bad:
    deepl: {name: DeepL, processing: [Findland]}

Good:
    deepl: {name: DeepL, processing: [FI]}
"""

from subproc_cli.diagnostics import UNKNOWN_PLACE
from subproc_cli.rules.rule import Rule

RULE = Rule(UNKNOWN_PLACE, __doc__ or "")
