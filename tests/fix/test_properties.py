"""Whatever the HTML: fixing it ends, is done after one run, keeps the text and brings no new finding."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from postlint.document import Document
from postlint.finding import Safety
from postlint.fix.loop import Fixed, Found, fix_document
from postlint.parse.markdown import render
from tests.html_documents import document
from tests.kramdown.compare import kramdown, need_kramdown, theirs
from tests.kramdown.generate import snippet

_NAMES = (
    "b",
    "i",
    "strong",
    "em",
    "a",
    "span",
    "code",
    "p",
    "div",
    "ul",
    "li",
    "blockquote",
    "table",
    "td",
    "ruby",
    "rt",
)
# fmt: off
_ODD = (
    "<a href=http://x.example/>", '<a href="x>', "</b", "< /em>", "<\\/i>", "</br>", "<br>", "<hr>", "span>", "/b>",
    "<storng>", "</storng>", "<div/>", "<!-- c -->", "<!--", "<script>", "</script>", "<img src=a%>", "<Foo>",
)
# Words in a script that no tag is written in.
_TEXT = (
    "一", "二 三", "*四*", "**五", "[六](/u)", "`<b>七`", "&amp;", "八 < 九", "{{ x }}", "{% if x %}", "{% endif %}",
    "|", "<https://a.example>", "\\<",
)
# fmt: on
_tags = st.one_of(
    st.sampled_from(_NAMES).map(lambda name: f"<{name}>"),
    st.sampled_from(_NAMES).map(lambda name: f"</{name}>"),
    st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)).map(lambda two: f"<{two[0]}>十</{two[1]}>"),
    st.sampled_from(_NAMES).map(lambda name: f'<{name} class="x">'),
    st.sampled_from(_ODD),
)
_words = st.sampled_from(_TEXT)
_gaps = st.sampled_from(["", "", "", " ", "\n", "\n\n", "\n- ", "\n> ", "\r\n", "\n    "])
_texts = st.lists(st.tuples(st.one_of(_tags, _tags, _words), _gaps), min_size=1, max_size=14).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)
_documents = st.tuples(
    _texts, st.sampled_from(["plain", "jekyll", "hugo"]), st.sampled_from(["a.md", "a.md", "a.html"])
).map(lambda chosen: document(*chosen))

check = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True, max_examples=300)


def findings(doc: Document) -> list[Found]:
    return [Found(problem.kind, problem.message, problem.fix) for problem in doc.nesting.problems]


def fixed(doc: Document, least: Safety) -> Fixed:
    return fix_document(doc, findings, least=least)


def letters(doc: Document) -> str:
    """What a browser shows of the document, letter by letter, once CommonMark has made HTML of it."""
    text = doc.masked.content[doc.body.start :]
    tree = LexborHTMLParser("<!DOCTYPE html><body>" + (render(text) if doc.is_markdown else text))
    assert tree.body is not None
    return "".join(re.findall(r"\w", tree.body.text()))


@pytest.mark.parametrize("least", [Safety.SAFE, Safety.UNSAFE])
@given(doc=_documents)
@check
def test_spans_lie_in_the_text_and_fixes_are_done_after_one_run(least: Safety, doc: Document) -> None:
    for problem in doc.nesting.problems:
        places = [problem.span, *problem.tags, *(related.span for related in problem.related)]
        places += [edit.span for edit in problem.fix.edits] if problem.fix is not None else []
        assert all(0 <= place.start <= place.end <= len(doc.content) for place in places)
        assert problem.span in problem.tags
    once = fixed(doc, least)
    again = fixed(doc.with_content(once.content), least)
    assert again.content == once.content
    assert not again.applied


@pytest.mark.parametrize("least", [Safety.SAFE, Safety.UNSAFE])
@given(doc=_documents)
@check
def test_no_fix_brings_a_finding(least: Safety, doc: Document) -> None:
    result = fixed(doc, least)
    before, after = (
        Counter(f.rule for f in findings(doc)),
        Counter(f.rule for f in findings(doc.with_content(result.content))),
    )
    assert not after - before
    assert after.total() <= before.total() - len(result.applied)


@given(doc=_documents)
@check
def test_a_safe_fix_keeps_each_letter(doc: Document) -> None:
    after = doc.with_content(fixed(doc, Safety.SAFE).content)
    assert letters(after) == letters(doc)


@given(doc=_documents)
@check
def test_an_unsafe_fix_loses_no_word(doc: Document) -> None:
    after = doc.with_content(fixed(doc, Safety.UNSAFE).content)
    # The names of tags that were to be seen before are tags now, and a tag that was none may show what it swallowed.
    lost = Counter(char for char in letters(doc) if not char.isascii()) - Counter(letters(after))
    assert not lost


@pytest.mark.generator
def test_kramdown_prints_no_tag_that_it_did_not_print_before() -> None:
    need_kramdown()
    before = [document(snippet(seed), "jekyll") for seed in range(400)]
    pairs = [
        (doc, doc.with_content(fixed(doc, least).content)) for doc in before for least in (Safety.SAFE, Safety.UNSAFE)
    ]
    pairs = [(old, new) for old, new in pairs if old.content != new.content]
    assert len(pairs) > 200
    answers = kramdown([doc.masked.content for pair in pairs for doc in pair])
    wrong = []
    for (old, new), was, now in zip(pairs, answers[::2], answers[1::2], strict=True):
        more = theirs(now)["printed"] - theirs(was)["printed"]
        gone = theirs(was)["links"] - theirs(now)["links"]
        if more or gone:
            wrong.append((old.content, new.content, more, gone))
    assert not wrong
