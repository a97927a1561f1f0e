"""Text that kramdown reads, with the way back to where it came from.

kramdown takes lines apart: it strips ``> `` and list indentation, expands tabs, joins what is left and reads the result
as a text of its own. A :class:`Source` is such a text; it knows for each of its characters the offset in the document.
"""

from __future__ import annotations

from bisect import bisect_right

from postlint.regex import regex
from postlint.text import Span

__all__ = ["Builder", "Source", "body"]

_LINE_END = regex(r"\r\n?")


class Source:
    """A text made of runs of the document: character ``starts[k] + i`` of it stands at ``origins[k] + i``."""

    __slots__ = ("limit", "origins", "starts", "text")

    def __init__(self, text: str, starts: list[int], origins: list[int], limit: int) -> None:
        self.text = text
        self.starts = starts
        self.origins = origins
        self.limit = limit
        """End of what is read of the document; the newline that kramdown adds there stands for nothing."""

    def at(self, index: int) -> int:
        """Document offset of the character at ``index`` (of the end of the last one, where ``index`` is the end)."""
        starts = self.starts
        if len(starts) == 1:
            return min(self.origins[0] + index, self.limit)
        if index >= len(self.text) > 0:
            return min(self.at(len(self.text) - 1) + 1, self.limit)
        run = bisect_right(starts, index) - 1
        return min(self.origins[run] + index - starts[run], self.limit)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the document from the first to the last of these characters."""
        if len(self.starts) == 1:
            start += self.origins[0]
            end += self.origins[0]
            if end > self.limit:
                end = self.limit
                start = min(start, end)
            return Span(start, end)
        if start >= end:
            at = self.at(start)
            return Span(at, at)
        return Span(self.at(start), min(self.at(end - 1) + 1, self.limit))


class Builder:
    """Puts a :class:`Source` together from slices of another."""

    __slots__ = ("_length", "_origins", "_parts", "_source", "_starts")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def _run(self, origin: int) -> None:
        if not self._starts or self._origins[-1] + self._length - self._starts[-1] != origin:
            self._starts.append(self._length)
            self._origins.append(origin)

    def add(self, start: int, end: int) -> None:
        """Append ``source.text[start:end]``."""
        if start >= end:
            return
        source = self._source
        if len(source.starts) == 1:
            self._run(source.origins[0] + start)
        else:
            run = bisect_right(source.starts, start) - 1
            at = start
            base = self._length
            while at < end:
                begin = source.starts[run]
                stop = source.starts[run + 1] if run + 1 < len(source.starts) else end
                self._length = base + at - start
                self._run(source.origins[run] + at - begin)
                at = stop
                run += 1
            self._length = base
        self._parts.append(source.text[start:end])
        self._length += end - start

    def fill(self, text: str, index: int) -> None:
        """Append ``text``, which the document does not have, as if all of it stood at ``source.text[index]``."""
        origin = self._source.at(index)
        for _ in text:
            self._starts.append(self._length)
            self._origins.append(origin)
            self._length += 1
        self._parts.append(text)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def build(self) -> Source:
        """The text so far, with its origins."""
        if not self._starts:
            return Source("", [0], [self._source.at(0)], self._source.limit)
        return Source(self.text, self._starts, self._origins, self._source.limit)


def body(text: str, span: Span) -> Source:
    """``text[span]`` as kramdown takes it in: line ends become LF, and the last line has one."""
    content = text[span.start : span.end]
    if "\r" not in content:
        if content.endswith("\n"):
            return Source(content, [0], [span.start], span.end)
        return Source(content + "\n", [0], [span.start], span.end)
    parts: list[str] = []
    starts = [0]
    origins = [span.start]
    length = 0
    done = 0
    for match in _LINE_END.finditer(content):
        parts.append(content[done : match.start()])
        parts.append("\n")
        length += match.start() - done + 1
        if match.end() - match.start() == 2:
            # The line end stands for the LF of CR LF, so that a span that holds it holds both.
            starts.append(length - 1)
            origins.append(span.start + match.end() - 1)
        done = match.end()
    parts.append(content[done:])
    result = "".join(parts)
    return Source(result if result.endswith("\n") else result + "\n", starts, origins, span.end)
