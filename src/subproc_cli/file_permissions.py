"""Carries owner, group, permissions, access control list and extended attributes over to a new file."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_ACL = "system.posix_acl_access"
_COPIED_NAMESPACES = ("user.", "system.", "security.", "trusted.")
"""Namespaces of attributes on type or access of a file; others (`btrfs.`, `lustre.`) are about storage."""
_CONTENT_ATTRIBUTES = frozenset(("security.capability", "security.evm", "security.ima"))
"""Attributes that depend on the content: the kernel computes them, or clears them when it changes."""
_UNSUPPORTED_ERRORS = frozenset((errno.ENODATA, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS))
"""Errors of a file system that does not support an attribute."""


class Access(NamedTuple):
    """The permissions of a file and its attributes.

    Attributes:
        owner: the id of the user who owns it.
        group: the id of its group.
        mode: its permissions, with setuid, setgid and the sticky bit.
        attributes: its extended attributes by name; an access control list is one of them.
    """

    owner: int
    group: int
    mode: int
    attributes: dict[str, bytes]


def copy_access(old: Path, new: int) -> str:
    """Give an open file the permissions of an old one, and return those that failed; empty if none did.

    Nobody who may not use the old file may use the new one at any moment: permissions are taken away before
    the owner changes, what the folder handed down goes before the list of the old file comes, and the
    permissions come last. The first step that fails is the last one that is tried.

    Args:
        old: the file that is to be replaced.
        new: the descriptor of the file that replaces it, which only its owner may use so far.
    """
    try:
        wanted = read_access(old)
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    with suppress(OSError):  # what did not work is seen below
        _apply_access(wanted, new)
    return _find_difference(wanted, read_access(new))


def read_access(file: Path | int) -> Access:
    """Return the access of a file.

    Raises:
        OSError: it cannot be read.
    """
    status = os.fstat(file) if isinstance(file, int) else file.stat()
    return Access(status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode), _read_attributes(file))


def _read_attributes(file: Path | int) -> dict[str, bytes]:
    if not hasattr(os, "listxattr"):  # only Linux has these functions
        return {}
    found = {}
    try:
        names = os.listxattr(file)
    except OSError as error:
        if error.errno not in _UNSUPPORTED_ERRORS:
            raise
        return {}
    for name in names:
        if not name.startswith(_COPIED_NAMESPACES) or name in _CONTENT_ATTRIBUTES:
            continue
        try:
            found[name] = os.getxattr(file, name)
        except OSError as error:
            if error.errno not in _UNSUPPORTED_ERRORS:
                raise
    return found


def _apply_access(wanted: Access, new: int) -> None:
    has = read_access(new)
    if has.mode & ~wanted.mode:
        os.fchmod(new, has.mode & wanted.mode)
    if (has.owner, has.group) != (wanted.owner, wanted.group):
        os.fchown(new, wanted.owner, wanted.group)
    for name in has.attributes.keys() - wanted.attributes.keys():
        if not name.startswith("security."):  # a label that the kernel set; nothing takes one away
            os.removexattr(new, name)
    # A label in `security.` mostly is the same already. Where it is not and may not be set, the edit is
    # refused, since the file would be shut to programs that read it now, or open to others.
    for name in sorted(wanted.attributes, key=lambda name: name == _ACL):
        if has.attributes.get(name) != wanted.attributes[name]:
            os.setxattr(new, name, wanted.attributes[name])
    # With an access control list, the bits of the group are its mask. They say the same once it is there.
    if stat.S_IMODE(os.fstat(new).st_mode) != wanted.mode:
        os.fchmod(new, wanted.mode)


def _find_difference(wanted: Access, has: Access) -> str:
    if has.owner != wanted.owner:
        return f"it belongs to {_format_user(wanted.owner)}, and would belong to {_format_user(has.owner)}"
    if has.group != wanted.group:
        return f"it belongs to {_format_group(wanted.group)}, and would belong to {_format_group(has.group)}"
    for name in sorted(wanted.attributes.keys() | has.attributes.keys()):
        if has.attributes.get(name) == wanted.attributes.get(name):
            continue
        if name == _ACL:
            return "its access control list would change"
        if name in wanted.attributes or not name.startswith("security."):
            return f"its extended attribute {name} would change"
    if has.mode != wanted.mode:
        return f"its permissions are {wanted.mode:04o}, and would be {has.mode:04o}"
    return ""


def _format_user(number: int) -> str:
    import pwd

    with suppress(KeyError):
        return f"user {pwd.getpwuid(number).pw_name}"
    return f"user {number}"


def _format_group(number: int) -> str:
    import grp

    with suppress(KeyError):
        return f"group {grp.getgrgid(number).gr_name}"
    return f"group {number}"
