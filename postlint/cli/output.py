"""Where a command's report goes: standard output, or the file that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from postlint.cli.session import fail

__all__ = ["written_to"]


@contextmanager
def written_to(file: Path | None) -> Iterator[TextIO]:
    """The stream to write to; leaves with status 2 where the file cannot be written."""
    if file is None:
        # A console that cannot show a character shows its code instead of ending the run.
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        with file.open("w", encoding="utf-8", newline="\n") as out:
            yield out
    except OSError as error:
        fail(f"the report cannot be written to {file}: {error.strerror}")
