"""The loop: passes until nothing changes, each fix checked, a refused one said and the others made."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from postlint.document import Document, Profile
from postlint.finding import Edit, Fix, Safety
from postlint.fix.loop import Fixed, Found, fix_document
from postlint.parse.dialect import Dialect
from postlint.text import Span, Text

Finder = Callable[[Document], Sequence[Found]]


def document(content: str) -> Document:
    return Document("a.md", Text(content), Profile())


def replacing(rule: str, pattern: str, text: str, safety: Safety = Safety.SAFE) -> Finder:
    """A rule that wants each match of ``pattern`` written otherwise."""

    def find(doc: Document) -> list[Found]:
        return [
            Found(rule, match.group(), Fix(f"write {text}", (Edit(Span(*match.span()), text),), safety))
            for match in re.finditer(pattern, doc.content)
        ]

    return find


def together(*finders: Finder) -> Finder:
    return lambda doc: [found for find in finders for found in find(doc)]


def fixed(content: str, *finders: Finder, least: Safety = Safety.SAFE) -> Fixed:
    return fix_document(document(content), together(*finders), least=least)


def test_all_are_made_and_named() -> None:
    result = fixed("one two one\n", replacing("x/one", "one", "1"))
    assert result.content == "1 two 1\n"
    assert result.applied == [("x/one", "write 1")] * 2
    assert result.refused == []


def test_a_fix_may_bring_work_for_the_next_pass() -> None:
    # The two touch: the order would count, so the second waits.
    result = fixed("abab\n", replacing("x/pair", "ab", "x"))
    assert result.content == "xx\n"


def test_unsafe_fixes_wait_for_leave() -> None:
    rule = replacing("x/one", "one", "1", Safety.UNSAFE)
    assert fixed("one\n", rule).content == "one\n"
    assert fixed("one\n", rule, least=Safety.UNSAFE).content == "1\n"


def test_display_only_fixes_are_never_made() -> None:
    assert fixed("one\n", replacing("x/one", "one", "1", Safety.DISPLAY), least=Safety.UNSAFE).content == "one\n"


@pytest.mark.parametrize("text", ["one more one", "ones"])
def test_a_fix_that_leaves_its_finding_is_refused(text: str) -> None:
    """Made again and again it would fill the file."""
    result = fixed("one\n", replacing("x/one", "one", text))
    assert result.content == "one\n"
    assert result.refused == [("x/one", f"write {text}", "the finding would still be there")]


def test_a_fix_that_brings_another_finding_is_refused_and_the_others_are_made() -> None:
    result = fixed(
        "one two\n", replacing("x/one", "one", "bad"), replacing("x/two", "two", "2"), replacing("y/bad", "bad", "x")
    )
    assert result.content == "one 2\n"
    assert result.refused == [("x/one", "write bad", "it would bring a new finding of y/bad")]


def test_front_matter_that_loads_must_go_on_loading() -> None:
    result = fixed("---\ntitle: a\n---\n", replacing("x/title", "title: a", "title: [a"))
    assert result.content == "---\ntitle: a\n---\n"
    assert result.refused[0][2] == "the front matter would no longer load"


def test_a_value_that_no_edit_touches_must_stay() -> None:
    content = "---\ntitle: a\nb: &x 1\nc: *x\n---\n"
    result = fixed(content, replacing("x/anchor", "&x 1", "&x 2"))
    assert result.content == content
    assert result.refused[0][2] == "the value of 'c' would change"


def test_what_a_browser_shows_must_stay() -> None:
    result = fixed("<p>a <b>b</b> c</p>\n", replacing("x/bold", "</b> c", " c</b>"))
    assert result.content == "<p>a <b>b</b> c</p>\n"
    assert result.refused


def test_a_file_with_bytes_that_are_not_utf8_is_left_alone() -> None:
    doc = Document("a.md", Text.decode(b"one \xff\n"), Profile())
    result = fix_document(doc, replacing("x/one", "one", "1"), least=Safety.UNSAFE)
    assert result.content == doc.content
    assert result.refused[0][2] == "the file is not UTF-8"


def test_findings_of_the_whole_site_count_in_the_first_pass() -> None:
    extra = replacing("site/one", "one", "1")(document("one\n"))
    result = fix_document(document("one\n"), lambda doc: [], least=Safety.SAFE, first=extra)
    assert result.content == "1\n"


def test_findings_of_the_whole_site_outlive_a_refused_fix_beside_them() -> None:
    content = "one, bad, two, three\n"
    extra = [
        Found("site/word", word, Fix(f"write {mend}", (Edit(Span(at, at + len(word)), mend),)))
        for word, mend in (("one", "first"), ("two", "2"), ("three", "3"))
        for at in [content.index(word)]
    ]
    result = fix_document(document(content), replacing("x/bad", "bad", "bad!"), least=Safety.SAFE, first=extra)
    assert result.content == "first, bad, 2, 3\n"
    assert result.refused == [("x/bad", "write bad!", "the finding would still be there")]


def marked(doc: Document) -> list[Found]:
    return [Found("x/mark", "", Fix("drop it", (), drop_byte_order_mark=True))] if doc.text.bom else []


def test_a_byte_order_mark_is_dropped_and_nothing_else() -> None:
    doc = Document("a.md", Text("one\n", bom=True), Profile())
    result = fix_document(doc, marked, least=Safety.SAFE)
    assert (result.content, result.bom, result.applied) == ("one\n", False, [("x/mark", "drop it")])
    both = fix_document(doc, together(marked, replacing("x/one", "one", "1")), least=Safety.SAFE)
    assert (both.content, both.bom) == ("1\n", False)


def test_a_byte_order_mark_stays_where_no_fix_drops_it() -> None:
    doc = Document("a.md", Text("one\n", bom=True), Profile())
    assert fix_document(doc, replacing("x/one", "one", "1"), least=Safety.SAFE).bom


def test_a_byte_order_mark_that_is_not_there_is_not_dropped() -> None:
    extra = [Found("site/mark", "", Fix("drop it", (), drop_byte_order_mark=True))]
    result = fix_document(document("one\n"), lambda doc: [], least=Safety.SAFE, first=extra)
    assert result.refused == [("site/mark", "drop it", "it changes nothing")]
    doc = Document("a.md", Text("one\n", bom=True), Profile())
    result = fix_document(doc, lambda doc: [], least=Safety.SAFE, first=extra)
    assert (result.bom, result.refused, len(result.applied)) == (False, [], 1)


BLANK = "---\ntitle: |\n  a \n  b\nnote: c \n---\nOne \ntwo  \nthree\n\n```\ncode \n```\n\n<pre>pre \nx</pre> \n"


@pytest.mark.parametrize(
    ("pattern", "refused"),
    [
        ("a \n", "the value of 'title' would change"),
        ("c \n", ""),
        ("One \n", ""),
        ("two  \n", "the text that a reader sees would change"),
        ("code \n", "white space in code or in a template tag would change"),
        ("pre \n", "white space in code or in a template tag would change"),
        ("</pre> \n", ""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_white_space_is_taken_away_where_it_shows_nothing(pattern: str, refused: str, end: str) -> None:
    content = BLANK.replace("\n", end)

    def find(doc: Document) -> list[Found]:
        stop = doc.content.find(pattern.replace("\n", end))
        if stop < 0:
            return []
        word = pattern.rstrip()
        span = Span(stop + len(word), stop + len(pattern) - 1)
        return [Found("x/blank", "", Fix("remove it", (Edit(span, ""),)))]

    result = fixed(content, find)
    if refused:
        assert result.content == content
        assert [reason for _, _, reason in result.refused] == [refused]
    else:
        assert result.refused == []
        assert result.content == content.replace(pattern.replace("\n", end), pattern.rstrip() + end)


def test_white_space_in_template_tags_stays() -> None:
    content = "---\n---\n{% highlight sh %}\na \n{% endhighlight %}\n"
    doc = Document("a.md", Text(content), Profile(dialect=Dialect(templates="liquid")))
    result = fix_document(doc, replacing("x/blank", " (?=\\n{% end)", ""), least=Safety.SAFE)
    assert result.content == content
    assert result.refused[0][2] == "white space in code or in a template tag would change"
