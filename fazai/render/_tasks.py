"""The tasks of the whole plan in the order in which they run, each with those it waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fazai.plan import Plan, Use
from fazai.render._rendered import RenderedTask
from fazai.render._role import Role, RoleTask
from fazai.render._waits import Reach, reach, waits
from fazai.render._words import shown
from fazai.toolspec import Prediction, Step


def tasks_of(plan: Plan, roles: Mapping[str, Role]) -> tuple[RenderedTask, ...]:
    """The steps of every use, then the handlers of every use: Ansible runs those at the end of the play."""
    earlier: list[tuple[str, Reach]] = []
    steps = [task for i, use in enumerate(plan.uses) for task in _of_steps(i, use, roles[use.toolspec.name], earlier)]
    handlers = [task for i, use in enumerate(plan.uses) for task in _of_handlers(i, use, roles[use.toolspec.name], earlier)]
    return (*steps, *handlers)


def _of_steps(index: int, use: Use, role: Role, earlier: list[tuple[str, Reach]]) -> Iterable[RenderedTask]:
    """Adds what each step provides to `earlier` once its tasks are told."""
    yield from (_rendered(index, use, task, None, ()) for task in role.tasks if task.written.step is None)
    for n, step in enumerate(use.toolspec.steps):
        own = [task for task in role.tasks if task.written.step == n]
        reached = reach(step, use.inputs)
        after = _after(reached, earlier, own)
        for i, task in enumerate(own):
            brought = tuple(before.place for before in own[:i]) if task.written.leans else ()
            yield _rendered(index, use, task, step, (*brought, *after))
        earlier += [(task.place, reached) for task in own]


def _of_handlers(index: int, use: Use, role: Role, earlier: list[tuple[str, Reach]]) -> Iterable[RenderedTask]:
    for task in role.tasks:
        if isinstance(task.written.step, str):
            handler = use.toolspec.handlers[task.written.step]
            yield _rendered(index, use, task, handler, _after(reach(handler, use.inputs), earlier, [task]))


def _after(own: Reach, earlier: Iterable[tuple[str, Reach]], itself: Iterable[RoleTask]) -> tuple[str, ...]:
    """The places it waits for, those of its own role first: they are the likelier reason."""
    places = {task.place for task in itself}
    found = dict.fromkeys(place for place, other in earlier if place not in places and waits(own, other))
    roles = {"/".join(place.split("/")[:2]) + "/" for place in places}
    return tuple(sorted(found, key=lambda place: not place.startswith(tuple(roles))))


def _rendered(index: int, use: Use, task: RoleTask, step: Step | None, after: tuple[str, ...]) -> RenderedTask:
    return RenderedTask(
        place=task.place,
        title=_title(use, task, step),
        role=use.toolspec.name,
        use=index,
        step=task.written.step,
        handler=isinstance(task.written.step, str),
        after=after,
        prediction=step.predicted() if step else Prediction.EXACT,
        hidden=task.written.hidden,
        conditional=task.written.conditional,
        refreshes_index=task.written.refreshes_index,
    )


def _title(use: Use, task: RoleTask, step: Step | None) -> str:
    secrets = use.toolspec.secret_inputs()
    values = {name: value for name, value in use.inputs.items() if name not in secrets}
    instead = f"{step.kind} step {task.written.step + 1}" if step and isinstance(task.written.step, int) else "handler"
    return shown(task.written.title, values, instead, secrets)
