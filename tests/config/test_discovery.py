"""Which folder is the project, and which folders are sites."""

from __future__ import annotations

from pathlib import Path

import pytest

from postlint.config.discovery import SITE_FILES, SiteFinder, detect, find_project, find_root
from postlint.config.errors import ConfigError
from postlint.config.load import load_settings


def make(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
    return root


HEXO = '{"hexo": {"version": "7.0.0"}}'

# Projects ----------------------------------------------------------------------------------------------------


def test_the_nearest_configuration_upward(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            ".git/": "",
            "postlint.toml": "",
            "blog/pyproject.toml": "[tool.postlint]\n",
            "blog/_posts/a.md": "",
            "x/y/": "",
        },
    )
    assert find_project(tmp_path / "x" / "y") == (tmp_path, tmp_path / "postlint.toml")
    assert find_project(tmp_path / "blog" / "_posts" / "a.md") == (
        tmp_path / "blog",
        tmp_path / "blog" / "pyproject.toml",
    )


def test_a_repository_is_not_looked_out_of(tmp_path: Path) -> None:
    make(tmp_path, {"postlint.toml": "", "repo/.git": "gitdir: elsewhere", "repo/sub/": ""})
    assert find_project(tmp_path / "repo" / "sub") == (tmp_path / "repo", None)
    assert find_project(tmp_path) == (tmp_path, tmp_path / "postlint.toml")


def test_a_pyproject_of_others_is_passed_by(tmp_path: Path) -> None:
    make(
        tmp_path,
        {
            ".git/": "",
            "postlint.toml": "",
            "a/pyproject.toml": "[tool.ruff]\n# postlint\n",
            "b/pyproject.toml": "= not toml",
        },
    )
    assert find_project(tmp_path / "a").root == tmp_path
    assert find_project(tmp_path / "b").root == tmp_path


def test_two_configurations_in_one_folder_are_one_too_many(tmp_path: Path) -> None:
    make(tmp_path, {"postlint.toml": "", "pyproject.toml": "tool.postlint = {}\n"})
    with pytest.raises(ConfigError, match=r"keep one of the two"):
        find_project(tmp_path)


def test_a_broken_pyproject_that_names_us_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, {"pyproject.toml": "[tool.postlint]\ngenerator = jekyll\n"})
    with pytest.raises(ConfigError, match=r"pyproject.toml:2:13: the text jekyll needs quotes"):
        find_project(tmp_path)


def test_without_git_or_configuration_the_root_is_the_site_or_here(tmp_path: Path) -> None:
    make(tmp_path, {"blog/_config.yml": "", "blog/_posts/a.md": "", "notes/a.md": ""})
    assert find_root(tmp_path / "blog" / "_posts" / "a.md") == tmp_path / "blog"
    assert find_root(tmp_path / "notes" / "a.md") == tmp_path / "notes"
    assert find_root(tmp_path / "notes" / "not-there.md") == tmp_path / "notes"


def test_loading_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(
        tmp_path,
        {
            ".git/": "",
            "pyproject.toml": '[tool.postlint]\ngenerator = "zola"\n',
            "sub/": "",
            "ci/own.toml": 'generator = "hugo"',
        },
    )
    settings = load_settings(tmp_path / "sub")
    assert (settings.generator, settings.root, settings.config) == ("zola", tmp_path, tmp_path / "pyproject.toml")
    assert settings.origin("generator").source == str(tmp_path / "pyproject.toml")
    isolated = load_settings(tmp_path / "sub", isolated=True)
    assert (isolated.generator, isolated.root, isolated.config) == ("auto", tmp_path, None)
    monkeypatch.chdir(tmp_path)
    given = load_settings(tmp_path, config=Path("ci/own.toml"))
    assert (given.generator, given.root, given.origin("generator").source) == ("hugo", tmp_path, "ci/own.toml")
    assert load_settings(tmp_path / "ci", config=tmp_path / "ci" / "own.toml").root == tmp_path / "ci"


# Sites -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"astro.config.mjs": ""}, ["astro"]),
        ({"docusaurus.config.ts": ""}, ["docusaurus"]),
        ({".eleventy.js": ""}, ["eleventy"]),
        ({"eleventy.config.cjs": "", ".eleventy.js": ""}, ["eleventy"]),
        ({"mkdocs.yml": "site_name: x\n"}, ["mkdocs"]),
        ({"mkdocs.yml/": ""}, []),
        ({"_config.yml": "", "mkdocs.yml": ""}, ["jekyll", "mkdocs"]),
        ({"hugo.toml": "", "docusaurus.config.js": ""}, ["hugo", "docusaurus"]),
        ({"_config.yml": "title: x\n"}, ["jekyll"]),
        ({"_config.yaml": ""}, ["jekyll"]),
        ({"_config.toml": ""}, ["jekyll"]),
        ({"_config.yml": "title: x\npublic_dir: public\n"}, ["hexo"]),
        ({"_config.yml": "title: x\r\nsource_dir: src\r\n"}, ["hexo"]),
        ({"_config.yml": "x:\n  source_dir: src\n"}, ["jekyll"]),
        ({"_config.yml": "", "package.json": '{"hexo": {"version": "7.0.0"}}'}, ["hexo"]),
        ({"_config.yml": "", "package.json": '{"dependencies": {"hexo": "^7"}}'}, ["hexo"]),
        ({"_config.yml": "", "package.json": '{"dependencies": {"gulp": "^4"}}'}, ["jekyll"]),
        ({"_config.yml": "", "package.json": HEXO, "_posts/": "", "Gemfile": 'gem "jekyll"'}, ["jekyll", "hexo"]),
        ({"_config.yml": "source_dir: s", "package.json": HEXO, "_posts/": ""}, ["hexo", "jekyll"]),
        ({"_config.json": "{}", "package.json": '{"hexo": {}}'}, ["hexo"]),
        ({"_config.json": "{}"}, []),
        ({"_config.yml": "sphinx:\n  config: {}\n", "_toc.yml": ""}, []),
        ({"_config.yml": "plugins: []\n", "_toc.yml": ""}, ["jekyll"]),
        ({"hugo.toml": ""}, ["hugo"]),
        ({"hugo.yaml": ""}, ["hugo"]),
        ({"hugo.json": ""}, ["hugo"]),
        ({"config/_default/hugo.toml": ""}, ["hugo"]),
        ({"config/_default/config.yaml": ""}, ["hugo"]),
        ({"config/_default/other.toml": ""}, []),
        ({"config.toml": 'baseURL = "https://example.org"'}, ["hugo"]),
        ({"config.toml": 'baseurl = "https://example.org"'}, ["hugo"]),
        ({"config.yaml": "baseURL: https://example.org"}, ["hugo"]),
        ({"config.json": '{\n  "baseURL": "https://example.org"\n}'}, ["hugo"]),
        ({"config.toml": "title = 'x'", "content/": "", "layouts/": ""}, ["hugo"]),
        ({"config.toml": "title = 'x'", "content/": ""}, []),
        ({"config.toml": "[server]\nport = 1"}, []),
        ({"config.toml": 'base_url = "https://example.org"\n', "content/": "", "themes/": ""}, ["zola"]),
        ({"zola.toml": 'base_url = "https://example.org"\n'}, ["zola"]),
        ({"hugo.toml": "", "_config.yml": ""}, ["hugo", "jekyll"]),
        ({}, []),
    ],
)  # fmt: skip
def test_which_generators_a_folder_speaks_for(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert [candidate.generator for candidate in detect(make(tmp_path, files))] == expected
    if expected and "config/" not in str(files):
        assert SITE_FILES & files.keys()


def test_the_evidence_is_named(tmp_path: Path) -> None:
    make(tmp_path, {"_config.yml": "", "package.json": '{"hexo": {}}'})
    assert detect(tmp_path)[0].evidence == ("_config.yml", "package.json")


def test_each_file_belongs_to_the_nearest_site(tmp_path: Path) -> None:
    make(tmp_path, {"_config.yml": "", "_posts/a.md": "", "docs/hugo.toml": "", "docs/content/deep/b.md": ""})
    finder = SiteFinder(tmp_path)

    def answer(path: str) -> tuple[Path, str] | None:
        site = finder.site_of(tmp_path / path)
        return (site.root, site.generator) if site else None

    assert answer("_posts/a.md") == (tmp_path, "jekyll")
    assert answer("docs/content/deep/b.md") == (tmp_path / "docs", "hugo")
    assert answer("docs") == (tmp_path / "docs", "hugo")
    assert answer("docs/content/deep/b.md") == (tmp_path / "docs", "hugo")


def test_a_theme_is_no_site(tmp_path: Path) -> None:
    make(tmp_path, {"_config.yml": "public_dir: public", "themes/light/_config.yml": "", "themes/light/README.md": ""})
    site = SiteFinder(tmp_path).site_of(tmp_path / "themes" / "light" / "README.md")
    assert site is not None
    assert (site.root, site.generator) == (tmp_path, "hexo")


def test_sites_above_the_project_do_not_count(tmp_path: Path) -> None:
    make(tmp_path, {"_config.yml": "", "project/a/b.md": ""})
    assert SiteFinder(tmp_path / "project").site_of(tmp_path / "project" / "a" / "b.md") is None


@pytest.mark.parametrize(
    "files", [{"_posts/a.md": ""}, {"Gemfile": "gem 'github-pages', group: :jekyll_plugins", "a.md": ""}]
)
def test_jekyll_needs_no_configuration(tmp_path: Path, files: dict[str, str]) -> None:
    make(tmp_path, files)
    site = SiteFinder(tmp_path).site_of(tmp_path / "a.md")
    assert site is not None
    assert (site.root, site.generator) == (tmp_path, "jekyll")


def test_a_folder_of_markdown_is_no_site(tmp_path: Path) -> None:
    make(tmp_path, {"a.md": "", "sub/_posts/b.md": ""})
    assert SiteFinder(tmp_path).site_of(tmp_path / "a.md") is None
