"""Text for XML 1.0: atom, JUnit, drawings, and the parts of Office files."""

from subproc_cli.output.sanitize import visible

_FORBIDDEN = str.maketrans({"\ufffe": r"\ufffe", "\uffff": r"\uffff"})
"""What `visible` lets through and XML cannot carry, not even as a reference (XML 1.0, production 2)."""


def xml_text(text: str) -> str:
    r"""Return a text on one line that XML can carry: what deceives or is forbidden stands as an escape.

    Markup in it is still to be escaped.

    >>> xml_text("a\uffffb")
    'a\\uffffb'
    """
    return visible(text).translate(_FORBIDDEN)
