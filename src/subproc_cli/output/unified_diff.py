"""The difference of two texts, line by line, as programs and people read it."""

from subproc_cli.output.sanitize import sanitize_quoted


def render(old: str, new: str, name: str) -> str:
    """Return a unified diff of two revisions of a file; empty if they are equal."""
    from difflib import unified_diff  # only a diff needs it

    before, after = _split_lines(old), _split_lines(new)
    found = unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
    return "".join(f"{sanitize_quoted(line)}\n" for line in found)


def _split_lines(text: str) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if text.endswith("\n") else lines
