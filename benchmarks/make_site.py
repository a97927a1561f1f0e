"""Writes a Jekyll site of any size, the same one every time, to see how postlint grows with it.

    python benchmarks/make_site.py FOLDER 10000

Posts have one to two kilobytes: front matter with tags (a few are common, most are rare, as on real sites), headings,
lists, a code block here and there, links to other posts, pages elsewhere and images. About one post in fifty has a
defect: a link to a post that is not there, HTML that is nested wrongly, a tag or a key of front matter written twice.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from bisect import bisect_left
from itertools import accumulate
from pathlib import Path

SYLLABLES = tuple(
    "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za ble cri dro fla gre".split(" ")  # noqa: SIM905
)
FIRST_DAY = dt.date(2004, 1, 1)
DAYS = 7300
"""Days over which the posts are spread; there is no limit to the posts of a day."""
IN_A_FOLDER = 1000
IMAGES = 200
TAGS = 400
DEFECTS = 50
"""One post in so many has a defect."""

CONFIGURATION = """\
title: A generated site
url: https://example.org
timezone: UTC
permalink: /:year/:month/:day/:title/
"""


class Maker:
    """Makes each post from its number and the number of all."""

    def __init__(self, posts: int) -> None:
        self.posts = posts
        words = random.Random(1)
        self.words = ["".join(words.choices(SYLLABLES, k=words.randint(1, 3))) for _ in range(4000)]
        self.tags = [f"{self.words[n]}-{n}" for n in range(TAGS)]
        self.shares = list(accumulate(1 / rank for rank in range(1, TAGS + 1)))

    def day(self, number: int) -> dt.date:
        return FIRST_DAY + dt.timedelta(days=number * 2_654_435_761 % DAYS)

    def name(self, number: int) -> str:
        return f"{self.words[number % 3989]}-{self.words[number * 7 % 3967]}-{number}"

    def path(self, number: int) -> str:
        return f"_posts/{number // IN_A_FOLDER:04}/{self.day(number)}-{self.name(number)}.md"

    def address(self, number: int) -> str:
        return f"/{self.day(number):%Y/%m/%d}/{self.name(number)}/"

    def text(self, number: int) -> str:
        chance = random.Random(number)
        defect = chance.randrange(DEFECTS * 4)

        def words(least: int, most: int) -> str:
            return " ".join(chance.choices(self.words, k=chance.randint(least, most)))

        tags = sorted({self._tag(chance) for _ in range(chance.randint(1, 4))})
        if defect == 0:
            tags.append(tags[0])
        title = words(3, 8).capitalize()
        date = f"{self.day(number)} {chance.randrange(24):02}:{chance.randrange(60):02}:00 +0000"
        author = f"author: {chance.choice(self.words[:50])}\n" * (2 if defect == 3 else 1)
        parts = [f'---\ntitle: "{title}"\ndate: {date}\ntags: [{", ".join(tags)}]\n{author}---\n']
        for section in range(chance.randint(1, 3)):
            parts.append(f"## {words(2, 5).capitalize()} {section}\n")
            parts += [self._paragraph(chance, words(30, 80)) for _ in range(chance.randint(1, 2))]
            match chance.randrange(6):
                case 0:
                    parts.append("".join(f"* {words(3, 9)}\n" for _ in range(chance.randint(2, 5))))
                case 1:
                    parts.append(f"```sh\n{words(2, 5)} --{words(1, 1)}\n```\n")
                case 2:
                    parts.append(f"> {words(10, 20)}\n")
                case 3:
                    parts.append(f"![{words(1, 4)}](/img/{chance.randrange(IMAGES)}.png)\n")
        if defect == 1:
            parts.append(f"See [{words(1, 3)}]({self.address(self.posts + number)}).\n")
        elif defect == 2:
            parts.append(f"<p><strong>{words(2, 5)}</p>\n<p></strong>{words(2, 5)}</p>\n")
        return "\n".join(parts)

    def _tag(self, chance: random.Random) -> str:
        return self.tags[bisect_left(self.shares, chance.random() * self.shares[-1])]

    def _paragraph(self, chance: random.Random, words: str) -> str:
        text = words.split(" ")
        for _ in range(chance.randint(0, 2)):
            at = chance.randrange(len(text))
            target = self.address(chance.randrange(self.posts)) if chance.random() < 0.7 else "https://example.com/page"
            text[at] = chance.choice((f"[{text[at]}]({target})", f"*{text[at]}*", f"`{text[at]}`"))
        return " ".join(text).capitalize() + ".\n"


def make(folder: Path, posts: int) -> None:
    """Write a site of so many posts into a folder that is empty or not there."""
    maker = Maker(posts)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "img").mkdir()
    for number in range(IMAGES):
        (folder / f"img/{number}.png").touch()
    for number in range(posts):
        path = folder / maker.path(number)
        if number % IN_A_FOLDER == 0:
            path.parent.mkdir(parents=True)
        path.write_text(maker.text(number), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("posts", type=int)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.posts)


if __name__ == "__main__":
    main()
