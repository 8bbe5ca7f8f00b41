"""Each kind of step, held to the cases of its file under `steps/`: a step in; tasks, reach, risk and undo out, or a refusal."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from fazai.toolspec import STEPS, Step
from fazai.toolspec.step import ANYTHING
from tests.toolspec.support import ADAPTER, answers, step_of

SAY_IT_THEMSELVES = frozenset(
    {
        "chdir", "create_home", "day", "directory", "enabled", "environment", "gid", "group", "home", "hour", "minute", "month",
        "name", "owner", "shell", "special_time", "state", "system", "uid", "user", "validate_with", "weekday",
        "working_directory",
    }
)  # fmt: skip
FOLDER = Path(__file__).parent / "steps"


@cache
def cases(kind: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.load((FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def rows(key: str) -> list[Any]:
    return [
        pytest.param(kind, i, id=f"{kind}: {case['claim']}")
        for kind in STEPS.kinds
        for i, case in enumerate(cases(kind))
        if key in case
    ]


@pytest.mark.parametrize(("kind", "i"), rows("tasks"))
def test_a_step_says_what_it_does(kind: str, i: int) -> None:
    case = cases(kind)[i]
    expected = {key: value for key, value in case.items() if key not in {"claim", "step"}}
    assert answers(step_of({kind: case["step"]})) == expected


@pytest.mark.parametrize(("kind", "i"), rows("refused"))
def test_a_bad_step_is_refused_with_the_reason(kind: str, i: int) -> None:
    case = cases(kind)[i]
    with pytest.raises(ValidationError) as caught:
        step_of({kind: case["step"]})
    assert case["refused"] in str(caught.value)


@pytest.mark.parametrize(("kind", "i"), rows("risks"))
def test_a_step_survives_a_round_trip(kind: str, i: int) -> None:
    step = step_of({kind: cases(kind)[i]["step"]})
    assert ADAPTER.validate_json(ADAPTER.dump_json(step)) == step
    assert ADAPTER.validate_python(ADAPTER.dump_python(step, exclude_defaults=True)) == step


@pytest.mark.parametrize("kind", STEPS.kinds)
def test_every_kind_has_cases_of_both_sorts(kind: str) -> None:
    keys = {key for case in cases(kind) for key in case}
    assert {"tasks", "refused"} <= keys


@pytest.mark.parametrize("kind", STEPS.kinds)
def test_every_own_field_that_is_not_plain_is_described(kind: str) -> None:
    bare = {name for name, info in STEPS.kinds[kind].model_fields.items() if not info.description}
    assert bare <= SAY_IT_THEMSELVES


def steps_of_all_kinds() -> list[Step]:
    return [step_of({kind: case["step"]}) for kind in STEPS.kinds for case in cases(kind) if "tasks" in case]


def test_what_is_restored_was_touched() -> None:
    for step in steps_of_all_kinds():
        assert set(step.undo().restores) <= set(step.touches())
        assert step.undo().possible or ANYTHING in step.touches()


def test_a_dangerous_step_is_of_high_risk() -> None:
    for step in steps_of_all_kinds():
        for risk in step.risks():
            assert risk.danger is None or risk.level.name == "HIGH"


def test_no_step_shows_a_secret_in_its_title() -> None:
    step = step_of({"user": {"name": "ana", "password": "{{ hash }}"}})
    assert "hash" not in step.heading
    assert all(task.no_log and task.diff is False for task in step.tasks())
