"""The import layers of ARCHITECTURE.md (the contracts are in pyproject.toml)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_import_layers(repository: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(repository), str(repository / "rules")])}
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    result = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=repository, env=environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout + result.stderr
