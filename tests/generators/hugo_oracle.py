"""Asking Hugo: what it knows of every page, and what it writes.

Each page of a built site is a line of JSON about itself, so that what stands in ``public`` says which pages were
published and where; the home pages list all pages of their language besides, for those whose address another page has
taken.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.generators.oracle import tool

__all__ = ["CLOCK", "LAYOUTS", "Build", "build", "new_hugo", "old_hugo"]

CLOCK = "2024-06-01T00:00:00Z"
"""When all sites are built."""

_PAGE = """\
{{ $page := . }}{{ $terms := dict }}{{ range $name, $_ := site.Taxonomies }}{{ $urls := slice }}\
{{ range ($page.GetTerms $name) }}{{ $urls = $urls | append .RelPermalink }}{{ end }}\
{{ $terms = merge $terms (dict $name (dict "values" (index $page.Params $name) "urls" $urls)) }}{{ end }}\
{{ $file := "" }}{{ with .File }}{{ $file = .Filename }}{{ end }}{{ $offset := .Date.Format "-07:00" }}\
RECORD {{ dict "file" $file "url" .RelPermalink "title" .Title "kind" .Kind "lang" .Language.Lang "unix" .Date.Unix \
"offset" $offset "terms" $terms | jsonify | safeHTML }}
"""
LAYOUTS: dict[str, str | bytes] = {
    "layouts/partials/record.html": _PAGE,
    "layouts/_default/single.html": '{{ partial "record.html" . }}',
    "layouts/_default/list.html": '{{ partial "record.html" . }}',
    "layouts/index.html": '{{ partial "record.html" . }}{{ range site.Pages }}{{ partial "record.html" . }}{{ end }}',
    "layouts/alias.html": "ALIAS {{ with .Page }}{{ with .File }}{{ .Filename }}{{ end }}{{ end }}",
}


class Build(NamedTuple):
    """What a run of Hugo left.

    Attributes:
        pages: by source file (relative to the site) and language: the pages that were published.
        linked: the same for pages that have an address, but nothing was written there.
        aliases: files that lead to a page, by that page's source file.
        places: all other files that were written.
        errors: Hugo's error lines.
        failed: whether it went back with an error.
    """

    pages: dict[tuple[str, str], dict[str, Any]]
    linked: dict[tuple[str, str], dict[str, Any]]
    aliases: dict[str, set[str]]
    places: set[str]
    errors: list[str]
    failed: bool


def build(root: Path, program: str) -> Build:
    """Build the site in ``root``, whose layouts are :data:`LAYOUTS`."""
    environment = {**os.environ, "TZ": "UTC", "HUGO_CACHEDIR": str(root.parent / "cache")}
    run = subprocess.run(
        [program, "--clock", CLOCK],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
    )
    said = re.sub(r"\x1b\[\d*m", "", run.stderr + run.stdout)
    errors = [line for line in said.splitlines() if re.search(r"ERROR|^Error", line)]
    owners: dict[str, tuple[str, str]] = {}
    listed: dict[tuple[str, str], dict[str, Any]] = {}
    aliases: dict[str, set[str]] = {}
    written: dict[tuple[str, str], dict[str, Any]] = {}
    public = root / "public"
    places: set[str] = set()
    for file in sorted(public.rglob("*")) if public.is_dir() else ():
        if not file.is_file():
            continue
        place = "/" + file.relative_to(public).as_posix()
        text = file.read_text(encoding="utf-8", errors="replace")
        if text.startswith("ALIAS "):
            aliases.setdefault(_relative(unescape(text[6:]).strip(), root), set()).add(place)
            continue
        places.add(place)
        for number, line in enumerate(text.splitlines()):
            if line.startswith("RECORD "):
                record = json.loads(line[7:])
                key = (_relative(record["file"], root), record["lang"])
                listed[key] = record
                if number == 0:
                    owners[place] = key
                    written[key] = record
    linked = {}
    for key, record in listed.items():
        if key not in written and record["url"]:
            if _place(record["url"]) in owners:
                written[key] = record  # another page was written to the same place after it
            else:
                linked[key] = record
    return Build(written, linked, aliases, places, errors, run.returncode != 0)


def _relative(path: str, root: Path) -> str:
    for base in (root, root.resolve()):
        if path.startswith(f"{base}/"):
            return path[len(str(base)) + 1 :]
    return path


def _place(url: str) -> str:
    from urllib.parse import unquote

    return unquote(url) + ("index.html" if url.endswith("/") else "")


@lru_cache(maxsize=1)
def _old() -> str:
    for candidate in ("/usr/bin/hugo", "/usr/local/bin/hugo-0.111", "hugo-0.111"):
        try:
            said = subprocess.run([candidate, "version"], capture_output=True, text=True, timeout=20).stdout
        except OSError:
            continue
        if re.search(r"\bv0\.111\.", said):
            return candidate
    return ""


def old_hugo() -> str:
    """The program of Hugo 0.111 (Debian's); skips the test where there is none, and fails it in CI."""
    found = _old()
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("Hugo 0.111 is not installed as /usr/bin/hugo, and CI must compare with it")
        pytest.skip("Hugo 0.111 is not installed")
    return found


def new_hugo() -> str:
    """The program of the newest Hugo here."""
    return tool("hugo")
