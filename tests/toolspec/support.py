"""Steps and toolspecs from plain data, and their answers as plain data again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from fazai.task import Task
from fazai.toolspec import AnyStep, Risk, Step

ADAPTER: TypeAdapter[Step] = TypeAdapter(AnyStep)


def step_of(data: Mapping[str, Any]) -> Step:
    """The step that a toolspec would hold for this mapping."""
    return ADAPTER.validate_python(data)


def task_data(task: Task) -> dict[str, Any]:
    """What a task says, without what it leaves as it is."""
    plain = {item.name: getattr(task, item.name) for item in fields(task)}
    empty = Task(name="", module="")
    said = {name: value for name, value in plain.items() if value != getattr(empty, name)}
    if task.platform is not None:
        said["platform"] = task.platform.value
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def risk_text(risk: Risk) -> str:
    """`high, data-loss: removes /etc`."""
    danger = f", {risk.danger.value}" if risk.danger else ""
    return f"{risk.level.name.lower()}{danger}: {risk.reason}"


def answers(step: Step) -> dict[str, Any]:
    """All that a step tells of itself."""
    return {
        "tasks": [task_data(task) for task in step.tasks()],
        "touches": [str(one) for one in step.touches()],
        "needs": [str(one) for one in step.needs()],
        "provides": [str(one) for one in step.provides()],
        "predicted": step.predicted().value,
        "risks": [risk_text(risk) for risk in step.risks()],
        "undo": step.undo().how,
    }
