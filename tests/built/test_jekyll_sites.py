"""Links of Jekyll sites: what postlint says from source alone, against the pages that Jekyll builds and lychee checks.

Of the broken links of a site that stand in its content, at least 99 in 100 must be told; of what is told, at least 98
in 100 must be broken. Real sites hold few broken links, so copies of them are spoiled as well. The option
``--log-cli-level=INFO`` shows the figures.
"""

from __future__ import annotations

import logging
import os
import random
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.built.comparison import Comparison
from tests.built.jekyll_sites import LAYOUT, Built, build, copy, excerpt
from tests.built.link_forms import HOST, NO_SLIPS, SLIPS
from tests.built.lychee import Link, check
from tests.built.made_site import make
from tests.built.planting import plant
from tests.built.told import SHOWN, ask
from tests.html_documents import CORPORA
from tests.sites import write_site

pytestmark = pytest.mark.generator
log = logging.getLogger(__name__)

SEED = os.environ.get("POSTLINT_SEED", "1")
"""Fixed, so that CI asks the same each time; ``POSTLINT_SEED=random`` asks something new, and a failure says what."""
FOUND, RIGHT = 0.99, 0.98

POSTS = 300
PLANTED = {
    # site: [(copies, whether a base path is set, links changed, paragraphs added, pages of each kind changed)]
    "finews": [(6, False, 50, 40, 3)],
    "jekyll/docs": [(1, False, 250, 150, 10), (1, True, 150, 100, 8)],
    "ruby-lang": [(1, False, 150, 150, 10), (1, True, 100, 100, 8)],
}
"""What is done to copies of each real site. (The links of finews name its host: below a base path they lead out.)"""
BROKEN = {"finews": (20, 250), "jekyll/docs": (2, 350), "ruby-lang": (30, 250)}
"""How many broken links there must be to speak of parts in a hundred: as it is, and spoiled."""


def random_of(*names: object) -> random.Random:
    seed = str(random.randrange(10**9)) if SEED == "random" else SEED
    return random.Random("/".join(map(str, (seed, *names))))


def hold(name: str, built: Iterable[Built], least: int) -> None:
    """All of these together tell enough, and tell it right."""
    compared = [each.compared() for each in built]
    whole = _sum(compared)
    log.info("%s: %s", name, whole.figures)
    assert whole.found >= FOUND, f"{name} (POSTLINT_SEED={SEED}): {whole}"
    assert whole.right >= RIGHT, f"{name} (POSTLINT_SEED={SEED}): {whole}"
    assert len(whole.broken) >= least, whole.figures


def _sum(compared: list[Comparison]) -> Comparison:
    """As one: links of different copies are different links."""
    return Comparison(
        broken=[link for each in compared for link in each.broken],
        unknown=[link for each in compared for link in each.unknown],
        made=[link for each in compared for link in each.made],
        missed=[link for each in compared for link in each.missed],
        told=[finding for each in compared for finding in each.told],
        wrong=[finding for each in compared for finding in each.wrong],
        written={link: written for each in compared for link, written in each.written.items()},
    )


@pytest.mark.corpus
@pytest.mark.parametrize("name", PLANTED)
def test_a_real_site(name: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    original = tmp_path / "as-it-is"
    if name == "ruby-lang":
        excerpt(CORPORA / name, original, POSTS, seed=1)
    else:
        copy(CORPORA / name, original)
    spoiled = []
    for number, (copies, based, links, paragraphs, pages) in enumerate(PLANTED[name]):
        for again in range(copies):
            root = Path(shutil.copytree(original, tmp_path / f"spoiled-{number}-{again}"))
            if based:
                with (root / "_config.yml").open("a", encoding="utf-8") as config:
                    config.write("\nbaseurl: /blog\n")
            plant(root, random_of(name, number, again), links=links, paragraphs=paragraphs, pages=pages)
            spoiled.append(root)
    as_it_is, *others = build([original, *spoiled])
    hold(f"{name}, as it is", [as_it_is], BROKEN[name][0])
    hold(f"{name}, spoiled", others, BROKEN[name][1])


SETTINGS = (("", "date"), ("/blog", "pretty"), ("", "/:categories/:title/"), ("/blog", "none"), ("/a/b", "date"))
"""Base paths and permalinks."""


def test_sites_of_our_own(tmp_path: Path) -> None:
    roots = []
    for number, (base, permalink) in enumerate(SETTINGS):
        roots.append(make(tmp_path / str(number), random_of("made", number), base, permalink, paragraphs=14))
    hold("sites of our own", build(roots), 450)


def test_what_is_shown_instead_of_a_link(tmp_path: Path) -> None:
    rng = random_of("slips")
    root = make(tmp_path / "site", rng, "", "date", paragraphs=0)
    pages = ["about.md", "Tea Notes.md", "docs/set-up.md", "_posts/2024-01-02-first-pot.md", "_guides/one.md"]
    slips = set()
    for number in range(240):
        address = f"https://{HOST}/slip-{number}/"
        form = rng.choice(SLIPS if number % 2 else NO_SLIPS)
        if form in SLIPS:
            slips.add(address)
        with (root / rng.choice(pages)).open("a", encoding="utf-8") as file:
            file.write("\n\n" + form.replace("@", address).replace("~", f"s{number}") + "\n")
    (built,) = build([root])
    linked = set(check(built.host, built.hosts).links.values())
    assert not linked & slips and len(linked) > 60
    told = {
        found
        for each in ask(root).findings
        if each.rule in SHOWN
        for found in re.findall(r"https:[^\s()\[\]（）]+", each.written)
    }
    assert told == slips


def test_the_comparison_sees_what_is_missed_and_what_is_wrong(tmp_path: Path) -> None:
    page = "---\nlayout: default\n---\n"
    files = {
        "_config.yml": "url: https://tea.example\n",
        "_layouts/default.html": LAYOUT,
        "_includes/foot.html": "<a href='/foot/'>x</a>",
        "a.md": page + "[b](/b/) [c](c.html#x) {% for x in (1..1) %}[d](/d{{ x }}){% endfor %}\n"
        "{% link e.md %}\n{% include foot.html %}",
        "c.md": page,
    }
    write_site(tmp_path / "site", files)
    (built,) = build([tmp_path / "site"])
    found = built.compared()
    assert found.broken == [Link("/a", "/-nowhere-/e.md"), Link("/a", "/b"), Link("/a", "/c#x")]
    assert (found.made, found.unknown) == ([Link("/a", "/d1"), Link("/a", "/foot")], [])
    assert not found.missed and not found.wrong and found.found == found.right == 1
    # And where postlint would see something else than Jekyll:
    (tmp_path / "site/a.md").write_text(page + "[b](/gone/) [c](c.html#x) [d](/d/)\n", encoding="utf-8")
    (tmp_path / "site/d.md").write_text(page.replace("---\n---", "---\npermalink: /d/\n---"), encoding="utf-8")
    found = built.compared()
    assert found.missed == [Link("/a", "/-nowhere-/e.md"), Link("/a", "/b")]
    assert [each.written for each in found.wrong] == ["/gone/"] and found.right == 0.5
