# ruff: noqa: E501
"""The ways an internal link is written, generator by generator, with the addresses that come of it.

Each form is the body of a page of its own, at ``/forms/…`` on a site that lies at ``https://tea.example.net/shop/``.
Where it leads is written as a browser would be told: ``x`` relative to the page, ``/x`` from the site's root, ``#x`` in
the page, ``?`` for what only the build knows. What leads out of the site is left out.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FORMS", "SITES", "Form"]


class Form(NamedTuple):
    """A text and where its links lead, in the order of their places."""

    text: str
    leads: tuple[str, ...]


def _forms(table: dict[str, str]) -> list[Form]:
    return [Form(text, tuple(leads.split())) for text, leads in table.items()]


MARKDOWN = _forms(
    {
        "[a](b)": "b",
        "[a](b 'c')": "b",
        '[a](<b> "c")': "b",
        "[a](<b c>)": "b%20c",
        "[a](b\n'c')": "b",
        "[a](  b  )": "b",
        "[a](b(c)d)": "b(c)d",
        "[a](b&amp;c)": "b&c",
        "[a](b%20c#d%20e)": "b%20c#d%20e",
        "[a](b?c=d#e)": "b#e",
        "[a](茶/é.html#茶)": "茶/é.html#茶",
        "[a](../b/./c/)": "../b/c/",
        "[a](#b)": "#b",
        "[*a* `b` [c]](d)": "d",
        "![a](/b.png)": "/b.png",
        "[![a](/b.png)](c.html)": "/b.png c.html",
        "[a][b]\n\n[b]: c": "c",
        "[b][]\n\n[b]: c 'd'": "c",
        "[b]\n\n[b]: <c> 'd'": "c",
        "[a][B  C]\n\n[b c]: d": "d",
        "![a][b]\n\n[b]: /c.png": "/c.png",
        "[![a][b]][c]\n\n[b]: /d.png\n[c]: e": "/d.png e",
        "[茶][]\n\n[茶]: b": "b",
        "- [a]\n\n  [a]: b": "b",
        "> [a]: b\n\n[a]": "b",
        "[a][1] [c][1]\n\n[1]: b": "b",
        "[1]: unused\n\nText": "",
        "<https://tea.example.net/shop/b#c>": "/b#c",
        "[a](https://tea.example.net/shop/b) [c](//tea.example.net/shop/d/)": "/b /d/",
        "[a](http://www.example.org/b) [c](//www.example.org/) [d](mailto:e@example.org) [f](tel:1)": "",
        "# [a](b)": "b",
        "| a | b |\n|---|---|\n| [c](d) | ![e](/f.png) |": "d /f.png",
        "**[a](b)** ~~[c](d)~~": "b d",
        "[a](b)[c](d)": "b d",
        "\\[a](b) [a]\\(b) `[a](b)`": "",
        "```\n[a](b)\n```\n\n    [a](b)\n\n<!-- [a](b) -->": "",
    }
)

HTML = _forms(
    {
        'x <a href="b">c</a>': "b",
        "x <a href='b&amp;c#d'>e</a>": "b&c#d",
        'x <A HREF="b">c</A>': "b",
        'x <a class="y"\n   href=" b ">c</a>': "b",
        'x <a href="&#98;?c=d&copy=e#f">g</a>': "b#f",
        'x <a href="b\\c">d</a>': "b/c",
        'x <a href="/shop/b/">c</a>': "/b/",
        '<div><img src="/shop/b.png" srcset="/shop/c.png 1x, /shop/d.png 2x" longdesc="e"></div>': "/b.png /c.png /d.png e",
        '<picture><source srcset="b.png,c.png 2x,d.png"></picture>': "b.png,c.png d.png",
        '<div><video src="b" poster="c"><source src="d"><track src="e"></video><audio src="f"></audio></div>': "b c d e f",
        '<div><object data="b"></object><embed src="c"><iframe src="d"></iframe></div>': "b c d",
        '<div><blockquote cite="b">x</blockquote><q cite="c">x</q><ins cite="d">x</ins><del cite="e">x</del></div>': "b c d e",
        '<div><map name="m"><area href="b"></map><img src="c" usemap="#m"></div>': "b c",
        '<form action="b"><button formaction="c">x</button><input type="image" src="d" formaction="e"></form>': "b c d e",
        '<table background="b"><tr><td background="c">x</td></tr></table>': "b c",
        '<svg><a xlink:href="b"><image href="c"></image></a><use xlink:href="d#e"></use><use href="#f"></use></svg>': "b c d#e",
        "<div style=\"background: url(b.png); cursor: url('c.cur')\">x</div>": "b.png c.cur",
        '<div><img data-src="/shop/b.png" data-original="c.png"></div>': "/b.png",
        '<!-- <a href="b">c</a> -->\n\nText': "",
    }
)

HEAD = _forms(
    {
        '<link rel="stylesheet" href="b"><link rel="preload" imagesrcset="c 1x, d 2x"><script src="e"></script>': "b c d e",
        '<meta http-equiv="refresh" content="0; url=b"><meta http-equiv="Refresh" content="5;URL=\'c\'">': "b c",
        '<meta name="a" content="0; url=b"><meta http-equiv="refresh" content="5">': "",
        '<base href="/shop/b/"><a href="c">d</a> <a href="#e">f</a> <a href="/shop/g">h</a>': "/b/ /b/c /b/#e /g",
    }
)

JEKYLL = _forms(
    {
        "[a]({{ site.shelf }}/b#c) [d]({{ site.home.page }}) [e]({{ site.shelf | append: '/f' }})": "/shelf/b#c /home/ /shelf/f",
        "* <{{ '/b' | absolute_url }}> [c](d e)": "/b d%20e",
        "[a]({{ site.baseurl }}/b/#c)": "/b/#c",
        "[a]({{ site.url }}{{ site.baseurl }}/b)": "/b",
        "[a]({{site.baseurl}}) [b]({{ site.baseurl }}#c)": "/ /#c",
        "[a]({{ '/b' | relative_url }}#c) [d]({{ \"e\" | absolute_url }})": "/b#c /e",
        "[a]({{ '/b' | prepend: site.baseurl }}) [c]({{ '/d' | prepend: site.baseurl | prepend: site.url }})": "/b /d",
        "[a]({{ site.baseurl | append: '/b' }}) [c]({{ '/d/' | append: 'e' | relative_url }})": "/b /d/e",
        "[a]({{ '/b c' | relative_url | uri_escape }})": "/b%20c",
        "[a]({{ page.url | relative_url }}#b) [c]({{ site.baseurl }}{{ page.url }}#d)": "#b #d",
        "[a](/shop/b?{{ page.title }}) [a](/shop/{{ page.name }}#c)": "/b ?",
        "[a](/shop/b/{{ page.name }})": "?",
        "x {% assign u = '/shop/b' %}[a]({{ u }})": "?",
        "[a]({% link _posts/2024-01-02-x.md %}#b)": "/2024/01/02/x.html#b",
        "[a]({% link /logo.png %}) [a]({%- link logo.png -%})": "/logo.png /logo.png",
        "[a]({% post_url 2024-01-02-x %})": "/2024/01/02/x.html",
        "[a]({% post_url sub/2024-01-03-y %}#b)": "/2024/01/03/y.html#b",
        '<a href="{% post_url 2024-01-02-x %}">a</a>\n<img src="{{ \'/b.png\' | relative_url }}">': "/2024/01/02/x.html /b.png",
        "[a][b]\n\n[b]: {% link about.md %}\n": "/about/",
        "[a][b]\n\n[b]: {{ site.baseurl }}/c\n": "/c",
        "[a][x]\n\n[x]: b c 'd'\n": "b%20c",
        "[a](b c.pdf) ![d](/shop/e f.png 'g')": "b%20c.pdf /e%20f.png",
        "[a](b\\_c)": "b/_c",
        '<div markdown="1">\n[a](b)\n</div>': "b",
        "<div>\n[a](b)\n</div>": "",
        '<p markdown="span">[a](b)</p>\n\n[c][d]\n\n[d]: e': "b e",
        "[b]\n\n[b]: <c> (d)": "%3Cc%3E%20(d)",
        "[a][1]\n\n[1]: b\n[1]: c": "c",
        "x[^1]\n\n[^1]: see [a](b)": "b",
        '[a](b){:target="_blank"}': "b",
        "x {% raw %}[a](/shop/b){% endraw %}": "/b",
        '{% highlight html %}<a href="b">c</a>{% endhighlight %}{% comment %}[a](b){% endcomment %}': "",
        "https://tea.example.net/shop/b": "",
    }
)

HUGO = _forms(
    {
        '[a]({{< ref "about.md" >}}) [a]({{< relref "/about" >}})': "/about/ /about/",
        '[a]({{% ref "about.md#b" %}}) [a]({{< ref `about` >}}#c)': "/about/#b /about/#c",
        '[a]({{< ref path="/docs/deep/x.md" >}}) [a]({{<ref "docs/deep/x">}})': "/docs/deep/x/ /docs/deep/x/",
        '[a]({{< ref path="x" outputFormat="html" >}}) [a]({{< relref "x.md" "html" >}})': "/docs/deep/x/ /docs/deep/x/",
        '[a]({{< ref "/docs" >}}) [a]({{< ref "docs/_index.md" >}}) [a]({{< ref "/docs/" >}})': "/docs/ /docs/ /docs/",
        '[a]({{< ref "/bundle" >}}) [a]({{< ref "bundle/index.md" >}})': "/bundle/ /bundle/",
        '[a]({{< ref "neighbour" >}}) [a]({{< ref "./neighbour.md" >}}) [a]({{< ref "../about.md" >}})': "/forms/neighbour/ /forms/neighbour/ /about/",
        '[a]({{< ref "#b" >}})': "#b",
        '<a href="{{< ref "/About" >}}">b</a>': "/about/",
        '[a][b]\n\n[b]: {{< ref "about" >}}': "/about/",
        '{{< figure src="/shop/b.png" link="c" title="d" >}}': "/b.png c",
        "[b]\n\n[b]: <c> (d)": "c",
        "[a][1]\n\n[1]: b\n[1]: c": "b",
        "[a](b\\_c)": "b_c",
        "see https://tea.example.net/shop/b, and www.example.org (https://tea.example.net/shop/c(d)).": "/b /c(d)",
        "https://tea.example.net/shop/b?c&amp; 茶https://tea.example.net/shop/c *https://tea.example.net/shop/d*": "/b /d",
        '<a href="b">https://tea.example.net/shop/c</a> [https://tea.example.net/shop/d](e)': "b /c e",
        "x[^1]\n\n[^1]: see [a](b)": "b",
        "{{< unknown-to-all >}}[a](b){{< /unknown-to-all >}}": "b",
    }
)

HEXO = _forms(
    {
        "{% post_link x %} {% post_link x 'A title' %} {% post_link \"X of tea\" %}": "/forms/x/ /forms/x/ /forms/x/",
        "{% post_link x#b %}": "/forms/x/#b",
        '<a href="{% post_path x %}#b">a</a>': "/forms/x/#b",
        "{% asset_img left a.png 10 20 'A title' %} {% asset_path a.png %} {% asset_link 'a b.zip' A title %}": "a.png a.png a%20b.zip",
        '{% img left /b.png 10 20 "A title" %}': "/b.png",
        "![a](b.png) ![c](/d.png) [e](f.png) ![g][h]\n\n[h]: i.png": "/b.png /d.png f.png /i.png",
        "[b]\n\n[b]: <c> (d)": "c",
        "[a][1]\n\n[1]: b\n[1]: c": "b",
        "[a](b\\_c)": "b_c",
        "see https://tea.example.net/shop/b; (https://tea.example.net/shop/c) www.example.org": "/b /c",
        '<a href="b">https://tea.example.net/shop/c</a> `https://tea.example.net/shop/d`': "b",
        "`{% post_link x %}`": "",
    }
)

ZOLA = _forms(
    {
        "[a](@/about.md) [b](@/docs/_index.md#c)": "/about/ /docs/#c",
        "[a][b]\n\n[b]: @/about.md#c": "/about/#c",
        "[b]\n\n[b]: <c> (d)": "c",
        "[a][1]\n\n[1]: b\n[1]: c": "b",
        "[a](b\\_c)": "b_c",
    }
)

FORMS = {
    "jekyll": [*MARKDOWN, *HTML, *HEAD, *JEKYLL],
    "hugo": [*MARKDOWN, *HTML, *HEAD, *HUGO],
    "hexo": [*MARKDOWN, *HTML, *HEAD, *HEXO],
    "zola": [*MARKDOWN, *HTML, *ZOLA],
}

SITES: dict[str, dict[str, str]] = {
    "jekyll": {
        "_config.yml": "url: https://tea.example.net\nbaseurl: /shop\ntimezone: UTC\n"
        "shelf: /shop/shelf\nhome: {page: https://tea.example.net/shop/home/}\n",
        "_posts/2024-01-02-x.md": "---\n---\nX\n",
        "sub/_posts/2024-01-03-y.md": "---\npermalink: /2024/01/03/y.html\n---\nY\n",
        "about.md": "---\npermalink: /about/\n---\nAbout\n",
        "logo.png": "",
    },
    "hugo": {
        "hugo.toml": 'baseURL = "https://tea.example.net/shop/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap"]\n'
        "[markup.goldmark.renderer]\nunsafe = true\n",
        "layouts/_default/single.html": "{{ .Content }}",
        "layouts/_default/list.html": "{{ .Content }}",
        "layouts/shortcodes/unknown-to-all.html": "{{ .Inner | .Page.RenderString }}",
        "content/about.md": "---\ntitle: About\n---\nAbout\n",
        "content/docs/_index.md": "---\ntitle: Docs\n---\nDocs\n",
        "content/docs/deep/x.md": "---\ntitle: X\n---\nX\n",
        "content/bundle/index.md": "---\ntitle: Bundle\n---\nBundle\n",
        "content/forms/neighbour.md": "---\ntitle: Neighbour\n---\nNeighbour\n",
    },
    "hexo": {
        "_config.yml": "title: Tea\nurl: https://tea.example.net/shop\nroot: /shop/\npermalink: forms/:title/\n"
        "post_asset_folder: true\n",
        "source/_posts/x.md": "---\ntitle: X of tea\n---\nX\n",
    },
    "zola": {
        "config.toml": 'base_url = "https://tea.example.net/shop"\n',
        "templates/page.html": "{{ page.content | safe }}",
        "templates/section.html": "{{ section.content | safe }}",
        "templates/index.html": "{{ section.content | safe }}",
        "content/about.md": "+++\ntitle = 'About'\n+++\nAbout\n",
        "content/docs/_index.md": "+++\ntitle = 'Docs'\n+++\nDocs\n",
    },
}
