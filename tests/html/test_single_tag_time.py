"""The rules about single tags take time in proportion to a post, whatever is in it."""

from __future__ import annotations

import time

import pytest

from postlint.document import Document
from postlint.packs import load_packs
from postlint.rule import DocumentRule
from tests.html_documents import document

RULES = [
    f"html/{name}"
    for name in (
        "duplicate-attribute", "duplicate-id", "misplaced-attribute", "missing-alt", "obsolete-tag",
        "self-closed-non-void", "unclosed-comment", "unknown-entity", "unsafe-content",
    )
]  # fmt: skip
PIECES = [
    "![](a) ", "[![](a)](b)\n", "<img src=a>", "<a href=b><img src=a></a> ", "<figure><img src=a><figcaption>",
    "<div/>\n\n", "<b/>", "<span href=a>b</span>", "<i a a a b=1 b=2>", "&nbps; ", "&nbsp ", "<code>&nbps;</code> ",
    "<!-- a\n\n", "- <!-- a\n", "> <!--\n", "<!-- <!-- -->\n\n", "--> <!-- ", "# A\n\n", "## A 1 {#a}\n\n",
    "<p id=a>\n\n", "<script>", "<p onclick=a>", "[a](javascript:b) ", "<iframe src=//a>", "<center>",
    "<svg>", "x" * 400 + "&nbps;",
]  # fmt: skip


def work(doc: Document) -> None:
    for entry in (load_packs()[name] for name in RULES):
        rule = entry.rule()
        assert isinstance(rule, DocumentRule)
        for _ in rule.check(doc):
            pass


def seconds(piece: str, size: int, generator: str) -> float:
    """What the rules take, the views of the document not counted that other rules ask for too."""
    doc = document("---\ntitle: A\n---\n" + piece * (size // len(piece)), generator, "_posts/2024-01-02-a.md")
    _ = doc.nesting, doc.outline, doc.kramdown, doc.links
    began = time.process_time()
    work(doc)
    return time.process_time() - began


@pytest.mark.parametrize("generator", ["jekyll", "plain"])
@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str, generator: str) -> None:
    seconds(piece, 1_000, generator)
    small = min(seconds(piece, 3_000, generator) for _ in range(2))
    assert min(seconds(piece, 24_000, generator) for _ in range(2)) < 8 * 4 * max(small, 0.003)
