"""Suppression comments: where they are seen, what they name, and which lines they cover."""

from __future__ import annotations

import time

import pytest

from postlint.document import Document, Profile
from postlint.parse.dialect import Dialect
from postlint.parse.directives import Directive
from postlint.text import Text

JEKYLL = Profile("jekyll", Dialect(markdown="kramdown", templates="liquid", fences="jekyll"))
BARE = Profile("plain", Dialect(templates="none"))
HUGO = Profile("hugo", Dialect(markdown="goldmark", templates="hugo", fences="hugo"))


def read(content: str, *, path: str = "_posts/2024-01-02-a.md", profile: Profile = JEKYLL) -> tuple[Directive, ...]:
    return Document(path, Text(content), profile).directives


def one(content: str, **how: object) -> Directive:
    found = read(content, **how)  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def names(directive: Directive) -> list[str]:
    return [selector.text for selector in directive.rules]


# What it says ----------------------------------------------------------------------------------------------------


def test_names_and_reason_with_their_places() -> None:
    content = "a\n<!-- postlint-disable-next-line html/misnested-tag, link/*: the player needs it -->\n<b><i></b></i>\n"
    found = one(content)
    assert (found.kind, found.reason) == ("disable-next-line", "the player needs it")
    assert [content[s.span.start : s.span.end] for s in found.rules] == ["html/misnested-tag", "link/*"]
    assert content[found.span.start : found.span.end] == content.split("\n")[1]
    assert content[found.word_span.start : found.word_span.end] == "postlint-disable-next-line"


def test_a_reason_may_follow_two_dashes_and_hold_a_colon() -> None:
    assert one("<!-- postlint-disable-file date/order -- see: the log -->").reason == "see: the log"


def test_without_a_name_it_means_every_rule_and_points_at_its_word() -> None:
    found = one("x\n<!-- postlint-disable-file: imported, nobody keeps it -->\n")
    assert names(found) == ["*"]
    assert found.rules[0].span == found.word_span
    assert found.reason == "imported, nobody keeps it"
    assert found.suppresses("html/stray-end-tag", 1) is found.rules[0]


def test_names_may_be_set_apart_by_blanks_only_where_each_is_an_id() -> None:
    assert names(one("<!-- postlint-disable-file html/a link/b -->")) == ["html/a", "link/b"]
    assert names(one("<!-- postlint-disable-file html/a since it works -->")) == ["html/a since it works"]


def test_a_reason_over_several_lines_is_one_line() -> None:
    found = one("<!-- postlint-disable-next-line\n  html: the old\n  widget\n-->\n<b>\n")
    assert (names(found), found.reason, found.start_line, found.end_line) == (["html"], "the old widget", 5, 5)


@pytest.mark.parametrize(
    ("text", "rule", "meant"),
    [
        ("html", "html/misnested-tag", True),
        ("html", "htmlx/misnested-tag", False),
        ("html/*", "html/misnested-tag", True),
        ("*/un*", "html/unclosed-tag", True),
        ("html/misnested", "html/misnested-tag", False),
        ("html/misnested-tag", "html/misnested-tag", True),
        ("[html]", "html/misnested-tag", False),
    ],
)
def test_what_a_name_means(text: str, rule: str, meant: bool) -> None:
    found = one(f"<!-- postlint-disable-file {text} -->")
    assert (found.suppresses(rule, 1) is not None) is meant


def test_an_unknown_word_is_kept_to_be_reported() -> None:
    found = one("<!-- postlint-disable-nextline html: x -->\n<b>\n")
    assert (found.kind, found.word, found.idle) == ("unknown", "disable-nextline", True)
    assert not found.covers(2)


# Which comments --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- postlint-disable-line html: why -->",
        "<!--postlint-disable-line html: why-->",
        "{% comment %} postlint-disable-line html: why {% endcomment %}",
        "{%- comment -%}postlint-disable-line html: why{%- endcomment -%}",
        "{% # postlint-disable-line html: why %}",
        "{# postlint-disable-line html: why #}",
        "{#- postlint-disable-line html: why -#}",
        "{/* postlint-disable-line html: why */}",
    ],
)
def test_every_kind_of_comment(comment: str) -> None:
    content = f"first\nsome <b>text {comment} more\n"
    found = one(content)
    assert (names(found), found.reason) == (["html"], "why")
    assert content[found.span.start : found.span.end] == comment
    assert (found.start_line, found.end_line) == (2, 2)


@pytest.mark.parametrize(
    "content",
    [
        "```html\n<!-- postlint-disable-line html: why -->\n```\n",
        "Write `<!-- postlint-disable-line html: why -->` at the end.\n",
        "para\n\n    <!-- postlint-disable-line html: why -->\n",
        "{% raw %}\n```html\n<!-- postlint-disable-line html: why -->\n```\n{% endraw %}\n",
        "{% highlight html %}\n<!-- postlint-disable-line html: why -->\n{% endhighlight %}\n",
        "{% raw %}\n{% comment %} postlint-disable-line html {% endcomment %}\n{% endraw %}\n",
        "The words postlint-disable-line html in a sentence.\n",
        "<!-- About postlint-disable-line: -->\n",
        "<!-- postlint-disable-line html: never closed\n",
        "# postlint-disable-line html: a heading is no comment\n",
        "---\ntitle: '# postlint-disable-line date'\n---\n",
        "---\ntitle: |\n  # postlint-disable-line date\n---\n",
    ],
)
def test_silent_where_it_is_shown_and_not_said(content: str) -> None:
    assert read(content) == ()


def test_an_unclosed_comment_does_not_hide_a_later_one_of_another_kind() -> None:
    found = read("{# postlint-disable-file html\n\ntext <b> <!-- postlint-disable-line link: why -->\n")
    assert [names(d) for d in found] == [["link"]]


# Which lines -----------------------------------------------------------------------------------------------------


def test_next_line_skips_blank_lines_and_other_directives() -> None:
    content = (
        "<!-- postlint-disable-next-line html: a -->\n"
        "<!-- postlint-disable-next-line link: b -->\n"
        "\n"
        "<b>[x]()\n"
        "<b>[x]()\n"
    )
    first, second = read(content)
    assert [line for line in range(1, 7) if first.covers(line)] == [2, 3, 4]
    assert [line for line in range(1, 7) if second.covers(line)] == [3, 4]


def test_next_line_at_the_end_of_the_file_is_idle() -> None:
    found = one("text\n<!-- postlint-disable-next-line html: why -->\n")
    assert found.idle
    assert not any(found.covers(line) for line in range(5))


def test_a_range_ends_name_by_name() -> None:
    content = (
        "1\n<!-- postlint-disable html/a, link/b, date: why -->\n3\n<!-- postlint-enable html -->\n5\n"
        "<!-- postlint-enable link/b -->\n7\n"
    )
    disable, end_html, end_link = read(content)
    assert [(s.text, s.start_line, s.end_line) for s in disable.rules] == [
        ("html/a", 2, 4),
        ("link/b", 2, 6),
        ("date", 2, 8),
    ]
    assert disable.suppresses("html/a", 4) and not disable.suppresses("html/a", 5)
    assert (disable.start_line, disable.end_line) == (2, 8)
    assert not end_html.idle and not end_link.idle
    assert not end_html.covers(4)


def test_a_bare_enable_ends_all() -> None:
    disable, enable = read("<!-- postlint-disable html: x -->\n2\n<!-- postlint-enable -->\n4\n")
    assert (disable.start_line, disable.end_line, enable.idle) == (1, 3, False)


def test_an_enable_of_one_rule_does_not_end_its_family() -> None:
    disable, enable = read("<!-- postlint-disable html: x -->\n2\n<!-- postlint-enable html/a -->\n4\n")
    assert (disable.end_line, enable.idle) == (5, True)


def test_an_enable_with_nothing_to_end_is_idle() -> None:
    assert one("<!-- postlint-enable html -->\n").idle


def test_lines_count_carriage_returns_too() -> None:
    assert one("a\r\n<!-- postlint-disable-next-line html: x -->\r\n<b>\r\n").covers(3)
    assert one("a\r<!-- postlint-disable-next-line html: x -->\r<b>\r").covers(3)


# Front matter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "yaml",
    [
        'postlint:\n  disable: [html/misnested-tag, "date"]\n  reason: kept as it was',
        'postlint: {disable: "html/misnested-tag, date", reason: "kept as it was"}',
        "postlint:\n  disable: 'html/misnested-tag, date: kept as it was'",
        'postlint-disable: "html/misnested-tag, date: kept as it was"',
    ],
)
def test_front_matter_key(yaml: str) -> None:
    content = f"---\ntitle: A\n{yaml}\nlayout: post\n---\n<b>\n"
    found = one(content)
    assert (found.kind, names(found), found.reason) == (
        "disable-file",
        ["html/misnested-tag", "date"],
        "kept as it was",
    )
    assert (found.start_line, found.end_line) == (1, content.count("\n") + 1)
    assert content[found.rules[1].span.start : found.rules[1].span.end].strip('"') == "date"
    assert content[found.span.start : found.span.end].startswith("postlint")


def test_front_matter_true_means_all() -> None:
    assert names(one("---\npostlint-disable: true\n---\n")) == ["*"]


def test_front_matter_in_toml_and_json() -> None:
    toml = '+++\ntitle = "A"\n[postlint]\ndisable = ["html"]\nreason = "why"\n+++\n<b>\n'
    json = '{"title": "A", "postlint": {"disable": ["html"], "reason": "why"}}\n<b>\n'
    for content in (toml, json):
        found = one(content, path="content/a.md", profile=HUGO)
        assert (names(found), found.reason) == (["html"], "why")


def test_a_yaml_comment_speaks_of_its_line() -> None:
    content = "---\ntitle: A\ndate: 2030-01-01 # postlint-disable-line date/future: an announcement\n---\n"
    found = one(content)
    assert (found.start_line, found.end_line, found.reason) == (3, 3, "an announcement")
    above = one("---\n# postlint-disable-next-line date/future: an announcement\ndate: 2030-01-01\n---\n")
    assert above.covers(3) and not above.covers(4)


@pytest.mark.parametrize(
    ("value", "word"),
    [("yes please", ""), ("[html]", ""), ("{disabl: html}", "disabl"), ("\n  reason: why\n  rules: html", "rules")],
)
def test_a_key_of_that_name_with_other_things_in_it_is_unknown(value: str, word: str) -> None:
    (directive,) = read(f"---\npostlint: {value}\n---\n")
    assert (directive.kind, directive.word, directive.is_key, directive.idle) == ("unknown", word, True, True)


# Hostile ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece",
    [
        "<!-- postlint-disable html: x -->\n",
        "<!-- postlint-enable html -->\n",
        "<!-- postlint-disable-next-line html -->\n",
        "{# postlint-disable html ",
        "{% comment %} postlint-disable ",
        "<!-- postlint-" + " " * 50,
        "<!-- postlint-disable-line html: x --> ",
    ],
)
def test_many_directives_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = Text(piece * count)
        doc = Document("a.html", text, BARE)
        begin = time.perf_counter()
        assert isinstance(doc.directives, tuple)
        return time.perf_counter() - begin

    seconds(100)
    small, large = seconds(1000), seconds(8000)
    assert large < max(small, 0.004) * 40  # 8 where it is linear, 64 where it is quadratic
