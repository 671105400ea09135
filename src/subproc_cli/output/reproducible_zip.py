"""Office files are ZIP archives with the time of day in them; here they get the same bytes every time."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name."""


def read_members(archive: bytes) -> dict[str, bytes]:
    """Return the members of a ZIP archive by name, in its order."""
    with ZipFile(BytesIO(archive)) as file:
        return {name: file.read(name) for name in file.namelist()}


def pack(members: Mapping[str, bytes]) -> bytes:
    """Return members as a ZIP archive without a time of day: the same members give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(ZipInfo(name, EARLIEST), content, ZIP_DEFLATED)
    return out.getvalue()
