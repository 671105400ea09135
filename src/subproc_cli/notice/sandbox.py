"""Where a template of the user's runs: it reaches the notice and nothing else, and has a budget.

What a template can call is a list of what is allowed. Everything it can call, join, compare or print
is weighed first, and each line it runs through is counted, so none can run on or fill the memory: not
one that loops, nor one that doubles a text, nor one that sorts by an attribute of a thousand parts.
"""

import sys
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, ValuesView
from functools import lru_cache, wraps
from types import CodeType, FrameType
from typing import Any, TypeAlias

from jinja2 import FunctionLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

MAX_STEPS = 2_000_000
"""Steps (instructions of Python) that a template of the user's may take for one letter."""
MAX_WEIGHT = 10_000_000
"""Characters that a template of the user's may handle for one letter; a value counts for ten."""
VALUE = 10
MAX_PARTS = 20_000
"""Parts of a template of the user's: words, operators, blocks."""
MAX_RANGE = 1_000
MAX_NUMBER = 1_000_000

FILTERS = (
    *("capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby", "items", "join"),
    *("last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select"),
    *("selectattr", "sort", "string", "title", "trim", "truncate", "unique", "upper"),
    *("urlencode", "wordcount"),
)
"""The filters of Jinja2 that a template may use, besides `wrap`, `pad` and `underline`."""
_ANY = ("d", "default")
"""Filters that only pass on what they are given besides the value."""
Filters: TypeAlias = dict[str, Callable[..., Any]]
_HOLDING = (list, tuple, range, KeysView, ValuesView, ItemsView)


class Budget:
    """What a template may still do: steps, and the weight of what it handles."""

    def __init__(self) -> None:
        self.refill()

    def refill(self) -> None:
        """Begin a letter."""
        self._steps, self._weight = MAX_STEPS, MAX_WEIGHT

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        sys.settrace(self._trace)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before)

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(".j2"):
            return None
        if event == "line":
            self._steps -= _steps(frame.f_code).get(frame.f_lineno, 1)
            if self._steps < 0:
                raise SecurityError(f"the template takes more than {MAX_STEPS:,} steps")
        return self._trace

    def spend(self, weight: int) -> None:
        """Take what something weighs off what is left.

        Raises:
            SecurityError: it is more than that.
        """
        self._weight -= weight
        if self._weight < 0:
            raise SecurityError(f"the template handles more than {MAX_WEIGHT:,} characters")

    def weigh(self, *values: Any) -> int:
        """Spend what values weigh with all that is in them, and return how many these are."""
        weight, count, waiting = 0, 0, list(values)
        while waiting and weight <= self._weight:
            each = waiting.pop()
            count += 1
            weight += _weight(each)
            if isinstance(each, dict):
                waiting += each.items()
            elif isinstance(each, _HOLDING):
                waiting += each
        self.spend(weight)
        return count

    def weighed(self, value: Any) -> Any:
        """Weigh a value, and return it."""
        self.weigh(value)
        return value

    def joined(self, parts: Iterable[str]) -> str:
        """Join what a template prints."""
        return "".join(map(self.weighed, parts))

    def of_filter(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that weighs its value, and all else once for each value in that.

        A separator stands between every two of them, and an attribute is looked for in each.
        """
        passed = hasattr(function, "jinja_pass_arg")  # its first argument is the environment, not a value

        @wraps(function)
        def weighing(*given: Any, **named: Any) -> Any:
            value, *others = given[passed:]
            if isinstance(value, LoopContext):
                raise SecurityError(f"{name} of a loop is not allowed here")
            count = self.weigh(value)
            if name not in _ANY:
                each = sum(map(_weight, (*others, *named.values())))
                self.spend(each * (len(value) if isinstance(value, str) else count))
            found = function(*given, **named)
            return self.weighed(list(found) if isinstance(found, Iterator) else found)

        return weighing

    def of_test(self, function: Any) -> Callable[..., Any]:
        """Return a test that weighs what it is given."""
        passed = hasattr(function, "jinja_pass_arg")

        @wraps(function)
        def weighing(*given: Any) -> Any:
            self.weigh(*given[passed:])
            return function(*given)

        return weighing


def _weight(value: Any) -> int:
    if isinstance(value, str):
        return VALUE + len(value)
    return VALUE + value.bit_length() // 8 if isinstance(value, int) else VALUE


@lru_cache(1_000)
def _steps(code: CodeType) -> dict[int, int]:
    """Return how many instructions each line of a template's code has."""
    found: dict[int, int] = {}
    for start, end, line in code.co_lines():
        if line is not None:
            found[line] = found.get(line, 0) + (end - start) // 2
    return found


class Plain(ImmutableSandboxedEnvironment):
    """Runs the built-in templates, of which it is known what they do."""

    def __init__(self, load: Callable[[str], Any], own: Filters) -> None:
        super().__init__(
            loader=FunctionLoader(load),
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.filters |= own


class Sandbox(Plain):
    """Runs templates of the user's."""

    intercepted_binops = frozenset(Plain.default_binop_table)

    def __init__(self, load: Callable[[str], Any], own: Filters) -> None:
        super().__init__(load, own)
        self.budget = Budget()
        self.concat = self.budget.joined  # type: ignore[method-assign]
        self.finalize = self.budget.weighed
        chosen = {name: self.filters[name] for name in (*FILTERS, *own)} | {"weighed": _same}
        self.filters = {name: self.budget.of_filter(name, each) for name, each in chosen.items()}
        self.tests = {name: self.budget.of_test(each) for name, each in self.tests.items()}
        self.globals = {"dict": dict, "range": _range}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the parts of a template, with the operators that would not be weighed made so that they are.

        Raises:
            TemplateSyntaxError: there are too many.
        """
        found = super()._parse(source, name, filename)
        if sum(1 for _ in found.find_all(nodes.Node)) > MAX_PARTS:
            raise TemplateSyntaxError(f"the template has more than {MAX_PARTS:,} parts", 1, name, filename)
        _Weighing().visit(found)
        return found

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the data and the counters of a loop, and nothing of Python."""
        return isinstance(obj, dict | LoopContext) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `str.format` to the rule for attributes: its widths could fill the memory."""

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063  as in Jinja2
        """Weigh what is given to something that is called."""
        __self.budget.weigh(*args, *kwargs.values())
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Allow numbers of everyday size, and to add texts or lists."""
        self.budget.weigh(left, right)
        small = all(isinstance(each, int | float) and abs(each) <= MAX_NUMBER for each in (left, right))
        if operator == "**" or not (small or operator == "+"):
            raise SecurityError(f"{operator} is not allowed here")
        return super().call_binop(context, operator, left, right)


class _Weighing(NodeTransformer):
    """Puts filters, which are weighed, where Jinja2 would write an operator of Python."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  as in Jinja2
        self.generic_visit(node)
        empty = nodes.Const("", lineno=node.lineno)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, "join", [empty], [], None, None, lineno=node.lineno)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _weighed(node.expr)
        for each in node.ops:
            each.expr = _weighed(each.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _weighed(node.node)
        return node


def _same(value: Any) -> Any:
    return value


def _weighed(node: nodes.Expr) -> nodes.Expr:
    """Return a part that gives the same value, weighed."""
    return nodes.Filter(node, "weighed", [], [], None, None, lineno=node.lineno)


def _range(*bounds: int) -> range:
    found = range(*bounds)
    if len(found) > MAX_RANGE:
        raise SecurityError(f"a range of more than {MAX_RANGE:,} numbers is not allowed here")
    return found
