"""What html/omitted-html says that Hugo leaves out, asked of Hugo."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from postlint.parse.raw_html import omitted_html
from tests.html.renderers import by_hugo, visible
from tests.html_documents import document

BLOCKS = [
    "a <b>@</b> b", "@", "<div>\n@\n</div>", "<div>\n\n@\n\n</div>", '<div class="x">\n\n@\n\n</div>', "<!-- @ -->",
    "a <br> @", "<table><tr><td>@</td></tr></table>", "> <p>\n> @</p>\n> @", "- @\n- <i>@</i>\n- <div>@</div>",
    "<style>\np {}\n</style>", "<div>@</div>\n@", "a <span>@</span> b", 'a <span class="x">@</span> b',
    "a <!-- @ --> @", '<a id="x"></a>@', '<img src="a.png" alt="">\n\n@', "# A <sub>@</sub>", "<div>\n</div>\n\n@",
    "<details>\n<summary>@</summary>\n\n@\n</details>", "`<b>@</b>` and <kbd>@</kbd>", "<b>@ <i>@</i></b>",
    "<script>\nlet @;\n</script>", "<h2>@</h2>\n\n<p>@ <b>@</b>\n\n@",
]  # fmt: skip
NUMBERED = re.compile(r"word\d+")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PLAIN = re.compile(r"</?(?:div|span|p)>")


def made_up(count: int) -> list[str]:
    source = random.Random(1)
    texts = []
    for _ in range(count):
        text = "\n\n".join(source.choice(BLOCKS) for _ in range(source.randint(1, 4)))
        for number in range(text.count("@")):
            text = text.replace("@", f"word{number}", 1)
        texts.append(text + "\n")
    return texts


@pytest.mark.generator
def test_what_hugo_leaves_out_is_reported_and_nothing_else(tmp_path: Path) -> None:
    texts = made_up(300)
    without = by_hugo(tmp_path / "off", texts, raw_html=False)
    whole = by_hugo(tmp_path / "on", texts, raw_html=True)
    reported = silent = 0
    for text, page, other in zip(texts, without, whole, strict=True):
        found = list(omitted_html(document(text, "hugo", raw_html=False)))
        reported += len(found)
        lost = set(NUMBERED.findall(visible(other))) - set(NUMBERED.findall(visible(page)))
        said = {word for omission in found if omission.block for word in NUMBERED.findall(omission.text)}
        assert said == lost, (text, page)
        for omission in found:
            if not omission.block:
                assert omission.tag in other and omission.tag not in page, (text, page)
                if omission.end is not None:
                    between = NUMBERED.findall(text[omission.span.end : omission.end.start])
                    assert lost.issuperset(between) or set(between) <= set(NUMBERED.findall(visible(page)))
        if not found:
            silent += 1
            same = [" ".join(PLAIN.sub("", COMMENT.sub("", html)).split()) for html in (page, other)]
            assert same[0] == same[1], text
    assert reported > 300
    assert silent > 20


@pytest.mark.generator
def test_hugo_says_nothing_of_html_in_code_and_shows_shortcodes(tmp_path: Path) -> None:
    text = "`<b>x</b>` and &lt;b&gt;\n\n    <div>y</div>\n\n~~~\n<div>z</div>\n~~~\n"
    [page] = by_hugo(tmp_path, [text], raw_html=False)
    assert "omitted" not in page
    assert not list(omitted_html(document(text, "hugo", raw_html=False)))
