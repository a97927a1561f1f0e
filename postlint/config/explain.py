"""Every setting with its value and where it comes from."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

from postlint.config.external import HostSettings
from postlint.config.origin import COMMAND_LINE, DEFAULT, Origin
from postlint.config.precedence import RuleEntry
from postlint.config.schema import FieldSchema, Schema
from postlint.config.settings import Settings, Taxonomy
from postlint.config.values import Table, freeze, spell, spell_key

__all__ = ["Explained", "explain"]


class Explained(NamedTuple):
    """``key = value``, as one writes it in ``postlint.toml``, and where it was set: ``postlint.toml:12``, "default"
    or "command line". An empty value: nothing is set, and postlint finds it out or does without."""

    key: str
    value: str
    origin: str


def explain(settings: Settings) -> list[Explained]:
    """All settings, those at their defaults too, in the order of the documentation."""
    fail_on = "never" if settings.fail_on is None else settings.fail_on.label
    rows = [
        _row(settings, "generator", settings.generator),
        _row(settings, "generator-version", settings.generator_version),
        _row(settings, "include", settings.include),
        _row(settings, "exclude", settings.exclude),
        _row(settings, "respect-gitignore", settings.respect_gitignore),
        _row(settings, "extensions", settings.extensions),
        _row(settings, "timezone", settings.timezone),
        _row(settings, "url", settings.url),
        _row(settings, "baseurl", settings.baseurl),
        _row(settings, "select", settings.select),
        _row(settings, "ignore", settings.ignore),
        _row(settings, "fail-on", fail_on),
        _row(settings, "baseline", settings.baseline),
        _row(settings, "packs", settings.packs),
        _row(settings, "date.format", settings.date.format or None),
        *_external(settings),
    ]
    rows += _entries("rules", settings.rules)
    for index, override in enumerate(settings.overrides):
        rows.append(Explained(f"overrides[{index}].paths", spell(override.paths), str(override.origin)))
        rows += _entries(f"overrides[{index}].rules", override.rules)
    for taxonomy in settings.taxonomies:
        key = f"taxonomies.{spell_key(taxonomy.name)}"
        rows.append(Explained(key, _taxonomy(taxonomy), str(settings.origin(f"taxonomies.{taxonomy.name}"))))
    for index, schema in enumerate(settings.schemas):
        rows.append(Explained(f"schemas[{index}]", _schema(schema), str(settings.origin(f"schemas[{index}]"))))
    return rows


def _external(settings: Settings) -> list[Explained]:
    """``[external]``, in the order of the documentation."""
    external = settings.external
    rows = []
    for field in fields(external):
        value = getattr(external, field.name)
        if field.name == "remap":
            value = tuple(Table((("from", of), ("to", to))) for of, to in value)
        elif field.name == "hosts":
            value = tuple(Table(_host(host)) for host in value)
        elif isinstance(value, float):
            value = _time(value)
        rows.append(_row(settings, f"external.{field.name.replace('_', '-')}", value))
    return rows


def _host(host: HostSettings) -> list[tuple[str, Any]]:
    pairs = (
        ("host", host.host),
        ("headers", Table(host.headers)),
        ("accept", host.accept),
        ("per-host", host.per_host),
        ("delay", None if host.delay is None else _time(host.delay)),
    )
    return [(key, freeze(value)) for key, value in pairs if value not in (None, ())]


def _time(seconds: float) -> str:
    """As one writes it: ``"12h"``."""
    for unit, length in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= length and seconds % length == 0:
            return f"{seconds // length:.0f}{unit}"
    return f"{seconds:g}s"


def _row(settings: Settings, key: str, value: object) -> Explained:
    origins = dict(settings.origins)
    origin = origins.get(key, DEFAULT)
    count = len(value) if isinstance(value, tuple) else 0
    parts = {origins.get(f"{key}[{index}]", origin) for index in range(count)}
    # A list that the command line added to has two origins.
    sources: list[Origin] = [origin] + ([COMMAND_LINE] if COMMAND_LINE in parts and origin != COMMAND_LINE else [])
    return Explained(key, spell(value), " and ".join(map(str, sources)))


def _entries(table: str, entries: tuple[RuleEntry, ...]) -> list[Explained]:
    rows: list[Explained] = []
    for entry in entries:
        key = f"{table}.{spell_key(entry.pattern)}"
        if entry.enabled is not None:
            rows.append(Explained(key, spell(True) if entry.enabled else spell("off"), str(entry.origin)))
        elif entry.level is not None:
            rows.append(Explained(key, spell(entry.level.label), str(entry.origin)))
        origins = dict(entry.origins)
        for name, value in entry.options:
            rows.append(Explained(f"{key}.{spell_key(name)}", spell(value), str(origins.get(name, entry.origin))))
    return rows


def _taxonomy(taxonomy: Taxonomy) -> str:
    terms = None if taxonomy.terms_from is not None else taxonomy.terms
    return _inline(
        ("field", taxonomy.fields),
        ("terms", terms),
        ("terms-from", taxonomy.terms_from),
        ("aliases", Table(taxonomy.aliases)),
        ("pages", taxonomy.pages),
        ("page-key", taxonomy.page_key),
        ("links", taxonomy.links),
        ("require-page", taxonomy.require_page),
        ("min", taxonomy.min),
        ("max", taxonomy.max),
        ("pairs-with", taxonomy.pairs_with),
        keep=("terms",),
    )


def _schema(schema: Schema) -> str:
    fields = Table((name, _field(field)) for name, field in schema.fields)
    return _inline(("paths", schema.paths), ("unknown-keys", schema.unknown_keys), ("fields", fields))


def _field(field: FieldSchema) -> Table:
    pairs = (
        ("type", field.types),
        ("required", field.required),
        ("non-empty", field.non_empty),
        ("enum", field.enum),
        ("pattern", field.pattern),
        ("min-length", field.min_length),
        ("max-length", field.max_length),
        ("format", field.formats),
        ("items", None if field.items is None else _field(field.items)),
        ("unique", field.unique),
    )
    return Table((key, freeze(value)) for key, value in pairs if value not in (None, (), False))


def _inline(*pairs: tuple[str, object], keep: tuple[str, ...] = ()) -> str:
    """An inline table of what is not at its default; of ``keep``, empty lists too, for they say something."""
    said = ((k, v) for k, v in pairs if v is not None and v is not False and (v != () or k in keep))
    return spell(Table(said))
