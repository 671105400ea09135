"""`python -m subproc_cli`, and the command `subproc`."""

import gc
import os
import sys

from subproc_cli.cli import interrupts


def run() -> None:
    """Run the command line and leave with its exit code.

    A command is short and what it reads lives until its end, so the collector would only look at the
    same objects again and again, and once more at the end, which takes a sixth of a short command; and no
    plugin of Pydantic has any business in it.

    Ctrl-C leaves at once while modules load: nothing is open yet, and what loads could swallow an exception.
    What comes before the first line here, Python ends in its own way: with a traceback, or by the signal.
    """
    obeyed = interrupts.install_immediate_exit()
    _read_as_utf8()
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from subproc_cli.cli.main import main  # nothing before it is needed

    try:
        if obeyed:
            interrupts.install_handler()
        code = main(sys.argv[1:])
        interrupts.ignore_interrupts()
    except KeyboardInterrupt:
        code = interrupts.EXIT_CODE
    gc.freeze()
    sys.exit(code)


def _read_as_utf8() -> None:
    """Start again in the UTF-8 mode of Python if it has met an argument that its locale cannot read.

    Names of files need it as much as words do. Output keeps the encoding of the locale.
    """
    unread = any("\udc80" <= char <= "\udcff" for word in sys.argv for char in word)
    if unread and sys.getfilesystemencoding() != "utf-8" and sys.executable:
        if sys.stdout is not None:
            os.environ["PYTHONIOENCODING"] = sys.stdout.encoding
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606


if __name__ == "__main__":
    run()
