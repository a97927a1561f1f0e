"""An address of the site that is none."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, Setting, Site, SiteFinding, SiteRule, generator_for, regex

_ABSOLUTE = regex(r"[A-Za-z][A-Za-z0-9+.-]*:")


class InvalidUrl(SiteRule):
    """A Jekyll site whose ``url`` is no whole address."""

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for profile in site.profiles.values():
            generator = generator_for(profile)
            setting = generator.settings.get("url")
            if generator.name != "jekyll" or setting is None or setting.value is None or setting.value == "":
                continue
            finding = _finding(setting)
            if finding is not None:
                yield SiteFinding(generator.configuration, finding)


def _finding(setting: Setting) -> Finding | None:
    value = setting.value
    if not isinstance(value, str):
        return Finding(
            setting.span,
            "the site's `url` is no text",
            "Jekyll puts it before addresses as it is: they lead nowhere",
            "write url: https:// and the name of the host",
        )
    if _ABSOLUTE.match(value):
        return None
    host = value.lstrip("/")
    return Finding(
        setting.span,
        f"the site's `url` is no whole address: {value}",
        "Jekyll puts it before addresses as it is: browsers and feed readers look for them below the page they are on"
        if not value.startswith("/")
        else "Jekyll puts it before addresses as it is, and feeds and sitemaps must have whole ones",
        f"write url: https://{host}" if host else "write url: https:// and the name of the host",
    )
