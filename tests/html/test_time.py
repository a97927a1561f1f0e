"""Reading HTML takes time in proportion to the text, whatever is broken in it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from statistics import median

import pytest

from postlint.document import Document
from postlint.engine.crash import Crash
from postlint.engine.project import Wishes, open_project
from postlint.engine.run import Request, Run
from tests.html_documents import CORPORA, document
from tests.sites import NOW

N = 2_500
MOST = 6.0
"""How much longer four times as much may take. In proportion it is 4, a square would be 16."""

HOSTILE: dict[str, Callable[[int], str]] = {
    "unclosed": lambda n: "<b>x" * n,
    "unclosed blocks": lambda n: '<div class="x">\n' * n,
    "unclosed paragraphs": lambda n: "<p><i>x</p>\n\n" * n,
    "unclosed items": lambda n: "<li>" * n,
    "unclosed tables": lambda n: "<table>" * n,
    "cut again and again": lambda n: "<b><span></b>" * n,
    "nested": lambda n: "<span>" * n + "</span>" * n,
    "nested blocks": lambda n: "<div>\n" * n + "</div>\n" * n,
    "stray ends": lambda n: "x</b>" * n,
    "stray block ends": lambda n: "</div>\n" * n,
    "crossed": lambda n: "<b><i>x</b></i>" * n,
    "begun and not ended": lambda n: "<a " * n,
    "ends not finished": lambda n: "</a " * n,
    "open quotes": lambda n: '<a href="x>' * n,
    "comments": lambda n: "<!--" * n,
    "scripts": lambda n: "<script>" * n,
    "scripts in comments": lambda n: "<script><!--<script>" * n + "</script>",
    "links in links": lambda n: '<a href="x">' * n + "</a>" * n,
    "misspelt": lambda n: "<storng>x</strong>" * n,
    "unknown": lambda n: "<Foo>x</b>" * n,
    "rows": lambda n: "<table>" + "<tr><td>x" * n + "</tbody></table>",
    "brackets": lambda n: "<" * n,
    "emphasis": lambda n: "<b>*x</b>y* " * n,
    "markdown blocks": lambda n: '<div markdown="1">\nx</div>\n\n' * n,
}


def seconds(doc: Document) -> float:
    # Collecting garbage takes the longer, the more the tests before this one left on the heap.
    gc.collect()
    gc.disable()
    try:
        began = time.process_time()
        _ = doc.nesting
        return time.process_time() - began
    finally:
        gc.enable()


@pytest.mark.parametrize("generator", ["plain", "jekyll", "html"])
@pytest.mark.parametrize("name", HOSTILE)
def test_broken_tags_take_linear_time(name: str, generator: str) -> None:
    path = "a.html" if generator == "html" else "a.md"

    def best(count: int) -> float:
        text = HOSTILE[name](count) + "\n"
        manner = "plain" if generator == "html" else generator
        return min(seconds(document(text, manner, path)) for _ in range(1 + len(ratios)))

    # Other work on the machine only ever makes one of the two too long: try again before calling it a square.
    ratios: list[float] = []
    for _ in range(3):
        small = max(best(N), 0.004)
        ratios.append(best(4 * N) / small)
        if ratios[-1] <= MOST:
            return
    pytest.fail(f"four times as much takes {', '.join(f'{ratio:.1f}' for ratio in ratios)} times as long")


def rate(engine: Run, path: str) -> float:
    """Seconds of all document rules for a kilobyte of the file."""
    doc = engine.survey.document(path)
    crashes: list[Crash] = []
    began = time.process_time()
    engine.findings(doc, crashes)
    assert not crashes
    return (time.process_time() - began) / len(doc.text.encode()) * 1024


@pytest.mark.corpus
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not beside the project")
@pytest.mark.parametrize("site", ["finews", "ruby-lang", "jekyll", "digitalgov", "barretlee", "hexo-site", "zola"])
def test_no_real_file_takes_twenty_times_the_median(site: str) -> None:
    """The most is 7 times: pages that are all links and tags. Files below 1 kB are left out."""
    project = open_project([str(CORPORA / site)], Wishes())
    asked = Request(project.paths, project.explicit, cache=False, jobs=1, now=NOW)
    engine = Run(project.settings, project.selection, asked)
    paths = [path for path in engine.survey.checked if (engine.root / path).stat().st_size >= 1024]
    for path in paths[:20]:  # imports, and patterns that are compiled once
        rate(engine, path)
    rates = {path: rate(engine, path) for path in paths}
    most = 20 * median(rates.values())
    # A pause of the machine is no property of the file.
    again = {path: min(rate(engine, path) for _ in range(3)) for path, found in rates.items() if found > most}
    slow = [f"{path}: {found / most * 20:.1f} times" for path, found in again.items() if found > most]
    assert not slow, "\n".join(slow)
