"""What site rules ask, on small sites: which links are dead, which ids are missing, which pages share an address."""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest

from postlint.document import Document, Profile
from postlint.generators import load_site
from postlint.site.address import address_key, climbs_out, squeeze
from postlint.site.addresses import address_files
from postlint.site.collect import collect
from postlint.site.index import Index, Record
from postlint.site.site import Site
from postlint.text import Text

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def site_of(folder: Path, files: dict[str, str], index: Index | None = None, generator: str = "jekyll") -> Site:
    """The site that these files make."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    profile = load_site(folder, "", generator)
    index = index if index is not None else Index.open(None)
    texts = {path: content for path, content in files.items() if path.endswith((".md", ".html"))}
    index.remove(set(index.known()) - texts.keys())
    index.put(record(path, content, profile) for path, content in texts.items())
    index.set_files(sorted(files))
    address_files(index, {"": profile}, "")
    return Site(index, {"": profile}, NOW)


def record(path: str, content: str, profile: Profile) -> Record:
    facts = collect(Document(path, Text(content), profile), ())
    return Record(path, "", 0, 0, b"", b"", pickle.loads(pickle.dumps(facts)))


def dead(site: Site) -> list[str]:
    return [f"{link.path}:{link.place.start.line} {link.raw}" for link in site.dead_links()]


def dangling(site: Site) -> list[str]:
    return [f"{link.path}:{link.place.start.line} {link.raw} in {path}" for link, path in site.dead_fragments()]


PAGE = "---\n---\n"


def test_facts_of_a_document(tmp_path: Path) -> None:
    text = "---\ntitle: Tea\ntags: a b\nredirect_from: /old/\n---\n# One\n\n[x](../y.html#z)\n"
    site = site_of(tmp_path, {"_posts/2024-01-02-tea.md": text})
    (page,) = site.pages()
    assert (page.url, page.title, page.published) == ("/2024/01/02/tea.html", "Tea", True)
    assert page == site.page(page.path)
    assert site.page("none.md") is None
    (link,) = site.links()
    assert (link.url, link.fragment, link.raw, link.status) == ("/2024/01/y.html", "z", "../y.html#z", "internal")
    assert (link.place.start, link.place.end) == ((8, 5), (8, 16))
    assert text[link.place.span.start : link.place.span.end] == link.raw
    assert [anchor.id for anchor in site.anchors(page.path)] == ["one"]
    assert [(use.term, use.place.start) for use in site.terms("tags")] == [("a", (3, 7)), ("b", (3, 9))]
    assert list(site.terms("tags", "b")) == list(site.terms("tags"))[1:]
    assert site.term_counts("tags") == {("", "a"): 1, ("", "b"): 1}
    assert site.taxonomies() == ["tags"]
    assert list(site.pages(dated_after=NOW)) == []


def test_an_address_that_is_gone_is_missed_and_one_that_comes_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    linking = {"index.md": PAGE + "[a](/a.html) [b](img/b.png)\n"}
    with Index.open(folder) as index:
        assert dead(site_of(tmp_path, linking, index)) == ["index.md:3 /a.html", "index.md:3 img/b.png"]
    with Index.open(folder) as index:
        assert dead(site_of(tmp_path, {**linking, "a.md": PAGE, "img/b.png": ""}, index)) == []
    with Index.open(folder) as index:
        moved = {**linking, "a.md": "---\npermalink: /c/\n---\n", "img/b.png": ""}
        assert dead(site_of(tmp_path, moved, index)) == ["index.md:3 /a.html"]
    with Index.open(folder) as index:
        assert dead(site_of(tmp_path, linking, index)) == ["index.md:3 /a.html", "index.md:3 img/b.png"]


def test_files_get_new_addresses_when_the_configuration_changes(tmp_path: Path) -> None:
    files = {"_config.yml": "", "index.md": PAGE + "[b](/secret/b.png)\n", "secret/b.png": ""}
    with Index.open(tmp_path / "cache") as index:
        assert dead(site_of(tmp_path, files, index)) == []
    with Index.open(tmp_path / "cache") as index:
        files["_config.yml"] = "exclude: [secret]\n"
        assert dead(site_of(tmp_path, files, index)) == ["index.md:3 /secret/b.png"]


def test_ids_in_other_pages_and_layouts(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "a.md": PAGE + "[1](b.html#one) [2](/b.html#two) [3](#three) [4](#from-layout) [5](/c.html#x)\n",
            "b.md": PAGE + "# One\n",
            "c.md": PAGE + "{% include x.html %}\n",
            "_layouts/default.html": '<main id="from-layout">{{ content }}</main>\n',
        },
    )
    assert dangling(site) == ["a.md:3 /b.html#two in b.md", "a.md:3 #three in a.md"]


def test_links_to_source_files_have_fragments_too(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "a.md": PAGE + "[1]({% link b.md %}#one) [2]({% link b.md %}#two) [3]({% post_url 2024-1-2-p %}#x)\n",
            "b.md": PAGE + "# One\n",
            "_posts/2024-01-02-p.md": "# X\n",
        },
    )
    assert dead(site) == []
    assert dangling(site) == ["a.md:3 b.md in b.md"]


def test_pages_that_meet(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {"A.html": PAGE, "a.html": PAGE, "b.md": "---\npermalink: /c/\n---\n", "c/index.html": PAGE, "d.md": PAGE},
    )
    assert [[page.path for page in group] for group in site.shared_addresses()] == [
        ["A.html", "a.html"],
        ["b.md", "c/index.html"],
    ]


OWN_URL = "url: https://a.example\nbaseurl: /b\n"
REFS = '[x]({{< ref "a.md" >}}) [y]({{< relref "/gone" >}}) [z]({{< ref "b" >}})'
PICTURES = {
    "source/_posts/a.md": "---\ntitle: A\ndate: 2024-01-02 10:00:00\n---\n![x](b.png) ![y](c.png)\n",
    "source/_posts/a/b.png": "",
}
POST_LINKS = "{% post_link b %} {% post_link gone %}\n\n```\n{% post_link code %}\n```\n"


@pytest.mark.parametrize(
    ("generator", "files", "expected"),
    [
        ("plain", {"docs/a.md": "[x](../img/) [y](b.md) [z](gone.md)", "docs/b.md": "", "img/a.png": ""}, ["gone.md"]),
        ("plain", {"docs/a.md": "[x](../../other) [y](/docs) [z](/doc) [z](/docs/b)"}, ["/docs/b"]),
        (
            "jekyll",
            {"a.md": PAGE + "[x](/tags/tea/) [y](/feed.xml) [z](/assets/main.css)"},
            ["/tags/tea/", "/feed.xml"],
        ),
        (
            "jekyll",
            {"a.md": PAGE + "{% link /a.md %} {% link a.md %} {% link /b.txt %}", "b.txt": ""},
            ["/a.md"],
        ),
        ("jekyll", {"_config.yml": "theme: minima\n", "a.md": PAGE + "[y](/feed.xml)"}, []),
        ("jekyll", {"_config.yml": "plugins: [jekyll-archives]\n", "a.md": PAGE + "[x](/tags/tea/)"}, []),
        ("jekyll", {"_plugins/tags.rb": "", "a.md": PAGE + "[x](/tags/tea/)"}, []),
        (
            "jekyll",
            {"_config.yml": OWN_URL, "a.md": PAGE + "[x](//a.example/b/x) [y](//a.example/z)"},
            ["//a.example/b/x"],
        ),
        (
            "hexo",
            {
                "_config.yml": "post_asset_folder: true\npermalink: p/:title.html\n",
                "source/_posts/a.md": "---\ntitle: A\n---\n[x](/p/a/b/c.zip) [y](/p/a/d.zip) [z](/a/b/c.zip)\n",
                "source/_posts/a/b/c.zip": "",
            },
            ["/p/a/d.zip", "/a/b/c.zip"],
        ),
        ("hexo", {"_config.yml": "post_asset_folder: true\n", **PICTURES}, ["b.png", "c.png"]),
        ("hexo", {"_config.yml": "post_asset_folder: true\nmarked: {postAsset: true}\n", **PICTURES}, ["c.png"]),
        (
            "hexo",
            {
                "_config.yml": "post_asset_folder: true\npermalink: p/:title.html\n",
                "package.json": '{"dependencies": {"hexo-asset-image": "1"}}',
                **PICTURES,
            },
            ["c.png"],
        ),
        (
            "hugo",
            {
                "content/a/index.md": "---\nslug: b\n---\n",
                "content/a/c.pdf": "",
                "content/d.md": "[x](/b/c.pdf) [y](/b/d.pdf) [z](/d/c.pdf)",
            },
            ["/b/d.pdf", "/d/c.pdf"],
        ),
        ("hugo", {"content/_index.md": REFS, "content/a.md": "", "content/b/index.md": ""}, ["/gone"]),
        (
            "zola",
            {"content/_index.md": "+++\n+++\n[x](@/a.md) [y](@/no.md#z)", "content/a.md": "+++\n+++\n"},
            ["@/no.md#z"],
        ),
        ("hexo", {"source/_posts/a.md": POST_LINKS, "source/_posts/b.md": ""}, ["gone"]),
    ],
)
def test_each_generator_in_its_way(tmp_path: Path, generator: str, files: dict[str, str], expected: list[str]) -> None:
    assert [link.raw for link in site_of(tmp_path, files, generator=generator).dead_links()] == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b", "/a/b"),
        ("/a/../b", "/b"),
        ("/../../b/", "/b/"),
        ("/a//./b/.", "/a/b/"),
        ("/", "/"),
        ("/a/..", "/"),
        ("/.a", "/.a"),
    ],
)
def test_squeeze(path: str, expected: str) -> None:
    assert squeeze(path) == expected


def test_ways_of_writing_one_address_have_one_key() -> None:
    for url in ("/a", "/a/", "/a.html", "/a/index.html", "/a.htm", "/a/index.htm"):
        assert address_key(url) == "/a"
    assert address_key("/") == address_key("/index.html") == "/"
    assert address_key("/e\u0301") == address_key("/\u00e9")
    assert len({address_key(url) for url in ("/a", "/A", "/a.md", "/a/b", "/index")}) == 5


def test_climbing_out() -> None:
    assert climbs_out("/a/../../b")
    assert not climbs_out("/a/../b/..")
