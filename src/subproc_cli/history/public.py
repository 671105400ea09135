"""A history as it may be published: without the changes of what is internal."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from subproc_cli.diff.change import public_changes
from subproc_cli.history.timeline import Moment


def public(moments: Iterable[Moment], shown: AbstractSet[str] = frozenset()) -> tuple[Moment, ...]:
    """Return moments with the changes that may be published.

    Args:
        moments: what each revision did.
        shown: internal fields that are published all the same.
    """
    return tuple(moment._replace(changes=public_changes(moment.changes, shown)) for moment in moments)
