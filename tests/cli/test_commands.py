"""The commands as a user types them: screens, statuses, and what is said of a mistake."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from postlint.cli.main import run
from tests.sites import write_site

MISNESTED = "---\ntitle: A\n---\n<p><strong>Head</p>\n<p></strong>Body</p>\n"
POST = "_posts/2024-01-02-a.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_site(
        tmp_path,
        {"_config.yml": "timezone: UTC\n", POST: MISNESTED, "_posts/2024-01-03-b.md": "---\ntitle: B\n---\nText.\n"},
    )


def postlint(root: Path, *arguments: str, stdin: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "GITHUB_STEP_SUMMARY")}
    environment |= {"PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1", "COLUMNS": "100", **environ}
    return subprocess.run(
        [sys.executable, "-m", "postlint", *arguments],
        cwd=root,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_version_needs_nothing_large(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['postlint', '--version']\n"
        "from postlint.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "print(sorted({'typer', 'pydantic', 'yaml', 'lxml', 'rich', 'pyromark'} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert result.stdout.splitlines() == ["postlint 0.1.0", "[]"]


def test_check_shows_the_place_the_consequence_and_the_way_out(site: Path) -> None:
    result = postlint(site, "check")
    assert result.returncode == 1
    assert f"{POST}" in result.stdout
    assert "html/misnested-tag" in result.stdout
    assert "Jekyll prints" in result.stdout
    assert "postlint fix" in result.stdout.splitlines()[-1]
    assert result.stderr == ""


def test_fix_mends_and_says_so(site: Path) -> None:
    diff = postlint(site, "fix", "--diff")
    assert diff.returncode == 1
    assert diff.stderr == "1 fix in 1 file would be made\n"
    assert "-<p><strong>Head</p>\n" in diff.stdout
    assert "+<p><strong>Head</strong></p>\n" in diff.stdout
    assert (site / POST).read_text(encoding="utf-8") == MISNESTED
    fixed = postlint(site, "fix", "--exit-non-zero-on-fix")
    assert fixed.returncode == 1
    assert "made 1 fix in 1 file" in fixed.stdout
    assert (site / POST).read_text(
        encoding="utf-8"
    ) == "---\ntitle: A\n---\n<p><strong>Head</strong></p>\n<p>Body</p>\n"
    again = postlint(site, "fix", "--exit-non-zero-on-fix")
    assert again.returncode == 0


def test_the_diff_is_one_that_git_applies(site: Path) -> None:
    post = site / POST
    post.write_text(MISNESTED.rstrip("\n"), encoding="utf-8")
    subprocess.run(["git", "init", "-q", "."], cwd=site, check=True)
    diff = postlint(site, "fix", "--diff").stdout
    subprocess.run(["git", "apply"], cwd=site, input=diff, text=True, check=True)
    assert post.read_text(encoding="utf-8") == "---\ntitle: A\n---\n<p><strong>Head</strong></p>\n<p>Body</p>"


def test_a_byte_order_mark_is_dropped_by_the_diff_and_by_the_fix(site: Path) -> None:
    page, post = site / "about.md", site / POST
    text = "---\r\ntitle: Über\r\n---\r\nText.\r\n".encode()
    page.write_bytes(b"\xef\xbb\xbf" + text)
    post.write_bytes(b"\xef\xbb\xbf" + MISNESTED.removeprefix("---\ntitle: A\n---\n").encode())  # the mark stays there
    subprocess.run(["git", "init", "-q", "."], cwd=site, check=True)
    command = [sys.executable, "-m", "postlint", "fix", "--diff"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"}
    diff = subprocess.run(command, cwd=site, env=environment, capture_output=True, timeout=60).stdout
    before = page.read_bytes(), post.read_bytes()
    subprocess.run(["git", "apply"], cwd=site, input=diff, check=True)
    after = page.read_bytes(), post.read_bytes()
    assert after[0] == text
    assert after[1] == b"\xef\xbb\xbf<p><strong>Head</strong></p>\n<p>Body</p>\n"
    page.write_bytes(before[0])
    post.write_bytes(before[1])
    assert "made 2 fixes in 2 files" in postlint(site, "fix").stdout
    assert (page.read_bytes(), post.read_bytes()) == after


def test_the_diff_of_a_project_below_names_its_folder(tmp_path: Path) -> None:
    write_site(tmp_path / "blog", {"_config.yml": "timezone: UTC\n", POST: MISNESTED})
    assert f"--- a/blog/{POST}\n" in postlint(tmp_path, "fix", "--diff", "blog").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "_post"], "did you mean `_posts`?"),
        (["check", "--select", "html/misnested-tga"], "did you mean `html/misnested-tag`?"),
        (["check", "--ignore", "hmtl"], "did you mean `html`?"),
        (["check", "--output-format", "sarfi"], "did you mean `sarif`?"),
        (["check", "--generator", "jekyl"], "did you mean `jekyll`?"),
        (["check", "--fail-on", "errors"], "did you mean `error`?"),
        (["check", "--config", "nowhere.toml"], "nowhere.toml"),
        (["check", "--now", "yesterday"], "2026-01-31"),
        (["check", "--color", "yes"], "auto, always or never"),
        (["check", "--selct", "html"], "--select"),
        (["chekc"], "check"),
        (["check", "-"], "--stdin-filename"),
        (["check", ".."], "outside the project"),
        (["explain", "misnested-tga"], "misnested-tag"),
        (["rules", "-f", "jsn"], "did you mean `json`?"),
        (["new-rule", "NoFamily"], "family/name"),
        (["fix", "no-such-file.md"], "no file or folder"),
    ],
)
def test_a_mistake_ends_with_status_2_and_the_nearest_right_name(site: Path, arguments: list[str], told: str) -> None:
    result = postlint(site, *arguments)
    assert result.returncode == 2, result.stdout + result.stderr
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_wrong_key_is_named_with_its_line(site: Path) -> None:
    (site / "postlint.toml").write_text('timezon = "UTC"\n', encoding="utf-8")
    result = postlint(site, "check")
    assert result.returncode == 2
    assert "postlint.toml:1" in result.stderr
    assert "did you mean `timezone`?" in result.stderr


def test_a_folder_without_posts_is_a_mistake(site: Path) -> None:
    (site / "img").mkdir()
    result = postlint(site, "check", "img")
    assert result.returncode == 2
    assert "nothing to check in `img`" in result.stderr


def test_statuses(site: Path) -> None:
    assert postlint(site, "check", "_posts/2024-01-03-b.md").returncode == 0
    assert postlint(site, "check", "--exit-zero").returncode == 0
    assert postlint(site, "check", "--fail-on", "never").returncode == 0
    assert postlint(site, "check", "--ignore", "html").returncode == 0


def test_standard_input(site: Path) -> None:
    result = postlint(
        site, "check", "-f", "concise", "--stdin-filename", "_posts/2024-01-03-b.md", "-", stdin=MISNESTED
    )
    assert result.returncode == 1
    assert result.stdout.startswith("_posts/2024-01-03-b.md:4:4: error html/misnested-tag")


def test_paths_are_shown_from_where_the_user_stands(site: Path) -> None:
    result = postlint(site / "_posts", "check", "-f", "concise")
    assert result.stdout.startswith("2024-01-02-a.md:4:4: ")


@pytest.mark.parametrize("output_format", ["json", "sarif"])
def test_a_program_gets_a_valid_file_also_when_the_run_fails(site: Path, output_format: str) -> None:
    result = postlint(site, "check", "no-such-folder", "-f", output_format, "-o", "out.json")
    assert result.returncode == 2
    report = json.loads((site / "out.json").read_text(encoding="utf-8"))
    assert "no-such-folder" in json.dumps(report)


def test_an_error_of_postlint_itself_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(arguments: list[str]) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("postlint.cli.app.build", broken)
    monkeypatch.setattr(sys, "argv", ["postlint", "check"])
    with pytest.raises(SystemExit) as left:
        run()
    assert left.value.code == 2
    assert "error of postlint itself" in capsys.readouterr().err


def test_output_through_a_closed_pipe_is_no_error(site: Path) -> None:
    many = "".join(f"<p><b>x{n}</p>\n\n<p></b>y</p>\n\n" for n in range(5000))
    (site / POST).write_text(f"---\ntitle: A\n---\n{many}", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "postlint", "check", "-f", "json"],
        cwd=site,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    process.wait(60)
    assert errors == ""


def test_a_console_that_cannot_show_it_shows_codes(site: Path) -> None:
    (site / POST).write_text(MISNESTED.replace("Head", "标题"), encoding="utf-8")
    result = postlint(site, "check", PYTHONIOENCODING="ascii")
    assert result.returncode == 1
    assert "\\u6807" in result.stdout


def test_explain_prints_the_page(site: Path) -> None:
    result = postlint(site, "explain", "misnested-tag")
    assert result.returncode == 0
    assert result.stdout.startswith("# html/misnested-tag\n")


def test_explain_of_a_family_names_its_rules(site: Path) -> None:
    asked = postlint(site, "explain", "html")
    assert asked.returncode == 2
    assert "`html` is a family of rules; name one of html/crosses-markdown, html/duplicate-attribute" in asked.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("explain misn", ["misnested-tag"]),
        ("explain html/mis", ["html/misnested-tag"]),
        (
            "check --select html,link/mi",
            ["html,link/missing-anchor", "html,link/missing-baseurl", "html,link/missing-target"],
        ),
        ("fix --ignore suppr", ["suppression", "suppression/missing-reason", "suppression/stale-baseline"]),
        ("check --output-format s", ["sarif"]),
        ("check --fail-on ", ["error", "warning", "info", "never"]),
        ("check --generator h", ["hugo", "hexo"]),
        ("check --sta", ["--statistics"]),
    ],
)
def test_the_shell_is_offered_what_fits(site: Path, typed: str, offered: list[str]) -> None:
    words = f"postlint {typed}"
    environment = {
        "PYTHONPATH": os.pathsep.join(sys.path),
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "_POSTLINT_COMPLETE": "complete_bash",
    }
    called = "import sys; sys.argv[0] = 'postlint'; from postlint.cli.main import run; run()"
    asked = subprocess.run(
        [sys.executable, "-c", called], cwd=site, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert asked.stdout.split()[: len(offered)] == offered
    assert asked.stderr == ""


def test_rules_lists_them_all(site: Path) -> None:
    from postlint.packs import load_packs

    listed = {rule["id"] for rule in json.loads(postlint(site, "rules", "-f", "json").stdout)}
    assert listed == set(load_packs())


def test_config_of_a_folder_that_nothing_builds(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Text.\n", encoding="utf-8")
    assert "\nsite generator     none that postlint knows\n" in postlint(tmp_path, "config").stdout


def test_config_says_what_comes_from_where(site: Path) -> None:
    (site / "postlint.toml").write_text('exclude = ["old/"]\n', encoding="utf-8")
    result = postlint(site, "config")
    assert result.returncode == 0
    assert "Jekyll" in result.stdout
    assert "postlint.toml:1" in result.stdout


def test_a_new_rule_is_two_files_that_run(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = site / "house_pack"
    pack.mkdir()
    (pack / "__init__.py").write_text("", encoding="utf-8")
    result = postlint(site, "new-rule", "own/short-title", "--pack", str(pack))
    assert result.returncode == 0, result.stderr
    assert sorted(file.name for file in (pack / "own").iterdir()) == ["__init__.py", "short_title.md", "short_title.py"]
    (site / "postlint.toml").write_text('packs = ["house_pack"]\n', encoding="utf-8")
    path = os.pathsep.join([str(site), *sys.path])
    assert "own/short-title" in postlint(site, "rules", PYTHONPATH=path).stdout
    assert postlint(site, "new-rule", "own/short-title", "--pack", str(pack)).returncode == 2


def test_help_names_every_command_and_option() -> None:
    from postlint.cli.app import COMMANDS

    top = postlint(Path.cwd(), "--help")
    assert all(command in top.stdout for command in COMMANDS)
    help_ = postlint(Path.cwd(), "check", "--help").stdout
    for option in [
        "--output-format",
        "--output-file",
        "--select",
        "--ignore",
        "--fail-on",
        "--generator",
        "--config",
        "--isolated",
        "--stdin-filename",
        "--jobs",
        "--no-cache",
        "--diff-base",
        "--baseline",
        "--no-baseline",
        "--report-known",
        "--statistics",
        "--exit-zero",
        "--force-exclude",
        "--now",
        "--color",
        "--quiet",
        "--verbose",
    ]:
        assert option in help_
