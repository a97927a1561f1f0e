"""Every way that a writer of a Jekyll site writes a link, right and wrong, as Markdown or HTML.

The pieces are put together at random: an address in one of several styles, perhaps spoiled, in one of many markups.
Whether it then works nobody says here: the built site does.
"""

from __future__ import annotations

import posixpath
import random
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

__all__ = ["HOST", "NO_SLIPS", "SLIPS", "SPOILS", "Target", "address", "markup", "spoiled"]

HOST = "tea.example"


class Target(NamedTuple):
    """What a link may lead to: its address from the site's root, its source, and ids on it."""

    url: str
    source: str
    ids: tuple[str, ...] = ()


# Addresses ---------------------------------------------------------------------------------------------------

_Style = Callable[[str, str, str], str]
"""From an address (from the site's root, encoded), the page's own address and the base path to what is written."""


def _relative(url: str, page: str, base: str) -> str:
    path = posixpath.relpath(url, posixpath.dirname(page) if not page.endswith("/") else page)
    return path + ("/" if url.endswith("/") and path != "/" else "")


STYLES: dict[str, _Style] = {
    "root": lambda url, page, base: base + url,
    "root without base": lambda url, page, base: url,
    "relative": _relative,
    "relative with a dot": lambda url, page, base: "./" + _relative(url, page, base),
    "own host": lambda url, page, base: f"https://{HOST}{base}{url}",
    "own host, http and www": lambda url, page, base: f"http://www.{HOST}{base}{url}",
    "own host without protocol": lambda url, page, base: f"//{HOST}{base}{url}",
    "baseurl": lambda url, page, base: "{{ site.baseurl }}" + url,
    "url and baseurl": lambda url, page, base: "{{site.url}}{{ site.baseurl }}" + url,
    "relative_url": lambda url, page, base: f"{{{{ '{url}' | relative_url }}}}",
    "absolute_url": lambda url, page, base: f"{{{{ '{url}' | absolute_url }}}}",
    "relative_url, without slash": lambda url, page, base: f"{{{{ '{url[1:] or url}' | relative_url }}}}",
    "prepend": lambda url, page, base: f"{{{{ '{url}' | prepend: site.baseurl }}}}",
    "prepend, twice": lambda url, page, base: f"{{{{ '{url}' | prepend: site.baseurl | prepend: site.url }}}}",
}
SPOILS: dict[str, Callable[[str, random.Random], str]] = {
    "another name": lambda url, rng: _last(url, lambda name: name + "-gone"),
    "a letter lost": lambda url, rng: _last(url, _beheaded),
    "another case": lambda url, rng: url.swapcase(),
    "a capital": lambda url, rng: _last(url, str.capitalize),
    "a folder lost": lambda url, rng: "/" + url[1:].partition("/")[2].lstrip("/"),
    "a folder more": lambda url, rng: "/old" + url,
    "another suffix": lambda url, rng: _suffix(url, rng.choice((".htm", ".php", ".jpg", ".pdf", ".htmls"))),
    "a suffix more": lambda url, rng: (url.rstrip("/") or "/gone") + ".html",
    "no suffix": lambda url, rng: _suffix(url, ""),
    "a slash more": lambda url, rng: url + "/",
    "a slash less": lambda url, rng: url.rstrip("/") or "/",
    "the index": lambda url, rng: url.rstrip("/") + "/index.html",
    "encoded twice": lambda url, rng: url.replace("%", "%25"),
    "a letter encoded": lambda url, rng: url.replace("a", "%61"),
    "a query": lambda url, rng: url + "?from=here",
    "up too far": lambda url, rng: "/.." + url,
}


def _beheaded(name: str) -> str:
    rest = name[1:]
    return rest if rest and not rest.startswith(".") else "x" + rest


def _last(url: str, change: Callable[[str], str]) -> str:
    if url == "/":
        return "/gone/"
    head, slash, name = url.rstrip("/").rpartition("/")
    return head + slash + change(name) + url[len(url.rstrip("/")) :]


def _suffix(url: str, suffix: str) -> str:
    if url == "/":
        return f"/gone{suffix}"
    stem, old = posixpath.splitext(url)
    return stem + suffix if old else url.rstrip("/") + suffix


def spoiled(target: Target, rng: random.Random) -> tuple[str, str]:
    """The address of a target and a fragment (or ""), wrong about as often as right."""
    url = quote(target.url)
    if rng.random() < 0.4:
        url = SPOILS[rng.choice(list(SPOILS))](url, rng)
    fragment = ""
    if target.ids and rng.random() < 0.5:
        fragment = rng.choice(target.ids)
        if rng.random() < 0.4:
            fragment = rng.choice((fragment + "-gone", fragment.upper(), fragment[1:], fragment.replace("-", "_")))
    elif target.source and rng.random() < 0.06:
        fragment = rng.choice(("top", "nowhere", ""))
    return url, fragment


def address(target: Target, page: str, base: str, rng: random.Random) -> str:
    """An address as a writer would write it on a page, right or wrong."""
    if target.source.endswith(".md") and rng.random() < 0.15:
        source = rng.choice((target.source, target.source, target.source.replace(".md", "-gone.md")))
        fragment = "#" + rng.choice((*target.ids, "nowhere")) if rng.random() < 0.3 else ""
        if "_posts/" in source and rng.random() < 0.5:
            name = source.rpartition("/")[2].removesuffix(".md")
            return "{% post_url " + name + " %}" + fragment
        if rng.random() < 0.7:
            return "{% link " + source + " %}" + fragment
        return rng.choice(("", "/")) + quote(source) + fragment
    url, fragment = spoiled(target, rng)
    path, question, query = url.partition("?")
    styles = [name for name in STYLES if not path.startswith("/..") or name.startswith("relative with")]
    written = STYLES[rng.choice(styles)](path, page, base)
    if rng.random() < 0.3 and "{{" not in written:
        written = _decoded(written)
    if fragment:
        fragment = "#" + (quote(fragment) if rng.random() < 0.5 else fragment)
    return written + question + query + fragment


def _decoded(written: str) -> str:
    """With letters of other scripts as they are, where nothing else is encoded."""
    from urllib.parse import unquote

    plain = unquote(written)
    return plain if not set(plain) & set(" %?#&()<>\"'") else written


# Markup ------------------------------------------------------------------------------------------------------

MARKDOWN: tuple[str, ...] = (
    "See [the page](@).",
    'See [the page](@ "Its title").',
    "See [the page](@ 'Its title'), please.",
    "See [the page]( @ ).",
    "See [**the** `page`](@).",
    "See [the [old] page](@).",
    "See [the\npage](@).",
    "**[the page](@)** and *more*",
    "* one\n* [the page](@)\n",
    "1. one\n2. two, [the page](@)\n\n   [further](@)\n",
    "> quoted\n> [the page](@)\n",
    "| a | b |\n|---|---|\n| [the page](@) | c |\n",
    "term\n: what it is, [the page](@)\n",
    "## A heading with [the page](@)",
    "A note.[^~]\n\n[^~]: In it [the page](@).",
    "[the page](@){: .button}",
    '[the page](@){:target="_blank"} and [again](@)',
    "[![a picture](@)](@)",
    "![a picture](@)",
    "See [the page][~].\n\n[~]: @",
    'See [the page][~].\n\n[~]: @ "Its title"',
    "See [~][] and [~].\n\n[~]: @",
    "See [the page][~].\n\n   [~]: <@>",
    "![a picture][~]\n\n[~]: @",
    "See [the page] [~].\n\n[~]: @",
    "See [the page][~].\n\n[~]:  @\n  'Its title'",
    '<p>See <a href="@">the page</a>.</p>',
    "See <a href='@'>the page</a>.",
    'See <a class=x title="a > b" href="@">the page</a>.',
    'See <a\n  href="@"\n  >the page</a>.',
    'See <A HREF="@">the page</A>.',
    '<img src="@" alt="">',
    '<img alt="" src="/img/pot.png" srcset="@ 2x">',
    '<picture><source srcset="@"><img src="@" alt=""></picture>',
    '<video poster="@" src="@"></video>',
    '<iframe src="@"></iframe>',
    '<object data="@"></object>',
    '<blockquote cite="@"><p>Words.</p></blockquote>',
    '<div>\n<a href="@">the page</a> and [no link](@)\n</div>',
    '<div markdown="1">\nSee [the page](@).\n</div>',
    '<table><tr><td><a href="@">the page</a></td></tr></table>',
    '<details><summary>More</summary>\n\n[no link](@) <a href="@">the page</a>\n\n</details>',
    'Not `[a link](@)` and not `<a href="@">`.',
    "So:\n\n    [code](@)\n",
    '```\n[code](@)\n<a href="@">x</a>\n```',
    '~~~ html\n<a href="@">x</a>\n~~~',
    '{% highlight html %}\n<a href="@">x</a>\n{% endhighlight %}',
    "{% comment %}[none](@){% endcomment %}",
    '<!-- [none](@) <a href="@">none</a> -->',
    r"\[none](@) and [none\](@)",
    '{::nomarkdown}\n<a href="@">the page</a> [none](@)\n{:/nomarkdown}',
    "{::comment}\n[none](@)\n{:/comment}",
    "{% if page.title %}[the page](@){% endif %}",
    "$$ a [none](@) $$",
    "He said [so](@), [and](@) (see [there](@)).",
    "[the page](<@>)",
)
HTML: tuple[str, ...] = (
    *(form for form in MARKDOWN if form.startswith("<") and "[" not in form and "markdown" not in form),
    '<p>\n<a href="@">the page</a>\n[none](@)</p>',
    '<!-- <a href="@">none</a> -->',
    "{% if page.title %}<a href='@'>x</a>{% endif %}",
)


def markup(write: Callable[[], str], number: int, rng: random.Random, *, html: bool) -> str:
    """A paragraph with links, whose addresses ``write`` makes."""
    form = rng.choice(HTML if html else MARKDOWN).replace("~", f"r{number}")
    while "@" in form:
        form = form.replace("@", write(), 1)
    return form


# What is no link, though it was meant for one -----------------------------------------------------------------

SLIPS: tuple[str, ...] = (
    "See (the page)[@] first.",
    "See [the page] (@) first.",
    "See [the page]\n(@) first.",
    "请看[文档]（@）和别的。",
    "See [the whole page][@] first.",
)
NO_SLIPS: tuple[str, ...] = (
    "See [the page](@) first.",
    'See [the page](@ "Its title") first.',
    "See [the page](@ x) first.",
    "See [the page][~] first.\n\n[~]: @",
    "See [the page] [~] first.\n\n[~]: @",
    "`(the page)[@]` and `[the page] (@)`",
    "[INFO][main] started, a[i][j], [1] (@)",
)
"""Links, and brackets that are meant to be seen."""
