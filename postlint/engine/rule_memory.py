"""What earlier runs found out about the rules themselves, so that a run that reads nothing imports no rule.

Importing all rules takes about as long as looking whether 10,000 files changed. What a run must know of a rule that it
does not ask (:class:`~postlint.packs.Traits`) follows from the rule's source, and is kept under the digest of all
source in a small file beside the index.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import get_args

from postlint.finding import Severity
from postlint.packs import Kind, RuleEntry, Traits, source_digest, source_mark

__all__ = ["RuleMemory"]

_FILE_NAME = "rules.json"


class RuleMemory:
    """The rules' traits as the cache folder has them; where it does not, each rule is imported when asked.

    Attributes:
        source: the digest of the source of postlint and the packs.
    """

    def __init__(self, folder: Path | None, entries: Mapping[str, RuleEntry], packs: Sequence[str]) -> None:
        """
        Args:
            folder: the cache folder, which need not be there; None: nothing is kept.
            entries: all rules there are; they are told what is known of them.
        """
        self._entries = entries
        self._file = folder / _FILE_NAME if folder is not None else None
        self._fresh = False
        if self._file is None:
            self.source = source_digest(tuple(packs))
            return
        self._mark = source_mark(packs)
        mark, source, traits = _read(self._file)
        self.source = source if mark == self._mark else source_digest(tuple(packs))
        if source == self.source and traits.keys() == entries.keys():
            for rule_id, entry in entries.items():
                entry.remember(traits[rule_id])
            self._fresh = mark == self._mark

    def keep(self) -> None:
        """Write down what is not written yet, where the index made the folder. That it cannot be is no failure."""
        if self._file is None or self._fresh or not (self._file.parent / "CACHEDIR.TAG").is_file():
            return
        rules = {rule_id: entry.traits for rule_id, entry in self._entries.items()}
        data = {"mark": self._mark, "source": self.source, "rules": rules}
        with contextlib.suppress(OSError):
            handle, name = tempfile.mkstemp(prefix="new-", suffix=".json", dir=self._file.parent)
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    json.dump(data, file)
                os.replace(name, self._file)
            except OSError:
                os.unlink(name)
                raise


def _read(file: Path) -> tuple[str, str, dict[str, Traits]]:
    """What the file says; nothing where it is not there or not as we write it."""
    try:
        data = json.loads(file.read_bytes())
        rules = {}
        for rule_id, (kind, severity, on, aliases, collects, external) in data["rules"].items():
            rules[str(rule_id)] = Traits(
                kind, Severity(severity), bool(on), tuple(map(str, aliases)), bool(collects), str(external)
            )
            if kind not in get_args(Kind):
                raise ValueError(kind)
        return str(data["mark"]), str(data["source"]), rules
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", "", {}
