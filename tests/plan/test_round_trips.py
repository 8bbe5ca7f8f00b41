"""Every stored value survives JSON and YAML, with whatever text it holds."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from fazai.diagnostic import Finding
from fazai.document import build, parse
from fazai.toolspec import Step
from tests import strategies
from tests.toolspec.support import ADAPTER

STORED = {
    "toolspec": strategies.toolspecs,
    "goal": strategies.goals,
    "use": strategies.uses,
    "plan": strategies.plans,
    "preview": strategies.previews,
    "entry": strategies.entries,
    "finding": strategies.findings,
}
calm = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", STORED)
@calm
@given(data=st.data())
def test_a_value_survives_json(kind: str, data: st.DataObject) -> None:
    value: BaseModel = data.draw(STORED[kind])
    assert type(value).model_validate_json(value.model_dump_json(by_alias=True)) == value
    assert type(value).model_validate_json(value.model_dump_json(by_alias=True, exclude_defaults=True)) == value


@pytest.mark.parametrize("kind", ["toolspec", "goal", "finding"])
@calm
@given(data=st.data())
def test_a_value_survives_yaml_and_our_own_reader(kind: str, data: st.DataObject) -> None:
    value: BaseModel = data.draw(STORED[kind])
    plain = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for text in (yaml.safe_dump(plain, allow_unicode=True), yaml.safe_dump(plain), json.dumps(plain)):
        assert build(type(value), parse(text, "x.yaml")) == value


@calm
@given(strategies.steps)
def test_a_step_survives_json(step: Step) -> None:
    assert ADAPTER.validate_json(ADAPTER.dump_json(step)) == step


def test_a_finding_reads_as_one_line() -> None:
    assert str(Finding(summary="No", detail="x.", remedy="Do y.")) == "No: x. Do y."
