"""Takes a field or an item out of the text of a file; the comment lines above it stay."""

from subproc_cli.diagnostics import Route
from subproc_cli.yaml import layout
from subproc_cli.yaml.spans import Node


def removed(text: str, root: Node, route: Route) -> str:
    """Return a text without what stands at a route; something else stands beside it."""
    node = root
    for step in route[:-1]:
        node = node.children[step]
    start, end = _span(text, node, route[-1])
    return text[:start] + text[end:]


def _span(text: str, node: Node, step: str | int) -> tuple[int, int]:
    steps = list(node.children)
    at = steps.index(step)
    start = (node.keys or node.children)[step].start
    end = node.children[step].end
    following = (node.keys or node.children)[steps[at + 1]] if at + 1 < len(steps) else None
    if node.flow:
        if following:
            return start, following.start
        return (node.children[steps[at - 1]].end if at else start), end
    if not node.keys:
        start = layout.dash(text, node.start, start)
    if layout.own_line(text, start):
        return layout.line_start(text, start), layout.line_end(text, end)
    # the first field behind a dash: the next one takes its place
    return start, (following.start if following else end)
