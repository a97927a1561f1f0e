"""Makes up Markdown with HTML in it: small texts in which tags, emphasis, links and blocks get in each other's way."""

from __future__ import annotations

from random import Random

__all__ = ["snippet"]

_BLOCK_TAGS = ["p", "div", "ul", "li", "table", "td", "blockquote", "pre", "h2", "section", "details", "center", "P"]
_SPAN_TAGS = ["b", "strong", "i", "em", "a", "span", "code", "u", "kbd", "del", "sup", "B", "font", "x-y"]
_ATTRIBUTES = [
    "", "", "", "", ' class="x"', " id='y'", ' title="a > b"', " href=http://a.b/c", " hidden", " width=10",
    " width=50%",
    ' markdown="1"', ' markdown="0"', ' markdown="span"', ' markdown="block"', ' a="b', "\n  c='d'",
]  # fmt: skip
_WORDS = [
    "word", "two words", "中文", "snake_case_name", "a", "1.", "x*y", "_em_", "*em*", "**strong**",
    "***both***", "*open",
    "close*", "**open", "close**", "_open", "close_", "`code`", "``a ` b``", "`open", "` `", "[link](url)",
    "[link](url 'title')", "[a](<b c>)", "[ref]", "[ref][]", "[text][ref]", "[text][none]", "![img](src)", "![open(",
    "[open", "open](u)", "[a [b] c](d(e)f)", "<http://a.b/c>", "<mailto:a@b.c>", "<me@x.y>", "&lt;", "&a_b;", "&",
    "\\<", "\\*", "\\`", "\\[", "a < b", "a <b", "x > y", "<<", ">>", "<!-- c -->", "<!--", "-->", "$$m$$", "$$",
    "~~strike~~", "~~", "{:.x}", "{:", "{::comment}c{:/}", "{::nomarkdown}<b>{:/}", "[^1]", "[^2]", '"', "'",
    "--", "...",
    "|", "\\|", "</", "<", "< b>", "<?x ?>", "<1>", "\u3000", "**a *b* c**", "<br>", "<br/>", "<img src='a'>", "<hr>",
    "*a <b>c* d</b>", "<b>*x</b> y*", "[a <b>](c)</b>", "<List<String>>", "</div >", "</b c>", "<Foo>", "{:/}",
]  # fmt: skip
_LINES = [
    "", "", "", "", "* item", "- item", "  - nested", "1. one", "   more", "    code", "\tcode", "> quote",
    ">", "# head",
    "## head {#id}", "Title\n=====", "Sub\n---", "---", "* * *", "```", "```ruby", "~~~", "~~~~ a b", "| a | b |",
    "|---|---|", "a | b", "term\n: definition", ": definition", "[ref]: http://x.y/z", "[ref]: <u v> 'title'",
    "[^1]: note", "[^2]: note\n    more", "*[abbr]: long", "{: .class}", "{: #id}", "{:toc}", "{::comment}",
    "{:/comment}",
    "^", "$$", "$$ x $$", "<!--", "-->", "{::options parse_block_html=\"true\" /}", "- [ ] task",
    "- [x] task", "+ plus",
    "<script>", "</script>", "<style>a<b</style>", "  ", "\\$$ x $$",
]  # fmt: skip


def _tag(random: Random) -> str:
    name = random.choice(_BLOCK_TAGS if random.random() < 0.4 else _SPAN_TAGS)
    roll = random.random()
    if roll < 0.45:
        return f"<{name}{random.choice(_ATTRIBUTES)}>"
    if roll < 0.9:
        return f"</{name}>"
    return f"<{name}{random.choice(_ATTRIBUTES)} />"


def _text(random: Random) -> str:
    parts = []
    for _ in range(random.randint(1, 6)):
        roll = random.random()
        if roll < 0.25:
            parts.append(_tag(random))
        elif roll < 0.4:
            name = random.choice(_SPAN_TAGS)
            parts.append(f"<{name}>{random.choice(_WORDS)}</{name}>")
        else:
            parts.append(random.choice(_WORDS))
        parts.append(random.choice(["", " ", " ", " "]))
    return "".join(parts)


def _line(random: Random) -> str:
    roll = random.random()
    if roll < 0.35:
        line = random.choice(_LINES)
        if line and random.random() < 0.5:
            line += " " + _text(random)
        return line
    if roll < 0.5:
        return random.choice(["", "", "", " ", "  ", "   ", "> ", "  * ", "    "]) + _tag(random)
    if roll < 0.6:
        name = random.choice(_BLOCK_TAGS)
        return f"<{name}>{_text(random)}</{name}>"
    return random.choice(["", "", "", "", "", " ", "  ", "> ", "  ", "    "]) + _text(random)


def snippet(seed: int) -> str:
    """The text that belongs to ``seed``."""
    random = Random(seed)
    lines = []
    for _ in range(random.randint(1, 12)):
        lines.append(_line(random))
        if random.random() < 0.2:
            lines.append("")
    text = "\n".join(lines)
    if random.random() < 0.9:
        text += "\n"
    roll = random.random()
    if roll < 0.05:
        return text.replace("\n", "\r\n")
    if roll < 0.08:
        return text.replace("\n", "\r")
    return text
