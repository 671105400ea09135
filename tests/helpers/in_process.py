"""Runs a command in the process of the test: the same texts and exit code, without starting Python and loading everything."""

import contextlib
import os
import subprocess
from collections.abc import Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from subproc_cli.cli.main import main


def run_in_process(
    arguments: list[str], folder: Path, environment: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    """Return how a command ended, and what it wrote to its streams, neither of which is a terminal."""
    written = BytesIO(), BytesIO()
    streams = [TextIOWrapper(buffer, "utf-8", write_through=True) for buffer in written]
    with (
        contextlib.chdir(folder),
        patch.dict(os.environ, dict(environment), clear=True),
        contextlib.redirect_stdout(streams[0]),
        contextlib.redirect_stderr(streams[1]),
    ):
        code = main(arguments)
    stdout, stderr = (buffer.getvalue().decode() for buffer in written)
    return subprocess.CompletedProcess(arguments, code, stdout, stderr)
