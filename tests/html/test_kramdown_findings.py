"""What postlint says of a Jekyll post's HTML, held against kramdown's own warnings and the tags that it prints.

The figures with kramdown 2.4.0 and kramdown-parser-gfm 1.1.0:

* 2,127 posts and pages of finews, ruby-lang, the Jekyll documentation and the Jekyll posts among history-cases: all 60
  complaints found, all 33 findings confirmed;
* made-up texts 0 to 4,999: 99.6 % of 21,700 complaints found, 99.8 % of 19,400 findings confirmed.

What is missed and not confirmed there: a second end tag where the first one is the one that kramdown prints
(``<b>*</b>*</b>``), ``<<b>``, which kramdown makes a quotation mark of, and elements whose end it sees elsewhere
(``<i markdown="span"><i></i>``). What is passed over on purpose, the comparison counts by reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from postlint.document import Document
from tests.html.complaints import tally
from tests.html_documents import CORPORA, document
from tests.kramdown.compare import need_kramdown
from tests.kramdown.generate import snippet

pytestmark = pytest.mark.generator

_MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mkdown")


@pytest.fixture(scope="module", autouse=True)
def _kramdown() -> None:
    need_kramdown()


def posts() -> Iterator[Document]:
    for site in ("finews", "ruby-lang", "jekyll"):
        for path in sorted((CORPORA / site).rglob("*")):
            if path.suffix.lower() in _MARKDOWN and path.is_file():
                yield document(path.read_bytes(), "jekyll", path.relative_to(CORPORA).as_posix())
    cases = CORPORA / "history-cases"
    for line in (cases / "index.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for path in (cases / case["dir"] / "before.md", cases / case["dir"] / "after.md"):
            if case["generator"] == "jekyll" and path.is_file():
                yield document(path.read_bytes(), "jekyll", path.relative_to(CORPORA).as_posix())


@pytest.mark.corpus
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not beside the project")
def test_on_real_sites() -> None:
    total = tally([doc for doc in posts() if "<" in doc.content])
    assert not total.parted
    assert total.complaints >= 50
    assert total.findings >= 30
    assert total.found >= 0.99, "\n".join(total.missed)
    assert total.confirmed >= 0.99, "\n".join(total.unconfirmed)


def test_on_made_up_texts() -> None:
    total = tally([document(snippet(seed), "jekyll", f"{seed}.md") for seed in range(800)])
    assert len(total.parted) <= 1, total.parted
    assert total.complaints > 3000
    assert total.found >= 0.99, "\n".join(total.missed)
    assert total.confirmed >= 0.99, "\n".join(total.unconfirmed)
    # What is passed over would otherwise hide what is missed.
    assert sum(total.passed_over.values()) < 0.2 * total.complaints, total.passed_over


@pytest.mark.parametrize("text", ["<div>a</b></div>\n", "a <b>c\n", "a <div class='x'>\n"])
def test_the_comparison_sees_what_is_missed(text: str) -> None:
    doc = document(text, "jekyll")
    assert tally([doc]).found == 1
    doc.__dict__["nesting"] = type(doc.nesting)()
    assert tally([doc]).found == 0


def test_the_comparison_sees_what_kramdown_does_not_say() -> None:
    wrong = document("a <b>c</b>\n\n<i>x\n", "jekyll")
    right = document("a <b>c</b>\n\n<i>x</i>\n", "jekyll")
    right.__dict__["nesting"] = wrong.nesting
    assert tally([wrong]).confirmed == 1
    assert tally([right]).confirmed == 0
