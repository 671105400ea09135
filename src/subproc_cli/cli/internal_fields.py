"""Internal fields that are published because the command line names them."""

from subproc_cli.cli.console import to_stderr
from subproc_cli.errors import UsageFault
from subproc_cli.output.sanitize import visible
from subproc_cli.registry.internal import INTERNAL, is_internal, own_names
from subproc_cli.registry.registry import Index
from subproc_cli.text import did_you_mean


def named_fields(typed: list[str] | None) -> frozenset[str]:
    """Return the fields of an option that was given several times, or with commas.

    Raises:
        UsageFault: one of them is not internal, so it needs no option.
    """
    names = [part.strip() for word in typed or () for part in word.split(",")]
    for name in names:
        if not is_internal(name):
            hint = did_you_mean(name, INTERNAL) or f"there are {', '.join(INTERNAL)} and x-…"
            raise UsageFault(f"--field: {name!r} is not an internal field", hint)
    return frozenset(names)


def warn_of_unknown(fields: frozenset[str], index: Index) -> None:
    """Warn of a field that is not in the list, which may be a misspelt one."""
    known = own_names(index.registry)
    for name in sorted(fields - known - {*INTERNAL}):
        hint = did_you_mean(name, known)
        told = f"--field: there is no {name} in {index.file}{f' ({hint})' if hint else ''}"
        to_stderr(f"subproc: {visible(told)}")
