"""`python -m subproc_cli`, and the command `subproc`."""

import gc
import os
import sys

from subproc_cli.cli import interrupts


def run() -> None:
    """Run the command line and leave with its exit code.

    The garbage collector is off until a command frees much, such as letters: most commands are short and keep
    what they read until their end, so a collection frees nothing, and the one at the end takes a sixth of a
    short command. Plugins of Pydantic are off too.

    Ctrl-C exits at once while modules load: nothing is open yet, and a module could swallow an exception.
    Before the first line here, Python itself reacts to it: with a traceback, or with death by the signal.
    """
    is_handled = interrupts.install_immediate_exit()
    _read_as_utf8()
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from subproc_cli.cli.main import main  # the handler above comes first

    try:
        if is_handled:
            interrupts.install_handler()
        code = main(sys.argv[1:])
        interrupts.ignore_interrupts()
    except KeyboardInterrupt:
        code = interrupts.EXIT_CODE
    gc.freeze()
    sys.exit(code)


def _read_as_utf8() -> None:
    """Start Python again in its UTF-8 mode if its locale cannot decode an argument.

    Names of files need it as well as words. Output keeps the encoding of the locale.
    """
    unread = any("\udc80" <= char <= "\udcff" for word in sys.argv for char in word)
    if unread and sys.getfilesystemencoding() != "utf-8" and sys.executable:
        if sys.stdout is not None:
            os.environ["PYTHONIOENCODING"] = sys.stdout.encoding
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606  itself


if __name__ == "__main__":
    run()
