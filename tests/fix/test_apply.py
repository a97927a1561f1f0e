"""Edits: chosen whole, never overlapping, and applied exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.finding import Edit, Fix
from postlint.fix.apply import apply_edits, choose, moved, touches
from postlint.text import Span


def fix(*edits: tuple[int, int, str], title: str = "mend") -> Fix:
    return Fix(title, tuple(Edit(Span(start, end), text) for start, end, text in edits))


def test_edits_are_applied_by_place() -> None:
    edits = [Edit(Span(4, 5), "E"), Edit(Span(0, 0), "<"), Edit(Span(2, 3), "")]
    assert apply_edits("abcde", edits) == "<abdE"


@pytest.mark.parametrize("edits", [[(0, 3, ""), (2, 4, "")], [(3, 9, "")], [(-1, 0, "")]])
def test_edits_that_overlap_or_lie_outside_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply_edits("abcde", fix(*edits).edits)


def test_of_two_that_touch_the_first_is_taken() -> None:
    first, second, third = fix((0, 2, "x")), fix((2, 3, "y")), fix((5, 6, "z"))
    assert choose([second, first, third]) == [first, third]


def test_a_fix_waits_whole() -> None:
    first, both = fix((0, 2, "x")), fix((1, 2, "y"), (8, 9, "z"))
    assert choose([first, both]) == [first]


def test_the_same_fix_is_made_once() -> None:
    assert len(choose([fix((3, 4, "x")), fix((3, 4, "x"), title="the same by another rule")])) == 1


def test_a_byte_order_mark_is_dropped_once_and_beside_any_edit() -> None:
    mark, again = (Fix(title, (), drop_byte_order_mark=True) for title in ("drop it", "drop it too"))
    first = fix((0, 2, "x"))
    assert choose([first, again, mark, Fix("nothing", ())]) == [mark, first]


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 5), st.text(max_size=3)), max_size=6),
)
def test_what_no_edit_touches_stays(content: str, wishes: list[tuple[int, int, str]]) -> None:
    fixes = [fix((start, start + length, text)) for start, length, text in wishes if start + length <= len(content)]
    chosen = choose(fixes)
    edits = sorted(edit for each in chosen for edit in each.edits)
    after = apply_edits(content, edits)
    kept = [
        content[a:b]
        for a, b in zip([0, *(e.span.end for e in edits)], [*(e.span.start for e in edits), len(content)], strict=True)
    ]
    rebuilt = "".join(piece for pair in zip(kept, [*(e.text for e in edits), ""], strict=True) for piece in pair)
    assert after == rebuilt


@given(st.text("ab", min_size=12, max_size=12), st.lists(st.integers(0, 11), min_size=2, max_size=6, unique=True))
def test_a_fix_made_later_at_its_new_place_gives_what_both_at_once_give(content: str, places: list[int]) -> None:
    later, *first = [Edit(Span(at, at + at % 2), "x" * (at % 3)) for at in places]
    there = moved(Fix("later", (later,)), first)
    if there is None:
        spans = sorted(edit.span for edit in first)
        assert touches(spans, later.span)
    else:
        assert apply_edits(apply_edits(content, first), there.edits) == apply_edits(content, [later, *first])
