"""The tasks of a toolspec's steps and handlers, in the words of its role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fazai.diagnostic import Finding, FindingsStopPlan, Where
from fazai.render._scope import Scope, scope_of
from fazai.render._task import own_names, platform_condition, task_mapping
from fazai.render._waits import may_wait
from fazai.render._words import capitalised, task_name
from fazai.task import Loop, Platform, Task
from fazai.toolspec import InputType, Prediction, Step, ToolSpec


@dataclass(frozen=True)
class Written:
    """A task as a mapping, and the step it came from (a handler's name for a handler, None for the role's own).

    `title` is its name in the words of the toolspec. `leans` says that the task needs what the earlier tasks of its own step
    bring; `conditional`, that its condition names what one of them found; `refreshes_index`, that it fetches the package index
    first, which check mode does not.
    """

    mapping: dict[str, Any]
    step: int | str | None
    title: str
    hidden: bool = False
    leans: bool = False
    conditional: bool = False
    refreshes_index: bool = False


@dataclass(frozen=True)
class StepTasks:
    """The tasks of one step for `tasks/main.yml`, and those of a file of its own where it needs one."""

    main: tuple[Written, ...]
    file: str | None = None
    included: tuple[Written, ...] = ()


def assertion(spec: ToolSpec) -> Written:
    """The first task: without it, the tasks of a family that nobody thought of would all be skipped, and look fine."""
    families = [platform.os_family for platform in spec.platforms]
    words = f"{' and '.join(families)} {'family' if len(families) == 1 else 'families'}"
    return Written(
        {
            "name": "Check that the platform is supported",
            "ansible.builtin.assert": {
                "that": [f"ansible_facts['os_family'] in {families!r}"],
                "fail_msg": f"This role serves the {words} only",
                "quiet": True,
            },
        },
        None,
        "Check that the platform is supported",
    )


def step_tasks(spec: ToolSpec, index: int) -> StepTasks:
    """The tasks of one step.

    A step that is repeated has a loop on its task. Where its tasks hang together by registered results, each item must go
    through all of them: then they stand in a file that is included in a loop.
    """
    step = spec.steps[index]
    author = _Author.of(spec, step, f"{spec.name}_{step.kind}_{index + 1}", f"{step.kind} step {index + 1}")
    hidden = spec.uses_secret(step)
    if not _hangs_together(step):
        return StepTasks(tuple(author.written(task, index) for task in author.tasks))
    item = f"{author.prefix}_item"
    inner = replace(author, step=step.model_copy(update={"for_each": None}), scope=author.scope.with_names({"item": item}))
    file = f"{step.kind}_{index + 1}.yml"
    include: dict[str, Any] = {
        "name": task_name(step.heading, author.scope.in_loop(), author.instead),
        "ansible.builtin.include_tasks": file,
        "loop": author.scope.value(step.for_each or ""),
        "loop_control": {"loop_var": item, "label": author.scope.in_loop(item).value(author.label())},
        **({"no_log": True} if hidden else {}),
    }
    included = tuple(inner.written(task, index) for task in inner.tasks)
    return StepTasks((Written(include, index, step.heading, hidden),), file, included)


def handler_tasks(spec: ToolSpec, name: str) -> Iterable[Written]:
    """The tasks of one handler.

    Ansible runs one of several handlers of a name. So one that is several tasks, or that is another in each use of the role, has
    names that tell them apart, and listens to the name that is notified.
    """
    step = spec.handlers[name]
    if _hangs_together(step):
        raise FindingsStopPlan(
            Finding(
                summary="A handler of several tasks cannot be repeated",
                detail=f'The handler "{name}" of {spec.name} has for_each.',
                where=Where(field=f"handlers.{name}.for_each"),
                remedy="Write one handler for each item.",
            )
        )
    author = _Author.of(spec, step, f"{spec.name}_{_slug(name)}", capitalised(name))
    apart = _told_apart(spec, step)
    for i, task in enumerate(author.tasks):
        shown = capitalised(name) + _which(task, i, len(author.tasks)) + apart
        mapping = {**author.mapping(task), "name": shown}
        if shown != capitalised(name):
            mapping["listen"] = topic(spec, name)
        yield replace(author.written(task, name), mapping=mapping, title=capitalised(name))


def topic(spec: ToolSpec, handler: str) -> str:
    """What a task notifies: the handler's name with its role, since two roles may each have a "Reload nginx"."""
    return f"{spec.name} : {capitalised(handler)}"


@dataclass(frozen=True)
class _Author:
    """Writes the tasks of one step. `prefix` begins the names of what is registered; `instead` is said for a secret name."""

    spec: ToolSpec
    step: Step
    prefix: str
    instead: str
    scope: Scope

    @classmethod
    def of(cls, spec: ToolSpec, step: Step, prefix: str, instead: str) -> _Author:
        """With the names of the toolspec, and of what the step's tasks register."""
        names = {name: new for task in step.tasks() for name, new in own_names(task, prefix).items()}
        return cls(spec, step, prefix, instead, scope_of(spec).with_names(names))

    @property
    def tasks(self) -> Sequence[Task]:
        """The step's tasks for the platforms of the toolspec."""
        return [task for task in self.step.tasks() if task.platform is None or task.platform in self.spec.platforms]

    def written(self, task: Task, step: int | str) -> Written:
        """The task with its step; `step` is an index, or a handler's name."""
        hidden = self.spec.uses_secret(self.step) or task.no_log
        found = {other.register for other in self.tasks if other.register}
        conditional = any(found & set(re.findall(r"[A-Za-z_]\w*", condition)) for condition in task.when)
        return Written(
            self.mapping(task),
            step,
            task.name,
            hidden,
            leans=task.tolerant_in_check_mode or conditional,
            conditional=conditional,
            refreshes_index=bool(task.args.get("update_cache")),
        )

    def mapping(self, task: Task) -> dict[str, Any]:
        """The task with what all of its step have in common."""
        step = self.step
        loop = task.loop
        if loop is None and step.for_each is not None:
            loop = Loop(over=step.for_each, label=self.label())
        tolerant = step.predicted() is not Prediction.EXACT and may_wait(step)
        common = replace(
            task,
            loop=loop,
            when=(*((step.when,) if step.when else ()), *task.when),
            notify=(*task.notify, *(topic(self.spec, name) for name in step.notify)),
            no_log=task.no_log or self.spec.uses_secret(step),
            tolerant_in_check_mode=task.tolerant_in_check_mode or tolerant,
        )
        name = task_name(task.name, self.scope.in_loop() if loop else self.scope, self.instead)
        return task_mapping(common, self.scope, name, self._condition(task.platform))

    def label(self) -> str:
        """What is shown of an item: its name, or its first required option, where the items are mappings; else the item."""
        looped = re.fullmatch(r"\{\{\s*(\w+)\s*\}\}", self.step.for_each or "")
        inputs = self.spec.inputs
        options: Mapping[str, Any] = (inputs[looped[1]].options or {}) if looped and looped[1] in inputs else {}
        required = [name for name, option in options.items() if option.required and not option.has_secret]
        telling = next((name for name in ("name", *required) if name in required), None)
        return f"{{{{ item.{telling} }}}}" if telling else "{{ item }}"

    def _condition(self, platform: Platform | None) -> tuple[str, ...]:
        return () if platform is None or self.spec.platforms == (platform,) else platform_condition(platform)


def _hangs_together(step: Step) -> bool:
    """Whether each item must go through all of the step's tasks before the next one does."""
    tasks = step.tasks()
    return step.for_each is not None and (
        any(task.loop for task in tasks) or (len(tasks) > 1 and any(task.register for task in tasks))
    )


def _which(task: Task, index: int, count: int) -> str:
    if count == 1:
        return ""
    return f" on {task.platform.os_family}" if task.platform else f", part {index + 1}"


def _told_apart(spec: ToolSpec, step: Step) -> str:
    """The inputs that the handler depends on, as the end of its name; empty where it is the same for all uses."""
    inputs = sorted((spec.step_names(step) & frozenset(spec.inputs)) - spec.secret_inputs())
    scope = scope_of(spec)
    shown = [scope.names[name] for name in inputs if spec.inputs[name].type not in {InputType.LIST, InputType.DICT}]
    together = " ~ ' ' ~ ".join(shown)
    return f" for {{{{ {together} }}}}" if shown else ""


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_") or "handler"
