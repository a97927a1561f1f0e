"""The scanner says what the real kramdown does: on texts written for each kind of construct, and on made-up ones."""

from __future__ import annotations

import pytest

from postlint.parse.kramdown import KramdownOptions
from tests.kramdown.compare import differences, kramdown, need_kramdown
from tests.kramdown.generate import snippet

pytestmark = pytest.mark.generator

OPTIONS = {
    "jekyll": KramdownOptions(),
    "plain": KramdownOptions(gfm=False),
    "block-html": KramdownOptions(parse_block_html=True),
    "no-span-html": KramdownOptions(parse_span_html=False),
}

TEXTS = [
    # What the whole thing is about.
    "<p><strong>Head</p>\n<p></strong>Body</p>\n\n<https://a.example/> [back](/) | [home](//a.example/)\n",
    "<p><strong>Head</strong></p>\n<p>Body</p>\n\n<https://a.example/> [back](/) | [home](//a.example/)\n",
    # Blocks: raw content, what ends it, what does not.
    "<div>\n*a* [x](y)\n\n</div>\n[z](w)\n",
    "<ul><li>a<li>b</ul>\n\n[a](b)\n",
    "<td>x\n",
    "<p>\n<http://a.example/c>\n</p>\n",
    "<P>x</p>\n",
    "<Foo>x</foo>\n",
    "<li>x</li>\n*y*\n",
    "<br>\ntext\n<hr/>\n",
    "<div/>\n\n*a*\n",
    "a\n</p>\nb\n",
    "text\n<div>x</div>\nmore\n",
    "</div>    not code\n",
    "<div>x</div>    code?\n",
    "<div>x</div> text <b>y\n",
    "<center>x\n\n[a](b)\n</center>\n",
    "<details><summary>x</summary>\n\n*a*\n</details>\n",
    "<pre>\n<b>x\n</pre>\n",
    "<script>\na<b\n</script>\nx\n",
    "<style>a</style>\n*x*\n",
    "<div><script>a</b></script></p></div>\n",
    "<div><!-- </div> --></div>\n",
    "<div><?x </div> ?></div>\n",
    "<div><!-- </div>\n",
    "<!-- a -->\n\ntext <!-- b\n",
    "   <!-- a -->\n\n   <div>x</div>\n",
    "<div markdown=\"1\">\n\n<p>x\n\n</div>\n\n*y*\n",
    "<div markdown=\"1\">*a*\n</div>\n",
    "<div markdown='span'>*a* <b>x</div>\n",
    "<p markdown=1>*a*</p>\n",
    "<div><p markdown='1'>*a*</p><div markdown='1'>\n*b*\n</div>c</div>\n",
    "<div markdown='0'>*a*</div>\n",
    "{::options parse_block_html=\"true\" /}\n\n<div>\n*a*\n</div>\n",
    # Attributes.
    "<a href=http://a.example/y>z</a>\n",
    "<img width=50%>\n",
    "<a title='a > b' hidden data-x=\"y\nz\">x</a>\n",
    "<a b=c/d>\n",
    "<div class=\"a\"id=\"b\">x</div>\n",
    # Inside text.
    "text <div>x</div> y\n",
    "a <b>c\n\nd</b>\n",
    "a <u>[a](b)</u> <kbd>*x*</kbd> <center>*x*</center>\n",
    "<b><i>x</b></i>\n",
    "*a <b>c* d</b> e*\n",
    "<b>*x</b> y*\n",
    "<span>\n\n*x*\n\n</span>\n",
    "a < b, a <b, x > y, <1>, </, < b>, <List<String>>\n",
    "a </b c> </b\nd> </ b>\n",
    "x <br> <br/> <BR> <hr> <img src='a'>\n",
    "\\<b> &lt;b> <<b>\n",
    # Links, code, emphasis: each hides what is in it, or does not.
    "[a *b](c) d*\n",
    "[a <b>](c)</b>\n",
    "[![a](b)](c) [a[b](c)](d) ![x <b>y](z)\n",
    "[a]: http://a.example \"t\"\n\n[a] [b][a] [c] [d][] [e] [a]\n",
    "[a](b 'c') [a](<b c>) [a](b(c)d) [a](b\n'c') [a](b\n",
    "[A  b]: <u v>\n[c]: d\n   'title'\n\n[a b] [c]\n",
    "`<b>` ``a ` <b>`` <code>*a* <b></code> ` <b> `\n",
    "**x* y\n***a** b*\n_a_b_ snake_case_ _x_\n",
    "$$ <b> $$ <i> $$\n\n$$\n<b>\n$$\n",
    "~~<b>x~~</b> ~~ a ~~\n",
    "x {::comment}<b>{:/} y {::nomarkdown}<b>{:/}\n\n{::nomarkdown}\n<b>\n{:/}\n\n<i>\n",
    "*a*{: .b} text{: .b} {: x\n",
    "<http://a.example/c> <mailto:a@b.example> <me@b.example> <irc://x.example> <https://a b>\n",
    # Containers: an element cannot reach out of one.
    "* a\n  <div>\n  x\n* b\n</div>\n\n[x](y)\n",
    "1. x\n\n   <div markdown=\"1\">\n   *a*\n   </div>\n",
    "- a\n\n  b <b>\n- c\n",
    "-\ta <b>\n\n\tb</b>\n",
    "- a\n    - b <b>\n        - c\n  d</b>\n",
    "*\n  a\n*  {:.x}\n   b\n",
    "- a\n^\n- b\n",
    "- [ ] <b>x\n- [x] y</b>\n- [ ](a)\n",
    "> <p>a\n> b</p>\nlazy <i>x\n",
    "> - a\n>   > <b>\n> - c</b>\n",
    "| a | <b>x |\n|---|---|\n| `a | b` | c</b> |\n| \\| | <code>a|b</code> |\n",
    "a|b\n-|-\n<b>x|y</b>\n",
    "a | b\nno pipe\n",
    "term <b>\nterm\n: def <b>\n\n: more\n\n    code\n",
    "[^1]: note <b>x\n\n    more\n\ntext[^1] [^2] [^3]\n\n[^2]: never </i>\n[^4]: unused <b>\n",
    "# head <i>x {#id}\n\nTitle\n=====\n{: #foo}\n\n## a ##\n### {#x}\n#no\n",
    "a\n# b\n- c\n> d\n```\ne\n```\n",
    "```\n<b>\n```\n<b>x\n",
    "````\n<b>\n```\n<i>\n",
    "```ruby title=x\n<b>\n```\n",
    "~~~ ruby\n<b>\n~~~~\n",
    "    <b>\n\n\t<i>\n  <u>\n",
    "a\n    <b>\n",
    "{: .x}\n<div>a</div>\n{: .y}\n*b*\n",
    "*[HTML]: x\n\nHTML <b>\n",
    "a\r\n<b>\r\n\r\n<div>\r\nb\rc </p>\r\n",
    "a <b>",
    "",
    "\n\n",
    "中文<b>粗\u3000体</b>。<中文>x</中文>\n",
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _ruby() -> None:
    need_kramdown()


@pytest.mark.parametrize("name", OPTIONS)
def test_written_texts(name: str) -> None:
    options = OPTIONS[name]
    parted = {}
    for text, answer in zip(TEXTS, kramdown(TEXTS, options), strict=True):
        assert "error" not in answer, (text, answer["error"])
        if found := differences(text, answer, options):
            parted[text] = found
    assert not parted


@pytest.mark.parametrize("name", OPTIONS)
def test_made_up_texts(name: str) -> None:
    options = OPTIONS[name]
    texts = [snippet(seed) for seed in range(300)]
    parted = {}
    for seed, (text, answer) in enumerate(zip(texts, kramdown(texts, options), strict=True)):
        if "error" not in answer and (found := differences(text, answer, options)):
            parted[seed] = (text, found)
    assert not parted


def test_the_comparison_sees_a_difference() -> None:
    text, other = "<p><b>x</p>\n", "<p><b>x</b></p>\n"
    answer = kramdown([other])[0]
    assert any(line.startswith("printed") for line in differences(text, answer))
    assert any(line.startswith("warnings") for line in differences(text, answer))
