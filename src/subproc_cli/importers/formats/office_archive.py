"""Reads the XML parts of an Office file (XLSX, DOCX) in a stream, with bounds.

What is unpacked is counted as it arrives, because the sizes that an archive states may be false. Elements are
counted by a parser, so that quotes, prefixes of namespaces and encodings make no difference.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import NamedTuple, TypeAlias
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from subproc_cli.errors import ReadError

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes that the parts of a file may unpack to."""
MAX_NODES = 4_000_000
"""Elements and attributes of all parts of a file."""
MAX_TAG = 1024 * 1024
"""Bytes of one tag with its attributes, which the parser keeps until the tag is complete."""
_CHUNK_BYTES = 64 * 1024
_ZIP_ERRORS = (
    BadZipFile, EOFError, IndexError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
"""The exceptions of zipfile for an archive that is damaged, encrypted or of an unknown kind."""


def _ignore(*_: object) -> None:
    pass


_StartHandler: TypeAlias = Callable[[str, Mapping[str, str]], None]


class Handlers(NamedTuple):
    """What is called for the elements and texts of a part; names are without their namespace."""

    start: _StartHandler = _ignore
    end: Callable[[str], None] = _ignore
    text: Callable[[str], None] = _ignore


class OfficeArchive:
    """The parts of an Office file. Each part that is read counts toward the bounds of the file."""

    def __init__(self, content: bytes, required_part: str, kind: str) -> None:
        """Open an Office file.

        Args:
            content: the file.
            required_part: the part that every file of its kind has.
            kind: what the file is to be, such as `XLSX`.

        Raises:
            ReadError: it is not such a file, or is damaged.
        """
        self._kind = kind
        self._unpacked = 0
        self._nodes = 0
        self._has_event = False
        name = f"{'an' if kind.startswith('X') else 'a'} {kind} file"
        try:
            self._archive = ZipFile(BytesIO(content))
            self._parts = {info.filename: info for info in self._archive.infolist()}
        except _ZIP_ERRORS:
            raise ReadError(f"the file is not {name}", f"save it as {kind}") from None
        if required_part not in self._parts:
            raise ReadError(f"the file is an archive, but not {name}", f"save it as {kind}")

    def parse(self, part: str, handlers: Handlers) -> None:
        """Parse a part that is XML; one that does not exist has no elements.

        Raises:
            ReadError: the part is not XML, or the file is beyond a bound.
        """
        if part not in self._parts:
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._make_start_handler(handlers.start)
        parser.EndElementHandler = lambda name: handlers.end(_get_local_name(name))
        parser.CharacterDataHandler = self._make_text_handler(handlers.text)
        try:
            self._feed(parser, part)
        except (expat.ExpatError, LookupError, *_ZIP_ERRORS):  # LookupError: of an encoding with a false name
            raise ReadError(
                f"the {self._kind} file cannot be read: {part} is damaged", f"save it as {self._kind} again"
            ) from None

    def copy_xml(self, handlers: Handlers) -> BytesIO:
        """Return an archive of the parts that are XML, each within the bounds; the other parts are empty.

        Args:
            handlers: what is called for the elements of every part.

        Raises:
            ReadError: a part is not XML, or the file is beyond a bound.
        """
        copy = BytesIO()
        with ZipFile(copy, "w", ZIP_STORED) as target:
            for part in self._parts:
                is_xml = part.endswith((".xml", ".rels"))
                if is_xml:
                    self.parse(part, handlers)
                target.writestr(part, self._archive.read(self._parts[part]) if is_xml else b"")
        copy.seek(0)
        return copy

    def _feed(self, parser: expat.XMLParserType, part: str) -> None:
        if self._parts[part].compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # others unpack without a limit
            raise BadZipFile
        without_event = 0
        is_complete = False
        with self._archive.open(self._parts[part]) as file:
            while not is_complete:
                chunk = file.read(_CHUNK_BYTES)
                is_complete = not chunk
                self._unpacked += len(chunk)
                if self._unpacked > MAX_UNPACKED:
                    raise ReadError(f"the file unpacks to more than {MAX_UNPACKED:,} bytes")
                self._has_event = False
                parser.Parse(chunk, is_complete)
                without_event = 0 if self._has_event else without_event + len(chunk)
                if without_event > MAX_TAG:
                    raise ReadError(f"the file has a tag of more than {MAX_TAG:,} bytes")

    def _make_start_handler(self, handle: _StartHandler) -> Callable[[str, dict[str, str]], None]:
        def start(name: str, attributes: dict[str, str]) -> None:
            self._has_event = True
            self._nodes += 1 + len(attributes)
            if self._nodes > MAX_NODES:
                raise ReadError(f"the file has more than {MAX_NODES:,} elements and attributes")
            handle(_get_local_name(name), {_get_local_name(key): text for key, text in attributes.items()})

        return start

    def _make_text_handler(self, handle: Callable[[str], None]) -> Callable[[str], None]:
        def text(piece: str) -> None:
            self._has_event = True
            handle(piece)

        return text

    def _refuse_doctype(self, *_: object) -> None:
        raise ReadError("the file has a document type declaration", f"save it as {self._kind} again")


def _get_local_name(name: str) -> str:
    return name.rpartition(" ")[2]
