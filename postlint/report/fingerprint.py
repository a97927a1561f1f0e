"""GitHub's fingerprint of a line: ``primaryLocationLineHash``.

GitHub tells alerts apart over time by a hash of the text from the start of the alert's line on. Its upload action
computes it where a SARIF file has none, and warns where a file's value differs (github/codeql-action,
``src/fingerprints.ts``). The same value here means that a file uploaded without the action is matched alike.

The definition: over the file's UTF-16 code units without spaces and tabs, each line end as one LF, then one 0xFFFF for
the end of the file and zeros without end, a line's hash is the sum of ``unit[i] * 37 ** (99 - i)`` over the 100 units
from the line's first, modulo 2 ** 64, in hexadecimal; ``:n`` says: the n-th line of the file with that hash.
"""

from __future__ import annotations

import struct
from collections.abc import Collection

from postlint.text import Text

__all__ = ["line_hashes"]

_WINDOW = 100
_MODULUS = 1 << 64
_END = "\uffff" + "\0" * _WINDOW

# 64 windows are hashed at once, as one big integer. Zeros in front of a window do not change its hash, so each is
# filled up to 128 units; then seven times neighbours become one: first * 37 ** (units in it) + second.
_BATCH = 64
_PADDING = b"\0" * 2 * (128 - _WINDOW)
_BYTES = 256


def _step(level: int) -> tuple[int, int, int]:
    """Bits from one limb to the next, the factor of the first of two, the mask that takes every other limb."""
    bits = 16 << level
    kept = min(bits, 64) // 8
    mask = (b"\xff" * kept).ljust(bits // 4, b"\0") * (_BATCH * _BYTES * 4 // bits)
    return bits, pow(37, 1 << level, _MODULUS), int.from_bytes(mask, "little")


_STEPS = tuple(_step(level) for level in range(7))


def line_hashes(text: Text, lines: Collection[int]) -> dict[int, str]:
    """The hash with its counter of each of ``lines`` (from 1; a line that the text does not have is left out).

    Every line up to the last asked for is hashed, because the counter counts equal hashes above.
    """
    last = max(lines, default=0)
    units = _hashed_text(text)
    encoded = units.encode("utf-16-le")
    one_to_one = len(encoded) == 2 * len(units)
    windows: list[bytes] = []
    start = 0
    while len(windows) < last:
        if one_to_one:
            windows.append(encoded[2 * start : 2 * (start + _WINDOW)])
        else:  # 100 characters are 100 or more units: the first 100 are the window
            windows.append(units[start : start + _WINDOW].encode("utf-16-le")[: 2 * _WINDOW])
        start = units.find("\n", start) + 1
        if start == 0:
            break
    different = list(dict.fromkeys(windows))
    values: dict[bytes, int] = {}
    for at in range(0, len(different), _BATCH):
        batch = different[at : at + _BATCH]
        values.update(zip(batch, _hashes(batch), strict=True))
    found: dict[int, str] = {}
    counts: dict[int, int] = {}
    wanted = set(lines)
    for line, window in enumerate(windows, 1):
        value = values[window]
        count = counts[value] = counts.get(value, 0) + 1
        if line in wanted:
            found[line] = f"{value:x}:{count}"
    return found


def _hashes(windows: list[bytes]) -> list[int]:
    packed = int.from_bytes(_PADDING + _PADDING.join(windows), "little")
    for bits, factor, mask in _STEPS:
        packed = (packed & mask) * factor + (packed >> bits & mask)
    data = packed.to_bytes(_BYTES * len(windows), "little")
    return [value for (value,) in struct.iter_unpack(f"<Q{_BYTES - 8}x", data)]


def _hashed_text(text: Text) -> str:
    content = text.content
    if text.undecodable:
        # As Node reads the file: one U+FFFD for each maximal part of a sequence (Python's "replace" counts alike).
        content = text.encode().removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if text.bom:
        content = "\ufeff" + content
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    return content.replace(" ", "").replace("\t", "") + _END
