"""The check that a change of HTML takes nothing from the reader."""

from __future__ import annotations

import pytest

from postlint.finding import Edit, Safety
from postlint.fix.checks import check_fix
from postlint.fix.safety import check_body, check_html, check_kramdown
from postlint.text import Span
from tests.html_documents import document


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p><strong>a</p>\n<p></strong>b</p>", "<p><strong>a</strong></p>\n<p>b</p>"),
        ("<b><i>x</b></i>", "<b><i>x</i></b>"),
        ("<p><em>a</p><p>b</em>c</p>", "<p><em>a</em></p><p><em>b</em>c</p>"),
        ("a</br>b", "a<br>b"),
        ("a</b>b</img>", "ab"),
        ("<p>a<ul><li>b</ul></p>", "<p>a<ul><li>b</ul>"),
        ("<p>a</p></p>", "<p>a</p>"),
        ("<a href=u/v>x</a>", '<a href="u/v">x</a>'),
        ("<ul>\n<li>a\n</ul>", "<ul><li>a</li></ul>"),
    ],
)
def test_what_shows_the_same_is_safe(before: str, after: str) -> None:
    assert check_html(before, after) is None
    assert check_html(after, before) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<b>x</b>y", "<b>xy</b>"),
        ("<p>a</p>", "<p></p>"),
        ("a<br>b", "ab"),
        ("a<img src=x>b", "ab"),
        ('<a href="u">x</a>', '<a href="v">x</a>'),
        ('<a href="u">x</a>', "x"),
        ("<ul><li>a</ul>", "a"),
        ("<p><strong>a</p><p></strong>b</p>", "<p><strong>a</p><p>b</p></strong>"),
        ("a<!-- b -->", "a b"),
        ("<title>x", "x"),
        ("<table><tr><td>a<td>b</table>", "a b"),
        ("a <script>x()</script>", "a"),
    ],
)
def test_what_shows_otherwise_is_not(before: str, after: str) -> None:
    assert check_html(before, after) is not None


def test_moving_each_end_tag_to_the_end_keeps_the_text_and_is_refused() -> None:
    before = "<p><strong>One</p>\n<p></strong>two</p>\n<p>three</p>"
    after = before.replace("</strong>", "") + "</strong>"
    assert check_html(before, after) == "the formatting or a link of some text would change"


def test_beyond_a_parsers_limits_nothing_is_safe() -> None:
    deep = "<div>" * 300 + "x"
    assert check_html(deep, deep + "</b>") == "its elements are nested too deeply to compare"
    long = "x" * 4_000_001
    assert check_html(long, long + "</b>") == "the text is too long to compare"


def test_code_is_not_read_as_tags() -> None:
    # Were the fence read as HTML, <title> would swallow the rest and hide any change.
    before = document("```html\n<title>\n```\n\n<b>x</b> y\n")
    after = document("```html\n<title>\n```\n\n<b>x y</b>\n")
    assert check_body(before, after) is not None
    assert check_body(document("`<b>` a</i>\n"), document("`<b>` a\n")) is None


def test_a_tag_whose_removal_lets_markdown_in_is_not_removed_safely() -> None:
    before = document("</span>\n*x*\n")
    after = document("*x*\n")
    assert check_html("</span>\n*x*\n", "*x*\n") is None
    assert check_body(before, after) is not None


def test_templates_stay_as_they_are() -> None:
    before = document("<b>{{ page.title }}</b></i>\n", "jekyll")
    after = document("<b>{{ page.title }}</b>\n", "jekyll")
    assert check_body(before, after) is None


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("<div>x</div>\n\n[a](b)\n", "<div>x\n\n[a](b)\n", "kramdown would leave a link unrendered"),
        ("<b>x</b>\n", "<b>x</i></b>\n", "kramdown would print a tag that it does not print now"),
        ("<div>x</div>\n\n# a\n", "<div>x\n\n# a\n", "kramdown would leave some Markdown unrendered"),
        ("<div>x</b></div>\n\n[a](b)\n", "<div>x</div>\n\n[a](b)\n", None),
    ],
)
def test_what_kramdown_would_print_or_leave_is_no_fix(before: str, after: str, why: str | None) -> None:
    assert check_kramdown(document(before, "jekyll"), document(after, "jekyll")) == why


def test_a_quote_by_itself_is_looked_at_as_a_tag_is() -> None:
    before = document('<a href="x>one</a>\n\n[two](u) "\n', "jekyll")
    edit = Edit(Span(10, 10), '"')
    after = before.with_content('<a href="x">one</a>\n\n[two](u) "\n')
    assert check_fix(before, after, [edit], Safety.UNSAFE) is None
    assert check_fix(before, after, [edit], Safety.SAFE) is not None
