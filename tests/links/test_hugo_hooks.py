"""What Hugo's render hooks make of addresses in Markdown, and which of them postlint therefore calls dead."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from postlint.engine.project import Wishes
from postlint.generators.hugo.hooks import read_hooks
from tests.generators.oracle import tool
from tests.sites import run, write_site

BARE = 'disableKinds = ["taxonomy", "term", "rss", "sitemap"]\n'
TWO = BARE + 'defaultContentLanguage = "en"\n[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n'
PLAIN_HOOK = '<a href="{{ .Destination | safeURL }}" target="_blank">{{ .Text }}</a>'
PAGE_HOOK = (
    "{{- $href := .Destination -}}{{- with .Page.GetPage (strings.TrimSuffix `/` .Destination) -}}"
    '{{- $href = .RelPermalink -}}{{- end -}}<a href="{{ $href }}">{{ .Text }}</a>'
)
ADDRESSES = (
    "tea.md", "tea", "/docs/tea", "/docs/tea.md", "docs/tea", "../docs/cup.md", "/docs/cup", "/docs/Cup/",
    "/box/note.txt",
    "/img/pot.png", "/list.pdf", "nothing", "/nothing/", "/docs", "/docs/", "cup", "./cup/", "/docs/tea.fr.md",
    "/docs/tea.html", "/docs/tea/index.html", "/en/docs/tea/", "/fr/docs/tea", "box", "tea/", "/docs/tea/?q=1",
    "_index.md",
    "nothing.md", "/docs/nothing.md", "tea cup.md",
)  # fmt: skip
PASSED_OVER = {"../docs/cup.md", "/docs/tea.html", "/img/pot.png", "/docs/tea.fr.md"}
"""Dead, and not said to be: a file of that name lies beside the source; some servers answer to it; a hook that finds
pages may find resources too, and drop the language."""


def _files(config: str, hook: str) -> dict[str, str]:
    body = "\n".join(f"[{at}](<{address}>)\n" for at, address in enumerate(ADDRESSES))
    page = "---\ntitle: T\n---\n"
    files = {
        "hugo.toml": config,
        "layouts/_default/single.html": "<h1>page</h1>{{ .Content }}",
        "layouts/_default/list.html": "<h1>page</h1>{{ .Content }}",
        "layouts/index.html": "<h1>page</h1>{{ .Content }}",
        "content/_index.md": page,
        "content/docs/_index.md": page,
        "content/docs/tea.md": page,
        "content/docs/cup.md": page,
        "content/box/index.md": page,
        "content/box/note.txt": "note",
        "content/docs/links.md": page + body,
        "assets/img/pot.png": "png",
        "static/list.pdf": "pdf",
    }
    if config is TWO:
        files |= {
            "content/_index.fr.md": page,
            "content/docs/_index.fr.md": page,
            "content/docs/tea.fr.md": page,
            "content/docs/links.fr.md": page + body,
        }
    if hook:
        files["layouts/_default/_markup/render-link.html"] = hook
    return files


@pytest.mark.generator
@pytest.mark.parametrize(
    ("config", "hook"), [(BARE, ""), (TWO, ""), (BARE, PLAIN_HOOK), (BARE, PAGE_HOOK), (TWO, PAGE_HOOK)]
)
def test_what_leads_nowhere(config: str, hook: str, tmp_path: Path) -> None:
    write_site(tmp_path, _files(config, hook))
    built = subprocess.run([tool("hugo"), "--quiet"], cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    dead: dict[str, set[str]] = {}
    for source, url in (("content/docs/links.md", "/docs/links/"), ("content/docs/links.fr.md", "/fr/docs/links/")):
        page = tmp_path / "public" / url.strip("/") / "index.html"
        if not page.exists():
            continue
        hrefs = re.findall(r'<a href="([^"]*)"[^>]*>(\d+)</a>', page.read_text(encoding="utf-8"))
        assert len(hrefs) == len(ADDRESSES)
        for href, at in hrefs:
            place = tmp_path / "public" / unquote(urldefrag(urljoin(url, href.partition("?")[0])).url).strip("/")
            if not place.is_file() and not (place / "index.html").is_file():
                dead.setdefault(source, set()).add(ADDRESSES[int(at)])
    rules = ("link/missing-target", "link/source-extension", "link/case-mismatch")
    found: dict[str, set[str]] = {}
    for diagnostic in run(tmp_path, ["content"], Wishes(select=rules))[1].diagnostics:
        address = ADDRESSES[(diagnostic.start.line - 4) // 2]
        found.setdefault(diagnostic.path, set()).add(address)
    for source, addresses in dead.items():
        missed = addresses - found.get(source, set())
        assert missed <= PASSED_OVER, (source, missed, sorted(found.get(source, ())))
    for source, addresses in found.items():
        assert addresses <= dead[source], source


def test_which_hooks_are_there(tmp_path: Path) -> None:
    def hooks(config: Mapping[str, object], languages: int = 1) -> tuple[str, str, bool]:
        found = read_hooks(tmp_path, config, languages=languages)
        return found.link, found.image, found.knows_ids

    assert hooks({}) == ("", "", True)
    assert hooks({}, 2) == ("pages", "pages", True)
    never = {"markup": {"goldmark": {"renderhooks": {"link": {"useembedded": "never"}}}}}
    assert hooks(never, 2) == ("", "pages", True)
    assert hooks({"theme": "absent"}) == ("pages", "pages", True)
    write_site(
        tmp_path,
        {
            "themes/mine/layouts/_markup/render-link.html": PLAIN_HOOK,
            "themes/mine/layouts/_default/_markup/render-image.html": '<img src="{{ replace .Destination `a` `b` }}">',
            "layouts/_default/_markup/render-heading.html": "<h{{ .Level }}>{{ .Text }}</h{{ .Level }}>",
        },
    )
    assert hooks({"theme": "mine"}, 2) == ("", "unknown", False)
    write_site(tmp_path, {"layouts/posts/_markup/render-link.html": PAGE_HOOK})
    assert hooks({"theme": ["mine"]}) == ("pages", "unknown", False)
    write_site(
        tmp_path, {"layouts/_markup/render-link.html": '{{ if eq .Destination "g" }}{{ partial "x" . }}{{ end }}'}
    )
    assert read_hooks(tmp_path, {}, languages=1).words == ("g",)
