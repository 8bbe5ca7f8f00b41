"""One role: its files, and its tasks with the step each came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fazai.render._meta import argument_specs, defaults, meta
from fazai.render._readme import readme
from fazai.render._scope import scope_of
from fazai.render._steps import Written, assertion, handler_tasks, step_tasks
from fazai.render._yaml import document, lines_of, listing
from fazai.toolspec import ToolSpec


@dataclass(frozen=True)
class RoleTask:
    """A task, and its `file:line`."""

    place: str
    written: Written


@dataclass
class Role:
    """The files of a role, by path relative to the project, with its tasks in the order of the steps."""

    files: dict[str, str] = field(default_factory=dict)
    tasks: list[RoleTask] = field(default_factory=list)
    modules: set[str] = field(default_factory=set)

    def add(self, path: str, written: Sequence[Written]) -> None:
        """A file of tasks."""
        text = listing([one.mapping for one in written])
        self.files[path] = text
        self.tasks += [RoleTask(f"{path}:{line}", one) for one, line in zip(written, lines_of(text), strict=True)]


def role_of(spec: ToolSpec) -> Role:
    """The role of a toolspec: a function of the toolspec alone."""
    root = f"roles/{spec.name}"
    role = Role(modules={task.module for step in (*spec.steps, *spec.handlers.values()) for task in step.tasks()})
    steps = [step_tasks(spec, i) for i in range(len(spec.steps))]
    role.add(f"{root}/tasks/main.yml", [assertion(spec), *(task for step in steps for task in step.main)])
    for step in steps:
        if step.file:
            role.add(f"{root}/tasks/{step.file}", step.included)
    if spec.handlers:
        role.add(f"{root}/handlers/main.yml", [task for name in spec.handlers for task in handler_tasks(spec, name)])
    for name, body in spec.templates.items():
        role.files[f"{root}/templates/{name}"] = scope_of(spec).template(body)
    if values := defaults(spec):
        role.files[f"{root}/defaults/main.yml"] = document(values)
    role.files[f"{root}/meta/main.yml"] = document(meta(spec))
    role.files[f"{root}/meta/argument_specs.yml"] = document(argument_specs(spec))
    role.files[f"{root}/README.md"] = readme(spec)
    return role
