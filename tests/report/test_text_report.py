"""What people read."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest

from postlint.finding import Fix, Related, Safety, Severity
from postlint.report import Problem
from postlint.report.cells import Screen, width
from postlint.report.text import write_concise, write_full
from postlint.text import Span, Text
from tests.report.runs import diagnostic, make_report, options, rule_info, seed, span_of, written

PATH = "_posts/2024-01-02-a.md"


def full(text: Text, *diagnostics: object, **changes: object) -> str:
    return written(write_full, make_report({PATH: text}, diagnostics), **changes)  # type: ignore[arg-type]


def carets(output: str) -> list[tuple[str, str]]:
    """For each underlined line: what stands over the carets, by columns, and the carets."""
    found = []
    lines = output.splitlines()
    for above, line in pairwise(lines):
        if match := re.match(r"( +[│|] +)(\^+)(?: |$)", line):
            at, over = width(match[1]), ""
            column = 0
            for cell in Screen().cells(above):
                if at <= column < at + len(match[2]) and cell.width:
                    over += cell.shown
                column += cell.width
            found.append((over, match[2]))
    return found


def test_the_whole_of_a_finding() -> None:
    text, found = seed()
    assert written(write_full, make_report({PATH: text}, [found], files_checked=57), width=100) == (
        "_posts/2024-01-02-a.md\n"
        "  5:4  error  html/misnested-tag  (fixable)\n"
        "     5 │ <p><strong>“一路走来，靠的是每一个人”</p>\n"
        "       │    ^^^^^^^^\n"
        "       │    <strong> is still open where </p> ends its paragraph; it is closed in the next one, at\n"
        "       │    6:4\n"
        "     6 │ <p></strong>The rest of the page.</p>\n"
        "       │    --------- closed here\n"
        "       = Jekyll prints </p> and </strong> as text here and leaves all that follows unrendered\n"
        "       = postlint fix: move </strong> before </p>\n"
        "\n"
        "1 error in 1 of 57 files; 1 fixable with `postlint fix`\n"
    )


def test_a_short_message_stands_beside_its_caret() -> None:
    text = Text("date: 2024-02-30\n")
    out = full(text, diagnostic(text, span_of(text, "2024-02-30"), "there is no 30 February"))
    assert "     1 │ date: 2024-02-30\n       │       ^^^^^^^^^^ there is no 30 February\n" in out


def test_help_safety_and_places_elsewhere() -> None:
    text, other = Text("tags: [smiel]\n"), Text("---\ntags: [smile]\n---\n")
    term = span_of(text, "smiel")
    found = [
        diagnostic(
            text,
            term,
            "no term is called smiel",
            severity=Severity.WARNING,
            help="add it to the list of terms",
            fix=Fix("write smile", (), Safety.UNSAFE),
            related=(
                Related(span_of(other, "smile"), "its first use", "b.md"),
                Related(Span(90, 99), "was here", "gone.md"),
            ),
        ),
        diagnostic(text, term, "maybe", rule="a/b", severity=Severity.INFO, fix=Fix("try", (), Safety.DISPLAY)),
    ]
    out = written(write_full, make_report({PATH: text, "b.md": other}, found))
    assert "  1:8  warning  html/misnested-tag  (unsafe fix)\n" in out
    assert "       = b.md:2:8: its first use\n       = gone.md: was here\n" in out
    assert "       = help: add it to the list of terms\n" in out
    assert "       = postlint fix --unsafe-fixes: write smile\n" in out
    assert "  1:8  info  a/b\n" in out
    assert "       = suggestion: try\n" in out
    assert out.endswith("1 warning, 1 info in 1 of 2 files; 1 fixable with `postlint fix --unsafe-fixes`\n")


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("title: 中文标题 here\n", "here"),
        ("title: 👩‍👩‍👧‍👦 and 😀 here\n", "here"),
        ("e\u0301te\u0301 here\n", "here"),
        ("\ttitle:\there\n", "here"),
        ("\x1b[31m\0\u202e here\n", "here"),
        ("\ufffd\udcff here\n", "here"),
        ("中文 here" * 900 + "那there" + "中文 here" * 900, "there"),
        ("x" * 10_000 + "here" + "\u0301y\u0301" * 5_000, "here"),
        ("\U0001f469\u200d" * 3_000 + "here", "here"),
        ("here" + "长" * 10_000, "here"),
        ("长" * 10_000 + "here", "here"),
        ("here\r\nthere\r\n", "there"),
        ("a\rhere\rb", "here"),
    ],
)
@pytest.mark.parametrize("columns", [40, 100, 200])
def test_carets_stand_under_the_span(content: str, part: str, columns: int) -> None:
    text = Text(content)
    out = full(text, diagnostic(text, span_of(text, part)), width=columns)
    [(over, under)] = carets(out)
    assert over == part
    assert under == "^" * len(part)
    assert max(width(line) for line in out.splitlines()[:-1]) <= columns


def test_wide_characters_have_wide_carets() -> None:
    text = Text("标题: 中文\n")
    assert carets(full(text, diagnostic(text, span_of(text, "中文")))) == [("中文", "^^^^")]


def test_long_lines_are_cut_on_both_sides() -> None:
    text = Text("前" * 4_000 + "here" + "后" * 4_000)
    line = full(text, diagnostic(text, span_of(text, "here"))).splitlines()[2]
    assert re.fullmatch(r" +1 │ …前{20,}here后{20,}…", line)
    assert 98 <= width(line) <= 100


def test_a_span_longer_than_the_screen() -> None:
    text = Text("字" * 5_000)
    out = full(text, diagnostic(text, Span(1_000, 4_000)))
    [(over, _)] = carets(out)
    assert set(over) == {"字"}
    assert max(width(line) for line in out.splitlines()) <= 100


def test_spans_over_lines_show_the_first_and_the_last() -> None:
    text = Text("one <em>two\nthree\nfour\n  five</em> six\n")
    out = full(text, diagnostic(text, span_of(text, "<em>two\nthree\nfour\n  five</em>"), "much"))
    assert (
        "     1 │ one <em>two\n       │     ^^^^^^^\n     … │\n     4 │   five</em> six\n       │   ^^^^^^^^^ much\n"
    ) in out


@pytest.mark.parametrize("content", ["a\nbc\n", "a\r\nbc\r\n"])
def test_a_span_that_ends_with_its_line_shows_that_line_only(content: str) -> None:
    text = Text(content)
    start = content.index("b")
    out = full(text, diagnostic(text, Span(start, len(content)), "m"))
    assert out.splitlines()[2:5] == ["     2 │ bc", "       │ ^^ m", ""]


def test_empty_spans() -> None:
    text = Text("ab\ncd\n")
    ends = [diagnostic(text, Span(at, at), "m") for at in (2, len(text))]
    out = full(text, *ends).splitlines()
    assert out[2:4] == ["     1 │ ab", "       │   ^ m"]
    assert out[6:8] == ["     3 │", "       │ ^ m"]
    empty = Text("")
    assert "     1 │\n       │ ^ m\n" in full(empty, diagnostic(empty, Span(0, 0), "m"))


def test_a_file_that_is_gone_or_shorter_has_no_excerpt() -> None:
    text = Text("something\n")
    found = diagnostic(text, Span(4, 9), "was wrong")
    for texts in ({}, {PATH: Text("som")}):
        out = written(write_full, make_report(texts, [found], files_checked=1))
        assert out.splitlines()[1:3] == ["  1:5  error  html/misnested-tag", "       was wrong"]


def test_many_related_places_are_counted() -> None:
    text = Text("a\n")
    related = tuple(Related(Span(0, 1), f"place {n}", f"{n}.md") for n in range(12))
    out = full(text, diagnostic(text, Span(0, 1), related=related))
    assert "       = 4.md: place 4\n       = and 7 more places\n" in out


def test_long_messages_are_wrapped() -> None:
    text = Text("x\n")
    words, chinese = "many words " * 40, "这一段说明，是中文写的。" * 20
    out = full(text, diagnostic(text, Span(0, 1), words.strip(), consequence=chinese, help="u" * 300), width=80)
    assert max(width(line) for line in out.splitlines()) <= 80
    assert not re.search(r"[│=] *[，。]", out)
    joined = "".join(line.lstrip(" │=^") for line in out.splitlines())
    assert chinese in joined
    assert "u" * 300 in joined


def test_messages_cannot_command_the_terminal() -> None:
    text = Text("x\n")
    found = diagnostic(text, Span(0, 1), "a \x1b[2J b", path="\x1b]0;.md", consequence="c\nd", help="\u202ee")
    for write in (write_full, write_concise):
        out = written(write, make_report({"\x1b]0;.md": text}, [found], problems=(Problem("p\x1bq\nr"),)))
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert r"\x1b]0;.md" in out


def test_concise_is_one_line_a_finding() -> None:
    text, found = seed("docs/a b.md")
    out = written(write_concise, make_report({"docs/a b.md": text}, [found]))
    assert out == (
        "docs/a b.md:5:4: error html/misnested-tag <strong> is still open where </p> ends its paragraph; "
        "it is closed in the next one, at 6:4\n"
        "\n"
        "1 error in 1 of 1 file; 1 fixable with `postlint fix`\n"
    )


def test_paths_start_where_the_reader_is() -> None:
    text, found = seed()
    report = make_report({PATH: text}, [found])
    assert written(write_concise, report, relative_to=Path("/site")).startswith(PATH + ":5:4:")
    assert written(write_concise, report, relative_to=Path("/site/_posts")).startswith("2024-01-02-a.md:5:4:")
    assert written(write_full, report, relative_to=Path("/")).startswith("site/" + PATH)


def test_a_clean_run_says_so() -> None:
    texts = {f"{n}.md": Text("") for n in range(57)}
    for write in (write_full, write_concise):
        assert written(write, make_report(texts)) == "57 files: nothing to report\n"
        assert written(write, make_report(texts), verbosity=-1) == ""
    assert written(write_full, make_report({})) == "No files to check\n"


def test_problems_come_last_and_deny_a_clean_bill() -> None:
    problems = (Problem("ValueError: no\n  in check", "a.md", "html/x"), Problem("a worker died"))
    report = make_report({"a.md": Text("")}, problems=problems, notices=("the index is in memory",), ok=False)
    assert written(write_full, report) == (
        "problem: a.md: html/x: ValueError: no\n"
        "           in check\n"
        "problem: a worker died\n"
        "\n"
        "note: the index is in memory\n"
        "1 file: no findings, but the run is not complete (2 problems, see above)\n"
    )
    assert written(write_full, report, verbosity=-1).endswith("problem: a worker died\n")
    assert written(write_full, make_report({}, ok=False)) == "Nothing was checked\n"


def test_quiet_and_verbose() -> None:
    text, found = seed()
    rules = {"html/misnested-tag": rule_info("html/misnested-tag", url="https://example.org/m")}
    report = make_report({PATH: text}, [found], notices=("a notice",), rules=rules)
    quiet = written(write_full, report, verbosity=-1)
    assert "html/misnested-tag" in quiet
    assert "a notice" not in quiet
    assert "1 error" not in quiet
    verbose = written(write_full, report, verbosity=1)
    assert "       = more: postlint explain html/misnested-tag, https://example.org/m\n" in verbose
    assert "in 1 of 1 file (0.3 s, 1 rule);" in verbose


def test_an_address_is_never_cut() -> None:
    text, found = seed()
    url = "https://example.org/" + "m" * 90
    report = make_report({PATH: text}, [found], rules={"html/misnested-tag": rule_info("html/misnested-tag", url=url)})
    assert f"       = more: postlint explain html/misnested-tag\n       = {url}\n" in written(
        write_full, report, verbosity=1
    )


def test_statistics() -> None:
    text, found = seed()
    fix = Fix("do it", (), Safety.UNSAFE)
    other = diagnostic(text, Span(0, 1), rule="a/b", severity=Severity.WARNING)
    unsafe = [diagnostic(text, Span(0, 1), rule="c/d", fix=one) for one in (fix, fix, None)]
    out = written(write_concise, make_report({PATH: text}, [found, other, other, *unsafe]), statistics=True)
    assert (
        "\n  3  error    c/d                 2 fixable with --unsafe-fixes\n"
        "  2  warning  a/b\n  1  error    html/misnested-tag  all fixable\n\n"
    ) in out


class Stream(io.TextIOWrapper):
    """A stream with an encoding, perhaps a terminal."""

    def __init__(self, encoding: str, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def bytes(self) -> bytes:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8"])
def test_no_encoding_stops_a_report(encoding: str) -> None:
    text = Text("标题 é “q” \udcff 😀 here │\n")
    found = diagnostic(text, span_of(text, "here"), "标题 \ud83d …", path="标.md", consequence="é", help="😀")
    report = make_report({"标.md": text}, [found], problems=(Problem("é 标"),), notices=("😀",))
    for write in (write_full, write_concise):
        out = Stream(encoding)
        write(report, out, options(statistics=True, verbosity=1))
        shown = out.bytes().decode(encoding)
        if write is write_full:
            [(over, _)] = carets(shown)
            assert over == "here"
            assert ("│" in shown) == (encoding in ("gbk", "utf-8"))


ESCAPE = b"\x1b["


@pytest.mark.parametrize(
    ("changes", "terminal", "colored"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"environ": {"TERM": "dumb"}}, True, False),
        ({"environ": {"NO_COLOR": "1"}}, True, False),
        ({"environ": {"NO_COLOR": ""}}, True, True),
        ({"environ": {"FORCE_COLOR": "1"}}, False, True),
        ({"environ": {"FORCE_COLOR": "0"}}, True, False),
        ({"environ": {"FORCE_COLOR": "1", "NO_COLOR": "1"}}, False, False),
        ({"color": "always", "environ": {"NO_COLOR": "1"}}, False, True),
        ({"color": "never", "environ": {"FORCE_COLOR": "1"}}, True, False),
    ],
)
def test_colors(changes: dict[str, object], terminal: bool, colored: bool) -> None:
    text, found = seed()
    report = make_report({PATH: text}, [found])
    for write in (write_full, write_concise):
        out = Stream("utf-8", terminal=terminal)
        write(report, out, options(**changes))
        assert (ESCAPE in out.bytes()) == colored


def test_colors_change_no_column() -> None:
    text, found = seed()
    report = make_report({PATH: text}, [found])
    plain, colored = (written(write_full, report, color=color) for color in ("never", "always"))
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_width_comes_from_the_environment() -> None:
    text = Text("字" * 500)
    found = diagnostic(text, Span(250, 251))
    for environ, columns in (({"COLUMNS": "60"}, 60), ({"COLUMNS": "x"}, 100), ({"COLUMNS": "3"}, 40)):
        line = full(text, found, environ=environ).splitlines()[2]
        assert columns - 2 <= width(line) <= columns


def test_how_long_it_took_is_for_people_only() -> None:
    report = make_report({"a.md": Text("")})
    out = Stream("utf-8", terminal=True)
    write_full(report, out, options())
    assert b"(0.3 s)" in out.bytes()
    assert "0.3 s" not in written(write_full, report)
