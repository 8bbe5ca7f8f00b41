"""An Ansible task as a mapping in the order in which people read one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazai.render._scope import Scope
from fazai.task import Loop, Platform, Task

TOLERANT = "{{ ansible_check_mode }}"


def task_mapping(task: Task, scope: Scope, name: str, extra_when: tuple[str, ...] = ()) -> dict[str, Any]:
    """The task's keywords. `extra_when` are conditions already in Ansible's words, before the task's own."""
    inner = scope.in_loop() if task.loop else scope
    when = [*extra_when, *(inner.condition(text) for text in task.when)]
    written: dict[str, Any] = {
        "name": name,
        task.module: inner.data(task.args) or {},
        "vars": _variables(task, inner),
        "environment": inner.data(task.environment),
        "become": True if task.become_user else None,
        "become_user": inner.value(task.become_user) if task.become_user else None,
        "loop": scope.value(task.loop.over) if task.loop else None,
        "loop_control": _loop_control(task.loop, inner),
        "when": when,
        "register": inner.names.get(task.register, task.register) if task.register else None,
        "changed_when": _condition(task.changed_when, inner),
        "failed_when": _condition(task.failed_when, inner),
        "until": inner.condition(task.until) if task.until else None,
        "retries": task.retries,
        "delay": task.delay,
        "notify": list(task.notify),
        "check_mode": task.check_mode,
        "diff": False if task.no_log else task.diff,
        "no_log": True if task.no_log else None,
        "ignore_errors": TOLERANT if task.tolerant_in_check_mode else None,
    }
    required = {task.module}
    return {key: value for key, value in written.items() if key in required or (value is not None and value not in ([], {}))}


def own_names(task: Task, prefix: str) -> dict[str, str]:
    """What the task's registered result and its variables are called on a host."""
    registered = [task.register] if task.register else []
    return {name: f"{prefix}_{name}" for name in (*registered, *task.variables)}


def platform_condition(platform: Platform) -> tuple[str, ...]:
    """The condition that limits a task to a family."""
    return (f"ansible_facts['os_family'] == '{platform.os_family}'",)


def _variables(task: Task, scope: Scope) -> dict[str, Any]:
    return {scope.names.get(name, name): scope.data(value) for name, value in task.variables.items()}


def _loop_control(loop: Loop | None, scope: Scope) -> Mapping[str, str] | None:
    return {"label": scope.value(loop.label)} if loop else None


def _condition(condition: object, scope: Scope) -> object:
    return scope.condition(condition) if isinstance(condition, str) else condition
