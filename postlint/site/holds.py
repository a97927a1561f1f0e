"""For how long an answer about the site holds, when nothing but time goes by."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Holds"]


@dataclass(slots=True)
class Holds:
    """From ``since`` on until just before ``until``, in seconds since 1970; at first always."""

    since: float = -math.inf
    until: float = math.inf

    @property
    def bounded(self) -> bool:
        """Whether there is a time when the answer may be another."""
        return self.since > -math.inf or self.until < math.inf

    def reset(self) -> None:
        self.since, self.until = -math.inf, math.inf

    def between(self, since: float | None, until: float | None) -> None:
        """Not before ``since``, and no longer once ``until`` is there; None: no such bound."""
        if since is not None:
            self.since = max(self.since, since)
        if until is not None:
            self.until = min(self.until, until)

    def only_at(self, instant: float) -> None:
        """At no other instant, as far as can be known."""
        self.between(instant, math.nextafter(instant, math.inf))
