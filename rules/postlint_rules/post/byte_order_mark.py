"""Files that begin with a byte order mark where that hides their front matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from postlint.api import Document, DocumentRule, Finding, Fix, Hidden, Kind, Span, generator_for


@dataclass(frozen=True, slots=True)
class Options:
    """Options of post/byte-order-mark.

    Attributes:
        everywhere: also report marks that the generator passes over.
    """

    everywhere: bool = False


class ByteOrderMark(DocumentRule):
    """A byte order mark before front matter that Jekyll would read without it.

    Jekyll 4.3.1 opens pages and the documents of collections other than posts with three bytes, ``---``, or takes them
    for files to copy (``Utils.has_yaml_header?``); posts it reads as UTF-8 with or without a mark. Hugo and Hexo pass
    over one mark. A second one is text, and front-matter/bad-fence reports it.
    """

    Options = Options

    def check(self, doc: Document) -> Iterator[Finding]:
        if not doc.text.bom:
            return
        consequence = _consequence(doc)
        if consequence or self.options.everywhere:
            fix = Fix("remove the byte order mark", (), drop_byte_order_mark=True)
            yield Finding(Span(0, 0), "the file begins with a byte order mark (U+FEFF)", consequence, fix=fix)


def _consequence(doc: Document) -> str:
    generator = generator_for(doc.profile)
    if generator.name != "jekyll" or not doc.front_matter.present or generator.kind(doc.path) is not Kind.PAGE:
        return ""
    if generator.renders(doc):
        return ""  # a plugin makes a page of it all the same, and reads its front matter
    match generator.hidden(doc.path):
        case None:
            return "Jekyll sees no front matter and copies the file as it is: without layout, not rendered"
        case Hidden.NOT_OUTPUT:
            return "Jekyll sees no front matter and leaves the file out of its collection"
    return ""
