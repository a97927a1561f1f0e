"""Generated Hugo sites: configurations and content files, drawn from what writers do and what they get wrong."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from postlint.config.values import freeze, spell, spell_key

__all__ = ["site"]

CONFIGS: tuple[dict[str, Any], ...] = (
    {},
    {"timeZone": "Asia/Tokyo", "permalinks": {"posts": "/:year/:month/:day/:slug/", "notes": "/n/:title"}},
    {
        "timeZone": "America/New_York",
        "permalinks": {
            "page": {"posts": "/p/:filename/", "docs": "/d/:sections/:slugorfilename/", "/": "/top/:slug/"},
            "section": {"docs": "/dd/:sections[1:]"},
            "term": {"tags": "/t/:slug/"},
        },
        "taxonomies": {"tag": "tags", "topic": "topics"},
    },
    {"uglyURLs": True, "timeZone": "Europe/Berlin", "permalinks": {"notes": "/n/:year/:slug"}},
    {"frontmatter": {"date": [":filename", ":default"], "publishDate": ["publishDate", "date"]}, "timeZone": "UTC"},
    {
        "buildFuture": True,
        "buildDrafts": True,
        "buildExpired": True,
        "disablePathToLower": True,
        "disableAliases": True,
    },
    {"removePathAccents": True, "taxonomies": {}, "timeZone": "Asia/Shanghai"},
    {
        "defaultContentLanguage": "en",
        "languages": {"en": {"weight": 1}, "fr": {"weight": 2, "timeZone": "Europe/Paris"}, "zh-cn": {"weight": 3}},
        "permalinks": {"posts": "/:year/:slug/"},
    },
    {
        "defaultContentLanguage": "fr",
        "defaultContentLanguageInSubdir": True,
        "languages": {"en": {"weight": 1}, "fr": {"weight": 2}, "de": {"weight": 3, "disabled": True}},
    },
    {
        "languages": {
            "en": {"weight": 1, "contentDir": "content/en"},
            "fr": {"weight": 2, "contentDir": "content/fr", "title": "Fr"},
        },
        "defaultContentLanguage": "en",
        "taxonomies": {"series": "series", "tag": "tags"},
    },
    {
        "cascade": [
            {"_target": {"path": "/posts/**"}, "tags": ["cascaded"]},
            {"_target": {"kind": "page", "path": "/docs/**"}, "draft": True},
            {"_target": {"path": "/notes/*"}, "date": "2019-02-03"},
        ],
        "permalinks": {"notes": "/:year/:monthname/:day/:weekday/:yearday/:title/"},
    },
    {
        "permalinks": {
            "posts": "/:section/:contentbasename-:slugorcontentbasename/",
            "docs": "/:sections[last]/:sections[0]/:slug",
            "notes": "/x/:2006-01/:weekdayname/:filename.html",
        },
        "timeZone": "Australia/Lord_Howe",
        "frontmatter": {"date": ["myDate", ":default"], "expiryDate": ["until", "expiryDate"]},
    },
    {"disableKinds": ["section", "term"], "uglyURLs": {"posts": True}, "contentDir": "src/text"},
    {
        "ignoreFiles": ["\\.tmp\\.md$", "docs/private"],
        "cascade": {"params": {"color": "red"}, "build": {"list": "local"}},
        "frontmatter": {"date": ["lastmod", "date"], "publishDate": [":filename"]},
        "permalinks": {"posts": ":year-:month/:slug"},
    },
)

FOLDERS = ("posts", "posts", "notes", "docs", "docs/Big Dir", "docs/deep/er", "", "Über Uns")
FILE_NAMES = (
    "2020-01-05-plain-{n}.md", "2020-01-06-10-20-30-time-{n}.md", "2020_01_06-under-{n}.md", "2020-01-07 blank {n}.md",
    "UPPER Case {n}.md", "dots.in.name-{n}.md", "über-näh-{n}.md", "日本 語 {n}.md", "a%41b-{n}.md", "c_&_d#{n}.md",
    "(a,b;c=d@e)~{n}.markdown", "-lead-{n}-.md", "2020-02-30-rolled-{n}.md", "x--y---{n}.md",
    "simple-{n}.md", "simple{n}.MD", "t.tmp.md", "2019-12-31_{n}.md", "a.fr-{n}.fr.md", "b-{n}.en.md", "c-{n}.de.md",
    "_under-{n}.md", "q'uote-“{n}”.md", "e\u0301-{n}.md", "index-{n}.md", "1{n}.md",
)  # fmt: skip

YAML_DATES = (
    "2021-03-04", "2021-03-04 20:30:00", '"2021-03-04 20:30:00"', "'2021-03-04'", "2021-03-04 20:30:00 +0800",
    "2021-03-04 20:30:00 +08:00", "2021-03-04T20:30:00Z", "2021-03-04T20:30:00-05:00", "2021-03-04t20:30:00Z", "",
    "''", "~", "2021-03-04T20:30:00", "20210304", "1614889800", "02 Jan 2006", '"Thu, 04 Mar 2021 20:30:00 GMT"',
    "2021-03-04 23:59:59 -0500", "2024-05-31T23:30:00-01:00", "2024-06-01", "2030-01-01", "2021-03-04T20:30:00.5Z",
    "2021-03-04 9:05:07", "2021-03-28 02:30:00", "2021-10-31 02:30:00", "1969-07-20",
    "2021-03-04T20:30:00+0800", "2021-03-04 20:30:00Z", "2021-12-31 23:30:00", "!!str 2021-03-04", "2021-03-04 # day",
)  # fmt: skip
BAD_DATES = (
    "2021-02-30", "2021-03-04 20:30", "2021/03/04", "March 4, 2021", "2021-3-4", "2021-13-01", "[2021-03-04]", "true",
    "2021-03-04 20：30：00", "2021-03-04 25:00:00", "soon", "{a: 1}", "1.5",
)  # fmt: skip
PLAIN_DATES = (
    "2021-03-04", "2021-03-04 20:30:00", "2021-03-04T20:30:00Z", "2021-03-04T20:30:00+08:00", "2030-01-01",
    "2021-03-04T20:30:00-0500",
)  # fmt: skip
TOML_DATES = (
    "2021-03-04", "2021-03-04 20:30:00", "2021-03-04T20:30:00", "2021-03-04T20:30:00Z", "2021-03-04T20:30:00+08:00",
    '"2021-03-04 20:30:00 +0800"', '"2021-03-04"', "1614889800", "2030-01-01",
)  # fmt: skip
TITLES = (
    "Plain {n}", "A: b {n}", "Ünï & <b>{n}</b>", "2024", "", None, 12, True, "1.50", "  Spaces  {n} ", "C 100% {n}/2",
    "It's “{n}”…", "-dash {n}-", "日本 {n}", "ALL CAPS {n}", "under_score.{n}", 1.5, "Tab\there {n}",
)  # fmt: skip
RAW_TITLES = ("yes", "no", "2024-01-02", "1.50", "0x10", "1_000", "~", "null", "012", "on", "1e3", ".5", "y", "n")
TERMS: tuple[Any, ...] = (
    "one two", ["X y", "b"], ["Foo Bar", "foo bar"], [], None, "", 5, [1, "two", 3.5], ["C++", "C#"], ["a/b", "c.d"],
    [True, "x"], ["", "z"], ["日本", "Ünï"], "a,b", ["don't", "100%"], [" lead", "trail "], ["x", "x"], True,
    ["-dash-", "a--b"], {"k": "v"}, [["p", "q"], "r"], [None, "s"],
)  # fmt: skip
DRAFTS = (True, False, "true", "false", "yes", 0, 1, None)
BUILDS: tuple[Any, ...] = (
    {"render": "never"}, {"render": "link"}, {"list": "never"}, {"render": False}, {"render": True, "list": False},
    {"render": "always"}, {"Render": "never"},
)  # fmt: skip
URLS = (
    "/fixed/{n}/", "fixed-{n}", "/fixed-{n}.html", "Mixed Case/{n}", "/a//b/../c-{n}", "/ünï-{n}/", "/x.json-{n}",
    "/v1.2/{n}", "/fr/own-{n}/", "/q?a={n}", "/:year/:slug-{n}/",
)  # fmt: skip
SLUGS = ("my-slug-{n}", "My Own {n}", "", "a/b-{n}", "-trim-{n}-", "Ünï.{n}", 7, "x_{n}#y", "a:b {n}")
ALIASES: tuple[Any, ...] = (
    ["/old-{n}/"], ["rel-{n}"], ["/a/{n}.html", "../up-{n}"], "/single-{n}", ["/Case Kept {n}"], [], ["/x.y-{n}"],
    "/two words-{n}", ["/ünï-{n}/", "deep/er-{n}/"], ["./same-{n}", "/a//b/../c-{n}"], ["/q-{n}?x=1"],
    ["/b/{n}/index.html", "/{n}.htm"], ["%41-{n}", 5, ["x"]],
)  # fmt: skip
CASCADES: tuple[Any, ...] = (
    {"draft": True}, {"tags": ["from section"]}, {"title": "Cascaded"}, {"date": "2018-01-02"},
    {"_target": {"kind": "page"}, "build": {"render": "never"}},
    [{"_target": {"path": "**/simple-*"}, "slug": "cascaded"}, {"tags": "second"}],
    {"params": {"draft": True}}, {"expiryDate": "2020-01-01"},
    {"_target": {"kind": "section"}, "draft": True}, {"headless": True}, {"publishDate": "2030-01-01"},
    [{"_target": {"path": "/{posts,notes}/**"}, "topics": ["n"]}],
)  # fmt: skip

OLD_CASCADES: tuple[Any, ...] = ({"tags": ["from section"]}, {"title": "Cascaded"}, {"date": "2018-01-02"})


def _filled(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return value.replace("{n}", str(number))
    if isinstance(value, list):
        return [_filled(item, number) for item in value]
    return value


def _cased(rng: random.Random, key: str) -> str:
    return rng.choice((key, key, key, key, key.lower(), key.title(), key.upper()))


def front_matter(rng: random.Random, number: int, *, bad_dates: bool = True) -> str:
    """A front matter that loads, in one of the three formats."""
    style = rng.choice(("yaml", "yaml", "yaml", "toml", "json"))
    values: dict[str, Any] = {}
    raw: dict[str, str] = {}

    def some(chance: float, key: str, choices: Sequence[Any]) -> None:
        if rng.random() < chance:
            values[_cased(rng, key)] = _filled(rng.choice(choices), number)

    some(0.85, "title", TITLES)
    some(0.12, "slug", SLUGS)
    some(0.1, "url", URLS)
    some(0.12, "aliases", ALIASES)
    some(0.12, "draft", DRAFTS)
    some(0.05, "published", (True, False))
    some(0.06, "build", BUILDS)
    some(0.03, "headless", (True, False))
    some(0.4, "tags", TERMS)
    some(0.2, "categories", TERMS)
    some(0.15, "topics", TERMS)
    some(0.05, "series", TERMS)
    some(0.03, "params", ({"tags": ["from params"]}, {"draft": True, "title": "no"}))
    some(0.02, "weight", (1, "2"))
    dates = {"yaml": YAML_DATES, "toml": TOML_DATES, "json": tuple(f'"{date}"' for date in PLAIN_DATES)}[style]
    for chance, key in ((0.7, "date"), (0.1, "publishDate"), (0.06, "expiryDate"), (0.05, "lastmod"),
                        (0.04, "myDate"), (0.03, "until"), (0.03, "pubdate"), (0.02, "unpublishdate"),
                        (0.02, "modified")):  # fmt: skip
        if rng.random() < chance:
            raw[_cased(rng, key)] = rng.choice(dates)
    if bad_dates and rng.random() < 0.05 and style == "yaml":
        raw = {key: text for key, text in raw.items() if key.lower() != "date"}
        raw["date"] = rng.choice(BAD_DATES)
    if style == "yaml" and rng.random() < 0.15:
        values = {key: value for key, value in values.items() if key.lower() != "title"}
        raw["title"] = rng.choice(RAW_TITLES)
    return spelled(values, raw, style)


def spelled(values: Mapping[str, Any], raw: Mapping[str, str], style: str) -> str:
    """Front matter in ``style``; ``raw`` are values in that format's own words."""
    if style == "yaml":
        lines = [f"{key}: {_yaml(value)}" for key, value in values.items()]
        lines += [f"{key}: {text}" for key, text in raw.items()]
        return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n"
    if style == "toml":
        lines = [f"{key} = {spell(freeze(value))}" for key, value in values.items() if not _has_none(value)]
        lines += [f"{key} = {text}" for key, text in raw.items()]
        return "+++\n" + "".join(f"{line}\n" for line in lines) + "+++\n"
    pairs = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in values.items()]
    pairs += [f"{json.dumps(key)}: {text}" for key, text in raw.items()]
    return "{\n" + ",\n".join(pairs) + "\n}\n"


def _has_none(value: Any) -> bool:
    return value is None or (isinstance(value, list) and any(map(_has_none, value)))


def _yaml(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value.replace(chr(39), chr(39) * 2)}'"
    if isinstance(value, list):
        return "[" + ", ".join("~" if item is None else _yaml(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)


def configuration(rng: random.Random, config: Mapping[str, Any], *, old: bool) -> dict[str, str | bytes]:
    """The site's configuration in one file, or in a folder of files."""
    whole = {
        "baseURL": "https://example.org/",
        "disableKinds": ["RSS", "sitemap", "404", "robotsTXT"],
        **{key: value for key, value in config.items() if key != "disableKinds"},
    }
    if "disableKinds" in config:
        whole["disableKinds"] = [*whole["disableKinds"], *config["disableKinds"]]
    shape = rng.choice(("toml", "yaml", "json", "config.toml", "folder", "folder"))
    if shape == "json":
        return {"hugo.json": json.dumps(whole)}
    if shape in ("toml", "config.toml"):
        return {f"{'hugo' if shape == 'toml' else 'config'}.toml": _toml(whole)}
    if shape == "yaml":
        return {"hugo.yaml": json.dumps(whole, indent=1)}
    files: dict[str, str | bytes] = {}
    for part in ("permalinks", "taxonomies", "languages", "frontmatter", "cascade"):
        value = whole.get(part)
        if isinstance(value, dict) and value:
            del whole[part]
            suffix = rng.choice(("toml", "yaml", "json"))
            text = _toml(value) if suffix == "toml" else json.dumps(value, indent=1)
            files[f"config/_default/{part}.{suffix}"] = text
    zone = whole.pop("timeZone", None)
    files["config/_default/hugo.toml"] = _toml(whole)
    if zone is not None:
        files["config/production/hugo.toml"] = _toml({"timeZone": zone})
        files["config/development/hugo.toml"] = _toml({"timeZone": "Pacific/Apia", "buildDrafts": True})
    return files


def _toml(values: Mapping[str, Any]) -> str:
    return "".join(f"{spell_key(key)} = {spell(freeze(value))}\n" for key, value in values.items())


def site(rng: random.Random, number: int, *, old: bool = False) -> dict[str, str | bytes]:
    """The files of one site, layouts left out: configuration and some sixty content files."""
    config = CONFIGS[number % len(CONFIGS)]
    if old:
        config = _for_old(config)
    files = configuration(rng, config, old=old)
    roots = [config.get("contentDir", "content")]
    languages = config.get("languages", {})
    if any("contentDir" in language for language in languages.values()):
        roots = [language["contentDir"] for language in languages.values()]
    coded = bool(languages) and len(roots) == 1
    """Names may say their language; elsewhere such a name is Hugo's guess, and not asked about."""
    counter = 0
    for name in FILE_NAMES * 2:
        counter += 1
        folder = rng.choice(FOLDERS)
        place = f"{rng.choice(roots)}/{folder}/{name.replace('{n}', str(counter))}".replace("//", "/")
        files[place] = front_matter(rng, counter) + "Body\n"
    for root in roots:
        for bundle in ("posts/Bundle One", "docs/2020-05-06-bundle", "docs/deep/b.two", "top"):
            counter += 1
            index = rng.choice(("index.md", "index.md", "index.fr.md", "index.en.md") if coded else ("index.md",))
            files[f"{root}/{bundle}/{index}"] = front_matter(rng, counter) + "Body\n"
            files[f"{root}/{bundle}/beside.md"] = front_matter(rng, counter) + "Body\n"
            files[f"{root}/{bundle}/below/under.md"] = front_matter(rng, counter) + "Body\n"
        for section in ("posts", "docs", "docs/deep", "notes", ""):
            if rng.random() < 0.6:
                counter += 1
                name = rng.choice(("_index.md", "_index.md", "_index.md", "_index.fr.md") if coded else ("_index.md",))
                front = _section(rng, counter, old=old)
                files[f"{root}/{section}/{name}".replace("//", "/")] = front + "Body\n"
        if rng.random() < 0.5:
            files[f"{root}/tags/one-two/_index.md"] = "---\ntitle: One Two\n---\n"
            files[f"{root}/tags/_index.md"] = "---\ntitle: All\n---\n"
        files[f"{root}/posts/nofm.md"] = "No front matter\n"
        files[f"{root}/posts/empty.md"] = ""
        files[f"{root}/posts/.hidden.md"] = "---\ntitle: x\n---\n"
        files[f"{root}/posts/#hash.md"] = "---\ntitle: x\n---\n"
        files[f"{root}/posts/back.md~"] = "---\ntitle: x\n---\n"
        files[f"{root}/docs/private/p.md"] = "---\ntitle: x\n---\n"
        files[f"{root}/posts/crlf.md"] = "---\r\ntitle: crlf\r\ntags: [a]\r\n---\r\nBody\r\n"
        files[f"{root}/posts/bom.md"] = b"\xef\xbb\xbf---\ntitle: bom\n---\nBody\n"
    if old:  # what it does with dots in addresses is not asked about
        for place, text in files.items():
            if isinstance(text, str):
                files[place] = text.replace("/a//b/../c-", "/a/b/c-").replace("./same-", "same-")
    return files


def _section(rng: random.Random, number: int, *, old: bool) -> str:
    values: dict[str, Any] = {"title": f"Section {number}"}
    if rng.random() < 0.6:
        values["cascade"] = rng.choice(OLD_CASCADES if old else CASCADES)
    if rng.random() < 0.2:
        values["url"] = f"/sect-{number}/"
    if rng.random() < 0.15 and not old:
        values["draft"] = True  # in old releases all below it is left out, too
    if rng.random() < 0.3:
        values["tags"] = rng.choice(TERMS[:4])
    style = rng.choice(("yaml", "toml", "json"))
    return spelled(values, {"date": '"2020-06-07"'} if rng.random() < 0.5 else {}, style)


def _for_old(config: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration without what Hugo 0.111 does not know."""
    out = {key: value for key, value in config.items() if key != "cascade"}
    permalinks = out.get("permalinks", {})
    if "page" in permalinks:
        out["permalinks"] = permalinks["page"]
    out["permalinks"] = {
        key: value for key, value in out.get("permalinks", {}).items() if "basename" not in value and key != "/"
    }
    return out
