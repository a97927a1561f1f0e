"""Reading a site's own configuration file, with a person's error where that fails."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from postlint.config.errors import ConfigError, Problem
from postlint.config.values import Frozen, freeze
from postlint.parse.dialect import Dialect
from postlint.text import Span, Text

__all__ = ["Setting", "SiteOptions", "boolean", "load_first", "mapping", "settings_in", "string", "strings"]

_MAX_BYTES = 4_000_000
"""A larger file is no site's configuration."""


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What :func:`postlint.generators.load_site` puts into a profile."""

    dialect: Dialect = field(default_factory=Dialect)
    zone: str | None = None
    options: Any = None


class Setting(NamedTuple):
    """A top-level key of a site's own configuration file, for what is to be said of it.

    Attributes:
        value: as the file has it; None for nothing, tuples for lists.
        key_span, span: the characters of the key and of the value in the file (its byte order mark left out).
    """

    key: str
    value: Frozen
    key_span: Span
    span: Span


def settings_in(path: Path) -> tuple[Setting, ...]:
    """The top-level keys of a YAML file in order, the last of equal ones; none where it is no such file."""
    from postlint.parse.front_matter.yaml_reader import read_yaml

    if path.suffix.lower() not in (".yml", ".yaml"):
        return ()
    try:
        root, _ = read_yaml(Text.decode(path.read_bytes()).content, 0)
    except OSError:
        return ()
    entries = {entry.key: entry for entry in (root.entries if root is not None else ())}
    return tuple(Setting(e.key, freeze(e.value), e.key_span, e.node.span) for e in entries.values())


def load_first(folder: Path, names: Sequence[str], shown: str) -> tuple[dict[str, Any], str]:
    """The first of these files that is there, as a mapping, and its name; ``({}, "")`` where none is.

    ``shown`` is put before a name in messages.

    Raises:
        ConfigError: it cannot be read, is not UTF-8, does not load or is no mapping.
    """
    for name in names:
        path = folder / name
        if path.is_file():
            return _load(path, shown + name), name
    return {}, ""


def _load(path: Path, shown: str) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _failure(shown, 0, 0, f"the site's configuration cannot be read: {error.strerror}") from error
    if len(data) > _MAX_BYTES:
        raise _failure(shown, 0, 0, f"the site's configuration is larger than {_MAX_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _failure(shown, line, 1, "the site's configuration is not UTF-8") from error
    loaded = _READERS.get(path.suffix.lower(), _yaml)(text, shown)
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise _failure(shown, 1, 1, "the site's configuration is no mapping of keys to values")
    return {str(key): value for key, value in loaded.items()}


def _failure(shown: str, line: int, column: int, message: str) -> ConfigError:
    return ConfigError([Problem(shown, line, column, message)])


def _json(text: str, shown: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise _failure(
            shown, error.lineno, error.colno, f"the site's configuration is not JSON: {error.msg}"
        ) from error
    except RecursionError as error:
        raise _failure(shown, 1, 1, "the site's configuration is nested too deep") from error


def _toml(text: str, shown: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column, words = _place_in(str(error))
        raise _failure(shown, line, column, f"the site's configuration is not TOML: {words}") from error
    except RecursionError as error:
        raise _failure(shown, 1, 1, "the site's configuration is nested too deep") from error


def _place_in(words: str) -> tuple[int, int, str]:
    """tomllib says "… (at line 3, column 7)"."""
    import re

    match = re.search(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$", words)
    if match is None:
        return 1, 1, words
    return int(match[1] or 1), int(match[2] or 1), words[: match.start()]


def _yaml(text: str, shown: str) -> Any:
    import yaml

    if text.count("[") > 10_000 or text.count("{") > 10_000 or text.count("*") > 100_000:
        raise _failure(shown, 1, 1, "the site's configuration is too large or nested too deep to be read safely")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=_config_loader(loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        words = error.problem or error.context or "it does not load"
        raise _failure(shown, line, column, f"the site's configuration is not YAML: {words}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _failure(shown, 1, 1, f"the site's configuration is not YAML: {error}") from error


def _config_loader(base: Any) -> Any:
    """A safe loader that leaves unknown tags (mkdocs and plugins put them there) as the plain text."""

    class Loader(base):  # type: ignore[misc]
        pass

    def unknown(loader: Any, suffix: str, node: Any) -> Any:
        import yaml

        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return loader.construct_scalar(node)

    Loader.add_multi_constructor("", unknown)
    Loader.add_multi_constructor("!", unknown)
    return Loader


_READERS = {".json": _json, ".toml": _toml}


# Values that are what they should be, or the default: a site's configuration is not ours to check.


def string(config: Mapping[str, Any], key: str, default: str = "") -> str:
    value = config.get(key)
    return value if isinstance(value, str) else default


def boolean(config: Mapping[str, Any], key: str, default: bool = False) -> bool:
    value = config.get(key)
    return value if isinstance(value, bool) else default


def mapping(config: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = config.get(key)
    return {str(k): v for k, v in value.items()} if isinstance(value, dict) else {}


def strings(value: object) -> tuple[str, ...]:
    """The strings of a list, or a string alone."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, (list, tuple)):
        return tuple(item for item in value if isinstance(item, str))
    return ()
