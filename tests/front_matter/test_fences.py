"""Where each generator sees front matter."""

from __future__ import annotations

import pytest

from postlint.parse.dialect import FenceStyle
from postlint.parse.front_matter import Format, read_front_matter

# The text, and for each style the body that remains; None: no front matter. Jekyll 4.3.1, Hugo 0.168 and Hexo 8.1 were
# run on these; Zola's column is its regular expression's answer.
TABLE: list[tuple[str, dict[FenceStyle, str | None]]] = [
    ("---\ntitle: T\n---\nB", {"jekyll": "B", "hugo": "B", "hexo": "B", "zola": "B", "any": "B"}),
    ("---\r\ntitle: T\r\n---\r\nB", {"jekyll": "B", "hugo": "B", "hexo": "B", "zola": "B", "any": "B"}),
    ("\n---\ntitle: T\n---\nB", {"jekyll": None, "hugo": "B", "hexo": "B", "zola": "B", "any": None}),
    ("\n\n---\ntitle: T\n---\nB", {"jekyll": None, "hugo": "B", "hexo": None, "zola": "B", "any": None}),
    ("  ---\ntitle: T\n---\nB", {"jekyll": None, "hugo": "B", "zola": "B", "any": None}),
    ("---  \ntitle: T\n---\t\nB", {"jekyll": "B", "hugo": "\t\nB", "hexo": None, "any": "B"}),
    ("----\ntitle: T\n----\nB", {"jekyll": None, "hexo": "B", "zola": None, "any": None}),
    ("----\ntitle: T\n---\nB", {"jekyll": None, "hexo": None, "any": None}),
    ("---\ntitle: T\n----\nB", {"jekyll": None, "hugo": "-\nB", "hexo": "-\nB", "any": None}),
    ("---\ntitle: T\n...\nB", {"jekyll": "B", "hugo": None, "hexo": None, "zola": None, "any": "B"}),
    ("---\ntitle: T\n  ---\nB", {"jekyll": None, "hugo": None, "hexo": None, "any": None}),
    ("---\ntitle: T\n--- B", {"jekyll": None, "hugo": " B", "hexo": " B", "any": None}),
    ("---title: T\n---\nB", {"jekyll": None, "hugo": "B", "hexo": None, "any": None}),
    ("---\ntitle: T\n\nB", {"jekyll": None, "hugo": None, "hexo": None, "zola": None, "any": None}),
    ("title: T\n---\nB", {"jekyll": None, "hugo": None, "hexo": "B", "zola": None, "any": None}),
    ("Hello\n---\nB", {"jekyll": None, "hugo": None, "hexo": None, "zola": None, "any": None}),
    ("—-\ntitle: T\n---\nB", {"jekyll": None, "hugo": None, "zola": None, "any": None}),
    ("+++\ntitle = 'T'\n+++\nB", {"jekyll": None, "hugo": "B", "hexo": None, "zola": "B", "any": "B"}),
    ('{"title": "T"}\nB', {"jekyll": None, "hugo": "B", "hexo": None, "zola": None, "any": "B"}),
    (';;;\n"title": "T"\n;;;\nB', {"jekyll": None, "hugo": None, "hexo": "B", "zola": None, "any": None}),
    ('"title": "T"\n;;;\nB', {"jekyll": None, "hugo": None, "hexo": "B", "zola": None, "any": None}),
    ("---\n---\nB", {"jekyll": "B", "hugo": "B", "hexo": None, "any": "B"}),
    ("---\n# c\n---\nB", {"jekyll": "B", "hugo": "B", "hexo": None, "any": "B"}),
    ("---\n---", {"jekyll": "", "hugo": "", "hexo": None, "any": ""}),
    ("---\ntitle: T\n---", {"jekyll": "", "hugo": "", "hexo": "", "zola": "", "any": ""}),
    ("---", {"jekyll": None, "hugo": None, "hexo": None, "zola": None, "any": None}),
    ("", {"jekyll": None, "hugo": None, "hexo": None, "zola": None, "any": None}),
    ("---\n\nText.\n\n---\n\nMore.", {"jekyll": "\nMore.", "hugo": "\nMore.", "hexo": None, "any": None}),
    ("{% include a.html %}\nB", {"jekyll": None, "any": None}),
]


@pytest.mark.parametrize(
    ("text", "style", "body"),
    [(text, style, body) for text, row in TABLE for style, body in row.items()],
)
def test_where_it_ends(text: str, style: FenceStyle, body: str | None) -> None:
    front_matter = read_front_matter(text, style)
    assert front_matter.present == (body is not None)
    assert text[front_matter.body_start :] == (text if body is None else body)
    if body is not None:
        start, end = front_matter.content
        assert front_matter.span.start <= start <= end <= front_matter.span.end == front_matter.body_start


@pytest.mark.parametrize("style", ["hugo", "zola", "any"])
def test_the_fence_says_the_format(style: FenceStyle) -> None:
    assert read_front_matter("+++\na = 1\n+++\n", style).format is Format.TOML
    assert read_front_matter("---\na: 1\n---\n", style).format is Format.YAML


def test_what_stands_between() -> None:
    text = "---\r\ntitle: T\r\n---\r\nB"
    front_matter = read_front_matter(text, "jekyll")
    assert text[slice(*front_matter.content)] == "title: T\r\n"
    assert text[slice(*front_matter.span)] == "---\r\ntitle: T\r\n---\r\n"
