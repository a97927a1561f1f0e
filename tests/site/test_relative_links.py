"""Links to source files, where jekyll-relative-links makes addresses of pages of them: compared with the plugin."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generators.oracle import ruby, write
from tests.site.test_site_questions import PAGE, dangling, dead, site_of

CONFIG = "plugins: [jekyll-relative-links]\n"
LINKS = (
    "b.md", "./b.md", "../top.md", "/top.md", "/docs/b.md#one", "b.md#one", "gone.md", "../docs/gone.md#x", "B.md",
    "a%20b.md", "a+b.md", "_hidden.md", "../_drafts/d.md", "../_posts/2024-01-02-p.md", "/_layouts/l.md", "plain.md",
)  # fmt: skip
TARGETS = {
    "docs/b.md": PAGE + "# One\n",
    "docs/a b.md": PAGE,
    "docs/plain.md": "Text\n",
    "docs/_hidden.md": PAGE,
    "top.md": PAGE,
    "_layouts/l.md": PAGE,
    "_posts/2024-01-02-p.md": PAGE,
}


def _page(link: str) -> str:
    return f"---\npermalink: /far/off/:basename/\n---\n[x]({link})\n\n![x]({link})\n\n[r]\n\n[r]: {link}\n"


@pytest.mark.generator
def test_what_the_plugin_leaves_as_it_is_is_dead(tmp_path: Path) -> None:
    links = tuple(link for link in LINKS if not link.startswith("../_drafts"))
    pages = {f"docs/page-{i}.md": _page(link) for i, link in enumerate(links)}
    files = {"_config.yml": CONFIG, **TARGETS, **pages}
    write(tmp_path, dict(files), 1_900_000_000)
    (answer,) = ruby(
        "jekyll_build.rb", [[str(tmp_path), 1_900_000_000, ["jekyll-relative-links"]]], needs="jekyll-relative-links"
    )
    left = set()
    for (path, _), link in zip(pages.items(), links, strict=True):
        built = answer["written"][answer["items"][path][0]["file"]]
        uses = [f"[x]({link})" in built, f"![x]({link})" in built, f"[r]: {link}" in built]
        assert len(set(uses)) == 1, (path, built)
        if uses[0]:
            left.add(f"{path} {link}")
    found = {line.replace(":4", "").replace(":6", "").replace(":10", "") for line in dead(site_of(tmp_path, files))}
    assert found == left
    assert 0 < len(left) < len(links)


def test_ids_are_looked_for_in_the_page_that_the_file_becomes(tmp_path: Path) -> None:
    files = {"_config.yml": CONFIG, **TARGETS, "a.md": PAGE + "[x](docs/b.md#one) [y](docs/b.md#two)\n"}
    assert dangling(site_of(tmp_path, files)) == ["a.md:3 docs/b.md#two in docs/b.md"]


@pytest.mark.parametrize("off", ["", CONFIG + "relative_links: {enabled: false}\n"])
def test_nothing_is_looked_for_where_the_plugin_is_off(tmp_path: Path, off: str) -> None:
    site = site_of(tmp_path, {"_config.yml": off, **TARGETS, "a.md": PAGE + "[y](docs/b.md#two)\n"})
    assert not list(site.source_links())
    assert not dangling(site)


def test_html_and_queries_are_no_names_of_files(tmp_path: Path) -> None:
    text = PAGE + '<a href="b.md">b</a> [q](b.md?x=1)\n'
    assert not list(site_of(tmp_path, {"_config.yml": CONFIG, **TARGETS, "docs/a.md": text}).source_links())
