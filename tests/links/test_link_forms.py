"""Every way an internal link is written: where postlint says that it leads, and where the built page leads."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from postlint.document import Document
from postlint.generators import generator_for, load_site
from postlint.parse.links import SOURCE_KINDS
from postlint.site.resolve import home_of, resolve
from postlint.site.sources import SourceFinder
from postlint.text import Text
from tests.generators.oracle import build_jekyll, load_hexo, tool
from tests.generators.test_zola import zola
from tests.links.link_forms import FORMS, SITES
from tests.sites import write_site

FOLDERS = {"jekyll": "forms/", "hugo": "content/forms/", "hexo": "source/_posts/", "zola": "content/forms/"}
MATTER = {
    "jekyll": "---\ntitle: T\n---\n",
    "hugo": "---\ntitle: T\n---\n",
    "hexo": "---\ntitle: T\n---\n",
    "zola": "+++\ntitle = 'T'\n+++\n",
}
HOST = "https://tea.example.net"
BASE = "/shop"


def site_of(generator: str) -> dict[str, str]:
    """The files of the site with a page for each form."""
    files = dict(SITES[generator])
    for number, form in enumerate(FORMS[generator]):
        files[f"{FOLDERS[generator]}n{number}.md"] = f"{MATTER[generator]}{form.text}\n"
        if generator == "hexo":
            files[f"source/_posts/n{number}/a.png"] = files[f"source/_posts/n{number}/a b.zip"] = ""
    return files


def page_of(generator: str, number: int) -> str:
    return f"/forms/n{number}.html" if generator == "jekyll" else f"/forms/n{number}/"


def expected(generator: str) -> dict[str, list[str]]:
    """Text → the addresses from the site's root that it leads to, in order."""
    found = {}
    for number, form in enumerate(FORMS[generator]):
        page = page_of(generator, number)
        found[form.text] = [lead if lead == "?" else unquote(urljoin(page, lead)) for lead in form.leads]
    return found


@pytest.mark.parametrize("generator", FORMS)
def test_each_form_leads_where_it_should(generator: str, tmp_path: Path) -> None:
    files = site_of(generator)
    write_site(tmp_path, files)
    profile = load_site(tmp_path, "", generator)
    home = home_of(profile)
    finder = SourceFinder(profile, files)
    fates = generator_for(profile)
    documents = {path: Document(path, Text(text), profile) for path, text in files.items() if path.endswith(".md")}
    found: dict[str, list[str]] = {}
    for number, form in enumerate(FORMS[generator]):
        path = f"{FOLDERS[generator]}n{number}.md"
        doc = documents[path]
        page = fates.fate(doc).url
        assert page == page_of(generator, number)
        leads = found[form.text] = []
        for use in doc.links:
            assert doc.content[use.target.start : use.target.end] == use.raw
            assert use.span.start <= use.target.start <= use.target.end <= use.span.end
            status, url, fragment = resolve(use, page, home)
            if status == "source":
                assert use.kind in SOURCE_KINDS
                file = finder.find(use.kind, url, path)
                if file is None and use.kind == "post_link":
                    file = next((path for path, doc in documents.items() if fates.fate(doc).title == url), None)
                assert file, (form.text, use)
                if file in documents:
                    url = fates.fate(documents[file]).url
                else:
                    url = page + file.rpartition("/")[2] if use.kind == "asset" else fates.static_url(file)
            elif status == "fragment":
                url = page
            elif status not in ("internal", "unknown"):
                continue
            leads.append("?" if status == "unknown" else url + (f"#{fragment}" if fragment else ""))
    wanted = expected(generator)
    wrong = {text: {"found": leads, "wanted": wanted[text]} for text, leads in found.items() if leads != wanted[text]}
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


ADDRESSES = {
    "href", "src", "srcset", "imagesrcset", "poster", "data", "cite", "longdesc", "background", "action", "formaction",
    "xlink:href", "data-src", "style",
}  # fmt: skip


def built_addresses(html: str, page: str) -> list[str]:
    """The addresses of the site in a built page, from its root."""
    tree = LexborHTMLParser(html)
    base = f"{HOST}{BASE}{page}"
    found = []
    for node in tree.css("*:not(.headerlink)"):
        for name, value in node.attributes.items():
            refresh = name == "content" and str(node.attributes.get("http-equiv")).lower() == "refresh"
            if (name not in ADDRESSES and not refresh) or value is None or (node.tag == "use" and value[0] == "#"):
                continue
            if name == "style":
                addresses = re.findall(r"url\(['\"]?([^'\")]+)", value)
            elif refresh:
                addresses = re.findall(r"url=['\"]?([^'\"]+)", value, re.IGNORECASE)
            elif name.endswith("srcset"):
                addresses = [part.split()[0] for part in re.split(r",\s+|(?<=\dx),", value)]
            else:
                addresses = [value]
            for address in addresses:
                whole = urlsplit(urljoin(base, address.strip().replace("\\", "/")))
                if whole.netloc in ("", urlsplit(HOST).netloc) and whole.scheme in ("", "http", "https"):
                    path = unquote(whole.path.removeprefix(BASE)) or "/"
                    found.append(path + (f"#{unquote(whole.fragment)}" if whole.fragment else ""))
            if node.tag == "base":
                base = urljoin(base, value)
    return found


def built(generator: str, root: Path) -> Mapping[str, str]:
    """The built pages of the site, by address."""
    files = site_of(generator)
    match generator:
        case "jekyll":
            status, said = build_jekyll(root, files)
            assert status == 0, said
            return {f"/{p.relative_to(root / '_site')}": p.read_text("utf-8") for p in root.glob("_site/forms/*.html")}
        case "hugo":
            write_site(root, files)
            run = subprocess.run([tool("hugo"), "--source", str(root)], capture_output=True, text=True)
            assert run.returncode == 0, run.stdout + run.stderr
            pages = root.glob("public/forms/*/index.html")
            return {f"/{page.parent.relative_to(root / 'public')}/": page.read_text("utf-8") for page in pages}
        case "hexo":
            answer = load_hexo(root, files)
            assert "posts" in answer, answer
            return {f"/forms/{name}/": html for name, html in answer["posts"].items()}
        case _:
            write_site(root, files)
            [written] = zola([root], root.parent)
            assert written is not None
            return {f"/{name.removesuffix('index.html')}": html for name, html in written.items()}


@pytest.mark.generator
@pytest.mark.parametrize("generator", FORMS)
def test_each_form_leads_where_the_built_page_does(generator: str, tmp_path: Path) -> None:
    pages = built(generator, tmp_path / "site")
    wrong = {}
    for number, (text, leads) in enumerate(expected(generator).items()):
        page = page_of(generator, number)
        found = [address for address in built_addresses(pages[page], page) if "#fn" not in address]
        open_ends = leads.count("?")
        known = {lead for lead in leads if lead != "?"}
        others = [address for address in found if address not in known]
        if len(others) != open_ends or not known.issubset(found):
            wrong[text] = (leads, found)
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)
