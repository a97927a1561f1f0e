"""The questions that site rules ask."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from postlint.document import Profile
from postlint.generators import Hidden, generator_for
from postlint.regex import regex
from postlint.site.address import address_key, squeeze
from postlint.site.facts import AnchorFact, Fact, LinkCounts, LinkFact, PageFact, Place, TermFact
from postlint.site.holds import Holds
from postlint.site.index import Index
from postlint.site.lookup import NO_PAGES, SOURCE_NAME, Lookup
from postlint.site.outward import address_of
from postlint.site.resolve import home_of
from postlint.site.schema import NTH_BITS
from postlint.text import Position, Span, Text
from postlint.verdict import Verdict

__all__ = ["Site"]

_PLACE = '{0}"start", {0}"end", {0}line, {0}col, {0}end_line, {0}end_col'
_LINK = 'SELECT d.path, l."start", l.line, l.col, l.raw, l.kind, l.status, l.url, l.fragment'
_LINK_FROM = f" FROM link l JOIN document d ON d.id = l.id >> {NTH_BITS} "
_TERM_FROM = f" FROM term t JOIN document d ON d.id = t.id >> {NTH_BITS} "
_FACT_FROM = f" FROM fact f JOIN document d ON d.id = f.id >> {NTH_BITS} "
_FOLDED = "CASE WHEN url_key GLOB '*[^ -~]*' THEN fold(url_key) ELSE lower(url_key) END"
"""SQLite's own ``lower`` knows ASCII alone; ours is asked where there is more."""
_PAGE = "SELECT path, site, published, reason, url, title, date, lang, appears, expires FROM document "

_FILES_AT_PAGES = """
SELECT f.path, f.url, p.*
FROM file f
JOIN document d ON d.url_key = f.url_key AND d.site = f.site AND d.published AND d.url_key IS NOT NULL
JOIN page p ON p.path = d.path
WHERE f.url_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document o WHERE o.path = f.path)
ORDER BY p.path, f.path
"""


class Site:
    """All documents of a project root, as facts. Answers come from the index.

    Rules yield findings for the whole site; the engine keeps those of the paths that were asked for.
    """

    def __init__(
        self,
        index: Index,
        profiles: Mapping[str, Profile],
        now: dt.datetime,
        asked: Collection[str] | None = None,
        verdicts: Mapping[str, Verdict] | None = None,
    ) -> None:
        """
        Args:
            index: with all documents put and all files set and addressed.
            profiles: by site root ("" or ending in "/").
            asked: the documents whose findings are wanted; None for all.
            verdicts: what is known of addresses on other sites, as :mod:`postlint.site.outward` writes them.
        """
        self._now = now
        self.holds = Holds()
        """How long the answers so far hold."""
        self._asked = frozenset(asked) if asked is not None else None
        self._verdicts = verdicts or {}
        self.profiles = dict(profiles)
        self._index = index
        self._roots = sorted(self.profiles, key=len, reverse=True)
        self._lookup = Lookup(self, index)

    @property
    def now(self) -> dt.datetime:
        """The instant that counts as now (aware). What is made of it is worked out anew in every run."""
        self.holds.only_at(self._now.timestamp())
        return self._now

    def asked_for(self, path: str) -> bool:
        """Whether a finding in this document would be shown. Rules may ask before they do something that takes long."""
        return self._asked is None or path in self._asked

    def profile(self, path: str) -> Profile:
        """The profile of the site that a document belongs to."""
        return self.profiles[self.site_of(path)]

    def site_of(self, path: str) -> str:
        """The folder of the site that a file belongs to."""
        for root in self._roots:
            if path.startswith(root):
                return root
        raise KeyError(f"no site holds {path!r}")

    # Pages ---------------------------------------------------------------------------------------------------

    def pages(self, *, dated_after: dt.datetime | None = None) -> Iterator[PageFact]:
        """Every document, by path.

        Args:
            dated_after: only those whose date is later than this instant.
        """
        if dated_after is None:
            return map(_page, self._index.execute(_PAGE + "ORDER BY path"))
        return map(_page, self._index.execute(_PAGE + "WHERE date > ? ORDER BY path", (dated_after.timestamp(),)))

    def page(self, path: str) -> PageFact | None:
        row = self._index.execute(_PAGE + "WHERE path = ?", (path,)).fetchone()
        return None if row is None else _page(row)

    def pages_at(self, site: str, url: str) -> tuple[PageFact, ...]:
        """The documents whose address is ``url``, in one of its ways of writing, by path."""
        rows = self._index.execute(_PAGE + "WHERE url_key = ? AND site = ? ORDER BY path", (address_key(url), site))
        return tuple(map(_page, rows))

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """Path → language, of the documents that have one. Terms of different languages are not to be compared."""
        return dict(self._index.execute("SELECT path, lang FROM document WHERE lang != ''"))

    # Terms ---------------------------------------------------------------------------------------------------

    def terms(self, taxonomy: str | None = None, term: str | None = None) -> Iterator[TermFact]:
        """Uses of terms, by path and place."""
        sql = f"SELECT d.path, {_PLACE.format('t.')}, t.taxonomy, t.term{_TERM_FROM}"
        given = [(name, value) for name, value in (("taxonomy", taxonomy), ("term", term)) if value is not None]
        if given:
            sql += " WHERE " + " AND ".join(f"t.{name} = ?" for name, _ in given)
        for path, s, e, line, column, end_line, end_column, name, value in self._index.execute(
            sql + " ORDER BY d.path, t.id", [value for _, value in given]
        ):
            yield TermFact(path, _place(s, e, line, column, end_line, end_column), name, value)

    def term_counts(self, taxonomy: str) -> dict[tuple[str, str], int]:
        """(site, term) → in how many documents, for one taxonomy. One question, however many uses there are."""
        sql = (
            f"SELECT d.site, t.term, count(DISTINCT d.id){_TERM_FROM}"
            "WHERE t.taxonomy = ? GROUP BY d.site, t.term ORDER BY d.site, t.term"
        )
        return {(site, term): count for site, term, count in self._index.execute(sql, (taxonomy,))}

    def only_terms(self, taxonomy: str) -> Iterator[tuple[str, str, str]]:
        """(site, path, term) of each document that has one term of the taxonomy and no more, by path."""
        sql = (
            f"SELECT d.site, d.path, min(t.term){_TERM_FROM}WHERE t.taxonomy = ?"
            " GROUP BY d.id HAVING count(DISTINCT t.term) = 1 ORDER BY d.path"
        )
        return iter(self._index.execute(sql, (taxonomy,)))

    def taxonomies(self) -> Sequence[str]:
        """The taxonomies that are used, by name."""
        return [name for (name,) in self._index.execute("SELECT DISTINCT taxonomy FROM term ORDER BY taxonomy")]

    # Links ---------------------------------------------------------------------------------------------------

    def links(self, path: str | None = None) -> Iterator[LinkFact]:
        """Uses of addresses, of one document or of all."""
        if path is None:
            return map(_link, self._index.execute(_LINK + _LINK_FROM + "ORDER BY d.path, l.id"))
        return map(_link, self._index.execute(_LINK + _LINK_FROM + "WHERE d.path = ? ORDER BY l.id", (path,)))

    def link_counts(self, paths: Iterable[str]) -> LinkCounts:
        """How many links the documents at ``paths`` have, by what can be said of them."""
        counts = dict.fromkeys(("internal", "fragment", "source", "external", "unknown"), 0)
        wanted = frozenset(paths)
        sql = f"SELECT d.path, l.status, count(*){_LINK_FROM}GROUP BY l.id >> {NTH_BITS}, l.status"
        for path, status, number in self._index.execute(sql):
            if path in wanted and status in counts:
                counts[status] += number
        rows = map(_link, self._index.execute(_LINK + _LINK_FROM + _NO_ADDRESS))
        open_ends = sum(link.path in wanted and self._lookup.may_be_made(link) for link in rows)
        inside = counts["internal"] + counts["fragment"] + counts["source"] - open_ends
        return LinkCounts(inside, counts["external"], counts["unknown"] + open_ends)

    def links_out(self) -> Iterator[LinkFact]:
        """Links to other sites that somebody may follow, by path and place; no forms, no mere hosts."""
        sql = "WHERE l.status = 'external' AND l.kind NOT IN ('form', 'base', 'hint') ORDER BY d.path, l.id"
        return map(_link, self._index.execute(_LINK + _LINK_FROM + sql))

    def external_links(self) -> Iterator[tuple[LinkFact, Verdict]]:
        """Links to other sites of which something is known, by path and place: none in a run that asked nobody."""
        if self._verdicts:
            for link in self.links_out():
                if (verdict := self.external(link)) is not None:
                    yield link, verdict

    def external(self, link: LinkFact) -> Verdict | None:
        """What is known of where a link to another site leads; None where nobody asked."""
        return self._verdicts.get(address_of(link)[0]) if self._verdicts else None

    def links_written(self, beginning: str) -> Iterator[LinkFact]:
        """Links whose address is written with this beginning (case aside), by path and place; those of which a template
        writes a part are left out."""
        length = len(beginning)
        sql = "WHERE lower(substr(l.raw, 1, ?)) = ? AND l.status != 'unknown' ORDER BY d.path, l.id"
        return map(_link, self._index.execute(_LINK + _LINK_FROM + sql, (length, beginning.lower())))

    def dead_links(self) -> Iterator[LinkFact]:
        """Internal links and source links whose target is not there, by path and place.

        An address is there when a page, an alias or a file answers to it, with or without its final slash; one that
        writes out a file (``/a.html``, ``/a/index.html``) only where that is the file. What a generator or a plugin may
        make by itself is not called dead, nor is what lies beside the source file under that name.
        """
        return iter(self._dead_links)

    @cached_property
    def _dead_links(self) -> Sequence[LinkFact]:
        dead = [_link(row) for row in self._index.execute(_LINK + _LINK_FROM + _NO_ADDRESS)]
        dead += [link for link in map(_link, self._index.execute(_NAMES_A_FILE)) if self._names_another_file(link)]
        dead = [link for link in dead if not self._lookup.may_be_there(link)]
        dead += [link for link in self._links_to_moved_files() if not self._lookup.may_be_made(link)]
        dead += [link for link in self.source_links() if self._lookup.source(link) is None]
        return sorted(dead)

    def _links_to_moved_files(self) -> Iterator[LinkFact]:
        """Links to a file of a leaf bundle of Hugo at its folder's address, where the bundle's page is elsewhere."""
        for site, profile in self.profiles.items():
            if profile.generator != "hugo" or profile.redirects:
                continue
            generator = generator_for(profile)
            for path, url in self._index.execute(_BUNDLES, (site,)).fetchall():
                folder = path.rpartition("/")[0] + "/"
                if generator.static_url(f"{folder}x")[:-1] == url.removesuffix(".html").rstrip("/") + "/":
                    continue
                keys = self._index.execute(
                    "SELECT url_key FROM file WHERE path > ? AND path < ? AND url_key IS NOT NULL",
                    (folder, folder[:-1] + "0"),
                )
                for (key,) in keys.fetchall():
                    yield from map(_link, self._index.execute(_TO_FILE_ALONE, (key, site)))

    def _names_another_file(self, link: LinkFact) -> bool:
        """Whether what answers to the link's address in general is not the file, or the folder, that it writes out."""
        site, written = self.site_of(link.path), link.url
        sql = (
            "SELECT url, path, source FROM address a WHERE url_key = ? AND site = ?"
            " AND NOT (source = 'file' AND EXISTS (SELECT 1 FROM document o WHERE o.path = a.path))"
        )
        found = [row for row in self._index.execute(sql, (address_key(written), site)) if row[0] is not None]
        if not found or any(url == written for url, _, _ in found):
            return False
        if written.endswith("/"):
            return all(source == "file" for _, _, source in found)
        generator = generator_for(self.profiles[site])
        for url, path, source in found:
            file = generator.output_file(path, url) if source == "page" else url + "index.html" * url.endswith("/")
            bare = "." not in file[file.rfind("/") :]  # where a host keeps what has no suffix, is its own business
            if written == file or (bare and written in (f"{file}.html", f"{file}.htm", f"{file}/index.html")):
                return False
        return True

    def links_to_sources(self) -> Iterator[tuple[LinkFact, PageFact]]:
        """Links written as addresses that name a source file, with the page that it becomes at another address.

        Only those to which nothing else answers, and whose source is found beside the linking file or, with a leading
        slash, from the site's root.
        """
        for row in self._index.execute(
            _LINK + _LINK_FROM + _NO_ADDRESS + "AND l.raw LIKE '%.m%' ORDER BY d.path, l.id"
        ):
            link = _link(row)
            path = unquote(link.raw.partition("#")[0].partition("?")[0].strip())
            if not SOURCE_NAME.search(path) or ":" in path or "{" in path:
                continue
            site = self.site_of(link.path)
            folder = site if path.startswith("/") else link.path.rpartition("/")[0]
            if (
                generator_for(self.profiles[site]).hook(link.kind, link.raw) == "unknown"
                or self._lookup.hooked(link) is not None
            ):
                continue
            page = self.page(normpath(f"{folder}/{path.lstrip('/')}").lstrip("/"))
            if page is None or not page.published or not page.url or page.site != site:
                continue
            if not self._lookup.has_folder(page.site + "_plugins"):  # which may do anything with a link
                yield link, page

    def links_past_base(self) -> Iterator[tuple[LinkFact, str]]:
        """Links to a page or file of the site from the root of its host, where the site lies below that, with its base.

        Those are addresses that begin with one slash, or with ``{{ site.url }}``, and not with the base, and that
        would be there behind it.
        """
        for root, profile in self.profiles.items():
            base = home_of(profile).base
            if not base:
                continue
            host_alone = " OR l.raw LIKE '%site.url%' AND NOT l.raw LIKE '%baseurl%'"
            host_alone *= bool(getattr(profile.options, "baseurl", ""))  # else the address in `url` has the base in it
            sql = f"WHERE l.status = 'internal' AND (l.raw LIKE '/%'{host_alone}) AND d.site = ? ORDER BY d.path, l.id"
            links = [_link(row) for row in self._index.execute(_LINK + _LINK_FROM + sql, (root,))]
            past = [link for link in links if _is_past(link.raw, base)]
            past = [
                link for link in past if link.kind not in NO_PAGES and not self._lookup.is_redirected(link.url, root)
            ]
            if past:
                dead = {(link.path, link.place.span.start) for link in self.dead_links()}
                yield from ((link, base) for link in past if (link.path, link.place.span.start) not in dead)

    def links_to_hidden(self) -> Iterator[tuple[LinkFact, PageFact, str]]:
        """Links whose target is there but will not be published, with the target and why: a ``Hidden`` word.

        Only those count that stand on a page that is published itself, and whose address no other page, alias or file
        answers to. Parts of the site's data, which were never to be pages, are no targets but of Jekyll's ``link``.
        """
        now = self._read_clock()
        hidden = {row[0]: _page(row) for row in self._index.execute(_HIDDEN, (now,))}
        found: list[tuple[LinkFact, PageFact]] = []
        keys = {path: {address_key(page.url)} for path, page in hidden.items() if page.url}
        if keys:
            for path, key in self._index.execute(_ALIASES_BY_PATH):
                if path in keys:
                    keys[path].add(key)
        for path, of_page in keys.items():
            for key in of_page:
                rows = self._index.execute(_TO_HIDDEN, (key, hidden[path].site, now))
                found += ((_link(row), hidden[path]) for row in rows)
        for link in self.source_links():
            source = self._lookup.source(link)
            if source is not None and source in hidden:
                found.append((link, hidden[source]))
            elif source and link.kind == "link":  # Jekyll looks among what it writes alone
                target = self.page(source)
                if target is not None and not target.published:
                    found.append((link, target))
        for link, target in sorted(found):
            at = self.page(link.path)
            if at is not None and at.url and not _hidden_why(at, now):
                yield link, target, _hidden_why(target, now)

    def _read_clock(self) -> float:
        """Now, in seconds since 1970, for an answer that holds until the next page appears or expires."""
        now = self._now.timestamp()
        for column in ("appears", "expires"):
            sql = f"SELECT max({column}) FILTER (WHERE {column} <= ?1), min({column}) FILTER (WHERE {column} > ?1)"
            self.holds.between(*self._index.execute(sql + " FROM document", (now,)).fetchone())
        return now

    def dead_fragments(self) -> Iterator[tuple[LinkFact, str]]:
        """Links to an id that their page, which is there, does not have, with the path of that page.

        Pages of which not all ids can be known (templates may make some) are left out, and so are ids that a layout
        or an include has, and ``#`` and ``#top``.
        """
        now = (self._read_clock(),)
        found = [(_link(row[:-1]), row[-1]) for row in self._index.execute(_NO_ANCHOR, now)]
        for link in self.source_links():
            if link.fragment and link.fragment.lower() != "top" and (path := self._lookup.source(link)):
                row = self._index.execute(_HAS_ANCHOR, (path, link.fragment)).fetchone()
                if row is not None and not row[0] and not row[1]:
                    found.append((link, path))
        found += self._dead_fragments_of_hooked()
        shared = self._layout_anchors
        for link, path in sorted(found):
            fragment, site = link.fragment, self.site_of(path)
            if fragment[0] in "/!:" or fragment in shared.get(site, ()) or self._lookup.moved_by_layout(link):
                continue
            if (made := self.profiles[site].dialect.shortcode_ids) and fragment.startswith(made):
                continue
            yield link, path

    def _dead_fragments_of_hooked(self) -> Iterator[tuple[LinkFact, str]]:
        roots = [
            root for root, profile in self.profiles.items() if generator_for(profile).hook("reference", "") == "pages"
        ]
        for root in roots:
            sql = _LINK + _LINK_FROM + _NO_ADDRESS + "AND l.fragment != '' AND d.site = ?"
            for link in map(_link, self._index.execute(sql, (root,))):
                if path := self._lookup.hooked(link):
                    row = self._index.execute(_HAS_ANCHOR, (path, link.fragment)).fetchone()
                    if row is not None and not row[0] and not row[1]:
                        yield link, path

    @cached_property
    def _layout_anchors(self) -> Mapping[str, frozenset[str]]:
        """Ids in documents that are parts of pages (layouts, includes), by site."""
        found: dict[str, set[str]] = {}
        sql = (
            "SELECT d.site, a.id FROM anchor a JOIN document d ON d.id = a.document WHERE d.url_key IS NULL"
            " AND d.reason NOT IN ('draft', 'excluded', 'ignored-name', 'unpublished', 'unreadable')"
            " AND (d.reason != 'special-name' OR d.site NOT IN (SELECT root FROM site WHERE generator = 'jekyll'))"
        )
        for site, id_ in self._index.execute(sql):
            found.setdefault(site, set()).add(id_)
        return {site: frozenset(ids) for site, ids in found.items()}

    def source_links(self) -> Iterator[LinkFact]:
        """Links that name a source file (``{% link %}``, ``{% post_url %}``, ``ref``, ``@/``), by path and place."""
        sql = _LINK + _LINK_FROM + "WHERE l.status = 'source' ORDER BY d.path, l.id"
        return map(_link, self._index.execute(sql))

    def namesakes(self, link: LinkFact) -> tuple[str, ...]:
        """The files that a source link may mean, where its generator finds several and takes none."""
        return self._lookup.namesakes(link)

    def links_with_sources(self) -> Iterator[tuple[LinkFact, str | None]]:
        """Links that name a source file, each with the file that it is (None: there is none)."""
        return ((link, self._lookup.source(link)) for link in self.source_links())

    def anchors(self, path: str) -> Iterator[AnchorFact]:
        sql = "SELECT a.id FROM anchor a JOIN document d ON d.id = a.document WHERE d.path = ? ORDER BY a.id"
        return (AnchorFact(path, id_) for (id_,) in self._index.execute(sql, (path,)))

    def knows_anchors(self, path: str) -> bool:
        """Whether :meth:`anchors` has all ids of the page: no template in it can make further ones."""
        row = self._index.execute("SELECT open_anchors FROM document WHERE path = ?", (path,)).fetchone()
        return row is not None and not row[0]

    def addresses(self, site: str) -> Sequence[str]:
        """Every address that the site is known to have: pages, aliases, files; sorted."""
        return [url for (url,) in self._index.execute(f"SELECT DISTINCT url {_ADDRESSES} ORDER BY url", (site,))]

    def each_address(self, site: str) -> Iterator[str]:
        """The same one by one, in no order and some more than once: not all have to be held."""
        return (url for (url,) in self._index.execute(f"SELECT url {_ADDRESSES}", (site,)))

    def shared_addresses(self) -> Iterator[tuple[PageFact, ...]]:
        """Published pages that meet at one address, case left out of account, two or more at a time."""
        sql = (
            _PAGE.replace("SELECT ", f"SELECT {_FOLDED}, ")
            + f"WHERE published AND url_key IS NOT NULL AND ({_FOLDED}, site) IN (SELECT {_FOLDED}, site"
            " FROM document WHERE published AND url_key IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1)"
            f" ORDER BY site, {_FOLDED}, path"
        )
        group: list[PageFact] = []
        last: tuple[str, str] | None = None
        for row in self._index.execute(sql):
            page = _page(row[1:])
            if (mark := (row[0], page.site)) != last and group:
                yield tuple(group)
                group = []
            last = mark
            group.append(page)
        if group:
            yield tuple(group)

    def files_at_pages(self) -> Iterator[tuple[PageFact, str, str]]:
        """Published pages at whose address a file that is no document stands too, with its path and address; by path.

        The ways of writing an address count as one. Such a file may still be a page of its own, with another address
        in front matter that nobody reads: a stylesheet, a feed.
        """
        for file, url, *page in self._index.execute(_FILES_AT_PAGES):
            yield _page((page[0], page[1], page[2], *page[3:])), file, url

    # Facts and files -----------------------------------------------------------------------------------------

    def facts(self, rule: str, key: str | None = None) -> Iterator[Fact]:
        """What a rule's own ``collect`` said of all documents (under one key), by path."""
        sql = f"SELECT d.path, {_PLACE.format('f.')}, f.key, f.value{_FACT_FROM}WHERE f.rule = ?"
        parameters = [rule]
        if key is not None:
            sql += " AND f.key = ?"
            parameters.append(key)
        return map(_fact, self._index.execute(sql + " ORDER BY d.path, f.id", parameters))

    def repeated_facts(self, rule: str) -> Iterator[tuple[Fact, ...]]:
        """The facts of a rule that share their key with others, key by key, each by path."""
        sql = (
            f"SELECT d.path, {_PLACE.format('f.')}, f.key, f.value{_FACT_FROM}WHERE f.rule = ?1 AND f.key IN"
            " (SELECT key FROM fact WHERE rule = ?1 GROUP BY key HAVING count(*) > 1) ORDER BY f.key, d.path, f.id"
        )
        for _, facts in groupby(map(_fact, self._index.execute(sql, (rule,))), key=attrgetter("key")):
            yield tuple(facts)

    def fact_counts(self, rule: str) -> dict[str, int]:
        """Key → how many facts of a rule have it. One question, however many facts there are."""
        sql = "SELECT key, count(*) FROM fact WHERE rule = ? GROUP BY key ORDER BY key"
        return dict(self._index.execute(sql, (rule,)))

    def has_file(self, path: str) -> bool:
        """Whether a file, content or not, is there (path relative to the project root, exact case)."""
        return self._index.execute("SELECT 1 FROM file WHERE path = ?", (path,)).fetchone() is not None

    def files(self) -> Iterator[str]:
        """Every file of the project, sorted."""
        return (path for (path,) in self._index.execute("SELECT path FROM file ORDER BY path"))

    @cached_property
    def files_by_fold(self) -> Mapping[str, tuple[str, ...]]:
        """The files of the project under their paths in one case, to find the one that differs in nothing else."""
        found: dict[str, tuple[str, ...]] = {}
        for path in self.files():
            fold = path.casefold()
            found[fold] = (*found.get(fold, ()), path)
        return found


# Each way an address can be there has its own index; the commonest is asked first. A source that becomes a page at
# another address is not copied too.
_NO_ADDRESS = """
WHERE l.status = 'internal'
  AND NOT EXISTS (SELECT 1 FROM document p WHERE p.url_key = l.url_key AND p.site = d.site AND p.url_key IS NOT NULL
                  AND (p.published OR p.reason NOT IN ('excluded', 'special-name', 'not-output')))
  AND NOT EXISTS (SELECT 1 FROM file f WHERE f.url_key = l.url_key AND f.site = d.site AND f.url_key IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM document s WHERE s.path = f.path AND s.url_key != f.url_key))
  AND NOT EXISTS (SELECT 1 FROM alias a JOIN document p ON p.id = a.document
                  WHERE a.url_key = l.url_key AND p.site = d.site
                  AND (p.published OR p.reason NOT IN ('excluded', 'special-name', 'not-output')))
"""

_BUNDLES = (
    "SELECT path, url FROM document WHERE site = ? AND published AND url != '' AND path GLOB '*/index.*' ORDER BY path"
)

_TO_FILE_ALONE = f"""
{_LINK} {_LINK_FROM}
WHERE l.status = 'internal' AND l.url_key = ?1 AND d.site = ?2
  AND NOT EXISTS (SELECT 1 FROM document p WHERE p.url_key = ?1 AND p.site = ?2)
  AND NOT EXISTS (SELECT 1 FROM alias a JOIN document p ON p.id = a.document WHERE a.url_key = ?1 AND p.site = ?2)
  AND 1 = (SELECT count(*) FROM file f WHERE f.url_key = ?1 AND f.site = ?2)
"""

_NAMES_A_FILE = (
    _LINK
    + _LINK_FROM
    + "WHERE l.status = 'internal' AND (l.url LIKE '%.htm' OR l.url LIKE '%.html' OR l.url LIKE '%._%/')"
)

_NO_ANCHOR = f"""
{_LINK}, d.path {_LINK_FROM}
WHERE l.status = 'fragment' AND l.fragment != '' AND lower(l.fragment) != 'top' AND NOT d.open_anchors
  AND d.url_key IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM anchor a WHERE a.document = d.id AND a.id = l.fragment)
UNION ALL
{_LINK}, min(p.path) {_LINK_FROM}
JOIN document p ON p.site = d.site AND p.id IN (
  SELECT o.id FROM document o WHERE o.url_key = l.url_key AND o.url_key IS NOT NULL
  UNION ALL SELECT o.document FROM alias o WHERE o.url_key = l.url_key)
  AND p.published AND coalesce(p.appears <= ?1, 1) AND coalesce(p.expires > ?1, 1)
WHERE l.status = 'internal' AND l.fragment != '' AND lower(l.fragment) != 'top'
GROUP BY l.id
HAVING max(p.open_anchors) = 0
  AND NOT max(EXISTS (SELECT 1 FROM anchor a WHERE a.document = p.id AND a.id = l.fragment))
"""
"""Where several pages may be what readers get, one that another leads to or that is over included, none has the id."""

_PATH = regex(r"[^?#]*+")
_ADDRESSES = """
FROM address a WHERE site = ?
  AND NOT (source = 'file' AND EXISTS (SELECT 1 FROM document s WHERE s.path = a.path AND s.url_key != a.url_key))
"""
"""A source that becomes a page at another address stands at none of its own."""

_HIDDEN = (
    _PAGE + "WHERE (NOT published AND reason IN ('unpublished', 'draft', 'ignored-name', 'unreadable'))"
    " OR (published AND (appears > ?1 OR expires <= ?1)) ORDER BY path"
)

_TO_HIDDEN = f"""
{_LINK} {_LINK_FROM}
WHERE l.status = 'internal' AND l.url_key = ?1 AND d.site = ?2
  AND NOT EXISTS (SELECT 1 FROM document p WHERE p.url_key = ?1 AND p.site = ?2 AND p.published
                  AND coalesce(p.appears <= ?3, 1) AND coalesce(p.expires > ?3, 1))
  AND NOT EXISTS (SELECT 1 FROM file f WHERE f.url_key = ?1 AND f.site = ?2
                  AND NOT EXISTS (SELECT 1 FROM document o WHERE o.path = f.path))
  AND NOT EXISTS (SELECT 1 FROM alias a JOIN document p ON p.id = a.document WHERE a.url_key = ?1 AND p.site = ?2
                  AND p.published AND coalesce(p.appears <= ?3, 1) AND coalesce(p.expires > ?3, 1))
"""

_ALIASES_BY_PATH = "SELECT d.path, a.url_key FROM alias a JOIN document d ON d.id = a.document"

_HAS_ANCHOR = """
SELECT d.open_anchors, EXISTS (SELECT 1 FROM anchor a WHERE a.document = d.id AND a.id = ?2)
FROM document d WHERE d.path = ?1
"""


def _is_past(raw: str, base: str) -> bool:
    """Whether an address from the host's root, or behind a template for the host, leaves the site's path out."""
    if not raw.startswith("/"):
        return f"{base}/" not in raw
    path = _PATH.match(raw)
    written = squeeze(path.group()) if path is not None else raw
    return not raw.startswith("//") and written != base and not written.startswith(f"{base}/")


def _hidden_why(page: PageFact, now: float) -> str:
    """The ``Hidden`` word for a page that is not there at this instant; "" for one that is."""
    if not page.published:
        return page.reason
    if page.appears is not None and page.appears > now:
        return Hidden.FUTURE
    return Hidden.EXPIRED if page.expires is not None and page.expires <= now else ""


def _place(start: int, end: int, line: int, column: int, end_line: int, end_column: int) -> Place:
    return Place(Span(start, end), Position(line, column), Position(end_line, end_column))


def _fact(row: tuple[str, int, int, int, int, int, int, str, str]) -> Fact:
    path, *place, key, value = row
    return Fact(path, key, _place(*place), json.loads(value))


def _page(row: tuple[str, str, int, *tuple[Any, ...]]) -> PageFact:
    path, site, published, *rest = row
    return PageFact(path, site, bool(published), *rest)


def _link(row: tuple[str, int, int, int, str, str, str, str, str]) -> LinkFact:
    path, start, line, column, raw, kind, status, url, fragment = row
    end = Text(raw).position(len(raw))
    end = Position(line + end.line - 1, end.column + (column - 1 if end.line == 1 else 0))
    place = Place(Span(start, start + len(raw)), Position(line, column), end)
    return LinkFact(path, place, raw, kind, status, url, fragment)
