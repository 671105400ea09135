"""`python -m subproc_cli`, and the command `subproc`."""

import gc
import os
import sys


def run() -> None:
    """Run the command line and leave with its exit code.

    A command is short and what it reads lives until its end, so the collector would only look at the
    same objects again and again, and once more at the end, which takes a sixth of a short command; and no
    plugin of Pydantic has any business in it.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    from subproc_cli.cli.startup import prepare  # noqa: PLC0415  before anything else

    prepare()
    from subproc_cli.cli.guard import main  # noqa: PLC0415  nothing before it is needed

    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    run()
