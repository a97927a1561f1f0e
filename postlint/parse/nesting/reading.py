"""The way from a document to its :class:`~postlint.parse.nesting.model.Nesting`, all steps of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.parse.nesting.branches import branches, merge
from postlint.parse.nesting.causes import Cause, Draft, causes
from postlint.parse.nesting.marks import Mark, from_html, from_kramdown, from_outline
from postlint.parse.nesting.match import Matched, match
from postlint.parse.nesting.model import Element, Nesting, Problem
from postlint.parse.nesting.unknown import problem, unknown_tags
from postlint.parse.nesting.words import Place, concerned, message, related
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.parse.dialect import Dialect
    from postlint.parse.kramdown.model import KramdownScan
    from postlint.parse.markdown import Outline
    from postlint.parse.templates import Masked
    from postlint.text import Text

__all__ = ["nesting"]


def nesting(
    text: Text,
    content: str,
    masked: Masked,
    body: Span,
    *,
    outline: Outline | None,
    kramdown: KramdownScan | None,
    dialect: Dialect,
    generator: str = "",
) -> Nesting:
    """The elements of ``content[body]`` and each problem with them.

    Args:
        content: the document as written; ``masked`` is the same with its templates masked.
        outline: the body as CommonMark; None for an HTML file.
        kramdown: the body as kramdown, where that is what renders it.
        generator: named in consequences.
    """
    marks: Iterator[Mark]
    if kramdown is not None:
        marks = from_kramdown(masked.content, body, kramdown)
    elif outline is not None:
        marks = from_outline(masked.content, outline)
    else:
        marks = from_html(masked.content, body)
    seen = match(merge(marks, branches(content, masked)))
    elements = tuple(
        Element(frame.name, frame.mark.span, None if frame.end is None else frame.end.span) for frame in seen.frames
    )
    drafts = causes(masked.content, seen)

    def place(offset: int) -> str:
        line, column = text.position(offset)
        return f"{line}:{column}"

    problems = _problems(drafts, content, masked, body, seen, outline, kramdown, dialect, generator, place)
    return Nesting(elements, tuple(sorted(problems, key=lambda problem: problem.span)))


def _problems(
    drafts: list[Draft],
    content: str,
    masked: Masked,
    body: Span,
    seen: Matched,
    outline: Outline | None,
    kramdown: KramdownScan | None,
    dialect: Dialect,
    generator: str,
    place: Place,
) -> Iterator[Problem]:
    unknown = unknown_tags(seen, drafts, content, masked, generator)
    if not drafts and not unknown and kramdown is None:
        return
    from postlint.parse.nesting.dropped import dropped, dropper
    from postlint.parse.nesting.fixes import fix
    from postlint.parse.nesting.in_browser import InBrowser
    from postlint.parse.nesting.in_kramdown import InKramdown

    browser = InBrowser(masked.content, place, laid_out=generator not in ("", "plain"))
    in_kramdown = None
    who = "Jekyll" if generator == "jekyll" else "kramdown"
    if kramdown is not None:
        if (
            not drafts
            and not unknown
            and not kramdown.printed
            and all(e.auto_closed_at is None for e in kramdown.elements)
        ):
            return
        in_kramdown = InKramdown(content, masked.content, body, kramdown, seen, who, place)
    if in_kramdown is not None:
        drafts = [draft for draft in drafts if not in_kramdown.only_mentioned(draft)]
    else:
        drafts = [draft for draft in drafts if draft.cause != Cause.CROSSED_MARKDOWN or browser.minds(draft)]
    drafts.sort(key=lambda draft: draft.mark.span)
    consequences: list[str] = []
    for draft in drafts:
        if in_kramdown is not None:
            consequence = in_kramdown.of(draft)
            if not consequence and draft.cause in (Cause.ENDED_BEFORE, Cause.NESTED, Cause.CROSSED):
                consequence = browser.of(draft)
            consequences.append(consequence)
        elif outline is not None and not dialect.raw_html:
            consequences.append(dropped(draft, generator))
        else:
            consequences.append(browser.of(draft))
    dropped_by = dropper(generator) if outline is not None and kramdown is None and not dialect.raw_html else ""
    for draft in unknown:
        found = problem(draft, content, masked, seen, in_kramdown, dropped_by)
        if found is not None:
            yield found
    if in_kramdown is not None:
        more = in_kramdown.leftovers(drafts + unknown, seen)
        consequences.extend(in_kramdown.of(draft) for draft in more)
        drafts += more
        for draft in in_kramdown.rest(seen):
            drafts.append(draft)
            consequences.append(in_kramdown.of(draft))
    for draft, consequence in zip(drafts, consequences, strict=True):
        yield Problem(
            draft.kind,
            draft.mark.span,
            draft.mark.name,
            message(draft, content, masked.content, seen.frames, who, place),
            consequence,
            fix=fix(draft, masked),
            related=related(draft),
            tags=concerned(draft) if in_kramdown is None else in_kramdown.concerned(draft),
        )
