"""On real sites our values are those of python-frontmatter's handlers, and every place holds what it should."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import frontmatter.default_handlers as handlers
import pytest

from postlint.parse.dialect import FenceStyle
from postlint.parse.front_matter import Format, Node, read_front_matter
from postlint.text import Text

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
SITES: dict[str, FenceStyle] = {
    "finews": "jekyll",
    "ruby-lang": "jekyll",
    "jekyll": "jekyll",
    "digitalgov": "hugo",
    "barretlee": "hexo",
    "hexo-site": "hexo",
    "zola": "zola",
}
LOADERS: dict[Format, Callable[[str], Any]] = {
    Format.YAML: handlers.YAMLHandler().load,
    Format.TOML: tomllib.loads,  # the handler for TOML wants a package that nothing else here needs
    Format.JSON: handlers.JSONHandler().load,
}


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for item in node.items:
        yield from _nodes(item)
    for entry in node.entries:
        yield from _nodes(entry.node)


@pytest.mark.corpus
@pytest.mark.parametrize("site", SITES)
def test_values_and_places(site: str) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    seen: Counter[str] = Counter()
    for path in sorted((CORPORA / site).rglob("*.m*d*")):
        if not path.is_file():
            continue
        content = Text.decode(path.read_bytes()).parseable
        front_matter = read_front_matter(content, SITES[site])
        if front_matter.format is None or front_matter.error is not None:
            seen["none" if front_matter.format is None else "broken"] += 1
            continue
        source = content[slice(*front_matter.content)]
        if SITES[site] == "hexo":
            source = source.replace("\t", "  ")
        root = front_matter.root
        seen["read"] += 1
        if "{{" in source and site in ("barretlee", "hexo-site"):
            continue  # moulds: a mapping as a key, which no Python loader takes
        assert (root.value if root else None) == LOADERS[front_matter.format](source), path
        for node in _nodes(root) if root else ():
            written = content[slice(*node.span)]
            if node.kind == "scalar" and node.style == "plain" and "\n" not in written:
                assert written == node.text or written[:1] in "&!*", path
    assert seen["read"] > 40
    assert seen["broken"] <= 1, seen
