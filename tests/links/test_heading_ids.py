"""The ids of headings, set beside those of the programs that make them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from postlint.document import Document, Profile
from postlint.parse.dialect import Dialect, HeadingIds, MarkdownFlavour
from postlint.parse.headings import anchors
from postlint.text import Text

HEADINGS = """
# One -- two --- three ... four

## What is `foo--bar_baz`?

## 日本語 の見出し、です。

## 1. First step

## _Emphasis_ and **strong** and ~~gone~~ text

## [A link](https://x.example) and [another][ref]

## a.b.c, d/e & f

## A  b	c

## Don't "quote" 'me' &amp; me

## हिन्दी शब्द ½ ² ñandú Ärger

## Same

## Same

## Same-1

## Same

## An <b>element</b> inside

## Σίσυφος ΟΔΟΣ

## C++ and C#

## Trailing marks ##

## ![alt](x.png) image

## (c) 1/2 1st 🎉 :tada:

## An \\*escape\\* and a \\_

Setext *here*
=============

## With an id {#own-id}

[ref]: /x
"""


def ids_of(text: str, markdown: MarkdownFlavour, algorithm: HeadingIds, generator: str = "plain") -> set[str]:
    profile = Profile(generator=generator, dialect=Dialect(markdown=markdown, heading_ids=algorithm))
    return set(anchors(Document("a.md", Text(text), profile)).ids)


def made(html: str) -> set[str]:
    return set(re.findall(r'<h[1-6][^>]*?\sid="([^"]+)"', html))


@pytest.mark.generator
@pytest.mark.parametrize(("algorithm", "parser"), [("kramdown-gfm", "GFM"), ("kramdown", "kramdown")])
def test_kramdown(algorithm: HeadingIds, parser: str) -> None:
    if shutil.which("ruby") is None:
        pytest.skip("no Ruby")
    script = (
        "require 'kramdown'; require 'kramdown-parser-gfm'; Encoding.default_external = 'utf-8';"
        f"print Kramdown::Document.new(STDIN.read, input: '{parser}').to_html"
    )
    done = subprocess.run(["ruby", "-e", script], input=HEADINGS.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"kramdown does not run: {done.stderr.decode()[-200:]}")
    assert ids_of(HEADINGS, "kramdown", algorithm) == made(done.stdout.decode())


def test_zola_cannot_spell_everything() -> None:
    profile = Profile(generator="zola", dialect=Dialect(heading_ids="zola"))
    known = anchors(Document("a.md", Text("# Né à 10h\n\n# Same\n\n# Same\n"), profile))
    assert known.complete
    assert set(known.ids) >= {"ne-a-10h", "same", "same-1"}
    assert not anchors(Document("a.md", Text("# 日本\n"), profile)).complete


@pytest.mark.parametrize(
    ("body", "complete"),
    [
        ("{% include x.html %}\n", False),
        ("{% for x in y %}\n# a\n{% endfor %}\n", False),
        ("{{ content }}\n", False),
        ("# About {{ site.title }}\n", False),
        ("<div id='{{ x }}'></div>\n", False),
        ("It is {{ site.title }}, [a]({% link a.md %}).\n\n{% if x %}y{% endif %}\n", True),
        ("{% highlight ruby %}x{% endhighlight %}\n", True),
    ],
)
def test_templates_that_may_make_ids(body: str, complete: bool) -> None:
    dialect = Dialect(markdown="kramdown", templates="liquid", heading_ids="kramdown-gfm")
    profile = Profile(generator="jekyll", dialect=dialect)
    assert anchors(Document("a.md", Text(body), profile)).complete is complete


def test_ids_of_other_things() -> None:
    text = (
        "# A\n{: #given}\n\nText\n{: .x #para}\n\n* {:toc}\n\n<p id=p1 class=x><a name='n'>b</a></p>\n\n"
        "Note[^1].\n\n[^1]: x\n"
    )
    assert ids_of(text, "kramdown", "kramdown-gfm") >= {"given", "para", "p1", "n", "fn:1", "fnref:1", "markdown-toc"}
    assert "a" not in ids_of(text, "kramdown", "kramdown-gfm")
