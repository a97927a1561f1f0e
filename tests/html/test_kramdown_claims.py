"""What we say that Jekyll prints, the real kramdown prints; and what it prints of good tags, we say."""

from __future__ import annotations

import html
import json
import os
import random
import re
import shutil
import subprocess

import pytest

from tests.html_documents import document


def has_kramdown() -> bool:
    if os.environ.get("CI") == "true":
        return True  # there it must be, and what needs it fails where it is not
    if shutil.which("ruby") is None:
        return False
    return subprocess.run(["ruby", "-e", "require 'kramdown-parser-gfm'"], capture_output=True).returncode == 0


pytestmark = [pytest.mark.generator, pytest.mark.skipif(not has_kramdown(), reason="no kramdown")]

PROGRAM = """
require "json"; require "kramdown"; require "kramdown-parser-gfm"
STDIN.each_line { |line|
  doc = Kramdown::Document.new(JSON.parse(line), input: "GFM", hard_wrap: false, syntax_highlighter: nil)
  puts JSON.generate(doc.to_html)
}
"""

PIECES = str.split(
    "<b> </b> <i> </i> <p> </p> <div> </div> <span> </span> <ul> <li> </li> </ul> <em> </em> <a|href=u> </a> "
    "text *x* [l](u) <table><tr><td> </td></tr></table> <strong> </strong> <div|markdown=1> </br> <sup> </sup> "
    "<a|href=http://x.org/> <details> </details> <h2> </h2>"
)
CLAIM = re.compile(r"prints (.+?) as text here")
PRINTED = re.compile(r"&lt;(/?[a-z][a-z0-9]*)")


def rendered(texts: list[str]) -> list[str]:
    given = "".join(json.dumps(text) + "\n" for text in texts)
    done = subprocess.run(
        ["ruby", "-W0", "-EUTF-8:UTF-8", "-e", PROGRAM], input=given, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def made_up(count: int) -> list[str]:
    source = random.Random(7)
    return [
        "".join(
            source.choice(PIECES).replace("|", " ") + source.choice(["", "", " ", "\n", "\n\n", "\n- "])
            for _ in range(source.randint(2, 10))
        )
        + "\n"
        for _ in range(count)
    ]


def test_claims_of_printed_tags_hold_and_none_is_missing() -> None:
    texts = made_up(1500)
    claims = 0
    missed: list[str] = []
    for text, page in zip(texts, rendered(texts), strict=True):
        printed = set(PRINTED.findall(page))
        problems = document(text, "jekyll").nesting.problems
        for problem in problems:
            match = CLAIM.search(problem.consequence)
            if match is None:
                continue
            claims += 1
            for tag in re.findall(r"<(/?[a-z0-9]+)", match.group(1)):
                assert tag in printed, (text, problem.message, problem.consequence, html.unescape(page))
        # A block's start tag in a line of text and nothing to close it may be meant to be seen.
        if not problems and any(name.startswith("/") for name in printed):
            missed.append(text)
    assert claims > 500
    assert not missed


def test_where_all_that_follows_stays_unrendered_the_last_link_is_dead() -> None:
    texts = [text + "\n\nSee [the end](last).\n" for text in made_up(1500)]
    claims = dead = 0
    for text, page in zip(texts, rendered(texts), strict=True):
        problems = document(text, "jekyll").nesting.problems
        claimed = any("all that follows unrendered" in problem.consequence for problem in problems)
        is_dead = 'href="last"' not in page
        claims += claimed
        dead += is_dead
        assert not claimed or is_dead, (text, [problem.consequence for problem in problems])
        assert not is_dead or problems, text
    assert claims > 300
    assert claims > 0.9 * dead
