"""The ids in real posts, and those that kramdown's options make: all predicted, set beside kramdown's own."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from postlint.document import Document, Profile
from postlint.generators.jekyll.options import kramdown_options
from postlint.parse.dialect import Dialect
from postlint.parse.headings import anchors
from postlint.parse.kramdown.options import KramdownOptions
from postlint.text import Text
from tests.generators.oracle import ruby

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"

KNOWN = {
    "csv-to-table.md": "a fence that opens inside {% raw %} and ends behind it: what is raw is masked, its fence too",
    "emnews.md": "the name of an element comes from Liquid",
    "2022-12-25-ruby-3-2-0-released.md": "what looks like an attribute in code counts as an id: better one too many",
}
"""Files that differ, with the reason."""


def _files() -> Iterator[Path]:
    for site in ("finews", "jekyll/docs", "ruby-lang"):
        files = sorted(p for p in (CORPORA / site).rglob("*") if p.suffix in (".md", ".markdown") and p.is_file())
        if site == "ruby-lang":
            files = [file for file in files if "_posts" in file.parts]
            files = files[:: len(files) // 300][:300]
        yield from files


def _profile(templates: str, options: KramdownOptions) -> Profile:
    ids = "kramdown-gfm" if options.gfm else "kramdown"
    return Profile(
        generator="jekyll",
        dialect=Dialect("kramdown", templates, "jekyll", ids, kramdown=options),  # type: ignore[arg-type]
    )


def _asked(texts: list[tuple[str, dict[str, object]]]) -> list[tuple[set[str], set[str]]]:
    """For each text the ids of its headings, and all ids and names, as kramdown renders them."""
    answers = ruby("../links/kramdown_ids.rb", texts, needs="kramdown-parser-gfm")
    return [(set(map(html.unescape, headings)), set(map(html.unescape, all_))) for headings, all_ in answers]


@pytest.mark.corpus
@pytest.mark.generator
@pytest.mark.parametrize("parser", ["GFM", "kramdown"])
def test_every_id_of_a_real_site_is_known(parser: str) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    options = KramdownOptions(gfm=parser == "GFM")
    liquid, plain = _profile("liquid", options), _profile("none", options)
    texts: list[tuple[str, dict[str, object]]] = []
    documents = []
    for file in _files():
        whole = Document(file.name, Text.decode(file.read_bytes()), liquid)
        # What Liquid would put there is not known; both read what is left.
        body = whole.masked.content[whole.body.start :]
        if file.name in KNOWN or (parser == "kramdown" and "```" in body):
            continue  # fences that only the GFM parser has: the file is written for that one
        texts.append((body, {"input": parser}))
        documents.append((file, Document("a.md", Text("---\n---\n" + body), plain)))
    headings = 0
    wrong = []
    for (file, document), (rendered, all_) in zip(documents, _asked(texts), strict=True):
        known = anchors(document).ids
        headings += len(rendered)
        missing = all_ - set(known)
        # A list of contents has an id for each heading, and each footnote may count in two ways.
        surplus = {id_ for id_ in known if not id_.startswith(("markdown-toc", "fn"))} - all_ if options.gfm else set()
        if missing or surplus:
            wrong.append(f"{file}: not known {sorted(missing)}, not rendered {sorted(surplus)}")
    assert not wrong, "\n".join(wrong)
    assert headings > 1_000


OPTIONS_TEXT = """
# One two

## One two

## Ärger & Co.

### Own {#given}

## Listed
{: #from-list .x}

{:#before}
## After its list

Two
lines
---

Setext
------

* contents
{:toc}

# Note[^n]

<h2 id="html" name="html-name">HTML</h2>

[^n]: text
"""


@pytest.mark.generator
@pytest.mark.parametrize("parser", ["GFM", "kramdown"])
@pytest.mark.parametrize(
    ("settings", "options"),
    [
        ({}, {}),
        ({"auto_ids": False}, {"auto_ids": False}),
        ({"auto_id_prefix": "p-"}, {"auto_id_prefix": "p-"}),
    ],
)
def test_options_of_kramdown(parser: str, settings: dict[str, object], options: dict[str, object]) -> None:
    ((headings, all_),) = _asked([(OPTIONS_TEXT, {"input": parser, **settings})])
    profile = _profile("none", KramdownOptions(gfm=parser == "GFM", **options))  # type: ignore[arg-type]
    known = set(anchors(Document("a.md", Text(OPTIONS_TEXT), profile)).ids)
    assert headings
    assert all_ <= known
    surplus = {id_ for id_ in known - all_ if not id_.startswith(("markdown-toc", "fn"))}
    assert not surplus


@pytest.mark.generator
def test_the_gfm_parser_spells_no_ids_in_ascii() -> None:
    settings = {"input": "GFM", "transliterated_header_ids": True}
    ((headings, _),) = _asked([("# Ärger 春\n", dict(settings))])
    found = anchors(Document("a.md", Text("# Ärger 春\n"), _profile("none", kramdown_options(settings))))
    assert headings == set(found.ids) == {"ärger-春"}
    assert found.complete


def test_ids_that_are_spelt_in_ascii_are_not_known() -> None:
    options = kramdown_options({"input": "kramdown", "transliterated_header_ids": True})
    assert not anchors(Document("a.md", Text("# Ärger\n"), _profile("none", options))).complete
    assert anchors(Document("a.md", Text("# Trouble\n\n## Own {#ärger}\n"), _profile("none", options))).complete
