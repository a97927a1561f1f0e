"""Which tag is a slip of the pen, which is text in angle brackets, and which is an element that somebody defines."""

from __future__ import annotations

import pytest

from tests.html_documents import apply, document


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("<sapn>x</sapn>", "span"),
        ("<storng>x</storng>", "strong"),
        ("<stong>x</stong>", "strong"),
        ("<strongg>x</strongg>", "strong"),
        ("<blokquote>x</blokquote>", "blockquote"),
        ("<rubyb>x</rubyb>", "ruby"),
        ('<imgg src="a.png">', "img"),
        ("<brr>", "br"),
    ],
)
def test_the_element_that_was_meant_is_named_and_written(tag: str, meant: str) -> None:
    doc = document(f"Some {tag} words\n")
    [problem] = doc.nesting.of("unknown")
    assert f"<{meant}> was probably meant" in problem.message
    fixed = document(apply(doc, problem))
    assert not fixed.nesting.problems
    assert f"<{meant}" in fixed.content and doc.content.count("x") == fixed.content.count("x")


@pytest.mark.parametrize(
    "word", ["url", "date", "node", "bar", "int", "dev", "str", "mode", "line", "item", "user", "T", "your-name"]
)
def test_a_word_of_its_own_is_taken_for_text(word: str) -> None:
    doc = document(f"Some <{word}> words\n")
    [problem] = doc.nesting.of("unknown")
    assert "the reader does not see it" in problem.message
    fixed = document(apply(doc, problem))
    assert fixed.content == f"Some &lt;{word}&gt; words\n"
    assert not fixed.nesting.problems


@pytest.mark.parametrize(
    "text",
    [
        "<my-card>x</my-card> and <my-card>",
        '<my-card kind="a">',
        "<my-card/> <Card/>",
        "<o:p></o:p>",
        '<player src="a.mp3"></player>',
        "<svg><g><unheard>x</unheard></g></svg>",
        "a <circle></circle> b",
        "{{< tabs >}}<unheard>{{< /tabs >}}",
        "<script>if (a <b && c> d) {}</script>",
        "<textarea><unheard></textarea>",
    ],
)
def test_what_somebody_defines_is_left_alone(text: str) -> None:
    assert not document(text + "\n", "hugo").nesting.of("unknown")


def test_names_of_svg_are_text_where_nothing_closes_them() -> None:
    [problem] = document("-e, --exclude <pattern>: leave out\n").nesting.of("unknown")
    assert problem.consequence == "the reader sees “-e, --exclude : leave out”"


def test_a_pair_is_one_problem_with_all_that_is_in_it() -> None:
    doc = document("Add <a1><b1>x</b1> <c1>y</a1> and <d1>.\n")
    pair, alone = doc.nesting.of("unknown")
    assert apply(doc, pair, alone) == "Add &lt;a1&gt;&lt;b1&gt;x&lt;/b1&gt; &lt;c1&gt;y&lt;/a1&gt; and &lt;d1&gt;.\n"
