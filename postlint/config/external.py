"""``[external]``: how links to other sites are checked, as plain settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import translate

from postlint.regex import regex

__all__ = ["ExternalSettings", "HostSettings", "bad_address_pattern", "matcher", "statuses", "with_environment"]

_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class HostSettings:
    """``[[external.hosts]]``: what holds for one host, or with ``*.`` before it for those below it.

    Attributes:
        host: ``example.org`` or ``*.example.org``.
        headers: further header fields; ``${NAME}`` in a value is that variable of the environment.
        accept: statuses that are fine there, beside those of ``[external]``.
        per_host, delay: in place of those of ``[external]``; None: the same.
    """

    host: str
    headers: tuple[tuple[str, str], ...] = ()
    accept: tuple[int, ...] = ()
    per_host: int | None = None
    delay: float | None = None

    def holds_for(self, host: str) -> bool:
        return host == self.host or (self.host.startswith("*.") and host.endswith(self.host[1:]))


@dataclass(frozen=True, slots=True)
class ExternalSettings:
    """See docs/external-links.md. Times are seconds.

    Attributes:
        ignore: patterns of what is not asked for.
        remap: pairs of the beginning of an address and what stands for it.
        accept: statuses that are fine, beside 200 to 299.
        allow_private: hosts and networks that may be inner ones.
        fragments: look for the ids, too.
        robots: do as robots.txt says.
        proxy: use the proxies that the environment names.
        timeout: for one request.
        max_time: for all of them.
        concurrency: requests at once.
        per_host: requests at once to one host.
        delay: between two requests to one host.
        retries: further tries.
        max_redirects: that are followed.
        keep_ok, keep_dead, keep_unverified: how long an answer is believed.
    """

    ignore: tuple[str, ...] = ()
    remap: tuple[tuple[str, str], ...] = ()
    accept: tuple[int, ...] = ()
    allow_private: tuple[str, ...] = ()
    fragments: bool = False
    robots: bool = True
    proxy: bool = False
    timeout: float = 20.0
    max_time: float = 600.0
    concurrency: int = 24
    per_host: int = 2
    delay: float = 0.2
    retries: int = 2
    max_redirects: int = 10
    keep_ok: float = 7 * _DAY
    keep_dead: float = _DAY
    keep_unverified: float = _DAY / 2
    hosts: tuple[HostSettings, ...] = ()


# Patterns ----------------------------------------------------------------------------------------------------


def bad_address_pattern(pattern: str) -> str:
    """Why ``pattern`` cannot be used, in words that follow the key; "" where it can."""
    if pattern.startswith("/"):
        if len(pattern) < 3 or not pattern.endswith("/"):
            return f"`{pattern}` begins with `/` as a regular expression does and does not end with one"
        try:
            re.compile(pattern[1:-1])
        except re.error as error:
            return f"`{pattern}` is not a regular expression: {error}"
        return ""
    if "://" in pattern:
        return ""
    if re.fullmatch(r"(?:\*\.)?[^\s/?#*@]+", pattern) is None:
        return f"`{pattern}` is neither a host nor an address with `://`"
    return ""


def matcher(pattern: str) -> re.Pattern[str]:
    """A regular expression to search in an address for what ``pattern`` means.

    ``example.org`` is that host, ``*.example.org`` those below it, ``https://example.org/a/*`` addresses with anything
    for ``*``, and what stands between two slashes is a regular expression as it is.
    """
    if pattern.startswith("/"):
        return re.compile(pattern[1:-1])
    if "://" in pattern:
        return re.compile(translate(re.sub(r"([\[?])", r"[\1]", pattern)), re.IGNORECASE)
    below = r"(?:[^/?#@]*\.)" if pattern.startswith("*.") else ""
    name = re.escape(pattern.removeprefix("*.").rstrip("."))
    return re.compile(rf"\A[a-z]+://{below}{name}\.?(?::\d+)?(?=[/?#]|\Z)", re.IGNORECASE)


def statuses(items: Iterable[int | str]) -> tuple[int, ...]:
    """``[403, "500-599"]`` as single statuses.

    Raises:
        ValueError: an item is neither a status nor a range of them; its text is the item.
    """
    found: list[int] = []
    for item in items:
        match = re.fullmatch(r"([1-9]\d\d)(?:\s*-\s*([1-9]\d\d))?", str(item))
        if match is None or (match[2] and match[2] < match[1]):
            raise ValueError(str(item))
        found += range(int(match[1]), int(match[2] or match[1]) + 1)
    return tuple(dict.fromkeys(found))


# Secrets -----------------------------------------------------------------------------------------------------

VARIABLE = regex(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def with_environment(value: str, environ: Mapping[str, str]) -> str | None:
    """The value of a header with the variables in their places; None where one is not set, or cannot be sent."""
    if any(not environ.get(name) for name in VARIABLE.findall(value)):
        return None
    whole = VARIABLE.sub(lambda match: environ[match[1]].strip(), value)
    return whole if whole.isprintable() and whole.isascii() else None
