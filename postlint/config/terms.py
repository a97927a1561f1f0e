"""Terms of a taxonomy from a data file of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["read_terms"]

_NAMES = ("name", "title", "term", "slug", "id")


def read_terms(path: Path) -> tuple[str, ...]:
    """The terms in ``path``: YAML, JSON, TOML, or any other text with one term a line (``#`` begins a comment line).

    Of data: a list of texts; a list of tables that each have one of ``name``, ``title``, ``term``, ``slug``, ``id``
    (the first of these that is there); or a table, whose keys are the terms. In TOML, a table with one entry that is
    a list stands for that list.

    Raises:
        ValueError: it cannot be read, or is none of these. The message follows the file's name.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("is not UTF-8") from error
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror or error}") from error
    suffix = path.suffix.lower()
    if suffix not in (".yml", ".yaml", ".json", ".toml"):
        lines = (line.strip() for line in text.splitlines())
        return tuple(line for line in lines if line and not line.startswith("#"))
    data = _data(text, suffix)
    if suffix == ".toml" and isinstance(data, dict) and len(data) == 1:
        only = next(iter(data.values()))
        data = only if isinstance(only, list) else data
    return tuple(_terms(data))


def _data(text: str, suffix: str) -> Any:
    if suffix == ".json":
        import json

        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"is not JSON: {error}") from error
    if suffix == ".toml":
        import tomllib

        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"is not TOML: {error}") from error
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark is not None else ""
        raise ValueError(f"is not YAML{place}: {getattr(error, 'problem', None) or error}") from error


def _terms(data: Any) -> list[str]:
    if data is None:
        return []
    if isinstance(data, dict):
        return [_term(key) for key in data]
    if not isinstance(data, list):
        raise ValueError("holds neither a list nor a table of terms")
    terms: list[str] = []
    for index, item in enumerate(data, 1):
        if isinstance(item, dict):
            name = next((item[key] for key in _NAMES if item.get(key) is not None), None)
            if name is None:
                raise ValueError(f"has no `name` in its item {index}")
            item = name
        terms.append(_term(item))
    return terms


def _term(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"holds {value!r}, which is no text")
    return str(value)
