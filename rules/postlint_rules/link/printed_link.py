"""What was typed as a Markdown link, and is shown as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from postlint.api import Document, DocumentRule, Edit, Finding, Fix, Safety, Span, regex, within

_ADDRESS = r"(?:https?://|mailto:|www\.|\.{0,2}/)(?:[^\s()\[\]<>（）]|\([^\s()\[\]<>（）]*\))+"
_TEXT = r"(?:[^\[\]\\\n]|\\.)"
_REVERSED = regex(rf"(?<![A-Za-z0-9_\])])\((?P<text>[^()\[\]\n]+)\)\[(?P<address>{_ADDRESS})\](?![(\[:])")
_APART = regex(
    rf"(?<![\]\\])\[(?P<text>{_TEXT}{{2,}})\](?P<gap>[ \t]*\n?[ \t]*)"
    r"\((?P<address>(?:https?://|mailto:)(?:[^\s()<>]|\([^\s()<>]*\))+)\)"
)
_BLANK = regex(rf"(?<!\\)!?\[(?P<text>{_TEXT}*)\]\((?P<address>[^()\[\]<>\n\"']*[^\s()\[\]<>\"'])[ \t]*\)")
_WIDE = regex(rf"(?<![\]\\])\[(?P<text>{_TEXT}+)\](?P<open>[(（])(?P<address>{_ADDRESS})(?P<close>[)）])")
_MEANT = regex(
    r"(?:https?://|mailto:|\.{0,2}/).*|.*\s(?:https?://|www\.).*|.*\.(?:png|jpe?g|gif|svg|webp|pdf|html?|md)",
    re.IGNORECASE,
)
"""What is an address and no remark in parentheses."""
_NUMBER = regex(r"[\W\d_]*")
_TYPED = "readers see the brackets as they are typed, and no link"


class PrintedLink(DocumentRule):
    """Text and address in brackets that no Markdown parser takes for a link.

    The forms were measured with kramdown 2.4 (which minds no blank in an address), goldmark (Hugo 0.168) and marked
    (Hexo 8.1).
    """

    aliases = ("link/reversed",)

    def check(self, doc: Document) -> Iterator[Finding]:
        if not doc.is_markdown:
            return
        content = doc.masked.content
        found: list[tuple[Span, Finding]] = []
        if ")[" in content:
            found += _each(doc, _REVERSED, _reversed)
        if "] (" in content or "]\n(" in content or "] \n" in content:
            found += _each(doc, _APART, _apart)
        if "]（" in content or ("）" in content and "](" in content):
            found += _each(doc, _WIDE, _wide)
        if doc.profile.dialect.markdown != "kramdown" and content.count("](", doc.body.start) > len(doc.outline.links):
            found += _each(doc, _BLANK, _blank)
        if not found:
            return
        found.sort(key=lambda item: item[0])
        shown = [*doc.outline.code, *doc.outline.html]
        shown.sort()
        links = [link.span for link in doc.outline.links]
        for span, finding in found:
            if not within(span.start, shown) and not any(
                link.start < span.end and span.start < link.end for link in links
            ):
                yield finding


_Maker = Callable[["re.Match[str]"], Finding | None]


def _each(doc: Document, pattern: re.Pattern[str], make: _Maker) -> Iterator[tuple[Span, Finding]]:
    for match in pattern.finditer(doc.masked.content, doc.body.start):
        span = Span(*match.span())
        if doc.masked.overlaps(span) or "{{" in match.group():
            continue  # what stands there, only the build knows
        finding = make(match)
        if finding is not None:
            yield span, finding


def _reversed(match: re.Match[str]) -> Finding:
    meant = f"[{match['text']}]({match['address']})"
    fix = Fix("turn the brackets round", (Edit(Span(*match.span()), meant),), Safety.SAFE)
    message = "the brackets of this link are the wrong way round: its text goes into `[…]`, its address into `(…)`"
    return Finding(Span(*match.span()), message, _TYPED, fix=fix)


def _apart(match: re.Match[str]) -> Finding | None:
    if not match["gap"] or _NUMBER.fullmatch(match["text"]):
        return None  # a number with its source behind it
    gap = "line break" if "\n" in match["gap"] else "blank"
    fix = Fix(f"take out the {gap}", (Edit(Span(*match.span("gap")), ""),), Safety.UNSAFE)
    return Finding(
        Span(*match.span()), f"there is a {gap} between `[…]` and `(…)`, so this is no link", _TYPED, fix=fix
    )


def _wide(match: re.Match[str]) -> Finding | None:
    if match["open"] == "(" and match["close"] == ")":
        return None
    edits = tuple(
        Edit(Span(*match.span(name)), sign) for name, sign in (("open", "("), ("close", ")")) if match[name] != sign
    )
    fix = Fix("write ( and )", edits, Safety.SAFE)
    return Finding(Span(*match.span()), "these parentheses are full-width, so this is no link", _TYPED, fix=fix)


def _blank(match: re.Match[str]) -> Finding | None:
    address = match["address"]
    if not re.search(r"\s", address.strip()) or _MEANT.fullmatch(address.strip()) is None:
        return None
    start = match.start("address") + len(address) - len(address.lstrip())
    meant = re.sub(r"^(mailto:)\s+", r"\1", address.strip()).replace(" ", "%20").replace("\t", "%20")
    what = "image" if match.group().startswith("!") else "link"
    message = f"there is a blank in this address, so this is no {what}"
    help_ = "write `%20` for the blank, or put the address into `<…>`"
    consequence = _TYPED.replace("link", what)
    if re.search(r"\s(?:https?://|www\.)", address):  # words before the address: what is meant, the author knows
        return Finding(Span(*match.span()), message, consequence, "take out what does not belong to the address")
    fix = Fix(f"write {meant}", (Edit(Span(start, match.end("address")), meant),), Safety.UNSAFE)
    return Finding(Span(*match.span()), message, consequence, help_, fix=fix)
