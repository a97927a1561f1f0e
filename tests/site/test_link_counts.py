"""How many links there are, by what can be said of them: what cannot be known is counted, and never called dead."""

from __future__ import annotations

import io
import json
from pathlib import Path

from postlint.report import ReportOptions, reporter
from postlint.report.assemble import assemble
from tests.sites import run, write_site

FILES = {
    "_config.yml": "url: https://tea.example.net\nplugins: [jekyll-feed]\n",
    "a.md": "---\n---\n"
    "[b](b.html) [c](#d) [e]({% link b.md %}) [f](/nowhere/)\n"  # known
    "[g](https://www.example.org/) <https://tea.example.net/b.html>\n"  # to another site, and home again
    "[h]({{ page.next.url }}) [i](/feed.xml) [j](/page2/)\n\n"  # only the built site can tell
    '<form action="/send"></form> [k](mailto:l@example.org) ![m]()\n',
    "b.md": "---\n---\n[a](/a.html)\n",
    "_layouts/default.html": "{{ content }}<a href='/a.html'>n</a>\n",
}


def test_each_kind_is_counted_once(tmp_path: Path) -> None:
    write_site(tmp_path, FILES)
    _, outcome = run(tmp_path, statistics=True)
    assert outcome.links == (6, 1, 4)
    _, outcome = run(tmp_path, ["b.md"], statistics=True)
    assert outcome.links == (1, 0, 0)


def test_nobody_counts_unasked(tmp_path: Path) -> None:
    write_site(tmp_path, FILES)
    assert run(tmp_path)[1].links is None


def test_the_report_says_it(tmp_path: Path) -> None:
    project, outcome = run(write_site(tmp_path, FILES), statistics=True)
    report = assemble(project, outcome, 0.0)
    said, answer = io.StringIO(), io.StringIO()
    reporter("concise")(report, said, ReportOptions(color="never", statistics=True))
    assert "\n11 links: 6 within the site, 1 to other sites, 4 that only the built site can tell\n" in said.getvalue()
    reporter("json")(report, answer, ReportOptions())
    assert json.loads(answer.getvalue())["links"] == {"inside": 6, "outside": 1, "unknown": 4}
