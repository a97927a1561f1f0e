"""The settings of a run: plain, frozen, picklable. Everything at its default needs no configuration file.

Nothing here imports pydantic or pathspec; what comes from a file is made by :mod:`postlint.config.load`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from postlint.config.external import ExternalSettings
from postlint.config.globs import matches
from postlint.config.origin import DEFAULT, Origin
from postlint.config.precedence import Grade, RuleEntry, grade, is_selected
from postlint.config.schema import Schema, schema_for
from postlint.config.values import thaw
from postlint.finding import Severity

__all__ = [
    "DEFAULT_BASELINE",
    "GENERATORS",
    "DateSettings",
    "GeneratorChoice",
    "Override",
    "RuleOption",
    "Settings",
    "Taxonomy",
]

GeneratorChoice = Literal[
    "auto", "jekyll", "github-pages", "hugo", "hexo", "zola", "astro", "docusaurus", "eleventy", "mkdocs", "plain"
]
GENERATORS: tuple[str, ...] = get_args(GeneratorChoice)

EXTENSIONS = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd", ".mdown", ".html", ".htm")
"""Markdown by any of the names that Jekyll, Hugo and Hexo take for it, and HTML."""


DEFAULT_BASELINE = ".postlint-baseline.toml"


@dataclass(frozen=True, slots=True)
class Override:
    """Severities that hold for some files only."""

    paths: tuple[str, ...]
    rules: tuple[RuleEntry, ...]
    origin: Origin = DEFAULT


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """What the site says about one taxonomy.

    Attributes:
        name: as in ``[taxonomies.NAME]``.
        fields: the front matter keys that hold its terms; empty: those that the generator reads for ``name``.
        terms: the allowed terms; None: any.
        terms_from: the file that ``terms`` were read from, relative to the project root.
        aliases: (written, meant) pairs.
        pages: the path of a term's page, with ``{slug}`` or ``{term}``, relative to the project root.
        page_key: the front matter key by which such a page names its term.
        links: addresses of a term's page as they stand in posts, with ``{slug}`` or ``{term}``.
        require_page: each term in use must have its page.
        min, max: how many terms a post must have at least, and may have at most; None: any number.
        pairs_with: the taxonomy of which each term goes with one term of this; None: what goes with what is learned.
    """

    name: str
    fields: tuple[str, ...] = ()
    terms: tuple[str, ...] | None = None
    terms_from: str | None = None
    aliases: tuple[tuple[str, str], ...] = ()
    pages: str | None = None
    page_key: str | None = None
    links: tuple[str, ...] = ()
    require_page: bool = False
    min: int | None = None
    max: int | None = None
    pairs_with: str | None = None


@dataclass(frozen=True, slots=True)
class DateSettings:
    """How dates are to be written: a strptime format; empty: in any way that the generator takes."""

    format: str = ""


class RuleOption(NamedTuple):
    """An option's value as written (lists, dicts, scalars) and where it is written."""

    value: Any
    origin: Origin


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. See docs/configuration.md for what each means to a user.

    Attributes:
        root: the project root; paths and patterns count from it.
        config: the file that the settings were read from, if any.
        generator: "auto": found out from the site's files (:func:`postlint.config.discovery.find_site`).
        generator_version: None: the newest that postlint knows.
        include: gitignore patterns; a file is content only if one selects it. Empty: every file is.
        exclude: gitignore patterns of what is not content.
        extensions: lower case, with the dot.
        timezone: the zone the site is built in, where its own configuration does not say; see
            :func:`postlint.config.zones.read_zone`.
        rules: the ``[rules]`` table in the order written.
        select, ignore: ids, families and globs. Empty ``select``: all rules.
        fail_on: findings at or above it fail the run; None: none does.
        baseline: the file with the findings that are known, relative to the root; None: :data:`DEFAULT_BASELINE`, if it
            is there.
        origins: of every key that is not at its default, by its dotted name.
    """

    root: Path = Path()
    config: Path | None = None
    generator: GeneratorChoice = "auto"
    generator_version: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    extensions: tuple[str, ...] = EXTENSIONS
    timezone: str | None = None
    url: str | None = None
    baseurl: str | None = None
    rules: tuple[RuleEntry, ...] = ()
    overrides: tuple[Override, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.ERROR
    taxonomies: tuple[Taxonomy, ...] = ()
    schemas: tuple[Schema, ...] = ()
    date: DateSettings = DateSettings()
    external: ExternalSettings = field(default_factory=ExternalSettings)
    packs: tuple[str, ...] = ()
    baseline: str | None = None
    origins: tuple[tuple[str, Origin], ...] = ()

    def origin(self, key: str) -> Origin:
        """Where ``key`` (dotted: ``date.format``, ``taxonomies.tags``) was set."""
        return next((origin for name, origin in self.origins if name == key), DEFAULT)

    # Files ---------------------------------------------------------------------------------------------------

    def baseline_in_use(self) -> Path | None:
        """The file of known findings: the one that is set, or the one of the usual name if it is there."""
        if self.baseline is not None:
            return self.root / self.baseline
        usual = self.root / DEFAULT_BASELINE
        return usual if usual.is_file() else None

    def schema_for(self, path: str) -> Schema | None:
        """The front matter schema of ``path``, made of all that select it."""
        return schema_for(self.schemas, path)

    def taxonomy(self, name: str) -> Taxonomy | None:
        return next((taxonomy for taxonomy in self.taxonomies if taxonomy.name == name), None)

    # Rules ---------------------------------------------------------------------------------------------------

    def severity(self, rule_id: str, default: Severity, *, enabled: bool = True, path: str | None = None) -> Severity:
        """The severity of a rule's findings; OFF: the rule does not take part.

        In this order, each overruling what stands before it: the rule's own default; ``[rules]``; ``select`` where
        it names the rule by its id; the ``[[overrides]]`` that select ``path``, in the order written; and last, a
        rule that is ignored or not selected is off.

        Args:
            rule_id: the id, not an alias (:func:`postlint.config.rules.validate_rules` has resolved those).
            default: the rule's severity when it is on. OFF is read as "a warning, off by default".
            enabled: whether it is on by default.
            path: the file, relative to the root with ``/``; None: the severity outside all overrides.
        """
        if not is_selected(self.select, self.ignore, rule_id):
            return Severity.OFF
        now = grade(self.rules, rule_id, Grade(default or Severity.WARNING, enabled and default != Severity.OFF))
        if not now.enabled and rule_id in self.select:
            now = Grade(now.level, True)
        if path is not None:
            for override in self.overrides:
                if matches(override.paths, path):
                    now = grade(override.rules, rule_id, now)
        return now.level if now.enabled else Severity.OFF

    def rule_options(self, rule_id: str) -> dict[str, RuleOption]:
        """The options that the configuration gives a rule, as written there; a later table's beats an earlier's."""
        options: dict[str, RuleOption] = {}
        for entry in self.rules:
            if entry.pattern == rule_id and entry.options:
                origins = dict(entry.origins)
                for name, value in entry.options:
                    options[name] = RuleOption(thaw(value), origins.get(name, entry.origin))
        return options

    # Cache ---------------------------------------------------------------------------------------------------

    def settings_digest(self) -> str:
        """A digest of all that document rules see, equal in every process; part of a cached result's key.

        Left out is what does not change a document's findings: severities, selection, which files are looked at,
        where a setting came from. Raise no version here: the digest of the source does that.
        """
        import hashlib  # brings OpenSSL; a run without cache does without

        seen = (
            self.generator,
            self.generator_version,
            self.timezone,
            self.url,
            self.baseurl,
            self.taxonomies,
            self.schemas,
            self.date,
            sorted(((e.pattern, e.options) for e in self.rules if e.options), key=lambda pair: pair[0]),
        )
        return hashlib.blake2b(repr(seen).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
