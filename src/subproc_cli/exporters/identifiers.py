"""Identifiers of a list and its parts that never change: UUIDs of names (RFC 9562), which need no address."""

from uuid import NAMESPACE_URL, uuid5

from subproc_cli.text import slugify


def build_uuid_urn(*names: str) -> str:
    """Return the same identifier for the same names."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(names))}"


def build_list_urn(publisher: str) -> str:
    """Return the identifier of a publisher's list, in whatever revision and wherever it is published."""
    return build_uuid_urn("subprocessors", slugify(publisher))
