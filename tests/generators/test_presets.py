"""Astro, Docusaurus, Eleventy and MkDocs: what their tables of settings come to.

The addresses, titles and ids of Docusaurus 3.10.2 and Astro 5.18.2 are those that they gave a site with these files.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.document import Document, Profile
from postlint.generators import Fate, Hidden, Kind, generator_for, load_site
from postlint.generators.presets.scripts import Script
from postlint.parse.headings import anchors
from postlint.text import Text
from tests.generators.oracle import write
from tests.sites import lines, run, write_site

NOW = 1_600_000_000


def _fate(profile: Profile, path: str, content: str = "Text\n") -> Fate:
    return generator_for(profile).fate(Document(path, Text(content), profile))


# Configuration that is a program -----------------------------------------------------------------------------


def test_a_script_is_read_as_far_as_it_states_plain_values() -> None:
    script = Script(
        "a({ input: 'src', /* output: 'x' */ 'includes': \"i\", url: 'https://a.b//c', n: f() }); // data: 'd'"
    )
    assert [script.value(key, "-") for key in ("input", "output", "includes", "url", "n", "data")] == [
        "src", "-", "i", "https://a.b//c", None, "-",
    ]  # fmt: skip
    assert Script("x: 'a', x: 'b'").value("x") is None
    assert Script("c.setInputDirectory('src')").value("setInputDirectory") == "src"
    assert Script("docs: { a: { path: 'p' } }, blog: { path: 'q' }").inside("docs").values("path") == ("p",)


# Docusaurus --------------------------------------------------------------------------------------------------


@pytest.fixture
def docusaurus(tmp_path: Path) -> Profile:
    config = (
        "module.exports = { url: 'https://e.org', baseUrl: '/', presets: [['classic', { docs: {}, blog: {} }]] };\n"
    )
    write(tmp_path, {"docusaurus.config.js": config}, NOW)
    return load_site(tmp_path, "", "docusaurus")


@pytest.mark.parametrize(
    ("path", "front", "url", "title"),
    [
        ("docs/index.md", "title: Home", "/docs/", "Home"),
        ("docs/02-guide/01-first.md", "tags: [one]", "/docs/guide/first", "first"),
        ("docs/02-guide/3.2-ver.md", "", "/docs/guide/3.2-ver", "3.2-ver"),
        ("docs/02-guide/sub/README.md", "", "/docs/guide/sub/", "README"),
        ("docs/Folder/folder.md", "", "/docs/Folder/", "folder"),
        ("docs/own.md", "slug: /abs/own", "/docs/abs/own", "own"),
        ("docs/rel.md", "slug: other/", "/docs/other/", "rel"),
        ("docs/02-guide/id.md", "id: given", "/docs/guide/given", "given"),
        ("docs/Ü b.md", "", "/docs/Ü b", "Ü b"),
        ("docs/unl.md", "unlisted: true", "/docs/unl", "unl"),
        ("blog/2021-01-02-post.md", "title: P", "/blog/2021/01/02/post", "P"),
        ("blog/2020-05-06-dir/index.md", "", "/blog/2020/05/06/dir", "dir"),
        ("blog/nested/2019-1-2-x.md", "title: Head", "/blog/2019/1/2/nested/x", "Head"),
        ("blog/plain.md", "date: 2022-02-03\nslug: sl/ug", "/blog/sl/ug", "plain"),
        ("src/pages/about.md", "", "/about", ""),
        ("src/pages/deep/index.md", "", "/deep/", ""),
    ],
)
def test_docusaurus_addresses_and_titles(docusaurus: Profile, path: str, front: str, url: str, title: str) -> None:
    fate = _fate(docusaurus, path, f"---\n{front}\n---\nText\n" if front else "Text\n")
    assert (fate.published, fate.url, fate.title) == (True, url, title)


def test_docusaurus_leaves_out_partials_and_drafts(docusaurus: Profile) -> None:
    assert _fate(docusaurus, "docs/_part.md").reason is Hidden.SPECIAL_NAME
    assert _fate(docusaurus, "docs/draft.md", "---\ndraft: true\n---\n").reason is Hidden.DRAFT
    assert generator_for(docusaurus).kind("README.md") is Kind.NONE
    assert generator_for(docusaurus).kind("static/a.md") is Kind.STATIC


def test_docusaurus_ids(docusaurus: Profile) -> None:
    text = '## A -- b `c` "q"\n\n## Own {#mine}\n\n## image ½ ²\n\n## 日本語 C++ & C#\n\n## Twice\n\n## Twice\n'
    ids = anchors(Document("docs/a.md", Text(text), docusaurus))
    assert (set(ids.ids), ids.complete) == (
        {"a----b-c-q", "mine", "image--", "日本語-c--c", "twice", "twice-1"}, True,
    )  # fmt: skip


def test_what_a_docusaurus_plugin_is_told_by_a_program_has_no_address(tmp_path: Path) -> None:
    config = "const base = f();\nexport default { presets: [['x', { docs: { routeBasePath: base }, blog: false }]] };\n"
    write(tmp_path, {"docusaurus.config.ts": config}, NOW)
    profile = load_site(tmp_path, "", "docusaurus")
    assert _fate(profile, "docs/a.md").url == ""
    assert generator_for(profile).kind("blog/a.md") is Kind.NONE
    write(
        tmp_path, {"docusaurus.config.ts": "export default { docs: { routeBasePath: '/', path: '../x/docs' } };\n"}, NOW
    )
    profile = load_site(tmp_path, "", "docusaurus")
    assert _fate(profile, "docs/a.md").published is False


# Astro -------------------------------------------------------------------------------------------------------


@pytest.fixture
def astro(tmp_path: Path) -> Profile:
    files: dict[str, str | bytes] = {
        "astro.config.mjs": "export default { site: 'https://e.org' };\n",
        "src/content.config.ts": "const blog = f({ loader: glob({ pattern: '**/*.md', base: './notes' }) });\n",
    }
    write(tmp_path, files, NOW)
    return load_site(tmp_path, "", "astro")


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("src/pages/about.md", "/about/"),
        ("src/pages/index.md", "/"),
        ("src/pages/deep/index.md", "/deep/"),
        ("src/pages/Ü b.md", "/Ü b/"),
        ("src/pages/h.html", "/h/"),
        ("src/content/blog/a.md", ""),
        ("notes/a.md", ""),
    ],
)
def test_astro_addresses(astro: Profile, path: str, url: str) -> None:
    fate = _fate(astro, path, "---\ntitle: T\ndraft: true\n---\n")
    assert (fate.published, fate.url, fate.title) == (True, url, "T")


def test_astro_leaves_out_names_with_an_underscore(astro: Profile) -> None:
    assert _fate(astro, "src/pages/_y.md").reason is Hidden.SPECIAL_NAME
    assert _fate(astro, "src/pages/_x/a.md").reason is Hidden.SPECIAL_NAME
    assert generator_for(astro).kind("README.md") is Kind.NONE


def test_astro_ids(astro: Profile) -> None:
    text = (
        '# A -- b `c` "q"\n\n## Own {#mine}\n\n## ![alt](https://e.org/x.png) image ½ ² --- x\n\n## Twice\n\n'
        "## Twice\n\n## 日本語 C++ & C#\n"
    )
    ids = anchors(Document("src/pages/a.md", Text(text), astro))
    assert {"a--b-c-q", "own-mine", "-image-------x", "twice", "twice-1", "日本語-c--c"} <= set(ids.ids)
    assert "mine" not in ids.ids


# Together ----------------------------------------------------------------------------------------------------


def test_mkdocs_links_name_source_files(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "mkdocs.yml": "site_name: A\n",
            "docs/index.md": "[a](guide/a.md) [b](guide/b.md) [c](guide/a/) [i](img/i.png) [h](guide/a.md#one-two)\n",
            "docs/guide/a.md": "## One, two\n\n[up](../index.md) [none](../nope.md) [n](#none) ![x](../img/i.png)\n",
            "docs/img/i.png": "",
            "node_modules/x/README.md": "[x](nope.md)\n",
            "site/index.html": "<a href='nope.html'>x</a>\n",
        },
    )
    _, outcome = run(tmp_path)
    assert lines(outcome) == [
        "docs/guide/a.md:3 link/missing-target", "docs/guide/a.md:3 link/missing-anchor",
        "docs/index.md:1 link/missing-target",
    ]  # fmt: skip


def test_mkdocs_ids_and_references_of_extensions_and_plugins(tmp_path: Path) -> None:
    text = (
        "## A\n\n* **b**{ #c }: text [the name][pkg.mod.Name]\n\n[c](#c) [n](#n) [w][w]\n\n[w]: https://example.org\n"
    )
    files = {
        "docs/index.md": text,
        "mkdocs.yml": "site_name: A\nmarkdown_extensions: [attr_list]\nplugins: [autorefs]\n",
    }
    write_site(tmp_path, files)
    assert lines(run(tmp_path)[1]) == ["docs/index.md:5 link/missing-anchor"]
    write_site(tmp_path, files | {"mkdocs.yml": "site_name: A\n"})
    assert lines(run(tmp_path)[1]) == [
        "docs/index.md:3 link/undefined-reference",
        "docs/index.md:5 link/missing-anchor",
        "docs/index.md:5 link/missing-anchor",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n{% for x in y %}\n    <p>\n{% endfor %}\n\t</div>\n",
        "<div>\n\n\t</div>\n",
    ],
)
def test_html_that_eleventy_sees_otherwise_is_left_alone(tmp_path: Path, text: str) -> None:
    write_site(tmp_path, {".eleventy.js": "", "a.md": text, "b.md": "a <b>b\n\nc\n"})
    assert lines(run(tmp_path)[1]) == ["b.md:1 html/unclosed-tag"]


@pytest.mark.parametrize("text", ["<p>\nOne\n\nTwo</p>\n", "<div>\nOne <b>\n\nTwo</b></div>\n"])
def test_html_blocks_of_mkdocs_are_left_alone(tmp_path: Path, text: str) -> None:
    write_site(tmp_path, {"mkdocs.yml": "site_name: A\n", "docs/a.md": text, "docs/b.md": "a <b>b\n\nc\n"})
    assert lines(run(tmp_path)[1]) == ["docs/b.md:1 html/unclosed-tag"]


@pytest.mark.parametrize(
    ("name", "config", "path"),
    [
        ("astro", "astro.config.mjs", "src/pages/a.md"),
        ("docusaurus", "docusaurus.config.ts", "docs/a.md"),
        ("eleventy", ".eleventy.js", "a.md"),
    ],
)
def test_where_a_program_decides_addresses_no_link_is_dead(tmp_path: Path, name: str, config: str, path: str) -> None:
    text = "---\ntitle: A\n---\n[x](/nope/) [y](nope) [z](/nope/#a) [w](https://example.org)\n\n{{ x }}\n"
    write_site(tmp_path, {config: "", path: text})
    engine, outcome = run(tmp_path)
    assert engine.survey.profiles[""].generator == name
    assert lines(outcome) == []


def test_two_generators_are_said_and_not_guessed(tmp_path: Path) -> None:
    write_site(tmp_path, {"mkdocs.yml": "site_name: A\n", "docusaurus.config.js": "", "docs/a.md": "Text\n"})
    engine, _ = run(tmp_path)
    (notice,) = engine.survey.notices
    assert "docusaurus (docusaurus.config.js) or mkdocs (mkdocs.yml)" in notice
