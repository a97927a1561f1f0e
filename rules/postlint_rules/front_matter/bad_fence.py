"""Front matter that its generator does not see."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, FenceDefect, Finding, Fix, Related, Safety, Span
from postlint_rules.front_matter import _effects as effects

_TITLES = {
    "blank-line": "remove the blank lines before it",
    "bom": "remove the byte order mark",
    "no-opening": "add the opening ---",
    "key-above": "move the --- above the first key",
    "no-fences": "put --- before and after the keys",
    "no-closing": "add the closing ---",
    "text-on-fence": "give the fence a line of its own",
    "indented": "remove the blanks before the fence",
    "carriage-returns": "write ordinary line ends",
}


class BadFence(DocumentRule):
    """A fence that is none for this generator, or none at all, where keys stand that only front matter has."""

    def check(self, doc: Document) -> Iterator[Finding]:
        defect = doc.front_matter.defect
        if defect is None or effects.is_template(doc):
            return
        consequence = _consequence(doc, defect)
        related: tuple[Related, ...] = ()
        if defect.related is not None:
            related = (Related(defect.related, "the keys end here"),)
        fix = None
        if defect.repair:
            fix = Fix(_TITLES.get(defect.kind, _plain_title(defect)), defect.repair, Safety.SAFE)
        help_ = "" if fix else _HELP.get(defect.kind, "")
        yield Finding(_first_line(doc, defect.span), _message(doc, defect), consequence, help_, fix, related)


_HELP = {
    "toml": "write the keys as YAML between two lines ---",
    "no-closing": "write --- in a line of its own after the last key",
    "closing": "write --- in a line of its own after the last key",
    "no-opening": "write --- in a line of its own before the first key",
    "carriage-returns": "save the file anew with ordinary line ends (LF)",
    "not-front-matter": "put front matter before it, or begin the text otherwise",
}


def _first_line(doc: Document, span: Span) -> Span:
    stop = doc.content.find("\n", span.start, span.end)
    return Span(span.start, span.end if stop < 0 else stop)


def _plain_title(defect: FenceDefect) -> str:
    return f"write {defect.repair[0].text.strip()}"


def _message(doc: Document, defect: FenceDefect) -> str:
    mark = defect.detail
    match defect.kind:
        case "blank-line":
            return "there is a blank line before the front matter, which must start in the first line"
        case "bom":
            return "there is a second byte order mark before the front matter"
        case "dashes" | "plus":
            wanted = "+++" if defect.kind == "plus" else "---"
            return f"`{mark}` opens no front matter: it takes exactly {wanted}{_unlike(mark, wanted)}"
        case "indented":
            return "the line that opens the front matter is indented"
        case "toml":
            return f"{_title(doc)} reads no TOML, which is what stands between +++"
        case "text-on-fence":
            return f"`{mark}` stands in the line that opens the front matter"
        case "no-opening":
            return f"the front matter has no opening line: the file starts with `{mark}:`"
        case "key-above":
            return f"`{mark}:` stands above the line that opens the front matter"
        case "no-fences":
            return f"the file starts with keys (`{mark}:` and more) and there is no front matter fence"
        case "no-closing":
            return "the front matter is never closed"
        case "closing":
            return f"`{mark}` does not close the front matter that --- opened"
        case "carriage-returns":
            where = "the lines of this file end in" if "\n" not in doc.content else "beside the fence stands"
            return f"{where} a carriage return alone, so the fence is no line of its own"
        case "long-closing":
            return f"`{mark}` closes the front matter with its first three characters only"
    return f"{_title(doc)} takes this `{mark}` for the start of front matter"


def _unlike(mark: str, wanted: str) -> str:
    """Why a fence that looks right is not."""
    odd = next((c for c in mark if c not in "-+ \t"), "")
    if odd:
        return f", and this holds U+{ord(odd):04X}"
    if mark == wanted:
        return ", and this ends with a no-break space"
    return ""


def _title(doc: Document) -> str:
    return {"jekyll": "Jekyll", "hugo": "Hugo", "hexo": "Hexo", "zola": "Zola"}.get(doc.profile.generator, "it")


def _consequence(doc: Document, defect: FenceDefect) -> str:
    generator = doc.profile.generator
    if defect.kind == "long-closing":
        rest = doc.content[defect.repair[0].span.start : defect.span.end] if defect.repair else "the rest"
        return f"{_title(doc)} prints `{rest}` on the page"
    if generator == "hexo" and defect.kind == "key-above":
        return "Hexo takes only what stands above the --- for front matter, and prints the other keys on the page"
    if generator == "hugo" and defect.kind in ("no-closing", "closing", "dashes", "plus", "not-front-matter"):
        # Measured with Hugo 0.168: "EOF looking for end YAML front matter delimiter", exit status 1.
        opens = doc.content.lstrip("\ufeff \t\r\n")[:3]
        if defect.kind != "dashes" or opens[:1] == "-":
            return "Hugo stops with an error: nothing at all is built"
    return effects.unseen(doc)
