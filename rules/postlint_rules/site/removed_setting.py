"""Settings that the generator once had."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Finding, Site, SiteFinding, SiteRule, generator_for

_REMOVED = {
    "relative_permalinks": ("3", "Jekyll stops: nothing at all is built", "remove it"),
    "gems": ("4", "the plugins listed here are not loaded", "name it plugins"),
    "layouts": ("4", "layouts are looked for in the folder that `layouts_dir` names", "name it layouts_dir"),
    "data_source": ("4", "data is looked for in the folder that `data_dir` names", "name it data_dir"),
    "pygments": ("4", "code is highlighted as `highlighter` says", "name it highlighter, or remove it"),
}
"""Key → the first version of Jekyll without it, what comes of it, what to do."""
_STILL_READ = "jekyll-github-metadata"
"""GitHub Pages builds with Jekyll 3, which reads the later ones under their new names."""


class RemovedSetting(SiteRule):
    """A setting in a Jekyll site's configuration that Jekyll no longer heeds."""

    def check(self, site: Site) -> Iterator[SiteFinding]:
        for profile in site.profiles.values():
            generator = generator_for(profile)
            if generator.name != "jekyll":
                continue
            old = _STILL_READ in profile.options.plugins
            for key, (version, consequence, help_) in _REMOVED.items():
                setting = generator.settings.get(key)
                if setting is not None and setting.value not in (None, False) and not (old and version == "4"):
                    yield SiteFinding(
                        generator.configuration,
                        Finding(
                            setting.key_span, f"Jekyll has had no `{key}` since version {version}", consequence, help_
                        ),
                    )
