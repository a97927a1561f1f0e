"""Which types the keys of Zola's front matter must have: it reads them into a structure and stops at anything else.

Sources: Zola 0.22, ``components/content/src/front_matter/page.rs`` and ``section.rs``.
"""

from __future__ import annotations

from collections.abc import Callable

from postlint.parse.front_matter import FrontMatter, Node
from postlint.regex import regex

__all__ = ["fits"]


def _is_text(node: Node) -> bool:
    """A string; in YAML any scalar is read as one, in TOML what is quoted."""
    return node.kind == "scalar" and (node.quoted or node.style == "plain")


_TRUTH = regex("true|True|TRUE|false|False|FALSE")
_YAML_NUMBER = regex(r"\+?(?:0|[1-9]\d*)|0x[\da-fA-F]+|0o[0-7]+")
_NUMBER = regex(r"\+?\d[\d_]*|0x[\da-fA-F_]+|0o[0-7_]+|0b[01_]+")


def _is_truth(node: Node) -> bool:
    return node.kind == "scalar" and not node.quoted and _TRUTH.fullmatch(node.text) is not None


def _is_number(node: Node) -> bool:
    pattern = _YAML_NUMBER if node.style == "plain" else _NUMBER
    return node.kind == "scalar" and not node.quoted and pattern.fullmatch(node.text) is not None


def _is_null(node: Node) -> bool:
    return node.kind == "scalar" and node.style == "plain" and node.value is None


def _is_texts(node: Node) -> bool:
    return _is_null(node) or (node.kind == "list" and all(map(_is_text, node.items)))


def _is_mapping(node: Node) -> bool:
    return _is_null(node) or node.kind == "mapping"


def _is_terms(node: Node) -> bool:
    return _is_mapping(node) and all(
        _is_texts(entry.node) and all(term.text.strip() for term in entry.node.items) for entry in node.entries
    )


def _is_filled(node: Node) -> bool:
    return _is_text(node) and node.text != ""


_Test = Callable[[Node], bool]
_PAGE: dict[str, _Test] = {
    "draft": _is_truth,
    "render": _is_truth,
    "in_search_index": _is_truth,
    "taxonomies": _is_terms,
    "authors": _is_texts,
    "aliases": _is_texts,
    "extra": _is_mapping,
}
_PAGE_OR_NULL: dict[str, _Test] = {
    "title": _is_text,
    "description": _is_text,
    "slug": _is_filled,
    "path": _is_filled,
    "template": _is_text,
    "weight": _is_number,
}
_ONE_OF = {
    "sort_by": ("date", "update_date", "title", "title_bytes", "weight", "slug", "permalink", "none"),
    "insert_anchor_links": ("left", "right", "heading", "none"),
}
_SECTION: dict[str, _Test] = {
    "sort_by": lambda node: _is_text(node) and node.text in _ONE_OF["sort_by"],
    "weight": _is_number,
    "draft": _is_truth,
    "paginate_reversed": _is_truth,
    "paginate_path": _is_text,
    "render": _is_truth,
    "in_search_index": _is_truth,
    "transparent": _is_truth,
    "aliases": _is_texts,
    "generate_feeds": _is_truth,
    "extra": _is_mapping,
}
_SECTION_OR_NULL: dict[str, _Test] = {
    "title": _is_text,
    "description": _is_text,
    "template": _is_text,
    "paginate_by": _is_number,
    "insert_anchor_links": lambda node: _is_text(node) and node.text in _ONE_OF["insert_anchor_links"],
    "redirect_to": _is_text,
    "page_template": _is_text,
}


def fits(front: FrontMatter, *, section: bool) -> bool:
    """Whether Zola can read the front matter of a page or section into its structure, dates aside."""
    tests, or_null = (_SECTION, _SECTION_OR_NULL) if section else (_PAGE, _PAGE_OR_NULL)
    for entry in front.entries:
        test = tests.get(entry.key)
        if test is None:
            test = or_null.get(entry.key)
            if test is None:
                if section and not entry.is_merge and entry.key not in _OLDER:
                    return False  # an unknown key stops it in a section, in a page not
                continue
            if entry.node.value is None and not entry.node.quoted and entry.node.kind == "scalar":
                continue
        if not test(entry.node):
            return False
    return True


_OLDER = ("generate_feed",)
"""Keys of earlier versions, at which only later ones stop."""
