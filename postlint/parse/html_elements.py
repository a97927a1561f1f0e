"""What HTML's elements are like: the tables of the HTML standard's parser (section 13.2) and of the omitted end tags.

Names are lower-case. Legacy elements are in the tables as long as browsers know them: old posts are full of them.
"""

from __future__ import annotations

__all__ = [
    "BARRIERS",
    "CLOSED_BY_START",
    "CLOSED_WITH_PARENT",
    "EFFECTS",
    "FOREIGN",
    "FORMATTING",
    "FURNITURE",
    "INLINE",
    "KNOWN",
    "LIST_STOPS",
    "MARKER",
    "P_CLOSERS",
    "RAW_TEXT",
    "TABLE_BARRIERS",
    "TABLE_PARTS",
    "VOID",
]


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = _names(
    "area base basefont bgsound br col command embed frame hr image img input keygen link meta param source track wbr"
)
"""Elements with no content and no end tag."""

RAW_TEXT = _names("script style textarea title iframe noembed noframes xmp")
"""Elements whose content is text up to their own end tag (the standard's RAWTEXT, RCDATA and script data)."""

FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
"""The standard's formatting elements: a browser opens them again in the next block when a block's end cuts them."""

INLINE = FORMATTING | _names("abbr bdi bdo cite del dfn ins kbd label mark q samp span sub sup time var")
"""Elements of a line of text: their end does not end a paragraph or a list item that was opened in them."""

FURNITURE = _names("html head body")
"""Both tags may be omitted, and a second one is ignored: they never make a nesting problem."""

P_CLOSERS = _names(
    "address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp"
)
"""Start tags that end an open paragraph (the parser's list, wider than the one for authors)."""

BARRIERS = _names("applet caption html table td th marquee object template svg math foreignobject")
"""The standard's "scope": an end tag does not reach an element outside the nearest of these."""

TABLE_BARRIERS = _names("html table template")
"""The scope of the end tags of a table's parts."""

TABLE_PARTS = _names("caption colgroup table tbody td tfoot th thead tr")

MARKER = _names("applet caption marquee object td template th")
"""Formatting elements opened inside one of these do not live past its end."""

LIST_STOPS = _names(
    "applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details "
    "dir dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr "
    "html iframe img input keygen link listing main marquee menu meta nav noembed noframes noscript object ol "
    "plaintext pre script search section select source style summary table tbody td template textarea tfoot th thead "
    "title tr track ul wbr xmp svg math foreignobject"
)
"""The standard's special elements but ``address``, ``div`` and ``p``: a new ``<li>`` looks no further up than these."""

_LIST_PART = {"li": _names("li"), "dd": _names("dd dt"), "dt": _names("dd dt")}

CLOSED_BY_START: dict[str, frozenset[str]] = {
    **_LIST_PART,
    "option": _names("option"),
    "optgroup": _names("option optgroup"),
    "rt": _names("rt rp rb"),
    "rp": _names("rt rp rb"),
    "rb": _names("rt rp rb rtc"),
    "rtc": _names("rt rp rb rtc"),
    "td": _names("td th"),
    "th": _names("td th"),
    "tr": _names("td th tr caption colgroup"),
    "tbody": _names("td th tr thead tbody tfoot caption colgroup"),
    "thead": _names("td th tr thead tbody tfoot caption colgroup"),
    "tfoot": _names("td th tr thead tbody tfoot caption colgroup"),
    "caption": _names("caption colgroup"),
    "colgroup": _names("caption colgroup"),
}
"""Start tag to the open elements that it ends, innermost first, when nothing but such stands between."""

CLOSED_WITH_PARENT = _names(
    "p li dd dt option optgroup rt rp rb rtc td th tr thead tbody tfoot caption colgroup html head body"
)
"""Elements whose end tag may be omitted at the end of their parent."""

EFFECTS: dict[str, str] = {
    "a": "part of the link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "dfn": "italic",
    "u": "underlined",
    "ins": "underlined",
    "s": "struck through",
    "strike": "struck through",
    "del": "struck through",
    "code": "in the code font",
    "tt": "in the code font",
    "kbd": "in the code font",
    "samp": "in the code font",
    "small": "small",
    "big": "large",
    "sub": "lowered",
    "sup": "raised",
    "mark": "highlighted",
    "font": "in its font",
    "center": "centred",
    "pre": "preformatted",
    "blockquote": "part of the quotation",
    "details": "folded away",
    "h1": "a heading",
    "h2": "a heading",
    "h3": "a heading",
    "h4": "a heading",
    "h5": "a heading",
    "h6": "a heading",
    "ruby": "part of the annotation",
    "rt": "part of the annotation",
    "button": "part of the button",
    "table": "part of the table",
}
"""What a reader sees of an element that is left open: "all that follows is …"."""

KNOWN = (
    VOID
    | RAW_TEXT
    | FORMATTING
    | FURNITURE
    | P_CLOSERS
    | BARRIERS
    | TABLE_PARTS
    | LIST_STOPS
    | CLOSED_WITH_PARENT
    | frozenset(EFFECTS)
    | _names(
        "abbr acronym audio bdi bdo button canvas data datalist dfn kbd label legend map meter noscript output picture "
        "progress q rbc ruby samp select slot span sub sup time var video blink frameset isindex multicol spacer"
    )
)
"""Elements that browsers know."""

FOREIGN = _names(
    "animate animatemotion animatetransform circle clippath defs desc ellipse feblend fecolormatrix "
    "fecomponenttransfer fecomposite feconvolvematrix fediffuselighting fedisplacementmap fedistantlight fedropshadow "
    "feflood fefunca fefuncb fefuncg fefuncr fegaussianblur feimage femerge femergenode femorphology feoffset "
    "fepointlight fespecularlighting fespotlight fetile feturbulence filter g line lineargradient marker mask metadata "
    "mpath path pattern polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view "
    "annotation annotation-xml maction menclose merror mfenced mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover "
    "mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover none semantics"
)
"""Elements of SVG and MathML that HTML does not know outside of them."""
