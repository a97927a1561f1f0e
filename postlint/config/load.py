"""From a configuration file to :class:`~postlint.config.settings.Settings`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from postlint.config.discovery import TABLE, find_project, find_root
from postlint.config.errors import ConfigError, Problem
from postlint.config.external import ExternalSettings, HostSettings, statuses
from postlint.config.origin import Origin
from postlint.config.precedence import RuleEntry
from postlint.config.schema import FieldSchema, Schema
from postlint.config.settings import DateSettings, GeneratorChoice, Override, Settings, Taxonomy
from postlint.config.suggest import did_you_mean
from postlint.config.terms import read_terms
from postlint.config.toml import load_toml, read_text, shown
from postlint.config.values import Table, freeze
from postlint.finding import Severity

if TYPE_CHECKING:
    from postlint.config.complain import Speaker
    from postlint.config.locate import KeyPath
    from postlint.config.models import ExternalModel, FieldModel, RootModel, SchemaModel, TaxonomyModel

__all__ = ["load_settings", "parse_settings"]


def load_settings(start: Path, *, config: Path | None = None, isolated: bool = False) -> Settings:
    """The settings that hold at ``start``, a file or folder.

    Args:
        start: where to begin to look, upward.
        config: read this file and no other. The project root is its folder where ``start`` lies in it, else as if
            there were no configuration file.
        isolated: read no file at all.

    Raises:
        ConfigError: there is no such file, or something in it is wrong; all of it is said at once.
    """
    if isolated:
        return Settings(root=find_root(start))
    if config is None:
        project = find_project(start)
        if project.config is None:
            return Settings(root=project.root)
        config, root = project.config, project.root
    else:
        config = config.absolute()
        here = start.absolute()
        root = config.parent if here == config.parent or config.parent in here.parents else find_root(start)
    source = shown(config)
    if not config.is_file():
        raise ConfigError([_no_such_file(config, source)])
    table = TABLE if config.name == "pyproject.toml" else ()
    return replace(parse_settings(read_text(config, source), source=source, table=table, root=root), config=config)


def parse_settings(
    content: str, *, source: str = "postlint.toml", table: tuple[str, ...] = (), root: Path = Path()
) -> Settings:
    """The settings in TOML text.

    Args:
        content: the file.
        source: its name in messages.
        table: where in it postlint's own table is.
        root: where paths in it count from (``terms-from`` is read from there).

    Raises:
        ConfigError: with all that is wrong.
    """
    from pydantic import ValidationError

    from postlint.config.complain import Speaker, kind_of, problems_of
    from postlint.config.locate import locate
    from postlint.config.models import RootModel

    data: Any = load_toml(content, source)
    speaker = Speaker(source, locate(content), table)
    for step in table:
        if step not in data:
            raise ConfigError([Problem(source, 0, 0, f"there is no [{'.'.join(table)}] in this file")])
        data = data[step]
        if not isinstance(data, dict):
            raise ConfigError([speaker.problem((), f"`{step}` must be a table, not {kind_of(data)}")])
    try:
        model = RootModel.model_validate(data)
    except ValidationError as error:
        raise ConfigError(problems_of(error, RootModel, speaker)) from None
    return _Builder(model, data, speaker, root).settings()


class _Builder:
    """Makes plain settings of a valid model, with the place of each."""

    def __init__(self, model: RootModel, data: Mapping[str, Any], speaker: Speaker, root: Path) -> None:
        self.model = model
        self.data = data
        self.speaker = speaker
        self.root = root
        self.problems: list[Problem] = []

    def settings(self) -> Settings:
        model = self.model
        given: dict[str, Any] = {}
        for key in ("include", "exclude", "select", "ignore", "packs"):
            if key in self.data:
                given[key] = tuple(getattr(model, key))
        if model.extensions:
            given["extensions"] = tuple(dict.fromkeys(model.extensions))
        settings = Settings(
            root=self.root,
            generator=cast("GeneratorChoice", model.generator),
            generator_version=model.generator_version,
            respect_gitignore=model.respect_gitignore,
            timezone=model.timezone,
            url=model.url,
            baseurl=model.baseurl,
            rules=self.entries(model.rules, ("rules",)),
            overrides=tuple(
                Override(
                    tuple(o.paths), self.entries(o.rules, ("overrides", i, "rules")), self.origin(("overrides", i))
                )
                for i, o in enumerate(model.overrides)
            ),
            fail_on=_level(model.fail_on),
            baseline=model.baseline,
            taxonomies=tuple(self.taxonomy(name, item) for name, item in model.taxonomies.items()),
            schemas=tuple(map(_schema, model.schemas)),
            date=DateSettings(model.date.format_),
            external=_external(model.external),
            origins=tuple(self.origins()),
            **given,
        )
        if self.problems:
            raise ConfigError(self.problems)
        return settings

    def origin(self, path: KeyPath) -> Origin:
        position = self.speaker.locations.place((*self.speaker.prefix, *path)).key
        return Origin(self.speaker.source, position.line, position.column)

    def value_origin(self, path: KeyPath) -> Origin:
        position = self.speaker.locations.place((*self.speaker.prefix, *path)).value
        return Origin(self.speaker.source, position.line, position.column)

    def origins(self) -> list[tuple[str, Origin]]:
        origins: list[tuple[str, Origin]] = []
        for key, value in self.data.items():
            if key in ("rules", "overrides"):  # each entry knows its own
                continue
            if key in ("taxonomies", "date", "external"):
                origins += [(f"{key}.{name}", self.origin((key, name))) for name in value]
            elif key == "schemas":
                origins += [(f"{key}[{index}]", self.origin((key, index))) for index in range(len(value))]
            else:
                origins.append((key, self.origin((key,))))
            if key in ("select", "ignore", "packs") and isinstance(value, list):
                origins += [(f"{key}[{index}]", self.value_origin((key, index))) for index in range(len(value))]
        return origins

    def entries(self, rules: Mapping[str, Any], path: KeyPath) -> tuple[RuleEntry, ...]:
        return tuple(self.entry(pattern, value, (*path, pattern)) for pattern, value in rules.items())

    def entry(self, pattern: str, value: Any, path: KeyPath) -> RuleEntry:
        options: dict[str, Any] = {}
        if isinstance(value, dict):
            options = {name: option for name, option in value.items() if name != "severity"}
            value = value.get("severity")
        enabled = {True: True, False: False, "on": True, "off": False}.get(value) if value is not None else None
        return RuleEntry(
            pattern,
            level=_level(value) if isinstance(value, str) and enabled is None else None,
            enabled=enabled,
            options=cast("Table", freeze(options)),
            origin=self.origin(path),
            origins=tuple((name, self.origin((*path, name))) for name in options),
        )

    def taxonomy(self, name: str, item: TaxonomyModel) -> Taxonomy:
        path: KeyPath = ("taxonomies", name)
        terms = None if item.terms is None else tuple(item.terms)
        if item.terms_from is not None:
            terms = self.terms_from(item.terms_from, (*path, "terms-from"))
        if terms is not None:
            for alias, term in item.aliases.items():
                if term not in terms:
                    place = (*path, "aliases", alias)
                    message = f"{self.speaker.name(place)}: `{term}` is not among the terms"
                    self.problems.append(self.speaker.problem(place, message, did_you_mean(term, terms)))
        return Taxonomy(
            name,
            fields=tuple(item.field_),
            terms=terms,
            terms_from=item.terms_from,
            aliases=tuple(item.aliases.items()),
            pages=item.pages,
            page_key=item.page_key,
            links=tuple(item.links),
            require_page=item.require_page,
            min=item.min_,
            max=item.max_,
            pairs_with=item.pairs_with,
        )

    def terms_from(self, written: str, path: KeyPath) -> tuple[str, ...] | None:
        file = self.root / written
        if not file.is_file():
            names = [child.name for child in file.parent.iterdir()] if file.parent.is_dir() else []
            message = f"{self.speaker.name(path)}: there is no file `{written}`"
            self.problems.append(self.speaker.problem(path, message, did_you_mean(file.name, names)))
            return None
        try:
            return read_terms(file)
        except ValueError as error:
            message = f"{self.speaker.name(path)}: `{written}` {error}"
            self.problems.append(self.speaker.problem(path, message))
            return None


def _level(name: str) -> Severity | None:
    return None if name == "never" else Severity[name.upper()]


def _external(model: ExternalModel) -> ExternalSettings:
    plain = (
        "timeout", "max_time", "concurrency", "per_host", "delay", "retries", "max_redirects", "keep_ok", "keep_dead",
        "keep_unverified",
    )  # fmt: skip
    given = {name: value for name in plain if (value := getattr(model, name)) is not None}
    return ExternalSettings(
        ignore=tuple(model.ignore),
        remap=tuple((item.from_, item.to) for item in model.remap),
        accept=statuses(model.accept),
        allow_private=tuple(model.allow_private),
        fragments=model.fragments,
        robots=model.robots,
        proxy=model.proxy,
        hosts=tuple(
            HostSettings(
                item.host,
                tuple(item.headers.items()),
                statuses(item.accept),
                item.per_host,
                item.delay,
            )
            for item in model.hosts
        ),
        **given,
    )


def _schema(model: SchemaModel) -> Schema:
    fields = {name: _field(item) for name, item in model.fields_.items()}
    for name in model.required:
        fields[name] = replace(fields.get(name, FieldSchema()), required=True)
    return Schema(tuple(model.paths), tuple(fields.items()), cast("Any", model.unknown_keys))


def _field(model: FieldModel) -> FieldSchema:
    return FieldSchema(
        types=cast("Any", tuple(name for name in model.type_ if name != "any")),
        required=model.required,
        non_empty=model.non_empty,
        enum=tuple(freeze(value) for value in model.enum or ()),
        pattern=model.pattern,
        min_length=model.min_length,
        max_length=model.max_length,
        formats=tuple(model.format_),
        items=None if model.items is None else _field(model.items),
        unique=model.unique,
    )


def _no_such_file(config: Path, source: str) -> Problem:
    if config.is_dir():
        return Problem(source, 0, 0, "this is a folder, not a configuration file")
    names = [child.name for child in config.parent.iterdir()] if config.parent.is_dir() else []
    return Problem(source, 0, 0, "there is no such configuration file", did_you_mean(config.name, names))
