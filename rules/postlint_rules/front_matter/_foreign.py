"""Keys that do in one generator what they do not in another, and what comes of that.

Measured with Jekyll 4.3.1, Hugo 0.168 and 0.111.3, and Hexo 8.1; read in the source of Zola 0.22, and compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from postlint.api import Document, Edit, Entry, Fate, Hidden, Kind, Node, generator_for

__all__ = ["Lost", "lost"]


class Lost(NamedTuple):
    """A key whose effect the writer will miss.

    Attributes:
        entry: the key with its value.
        message, consequence, help: as in a finding.
        title, edits: of a fix; "" and none where there is none.
        related: the key that is read instead.
    """

    entry: Entry
    message: str
    consequence: str
    help: str = ""
    title: str = ""
    edits: tuple[Edit, ...] = ()
    related: Entry | None = None


Keys = Mapping[str, Entry]
"""The entries that count, by key (in small letters for Hugo)."""

_NO = frozenset(("false", "no", "off", "n", "0"))
_YES = frozenset(("true", "yes", "on", "y", "1"))
_LOOKED_AT = {
    "jekyll": frozenset(("published", "draft", "tag", "url", "redirect_from", "redirect_to")),
    "hugo": frozenset(("published", "draft", "tag", "category", "permalink", "redirect_from")),
    "hexo": frozenset(("published", "draft", "tag", "category", "slug")),
    "zola": frozenset(("published", "tags", "tag", "categories", "category", "permalink", "url")),
}


def lost(doc: Document, *, terms: bool) -> Iterator[Lost]:
    """Every key of this kind in a document.

    ``terms``: also those of terms that a theme may read.
    """
    looked_at = _LOOKED_AT.get(doc.profile.generator)
    entries = doc.front_matter.entries
    if looked_at is None or not entries or looked_at.isdisjoint([entry.key.lower() for entry in entries]):
        return
    kind = generator_for(doc.profile).kind(doc.path)
    if kind not in (Kind.POST, Kind.PAGE) or not generator_for(doc.profile).renders(doc):
        return
    keys: Keys = {entry.key: entry for entry in entries}
    if doc.profile.generator == "hugo":
        keys = {entry.key.lower(): entry for entry in entries}
    fate = generator_for(doc.profile).fate(doc)
    for check in _CHECKS[doc.profile.generator]:
        if terms or check is not _hugo_singular:
            yield from check(doc, keys, fate)


# Published or not --------------------------------------------------------------------------------------------


def _word(node: Node) -> str:
    return node.text.strip().lower() if node.kind == "scalar" else ""


def _written(doc: Document, entry: Entry) -> str:
    return doc.content[entry.node.span.start : entry.node.span.end]


def _false_by_name(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    """``published`` with a text that says no, to a generator that wants false itself."""
    entry = keys.get("published")
    if entry is None or not fate.published or _word(entry.node) not in _NO:
        return
    title = generator_for(doc.profile).title
    what = "a number" if _word(entry.node) == "0" and not entry.node.quoted else "a text"
    yield Lost(
        entry,
        f"`{_written(doc, entry)}` is {what} to {title}, and not false",
        f"{title} publishes it all the same",
        title="write `false`",
        edits=(Edit(entry.node.span, "false"),),
    )


def _empty_published(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    """Jekyll: nothing is as good as false."""
    entry = keys.get("published")
    if entry is None or fate.reason is not Hidden.UNPUBLISHED or entry.node.kind != "scalar":
        return
    if entry.node.value is None and not entry.node.quoted:
        yield Lost(
            entry, "`published` is there and empty", "Jekyll leaves the file out", "write `true`, or delete the key"
        )


def _draft(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    """Jekyll and Hexo know drafts by their folder."""
    entry = keys.get("draft")
    if entry is None or not fate.published or _word(entry.node) not in _YES:
        return
    title = generator_for(doc.profile).title
    edits: tuple[Edit, ...] = ()
    if "published" not in keys:
        edits = (Edit(entry.key_span, "published"), Edit(entry.node.span, "false"))
    yield Lost(
        entry,
        f"{title} does not read `draft`",
        f"{title} publishes it all the same",
        "write `published: false`, or put the file into `_drafts`",
        "write `published: false`" if edits else "",
        edits,
    )


def _zola_published(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    entry = keys.get("published")
    if entry is not None and fate.published and "draft" not in keys and _word(entry.node) in _NO:
        yield Lost(
            entry,
            "Zola does not read `published`",
            "Zola publishes it all the same",
            title="write `draft`",
            edits=(Edit(entry.key_span, "draft"), Edit(entry.node.span, "true")),
        )


def _hugo_draft(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    """Hugo since 0.152 reads ``yes`` as a text, and a text that is no truth value as false."""
    entry = keys.get("draft")
    if entry is not None and fate.published and _word(entry.node) in ("yes", "on", "y"):
        yield Lost(
            entry,
            f"`{_written(doc, entry)}` is a text to Hugo, and not true",
            "Hugo publishes it all the same",
            title="write `true`",
            edits=(Edit(entry.node.span, "true"),),
        )


def _hugo_published(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    entry = keys.get("published")
    if entry is None or _word(entry.node) not in _NO | _YES:
        return
    draft = keys.get("draft")
    if fate.reason is Hidden.ABORTS:
        start, end = entry.span
        without = doc.with_content(f"{doc.content[:start]}{doc.content[end:]}")
        if generator_for(doc.profile).fate(without).reason is not Hidden.ABORTS:
            yield Lost(
                entry,
                f"Hugo reads `published` as a date, and `{_written(doc, entry)}` is none",
                "Hugo ends with an error, even where it leaves the page out",
                "write `draft` for pages that are not to be published",
            )
    elif fate.published and draft is not None and _word(entry.node) in _NO:
        yield Lost(
            entry,
            "Hugo does not look at `published` where there is a `draft`",
            "Hugo publishes it all the same",
            "write `draft: true`",
            related=draft,
        )


# Terms -------------------------------------------------------------------------------------------------------


def _given(entry: Entry | None) -> bool:
    return entry is not None and entry.value not in (None, "", [], {}, False)


def _terms_dropped(loser: str, winner: str) -> Callable[[Document, Keys, Fate], Iterator[Lost]]:
    """Two keys of which this generator takes one."""

    def check(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
        entry, taken = keys.get(loser), keys.get(winner)
        if entry is None or taken is None or not _given(entry) or not _given(taken):
            return
        kept = {node.text for node in (taken.node.items or (taken.node,))}
        dropped = [
            node.text
            for node in (entry.node.items or (entry.node,))
            if node.kind == "scalar" and node.text and node.text not in kept
        ]
        if dropped and (fate.published or fate.reason in (Hidden.DRAFT, Hidden.UNPUBLISHED)):
            title = generator_for(doc.profile).title
            shown = ", ".join(f"`{term}`" for term in dropped[:3]) + (" and more" if len(dropped) > 3 else "")
            yield Lost(
                entry,
                f"{title} does not look at `{loser}` where there is `{winner}`",
                f"{title} drops {shown}",
                f"write them all under `{winner if winner.endswith('s') else loser}`",
                related=taken,
            )

    return check


def _hugo_singular(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    """``tag: x`` where the taxonomy is called tags."""
    plurals = {plural.lower() for _, plural in getattr(doc.profile.options, "taxonomies", ())}
    for singular, plural in (("tag", "tags"), ("category", "categories")):
        entry = keys.get(singular)
        if not _given(entry) or singular in plurals or plural not in plurals or plural in keys or not fate.published:
            continue
        if entry is not None and entry.node.kind in ("scalar", "list"):
            yield Lost(
                entry,
                f"Hugo knows `{plural}`, and not `{singular}`",
                f"no page of {plural} lists it",
                title=f"write `{plural}`",
                edits=(Edit(entry.key_span, plural),),
            )


def _zola_terms(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    if doc.name.startswith("_index."):
        return
    taxonomies = getattr(doc.profile.options, "taxonomies", ())
    known = {taxonomy.name for _, listed in taxonomies for taxonomy in listed}
    for name, plural in (("tags", "tags"), ("tag", "tags"), ("categories", "categories"), ("category", "categories")):
        entry = keys.get(name)
        if entry is not None and _given(entry) and plural in known and "taxonomies" not in keys and fate.published:
            yield Lost(
                entry,
                f"Zola reads `{plural}` in the table `taxonomies` alone",
                f"no page of {plural} lists it",
                f"write it below `[taxonomies]`, as `{plural}`",
            )


# Addresses ---------------------------------------------------------------------------------------------------


def _address(key: str, right: str) -> Callable[[Document, Keys, Fate], Iterator[Lost]]:
    """A key that holds an address of this site, and is another generator's for that."""

    def check(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
        entry = keys.get(key)
        if entry is None or right in keys or not fate.published or not fate.url or entry.node.kind != "scalar":
            return
        text = entry.node.text.strip()
        if not text.startswith("/") or text.startswith("//") or "{" in text or _same(text, fate.url):
            return
        title = generator_for(doc.profile).title
        yield Lost(
            entry,
            f"{title} does not read `{key}`",
            f"the page stands at {fate.url}, not at {text}",
            title=f"write `{right}`",
            edits=(Edit(entry.key_span, right),),
        )

    return check


def _same(written: str, url: str) -> bool:
    return _bare(written) == _bare(url)


def _bare(url: str) -> str:
    return url.lower().removesuffix("index.html").removesuffix(".html").strip("/")


def _hexo_slug(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    entry = keys.get("slug")
    if entry is None or "permalink" in keys or not fate.published or not fate.url or entry.node.kind != "scalar":
        return
    text = entry.node.text.strip()
    if text and "/_posts/" in f"/{doc.path}" and text.lower() not in fate.url.lower():
        yield Lost(
            entry,
            "Hexo does not read `slug`: it takes the file's name",
            f"the post stands at {fate.url}",
            "rename the file, or write the whole address as `permalink`",
        )


def _hugo_redirects(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    entry = keys.get("redirect_from")
    if entry is not None and _given(entry) and "aliases" not in keys and fate.published:
        yield Lost(
            entry,
            "Hugo does not read `redirect_from`",
            "nothing leads from there to the page",
            title="write `aliases`",
            edits=(Edit(entry.key_span, "aliases"),),
        )


def _jekyll_redirects(doc: Document, keys: Keys, fate: Fate) -> Iterator[Lost]:
    options = doc.profile.options
    if getattr(options, "redirects", True) or not getattr(options, "config_file", ""):
        return  # without the site's configuration nobody knows its plugins
    for key in ("redirect_from", "redirect_to"):
        entry = keys.get(key)
        if entry is not None and _given(entry) and fate.published:
            yield Lost(
                entry,
                f"Jekyll reads `{key}` with the plugin jekyll-redirect-from alone, and the site does not name it",
                "nothing leads from there to the page" if key == "redirect_from" else "the page leads nowhere",
                "add jekyll-redirect-from to the site's plugins",
            )


_Check = Callable[[Document, Keys, Fate], Iterator[Lost]]
_CHECKS: Mapping[str, tuple[_Check, ...]] = {
    "jekyll": (
        _false_by_name,
        _empty_published,
        _draft,
        _terms_dropped("tags", "tag"),
        _address("url", "permalink"),
        _jekyll_redirects,
    ),
    "hugo": (_hugo_published, _hugo_draft, _hugo_singular, _address("permalink", "url"), _hugo_redirects),
    "hexo": (
        _false_by_name,
        _draft,
        _terms_dropped("tag", "tags"),
        _terms_dropped("category", "categories"),
        _hexo_slug,
    ),
    "zola": (_zola_published, _zola_terms, _address("permalink", "path"), _address("url", "path")),
}
