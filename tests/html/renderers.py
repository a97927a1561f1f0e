"""What the real programs make of bodies: kramdown, Hugo with raw HTML on and off, Hexo's marked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from tests.generators.oracle import tool
from tests.html.test_kramdown_claims import rendered
from tests.sites import write_site

__all__ = ["by_hexo", "by_hugo", "by_kramdown", "visible"]

_HEXO = """
const Hexo = require('hexo');
(async () => {
  const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  const hexo = new Hexo(process.cwd(), { silent: true });
  await hexo.init();
  const pages = [];
  for (const text of texts) pages.push(await hexo.render.render({ text, engine: 'md' }));
  console.log('\\n' + JSON.stringify(pages));
})();
"""


def by_kramdown(texts: Sequence[str]) -> list[str]:
    """The bodies as Jekyll's Markdown program renders them."""
    return rendered(list(texts))


def by_hugo(root: Path, texts: Sequence[str], *, raw_html: bool) -> list[str]:
    """The bodies as pages of one Hugo site below ``root``."""
    files = {
        "hugo.toml": 'disableKinds = ["home", "taxonomy", "term", "section", "sitemap", "RSS"]\n'
        f"markup.goldmark.renderer.unsafe = {str(raw_html).lower()}\n",
        "layouts/_default/single.html": "{{ .Content }}",
    }
    files |= {f"content/p{number}.md": f"---\ntitle: A\n---\n{text}" for number, text in enumerate(texts)}
    write_site(root, files)
    subprocess.run([tool("hugo"), "--quiet", "--source", str(root)], check=True, timeout=120)
    pages = (root / f"public/p{number}/index.html" for number in range(len(texts)))
    return [page.read_text(encoding="utf-8") if page.exists() else "" for page in pages]  # it writes no empty file


def by_hexo(root: Path, texts: Sequence[str]) -> list[str]:
    """The bodies as Hexo's own renderer has them; ``root`` becomes an empty site."""
    tool("hexo")
    package = {"name": "x", "hexo": {"version": "8"}, "dependencies": {"hexo-renderer-marked": "*"}}
    write_site(root, {"package.json": json.dumps(package), "_config.yml": "title: A\n"})
    modules = Path(tool("hexo")).resolve()
    while modules.name != "node_modules":
        modules = modules.parent
    (root / "node_modules").symlink_to(modules)
    run = subprocess.run(
        [tool("node"), "-e", _HEXO],
        input=json.dumps(list(texts)),
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    pages: list[str] = json.loads(run.stdout.splitlines()[-1])
    return pages


def visible(page: str) -> str:
    """The text of a page as a browser lays it out: runs of white space are one blank."""
    parsed = LexborHTMLParser(f"<!DOCTYPE html><body>{page}")
    parsed.strip_tags(["script", "style"])
    body = parsed.body
    return "" if body is None else " ".join(body.text().split())
