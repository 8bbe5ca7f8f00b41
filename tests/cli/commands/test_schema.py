"""`fazai schema`."""

from __future__ import annotations

import json

import pytest

from fazai.cli._schemas import schema_of
from tests.cli.conftest import Fazai

NAMES = ["goal", "toolspec", "action", "settings"]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_says_its_dialect_its_identifier_and_its_title(name: str) -> None:
    schema = schema_of(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:fazai:schema:{name}:1"
    assert schema["title"]


def test_a_goal_knows_every_kind_of_check() -> None:
    from fazai.acceptance import CHECKS

    text = json.dumps(schema_of("goal"))
    assert [kind for kind in CHECKS.kinds if f'"{kind}"' not in text] == []


def test_a_toolspec_knows_every_kind_of_step() -> None:
    from fazai.toolspec import STEPS

    text = json.dumps(schema_of("toolspec"))
    assert [kind for kind in STEPS.kinds if f'"{kind}"' not in text] == []


@pytest.mark.io
@pytest.mark.parametrize("name", NAMES)
def test_what_is_printed_is_the_schema(fazai: Fazai, name: str) -> None:
    assert json.loads(fazai("schema", name).out) == schema_of(name)
    line = json.loads(fazai("schema", name, "--json").out.splitlines()[0])
    assert line == {"type": "schema", "name": name, "schema": schema_of(name)}
