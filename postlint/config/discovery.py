"""Which folder is the project, which files configure it, and which folders are sites of which generator.

Only names are looked at, and the beginnings of the few files that two generators call by the same name. What stands
in a site's configuration is read by :mod:`postlint.generators`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from postlint.config.errors import ConfigError, Problem
from postlint.config.toml import load_toml, read_text, shown
from postlint.regex import regex

__all__ = [
    "SITE_FILES",
    "TABLE",
    "Candidate",
    "Generator",
    "Project",
    "Site",
    "SiteFinder",
    "detect",
    "find_project",
    "find_root",
    "output_beside",
]

Generator = Literal["jekyll", "hugo", "hexo", "zola", "astro", "docusaurus", "eleventy", "mkdocs"]
CONFIG_NAME = "postlint.toml"
TABLE = ("tool", "postlint")
"""Where our table is in ``pyproject.toml``."""

_SCRIPTS = ("js", "mjs", "cjs", "ts", "mts", "cts")
_BY_NAME: dict[str, Generator] = {
    **{f"astro.config.{kind}": "astro" for kind in _SCRIPTS},
    **{f"docusaurus.config.{kind}": "docusaurus" for kind in _SCRIPTS},
    **{f"eleventy.config.{kind}": "eleventy" for kind in ("js", "mjs", "cjs")},
    ".eleventy.js": "eleventy",
    "mkdocs.yml": "mkdocs",
    "mkdocs.yaml": "mkdocs",
}
"""Files that only one generator has."""

_OUTPUT: dict[Generator, frozenset[str]] = {
    "astro": frozenset({"dist", ".astro"}),
    "docusaurus": frozenset({"build", ".docusaurus"}),
    "eleventy": frozenset({"_site"}),
    "mkdocs": frozenset({"site"}),
}

SITE_FILES = frozenset(
    {
        *_BY_NAME,
        *(f"_config.{kind}" for kind in ("yml", "yaml", "toml", "json")),
        *(f"{name}.{kind}" for name in ("hugo", "config") for kind in ("toml", "yaml", "yml", "json")),
        "zola.toml",
    }
)
"""A folder without one of these is no site, but for one with Hugo's in ``config/_default/`` (and, at the root of a
project, Jekyll without configuration)."""

_HEAD = 64 * 1024  # bytes of a configuration that are looked at


class Project(NamedTuple):
    """A project: its root, and the file that configures it (None: nothing does)."""

    root: Path
    config: Path | None


class Candidate(NamedTuple):
    """A generator that a folder may be a site of, and the names of what says so, relative to the folder."""

    generator: Generator
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """A site: the folder where its generator runs.

    ``candidates`` holds the likeliest first; more than one means that the folder's files speak for several, and that
    whoever chooses should say so.
    """

    root: Path
    candidates: tuple[Candidate, ...]

    @property
    def generator(self) -> Generator:
        return self.candidates[0].generator


# The project -------------------------------------------------------------------------------------------------


def find_project(start: Path) -> Project:
    """The project that ``start`` (a file or folder) belongs to.

    Upward from there, the first folder with ``postlint.toml`` or a ``[tool.postlint]`` in its ``pyproject.toml``. The
    search ends at a folder with ``.git``, which is the root if nothing was found; without one, see :func:`find_root`.

    Raises:
        ConfigError: a folder has both files, or its ``pyproject.toml`` names us and is not TOML.
    """
    for folder in _upward(start):
        if (config := _config_in(folder)) is not None:
            return Project(folder, config)
        if (folder / ".git").exists():
            return Project(folder, None)
    return Project(find_root(start), None)


def find_root(start: Path) -> Path:
    """The root of a project that no file configures: the folder with ``.git``, else the nearest site's, else where
    ``start`` is."""
    folders = _upward(start)
    for folder in folders:
        if (folder / ".git").exists():
            return folder
    for folder in folders:
        if detect(folder):
            return folder
    return folders[0]


def _upward(start: Path) -> list[Path]:
    here = start.absolute()
    if not here.is_dir():
        here = here.parent
    return [here, *here.parents]


def _config_in(folder: Path) -> Path | None:
    own, shared = folder / CONFIG_NAME, folder / "pyproject.toml"
    in_shared = shared.is_file() and _has_our_table(shared)
    if own.is_file():
        if in_shared:
            message = "configures the same folder as [tool.postlint] in its pyproject.toml"
            raise ConfigError([Problem(shown(own), 0, 0, message, "keep one of the two")])
        return own
    return shared if in_shared else None


def _has_our_table(pyproject: Path) -> bool:
    try:
        if b"postlint" not in pyproject.read_bytes():
            return False
    except OSError:
        return False
    source = shown(pyproject)
    data = load_toml(read_text(pyproject, source), source)
    tool = data.get(TABLE[0])
    return isinstance(tool, dict) and TABLE[1] in tool


# Sites -------------------------------------------------------------------------------------------------------


class SiteFinder:
    """Answers for many files of one project which site each belongs to; looks into each folder once."""

    def __init__(self, root: Path) -> None:
        """``root``: the project's; sites above it are none of its business."""
        self._root = root.absolute()
        self._known: dict[Path, Site | None] = {}

    def site_of(self, path: Path) -> Site | None:
        """The site of a file (or folder) in the project: the nearest folder upward that has a generator's
        configuration; None: no folder up to the root has one."""
        path = path.absolute()
        return self._site(path if path.is_dir() else path.parent)

    def _site(self, folder: Path) -> Site | None:
        todo: list[Path] = []
        while folder not in self._known:
            todo.append(folder)
            if folder == self._root or self._root not in folder.parents:
                break
            folder = folder.parent
        answer = self._known.get(folder)
        for each in reversed(todo):
            candidates = () if _is_theme(each) else detect(each)
            if not candidates and each == self._root:
                candidates = _without_configuration(each)
            if candidates:
                answer = Site(each, candidates)
            self._known[each] = answer
        return answer


def detect(folder: Path) -> tuple[Candidate, ...]:
    """The generators whose configuration is in ``folder``, the likeliest first.

    Sources for the names: Jekyll 4.3.1, ``lib/jekyll/configuration.rb`` (``_config.yml``, ``.yaml``, ``.toml``); Hugo,
    documentation "Configuration" (``hugo.*``; ``config.*`` up to 0.109 and still read; ``config/_default/``); Hexo 7,
    ``lib/hexo/load_config.ts``; Zola, documentation "Configuration" (``config.toml``, lately ``zola.toml``); Astro,
    ``core/config/config.js``; Docusaurus, ``utils/lib/constants.js``; Eleventy, ``TemplateConfig.js``; MkDocs,
    ``config/base.py``.
    """
    found = (_hugo_by_name(folder), _zola_or_hugo(folder), *_jekyll_or_hexo(folder), *_by_name(folder))
    candidates: dict[Generator, list[str]] = {}
    for candidate in found:
        if candidate is not None:
            candidates.setdefault(candidate.generator, []).extend(candidate.evidence)
    return tuple(Candidate(generator, tuple(evidence)) for generator, evidence in candidates.items())


def output_beside(names: Collection[str], usual: frozenset[str]) -> frozenset[str]:
    """The folders that a site's generator writes into the site's own folder.

    Args:
        names: what that folder holds, :data:`SITE_FILES` among it.
        usual: the folders of the generators whose files are known by more than their names. Astro has its images in
            one of them, ``public``.
    """
    found = [_OUTPUT[_BY_NAME[name]] for name in names if name in _BY_NAME]
    others = not (SITE_FILES - _BY_NAME.keys()).isdisjoint(names)
    return frozenset().union(*found, usual if others or not found else ())


def _by_name(folder: Path) -> list[Candidate]:
    try:
        names = sorted(_BY_NAME.keys() & {entry.name for entry in os.scandir(folder)})
    except OSError:
        return []
    return [Candidate(_BY_NAME[name], (name,)) for name in names if (folder / name).is_file()]


def _hugo_by_name(folder: Path) -> Candidate | None:
    for name in ("hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"):
        if (folder / name).is_file():
            return Candidate("hugo", (name,))
    default = folder / "config" / "_default"
    if default.is_dir():
        for base in ("hugo", "config"):
            for kind in ("toml", "yaml", "yml", "json"):
                if (default / f"{base}.{kind}").is_file():
                    return Candidate("hugo", (f"config/_default/{base}.{kind}",))
    return None


_ZOLA_KEY = regex(r"^[ \t]*base_url[ \t]*=", re.MULTILINE)
_HUGO_KEY = regex(r"""^[ \t]*["']?(?:baseurl|languagecode|defaultcontentlanguage)["']?[ \t]*[=:]""", re.M | re.I)
_HUGO_FOLDERS = ("archetypes", "layouts", "themes", "static", "assets")


def _zola_or_hugo(folder: Path) -> Candidate | None:
    if (folder / "zola.toml").is_file() and _ZOLA_KEY.search(_head(folder / "zola.toml")):
        return Candidate("zola", ("zola.toml",))
    for name in ("config.toml", "config.yaml", "config.yml", "config.json"):
        path = folder / name
        if not path.is_file():
            continue
        head = _head(path)
        if name == "config.toml" and _ZOLA_KEY.search(head):
            return Candidate("zola", (name,))
        if _HUGO_KEY.search(head):
            return Candidate("hugo", (name,))
        # Any program may have a config.toml: the folders have to speak for Hugo too.
        if (folder / "content").is_dir() and any((folder / f).is_dir() for f in _HUGO_FOLDERS):
            return Candidate("hugo", (name, "content/"))
    return None


_HEXO_KEY = regex(
    r"^(?:source_dir|public_dir|new_post_name|post_asset_folder|skip_render|tag_dir|archive_dir|category_dir|code_dir"
    r"|default_category|filename_case|render_drafts)[ \t]*:",
    re.MULTILINE,
)
_JEKYLL_KEY = regex(
    r"^(?:kramdown|collections|collections_dir|remote_theme|markdown_ext|baseurl|gems|defaults|sass|liquid|whitelist"
    r"|plugins_dir|layouts_dir|show_drafts|highlighter)[ \t]*:",
    re.MULTILINE,
)
_HEXO_PACKAGE = regex(r'"hexo"\s*:')
_JEKYLL_GEM = regex(r"""\bgem\s*\(?\s*["'](?:jekyll|github-pages)["']""")
_BOOK_KEY = regex(r"^(?:sphinx|execute|launch_buttons|parse)[ \t]*:", re.MULTILINE)


def _jekyll_or_hexo(folder: Path) -> list[Candidate]:
    name = next((n for n in ("_config.yml", "_config.yaml", "_config.toml") if (folder / n).is_file()), None)
    if name is None:
        if (folder / "_config.json").is_file() and _HEXO_PACKAGE.search(_head(folder / "package.json")):
            return [Candidate("hexo", ("_config.json",))]
        return []
    head = _head(folder / name)
    hexo: list[str] = []
    if _HEXO_PACKAGE.search(_head(folder / "package.json")):
        hexo.append("package.json")
    if _HEXO_KEY.search(head):
        hexo.append(name)
    jekyll = [each for each in ("_posts", "_layouts", "_includes") if (folder / each).is_dir()]
    if _JEKYLL_GEM.search(_head(folder / "Gemfile")):
        jekyll.append("Gemfile")
    if _JEKYLL_KEY.search(head):
        jekyll.append(name)
    if not hexo and not jekyll and (folder / "_toc.yml").is_file() and _BOOK_KEY.search(head):
        return []  # a Jupyter Book, which has a _config.yml too
    if not hexo:
        return [Candidate("jekyll", (name,))]
    if not jekyll:
        return [Candidate("hexo", tuple(dict.fromkeys((name, *hexo))))]
    both = [
        Candidate("hexo", tuple(dict.fromkeys((name, *hexo)))),
        Candidate("jekyll", tuple(dict.fromkeys((name, *jekyll)))),
    ]
    return both if len(hexo) >= len(jekyll) else both[::-1]


def _is_theme(folder: Path) -> bool:
    """``themes/NAME`` of a Hexo, Hugo or Zola site: its configuration is the theme's, and its files the site's."""
    if folder.parent.name != "themes":
        return False
    return any(candidate.generator != "jekyll" for candidate in detect(folder.parent.parent))


def _without_configuration(folder: Path) -> tuple[Candidate, ...]:
    """Jekyll needs no configuration; its folder of posts has a name that no other generator has at the top."""
    if (folder / "_posts").is_dir():
        return (Candidate("jekyll", ("_posts/",)),)
    if _JEKYLL_GEM.search(_head(folder / "Gemfile")):
        return (Candidate("jekyll", ("Gemfile",)),)
    return ()


def _head(path: Path) -> str:
    """The beginning of a file; nothing where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD).decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except OSError:
        return ""
