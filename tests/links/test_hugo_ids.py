"""The ids in real posts, and those that Hugo's settings make: all predicted, set beside Hugo's own."""

from __future__ import annotations

import html
import os
import random
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import load_site
from postlint.parse.front_matter import read_front_matter
from postlint.parse.headings import anchors
from postlint.text import Text
from tests.generators.hugo_oracle import new_hugo, old_hugo
from tests.generators.oracle import write

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
CONFIG = """\
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section"]
refLinksErrorLevel = "WARNING"
[markup.goldmark.renderer]
unsafe = true
"""
VERSIONS = ("", "0.111")
KNOWN = {
    "principles-viewport.md": "what looks like an attribute in code counts as an id: better one too many",
    "2012-07-09-how-to-implement-an-apps-challenge.md": "the same",
    "2012-07-09-how-to-improve-an-apps-challenge.md": "the same",
    "2015-02-02-agency-perspectives-on-personas-use-development-and-challenges.md": "marks of emphasis, escaped",
    "2015-05-07-increasing-engagement-and-website-visits-with-twitter-cards.md": "`<meta name=…>` amid the text",
}
"""Files that differ, with the reason."""


def rendered(
    root: Path, bodies: Mapping[str, str], config: str, version: str, shortcodes: Mapping[str, str]
) -> dict[str, tuple[set[str], set[str]]]:
    """Of each body the ids of its headings, and all ids and names, as Hugo renders them."""
    pages = {f"content/{name}.md": f"---\ntitle: x\n---\n{body}" for name, body in bodies.items()}
    layouts = {f"layouts/shortcodes/{name}.html": text for name, text in shortcodes.items()}
    config = config + CONFIG if not config.startswith("[") else CONFIG + config
    write(root, {"hugo.toml": config, "config.toml": config,
                 "layouts/_default/single.html": "{{ .Content }}", **layouts, **pages}, 1_600_000_000)  # fmt: skip
    program = old_hugo() if version else new_hugo()
    run = subprocess.run([program, "--quiet"], cwd=root, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, (run.stdout + run.stderr)[-2000:]
    found = {}
    for name in bodies:
        text = (root / "public" / name.lower() / "index.html").read_text(encoding="utf-8")
        text = re.sub("(?s)<!--.*?-->", "", text)  # nothing in comments is an id
        tags = re.findall(r"<[a-zA-Z][^>]*>", text)
        ids = {html.unescape(value) for tag in tags for value in re.findall(r'\s(?:id|name)="([^"]*)"', tag)}
        headings = re.findall(r'<h[1-6]\b[^>]*?\sid="([^"]*)"', text)
        ids = {id_ for id_ in ids if "hahahugoshortcode" not in id_}  # with a number: nobody can link to it
        found[name] = (set(map(html.unescape, headings)), ids)
    return found


def predicted(root: Path, body: str, version: str) -> tuple[set[str], bool]:
    document = Document(
        "content/a.md", Text("---\ntitle: x\n---\n" + body), load_site(root, "", "hugo", version=version)
    )
    known = anchors(document)
    return set(known.ids), known.complete


@pytest.mark.corpus
@pytest.mark.generator
@pytest.mark.parametrize("version", VERSIONS)
def test_every_id_of_a_real_site_is_known(version: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    source = CORPORA / "digitalgov"
    theme = source / "themes" / "digital.gov" / "layouts" / "shortcodes"
    # What the site's own shortcodes write is not asked about; of those with a body it is that body.
    # (Its `highlight` is not Hugo's, which shows code.)
    shortcodes = {
        file.stem: "{{ .Inner | markdownify }}" if ".Inner" in file.read_text() else "x" for file in theme.iterdir()
    } | {"tweet": "x"}
    bodies: dict[str, str] = {}
    files: dict[str, Path] = {}
    for file in sorted((source / "content").rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        body = text[read_front_matter(text, "hugo").body_start :]
        if re.search(r"(?m)^ {0,3}#{1,6} |^(?:---+|===+)$|\b(?:id|name)=", body) and file.name not in KNOWN:
            name = f"p{len(bodies)}"
            bodies[name], files[name] = body, file
    # Two of three, so that the other tests get their turn.
    bodies = {name: body for number, (name, body) in enumerate(bodies.items()) if number % 3}
    theirs = rendered(tmp_path, bodies, "", version, shortcodes)
    wrong = []
    compared = headings = 0
    for name, (in_headings, ids) in theirs.items():
        # Without a release both old and new count, so there may be more; with one there are exactly those.
        ours, complete = predicted(tmp_path, bodies[name], version or "0.168")
        if not complete:
            continue
        compared += 1
        headings += len(in_headings)
        surplus = {id_ for id_ in ours - ids if not id_.startswith("fn")}  # a note may count in two ways
        if surplus or ids - ours or not ids <= predicted(tmp_path, bodies[name], "")[0]:
            wrong.append(f"{files[name]}: not known {sorted(ids - ours)}, not rendered {sorted(surplus)}")
    assert not wrong, "\n".join(wrong)
    assert compared >= 300
    assert headings > 500


SETTINGS = {
    "": "",
    "github-ascii": '[markup.goldmark.parser]\nautoHeadingIDType = "github-ascii"\n',
    "blackfriday": '[markup.goldmark.parser]\nautoHeadingIDType = "blackfriday"\n',
    "none": "[markup.goldmark.parser]\nautoHeadingID = false\n",
    "no attributes": "[markup.goldmark.parser.attribute]\ntitle = false\n",
    "of blocks": "[markup.goldmark.parser.attribute]\nblock = true\n",
    "none but of blocks": "[markup.goldmark.parser]\nautoHeadingID = false\nattribute = {block = true}\n",
    "no links": "[markup.goldmark.extensions]\nlinkify = false\n",
    "emoji": "enableEmoji = true\n",
    "no dashes": "[markup.goldmark.extensions.typographer]\ndisable = true\n",
}
TEXT = """
# One -- two --- three ... four

## What is `foo--bar_baz`?

## 日本語 の見出し、です。

## _Emphasis_ and **strong** and ~~gone~~ snake_case

## [A link](https://x.example) and [another][ref] and [none][nothing] and [ref] and [c][]

## See https://x.example/a_b-c?d=e. And (www.x.example) or me@x.example, too

## Auto <https://x.example/y> link

## [https://x.example](https://x.example)

## A  b	c

## Don't "quote" 'me' &amp; me &eacute; &#8220;x&#8221; `&amp;`

## हिन्दी शब्द ½ ² ñandú Ärger İstanbul ΟΔΟΣ

## Same

## Same

## Same-1

## Same

## An <b>element</b> <a name="inside"></a>inside <!-- not this -->

## ![alt text](x.png) image

## :tada: (c) 🎉 1/2

## **Don't stop** [at `the` first](x) ![a *b* c](x.png) *one:tada:two* **a_b c** *see https://x.example now*

## An \\*escape\\* and a \\_ and \\-\\-

## !!!

## ???

##

## <b></b>

## Given {#own-id}

## Classes {.a #with-class .b}

## Named {id="named" class="x"}

## Unquoted {id=bare}

## No id {.only-class}

## Not one {#a b}

## Escaped \\{#escaped}

## Closed ## {#closed}

## Marks behind {#behind} ##

## Glued{#glued}

## Upper {#Upper:Case.1_x}

## Own-id

## Given {#own-id}

## Later

## Before {#later-1}

## Later

Setext *here*
=============

Two
lines of *it*
-------

*More
lines* than `one
or` two
---

Setext given {#setext}
---

> ## In a quote

* ## In a list

## Note[^n] and [^none]

A paragraph
{#of-block}

| a | b |
| - | - |
| 1 | 2 |
{#of-table .x}

Term
: Definition

```go {#of-code}
x
```

[^n]: A note.

[ref]: /x
[c]: /y
"""


@pytest.mark.generator
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_settings_of_hugo(setting: str, version: str, tmp_path: Path) -> None:
    config = SETTINGS[setting]
    if version and setting == "no dashes":
        config = "[markup.goldmark.extensions]\ntypographer = false\n"  # as it was written then
    (headings, ids) = rendered(tmp_path, {"a": TEXT}, config, version, {})["a"]
    ours, complete = predicted(tmp_path, TEXT, version or "0.168")
    assert headings
    assert complete
    assert ids - ours == set()
    assert {id_ for id_ in ours - ids if not id_.startswith("fn")} == set()
    assert ids <= predicted(tmp_path, TEXT, "")[0]


PIECES = (
    "word", "Two words", " ", " ", "_", "_em_", "**", "**b**", "`code`", "`a--b`", "--", "---", "-", "...", "'",
    '"', "&amp;", "&eacute;", "&#39;", "&bogus;", "&", "<b>", "</b>", "<https://a.example>", "https://a.example/x_y ",
    "http://b.example.", "www.c.example ", "(", ")", "[", "]", "[l](u)", "[l][r]", "[x][y]", "[r]",
    "![i](p.png)", "![_i_][r]", "\\", "\\_", "\\`", "{", "}", "{#id}", "{.c}", "{#i .c}", '{id="q"}', "#",
    "~", "~~s~~ ",
    "é", "ß", "İ", "中文", "，", "1", "½", "😀", ":smile:", "|", "$x$", "^2^", "==m==", "[^n]", "[^m]", "!",
    ":", "@", "*", "<!-- c -->", "\t", "  ", "<", ">", "a_b_c", "snake_case_", "\u00a0", "\u200b", "e\u0301",
)  # fmt: skip


ODD = re.compile(r"^: |(?<=<)<|(?<=_)(?:www|http)\S+|#$|\{ \}|~(?=~~s)|^# ")
"""A definition of the paragraph before, and what goldmark takes apart in an order of its own: nobody's heading."""


@pytest.mark.generator
@pytest.mark.parametrize("version", VERSIONS)
def test_any_heading_has_the_id_that_hugo_gives_it(version: str, tmp_path: Path) -> None:
    seed = os.environ.get("POSTLINT_SEED", "0")
    chance = random.Random(None if seed == "random" else int(seed))
    bodies = {}
    for number in range(800):
        words = "".join(chance.choice(PIECES) + chance.choice(("", " ")) for _ in range(chance.randint(1, 6))).strip()
        words = words.replace("@", " mail@d.example ").replace("--" * 2, "--")
        words = ODD.sub("", words)
        heading = f"{words}\n===" if words and not version and chance.random() < 0.15 else f"## {words}"
        bodies[f"p{number}"] = f"Before\n\n{heading}\n\nAfter[^n]\n\n[r]: /x\n\n[^n]: Note\n"
    theirs = rendered(tmp_path, bodies, "", version, {})
    wrong = []
    for name, (in_headings, _) in theirs.items():
        ours = {id_ for id_ in predicted(tmp_path, bodies[name], version or "0.168")[0] if not id_.startswith("fn")}
        if ours != in_headings:
            wrong.append(f"{bodies[name].splitlines()[2]!r}: Hugo {sorted(in_headings)}, we {sorted(ours)}")
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong[:60])
