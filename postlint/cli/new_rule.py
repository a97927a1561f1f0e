"""``postlint new-rule``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from postlint.cli.session import fail
from postlint.regex import regex

_ID = regex(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")

_CLASS = '''"""The rule ``{id}``; its page is ``{module}.md`` beside it."""

from __future__ import annotations

from collections.abc import Iterator

from postlint.api import Document, DocumentRule, Finding, Severity


class {name}(DocumentRule):
    severity = Severity.WARNING

    def check(self, doc: Document) -> Iterator[Finding]:
        """Each defect of this kind in ``doc``."""
        return iter(())
'''

_PAGE = """# {id}

One sentence: what it reports.

## Why it matters

What the site generators do with it, each with the version that it was measured with.

## Reports

### the plainest case

```markdown _posts/2024-01-02-a.md
---
title: A
---
text
```

```text
```

## Is silent about

### what looks like it and is none

```markdown _posts/2024-01-02-a.md
---
title: A
---
text
```

## Options

None.

## When to switch it off

"""


def new_rule(
    rule: Annotated[str, typer.Argument(help="family/name, such as html/misnested-tag. Name the defect.")],
    pack: Annotated[Path, typer.Option(metavar="FOLDER", help="The pack's package folder.")] = Path(
        "rules/postlint_rules"
    ),
) -> None:
    """Begin a new rule: write its class and its page into a pack."""
    if not _ID.match(rule):
        fail(f"`{rule}` is no rule id: write family/name in lower case, words joined by `-`, such as html/unclosed-tag")
    if not (pack / "__init__.py").is_file():
        fail(f"`{pack}` is no rule pack (a folder with __init__.py); name one with --pack")
    family, _, name = rule.replace("-", "_").partition("/")
    folder = pack / family
    files = [folder / f"{name}.py", folder / f"{name}.md"]
    there = [file for file in files if file.exists()]
    if there:
        fail(f"{there[0]} is there already")
    folder.mkdir(exist_ok=True)
    if not (folder / "__init__.py").exists():
        (folder / "__init__.py").write_text(
            f'"""Rules of the family ``{family.replace("_", "-")}``."""\n', encoding="utf-8"
        )
    title = "".join(part.capitalize() for part in name.split("_"))
    files[0].write_text(_CLASS.format(id=rule, module=name, name=title), encoding="utf-8")
    files[1].write_text(_PAGE.format(id=rule), encoding="utf-8")
    for file in files:
        typer.echo(f"wrote {file}")
    typer.echo(f"next: write the page's cases, then `pytest tests/test_rule_pages.py -k {rule}`")
