"""Every rule, in the order of its code: each module of this folder defines one as `RULE`."""

from importlib import import_module
from pkgutil import iter_modules

from subproc_cli.rules.rule import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (import_module(f"{__name__}.{module.name}").RULE for module in iter_modules(__path__)),
        key=lambda rule: rule.code,
    )
)
READER_RULES = tuple(rule for rule in RULES if rule.code.startswith("SP00") and rule.find is None)
"""Rules whose findings come from reading the file: they always run, and are always errors."""
RULES_BY_CODE = {rule.code: rule for rule in RULES}
RULES_BY_NAME = {rule.name: rule for rule in RULES}
