"""Office files are ZIP archives with the time of day in them; here they get the same bytes every time."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name."""


def steady(archive: bytes) -> bytes:
    """Return a ZIP archive with the same members in the same order and no time of day."""
    out = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EARLIEST), old.read(name), ZIP_DEFLATED)
    return out.getvalue()
