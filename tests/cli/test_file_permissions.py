"""An edit keeps owner, group, permissions, access control list and extended attributes, or changes nothing."""

import grp
import os
import pwd
import shutil
import stat
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from registry_text import HEAD
from subproc_cli.atomic_write import replace_bytes
from subproc_cli.cli.main import main
from subproc_cli.file_permissions import Access, read_access

LIST = f"{HEAD}services:\n  first: {{name: First, purpose: chat}}\n"
EDIT = ["set", "first", "purpose", "mail"]
ACL, INHERITED = "system.posix_acl_access", "system.posix_acl_default"
NOBODY = 0xFFFFFFFF
OWNER, GROUP, MEMBER, READER = 7000, 5000, 7001, 7002
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to another user")
needs_attributes = pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a folder that every user can reach, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        monkeypatch.chdir(name)
        Path("registry.yaml").write_text(LIST, encoding="utf-8")
        yield Path(name)


def make_acl(*entries: tuple[str, int, int]) -> bytes:
    """Return an access control list as Linux keeps it: a version, then tag, permissions and id of each entry."""
    tags = {"owner": 1, "user": 2, "group": 4, "named group": 8, "mask": 16, "other": 32}
    packed = (struct.pack("<HHI", tags[tag], bits, number) for tag, bits, number in entries)
    return struct.pack("<I", 2) + b"".join(packed)


ONE_READER = make_acl(
    ("owner", 6, NOBODY), ("user", 4, READER), ("group", 0, NOBODY), ("mask", 4, NOBODY), ("other", 0, NOBODY)
)
"""The owner writes, one user reads, the group has no access although `ls -l` shows 0640."""


def set_attribute(path: Path | str, name: str, value: bytes) -> None:
    try:
        os.setxattr(path, name, value)
    except OSError as error:
        pytest.skip(f"{name} cannot be set here: {error}")


def leaves_part_files(folder: Path) -> bool:
    return any(path.name.startswith(".") for path in folder.iterdir())


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o2640, 0o2660, 0o1644, 0o4755, 0o6770])
def test_edit_of_any_mode_keeps_every_bit(mode: int, folder: Path) -> None:
    (folder / "registry.yaml").chmod(mode)
    assert main(EDIT) == 0
    assert stat.S_IMODE((folder / "registry.yaml").stat().st_mode) == mode
    assert "purpose: mail" in (folder / "registry.yaml").read_text("utf-8")


@needs_root
@pytest.mark.parametrize(
    ("owner", "group", "mode"),
    [(OWNER, GROUP, 0o660), (OWNER, 0, 0o644), (0, GROUP, 0o2640), (OWNER, GROUP, 0o400), (OWNER, GROUP, 0)],
)
@pytest.mark.parametrize(
    "command",
    [
        "set first purpose mail",
        "fmt",
        "list -o registry.txt",
        "changelog old.yaml --update registry.txt",
    ],
)
def test_edit_by_root_keeps_owner_and_group(
    command: str, owner: int, group: int, mode: int, folder: Path
) -> None:
    (folder / "old.yaml").write_text(LIST.replace("chat", "calls"), encoding="utf-8")
    (folder / "registry.yaml").write_text(
        LIST.replace("chat", "chat, processing: [Germany]"), encoding="utf-8"
    )
    (folder / "registry.txt").write_text("# Changelog\n", encoding="utf-8")
    file = folder / ("registry.txt" if "registry.txt" in command else "registry.yaml")
    before = file.read_bytes()
    os.chown(file, owner, group)
    file.chmod(mode)
    assert main(command.split()) == 0
    assert read_access(file) == Access(owner, group, mode, {})
    assert file.read_bytes() != before


@needs_attributes
def test_edit_with_an_access_control_list_keeps_it(folder: Path) -> None:
    file = folder / "registry.yaml"
    set_attribute(file, ACL, ONE_READER)
    before = read_access(file)
    assert main(EDIT) == 0
    assert read_access(file) == before
    assert os.getxattr(file, ACL) == ONE_READER
    assert "purpose: mail" in file.read_text("utf-8")


@needs_attributes
@pytest.mark.parametrize("value", [b"checked by two", b"", b"\0\xff"])
def test_edit_with_an_extended_attribute_keeps_it(value: bytes, folder: Path) -> None:
    set_attribute(folder / "registry.yaml", "user.note", value)
    assert main(EDIT) == 0
    assert os.getxattr(folder / "registry.yaml", "user.note") == value


@needs_attributes
def test_edit_in_a_folder_with_a_default_acl_grants_no_new_access(folder: Path) -> None:
    (folder / "registry.yaml").chmod(0o660)
    set_attribute(
        folder,
        INHERITED,
        make_acl(
            ("owner", 7, NOBODY),
            ("user", 7, READER),
            ("group", 7, NOBODY),
            ("mask", 7, NOBODY),
            ("other", 7, NOBODY),
        ),
    )
    before = read_access(folder / "registry.yaml")
    assert main(EDIT) == 0
    assert read_access(folder / "registry.yaml") == before
    assert ACL not in before.attributes


@needs_root
@needs_attributes
def test_edit_of_a_file_with_a_capability_drops_it(folder: Path) -> None:
    capability = struct.pack("<IIIII", 0x02000001, 1 << 12, 0, 0, 0)
    set_attribute(folder / "registry.yaml", "security.capability", capability)
    assert main(EDIT) == 0
    assert "security.capability" not in os.listxattr(folder / "registry.yaml")


@needs_root
@needs_attributes
@pytest.mark.parametrize("acl", [True, False], ids=["list", "no list"])
def test_part_file_never_grants_more_access_than_the_old_file(
    acl: bool,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = folder / "registry.yaml"
    os.chown(file, OWNER, GROUP)
    file.chmod(0o2460)
    if acl:
        set_attribute(file, ACL, ONE_READER)
    set_attribute(file, "user.note", b"x")
    old, seen = read_access(file), list[Access]()

    def watch(name: str) -> None:
        function: Callable[..., None] = getattr(os, name)

        def watched(handle: int, *rest: object) -> None:
            seen.append(read_access(handle))
            function(handle, *rest)
            seen.append(read_access(handle))

        monkeypatch.setattr(os, name, watched)

    for name in ("fchmod", "fchown", "setxattr", "removexattr", "fsync"):
        watch(name)
    assert main(EDIT) == 0
    assert len(seen) > 6
    assert stat.S_IMODE(seen[0].mode) == 0o600
    assert seen[-1] == old
    for access in seen:
        complete = (access.owner, access.group, access.attributes) == (old.owner, old.group, old.attributes)
        assert complete or not access.mode & 0o077, access
        assert access.owner == 0 or not access.mode & ~old.mode, access


def run_as(user: int, groups: list[int], *arguments: str) -> int:
    """Run a command as another user and return its exit code; what it prints goes to a file.

    It is a fork of this process and not a new one, since the user may have no right to start this Python.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 99
    try:
        os.dup2(os.open("said", os.O_CREAT | os.O_WRONLY, 0o644), 2)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8")
        os.setgroups(groups)
        os.setgid(groups[0] if user == OWNER else user)
        os.setuid(user)
        code = main([*arguments])
        sys.stderr.flush()
    finally:
        os._exit(code)


@pytest.fixture
def ready(folder: Path) -> None:
    """Import everything that an edit needs, also what names users."""
    shutil.copy(folder / "registry.yaml", folder / "other.yaml")
    assert main([*EDIT, "-r", "other.yaml"]) == 0
    assert pwd.getpwuid(0).pw_name
    assert grp.getgrgid(0).gr_name


@needs_root
@pytest.mark.parametrize(
    ("user", "groups", "owner", "group", "mode", "code", "told"),
    [
        (OWNER, [GROUP], OWNER, GROUP, 0o640, 0, ""),
        (OWNER, [6000, GROUP], OWNER, GROUP, 0o2660, 0, ""),  # a member may give it to its second group
        (MEMBER, [GROUP], OWNER, GROUP, 0o660, 2, "it belongs to user 7000, and would belong to user 7001"),
        (OWNER, [6000], OWNER, GROUP, 0o660, 2, "it belongs to group 5000, and would belong to group 6000"),
        (MEMBER, [GROUP], 0, GROUP, 0o660, 2, "it belongs to user root, and would belong to user 7001"),
    ],
)
@pytest.mark.usefixtures("ready")
def test_edit_by_a_user_keeps_the_access_or_is_refused(
    user: int, groups: list[int], owner: int, group: int, mode: int, code: int, told: str, folder: Path
) -> None:
    file = folder / "registry.yaml"
    os.chown(file, owner, group)
    file.chmod(mode)
    assert run_as(user, groups, *EDIT) == code
    assert read_access(file) == Access(owner, group, mode, {})
    assert ("purpose: mail" in file.read_text("utf-8")) == (not code)
    said = (folder / "said").read_text("utf-8")
    assert f": {told}: nothing was written (run it as the owner" in said if told else "nothing" not in said
    assert not leaves_part_files(folder)


@needs_root
@needs_attributes
@pytest.mark.usefixtures("ready")
def test_edit_by_a_user_with_access_only_by_acl_is_refused(folder: Path) -> None:
    file = folder / "registry.yaml"
    os.chown(file, OWNER, GROUP)
    entries = ("owner", 6, NOBODY), ("user", 6, MEMBER), ("group", 0, NOBODY), ("mask", 6, NOBODY)
    set_attribute(file, ACL, make_acl(*entries, ("other", 0, NOBODY)))
    before = read_access(file), file.read_bytes()
    assert run_as(MEMBER, [MEMBER], *EDIT) == 2
    assert (read_access(file), file.read_bytes()) == before
    assert not leaves_part_files(folder)


@needs_attributes
@pytest.mark.parametrize("name", ["user.note", ACL])
def test_edit_that_cannot_copy_an_attribute_is_refused(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder / "registry.yaml"
    set_attribute(file, name, ONE_READER)
    before = read_access(file), file.read_bytes()

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "setxattr", refuse)
    assert main(EDIT) == 2
    assert (read_access(file), file.read_bytes()) == before
    lost = "its access control list" if name == ACL else "its extended attribute user.note"
    assert f"{lost} would change: nothing was written" in capsys.readouterr().err
    assert not leaves_part_files(folder)


def test_edit_that_would_lose_permission_bits_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "registry.yaml").chmod(0o2640)
    change = os.fchmod
    monkeypatch.setattr(os, "fchmod", lambda handle, mode: change(handle, mode & 0o777))
    assert main(EDIT) == 2
    assert "its permissions are 2640, and would be 0640: nothing was written" in capsys.readouterr().err
    assert (folder / "registry.yaml").read_text("utf-8") == LIST
    assert not leaves_part_files(folder)


@pytest.mark.parametrize(
    "missing", [("listxattr", "getxattr", "setxattr", "removexattr"), ("fchown", "fchmod")]
)
def test_edit_without_attribute_functions_keeps_the_permissions(
    missing: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in missing:  # as on macOS, as on Windows
        monkeypatch.delattr(os, name, raising=False)
    (folder / "registry.yaml").chmod(0o640)
    assert main(EDIT) == 0
    assert stat.S_IMODE((folder / "registry.yaml").stat().st_mode) == 0o640


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_new_file_has_the_mode_of_the_umask(mask: int, mode: int, folder: Path) -> None:
    before = os.umask(mask)
    try:
        replace_bytes(folder / "new", None, b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "new").stat().st_mode) == mode


def test_part_file_of_a_killed_run_is_open_to_its_owner_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = os.fork()
    if not child:
        monkeypatch.setattr(os, "fchmod", lambda *_: os._exit(9))  # as if killed once all is written
        os._exit(main(["list", "-o", "list.txt"]))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    (part,) = folder.glob(".list.txt.*")
    assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert part.stat().st_size


def test_letters_and_ledger_are_private_and_what_exists_keeps_its_permissions(folder: Path) -> None:
    Path("new.yaml").write_text(
        LIST.replace("1.0.0", "2.0.0") + "  second: {name: Second}\n", encoding="utf-8"
    )
    Path("customers.yaml").write_text(
        "customers:\n  - {name: Acme, address: a@acme.example}\n", encoding="utf-8"
    )
    Path("shared").mkdir(mode=0o750)
    revisions = (
        "registry.yaml new.yaml -c customers.yaml --sent 2024-02-02 --effective 2024-05-01 --incomplete"
    )
    outputs = "-f text --out shared/runs/first --record ledger.jsonl -q"
    mask = os.umask(0o022)
    try:
        assert main(f"notice {revisions} {outputs}".split()) == 0
    finally:
        os.umask(mask)
    modes = {path.relative_to(folder): stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
    runs = Path("shared/runs")
    assert modes[Path("shared")] == 0o750
    assert {mode for path, mode in modes.items() if runs in (path, *path.parents)} == {0o700, 0o600}
    assert {modes[Path(name)] for name in ("ledger.jsonl", "ledger.people.jsonl")} == {0o600}
