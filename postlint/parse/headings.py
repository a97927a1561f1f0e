"""The ids of a document that links may point to: its headings', its own, its footnotes'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pyromark

from postlint.parse.heading_ids import HeadingText, heading_ids, readings_of_ids
from postlint.parse.ranges import Ranges
from postlint.parse.shortcodes import SHORTCODE, bodies, kept_html
from postlint.regex import regex
from postlint.text import Span, within

if TYPE_CHECKING:
    from postlint.parse.goldmark import GoldmarkHeading, IdType
    from postlint.parse.markdown import Heading
    from postlint.parse.reading import Reading

__all__ = ["Anchors", "anchors", "heading_text", "ids_of_headings"]


class Anchors(NamedTuple):
    """Ids and names, sorted, without repeats.

    ``complete`` is False where a template construct, or a letter whose spelling is not known here, may make further
    ones.
    """

    ids: tuple[str, ...]
    complete: bool


_ID_VALUE = regex(r"\s*+(?:\"([^\"<>\n]*+)\"|'([^'<>\n]*+)'|([^\s\"'<>=]++))")
_ID_NAMES = ("id=", "name=", "id =", "name =", "ID=", "NAME=")
_LIST_ID = regex(r"\{:[^{}\n]*?#([A-Za-z_][\w:.\-]*+)[^{}\n]*+\}")
_HEADING_ID = regex(r"[ \t]*+\{:?[ \t]*+(?:[.\w=\"'\-]++[ \t]++)*+#([^\s{}]++)[^{}\n]*+\}[ \t]*+#*+[ \t]*+$")
_KRAMDOWN_HEADING_ID = regex(r"[ \t]++\{#([A-Za-z_:\x80-\U0010ffff][\w:.\-]*+)\}[ \t]*+#*+[ \t]*+$")
_LINE_BEFORE_ID = regex(r"\n[ \t]*+\n[ ]{0,3}\{:[^{}\n]*?#([A-Za-z_][\w:.\-]*+)[^{}\n]*+\}[ \t]*+\n\Z")
_ATTRIBUTE_ID = regex(r"\{:?[^{}\n#]*+#([^\s{}]++)[^{}\n]*+\}")
"""Of Python-Markdown's ``attr_list``, behind whatever it is."""
_MORE = regex(r"<!-- ?more ?-->", re.I)
"""Where Hexo ends the excerpt, it puts ``<span id="more">``."""
_NOTE = regex(r"\[\^[^\[\]\n]++\]")
_NEXT_LINE_ID = regex(r"\n?[ ]{0,3}\{:[^{}\n]*?#([A-Za-z_][\w:.\-]*+)[^{}\n]*+\}[ \t]*+(?=\n|$)")


_EXTENDED = regex(r"^(?:#{1,6}[^#\s]|[ \t]*+(?:!!!|\?\?\?|===|///|:::|--8<--))", re.MULTILINE)
"""Of Python-Markdown and its extensions: headings without a blank, blocks by indentation, texts from elsewhere."""


def anchors(doc: Reading, removed: Span | None = None) -> Anchors:
    """The ids of ``doc`` as its generator makes them, without those of headings that it has ``removed``."""
    content = doc.masked.content
    start = doc.body.start
    dialect = doc.profile.dialect
    complete = not doc.masked.spans or not _templates_may_add(doc)
    if dialect.markdown == "python-markdown" and _EXTENDED.search(content, start):
        complete = False
    ids: set[str] = set()
    if doc.is_markdown:
        headings: list[HeadingText | str] = []
        if dialect.markdown == "goldmark":
            ids = _hugo_ids(doc, content)
            complete = complete and not (dialect.goldmark.term_ids and "\n:" in content)
        elif dialect.heading_ids == "hexo":
            ids = {id_ for _, id_ in _hexo_ids(doc, content)}
        else:
            headings = [words for _, words in _headings(doc, content, removed.end if removed is not None else 0)]
        if headings:
            if dialect.markdown == "kramdown" and not dialect.kramdown.auto_ids:
                headings = [heading for heading in headings if isinstance(heading, str)]
            if (
                dialect.markdown == "kramdown"
                and dialect.kramdown.transliterated
                and not all(isinstance(heading, str) or heading.source.isascii() for heading in headings)
            ):
                complete = False  # the spelling is that of a table we do not have
            ids, known = heading_ids(dialect.heading_ids, headings)
            if dialect.markdown == "kramdown" and (prefix := dialect.kramdown.auto_id_prefix):
                given = {heading for heading in headings if isinstance(heading, str)}
                ids = given | {prefix + id_ for id_ in ids - given}
            complete = complete and known
        if dialect.markdown == "python-markdown" and dialect.written_ids and "#" in content:
            ids.update(match[1] for match in _ATTRIBUTE_ID.finditer(content, start))
        if dialect.markdown == "kramdown" and "{:" in content:
            ids.update(match[1] for match in _LIST_ID.finditer(content, start))
            if "{:toc" in content or "{: toc" in content:
                ids |= {"markdown-toc", *(f"markdown-toc-{id_}" for id_ in ids)}
        for number, (label, _) in enumerate(doc.outline.footnotes, 1):
            ids |= {f"fn:{label}", f"fnref:{label}", f"fn:{number}", f"fnref:{number}"}
            if doc.profile.generator == "zola":
                ids |= {label, f"fr-{label}-1"}
    if dialect.markdown == "marked" and any(
        not within(match.start(), doc.outline.code) for match in _MORE.finditer(content, start)
    ):
        ids.add("more")
    shown: Sequence[Span] | None = None  # code: an id in an example is none
    kept = kept_html(doc)
    for name in _ID_NAMES if content.find("=", start) >= 0 else ():
        at = content.find(name, start)
        while at >= 0:
            apart = content[at - 1].isspace()  # not ``?id=5`` in an address
            at += len(name)
            if apart and (match := _ID_VALUE.match(content, at)) is not None:
                shown = _code(doc) if shown is None else shown
                if not within(at, shown) and (kept is None or kept.hold(at)):
                    ids.add(match[match.lastindex or 0])
            at = content.find(name, at)
    ids.discard("")
    return Anchors(tuple(sorted(ids)), complete)


def _code(doc: Reading) -> Sequence[Span]:
    """What the page shows as code, in order."""
    if not doc.is_markdown:
        return ()
    if doc.profile.dialect.markdown != "kramdown":
        return doc.outline.code
    if doc.kramdown is None:  # only of its fences CommonMark knows where they are: better one id too many
        return [span for span in doc.outline.code if doc.content.startswith(("```", "~~~"), span.start)]
    return [code.span for code in doc.kramdown.code if code.kind in ("indented", "fenced", "span")]


# Headings ----------------------------------------------------------------------------------------------------

_EMOJI = regex(r":[a-z0-9_+-]++:")
_BY_LABEL = frozenset({"Reference", "Collapsed", "Shortcut"})
_PLAIN = regex(r"[^\n*_`\[\]<>&\\~{!|]*+")


def ids_of_headings(doc: Reading, without: Sequence[Span] = ()) -> list[tuple[Heading, str]]:
    """The headings of ``doc`` with the ids that its generator gives them; only those of which the id is certain.

    ``without``: stretches that the generator does not read as Markdown, though CommonMark does.
    """
    dialect = doc.profile.dialect
    kramdown = dialect.markdown == "kramdown"
    left_out = Ranges(without)
    found = [
        (heading, words)
        for heading, words in _headings(doc, doc.masked.content)
        if not left_out.hold(heading.span.start)
    ]
    if any(doc.masked.overlaps(heading.span) for heading, _ in found):
        return []  # its words, and with them the numbers of others, are known only when the site is built
    if dialect.markdown == "goldmark" or dialect.heading_ids == "hexo":
        content = doc.masked.content
        of_headings = _hugo_readings(doc, content) if dialect.markdown == "goldmark" else [_hexo_ids(doc, content)]
        ways = [{heading.span: id_ for heading, id_ in reading} for reading in of_headings]
        return [
            (heading, said[0])
            for heading, _ in found
            if (said := [way.get(heading.span, "") for way in ways]) and said[0] and len(set(said)) == 1
        ]
    readings, _ = readings_of_ids(dialect.heading_ids, [words for _, words in found])
    prefix = dialect.kramdown.auto_id_prefix if kramdown else ""
    certain: list[tuple[Heading, str]] = []
    for index, (heading, words) in enumerate(found):
        ids = {reading[index] for reading in readings}
        if isinstance(words, str):
            certain.append((heading, words))
        elif len(ids) == 1 and (id_ := ids.pop()) and not (kramdown and not dialect.kramdown.auto_ids):
            certain.append((heading, prefix + id_))
    return certain


def _headings(doc: Reading, content: str, from_: int = 0) -> Iterator[tuple[Heading, HeadingText | str]]:
    markdown = doc.profile.dialect.markdown
    kramdown = markdown == "kramdown"
    heading_id = _KRAMDOWN_HEADING_ID if kramdown else _HEADING_ID
    explicit = doc.profile.dialect.written_ids
    lists = kramdown and "{:" in content
    notes = doc.profile.dialect.heading_ids == "kramdown-gfm"
    for heading in doc.outline.headings:
        start, end = heading.text
        if start < from_:
            continue
        if lists and (after := _NEXT_LINE_ID.match(content, heading.span.end - _newline(content, heading.span))):
            yield heading, after[1]
            continue
        if lists and (before := _LINE_BEFORE_ID.search(content, max(0, heading.span.start - 200), heading.span.start)):
            yield heading, before[1]
            continue
        source = content[start:end]
        if notes and "[^" in source:
            source = _NOTE.sub("", source)
        if kramdown and "\n" in source:
            continue  # it underlines one line alone: of several it makes a paragraph
        if explicit and source.endswith("}") and (given := heading_id.search(source)):
            yield heading, given[1]
            continue
        yield heading, heading_text(source)


def _hugo_ids(doc: Reading, content: str) -> set[str]:
    """The ids of headings, and those in attributes."""
    ids = {id_ for reading in _hugo_readings(doc, content) for _, id_ in reading}
    if "}\n" in content:
        from postlint.parse.goldmark import block_ids

        ids |= block_ids(content, doc.body.start, doc.profile.dialect.goldmark)
    return ids


def _hugo_readings(doc: Reading, content: str) -> list[list[tuple[Heading, str]]]:
    """The headings that have an id, each with it: one list for each way of making ids that the release may have."""
    if not doc.outline.headings:
        return []
    from postlint.parse.goldmark import goldmark_ids  # each generator's own where it is asked for: most runs need one
    from postlint.parse.goldmark import readings as goldmark_readings

    dialect = doc.profile.dialect
    within_shortcodes = bodies(doc)
    found = []
    for plain in goldmark_readings(doc.profile.version):
        texts: dict[Span | None, list[tuple[Heading, GoldmarkHeading]]] = {}
        for heading, words in _hugo_headings(doc, content, plain):
            if dialect.goldmark.auto_ids or words.given is not None:
                at = heading.span.start
                texts.setdefault(
                    next((body for body in within_shortcodes if body.start <= at < body.end), None), []
                ).append((heading, words))
        reading = []
        for pairs in texts.values():  # each is rendered, and its ids numbered, by itself
            ids = goldmark_ids(cast("IdType", dialect.heading_ids), [words for _, words in pairs])
            reading += [(heading, id_) for (heading, _), id_ in zip(pairs, ids, strict=True)]
        found.append(sorted(reading) if len(texts) > 1 else reading)
    return found


def _hugo_headings(doc: Reading, content: str, plain: bool) -> Iterator[tuple[Heading, GoldmarkHeading]]:
    """The headings that get an id; ``plain``: of the text that readers see."""
    from postlint.parse.goldmark import GoldmarkHeading, goldmark_text, split_attributes

    options = doc.profile.dialect.goldmark
    notes = {label for label, _ in doc.outline.footnotes}
    for heading, source, labels in _labelled(doc, content):
        if doc.masked.overlaps(heading.span) and _has_shortcode(doc, heading.span, plain):
            continue  # the id is made of a mark with a number that stands for the shortcode: nobody can link to it
        if not plain and options.emoji:
            source = _EMOJI.sub("\N{PARTY POPPER}", source)
        # In new releases no attributes are read before closing marks.
        open_ended = not plain or "#" not in content[heading.text.end : heading.span.end]
        if options.title_attributes and source.endswith("}") and open_ended:
            source, given = split_attributes(source)
            if given is not None:
                yield heading, GoldmarkHeading("", given)
                continue
        if not plain:
            yield heading, GoldmarkHeading(source[source.rfind("\n") + 1 :])
        elif text := goldmark_text(source, options, labels, notes):
            yield heading, GoldmarkHeading(text)


def _has_shortcode(doc: Reading, heading: Span, plain: bool) -> bool:
    """Whether a ``{{< >}}`` stands in a heading, where its id is made of: not in a link's address, if ``plain``."""
    spans = [
        span for span in doc.masked.spans
        if heading.start <= span.start < heading.end and doc.content.startswith("{{<", span.start)
    ]  # fmt: skip
    if not spans or not plain:
        return bool(spans)
    destinations = _destinations(doc)
    return not all(destinations.hold(span.start) for span in spans)


def _hexo_ids(doc: Reading, content: str) -> list[tuple[Heading, str]]:
    """The headings, each with its id; none where the renderer is told to make none."""
    options = doc.profile.dialect.marked
    if not options.ids or not doc.outline.headings:
        return []
    from postlint.parse.marked import marked_base, marked_ids

    found = list(_labelled(doc, content))
    ids = marked_ids([marked_base(source, options, labels) for _, source, labels in found])
    return [(heading, id_) for (heading, _, _), id_ in zip(found, ids, strict=True)]


def _labelled(doc: Reading, content: str) -> Iterator[tuple[Heading, str, list[str]]]:
    """Each heading with its source, without marks, and the labels of the link references that it uses."""
    uses = [link for link in doc.outline.links if link.kind in _BY_LABEL] if doc.definitions else []
    at = 0
    for heading in doc.outline.headings:
        start, end = heading.text
        escaped = content[start - 1 : start] == "\\"  # of an escape the parser gives the sign alone
        labels = []
        while at < len(uses) and uses[at].span.start < heading.span.end:
            if uses[at].span.start >= heading.span.start and not any(char in uses[at].label for char in "[]\n"):
                labels.append(uses[at].label)
            at += 1
        yield heading, content[start - escaped : end], labels


def _newline(content: str, span: Span) -> int:
    return 1 if span.end > span.start and content[span.end - 1] == "\n" else 0


_parser = pyromark.Markdown(options=pyromark.Options.ENABLE_STRIKETHROUGH)
_REFERENCE = regex(r"\[([^\[\]]++)\]\[[^\[\]]*+\]")


def heading_text(source: str) -> HeadingText:
    """The words of a heading from its inline Markdown."""
    if _PLAIN.fullmatch(source):
        run = ((source, False),)
        return HeadingText(source, run, run)
    # Its definitions are elsewhere: what is in the first brackets is what readers see.
    events: Iterable[Any] = _parser.events("# " + _REFERENCE.sub(r"\1", source.replace("\n", " ")), merge_text=True)
    runs: list[tuple[str, bool]] = []
    alt: list[tuple[str, bool]] = []
    images = 0
    for event in events:
        if event.__class__ is str:
            continue
        for kind, value in event.items():
            if kind == "Text" or kind == "Code":
                alt.append((value, kind == "Code"))
                if not images:
                    runs.append(alt[-1])
            elif (kind == "Start" or kind == "End") and value.__class__ is dict and "Image" in value:
                images += 1
            elif kind == "End" and value == "Image":
                images -= 1
    return HeadingText(source, tuple(runs), tuple(alt))


# Templates ---------------------------------------------------------------------------------------------------

_HARMLESS = {
    "liquid": regex(
        r"\{%-?\s*+(?:raw|highlight|comment|link|post_url|if|elsif|else|endif|unless|endunless|assign|case|when|endcase"
        r"|capture|endcapture|endraw|endhighlight|gist|avatar)\b"
    ),
    "hugo": regex(
        r"\{\{[<%]\s*+/\*|\{\{[<%]\s*+/?(?:ref|relref|figure|youtube|vimeo|tweet|x|twitter|instagram|gist|highlight|param|img|image)\b"
    ),
    "nunjucks": regex(
        r"\{%-?\s*+(?:end)?(?:raw|codeblock|code|blockquote|quote|pullquote|post_link|post_path|asset_link|asset_path"
        r"|asset_img|img|link|youtube|vimeo|gist|iframe|jsfiddle|note|include_code)\b|\{#"
    ),
    "mdx": regex(r"\{/\*"),
    "tera": regex(r"\{%\s*+(?:if|else|elif|endif|set|raw|endraw)\b|\{\{\s*+(?:youtube|vimeo|gist|config)\b|\{#"),
}


def _templates_may_add(doc: Reading) -> bool:
    """Whether a template construct may make ids that do not stand in the text.

    Output inside a line (``{{ site.title }}``) makes none, except in a heading or an id; a line of its own may be
    anything.
    """
    content = doc.content
    dialect = doc.profile.dialect
    harmless = _HARMLESS.get(dialect.templates)
    if harmless is None:
        return True
    own = dict(dialect.shortcodes)
    # Hexo takes code out before it reads tags.
    code = doc.outline.code if doc.is_markdown and doc.profile.generator == "hexo" else ()
    headings: Sequence[Span] = [heading.span for heading in doc.outline.headings] if doc.is_markdown else ()
    destinations: Ranges | None = None
    loops: list[int] = []
    at = 0
    for span in doc.masked.spans:
        while at < len(headings) and headings[at].end <= span.start:
            at += 1
        if code and within(span.start, code):
            continue
        # What `{{< >}}` writes comes into a heading after its id has been made, of a mark that stands for it.
        late = content.startswith("{{<", span.start)
        if at < len(headings) and headings[at].start < span.end and not late:
            if destinations is None:
                destinations = _destinations(doc)
            if not destinations.hold(span.start):
                return True
            continue
        if own and (call := SHORTCODE.match(content, *span)) is not None and call["name"].lower() in own:
            if content[span.start + 2] not in own[call["name"].lower()] or content.startswith("#", span.end):
                return True  # a heading right behind the tag is one to Hugo, which reads what is within by itself
            continue
        if harmless.match(content, *span):
            continue
        if loop := _LOOP.match(content, *span):
            # A heading in it would get many ids; what it prints is looked at for itself.
            if not loop["end"]:
                loops.append(at)
            elif not loops or loops.pop() != at:
                return True
            continue
        if not content.startswith("{{", span.start) or content[span.start + 2] in "<%":
            return True
        if not doc.is_markdown and _MARKUP.search(content, *span) is not None:
            return True
        before = content[content.rfind("\n", 0, span.start) + 1 : span.start]
        if not before.strip() or before.rstrip(" \"'").endswith(("id=", "name=")):
            return True
    return False


_LOOP = regex(r"\{%-?\s*+(?P<end>end)?+for\b")
_MARKUP = regex(r"\bmarkdownify\b|\bcontent\b|\bexcerpt\b|\binclude\b")
"""What prints more than a line of text."""


def _destinations(doc: Reading) -> Ranges:
    """The addresses of inline links: what a template writes there is in no heading's id."""
    links = doc.outline.links
    return Ranges(Span(link.text.end, link.span.end) for link in links if link.kind == "Inline")
