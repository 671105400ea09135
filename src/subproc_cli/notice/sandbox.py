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
VALUE_WEIGHT = 10
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
_PASS_THROUGH_FILTERS = ("d", "default")
"""Filters that only pass on what they are given besides the value."""
Filters: TypeAlias = dict[str, Callable[..., Any]]
_CONTAINERS = (list, tuple, range, KeysView, ValuesView, ItemsView)


class Budget:
    """What a template may still do: steps, and the weight of what it handles."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin a letter."""
        self._steps_left, self._weight_left = MAX_STEPS, MAX_WEIGHT

    def __enter__(self) -> None:
        self._previous_trace = sys.gettrace()
        sys.settrace(self._trace)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._previous_trace)

    def _trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.endswith(".j2"):
            return None
        if event == "line":
            self._steps_left -= _count_instructions(frame.f_code).get(frame.f_lineno, 1)
            if self._steps_left < 0:
                raise SecurityError(f"the template takes more than {MAX_STEPS:,} steps")
        return self._trace

    def spend(self, weight: int) -> None:
        """Take what something weighs off what is left.

        Raises:
            SecurityError: it is more than that.
        """
        self._weight_left -= weight
        if self._weight_left < 0:
            raise SecurityError(f"the template handles more than {MAX_WEIGHT:,} characters")

    def charge(self, *values: Any) -> int:
        """Spend what values weigh with all that is in them, and return how many these are."""
        weight, count, waiting = 0, 0, list(values)
        while waiting and weight <= self._weight_left:
            each = waiting.pop()
            count += 1
            weight += _measure_weight(each)
            if isinstance(each, dict):
                waiting += each.items()
            elif isinstance(each, _CONTAINERS):
                waiting += each
        self.spend(weight)
        return count

    def charge_and_return(self, value: Any) -> Any:
        """Weigh a value, and return it."""
        self.charge(value)
        return value

    def join(self, parts: Iterable[str]) -> str:
        """Join what a template prints."""
        return "".join(map(self.charge_and_return, parts))

    def wrap_filter(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that weighs its value, and all else once for each value in that.

        A separator stands between every two of them, and an attribute is looked for in each.
        """
        passes_environment = hasattr(
            function, "jinja_pass_arg"
        )  # its first argument is the environment, not a value

        @wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            value, *others = args[passes_environment:]
            if isinstance(value, LoopContext):
                raise SecurityError(f"{name} of a loop is not allowed here")
            count = self.charge(value)
            if name not in _PASS_THROUGH_FILTERS:
                each = sum(map(_measure_weight, (*others, *kwargs.values())))
                self.spend(each * (len(value) if isinstance(value, str) else count))
            result = function(*args, **kwargs)
            return self.charge_and_return(list(result) if isinstance(result, Iterator) else result)

        return wrapper

    def wrap_test(self, function: Any) -> Callable[..., Any]:
        """Return a test that weighs what it is given."""
        passes_environment = hasattr(function, "jinja_pass_arg")

        @wraps(function)
        def wrapper(*args: Any) -> Any:
            self.charge(*args[passes_environment:])
            return function(*args)

        return wrapper


def _measure_weight(value: Any) -> int:
    if isinstance(value, str):
        return VALUE_WEIGHT + len(value)
    return VALUE_WEIGHT + value.bit_length() // 8 if isinstance(value, int) else VALUE_WEIGHT


@lru_cache(1_000)
def _count_instructions(code: CodeType) -> dict[int, int]:
    """Return how many instructions each line of a template's code has."""
    found: dict[int, int] = {}
    for start, end, line in code.co_lines():
        if line is not None:
            found[line] = found.get(line, 0) + (end - start) // 2
    return found


class BuiltInEnvironment(ImmutableSandboxedEnvironment):
    """Runs the built-in templates, of which it is known what they do."""

    def __init__(self, load: Callable[[str], Any], custom_filters: Filters) -> None:
        super().__init__(
            loader=FunctionLoader(load),
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.filters |= custom_filters


class UserEnvironment(BuiltInEnvironment):
    """Runs templates of the user's."""

    intercepted_binops = frozenset(BuiltInEnvironment.default_binop_table)

    def __init__(self, load: Callable[[str], Any], custom_filters: Filters) -> None:
        super().__init__(load, custom_filters)
        self.budget = Budget()
        self.concat = self.budget.join  # type: ignore[method-assign]
        self.finalize = self.budget.charge_and_return
        chosen = {name: self.filters[name] for name in (*FILTERS, *custom_filters)} | {
            "weighed": _return_unchanged
        }
        self.filters = {name: self.budget.wrap_filter(name, each) for name, each in chosen.items()}
        self.tests = {name: self.budget.wrap_test(each) for name, each in self.tests.items()}
        self.globals = {"dict": dict, "range": _make_range}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the parts of a template, with the operators that would not be weighed made so that they are.

        Raises:
            TemplateSyntaxError: there are too many.
        """
        template = super()._parse(source, name, filename)
        if sum(1 for _ in template.find_all(nodes.Node)) > MAX_PARTS:
            raise TemplateSyntaxError(f"the template has more than {MAX_PARTS:,} parts", 1, name, filename)
        _WeightFilterInserter().visit(template)
        return template

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow the data and the counters of a loop, and nothing of Python."""
        return isinstance(obj, dict | LoopContext) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `str.format` to the rule for attributes: its widths could fill the memory."""

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, PYI063  as in Jinja2
        """Weigh what is given to something that is called."""
        __self.budget.charge(*args, *kwargs.values())
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Allow numbers of everyday size, and to add texts or lists."""
        self.budget.charge(left, right)
        small = all(isinstance(each, int | float) and abs(each) <= MAX_NUMBER for each in (left, right))
        if operator == "**" or not (small or operator == "+"):
            raise SecurityError(f"{operator} is not allowed here")
        return super().call_binop(context, operator, left, right)


class _WeightFilterInserter(NodeTransformer):
    """Puts filters, which are weighed, where Jinja2 would write an operator of Python."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  as in Jinja2
        self.generic_visit(node)
        empty = nodes.Const("", lineno=node.lineno)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, "join", [empty], [], None, None, lineno=node.lineno)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.expr = _add_weight_filter(node.expr)
        for each in node.ops:
            each.expr = _add_weight_filter(each.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _add_weight_filter(node.node)
        return node


def _return_unchanged(value: Any) -> Any:
    return value


def _add_weight_filter(node: nodes.Expr) -> nodes.Expr:
    """Return a part that gives the same value, weighed."""
    return nodes.Filter(node, "weighed", [], [], None, None, lineno=node.lineno)


def _make_range(*bounds: int) -> range:
    result = range(*bounds)
    if len(result) > MAX_RANGE:
        raise SecurityError(f"a range of more than {MAX_RANGE:,} numbers is not allowed here")
    return result
