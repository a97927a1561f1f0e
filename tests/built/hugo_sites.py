"""Copies of Hugo sites with layouts that print the title and the content alone, and building them with real Hugo."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from postlint.engine.predict import predict
from postlint.engine.project import Wishes, open_project
from postlint.engine.request import Request
from postlint.engine.survey import Survey
from postlint.generators import Hidden
from tests.built.lychee import Link, file_at, ids_of, meeting
from tests.built.told import NOWHERE, Told
from tests.generators.oracle import tool

__all__ = ["LAYOUTS", "OVERLAY", "Built", "build", "copy", "without_stopping"]

_LAYOUT = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{{ .Title }}</title>
{{ with .File }}<meta name="source" content="{{ .Path }}">{{ end }}</head>
<body>
{{ .Content }}
</body></html>
"""
LAYOUTS = {f"layouts/{name}.html": _LAYOUT for name in ("_default/single", "_default/list", "index")}
OVERLAY = f"""\
refLinksErrorLevel: WARNING
refLinksNotFoundURL: {NOWHERE}ref
enableGitInfo: false
module: {{mounts: []}}
"""
"""Laid over a site's configuration for the build: a dead ``ref`` does not end it."""
_OUTPUTS = (
    "outputs: {home: [HTML, RSS], section: [HTML, RSS], page: [HTML], term: [HTML, RSS], taxonomy: [HTML, RSS]}\n"
)
"""Hugo's own, for a site that has others."""
_NOT_FOUND = re.compile(r'REF_NOT_FOUND: Ref "([^"]*)": "([^"]*?):(\d+):\d+": ')
_REF = re.compile(r"""\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?(?:"([^"]*)"|`([^`]*)`|([^"`\s>]+))""")
_PARTIAL = re.compile(r'\bpartial "([^"]*)"')
_LEADS_TO = re.compile(r"url=(.*)", re.IGNORECASE)


class Built(NamedTuple):
    """A site that was built.

    Attributes:
        host: the folder of the built site.
        sources: by the address of each page, as :func:`meeting` writes it, the source that it was made of.
        led: by address where a page only leads on, whereto.
        lists: the addresses of pages that were made of no source.
        stops: each ``ref`` that finds no page: source file and name.
    """

    host: Path
    sources: Mapping[str, str]
    led: Mapping[str, str]
    lists: frozenset[str]
    stops: frozenset[tuple[str, str]]

    def as_built(self, told: Told) -> Told:
        """What is told of pages that are there. An alias of another page may lie on a page's own address."""
        pages = {at: (self.sources[at],) for at in told.pages if at in self.sources}
        there = frozenset(self.sources.values())
        return Told(pages, tuple(each for each in told.findings if each.path in there), told.open_pages)

    def not_judged(self, links: Collection[Link], told: Told) -> frozenset[Link]:
        """Links to an id of which the content does not say whether it is there.

        A list without a file has the ids of its layout. A page that leads on by ``refresh`` loses the id, a host that
        redirects keeps it, so what counts is whether the page that it leads to has it; where such an address is also
        another page's own, Hugo writes now the one, now the other.
        """
        files = {file.relative_to(self.host).as_posix() for file in self.host.rglob("*.html")}
        found = set()
        for link in links:
            path, _, fragment = link.address.partition("#")
            if fragment and path in self.lists:
                found.add(link)
            elif fragment and path in self.led:
                file = file_at(self.led[path], files)
                ids = ids_of(LexborHTMLParser((self.host / file).read_bytes())) if file is not None else frozenset()
                if path in told.pages or fragment in ids:
                    found.add(link)
        return frozenset(found)


def copy(site: Path, target: Path) -> Path:
    """A copy with the minimal layouts.

    Shortcodes stay if they show what stands between their tags; the others write links of their own, and nothing here.
    """
    for name in ("content", "data", "static", "i18n"):
        if (site / name).is_dir():
            shutil.copytree(site / name, target / name)
    for file in site.glob("config.*"):
        shutil.copy(file, target / file.name)
    for theme in site.glob("themes/*"):
        own = target / "themes" / theme.name
        if (theme / "static").is_dir():
            shutil.copytree(theme / "static", own / "static")
        for file in theme.glob("layouts/shortcodes/**/*.html"):
            text = file.read_text(encoding="utf-8")
            text = text if ".Inner" in text else ""
            (own / file.relative_to(theme)).parent.mkdir(parents=True, exist_ok=True)
            (own / file.relative_to(theme)).write_text(text, encoding="utf-8")
            for name in _PARTIAL.findall(text):
                partial = Path("layouts", "partials", f"{name.removesuffix('.html')}.html")
                if (theme / partial).is_file():
                    (own / partial).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(theme / partial, own / partial)
    for name, text in LAYOUTS.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    (target / "overlay.yml").write_text(OVERLAY + _OUTPUTS, encoding="utf-8")
    (target / "postlint.toml").write_text("", encoding="utf-8")
    return target


def without_stopping(root: Path, now: dt.datetime) -> Path:
    """The site without the files at which Hugo stops, as postlint foretells them."""
    project = open_project([str(root)], Wishes())
    request = Request(project.paths, project.explicit, now=now)
    for prediction in predict(Survey(project.settings, request), request):
        if prediction.fate.reason is Hidden.ABORTS:
            (root / prediction.path).unlink()
    return root


def build(root: Path, now: dt.datetime, base: str = "") -> Built:
    """Build the site at ``root``, published below ``base``, into a folder beside it."""
    host = root.with_name(root.name + "-built")
    shutil.rmtree(host, ignore_errors=True)
    place = f"{host}{base}"
    done = subprocess.run(
        [tool("hugo"), "--config", "config.yml,overlay.yml", "--destination", place, "--clock", now.isoformat()],
        cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, "TZ": "UTC", "HUGO_CACHEDIR": str(root.parent / "hugo-cache")},
    )  # fmt: skip
    said = re.sub(r"\x1b\[\d*m", "", done.stdout + done.stderr)
    assert done.returncode == 0, "\n".join(line for line in said.splitlines() if "WARN" not in line)[-3000:]
    sources, led, lists = {}, {}, set()
    for file in host.rglob("*.html"):
        at = meeting("/" + file.relative_to(host).as_posix())
        head = LexborHTMLParser(file.read_bytes()).head
        source = head.css_first("meta[name=source]") if head is not None else None
        onward = head.css_first("meta[http-equiv=refresh]") if head is not None else None
        if source is not None:
            sources[at] = "content/" + (source.attributes.get("content") or "")
        elif onward is not None and (whereto := _LEADS_TO.search(onward.attributes.get("content") or "")):
            led[at] = re.sub(r"^https?://[^/]*", "", whereto[1])
        else:
            lists.add(at)
    stops = {
        (Path(path).relative_to(root.resolve()).as_posix(), name)
        for wanted, path, line in _NOT_FOUND.findall(said)
        for name in _refs(Path(path), int(line), wanted)
    }
    return Built(host, sources, led, frozenset(lists), frozenset(stops))


def _refs(file: Path, line: int, wanted: str) -> Iterator[str]:
    """As they are written, the names in the ``ref`` of a line that Hugo, which speaks of their paths, does not find.

    Of one inside another shortcode Hugo does not always know the line.
    """
    text = file.read_text(encoding="utf-8")
    for part in (text.split("\n")[line - 1], text):
        names = ["".join(groups).partition("#")[0] for groups in _REF.findall(part)]
        found = {name for name in names if unquote(urlsplit(name).path) == wanted}
        if found:
            yield from found
            return
    raise AssertionError(f"{file}:{line}: {wanted} is not there")
