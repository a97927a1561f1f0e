"""A rule that says what it needs has nothing to say of documents that do not hold it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from postlint.document import Document
from postlint.engine.project import Wishes, open_project
from postlint.engine.run import Request, Run
from postlint.engine.showing import Showing, holds
from postlint.packs import load_packs
from postlint.rule import DocumentRule
from tests.pages import cases_of, write_case

RULES = [rule() for entry in load_packs().values() if issubclass(rule := entry.rule, DocumentRule)]
CHOOSY = [rule for rule in RULES if rule.needs != "anything"]
CASES = [case for entry in load_packs().values() if entry.page for case in cases_of(entry.page_path)]
FAMILIES = {family: list(cases) for family, cases in groupby(CASES, key=lambda case: case.rule.partition("/")[0])}
CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"


def said_unasked(root: Path, step: int = 1) -> list[str]:
    """What the rules say that are not asked, of each document or of one in so many."""
    project = open_project([str(root)], Wishes())
    survey = Run(project.settings, project.selection, Request(cache=False)).survey
    documents: Iterator[Document] = (survey.document(file.path) for file in survey.found.content[::step])
    return [
        f"{doc.path}: {rule.id}"
        for doc in documents
        for rule in CHOOSY
        if not holds(doc, rule.needs) and list(rule.check(doc))
    ]


@pytest.mark.parametrize("family", FAMILIES)
def test_in_the_cases_of_all_pages(family: str, tmp_path: Path) -> None:
    assert len(CHOOSY) > 20
    said: dict[str, list[str]] = {}
    for number, case in enumerate(FAMILIES[family]):
        root = tmp_path / str(number)
        root.mkdir()
        write_case(case, root)
        if found := said_unasked(root):
            said[f"{case.rule}: {case.name}"] = found
    assert said == {}


@pytest.mark.corpus
@pytest.mark.parametrize("site", ["finews", "ruby-lang", "jekyll", "digitalgov", "barretlee", "hexo-site", "zola"])
def test_on_real_sites(site: str) -> None:
    if not CORPORA.is_dir():
        pytest.skip("the real sites (shared/corpora beside the project) are not there")
    assert said_unasked(CORPORA / site, step=5) == []


def test_a_document_is_shown_to_the_rules_whose_need_it_holds() -> None:
    class Asked(DocumentRule):
        id = "test/asked"
        needs = "links"

    class Always(DocumentRule):
        id = "test/always"

    showing = Showing([Asked(), Always()])

    def shown(content: str) -> list[str]:
        from postlint.document import Profile
        from postlint.text import Text

        return sorted(rule for rule, _ in showing.of(Document("a.md", Text(content), Profile())))

    assert shown("text\n") == ["test/always"]
    assert shown("[text](/x)\n") == ["test/always", "test/asked"]
