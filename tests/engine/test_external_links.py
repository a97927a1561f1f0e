"""Which links lead to other sites, and what is to be asked for."""

from __future__ import annotations

from pathlib import Path

from postlint.engine.external import ExternalLinks, Wanted
from postlint.engine.project import Wishes, open_project
from postlint.engine.request import Request
from postlint.engine.run import Run
from postlint.verdict import Standing, Verdict
from tests.sites import write_site

A, B = "_posts/2024-01-02-a.md", "_posts/2024-01-03-b.md"


def links_of(root: Path, *paths: str, wanted: Wanted | None = None) -> ExternalLinks:
    project = open_project([str(root / path) for path in paths or (".",)], Wishes())
    request = Request(project.paths, project.explicit, cache=False, jobs=1)
    return Run(project.settings, project.selection, request).external_links(wanted)


def addresses(root: Path, text: str) -> dict[str, set[str]]:
    write_site(root, {"_config.yml": "url: https://home.site\n", A: text})
    return links_of(root).addresses()


def test_an_address_is_what_is_meant_and_not_how_it_is_written(tmp_path: Path) -> None:
    text = (
        '[a](https://a.site/?x&amp;y) <a href="https://a.site/?b=1&amp;c=2">b</a> [c](<https://a.site/d e>) <https://a.site/f>\n'
        "![g](//b.site/g.png) [h][h] [i](HTTPS://a.site/i#%E8%8C%B6) [j](https://a.site/i#j)\n\n[h]: https://a.site/h\n"
    )
    assert addresses(tmp_path, text) == {
        "https://a.site/?x&y": set(),
        "https://a.site/?b=1&c=2": set(),
        "https://a.site/d e": set(),
        "https://a.site/f": set(),
        "https://b.site/g.png": set(),
        "HTTPS://a.site/i": {"茶"},
        "https://a.site/i": {"j"},
        "https://a.site/h": set(),
    }


def test_what_nobody_follows_is_not_asked_for(tmp_path: Path) -> None:
    text = (
        '<form action="https://a.site/send"></form> <link rel="preconnect" href="https://fonts.site/">\n'
        '<link rel="dns-prefetch stylesheet" href="//cdn.site">\n'
        "`https://a.site/code` [own](https://home.site/b) [mail](mailto:x@a.site) [t]({{ page.link }}) [f](ftp://a.site/)\n"
        '<link rel="stylesheet" href="https://a.site/a.css">\n'
    )
    assert addresses(tmp_path, text) == {"https://a.site/a.css": set()}


def test_only_the_files_that_were_asked_for_count_and_in_them_what_is_wanted(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {"_config.yml": "", A: "[a](https://a.site/1)\n[b](https://a.site/2)\n", B: "[a](https://a.site/2)\n"},
    )
    places = {
        address: [(use.link.path, use.link.place.start.line) for use in uses]
        for address, uses in links_of(tmp_path).uses.items()
    }
    assert places == {"https://a.site/1": [(A, 1)], "https://a.site/2": [(A, 2), (B, 1)]}
    assert list(links_of(tmp_path, B).uses) == ["https://a.site/2"]
    changed = {(A, 2)}
    in_diff = links_of(tmp_path, wanted=lambda link: (link.path, link.place.start.line) in changed)
    assert [use.link.path for use in in_diff.uses["https://a.site/2"]] == [A]
    assert list(in_diff.uses) == ["https://a.site/2"]


def test_what_is_said_of_other_sites_depends_on_what_they_answered_in_this_run(tmp_path: Path) -> None:
    """Whatever the index remembers from a run before."""
    write_site(tmp_path, {"_config.yml": "", A: "[a](https://a.site/1)\n"})
    project = open_project([str(tmp_path)], Wishes())
    dead = {"https://a.site/1": Verdict(Standing.DEAD, "404 Not Found")}
    fine = {"https://a.site/1": Verdict(Standing.OK)}
    for verdicts, count in ((None, 0), (dead, 1), (fine, 0), (dead, 1), (None, 0), ({}, 0), (dead, 1)):
        request = Request(project.paths, project.explicit, jobs=1, verdicts=verdicts)
        found = Run(project.settings, project.selection, request).execute()
        assert [d.rule for d in found.diagnostics] == ["link/external-dead"] * count
