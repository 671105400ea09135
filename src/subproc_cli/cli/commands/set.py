"""`subproc set`."""

from typing import Annotated, Any, NamedTuple

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.editing import Opened, Told, split
from subproc_cli.cli.options import DryRunOption, ListOption, QuietOption
from subproc_cli.diagnostics import Route
from subproc_cli.errors import UsageFault
from subproc_cli.registry import formatter, introspect
from subproc_cli.registry.introspect import Kind
from subproc_cli.text import listed, nearest, stem
from subproc_cli.yaml import reader
from subproc_cli.yaml.editor import Append, Edit, Put, Remove
from subproc_cli.yaml.source import Source


def command(
    service: Annotated[
        str,
        typer.Argument(metavar="ID", autocompletion=completion.ids, help="The id or the name of a service."),
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD", autocompletion=completion.fields, help="A field; entity.country for one within."
        ),
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="[VALUE]",
            autocompletion=completion.values,
            help="A text, or YAML in [brackets] or {braces}.",
        ),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add", metavar="ITEM", autocompletion=completion.values, help="Add an item to a list."
        ),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option(
            "--remove", metavar="ITEM", autocompletion=completion.values, help="Take an item out of a list."
        ),
    ] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Take the field away: not stated.")] = False,
    registry: ListOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Set a field of a service; comments and layout stay.

    \b
    subproc set stripe entity.country IE
    subproc set deepl purpose "Machine translation"
    subproc set datadog processing "[EU, {place: US, how: remote-access}]"
    subproc set deepl sees "email, content.text"
    subproc set datadog processing --add Ireland --remove EU
    subproc set datadog retention --unset
    """
    from subproc_cli.cli.editing import open_for_editing

    opened = open_for_editing(registry)
    key, typed = service_of(opened, service, field), Typed(value, add or [], remove or [], unset)
    edits = edits_of(opened, route_of(key, field), typed)
    opened.keep(*edits, dry_run=dry_run, told=None if quiet else typed.told(key, field, opened.path))


_BRACKETS = ("[", "{")
FOREVER = "the id of a service is its identity for ever; `formerly` tells of a rename"


def route_of(key: str, field: str) -> Route:
    """Return the route of a field of a service: `entity.country`.

    Raises:
        UsageFault: there is no such field.
    """
    route: Route = ("services", key)
    for step in field.split("."):
        if step not in introspect.names(route) and not step.startswith("x-"):
            raise UsageFault(f"there is no field {field!r} of a service", _meant(route, step))
        route = (*route, step)
    return route


def _meant(route: Route, step: str) -> str:
    """Return what to type instead of a field that there is not: the nearest one, from the service on."""
    from subproc_cli.evaluation import attributes
    from subproc_cli.question import vocabulary

    names = introspect.names(route)
    known = {each.rpartition(".")[2]: each for each in introspect.leaves(route)} | {
        each: each for each in names
    }
    if not known or step == "id":
        return FOREVER if known else ""
    said = vocabulary.FIELDS.get(stem(step))
    if step not in known and said and route[2:] == ():
        return f"did you mean {'.'.join(map(str, attributes.FIELDS[said][0]))}?"
    found = known.get(nearest(step, known) or "")
    within = "".join(f"{each}." for each in route[2:])
    whole = (f"{within}{each}" for each in names)
    return f"did you mean {within}{found}?" if found else f"one of {', '.join(whole)}"


def service_of(opened: Opened, word: str, field: str) -> str:
    """Return the id of the service whose field is to be set.

    Raises:
        UsageFault: there is no such service, or several.
    """
    try:
        return opened.listed.service(word)[0]
    except UsageFault as fault:
        meant = opened.listed.called(field)
        if word.partition(".")[0] not in introspect.names(("services", "")) or len(meant) != 1:
            raise
        raise UsageFault(fault.message, f"did you mean: subproc set {meant[0]} {word} …?") from None


def setting(route: Route, text: str) -> Put:
    """Return the edit that sets a field to what is typed: a text, or YAML in brackets.

    Raises:
        UsageFault: the text is no YAML.
    """
    kind = introspect.kind(route)
    if kind is Kind.TEXT:
        return Put(route, text)
    if kind is Kind.MAPPING and not text.startswith("{"):
        fields = introspect.names(route)
        hint = f"set one of {', '.join(f'{route[-1]}.{each}' for each in fields)}"
        raise UsageFault(f"{route[-1]} holds fields of its own", hint)
    if kind is Kind.LIST:
        return Put(route, [item for each in _items(route, text) for item in _flat(_structure(each))])
    return Put(route, _structure(text))


def _items(route: Route, text: str) -> list[str]:
    """Return the items of a list that are typed with commas; a list of texts has them inside its items."""
    item = (*route, 0)
    of_words = formatter.is_category(item) or introspect.kind(item) is Kind.MAPPING
    return (of_words and not text.startswith(_BRACKETS) and split([text])) or [text]


def _flat(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def changes_of_list(opened: Opened, route: Route, added: list[str], removed: list[str]) -> list[Edit]:
    """Return the edits that add items to a list and take items away from it.

    Raises:
        UsageFault: the field is no list, or an item to take away is not in it.
    """
    if introspect.kind(route) is not Kind.LIST:
        raise UsageFault(f"{route[-1]} is no list", "leave out --add and --remove, and write the value")
    present = _present(opened, route)
    gone = sorted({_position(opened, route, present, text) for text in removed}, reverse=True)
    kept = [item for at, item in enumerate(present) if at not in gone]
    new: list[Any] = []
    for text in added:
        value = _item(opened, route, _structure(text))
        if value not in kept:
            kept.append(value)
            new.append(value)
    if not kept:
        return [Remove(route)] if gone else []
    edits: list[Edit] = [Append(route, tuple(new))] if new else []
    return edits + [Remove((*route, at)) for at in gone]  # what is added first keeps the comments of a list


def _item(opened: Opened, route: Route, value: Any) -> Any:
    """Return an item of a list with its places and categories in their one spelling."""
    return formatter.value(value, (*route, 0), opened.listed.tree, opened.listed.gazetteer)


def _structure(text: str) -> Any:
    """Return a typed value: YAML if it begins with a bracket, else a text."""
    if not text.startswith(_BRACKETS):
        return text
    read, problems = reader.parse(Source("value", text.encode()))
    if read is None or problems:
        raise UsageFault(f"{text!r} is no YAML: {problems[0].message}", problems[0].hint)
    return read.data


def _present(opened: Opened, route: Route) -> list[Any]:
    read, _ = reader.parse(opened.source)
    found: Any = read.data if read else {}
    for step in route:
        found = (found or {}).get(step)
    return list(found or ())


def _position(opened: Opened, route: Route, present: list[Any], text: str) -> int:
    wanted = _item(opened, route, _structure(text))
    bare = [_word(item) for item in present]
    known = [_item(opened, route, item) for item in present]
    if wanted in known:
        return known.index(wanted)
    if isinstance(wanted, str) and wanted in bare:
        return bare.index(wanted)
    named = ", ".join(map(str, bare)) or "nothing"
    raise UsageFault(f"{route[-1]} does not hold {text!r}", f"it holds {named}")


def _word(item: Any) -> Any:
    """Return the word that an item in full is about: its `data`, `place` or `basis`."""
    return next(iter(item.values())) if isinstance(item, dict) else item


class Typed(NamedTuple):
    """What is to happen to a field; one of the first two ways, or the last."""

    value: str | None
    added: list[str]
    removed: list[str]
    unset: bool

    def told(self, key: str, field: str, path: str) -> Told:
        """Return what is told of the edit of a field of a service."""
        already = f"is {self.value} already" if self.value is not None else ""
        held = f"holds {listed(self.added)} already" if self.added else "is not stated"
        done = "is no longer stated" if self.unset else "is set"
        same = f"{key}: nothing to change: {field} {already or held}, in {path}"
        following = f"the service now: subproc show {key}"
        return Told(f"{key}: {field} {done} in {path}", same, following)


def edits_of(opened: Opened, route: Route, typed: Typed) -> list[Edit]:
    """Return the edits that do to a field what is typed.

    Raises:
        UsageFault: nothing is typed, or several things that do not go together.
    """
    ways = (typed.value is not None, bool(typed.added or typed.removed), typed.unset)
    if sum(ways) != 1:
        raise UsageFault("set needs one of VALUE, --add or --remove, and --unset", "see: subproc set --help")
    if typed.value is not None:
        return [setting(route, typed.value)]
    if typed.unset:
        return [Remove(route)] if _stands(opened, route) else []
    added, removed = ([item for text in each for item in _items(route, text)] for each in typed[1:3])
    return changes_of_list(opened, route, added, removed)


def _stands(opened: Opened, route: Route) -> bool:
    read, _ = reader.parse(opened.source)
    found: Any = read.data if read else None
    for step in route:
        if not isinstance(found, dict) or step not in found:
            return False
        found = found[step]
    return True
