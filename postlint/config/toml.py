"""Reading TOML, with errors that say the line, the column and what is usually meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from postlint.config.errors import ConfigError, Problem
from postlint.regex import regex

__all__ = ["load_toml", "read_text", "shown"]

_PLACE = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_BARE_WORD = regex(r"[ \t]*([A-Za-z_./%+][^#\n\"',\[\]{}]*?)[ \t]*(?:#.*)?$")
_KEY_WITH_SIGNS = regex(r"""[ \t]*([\w-]++(?:[/*][\w*/-]*+)+)[ \t]*=""")
_HEADER_WITH_SIGNS = regex(r"""[ \t]*\[\[?([^\]"'\n]*[/*][^\]"'\n]*)\]""")
_KEY_THEN_COLON = regex(r"[ \t]*([\w-]++)[ \t]*:")


def shown(path: Path) -> str:
    """The path as a person at this terminal writes it: relative to the working folder where it lies below it."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


def read_text(path: Path, source: str) -> str:
    """The file's text without a byte order mark.

    Raises:
        ConfigError: it cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError([Problem(source, 0, 0, f"cannot be read: {error.strerror or error}")]) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        hint = "save it as UTF-8"
        raise ConfigError([Problem(source, line, column, "this is not UTF-8, which TOML must be", hint)]) from error


def load_toml(content: str, source: str) -> dict[str, Any]:
    """The values of ``content``.

    Raises:
        ConfigError: it is not TOML.
    """
    import tomllib  # most projects have no file for it to read

    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([_syntax_problem(str(error), content, source)]) from error
    except RecursionError as error:
        raise ConfigError([Problem(source, 1, 1, "this is nested too deeply")]) from error


def _syntax_problem(message: str, content: str, source: str) -> Problem:
    match = _PLACE.search(message)
    said = message[: match.start()] if match else message
    lines = content.replace("\r\n", "\n").split("\n")
    if match and match[1]:
        line, column = int(match[1]), int(match[2])
    else:
        line, column = len(lines), len(lines[-1]) + 1
    text = lines[line - 1] if line <= len(lines) else ""
    words, hint = _plainly(said, text, column)
    return Problem(source, line, column, words, hint)


def _plainly(said: str, line: str, column: int) -> tuple[str, str]:
    """tomllib's words as a person's, and what is probably meant."""
    if said.startswith("Expected '=' after a key"):
        if match := _KEY_WITH_SIGNS.match(line):
            return f"the key {match[1]} needs quotes", f'write "{match[1]}" = …'
        if match := _KEY_THEN_COLON.match(line):
            return "TOML separates a key from its value with `=`", f"write {match[1]} = …"
        return "`=` is missing behind the key", ""
    if said.startswith("Expected ']' at the end of a table"):
        if match := _HEADER_WITH_SIGNS.match(line):
            table, _, rule = match[1].partition(".")
            return f"the name {rule or table} needs quotes", f'write [{table}."{rule}"]' if rule else ""
        return "`]` is missing at the end of the table's name", ""
    if said == "Invalid value":
        if match := _BARE_WORD.match(line, column - 1):
            word = match[1]
            if word.lower() in ("true", "false"):
                return f"{word} is not written like this in TOML", f"write {word.lower()}"
            return f"the text {word} needs quotes", f'write "{word}"'
        if not line[column - 1 :].strip():
            return "the value is missing", ""
        return "this is not a TOML value", ""
    known = {
        "Cannot overwrite a value": "this key is set a second time",
        "Unterminated string": 'the text is not closed by `"`',
        "Expected newline or end of document after a statement": "there is something behind the value",
        "Unclosed array": "`]` is missing at the end of the list",
        "Unclosed inline table": "`}` is missing at the end of the table",
        "Unescaped '\\' in a string": "`\\` must be doubled here, or the text put in single quotes",
    }
    if said.startswith("Cannot declare"):
        return "this table is there a second time", ""
    if said.startswith("Illegal character '\\n'"):
        return "the text is not closed on its line", ""
    return known.get(said, said[:1].lower() + said[1:]), ""
