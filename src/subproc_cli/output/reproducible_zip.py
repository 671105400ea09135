"""Office files are ZIP archives with the time of day in them; here they get the same bytes every time."""

from collections.abc import Iterable, Mapping
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
    return pack_chunks((name, (content,)) for name, content in members.items())


def pack_chunks(members: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """Return members as `pack` does; the content of each is never in memory as a whole."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, chunks in members:
            info = ZipInfo(name, EARLIEST)
            info.compress_type = ZIP_DEFLATED
            with file.open(info, "w") as member:
                member.writelines(chunks)
    return out.getvalue()
