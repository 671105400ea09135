"""The text of a list that begins."""

from datetime import date

import pytest

from subproc_cli.registry.loader import load_registry
from subproc_cli.registry.registry import Registry
from subproc_cli.registry.template import NewRegistry, create_registry


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (("Example Mail", "Other"), ["example-mail", "other"]),
        (("Mail", "mail", "MAIL"), ["mail", "mail-2", "mail-3"]),
        (("!",), ["service"]),
    ],
)
def test_create_registry_gives_each_service_an_id_of_its_own(names: tuple[str, ...], ids: list[str]) -> None:
    new = NewRegistry("Example GmbH", date(2024, 1, 1), services=tuple({"name": name} for name in names))
    found = load_registry(create_registry("registry.yaml", new))
    assert isinstance(found, Registry), found
    assert [*found.model.services] == ids
    assert [service.name for service in found.model.services.values()] == [*names]


def test_create_registry_explains_how_to_read_and_write_the_file() -> None:
    lines = (
        create_registry("registry.yaml", NewRegistry("Example GmbH", date(2024, 1, 1)))
        .content.decode()
        .splitlines()
    )
    assert lines == [
        "# A field that is missing means: not stated. It never means: none.",
        "# Words for data: subproc categories. Words for places: subproc places.",
        "format: 1",
        "publisher: Example GmbH",
        "version: 1.0.0",
        "date: 2024-01-01",
        "law: [eu-gdpr]",
        "",
        "services: {}",
    ]
