"""A built site and what was said of it beforehand, held against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from tests.built.lychee import Checked, Link, meeting
from tests.built.told import DEAD, NOWHERE, Finding, Told

__all__ = ["Comparison", "another_site", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Attributes:
        broken: links that are broken in the built site, stand in content, and are not ``unknown``.
        unknown: broken ones of which postlint never says anything: ids in pages to which templates add some, addresses
            at which plugins put feeds and their like.
        made: broken ones that templates make, of data or in includes: they stand in no content.
        missed: those of ``broken`` that postlint does not tell.
        told: what postlint says of links that are dead, on pages that are built. What it says of addresses in front
            matter is left out: layouts print those.
        wrong: what of it is not so.
    """

    broken: Sequence[Link]
    unknown: Sequence[Link]
    made: Sequence[Link]
    missed: Sequence[Link]
    told: Sequence[Finding]
    wrong: Sequence[Finding]
    written: Mapping[Link, str]

    @property
    def found(self) -> float:
        """The part of the broken links that postlint tells."""
        return 1 - len(self.missed) / len(self.broken) if self.broken else 1.0

    @property
    def right(self) -> float:
        """The part of what postlint tells that is so."""
        return 1 - len(self.wrong) / len(self.told) if self.told else 1.0

    @property
    def figures(self) -> str:
        return (
            f"{len(self.broken)} broken, {self.found:.1%} of them told; {len(self.told)} told, {self.right:.1%} right;"
            f" {len(self.unknown)} unknown, {len(self.made)} made by templates"
        )

    def __str__(self) -> str:
        lines = [self.figures]
        lines += [f"  not told: {link.page}: {self.written.get(link)} = {link.address}" for link in self.missed]
        lines += [f"  not so: {each.at}: {each.rule} {each.kind} {each.written} = {each.link}" for each in self.wrong]
        return "\n".join(lines)


def compare(
    checked: Checked,
    told: Told,
    not_content: Collection[Link] = (),
    stops: Collection[tuple[str, str]] = (),
    may_be_made: Callable[[Link], bool] = lambda link: False,
) -> Comparison:
    """
    Args:
        not_content: broken links that templates bring, as includes do.
        stops: tags at which the generator stops, each as file and name. They count wherever they stand, in code too.
        may_be_made: whether something may stand there that no source says anything of.
    """
    at = {path: page for page, paths in told.pages.items() for path in paths}
    stopping = {Link(at[path], meeting(NOWHERE + name)) for path, name in stops if path in at}
    on_pages = {link for link in checked.broken if link.page in told.pages and NOWHERE not in link.address}
    broken = on_pages.difference(not_content) | stopping
    dead = told.dead()
    unknown = set()
    # Of an address that is dead it does not matter to which id it leads, and templates may have made that.
    gone = {each.link for each in told.findings if each.link is not None and each.rule != "link/missing-anchor"}
    for link in broken - dead:
        path, _, fragment = link.address.partition("#")
        if Link(link.page, path) in gone:
            dead |= {link}
        elif may_be_made(link) or (fragment and path in told.open_pages):
            unknown.add(link)
    findings = tuple(
        each for each in told.findings if each.rule in DEAD and each.link is not None and each.kind != "front-matter"
    )
    wrong = tuple(each for each in findings if each.link not in broken and each.link not in checked.broken)
    broken -= unknown
    return Comparison(
        broken=sorted(broken),
        unknown=sorted(unknown),
        made=sorted(on_pages.intersection(not_content)),
        missed=sorted(broken - dead),
        told=findings,
        wrong=wrong,
        written=checked.links,
    )


def another_site(checked: Checked, base: str) -> frozenset[Link]:
    """The links that are written out with the host and do not lie below ``base``: to another site on the same host."""
    return frozenset(
        link
        for link, written in checked.links.items()
        if re.match(r"(?:https?:)?//", written) and not f"{link.address.partition('#')[0]}/".startswith(f"{base}/")
    )
