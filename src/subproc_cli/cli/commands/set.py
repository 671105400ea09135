"""`subproc set`."""

from typing import Annotated, Any, NamedTuple

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.console import print_stderr
from subproc_cli.cli.editing import EditMessages, EditSession, split_commas
from subproc_cli.cli.options import DryRunOption, QuietOption, RegistryOption
from subproc_cli.diagnostics import FieldPath
from subproc_cli.errors import UsageError
from subproc_cli.locale.catalogue import ENGLISH
from subproc_cli.registry import formatter, introspect
from subproc_cli.registry.field_forms import is_language
from subproc_cli.registry.introspect import ValueKind
from subproc_cli.suggest import find_nearest
from subproc_cli.text import join_words, stem
from subproc_cli.yaml import reader
from subproc_cli.yaml.editor import Append, Edit, Put, Remove
from subproc_cli.yaml.source import Source

HELP = """Set a field of a service. Comments and layout are kept.

\b
subproc set stripe entity.country IE
subproc set deepl purpose "Machine translation"
subproc set datadog processing "[EU, {place: US, how: remote-access}]"
subproc set deepl sees "email, content.text"
subproc set datadog processing --add Ireland --remove EU
subproc set datadog retention --unset
subproc set deepl purpose.de "Maschinelle Übersetzung"
subproc set deepl retention.days 30
"""


def command(
    service: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            autocompletion=completion.complete_service_ids,
            help="The id or name of a service.",
        ),
    ],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            autocompletion=completion.complete_fields,
            help="Name of the field; use a dot for nested fields: entity.country.",
        ),
    ],
    value: Annotated[
        str | None,
        typer.Argument(
            metavar="[VALUE]",
            autocompletion=completion.complete_field_value,
            help="Text, or YAML in [brackets] or {braces}.",
        ),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            metavar="ITEM",
            autocompletion=completion.complete_field_value,
            help="Add an item to a list.",
        ),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option(
            "--remove",
            metavar="ITEM",
            autocompletion=completion.complete_field_value,
            help="Remove an item from a list.",
        ),
    ] = None,
    unset: Annotated[
        bool, typer.Option("--unset", help="Remove the field, so that it is not stated.")
    ] = False,
    registry: RegistryOption = None,
    dry_run: DryRunOption = False,
    quiet: QuietOption = False,
) -> None:
    """Run `subproc set`."""
    from subproc_cli.cli.editing import open_registry_for_edit

    session = open_registry_for_edit(registry)
    key, request = find_service_id(session, service, field), SetRequest(value, add or [], remove or [], unset)
    path = parse_field_path(key, field)
    edits = build_edits(session, path, request)
    comment = _find_comment_above(session, path) if unset and edits else 0
    session.commit(
        *edits, dry_run=dry_run, messages=None if quiet else request.build_messages(key, field, session.path)
    )
    if comment and not quiet:
        print_stderr(
            f"subproc: {session.path}:{comment}: the comment above {field} is kept; see if it is still right"
        )


_BRACKETS = ("[", "{")
ID_IS_PERMANENT = "an id never changes; to record a former id, set formerly"


def parse_field_path(key: str, field: str) -> FieldPath:
    """Return the route of a field of a service: `entity.country`.

    Raises:
        UsageError: there is no such field.
    """
    path: FieldPath = ("services", key)
    for step in field.split("."):
        is_part = step in introspect.list_parts(path)
        is_translation = introspect.has_languages(path) and is_language(step)
        if not (is_part or is_translation or step.startswith("x-")):
            raise UsageError(f"there is no field {field!r} of a service", _suggest_field(path, step))
        path = (*path, step)
    return path


def _suggest_field(path: FieldPath, step: str) -> str:
    """Return what to type instead of a field that does not exist: the path of the nearest one."""
    from subproc_cli.evaluation import facts
    from subproc_cli.question import known_words

    names = introspect.list_parts(path)
    fields_by_name = {name: name for name in names}
    for name in introspect.list_leaf_fields(path):
        last = name.rpartition(".")[2]
        if not is_language(last):
            fields_by_name.setdefault(last, name)
    if not fields_by_name or step == "id":
        return ID_IS_PERMANENT if fields_by_name else ""
    attribute = known_words.FIELDS.get(stem(step))
    if step not in fields_by_name and attribute and path[2:] == ():
        return f"did you mean {'.'.join(map(str, facts.FIELDS[attribute][0]))}?"
    closest = fields_by_name.get(find_nearest(step, fields_by_name) or "")
    prefix = "".join(f"{each}." for each in path[2:])
    full_names = (f"{prefix}{each}" for each in names)
    return f"did you mean {prefix}{closest}?" if closest else f"one of {', '.join(full_names)}"


def find_service_id(session: EditSession, word: str, field: str) -> str:
    """Return the id of the service whose field is to be set.

    Raises:
        UsageError: there is no such service, or several.
    """
    try:
        return session.registry.find_service(word)[0]
    except UsageError as error:
        service_ids = session.registry.find_ids_by_name(field)
        if word.partition(".")[0] in {*introspect.list_fields(())} - {"services"}:
            raise UsageError(error.message, _suggest_list_edit(session, word, field)) from None
        if word.partition(".")[0] not in introspect.list_fields(("services", "")) or len(service_ids) != 1:
            raise
        raise UsageError(error.message, f"did you mean: subproc set {service_ids[0]} {word} …?") from None


def _suggest_list_edit(session: EditSession, word: str, field: str) -> str:
    """Return what to write into the file for a field of the list, such as `notice.days 30`."""
    first, *steps = (*word.split("."), *field.split("."))
    path: tuple[str, ...] = (first,)
    value = "…"
    for step in steps:
        if step not in introspect.list_parts(path):
            value = field
            break
        path = (*path, step)
    for step in path[:0:-1]:
        value = f"{{{step}: {value}}}"
    text = f"it is a field of the list: write {first}: {value} into {session.path}"
    if session.registry.get_raw_value((first,)) is None:
        return f"{text}, before services"
    return f"{text}, which has {first} in line {session.registry.locate((first,)).line}"


def build_put(path: FieldPath, text: str) -> Put:
    """Return the edit that sets a field to what is typed: a text, or YAML in brackets.

    Raises:
        UsageError: the text is not valid YAML.
    """
    kind = introspect.find_kind(path)
    if introspect.is_number(path) and text.isdecimal():
        return Put(path, int(text))
    if kind is ValueKind.TEXT and not (text.startswith("{") and _may_be_mapping(path)):
        return Put(path, text)
    if kind is ValueKind.MAPPING and not text.startswith("{"):
        fields = introspect.list_fields(path)
        hint = f"set one of {', '.join(f'{path[-1]}.{each}' for each in fields)}"
        raise UsageError(f"{path[-1]} consists of several fields", hint)
    if kind is ValueKind.LIST:
        return Put(path, [item for each in _split_items(path, text) for item in _to_list(_parse_value(each))])
    return Put(path, _parse_value(text))


def _may_be_mapping(path: FieldPath) -> bool:
    return introspect.has_languages(path) or introspect.find_mapping_form_at(path) is not None


def _keep_texts(session: EditSession, edit: Put) -> Put:
    """Return an edit that keeps the text that the file states instead of a mapping, or in another language.

    Raises:
        UsageError: a text would be lost.
    """
    path = edit.path
    field = ".".join(map(str, path[_SERVICE_DEPTH:]))
    stated = _get_value(session, path)
    if introspect.has_languages(path) and isinstance(stated, dict) and isinstance(edit.value, str):
        parts = join_words((f"{field}.{language}" for language in stated), "or")
        raise UsageError(f"{field} is stated by language", f"set {parts}, or remove it first with --unset")
    for end in range(_SERVICE_DEPTH + 1, len(path)):
        text = _get_value(session, path[:end])
        if isinstance(text, str):
            return Put(path[:end], _build_mapping(path[:end], text, path[end:], edit.value))
    return edit


_SERVICE_DEPTH = 2
"""Steps to a service: `services` and the id."""


def _build_mapping(path: FieldPath, text: str, below: FieldPath, value: Any) -> dict[str, Any]:
    """Return the mapping that replaces a text, with the text and one more value.

    A text in no stated language becomes the English one: that is the text which readers of any other language
    see already, and it stays that way.
    """
    step, *further = map(str, below)
    form = introspect.find_mapping_form_at(path)
    kept_field = form.text_field or form.note_field if form else ENGLISH
    if further:
        value = _build_mapping((*path, step), text, tuple(further), value)
    elif form is None and step == kept_field:
        field = ".".join(map(str, path[_SERVICE_DEPTH:]))
        raise UsageError(
            f"{field} is one text, and the list does not state its language",
            f"state all languages: {field} '{{{ENGLISH}: …, de: …}}'",
        )
    is_repeated = step == kept_field or text in (f"{value} days", f"{value} day")
    return {step: value} if is_repeated else {kept_field: text, step: value}


def _split_items(path: FieldPath, text: str) -> list[str]:
    """Return items that are typed with commas between them; a list of texts is not split at commas."""
    item = (*path, 0)
    splits_at_commas = formatter.is_category_path(item) or introspect.find_kind(item) is ValueKind.MAPPING
    return (splits_at_commas and not text.startswith(_BRACKETS) and split_commas([text])) or [text]


def _to_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def build_list_edits(
    session: EditSession, path: FieldPath, added: list[str], removed: list[str]
) -> list[Edit]:
    """Return the edits that add items to a list and remove items from it.

    Raises:
        UsageError: the field is not a list, or an item to remove is not in it.
    """
    if introspect.find_kind(path) is not ValueKind.LIST:
        raise UsageError(f"{path[-1]} is not a list", "give a value instead of --add or --remove")
    items = _get_items(session, path)
    removed_indexes = sorted({_find_item(session, path, items, text) for text in removed}, reverse=True)
    remaining = [item for index, item in enumerate(items) if index not in removed_indexes]
    new_items: list[Any] = []
    for text in added:
        value = _normalize_item(session, path, _parse_value(text))
        if value not in remaining:
            remaining.append(value)
            new_items.append(value)
    if not remaining:
        return [Remove(path)] if removed_indexes else []
    edits: list[Edit] = [Append(path, tuple(new_items))] if new_items else []
    return edits + [
        Remove((*path, index)) for index in removed_indexes
    ]  # what is added first keeps the comments of a list


def _normalize_item(session: EditSession, path: FieldPath, value: Any) -> Any:
    """Return an item of a list with its places and categories in their canonical form."""
    return formatter.normalize_value(
        value, (*path, 0), session.registry.category_tree, session.registry.gazetteer
    )


def _parse_value(text: str) -> Any:
    """Return a typed value: YAML if it begins with a bracket, otherwise a text."""
    if not text.startswith(_BRACKETS):
        return text
    document, problems = reader.parse(Source("value", text.encode()))
    if document is None or problems:
        raise UsageError(f"{text!r} is not valid YAML: {problems[0].message}", problems[0].hint)
    return document.data


def _get_items(session: EditSession, path: FieldPath) -> list[Any]:
    value: Any = session.document.data
    for step in path:
        value = (value or {}).get(step)
    return list(value or ())


def _find_item(session: EditSession, path: FieldPath, items: list[Any], text: str) -> int:
    target = _normalize_item(session, path, _parse_value(text))
    main_values = [_get_main_value(item) for item in items]
    normalized = [_normalize_item(session, path, item) for item in items]
    if target in normalized:
        return normalized.index(target)
    if isinstance(target, str) and target in main_values:
        return main_values.index(target)
    listing = ", ".join(map(str, main_values)) or "nothing"
    raise UsageError(f"{path[-1]} does not contain {text!r}", f"it contains {listing}")


def _get_main_value(item: Any) -> Any:
    """Return the main value of an item: its `data`, `place` or `basis`."""
    return next(iter(item.values())) if isinstance(item, dict) else item


class SetRequest(NamedTuple):
    """How to change a field: set it, unset it, or add and remove items."""

    value: str | None
    added: list[str]
    removed: list[str]
    unset: bool

    def build_messages(self, key: str, field: str, path: str) -> EditMessages:
        """Return the message about the edit of a field of a service."""
        already = f"is already {self.value}" if self.value is not None else ""
        held = f"already contains {join_words(self.added)}" if self.added else "is not stated"
        changed = "is no longer stated" if self.unset else "is set"
        unchanged = f"{key}: nothing to change: {field} {already or held}, in {path}"
        next_step = f"see the service: subproc show {key}"
        return EditMessages(f"{key}: {field} {changed} in {path}", unchanged, next_step)


def build_edits(session: EditSession, path: FieldPath, request: SetRequest) -> list[Edit]:
    """Return the edits of a field that the command line asks for.

    Raises:
        UsageError: nothing is asked for, or several changes that contradict each other.
    """
    ways = (request.value is not None, bool(request.added or request.removed), request.unset)
    if sum(ways) != 1:
        raise UsageError("set needs a VALUE, --add or --remove, or --unset", "see: subproc set --help")
    if request.value is not None:
        return [_keep_texts(session, build_put(path, request.value))]
    if request.unset:
        return [Remove(path)] if _is_stated(session, path) else []
    added, removed = (
        [item for text in texts for item in _split_items(path, text)]
        for texts in (request.added, request.removed)
    )
    return build_list_edits(session, path, added, removed)


def _get_value(session: EditSession, path: FieldPath) -> Any:
    """Return what the file states at a path, None if it states nothing."""
    value: Any = session.document.data
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _find_comment_above(session: EditSession, path: FieldPath) -> int:
    """Return the line of the comment directly above a field; 0 if there is none."""
    line = session.document.locate(path, of_key=True).line
    lines = session.source.text.split("\n")
    return line - 1 if line > 1 and lines[line - 2].lstrip().startswith("#") else 0


def _is_stated(session: EditSession, path: FieldPath) -> bool:
    return _get_value(session, path) is not None
