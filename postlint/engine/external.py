"""The links of a site to other sites: each address once, with the places that use it.

The engine asks nobody. It says what there is to ask for; a command has it asked, and hands the verdicts to the run that
reports them (:attr:`~postlint.engine.request.Request.verdicts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from postlint.engine.codec import load_directives
from postlint.engine.selection import Selection
from postlint.engine.suppress import Suppressions
from postlint.finding import Severity
from postlint.site.facts import LinkFact
from postlint.site.outward import address_of

__all__ = ["ExternalLinks", "Use", "Wanted", "gathered"]

Wanted = Callable[[LinkFact], bool]
"""Whether a link is to be checked: the part of a site that somebody changed, for one."""


class Use(NamedTuple):
    """One place that leads to an address.

    Attributes:
        link: the link.
        fragment: decoded, without ``#``; "" for none.
        silenced: what is not to be said of it, because a comment or the configuration says so: "dead", "moved",
            "anchor".
    """

    link: LinkFact
    fragment: str
    silenced: frozenset[str] = frozenset()


@dataclass(slots=True)
class ExternalLinks:
    """What there is to ask for.

    Attributes:
        uses: by address, without fragment; sorted by path and place.
        notices: of the run that looked for them.
        checked: the files that they are links of.
    """

    uses: dict[str, list[Use]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)

    def addresses(self) -> dict[str, set[str]]:
        """The fragments that are wanted at each address."""
        return {address: {use.fragment for use in uses if use.fragment} for address, uses in self.uses.items()}


def gathered(
    links: Iterable[LinkFact], directives: Mapping[str, bytes], selection: Selection, wanted: Wanted | None
) -> dict[str, list[Use]]:
    """The uses of each address.

    Args:
        links: those to other sites.
        directives: the suppression comments of each file that has some, as the index keeps them.
        wanted: leaves out the others; None: none.

    Raises:
        ValueError, TypeError: the comments are nothing that postlint kept.
    """
    found: dict[str, list[Use]] = {}
    silences: _Silences | None = None
    for link in links:
        if wanted is not None and not wanted(link):
            continue
        if silences is None or silences.path != link.path:
            silences = _Silences(link.path, directives.get(link.path, b""), selection)
        address, fragment = address_of(link)
        found.setdefault(address, []).append(Use(link, fragment, silences.at(link.place.start.line)))
    return found


class _Silences:
    """What is not to be said of links in one file."""

    def __init__(self, path: str, directives: bytes, selection: Selection) -> None:
        self.path = path
        self._speak = selection.speak_of_other_sites()
        # A rule that is off everywhere is not asked, which says nothing of these links.
        on = selection.reported()
        self._off = frozenset(
            of for rule, of in self._speak if rule in on and selection.severity(rule, path) == Severity.OFF
        )
        former = selection.former_names() if directives else {}
        self._suppressions = Suppressions(load_directives(directives), former)

    def at(self, line: int) -> frozenset[str]:
        suppressed = (of for rule, of in self._speak if self._suppressions.suppresses(rule, line))
        return self._off.union(suppressed)
