"""The entry point. What it answers itself, it answers before anything large is imported."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

__all__ = ["run"]

_VERSION_FLAGS = ("--version", "-V")


def run() -> NoReturn:
    """Run postlint with the arguments of this process and leave it."""
    arguments = sys.argv[1:]
    if len(arguments) == 1 and arguments[0] in _VERSION_FLAGS:
        from postlint import __version__

        print(f"postlint {__version__}")  # noqa: T201
        sys.exit(0)
    try:
        from postlint.cli.app import build

        status = build(arguments)(standalone_mode=True)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output had enough (`postlint check | head`): not an error of ours. Python would complain
        # once more when it closes stdout, so give it something to close.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        # Python would leave with 1, which says that findings were made.
        import traceback

        traceback.print_exc()
        print("postlint: this is an error of postlint itself; please report it with the lines above", file=sys.stderr)  # noqa: T201
        sys.exit(2)
    sys.exit(status)
