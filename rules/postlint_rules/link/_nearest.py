"""What a dead address may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from postlint.api import Edit, LinkFact, Span

__all__ = ["Nearest", "edit_to", "nearest_name"]

_LIKE_ENOUGH = 82
"""Of 100, as rapidfuzz counts: one wrong letter in a word of six is 83."""
_MANY = 50_000
"""Above so many addresses only those with the same last name are compared."""
_IMAGES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"})
_PAGES = frozenset({"", "html", "htm", "md", "markdown"})


def _last(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2].casefold()


def _stem(url: str) -> tuple[str, str]:
    """The address without its suffix, and the suffix."""
    head, dot, suffix = url.rpartition(".")
    return (head, suffix.casefold()) if dot and "/" not in suffix and len(suffix) <= 8 else (url, "")


@dataclass(slots=True)
class Nearest:
    """Finds, among a site's addresses, the one that is most like a dead one."""

    addresses: Sequence[str]
    _by_fold: dict[str, list[str]] = field(default_factory=dict)
    _by_stem: dict[str, list[str]] = field(default_factory=dict)
    _by_last: dict[str, list[str]] = field(default_factory=dict)
    _known: dict[str, tuple[str, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for url in self.addresses:
            self._by_fold.setdefault(url.casefold(), []).append(url)
            self._by_stem.setdefault(_stem(url)[0].rstrip("/").casefold(), []).append(url)
            self._by_last.setdefault(_stem(_last(url))[0], []).append(url)

    def to(self, url: str) -> tuple[str, bool]:
        """The nearest address ("" for none near), and whether it differs in nothing but case or suffix and is alone."""
        if url not in self._known:
            self._known[url] = self._find(url)
        return self._known[url]

    def _find(self, url: str) -> tuple[str, bool]:
        if same := self._by_fold.get(url.casefold()):
            return same[0], len(same) == 1
        stem, suffix = _stem(url)
        like = [other for other in self._by_stem.get(stem.rstrip("/").casefold(), ()) if _kin(suffix, _stem(other)[1])]
        if like:
            return like[0], len(like) == 1 and _stem(like[0])[0] == stem
        moved = self._by_last.get(_stem(_last(url))[0], ())
        if len(moved) == 1 and len(_last(url)) > 3:
            return moved[0], False
        if len(self.addresses) > _MANY:
            return "", False
        from rapidfuzz import fuzz, process  # only for what is dead

        found = process.extractOne(url, self.addresses, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
        return (str(found[0]), False) if found is not None else ("", False)


def _kin(one: str, other: str) -> bool:
    return (one in _IMAGES and other in _IMAGES) or (one in _PAGES and other in _PAGES)


def edit_to(link: LinkFact, meant: str) -> Edit | None:
    """Write the address ``meant`` in the place of the link's; None where it is not clear what to replace by what.

    What is written may begin anywhere (``../``, a host); only the end of it, from the first difference on, changes.
    """
    raw = link.raw
    end = min((at for at in (raw.find("#"), raw.find("?")) if at >= 0), default=len(raw))
    path = raw[:end]
    if "%" in path or "&" in path or "\\" in path or "{" in path or any(char in meant for char in " %()<>\"'#?&"):
        return None
    url = link.url
    # The part of the address that is written out, segment by segment from its end.
    length = 0
    while length < min(len(path), len(url)) and path[-1 - length] == url[-1 - length]:
        length += 1
    written, target = path[len(path) - length :], url[len(url) - length :]
    kept = url[: len(url) - length]
    if not written or written != target or not meant.startswith(kept):
        return None
    start = link.place.span.start + len(path) - length
    return Edit(Span(start, start + length), meant[len(kept) :])


def nearest_name(wrong: str, names: Iterable[str]) -> str:
    """The name most like ``wrong``, or ""."""
    names = list(names)
    folded = [name for name in names if _squeezed(name) == _squeezed(wrong)]
    if len(folded) == 1:
        return folded[0]
    from rapidfuzz import fuzz, process

    found = process.extractOne(wrong, names, scorer=fuzz.ratio, score_cutoff=70)
    return str(found[0]) if found is not None else ""


def _squeezed(name: str) -> str:
    return "".join(_letters(name.casefold()))


def _letters(name: str) -> Iterator[str]:
    return (char for char in name if char.isalnum())
