"""docs/configuration.md says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from postlint.config.discovery import TABLE
from postlint.config.errors import ConfigError
from postlint.config.load import parse_settings
from postlint.config.models import (
    ExternalModel,
    FieldModel,
    HostModel,
    OverrideModel,
    RemapModel,
    RootModel,
    SchemaModel,
    TaxonomyModel,
)
from postlint.config.settings import EXTENSIONS, Settings

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```toml *(\w*)\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?", PAGE, re.M | re.S)


@pytest.mark.parametrize(("kind", "example", "output"), EXAMPLES)
def test_every_example_does_what_the_page_says(kind: str, example: str, output: str) -> None:
    if kind == "wrong":
        with pytest.raises(ConfigError) as caught:
            parse_settings(example)
        assert f"{caught.value}\n" == output
    else:
        assert parse_settings(example, table=TABLE if kind == "pyproject" else ()) != Settings()


@pytest.mark.parametrize(
    "model", [RootModel, SchemaModel, FieldModel, TaxonomyModel, OverrideModel, ExternalModel, HostModel, RemapModel]
)
def test_every_key_is_on_the_page(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        key = re.escape(field.alias or name)
        assert re.search(rf"[`\[]{key}[`.\]]", PAGE) or re.search(rf"^{key} = ", PAGE, re.M), key


def test_the_default_extensions_are_those_on_the_page() -> None:
    listed = re.search(r"may hold content\. Default: ([^\n]*)\.\n", PAGE)
    assert listed is not None
    assert tuple(re.findall(r"`([^`]+)`", listed[1])) == EXTENSIONS
