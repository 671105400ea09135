"""`subproc export`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from subproc_cli.cli import completion
from subproc_cli.cli.language import (
    make_languages_option,
    report_borrowed_texts,
    report_texts_in_other_languages,
)
from subproc_cli.cli.options import (
    AllOption,
    AtOption,
    FieldOption,
    RegistriesOption,
)
from subproc_cli.enums import GraphGrouping, Layout
from subproc_cli.errors import UsageError
from subproc_cli.exporters.formats import EXPORTERS, REPLACED_FORMATS, Exporter
from subproc_cli.locale.catalogue import ENGLISH, find_languages, load_catalogue

if TYPE_CHECKING:
    from subproc_cli.exporters.exporter import Export
    from subproc_cli.history.timeline import HistoryEntry
    from subproc_cli.notice.customers.customers import Customer
    from subproc_cli.registry.registry import Registry


_FORMATS = "\n".join(f"{each.name:<16}{each.summary}" for each in EXPORTERS)
HELP = f"""Publish the list for customers, lawyers, auditors or programs.

The fields notes, source, dpa, reviewed and x-… are internal. The formats csv, csv-long, xlsx,
json, ndjson, sqlite and parquet are for your own use and include them, unless you add --public. The other
formats leave them out, except those that the list names in publish.fields; page, site, fides and cyclonedx
also include those that you name with --field.

\b
subproc export page -o subprocessors.md
subproc export page --where "see email" --lang de
subproc export xlsx -o subprocessors.xlsx
subproc export csv --long
subproc export record --customers customers.yaml -o record.csv
subproc export page --customers customers.yaml --customer "Example AG"

\b
Formats:
{_FORMATS}
"""


def command(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            autocompletion=completion.complete_export_formats,
            help="One of the listed formats.",
        ),
    ],
    registry: RegistriesOption = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file."),
    ] = None,
    folder: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="Write a folder with all files of the export."),
    ] = None,
    where: Annotated[
        str | None,
        typer.Option("--where", metavar="QUESTION", help="Only services for which the answer is yes."),
    ] = None,
    history: Annotated[
        str | None,
        typer.Option("--history", metavar="FOLDER|git", help="Include the changes from this history."),
    ] = None,
    language: Annotated[
        str | None,
        make_languages_option(
            "Language of text for people; several, with commas, for a site with --out. [default: en]"
        ),
    ] = None,
    long: Annotated[
        bool, typer.Option("--long", help="For csv: a row for each statement instead of each service.")
    ] = False,
    public: Annotated[
        bool,
        typer.Option("--public", help="Leave internal fields out of formats for your own use."),
    ] = False,
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the result will be published.")
    ] = "",
    customer: Annotated[
        str | None,
        typer.Option("--customer", metavar="NAME", help="The list for this customer of --customers."),
    ] = None,
    fields: FieldOption = None,
    customers: Annotated[
        str | None,
        typer.Option(
            "--customers",
            "-c",
            metavar="FILE",
            help="Your customers: for --customer, and for record.",
        ),
    ] = None,
    clauses: Annotated[
        str,
        typer.Option(
            "--clauses", metavar="NUMBER", help="Clauses of your contract with customers: 2021-915."
        ),
    ] = "",
    template: Annotated[
        str | None,
        typer.Option("--template", metavar="DIR", help="Use page.html and style.css of this folder (site)."),
    ] = None,
    eject: Annotated[
        str | None,
        typer.Option(
            "--eject", metavar="DIR", help="Write the built-in files to this folder, and nothing else."
        ),
    ] = None,
    layout: Annotated[
        Layout,
        typer.Option("--layout", help="Layout of a Word document: a list, or a table across the page."),
    ] = Layout.LIST,
    grouping: Annotated[
        GraphGrouping | None,
        typer.Option(
            "--by", help="Group the services of a graph. [default: place; region for more than 20 services]"
        ),
    ] = None,
    signatures: Annotated[
        bool, typer.Option("--signatures", help="End a Word document with a block for signatures.")
    ] = False,
    at: AtOption = None,
    every: AllOption = False,
) -> None:
    """Run `subproc export`.

    Raises:
        UsageError: there is no such format, or an option does not apply to it.
        typer.Exit: with the code of several lists.
    """
    from subproc_cli.cli.export_inputs import find_customer
    from subproc_cli.cli.many_lists import find_only_registry, find_registry_names

    reader = find_customer(customer, customers) if customer is not None else None
    if reader and language is None and reader.language in find_languages():
        language = reader.language
    only_registry = find_only_registry(registry)
    options = ExportOptions(
        only_registry,
        where,
        history,
        language,
        url,
        at,
        every,
        public,
        fields or [],
        None if reader else customers,
        clauses,
        reader,
        template,
        layout,
        signatures,
        grouping,
    )
    selected_exporter = find_exporter(_find_long_format(form) if long else form, options)
    if eject is not None:
        from subproc_cli.cli.export_inputs import eject_templates

        eject_templates(selected_exporter, Path(eject))
        return
    if len(options.languages) > 1 and folder is None:
        raise UsageError("several languages need a folder", "name it: --out public")
    names = find_registry_names(registry)
    if names is not None:
        raise typer.Exit(_export_lists(names, options, selected_exporter, output, folder))
    from subproc_cli.cli.export_output import write_export

    export = build_export(options, selected_exporter)
    write_export(selected_exporter, export, output, folder)
    if selected_exporter.is_translated:
        for each in options.languages:
            report_texts_in_other_languages(export.registry, export.services, each)
    report_borrowed_texts(map(load_catalogue, options.languages))


def _find_long_format(name: str) -> str:
    if name not in ("csv", "csv-long"):
        raise UsageError(f"--long does not apply to {name}", "subproc export csv --long")
    return "csv-long"


def _export_lists(
    names: list[str], options: "ExportOptions", exporter: Exporter, output: str | None, folder: str | None
) -> int:
    """Export several lists into one file, or into the files of one folder, and return the exit code.

    Raises:
        UsageError: the format holds one list, or cannot go where it should.
        WriteError: a file cannot be written.
    """
    from subproc_cli.cli.many_lists import collect_parts, report_errors
    from subproc_cli.exporters.exporter import ExportPart

    if not exporter.has_many:
        known = ", ".join(each.name for each in EXPORTERS if each.has_many)
        raise UsageError(f"{exporter.name} holds one list", f"export one list, or several as {known}")
    parts = collect_parts(names, partial(_collect_export, options, exporter))
    contents = [ExportPart(each.content, each.publisher, each.file) for each in parts if each.error is None]
    if contents:
        from subproc_cli.cli.export_output import write_lists

        write_lists(exporter, contents, output, folder)
    return report_errors(parts)


def _collect_export(options: "ExportOptions", exporter: Exporter, name: str) -> "tuple[Registry, Any]":
    export = build_export(options._replace(registry=name), exporter)
    return export.registry, exporter.collect(export)


class ExportOptions(NamedTuple):
    """The options, as they were typed."""

    registry: str | None
    question: str | None
    history: str | None
    language: str | None
    url: str
    at: str | None
    include_all: bool
    is_public: bool
    fields: list[str]
    customers: str | None
    clauses: str
    customer: "Customer | None"
    template: str | None
    layout: Layout
    has_signatures: bool
    grouping: GraphGrouping | None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages, the main one first."""
        return tuple((self.language or ENGLISH).split(","))


def find_exporter(name: str, options: ExportOptions) -> Exporter:
    """Return the format of a name.

    Raises:
        UsageError: there is none, or an option does not apply to it.
    """
    exporters_by_name = {candidate.name: candidate for candidate in EXPORTERS}
    if name in REPLACED_FORMATS:
        raise UsageError(f"the format {name} no longer exists", REPLACED_FORMATS[name])
    if name not in exporters_by_name:
        from subproc_cli.cli.export_inputs import suggest_format

        raise UsageError(f"there is no format {name!r}", suggest_format(name, exporters_by_name))
    selected_exporter = exporters_by_name[name]
    if options.customer and not selected_exporter.is_translated:
        raise UsageError(f"{name} is a format for programs and has no reader", "leave out --customer")
    if options.language not in (None, ENGLISH) and not selected_exporter.is_translated:
        raise UsageError(f"{name} is a format for programs and has no language", "leave out --lang")
    if options.history is not None and not selected_exporter.has_history:
        raise UsageError(f"{name} does not show a history", "leave out --history")
    if options.fields and not selected_exporter.accepts_fields:
        reason = (
            "already includes every field"
            if selected_exporter.is_internal
            else "never includes internal fields"
        )
        raise UsageError(f"{name} {reason}", "leave out --field")
    if options.clauses and not selected_exporter.has_clauses:
        raise UsageError(f"{name} does not depend on a contract", "leave out --clauses")
    if options.customers is not None and not selected_exporter.names_customers:
        raise UsageError(f"{name} does not name customers", "leave out --customers")
    _refuse_layout(options, selected_exporter)
    if options.url and not selected_exporter.has_url:
        raise UsageError(f"{name} does not contain its web address", "leave out --url")
    return selected_exporter


def _refuse_layout(options: ExportOptions, exporter: Exporter) -> None:
    """Refuse a template or a layout for a format that has none.

    Raises:
        UsageError: the format has none.
    """
    if options.template is not None and not exporter.has_template:
        raise UsageError(f"{exporter.name} has no template", "leave out --template")
    if (options.layout, options.has_signatures) != (Layout.LIST, False) and not exporter.has_layout:
        raise UsageError(f"{exporter.name} has one layout only", "leave out --layout and --signatures")
    if options.grouping is not None and not exporter.has_grouping:
        raise UsageError(f"{exporter.name} is not a graph", "leave out --by")


def build_export(options: ExportOptions, exporter: Exporter) -> "Export":
    """Return the list with the requested services and history.

    Raises:
        ReadError: the list or its history cannot be read.
        UsageError: a day or the question is not understood, or nobody is named whose list it is.
        RefusedError: people would read as a fact what an import guessed.
    """
    from subproc_cli.cli.export_inputs import (
        load_customers,
        load_logo,
        load_templates,
        restrict_to_customer,
        validate_clauses,
    )
    from subproc_cli.cli.internal_fields import parse_field_options, warn_of_unknown_fields
    from subproc_cli.cli.registry_file import (
        filter_by_question,
        open_registry,
        parse_day_option,
        refuse_guesses,
        require_publisher,
        select_services,
        warn_of_guesses,
        warn_of_left_out,
    )
    from subproc_cli.exporters.exporter import Export

    fields = parse_field_options(options.fields)
    registry, as_of = open_registry(options.registry), parse_day_option(options.at)
    customer = options.customer
    if customer:
        registry = restrict_to_customer(registry, customer, as_of)
    warn_of_unknown_fields(fields, registry)
    services, filtered = filter_by_question(
        registry, as_of, select_services(registry, as_of, include_all=options.include_all), options.question
    )
    warn_of_left_out(filtered.undecided_ids)
    if exporter.is_translated and (options.is_public or not exporter.is_internal):  # what the public reads
        require_publisher(registry)
        refuse_guesses(registry)
    else:
        warn_of_guesses(registry)
    return Export(
        registry=registry,
        services=services,
        as_of=as_of,
        language=options.languages[0],
        is_public=options.is_public,
        is_for_people=options.language is not None,
        question=options.question or "",
        unanswered=filtered.undecided_ids,
        history=_load_history(options),
        url=_find_url(options, registry, exporter),
        published_fields=fields,
        logo=load_logo(options.registry, registry) if exporter.shows_logo else "",
        languages=options.languages,
        templates=load_templates(options.template) if options.template else {},
        layout=options.layout,
        has_signatures=options.has_signatures,
        grouping=options.grouping,
        clauses=validate_clauses(options.clauses, registry) if options.clauses else "",
        customers=load_customers(options.customers, registry, as_of) if options.customers else (),
        customer=customer.name if customer else "",
    )


def _find_url(options: ExportOptions, registry: "Registry", exporter: Exporter) -> str:
    """Return the address of the result: that of the option, or that of the list."""
    from subproc_cli.cli.console import print_stderr
    from subproc_cli.cli.export_inputs import validate_url
    from subproc_cli.output.sanitize import sanitize_line

    publication = registry.model.publish
    stated = publication.url if publication and exporter.has_url else None
    if options.url or not stated:
        return validate_url(options.url, "--url")
    try:
        return validate_url(stated, "publish.url")
    except UsageError as error:
        print_stderr(f"subproc: {sanitize_line(str(error))}; the result has no address")
        return ""


def _load_history(options: ExportOptions) -> "tuple[HistoryEntry, ...]":
    from subproc_cli.cli.registry_file import find_registry_path

    if options.history is None:
        return ()
    from subproc_cli.cli.history import load_complete_history

    return load_complete_history(
        find_registry_path(options.registry) if options.history == "git" else options.history
    )
