"""Masking: the length stays, the filler keeps the meaning of what stands around it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.parse.dialect import TemplateLanguage
from postlint.parse.templates import mask
from postlint.text import Span


@pytest.mark.parametrize(
    ("language", "content", "masked"),
    [
        ("liquid", "[a]({{ url }})", "[a](xxxxxxxxx)"),
        ("liquid", "A {% if a < b %}x{% endif %}", "A               x           "),
        ("liquid", " {% if a %}{% if b %} [x](y)", " " + "." * 10 + " " * 11 + "[x](y)"),  # no line of code
        ("liquid", "[a]: {% link b.md %}#c", "[a]: " + "x" * 15 + "#c"),
        ("liquid", "{% if a %}- x", "          - x"),
        ("liquid", "{% if a %}\n{% assign b = 1 %}\nx", " " * 10 + "\n" + " " * 18 + "\nx"),
        ("liquid", "<{{ url }}>", "<ftp://xxx>"),
        (
            "liquid",
            "{% raw %}{{ <b> }}{% endraw %}.",
            "." * 9 + "{{ <b> }}" + " " * 12 + ".",
        ),  # <b> is read by Markdown
        ("liquid", "{%- raw -%}\n```\n{%- endraw -%}{{ x }}", " " * 11 + "\n```\n" + " " * 14 + "xxxxxxx"),
        ("nunjucks", "{% raw %}{{ <b> }}{% endraw %}.", " " * 30 + "."),
        ("liquid", "{% highlight ruby %}\n<b>\n{% endhighlight %}", " " * 20 + "\n   \n" + " " * 18),
        ("liquid", "## A {#id}", "## A {#id}"),
        ("liquid", "an open {{ brace", "an open {{ brace"),
        ("liquid", "{{ a }} then {{ open", "xxxxxxx then {{ open"),
        ("nunjucks", "{# no <b> #}x", "            x"),
        ("hugo", '{{< figure src="a.png" >}}', "x" * 26),
        ("hugo", "{{< highlight go >}}a < b{{< /highlight >}}!", "x" * 43 + "!"),
        ("hugo", "{{ not a shortcode }}", "{{ not a shortcode }}"),
        ("none", "{{ x }}", "{{ x }}"),
    ],
)
def test_filler(language: TemplateLanguage, content: str, masked: str) -> None:
    assert mask(content, language).content == masked


def test_spans_say_what_is_unknown() -> None:
    result = mask("ab {{ x }} cd {% y %}", "liquid")
    assert result.spans == (Span(3, 10), Span(14, 21))
    assert result.overlaps(Span(9, 12))
    assert result.overlaps(Span(0, 30))
    assert not result.overlaps(Span(10, 14))
    assert not result.overlaps(Span(0, 3))


@pytest.mark.parametrize("opener", ["{{ ", "{% ", "{# ", "{% raw %}", "{{< ", "{{% "])
def test_openers_without_end_are_left_alone(opener: str) -> None:
    # Quadratic, this would take minutes.
    content = opener * 100_000
    for language in ("liquid", "hugo", "nunjucks"):
        assert len(mask(content, language).content) == len(content)


@given(st.lists(st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "raw", "endraw", " ", "\n", "a", "<", ">", "é"])))
def test_the_length_and_the_lines_stay(pieces: list[str]) -> None:
    content = "".join(pieces)
    for language in ("liquid", "hugo", "nunjucks", "tera", "none"):
        result = mask(content, language)
        assert len(result.content) == len(content)
        assert [i for i, c in enumerate(result.content) if c == "\n"] == [i for i, c in enumerate(content) if c == "\n"]
        for span in result.spans:
            assert content[span.start] == "{"


@pytest.mark.parametrize(
    "code",
    [
        "```js\nconst { a } = b\n\nf(() => {\n  g()\n})\n```\n",
        "1. x\n\n   ```js\n   const { a } = b\n   \n   f(() => {\n     g()\n   })\n   ```\n",
        "> ~~~~\n> { a }\n> ~~~\n> { b }\n> ~~~~\n",
        "- ``` js\n  { a }\n  ```\n",
        "```\n{ never closed }\n",
    ],
)
def test_braces_in_a_fence_are_code(code: str) -> None:
    assert mask(code + "{x}", "mdx").content in (code + "xxx", code + "{x}")
    assert mask(f"{{x}}\n\n{code}", "mdx").content == f"xxx\n\n{code}"


def test_fences_take_no_time() -> None:
    began = time.process_time()
    for piece in ("```\n", "> ```\n", "``` {\n", "1. " * 50 + "\n", "~~~~\n~~~\n{a}\n", "`" * 500 + "\n"):
        mask("{" + piece * (200_000 // len(piece)), "mdx")
    assert time.process_time() - began < 3
