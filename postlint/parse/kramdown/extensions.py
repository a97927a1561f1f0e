"""``{:…}``: attribute lists, and the extensions comment, nomarkdown and options."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from postlint.parse.kramdown import patterns as p
from postlint.parse.kramdown.tree import Node, Scanner

if TYPE_CHECKING:
    from postlint.parse.kramdown.blocks import BlockReader

__all__ = ["read_extension"]


def read_extension(reader: BlockReader, tree: Node, sc: Scanner) -> bool:
    text = sc.text
    pos = sc.pos
    if (match := p.ALD.match(text, pos)) is not None:
        sc.pos = match.end()
        reader.add(tree, "eob", "ald")
        return True
    if (match := p.EXTENSION.match(text, pos)) is not None:
        return _start_extension(reader, tree, sc, match)
    if (match := p.IAL.match(text, pos)) is None:
        return False
    sc.pos = match.end()
    found = p.IAL_ID.search(match[0].strip()[2:-1])
    id_ = (found[1] or found[3]) if found is not None else None
    last = tree.children[-1] if tree.children else None
    if (
        last is not None
        and last.type != "blank"
        and (last.type != "eob" or last.value in ("link_def", "abbrev_def", "footnote_def"))
    ):
        if id_:
            last.id = id_
        if p.IAL.match(text, sc.pos) is None:
            reader.add(tree, "eob", "ial")
    else:
        tree.ial = True
        tree.ial_id = id_ or tree.ial_id
    return True


def _start_extension(reader: BlockReader, tree: Node, sc: Scanner, match: re.Match[str]) -> bool:
    text = sc.text
    start = sc.pos
    name = match[1]
    if name is None:
        reader.warn(sc, start, "Invalid extension stop tag found - ignoring it")
        return False
    after = match.end()
    body = False
    if match[3] is None:
        stop = re.compile(rf"^ {{0,3}}\{{:/(?:{name})?\}} *?\n", re.M).search(text, after)
        if stop is None:
            reader.warn(sc, start, f"No stop tag for extension '{name}' found - ignoring it")
            return False
        after = stop.end()
        body = True
    if name not in ("comment", "nomarkdown", "options"):
        reader.warn(sc, start, f"Invalid extension with name '{name}' specified - ignoring it")
        return False
    sc.pos = after
    if name == "options":
        _set_options(reader, match[2] or "")
        reader.add(tree, "eob", "extension")
    elif body:
        tree.children.append(Node("raw"))
        reader.code(sc, start, after - 1, "verbatim")
    return True


def _set_options(reader: BlockReader, attributes: str) -> None:
    """``{::options parse_block_html="true" /}``: from here on."""
    for match in p.OPTION.finditer(attributes):
        name, value = match[1], match[3] == "true"
        if name == "parse_block_html":
            reader.options = replace(reader.options, parse_block_html=value)
        elif name == "parse_span_html":
            reader.options = replace(reader.options, parse_span_html=value)
