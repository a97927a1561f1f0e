"""The nesting of tags: what is one problem, what is none, whatever the text."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from tests.html_documents import apply, document, short

INLINE = ["b", "i", "em", "strong", "span", "code", "u", "a", "sup", "small", "kbd"]
BLOCKS = ["div", "section", "blockquote", "ul", "p", "table", "details", "h2"]


def balanced(source: random.Random, depth: int = 0) -> str:
    """HTML that a conforming parser reads without an error of nesting."""
    parts: list[str] = []
    for _ in range(source.randint(1, 3)):
        name = source.choice(BLOCKS)
        if name == "ul":
            end = source.choice(["</li>", ""])
            parts.append("<ul>" + "".join(f"<li>{inline(source)}{end}" for _ in range(2)) + "</ul>")
        elif name == "table":
            cell, row = source.choice([("</td>", "</tr>"), ("", "")])
            parts.append(f"<table><tr><td>{inline(source)}{cell}<td>x{cell}{row}<tr><td>y{cell}{row}</table>")
        elif name == "p":
            parts.append(f"<p>{inline(source)}" + source.choice(["</p>", "", "</p>"]))
        elif name == "h2":
            parts.append(f"<h2>{inline(source)}</h2>")
        else:
            inside = balanced(source, depth + 1) if depth < 3 else inline(source)
            parts.append(f"<{name}>{inside}</{name}>")
    return "\n".join(parts)


def inline(source: random.Random, depth: int = 0) -> str:
    parts: list[str] = []
    for _ in range(source.randint(1, 3)):
        kind = source.randint(0, 3)
        if kind == 0 and depth < 3:
            name = source.choice(INLINE[: 7 if depth else 11])
            parts.append(f"<{name}>{inline(source, depth + 1)}</{name}>")
        elif kind == 1:
            parts.append(source.choice(["<br>", "<img src=x>", "<!-- <b> -->", "a &lt;b"]))
        else:
            parts.append("text ")
    return "".join(parts)


@pytest.mark.parametrize("seed", range(40))
def test_what_nests_well_is_no_problem(seed: int) -> None:
    text = balanced(random.Random(seed)) + "\n"
    for path in ("a.html", "a.md"):
        assert short(document(text, path=path)) == []


PIECES: list[str] = str.split(
    "<b> </b> <i> </i> <p> </p> <div> </div> <span> </span> <ul> <li> </li> </ul> <br> </br> <a|href=u> </a> text "
    "*x* [l](u) <table><tr><td> </td></tr></table> <td> <strong> </strong> <div|markdown=1> # <hr> <sup> </sup> < "
    "{%|if|x|%} {%|else|%} {%|endif|%} </em> </storng <script> </script> `<b>` <!-- -->"
)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("generator", ["jekyll", "plain", "hugo"])
def test_whatever_the_text_each_tag_is_pointed_at_once_and_inside_it(seed: int, generator: str) -> None:
    source = random.Random(seed)
    for _ in range(60):
        chosen = [
            source.choice(PIECES).replace("|", " ") + source.choice(["", " ", "\n", "\n\n", "\n- "]) for _ in range(12)
        ]
        doc = document("".join(chosen), generator)
        problems = doc.nesting.problems
        places = [(problem.kind, problem.span) for problem in problems]
        assert len(set(places)) == len(places)
        assert all(0 <= p.span.start < p.span.end <= len(doc.content) for p in problems)
        assert all(p.message and not p.message.endswith(".") for p in problems)
        for problem in problems:
            if problem.fix is not None:
                apply(doc, problem)
                spans = sorted(edit.span for edit in problem.fix.edits)
                assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p><b><i>x</p>\n<p></i></b>y</p>\n", ["1:4 misnested"]),
        ("<div><section>x</div></section></div>\n", ["1:16 stray-end"]),
        ("<b>x<b>\n", ["1:1 unclosed"]),
        ("<em>x</emm>\n", ["1:6 stray-end"]),
        ('x <a href="y>z</a> and <b>w</b>\n', ["1:3 malformed"]),
        ("<p>a<ul><li>b</ul></p>\n", ["1:19 stray-end"]),
        ("<b>x<p>y</b>z</p>\n", ["1:5 misnested"]),
        ("<table><tr><td><b>x</td></tr></table>\n", ["1:16 unclosed"]),
    ],
)
def test_one_mistake_is_one_problem(text: str, expected: list[str]) -> None:
    assert short(document(text, path="a.html")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{% if a %}<div>{% endif %}x{% if a %}</div>{% endif %}\n",
        "{% for p in site.posts %}<li>{{ p.title }}{% endfor %}\n",
        "{% if a %}<b>{% else %}<i>{% endif %}x{% if a %}</b>{% else %}</i>{% endif %}\n",
        "{% capture x %}<div>{% endcapture %}{{ x }}text</div>\n",
    ],
)
def test_tags_that_cross_the_border_of_a_template_block_are_unknown(text: str) -> None:
    assert short(document(text, "jekyll", "a.html")) == []


def test_a_block_of_a_template_that_is_sound_in_itself_hides_nothing() -> None:
    text = "<div>{% if a %}<b>x</b>{% endif %}\n<p><i>y</p>\n</div>\n"
    assert short(document(text, "jekyll", "a.html")) == ["2:4 unclosed"]


def test_mdx_is_left_alone() -> None:
    assert short(document("<Tabs>\n<b>x\n", path="a.mdx")) == []


def test_a_quoted_block_of_html_goes_over_its_lines() -> None:
    assert short(document("> <div\n> class='a'>\n> <b>x</b>\n> </div>\n")) == []
