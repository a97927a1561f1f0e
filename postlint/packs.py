"""Rule packs: packages whose folders are families and whose modules are rules.

A pack is named by its import name. What it holds is read off its folders, without importing it; a rule's module is
imported when the rule is to run. A pack that cannot be loaded stops the run: rules must not go missing unsaid.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from postlint.regex import regex

if TYPE_CHECKING:
    from postlint.finding import Severity
    from postlint.rule import Rule

__all__ = ["BUILTIN", "Kind", "PackError", "RuleEntry", "Traits", "load_packs", "source_digest", "source_mark"]

BUILTIN = "postlint_rules"
_FIXED_BLOCK = regex(r"^`{3,}\w+ fixed\b", re.MULTILINE)


class PackError(Exception):
    """A pack, or a rule in it, cannot be loaded."""


Kind = Literal["document", "site", "suppression", "baseline"]


class Traits(NamedTuple):
    """What a run must know of every rule, whether or not it asks the rule. It follows from the rule's source.

    Attributes:
        kind: what the rule looks at.
        collects: whether a rule about the site has facts of its own to gather in each document.
        external: what it speaks of in links to other sites; see :class:`postlint.rule.Rule`.
    """

    kind: Kind
    severity: Severity
    on: bool
    aliases: tuple[str, ...]
    collects: bool
    external: str = ""


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
        from postlint.rule import Rule

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

    @cached_property
    def traits(self) -> Traits:
        """Of its class; :meth:`remember` spares importing it.

        Raises:
            PackError: see :attr:`rule`.
        """
        from postlint.rule import BaselineRule, DocumentRule, SiteRule, SuppressionRule

        rule = self.rule
        collects = issubclass(rule, SiteRule) and rule.collect is not SiteRule.collect
        if issubclass(rule, DocumentRule):
            return Traits("document", rule.severity, rule.on, rule.aliases, collects)
        if issubclass(rule, SiteRule):
            return Traits("site", rule.severity, rule.on, rule.aliases, collects, rule.external)
        if issubclass(rule, SuppressionRule):
            return Traits("suppression", rule.severity, rule.on, rule.aliases, collects)
        if issubclass(rule, BaselineRule):
            return Traits("baseline", rule.severity, rule.on, rule.aliases, collects)
        raise PackError(f"the rule {self.id} is neither a DocumentRule nor a SiteRule")

    def remember(self, traits: Traits) -> None:
        """Take what an earlier run found the traits to be, with the same source."""
        self.__dict__["traits"] = traits

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.traits.aliases

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
    for name, file in _sources(packs):
        digest.update(name.encode())
        with open(file.path, "rb", buffering=0) as source:
            digest.update(source.read())
    return digest.hexdigest()


def source_mark(packs: Sequence[str] = ()) -> str:
    """What the files of that source look like on this machine: while it stays, so does :func:`source_digest`.

    The time of a file's last change of status is in it, which nobody can set back.
    """
    digest = hashlib.blake2b(digest_size=16)
    for name, file in _sources(packs):
        status = file.stat()
        seen = (name, status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        digest.update(repr(seen).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _sources(packs: Sequence[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The Python files of postlint and of all packs, each with its path from its package's folder."""
    for package in ("postlint", BUILTIN, *packs):
        spec = importlib.util.find_spec(package)
        for location in (spec.submodule_search_locations or ()) if spec else ():
            found: list[tuple[str, os.DirEntry[str]]] = []
            folders = [""]
            while folders:
                folder = folders.pop()
                for entry in os.scandir(os.path.join(location, folder)):
                    name = entry.name
                    if name.endswith(".py"):
                        found.append((folder + name, entry))
                    elif name != "__pycache__" and entry.is_dir():
                        folders.append(f"{folder}{name}/")
            yield from sorted(found, key=itemgetter(0))
