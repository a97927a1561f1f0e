"""The questions that every site generator answers about a file, and the shapes of the answers.

The clock is left out of all of them: a :class:`Fate` says from when until when a page is published, and whoever knows
what time it is asks :meth:`Fate.at`.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple

from postlint.document import HTML_SUFFIXES, Document, Profile
from postlint.generators.loading import Setting
from postlint.parse.front_matter import Entry
from postlint.text import Span

__all__ = ["DateOutcome", "DateReading", "Fate", "Generator", "Hidden", "Hook", "Kind", "TermUse", "ZoneFrom"]


class Hidden(StrEnum):
    """Why a file is not published."""

    IGNORED_NAME = "ignored-name"
    """It lies where posts lie, but its name is none that the generator takes for a post's."""
    SPECIAL_NAME = "special-name"
    """Its name, or a folder's above it, begins with ``_`` or ``.`` (or ends with ``~``): meant to be left out."""
    EXCLUDED = "excluded"
    """The site's configuration leaves it out."""
    UNPUBLISHED = "unpublished"
    """Its front matter says so (``published: false``)."""
    DRAFT = "draft"
    FUTURE = "future"
    """Decided with the clock, by :meth:`Fate.at`."""
    EXPIRED = "expired"
    """Decided with the clock, by :meth:`Fate.at`."""
    UNREADABLE = "unreadable"
    """Its bytes or its front matter are such that the generator leaves it out."""
    ABORTS = "aborts"
    """The generator stops at this file: nothing at all is built."""
    NOT_OUTPUT = "not-output"
    """Part of the site's data (a collection without pages of its own, a layout, an include), not a page."""


class Kind(StrEnum):
    """What a generator takes a path for."""

    POST = "post"
    DRAFT = "draft"
    PAGE = "page"
    """A page of its own, also the document of a collection."""
    STATIC = "static"
    """Copied as it is."""
    NONE = "none"
    """Not looked at, or not as content."""


class DateOutcome(StrEnum):
    """What became of a date's text."""

    READ = "read"
    ROLLED_OVER = "rolled-over"
    """Read as another day or hour than is written: 30 February as 1 March."""
    PARTLY = "partly"
    """Read, but a part of it that means something to a person is ignored (see :attr:`DateReading.ignored`)."""
    MISREAD = "misread"
    """Read as something else than it looks like: eight digits as seconds since 1970."""
    GUESSED = "guessed"
    """Not all of it is there: the rest is taken from the clock."""
    UNPARSABLE = "unparsable"
    IMPOSSIBLE = "impossible"
    """Its form is a date's but there is no such day, hour or offset, and the generator does not take it."""
    NONE = "none"
    """There is nothing to read: the key is there and empty."""


ZoneFrom = Literal["value", "site", "machine", "utc"]
"""What decides the zone: the value itself; the site's configuration; the machine that builds, because the site declares
none; or the generator, which takes UTC for this way of writing."""


class Fate(NamedTuple):
    """What the generator will do with a file, the clock left out.

    Attributes:
        published: False where something in the file, its name or the site's configuration hides it.
        reason: why it is hidden; None where it is published.
        url: from the site's root, beginning with ``/``, percent-encoding undone, without baseurl; "" where it has none
            or where it depends on the day of the build.
        title: as the generator has it (from the file's name where it does that); "" where none.
        date: the date that the generator takes, aware; None where it has none or takes the build's. Where the site
            declares no zone and the generator uses the machine's, UTC stands in for it.
        terms: by taxonomy (plural name), after this generator's splitting.
        aliases: further addresses that lead here.
        lang: "" where neither the file nor its place says.
        appears: the instant before which the generator leaves the page out, aware; None where it does not wait.
        expires: the instant from which on it leaves the page out, aware; None where it never does.
    """

    published: bool
    reason: Hidden | None = None
    url: str = ""
    title: str = ""
    date: dt.datetime | None = None
    terms: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    aliases: tuple[str, ...] = ()
    lang: str = ""
    appears: dt.datetime | None = None
    expires: dt.datetime | None = None

    def at(self, now: dt.datetime) -> Fate:
        """What becomes of the file in a build at ``now`` (aware): future and expired pages are hidden."""
        if not self.published:
            return self
        if self.expires is not None and self.expires <= now:
            return self._replace(published=False, reason=Hidden.EXPIRED)
        if self.appears is not None and self.appears > now:
            return self._replace(published=False, reason=Hidden.FUTURE)
        return self


class DateReading(NamedTuple):
    """How the generator reads the text of a date.

    Attributes:
        instant: aware, in the zone in which the generator shows it; None where it reads none.
        outcome: what became of it.
        zone_from: what decided the zone.
        effect: what the generator does with it, in a person's words ("Jekyll stops: nothing at all is built"); "" where
            it simply reads it.
        written: the date and time as they stand in the value, naive, where they can be told; None else.
        has_time: whether a time of day is written.
        ignored: the part that the generator does not look at, as it normalises it; "" for none.
    """

    instant: dt.datetime | None
    outcome: DateOutcome
    zone_from: ZoneFrom = "utc"
    effect: str = ""
    written: dt.datetime | None = None
    has_time: bool = False
    ignored: str = ""


Hook = Literal["", "pages", "unknown"]
"""What becomes of an address: it stays; it may name a page or a resource, and stays where nothing has that name; it may
become anything."""


class TermUse(NamedTuple):
    """One use of a term, as the generator holds it, and the characters it comes from."""

    taxonomy: str
    term: str
    span: Span


class Generator(ABC):
    """A site generator with one site's configuration. Paths are relative to the project root, as a document's is."""

    name: str = ""
    """As configuration names it: "jekyll"."""
    title: str = ""
    """As people write it: "Jekyll"."""

    configuration = ""
    """The site's configuration file, relative to the project root, where postlint reads one for its places; else ""."""
    settings: Mapping[str, Setting] = MappingProxyType({})
    """What stands in :attr:`configuration`, by key."""
    rewrites_links = False
    """Whether :meth:`source_link` ever answers, on this site."""

    knows_addresses = True
    """Whether the site's addresses follow from its files. Where code decides them too, no link is called dead."""

    themes: tuple[str, ...] = ()
    """The themes that the site's configuration names: folders below ``themes/``, or packages from elsewhere."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.template_folders: tuple[str, ...] = ()
        """Folders, each ending in "/", of what pages are made with: layouts, includes, archetypes, themes."""

    @abstractmethod
    def kind(self, path: str) -> Kind:
        """What the path alone makes of the file (the front matter may still make a page static, or the other way)."""

    def hidden(self, path: str) -> Hidden | None:
        """Why the path alone keeps the file from being published; None where it does not."""
        return None

    def is_content(self, path: str) -> bool:
        """Whether the generator would make a page of the file at this path, or would if its name or settings let it."""
        return self.kind(path) in (Kind.POST, Kind.DRAFT, Kind.PAGE)

    def surroundings(self, path: str, there: Callable[[str], bool]) -> str:
        """What of the files beside this one decides its fate, in a word of the generator's own; "" for nothing.

        The engine asks this of every file before any is read, hands the answer back as
        :attr:`~postlint.document.Document.surroundings`, and reads the file again when the answer has changed.

        Args:
            path: the file's, relative to the project root.
            there: whether there is a file at a path, relative to the project root.
        """
        return ""

    def is_template(self, path: str) -> bool:
        """Whether the file is no page but a part of pages, or the pattern of new ones.

        Its tags may be closed in another file, its links are those of the page that it becomes part of.
        """
        if path.startswith(self.template_folders):
            return True
        # HTML that lies where the generator takes no pages from is for other programs, or for templates of its theme.
        return (
            path[path.rfind(".") :].lower() in HTML_SUFFIXES
            and self.kind(path) is Kind.NONE
            and self.hidden(path) is not Hidden.IGNORED_NAME
        )

    def renders(self, doc: Document) -> bool:
        """Whether the document's body goes through the generator at all, rather than nowhere or as it is."""
        return self.is_content(doc.path)

    def removed(self, doc: Document) -> Span | None:
        """The heading that the generator takes out of the body before it renders it; None where it takes none."""
        return None

    @abstractmethod
    def fate(self, doc: Document) -> Fate:
        """What becomes of the document."""

    @abstractmethod
    def date_keys(self, doc: Document) -> tuple[str, ...]:
        """The front-matter keys of this document that the generator reads as dates, the one that counts first."""

    @abstractmethod
    def read_date(self, doc: Document, entry: Entry) -> DateReading:
        """How it reads the value of one of the :meth:`date_keys`."""

    def file_name_date(self, path: str) -> dt.date | None:
        """The day that the file's name states; None where it states none or no possible one."""
        return None

    @abstractmethod
    def term_uses(self, doc: Document) -> Iterable[TermUse]:
        """The terms in the document's front matter, after this generator's splitting, with their places."""

    def source_link(self, path: str, address: str) -> str | None:
        """The source file that an ordinary Markdown link names, where the generator makes its page's address of it.

        Args:
            path: the document's, relative to the project root.
            address: as written, without fragment.

        Returns:
            a path from the folder of the generator's sources, whether there is such a file or not; None where the
            address stays as it is.
        """
        return None

    def hook(self, kind: str, address: str) -> Hook:
        """What a template of the site makes of an address in a Markdown link of this kind (``LinkFact.kind``)."""
        return ""

    def output_file(self, path: str, url: str) -> str:
        """The file that is written for a page, from the folder of the built site, beginning with ``/``.

        Two addresses may be written to one file: ``/about/`` and ``/about/index.html``.

        Args:
            path: the page's source, relative to the project root.
            url: its address, as :attr:`Fate.url` has it.
        """
        return f"{url}index.html" if url.endswith("/") else url

    def static_url(self, path: str) -> str:
        """Where the file would stand if it were copied as it is; "" where it would not be."""
        root = self.profile.site_root
        return "/" + path[len(root) :] if path.startswith(root) else ""

    def term_url(self, taxonomy: str, term: str) -> str:
        """The address of the page the generator makes for a term; "" where it makes none by itself."""
        return ""

    def term_slug(self, taxonomy: str, term: str) -> str | None:
        """How the page's address spells the term: "" where nothing of it is left; None where that is not known."""
        return None

    def makes(self, url: str) -> bool | None:
        """Whether the generator makes a file at an address that ends as a feed's or a map's of the site does; None
        where nobody knows.

        Args:
            url: from the site's root.
        """
        return None

    def lists(self, paths: Iterable[str], terms: Iterable[tuple[str, str]]) -> frozenset[str] | None:
        """The addresses of the pages that the generator makes without a file of their own, ``/page/2/`` and feeds left
        out; None where they are not known: then whatever looks like a list may be one.

        Args:
            paths: all files of the site, relative to the project root.
            terms: the terms of its published pages, each with its taxonomy.
        """
        return None
