"""Posts in a folder where the generator reads none, since the site keeps its posts elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Hidden, Span, generator_for


class OutsideCollectionsDir(DocumentRule):
    """A post in a ``_posts`` that lies outside the folder which ``collections_dir`` names."""

    def check(self, doc: Document) -> Iterator[Finding]:
        if "_posts/" not in doc.path or doc.profile.generator != "jekyll":
            return
        options = doc.profile.options
        home = options.collections_dir
        if not home:
            return
        generator = generator_for(doc.profile)
        if generator.hidden(doc.path) is not Hidden.SPECIAL_NAME or generator.file_name_date(doc.path) is None:
            return
        below = doc.path.removeprefix(doc.profile.site_root + options.source)
        before, _, rest = f"/{below}".partition("/_posts/")
        if "/" in rest and any(part.startswith((".", "_")) for part in rest.split("/")):
            return
        if any(part.startswith((".", "_", "#", "~")) for part in before.split("/")):
            return  # that is what hides it
        yield Finding(
            Span(0, 0),
            f"this post lies outside {home}, which `collections_dir` names",
            f"Jekyll reads posts below {home} alone: this one is not on the site, and no word is said of it",
            f"move it to {home}{before[1:] + '/' if before else ''}_posts/",
        )
