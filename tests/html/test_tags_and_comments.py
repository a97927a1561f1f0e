"""The views that the rules about single tags share: start tags, comments, and places in a text."""

from __future__ import annotations

import random

import pytest

from postlint.parse.ranges import Ranges
from postlint.text import Span
from tests.html_documents import document


def names(text: str, generator: str = "plain", path: str = "a.md") -> list[str]:
    return [tag.name for tag in document(text, generator, path).tags]


@pytest.mark.parametrize(
    ("text", "generator", "expected"),
    [
        ("a <b>c</b> `<i>` <!-- <u> -->", "plain", ["b"]),
        ("<div>\n\n    <i>\n\n</div>", "plain", ["div"]),
        ("<div>\n\n    <i>x</i>\n\n</div>", "jekyll", ["div", "i"]),  # to kramdown no code there
        ("a <div> b", "jekyll", []),  # printed
        ("<https://example.org> <me@example.org> <b>", "plain", ["b"]),
        ("<div>\n<https://example.org> <me@example.org>\n</div>", "plain", ["div"]),
        ("<script>'<b>'</script>\n\n<i>", "plain", ["script", "i"]),
        ("<textarea><b>x</b></textarea>\n", "jekyll", ["textarea"]),
        ("<div>\n<textarea><b>x</b></textarea>\n<i>x</i>\n</div>", "jekyll", ["div", "textarea", "i"]),
    ],
)
def test_the_tags_that_browsers_get(text: str, generator: str, expected: list[str]) -> None:
    assert names(text, generator) == expected


def test_components_and_dropped_html_are_no_tags() -> None:
    assert names("<Box a={b}>", path="a.mdx") == []
    hugo = document("a <b>c</b>", "hugo")
    assert [tag.name for tag in hugo.tags] == ["b"]  # as this profile has it; the pages ask with raw HTML off


@pytest.mark.parametrize("generator", ["plain", "jekyll"])
def test_what_stands_in_a_drawing_is_foreign(generator: str) -> None:
    text = '<p><svg a="b"><g><path/></g><svg></svg><i></i></svg><b>x</b><math/><u>y</u></p>\n'
    foreign = {tag.name: tag.foreign for tag in document(text, generator).tags}
    assert foreign == {
        "p": False,
        "svg": True,
        "g": True,
        "path": True,
        "i": True,
        "b": False,
        "math": True,
        "u": False,
    }


@pytest.mark.parametrize(
    ("tag", "complete"),
    [
        ("<i a=b>", True),
        ('<i a="{{ x }}">', True),
        ('<i a="x{{ x }}y" b=1>', True),
        ("<i {{ x }}>", False),
        ("<i {% if x %}a=b{% endif %}>", False),
        ('<i a="1" {{ x }} b="{{ y }}">', False),
    ],
)
def test_a_template_outside_a_value_may_add_attributes(tag: str, complete: bool) -> None:
    [found] = document(f"---\ntitle: A\n---\n{{{{ z }}}} {tag} {{{{ z }}}}", "jekyll").tags
    assert found.complete is complete


def test_the_first_of_two_attributes_is_the_one() -> None:
    text = "<i a=1 A=2>"
    [tag] = document(text).tags
    first = tag.get("a")
    assert first is not None and first.value == Span(5, 6)
    assert tag.get("b") is None
    assert [attribute.name for attribute in tag.attributes] == ["a", "a"]


def states(text: str, generator: str = "plain", path: str = "a.md") -> list[str]:
    doc = document(text, generator, path)
    return [f"{doc.content[c.span.start : c.span.end]} {c.state}" for c in doc.comments]


@pytest.mark.parametrize(
    ("text", "generator", "expected"),
    [
        ("<!-- a -->\n\nb <!-- c --> `<!-- d`", "plain", ["<!-- a --> closed", "<!-- c --> closed"]),
        ("<!-- a -->\n\nb <!-- c --> `<!-- d`", "jekyll", ["<!-- a --> closed", "<!-- c --> closed"]),
        ("<!-- a\n\nb", "plain", ["<!-- a\n\nb open"]),
        ("<!-- a\n\nb", "jekyll", ["<!-- printed"]),
        ("x <!-- a\n\nb -->", "plain", ["<!-- printed"]),
        ("> <!-- a\n> b -->\n\nc", "plain", ["<!-- a\n> b --> closed"]),
        ("<script>'<!--'</script>\n", "plain", []),
        ("<script>'<!--'</script>\n", "jekyll", []),
        ("\\<!-- a", "plain", []),
        ("<? a\n\nb", "plain", ["<? a\n\nb open"]),
        ("<? a\n\nb", "jekyll", []),
        ("<i a='<!--'>b</i> <!-- c -->", "jekyll", ["<!-- c --> closed"]),
    ],
)
def test_where_comments_end(text: str, generator: str, expected: list[str]) -> None:
    assert states(text, generator) == expected


def test_browsers_end_a_comment_at_an_exclamation_mark_too() -> None:
    assert states("<p><!-- a --!>b</p>", path="a.html") == ["<!-- a --!>b</p> closed"]
    assert states("<p><!-- a -- >b</p>", path="a.html") == ["<!-- a -- >b</p> open"]


def test_ranges_answer_as_looking_at_each_span_does() -> None:
    source = random.Random(3)
    for _ in range(200):
        starts = [source.randrange(60) for _ in range(source.randrange(6))]
        spans = [Span(start, start + source.randrange(1, 9)) for start in starts]
        ranges = Ranges(spans)
        for at in range(70):
            assert ranges.hold(at) == any(span.start <= at < span.end for span in spans)
            wanted = Span(at, at + source.randrange(1, 6))
            assert ranges.touch(wanted) == any(s.start < wanted.end and wanted.start < s.end for s in spans)
