"""Copies of Jekyll sites with layouts that add no links of their own, and building them with real Jekyll."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import yaml

from postlint.document import Profile
from postlint.engine.project import Wishes
from postlint.generators import load_site
from postlint.site.generated import may_be_generated
from tests.built.comparison import Comparison, compare
from tests.built.lychee import Link, check
from tests.built.told import Told, ask
from tests.generators.oracle import ruby
from tests.sites import NOW, run

__all__ = ["LAYOUT", "Built", "build", "copy", "excerpt"]

LAYOUT = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{{ page.title | escape }}</title></head>
<body>
{{ content }}
</body></html>
"""
_NOT_CONTENT = ("_plugins", "_site", "Gemfile", "Gemfile.lock")


class Built(NamedTuple):
    """A site that was built: ``host`` is the root of its host, the pages lie below ``base`` in it.

    ``stops`` are the tags at which Jekyll would have stopped: file and name.
    """

    root: Path
    host: Path
    base: str
    hosts: tuple[str, ...]
    stops: tuple[tuple[str, str], ...]
    included: Mapping[str, str]
    """What includes print on each page, by the page's source."""

    def compared(self) -> Comparison:
        """What postlint says of the site from its source, against its pages."""
        checked = check(self.host, self.hosts)
        told = ask(self.root, self.base)
        by_templates = [link for link in checked.broken if self._is_made(link, checked.links[link], told)]
        profile = load_site(self.root, "", "jekyll")
        return compare(
            checked,
            told,
            not_content=by_templates,
            stops=self.stops,
            may_be_made=lambda link: self._may_be_made(link, checked.links.get(link, ""), profile),
        )

    def _may_be_made(self, link: Link, written: str, profile: Profile) -> bool:
        """Whether something else may stand there: a feed, or another site on the same host."""
        path = link.address.partition("#")[0]
        if "//" in written and self.base and path != self.base and not path.startswith(self.base + "/"):
            return True
        return may_be_generated(path.removeprefix(self.base), profile, own_plugins=False)

    def _is_made(self, link: Link, written: str, told: Told) -> bool:
        """Whether an include prints the link, or a template from data: the page's own source does not have it."""
        paths = told.pages.get(link.page, ())
        if any(written in unescape(self.included.get(path, "")) for path in paths):
            return True
        fragment = written.partition("#")[2]
        name = f"#{fragment}" if fragment else re.split(r"[/?]", written.rstrip("/#"))[-1]
        text = "".join((self.root / path).read_text(encoding="utf-8", errors="replace") for path in paths)
        return unquote(name) not in unquote(unescape(text))


def copy(site: Path, target: Path) -> Path:
    """A copy whose layouts print the title and the content."""
    shutil.copytree(site, target, ignore=shutil.ignore_patterns(*_NOT_CONTENT))
    for layout in target.glob("_layouts/**/*"):
        if layout.is_file():
            layout.write_text(LAYOUT, encoding="utf-8")
    (target / "postlint.toml").write_text("", encoding="utf-8")
    return target


def build(roots: Sequence[Path]) -> list[Built]:
    """Build the sites at ``roots``, each into a folder beside it."""
    questions, built = [], []
    for root in roots:
        settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")) or {}
        base = str(settings.get("baseurl") or "").rstrip("/")
        host = re.sub(r"^\w+:", "", str(settings.get("url") or "")).strip("/").partition("/")[0].lower()
        place = root.with_name(root.name + "-built")
        built.append(Built(root, place, base, (host,) if host else (), (), {}))
        questions.append([str(root), str(place) + base, int(NOW.timestamp())])
    script = Path(__file__).with_name("jekyll_write.rb")
    answers = ruby(script, questions, needs="jekyll-redirect-from", timeout=600)
    return [
        each._replace(stops=tuple((path, name) for path, name in answer["stops"]), included=answer["included"])
        for each, answer in zip(built, answers, strict=True)
    ]


def excerpt(site: Path, target: Path, posts: int, seed: int) -> Path:
    """A copy with some of the posts, the pages that those link to, and the sources that any of these name in tags."""
    copy(site, target)
    run(target, wishes=Wishes(select=("link",)), cache=True)
    with sqlite3.connect(target / ".postlint_cache" / "index.sqlite") as index:
        paths = [path for (path,) in index.execute("SELECT path FROM document WHERE site = '' ORDER BY path")]
        keep = set(random.Random(seed).sample([path for path in paths if "_posts/" in path], posts))
        followed = (
            "SELECT d.path, a.path FROM link l JOIN document d ON d.id = l.id >> 24 JOIN address a USING (url_key)"
            " WHERE l.status = 'internal'"
        )
        keep |= {there for here, there in index.execute(followed) if here in keep}
        sources = list(
            index.execute(
                "SELECT d.path, l.url FROM link l JOIN document d ON d.id = l.id >> 24 WHERE l.status = 'source'"
            )
        )
    while more := {name.lstrip("/") for here, name in sources if here in keep} - keep:
        keep |= more
    for path in paths:
        if path not in keep and not path.startswith("_"):
            (target / path).unlink()
    shutil.rmtree(target / ".postlint_cache")
    return target
