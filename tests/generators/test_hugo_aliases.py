"""Where Hugo writes pages that lead to a page, and the aliases at which it stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import Hidden, generator_for, load_site
from postlint.text import Text
from tests.generators.hugo_oracle import LAYOUTS, build, new_hugo, old_hugo
from tests.generators.oracle import write

CONFIGS = (
    "",
    "disableAliases = true\n",
    "uglyURLs = true\n",
    "uglyURLs = {posts = true}\n",
    'defaultContentLanguage = "fr"\ndefaultContentLanguageInSubdir = true\n[languages]\nfr = {weight = 1}\nen = {}\n',
    '[permalinks]\nposts = "/:year/:slug/"\n',
)
VALUES = (
    "[/old/, rel, ./dot, ../up, /a/b.html, rel.htm, /x/index.html, ../../../far]", "/one /two", "[5, true, ~]", "5",
    "['']", "[a, [b]]", "{a: b}", "['/a?b#c', '%41', 'Ünï Code/', '/日本']", "[.]", "[/posts/p/]", "~", "[]",
)  # fmt: skip
STOPPING = ("[http://x.example/a]", "https://x.example/a", "[/]", "[..]")


@pytest.mark.generator
@pytest.mark.parametrize("version", ["", "0.111.3"])
@pytest.mark.parametrize("config", CONFIGS)
def test_aliases_lie_where_hugo_writes_them(config: str, version: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {}
    for number, value in enumerate(VALUES):
        front = f"---\ntitle: x\ndate: 2020-01-02\nslug: p{number}\naliases: {value}\n---\n"
        files[f"content/posts/p{number}/index.md"] = front
    files["content/docs/_index.md"] = "---\ntitle: x\naliases: [/section/, rel]\n---\n"
    files["content/docs/u.md"] = "---\ntitle: x\nurl: /fixed/place.html\naliases: [/to-u/, rel-u]\n---\n"
    files["content/home.md"] = "---\ntitle: x\naliases: [/to-home/, rel-home]\n---\n"
    root = tmp_path / "site"
    write(root, {**LAYOUTS, "hugo.toml": config, "config.toml": config, **files}, 1_600_000_000)
    theirs = build(root, old_hugo() if version else new_hugo())
    assert not theirs.errors
    profile = load_site(root, "", "hugo", version=version)
    wrong = []
    written = theirs.places | {place for places in theirs.aliases.values() for place in places}
    for path, content in files.items():
        fate = generator_for(profile).fate(Document(path, Text(str(content)), profile))
        ours = {alias + ("index.html" if alias.endswith("/") else "") for alias in fate.aliases}
        wanted = theirs.aliases.get(path, set())
        # Where two meet, the later one is left.
        if wanted - ours or ours - written:
            wrong.append(f"{content!r}: Hugo {sorted(wanted)}, we {sorted(ours)}")
    assert not wrong, "\n".join(wrong)
    assert bool(theirs.aliases) is ("disableAliases" not in config)


@pytest.mark.generator
@pytest.mark.parametrize("url", ["/f.html", "f.html", "/a/f.html", "/f/"])
def test_old_releases_go_above_the_root_from_a_file_in_it(url: str, tmp_path: Path) -> None:
    content = f"---\ntitle: x\nurl: {url}\naliases: [rel]\n---\n"
    root = tmp_path / "site"
    write(root, {**LAYOUTS, "config.toml": "", "content/posts/p.md": content}, 1_600_000_000)
    profile = load_site(root, "", "hugo", version="0.111.3")
    fate = generator_for(profile).fate(Document("content/posts/p.md", Text(content), profile))
    assert build(root, old_hugo()).failed is (fate.reason is Hidden.ABORTS)


@pytest.mark.generator
@pytest.mark.parametrize("version", ["", "0.111.3"])
@pytest.mark.parametrize("value", STOPPING)
def test_aliases_at_which_hugo_stops(value: str, version: str, tmp_path: Path) -> None:
    content = f"---\ntitle: x\naliases: {value}\n---\n"
    root = tmp_path / "site"
    write(root, {**LAYOUTS, "hugo.toml": "", "config.toml": "", "content/posts/p.md": content}, 1_600_000_000)
    assert build(root, old_hugo() if version else new_hugo()).failed
    profile = load_site(root, "", "hugo", version=version)
    fate = generator_for(profile).fate(Document("content/posts/p.md", Text(content), profile))
    assert fate.reason is Hidden.ABORTS
