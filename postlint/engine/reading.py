"""A file's bytes, and the names under which the index keeps what was made of them."""

from __future__ import annotations

import hashlib

__all__ = ["digest_of", "file_key", "read_file"]


def read_file(path: str) -> bytes:
    """A regular file's bytes.

    Raises:
        OSError: it cannot be read, or it is no regular file (a pipe would block for ever).
    """
    with open(path, "rb", buffering=0) as file:  # all of it at once needs no buffer
        return file.read()


def digest_of(data: bytes) -> bytes:
    """The digest by which the index knows a content."""
    return hashlib.blake2b(data, digest_size=16).digest()


def file_key(site_key: bytes, surroundings: str) -> bytes:
    """Under what a file's answers are kept, beside its digest: its site's key and what stands beside the file."""
    if not surroundings:
        return site_key
    return hashlib.blake2b(site_key + surroundings.encode(), digest_size=16).digest()
