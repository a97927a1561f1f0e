"""The files in which a host is told where to lead whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from postlint.config.redirects import redirected, redirects_of
from tests.sites import lines, run, write_site

LIST = """# moved
/old /new
/news/*  /blog/:splat  301!
/posts/:year/:slug /blog/:slug 301  # with a remark
/shop id=:id /item/:id 301
/caf%C3%A9/ /tea/

/lost/* /404.html 404
/zh /cn 302 Language=zh,zh-cn
/alone
https://old.example.org/* https://tea.example.net/:splat 301!
http://old.example.org/only /new
"""
TOML = """
[[redirects]]
from = "/toml/*"
to = "/new"
[[redirects]]
from = "/gone"
to = "/404.html"
status = 404
[[redirects]]
from = "/"
to = "/zh/"
conditions = {Language = ["zh"]}
"""
VERCEL = {
    "redirects": [
        {"source": "/v/:path*", "destination": "/x"},
        {"source": "/w/(.*)", "destination": "/x"},
        {"source": "/q/:a(\\d+)/b", "destination": "/x"},
        {"source": "/h", "has": [{"type": "header"}], "destination": "/x"},
    ],
    "rewrites": [{"source": "/r", "destination": "/x"}],
}


def test_the_rules_of_each_host(tmp_path: Path) -> None:
    write_site(tmp_path, {"site/static/_redirects": LIST, "netlify.toml": TOML, "site/vercel.json": json.dumps(VERCEL)})
    assert redirects_of(tmp_path, "site/") == (
        "/old", "/news/*", "/posts/:year/:slug", "/shop", "/café/", "/only", "/v/:path*", "/w/(.*)", "/q/:a(\\d+)/b",
        "/r", "/toml/*",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "answers", "others"),
    [
        ("/old", "/old /old/", "/older /old/x /"),
        ("/news/*", "/news /news/ /news/a/b", "/newsletter"),
        ("/posts/:year/:slug", "/posts/2024/a /posts/2024/a/", "/posts/2024 /posts/2024/a/b"),
        ("/v/:path*", "/v /v/a/b", "/va"),
        ("/w/(.*)", "/w/ /w/a/b", "/v"),
        ("/q/:a(\\d+)/b", "/q/12/b", "/q/b"),
        ("/a.b+c", "/a.b+c", "/axb+c /a.bbc"),
    ],
)
def test_what_a_pattern_answers(pattern: str, answers: str, others: str) -> None:
    matches = redirected([pattern]).fullmatch
    assert all(matches(url) for url in answers.split())
    assert not any(matches(url) for url in others.split())


def test_no_pattern_answers_nothing() -> None:
    assert redirected(()).fullmatch("/") is None


@pytest.mark.parametrize(
    "broken", ["[[redirects]", "redirects = 1", "[[redirects]]\nfrom = 1", "{", "[]", '{"redirects": 1}']
)
def test_a_broken_file_says_nothing(broken: str, tmp_path: Path) -> None:
    write_site(tmp_path, {"netlify.toml": broken, "vercel.json": broken, "_redirects": broken})
    assert redirects_of(tmp_path, "") == ()


def test_a_link_to_what_is_redirected_is_not_dead(tmp_path: Path) -> None:
    files = {
        "_config.yml": "baseurl: /shop\n",
        "a.md": "---\n---\n[b](/shop/old)\n[c](/shop/news/x)\n[d](/shop/below)\n",
        "_redirects": "/shop/old /new\n/news/* /blog/:splat\n",
    }
    write_site(tmp_path, files)
    assert lines(run(tmp_path, cache=True)[1]) == ["a.md:5 link/missing-target"]
    # What was kept of the last run does not hold when the file has changed.
    (tmp_path / "_redirects").write_text("/below /x\n", encoding="utf-8")
    assert lines(run(tmp_path, cache=True)[1]) == ["a.md:3 link/missing-target", "a.md:4 link/missing-target"]
