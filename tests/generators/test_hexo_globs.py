"""Which files Hexo's settings name, set beside micromatch and Hexo itself."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import Hidden, Kind, generator_for, load_site
from postlint.generators.hexo.globs import glob
from postlint.text import Text
from tests.generators.oracle import tool, write
from tests.generators.test_hexo_sites import PACKAGE, read

PATTERNS = (
    "tmp", "*.md", "**", "*", "**/*", "**/*.md", "tmp/**", "tmp/*", "/tmp/*", "_posts/a.md", "_posts/**/*.md",
    "**/tmp/**",
    "a?c.md", "[ab].md", "{a,b}.md", "{tmp,_x}/**", "!*.md", "!tmp/**", "**/.hidden/*", ".*", "**/_*", "./a.md",
    "a/**/b.md", "@(a|b).md", "+(a|b).md", "*.{md,html}", "tmp/", "**.md", "a*", "a\\*.md", "x/{a,b/c}.md", "",
    "**/a/**/b.md", "Ü*.md", "日本/*", "a.md", "*/a.md", "*/*/a.md", "?(a)b.md", "**/", "tmp/**/", "a b/*.md",
)  # fmt: skip
PATHS = (
    "a.md", "b.md", "ab.md", "abc.md", "tmp", "tmp/a.md", "tmp/x/a.md", "/r/tmp/a.md", "_posts/a.md", "_posts/x/a.md",
    ".a",
    "x/.hidden/a", ".hidden/a", "tmp/.a.md", "_x/a.html", "x/_y.md", "a/b.md", "a/x/b.md", "a/x/y/b.md", "x/a.md",
    "x/b/c.md",
    "a.html", "index.html", "a*.md", "Über.md", "日本/a.md", "a b/c.md", "(a).md", "a", "x/a/y/b.md", "x/y/a.md",
)  # fmt: skip


@pytest.mark.generator
def test_globs_fit_what_micromatch_fits() -> None:
    pairs = [(pattern, path) for pattern in PATTERNS if pattern for path in PATHS]
    run = subprocess.run(
        [tool("node"), str(Path(__file__).with_name("hexo_globs.js"))],
        input=json.dumps(pairs), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    if run.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"micromatch does not run, and CI must compare with it: {run.stderr[-300:]}")
        pytest.skip("Node finds no Hexo")
    theirs: list[bool] = json.loads(run.stdout)
    wrong = [
        f"{pattern!r} {path!r}: micromatch {fits}, we {not fits}"
        for (pattern, path), fits in zip(pairs, theirs, strict=True)
        if (glob(pattern).fullmatch(path) is not None) is not fits
    ]
    assert any(theirs)
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(wrong)


FILES = (
    "_posts/a.md", "_posts/sub/b.md", "_posts/_c.md", "_drafts/d.md", "page.md", "sub/page.md", "sub/deep/page.html",
    "_inc/page.md", "_inc/file.txt", ".well-known/x.md", "file.txt", "tmp/x.md", "tmp/y.txt", "tmp/deep/z.md", "b.html",
)  # fmt: skip
SETTINGS = (
    "", "exclude: [sub/*.md, file.txt]", "exclude: '**/*.md'", "include: [_inc/*, .well-known/x.md]",
    "skip_render: tmp",
    "skip_render: tmp/**", "skip_render: ['**/*.html', _posts/sub/**]", "ignore: ['**/tmp', '**/sub/deep/*']",
    "ignore: ['**/_posts/a.md']", "ignore: '*'", "include: ['**/*']\nexclude: [_inc/file.txt]", "exclude: _posts/**",
    "ignore: [sub/page.md]", "skip_render: []\nexclude:\ninclude: ''",
    "post_asset_folder: true\nskip_render: '**/a.md'",
)  # fmt: skip


@pytest.mark.generator
def test_files_that_settings_name_are_what_hexo_makes_of_them(tmp_path: Path) -> None:
    sites = []
    for number, setting in enumerate(SETTINGS):
        root = tmp_path / str(number)
        files: dict[str, str | bytes] = {f"source/{name}": "---\ntitle: x\n---\n" for name in FILES}
        write(root, {"_config.yml": setting + "\n", "package.json": PACKAGE, **files}, 1_600_000_000)
        sites.append((root, "UTC"))
    wrong = []
    for (root, _), setting, answer in zip(sites, SETTINGS, read(sites), strict=True):
        made = {item["source"] for item in (*answer["posts"], *answer["pages"])}
        generator = generator_for(load_site(root, "", "hexo"))
        for name in FILES:
            path = f"source/{name}"
            kind = generator.kind(path)
            fate = generator.fate(Document(path, Text("---\ntitle: x\n---\n"), generator.profile))
            ours = "static" if kind is Kind.STATIC else "page" if kind in (Kind.POST, Kind.PAGE) else ""
            theirs = "page" if name in made else "static" if path in answer["files"] else ""
            if name.startswith(("_drafts/", "_posts/")) and theirs == "static":
                continue  # what lies beside posts is theirs where they have folders of their own
            if kind is not Kind.DRAFT and (ours != theirs or fate.published is not bool(theirs)):
                wrong.append(f"{setting} {name}: Hexo {theirs or 'nothing'}, we {ours or 'nothing'}")
    assert not wrong, "\n".join(wrong)


def test_why_a_file_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"_config.yml": "exclude: out.md\n", "source/out.md": "", "source/_x.md": ""}, 1_600_000_000)
    generator = generator_for(load_site(tmp_path, "", "hexo"))
    reasons = [
        generator.fate(Document(f"source/{name}", Text(""), generator.profile)).reason for name in ("out.md", "_x.md")
    ]
    assert reasons == [Hidden.EXCLUDED, Hidden.SPECIAL_NAME]
