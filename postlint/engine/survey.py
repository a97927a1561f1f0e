"""The look round before any file is read: which files there are, of which sites, and which of them were asked for."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from functools import cached_property

from postlint.config.settings import Settings
from postlint.document import Document, Profile
from postlint.engine.discover import Discovery, FileStat, GitIgnore, discover, within
from postlint.engine.reading import read_file
from postlint.engine.request import Request
from postlint.engine.sites import load_profiles
from postlint.engine.sorted_paths import SortedPaths
from postlint.engine.tree import Tree
from postlint.generators import Generator, generator_for
from postlint.text import Text

__all__ = ["Survey", "ignored"]


class Survey:
    """The files and sites of one project, as a request asks for them.

    Attributes:
        found: every file of the project.
        profiles: by the site's folder, "" or ending in "/".
        sites: those folders, the deepest first.
        checked: the content files that were asked for, sorted.
        configurations: the sites' own configuration files that were asked for. No rule reads them as documents, but
            site rules may have something to say of what they set.
        problems: path and message of what was asked for and cannot be read.
        notices: worth saying, no failure.
    """

    def __init__(self, settings: Settings, request: Request, tree: Tree | None = None) -> None:
        """
        Args:
            tree: the project's files; None: as they are.

        Raises:
            ConfigError: a site's own configuration cannot be read.
        """
        self.root = settings.root
        self.settings = settings
        self.request = request
        self.tree = tree or Tree(self.root)
        self.found = self._discover()
        self.profiles, self.notices = self._profiles(settings)
        self.sites = sorted(self.profiles, key=len, reverse=True)
        self.problems: list[tuple[str, str]] = []
        self.configurations = frozenset(self._configurations())
        self.checked = self._checked()
        self._text: tuple[str, Text] | None = None

    @property
    def asked(self) -> Container[str]:
        """:attr:`checked`, to ask whether a path is among them."""
        return SortedPaths(self.checked)

    def _discover(self) -> Discovery:
        settings = self.settings
        ignore = ignored(settings, self.tree)
        found = discover(self.tree, suffixes=frozenset(settings.extensions), ignore=ignore)
        self._add_named(found, ignore)
        return found

    def _add_named(self, found: Discovery, ignore: GitIgnore) -> None:
        """What is named one by one is content, whatever its name is."""
        settings, request = self.settings, self.request
        wanted = set(request.explicit)
        if request.stdin is not None:
            wanted.add(request.stdin[0])
        if wanted:
            wanted.difference_update(file.path for file in found.content)
        extra: list[FileStat] = []
        for path in sorted(wanted):
            if request.force_exclude and (settings.respect_gitignore or settings.exclude) and ignore.leaves_out(path):
                continue
            extra.append(_stat(self.tree, path))
        if extra:
            others = {file.path for file in extra}
            found.others = [path for path in found.others if path not in others]
            found.content = sorted([*found.content, *extra])

    def _profiles(self, settings: Settings) -> tuple[dict[str, Profile], list[str]]:
        return load_profiles(self.root, self.found.site_folders, settings)

    def site_of(self, path: str) -> str:
        """The site that a file belongs to: the nearest folder above it that has a generator's configuration."""
        for site in self.sites:
            if path.startswith(site):
                return site
        return ""

    def generator(self, path: str) -> Generator:
        """The generator of the site that a file belongs to."""
        return generator_for(self.profile(path))

    def profile(self, path: str) -> Profile:
        return self.profiles[self.site_of(path)]

    @cached_property
    def surroundings(self) -> Mapping[str, str]:
        """What decides the fates of files beside themselves, by path; only files for which there is anything."""
        asking = {site: generator_for(profile) for site, profile in self.profiles.items()}
        asking = {site: g for site, g in asking.items() if type(g).surroundings is not Generator.surroundings}
        if not asking:
            return {}
        answers: dict[str, str] = {}
        for path, _, _ in self.found.content:
            generator = asking.get(self.site_of(path))
            answer = generator.surroundings(path, self._is_there) if generator is not None else ""
            if answer:
                answers[path] = answer
        return answers

    def _is_there(self, path: str) -> bool:
        return path in self._everything

    @cached_property
    def _everything(self) -> Container[str]:
        return {*(file.path for file in self.found.content), *self.found.others}

    def text(self, path: str) -> Text:
        """A file's text as it is now; the last one is kept, since questions come file by file.

        Raises:
            OSError: it cannot be read.
        """
        if self._text is None or self._text[0] != path:
            stdin = self.request.stdin
            data = stdin[1] if stdin is not None and stdin[0] == path else read_file(self.tree.locate(path))
            self._text = (path, Text.decode(data))
        return self._text[1]

    def document(self, path: str) -> Document:
        """A document of the project, read anew.

        Raises:
            OSError: it cannot be read.
        """
        return Document(path, self.text(path), self.profile(path), self.surroundings.get(path, ""))

    def _checked(self) -> list[str]:
        request, found = self.request, self.found
        if request.stdin is not None:
            checked = [request.stdin[0]]
        else:
            # A layout or the like is known for its ids, but read as a page only where somebody names it: a hook, which
            # names whatever a commit holds, does not ask for that.
            asked_for = within(request.paths, found.content)
            named = request.explicit if not request.force_exclude else frozenset()
            checked = [path for path in asked_for if path in named or not self.generator(path).is_template(path)]
        for path, message in found.problems:
            if path in SortedPaths(checked) or any(_below(path, wanted) for wanted in request.paths):
                self.problems.append((path, message))
            else:
                self.notices.append(f"{path}: {message}")
        return checked

    def _configurations(self) -> Iterator[str]:
        if self.request.stdin is not None:
            return
        wanted = self.request.paths
        for profile in self.profiles.values():
            path = generator_for(profile).configuration
            if path and any(_below(path, folder) for folder in wanted):
                if path in self.request.explicit:  # whoever names it does not make a post of it
                    self.found.content = [file for file in self.found.content if file.path != path]
                    self.found.others = sorted({*self.found.others, path})
                yield path


def ignored(settings: Settings, tree: Tree) -> GitIgnore:
    """What the settings leave out of a tree."""
    return GitIgnore(tree, settings.exclude, settings.include, gitignore=settings.respect_gitignore)


def _stat(tree: Tree, path: str) -> FileStat:
    try:
        status = os.stat(tree.locate(path))
    except OSError:
        return FileStat(path, -1, -1)
    return FileStat(path, status.st_mtime_ns, status.st_size)


def _below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder + "/")
