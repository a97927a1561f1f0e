"""Posts in which nothing is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from postlint.api import (
    Document,
    Fact,
    Finding,
    Kind,
    Place,
    Severity,
    Site,
    SiteFinding,
    SiteRule,
    Span,
    generator_for,
    regex,
)

_NOTHING = regex(r"(?:[\s\ufeff]++|<!--(?s:.*?)-->)*+")
_POST_LAYOUTS = frozenset("post posts default page single article blog news".split())  # noqa: SIM905
_ELSEWHERE = frozenset(
    """
    link links external external_link external_url externalurl external_site href url
    source_url permalink_to canonicalurl canonical canonical_url target type template
    photos photo gallery images pictures video videos videoid youtube youtube_id vimeo audio podcast enclosure media
    file files pdf slides embed resources sections blocks components widgets content body text html include data
    menu outputs cascade headless build _build
    """.split()  # noqa: SIM905
)
"""Keys (in small letters) that say where else the content is: at another address, or in the front matter itself."""


class EmptyBody(SiteRule):
    """A published post, or page among written pages, without a word behind its front matter.

    Nothing is said where a quarter of the section is so, or more than one page in a hundred of the site: there a layout
    makes the page, or it waits for its translation.
    """

    severity = Severity.WARNING

    def collect(self, doc: Document) -> Iterator[Fact]:
        front_matter = doc.front_matter
        content, start = doc.content, front_matter.body_start
        found = _NOTHING.match(content, start)
        if found is None or found.end() < len(content) or doc.text.undecodable:
            return
        if front_matter.defect is not None or front_matter.error is not None or doc.name.startswith("_index."):
            return
        generator = generator_for(doc.profile)
        if generator.kind(doc.path) not in (Kind.POST, Kind.PAGE) or not generator.renders(doc) or _is_elsewhere(doc):
            return
        section = _section(doc.profile.generator, doc.site_path)
        if section:
            end = len(content[:start].rstrip())
            span = Span(content.rfind("\n", 0, end) + 1, end)
            yield Fact(doc.path, section, Place(span, doc.text.position(span.start), doc.text.position(span.end)), "")

    def check(self, site: Site) -> Iterator[SiteFinding]:
        empty: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in site.facts(self.id):
            empty[site.site_of(fact.path), fact.key].append(fact)
        if not empty:
            return
        all_ = Counter(
            (page.site, _section(site.profiles[page.site].generator, page.path[len(page.site) :]))
            for page in site.pages()
            if page.published
        )
        published = {
            where: [fact for fact in facts if (page := site.page(fact.path)) is not None and page.published]
            for where, facts in empty.items()
        }
        for where, shown in published.items():
            if len(shown) > 1 and 4 * len(shown) >= all_[where]:
                continue
            in_site = sum(len(facts) for (root, _), facts in published.items() if root == where[0])
            if in_site > 2 and 100 * in_site > sum(count for (root, _), count in all_.items() if root == where[0]):
                continue
            title = generator_for(site.profiles[where[0]]).title
            consequence = f"{title} publishes the page with nothing below its title" if title else ""
            for fact in shown:
                yield SiteFinding(
                    fact.path, Finding(fact.place.span, "nothing is written behind the front matter", consequence)
                )


def _is_elsewhere(doc: Document) -> bool:
    for entry in doc.front_matter.entries:
        key = entry.key.lower().replace("-", "_")
        if (
            key in _ELSEWHERE
            or "redirect" in key
            or (key == "layout" and str(entry.value).lower() not in _POST_LAYOUTS)
        ):
            return True
        if key in ("extra", "params") and any(inner.key.lower() in _ELSEWHERE for inner in entry.node.entries):
            return True
    return False


def _section(generator: str, path: str) -> str:
    """The part of the site that a post is counted in; "" for pages, whose layouts often fill them.

    (Hugo and Zola have no posts of their own: what lies in a folder of the content is taken for one.)
    """
    if generator in ("jekyll", "hexo"):
        above, posts, _ = f"/{path}".partition("/_posts/")
        return above + posts if posts else ""
    if generator in ("hugo", "zola"):
        _, content, below = f"/{path}".partition("/content/")
        folders = below.split("/")[:-1]
        return "/".join(folders[:1]) if content else ""
    return ""
