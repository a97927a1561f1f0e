"""Random edits of a site, as its writers and their tools make them, and all that postlint has to say of it.

An :class:`Editor` does one thing at a time and says what it did; :func:`everything` is what a run of ``check`` and of
``predict``, and all tables of ``query``, show afterwards. A run with what an earlier one kept must show the same as one
without, to the byte.
"""

from __future__ import annotations

import functools
import gc
import importlib
import io
import os
import pkgutil
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from postlint.config.errors import ConfigError
from postlint.engine.predict import predict
from postlint.engine.project import UsageError
from postlint.engine.query import answer, prepare
from postlint.engine.run import CACHE_FOLDER
from postlint.report import ReportOptions, reporter
from postlint.report.assemble import assemble
from postlint.report.predictions import write_json
from postlint.site.views import VIEWS
from tests.sites import run

__all__ = ["Editor", "Habits", "agree", "differences", "everything", "findings", "forget"]

TITLES = ("Tea", "Rain on the quay", "夜骑到运河尽头", "No", "2024", "A: colon", '"Quoted"', "Tea ")
TERMS = ("tea", "Tea", "maps", "河岸", "night ride", "[a, b]", "")
PARAGRAPHS = (
    "A line of text.",
    "<p><strong>Head</p>\n<p></strong>Body</p>",
    "## Ferry times\n\nSee [above](#ferry-times) and [nowhere](#quay).",
    "![Map](/img/map.png) and ![Other](missing.png)",
    "[Home](/) and [gone](/gone/) and [out](https://example.com/x) and <http://example.org>",
    "{% raw %}{{ x }}{% endraw %} `<b>`",
    "<!-- postlint-disable-next-line link: meant -->\n[gone](/gone/) <span href='x'>a</span>",
    "```\nnever closed",
    "<div id='quay'>\n\n*text*\n\n</div>",
)
ODD_BYTES = (b"\xff\xfe", b"caf\xe9", b"\x00", b"\xef\xbb\xbf", b"\r")


@dataclass(frozen=True)
class Habits:
    """How a site of one generator is laid out.

    Attributes:
        configuration: its configuration file.
        settings: texts of that file that take turns with the one it began with, which stands for ``{}`` in them.
        content: where its content lies.
        page: a new page's name below ``content``; ``{}`` is a number.
        template: a file that pages are made with.
        further: files that decide something for others, with texts that take turns; "" is: no such file.
    """

    configuration: str
    settings: tuple[str, ...]
    content: str
    page: str
    template: str
    further: tuple[tuple[str, tuple[str, ...]], ...] = ()


POSTLINT = (
    "",
    'exclude = ["drafts/", "**/2019-*"]\n',
    '[rules]\n"link" = "warning"\n"date/missing-timezone" = "off"\n',
    '[rules]\n"post/trailing-space" = "error"\n"taxonomy" = "error"\n"html/obsolete-tag" = "info"\n',
    '[[schemas]]\npaths = ["**"]\nrequired = ["title", "description"]\n',
    '[[overrides]]\npaths = ["**/*-2*"]\nrules = {"html" = "off"}\n',
    '[taxonomies.tags]\nterms = ["tea", "maps"]\n',
    'extensions = [".md", ".markdown"]\n',
)
IGNORED = ("", "*.png\n", "img/\n", "**/*1*.md\n")


class Editor:
    """Makes edits in the site at ``root``, drawn from ``chance``."""

    def __init__(self, root: Path, chance: random.Random, habits: Habits) -> None:
        self.root = root
        self.chance = chance
        self.habits = habits
        self.made = 0
        path = root / habits.configuration
        self.settings = path.read_text("utf-8")

    # Choosing ------------------------------------------------------------------------------------------------------

    def files(self, *suffixes: str) -> list[Path]:
        found = []
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name != CACHE_FOLDER)
            found += [Path(folder, name) for name in sorted(names) if not suffixes or name.endswith(suffixes)]
        return found

    def posts(self) -> list[Path]:
        below = self.root / self.habits.content
        return [path for path in self.files(".md", ".markdown") if below in path.parents]

    def post(self) -> Path:
        return self.chance.choice(self.posts() or [self.new_page()])

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def link(self) -> str:
        """A link to somewhere in the site, or nearly."""
        target = self.chance.choice(self.files())
        name = self.name(target)
        words = (
            f"/{name}",
            target.name,
            name.rpartition(".")[0] + "/",
            f"/{target.stem}#ferry-times",
            f"../{target.stem}",
        )
        shape = self.chance.choice(
            ("[a]({})", "![a]({})", '<a href="{}">a</a>', "[a][r]\n\n[r]: {}", "{{% link {} %}}")
        )
        return shape.format(self.chance.choice(words))

    def new_page(self) -> Path:
        self.made += 1
        path = self.root / self.habits.content / self.habits.page.format(self.made)
        path.parent.mkdir(parents=True, exist_ok=True)
        title = self.chance.choice(TITLES)
        path.write_text(f"---\ntitle: {title}\n---\n{self.chance.choice(PARAGRAPHS)}\n", "utf-8")
        return path

    def write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    # Edits ---------------------------------------------------------------------------------------------------------

    def edit(self) -> str:
        """One edit; what was done."""
        kinds = [name for name in dir(self) if name.startswith("do_")]
        while True:
            kind = self.chance.choice((*kinds, *("do_new",) * (3 if len(self.posts()) < 40 else 0)))
            try:
                return str(getattr(self, kind)())
            except (FileExistsError, IsADirectoryError, NotADirectoryError):
                continue  # there is a file where a folder would be, or the other way: something else, then

    def do_text(self) -> str:
        path = self.post()
        added = self.chance.choice((self.chance.choice(PARAGRAPHS), self.link()))
        self.write(path, path.read_bytes() + f"\n\n{added}\n".encode())
        return f"add to {self.name(path)}: {added!r}"

    def do_cut(self) -> str:
        path = self.post()
        data = path.read_bytes()
        at = self.chance.randrange(len(data) + 1)
        self.write(path, data[:at])
        return f"cut {self.name(path)} at {at}"

    def do_key(self) -> str:
        path = self.post()
        key = self.chance.choice(
            ("title", "tags", "categories", "date", "description", "layout", "draft", "published", "lang")
        )
        value = self.chance.choice((*TITLES, *TERMS, "2024-03-10 05:30:00 +0800", "2031-01-01", "true", "false", "no"))
        return self.set_key(path, key, value)

    def do_address(self) -> str:
        path = self.post()
        key = self.chance.choice(("permalink", "slug", "url", "redirect_from", "aliases"))
        value = self.chance.choice(("/tea/", "/tea.html", "quay", f"/x/{path.stem}", "/", "[/old/, /older]"))
        return self.set_key(path, key, value)

    def set_key(self, path: Path, key: str, value: str) -> str:
        data = path.read_bytes()
        line = f"{key}: {value}\n".encode()
        if data.startswith(b"---\n"):
            data = re.sub(rb"(?m)^%b:.*\n" % key.encode(), b"", data)
            data = b"---\n" + line + data[4:]
        else:
            data = b"---\n" + line + b"---\n" + data
        self.write(path, data)
        return f"set {key} to {value!r} in {self.name(path)}"

    def do_heading(self) -> str:
        with_heading = [path for path in self.posts() if b"\n#" in path.read_bytes()] or [self.post()]
        path = self.chance.choice(with_heading)
        data = re.sub(rb"(?m)^(#+ ).*$", rb"\1Other words %d" % self.chance.randrange(9), path.read_bytes(), count=1)
        self.write(path, data)
        return f"rename the first heading of {self.name(path)}"

    def do_new(self) -> str:
        return f"write {self.name(self.new_page())}"

    def do_delete(self) -> str:
        path = self.post()
        path.unlink()
        return f"delete {self.name(path)}"

    def do_rename(self) -> str:
        path = self.post()
        new = path.with_name(
            self.chance.choice((path.name.upper(), f"x{path.name}", path.name.replace("-", "_"), "index.md"))
        )
        os.replace(path, new)
        return f"rename {self.name(path)} to {new.name}"

    def do_move(self) -> str:
        path = self.post()
        folder = self.chance.choice(("_drafts", "_posts", "en", "drafts", "."))
        new = self.root / self.habits.content / folder / path.name
        new.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, new)
        return f"move {self.name(path)} to {self.name(new)}"

    def do_copy(self) -> str:
        path = self.post()
        self.made += 1
        new = path.with_name(f"copy-{self.made}-{path.name}")
        shutil.copy2(path, new)
        return f"copy {self.name(path)} to {new.name}"

    def do_swap(self) -> str:
        one, other = self.post(), self.post()
        between = one.with_name("between")
        os.replace(one, between)
        if one != other:
            os.replace(other, one)
        os.replace(between, other)
        # Two files of one size and one time look as before: nothing would say that they changed places.
        os.utime(one)
        os.utime(other)
        return f"swap {self.name(one)} and {self.name(other)}"

    def do_touch(self) -> str:
        path = self.chance.choice(self.files())
        os.utime(path)
        return f"touch {self.name(path)}"

    def do_nothing(self) -> str:
        return "nothing"

    def do_bytes(self) -> str:
        path = self.post()
        data = path.read_bytes()
        at = self.chance.choice((0, len(data) // 2, len(data)))
        odd = self.chance.choice(ODD_BYTES)
        self.write(path, data[:at] + odd + data[at:])
        return f"put {odd!r} into {self.name(path)} at {at}"

    def do_file(self) -> str:
        """A file that is no content, or none any more."""
        others = self.files(".png", ".css", ".svg", ".jpg")
        if others and self.chance.random() < 0.5:
            path = self.chance.choice(others)
            path.unlink()
            return f"delete {self.name(path)}"
        name = self.chance.choice(("img/map.png", "gone/index.png", "missing.png", "x.css", "static/img/map.png"))
        path = self.root / self.chance.choice(("", self.habits.content)) / name
        if not path.parent.is_file():
            self.write(path, b"")
        return f"write {self.name(path)}"

    def do_folder(self) -> str:
        """A folder becomes a file of its name, a file a folder."""
        path = self.post()
        small = self.root / self.habits.content in path.parent.parents and len(list(path.parent.iterdir())) < 6
        if self.chance.random() < 0.5 or not small:
            path.unlink()
            self.write(path / "index.md", b"---\ntitle: Inside\n---\n")
            return f"make a folder of {self.name(path)}"
        shutil.rmtree(path.parent)
        self.write(path.parent, b"")
        return f"make a file of {self.name(path.parent)}"

    def do_settings(self) -> str:
        path = self.root / self.habits.configuration
        text = self.chance.choice(("{}", *self.habits.settings)).replace("{}", self.settings)
        self.write(path, text.encode())
        return f"write {self.name(path)}: {text.removeprefix(self.settings)!r}"

    def do_further(self) -> str:
        further = (*self.habits.further, ("postlint.toml", POSTLINT), (".gitignore", IGNORED))
        name, texts = self.chance.choice(further)
        path = self.root / name
        text = self.chance.choice(texts)
        if any(parent.is_file() for parent in path.parents) or path.is_dir():
            return f"leave {name}"
        if text or name == "postlint.toml":
            self.write(path, text.encode())
        else:
            path.unlink(missing_ok=True)
        return f"write {name}: {text!r}"

    def do_nested_site(self) -> str:
        folder = self.post().parent
        name = self.chance.choice(("_config.yml", "hugo.toml"))
        there = [
            path for path in self.files("_config.yml", "hugo.toml") if self.name(path) != self.habits.configuration
        ]
        if there and self.chance.random() < 0.6:
            path = self.chance.choice(there)
            path.unlink()
            return f"delete {self.name(path)}"
        path = folder / name
        if self.name(path) == self.habits.configuration:
            return "nothing"
        self.write(path, b"permalink: /n/:title/\n" if name == "_config.yml" else b'title = "N"\n')
        return f"write {self.name(path)}"

    def do_template(self) -> str:
        path = self.root / self.habits.template
        if any(parent.is_file() for parent in path.parents):
            return "nothing"
        identity = self.chance.choice(("quay", "ferry-times", "x", "other"))
        self.write(path, f"<main id='{identity}'>{{{{ content }}}}</main>\n".encode())
        return f"write {self.name(path)}: {identity}"


# What there is to see ------------------------------------------------------------------------------------------------


def findings(root: Path, *, cache: bool) -> str:
    """What ``postlint check --output-format json`` prints of the whole project."""
    try:
        engine, outcome = run(root, cache=cache)
    except (ConfigError, UsageError) as error:
        return f"{type(error).__name__}: {error}"
    out = io.StringIO()
    reporter("json")(assemble(engine, outcome, 0.0), out, ReportOptions(environ={}))
    return out.getvalue()


def everything(root: Path, *, cache: bool) -> str:
    """That, what ``predict`` prints, and each row of each table that ``query`` can ask."""
    told = findings(root, cache=cache)
    if told.startswith(("ConfigError", "UsageError")):
        return told
    engine, _ = run(root, cache=cache)
    out = io.StringIO()
    write_json(predict(engine.survey, engine.request), out)
    rows = answer(engine, prepare(_ALL_ROWS)).rows
    return "\n".join((told, out.getvalue(), *(f"{name!s}: {text!s}" for name, text in rows)))


def _all_rows() -> str:
    parts = []
    for view in VIEWS:
        columns = ", ".join(f'"{name}"' for name in view.columns)
        ordered = f"SELECT {columns} FROM {view.name} ORDER BY {columns}"
        parts.append(f"SELECT '{view.name}', json_group_array(json_array({columns})) FROM ({ordered})")
    return "\nUNION ALL ".join(parts)


_ALL_ROWS = _all_rows()


def forget() -> None:
    """Empty what this process remembers between runs, which a new process would not.

    The rules themselves are left: reading postlint's own source anew would take most of the time.
    """
    for cache in _caches():
        cache.cache_clear()


@functools.cache
def _caches() -> list[functools._lru_cache_wrapper[object]]:
    """What ``lru_cache`` remembers for postlint's modules, all of which are loaded here."""
    for name in ("postlint", "postlint_rules"):
        for module in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found = [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]
    return [
        cache
        for cache in found
        if cache.__module__.startswith(("postlint.", "postlint_rules.")) and cache.__module__ != "postlint.packs"
    ]


def differences(warm: str, cold: str) -> str:
    """The lines in which two outputs differ."""
    ours, theirs = warm.splitlines(), cold.splitlines()
    only_warm = [line for line in ours if line not in set(theirs)]
    only_cold = [line for line in theirs if line not in set(ours)]
    return "\n".join(["with what was kept:", *only_warm[:20], "without:", *only_cold[:20]])


def agree(editor: Editor, edits: int, *, all_of_it: Callable[[int], bool]) -> Sequence[str]:
    """Make edits one by one and compare after each; what was done. Raises AssertionError at the first difference.

    Args:
        all_of_it: whether after the edit of that number :func:`everything` is compared, not :func:`findings` alone.
    """
    root = editor.root
    done: list[str] = []
    for number in range(edits):
        done.append(editor.edit())
        look = everything if all_of_it(number) else findings
        warm = look(root, cache=True)
        forget()
        cold = look(root, cache=False)
        if warm != cold:
            raise AssertionError("\n".join((f"after edit {number + 1}:", *done[-5:], differences(warm, cold))))
    return done
