"""What postlint says of the links of Hexo sites, against the pages that Hexo 8.1 makes: a real one, and made ones."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.built.comparison import Comparison, another_site, compare
from tests.built.hexo_sites import build, copy
from tests.built.link_forms import HOST
from tests.built.lychee import check
from tests.built.made_hexo import CONFIGS, make
from tests.built.planted import plant
from tests.built.told import Told, ask
from tests.html_documents import CORPORA

pytestmark = pytest.mark.generator

FIELDS = ("published: false", "permalink: moved-{number}/")
TAGS = {"note": True, **dict.fromkeys(("youtube", "vimeo", "gist", "jsfiddle"), False)}
"""Of the real site's plugins."""
_BY_PLUGINS = re.compile(r"/(?:tags?|categor(?:y|ies)|archives?)(?:/|$)|\.xml$")


def answer(root: Path, host: str, tags: Mapping[str, bool], base: str = "") -> tuple[Comparison, Told]:
    built = build(root, tags, base)
    assert not built.failed
    checked = check(built.host, [host])
    told = ask(root, base)
    aside = another_site(checked, base)
    by_plugins = lambda link: bool(_BY_PLUGINS.search(link.address))  # noqa: E731
    return compare(checked, built.as_built(told), aside, built.stops, by_plugins), told


@pytest.mark.parametrize("config", CONFIGS)
def test_a_made_site(config: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    rng = random.Random(f"links of Hexo, {config}")
    found, _ = answer(make(tmp_path / "site", rng, config, paragraphs=30), HOST, {}, CONFIGS[config][0])
    record_property(config, str(found))
    assert len(found.broken) > 120
    assert found.found >= 0.99, found
    assert found.right >= 0.98, found
    assert not found.unknown


@pytest.mark.corpus
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not beside the project")
def test_hexo_site_as_it_is_and_with_planted_defects(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    root = copy(CORPORA / "hexo-site", tmp_path / "site")
    real, told = answer(root, "hexo.io", TAGS)
    record_property("hexo-site", str(real))
    assert len(real.broken) > 80
    assert real.found >= 0.99, real
    assert real.right >= 0.98, real
    assert (
        plant(root, random.Random(1), 400, 30, FIELDS, [path for paths in told.pages.values() for path in paths]) > 400
    )
    planted, _ = answer(root, "hexo.io", TAGS)
    record_property("hexo-site, planted", str(planted))
    assert len(planted.broken) > 400
    assert planted.found >= 0.99, planted
    assert planted.right >= 0.98, planted
    assert not real.unknown and not planted.unknown
