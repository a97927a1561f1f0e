"""Link definitions: ``[label]: address "title"``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.parse.kramdown import grammar as g
from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.model import LinkDefinition
from postlint.parse.kramdown.tree import Definition, Node, Scanner

if TYPE_CHECKING:
    from postlint.parse.kramdown.blocks import BlockReader

__all__ = ["read_link_definition"]


def read_link_definition(reader: BlockReader, tree: Node, sc: Scanner) -> bool:
    text = sc.text
    match = p.LINK_DEFINITION.match(text, sc.pos)
    if match is None:
        return False
    at = match.end()
    line_end = text.index("\n", at)
    start = stop = after = -1
    if text[at] == "<" and line_end - at < 10_000 and (angle := p.LINK_ANGLE.match(text, at)) is not None:
        start, stop = angle.span(1)
        after = angle.end()
    else:
        start = at
        line = text[at:line_end].rstrip(" \t")
        if not line.strip(g.WS):
            return False
        stop = at + len(line)
        after = line_end + 1
        title = _title_at(line)
        if title:
            stop = at + title
        elif (following := p.TITLE_LINE.match(text, after)) is not None:
            after = following.end()
        if re.search(r"[ \t][\"']", text[start:stop]):
            return False
    label = g.normalized(match[1])
    if label in reader.definitions:
        reader.warn(sc, sc.pos, f"Duplicate link ID '{label}' - overwriting")
    span = sc.source.span(sc.pos, after - 1)
    destination = sc.source.span(start, stop)
    sc.results.definitions.append(LinkDefinition(span, label, destination))
    reader.definitions[label] = Definition(span, destination)
    sc.pos = after
    reader.add(tree, "eob", "link_def")
    return True


def _title_at(line: str) -> int:
    """Where the address ends in front of a title that runs to the end of ``line``; 0 if there is none."""
    quote = line[-1]
    if quote not in "\"'":
        return 0
    for match in re.finditer(rf"[ \t]+{quote}(?=[^\n])", line):
        if match.end() < len(line) - 1 and line[: match.start()].strip(g.WS):
            return match.start()
    return 0
