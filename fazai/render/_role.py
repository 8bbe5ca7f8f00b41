"""One role: its files, and its tasks with the step each came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fazai.diagnostic import Finding, FindingsStopPlan, Where
from fazai.render._meta import argument_specs, defaults, meta
from fazai.render._readme import readme
from fazai.render._scope import Scope, scope_of
from fazai.render._task import own_names, task_mapping
from fazai.render._waits import may_wait
from fazai.render._words import capitalised, task_name
from fazai.render._yaml import document, lines_of, listing
from fazai.task import Loop, Platform, Task
from fazai.toolspec import InputType, Prediction, Step, ToolSpec


@dataclass(frozen=True)
class RoleTask:
    """A task's line, the step it came from (None: the assertion of the platform), and what is shown of it."""

    place: str
    step: int | str | None
    hidden: bool


@dataclass
class Role:
    """The files of a role, by path relative to the project, with its tasks in the order of the steps."""

    files: dict[str, str] = field(default_factory=dict)
    tasks: list[RoleTask] = field(default_factory=list)
    modules: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class _Written:
    mapping: dict[str, Any]
    step: int | str | None
    hidden: bool = False


def role_of(spec: ToolSpec) -> Role:
    """The role of a toolspec: a function of the toolspec alone."""
    scope = scope_of(spec)
    root = f"roles/{spec.name}"
    role = Role()
    main = [_Written(_platform_assertion(spec), None)]
    for i, step in enumerate(spec.steps):
        main.extend(_step_tasks(role, spec, scope, step, i))
    _add(role, f"{root}/tasks/main.yml", main)
    handlers = [one for name, step in spec.handlers.items() for one in _handler_tasks(role, spec, scope, name, step)]
    if handlers:
        _add(role, f"{root}/handlers/main.yml", handlers)
    for name, body in spec.templates.items():
        role.files[f"{root}/templates/{name}"] = _template_scope(spec, scope, name).template(body)
    if values := defaults(spec):
        role.files[f"{root}/defaults/main.yml"] = document(values)
    role.files[f"{root}/meta/main.yml"] = document(meta(spec))
    role.files[f"{root}/meta/argument_specs.yml"] = document(argument_specs(spec))
    role.files[f"{root}/README.md"] = readme(spec)
    role.modules.update(task.module for step in (*spec.steps, *spec.handlers.values()) for task in step.tasks())
    return role


def _add(role: Role, path: str, written: Sequence[_Written]) -> None:
    text = listing([one.mapping for one in written])
    role.files[path] = text
    for one, line in zip(written, lines_of(text), strict=True):
        role.tasks.append(RoleTask(f"{path}:{line}", one.step, one.hidden))


def _platform_assertion(spec: ToolSpec) -> dict[str, Any]:
    families = [platform.os_family for platform in spec.platforms]
    return {
        "name": "Check that the platform is supported",
        "ansible.builtin.assert": {
            "that": [f"ansible_facts['os_family'] in {families!r}"],
            "fail_msg": f"This role serves the {' and '.join(families)} famil{'y' if len(families) == 1 else 'ies'} only",
            "quiet": True,
        },
    }


def _step_tasks(role: Role, spec: ToolSpec, scope: Scope, step: Step, index: int) -> Iterable[_Written]:
    tasks = _on_platforms(step.tasks(), spec)
    prefix = f"{spec.name}_{step.kind}_{index + 1}"
    hidden = spec.uses_secret(step)
    if step.for_each is not None and any(task.loop or task.register for task in tasks):
        yield from _sequence_for_each(role, spec, scope, step, index, tasks)
        return
    names = {name: new for task in tasks for name, new in own_names(task, prefix).items()}
    own = scope.with_names(names)
    for task in tasks:
        yield _Written(_mapping(spec, own, step, task, step.when, f"{step.kind} step {index + 1}"), index, hidden or task.no_log)


def _sequence_for_each(
    role: Role, spec: ToolSpec, scope: Scope, step: Step, index: int, tasks: Sequence[Task]
) -> Iterable[_Written]:
    """A step of several tasks that hang together, done whole for each item: a file of its own, included in a loop."""
    prefix = f"{spec.name}_{step.kind}_{index + 1}"
    item = f"{prefix}_item"
    hidden = spec.uses_secret(step)
    file = f"{step.kind}_{index + 1}.yml"
    names = {name: new for task in tasks for name, new in own_names(task, prefix).items()}
    inner = replace(scope.with_names({**names, "item": item}))
    bare = step.model_copy(update={"for_each": None, "notify": step.notify})
    written = [
        _Written(_mapping(spec, inner, bare, task, step.when, f"{step.kind} step {index + 1}"), index, hidden or task.no_log)
        for task in tasks
    ]
    include: dict[str, Any] = {
        "name": task_name(step.heading, scope.in_loop(), f"{step.kind} step {index + 1}"),
        "ansible.builtin.include_tasks": file,
        "loop": scope.value(str(step.for_each)),
        "loop_control": {"loop_var": item, "label": scope.in_loop(item).value(_label(spec, step))},
    }
    if hidden:
        include["no_log"] = True
    _add(role, f"roles/{spec.name}/tasks/{file}", written)
    yield _Written(include, index, hidden)


def _handler_tasks(role: Role, spec: ToolSpec, scope: Scope, name: str, step: Step) -> Iterable[_Written]:
    tasks = _on_platforms(step.tasks(), spec)
    prefix = f"{spec.name}_{_slug(name)}"
    if step.for_each is not None and any(task.loop or task.register for task in tasks):
        raise FindingsStopPlan(
            Finding(
                summary="A handler of several tasks cannot be repeated",
                detail=f'The handler "{name}" of {spec.name} has for_each.',
                where=Where(field=f"handlers.{name}.for_each"),
                remedy="Write one handler for each item, or a step.",
            )
        )
    names = {new: value for task in tasks for new, value in own_names(task, prefix).items()}
    own = scope.with_names(names)
    hidden = spec.uses_secret(step)
    told_apart = _told_apart(spec, step)
    for task in tasks:
        title = capitalised(name)
        if len(tasks) > 1 and task.platform is not None:
            title += f" on {task.platform.os_family}"
        elif len(tasks) > 1:
            title += f" ({tasks.index(task) + 1} of {len(tasks)})"
        shown = f"{title} ({{{{ {told_apart} }}}})" if told_apart else title
        mapping = _mapping(spec, own, step, task, step.when, title)
        mapping["name"] = shown
        if shown != capitalised(name):
            mapping["listen"] = topic(spec, name)
        yield _Written(mapping, name, hidden or task.no_log)


def topic(spec: ToolSpec, handler: str) -> str:
    """What a task notifies: the handler's name with its role, since two roles may each have a "Reload nginx"."""
    return f"{spec.name} : {capitalised(handler)}"


def _told_apart(spec: ToolSpec, step: Step) -> str:
    """An expression that tells the handler of one use of the role from another's; empty where it is the same for all.

    Ansible runs one of several handlers of a name, so a handler that depends on inputs has them in its name.
    """
    inputs = sorted((spec.step_names(step) & frozenset(spec.inputs)) - spec.secret_inputs())
    shown = [name for name in inputs if spec.inputs[name].type not in {InputType.LIST, InputType.DICT}]
    scope = scope_of(spec)
    return " ~ ' ' ~ ".join(scope.names[name] for name in shown)


def _mapping(spec: ToolSpec, scope: Scope, step: Step, task: Task, when: str | None, instead: str) -> dict[str, Any]:
    """The task with what all of its step have in common."""
    loop = task.loop
    if loop is None and step.for_each is not None:
        loop = Loop(over=step.for_each, label=_label(spec, step))
    common = replace(
        task,
        loop=loop,
        when=(*((when,) if when else ()), *task.when),
        notify=(*task.notify, *(topic(spec, name) for name in step.notify)),
        no_log=task.no_log or spec.uses_secret(step),
        tolerant_in_check_mode=task.tolerant_in_check_mode or (step.prediction is not Prediction.EXACT and may_wait(step)),
    )
    inner = scope.in_loop() if loop else scope
    return task_mapping(common, scope, task_name(task.name, inner, instead), _platform_condition(spec, task.platform))


def _platform_condition(spec: ToolSpec, platform: Platform | None) -> tuple[str, ...]:
    if platform is None or spec.platforms == (platform,):
        return ()
    return (f"ansible_facts['os_family'] == '{platform.os_family}'",)


def _on_platforms(tasks: Sequence[Task], spec: ToolSpec) -> list[Task]:
    return [task for task in tasks if task.platform is None or task.platform in spec.platforms]


def _label(spec: ToolSpec, step: Step) -> str:
    """What is shown of an item: its first telling option where the items are mappings, else the item."""
    looped = re.fullmatch(r"\{\{\s*(\w+)\s*\}\}", step.for_each or "")
    options: Mapping[str, Any] = (spec.inputs[looped[1]].options or {}) if looped and looped[1] in spec.inputs else {}
    telling = [name for name, option in options.items() if not option.has_secret and option.type is not InputType.DICT]
    first = next((name for name in ("name", *telling) if name in telling and options[name].required), None)
    return f"{{{{ item.{first} }}}}" if first else "{{ item }}"


def _template_scope(spec: ToolSpec, scope: Scope, _name: str) -> Scope:
    return scope


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or "handler"
