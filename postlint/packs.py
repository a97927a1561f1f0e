"""Rule packs: packages whose folders are families and whose modules are rules.

A pack is named by its import name. What it holds is read off its folders, without importing it; a rule's module is
imported when the rule is to run. A pack that cannot be loaded stops the run: rules must not go missing unsaid.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from postlint.rule import Rule

__all__ = ["BUILTIN", "PackError", "RuleEntry", "load_packs", "source_digest"]

BUILTIN = "postlint_rules"
_FIXED_BLOCK = re.compile(r"^`{3,}\w+ fixed\b", re.MULTILINE)


class PackError(Exception):
    """A pack, or a rule in it, cannot be loaded."""


@dataclass(frozen=True)
class RuleEntry:
    """A rule that a pack holds; its class is imported on first use."""

    id: str
    module: str
    page_path: Path

    @property
    def family(self) -> str:
        return self.id.partition("/")[0]

    @cached_property
    def rule(self) -> type[Rule]:
        """The rule's class.

        Raises:
            PackError: the module does not import, or does not define exactly one rule.
        """
        try:
            module = importlib.import_module(self.module)
        except Exception as error:
            raise PackError(f"the rule {self.id} cannot be loaded: {type(error).__name__}: {error}") from error
        found = [
            value
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == self.module
        ]
        if len(found) != 1:
            raise PackError(f"{self.module} must define exactly one rule, and defines {len(found)}")
        return found[0]

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.rule.aliases

    @property
    def Options(self) -> type[Any]:  # noqa: N802 - a class
        return self.rule.Options

    @cached_property
    def page(self) -> str:
        """The Markdown of the rule's page; empty if the pack has none."""
        try:
            return self.page_path.read_text(encoding="utf-8")
        except OSError:
            return ""

    @cached_property
    def summary(self) -> str:
        """The page's first sentence or paragraph."""
        for block in self.page.split("\n\n")[1:]:
            text = " ".join(block.split())
            if text and not text.startswith("#"):
                return text
        return ""

    @property
    def fixable(self) -> bool:
        """Whether the page shows a fix: the page's cases are the tests, so this cannot lie."""
        return _FIXED_BLOCK.search(self.page) is not None


@lru_cache
def _pack_entries(pack: str) -> tuple[RuleEntry, ...]:
    try:
        spec = importlib.util.find_spec(pack)
    except (ImportError, ValueError) as error:
        raise PackError(f"the rule pack {pack!r} cannot be loaded: {error}") from error
    if spec is None or not spec.submodule_search_locations:
        raise PackError(f"there is no rule pack (an importable package) named {pack!r}")
    entries = []
    for location in spec.submodule_search_locations:
        for module in sorted(Path(location).glob("[!_]*/[!_]*.py")):
            family, name = module.parent.name, module.stem
            rule_id = f"{family}/{name}".replace("_", "-")
            entries.append(RuleEntry(rule_id, f"{pack}.{family}.{name}", module.with_suffix(".md")))
    if not entries:
        raise PackError(f"the package {pack!r} holds no rules (<family>/<rule>.py)")
    return tuple(entries)


def load_packs(packs: Iterable[str] = ()) -> Mapping[str, RuleEntry]:
    """All rules of the built-in pack and of ``packs``, by id, sorted.

    Raises:
        PackError: a pack is missing, does not load, or two packs hold a rule of the same id.
    """
    entries: dict[str, RuleEntry] = {}
    for pack in (BUILTIN, *packs):
        for entry in _pack_entries(pack):
            known = entries.get(entry.id)
            if known is not None and known.module != entry.module:
                raise PackError(f"two packs hold the rule {entry.id}: {known.module} and {entry.module}")
            entries[entry.id] = entry
    return MappingProxyType(dict(sorted(entries.items())))


@lru_cache
def source_digest(packs: Sequence[str] = ()) -> str:
    """A digest of the source of postlint and of all packs: part of every cache key.

    A version number that a person must remember to raise is no key: a change of what a rule means, with no file of
    the site changed, must not serve old answers.
    """
    digest = hashlib.blake2b(digest_size=16)
    for package in ("postlint", BUILTIN, *packs):
        spec = importlib.util.find_spec(package)
        for location in (spec.submodule_search_locations or ()) if spec else ():
            root = Path(location)
            for file in sorted(root.rglob("*.py")):
                digest.update(str(file.relative_to(root)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
