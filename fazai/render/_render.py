"""The story: judge the plan, write the roles, the playbook, the checks, the scenario; say what waits for what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fazai.diagnostic import Finding, FindingsStopPlan, Where
from fazai.expression import Unresolvable, names_in, resolve
from fazai.plan import Plan, Use
from fazai.render._collections import collections_of, requirements
from fazai.render._molecule import scenario
from fazai.render._playbook import names_of, playbook, subsets_of
from fazai.render._rendered import Rendered, RenderedTask
from fazai.render._role import Role, role_of
from fazai.render._scope import scope_of
from fazai.render._verify import Checks, accept_playbook, keep_playbook
from fazai.render._waits import Reach, reach, waits
from fazai.render._words import capitalised, one_line
from fazai.render._yaml import document
from fazai.toolspec import Prediction, Step, ToolSpec
from fazai.toolspec.spec import canonical


def render(plan: Plan) -> Rendered:
    """Every file of a plan. Raises `FindingsStopPlan` where the plan cannot become a safe playbook."""
    plan = _settled(plan)
    _judge(plan)
    name = plan.goal.name
    roles = {spec.name: role_of(spec) for spec in plan.toolspecs()}
    accept = accept_playbook(plan, f"molecule/{name}/verify.yml")
    keep = keep_playbook(plan, f"molecule/{name}/keep.yml")
    collections = collections_of(
        module for part in (*roles.values(), accept, *([keep] if keep else [])) for module in part.modules
    )
    gathers = subsets_of(name for spec in plan.toolspecs() for name in names_of(spec))
    files = {f"playbooks/{name}.yml": playbook(plan, gathers)}
    for role in roles.values():
        files |= role.files
    files |= scenario(plan, collections)
    files[f"molecule/{name}/verify.yml"] = accept.text
    if keep:
        files[f"molecule/{name}/keep.yml"] = keep.text
    if collections:
        files["requirements.yml"] = document(requirements(collections))
    return Rendered(
        files=files,
        tasks=tuple(_tasks(plan, roles)),
        checks=(*accept.checks, *(keep.checks if keep else ())),
        collections=collections,
        playbook=f"playbooks/{name}.yml",
        verify_playbook=f"molecule/{name}/verify.yml",
        keep_playbook=f"molecule/{name}/keep.yml" if keep else None,
        gathers=gathers,
    )


def render_role(spec: ToolSpec) -> Mapping[str, str]:
    """The files of a toolspec's role, by path relative to the project. Raises `FindingsStopPlan` as `render()` does."""
    settled = ToolSpec.model_validate_json(json.dumps(canonical(spec), sort_keys=True))
    _stop(_misfits(settled.problems(), f"toolspecs.{settled.name}"))
    return role_of(settled).files


def _settled(plan: Plan) -> Plan:
    """The plan as its canonical bytes say it: what is rendered is what the hash names, in an order of its own."""
    return Plan.model_validate_json(plan.canonical_bytes())


def _judge(plan: Plan) -> None:
    findings = list(_misfits(plan.goal.problems(), "goal"))
    seen: dict[str, ToolSpec] = {}
    for i, use in enumerate(plan.uses):
        spec = use.toolspec
        if spec.name not in seen:
            findings += _misfits(spec.problems(), f"uses.{i}.toolspec")
        elif seen[spec.name] != spec:
            findings.append(
                Finding(
                    summary="Two toolspecs have one name",
                    detail=f'Both would be the role "{spec.name}", with different content.',
                    where=Where(field=f"uses.{i}.toolspec.name"),
                    remedy="Give one of them another name.",
                )
            )
        seen.setdefault(spec.name, spec)
    _stop(findings)


def _misfits(problems: Iterable[tuple[tuple[str | int, ...], str, str]], root: str) -> list[Finding]:
    return [
        Finding(summary=summary, where=Where(field=".".join([root, *map(str, path)])), remedy=remedy)
        for path, summary, remedy in problems
    ]


def _stop(findings: list[Finding]) -> None:
    if findings:
        raise FindingsStopPlan(*findings)


def _tasks(plan: Plan, roles: Mapping[str, Role]) -> Iterable[RenderedTask]:
    """The roles' tasks in the order in which they run (handlers last), each with those it waits for."""
    earlier: list[tuple[str, Reach]] = []
    handlers: list[RenderedTask] = []
    for i, use in enumerate(plan.uses):
        reaches: dict[int, Reach] = {n: reach(step, use.inputs) for n, step in enumerate(use.toolspec.steps)}
        for n in (None, *reaches):
            own = [task for task in roles[use.toolspec.name].tasks if task.step == n and not isinstance(task.step, str)]
            after = _after(reaches[n], earlier, [task.place for task in own]) if n is not None else ()
            step = use.toolspec.steps[n] if n is not None else None
            for task in own:
                yield _task(use, i, task.place, n, step, after, hidden=task.hidden)
            if n is not None:
                earlier += [(task.place, reaches[n]) for task in own]
    for i, use in enumerate(plan.uses):
        for task in roles[use.toolspec.name].tasks:
            if isinstance(task.step, str):
                handler = use.toolspec.handlers[task.step]
                after = _after(reach(handler, use.inputs), earlier, [task.place])
                handlers.append(_task(use, i, task.place, task.step, handler, after, hidden=task.hidden))
    yield from handlers


def _after(own: Reach, earlier: Iterable[tuple[str, Reach]], itself: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for place, other in earlier if place not in itself and waits(own, other)))


def _task(
    use: Use, index: int, place: str, name: int | str | None, step: Step | None, after: tuple[str, ...], *, hidden: bool
) -> RenderedTask:
    return RenderedTask(
        place=place,
        title=_title(use, name, step),
        role=use.toolspec.name,
        use=index,
        step=name,
        handler=isinstance(name, str),
        after=after,
        prediction=step.prediction if step else Prediction.EXACT,
        hidden=hidden,
    )


def _title(use: Use, name: int | str | None, step: Step | None) -> str:
    """What a person reads of a task: with its values, as far as inputs alone can say."""
    if step is None:
        return "Check that the platform is supported"
    if isinstance(name, str):
        return capitalised(name)
    secrets = use.toolspec.secret_inputs()
    if names_in(step.heading) & secrets:
        return f"{step.kind.capitalize()} step {int(name or 0) + 1}"
    values: dict[str, Any] = {key: value for key, value in use.inputs.items() if key not in secrets}
    try:
        return capitalised(one_line(str(resolve(step.heading, values))))
    except Unresolvable:
        return capitalised(one_line(scope_of(use.toolspec).in_loop().value(step.heading)))


__all__ = ["Checks", "render", "render_role"]
