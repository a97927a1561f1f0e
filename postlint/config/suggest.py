"""The nearest right name to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["did_you_mean", "listed", "nearest"]

_LIKENESS = 0.6
"""difflib's own default: `timezon`/`timezone` is 0.93, `hmtl`/`html` 0.75, `title`/`file` 0.67, `tags`/`date` 0.5."""


def nearest(wrong: str, names: Iterable[str]) -> str | None:
    """The name most like ``wrong``, or None where none is near enough to be what was meant.

    Case, and whether words are joined by `-`, `_` or a blank, do not count.
    """
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(_plain(name), name)
    if (key := _plain(wrong)) in plain:
        return plain[key]
    from difflib import get_close_matches  # only a run that fails needs it

    close = get_close_matches(key, plain, n=1, cutoff=_LIKENESS)
    return plain[close[0]] if close else None


def did_you_mean(wrong: str, names: Iterable[str]) -> str:
    """``did you mean `html`?``, or nothing."""
    name = nearest(wrong, names)
    return f"did you mean `{name}`?" if name is not None else ""


def listed(names: Sequence[str]) -> str:
    """``there are `a`, `b` ``: for where no name is near, and few enough to name them all."""
    if len(names) == 1:
        return f"there is only `{names[0]}`"
    return "there are " + ", ".join(f"`{name}`" for name in names) if names else "there are none"


def _plain(name: str) -> str:
    return name.casefold().replace("_", "-").replace(" ", "-")
