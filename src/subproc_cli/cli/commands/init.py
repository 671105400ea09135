"""`subproc init`."""

from typing import Annotated

import typer  # noqa: TID251

from subproc_cli.cli.options import QuietOption
from subproc_cli.enums import Regime


def command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to begin.")] = "registry.yaml",
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="NAME", help="Whose list it is.")
    ] = None,
    notice_days: Annotated[
        int | None, typer.Option("--notice-days", metavar="N", help="Days from a notice to the change.")
    ] = None,
    objection_days: Annotated[
        int | None, typer.Option("--objection-days", metavar="N", help="Days to object.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="TEXT", help="Where an objection goes.")
    ] = None,
    law: Annotated[
        list[Regime] | None,
        typer.Option(
            "--law", metavar="LAW", help="eu-gdpr, uk-gdpr or ch-fadp; may be repeated. [default: eu-gdpr]"
        ),
    ] = None,
    services: Annotated[
        list[str] | None, typer.Option("--service", metavar="NAME", help="A first service.")
    ] = None,
    page: Annotated[
        str | None,
        typer.Option("--page", metavar="FILE", help="A page or a table that names the first services."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", metavar="DATE", help="Its day. [default: today]")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Begin a list. At a terminal, what is not given is asked for.

    \b
    subproc init
    subproc init --publisher "Example GmbH" --notice-days 30
    subproc init --publisher "Example GmbH" --page subprocessors.html
    """
    from subproc_cli.cli.commands.starting import begin
    from subproc_cli.cli.editing import plain
    from subproc_cli.cli.registry_file import day_of
    from subproc_cli.registry.template import Start

    notice = plain({"days": notice_days, "objection_days": objection_days, "contact": contact})
    start = Start(
        publisher=publisher or "",
        day=day_of(day, "--date"),
        law=tuple(str(each) for each in law or [Regime.EU_GDPR]),
        notice=notice,
        services=tuple({"name": name} for name in services or []),
    )
    begin(file, start, page, ask=publisher is None, quiet=quiet)
