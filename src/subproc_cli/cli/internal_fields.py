"""Internal fields that are published because the command line names them."""

from subproc_cli.cli.console import print_stderr
from subproc_cli.errors import UsageError
from subproc_cli.output.sanitize import sanitize_line
from subproc_cli.registry.internal import INTERNAL, collect_own_names, is_internal
from subproc_cli.registry.registry import Registry
from subproc_cli.suggest import suggest


def parse_field_options(option_values: list[str] | None) -> frozenset[str]:
    """Return the fields of an option that was given several times, or with commas.

    Raises:
        UsageError: one of them is not internal, so it needs no option.
    """
    names = [part.strip() for word in option_values or () for part in word.split(",")]
    for name in names:
        if not is_internal(name):
            hint = suggest(name, INTERNAL) or f"there are {', '.join(INTERNAL)} and x-…"
            raise UsageError(f"--field: {name!r} is not an internal field", hint)
    return frozenset(names)


def warn_of_unknown_fields(fields: frozenset[str], registry: Registry) -> None:
    """Warn of a field that is not in the list, which may be a misspelt one."""
    own = fields - {*INTERNAL}
    known = collect_own_names(registry.model) if own else set()
    for name in sorted(own - known):
        hint = suggest(name, known)
        message = f"--field: there is no {name} in {registry.file}{f' ({hint})' if hint else ''}"
        print_stderr(f"subproc: {sanitize_line(message)}")
