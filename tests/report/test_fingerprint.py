"""The fingerprint is GitHub's, unit for unit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.report.fingerprint import line_hashes
from postlint.text import Text


def rolled(data: bytes) -> dict[int, str]:
    """The definition, one UTF-16 code unit after the other (the way github/codeql-action does it)."""
    window, lines, found, counts = [0] * 100, [0] * 100, {}, dict[int, int]()
    value = index = line = 0
    starts = True

    def units() -> Iterator[int]:
        text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        encoded = text.encode("utf-16-le")
        for at in range(0, len(encoded), 2):
            unit = encoded[at] | encoded[at + 1] << 8
            if unit not in (9, 32):
                yield unit
        yield 0xFFFF

    def finish() -> None:
        counts[value] = counts.get(value, 0) + 1
        found[lines[index]] = f"{value:x}:{counts[value]}"
        lines[index] = 0

    def push(unit: int) -> None:
        nonlocal value, index
        value = (37 * value + unit - 37**100 * window[index]) % 2**64
        window[index] = unit
        index = (index + 1) % 100

    for unit in units():
        if lines[index]:
            finish()
        if starts:
            line += 1
            lines[index] = line
        starts = unit == 10
        push(unit)
    for _ in range(100):
        if lines[index]:
            finish()
        push(0)
    return found


def of_all_lines(data: bytes) -> dict[int, str]:
    text = Text.decode(data)
    return line_hashes(text, range(1, len(text.line_starts) + 1))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", {1: "c129715d7a2bc9a3:1"}),
        ("a b\nc d", {1: "fdea99be536b40cf:1", 2: "48289e8642b84216:1"}),
        ("---\ntitle: Hi\n---\n\n<p>x</p>\n", {5: "37f52f9584cf3634:1"}),
        ("é😀\r\nb", {1: "a331578ac566fc35:1", 2: "8ee5a81e681643c1:1"}),
    ],
)
def test_known_values(content: str, expected: dict[int, str]) -> None:
    assert line_hashes(Text(content), expected) == expected
    assert rolled(content.encode()).items() >= expected.items()


def test_equal_lines_are_counted() -> None:
    hashes = of_all_lines(b"a\n" * 150)
    same = {value.split(":")[0] for value in list(hashes.values())[:100]}
    assert len(same) == 1
    assert [value.split(":")[1] for value in list(hashes.values())[:3]] == ["1", "2", "3"]
    assert hashes == rolled(b"a\n" * 150)


def test_different_lines_with_the_same_hash_are_counted_together() -> None:
    # 37 times the code of a and that of l are as much as 37 times that of b and that of G.
    data = b"al" + b"x" * 98 + b"\nbG" + b"x" * 98 + b"\n"
    hashes = of_all_lines(data)
    assert hashes[2] == hashes[1].replace(":1", ":2")
    assert hashes == rolled(data)


def test_only_lines_asked_for_and_there() -> None:
    assert set(line_hashes(Text("a\nb\nc\n"), {2, 9})) == {2}
    assert line_hashes(Text("a"), ()) == {}


def test_the_byte_order_mark_counts() -> None:
    assert of_all_lines(b"\xef\xbb\xbfa\n") == rolled(b"\xef\xbb\xbfa\n")
    assert of_all_lines(b"\xef\xbb\xbfa\n") != of_all_lines(b"a\n")


@given(
    st.lists(
        st.one_of(st.sampled_from([b"\n", b"\r", b"\r\n", b" ", b"\t", b"al", b"bG", "😀中".encode()]), st.binary()),
        max_size=300,
    )
)
def test_equals_the_definition(parts: list[bytes]) -> None:
    data = b"".join(parts)
    assert of_all_lines(data) == rolled(data)
