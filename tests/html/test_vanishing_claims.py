"""What html/unknown-tag says that the reader sees and does not see, asked of the real programs."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.html.renderers import by_hexo, by_hugo, by_kramdown, visible
from tests.html.test_kramdown_claims import has_kramdown
from tests.html_documents import document

PIECES = [
    "some words", "git push <your-name#> main", "Array<T#>", "<Kind# of thing>", "`<code#>`", "[link](u)", "*slanted*",
    "<b>bold</b>", "<div>\n", "</div>", "<head#.h>", "<some_thing#>", "<分支#>", "&lt;x#&gt;",
    "\\<y#>", "<pre>", "</pre>",
    "\n", "\n\n", "\n- ", "\n\n<ALONE#>\n", "Map<K#, V#>", "{=}", "<brr#>",
]  # fmt: skip
SEEN = re.compile(r"the reader sees “(.+)”")
NUMBERED = re.compile(r"([^\W\d][-\w]*?)(\d+)")


def made_up(count: int, seed: int) -> list[str]:
    source = random.Random(seed)
    texts = []
    for _ in range(count):
        pieces = [source.choice(PIECES).replace("#", str(number)) for number in range(source.randint(2, 9))]
        texts.append(" ".join(pieces).strip() + "\n")
    return texts


def check(texts: Sequence[str], pages: Sequence[str], generator: str, *, raw_html: bool = True) -> None:
    """No tag that is reported is to be seen, each other is, and so are the words quoted from round it."""
    reported = quoted = 0
    for text, page in zip(texts, pages, strict=True):
        shown = visible(page)
        doc = document(text, generator, raw_html=raw_html)
        found = doc.nesting.of("unknown")
        numbers = set()
        for problem in found:
            reported += 1
            match = NUMBERED.search(problem.name)
            assert match is not None
            numbers.add(match[2])
            if problem.name[0].isascii():
                assert f"<{problem.name}" not in shown.lower(), (text, problem, page)
            seen = SEEN.search(problem.consequence)
            if seen is not None:
                quoted += 1
                assert seen[1] in shown, (text, problem.consequence, page)
        for match in re.finditer(r"(?<!\\)<([^\W\d][^\s<>]*?)(\d+)[^<>]*>", text):
            if match[2] not in numbers and (raw_html or f"{match[1]}{match[2]}" in shown):
                assert f"<{match[1]}{match[2]}" in shown, (text, match[0], page)
    assert reported > len(texts)
    assert quoted > len(texts) / 3


@pytest.mark.generator
@pytest.mark.skipif(not has_kramdown(), reason="no kramdown")
def test_kramdown_hides_what_is_reported_and_nothing_else() -> None:
    texts = made_up(600, 1)
    check(texts, by_kramdown(texts), "jekyll")


@pytest.mark.generator
@pytest.mark.skipif(not has_kramdown(), reason="no kramdown")
def test_where_kramdown_leaves_what_follows_unrendered_the_last_link_is_dead() -> None:
    texts = [text + "\n\nSee [the end](last).\n" for text in made_up(800, 2) if "<pre>" not in text]
    claims = 0
    for text, page in zip(texts, by_kramdown(texts), strict=True):
        found = document(text, "jekyll").nesting.problems
        claimed = any("follows unrendered" in problem.consequence for problem in found)
        claims += claimed
        assert claimed == ('href="last"' not in page), (text, page, [p.consequence for p in found])
    assert claims > 100


@pytest.mark.generator
@pytest.mark.parametrize("raw_html", [True, False])
def test_hugo_hides_what_is_reported_and_nothing_else(tmp_path: Path, raw_html: bool) -> None:
    texts = made_up(300, 3)
    check(texts, by_hugo(tmp_path, texts, raw_html=raw_html), "hugo", raw_html=raw_html)


@pytest.mark.generator
def test_hexo_hides_what_is_reported_and_nothing_else(tmp_path: Path) -> None:
    # Where marked is not CommonMark, postlint follows CommonMark: a name with an underscore is no tag there, and an
    # indented block of HTML ends the paragraph before it.
    texts = [text for text in made_up(600, 4) if re.search("some_thing|</?(?:div|pre)>", text) is None]
    check(texts, by_hexo(tmp_path, texts), "plain")
