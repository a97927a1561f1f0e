"""Real Jekyll sites: the fate of every file, and what Jekyll's own reader knows of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.generators import generator_for, load_site
from postlint.generators.jekyll import Jekyll
from postlint.text import Text
from tests.generators.oracle import read_sites
from tests.generators.test_jekyll_sites import NOW, differences

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


@pytest.mark.corpus
@pytest.mark.generator
@pytest.mark.parametrize("site", ["finews", "jekyll/docs", "ruby-lang"])
def test_every_file_of_a_real_site_has_the_fate_that_jekyll_gives_it(site: str, tmp_path: Path) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    root = Path(shutil.copytree(CORPORA / site, tmp_path / "site"))
    (answer,) = read_sites([(root, NOW)])
    profile = load_site(root, "", "jekyll")
    generator = generator_for(profile)
    assert isinstance(generator, Jekyll)
    wrong = []
    for file in sorted(root.rglob("*")):
        if file.suffix in (".md", ".html", ".markdown") and file.is_file():
            path = file.relative_to(root).as_posix()
            key = generator.classify(path).path
            fate = generator.fate(Document(path, Text.decode(file.read_bytes()), profile))
            found = differences(fate, path, answer["found"].get(key), answer["stops"], key)
            wrong += [f"{path}: {difference}" for difference in found]
    assert answer["found"]
    assert not wrong, "\n".join(wrong)
