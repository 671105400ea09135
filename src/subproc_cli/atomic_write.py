"""Replaces files as a whole: a run that is killed or finds the disk full leaves the old or the new file."""

import errno
import os
import re
import shlex
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from subproc_cli.errors import WriteError
from subproc_cli.file_permissions import copy_access

LOCK_TIMEOUT = 5.0
"""Seconds to wait for another run that replaces a file in the same folder."""
ANY_CONTENT = object()
"""Marks a file that is replaced regardless of its content."""
HEAD_BYTES = 64 * 1024
"""Number of bytes in which a list names its format and a field that only lists have."""
_FIELD = re.compile(rb"(\xef\xbb\xbf)?(---)?(\s|#[^\n]*\n)*[a-z_]+ *:")
"""The start of a file whose first words, after comments, are a field, unlike in a page of text."""
_REGISTRY_FIELDS = (rb"^format *:", rb"^(services|publisher) *:")
LINE_BYTES = 1024 * 1024
"""Number of bytes at the start of a ledger line that identify it."""
_JSON_START = b'{"'
_LEDGER_SCHEMAS = (
    b'"schema":"subproc/sent/1"',
    b'"schema":"subproc/event/1"',
    b'"schema":"subproc/person/1"',
)
"""Occurs only in a ledger line: other JSON has a space here, and inside a text the quotes are escaped."""


def make_folder(folder: Path, *, is_private: bool = False) -> None:
    """Make a folder, and those above it. One that exists already keeps its permissions.

    Args:
        folder: the folder.
        is_private: whether only the user may use the folders that are made.

    Raises:
        WriteError: it cannot be made.
    """
    try:
        missing = [each for each in (folder, *folder.parents) if not each.exists()] if is_private else []
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        file = next((each for each in (folder, *folder.parents) if os.path.isfile(each)), None)
        reason, hint = (f"{file} is a file", "name another folder") if file else (error.strerror, "")
        raise WriteError(f"{folder}: cannot be created: {reason}", hint) from None


def write_text(path: Path, text: str, *, is_private: bool = False) -> None:
    """Write a text to a file like `write_bytes`."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"), is_private=is_private)


def write_bytes(path: Path, content: bytes, *, is_private: bool = False) -> None:
    """Write a result to a file so that either the old or the new one exists, never a part.

    A symbolic link stays, and what it leads to is replaced. A run that is killed leaves the part that it
    had written next to the file, as `.NAME.XXXXXXXX`; no other run looks at it.

    Args:
        path: the file.
        content: what it is to hold.
        is_private: whether only the user may read it if it is new; one that exists keeps its permissions.

    Raises:
        WriteError: the file cannot be written, or no result may replace it; it is unchanged.
    """
    with _convert_errors(path):
        refuse_source(path)
        _replace(path, content, ANY_CONTENT, is_private=is_private)


def write_into(folder: Path, name: str, content: bytes | str, *, is_private: bool = False) -> None:
    """Write a result to a file of a folder like `write_bytes`; no link may lead out of the folder.

    The user names the folder and not its files, so a link in it, such as one in a repository of somebody
    else, must not choose what is replaced.

    Args:
        folder: the folder.
        name: the name of the file, with `/` between its folders.
        content: what it is to hold; a text is written in UTF-8.
        is_private: whether only the user may read it if it is new; one that exists keeps its permissions.

    Raises:
        WriteError: the file cannot be written, or a symbolic link leads out of the folder.
    """
    path = folder / name
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        message = f"{path}: a symbolic link leads out of the folder"
        raise WriteError(message, "remove the link, or name another folder")
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    write_bytes(path, data, is_private=is_private)


def refuse_source(path: Path) -> None:
    """Refuse to overwrite a list or a ledger with a result.

    Raises:
        WriteError: the file is one that nothing makes again.
    """
    source = _detect_source(path)
    if source:
        raise WriteError(f"{path}: is a {source}, which results do not replace", "name another file")


def replace_bytes(path: Path, old: bytes | None, new: bytes) -> None:
    """Replace a file that was read, like `write_bytes`, so that no edit of another run is lost.

    Args:
        path: the file.
        old: what it held when it was read; None where there was none.
        new: what it is to hold.

    Raises:
        WriteError: the file cannot be written, or has changed since it was read; it is unchanged.
    """
    with _convert_errors(path):
        _replace(path, new, old)


def _detect_source(path: Path) -> str:
    """Return the kind of a file that cannot be generated again, by its start; empty for any other file."""
    if not os.path.isfile(path):
        return ""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if head.startswith(_JSON_START):
                line = head + file.readline(LINE_BYTES) if b"\n" not in head else head.partition(b"\n")[0]
                return "ledger" if any(schema in line for schema in _LEDGER_SCHEMAS) else ""
    except OSError:  # a file that cannot be read may still be writable
        return ""
    is_list = _FIELD.match(head) and all(re.search(each, head, re.MULTILINE) for each in _REGISTRY_FIELDS)
    return "list" if is_list else ""


@contextmanager
def _convert_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        command = f"create its folder: mkdir -p {shlex.quote(str(path.parent))}"
        hint = "" if os.path.exists(path.parent) else command
        if isinstance(error, PermissionError) and not path.is_dir():
            closed = path if path.exists() and not os.access(path, os.W_OK) else path.parent
            hint = f"to allow it: chmod u+w {shlex.quote(str(closed))}"
        raise WriteError(f"{path}: cannot be written: {reason}", hint) from None


def _resolve_target(path: Path) -> Path:
    """Return the file that a path leads to through symbolic links.

    Raises:
        OSError: they lead round in a circle, or the file may not be written.
    """
    try:
        target = path.resolve()
    except RuntimeError:  # so before Python 3.13
        target = path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.exists() and not os.access(target, os.W_OK):  # a new file could still replace it
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    return target


def _replace(display_path: Path, content: bytes, old: object, *, is_private: bool = False) -> None:
    path = _resolve_target(display_path)
    if path.exists() and not path.is_file():  # a device, a pipe: nothing to replace
        path.write_bytes(content)
        return
    with _write_beside(display_path, path, content, is_private=is_private) as new:
        if old is ANY_CONTENT:
            new.replace(path)
            return
        with _lock_folder(path.parent):
            if old != (path.read_bytes() if path.exists() else None):
                raise WriteError(
                    f"{display_path}: the file changed meanwhile: nothing was written", "run it again"
                )
            new.replace(path)


@contextmanager
def _write_beside(display_path: Path, path: Path, content: bytes, *, is_private: bool) -> Iterator[Path]:
    """Write a new file next to the old one, safe on the disk; it goes if it cannot take its place.

    Only its owner may use it (`mkstemp` makes it 0600) until it has the access of the old file, so what a
    killed run leaves is never open to more people than the file itself.
    """
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if path.exists():
                _copy_permissions(display_path, path, new, handle)
            elif not is_private:
                mask = os.umask(0)
                os.umask(mask)
                _set_mode(new, handle, 0o666 & ~mask)
            os.fsync(handle)
        yield new
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _copy_permissions(display_path: Path, path: Path, new: Path, handle: int) -> None:
    """Give a new file the access of the old one.

    Raises:
        WriteError: it cannot have it.
    """
    if not hasattr(os, "fchown"):  # Windows
        _set_mode(new, handle, stat.S_IMODE(path.stat().st_mode))
        return
    lost = copy_access(path, handle)
    if lost:
        message = (
            f"{display_path}: cannot be replaced without a change of access: {lost}: nothing was written"
        )
        raise WriteError(message, "run it as the owner of the file, or as root")


def _set_mode(new: Path, handle: int, mode: int) -> None:
    if hasattr(os, "fchmod"):  # of the file itself: by then, its name could lead elsewhere
        os.fchmod(handle, mode)
    else:
        new.chmod(mode)


@contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Lock a folder against other runs that compare and replace a file in it.

    The folder is locked and not the file: the file is replaced, and its lock would be lost. A separate lock
    file would be left over. Where a folder cannot be locked (Windows, some network drives), only the
    comparison keeps two runs apart.

    Raises:
        WriteError: somebody else keeps the folder locked.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            stack.callback(os.close, handle)
            _acquire_lock(handle, folder)
        yield


def _acquire_lock(handle: int, folder: Path) -> None:
    import fcntl

    end = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                message = f"{folder}: another process keeps the folder locked: nothing was written"
                raise WriteError(message, "run it again when it has finished") from None
            time.sleep(0.01)
