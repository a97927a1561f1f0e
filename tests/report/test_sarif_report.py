"""SARIF: what GitHub and viewers read, and what Microsoft's validator says of it.

The validator is the npm package ``@microsoft/sarif-multitool-linux``, which also ships the JSON schema. It is looked
for in POSTLINT_SARIF_MULTITOOL (the path of the binary), in ``node_modules`` of this folder and those above, in PATH.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postlint import __version__
from postlint.finding import Diagnostic, Edit, Fix, Related, Safety, Severity
from postlint.report import DiffBase, Problem, RunReport, sarif
from postlint.report.fingerprint import line_hashes
from postlint.report.sarif import write
from postlint.text import Span, Text
from tests.report.runs import diagnostic, make_report, rule_info, seed, span_of, written

PATH = "_posts/2024-01-02-a.md"
Json = dict[str, Any]


def log_of(report: RunReport, **options: object) -> Json:
    out = written(write, report, **options)
    assert out.isascii()
    log: Json = json.loads(out)
    assert log["version"] == "2.1.0"
    return log


def run_of(report: RunReport) -> Json:
    [run] = log_of(report)["runs"]
    assert isinstance(run, dict)
    return run


def result_of(text: Text | None, found: Diagnostic, prefix: str = "") -> Json:
    texts = {} if text is None else {found.path: text}
    [result] = run_of(make_report(texts, [found], prefix=prefix))["results"]
    assert isinstance(result, dict)
    return result


def region_of(result: Json) -> Json:
    [location] = result["locations"]
    region: Json = location["physicalLocation"]["region"]
    return region


def uri_of(result: Json) -> str:
    [location] = result["locations"]
    return str(location["physicalLocation"]["artifactLocation"]["uri"])


def test_a_result() -> None:
    text, found = seed()
    assert result_of(text, found) == {
        "ruleId": "html/misnested-tag",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "id": "default",
            "arguments": [
                "<strong> is still open where </p> ends its paragraph; it is closed in the next one, at 6:4. "
                "Jekyll prints </p> and </strong> as text here and leaves all that follows unrendered. "
                "See [closed here](1)"
            ],
            "text": "<strong> is still open where </p> ends its paragraph; it is closed in the next one, at 6:4. "
            "Jekyll prints </p> and </strong> as text here and leaves all that follows unrendered. "
            "See [closed here](1).",
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": PATH, "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": 5,
                        "startColumn": 4,
                        "endLine": 5,
                        "endColumn": 12,
                        "snippet": {"text": "<strong>"},
                    },
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": line_hashes(text, [5])[5]},
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": PATH, "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 6, "startColumn": 4, "endLine": 6, "endColumn": 13},
                },
                "message": {"text": "closed here."},
            }
        ],
        "fixes": [
            {
                "description": {"text": "move </strong> before </p>."},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": PATH, "uriBaseId": "%SRCROOT%"},
                        "replacements": [
                            {
                                "deletedRegion": {"startLine": 5, "startColumn": 26, "endLine": 5, "endColumn": 26},
                                "insertedContent": {"text": "</strong>"},
                            },
                            {"deletedRegion": {"startLine": 6, "startColumn": 4, "endLine": 6, "endColumn": 13}},
                        ],
                    }
                ],
            }
        ],
    }


def test_the_run() -> None:
    text, found = seed()
    run = run_of(make_report({PATH: text}, [found]))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("postlint", __version__)
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["automationDetails"] == {"id": "postlint/"}
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_rules_are_those_with_results() -> None:
    text = Text("a\n")
    rules = {
        "a/first": rule_info("a/first"),
        "front-matter/yaml-trap": rule_info(
            "front-matter/yaml-trap", summary="A value reads otherwise than it looks.", url="https://example.org/t"
        ),
    }
    found = [
        diagnostic(text, Span(0, 1), rule="z/unknown", severity=Severity.WARNING),
        diagnostic(text, Span(0, 1), rule="front-matter/yaml-trap", severity=Severity.INFO),
    ]
    run = run_of(make_report({PATH: text}, found, rules=rules))
    trap, unknown = run["tool"]["driver"]["rules"]
    page = rules["front-matter/yaml-trap"].page
    assert trap == {
        "id": "front-matter/yaml-trap",
        "name": "FrontMatterYamlTrap",
        "shortDescription": {"text": "A value reads otherwise than it looks."},
        "fullDescription": {"text": "A value reads otherwise than it looks. More about it stands here."},
        "messageStrings": {"default": {"text": "{0}."}},
        "defaultConfiguration": {"level": "error"},
        "help": {"text": page, "markdown": page},
        "helpUri": "https://example.org/t",
        "properties": {"tags": ["front-matter"], "precision": "high", "problem.severity": "error"},
    }
    assert (unknown["id"], unknown["help"]["text"]) == ("z/unknown", "z/unknown")
    assert [(result["ruleId"], result["ruleIndex"], result["level"]) for result in run["results"]] == [
        ("front-matter/yaml-trap", 0, "note"),
        ("z/unknown", 1, "warning"),
    ]


def test_descriptions_have_an_end() -> None:
    text = Text("a\n")
    rules = {"a/b": rule_info("a/b", summary="many words " * 200)}
    [rule] = run_of(make_report({PATH: text}, [diagnostic(text, Span(0, 1), rule="a/b")], rules=rules))["tool"][
        "driver"
    ]["rules"]
    assert len(rule["shortDescription"]["text"]) == len(rule["fullDescription"]["text"]) == 1024


@pytest.mark.parametrize(
    ("path", "prefix", "uri"),
    [
        ("a b#c?.md", "", "a%20b%23c%3F.md"),
        ("标题.md", "docs/", "docs/%E6%A0%87%E9%A2%98.md"),
        ("a:b.md", "", "a%3Ab.md"),  # else a: would be a scheme
        ("100%.md", "", "100%25.md"),
        ("\udcff.md", "", "%FF.md"),
    ],
)
def test_addresses(path: str, prefix: str, uri: str) -> None:
    text = Text("a\n")
    assert uri_of(result_of(text, diagnostic(text, Span(0, 1), path=path), prefix)) == uri


def test_columns_are_utf16_code_units() -> None:
    text = Text.decode("\ufeff😀中 here 😀\r\n".encode())
    region = region_of(result_of(text, diagnostic(text, span_of(text, "here 😀"))))
    assert (region["startColumn"], region["endColumn"]) == (5, 12)
    assert region["snippet"] == {"text": "here 😀"}


def test_spans_over_lines_and_empty_spans() -> None:
    text = Text("ab\r\ncd\r\n")
    region = region_of(result_of(text, diagnostic(text, Span(1, 5))))
    assert region.pop("snippet") == {"text": "b\r\nc"}
    assert region == {"startLine": 1, "startColumn": 2, "endLine": 2, "endColumn": 2}
    end = result_of(text, diagnostic(text, Span(len(text), len(text))))
    assert region_of(end) == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 1, "snippet": {"text": ""}}
    assert end["partialFingerprints"] == {"primaryLocationLineHash": line_hashes(text, [3])[3]}


def test_long_snippets_and_bytes_that_are_no_text() -> None:
    text = Text("\udcff" + "x" * 5_000)
    fix = Fix("t", (Edit(Span(0, 1), "\udcff"),))
    assert "snippet" not in region_of(result_of(text, diagnostic(text, Span(0, 5_000))))
    result = result_of(text, diagnostic(text, Span(0, 1), "not \udcff", fix=fix))
    assert region_of(result)["snippet"] == {"text": "\ufffd"}
    assert result["message"]["text"] == "not \ufffd."
    assert "fixes" not in result


def test_a_byte_order_mark_is_dropped_as_bytes() -> None:
    text = Text("---\n", bom=True)
    fix = Fix("t", (Edit(Span(3, 3), " "),), drop_byte_order_mark=True)
    [change] = result_of(text, diagnostic(text, Span(0, 0), fix=fix))["fixes"][0]["artifactChanges"]
    mark, edit = change["replacements"]
    assert mark == {"deletedRegion": {"byteOffset": 0, "byteLength": 3}}
    assert edit["deletedRegion"]["startColumn"] == 4
    assert "fixes" not in result_of(text, diagnostic(text, Span(0, 0), fix=Fix("nothing", ())))


def test_a_file_that_is_gone_keeps_its_place() -> None:
    _, found = seed()
    result = result_of(None, found)
    assert region_of(result) == {"startLine": 5, "startColumn": 4, "endLine": 5, "endColumn": 12}
    assert "partialFingerprints" not in result
    assert "fixes" not in result


def test_brackets_in_a_message_are_no_link() -> None:
    text = Text("a\n")
    related = (Related(Span(0, 1), "see [b](c) or a[1]"),)
    message = result_of(text, diagnostic(text, Span(0, 1), "[a]() leads nowhere, [b] does", related=related))["message"]
    assert message["text"] == r"\[a]() leads nowhere, [b] does. See [see \[b\](c) or a\[1\]](1)."


def test_sentences_end_once() -> None:
    text = Text("a\n")
    for words, shown in (("so", "so."), ("so.", "so."), ("这样。", "这样。."), ("so…", "so….")):
        message = result_of(text, diagnostic(text, Span(0, 1), words))["message"]
        assert message["text"] == shown == message["arguments"][0] + "."


def test_a_failed_run() -> None:
    problems = (Problem("ValueError: no", "a b.md", "html/misnested-tag"), Problem("no configuration"))
    run = run_of(make_report({}, problems=problems, notices=("in memory",), ok=False, prefix="docs/"))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    artifact = {"uri": "docs/a%20b.md", "uriBaseId": "%SRCROOT%"}
    assert invocation["toolExecutionNotifications"] == [
        {
            "level": "error",
            "message": {"text": "ValueError: no."},
            "locations": [{"physicalLocation": {"artifactLocation": artifact}}],
            "associatedRule": {"id": "html/misnested-tag"},
        },
        {"level": "error", "message": {"text": "no configuration."}},
        {"level": "note", "message": {"text": "in memory."}},
    ]


def test_no_more_results_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "_MOST_RESULTS", 3)
    text = Text("a\nb\nc\nd\ne\n")
    levels = [Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.INFO, Severity.WARNING]
    found = [diagnostic(text, Span(2 * n, 2 * n + 1), severity=level) for n, level in enumerate(levels)]
    run = run_of(make_report({PATH: text}, found))
    assert [(region_of(result)["startLine"], result["level"]) for result in run["results"]] == [
        (2, "warning"),
        (3, "error"),
        (5, "warning"),
    ]
    [notification] = run["invocations"][0]["toolExecutionNotifications"]
    assert "2 findings are left out" in notification["message"]["text"]


def test_a_file_is_read_and_hashed_once() -> None:
    text = Text("a\nb\nc\n")
    reads: list[str] = []
    report = make_report({PATH: text}, [diagnostic(text, Span(at, at + 1)) for at in (0, 2, 4)])

    def text_of(path: str) -> Text:
        reads.append(path)
        return text

    written(write, RunReport(**{name: getattr(report, name) for name in report.__slots__} | {"text_of": text_of}))
    assert reads == [PATH]


# The validator --------------------------------------------------------------------------------------------------


def everything() -> RunReport:
    """A run that has of all kinds."""
    text, found = seed("_posts/开始 1.md")
    odd = Text.decode("\ufeff---\r\ntitle: “😀” {0} {{ x }}\r\n---\r\n[a]() \x1b\0 \r\n".encode() + b"\xff\xe4\xb8 end")
    fixes = (Edit(Span(0, 0), "{1} [x](1)\r\n"), Edit(Span(len(odd), len(odd)), "\n"))
    diagnostics = [
        found,
        diagnostic(odd, span_of(odd, "😀"), "“😀” is {0} {{ x }} [a](b) %20 'q", path="a.md", rule="front-matter/x-y"),
        diagnostic(odd, span_of(odd, "[a]()"), "[a]() ends here.", path="a.md", rule="link/empty", help="{2}"),
        diagnostic(odd, span_of(odd, "\x1b\0"), "control \x1b\0", path="a.md", rule="post/not-utf8"),
        diagnostic(odd, span_of(odd, "end"), "last", path="a.md", rule="post/not-utf8", severity=Severity.WARNING),
        diagnostic(odd, Span(len(odd), len(odd)), "end", path="a.md", fix=Fix("end it", fixes, Safety.UNSAFE)),
        diagnostic(odd, Span(0, 0), "mark", path="a.md", fix=Fix("drop it", (), drop_byte_order_mark=True)),
        diagnostic(odd, Span(0, len(odd)), "all", path="a.md", severity=Severity.INFO, rule="date/future"),
        diagnostic(odd, Span(0, 1), "gone", path="gone.md", related=(Related(Span(0, 2), "also [gone]", "no.md"),)),
    ]
    rules = {d.rule: rule_info(d.rule, url=f"https://example.org/{d.rule}") for d in diagnostics}
    problems = (Problem("ValueError: {0} no\nsecond line", "a.md", "link/empty"), Problem("died", rule="no/results"))
    return make_report(
        {"_posts/开始 1.md": text, "a.md": odd},
        diagnostics,
        problems=problems,
        notices=("in memory",),
        rules=rules,
        prefix="docs/blog/",
    )


def compared() -> RunReport:
    text = Text("ab\n")
    new, known = (diagnostic(text, Span(at, at + 1), path="a.md", rule=f"a/{at}") for at in (0, 1))
    return make_report({"a.md": text}, [new], known=[known], diff_base=DiffBase("main", "c0ffee"))


def test_what_the_baseline_knows_is_left_out_unless_it_is_asked_for() -> None:
    """GitHub would open an alert for it."""
    assert [result["ruleId"] for result in run_of(compared())["results"]] == ["a/0"]
    [run] = json.loads(written(write, compared(), report_known=True))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["a/0", "a/1"]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    assert by_rule["a/0"]["suppressions"] == []
    assert [s["kind"] for s in by_rule["a/1"]["suppressions"]] == ["external"]
    assert {rule: result["baselineState"] for rule, result in by_rule.items()} == {"a/0": "new", "a/1": "unchanged"}


def test_only_a_comparison_says_that_a_result_is_new() -> None:
    assert [result["baselineState"] for result in run_of(compared())["results"]] == ["new"]
    assert all("baselineState" not in result for result in run_of(everything())["results"])


RUNS: dict[str, Callable[[], RunReport]] = {
    "everything": everything,
    "compared": lambda: compared(),
    "clean": lambda: make_report({"a.md": Text("a\n")}),
    "failed": lambda: make_report({}, problems=(Problem("unknown key 'ruls'", "postlint.toml"),), rules={}, ok=False),
}


def multitool() -> Path:
    names = ["node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"]
    here = Path(__file__).resolve()
    found = [Path(os.environ.get("POSTLINT_SARIF_MULTITOOL", "")).absolute()]
    found += [folder / name for folder in here.parents for name in names]
    found += [Path(path) for name in ("Sarif.Multitool", "sarif") if (path := shutil.which(name))]
    for candidate in found:
        if candidate.is_file():
            return candidate.resolve()
    message = "no sarif-multitool: npm i @microsoft/sarif-multitool-linux, and POSTLINT_SARIF_MULTITOOL=its binary"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.mark.parametrize("name", RUNS)
def test_the_validator_finds_nothing(name: str, tmp_path: Path) -> None:
    tool = multitool()
    log, findings = tmp_path / "postlint.sarif", tmp_path / "findings.sarif"
    log.write_text(written(write, RUNS[name](), report_known=True), encoding="utf-8")
    # Its exit status is 0 even where it finds errors: its own log says what it found.
    command = [str(tool), "validate", str(log), "--rule-kind", "Sarif;Gh", "--level", "Error;Warning"]
    command += ["--output", str(findings)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert findings.is_file(), done.stdout + done.stderr
    [run] = json.loads(findings.read_text("utf-8-sig"))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is True
    assert [json.dumps(result["message"]) for result in run.get("results", [])] == []


@pytest.mark.parametrize("name", RUNS)
def test_the_schema_takes_it(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = multitool().parent / "sarif-2.1.0.json"
    if not schema.is_file():
        pytest.skip(f"no schema beside the multitool: {schema}")
    validator = jsonschema.Draft202012Validator(json.loads(schema.read_text("utf-8-sig")))
    assert [error.message for error in validator.iter_errors(log_of(RUNS[name](), report_known=True))] == []


def test_the_log_has_no_path_of_this_machine() -> None:
    out = written(write, everything())
    assert str(everything().project_root) not in out
    assert not re.search(r'file:|"/', out)
