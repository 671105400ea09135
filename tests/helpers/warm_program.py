"""A program that starts at once, for scripts that start it often: a client asks a process that has loaded it to fork.

The client passes on its streams, folder, arguments and environment, and ends with the exit code of the fork.
"""

import ast
import atexit
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

CLIENT = """\
#!{python} -IS
import _socket, os, sys
from array import array

server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
server.connect({address!r})
request = ascii((sys.argv, os.getcwd(), dict(os.environ))).encode()
streams = array("i", [0, 1, 2])
server.sendmsg([len(request).to_bytes(4, "big")], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, streams)])
while request:
    request = request[server.send(request) :]
sys.exit(int(server.recv(8) or b"70"))
"""
WARM_UP = (
    ("check", "-f", "github", "{list}"),
    ("check", "-f", "markdown", "--against", "{list}", "{list}"),
    ("diff", "-f", "markdown", "{list}", "{list}"),
    ("bump", "{list}", "{list}"),
)
"""Commands that are run once, so that each fork finds their modules loaded."""


@cache
def start_program(registry: Path) -> str:
    """Return the text of a script that is the program, as long as this process lives.

    Args:
        registry: a valid list, for the commands that warm it up.
    """
    folder = tempfile.TemporaryDirectory(prefix="warm-")  # a short name, as a socket needs
    address = f"{folder.name}/socket"
    words = [sys.executable, __file__, address, str(registry)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)

    def stop() -> None:
        process.kill()
        process.wait()
        folder.cleanup()

    atexit.register(stop)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    process.stdout.close()
    return CLIENT.format(python=sys.executable, address=address)


def serve(address: str, warm_up: Sequence[Sequence[str]]) -> None:
    """Answer requests until this process is killed."""
    from subproc_cli.cli.main import main  # the process of the tests needs neither

    ready = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nowhere, stream)
    errors = os.dup(2)
    os.dup2(nowhere, 2)
    for arguments in warm_up:
        main(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(errors, 2)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        os.write(ready, b"ready\n")
        os.close(ready)
        while True:
            connection = listener.accept()[0]
            if os.fork() == 0:
                with contextlib.suppress(BaseException):  # a fork must not go on as a second server
                    answer(connection)
                os._exit(1)
            connection.close()
            with contextlib.suppress(ChildProcessError):  # there is none any more
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def answer(connection: socket.socket) -> None:
    """Be the program for one client, and send it the exit code."""
    from subproc_cli.__main__ import run

    header, streams, _, _ = socket.recv_fds(connection, 4, 3)
    with connection.makefile("rb") as request:
        text = request.read(int.from_bytes(header, "big")).decode()
    arguments, folder, environment = ast.literal_eval(text)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    code: object = 0
    try:
        run()
    except SystemExit as left:
        code = left.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    connection.sendall(str(code).encode())
    os._exit(0)


if __name__ == "__main__":
    serve(sys.argv[1], [[word.format(list=sys.argv[2]) for word in row] for row in WARM_UP])
