"""Why no answer came."""

from __future__ import annotations

import enum

__all__ = ["Failed", "Failure"]


class Failure(enum.StrEnum):
    """Kinds of failures; the words are kept in the cache."""

    NO_NAME = "no-name"
    """No name server knows the host."""
    NAME_SERVER = "name-server"
    """The name servers could not be asked, or gave no address for a name that is there."""
    NO_CONNECTION = "no-connection"
    """Refused, unreachable, or not made in time."""
    CERTIFICATE = "certificate"
    """No encrypted connection: an expired, foreign or unknown certificate, a protocol that nobody speaks now."""
    TIME = "time"
    """Connected, but the answer took too long."""
    CUT = "cut"
    """The connection was closed before the answer was there."""
    NOT_HTTP = "not-http"
    """What came is no answer that HTTP knows, or its fields are larger than anybody needs."""
    NOT_ALLOWED = "not-allowed"
    """The policy: an address inside of a network."""
    NOT_WEB = "not-web"
    """No address that can be asked for."""
    ROBOTS = "robots"
    """The host's robots.txt asks programs to stay away from there, or cannot be read."""
    REDIRECTS = "redirects"
    """Too many redirects, or redirects in a circle."""
    HOST = "host"
    """The host was given up after other addresses of it: it asks to wait too long, or does not answer."""
    NOT_REACHED = "not-reached"
    """The time for the run was over."""

    @property
    def passing(self) -> bool:
        """Whether the next run may well be luckier, so that there is nothing to remember."""
        return self in _PASSING


_PASSING = frozenset(
    {
        Failure.NAME_SERVER,
        Failure.NO_CONNECTION,
        Failure.TIME,
        Failure.CUT,
        Failure.NOT_ALLOWED,
        Failure.ROBOTS,
        Failure.HOST,
        Failure.NOT_REACHED,
    }
)


class Failed(Exception):  # noqa: N818 - an outcome, not a mistake
    """No answer came from an address.

    Attributes:
        kind: the kind of failure.
        words: for people: a clause such as "no answer within 20 s". Nothing in it was written by the host.
    """

    def __init__(self, kind: Failure, words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words
