"""The parsers' words turned into a person's."""

from __future__ import annotations

import re

from postlint.api import Document, Format, SyntaxProblem

_RESERVED = {
    "@": "is reserved in YAML",
    "`": "is reserved in YAML",
    "%": "starts a directive in YAML",
    "|": "starts a block of text in the lines below",
    ">": "starts a block of text in the lines below",
    "*": "refers to another value in YAML",
    "&": "names a value in YAML",
    ",": "separates the items of a list",
    "]": "closes a list",
    "}": "closes a mapping",
    "-": "starts an item of a list, which must stand in a line of its own",
    "?": "starts a key in YAML",
}

_PLAIN: dict[str, tuple[str, str]] = {
    "conflict-marker": (
        "a merge conflict was committed here, so the front matter does not load",
        "keep the right lines and delete the markers",
    ),
    "tab": ("this line is indented with a tab, and YAML allows only blanks", "indent with blanks"),
    "inner-quote": (
        "a quote inside this quoted value ends it",
        "write \\\" for a quote inside double quotes, '' for one inside single quotes",
    ),
    "text-after-quote": (
        "this value ends at its second quote, and there is text after it",
        "put quotes round all of it",
    ),
    "quote-before-key": ("there is a quote before this key", "remove it"),
    "unclosed-quote": ("this quote is never closed", "close it"),
    "missing-opening-quote": ("this value ends with a quote and does not start with one", "add the opening quote"),
    "colon-in-value": (
        "this value holds `: ` and is not in quotes, so YAML takes it for another key",
        "put the value in quotes",
    ),
    "no-space-after-dash": ("there is no blank after this dash, so it is no list item", "add a blank"),
    "wide-colon": ("this is a full-width colon, which does not end a key", "write an ordinary colon and a blank"),
    "odd-space": (
        "this line is indented with a space that is none for YAML (a no-break or wide space)",
        "indent with ordinary blanks",
    ),
    "text-after-bracket": (
        "there is text after the bracket that closes this value",
        "put the whole value in quotes if it is text",
    ),
    "unclosed-bracket": ("this bracket is never closed", "close it, or put the value in quotes if it is text"),
    "list-without-brackets": (
        "these are several values with commas between them, and there are no brackets round them",
        "write [ before the first and ] after the last",
    ),
    "block-not-indented": (
        "this line is to be the text of the key above and is not indented",
        "indent it with two blanks",
    ),
    "stray-line": ("this line is neither a key nor part of the value above it", "indent it, or remove it"),
    "indentation": (
        "this key is indented as if it belonged to the one above, which has a value already",
        "line it up with the key it belongs beside",
    ),
    "escape": (
        "this backslash starts no escape that YAML knows in double quotes",
        "write \\\\ for a backslash, or use single quotes",
    ),
    "ended-early": (
        "YAML takes the front matter to end before this line",
        "indent all keys alike, or none",
    ),
    "text-above": (
        "Hexo takes all the text above these dashes for front matter, and it is none",
        "put front matter at the start of the file, or write *** for a line across the page",
    ),
    "undefined-alias": (
        "`*` refers to a value named with `&`, and there is none of this name",
        "put the value in quotes",
    ),
    "recursive-alias": ("this value refers to itself", "write the value out"),
    "trailing-comma": ("there is a comma, and nothing follows it", "remove it"),
    "missing-comma": ("there is no comma between this value and what follows", "add one"),
    "missing-colon": ("there is no colon after this key", "add one"),
    "missing-quotes": ("this is text, and text must stand in double quotes here", "put it in double quotes"),
    "wrong-quotes": ("JSON takes only double quotes", 'write " instead'),
    "line-break": ("this text goes on in the next line, which JSON does not allow", "write \\n for a line break"),
    "extra-data": ("there is text after the end of the object", "remove it"),
    "end-of-text": ("a value is missing here", ""),
    "yaml-in-toml": ("this line is YAML, and between +++ stands TOML", "write key = value"),
    "duplicate-key": ("this key stands twice, which TOML does not allow", "remove one"),
    "too-large": ("this front matter is too large to be read", ""),
}


def words(doc: Document, problem: SyntaxProblem) -> tuple[str, str]:
    """Message and help."""
    hint = problem.hint
    if hint == "reserved-start":
        first = doc.content[problem.offset]
        meaning = _RESERVED.get(first, "means something else in YAML")
        return f"this value starts with `{first}`, which {meaning}", "put the value in quotes"
    if hint == "no-space-after-colon" and problem.related is not None:
        key = re.sub(r":$", "", doc.content[problem.related.start : problem.related.end])
        return f"there is no blank after the colon of `{key}`, so it is no key", "add a blank"
    if hint == "control-character":
        code = ord(doc.content[problem.offset : problem.offset + 1] or "\0")
        return f"there is a control character here (U+{code:04X}), which YAML does not allow", "remove it"
    if hint == "unclosed-bracket" and problem.related is not None:
        return f"this `{doc.content[problem.offset]}` is never closed", _PLAIN[hint][1]
    if hint in ("too-deep", "alias-bomb"):
        return f"this front matter is not read: {problem.problem}", ""
    if hint in _PLAIN:
        return _PLAIN[hint]
    return _unknown(doc, problem.problem), ""


def _unknown(doc: Document, problem: str) -> str:
    form = (doc.front_matter.format or Format.YAML).value
    said = problem[:1].lower() + problem[1:] if problem[1:2].islower() else problem
    return f"the front matter is not {form} from here on ({said.rstrip('.')})"
