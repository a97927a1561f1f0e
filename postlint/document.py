"""One document: its text, how its generator reads it, and the views that all rules share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from postlint.once import once
from postlint.parse.dialect import Dialect
from postlint.parse.front_matter import FrontMatter, read_front_matter
from postlint.parse.templates import Masked, mask
from postlint.text import Span, Text

if TYPE_CHECKING:
    from postlint.config.schema import Schema
    from postlint.config.settings import Taxonomy
    from postlint.parse.comments import Comment
    from postlint.parse.directives import Directive
    from postlint.parse.kramdown.model import KramdownScan
    from postlint.parse.links import LinkUse
    from postlint.parse.markdown import Outline
    from postlint.parse.nesting import Nesting
    from postlint.parse.references import Definition
    from postlint.parse.start_tags import Tag

__all__ = ["Document", "Profile"]

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".mdown", ".mdx"})
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


@dataclass(frozen=True, slots=True)
class Profile:
    """How a site reads its files: from its configuration and ours. Frozen, so that it can be a cache key.

    Attributes:
        generator: one of :data:`postlint.generators.GENERATORS`, but "jekyll" for GitHub Pages.
        site_root: the site's folder relative to the project root, "" or ending in "/".
        zone: the site's declared time zone (an IANA name), None where it declares none.
        options: the generator's own options (a frozen dataclass of that generator's module).
        schemas: front-matter schemas of the project, by path glob.
        taxonomies: what the project declares about its terms.
        date_format: the project's declared date format (strftime), "" for none.
        redirects: patterns of the addresses that the site's host answers by leading elsewhere. No document is read
            differently for them.
    """

    generator: str = "plain"
    dialect: Dialect = field(default_factory=Dialect)
    site_root: str = ""
    zone: str | None = None
    version: str = ""
    options: Any = None
    schemas: tuple[Schema, ...] = ()
    taxonomies: tuple[Taxonomy, ...] = ()
    date_format: str = ""
    redirects: tuple[str, ...] = field(default=(), repr=False, compare=False)


class Document:
    """A text with its path and profile. Views are made when first asked for and then kept.

    ``path`` is relative to the project root, with ``/``; ``surroundings`` is what the generator said of the files
    beside it. Nothing in a document may be changed by a rule.
    """

    def __init__(self, path: str, text: Text, profile: Profile, surroundings: str = "") -> None:
        self.path = path
        self.text = text
        self.profile = profile
        self.surroundings = surroundings
        self.content = text.parseable
        """The text that parsers and rules read: each undecodable byte is U+FFFD."""

    def __repr__(self) -> str:
        return f"Document({self.path!r})"

    def with_content(self, content: str, *, bom: bool | None = None) -> Document:
        """The same file with another text: what it would be after a fix; ``bom`` where its byte order mark changes."""
        text = Text(content, bom=self.text.bom if bom is None else bom)
        return Document(self.path, text, self.profile, self.surroundings)

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return self.path.rpartition("/")[2]

    @property
    def site_path(self) -> str:
        """The path relative to the site's root."""
        return self.path[len(self.profile.site_root) :]

    @once
    def suffix(self) -> str:
        """The name's ending in lower case, with its dot; "" where it has none."""
        name = self.name
        dot = name.rfind(".")
        return name[dot:].lower() if dot > 0 else ""

    @once
    def is_markdown(self) -> bool:
        return self.suffix in MARKDOWN_SUFFIXES

    @once
    def is_html(self) -> bool:
        return self.suffix in HTML_SUFFIXES

    @once
    def front_matter(self) -> FrontMatter:
        return read_front_matter(self.content, self.profile.dialect.fences)

    @once
    def body(self) -> Span:
        """What the generator renders: all after the front matter."""
        return Span(self.front_matter.body_start, len(self.content))

    @once
    def masked(self) -> Masked:
        """The text with its template constructs masked, from the body's start on."""
        dialect = self.profile.dialect
        language = "mdx" if self.suffix == ".mdx" else dialect.templates
        own = language == "hugo" and any(name == "highlight" for name, _ in dialect.shortcodes)
        return mask(self.content, language, self.body.start, verbatim=not own)

    @once
    def outline(self) -> Outline:
        """The body as CommonMark reads it; empty for a document that is not Markdown."""
        from postlint.parse.markdown import Outline, outline

        if not self.is_markdown:
            return Outline(self.body.start, Text(""))
        return outline(self.masked.content, self.body.start)

    @once
    def definitions(self) -> list[Definition]:
        """Everything in the body that may be a link reference definition, in code too."""
        from postlint.parse.references import definitions

        return definitions(self.masked.content, self.body.start)

    @once
    def kramdown(self) -> KramdownScan | None:
        """The body's HTML as kramdown reads it, where it does and where that can differ; else None.

        On real sites CommonMark and kramdown agree except where there are HTML tags outside code, so only
        such documents pay for the second reading.
        """
        dialect = self.profile.dialect
        if dialect.markdown != "kramdown" or not self.is_markdown or not self.has_html:
            return None
        from postlint.parse.kramdown import scan

        return scan(self.masked.content, self.body, dialect.kramdown, html_only=True)

    @once
    def has_html(self) -> bool:
        """Whether anything that may be an HTML tag stands outside code."""
        if self.masked.content.find("<", self.body.start) < 0:
            return False
        return not self.is_markdown or bool(self.outline.html) or self._loose_tag()

    def _loose_tag(self) -> bool:
        """A ``<`` before a letter or slash outside code, which CommonMark took for text but kramdown may not."""
        content = self.masked.content
        autolinks = {link.span.start for link in self.outline.links if link.kind in ("Autolink", "Email")}
        suspects = []
        at = content.find("<", self.body.start)
        while at >= 0:
            if at not in autolinks:
                following = content[at + 1 : at + 3].strip(" \\")[:1]  # `< /em>` and `<\/em>` too
                if following.isalpha() or (following and following in "/!"):
                    suspects.append(at)
            at = content.find("<", at + 1)
        if not suspects:
            return False
        code = iter(self.outline.code)
        current = next(code, None)
        for at in suspects:
            while current is not None and current.end <= at:
                current = next(code, None)
            if current is None or at < current.start:
                return True
        return False

    @once
    def nesting(self) -> Nesting:
        """The HTML elements of the body and each problem with them, once."""
        from postlint.parse.nesting import Nesting
        from postlint.parse.nesting.reading import nesting

        if not self._has_known_html:
            return Nesting()
        return nesting(
            self.text,
            self.content,
            self.masked,
            self.body,
            outline=self.outline if self.is_markdown else None,
            kramdown=self.kramdown,
            dialect=self.profile.dialect,
            generator=self.profile.generator,
        )

    @once
    def _has_known_html(self) -> bool:
        """Whether there is HTML of which it is known how it is read. (MDX is JSX, which follows other rules.)"""
        if not self.has_html or self.suffix == ".mdx" or self.profile.dialect.templates == "mdx":
            return False
        return not self._reads_html_otherwise()

    def _reads_html_otherwise(self) -> bool:
        """Whether the renderer may see other tags here than CommonMark does: then nothing is said of them.

        Python-Markdown takes all from a tag at the start of a line to its end tag as it is, blank lines too. Eleventy
        runs templates first, and knows no indented code.
        """
        content = self.masked.content
        if self.profile.dialect.markdown == "python-markdown":
            lines = ((content.rfind("\n", 0, html.start) + 1, html.start) for html in self.outline.html)
            return any(not content[line:start].strip() for line, start in lines)
        if self.profile.generator != "eleventy":
            return False
        if any(self.content.startswith("{%", span.start) for span in self.masked.spans):
            return True
        return any("<" in content[s:e] and content[s] not in "`~" for s, e in self.outline.code)

    @once
    def html_tags(self) -> tuple[Tag, ...]:
        """The HTML start tags of the body as CommonMark sees them, whoever renders it."""
        regions = self.outline.html if self.is_markdown else [self.body]
        if not regions:
            return ()
        from postlint.parse.start_tags import tags_in

        return tuple(tags_in(self.masked, regions))

    @once
    def tags(self) -> tuple[Tag, ...]:
        """The HTML start tags that the renderer neither prints nor drops, so that browsers get them, in order."""
        if not self._has_known_html:
            return ()
        if self.kramdown is not None:
            from postlint.parse.start_tags import tags_of_kramdown

            return tuple(tags_of_kramdown(self.masked, self.kramdown))
        return self.html_tags if self.profile.dialect.raw_html or not self.is_markdown else ()

    @once
    def comments(self) -> tuple[Comment, ...]:
        """The HTML comments of the body, closed or not, and what was meant as one."""
        content, start = self.masked.content, self.body.start
        if (content.find("<!", start) < 0 and content.find("<?", start) < 0) or not self._has_known_html:
            return ()
        from postlint.parse.comments import comments

        outline = self.outline if self.is_markdown else None
        dropped = not self.profile.dialect.raw_html
        return tuple(sorted(comments(content, self.body, outline, self.kramdown, dropped=dropped)))

    @once
    def links(self) -> tuple[LinkUse, ...]:
        """Every place in the document that refers to an address: Markdown, HTML attributes, templates, front matter."""
        from postlint.parse.links import links

        return links(self)

    @once
    def directives(self) -> tuple[Directive, ...]:
        """The suppression comments of the document."""
        if "postlint" not in self.content:
            return ()
        from postlint.parse.directives import directives

        return directives(self.text, self.content, self.front_matter, self.masked, self.outline.code)
