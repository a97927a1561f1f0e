"""What lychee is known to see and not to see, on pages made for it: the ground that the comparisons stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.built.lychee import Checked, Known, Link, check, file_at, meeting

pytestmark = pytest.mark.generator

PAGE = '<h1 id="x">A page</h1>'
FILES = {
    "page.html": PAGE,
    "dir/index.html": PAGE,
    "both.html": PAGE,
    "both/other.html": PAGE,
    "空/茶.html": '<h1 id="茶-x">A page</h1><h2 id="a b">B</h2><a name="Named">C</a>',
    "sp ace.html": PAGE,
    "a&b+c.html": PAGE,
    "q?x#y.html": PAGE,
    "pic.png": "",
    "data.xml": "<x/>",
}
ALIVE = (
    "/page.html", "/page", "page.html#x", "/page?q=1#x", "/page/", "/dir/", "/dir", "dir/index.html#x",
    "./dir/../page.html", "/%E7%A9%BA/%E8%8C%B6.html#%E8%8C%B6-x", "/空/茶#茶-x", "/空/茶.html#a%20b",
    "/空/茶.html#Named", "/sp%20ace.html", "/sp ace.html", "/a&amp;b+c.html", "/q%3Fx%23y.html",
    "#", "#top", "#TOP", "#own", "?x=1",
    "/data.xml#x", "/pic.png#x", "/../page.html", "../../../../../../../page.html",
    "https://tea.example/page.html#x", "//www.tea.example/dir/", "http://tea.example",
    "https://other.example/gone.html", "https://tea.example:8080/gone.html", "mailto:a@tea.example", "tel:1",
    "javascript:void(0)", "htp://x", " /page.html\n", "/page.html#:~:text=A", "/dir//",
)  # fmt: skip
DEAD = (
    "/gone.html", "gone7", "/gone8/", "/Page.html", "/dir/gone.png", "/page.html#gone", "/page#X", "/dir/#gone",
    "/dir#gone2", "#Own", "/#gone10", "/%E7%A9%BA/gone", "/空/茶.html#gone", "/gone9.html?q=1", "../../gone2",
    "https://tea.example/gone3", "//tea.example/gone4#x", "https://tea.example#gone11", "http://www.tea.example/page.html#gone5",
    "www.other.example", "/gone6 .html", "/a&b", "/pic", "http：//full.example",
)  # fmt: skip


def site(root: Path, links: str) -> Path:
    for name, content in {**FILES, "index.html": f'<h1 id="own">Home</h1>{links}'}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return root


def checked(root: Path, *written: str) -> Checked:
    return check(site(root, "\n".join(f'<p><a href="{each}">x</a></p>' for each in written)), ["tea.example"])


def test_what_works_is_not_called_broken(tmp_path: Path) -> None:
    found = checked(tmp_path, *ALIVE)
    assert not found.broken and not found.corrected
    assert len(found.links) > 15


def test_what_is_broken_is_found_by_both(tmp_path: Path) -> None:
    found = checked(tmp_path, *DEAD)
    assert len(found.broken) == len(DEAD) and not found.corrected
    assert {link.page for link in found.broken} == {"/"}


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="/gone">', '<img src="/page" srcset="/gone 2x">', '<source srcset="/gone, /page 2x">',
        '<video poster="/gone">', '<object data="/gone">', '<iframe src="/gone">', '<q cite="/gone">',
        '<area href="/gone">', '<link rel="stylesheet" href="/gone">', '<script src="/gone"></script>',
        '<form action="/gone">', '<button formaction="/gone">', '<pre><a href="/gone">x</a></pre>',
        "<A HREF='/gone'>x</A>", "<a href=/gone>x</a>",
    ],
)  # fmt: skip
def test_attributes(tag: str, tmp_path: Path) -> None:
    found = check(site(tmp_path, tag))
    assert found.broken == {Link("/", "/gone")} and not found.corrected


@pytest.mark.parametrize(
    ("html", "reason", "broken"),
    [
        ('<span href="/gone">x</span>', Known.NO_LINK, False),
        ("<p>https://tea.example/gone</p>", Known.NO_LINK, False),
        ('<textarea><a href="/gone">x</a></textarea>', Known.NO_LINK, False),
        ('<a href="/both">x</a>', Known.FOLDER, False),
        ('<a href="/both#x">x</a>', Known.FOLDER, False),
        ('<a rel="nofollow" href="/gone">x</a>', Known.NOFOLLOW, True),
        ('<img srcset="/page, /gone 2x,/pic.png 3x">', Known.SRCSET, True),
        ('<a href="me@tea.example">x</a>', Known.MAIL, True),
        ('<a href="/page.html/">x</a>', Known.FILE_SLASH, True),
        ('<a href="/pic.png/">x</a>', Known.FILE_SLASH, True),
        ('<a href="/page.md#x">x</a>', Known.SUFFIX, True),
        ('<a href="/page.htm">x</a>', Known.SUFFIX, True),
    ],
)
def test_what_lychee_gets_wrong_is_corrected(html: str, reason: Known, broken: bool, tmp_path: Path) -> None:
    found = check(site(tmp_path, html), ["tea.example"])
    assert set(found.corrected) == {reason}
    assert len(found.broken) == broken


def test_below_a_base_path(tmp_path: Path) -> None:
    links = '<a href="/blog/page.html">a</a><a href="/page.html">b</a><a href="https://tea.example/dir">c</a>'
    site(tmp_path / "blog", links + '<a href="gone">d</a><a href="https://tea.example/blog/gone2">e</a>')
    found = check(tmp_path, ["tea.example"])
    assert {link.address for link in found.broken} == {
        "/page",
        "/dir",
        "/blog/gone",
        "/blog/gone2",
    } and not found.corrected
    assert {link.page for link in found.links} == {"/blog"}


def test_any_other_difference_is_an_error(tmp_path: Path) -> None:
    site(tmp_path, '<a href="/page.html#late">x</a>')
    (tmp_path / "page.html").write_text("<title><h1 id=late></title>", encoding="utf-8")  # which browsers take for text
    with pytest.raises(AssertionError, match="/page#late broken to us alone"):
        check(tmp_path)


def test_the_one_way_of_writing() -> None:
    same = ("/a", "/a/", "/a.html", "/a/index.html", "/a/index.htm")
    assert {meeting(address + "#B.html/") for address in (*same, "/a.html/")} == {"/a#B.html/"}
    assert meeting("/index.html") == meeting("/") == "/"
    assert file_at("/a%20b", {"a b.html"}) == "a b.html"
    assert file_at("/a/b.html/", {"a/b.html"}) is None
