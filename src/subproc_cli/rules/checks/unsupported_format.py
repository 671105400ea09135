"""The format of the file is newer than this program.

Why: A newer format may state things that this program would pass over.

Bad:
    format: 2

Good:
    format: 1
"""

from subproc_cli.diagnostics import UNSUPPORTED_FORMAT
from subproc_cli.rules.rule import Rule

RULE = Rule(UNSUPPORTED_FORMAT, __doc__ or "")
