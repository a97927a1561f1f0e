"""What a dead address may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from postlint.api import Edit, LinkFact, Span, regex

__all__ = ["CaseTwins", "Nearest", "edit_to", "nearest_name"]

_LIKE_ENOUGH = 82
"""Of 100, as rapidfuzz counts: one wrong letter in a word of six is 83."""
_LIKE_ENOUGH_NAMES = 60
_MANY = 50_000
"""Above so many addresses only those with the same name are thought of."""
_IMAGES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"})
_DIGITS = regex(r"\d+")
_PAGES = frozenset({"", "html", "htm", "md", "markdown"})


def _stem(url: str) -> tuple[str, str]:
    """The address without its suffix or final slash, and the suffix."""
    url = url.rstrip("/")
    head, dot, suffix = url.rpartition(".")
    return (head, suffix) if dot and "/" not in suffix and len(suffix) <= 8 else (url, "")


class CaseTwins:
    """Finds, among a site's addresses, the one that differs from a dead one in nothing but case."""

    def __init__(self, addresses: Iterable[str], dead: Iterable[str]) -> None:
        found: dict[tuple[str, str], set[str]] = {_fold(url): set() for url in dead}
        stems = {stem for stem, _ in found}
        for url in addresses:
            whole = url.casefold().rstrip("/")  # either this or what is left of its last dot is the stem
            if (whole in stems or whole[: whole.rfind(".")] in stems) and (fold := _fold(url)) in found:
                found[fold].add(url)
        self._by_fold = found

    def of(self, url: str) -> str:
        """The address; "" where there is none, or more than one."""
        found = self._by_fold.get(_fold(url), ())
        [one] = found if len(found) == 1 else [""]
        return one if one and _stem(one)[0] != _stem(url)[0] else ""


def _fold(url: str) -> tuple[str, str]:
    stem, suffix = _stem(url.casefold())
    return stem, "" if suffix in _PAGES else suffix


class Nearest:
    """Finds, among a site's addresses, those that are most like some dead ones."""

    def __init__(self, addresses: Iterable[str], dead: Iterable[str]) -> None:
        self._known: dict[str, tuple[str, bool]] = {}
        self._all: set[str] = set()
        stems = {url: _stem(url.casefold())[0] for url in dead}
        by_stem: dict[str, set[str]] = {stem: set() for stem in stems.values()}
        lasts = (stem.rpartition("/")[2] for stem in by_stem)
        by_last: dict[str, set[str]] = {last: set() for last in lasts if len(last) > 3}
        for url in addresses:
            if len(self._all) <= _MANY:
                self._all.add(url)
            whole = url.casefold().rstrip("/")
            last = whole[whole.rfind("/") + 1 :]
            if last in by_last or last.rpartition(".")[0] in by_last:
                stem = _stem(whole)[0]
                if (last := stem.rpartition("/")[2]) in by_last:
                    by_last[last].add(url)
            if whole in by_stem or whole[: whole.rfind(".")] in by_stem:
                stem = _stem(whole)[0]
                if stem in by_stem:
                    by_stem[stem].add(url)
        for url, stem in stems.items():
            near = by_last.get(stem.rpartition("/")[2], set())
            self._known[url] = _alike(url, sorted(by_stem[stem])) or _moved(sorted(near))

    @cached_property
    def _addresses(self) -> Sequence[str]:
        """All addresses, in order; none where there are too many to compare each."""
        return sorted(self._all) if len(self._all) <= _MANY else ()

    def to(self, url: str) -> tuple[str, bool]:
        """The nearest address ("" for none near), and whether it differs in nothing but case or suffix and is alone."""
        found = self._known[url]
        if not found[0] and found[1]:
            found = self._known[url] = self._compare(url)
        return found

    def _compare(self, url: str) -> tuple[str, bool]:
        if not self._addresses:
            return "", False
        from rapidfuzz import fuzz, process  # only for what is dead: it takes longer to import than to use

        found = process.extractOne(url, self._addresses, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
        if found is None:
            return "", False
        near = str(found[0])
        # Two long addresses are alike by their folders alone, and to name the folder itself helps nobody.
        above = near.endswith("/") and url.startswith(near)
        if above or fuzz.ratio(_last(url), _last(near)) < _LIKE_ENOUGH_NAMES:
            return "", False
        return near, False


def _last(url: str) -> str:
    return _stem(url)[0].rpartition("/")[2]


def _alike(url: str, candidates: Sequence[str]) -> tuple[str, bool] | None:
    """Those that differ in case alone come first, then those with another suffix."""
    fold = url.casefold()
    same = [other for other in candidates if other.casefold() == fold]
    if same:
        return same[0], len(same) == 1
    stem, suffix = _stem(url)
    like = [other for other in candidates if _kin(suffix.casefold(), _stem(other)[1].casefold())]
    return (like[0], len(like) == 1 and _stem(like[0])[0] == stem) if like else None


def _moved(candidates: Sequence[str]) -> tuple[str, bool]:
    """One page of that name elsewhere; ("", True) where there is none, or more than one to choose from."""
    return (candidates[0], False) if len(candidates) == 1 else ("", True)


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
    if found is None or _DIGITS.findall(wrong) != _DIGITS.findall(str(found[0])):
        return ""  # of names that are numbered on, the next number is another thing and no slip
    return str(found[0])


def _squeezed(name: str) -> str:
    return "".join(_letters(name.casefold()))


def _letters(name: str) -> Iterator[str]:
    return (char for char in name if char.isalnum())
