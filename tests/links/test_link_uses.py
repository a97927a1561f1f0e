"""The ways a link is written, each found with its place and the address that is meant."""

from __future__ import annotations

import time

import pytest

from postlint.document import Document, Profile
from postlint.parse.dialect import Dialect
from postlint.parse.links import LinkUse
from postlint.parse.malformed import malformed
from postlint.parse.references import undefined_references
from postlint.site.resolve import Home, resolve
from postlint.text import Text

JEKYLL = Profile(generator="jekyll", dialect=Dialect(markdown="kramdown", templates="liquid", fences="jekyll"))
HUGO = Profile(generator="hugo", dialect=Dialect(markdown="goldmark", templates="hugo", fences="hugo"))
HEXO = Profile(generator="hexo", dialect=Dialect(markdown="marked", templates="nunjucks", fences="hexo"))
ZOLA = Profile(generator="zola", dialect=Dialect(templates="tera", fences="zola"))
HOME = Home(frozenset({"a.example", "www.a.example"}), "/base")


def uses(text: str, profile: Profile = JEKYLL, path: str = "a.md") -> tuple[LinkUse, ...]:
    doc = Document(path, Text(text), profile)
    for use in doc.links:
        assert doc.content[use.target.start : use.target.end] == use.raw
    return doc.links


@pytest.mark.parametrize(
    ("text", "kind", "raw", "address"),
    [
        ("[a](b)", "markdown", "b", "b"),
        ('[a](  <b c> "t")', "markdown", "b c", "b c"),
        ("[a](b&amp;c)", "markdown", "b&amp;c", "b&c"),
        ("[a](\nb\n'c')", "markdown", "b", "b"),
        ("![a](b.png)", "image", "b.png", "b.png"),
        ("<https://x.example/y>", "autolink", "https://x.example/y", "https://x.example/y"),
        ("[a][B  c]\n\n[b C]: <d e> 't'", "reference", "d e", "d e"),
        ("> [a][1]\n>\n> [1]: d", "reference", "d", "d"),
        ("x <a class=y href='b&amp;c'>z</a>", "html", "b&amp;c", "b&c"),
        ("<img\n  src = b.png>", "html", "b.png", "b.png"),
        ("[a]({{ site.baseurl }}/b/)", "markdown", "{{ site.baseurl }}/b/", "/b/"),
        ("[a]({{site.url}}{{site.baseurl}}/b#c)", "markdown", "{{site.url}}{{site.baseurl}}/b#c", "/b#c"),
        ("[a]({{ '/b' | relative_url }}#c)", "markdown", "{{ '/b' | relative_url }}#c", "/b#c"),
        ("[a]({{ page.url }})", "markdown", "{{ page.url }}", "#"),
        ("[a]({{ site.baseurl }}/{{ x }})", "markdown", "{{ site.baseurl }}/{{ x }}", None),
        ("{% link a b.md %}", "link", "a b.md", "a b.md"),
        ("[a]({%- post_url 2024-01-02-x -%}#y)", "post_url", "2024-01-02-x", "2024-01-02-x#y"),
        ("<a href='{{ site.baseurl }}{% link b.md %}'>c</a>", "link", "b.md", "b.md"),
        ("{% include figure.html src=\"/b.png\" caption='c' %}", "parameter", "/b.png", None),
        ("---\nimage: '/b.png'\n---\n", "front-matter", "/b.png", "/b.png"),
        ("---\nredirect_to:\n  - /b/\n---\n", "front-matter", "/b/", "/b/"),
        (
            "---\ncanonical_url: https://a.example/b\n---\n",
            "front-matter",
            "https://a.example/b",
            "https://a.example/b",
        ),
        ("---\nthumbnail-img: /b.png\n---\n", "front-matter", "/b.png", "/b.png"),
        ('---\nFeaturedImage: "/b.webp"\n---\n', "front-matter", "/b.webp", "/b.webp"),
        ("---\nimage: {path: /b.png, alt: /c.png is shown}\n---\n", "front-matter", "/b.png", "/b.png"),
        ("---\nheader:\n  overlay_image: /b.png\n  caption: /c.png\n---\n", "front-matter", "/b.png", "/b.png"),
        ("---\nextra:\n  cover: /b.png\n---\n", "front-matter", "/b.png", "/b.png"),
        ("---\ngallery:\n- url: /b.png\n---\n", "front-matter", "/b.png", "/b.png"),
        ("---\nimage: /b.png\nmedia_subpath: /c\n---\n", "front-matter", "/b.png", None),
    ],
)
def test_one_use(text: str, kind: str, raw: str, address: str | None) -> None:
    (use,) = uses(text)
    assert (use.kind, use.raw, use.address) == (kind, raw, address)


@pytest.mark.parametrize(
    ("text", "hugo", "hexo"),
    [
        ("https://a.example/b", "https://a.example/b", "https://a.example/b"),
        ("x (https://a.example/b).", "https://a.example/b", "https://a.example/b"),
        ("x https://a.example/b(c), y", "https://a.example/b(c)", "https://a.example/b(c)"),
        ("\u8336https://a.example/b\u3002", None, "https://a.example/b\u3002"),
        ("x https://a.example/b\u3002", "https://a.example/b", "https://a.example/b\u3002"),
        ("www.a.example/b.", "www.a.example/b", "www.a.example/b"),
        ("'https://a.example/b'", "https://a.example/b'", "https://a.example/b"),
        ("**https://a.example/b**", "https://a.example/b", "https://a.example/b"),
        ("https://a.example/b&amp;", "https://a.example/b", "https://a.example/b"),
        ("http://localhost/b", None, "http://localhost/b"),
        ("`https://a.example/b` <!-- https://a.example/b -->", None, None),
    ],
)
def test_bare_addresses(text: str, hugo: str | None, hexo: str | None) -> None:
    """Measured with Hugo 0.168 and marked 15."""
    assert [use.raw for use in uses(text, HUGO)] == [hugo] * (hugo is not None)
    assert [use.raw for use in uses(text, HEXO)] == [hexo] * (hexo is not None)
    assert uses(text) == uses(text, ZOLA) == ()


def test_other_languages() -> None:
    text = '[a]({{< ref "b.md#c" >}}) [d]({{% relref path="e" %}}) {{< ref f lang="de" >}}'
    assert [(use.kind, use.address) for use in uses(text, HUGO)] == [("ref", "b.md#c"), ("ref", "e"), ("ref", "f")]
    assert [(use.kind, use.address) for use in uses("[a](@/b.md#c) [d](/e)", ZOLA)] == [
        ("zola", "b.md#c"),
        ("markdown", "/e"),
    ]


def test_what_is_handed_on_is_unknown() -> None:
    for text, profile in (('{{< card link="/b" title="c" >}}', HUGO), ("{{ card(link='/b', title=\"c\") }}", ZOLA)):
        (use,) = uses(text, profile)
        assert (use.kind, use.raw, use.address) == ("parameter", "/b", None)
    assert uses('{{< youtube id="b" >}}', HUGO) == ()


def test_nothing_in_code_comments_and_raw() -> None:
    text = "`[a](b)` <!-- <a href=b>c</a> --> {% raw %}{% link x %}{% endraw %}\n\n    [a](b)\n\n```\n[a](b)\n```\n"
    assert uses(text) == ()


@pytest.mark.parametrize(
    "field",
    ["image: b.png", "image: '/{{ x }}.png'", "cover: /b", "cover: b.png", "permalink: /b/", "redirect_from: /b/",
     "aliases: [/b/]", "url: /b.png", "path: /b.png", "layout: /b.png", "background: '/b c'",
     "resources: [{src: /b.png}]", "image: {a: {b: {c: {d: /e.png}}}}",
     "extra: {path: /b.png}", "redirect_to: b", "title: /b.png", "images: [true, 1]"],
)  # fmt: skip
def test_fields_that_may_mean_anything(field: str) -> None:
    assert uses(f"---\n{field}\n---\n") == ()


def test_several_addresses_in_one_attribute() -> None:
    html = '<img src="a.png" srcset=" b.png 1x,c.png 2x , d.png"><a name="x">'
    assert [use.raw for use in uses(html, path="a.html")] == ["a.png", "b.png", "c.png", "d.png"]


def test_links_stand_in_order_and_a_definition_once() -> None:
    found = uses("<b>x</b> [a][1] <a href=c>d</a> [e](f) [a][1]\n\n[1]: g\n[2]: unused\n")
    assert [use.raw for use in found] == ["c", "f", "g"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("c.html", ("internal", "/a/c.html", "")),
        ("../c%20d?e=1#f%21", ("internal", "/c d", "f!")),
        ("/base/c/", ("internal", "/c/", "")),
        ("/c/", ("internal", "/c/", "")),
        ("//www.A.example/base/c", ("internal", "/c", "")),
        ("https://a.example/other", ("external", "", "")),
        ("https://a.example/base/../other", ("external", "", "")),
        ("../../c", ("internal", "/../c", "")),
        ("../../base/c", ("internal", "/c", "")),
        ("https://a.example:8080/base/", ("external", "", "")),
        ("http://b.example/base/", ("external", "", "")),
        ("#", ("fragment", "", "")),
        ("#c", ("fragment", "", "c")),
        ("mailto:a@b.example", ("ignored", "", "")),
        ("?x", ("ignored", "", "")),
        ("", ("ignored", "", "")),
        ("{{ url }}", ("unknown", "", "")),
        ("htp://b.example", ("ignored", "", "")),
    ],
)
def test_resolve(address: str, expected: tuple[str, str, str]) -> None:
    (use,) = uses("[x](y)")
    assert resolve(use._replace(address=address), "/a/b.html", HOME) == expected


def test_a_page_without_address_has_no_relative_links() -> None:
    (use,) = uses("[x](y)")
    assert resolve(use, "", HOME).status == "unknown"
    assert resolve(use._replace(address="/y"), "", HOME).status == "internal"


@pytest.mark.parametrize(
    ("address", "wrong", "meant"),
    [
        ("http:/a.example", "slashes", "http://a.example"),
        ("HTTPS:///a.example", "slashes", "https://a.example"),
        ("https:www.a.example", "slashes", "https://www.a.example"),
        ("htttps://a.example", "scheme", "https://a.example"),
        ("http：//a.example", "scheme", "http://a.example"),
        ("http://https://a.example/x", "twice", "https://a.example/x"),
        ("https://http//a.example", "twice", "http://a.example"),
        ("(https://a.example)", "brackets", "https://a.example"),
        ("URL: https://a.example", "prefix", "https://a.example"),
        ("https://a.example/x。", "sign", ""),
        ("https://a.example:80a/", "host", ""),
        ("http://", "host", ""),
    ],
)
def test_malformed(address: str, wrong: str, meant: str) -> None:
    assert malformed(address) == (wrong, meant)


@pytest.mark.parametrize(
    "address",
    ["http://httpd.a.example", "https://a.example/http://b", "//a.example", "/x", "x.html", "httpx", "http-notes.html",
     "ftp://a.example", "https://a.example/（x）", "http://[::1]/", "https://u:p@a.example/", "https.html", "tp/x"],
)  # fmt: skip
def test_well_formed(address: str) -> None:
    assert malformed(address) is None


def references(text: str) -> list[str]:
    doc = Document("a.md", Text(text), JEKYLL)
    return [doc.content[use.span.start : use.span.end] for use in undefined_references(doc)]


def test_references_without_definition() -> None:
    assert references("[a b][x] and [y][] ![z][w]\n\n[q]: r\n") == ["[a b][x]", "[y][]", "[z][w]"]
    assert references("[a][{{ x }}] [a][1] `[b][c]` <b title='[b][c]'>x</b>\n\n[1]: {% link x %}\n") == []


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[a](",
        "[a][",
        "[a]: ",
        "<a href=",
        "<img srcset='",
        "{% link ",
        "{{ site.baseurl }}",
        "](<",
        "http://",
        "(",
        "{#a",
        "# a {#",
        "](a b",
        "[a]: b c",
        "{{ 'a' | append: ",
        '{{< figure src="',
        '{% asset_img "',
        "<p style='url(",
        "<meta http-equiv=refresh content='0;",
        "&a",
        " https://a.b/c",
        "https://",
        "(www.a",
    ],
)
@pytest.mark.parametrize("profile", [JEKYLL, HUGO, HEXO], ids=lambda profile: profile.generator)
def test_hostile_text_takes_no_time(piece: str, profile: Profile) -> None:
    doc = Document("a.md", Text(piece * (60_000 // len(piece))), profile)
    begin = time.process_time()
    assert doc.links is not None
    list(undefined_references(doc))
    malformed(doc.content)
    assert time.process_time() - begin < 5
